"""Runs of scenarios in kept worlds: the same luck for all scenarios of a world, its own for each world."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.experiments.designs import Factor
from collabsim.experiments.executors import Executor
from collabsim.experiments.runs import OnProgress, RunResult, run_replicate
from collabsim.experiments.sweep_factors import all_of, uncertain
from collabsim.parameters import Scenario
from collabsim.worlds import KeptWorld, Value, in_world

#: Replicates of one world have luck of their own: number times this, and counted on.
LUCKS = 1_000_000
#: Worlds that one worker takes at a time.
_WORLDS = 2


@dataclass(frozen=True, slots=True)
class Told:
    """One run in one world."""

    world: int
    place: int
    result: RunResult


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

    Raises:
        ConfigError: a scenario that cannot be in a world.

    """
    names = tuple(scenario.name for scenario in scenarios)
    # All worlds are made first, so that one that cannot be is told before anything runs.
    work = [(world.number, tuple(in_world(s, world) for s in scenarios)) for world in worlds]
    place_of = {world.number: place for place, world in enumerate(worlds)}

    def run(batch: Sequence[tuple[int, tuple[Scenario, ...]]]) -> list[Told]:
        return [
            Told(number, replicate, result)
            for number, changed in batch
            for replicate in range(replicates)
            for result in run_replicate(changed, seed, number * LUCKS + replicate)
        ]

    shape = (len(names), len(worlds), replicates)
    cubes = {outcome: np.full(shape, np.nan) for outcome in outcomes}
    rows: list[dict[str, Any]] = []
    failed = 0
    for done in executor.run(run, list(batched(work, _WORLDS, strict=False))):
        for told in done:
            result = told.result
            failed += result.status != "done"
            at = (names.index(result.scenario), place_of[told.world], told.place)
            for outcome in outcomes:
                cubes[outcome][at] = result.outcomes.get(outcome, np.nan)
            rows.append(row_of(told, seed, outcomes))
        on_progress(len(rows), len(names) * len(worlds) * replicates)
    rows.sort(key=lambda row: (row["world"], names.index(row["scenario"]), row["replicate"]))
    return InWorlds(names, tuple(place_of), cubes, tuple(rows), failed)


def row_of(told: Told, seed: int, outcomes: Sequence[str]) -> dict[str, Any]:
    """One row of the table of runs."""
    result = told.result
    return {
        "run_id": result.run_id,
        "world": told.world,
        "scenario": result.scenario,
        "replicate": told.place,
        "seed": seed,
        "luck": told.world * LUCKS + told.place,
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
