"""Tables from CSV and Excel files, whoever made them: separators, decimals, encodings, formulas."""

import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from collabsim.config.errors import in_thousands
from collabsim.config.importing.excel import excel_rows
from collabsim.config.importing.numbers import Exact
from collabsim.config.importing.problems import SAVE_AS, Problem, quoted, unreadable
from collabsim.config.importing.words import HEADERS, ONE_EACH, Heading, called
from collabsim.phrases import Phrase

MOST_BYTES = 20_000_000
#: Endings of workbooks.
EXCEL = frozenset({".xlsx", ".xlsm"})
#: A full survey of ninety parties; more answers than a config can hold.
MOST_ROWS = 8_000
_SEPARATORS = ";,\t"


_EMPTY = Phrase("the file is empty", "het bestand is leeg")
_BELOW_HEADERS = Phrase(
    "put each value below its header, and quotes around text with separators",
    "zet elke waarde onder haar kop, en aanhalingstekens om tekst met scheidingstekens",
)
_QUOTE_COMMAS = Phrase(
    "put quotes around numbers and text with a comma, or save it with semicolons",
    "zet aanhalingstekens om getallen en tekst met een komma, of bewaar het met puntkomma's",
)
_FILL_IN = Phrase("fill in the template, or leave it out", "vul het sjabloon in, of laat het weg")


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


def read_table(path: Path) -> Table:
    """Read a CSV or Excel file whose first row that is not empty holds the headers.

    Raises:
        UnreadableError: it is missing, empty, too large, or of another kind.

    """
    name = path.name
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise unreadable(
                name,
                Phrase("this is no file", "dit is geen bestand"),
                Phrase("give a CSV or Excel file", "geef een CSV- of Excelbestand"),
            )
        if size == 0:
            raise unreadable(name, _EMPTY, _FILL_IN)
        if size > MOST_BYTES:
            raise unreadable(
                name,
                Phrase(
                    f"the file has {size:,} bytes", f"het bestand heeft {in_thousands(size)} bytes"
                ),
                Phrase(
                    f"give a file of at most {MOST_BYTES:,}",
                    f"geef een bestand van hooguit {in_thousands(MOST_BYTES)}",
                ),
            )
        content = path.read_bytes()
    except OSError as error:
        raise unreadable(
            name,
            Phrase(f"it cannot be read ({error.strerror})", "het is niet te lezen"),
            Phrase("check the path and the permissions", "kijk het pad en de rechten na"),
        ) from error
    problems: list[Problem] = []
    notes: list[tuple[str, Mapping[str, object]]] = []
    by_comma = False
    if path.suffix.lower() in EXCEL:
        lines = excel_rows(name, content, problems, notes)
    elif path.suffix.lower() in {".csv", ".txt", ".tsv"}:
        by_comma, lines = csv_rows(name, content, notes)
    else:
        raise unreadable(
            name,
            Phrase(
                f"{quoted(path.suffix)} is no kind of table that can be read",
                f"{quoted(path.suffix)} is geen soort tabel die te lezen is",
            ),
            SAVE_AS,
        )
    return _table(name, lines, problems, notes, by_comma=by_comma)


def is_comment(cells: Sequence[str]) -> bool:
    """Whether a row only explains: "# text", or "#..." and nothing else; "#1" may be a name."""
    first, *others = cells
    return first.startswith("# ") or (first.startswith("#") and not any(others))


def doubled(table: Table, found: Mapping[str, Heading]) -> Iterator[Problem]:
    """Columns of a table that are called the same as one that is used, or mean the same answer."""
    for key, heading in found.items():
        name = called(heading.header)
        alike = HEADERS[key] if key in ONE_EACH else (name,)
        twins = [header for header in table.headers if called(header) in (name, *alike)]
        if len(twins) > 1:
            yield Problem(
                table.file,
                None,
                Phrase(
                    f"{len(twins)} columns are called {quoted(name)}, of which only the first can count",
                    f"{len(twins)} kolommen heten {quoted(name)}, waarvan alleen de eerste kan meetellen",
                ),
                Phrase(
                    "keep one of them, or call the others something else",
                    "houd er één, of noem de andere anders",
                ),
            )


def _table(
    name: str,
    lines: Iterator[tuple[int, Sequence[str]]],
    problems: list[Problem],
    notes: list[tuple[str, Mapping[str, object]]],
    *,
    by_comma: bool,
) -> Table:
    """A header and the rows below it."""
    headers: tuple[str, ...] = ()
    rows: list[Row] = []
    for number, written in lines:
        cells = [cell if isinstance(cell, Exact) else " ".join(cell.split()) for cell in written]
        if not any(cells) or is_comment(cells):
            continue
        if not headers:
            headers = tuple(cells)
            continue
        if len(rows) >= MOST_ROWS:
            problems.append(
                Problem(
                    name,
                    number,
                    Phrase(
                        f"from here on the rows do not fit: there are more than {MOST_ROWS:,}",
                        "vanaf hier passen de rijen er niet in: het zijn er meer dan "
                        f"{in_thousands(MOST_ROWS)}",
                    ),
                    Phrase(
                        "a full survey of ninety parties fits; give this region's rows only, or those "
                        "of fewer parties",
                        "een volledige vragenlijst van negentig partijen past; geef alleen de rijen van "
                        "deze regio, of die van minder partijen",
                    ),
                    spoils="rest",
                )
            )
            break
        beyond = cells[len(headers) :]
        # With commas between cells, a number with a decimal comma makes one too many, maybe an empty one.
        if any(beyond) or (beyond and by_comma):
            problems.append(
                Problem(
                    name,
                    number,
                    Phrase(
                        f"it has more cells than there are headers ({len(headers)})",
                        f"hier staan meer cellen dan er koppen zijn ({len(headers)})",
                    ),
                    _QUOTE_COMMAS if by_comma else _BELOW_HEADERS,
                )
            )
            continue
        padded = [*cells, *[""] * (len(headers) - len(cells))]
        # Of equal headers the first counts.
        both = reversed(list(zip(headers, padded, strict=False)))
        rows.append(Row(number, dict(both)))
    if not headers:
        raise unreadable(name, _EMPTY, _FILL_IN)
    if not rows and not problems:
        raise unreadable(
            name,
            Phrase("there is nothing below the headers", "onder de koppen staat niets"),
            Phrase(
                "fill in a row, or leave the file out", "vul een rij in, of laat het bestand weg"
            ),
        )
    return Table(name, headers, tuple(rows), tuple(problems), tuple(notes))


def csv_rows(
    name: str, content: bytes, notes: list[tuple[str, Mapping[str, object]]]
) -> tuple[bool, Iterator[tuple[int, Sequence[str]]]]:
    """Whether commas part the cells of a CSV file, and its lines; in whatever encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in content:
        raise unreadable(name, Phrase("this is no text", "dit is geen tekst"), SAVE_AS)
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
    # Excel writes this line, and does not show it.
    if said := re.match(r"sep=(.)\r?\n", text):
        text, separator = text[said.end() :], said[1]
    return separator == ",", _rows(name, text, separator)


def _rows(name: str, text: str, separator: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Rows of a CSV file, numbered as a sheet does: one with line breaks in a cell is one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for start in itertools.count(1):
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise unreadable(
                name,
                Phrase(
                    f"from row {start} on it cannot be read ({error})",
                    f"vanaf rij {start} is het niet te lezen",
                ),
                Phrase(
                    "look for a quote that is not closed, or save it as Excel workbook (.xlsx)",
                    "zoek naar een aanhalingsteken dat openstaat, of bewaar het als "
                    "Excelwerkmap (.xlsx)",
                ),
            ) from error
        yield start, cells
