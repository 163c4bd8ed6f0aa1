"""Two scenarios compared over replicates that share their luck."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collabsim.analysis.intervals import interval, mean, pairs_needed, spread_of

type Numbers = NDArray[np.float64]
type Verdict = Literal[
    "better",
    "worse",
    "higher",
    "lower",
    "no difference that matters",
    "not known",
    "does not apply",
    "other parties in it",
]
#: Verdicts that say that a difference matters.
FOUND_TO_DIFFER: frozenset[Verdict] = frozenset({"better", "worse", "higher", "lower"})


class Declared(Protocol):
    """What the comparison needs to know of an outcome; ``metrics.Metric`` has it."""

    @property
    def en(self) -> str:
        """Name in English."""

    @property
    def nl(self) -> str:
        """Name in Dutch."""

    @property
    def unit(self) -> str:
        """Unit in words."""

    @property
    def direction(self) -> int:
        """+1: more is better; -1: less is better; 0: neither."""

    @property
    def matters(self) -> float:
        """Smallest difference that matters, in the unit of the outcome."""


@dataclass(frozen=True, slots=True)
class OutcomeComparison:
    """One outcome under the reference A and under B, over pairs with the same luck.

    What cannot be computed is NaN. Everything is over the pairs in which both have a value.

    Attributes:
        name: key of the outcome.
        unit: unit in words.
        direction: +1 more is better, -1 less is better, 0 neither.
        matters: smallest difference that matters.
        replicates: pairs of runs that were offered.
        pairs: pairs in which both scenarios have a value.
        missing_a, missing_b: replicates without a value under A, and under B; their pairs are
            left out. An outcome that only some worlds have is compared in those worlds only.
        mean_a, mean_b: means.
        spread_a, spread_b: standard deviations between replicates.
        difference: mean of B minus A.
        low, high: 95% interval of that difference; NaN with fewer than two pairs. It is an
            interval for this outcome alone.
        against_luck: difference as a multiple of ``spread_a``; infinite where luck does nothing.
        higher, lower, tied: pairs in which B is above, below and equal to A.
        share_higher: share of the pairs in which B is higher, ties counted half.
        variance_reduction: variance of the difference with independent luck over that with the
            same luck; infinite if all pairs differ by the same amount.
        verdict: of B against A, in the light of ``matters``; "does not apply" of what has no value
            in any run of A or of B, though both ran; "other parties in it" of a group that
            consists of others under B, see ``stakes``.
        differs: whether the interval leaves out 0, be it a difference that matters or not.
        replicates_needed: pairs with which, roughly, four in five studies would reach a verdict
            if the difference is what it seems; None if there is a verdict or no way to say.

    """

    name: str
    unit: str
    direction: int
    matters: float
    replicates: int
    pairs: int
    missing_a: int
    missing_b: int
    mean_a: float
    mean_b: float
    spread_a: float
    spread_b: float
    difference: float
    low: float
    high: float
    against_luck: float
    higher: int
    lower: int
    tied: int
    share_higher: float
    variance_reduction: float
    verdict: Verdict
    differs: bool
    replicates_needed: int | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scenario B against the reference A, outcome by outcome.

    Attributes:
        a, b: names of the scenarios.
        replicates: pairs of runs that were offered.
        outcomes: by key, in the order of the metrics.

    """

    a: str
    b: str
    replicates: int
    outcomes: Mapping[str, OutcomeComparison]


def compare(
    runs_a: Mapping[str, ArrayLike],
    runs_b: Mapping[str, ArrayLike],
    metrics: Mapping[str, Declared],
    *,
    a: str = "A",
    b: str = "B",
) -> Comparison:
    """Compare scenario B with the reference A.

    Args:
        runs_a: values [replicates] per outcome, NaN where undefined; a data frame will do. Row r
            of A and of B is the same replicate: the same luck.
        runs_b: likewise.
        metrics: the declared outcomes; those that neither scenario has are passed over.
        a: name of the reference.
        b: name of the other.

    Raises:
        ValueError: the scenarios differ in number of replicates, or one lacks an outcome.

    """
    outcomes = {}
    lengths = set()
    for name, metric in metrics.items():
        if name not in runs_a and name not in runs_b:
            continue
        if name not in runs_a or name not in runs_b:
            lacking = a if name not in runs_a else b
            raise ValueError(f"{lacking} has no outcome {name!r}; compare runs of one version")
        values_a = np.asarray(runs_a[name], dtype=np.float64)
        values_b = np.asarray(runs_b[name], dtype=np.float64)
        outcomes[name] = compare_outcome(name, values_a, values_b, metric)
        lengths.add(values_a.size)
    if all(of.verdict == "does not apply" for of in outcomes.values()):
        # Runs that failed have no outcome at all, and say nothing of where one applies.
        outcomes = {name: replace(of, verdict="not known") for name, of in outcomes.items()}
    return Comparison(a, b, max(lengths, default=0), outcomes)


def compare_outcome(
    name: str, values_a: Numbers, values_b: Numbers, metric: Declared
) -> OutcomeComparison:
    """Compare one outcome over its pairs [replicates]; see ``OutcomeComparison``.

    Raises:
        ValueError: the two differ in shape, or the smallest difference that matters is not >= 0.

    """
    if values_a.shape != values_b.shape or values_a.ndim != 1:
        raise ValueError(
            f"{name}: {values_a.shape} and {values_b.shape} values cannot be paired; "
            "give one value a replicate, the same replicates in the same order"
        )
    matters = float(metric.matters)
    if not matters >= 0.0:
        raise ValueError(f"{name}: the smallest difference that matters is {matters}, must be >= 0")
    valued_a, valued_b = np.isfinite(values_a), np.isfinite(values_b)
    paired = valued_a & valued_b
    x, y = values_a[paired], values_b[paired]
    gaps = y - x
    difference = mean(gaps)
    two_valued = bool(np.isin((x, y), (0.0, 1.0)).all())
    low, high = interval(gaps, two_valued=two_valued)
    spread_a, spread_b, spread = spread_of(x), spread_of(y), spread_of(gaps)
    higher, lower = int((gaps > 0.0).sum()), int((gaps < 0.0).sum())
    tied = gaps.size - higher - lower
    applies = bool(valued_a.any() and valued_b.any())
    verdict = _verdict(low, high, matters, int(metric.direction)) if applies else "does not apply"
    return OutcomeComparison(
        name=name,
        unit=metric.unit,
        direction=int(metric.direction),
        matters=matters,
        replicates=paired.size,
        pairs=gaps.size,
        missing_a=int((~valued_a).sum()),
        missing_b=int((~valued_b).sum()),
        mean_a=mean(x),
        mean_b=mean(y),
        spread_a=spread_a,
        spread_b=spread_b,
        difference=difference,
        low=low,
        high=high,
        against_luck=_ratio(difference, spread_a),
        higher=higher,
        lower=lower,
        tied=tied,
        share_higher=(higher + tied / 2) / gaps.size if gaps.size else math.nan,
        variance_reduction=_ratio(spread_a * spread_a + spread_b * spread_b, spread * spread),
        verdict=verdict,
        differs=low > 0.0 or high < 0.0,
        replicates_needed=(
            pairs_needed(difference, spread, matters, gaps.size) if verdict == "not known" else None
        ),
    )


def _ratio(above: float, below: float) -> float:
    if below == 0.0:
        return math.nan if above == 0.0 else math.copysign(math.inf, above)
    return above / below


def _verdict(low: float, high: float, matters: float, direction: int) -> Verdict:
    if math.isnan(low):
        return "not known"
    if low > matters:
        return ("higher", "better", "worse")[direction]
    if high < -matters:
        return ("lower", "worse", "better")[direction]
    if low >= -matters and high <= matters:
        return "no difference that matters"
    return "not known"
