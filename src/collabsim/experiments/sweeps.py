"""Sweeps: many points, many replicates, in blocks that can be done in any order, anywhere, once.

A sweep that was stopped, however, goes on from the blocks that are whole, and ends with the same
tables.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq

from collabsim.experiments.blocks import (
    Fault,
    Receipt,
    discard,
    only_worker,
    receipts,
    table_path,
    whole_blocks,
    write_block,
)
from collabsim.experiments.executors import Executor
from collabsim.experiments.folders import OutputError
from collabsim.experiments.identity import model_version
from collabsim.experiments.runs import OnProgress
from collabsim.experiments.stopping import goals, is_narrow_enough
from collabsim.experiments.sweep_blocks import block_named, blocks_left
from collabsim.experiments.sweep_files import Sweep
from collabsim.experiments.sweep_manifests import go_is_noted, now, open_folder, refuse_other_use
from collabsim.experiments.sweep_points import point_count
from collabsim.experiments.sweep_runs import run_block, shared, task_of
from collabsim.own import shipped


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a sweep is.

    Attributes:
        runs: runs that are done, in this go and before.
        failed: those of them that raised.
        wanted: runs in all.
        faults: blocks that were found broken, and were made again.
        replicates: of each point.
        narrow: whether the goal of the sweep was reached; True if it has none.

    """

    runs: int
    failed: int
    wanted: int
    faults: tuple[Fault, ...]
    replicates: int
    narrow: bool = True


def carry_out_sweep(
    sweep: Sweep, folder: Path, executor: Executor, on_progress: OnProgress
) -> Progress:
    """Run what of a sweep is not done yet, block by block.

    Args:
        sweep: what to run.
        folder: new, empty, or of this very sweep.
        executor: where blocks are run.
        on_progress: called with runs done and runs in all, after each block.

    Raises:
        OutputError: the folder cannot be used, or there is no room.
        KeyboardInterrupt: on Ctrl-C; what was done is whole.

    """
    refuse_other_use(folder)
    with only_worker(folder):
        open_folder(sweep, folder)
        whole, faults = whole_blocks(folder, model_version())
        for fault in faults:
            discard(folder, fault.block)
        held = {receipt.block: receipt for receipt in whole}
        before, began, first = len(held), Started(now(), time.perf_counter()), 0
        ended, narrow = "stopped", sweep.until is None
        most = None if sweep.until is None else max(sweep.replicates, sweep.until.most)

        def look(replicates: int) -> bool:
            nonlocal narrow
            narrow = is_narrow(sweep, folder, replicates)
            return narrow

        try:
            for last in goals(sweep.replicates, most, look):
                run_blocks(sweep, folder, executor, held, last, on_progress)
                first = last
            # Where the most was reached nobody has looked yet.
            narrow = narrow or look(first)
            ended = "done"
        finally:
            if len(held) > before:
                go = began.told(executor, held, before) | {"ended": ended}
                # Why it was stopped is what has to be told, also when not even this fits.
                with contextlib.suppress(*() if ended == "done" else (OutputError,)):
                    go_is_noted(folder, go, max(first, sweep.replicates))
        counted = list(within(sweep, held, first))
        runs, failed = (sum(column) for column in zip(*counted, strict=True))
        wanted = first * point_count(sweep)
        return Progress(runs, failed, wanted, tuple(faults), first, narrow)


@dataclass(frozen=True, slots=True)
class Started:
    """When one go at a sweep began: in universal time, and by the clock of this process."""

    at: str
    clock: float

    def told(
        self, executor: Executor, held: Mapping[str, Receipt], before: int
    ) -> dict[str, object]:
        """What the manifest says of a go."""
        made = list(held.values())[before:]
        return {
            "began": self.at, "seconds": round(time.perf_counter() - self.clock, 3), "on": repr(executor),
            "runs": sum(receipt.runs for receipt in made),
            "failed": sum(receipt.failed for receipt in made),
        }  # fmt: skip


def within(sweep: Sweep, held: Mapping[str, Receipt], replicates: int) -> Iterator[tuple[int, int]]:
    """Runs, and failed runs, of the blocks of the first ``replicates`` replicates."""
    yield 0, 0
    for name, receipt in held.items():
        block = block_named(name, point_count(sweep))
        if block is not None and block.first_replicate < replicates:
            yield receipt.runs, receipt.failed


def run_blocks(
    sweep: Sweep,
    folder: Path,
    executor: Executor,
    held: dict[str, Receipt],
    replicates: int,
    on_progress: OnProgress,
) -> None:
    """Run what no block holds of the first ``replicates`` replicates, and write each block as it comes.

    Raises:
        OutputError: a block could not be written, or a worker has another version of the model.

    """
    points = point_count(sweep)
    wanted = points * replicates
    left = list(blocks_left(points, replicates, held))
    done = wanted - sum(block.runs for block in left)
    on_progress(done, wanted)
    tasks = (task_of(sweep, block) for block in left)
    for result in executor.run(shipped(partial(run_block, shared(sweep))), tasks):
        if result.receipt.model != model_version():
            raise OutputError(
                f"a worker runs model {result.receipt.model}, and this is model {model_version()}; "
                "versions are never mixed, so install the same on all"
            )
        write_block(folder, result.receipt, result.tables)
        held[result.receipt.block] = result.receipt
        done += result.receipt.runs
        on_progress(done, wanted)


def is_narrow(sweep: Sweep, folder: Path, replicates: int) -> bool:
    """Whether the contrast that a sweep waits for is known as well as was asked for."""
    assert sweep.until is not None  # noqa: S101 - who calls this has seen to it
    column = f"out.{sweep.until.outcome}"
    values = []
    for point in sweep.until.points:
        found = {
            row["replicate"]: row[column]
            for receipt in receipts(folder)
            if holds(sweep, receipt, point)
            for row in rows_of(folder, receipt.block, ["point", "replicate", column])
            if row["point"] == point
        }
        values.append([found.get(replicate) for replicate in range(replicates)])
    one, other = np.array(values, dtype=float)
    return is_narrow_enough(one, other, sweep.until.width)


def holds(sweep: Sweep, receipt: Receipt | Fault, point: int) -> bool:
    """Whether a block has runs of a point."""
    block = block_named(receipt.block, point_count(sweep))
    return block is not None and block.first_point <= point < block.last_point


def rows_of(folder: Path, block: str, columns: list[str]) -> list[dict[str, Any]]:
    """Some columns of the runs of a block, as rows."""
    found: list[dict[str, Any]] = pq.read_table(
        table_path(folder, block, "runs"), columns=columns
    ).to_pylist()
    return found
