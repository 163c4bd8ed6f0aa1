"""Carrying a calibration out: worlds are drawn and run as a sweep, and a closer look at those left.

First all worlds, each with luck of its own, against the patterns that one world shows. Of those that
met them the first so many, in order of number, are run once more beside their pairs with the same
luck, and looked at in their state at the end. Each part can be stopped and gone on with.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from collabsim.analysis.calibration import Pattern, Seen, Values, kept, seen
from collabsim.experiments.calibration_files import Calibration
from collabsim.experiments.designs import Design, Factor, make_design
from collabsim.experiments.executors import Executor
from collabsim.experiments.folders import write_whole
from collabsim.experiments.runs import OnProgress
from collabsim.experiments.state_measures import STATE_MEASURES
from collabsim.experiments.sweep_factors import all_of, uncertain
from collabsim.experiments.sweep_files import Sweep, with_point
from collabsim.experiments.sweep_folders import read_table
from collabsim.experiments.sweeps import carry_out_sweep
from collabsim.parameters import Scenario

ALL_WORLDS, CLOSER, STATE = "worlds", "closer", "state.parquet"


@dataclass(frozen=True, slots=True, eq=False)
class Calibrated:
    """What came of a calibration.

    Attributes:
        factors: all that is uncertain.
        design: the worlds; a world's number is its place in it.
        seen: each pattern over all worlds, by name.
        kept: [worlds] whether each is kept.
        failed: [worlds] whether a run of it raised.

    """

    factors: tuple[Factor, ...]
    design: Design
    seen: dict[str, Seen]
    kept: NDArray[np.bool_]
    failed: NDArray[np.bool_]


def worlds_of(calibration: Calibration) -> Design:
    """The worlds: a Latin hypercube over everything that is uncertain."""
    factors = tuple(all_of(parameter) for parameter in uncertain())
    return make_design("latin_hypercube", factors, calibration.worlds, calibration.design_seed)


def sweep_of_all(calibration: Calibration, design: Design) -> Sweep:
    """All worlds, each with luck of its own: else three draws of luck would choose among them."""
    return Sweep(
        name=calibration.name,
        about=calibration.about,
        scenarios=(calibration.scenario,),
        design=design,
        replicates=calibration.replicates,
        shared_luck=False,
        seed=calibration.seed,
        outcomes=(),
        series=(),
        until=None,
    )


def sweep_of_pairs(calibration: Calibration, design: Design, numbers: NDArray[np.int64]) -> Sweep:
    """Some worlds beside their pairs, with the same luck."""
    points = tuple(design.points[number] for number in numbers)
    return Sweep(
        name=f"{calibration.name}: pairs",
        about=calibration.about,
        scenarios=(calibration.scenario, *calibration.pairs.values()),
        design=Design("list", design.factors, points),
        replicates=calibration.replicates,
        shared_luck=True,
        seed=calibration.seed,
        outcomes=tuple(
            dict.fromkeys(m for p in calibration.patterns if p.against for m in p.measures)
        ),
        series=(),
        until=None,
    )


def carry_out_calibration(
    calibration: Calibration,
    folder: Path,
    executor: Executor,
    stage: Callable[[str], OnProgress],
) -> Calibrated:
    """Run what is not there yet, and hold all worlds against all patterns.

    Args:
        calibration: what to do.
        folder: new, empty, or of this very calibration.
        executor: where runs are made.
        stage: gives, for the name of a stage, what is to be told of its progress.

    Raises:
        OutputError: the folder cannot be used.
        KeyboardInterrupt: on Ctrl-C; what was done is whole.

    """
    design = worlds_of(calibration)
    sweep = sweep_of_all(calibration, design)
    carry_out_sweep(sweep, folder / ALL_WORLDS, executor, stage("all worlds"))
    runs = read_table(folder / ALL_WORLDS).to_pandas()
    return hold_against_patterns(calibration, design, runs, folder, executor, stage)


def hold_against_patterns(
    calibration: Calibration,
    design: Design,
    runs: pd.DataFrame,
    folder: Path,
    executor: Executor,
    stage: Callable[[str], OnProgress],
) -> Calibrated:
    """Hold worlds that were run against all patterns, with a closer look at those that are left.

    Args:
        calibration: the patterns.
        design: the worlds.
        runs: the table of runs of ``sweep_of_all``.
        folder: where the closer look is kept.
        executor: where its runs are made.
        stage: as for ``carry_out_calibration``.

    """
    count, replicates = calibration.worlds, calibration.replicates
    failed = np.zeros(count, dtype=bool)
    failed[runs.loc[runs["status"] != "done", "point"]] = True
    everywhere = np.ones(count, dtype=bool)
    found: dict[str, Seen] = {}
    for pattern in calibration.patterns:
        if not pattern.against and not in_state(pattern):
            values = cube(runs, pattern, count, replicates)
            found[pattern.name] = seen(pattern, values, everywhere)
    numbers = np.flatnonzero(kept(list(found.values())) & ~failed)[: calibration.closer]
    closer = np.zeros(count, dtype=bool)
    closer[numbers] = True
    look = [p for p in calibration.patterns if p.name not in found]
    if len(numbers) and any(pattern.against for pattern in look):
        pairs = sweep_of_pairs(calibration, design, numbers)
        carry_out_sweep(pairs, folder / CLOSER, executor, stage("pairs"))
        beside = read_table(folder / CLOSER).to_pandas()
        broken = beside.loc[beside["status"] != "done", "point"] // len(pairs.scenarios)
        failed[numbers[broken]] = True
        for pattern in look:
            if pattern.against:
                gaps = np.full((count, replicates), np.nan)
                gaps[numbers] = paired(beside, pattern, pairs, replicates)
                found[pattern.name] = seen(pattern, gaps, closer)
    if len(numbers) and any(in_state(pattern) for pattern in look):
        state = states(calibration, design, numbers, folder / STATE, executor, stage("state"))
        for pattern in look:
            if in_state(pattern):
                values = np.full((count, replicates), np.nan)
                values[numbers] = state[pattern.measures[0]]
                found[pattern.name] = seen(pattern, values, closer)
    ordered = {p.name: found[p.name] for p in calibration.patterns if p.name in found}
    return Calibrated(
        design.factors, design, ordered, kept(list(ordered.values())) & closer & ~failed, failed
    )


def in_state(pattern: Pattern) -> bool:
    """Whether a pattern looks at the state at the end."""
    return pattern.measures[0] in STATE_MEASURES


def cube(runs: pd.DataFrame, pattern: Pattern, count: int, replicates: int) -> Values:
    """[points, replicates] of what a pattern measures; NaN where a run failed or it is undefined."""
    values = np.full((count, replicates), np.nan)
    measured = runs[[f"out.{measure}" for measure in pattern.measures]].to_numpy(dtype=float)
    values[runs["point"], runs["replicate"]] = measured.mean(axis=1)
    return values


def paired(beside: pd.DataFrame, pattern: Pattern, pairs: Sweep, replicates: int) -> Values:
    """[worlds, replicates] pair minus scenario."""
    names = [scenario.name for scenario in pairs.scenarios]
    worlds = len(pairs.design.points)
    values = cube(beside, pattern, worlds * len(names), replicates)
    by_scenario = values.reshape(worlds, len(names), replicates)
    return np.asarray(by_scenario[:, names.index(pattern.against)] - by_scenario[:, 0])


def states(
    calibration: Calibration,
    design: Design,
    numbers: NDArray[np.int64],
    path: Path,
    executor: Executor,
    on_progress: OnProgress,
) -> dict[str, Values]:
    """[worlds, replicates] of each measure of the state, from a table that is kept."""
    shape = (len(numbers), calibration.replicates)
    if path.exists():
        table = pq.read_table(path).to_pandas()
        if list(table["world"].unique()) == list(numbers):
            return {name: table[name].to_numpy().reshape(shape) for name in STATE_MEASURES}
    work = partial(state_of, calibration.scenario, calibration.seed, calibration.replicates)
    worlds = [(int(number), design.points[number]) for number in numbers]
    rows: list[dict[str, float]] = []
    for done in executor.run(work, worlds):
        rows += done
        on_progress(len(rows), len(worlds) * calibration.replicates)
    rows.sort(key=lambda row: (row["world"], row["replicate"]))
    table = pd.DataFrame(rows)
    write_whole(path, partial(pq.write_table, pa.Table.from_pandas(table, preserve_index=False)))
    return {name: table[name].to_numpy().reshape(shape) for name in STATE_MEASURES}


def state_of(
    scenario: Scenario, seed: int, replicates: int, world: tuple[int, dict[str, object]]
) -> list[dict[str, float]]:
    """The measures of the state of one world, one row a replicate."""
    return list(state_rows(scenario, seed, replicates, world))


def state_rows(
    scenario: Scenario, seed: int, replicates: int, world: tuple[int, dict[str, object]]
) -> Iterator[dict[str, float]]:
    """As ``state_of``, one by one."""
    from collabsim.model import CollaborationModel

    number, values = world
    changed = with_point(scenario, values)
    for replicate in range(replicates):
        model = CollaborationModel(changed, seed=seed, replicate=replicate)
        model.run_for(changed.months)
        measured = {name: measure(model) for name, measure in STATE_MEASURES.items()}
        yield {"world": number, "replicate": replicate, **measured}
