"""The runs of a sweep: what a block gives."""

import io
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from collabsim.config import ConfigError
from collabsim.experiments.blocks import Receipt, sum_of
from collabsim.experiments.details import watched, with_run
from collabsim.experiments.identity import model_version, run_id, short_hash
from collabsim.experiments.runs import in_one_line
from collabsim.experiments.sparing import SparingModel
from collabsim.experiments.sweep_blocks import Block
from collabsim.experiments.sweep_files import Sweep
from collabsim.experiments.sweep_points import point_of, with_point
from collabsim.experiments.sweep_schema import (
    columns_of_runs,
    columns_of_series,
    schema,
    stored,
)
from collabsim.history import Start, Starts, start_key
from collabsim.parameters import Scenario


@dataclass(frozen=True, slots=True)
class Task:
    """A block, and the points in it; all that travels to a worker for each block.

    Attributes:
        block: which runs.
        points: place of the scenario and values of each point.

    """

    block: Block
    points: tuple[tuple[int, Mapping[str, Any]], ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A block that was run: its receipt, and its tables as bytes of Parquet files."""

    receipt: Receipt
    tables: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class World:
    """What a point stands for.

    Attributes:
        scenario: the world that is run.
        start: see ``history.start_key``.

    """

    scenario: Scenario
    start: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a sweep: a row, and what else is kept of it.

    Attributes:
        row: of the table of runs.
        kept: series and details, by name of their table.

    """

    row: Mapping[str, Any]
    kept: Mapping[str, pa.Table]


def shared(sweep: Sweep) -> Sweep:
    """What all blocks need of a sweep: everything but its points, of which there may be many."""
    return replace(sweep, design=replace(sweep.design, points=(), shares=None), source="")


def task_of(sweep: Sweep, block: Block) -> Task:
    """What a worker needs for a block."""
    numbers = range(block.first_point, block.last_point)
    return Task(block, tuple(point_of(sweep, number) for number in numbers))


def luck_of(sweep: Sweep, point: int, replicate: int) -> int:
    """The number that a replicate draws its luck with."""
    return replicate if sweep.shared_luck else point * 1_000_000 + replicate


def run_block(sweep: Sweep, task: Task) -> Done:
    """Run a block; a run that raises, or a point that no world can have, is a row that says so.

    Args:
        sweep: see ``shared``.
        task: from ``task_of``.

    """
    block = task.block
    worlds: dict[int, World | ConfigError] = {}
    for point, (place, values) in enumerate(task.points, block.first_point):
        try:
            scenario = with_point(sweep.scenarios[place], values, f"point {point}")
        except ConfigError as error:
            worlds[point] = error
        else:
            worlds[point] = World(scenario, start_key(scenario))
    runs = [
        run
        for replicate in range(block.first_replicate, block.last_replicate)
        for run in runs_of(sweep, task, worlds, replicate)
    ]
    tables = {"runs": runs_table(sweep, [run.row for run in runs])}
    if sweep.series:
        none = schema(columns_of_series(sweep.series)).empty_table()
        tables["series"] = pa.concat_tables([none, *parts_of(runs, "series")])
    for name in () if sweep.details is None else sweep.details.tables:
        if parts := parts_of(runs, name):
            tables[name] = pa.concat_tables(parts)
    content = {name: parquet(table) for name, table in tables.items()}
    sums = {name: sum_of(written) for name, written in content.items()}
    failed = sum(run.row["status"] != "done" for run in runs)
    return Done(Receipt(block.name, len(runs), failed, model_version(), sums), content)


def parts_of(runs: list[Run], name: str) -> list[pa.Table]:
    """What runs kept for one table."""
    return [run.kept[name] for run in runs if name in run.kept]


def runs_of(
    sweep: Sweep, task: Task, worlds: Mapping[int, World | ConfigError], replicate: int
) -> Iterator[Run]:
    """One replicate of each point, in their order, making a history that they share only once."""
    starts: dict[tuple[int, str], Start | Exception] = {}
    making: dict[int, Starts] = defaultdict(Starts)
    for point, world in worlds.items():
        if isinstance(world, ConfigError):
            yield failed(sweep, task, point, replicate, in_one_line(world))
            continue
        luck, scenario = luck_of(sweep, point, replicate), world.scenario
        key = (luck, world.start)
        if key not in starts:
            try:
                starts[key] = making[luck].start(scenario, sweep.seed, luck)
            except Exception as error:  # noqa: BLE001 - one failing history must not stop the others
                starts[key] = error
        start = starts[key]
        if isinstance(start, Exception):
            message = f"in the history before month 0: {in_one_line(start)}"
            yield failed(sweep, task, point, replicate, message, scenario)
            continue
        try:
            yield ran(sweep, task, point, replicate, scenario, start)
        except Exception as error:  # noqa: BLE001 - a failing run is a row, the others go on
            yield failed(sweep, task, point, replicate, in_one_line(error), scenario)


def ran(sweep: Sweep, task: Task, point: int, replicate: int, world: Scenario, start: Start) -> Run:
    """Run one world to its last month."""
    began, luck = time.perf_counter(), luck_of(sweep, point, replicate)

    def made(trace: bool) -> SparingModel:
        return SparingModel(world, seed=sweep.seed, replicate=luck, start=start, trace=trace)

    wanted = sweep.details is not None and sweep.details.of(point, replicate)
    seen = watched(made, world.months, sweep.details if wanted else None)
    outcomes = seen.model.outcomes_of(sweep.outcomes)
    kept = {
        name: with_run(name, point, replicate, parts)
        for name, parts in seen.tables.items()
        if parts
    }
    if sweep.series:
        paths = seen.model.series()
        months = np.arange(world.months)
        columns: list[Any] = [np.full_like(months, point), np.full_like(months, replicate), months]
        columns += [paths[name] for name in sweep.series]
        kept["series"] = pa.table(columns, schema=schema(columns_of_series(sweep.series)))
    identity = run_id(world, seed=sweep.seed, replicate=luck)
    about: dict[str, Any] = {"run_id": identity, "status": "done", "error": ""}
    about["seconds"] = time.perf_counter() - began
    return Run(row_of(sweep, task, point, replicate) | about | named("out.", outcomes), kept)


def failed(
    sweep: Sweep,
    task: Task,
    point: int,
    replicate: int,
    message: str,
    world: Scenario | None = None,
) -> Run:
    """The row of a run that raised, or, without a world, of a point that no world can have."""
    luck = luck_of(sweep, point, replicate)
    identity = (
        short_hash([sweep.seed, point, replicate, message, model_version()], digits=16)
        if world is None
        else run_id(world, seed=sweep.seed, replicate=luck)
    )
    about = {"run_id": identity, "status": "failed", "error": message, "seconds": 0.0}
    return Run(row_of(sweep, task, point, replicate) | about, {})


def row_of(sweep: Sweep, task: Task, point: int, replicate: int) -> dict[str, Any]:
    """What a row of the table of runs says of a run before it is made."""
    place, values = task.points[point - task.block.first_point]
    return {
        "point": point,
        "scenario": sweep.scenarios[place].name,
        "replicate": replicate,
        "seed": sweep.seed,
        "luck": luck_of(sweep, point, replicate),
        "block": task.block.name,
        **named("in.", {path: stored(value) for path, value in values.items()}),
    }


def named(prefix: str, values: Mapping[str, Any]) -> dict[str, Any]:
    """Values by the names of their columns."""
    return {f"{prefix}{name}": value for name, value in values.items()}


def runs_table(sweep: Sweep, rows: list[Mapping[str, Any]]) -> pa.Table:
    """The table of runs; what a failed run has no value for is empty."""
    columns = columns_of_runs(sweep.design.factors, sweep.outcomes)
    return pa.table(
        [pa.array([row.get(column.name) for row in rows], column.type) for column in columns],
        schema=schema(columns),
    )


def parquet(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()
