"""Numbers of an outcome as every table shows them: command line, app and report alike."""

import math
from typing import NamedTuple

from collabsim.analysis.comparison import OutcomeComparison
from collabsim.analysis.sentences import decimals_of
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

_TO = ("to", "tot")


class ShownComparison(NamedTuple):
    """One outcome of a comparison, in words and numbers of a language, in the order of a row."""

    name: str
    reference: str
    difference: str
    interval: str
    luck: str
    share: str
    verdict: str


class ShownSummary(NamedTuple):
    """One outcome of one scenario, in words and numbers of a language, in the order of a row."""

    name: str
    mean: str
    spread: str
    interval: str


def outcome_name(name: str, lang: Lang) -> str:
    """Name of an outcome, with its unit."""
    metric = METRICS[name]
    unit = unit_words(metric.unit, lang)
    return (metric.nl if lang == "nl" else metric.en) + (f" ({unit})" if unit else "")


def capital(text: str) -> str:
    """Text that begins a sentence."""
    return text[:1].upper() + text[1:]


def shown_comparison(outcome: OutcomeComparison, lang: Lang) -> ShownComparison:
    """How an outcome of a comparison is shown."""
    scale, decimals = shown_scale(outcome.unit), decimals_of(outcome)
    low, high = (number(value * scale, lang, decimals) for value in (outcome.low, outcome.high))
    share = number(100.0 * outcome.share_higher, lang)
    return ShownComparison(
        outcome_name(outcome.name, lang),
        number(outcome.mean_a * scale, lang, decimals),
        number(outcome.difference * scale, lang, decimals, signed=True),
        f"{low} {_TO[lang == 'nl']} {high}",
        number(outcome.against_luck, lang, 2, signed=True),
        share if math.isnan(outcome.share_higher) else f"{share}%",
        VERDICTS[outcome.verdict][lang == "nl"],
    )


def shown_summary(summary: Summary, lang: Lang) -> ShownSummary:
    """How an outcome of one scenario is shown."""
    metric = METRICS[summary.name]
    scale = shown_scale(metric.unit)
    decimals = decimals_for((metric.matters or summary.spread) * scale)
    mean, spread, low, high = (
        number(value * scale, lang, decimals)
        for value in (summary.mean, summary.spread, summary.low, summary.high)
    )
    return ShownSummary(
        outcome_name(summary.name, lang), mean, spread, f"{low} {_TO[lang == 'nl']} {high}"
    )
