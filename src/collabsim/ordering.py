"""Keyed order: who goes first where hours, places or seats are contested.

Order is by two stated priorities and then by key, never by row or by chance of storage. Sorting
is a heapsort over indices; Numba's own sort doubles the time of compilation.
"""

import numpy as np
from numpy.typing import NDArray

from collabsim.compiled import compiled, inlined


@inlined
def comes_before(
    first: NDArray[np.int64], second: NDArray[np.float64], keys: NDArray[np.uint64], a: int, b: int
) -> bool:
    """Whether item ``a`` comes before item ``b``."""
    if first[a] != first[b]:
        return first[a] < first[b]
    if second[a] != second[b]:
        return second[a] < second[b]
    return keys[a] < keys[b]


@compiled
def put_in_order(
    order: NDArray[np.int64],
    count: int,
    first: NDArray[np.int64],
    second: NDArray[np.float64],
    keys: NDArray[np.uint64],
) -> None:
    """Fill ``order[:count]`` with the indices 0..count-1, lowest first."""
    for i in range(count):
        order[i] = i
    start = count // 2
    end = count
    while end > 1:
        if start > 0:
            start -= 1
        else:
            end -= 1
            order[0], order[end] = order[end], order[0]
        root = start
        while True:
            child = 2 * root + 1
            if child >= end:
                break
            if child + 1 < end and comes_before(first, second, keys, order[child], order[child + 1]):
                child += 1
            if not comes_before(first, second, keys, order[root], order[child]):
                break
            order[root], order[child] = order[child], order[root]
            root = child
