"""The course of a path: where the middle of the runs lies by month, and since when scenarios differ."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.intervals import CONFIDENCE

type Numbers = NDArray[np.float64]

#: Shares of the runs between which a band lies, and its middle.
BAND = (0.1, 0.5, 0.9)
#: Months over which each month is a mean, so that a table that meets every quarter hides nothing.
SMOOTH_MONTHS = 3
#: Months for which a difference must have lasted, up to the end, to be told.
LASTING = 12


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One path in every scenario.

    Attributes:
        series: key in ``SERIES``.
        bands: per scenario [3, months] tenth, half and nine tenths of the runs; NaN without value.
        gaps: per scenario but the first [3, months] the mean difference between pairs with the
            same luck, and the lower and upper end of its 95% interval, for each month by itself.
        since: per scenario but the first the month (from 1) from which on to the end the interval
            leaves out 0 on the same side; None where it does not for the last ``LASTING`` months.

    """

    series: str
    bands: Mapping[str, Numbers]
    gaps: Mapping[str, Numbers]
    since: Mapping[str, int | None]


def course(
    series: str, values: Mapping[str, Numbers], smooth_months: int = SMOOTH_MONTHS
) -> Course:
    """Follow one path.

    Args:
        series: its key.
        values: per scenario, the reference first, [replicates, months]; row r of each has the same
            luck. NaN where a month, or a whole run, has none.
        smooth_months: months over which each month is a mean; 1 takes every month by itself.

    """
    smooth = {name: smoothed(of, smooth_months) for name, of in values.items()}
    reference = next(iter(smooth))
    gaps = {name: _gap(of - smooth[reference]) for name, of in smooth.items() if name != reference}
    return Course(
        series,
        {name: band(of) for name, of in smooth.items()},
        gaps,
        {name: _since(gap) for name, gap in gaps.items()},
    )


def smoothed(values: Numbers, months: int) -> Numbers:
    """[runs, months] each month as the mean of those that are known of the last ``months``."""
    values = np.asarray(values, dtype=np.float64)
    window = max(1, min(months, values.shape[1]))
    known = np.isfinite(values)
    totals = np.cumsum(np.pad(np.where(known, values, 0.0), ((0, 0), (1, 0))), axis=1)
    counts = np.cumsum(np.pad(known, ((0, 0), (1, 0))), axis=1)
    totals = totals[:, window:] - totals[:, :-window]
    counts = counts[:, window:] - counts[:, :-window]
    # The first months have no whole window before them: the line begins after it.
    means = np.full(values.shape, np.nan)
    np.divide(totals, counts, out=means[:, window - 1 :], where=counts > 0)
    return means


def band(means: Numbers) -> Numbers:
    """[3, months] tenth, half and nine tenths of the runs [runs, months]."""
    # Months in which no run has a value are a gap in the line. Only where some have none are they
    # looked through one month at a time, which takes fifty times as long.
    answer = np.full((len(BAND), means.shape[1]), np.nan)
    known = np.isfinite(means)
    every, some = known.all(axis=0), known.any(axis=0)
    answer[:, every] = np.quantile(means[:, every], BAND, axis=0)
    answer[:, some & ~every] = np.nanquantile(means[:, some & ~every], BAND, axis=0)
    return answer


def _gap(gaps: Numbers) -> Numbers:
    """[3, months] mean of the paired differences [pairs, months], and its 95% interval."""
    from scipy.special import stdtrit

    known = np.isfinite(gaps)
    count = known.sum(axis=0)
    answer = np.full((3, gaps.shape[1]), np.nan)
    some = count > 1
    gaps, known, count = gaps[:, some], known[:, some], count[some]
    mean = np.where(known, gaps, 0.0).sum(axis=0) / count
    off = np.where(known, gaps - mean, 0.0)
    spread = np.sqrt((off * off).sum(axis=0) / (count - 1))
    half = stdtrit(count - 1, 0.5 + CONFIDENCE / 2) * spread / np.sqrt(count)
    answer[:, some] = mean, mean - half, mean + half
    return answer


def _since(gap: Numbers) -> int | None:
    """The month from which on the interval leaves out 0 to the end, if it does so for long enough."""
    _, low, high = gap
    for apart in (low > 0.0, high < 0.0):
        lasting = int(np.cumprod(apart[::-1]).sum())
        if lasting >= LASTING:
            return len(low) - lasting + 1
    return None
