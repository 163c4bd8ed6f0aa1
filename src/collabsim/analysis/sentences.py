"""What a comparison says, in plain sentences, in English or Dutch.

The order is fixed: the difference in units, then against luck, then the share of pairs, worded
"with the same luck", then the verdict. All of it is about the model, never about one region.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from collabsim.analysis.comparison import (
    Comparison,
    Declared,
    OutcomeComparison,
)
from collabsim.analysis.counting import amount
from collabsim.analysis.groups import RINGS, group
from collabsim.analysis.intervals import MOST_REPLICATES
from collabsim.analysis.stakes import GroupStake
from collabsim.analysis.wording import (
    VERDICTS,
    Lang,
    against_luck,
    decimals_for,
    decimals_that_agree,
    difference_words,
    either,
    is_percent,
    number,
    phrase,
    shown_scale,
    together,
)

# Below this share of what luck does, a fraction would sound like more than it is.
_TRIFLE = 0.035


def sentence(
    outcome: OutcomeComparison, metric: Declared, a: str, b: str, lang: Lang = "en"
) -> str:
    """Say what the comparison of one outcome means.

    Args:
        outcome: the comparison of the outcome.
        metric: its declaration, for the name.
        a: name of the reference.
        b: name of the other scenario.
        lang: "en" or "nl".

    """
    names = {"a": f'"{a}"', "b": f'"{b}"'}
    if outcome.verdict == "does not apply":
        missing = {a: outcome.missing_a, b: outcome.missing_b}
        lacking = [f'"{name}"' for name, count in missing.items() if count == outcome.replicates]
        name = metric.nl if lang == "nl" else metric.en
        return phrase("applies not", lang, name=_capital(name), which=either(lacking, lang))
    parts = [_difference(outcome, metric, names, lang)]
    if outcome.pairs:
        parts += [_beside_luck(outcome, lang), _pairs(outcome, lang)]
    if outcome.pairs < outcome.replicates:
        parts.append(
            phrase(
                "left out",
                lang,
                missing=outcome.replicates - outcome.pairs,
                all=outcome.replicates,
                count_a=outcome.missing_a,
                count_b=outcome.missing_b,
                **names,
            )
        )
    parts.append(_verdict(outcome, lang))
    return " ".join(part for part in parts if part)


def sentences(
    comparison: Comparison, metrics: Mapping[str, Declared], lang: Lang = "en"
) -> dict[str, str]:
    """Say what a comparison means: one text an outcome, and last, under "", what holds for all."""
    texts = {
        name: sentence(outcome, metrics[name], comparison.a, comparison.b, lang)
        for name, outcome in comparison.outcomes.items()
    }
    of_all = []
    known = [outcome for outcome in comparison.outcomes.values() if outcome.pairs]
    if known and all(outcome.tied == outcome.pairs for outcome in known):
        of_all.append(phrase("never", lang, a=f'"{comparison.a}"', b=f'"{comparison.b}"'))
    if len(texts) > 1:
        of_all.append(phrase("many", lang, count=len(texts)))
    if of_all:
        texts[""] = " ".join(of_all)
    return texts


def who_pays_sentences(payments: Sequence[GroupStake], lang: Lang = "en") -> list[str]:
    """Say what each group pays with each scenario, one sentence a group."""
    texts = []
    for payment in payments:
        name = who_pays(payment, lang)
        reference = next(iter(payment.values), "")
        decimals, parts = _decimals_of_hours(payment), []
        for scenario in payment.values:
            hours = payment.mean(scenario)
            if math.isnan(hours):
                parts.append(phrase("nobody", lang, scenario=f'"{scenario}"'))
                continue
            text = phrase(
                "pays",
                lang,
                hours=number(hours, lang, decimals),
                scenario=f'"{scenario}"',
            )
            change, against = payment.told(scenario), payment.against(scenario)
            if change is not None:
                name_of_it = f'"{reference}"'
                if against is not None:
                    mean = number(against, lang, decimals)
                    name_of_it = phrase("same pairs", lang, reference=name_of_it, mean=mean)
                text += phrase(
                    "change",
                    lang,
                    difference=number(change.difference, lang, decimals, signed=True),
                    reference=name_of_it,
                    low=number(change.low, lang, decimals),
                    high=number(change.high, lang, decimals),
                    verdict=VERDICTS[change.verdict][lang == "nl"],
                )
            parts.append(text)
        texts.append(f"{_capital(name)}: {'; '.join(parts)}.")
    return texts


def who_pays(payment: GroupStake, lang: Lang) -> str:
    """Name of a group that pays; of the rings with the runs of each scenario in which one was found."""
    name = group(payment.group).nl if lang == "nl" else group(payment.group).en
    if payment.group not in RINGS:
        return name
    found = [number(np.isfinite(hours).sum(), lang) for hours in payment.values.values()]
    counts = together(found if len(set(found)) > 1 else found[:1], lang)
    runs = max(hours.size for hours in payment.values.values())
    return phrase("in runs", lang, name=name, counts=counts, all=number(runs, lang))


def _decimals_of_hours(payment: GroupStake) -> int:
    """Digits behind the comma of hours in one sentence: one, or more where it takes these to add up."""
    sides = [
        (change.mean_b, change.mean_a, change.difference)
        for scenario in payment.values
        if (change := payment.told(scenario)) is not None
    ]
    return decimals_that_agree(1, sides)


def told_difference(
    value: float, unit: str, lang: Lang, decimals: int, *, signed: bool = False
) -> str:
    """Write a difference with its unit: "3.1 percentage points", "1.2 days"."""
    words = phrase("points", lang) if is_percent(unit) else difference_words(unit, lang)
    told = number(value * shown_scale(unit), lang, decimals, signed=signed)
    return amount(told, words, lang)


def decimals_of(outcome: OutcomeComparison) -> int:
    """Digits behind the comma with which an outcome is told: those that matter."""
    step = outcome.matters or outcome.spread_a
    return decimals_for(step * shown_scale(outcome.unit))


def _difference(
    outcome: OutcomeComparison, metric: Declared, names: Mapping[str, str], lang: Lang
) -> str:
    name = metric.nl if lang == "nl" else metric.en
    name = _capital(name)
    if not outcome.pairs:
        return phrase("nothing", lang, name=name, **names)
    decimals, unit, scale = decimals_of(outcome), outcome.unit, shown_scale(outcome.unit)
    same = round(outcome.difference * scale, decimals) == 0.0
    if not same:
        told = (outcome.mean_b * scale, outcome.mean_a * scale, outcome.difference * scale)
        decimals = decimals_that_agree(decimals, [told])
    key = "equals" if same else "differs"
    if math.isnan(outcome.low):
        key = "one pair equals" if same else "one pair"
    percent = "%" if is_percent(unit) else ""
    return phrase(
        key,
        lang,
        name=name,
        modest=phrase("modest", lang),
        size=told_difference(abs(outcome.difference), unit, lang, decimals),
        way=_way(outcome, lang),
        mean_a=number(outcome.mean_a * scale, lang, decimals) + percent,
        mean_b=number(outcome.mean_b * scale, lang, decimals) + percent,
        low=number(outcome.low * scale, lang, decimals),
        high=number(outcome.high * scale, lang, decimals),
        **names,
    )


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _way(outcome: OutcomeComparison, lang: Lang) -> str:
    return phrase("lower" if outcome.difference < 0.0 else "higher", lang)


def _beside_luck(outcome: OutcomeComparison, lang: Lang) -> str:
    times = abs(outcome.against_luck)
    if math.isinf(times):
        return phrase("no luck", lang)
    if math.isnan(times):
        return ""
    if times < _TRIFLE:
        return phrase("trifle", lang)
    return phrase("luck", lang, times=against_luck(times, lang))


def _pairs(outcome: OutcomeComparison, lang: Lang) -> str:
    counts = {"higher": outcome.higher, "lower": outcome.lower, "equal": outcome.tied}
    shown = {way: count for way, count in counts.items() if count}
    pairs = number(outcome.pairs, lang)
    if outcome.pairs == 1:
        return ""
    if len(shown) == 1:
        return phrase("all pairs", lang, way=phrase(next(iter(shown)), lang), pairs=pairs)
    told_counts = [
        phrase("count", lang, way=phrase(way, lang), count=number(count, lang))
        for way, count in shown.items()
    ]
    return phrase("pairs", lang, counts=together(told_counts, lang), pairs=pairs)


def _verdict(outcome: OutcomeComparison, lang: Lang) -> str:
    decimals = decimals_of(outcome)
    matters = told_difference(outcome.matters, outcome.unit, lang, decimals)
    if outcome.verdict == "no difference that matters":
        return phrase("no matter", lang, matters=matters)
    if outcome.verdict != "not known" or not outcome.pairs:
        return phrase("verdict", lang, verdict=VERDICTS[outcome.verdict][lang == "nl"])
    key = "small" if outcome.differs else "not known"
    text = phrase(key, lang, way=_way(outcome, lang), matters=matters)
    if outcome.pairs < 2:  # noqa: PLR2004 - one pair has no interval
        return f"{text} {phrase('two pairs', lang)}"
    needed = outcome.replicates_needed
    if needed is None or needed >= MOST_REPLICATES:
        return f"{text} {phrase('edge', lang)}"
    return f"{text} {phrase('needed', lang, needed=number(_rounded(needed), lang))}"


def _rounded(count: int) -> int:
    """Round up to two digits: more would promise what a rough count cannot keep."""
    step: int = 10 ** max(0, len(str(count)) - 2)
    return -(-count // step) * step
