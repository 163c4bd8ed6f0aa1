"""One scenario in numbers: each outcome's mean, spread between replicates, and interval."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Summary:
    """An outcome over the replicates of one scenario, in its own unit.

    Attributes:
        name: name of the outcome in ``METRICS``.
        mean: mean over the replicates in which it is defined; NaN if there are none.
        spread: standard deviation between replicates; NaN for fewer than two.
        low: lower end of the 95% interval of the mean (Student's t); NaN for fewer than two.
        high: upper end of that interval.
        defined: replicates in which the outcome is defined.

    """

    name: str
    mean: float
    spread: float
    low: float
    high: float
    defined: int


def summarise(name: str, values: ArrayLike) -> Summary:
    """Sum up the values of one outcome, one a replicate; NaN where undefined."""
    known = np.asarray(values, dtype=np.float64)
    known = known[~np.isnan(known)]
    count = known.size
    if count == 0:
        return Summary(name, math.nan, math.nan, math.nan, math.nan, 0)
    mean = float(known.mean())
    if count == 1:
        return Summary(name, mean, math.nan, math.nan, math.nan, 1)
    from scipy.special import stdtrit

    spread = float(known.std(ddof=1))
    half = float(stdtrit(count - 1, 0.975)) * spread / math.sqrt(count)
    return Summary(name, mean, spread, mean - half, mean + half, count)
