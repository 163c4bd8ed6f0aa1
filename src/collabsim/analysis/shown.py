"""Numbers of an outcome as every table shows them: command line, app and report alike."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from collabsim.analysis.comparison import FOUND_TO_DIFFER, Comparison, OutcomeComparison
from collabsim.analysis.sentences import decimals_of
from collabsim.analysis.stakes import GroupStake
from collabsim.analysis.wording import (
    VERDICTS,
    Lang,
    decimals_for,
    number,
    shown_scale,
    unit_words,
)
from collabsim.experiments.summary import Summary
from collabsim.metrics import METRICS

#: What a client asks for first; fixed, so that no picture or report picks what suits.
FIRST = (
    "residents_helped_share", "days_to_help", "errors_per_100_cases", "cooperation_rate", "integrity_trust",
    "promises_kept_share", "support_at_home", "felt_unfairness_days", "collaboration_hours",
)  # fmt: skip
_TO, _OF, _AGAINST = ("to", "tot"), ("of", "van"), ("against", "tegen")


def pictured(comparisons: Sequence[Comparison]) -> list[str]:
    """The outcomes that a picture of differences shows: those of ``FIRST``, and all that differ.

    Args:
        comparisons: one or more, of the same outcomes.

    Returns:
        Names, in the order in which they were compared; all of them if none is among these.

    """
    differing = {
        name
        for comparison in comparisons
        for name, outcome in comparison.outcomes.items()
        if outcome.verdict in FOUND_TO_DIFFER
    }
    names = list(comparisons[0].outcomes)
    return [name for name in names if name in differing or name in FIRST] or names


class ShownComparison(NamedTuple):
    """One outcome of a comparison, in words and numbers of a language, in the order of a row.

    ``higher`` is in how many of the pairs with the same luck it was higher; ties are not.
    """

    name: str
    reference: str
    difference: str
    interval: str
    luck: str
    higher: str
    verdict: str


class ShownSummary(NamedTuple):
    """One outcome of one scenario, in words and numbers of a language, in the order of a row."""

    name: str
    mean: str
    spread: str
    interval: str


def outcome_name(name: str, lang: Lang) -> str:
    """Name of an outcome, with its unit where that says something else."""
    metric = METRICS[name]
    unit, text = unit_words(metric.unit, lang), metric.nl if lang == "nl" else metric.en
    return f"{text} ({unit})" if unit not in {"", text} else text


def capital(text: str) -> str:
    """Text that begins a sentence."""
    return text[:1].upper() + text[1:]


def shown_comparison(outcome: OutcomeComparison, lang: Lang) -> ShownComparison:
    """How an outcome of a comparison is shown."""
    scale, decimals = shown_scale(outcome.unit), decimals_of(outcome)
    low, high = (number(value * scale, lang, decimals) for value in (outcome.low, outcome.high))
    count = f"{number(outcome.higher, lang)} {_OF[lang == 'nl']} {number(outcome.pairs, lang)}"
    return ShownComparison(
        outcome_name(outcome.name, lang),
        number(outcome.mean_a * scale, lang, decimals),
        number(outcome.difference * scale, lang, decimals, signed=True),
        f"{low} {_TO[lang == 'nl']} {high}" if outcome.pairs > 1 else "-",
        number(outcome.against_luck, lang, 2, signed=True),
        count if outcome.pairs else "-",
        VERDICTS[outcome.verdict][lang == "nl"],
    )


def shown_hours(payment: GroupStake, scenario: str, lang: Lang) -> tuple[str, str]:
    """Hours that a group pays, and how much more than in the first scenario; "" if not compared.

    Both are over the same pairs. Where the mean of the first scenario in these pairs is another
    than the one that is shown of it, it stands behind the difference.
    """
    change, against = payment.told(scenario), payment.against(scenario)
    mean = number(payment.mean(scenario), lang, 1)
    if change is None:
        return mean, ""
    gap = number(change.difference, lang, 1, signed=True)
    beside = "" if against is None else f" {_AGAINST[lang == 'nl']} {number(against, lang, 1)}"
    return mean, gap + beside


def shown_summary(summary: Summary, lang: Lang) -> ShownSummary:
    """How an outcome of one scenario is shown."""
    metric = METRICS[summary.name]
    scale = shown_scale(metric.unit)
    decimals = decimals_for((metric.matters or summary.spread) * scale)
    mean, spread, low, high = (
        number(value * scale, lang, decimals)
        for value in (summary.mean, summary.spread, summary.low, summary.high)
    )
    between = f"{low} {_TO[lang == 'nl']} {high}" if math.isfinite(summary.low) else "-"
    return ShownSummary(outcome_name(summary.name, lang), mean, spread, between)
