"""Keyed order: who goes first where hours, places or seats are contested.

Order is by a stated priority and then by key, never by row or by chance of storage. Items are
first dealt into as many heaps as there are items, which puts nearly all of them in place, because
keys are hashes and priorities are spread out; what is left is a sort by insertion.
"""

import numpy as np
from numpy.typing import NDArray

from collabsim.compiled import compiled, inlined
from collabsim.randomness import as_uniform

#: Below this many, dealing takes longer than it saves.
FEW = 24


@inlined
def insert(order: NDArray[np.int64], count: int, values: NDArray[np.generic]) -> None:
    """Put ``order[:count]``, nearly in place, in order of ``values``; equal ones stay as they are."""
    for at in range(1, count):
        item, place = order[at], at
        while place > 0 and values[item] < values[order[place - 1]]:
            order[place] = order[place - 1]
            place -= 1
        order[place] = item


@inlined
def deal(
    order: NDArray[np.int64], count: int, heap: NDArray[np.int64], ends: NDArray[np.int64]
) -> None:
    """Put ``order[:count]`` in order of ``heap``, numbers from 0 to count - 1; equal ones stay."""
    before = order[:count].copy()
    ends[:] = 0
    for n in range(count):
        ends[heap[n] + 1] += 1
    for n in range(count):
        ends[n + 1] += ends[n]
    for at in range(count):
        item = before[at]
        order[ends[heap[item]]] = item
        ends[heap[item]] += 1


@compiled
def put_in_keyed_order(order: NDArray[np.int64], count: int, keys: NDArray[np.uint64]) -> None:
    """Fill ``order[:count]`` with the indices 0..count-1, lowest key first."""
    for n in range(count):
        order[n] = n
    if count > FEW:
        heap, ends = np.empty(count, dtype=np.int64), np.empty(count + 1, dtype=np.int64)
        for n in range(count):
            # The largest key of all rounds to 1.
            heap[n] = min(count - 1, int(as_uniform(keys[n]) * count))
        deal(order, count, heap, ends)
    insert(order, count, keys)


@compiled
def put_in_order(
    order: NDArray[np.int64],
    count: int,
    first: NDArray[np.float64],
    keys: NDArray[np.uint64],
) -> None:
    """Fill ``order[:count]`` with the indices 0..count-1, lowest ``first`` first, then lowest key."""
    put_in_keyed_order(order, count, keys)
    low = high = first[0] if count > 0 else 0.0
    for n in range(count):
        low, high = min(low, first[n]), max(high, first[n])
    if low == high:
        return
    if count > FEW:
        heap, ends = np.empty(count, dtype=np.int64), np.empty(count + 1, dtype=np.int64)
        for n in range(count):
            heap[n] = int((first[n] - low) / (high - low) * (count - 1))
        deal(order, count, heap, ends)
    insert(order, count, first)
