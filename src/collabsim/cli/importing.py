"""`import`: a scenario, ways to compare it, and an account, from tables that somebody filled in."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from collabsim.cli.console import Console
from collabsim.cli.options import DONE, AsJson, Lang, Language

if TYPE_CHECKING:
    from collabsim.config.importing import Imported

#: What is written, beside the ways at the table.
ACCOUNT, REGION, COMPARISON = "account.md", "region.yaml", "comparison.yaml"
# Ways at the table beside the one that the region starts with: file, name, what is set.
_WAYS: tuple[tuple[str, tuple[str, str], str], ...] = (
    ("rotating.yaml", ("Rotating delegation", "Roulerende delegatie"),
     "table:\n  rotation:\n    share_per_year: 0.3\n"),
    ("everyone.yaml", ("Everyone at the table", "Iedereen aan tafel"),
     "table:\n  delegation: everyone\n"),
)  # fmt: skip
_FIXED = ("Fixed delegation", "Vaste delegatie")
_COMPARED = ("Ways of delegating", "Manieren van afvaardigen")
_WORDS: dict[str, tuple[str, str]] = {
    "templates": ("Templates to fill in: {place}", "Sjablonen om in te vullen: {place}"),
    "next": ("Then: collabsim import {place}", "Daarna: collabsim import {place}"),
    "scenario": ("The region as a scenario: {place}", "De regio als scenario: {place}"),
    "account": (
        "What was used, guessed and missing: {place}",
        "Wat is gebruikt, gegist en ontbreekt: {place}",
    ),
    "compare": ("To compare: collabsim compare {place}", "Vergelijken: collabsim compare {place}"),
    "key": ("Who is who: {place}; keep it to yourself", "Wie is wie: {place}; houd dit voor uzelf"),
    "left out": (
        "{count} rows were left out; see the account",
        "{count} regels zijn weggelaten; zie de verantwoording",
    ),
}  # fmt: skip

Table = Annotated[Path | None, typer.Option(metavar="FILE", help="CSV or Excel; see --templates.")]


def import_(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[FOLDER]", help="Folder with the filled-in templates.")
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Write templates to fill in here, and stop."),
    ] = None,
    organisations: Table = None,
    grades: Table = None,
    network: Table = None,
    name: Annotated[str, typer.Option(help="Name of the region.")] = "",
    layer: Annotated[
        Literal["practice", "management", "board"],
        typer.Option(help="Layer whose contacts the survey is about."),
    ] = "practice",
    pseudonyms: Annotated[
        bool, typer.Option("--pseudonyms", help="Replace all names by pseudonyms.")
    ] = False,
    key: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="With --pseudonyms: write who is who in this new file."),
    ] = None,
    keep_valid: Annotated[
        bool, typer.Option("--keep-valid", help="Leave out rows that cannot be used.")
    ] = False,
    name_connector: Annotated[
        bool, typer.Option("--name-connector", help="Name who stands between most others.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="New or empty folder for the scenarios.")
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> int:
    """Make a scenario from grades, a list of organisations and a network survey."""
    console = Console(as_json=as_json)
    if templates is not None:
        from collabsim.config.importing import write_templates

        written = write_templates(templates, lang)
        console.say(_said("templates", lang, place=", ".join(map(str, written))))
        console.say(_said("next", lang, place=templates))
        console.answer({"command": "import", "templates": written, "exit_code": DONE})
        return DONE
    from collabsim.config.importing import import_region

    tables = _tables(folder, organisations, grades, network)
    if key is not None and not pseudonyms:
        raise typer.BadParameter("--key says who is who, and no name is replaced; add --pseudonyms")
    if key is not None and key.exists():
        raise typer.BadParameter(f"{key} is there already; give --key a new file")
    found = import_region(
        **tables,
        name=_FIXED[lang == "nl"],
        surveyed_layer=layer,
        pseudonyms=pseudonyms,
        keep_valid=keep_valid,
    )
    place = _place(out, folder)
    # A folder is often called after the region; where names are hidden it is not told unasked.
    region = name or ("" if folder is None or pseudonyms else folder.resolve().name)
    files = _write(found, place, region, lang, name_connector=name_connector)
    console.say(_said("scenario", lang, place=place / REGION))
    console.say(_said("account", lang, place=place / ACCOUNT))
    if found.problems:
        console.warn(_said("left out", lang, count=len(found.problems)))
    if key is not None:
        _write_key(key, found)
        console.say(_said("key", lang, place=key))
    console.say(_said("compare", lang, place=place / COMPARISON))
    console.answer(
        {
            "command": "import",
            "files": files,
            "left_out": [str(problem) for problem in found.problems],
            "exit_code": DONE,
        }
    )
    return DONE


def _said(key: str, lang: Lang, **values: object) -> str:
    return _WORDS[key][lang == "nl"].format(**values)


def _tables(
    folder: Path | None, organisations: Path | None, grades: Path | None, network: Path | None
) -> dict[str, Path | None]:
    """The tables that were given, in a folder or one by one."""
    from collabsim.config.importing.templates import table_in

    given = {"organisations": organisations, "grades": grades, "survey": network}
    if folder is not None:
        if not folder.is_dir():
            raise typer.BadParameter(
                f"{folder} is no folder; give the folder with the filled-in templates, "
                "or write them with --templates"
            )
        given = {kind: path or table_in(folder, kind) for kind, path in given.items()}
        # A template that nobody filled in says nothing; that it is there is no mistake.
        given = {
            kind: path if path is None or _filled_in(path) else None for kind, path in given.items()
        }
    if not any(given.values()):
        where = f"{folder} has none that is filled in" if folder is not None else "none is given"
        raise typer.BadParameter(
            f"an import needs a table, and {where}; write templates with --templates, "
            "or give --organisations, --grades or --network"
        )
    return given


def _filled_in(path: Path) -> bool:
    """Whether there is more in a table than the template has."""
    from collabsim.config.importing.templates import untouched

    return not untouched(path)


def _place(out: Path | None, folder: Path | None) -> Path:
    """Where the scenarios go."""
    from collabsim.experiments.folders import make_folder

    if out is None and folder is not None:
        out = folder / "scenarios"
    return make_folder(out, "region", "import")


def _write(
    found: "Imported", place: Path, region: str, lang: Lang, *, name_connector: bool
) -> list[Path]:
    """Write scenario, ways at the table, comparison and account."""
    from collabsim.config import dump_yaml
    from collabsim.config.importing.account import account
    from collabsim.experiments.folders import write_whole

    title = f"{_COMPARED[lang == 'nl']}{f': {region}' if region else ''}"[:120]
    texts = {REGION: dump_yaml(found.scenario)}
    for file, names, changes in _WAYS:
        texts[file] = (
            f"schema: 1\nextends: {REGION}\nname: {names[lang == 'nl']}\n"
            f"comparison: variant\n{changes}"
        )
    listed = "".join(f"  - {file}\n" for file in texts)
    texts[COMPARISON] = (
        f"schema: 1\nkind: comparison\nname: {_quoted(title)}\nscenarios:\n{listed}replicates: 100\n"
    )
    texts[ACCOUNT] = account(
        found, region or found.scenario.name, lang, name_connector=name_connector
    )
    for file, text in texts.items():
        write_whole(place / file, partial(Path.write_text, data=text, encoding="utf-8"))
    return [place / file for file in texts]


def _quoted(text: str) -> str:
    """Text as YAML, whatever is in it."""
    import json

    return json.dumps(text, ensure_ascii=False)


def _write_key(path: Path, found: "Imported") -> None:
    """Write who is who."""
    import csv
    import io

    from collabsim.experiments.folders import write_whole

    lines = io.StringIO(newline="")
    table: Any = csv.writer(lines)
    table.writerow(("pseudonym", "name"))
    table.writerows(sorted((alias, name) for name, alias in (found.pseudonyms or {}).items()))
    write_whole(path, lambda part: part.write_text(lines.getvalue(), encoding="utf-8-sig"))
