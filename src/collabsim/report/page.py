"""One page from a folder of results: everything that it says comes from the same verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from collabsim.analysis.counting import amount
from collabsim.analysis.saying import Told, said, told
from collabsim.analysis.shown import FIRST
from collabsim.analysis.verdict import WholeVerdict
from collabsim.analysis.wording import Lang, either, number
from collabsim.config import scenario_from_mapping
from collabsim.experiments.store import Results
from collabsim.parameters import Scenario
from collabsim.report.pictures import Labels, figures_of
from collabsim.report.sides import (
    SET_HERE,
    Assumption,
    assumptions,
    counted,
    differing,
    names_organisations,
    without_names,
)
from collabsim.report.tables import (
    Cell,
    Grid,
    gains_grid,
    outcomes_grid,
    pays_grid,
    quoted,
    scenario_heads,
    short_grid,
    summaries_grid,
)
from collabsim.report.texts import SOURCES
from collabsim.report.words import told_date, word

_LEFT_OUT = (
    "predicts",
    "residents",
    "contracts",
    "seats",
    "ahead",
    "hours saved",
    "gains handover",
)
#: Sections in order, by the anchor and the key of its head.
_HEADS = {
    "question": "question", "sides": "side by side", "short": "in short", "course": "course",
    "verdicts": "verdicts", "who": "who", "numbers": "numbers", "rings": "rings", "causes": "causes",
    "held": "held", "left-out": "left out", "assumptions": "assumptions", "again": "again",
}  # fmt: skip
_COMPARED = {"sides", "short", "verdicts", "who", "causes", "held"}


@dataclass(frozen=True, slots=True)
class Names:
    """Which names of organisations a report shows.

    Attributes:
        organisations: whether pictures name them; else they are numbered.
        connector: whether those in the background are named as well; else they are numbered, and
            with them all of their kind, as one number among names would point them out.

    """

    organisations: bool = False
    connector: bool = False


def report(
    results: Results,
    verdict: WholeVerdict,
    lang: Lang,
    names: Names | None = None,
    *,
    worlds: int = 0,
    replicates_in_worlds: int = 0,
) -> str:
    """Write the page.

    Args:
        results: a folder of ``collabsim run`` or ``compare``.
        verdict: on these results; see ``analysis.verdict``.
        lang: "en" or "nl".
        names: which names of organisations are shown; by default none.
        worlds: how many kept worlds ``verdict.held`` is about.
        replicates_in_worlds: draws of luck in each.

    """  # fmt: skip
    names = Names() if names is None else names
    scenarios = [scenario_from_mapping(content) for content in results.manifest["scenarios"]]
    compared = len(scenarios) > 1
    labels = Labels.of(scenarios, lang, names=names.organisations, connector=names.connector)
    figures = figures_of(results, verdict if compared else None, lang, labels)
    words = told(verdict, lang) if compared else None
    there = {"question", "left-out", "assumptions", "again", *figures} | (
        _COMPARED if compared else {"numbers"}
    )
    if not verdict.payments:
        there -= {"who"}
    content: dict[str, Any] = {
        "lang": lang,
        "title": results.manifest["name"],
        "style": _style(),
        "w": lambda key: word(key, lang),
        "kind": word("report" if compared else "report one", lang),
        "made": _made(results, lang, compared=compared),
        "notes": _notes(results, lang),
        "modest": said("modest", lang),
        "heads": {anchor: word(key, lang) for anchor, key in _HEADS.items()},
        "sections": [anchor for anchor in _HEADS if anchor in there],
        "question": _question(results, scenarios, lang),
        "scenarios": [
            {"name": s.name, "about": s.told_in(lang).about, "config": without_names(s)}
            for s in scenarios
        ],
        "names_left_out": any(names_organisations(scenario) for scenario in scenarios),
        "compared": compared,
        "figures": figures,
        "named": names.organisations,
        "told": words,
        "left_out": [word(key, lang) for key in _LEFT_OUT],
        "again": word("again text", lang, seed=results.manifest["seed"],
                      replicates=number(_to_repeat(results), lang)),
        "versions": _versions(results, lang),
        "held_text": word("held text", lang, worlds=worlds, replicates=replicates_in_worlds)
        if verdict.held is not None
        else "",
    }  # fmt: skip
    content |= assumptions_told(scenarios[0], lang)
    if words is not None:
        content |= _compared(verdict, words, scenarios, lang)
    else:
        content["numbers"] = summaries_grid(results.outcomes(results.scenarios[0]), lang)
    return _template().render(content)


def _compared(
    verdict: WholeVerdict, words: Told, scenarios: Sequence[Scenario], lang: Lang
) -> dict[str, Any]:
    """What there is to say of more than one scenario."""
    rows = [
        (
            Cell(f"{side.meaning} [{side.path}]" + (f" ({side.unit})" if side.unit else "")),
            *map(Cell, side.values),
        )
        for side in differing(scenarios, lang)
    ]
    heads = (word("parameter", lang), *scenario_heads(verdict.scenarios, lang))
    caption = word("only differs" if rows else "nothing differs", lang)
    return {
        "sides": Grid(caption, heads, tuple(rows)),
        "short": short_grid(verdict, lang),
        "comparisons": [
            {
                "grid": outcomes_grid(comparison, lang),
                "sentences": [text for name, text in sentences.items() if name in {*FIRST, ""}],
            }
            for comparison, sentences in zip(verdict.comparisons, words.outcomes, strict=True)
        ],
        "gains": [gains_grid(verdict.stakes, b, lang) for b in verdict.scenarios[1:]]
        if verdict.stakes
        else [],
        "pays": pays_grid(verdict.payments, verdict.scenarios, lang) if verdict.payments else None,
    }


def _question(results: Results, scenarios: Sequence[Scenario], lang: Lang) -> list[str]:
    """What was asked: in the words of the comparison if there are any, and in those of the report."""
    about = results.manifest.get("about", "")
    if len(scenarios) == 1:
        return [text for text in (about, word("no comparison", lang)) if text]
    reference, *others = (quoted(scenario.name) for scenario in scenarios)
    asked = word("what differs", lang, reference=reference, others=either(others, lang))
    return [text for text in (about, asked) if text]


def _made(results: Results, lang: Lang, *, compared: bool) -> str:
    """When and how the runs were made."""
    manifest = results.manifest
    return word(
        "made" if compared else "made one",
        lang,
        date=told_date(manifest["made"], lang),
        version=manifest["versions"]["collabsim"],
        replicates=number(results.pairs, lang),
        months=number(manifest["scenarios"][0]["months"], lang),
    )


def _to_repeat(results: Results) -> int:
    """Replicates that give these runs again: what was stopped early has fewer than were asked for."""
    return int(results.runs["replicate"].max()) + 1


def _notes(results: Results, lang: Lang) -> list[str]:
    """What went otherwise than asked."""
    manifest, notes = results.manifest, []
    if manifest["interrupted"]:
        done = number(results.runs["replicate"].nunique(), lang)
        notes.append(
            word("interrupted", lang, done=done, asked=number(manifest["replicates"], lang))
        )
    if manifest["runs"]["failed"]:
        notes.append(word("failed", lang, count=number(manifest["runs"]["failed"], lang)))
    return notes


def assumptions_told(scenario: Scenario, lang: Lang) -> dict[str, Any]:
    """The numbers behind the scenarios: what is known of them, and which are assumed."""
    rows = assumptions(scenario, lang)
    known = [row for row in rows if row.known in {"measured", "literature"}]
    assumed = [row for row in rows if row.known == "assumption"]
    chosen = [row for row in rows if row.known == SET_HERE]
    used = dict.fromkeys(row.source for row in known)
    return {
        "assumptions_text": word(
            "assumptions text", lang, count=len(rows), reference=quoted(scenario.name), **counted(rows)
        ),
        "chosen": _grid("chosen", chosen, lang) if chosen else None,
        "known": _grid("known", known, lang, sourced=True),
        "assumed": _grid("assumed", assumed, lang),
        "sources": [(key, SOURCES.get(key, key)) for key in used],
    }  # fmt: skip


def _grid(key: str, rows: Sequence[Assumption], lang: Lang, *, sourced: bool = False) -> Grid:
    """A table of assumptions."""
    heads = ["parameter", "value", "plausible", *(["grade", "source"] if sourced else [])]
    return Grid(
        word(key, lang),
        tuple(word(head, lang) for head in heads),
        tuple(
            (
                Cell(f"{row.meaning} [{row.path}]"),
                Cell(amount(row.value, row.unit, lang)),
                Cell(row.plausible),
                *([Cell(row.grade), Cell(row.source)] if sourced else []),
            )
            for row in rows
        ),
    )


def _versions(results: Results, lang: Lang) -> Grid:
    """Of what made the runs."""
    found: Mapping[str, str] = results.manifest["versions"]
    rows = [(Cell(name), Cell(str(version))) for name, version in found.items()]
    if results.manifest["commit"] is not None:
        rows.append((Cell(word("commit", lang)), Cell(results.manifest["commit"])))
    return Grid(word("versions", lang), (word("what", lang), word("version", lang)), tuple(rows))


def _style() -> Markup:
    """The style sheet; it is ours, so nothing in it is to be escaped."""
    text = (files("collabsim.report") / "templates" / "report.css").read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704 - a file of this package


def _template() -> Any:  # noqa: ANN401 - what jinja2 makes of it
    """The template of the page, in which all that is filled in is escaped."""
    text = (files("collabsim.report") / "templates" / "report.html.j2").read_text(encoding="utf-8")
    return Environment(autoescape=True, undefined=StrictUndefined).from_string(text)
