"""Where an effect turns round: the one assumption that divides the worlds best.

A tree of one split (scikit-learn) over the uncertain parameters looks for the threshold at which the
ranks of the effect differ most. With a hundred parameters some split always looks good, so it must beat
the best split of worlds whose effects were dealt out at random; if it does not, nothing is said.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.intervals import interval

#: Seed of the deals, their number, and the share of them that may do as well.
_SEED, DEALS, MISTAKES = 20251125, 99, 0.05
#: Fewest worlds on either side.
FEWEST = 6

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Part:
    """The worlds on one side of a threshold.

    Attributes:
        worlds: how many.
        as_expected: in how many the effect goes the way that is expected.
        mean: effect, positive as expected.
        low: lower end of its 95% interval over worlds.
        high: upper end.

    """

    worlds: int
    as_expected: int
    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Turning:
    """The assumption on which an effect depends most.

    Attributes:
        path: the parameter.
        threshold: where worlds divide.
        below: worlds with at most that value.
        above: worlds with more.
        p: share of deals at random that divide as well.

    """

    path: str
    threshold: float
    below: Part
    above: Part
    p: float

    @property
    def turns_round(self) -> bool:
        """Whether the effect goes one way beyond doubt on one side, and the other way on the other."""
        return (self.below.low > 0.0 > self.above.high) or (self.above.low > 0.0 > self.below.high)


def turning(effects: Numbers, worlds: Sequence[Mapping[str, Any]]) -> Turning | None:
    """Find the assumption that divides the worlds best; None if none does beyond doubt.

    Args:
        effects: [worlds], positive where it goes the way that is expected; finite.
        worlds: their values by path; only those that all of them have count.

    """
    from scipy.stats import rankdata

    if len(effects) < 2 * FEWEST or float(np.ptp(effects)) == 0.0:
        return None
    paths = sorted(set.intersection(*(set(values) for values in worlds)))
    codes = np.array([[coded(path, world[path], worlds) for path in paths] for world in worlds])
    ranks = rankdata(effects)
    gain, column, threshold = best_split(codes, ranks)
    if column < 0:
        return None
    deal = np.random.default_rng(_SEED)
    as_good = sum(best_split(codes, deal.permutation(ranks))[0] >= gain for _ in range(DEALS))
    p = (as_good + 1) / (DEALS + 1)
    if p > MISTAKES:
        return None
    low = codes[:, column] <= threshold
    return Turning(paths[column], threshold, part_of(effects[low]), part_of(effects[~low]), p)


def best_split(codes: Numbers, ranks: Numbers) -> tuple[float, int, float]:
    """How much the best split explains, its column (-1 for none) and threshold."""
    from sklearn.tree import DecisionTreeRegressor

    tree = DecisionTreeRegressor(max_depth=1, min_samples_leaf=FEWEST, random_state=0)
    fitted = tree.fit(codes, ranks).tree_
    if fitted.node_count == 1:
        return 0.0, -1, math.nan
    weight = fitted.weighted_n_node_samples
    left = fitted.impurity[0] - (fitted.impurity[1:] * weight[1:]).sum() / weight[0]
    return float(left), int(fitted.feature[0]), float(fitted.threshold[0])


def coded(path: str, value: Any, worlds: Sequence[Mapping[str, Any]]) -> float:  # noqa: ANN401
    """A value as a number; words by their place among the words that occur."""
    if isinstance(value, str):
        return float(sorted({str(world[path]) for world in worlds}).index(value))
    return float(value)


def part_of(effects: Numbers) -> Part:
    """One side of a threshold."""
    low, high = interval(effects, two_valued=False)
    return Part(len(effects), int((effects > 0.0).sum()), float(effects.mean()), low, high)
