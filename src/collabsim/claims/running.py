"""The runs behind claims, each made once and kept: stopped, the same command goes on from there.

A folder holds blocks with receipts, like that of a sweep. A run is known by its world, seed, replicate and
the version of the model, so a folder can serve any selection of claims and any sizes.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from collabsim.claims.arms import SEED, Arm, Cell
from collabsim.experiments.executors import Executor
from collabsim.experiments.identity import short_hash
from collabsim.experiments.kept_blocks import (
    Block,
    as_block,
    done_in_blocks,
    kept_blocks,
    working_in,
)
from collabsim.experiments.runs import OnProgress, RunResult, run_replicate

#: Arms of one block: a few seconds of work.
MOST = 24
ABOUT_THE_RUN = ("error", "seconds")

#: Outcomes by arm and replicate.
type Runs = Mapping[tuple[str, int], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Job:
    """Some arms with one draw of luck."""

    replicate: int
    arms: tuple[Arm, ...]

    @property
    def name(self) -> str:
        """Names files: the same for the same runs."""
        return f"r{self.replicate:07d}-{short_hash([arm.key for arm in self.arms], digits=12)}"


def carry_out(
    cells: Iterable[Cell], folder: Path, executor: Executor, on_progress: OnProgress
) -> Runs:
    """Run what the cells need and the folder does not hold yet; returns all that it holds.

    Raises:
        OutputError: the folder cannot be used.
        KeyboardInterrupt: on Ctrl-C; what was done is whole.

    """
    with working_in(folder):
        held = dict(kept(folder))
        wanted = needed(cells)
        total = sum(map(len, wanted.values()))
        missing = list(jobs(wanted, held))
        left = sum(len(job.arms) for job in missing)
        on_progress(total - left, total)
        for table in done_in_blocks(run_job, missing, executor, folder):
            held |= rows_of(table)
            left -= table.num_rows
            on_progress(total - left, total)
    return held


def needed(cells: Iterable[Cell]) -> dict[int, dict[str, Arm]]:
    """The arms to run, by replicate, in the order in which cells ask for them."""
    wanted: dict[int, dict[str, Arm]] = {}
    for cell in cells:
        for replicate in cell.replicates:
            arms = wanted.setdefault(replicate, {})
            for arm in (cell.of, cell.than):
                if arm is not None:
                    arms.setdefault(arm.key, arm)
    return wanted


def jobs(wanted: Mapping[int, Mapping[str, Arm]], held: Runs) -> Iterator[Job]:
    """What is missing, in jobs that keep arms with one history together."""
    for replicate, arms in wanted.items():
        missing = [arm for key, arm in arms.items() if (key, replicate) not in held]
        missing.sort(key=lambda arm: (arm.history, arm.key))
        for first in range(0, len(missing), MOST):
            yield Job(replicate, tuple(missing[first : first + MOST]))


def run_job(job: Job) -> Block:
    """Run a job."""
    results = list(run_replicate([arm.scenario for arm in job.arms], SEED, job.replicate))
    failed = sum(result.status != "done" for result in results)
    return as_block(job.name, table_of(results), failed)


def table_of(results: Sequence[RunResult]) -> pa.Table:
    """One row a run."""
    from collabsim.metrics import METRICS

    columns = {
        "arm": [result.scenario for result in results],
        "replicate": [result.replicate for result in results],
        "error": [result.error for result in results],
        "seconds": [result.seconds for result in results],
    }
    outcomes = {
        name: pa.array([result.outcomes.get(name, math.nan) for result in results], pa.float64())
        for name in METRICS
    }
    return pa.table({**columns, **outcomes})


def kept(folder: Path) -> Iterator[tuple[tuple[str, int], Mapping[str, float]]]:
    """Outcomes of the runs that a folder holds of this version of the model."""
    for _, table in kept_blocks(folder):
        yield from rows_of(table).items()


def rows_of(table: pa.Table) -> dict[tuple[str, int], Mapping[str, float]]:
    """Outcomes by arm and replicate; of a run that failed all are NaN."""
    found: dict[tuple[str, int], Mapping[str, float]] = {}
    for row in table.to_pylist():
        key = row.pop("arm"), row.pop("replicate")
        found[key] = {name: value for name, value in row.items() if name not in ABOUT_THE_RUN}
    return found


def failures(folder: Path) -> list[str]:
    """What was raised by runs that failed, each message once."""
    tables = [table for receipt, table in kept_blocks(folder) if receipt.failed]
    return sorted({error for table in tables for error in table["error"].to_pylist() if error})
