"""Runs as blocks with one table each, for work that is gone on with where it was stopped."""

import io
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from collabsim.experiments.blocks import (
    BLOCKS,
    Receipt,
    discard,
    only_worker,
    sum_of,
    table_path,
    whole_blocks,
    write_block,
)
from collabsim.experiments.executors import Executor
from collabsim.experiments.folders import OutputError, reason
from collabsim.experiments.identity import model_version

TABLE = "runs"

#: A receipt, and the table as the bytes of a Parquet file.
type Block = tuple[Receipt, bytes]


@contextmanager
def working_in(folder: Path) -> Generator[None]:
    """Make a folder of blocks and hold it for this process.

    Raises:
        OutputError: another process works in it, or it cannot be made.

    """
    try:
        (folder / BLOCKS).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder}: no runs can be kept here ({reason(error)}); give --out another folder"
        ) from error
    with only_worker(folder):
        yield


def as_block(name: str, table: pa.Table, failed: int) -> Block:
    """What to write when the runs of a table are done, ``failed`` of which raised."""
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    content = sink.getvalue()
    receipt = Receipt(name, table.num_rows, failed, model_version(), {TABLE: sum_of(content)})
    return receipt, content


def done_in_blocks[Job](
    work: Callable[[Job], Block], jobs: Iterable[Job], executor: Executor, folder: Path | None
) -> Iterator[pa.Table]:
    """Do jobs, and give the table of each when its block is kept.

    Args:
        work: makes a block of a job.
        jobs: to do.
        executor: where.
        folder: held by ``working_in``; None keeps nothing.

    Raises:
        OutputError: there is no room, or the folder cannot be written to.

    """
    for receipt, content in executor.run(work, jobs):
        if folder is not None:
            write_block(folder, receipt, {TABLE: content})
        yield pq.read_table(io.BytesIO(content))


def kept_blocks(folder: Path) -> Iterator[tuple[Receipt, pa.Table]]:
    """What a folder holds of this version of the model; blocks that are broken are taken away."""
    whole, faults = whole_blocks(folder)
    for fault in faults:
        discard(folder, fault.block)
    for receipt in whole:
        if receipt.model == model_version():
            yield receipt, pq.read_table(table_path(folder, receipt.block, TABLE))
