"""How much of an outcome's variance is luck, and how much assumptions.

By the law of total variance: between worlds lie the assumptions, between replicates of one world
lies luck. The components are those of one-way random effects, the interval a bootstrap over
worlds. Each world must have luck of its own, else a draw that all share is taken for neither.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.intervals import CONFIDENCE

_RESAMPLES = 1000
#: Seed of the bootstrap.
_SEED = 20251125
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Split:
    """Variance of one outcome over worlds and replicates.

    Attributes:
        assumptions: standard deviation between worlds; 0 where luck explains all of it.
        luck: standard deviation between replicates of a world.
        share: of the variance that lies in the assumptions; NaN where nothing varies.
        low: its 95% interval, lower end.
        high: its upper end.
        worlds: that had two values or more.

    """

    assumptions: float
    luck: float
    share: float
    low: float
    high: float
    worlds: int


def split(runs: NDArray[np.float64]) -> Split:
    """Split the variance of [worlds, replicates]; NaN where a value is missing."""
    counts = np.isfinite(runs).sum(axis=1)
    runs = runs[counts > 1]
    if len(runs) < _FEWEST:
        return Split(np.nan, np.nan, np.nan, np.nan, np.nan, len(runs))
    counts = np.isfinite(runs).sum(axis=1).astype(float)
    means = np.nanmean(runs, axis=1)
    within = np.nansum((runs - means[:, None]) ** 2, axis=1)
    between, luck = components(counts, means, within)
    total = between + luck
    draws = np.random.default_rng(_SEED).integers(0, len(runs), (_RESAMPLES, len(runs)))
    shares = []
    for draw in draws:
        b, w = components(counts[draw], means[draw], within[draw])
        shares.append(b / (b + w) if b + w > 0.0 else np.nan)
    tails = (0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2)
    low, high = np.nanquantile(shares, tails) if np.isfinite(shares).any() else (np.nan, np.nan)
    share = between / total if total > 0.0 else np.nan
    return Split(
        float(np.sqrt(between)), float(np.sqrt(luck)), float(share), float(low), float(high), len(runs)
    )  # fmt: skip


def components(
    counts: NDArray[np.float64], means: NDArray[np.float64], within: NDArray[np.float64]
) -> tuple[float, float]:
    """Variance between worlds and within, by analysis of variance, also for unequal counts."""
    total, groups = counts.sum(), len(counts)
    grand = (counts * means).sum() / total
    luck = within.sum() / (total - groups)
    mean_square = (counts * (means - grand) ** 2).sum() / (groups - 1)
    usual = (total - (counts**2).sum() / total) / (groups - 1)
    return max(0.0, float((mean_square - luck) / usual)), float(luck)
