"""What a calibration told of each parameter: before against after, and what trades off.

All is in shares from 0 to 1 of a parameter's range, in which the worlds that were drawn lie evenly.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kstest, norm, rankdata

type Shares = NDArray[np.float64]

#: Chance that any parameter, or any pair, is named by luck alone.
MISTAKES = 0.05


@dataclass(frozen=True, slots=True)
class Identified:
    """One parameter, before against after.

    Attributes:
        path: the parameter.
        distance: largest distance between the distributions before and after (Kolmogorov-Smirnov).
        chance: chance of such a distance when the kept worlds say nothing of it.
        spread: spread after, as a share of the spread before: 1 nothing learned, 0 all.
        middle: median after, as a share of the range; 0.5 before.
        told: whether the distance is beyond luck, for as many parameters as there are (Holm).

    """

    path: str
    distance: float
    chance: float
    spread: float
    middle: float
    told: bool


@dataclass(frozen=True, slots=True)
class TradeOff:
    """Two parameters that the patterns tell apart only together.

    Attributes:
        one: a parameter.
        other: another.
        correlation: of ranks, over the kept worlds; below 0 more of one goes with less of the other.

    """

    one: str
    other: str
    correlation: float


def identified(paths: Sequence[str], shares: Shares) -> tuple[Identified, ...]:
    """What the kept worlds tell of each parameter, the most told first.

    Args:
        paths: parameters, one for each column.
        shares: [kept worlds, parameters] from 0 to 1.

    """
    tests = [kstest(shares[:, column], "uniform") for column in range(len(paths))]
    chances = np.array([test.pvalue for test in tests])
    told = beyond_luck(chances)
    rows = [
        Identified(
            path,
            float(tests[column].statistic),
            float(chances[column]),
            float(shares[:, column].std() * math.sqrt(12.0)),
            float(np.median(shares[:, column])),
            bool(told[column]),
        )
        for column, path in enumerate(paths)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.distance, row.path)))


def beyond_luck(chances: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which of many are beyond luck, by Holm's correction."""
    order = np.argsort(chances, kind="stable")
    bounds = MISTAKES / (len(chances) - np.arange(len(chances)))
    fails = np.flatnonzero(chances[order] > bounds)
    passed = np.zeros(len(chances), dtype=bool)
    passed[order[: fails[0] if len(fails) else len(chances)]] = True
    return passed


def trade_offs(paths: Sequence[str], shares: Shares) -> tuple[TradeOff, ...]:
    """Pairs whose ranks are correlated beyond luck over the kept worlds, strongest first."""
    worlds, count = shares.shape
    pairs = count * (count - 1) / 2
    if worlds < 4 or not pairs:  # noqa: PLR2004 - Fisher's spread needs four
        return ()
    ranks = np.apply_along_axis(rankdata, 0, shares)
    with np.errstate(invalid="ignore"):
        correlations = np.nan_to_num(np.atleast_2d(np.corrcoef(ranks, rowvar=False)))
    # Fisher (1915), with Bonferroni's correction for all pairs; 1.06 for ranks (Fieller 1957).
    bound = math.tanh(float(norm.ppf(1 - MISTAKES / (2 * pairs))) * math.sqrt(1.06 / (worlds - 3)))
    found = [
        TradeOff(paths[i], paths[j], float(correlations[i, j]))
        for i, j in combinations(range(count), 2)
        if abs(correlations[i, j]) > bound
    ]
    return tuple(sorted(found, key=lambda pair: (-abs(pair.correlation), pair.one, pair.other)))
