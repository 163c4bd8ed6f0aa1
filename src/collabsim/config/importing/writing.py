"""What an import writes: the region, ways at the table, a comparison, an account, and who is who."""

import csv
import io
import json
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from collabsim.analysis.counting import filled
from collabsim.analysis.wording import Lang, number
from collabsim.config.comparison import LONGEST_NAME
from collabsim.config.errors import ConfigError
from collabsim.config.importing.about import source_told
from collabsim.config.importing.account import account
from collabsim.config.importing.scenario import Imported
from collabsim.config.writing import dump_yaml
from collabsim.phrases import Phrase

#: What is written, beside the ways at the table.
ACCOUNT, REGION, COMPARISON = "account.md", "region.yaml", "comparison.yaml"
_LANGS: tuple[Lang, Lang] = ("en", "nl")
# Ways at the table beside the one that the region starts with: file, name, what it is, what is set.
_WAYS: tuple[tuple[str, tuple[str, str], tuple[str, str], str], ...] = (
    ("rotating.yaml", ("Rotating delegation", "Roulerende delegatie"),
     ("The same number of seats, of which 30% change hands every year.",
      "Evenveel zetels, waarvan elk jaar 30% van hand wisselt."),
     "table:\n  rotation:\n    share_per_year: 0.3\n"),
    ("everyone.yaml", ("Everyone at the table", "Iedereen aan tafel"),
     ("All organisations sit at the table.", "Alle organisaties zitten aan tafel."),
     "table:\n  delegation: everyone\n"),
)  # fmt: skip
#: In place of the first of them where there is one seat, as 30% of that is none.
_ONE_SEAT = (
    *_WAYS[0][:2],
    ("The same one seat, which changes hands every year.", "Dezelfde ene zetel, die elk jaar van hand wisselt."),
    "table:\n  rotation:\n    share_per_year: 1.0\n",
)  # fmt: skip
FIXED = ("Fixed delegation", "Vaste delegatie")
_STAYS = (
    "Always the same at the table, with {seats} seats for providers.",
    "Steeds dezelfde aan tafel, met {seats} zetels voor aanbieders.",
)
_COMPARED = ("Ways of delegating", "Manieren van afvaardigen")


def write_region(
    found: Imported,
    place: Path,
    region: str,
    lang: Lang,
    *,
    name_connector: bool = False,
    key: Path | None = None,
) -> list[Path]:
    """Write scenario, ways at the table, comparison and account, all or nothing.

    Args:
        found: what was imported.
        place: an empty folder.
        region: what the region is called, or "".
        lang: language of the account; scenarios are in both.
        name_connector: whether the account names who stands between most others.
        key: where to write who is who; None writes it nowhere.

    Raises:
        ConfigError: something cannot be written; then nothing is there.

    """
    from collabsim.experiments import folders

    texts = _texts(found, region, lang, name_connector=name_connector)
    files = {place / name: (text, "utf-8") for name, text in texts.items()}
    if key is not None:
        # Who is who comes first: without it scenarios with pseudonyms are of less use.
        files = {key: (_who_is_who(found), "utf-8-sig"), **files}
    written: list[Path] = []
    path = place
    try:
        for path, (text, encoding) in files.items():
            folders.write_whole(
                path, partial(Path.write_text, data=text, encoding=encoding, newline="")
            )
            written.append(path)
    except OSError as error:
        for done in written:
            done.unlink(missing_ok=True)
        with suppress(OSError):
            place.rmdir()
        reason = folders.reason(error)
        raise ConfigError(
            Phrase(f"{path} cannot be written ({reason})", f"{path} is niet te schrijven"),
            rule=Phrase("all is written, or nothing", "alles wordt geschreven, of niets"),
            repair=Phrase(
                "give --out and --key a place that you may write to and that has room",
                "geef --out en --key een plek waar u mag schrijven en waar ruimte is",
            ),
        ) from error
    return [place / name for name in texts]


def _texts(found: Imported, region: str, lang: Lang, *, name_connector: bool) -> dict[str, str]:
    """What stands in each file, by its name."""
    sources = source_told(found, "en"), source_told(found, "nl")
    stays = [
        filled(text, {"seats": number(found.seats, lang)}, lang)
        for text, lang in zip(_STAYS, _LANGS, strict=True)
    ]
    fixed = found.scenario.model_copy(
        update={
            "name": FIXED[0],
            "name_nl": FIXED[1],
            "about": f"{stays[0]} {sources[0]}",
            "about_nl": f"{stays[1]} {sources[1]}",
        }
    )
    texts = {REGION: dump_yaml(fixed)}
    ways = _WAYS if found.seats > 1 else (_ONE_SEAT, *_WAYS[1:])
    for file, names, way, changes in ways:
        told = [f"{what} {source}" for what, source in zip(way, sources, strict=True)]
        texts[file] = (
            f"schema: 1\nextends: {REGION}\n{_labels(names, told)}comparison: variant\n{changes}"
        )
    listed = "".join(f"  - {file}\n" for file in texts)
    titles = [f"{title}{f': {region}' if region else ''}"[:LONGEST_NAME] for title in _COMPARED]
    texts[COMPARISON] = (
        f"schema: 1\nkind: comparison\n{_labels(titles, sources)}scenarios:\n{listed}replicates: 100\n"
    )
    texts[ACCOUNT] = account(
        found, region or FIXED[lang == "nl"], lang, name_connector=name_connector
    )
    return texts


def _labels(names: Sequence[str], abouts: Sequence[str]) -> str:
    """Name and description in English and Dutch, as lines of a config."""
    keys = ("name", "name_nl", "about", "about_nl")
    return "".join(
        f"{key}: {_quoted(text)}\n" for key, text in zip(keys, (*names, *abouts), strict=True)
    )


def _quoted(text: str) -> str:
    """Text as YAML, whatever is in it."""
    return json.dumps(text, ensure_ascii=False)


def _who_is_who(found: Imported) -> str:
    """A table of pseudonyms and names."""
    lines = io.StringIO(newline="")
    table: Any = csv.writer(lines)
    table.writerow(("pseudonym", "name"))
    table.writerows(sorted((alias, name) for name, alias in (found.pseudonyms or {}).items()))
    return lines.getvalue()
