"""Tables from CSV and Excel files, whoever made them: separators, decimals, encodings, formulas."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from collabsim.config.importing.problems import Problem, quoted

MOST_BYTES = 20_000_000
#: A full survey of ninety parties; more answers than a config can hold.
MOST_ROWS = 8_000
_SEPARATORS = ";,\t"
_THOUSANDS = re.compile(r"[+-]?\d{1,3}([.,  ]\d{3})+")
_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        number: as in the sheet, counted from 1, the header included.
        cells: text by header; "" where nothing stands.

    """

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read.

    Attributes:
        file: name of the file.
        headers: in order, as they were written.
        rows: those in which something stands.
        problems: cells and rows that could not be read.
        notes: what was guessed of the file: its encoding, its separator. (key, values) for the account.

    """

    file: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    notes: tuple[tuple[str, Mapping[str, object]], ...]


class UnreadableError(Exception):
    """A file of which nothing can be used; holds the one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def read_table(path: Path) -> Table:
    """Read a CSV or Excel file whose first row that is not empty holds the headers.

    Raises:
        UnreadableError: it is missing, empty, too large, or of another kind.

    """
    name = path.name
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise _unreadable(name, "this is no file", "give a CSV or Excel file")
        if size == 0:
            raise _unreadable(name, "the file is empty", "fill in the template, or leave it out")
        if size > MOST_BYTES:
            raise _unreadable(
                name, f"the file has {size:,} bytes", f"give a file of at most {MOST_BYTES:,}"
            )
        content = path.read_bytes()
    except OSError as error:
        raise _unreadable(
            name, f"it cannot be read ({error.strerror})", "check the path and the permissions"
        ) from error
    problems: list[Problem] = []
    notes: list[tuple[str, Mapping[str, object]]] = []
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        lines = _excel(name, content, problems, notes)
    elif path.suffix.lower() in {".csv", ".txt", ".tsv"}:
        lines = _csv(name, content, notes)
    else:
        raise _unreadable(
            name, f"{quoted(path.suffix)} is no kind of table that can be read",
            "save it as CSV or as Excel workbook (.xlsx)",
        )  # fmt: skip
    return _table(name, lines, problems, notes)


def number_in(text: str, *, whole: bool = False) -> float | None:
    """A number as people write it: 7.5, 7,5, or for ``whole`` 48.000; None if it is none."""
    text = text.strip().replace("\N{MINUS SIGN}", "-")
    if whole and _THOUSANDS.fullmatch(text):
        return float(re.sub(r"[^\d+-]", "", text))
    if "," in text and "." in text:
        # The last of the two is the decimal sign, the other one parts thousands.
        thousands = "." if text.rindex(",") > text.rindex(".") else ","
        text = text.replace(thousands, "")
    if not _NUMBER.fullmatch(text):
        return None
    return float(text.replace(",", "."))


def _unreadable(file: str, found: str, repair: str) -> UnreadableError:
    return UnreadableError(Problem(file, None, found, repair))


def _table(
    name: str,
    lines: Iterator[tuple[int, Sequence[str]]],
    problems: list[Problem],
    notes: list[tuple[str, Mapping[str, object]]],
) -> Table:
    """A header and the rows below it."""
    headers: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, written in lines:
        cells = [" ".join(cell.split()) for cell in written]
        if not any(cells) or cells[0].startswith("#"):
            continue
        if not headers:
            headers = tuple(cells)
            continue
        if len(rows) >= MOST_ROWS:
            raise _unreadable(
                name,
                f"there are more than {MOST_ROWS:,} rows",
                f"a region can be told in at most {MOST_ROWS:,}; give this region's rows only",
            )
        if any(cells[len(headers) :]):
            problems.append(
                Problem(name, number, f"it has more cells than the {len(headers)} headers",
                        "put each value below its header, and quotes around text with separators")
            )  # fmt: skip
            continue
        padded = [*cells, *[""] * (len(headers) - len(cells))]
        rows.append(Row(number, dict(zip(headers, padded, strict=False))))
    if not headers:
        raise _unreadable(name, "the file is empty", "fill in the template, or leave it out")
    if not rows and not problems:
        raise _unreadable(
            name, "there is nothing below the headers", "fill in a row, or leave the file out"
        )
    return Table(name, headers, tuple(rows), tuple(problems), tuple(notes))


def _csv(
    name: str, content: bytes, notes: list[tuple[str, Mapping[str, object]]]
) -> Iterator[tuple[int, Sequence[str]]]:
    """Lines of a CSV file, in whatever encoding and with whatever separator."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        raise _unreadable(name, "this is no text", "save it as CSV or as Excel workbook (.xlsx)")
    else:
        encoding = "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        encoding = "cp1252"
        text = content.decode(encoding, errors="replace")
        notes.append(("encoding", {"file": name, "encoding": "Windows (cp1252)"}))
    head = next((line for line in text.splitlines() if line.strip(" ;,\t") and line[0] != "#"), "")
    separator = max(_SEPARATORS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    while True:
        start = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unreadable(
                name, f"from row {start} on it cannot be read ({error})",
                "look for a quote that is not closed, or save it as Excel workbook (.xlsx)",
            ) from error  # fmt: skip
        yield start, cells


def _excel(
    name: str,
    content: bytes,
    problems: list[Problem],
    notes: list[tuple[str, Mapping[str, object]]],
) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows of the first sheet of a workbook; a formula counts for the result that was saved."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        values = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        formulas = load_workbook(io.BytesIO(content), read_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _unreadable(
            name, "this is no Excel workbook that can be read", "save it again as .xlsx or as CSV"
        ) from error
    if len(values.sheetnames) > 1:
        notes.append(("first sheet", {"file": name, "sheet": values.sheetnames[0]}))
    worked_out = 0
    both = zip(values.worksheets[0].iter_rows(), formulas.worksheets[0].iter_rows(), strict=True)
    for number, (found, written) in enumerate(both, start=1):
        cells, usable = [], True
        for place, (value, formula) in enumerate(zip(found, written, strict=False), start=1):
            if formula.data_type == "f":
                if value.value is None:
                    usable = False
                    problems.append(
                        Problem(name, number, "the formula has no saved result",
                                "open and save it in Excel, or paste it as values", _letter(place))
                    )  # fmt: skip
                worked_out += 1
            if value.data_type == "e":
                usable = False
                problems.append(
                    Problem(name, number, f"the formula gives {value.value}",
                            "repair the formula, or paste a value", _letter(place))
                )  # fmt: skip
            cells.append(_text(value.value))
        if usable:
            yield number, cells
    if worked_out:
        notes.append(("formulas", {"file": name, "count": worked_out}))


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(column))


def _text(value: object) -> str:
    """A cell as text; whole numbers without a decimal sign."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
