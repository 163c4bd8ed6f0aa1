"""Runs of scenarios in kept worlds: the same luck for all scenarios of a world, its own for each world."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from itertools import batched
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from collabsim.config import resolved
from collabsim.experiments.designs import Factor
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
from collabsim.experiments.sweep_factors import all_of, uncertain
from collabsim.parameters import Scenario
from collabsim.worlds import KeptWorld, Value, in_world

#: Replicates of one world have luck of their own: number times this, and counted on.
LUCKS = 1_000_000
#: Worlds that one worker takes at a time.
_WORLDS = 2


@dataclass(frozen=True, slots=True)
class Batch:
    """Worlds that one worker takes at a time.

    Attributes:
        name: the same for the same runs.
        worlds: number of each, and the scenarios as they are in it.

    """

    name: str
    worlds: tuple[tuple[int, tuple[Scenario, ...]], ...]


@dataclass(frozen=True, slots=True, eq=False)
class InWorlds:
    """Outcomes of scenarios in worlds.

    Attributes:
        scenarios: their names.
        worlds: numbers of the worlds.
        outcomes: by name, [scenarios, worlds, replicates]; NaN where a run failed or the outcome
            is undefined.
        rows: one a run, for a table.
        failed: runs that raised.

    """

    scenarios: tuple[str, ...]
    worlds: tuple[int, ...]
    outcomes: Mapping[str, NDArray[np.float64]]
    rows: tuple[Mapping[str, Any], ...]
    failed: int


def run_in_worlds(
    scenarios: Sequence[Scenario],
    worlds: Sequence[KeptWorld],
    *,
    seed: int,
    replicates: int,
    executor: Executor,
    outcomes: Sequence[str],
    on_progress: OnProgress,
    folder: Path | None = None,
) -> InWorlds:
    """Run every scenario in every world.

    Args:
        scenarios: with different names.
        worlds: to run them in.
        seed: of all luck.
        replicates: of each world.
        executor: where.
        outcomes: which are kept.
        on_progress: called with runs done and runs in all.
        folder: where runs are kept while it works, and looked for before; None keeps nothing.

    Raises:
        ConfigError: a scenario that cannot be in a world.
        OutputError: the folder cannot be used.

    """
    names = tuple(scenario.name for scenario in scenarios)
    # All worlds are made first, so that one that cannot be is told before anything runs.
    batches = list(batches_of(scenarios, worlds, (seed, replicates, *outcomes)))
    total = len(names) * len(worlds) * replicates

    def run(batch: Batch) -> Block:
        rows = [
            row_of(result, number, replicate, seed, outcomes)
            for number, changed in batch.worlds
            for replicate in range(replicates)
            for result in run_replicate(changed, seed, number * LUCKS + replicate)
        ]
        failed = sum(row["status"] != "done" for row in rows)
        return as_block(batch.name, pa.Table.from_pylist(rows), failed)

    with nullcontext() if folder is None else working_in(folder):
        kept = {} if folder is None else {r.block: t.to_pylist() for r, t in kept_blocks(folder)}
        rows = [row for batch in batches for row in kept.get(batch.name, ())]
        on_progress(len(rows), total)
        missing = [batch for batch in batches if batch.name not in kept]
        for table in done_in_blocks(run, missing, executor, folder):
            rows += table.to_pylist()
            on_progress(len(rows), total)
    numbers = tuple(world.number for world in worlds)
    return gathered(rows, names, numbers, replicates, outcomes)


def gathered(
    rows: Sequence[Mapping[str, Any]], names: tuple[str, ...], numbers: tuple[int, ...],
    replicates: int, outcomes: Sequence[str],
) -> InWorlds:  # fmt: skip
    """Put the rows of all runs together, in whatever order they come."""
    ordered = sorted(
        rows, key=lambda row: (row["world"], names.index(row["scenario"]), row["replicate"])
    )
    shape = (len(numbers), len(names), replicates)
    places = [sorted(numbers).index(number) for number in numbers]
    cubes = {
        name: np.array([row[f"out.{name}"] for row in ordered], float).reshape(shape)[places]
        for name in outcomes
    }
    return InWorlds(
        names,
        numbers,
        {name: cube.transpose(1, 0, 2) for name, cube in cubes.items()},
        tuple(ordered),
        sum(row["status"] != "done" for row in ordered),
    )


def batches_of(
    scenarios: Sequence[Scenario], worlds: Sequence[KeptWorld], asked: Sequence[object]
) -> Iterator[Batch]:
    """The scenarios in each world, in batches with a name that holds all that they are.

    Args:
        scenarios: to put in worlds.
        worlds: to put them in.
        asked: what else makes runs what they are.

    """
    for some in batched(worlds, _WORLDS, strict=False):
        made = tuple((world.number, tuple(in_world(s, world) for s in scenarios)) for world in some)
        content = [[number, [resolved(s) for s in changed]] for number, changed in made]
        name = f"w{some[0].number:05d}-{short_hash([content, list(asked), _WORLDS], digits=12)}"
        yield Batch(name, made)


def row_of(
    result: RunResult, world: int, replicate: int, seed: int, outcomes: Sequence[str]
) -> dict[str, Any]:
    """One row of the table of runs."""
    return {
        "run_id": result.run_id,
        "world": world,
        "scenario": result.scenario,
        "replicate": replicate,
        "seed": seed,
        "luck": world * LUCKS + replicate,
        "status": result.status,
        "error": result.error,
        **{f"out.{name}": result.outcomes.get(name, np.nan) for name in outcomes},
    }


def halved(worlds: Sequence[KeptWorld]) -> tuple[KeptWorld, ...]:
    """The same worlds with every assumption pulled half of the way to its default.

    So every range is half as wide, around what is assumed to begin with. On a log scale half of the
    way is that of the logarithm. Of a choice a world keeps its own word.
    """
    from collabsim.config import parameters

    factors = {parameter.path: all_of(parameter) for parameter in uncertain()}
    return tuple(
        replace(
            world,
            values={
                path: pulled(factors[path], value, parameters()[path].default)
                for path, value in world.values.items()
            },
        )
        for world in worlds
    )


def pulled(factor: Factor, value: Value, default: Value) -> Value:
    """A value half of the way to the default."""
    if factor.values or isinstance(value, bool | str) or isinstance(default, bool | str):
        return value
    if factor.whole:
        return round((value + default) / 2)
    if factor.log and min(value, default) > 0:
        return float(np.sqrt(value * default))
    return (value + default) / 2
