"""Words, numbers and units in the two languages in which results are told."""

import math
from collections.abc import Sequence
from typing import Literal

from collabsim.analysis.comparison import Verdict
from collabsim.analysis.counting import filled

type Lang = Literal["en", "nl"]

VERDICTS: dict[Verdict, tuple[str, str]] = {
    "better": ("better", "beter"),
    "worse": ("worse", "slechter"),
    "higher": ("higher", "hoger"),
    "lower": ("lower", "lager"),
    "no difference that matters": ("no difference that matters", "geen verschil dat ertoe doet"),
    "not known": ("not known", "niet bekend"),
    "does not apply": ("does not apply", "niet van toepassing"),
    "other parties in it": ("other parties in it", "andere partijen erin"),
}

# What luck does is told in the fraction nearest to it, as a ratio.
LUCK: tuple[tuple[float, str, str], ...] = (
    (0.05, "a twentieth of", "een twintigste van"),
    (0.1, "a tenth of", "een tiende van"),
    (0.2, "a fifth of", "een vijfde van"),
    (0.25, "a quarter of", "een kwart van"),
    (1 / 3, "a third of", "een derde van"),
    (0.5, "half of", "de helft van"),
    (2 / 3, "two thirds of", "twee derde van"),
    (1.0, "about as much as", "ongeveer evenveel als"),
    (1.5, "one and a half times", "anderhalf keer"),
    (2.0, "twice", "twee keer"),
)

# A unit that is missing here is shown as it was declared.
_DUTCH_UNITS = {
    "0 to 1": "0 tot 1",
    "grade from 1 to 10": "cijfer van 1 tot 10",
    "Gini from 0 to 1": "Gini van 0 tot 1",
    "cases": "casussen",
    "days": "dagen",
    "encounters": "ontmoetingen",
    "errors per 100 cases helped": "fouten per 100 geholpen casussen",
    "hours": "uur",
    "hours a month": "uur per maand",
    "month": "maand",
    "months": "maanden",
    "residents": "inwoners",
    "residents a month": "inwoners per maand",
    "decisions a year": "besluiten per jaar",
    "steps a year": "stappen per jaar",
    "trust from 0 to 1": "vertrouwen van 0 tot 1",
    "twice the result alone": "met alleen werken als 2",
}
# Behind a difference the name of a scale would read as a second number.
_SCALES = {
    "0 to 1": ("on a scale from 0 to 1", "op een schaal van 0 tot 1"),
    "trust from 0 to 1": ("on a scale from 0 to 1", "op een schaal van 0 tot 1"),
    "Gini from 0 to 1": ("on a scale from 0 to 1", "op een schaal van 0 tot 1"),
    "grade from 1 to 10": ("points", "punt"),
    "twice the result alone": ("", ""),
}
_PERCENT = ("share", "share of", "0 or 1", "yes or no")

_PHRASES: dict[str, tuple[str, str]] = {
    "modest": ("in this model, under these assumptions, ", "in dit model, onder deze aannamen, "),
    "differs": (
        (
            "{name}: {modest}{size} {way} with {b} than with {a} ({mean_b} against {mean_a}; "
            "95% interval of the difference {low} to {high})."
        ),
        (
            "{name}: {modest}{size} {way} met {b} dan met {a} ({mean_b} tegen {mean_a}; "
            "95%-interval van het verschil {low} tot {high})."
        ),
    ),
    "equals": (
        (
            "{name}: {modest}on average the same with {b} as with {a} ({mean_a}; "
            "95% interval of the difference {low} to {high})."
        ),
        (
            "{name}: {modest}gemiddeld gelijk met {b} en met {a} ({mean_a}; "
            "95%-interval van het verschil {low} tot {high})."
        ),
    ),
    "one pair": (
        (
            "{name}: {modest}{size} {way} with {b} than with {a} ({mean_b} against {mean_a}), "
            "in a single pair of runs."
        ),
        (
            "{name}: {modest}{size} {way} met {b} dan met {a} ({mean_b} tegen {mean_a}), "
            "in één enkel paar simulaties."
        ),
    ),
    "one pair equals": (
        "{name}: {modest}the same with {b} as with {a} ({mean_a}), in a single pair of runs.",
        "{name}: {modest}gelijk met {b} en met {a} ({mean_a}), in één enkel paar simulaties.",
    ),
    "applies not": (
        "{name}: does not apply, as no run with {which} has a value.",
        "{name}: niet van toepassing, want geen simulatie met {which} heeft een waarde.",
    ),
    "or": (" or ", " of "),
    "nothing": (
        "{name}: no pair of runs has a value for both, so {b} and {a} cannot be compared.",
        (
            "{name}: geen paar simulaties heeft voor beide een waarde, dus {b} en {a} zijn niet te "
            "vergelijken."
        ),
    ),
    "luck": (
        "That is {times} what luck alone does between regions.",
        "Dat is {times} wat toeval alleen al doet tussen regio's.",
    ),
    "trifle": (
        "That is next to nothing beside what luck alone does between regions.",
        "Dat is bijna niets naast wat toeval alleen al doet tussen regio's.",
    ),
    "no luck": (
        "Luck alone makes no difference here.",
        "Toeval alleen maakt hier geen verschil.",
    ),
    "times": ("{times} times", "{times} keer"),
    "pairs": (
        "With the same luck it was {counts} of {pairs} pairs.",
        "Met hetzelfde toeval was het {counts} van de {pairs} paren.",
    ),
    "all pairs": (
        "With the same luck it was {way} in all {pairs} pairs.",
        "Met hetzelfde toeval was het {way} in alle {pairs} paren.",
    ),
    "count": ("{way} in {count}", "{way} in {count}"),
    "higher": ("higher", "hoger"),
    "lower": ("lower", "lager"),
    "equal": ("equal", "gelijk"),
    "left out": (
        (
            "Left out for want of a value: {missing} of {all} pairs ({count_a} runs with {a}, "
            "{count_b} with {b})."
        ),
        (
            "Weggelaten omdat een waarde ontbreekt: {missing} van {all} paren "
            "({count_a} simulaties met {a}, {count_b} met {b})."
        ),
    ),
    "verdict": ("So: {verdict}.", "Dus: {verdict}."),
    "no matter": (
        "So: no difference that matters (more than {matters} would).",
        "Dus: geen verschil dat ertoe doet (meer dan {matters} wel).",
    ),
    "not known": (
        "So: not known (more than {matters} would matter).",
        "Dus: niet bekend (meer dan {matters} doet ertoe).",
    ),
    "small": (
        "So: {way}, but whether by enough to matter (more than {matters}) is not known.",
        "Dus: {way}, maar of dat genoeg is om ertoe te doen (meer dan {matters}) is niet bekend.",
    ),
    "needed": (
        "Roughly {needed} replicates would be needed to tell.",
        "Om het te weten zijn ruwweg {needed} herhalingen nodig.",
    ),
    "edge": (
        "More replicates would hardly tell: the difference lies on the edge of what matters.",
        "Meer herhalingen zeggen dat nauwelijks: het verschil ligt op de rand van wat ertoe doet.",
    ),
    "two pairs": (
        "At least two pairs are needed to tell a difference from luck.",
        "Om een verschil van toeval te onderscheiden zijn ten minste twee paren nodig.",
    ),
    "never": (
        (
            "None of these outcomes differs in any pair: as far as they show, what sets {a} and {b} apart "
            "never came into play."
        ),
        (
            "Geen van deze uitkomsten verschilt in enig paar: voor zover ze het tonen, kwam wat {a} en {b} "
            "onderscheidt nergens aan bod."
        ),
    ),
    "many": (
        (
            "Each of the {count} intervals holds for its own outcome: about one in twenty misses, "
            "and nothing shows which."
        ),
        (
            "Elk van de {count} intervallen geldt voor de eigen uitkomst: ongeveer een op de "
            "twintig zit ernaast, en nergens is te zien welke."
        ),
    ),
    "points": ("percentage points", "procentpunt"),
    "pays": (
        "{hours} hours a month for one organisation with {scenario}",
        "{hours} uur per maand voor één organisatie met {scenario}",
    ),
    "in runs": (
        "{name} (found in {counts} of {all} runs)",
        "{name} (gevonden in {counts} van {all} simulaties)",
    ),
    "nobody": ("nobody with {scenario}", "niemand met {scenario}"),
    "change": (
        " ({difference} against {reference}, 95% interval {low} to {high}: {verdict})",
        " ({difference} ten opzichte van {reference}, 95%-interval {low} tot {high}: {verdict})",
    ),
    "same pairs": (
        "{reference} ({mean} in the same pairs)",
        "{reference} ({mean} in dezelfde paren)",
    ),
    "and": (" and ", " en "),
}


def phrase(key: str, lang: Lang, **values: object) -> str:
    """Return a phrase in a language, with its values filled in."""
    return filled(_PHRASES[key][lang == "nl"], values, lang)


def either(names: Sequence[str], lang: Lang) -> str:
    """Names of which each is meant by itself: A, B or C."""
    return _in_a_row(names, phrase("or", lang))


def together(texts: Sequence[str], lang: Lang) -> str:
    """Texts that are all meant: A, B and C."""
    return _in_a_row(texts, phrase("and", lang))


def _in_a_row(texts: Sequence[str], before_last: str) -> str:
    *most, last = texts
    return f"{', '.join(most)}{before_last}{last}" if most else last


def number(value: float, lang: Lang, decimals: int = 0, *, signed: bool = False) -> str:
    """Write a number: 1,234.5 in English and 1.234,5 in Dutch; "-" where there is none."""
    if not math.isfinite(value):
        return "-"
    # NumPy rounds its own numbers otherwise; what rounds to nothing has no sign.
    rounded = round(float(value), decimals) + 0.0
    text = f"{rounded:{'+' if signed and rounded else ''},.{decimals}f}"
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text


def is_percent(unit: str) -> bool:
    """Whether outcomes of this unit are told in percent, and differences in percentage points."""
    return unit in _PERCENT or unit.startswith("share of ")


def unit_words(unit: str, lang: Lang) -> str:
    """Return a unit as it stands on an axis, in the language."""
    if is_percent(unit):
        return "%"
    return _DUTCH_UNITS.get(unit, unit) if lang == "nl" else unit


def difference_words(unit: str, lang: Lang) -> str:
    """Return a unit as it stands behind a difference: "on a scale from 0 to 1"."""
    return _SCALES[unit][lang == "nl"] if unit in _SCALES else unit_words(unit, lang)


def shown_scale(unit: str) -> float:
    """What values of this unit are multiplied by when they are told."""
    return 100.0 if is_percent(unit) else 1.0


def decimals_for(step: float) -> int:
    """Digits behind the comma that show a tenth of a step, at most four; two without a step."""
    if not (math.isfinite(step) and step > 0.0):
        return 2
    return min(4, max(0, 1 - math.floor(math.log10(step) + 1e-9)))


def decimals_that_agree(decimals: int, sides: Sequence[tuple[float, float, float]]) -> int:
    """Digits with which a difference is that of the two sides as they are shown.

    Args:
        decimals: as few as are wanted; it is these where two more do not help either.
        sides: of what stands in one sentence: value, reference and difference, as they are told.

    """
    for more in range(decimals, decimals + 3):
        off = (round(b, more) - round(a, more) - round(gap, more) for b, a, gap in sides)
        if all(abs(apart) < 0.5 * 10.0**-more for apart in off):
            return more
    return decimals


def against_luck(times: float, lang: Lang) -> str:
    """Say how large something is beside what luck does: "a fifth of", "twice", "6 times"."""
    size = abs(times)
    if size > 2.5:  # noqa: PLR2004 - above "twice" a number says it best
        return phrase("times", lang, times=number(size, lang))
    _, english, dutch = min(LUCK, key=lambda entry: abs(math.log(entry[0] / size)))
    return dutch if lang == "nl" else english
