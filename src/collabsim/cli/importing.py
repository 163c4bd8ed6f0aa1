"""`import`: a scenario, ways to compare it, and an account, from tables that somebody filled in."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from collabsim.cli.console import Console
from collabsim.cli.options import DONE, AsJson, Lang, Language, check_out

_WORDS: dict[str, tuple[str, str]] = {
    "templates": ("Templates to fill in: {place}", "Sjablonen om in te vullen: {place}"),
    "next": ("Then: collabsim import {place}", "Daarna: collabsim import {place} --lang nl"),
    "scenario": ("The region as a scenario: {place}", "De regio als scenario: {place}"),
    "account": (
        "What was used, guessed and missing: {place}",
        "Wat is gebruikt, gegist en ontbreekt: {place}",
    ),
    "compare": (
        "To compare: collabsim compare {place}",
        "Vergelijken: collabsim compare {place} --lang nl",
    ),
    "key": ("Who is who: {place}; keep it to yourself", "Wie is wie: {place}; houd dit voor uzelf"),
    "untouched": ("Not filled in: {file}", "Niet ingevuld: {file}"),
    "left out": ("Left out: {what}; see the account", "Weggelaten: {what}; zie de verantwoording"),
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
        console.say(_said("next", lang, place=_typed(templates)))
        console.answer({"command": "import", "templates": written, "exit_code": DONE})
        return DONE
    if out is None and folder is not None:
        out = folder / "scenarios"
    check_out(out)
    from collabsim.config.errors import printed
    from collabsim.config.importing import import_region
    from collabsim.config.importing.problems import left_out
    from collabsim.config.importing.writing import ACCOUNT, COMPARISON, FIXED, REGION, write_region
    from collabsim.experiments.folders import make_folder

    _check_name(name)
    if key is not None:
        _check_key(key, out, pseudonyms=pseudonyms)
    tables = _tables(folder, organisations, grades, network, console, lang)
    found = import_region(
        **tables,
        name=FIXED[0],
        surveyed_layer=layer,
        pseudonyms=pseudonyms,
        keep_valid=keep_valid,
    )
    place = make_folder(out, "region", "import")
    # A folder is often called after the region; where names are hidden it is not told unasked.
    region = name or ("" if folder is None or pseudonyms else printed(folder.resolve().name))
    files = write_region(found, place, region, lang, name_connector=name_connector, key=key)
    console.say(_said("scenario", lang, place=place / REGION))
    console.say(_said("account", lang, place=place / ACCOUNT))
    for row in found.set_aside:
        console.warn(row.told_in(lang))
    if found.problems:
        console.warn(_said("left out", lang, what=left_out(found.problems, lang)))
    if key is not None:
        console.say(_said("key", lang, place=key))
    console.say(_said("compare", lang, place=_typed(place / COMPARISON)))
    console.answer(
        {
            "command": "import",
            "files": files,
            "left_out": [str(problem) for problem in (*found.set_aside, *found.problems)],
            "exit_code": DONE,
        }
    )
    return DONE


def _said(key: str, lang: Lang, **values: object) -> str:
    return _WORDS[key][lang == "nl"].format(**values)


def _typed(place: Path) -> str:
    """A place as one types it in a command."""
    return f'"{place}"' if " " in str(place) else str(place)


def _check_name(name: str) -> None:
    """Refuse a name that no config can hold."""
    from collabsim.config import ConfigError
    from collabsim.config.errors import CONTROL, shown
    from collabsim.phrases import Phrase

    if CONTROL.search(name):
        raise ConfigError(
            Phrase(f"--name is {shown(name)}", f"--name is {shown(name, 'nl')}"),
            rule=Phrase(
                "a name is one line without hidden characters",
                "een naam is één regel zonder verborgen tekens",
            ),
            repair=Phrase("give another name", "geef een andere naam"),
        )


def _check_key(key: Path, out: Path | None, *, pseudonyms: bool) -> None:
    """Refuse a place for who is who that cannot be used, before anything is read or written."""
    import os

    from collabsim.config import ConfigError
    from collabsim.phrases import Phrase

    rule = Phrase(
        "--key writes who is who in a new file", "--key schrijft in een nieuw bestand wie wie is"
    )
    elsewhere = Phrase(
        "give --key a new file in a folder that is there and that you may write to",
        "geef --key een nieuw bestand, in een map die er is en waarin u mag schrijven",
    )
    folder = key.parent
    if not pseudonyms:
        found = Phrase("no name is replaced", "er wordt geen naam vervangen")
        raise ConfigError(
            found, rule=rule, repair=Phrase("add --pseudonyms", "zet er --pseudonyms bij")
        )
    if key.exists():
        found = Phrase(f"{key} is there already", f"{key} is er al")
    elif out is not None and out.resolve() in key.resolve().parents:
        found = Phrase(
            f"{key} lies among the scenarios, which others may get to see",
            f"{key} ligt bij de scenario's, die anderen te zien kunnen krijgen",
        )
    elif not folder.is_dir():
        found = Phrase(f"there is no folder {folder}", f"er is geen map {folder}")
    elif not os.access(folder, os.W_OK | os.X_OK):
        found = Phrase(f"{folder} cannot be written to", f"in {folder} mag niet geschreven worden")
    else:
        return
    raise ConfigError(found, rule=rule, repair=elsewhere)


def _tables(
    folder: Path | None,
    organisations: Path | None,
    grades: Path | None,
    network: Path | None,
    console: Console,
    lang: Lang,
) -> dict[str, Path | None]:
    """The tables that were given, in a folder or one by one."""
    from collabsim.config import ConfigError
    from collabsim.config.importing.templates import look_alikes, table_in, untouched
    from collabsim.phrases import Phrase

    given = {"organisations": organisations, "grades": grades, "survey": network}
    templates = Phrase(
        "write templates with --templates, or give --organisations, --grades or --network",
        "maak sjablonen met --templates, of geef --organisations, --grades of --network",
    )
    rule = Phrase("an import needs a table", "een import heeft een tabel nodig")
    if folder is not None:
        if not folder.is_dir():
            raise ConfigError(
                Phrase(f"{folder} is no folder", f"{folder} is geen map"),
                rule=rule,
                repair=templates,
            )
        own = {path.resolve() for path in given.values() if path is not None}
        for problem in look_alikes(folder):
            if (folder / problem.file).resolve() not in own:
                console.warn(problem.told_in(lang))
        for kind, path in given.items():
            there = path or table_in(folder, kind)
            # A template that nobody filled in says nothing; that it is there is no mistake.
            if path is None and there is not None and untouched(there):
                console.say(_said("untouched", lang, file=there.name))
                there = None
            given[kind] = there
    if not any(given.values()):
        found = Phrase("no table is given", "er is geen tabel gegeven")
        if folder is not None:
            found = Phrase(
                f"{folder} has none that is filled in", f"{folder} heeft geen tabel die is ingevuld"
            )
        raise ConfigError(found, rule=rule, repair=templates)
    return given
