"""One scenario in numbers: each outcome's mean, spread between replicates, and interval."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from collabsim.analysis.intervals import interval, mean, share_interval, spread_of
from collabsim.metrics import METRICS

#: Unit of outcomes that say yes or no of a run.
YES_OR_NO = "0 or 1"


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
    metric, at = METRICS.get(name), mean(known)
    low, high = interval(known, two_valued=False)
    if metric is not None and known.size > 1:
        # Whatever lies beyond what is possible is no part of what is not known.
        low, high = max(low, metric.low), min(high, metric.high)
        if metric.unit == YES_OR_NO and np.isin(known, (0.0, 1.0)).all():
            low, high = share_interval(int(known.sum()), known.size)
    return Summary(name, at, spread_of(known), low, high, known.size)
