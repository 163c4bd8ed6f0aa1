"""Rows of an Excel workbook."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import ParseError

from collabsim.config.importing.numbers import Exact
from collabsim.config.importing.problems import Problem, UnreadableError, unreadable
from collabsim.phrases import Phrase

_DAMAGED = (
    zipfile.BadZipFile, zlib.error, ParseError, EOFError, IndexError, KeyError, TypeError, ValueError,
    OSError,
)  # fmt: skip
_UNSAVED = Phrase("the formula has no saved result", "de formule heeft geen bewaarde uitkomst")
_SAVE_VALUES = Phrase(
    "open and save it in Excel, or paste it as values",
    "open en bewaar het in Excel, of plak het als waarden",
)
_REPAIR = Phrase("repair the formula, or paste a value", "herstel de formule, of plak een waarde")


def excel_rows(
    name: str,
    content: bytes,
    problems: list[Problem],
    notes: list[tuple[str, Mapping[str, object]]],
) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows of the first sheet of a workbook; a formula counts for the result that was saved."""
    sheets, both = _opened(name, content)
    if len(sheets) > 1:
        notes.append(("first sheet", {"file": name, "sheet": sheets[0]}))
    worked_out = 0
    for number, (found, written) in enumerate(both, start=1):
        cells = []
        for place, (value, formula) in enumerate(zip(found, written, strict=False), start=1):
            wrong = None
            if formula.data_type == "f":
                worked_out += 1
                wrong = (_UNSAVED, _SAVE_VALUES) if value.value is None else None
            if value.data_type == "e":
                gives = Phrase(
                    f"the formula gives {value.value}", f"de formule geeft {value.value}"
                )
                wrong = (gives, _REPAIR)
            if wrong is not None:
                problems.append(Problem(name, number, *wrong, _letter(place), spoils="cell"))
            cells.append("" if wrong is not None else _text(value.value))
        yield number, cells
    if worked_out:
        notes.append(("formulas", {"file": name, "formulas": worked_out}))


def _opened(name: str, content: bytes) -> tuple[list[str], Iterator[tuple[Any, Any]]]:
    """Names of the sheets, and the rows of the first: values, and how they were written."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(content), read_only=True)
        sheets = [values.worksheets[0], formulas.worksheets[0]]
    except (*_DAMAGED, InvalidFileException) as error:
        raise _no_workbook(name) from error
    return values.sheetnames, _rows_beside(name, sheets)


def _rows_beside(name: str, sheets: Sequence[Any]) -> Iterator[tuple[Any, Any]]:
    """Rows of two sheets beside each other, read while they are asked for."""
    try:
        for sheet in sheets:
            sheet.reset_dimensions()  # what a workbook says of its size may be of long ago
        yield from zip(*(sheet.iter_rows() for sheet in sheets), strict=True)
    except _DAMAGED as error:  # what is damaged inside is only found on the way
        raise _no_workbook(name) from error


def _no_workbook(name: str) -> UnreadableError:
    return unreadable(
        name,
        Phrase(
            "this is no Excel workbook that can be read",
            "dit is geen Excelwerkmap die te lezen is",
        ),
        Phrase("save it again as .xlsx or as CSV", "bewaar het opnieuw, als .xlsx of als CSV"),
    )


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _text(value: object) -> str:
    """A cell as text; whole numbers without a decimal sign."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return Exact(int(value) if isinstance(value, float) and value.is_integer() else value)
