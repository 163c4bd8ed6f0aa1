"""Blocks: a few points with a few replicates, the piece in which a sweep is run, kept and moved.

Which run lies in which block is of no account to results: what is left to do is what no block holds.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

#: Points and replicates of one block: a few seconds of work for a region of sixty organisations.
POINTS, REPLICATES = 10, 4

_NAME = re.compile(r"p(\d{7,})-r(\d{7,})-(\d{7,})")


@dataclass(frozen=True, slots=True, order=True)
class Block:
    """Some points with some replicates."""

    first_point: int
    last_point: int
    first_replicate: int
    last_replicate: int

    @property
    def name(self) -> str:
        """Names files: the same for the same runs."""
        return f"p{self.first_point:07d}-r{self.first_replicate:07d}-{self.last_replicate:07d}"

    @property
    def runs(self) -> int:
        """How many runs it holds."""
        return (self.last_point - self.first_point) * (self.last_replicate - self.first_replicate)


def block_named(name: str, points: int) -> Block | None:
    """The block of a name in a sweep of so many points; None for no name of a block."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    point, first, last = map(int, found.groups())
    if point % POINTS or point >= points or first >= last:
        return None
    return Block(point, min(point + POINTS, points), first, last)


def replicates_in(names: Iterable[str], points: int) -> dict[int, set[int]]:
    """The replicates that some blocks hold, by first point."""
    held: dict[int, set[int]] = {first: set() for first in range(0, points, POINTS)}
    for name in names:
        block = block_named(name, points)
        if block is not None:
            held[block.first_point].update(range(block.first_replicate, block.last_replicate))
    return held


def blocks_left(points: int, replicates: int, names: Iterable[str] = ()) -> Iterator[Block]:
    """The blocks that make what is in none of those named: all points of a few replicates first.

    Args:
        points: of the sweep.
        replicates: wanted of each point.
        names: of the blocks that are there.

    """
    held = replicates_in(names, points)
    for chunk in range(0, replicates, REPLICATES):
        for point, there in held.items():
            wanted = range(chunk, min(chunk + REPLICATES, replicates))
            left = [replicate for replicate in wanted if replicate not in there]
            # Those that follow one another go together.
            cuts = [n for n, (a, b) in enumerate(pairwise(left), 1) if b != a + 1]
            for begin, end in pairwise([0, *cuts, len(left)]):
                if begin < end:
                    last = min(point + POINTS, points)
                    yield Block(point, last, left[begin], left[end - 1] + 1)


def without_overlap(names: Iterable[str], points: int) -> Iterator[str]:
    """Names of blocks that share no run, large ones before small ones."""
    blocks = [block for name in names if (block := block_named(name, points)) is not None]
    taken: dict[int, set[int]] = {}
    for block in sorted(set(blocks), key=lambda block: (-block.runs, block)):
        own = set(range(block.first_replicate, block.last_replicate))
        there = taken.setdefault(block.first_point, set())
        if not own & there:
            there |= own
            yield block.name
