"""Templates to fill in, which ship with the package as CSV files that Excel opens."""

from functools import partial
from importlib.resources import files
from pathlib import Path

from collabsim.analysis.wording import Lang

#: Names of the tables in a folder, without ending: by what they hold, in English and Dutch.
TABLES: dict[str, tuple[str, str]] = {
    "organisations": ("organisations", "organisaties"),
    "grades": ("grades", "cijfers"),
    "survey": ("network", "netwerk"),
}
#: Endings under which a table is looked for.
ENDINGS = (".csv", ".xlsx", ".xlsm", ".tsv", ".txt")


def write_templates(folder: Path, lang: Lang) -> list[Path]:
    """Write the templates of a language into a folder that is new or empty; returns their places.

    Raises:
        OutputError: the folder cannot be used.

    """
    from collabsim.experiments.folders import make_folder, write_whole

    make_folder(folder, "templates", "")
    written = []
    for english, dutch in TABLES.values():
        name = f"{dutch if lang == 'nl' else english}.csv"
        text = (files(__package__) / "files" / lang / name).read_text(encoding="utf-8")
        # Excel takes a file for another encoding unless it begins with this mark.
        write_whole(folder / name, partial(Path.write_text, data=text, encoding="utf-8-sig"))
        written.append(folder / name)
    return written


def table_in(folder: Path, table: str) -> Path | None:
    """The file in a folder that holds a table, under its English or Dutch name; None without one."""
    wanted = {f"{name}{ending}" for name in TABLES[table] for ending in ENDINGS}
    found = sorted(path for path in folder.iterdir() if path.name.casefold() in wanted)
    return found[0] if found else None


def untouched(path: Path) -> bool:
    """Whether a table still has nothing below its headers, as the templates have."""
    if path.suffix.lower() != ".csv":
        return False
    text = path.read_bytes().decode("utf-8-sig", errors="replace")
    lines = [line.strip(' ";,\t') for line in text.splitlines()]
    return sum(bool(line) and not line.startswith("#") for line in lines) == 1
