"""The runs of a sweep: which lie in which block, and what a block gives.

Which run lies in which block follows from the sweep alone, never from threads, executors or what was
done before.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from collabsim.config import ConfigError
from collabsim.experiments.blocks import Receipt, sum_of
from collabsim.experiments.designs import Factor
from collabsim.experiments.identity import model_version, short_hash
from collabsim.experiments.runs import RunResult, in_one_line, run_replicate
from collabsim.experiments.sweep_files import Sweep, with_point

#: Points and replicates of one block: a few seconds of work.
POINTS, REPLICATES = 10, 4
#: Columns that say how a run went, not what came out: they differ from one time to the next.
ABOUT_THE_RUN = ("seconds", "block")


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Done:
    """A block that was run: its receipt, and its tables as bytes of Parquet files."""

    receipt: Receipt
    tables: Mapping[str, bytes]


def point_count(sweep: Sweep) -> int:
    """Points of the design, in each scenario."""
    return len(sweep.design.points) * len(sweep.scenarios)


def blocks_of(sweep: Sweep, first: int, last: int) -> Iterator[Block]:
    """The blocks of replicates ``first`` up to ``last``: all points of a few replicates first."""
    points = point_count(sweep)
    for replicate in range(first, last, REPLICATES):
        for point in range(0, points, POINTS):
            yield Block(
                point, min(point + POINTS, points), replicate, min(replicate + REPLICATES, last)
            )


def point_of(sweep: Sweep, number: int) -> tuple[int, Mapping[str, Any]]:
    """Scenario and values of a point; all scenarios at the first point of the design come first."""
    place, scenario = divmod(number, len(sweep.scenarios))
    return scenario, sweep.design.points[place]


def luck_of(sweep: Sweep, point: int, replicate: int) -> int:
    """The number that a replicate draws its luck with."""
    return replicate if sweep.shared_luck else point * 1_000_000 + replicate


def run_block(sweep: Sweep, block: Block) -> Done:
    """Run a block; a run that raises, or a point that no world can have, is a row that says so."""
    scenarios, rows = {}, []
    for point in range(block.first_point, block.last_point):
        place, values = point_of(sweep, point)
        try:
            scenarios[point] = with_point(sweep.scenarios[place], values, f"point {point}")
        except ConfigError as error:
            rows += [
                row_of(sweep, block, point, replicate, refused(sweep, point, replicate, error))
                for replicate in range(block.first_replicate, block.last_replicate)
            ]
    series: list[pa.Table] = []
    for replicate in range(block.first_replicate, block.last_replicate):
        for result, point in runs_of(sweep, scenarios, replicate):
            rows.append(row_of(sweep, block, point, replicate, result))
            if result.series and sweep.series:
                series.append(paths_of(sweep, point, replicate, result))
    rows.sort(key=lambda row: (row["point"], row["replicate"]))
    tables = {"runs": parquet(pa.table(columns_of(sweep, rows)))}
    if sweep.series:
        empty = {"point": pa.array([], pa.int64()), "replicate": pa.array([], pa.int64())}
        tables["series"] = parquet(pa.concat_tables(series) if series else pa.table(empty))
    failed = sum(row["status"] != "done" for row in rows)
    sums = {name: sum_of(content) for name, content in tables.items()}
    return Done(Receipt(block.name, len(rows), failed, model_version(), sums), tables)


def runs_of(
    sweep: Sweep, scenarios: Mapping[int, Any], replicate: int
) -> Iterator[tuple[RunResult, int]]:
    """One replicate of each point, sharing histories where points have the same one."""
    points = {scenario.name: point for point, scenario in scenarios.items()}
    groups = (
        [list(scenarios.values())]
        if sweep.shared_luck
        else [[scenario] for scenario in scenarios.values()]
    )
    for group in groups:
        if group:
            luck = luck_of(sweep, points[group[0].name], replicate)
            for result in run_replicate(group, sweep.seed, luck):
                yield result, points[result.scenario]


def refused(sweep: Sweep, point: int, replicate: int, error: Exception) -> RunResult:
    """The result of a point that no world can have."""
    identity = short_hash([sweep.seed, point, replicate, str(error), model_version()], digits=16)
    return RunResult(
        identity, f"point {point}", sweep.seed, replicate, "failed", in_one_line(error)
    )


def row_of(
    sweep: Sweep, block: Block, point: int, replicate: int, result: RunResult
) -> dict[str, Any]:
    """One row of the table of runs."""
    place, values = point_of(sweep, point)
    kept = sweep.outcomes or tuple(result.outcomes)
    return {
        "run_id": result.run_id,
        "point": point,
        "scenario": sweep.scenarios[place].name,
        "replicate": replicate,
        "seed": sweep.seed,
        "luck": luck_of(sweep, point, replicate),
        "status": result.status,
        "error": result.error,
        "seconds": result.seconds,
        "block": block.name,
        **{f"in.{path}": value for path, value in values.items()},
        **{f"out.{name}": result.outcomes[name] for name in kept if name in result.outcomes},
    }


def columns_of(sweep: Sweep, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The table of runs by column; every block has the same, whatever failed in it."""
    from collabsim.metrics import METRICS

    plain = ("run_id", "point", "scenario", "replicate", "seed", "luck", "status", "error")
    columns: dict[str, Any] = {
        name: [row[name] for row in rows] for name in (*plain, *ABOUT_THE_RUN)
    }
    columns["seconds"] = pa.array(columns["seconds"], pa.float64())
    for factor in sweep.design.factors:
        values = [row[f"in.{factor.path}"] for row in rows]
        columns[f"in.{factor.path}"] = pa.array(values, type_of(factor))
    for name in sweep.outcomes or METRICS:
        columns[f"out.{name}"] = pa.array([row.get(f"out.{name}") for row in rows], pa.float64())
    return columns


def type_of(factor: Factor) -> pa.DataType:
    """The type of a factor's column, the same in every block."""
    values = factor.values or (factor.at(0.0), factor.at(1.0))
    if all(isinstance(value, bool) for value in values):
        return pa.bool_()
    if all(isinstance(value, int) and not isinstance(value, bool) for value in values):
        return pa.int64()
    if all(isinstance(value, int | float) and not isinstance(value, bool) for value in values):
        return pa.float64()
    return pa.string()


def paths_of(sweep: Sweep, point: int, replicate: int, result: RunResult) -> pa.Table:
    """The paths of one run, one row a month."""
    months = len(next(iter(result.series.values())))
    return pa.table(
        {
            "point": np.full(months, point, np.int64),
            "replicate": np.full(months, replicate, np.int64),
            "month": np.arange(months),
            **{name: result.series[name] for name in sweep.series},
        }
    )


def parquet(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()
