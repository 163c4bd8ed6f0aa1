"""A pilot: a few runs of a sweep, and what they say of time, room and width of intervals of the whole."""

import io
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow.parquet as pq
from numpy.typing import NDArray

from collabsim.analysis.intervals import interval
from collabsim.experiments.details import Details
from collabsim.experiments.stopping import FEWEST_PAIRS, goals
from collabsim.experiments.sweep_blocks import POINTS, REPLICATES, Block, blocks_left
from collabsim.experiments.sweep_files import Sweep
from collabsim.experiments.sweep_points import point_count
from collabsim.experiments.sweep_runs import Done, run_block, shared, task_of

#: After so many seconds no further block of the pilot is begun.
ENOUGH_SECONDS = 10.0
#: Replicates of the two points whose contrast a sweep waits for.
CONTRAST_REPLICATES = 12

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a sweep is expected to take.

    Attributes:
        points: of the design, in all scenarios.
        replicates: of each; where a goal decides, what it is expected to take.
        runs: points times replicates.
        measured: runs of the pilot.
        minutes: on the workers asked for, if each has a core of its own.
        megabytes: of all files.
        at_a_point: by outcome, width of the 95 % interval of the mean at one point.
        of_a_difference: by outcome, width of the interval of the difference of two neighbouring points.

    """

    points: int
    replicates: int
    runs: int
    measured: int
    minutes: float
    megabytes: float
    at_a_point: Mapping[str, float]
    of_a_difference: Mapping[str, float]


def forecast(sweep: Sweep, workers: int) -> Forecast:
    """Run a few blocks of a sweep, keep nothing of them, and work out what the whole will take."""
    points, details = point_count(sweep), sweep.details
    plain = replace(sweep, details=None)
    blocks = spread(list(blocks_left(points, REPLICATES)))
    began, done = time.perf_counter(), list[Done]()
    for block in blocks:
        done.append(made(plain, block))
        if time.perf_counter() - began > ENOUGH_SECONDS:
            break
    measured = sum(one.receipt.runs for one in done)
    seconds = (time.perf_counter() - began) / measured
    size = sum(map(size_of, done)) / measured
    outcomes = [outcomes_of(one, sweep) for one in done]
    replicates = sweep.replicates if sweep.until is None else replicates_expected(plain)
    runs = points * replicates
    minutes, megabytes = seconds * runs / workers / 60.0, size * runs / 1e6
    if details is not None:
        more, extra = cost_of_details(sweep, details, points, replicates, seconds)
        minutes, megabytes = minutes + more / workers / 60.0, megabytes + extra / 1e6
    return Forecast(
        points, replicates, runs, measured, minutes, megabytes,
        widths(outcomes, replicates, apart=False),
        widths(outcomes, replicates, apart=True),
    )  # fmt: skip


def made(sweep: Sweep, block: Block) -> Done:
    """A block of the pilot."""
    return run_block(shared(sweep), task_of(sweep, block))


def spread(blocks: Sequence[Block]) -> list[Block]:
    """The first, the last and the middle one, each once."""
    return list(dict.fromkeys((blocks[0], blocks[-1], blocks[len(blocks) // 2])))


def size_of(done: Done) -> int:
    """Bytes that a block takes: its tables and its receipt."""
    receipt = 150 + 80 * len(done.receipt.sums)
    return receipt + sum(map(len, done.tables.values()))


def outcomes_of(done: Done, sweep: Sweep) -> dict[str, Numbers]:
    """Outcomes of a block by name, each [points, replicates]; NaN where undefined or failed."""
    table = pq.read_table(io.BytesIO(done.tables["runs"]))
    table = table.sort_by([("point", "ascending"), ("replicate", "ascending")])
    rows = len(set(table["point"].to_pylist()))
    names = [name for name in table.column_names if name.startswith("out.")]
    return {
        name.removeprefix("out."): np.array(table[name].to_pylist(), float).reshape(rows, -1)
        for name in names
        if not sweep.outcomes or name.removeprefix("out.") in sweep.outcomes
    }


def widths(
    blocks: Sequence[Mapping[str, Numbers]], replicates: int, *, apart: bool
) -> dict[str, float]:
    """By outcome the width to expect of an interval; outcomes that do not vary are left out.

    Args:
        blocks: outcomes, each [points, replicates].
        replicates: over how many the interval is to be.
        apart: of the difference between neighbouring points, instead of the mean at one.

    """
    found = {}
    for name in blocks[0]:
        values = [np.diff(block[name], axis=0) if apart else block[name] for block in blocks]
        spreads = [block.var(axis=1, ddof=1) for block in values if block.shape[1] > 1]
        known = np.concatenate([*spreads, [np.nan]])
        known = known[np.isfinite(known)]
        if known.size and known.mean() > 0.0 and replicates > 1:
            found[name] = width_of(math.sqrt(float(known.mean())), replicates)
    return found


def width_of(spread_of_one: float, count: int) -> float:
    """Width of the 95 % interval of a mean over ``count`` with a known spread."""
    # Two values that lie one spread off have, with any number of them, a known width.
    sample = np.resize([-1.0, 1.0], count)
    low, high = interval(sample * (spread_of_one / sample.std(ddof=1)), two_valued=False)
    return high - low


def replicates_expected(sweep: Sweep) -> int:
    """Replicates until the contrast that a sweep waits for is known well enough, in whole batches."""
    until = sweep.until
    assert until is not None  # noqa: S101 - who calls this has seen to it
    one, other = (
        outcomes_of(made(sweep, Block(point, point + 1, 0, CONTRAST_REPLICATES)), sweep)
        for point in until.points
    )
    gaps = (other[until.outcome] - one[until.outcome]).ravel()
    gaps = gaps[np.isfinite(gaps)]
    spread_of_one = float(gaps.std(ddof=1)) if gaps.size > 1 else math.inf

    def is_narrow(count: int) -> bool:
        if count < FEWEST_PAIRS or math.isinf(spread_of_one):
            return False
        return spread_of_one == 0.0 or width_of(spread_of_one, count) <= until.width

    *_, last = goals(sweep.replicates, max(sweep.replicates, until.most), is_narrow)
    return last


def cost_of_details(
    sweep: Sweep, details: Details, points: int, replicates: int, seconds_a_run: float
) -> tuple[float, float]:
    """Seconds and bytes that details add, from a block in which they are kept of some runs."""
    first, chunk = min(details.points or (0,)), min(details.replicates or (0,))
    first, chunk = first - first % POINTS, chunk - chunk % REPLICATES
    block = Block(first, min(first + POINTS, points), chunk, chunk + REPLICATES)
    began = time.perf_counter()
    done = made(sweep, block)
    more = time.perf_counter() - began - seconds_a_run * block.runs
    larger = sum(80 + len(done.tables[name]) for name in details.tables if name in done.tables)
    here = sum(
        details.of(point, replicate)
        for point in range(block.first_point, block.last_point)
        for replicate in range(block.first_replicate, block.last_replicate)
    )
    count = len(details.points or range(points)) * sum(
        replicate < replicates for replicate in details.replicates or range(replicates)
    )
    return max(0.0, more) / here * count, larger / here * count
