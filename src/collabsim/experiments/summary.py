"""One scenario in numbers: each outcome's mean, spread between replicates, and interval."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from collabsim.metrics import METRICS

#: Unit of outcomes that say yes or no of a run.
YES_OR_NO = "0 or 1"
_TAIL = 0.975


@dataclass(frozen=True, slots=True)
class Summary:
    """An outcome over the replicates of one scenario, in its own unit.

    Attributes:
        name: name of the outcome in ``METRICS``.
        mean: mean over the replicates in which it is defined; NaN if there are none.
        spread: standard deviation between replicates; NaN for fewer than two.
        low: lower end of the 95% interval of the mean; NaN for fewer than two. Student's t, no
            further than the outcome can lie; of yes or no that of Wilson (1927), which keeps
            within 0 and 1 and leaves room where all runs said the same.
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
    metric = METRICS.get(name)
    yes_or_no = metric is not None and metric.unit == YES_OR_NO
    if yes_or_no and np.isin(known, (0.0, 1.0)).all():
        return Summary(name, mean, spread, *wilson(mean, count), count)
    half = float(stdtrit(count - 1, _TAIL)) * spread / math.sqrt(count)
    least, most = (-math.inf, math.inf) if metric is None else (metric.low, metric.high)
    # Whatever lies beyond what is possible is no part of what is not known.
    return Summary(name, mean, spread, max(mean - half, least), min(mean + half, most), count)


def wilson(share: float, count: int) -> tuple[float, float]:
    """95% interval of a share of so many; ends of 0 and 1 are exact."""
    from scipy.special import ndtri

    z = float(ndtri(_TAIL))
    whole = 1.0 + z * z / count
    centre = (share + z * z / (2 * count)) / whole
    half = z * math.sqrt(share * (1.0 - share) / count + z * z / (4 * count * count)) / whole
    return (
        0.0 if share == 0.0 else centre - half,
        1.0 if share == 1.0 else centre + half,
    )
