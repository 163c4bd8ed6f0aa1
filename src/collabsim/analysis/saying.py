"""A whole verdict in plain sentences, in English or Dutch; the numbers are those of the verdict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collabsim.analysis.cause import cause_sentences
from collabsim.analysis.comparison import OutcomeComparison
from collabsim.analysis.counting import filled
from collabsim.analysis.course import SMOOTH_MONTHS, Course
from collabsim.analysis.groups import group
from collabsim.analysis.sentences import (
    decimals_of,
    sentences,
    told_difference,
    who_pays_sentences,
)
from collabsim.analysis.stakes import STAKES, GroupStake
from collabsim.analysis.verdict import WholeVerdict
from collabsim.analysis.wording import Lang, decimals_for, either, phrase, shown_scale
from collabsim.metrics import METRICS
from collabsim.series import SERIES

_WORDS: dict[str, tuple[str, str]] = {
    "lasting": (
        "with {b} {way} than with {a} from month {month} on, by {size} in the last {smooth} months",
        "met {b} vanaf maand {month} {way} dan met {a}, in de laatste {smooth} maanden met {size}",
    ),
    "small": ("less than what matters", "minder dan wat ertoe doet"),
    "not lasting": (
        "with {b} no lasting difference known",
        "met {b} geen blijvend verschil bekend",
    ),
    "gains": ("gains: {stakes}", "wint: {stakes}"),
    "loses": ("loses: {stakes}", "verliest: {stakes}"),
    "same": ("no difference that matters: {stakes}", "geen verschil dat ertoe doet: {stakes}"),
    "unknown": ("not known: {stakes}", "niet bekend: {stakes}"),
    "others": (
        "no verdict, as other parties are in it: {stakes}",
        "geen oordeel, want er zitten andere partijen in: {stakes}",
    ),
    "nobody": ("nobody to compare", "niemand om te vergelijken"),
    "with": ("with {b}", "met {b}"),
    "pointwise": (
        (
            "Lasting: the 95% interval of the difference leaves out zero for at least the last "
            "twelve months, each month by itself."
        ),
        (
            "Blijvend: het 95%-interval van het verschil sluit nul uit in ten minste de laatste "
            "twaalf maanden, elke maand op zichzelf."
        ),
    ),
    "no causes": (
        (
            "Not known: which mechanism drives a difference takes runs with mechanisms switched off, "
            "and these were not made."
        ),
        (
            "Niet bekend: welk mechanisme een verschil veroorzaakt vraagt simulaties waarin mechanismen "
            "zijn uitgezet, en die zijn niet gemaakt."
        ),
    ),
    "not held": (
        "Not known: whether it holds under other assumptions was not looked at.",
        "Niet bekend: of het ook onder andere aannamen geldt is niet onderzocht.",
    ),
    "modest": (
        "In this model, under these assumptions; no prediction of any one region.",
        "In dit model, onder deze aannamen; geen voorspelling van een bepaalde regio.",
    ),
}
_SORTS = {
    "better": "gains",
    "worse": "loses",
    "no difference that matters": "same",
    "not known": "unknown",
    "other parties in it": "others",
}


@dataclass(frozen=True, slots=True)
class Told:
    """A whole verdict in words.

    Attributes:
        outcomes: one for each scenario but the first: per outcome a text, and last, under "", what
            holds for all.
        courses: since when paths differ, a sentence for each series, and how to read them.
        gains: who gains and who loses, a sentence for each group and scenario but the first.
        pays: hours that each group pays, a sentence for each.
        causes: which mechanism drives a difference, or that nobody asked.
        held: what holds under other assumptions, and what turns it round, or that nobody asked.
        modest: what holds for all of it.

    """

    outcomes: tuple[Mapping[str, str], ...]
    courses: tuple[str, ...]
    gains: tuple[str, ...]
    pays: tuple[str, ...]
    causes: tuple[str, ...]
    held: tuple[str, ...]
    modest: str


def told(verdict: WholeVerdict, lang: Lang) -> Told:
    """Put a verdict in words."""
    known = {
        (comparison.b, name): outcome
        for comparison in verdict.comparisons
        for name, outcome in comparison.outcomes.items()
    }
    return Told(
        tuple(sentences(comparison, METRICS, lang) for comparison in verdict.comparisons),
        tuple(course_sentences(verdict.courses, lang, known)),
        tuple(gain_sentences(verdict.stakes, lang)),
        tuple(who_pays_sentences(verdict.payments, lang)),
        (said("no causes", lang),)
        if verdict.causes is None
        else tuple(cause_sentences(verdict.causes, lang, known)),
        tuple(held_sentences(verdict, lang)),
        said("modest", lang),
    )


def held_sentences(verdict: WholeVerdict, lang: Lang) -> list[str]:
    """Say what holds under other assumptions, or that it was not looked at."""
    if verdict.held is None:
        return [said("not held", lang)]
    return [
        " ".join(examination.sentences(lang))
        for outcomes in verdict.held.values()
        for examination in outcomes.values()
    ]


def said(key: str, lang: Lang, **values: object) -> str:
    """A phrase of this module in a language, with its values filled in."""
    return filled(_WORDS[key][lang == "nl"], values, lang)


def course_sentences(
    courses: Sequence[Course], lang: Lang, known: Mapping[tuple[str, str], OutcomeComparison] = {}
) -> list[str]:
    """Say since when each path differs from the reference, and where that is less than what matters.

    Args:
        courses: the paths.
        lang: language.
        known: by scenario and outcome what is known of outcomes, some of which have a path.

    """
    texts = []
    for course in courses:
        series = SERIES[course.series]
        reference = next(iter(course.bands))
        parts, others = [], []
        for b, month in course.since.items():
            if month is None:
                others.append(quoted(b))
                continue
            last = float(course.gaps[b][0, -1])
            outcome = known.get((b, course.series))
            small = outcome is not None and abs(last) < outcome.matters
            parts.append(
                said(
                    "lasting",
                    lang,
                    a=quoted(reference),
                    b=quoted(b),
                    way=phrase("lower" if last < 0.0 else "higher", lang),
                    month=month,
                    smooth=SMOOTH_MONTHS,
                    size=told_difference(abs(last), series.unit, lang, _decimals(course, b)),
                )
                + (f" ({said('small', lang)})" if small else "")
            )
        if others:
            parts.append(said("not lasting", lang, b=either(others, lang)))
        name = series.nl if lang == "nl" else series.en
        texts.append(f"{name[:1].upper()}{name[1:]}: {'; '.join(parts)}.")
    return [*texts, said("pointwise", lang)] if texts else []


def gain_sentences(stakes: Sequence[GroupStake], lang: Lang) -> list[str]:
    """Say for each group what it gains and what it loses in each scenario but the first."""
    texts = []
    for key in dict.fromkeys(stake.group for stake in stakes):
        own = [stake for stake in stakes if stake.group == key]
        who = group(key)
        name = who.nl if lang == "nl" else who.en
        for b in own[0].differences:
            found: dict[str, list[str]] = {}
            for stake in own:
                outcome = stake.differences[b]
                if outcome.pairs:
                    found.setdefault(_SORTS[outcome.verdict], []).append(_stake(outcome, lang))
            parts = [
                said(sort, lang, stakes=", ".join(found[sort]))
                for sort in _SORTS.values()
                if sort in found
            ]
            words = "; ".join(parts) or said("nobody", lang)
            start = f"{name[:1].upper()}{name[1:]} {said('with', lang, b=quoted(b))}"
            texts.append(f"{start}: {words}.")
    return texts


def quoted(name: str) -> str:
    """A scenario's name between quotes."""
    return f'"{name}"'


def _stake(outcome: OutcomeComparison, lang: Lang) -> str:
    """One thing that a group gains or loses, with the difference."""
    stake = STAKES[outcome.name]
    name = stake.nl if lang == "nl" else stake.en
    if outcome.pairs < 2:  # noqa: PLR2004 - a single pair says nothing of how much
        return name
    size = told_difference(
        outcome.difference, outcome.unit, lang, decimals_of(outcome), signed=True
    )
    return f"{name} ({size})"


def _decimals(course: Course, b: str) -> int:
    """Digits with which a difference of a path is told: those that its interval leaves standing."""
    _, low, high = course.gaps[b][:, -1]
    scale = shown_scale(SERIES[course.series].unit)
    return max(0, decimals_for(float(high - low) * scale) - 1)
