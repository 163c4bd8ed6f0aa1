"""What one mechanism has to do with a difference, from pairs with it and pairs without it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.comparison import OutcomeComparison
from collabsim.analysis.counting import filled
from collabsim.analysis.intervals import interval, mean
from collabsim.analysis.wording import Lang, number
from collabsim.metrics import METRICS

type Numbers = NDArray[np.float64]

#: From here on what is left is a difference as large the other way.
TURNED = 2.0

#: Mechanisms that can be switched off, as they are told: in English and Dutch.
MECHANISMS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "commissioning": ("contracts and dependence", "contracten en afhankelijkheid"),
    "people": ("turnover of people", "verloop van mensen"),
    "attention": ("limits to hours", "grenzen aan uren"),
    "choice": ("choosing by habit and news", "kiezen op gewoonte en nieuws"),
    "cooperation": ("the choice to cooperate", "de keuze om samen te werken"),
    "promises": ("limits to promises", "grenzen aan beloften"),
    "learning": ("learning from what others do", "leren van wat anderen doen"),
    "exposure": ("seeing the task through other glasses", "door een andere bril naar de opgave kijken"),
    "word": ("word that travels inside", "doorvertellen binnen organisaties"),
    "networks": ("several networks", "meerdere netwerken"),
    "sessions": ("sessions", "bijeenkomsten"),
    "rules": ("ground rules", "spelregels"),
    "third_parties": ("what third parties tell", "wat derden vertellen"),
    "connector": ("the connector", "de verbinder"),
    "energy": ("energy", "energie"),
    "organising": ("a joint desk", "een gezamenlijk bureau"),
    "incidents": ("incidents", "incidenten"),
})  # fmt: skip
_WORDS: dict[str, tuple[str, str]] = {
    "nothing": (
        "{name}, {b}: within {pairs} pairs there is no difference that stands out, so nothing to explain.",
        "{name}, {b}: in {pairs} paren springt geen verschil eruit, dus er valt niets te verklaren.",
    ),
    "unknown": (
        "{name}, {b}: not known; of no mechanism is it clear within {pairs} pairs that the difference rests on it.",
        "{name}, {b}: niet bekend; van geen mechanisme is in {pairs} paren duidelijk dat het verschil erop rust.",
    ),
    "drives": (
        ("{name}, {b}: most of all it rests on {mechanism}; without it {share} of the difference goes "
        "(95% interval {low} to {high})."),
        ("{name}, {b}: het rust het meest op {mechanism}; zonder verdwijnt {share} van het verschil "
        "(95%-interval {low} tot {high})."),
    ),
    "turns": (
        "Without {mechanisms} it turns round.",
        "Zonder {mechanisms} keert het om.",
    ),
    "also": ("Then {mechanisms}.", "Daarna {mechanisms}."),
    "noise": (
        ("{count} mechanisms were switched off one by one, in {pairs} pairs each; each interval holds by itself, so "
        "about one in twenty misses. Off, a mechanism also changes the history before month 0."),
        ("{count} mechanismen zijn een voor een uitgezet, in {pairs} paren elk; elk interval geldt op zichzelf, dus "
        "ongeveer een op de twintig zit ernaast. Uitgezet verandert een mechanisme ook de geschiedenis voor maand 0."),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cause:
    """What switching off one mechanism takes away from a difference.

    Attributes:
        outcome: name in ``METRICS``.
        b: name of the scenario that is held against the reference.
        mechanism: group that was switched off.
        pairs: pairs that have a value with it and without it.
        difference: mean of B minus the reference with everything on.
        low, high: 95% interval of that difference.
        removed: mean of what goes from that difference without the mechanism.
        removed_low, removed_high: 95% interval of what goes.

    """

    outcome: str
    b: str
    mechanism: str
    pairs: int
    difference: float
    low: float
    high: float
    removed: float
    removed_low: float
    removed_high: float

    @property
    def there(self) -> bool:
        """Whether there is a difference to explain."""
        return self.low > 0.0 or self.high < 0.0

    @property
    def rests(self) -> bool:
        """Whether the difference surely gets smaller without the mechanism."""
        return self.moves and self.share <= TURNED

    @property
    def turns(self) -> bool:
        """Whether without the mechanism there is a difference as large the other way."""
        return self.moves and self.share > TURNED

    @property
    def moves(self) -> bool:
        """Whether the difference surely goes the way of nothing without the mechanism, or beyond."""
        same_way = self.removed * self.difference > 0.0
        return self.there and same_way and (self.removed_low > 0.0 or self.removed_high < 0.0)

    @property
    def share(self) -> float:
        """Part of the difference that goes; above 1 where it turns round."""
        return self.removed / self.difference if self.difference else math.nan


def cause_of(outcome: str, b: str, mechanism: str, on: Numbers, off: Numbers) -> Cause:
    """What a mechanism does, from paired differences [replicates] with it and without it."""
    known = np.isfinite(on) & np.isfinite(off)
    on, off = on[known], off[known]
    return Cause(
        outcome, b, mechanism, int(known.sum()), mean(on), *interval(on, two_valued=False),
        mean(on - off), *interval(on - off, two_valued=False),
    )  # fmt: skip


def cause_sentences(
    causes: Sequence[Cause], lang: Lang, known: Mapping[tuple[str, str], OutcomeComparison] = {}
) -> list[str]:
    """Say for each outcome which mechanism its difference rests on, or that it is not known.

    Args:
        causes: of some pairs.
        lang: language.
        known: by scenario and outcome what all pairs say; a difference that they do not have is not
            explained, whatever these few have.

    """
    here = lang == "nl"
    texts = []
    for outcome, b in dict.fromkeys((cause.outcome, cause.b) for cause in causes):
        own = [cause for cause in causes if (cause.outcome, cause.b) == (outcome, b)]
        metric = METRICS[outcome]
        name = metric.nl if here else metric.en
        values: dict[str, object] = {
            "name": name[:1].upper() + name[1:],
            "b": f'"{b}"',
            "pairs": max(cause.pairs for cause in own),
        }
        of_all = known.get((b, outcome))
        if of_all is not None and not of_all.differs:
            values["pairs"] = of_all.pairs
            texts.append(filled(_WORDS["nothing"][here], values, lang))
            continue
        # What leaves least of a difference is what it rests on most.
        rests = sorted((cause for cause in own if cause.rests), key=lambda c: abs(1.0 - c.share))
        turning = ", ".join(MECHANISMS[cause.mechanism][here] for cause in own if cause.turns)
        turned = f" {_WORDS['turns'][here].format(mechanisms=turning)}" if turning else ""
        if not rests:
            key = "unknown" if any(cause.there for cause in own) else "nothing"
            texts.append(filled(_WORDS[key][here], values, lang) + turned)
            continue
        first, *others = rests
        ends = sorted(end / first.difference for end in (first.removed_low, first.removed_high))
        values |= {
            "mechanism": MECHANISMS[first.mechanism][here],
            "share": _percent(first.share, lang),
            "low": _percent(ends[0], lang),
            "high": _percent(ends[1], lang),
        }
        text = _WORDS["drives"][here].format(**values)
        if others:
            listed = ", ".join(
                f"{MECHANISMS[cause.mechanism][here]} ({_percent(cause.share, lang)})"
                for cause in others
            )
            text += " " + _WORDS["also"][here].format(mechanisms=listed)
        texts.append(text + turned)
    if causes:
        count = len({cause.mechanism for cause in causes})
        pairs = max(cause.pairs for cause in causes)
        texts.append(filled(_WORDS["noise"][here], {"count": count, "pairs": pairs}, lang))
    return texts


def _percent(share: float, lang: Lang) -> str:
    return f"{number(100.0 * share, lang)}%"
