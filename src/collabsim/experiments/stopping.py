"""When a sweep has run enough replicates: the interval of a contrast is as narrow as was asked for.

Whoever stops as soon as an interval looks narrow enough stops too often where the spread happens to
be underestimated, so that its interval covers the truth too rarely: in 73 to 93 of 100 sequences of
batches of 4, more so for skewed differences. Hence the first look at ``FEWEST_PAIRS``, and a quarter
again after the look at which it was narrow. ``tests/test_stopping.py`` measures what that gives.
"""

import math
from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.intervals import interval

#: Pairs before which nothing is looked at, however narrow it seems.
FEWEST_PAIRS = 30
#: What is run in all, against what was run when the interval was first narrow enough.
IN_ALL = 1.25


def goals(batch: int, most: int | None, is_narrow: Callable[[int], bool]) -> Iterator[int]:
    """Numbers of replicates to run up to, one after the other; the last is where it ends.

    Each follows from what was run alone, so that a resumed sweep ends where an undisturbed one does.

    Args:
        batch: replicates that are added at a time.
        most: replicates at which it ends at last; None adds nothing to the first batch.
        is_narrow: looks at so many replicates; asked when they have been run.

    """
    number = batch
    while most is not None and number < most:
        yield number
        if is_narrow(number):
            batches = math.ceil(number * IN_ALL / batch)
            yield min(batches * batch, most)
            return
        number += batch
    yield batch if most is None else most


def is_narrow_enough(one: NDArray[np.float64], other: NDArray[np.float64], width: float) -> bool:
    """Whether the 95 % interval of the mean paired difference may be called so narrow.

    Args:
        one: [replicates] an outcome at one point; NaN where it has no value.
        other: [replicates] the same at another point, with the same luck.
        width: of the interval, in the unit of the outcome.

    """
    known = np.isfinite(one) & np.isfinite(other)
    gaps = (other - one)[known]
    if len(gaps) < FEWEST_PAIRS:
        return False
    two_valued = bool(np.isin((one[known], other[known]), (0.0, 1.0)).all())
    low, high = interval(gaps, two_valued=two_valued)
    return bool(high - low <= width)
