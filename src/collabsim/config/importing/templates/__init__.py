"""Templates to fill in, which ship with the package as CSV files that Excel opens."""

import re
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.resources import files
from itertools import islice
from pathlib import Path

from collabsim.analysis.wording import Lang
from collabsim.config.importing.excel import excel_rows
from collabsim.config.importing.problems import (
    SAVE_AS,
    ImportProblemsError,
    Problem,
    UnreadableError,
)
from collabsim.config.importing.tables import EXCEL, MOST_BYTES, csv_rows, is_comment
from collabsim.config.importing.words import HEADERS, called
from collabsim.phrases import Phrase

#: Names of the tables in a folder, without ending: by what they hold, in English and Dutch.
TABLES: dict[str, tuple[str, str]] = {
    "organisations": ("organisations", "organisaties"),
    "grades": ("grades", "cijfers"),
    "survey": ("network", "netwerk"),
}
#: Endings under which a table is looked for.
ENDINGS = (".csv", *sorted(EXCEL, reverse=True), ".tsv", ".txt")
#: Endings of tables that cannot be read.
_OTHER_TABLES = (".xls", ".xlsb", ".ods", ".numbers")


def write_templates(folder: Path, lang: Lang) -> list[Path]:
    """Write the templates of a language into a folder that is new or empty; returns their places.

    Raises:
        OutputError: the folder cannot be used.

    """
    from collabsim.experiments.folders import make_folder, write_whole

    make_folder(folder, "templates", "", "--templates")
    written = []
    for english, dutch in TABLES.values():
        name = f"{dutch if lang == 'nl' else english}.csv"
        text = (files(__package__) / "files" / lang / name).read_text(encoding="utf-8")
        # Excel takes a file for another encoding unless it begins with this mark.
        write_whole(folder / name, partial(Path.write_text, data=text, encoding="utf-8-sig"))
        written.append(folder / name)
    return written


def table_in(folder: Path, table: str) -> Path | None:
    """The file in a folder that holds a table, under its English or Dutch name; None without one.

    A template that nobody filled in counts only where there is nothing else.

    Raises:
        ImportProblemsError: more than one is filled in, and nothing says which of them is meant.

    """
    found = sorted(path for path in folder.iterdir() if path.name.casefold() in _names(table))
    filled_in = [path for path in found if not untouched(path)]
    if len(filled_in) > 1:
        first, *others = [path.name for path in filled_in]
        and_others = ", ".join(others)
        option = f"--{TABLES[table][0]}"
        raise ImportProblemsError(
            [
                Problem(
                    first,
                    None,
                    Phrase(
                        f"the same table is filled in as {and_others} too",
                        f"dezelfde tabel is ook ingevuld als {and_others}",
                    ),
                    Phrase(
                        f"keep one of them in the folder, or say which it is with {option}",
                        f"houd er één in de map, of zeg met {option} welke het is",
                    ),
                )
            ],
            0,
        )
    return next(iter(filled_in or found), None)


def untouched(path: Path) -> bool:
    """Whether a table still has nothing but its headers, as the templates have."""
    problems: list[Problem] = []
    try:
        if path.stat().st_size > MOST_BYTES:
            return False
        told = (cells for cells in _rows(path, problems) if any(cells) and not is_comment(cells))
        rows = list(islice(told, 2))
    except (OSError, UnreadableError):
        return False
    names = {name for known in HEADERS.values() for name in known}
    return not problems and len(rows) == 1 and all(called(cell) in names for cell in rows[0])


def look_alikes(folder: Path) -> Iterator[Problem]:
    """Files that are called after a table but are not read: of another kind, or under another name."""
    words = "|".join(name for names in TABLES.values() for name in names)
    usable = {name for table in TABLES for name in _names(table)}
    for path in sorted(folder.iterdir()):
        name, ending = path.name.casefold(), path.suffix.casefold()
        called = re.match(rf"({words})\b", name)
        if called is None or name in usable or ending not in (*ENDINGS, *_OTHER_TABLES):
            continue
        rename = f"{called[1]}{ending}"
        repair = Phrase(f"if it is to be, call it {rename}", f"noem het {rename} als dat wel moet")
        yield Problem(
            path.name,
            None,
            Phrase("it is not read", "dit wordt niet gelezen"),
            SAVE_AS if ending in _OTHER_TABLES else repair,
        )


def _names(table: str) -> set[str]:
    """What a file with a table may be called."""
    return {f"{name}{ending}" for name in TABLES[table] for ending in ENDINGS}


def _rows(path: Path, problems: list[Problem]) -> Iterator[Sequence[str]]:
    """Rows of a table, whatever kind of file it is."""
    content = path.read_bytes()
    if path.suffix.lower() in EXCEL:
        rows = excel_rows(path.name, content, problems, [])
    else:
        _, rows = csv_rows(path.name, content, [])
    yield from ([" ".join(cell.split()) for cell in cells] for _, cells in rows)
