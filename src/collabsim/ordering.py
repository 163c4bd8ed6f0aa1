"""Keyed order: who goes first where hours, places or seats are contested.

Order is by a stated priority and then by key, never by row or by chance of storage. Sorting
is a merge sort over indices; Numba's own sort doubles the time of compilation.
"""

import numpy as np
from numpy.typing import NDArray

from collabsim.compiled import compiled, inlined

#: Runs of this length are sorted by insertion before they are merged.
SHORT_RUN = 8


@inlined
def comes_before(first: NDArray[np.float64], keys: NDArray[np.uint64], a: int, b: int) -> bool:
    """Whether item ``a`` comes before item ``b``."""
    if first[a] != first[b]:
        return first[a] < first[b]
    return keys[a] < keys[b]


@compiled
def put_in_order(
    order: NDArray[np.int64],
    count: int,
    first: NDArray[np.float64],
    keys: NDArray[np.uint64],
) -> None:
    """Fill ``order[:count]`` with the indices 0..count-1, lowest first."""
    for start in range(0, count, SHORT_RUN):
        for at in range(start, min(start + SHORT_RUN, count)):
            place = at
            while place > start and comes_before(first, keys, at, order[place - 1]):
                order[place] = order[place - 1]
                place -= 1
            order[place] = at
    merged = np.empty(count, dtype=np.int64)
    width = SHORT_RUN
    while width < count:
        for start in range(0, count, 2 * width):
            left, right, middle = start, start + width, min(start + width, count)
            end = min(start + 2 * width, count)
            for at in range(start, end):
                from_left = left < middle and (
                    right >= end or comes_before(first, keys, order[left], order[right])
                )
                if from_left:
                    merged[at] = order[left]
                    left += 1
                else:
                    merged[at] = order[right]
                    right += 1
        order[:count] = merged
        width *= 2
