"""Sweeps: many points, many replicates, in blocks that can be done in any order, anywhere, once.

A sweep that was stopped, however, goes on from the blocks that are whole, and ends with the same
tables.
"""

from collections.abc import Mapping, Sequence
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
    table_path,
    whole_blocks,
    write_block,
)
from collabsim.experiments.executors import Executor
from collabsim.experiments.runs import OnProgress
from collabsim.experiments.stopping import goals, is_narrow_enough
from collabsim.experiments.sweep_files import Sweep
from collabsim.experiments.sweep_folders import open_folder
from collabsim.experiments.sweep_runs import Block, blocks_of, run_block
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

    """

    runs: int
    failed: int
    wanted: int
    faults: tuple[Fault, ...]
    replicates: int


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
    folder.mkdir(parents=True, exist_ok=True)
    with only_worker(folder):
        open_folder(sweep, folder)
        whole, faults = whole_blocks(folder)
        for fault in faults:
            discard(folder, fault.block)
        held = {receipt.block: receipt for receipt in whole}
        done, first = Progress(0, 0, 0, tuple(faults), 0), 0
        most = None if sweep.until is None else sweep.until.most
        for last in goals(sweep.replicates, most, partial(is_narrow, sweep, folder)):
            blocks = list(blocks_of(sweep, first, last))
            wanted = done.wanted + sum(block.runs for block in blocks)
            done = run_blocks(sweep, folder, executor, blocks, held, done, wanted, on_progress)
            first = last
        return Progress(done.runs, done.failed, done.wanted, tuple(faults), first)


def run_blocks(
    sweep: Sweep,
    folder: Path,
    executor: Executor,
    blocks: Sequence[Block],
    held: Mapping[str, Receipt],
    done: Progress,
    wanted: int,
    on_progress: OnProgress,
) -> Progress:
    """Run the blocks that are not held, and write each as it comes."""
    there = [held[block.name] for block in blocks if block.name in held]
    runs = done.runs + sum(receipt.runs for receipt in there)
    failed = done.failed + sum(receipt.failed for receipt in there)
    on_progress(runs, wanted)
    missing = [block for block in blocks if block.name not in held]
    for result in executor.run(shipped(partial(run_block, sweep)), missing):
        write_block(folder, result.receipt, result.tables)
        runs, failed = runs + result.receipt.runs, failed + result.receipt.failed
        on_progress(runs, wanted)
    return Progress(runs, failed, wanted, done.faults, 0)


def is_narrow(sweep: Sweep, folder: Path, replicates: int) -> bool:
    """Whether the contrast that a sweep waits for is known as well as was asked for."""
    assert sweep.until is not None  # noqa: S101 - who calls this has seen to it
    column = f"out.{sweep.until.outcome}"
    values = []
    for point in sweep.until.points:
        found = {
            row["replicate"]: row[column]
            for first in range(0, replicates, sweep.replicates)
            for block in blocks_of(sweep, first, min(first + sweep.replicates, replicates))
            if block.first_point <= point < block.last_point
            for row in rows_of(folder, block.name, ["point", "replicate", column])
            if row["point"] == point
        }
        values.append([found.get(replicate) for replicate in range(replicates)])
    one, other = np.array(values, dtype=float)
    return is_narrow_enough(one, other, sweep.until.width)


def rows_of(folder: Path, block: str, columns: list[str]) -> list[dict[str, Any]]:
    """Some columns of the runs of a block, as rows."""
    found: list[dict[str, Any]] = pq.read_table(
        table_path(folder, block, "runs"), columns=columns
    ).to_pylist()
    return found
