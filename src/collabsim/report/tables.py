"""The tables of the report: rows of words and numbers, in the language, from one verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from collabsim.analysis.comparison import Comparison, OutcomeComparison
from collabsim.analysis.groups import GROUPS, group
from collabsim.analysis.sentences import decimals_of, who_pays
from collabsim.analysis.shown import (
    FIRST,
    capital,
    outcome_name,
    shown_comparison,
    shown_hours,
    shown_summary,
)
from collabsim.analysis.stakes import STAKES, GroupStake
from collabsim.analysis.verdict import WholeVerdict
from collabsim.analysis.wording import (
    VERDICTS,
    Lang,
    is_percent,
    number,
    phrase,
    shown_scale,
    unit_words,
)
from collabsim.experiments.summary import summarise
from collabsim.metrics import METRICS
from collabsim.report.words import word

#: A sign beside each verdict, so that it can be told without colour.
SIGNS = {
    "better": "\N{BLACK UP-POINTING TRIANGLE}",
    "worse": "\N{BLACK DOWN-POINTING TRIANGLE}",
    "higher": "\N{UPWARDS ARROW}",
    "lower": "\N{DOWNWARDS ARROW}",
    "no difference that matters": "=",
    "not known": "?",
    "does not apply": "\N{EN DASH}",
    "other parties in it": "\N{NOT EQUAL TO}",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: what stands in it, and a class for how it looks."""

    text: str
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table.

    Attributes:
        caption: what it is about.
        heads: of the columns.
        rows: the first cell of each is its head.

    """

    caption: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def outcomes_grid(comparison: Comparison, lang: Lang) -> Grid:
    """Every outcome of one comparison."""
    heads = (
        word("outcome", lang), comparison.a, word("difference", lang), word("interval", lang),
        word("luck", lang), word("pairs", lang), word("verdict", lang),
    )  # fmt: skip
    rows = [_outcome_row(outcome, lang) for outcome in comparison.outcomes.values()]
    return Grid(
        word("against", lang, a=quoted(comparison.a), b=quoted(comparison.b)), heads, tuple(rows)
    )


def _outcome_row(outcome: OutcomeComparison, lang: Lang) -> tuple[Cell, ...]:
    shown = shown_comparison(outcome, lang)
    return (
        Cell(capital(shown.name)),
        Cell(shown.reference, "number"),
        Cell(shown.difference, "number"),
        Cell(shown.interval, "number"),
        Cell(shown.luck, "number"),
        Cell(shown.higher, "number"),
        verdict_cell(outcome, lang),
    )


def verdict_cell(outcome: OutcomeComparison, lang: Lang) -> Cell:
    """A verdict in words, with its sign."""
    words = VERDICTS[outcome.verdict][lang == "nl"]
    return Cell(f"{SIGNS[outcome.verdict]} {words}", outcome.verdict.replace(" ", "-"))


def short_grid(verdict: WholeVerdict, lang: Lang) -> Grid:
    """The outcomes of ``FIRST``: a row each, a column a scenario."""
    names = [name for name in FIRST if name in verdict.comparisons[0].outcomes]
    rows = []
    for name in names or list(verdict.comparisons[0].outcomes)[: len(FIRST)]:
        found = [comparison.outcomes[name] for comparison in verdict.comparisons]
        scale, decimals = shown_scale(found[0].unit), decimals_of(found[0])
        cells = [Cell(capital(outcome_name(name, lang))),
                 Cell(number(found[0].mean_a * scale, lang, decimals), "number")]  # fmt: skip
        for outcome in found:
            words = verdict_cell(outcome, lang)
            gap = number(outcome.difference * scale, lang, decimals, signed=True)
            cells.append(Cell(f"{gap} {words.text}" if outcome.pairs else words.text, words.sort))
        rows.append(tuple(cells))
    heads = (word("outcome", lang), *scenario_heads(verdict.scenarios, lang))
    return Grid(word("short text", lang), heads, tuple(rows))


def pays_grid(payments: Sequence[GroupStake], scenarios: Sequence[str], lang: Lang) -> Grid:
    """What each group pays in hours a month; those by field below the others."""
    rows = []
    for payment in sorted(payments, key=lambda payment: payment.group not in GROUPS):
        cells = [Cell(capital(who_pays(payment, lang)))]
        for scenario in scenarios:
            hours, gap = shown_hours(payment, scenario, lang)
            change = payment.told(scenario)
            if change is None:
                cells.append(Cell(hours, "number"))
                continue
            words = verdict_cell(change, lang)
            cells.append(Cell(f"{hours} ({gap}: {words.text})", words.sort))
        rows.append(tuple(cells))
    heads = (word("group", lang), *scenario_heads(scenarios, lang))
    return Grid(word("pays", lang), heads, tuple(rows))


def gains_grid(stakes: Sequence[GroupStake], b: str, lang: Lang) -> Grid:
    """What each group gains and loses in one scenario: a row a group, a column a stake."""
    here = lang == "nl"
    kinds = list(dict.fromkeys(stake.stake for stake in stakes))
    found = {(stake.group, stake.stake): stake.told(b) for stake in stakes}
    groups = sorted(
        dict.fromkeys(stake.group for stake in stakes), key=lambda key: key not in GROUPS
    )
    rows = []
    for key in groups:
        who = group(key)
        cells = [Cell(capital(who.nl if here else who.en))]
        for kind in kinds:
            outcome = found.get((key, kind))
            if outcome is None:
                cells.append(Cell("-", "number"))
                continue
            gap = number(
                outcome.difference * shown_scale(outcome.unit), lang, decimals_of(outcome), signed=True
            )  # fmt: skip
            words = verdict_cell(outcome, lang)
            cells.append(Cell(f"{gap} {words.text}", words.sort))
        rows.append(tuple(cells))
    heads = [word("group", lang)]
    for kind in kinds:
        stake = STAKES[kind]
        unit = phrase("points", lang) if is_percent(stake.unit) else unit_words(stake.unit, lang)
        heads.append(f"{capital(stake.nl if here else stake.en)} ({unit})")
    caption = word("gains of", lang, b=quoted(b))
    return Grid(caption, tuple(heads), tuple(rows))


def summaries_grid(values: dict[str, np.ndarray], lang: Lang) -> Grid:
    """One scenario in numbers."""
    rows = []
    for name in METRICS:
        if name not in values:
            continue
        name_of_it, *numbers = shown_summary(summarise(name, values[name]), lang)
        rows.append((Cell(capital(name_of_it)), *(Cell(text, "number") for text in numbers)))
    heads = tuple(word(head, lang) for head in ("outcome", "mean", "spread", "interval"))
    return Grid(word("numbers", lang), heads, tuple(rows))


def scenario_heads(scenarios: Sequence[str], lang: Lang) -> tuple[str, ...]:
    """Names of the scenarios, the first marked as the reference."""
    first, *others = scenarios
    return (f"{first} ({word('reference', lang)})", *others)


def quoted(name: str) -> str:
    """A scenario's name between quotes."""
    return f'"{name}"'
