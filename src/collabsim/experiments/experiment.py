"""An experiment: scenarios that are run with the same luck, and the folder that keeps them."""

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from collabsim.experiments.folders import make_folder, write_whole
from collabsim.experiments.manifest import describe_experiment, experiment_id
from collabsim.experiments.runs import (
    PICTURED,
    InterruptedRunsError,
    OnProgress,
    RunResult,
    failed_run,
    in_one_line,
    run_scenarios,
)
from collabsim.experiments.store import Results, load_results, save_results
from collabsim.experiments.waking import wake_up, waking_up
from collabsim.model import CollaborationModel
from collabsim.parameters import Scenario
from collabsim.yardstick import yardstick

#: The event record, in the folder of results.
EVENTS = "events.parquet"

type Stage = Callable[[str], AbstractContextManager[OnProgress]]


@dataclass(frozen=True, slots=True)
class Experiment:
    """What is to be run.

    Attributes:
        name: what the results are called.
        scenarios: worlds to run, the reference first; their names differ.
        seed: seed of all of them, so that they share their luck.
        replicates: number of draws of luck.
        threads: threads to run them on.
        command: which command asked for it.
        about: what is asked, in the words of the comparison.
        in_dutch: name and ``about`` for who reads Dutch, or "".

    """

    name: str
    scenarios: tuple[Scenario, ...]
    seed: int
    replicates: int
    threads: int
    command: str = "python"
    about: str = ""
    in_dutch: tuple[str, str] = ("", "")

    @property
    def short_id(self) -> str:
        """Eight hexadecimal digits, equal for the same scenarios, seed and replicates."""
        return experiment_id(self.scenarios, seed=self.seed, replicates=self.replicates)


@dataclass(slots=True)
class Outcome:
    """What became of an experiment.

    Attributes:
        results: the saved results, read back.
        failures: runs that failed.
        interrupted: whether Ctrl-C ended it early.
        events: file with the event record of replicate 0, if asked for.

    """

    results: Results
    failures: list[RunResult] = field(default_factory=list)
    interrupted: bool = False
    events: Path | None = None


def carry_out(
    experiment: Experiment, out: Path | None, stage: Stage, *, trace: bool = False
) -> Outcome | None:
    """Run an experiment and save it.

    Args:
        experiment: what to run.
        out: folder for the results, new or empty; None makes one under ``results``.
        stage: opens a stage of the work, and gives what counts its progress.
        trace: also write what happened in replicate 0 of each scenario, event by event.

    Returns:
        What became of it; None if it was interrupted before anything was done.

    Raises:
        OutputError: the folder cannot be used.

    """
    folder = make_folder(out, experiment.name, experiment.short_id)
    seconds: dict[str, float] = {}
    interrupted = False
    began = time.perf_counter()
    try:
        with stage(waking_up()):
            wake_up(experiment.scenarios[0], experiment.seed)
        seconds["waking up"] = time.perf_counter() - began
        began = time.perf_counter()
        count = len(experiment.scenarios) * experiment.replicates
        with stage(f"running {count:,} runs") as advance:
            results = run_scenarios(
                experiment.scenarios,
                seed=experiment.seed,
                replicates=experiment.replicates,
                threads=experiment.threads,
                on_progress=advance,
            )
    except InterruptedRunsError as interruption:
        results, interrupted = interruption.results, True
    except KeyboardInterrupt:
        results, interrupted = [], True
    if not results:
        if out is None:
            folder.rmdir()
        return None
    seconds["running"] = time.perf_counter() - began
    with stage("saving"):
        manifest = describe_experiment(
            results,
            experiment.scenarios,
            name=experiment.name,
            about=experiment.about,
            in_dutch=experiment.in_dutch,
            command=experiment.command,
            replicates=experiment.replicates,
            threads=experiment.threads,
            seconds=seconds,
            interrupted=interrupted,
        )
        save_results(folder, results, experiment.scenarios, manifest)
    failures = [result for result in results if result.status == "failed"]
    events = folder / EVENTS if trace and not interrupted else None
    if events is not None:
        known = {result.scenario for result in failures if result.replicate == PICTURED}
        sound = [scenario for scenario in experiment.scenarios if scenario.name not in known]
        with stage(f"writing the event record of replicate {PICTURED}"):
            failures += write_events(events, sound, experiment.seed)
    return Outcome(
        load_results(folder),
        failures,
        interrupted,
        events if events is not None and events.exists() else None,
    )


def write_events(path: Path, scenarios: Sequence[Scenario], seed: int) -> list[RunResult]:
    """Write what happened in one replicate of every scenario, and in its yardstick, in one file.

    Returns:
        Those runs that raised, and are not in the file.

    """
    tables, failures = [], []
    for scenario in scenarios:
        try:
            model = traced(scenario, seed)
            # Of the world as it was fitted, so that it is the yardstick that the outcomes use.
            apart = traced(yardstick(model.config), seed)
            parts = [
                pa.Table.from_pandas(one.events().assign(alone=alone), preserve_index=False)
                for one, alone in ((model, False), (apart, True))
            ]
        except Exception as error:  # noqa: BLE001 - a failing run is told, the others go on
            message = f"in the event record: {in_one_line(error)}"
            failures.append(failed_run(scenario, seed, PICTURED, message, seconds=0.0))
            continue
        for part in parts:
            name = pa.array([scenario.name] * part.num_rows, pa.string()).dictionary_encode()
            tables.append(part.add_column(0, "scenario", name))
    if tables:
        whole = pa.concat_tables(tables).unify_dictionaries()
        write_whole(path, partial(pq.write_table, whole))
    return failures


def traced(scenario: Scenario, seed: int) -> CollaborationModel:
    """One replicate with its event record, run to its last month."""
    model = CollaborationModel(scenario, seed=seed, replicate=PICTURED, trace=True)
    model.run_for(scenario.months)
    return model
