"""What `sweep` does: run many worlds, or say beforehand what they will cost."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from collabsim.cli.console import Console
from collabsim.cli.options import DONE, INTERRUPTED, SOME_FAILED, AsJson, OwnFile, own_file

if TYPE_CHECKING:
    from collabsim.experiments.executors import Executor
    from collabsim.experiments.sweep_files import Sweep

type Where = Literal["threads", "processes", "dask"]

#: Points and replicates of the look beforehand.
PILOT_POINTS, PILOT_REPLICATES = 3, 4
SHOWN_FAILURES = 5


@dataclass(frozen=True, slots=True)
class SweepChoices:
    """The options of ``sweep``."""

    out: Path | None = None
    workers: int | None = None
    where: Where = "threads"
    dask: str | None = None
    dry_run: bool = False
    as_json: bool = False
    own: Path | None = None

    @property
    def again(self) -> str:
        """What a command has to repeat for the same strategies, outcomes and rules."""
        return "" if self.own is None else f" --with {self.own}"


def sweep(
    config: Annotated[Path, typer.Argument(metavar="CONFIG", help="Sweep file.")],
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", help="Folder for the results; given again, it is gone on with."
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what it will cost, from a few runs.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, max=1024, help="Workers; by default all cores.")
    ] = None,
    where: Annotated[
        Literal["threads", "processes", "dask"], typer.Option("--on", help="Where runs are made.")
    ] = "threads",
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Scheduler of a Dask cluster that runs.")
    ] = None,
    own: OwnFile = None,
    as_json: AsJson = False,
) -> int:
    """Run many points with many replicates; stopped, the same command goes on from there."""
    with own_file(own):
        return carried_out(config, SweepChoices(out, workers, where, dask, dry_run, as_json, own))


def carried_out(config: Path, choices: SweepChoices) -> int:
    """Run a sweep, or look beforehand what it will cost; the exit code."""
    from collabsim.experiments.sweep_files import load_sweep

    wanted = load_sweep(config)
    console = Console(as_json=choices.as_json)
    if choices.dry_run:
        return look_beforehand(wanted, choices, console)
    from collabsim.experiments.executors import WorkerLostError
    from collabsim.experiments.experiment import wake_up
    from collabsim.experiments.sweep_folders import digest
    from collabsim.experiments.sweeps import carry_out_sweep

    folder = choices.out or Path("results") / folder_name(wanted)
    again = f"collabsim sweep {config} --out {folder}{choices.again}"
    try:
        if choices.where == "threads":
            with console.stage("loading the model"):
                wake_up(wanted.scenarios[0], wanted.seed)
        with console.stage("running") as advance:
            done = carry_out_sweep(wanted, folder, executor_of(choices), advance)
    except KeyboardInterrupt:
        console.warn(f"what was done is whole, in {folder}; go on with: {again}")
        return INTERRUPTED
    except WorkerLostError as error:
        console.warn(f"{error}; what was done is whole, in {folder}; go on with: {again}")
        return SOME_FAILED
    for fault in done.faults:
        console.warn(f"block {fault.block} was made again: {fault.why}")
    code = SOME_FAILED if done.failed else DONE
    tell_failures(folder, done.failed, console, choices.again)
    sum_of_all = digest(folder)
    console.say(f"{done.runs:,} runs of {wanted.name}, {done.replicates} replicates of each point")
    console.say(f"Results: {folder}")
    console.say(f"SHA-256 of all that came out: {sum_of_all}")
    console.answer(
        {
            "command": "sweep", "results": str(folder), "runs": done.runs, "failed": done.failed,
            "replicates": done.replicates, "sha256": sum_of_all,
            "made_again": [fault.block for fault in done.faults], "exit_code": code,
        }
    )  # fmt: skip
    return code


def folder_name(wanted: "Sweep") -> str:
    """The folder of a sweep when none is asked for: the same when the command is given again."""
    from collabsim.experiments.folders import file_name
    from collabsim.experiments.sweep_folders import identity_of

    return f"{file_name(wanted.name)}-{identity_of(wanted)[:8]}"


def executor_of(choices: SweepChoices) -> "Executor":
    """Where blocks are run."""
    from collabsim.experiments.executors import Dask, Processes, Threads, default_threads

    count = default_threads() if choices.workers is None else choices.workers
    if choices.dask is not None or choices.where == "dask":
        return Dask(choices.dask, count)
    return Processes(count) if choices.where == "processes" else Threads(count)


def tell_failures(folder: Path, failed: int, console: Console, also: str) -> None:
    """Name the first runs that failed, with the command that makes each again."""
    if not failed:
        return
    import pyarrow.compute as pc

    from collabsim.experiments.sweep_folders import read_table

    table = read_table(folder)
    rows = table.filter(pc.not_equal(table["status"], "done")).slice(0, SHOWN_FAILURES).to_pylist()
    console.warn(f"{failed:,} runs failed; the first of them:")
    for row in rows:
        console.warn(f"  point {row['point']}, replicate {row['replicate']}: {row['error']}")
        console.warn(f"    collabsim rerun {folder} {row['run_id']}{also}")


def look_beforehand(wanted: "Sweep", choices: SweepChoices, console: Console) -> int:
    """Say points, runs, minutes, megabytes and the interval to expect, from a few runs."""
    import numpy as np

    from collabsim.analysis.intervals import interval
    from collabsim.experiments.executors import default_threads
    from collabsim.experiments.experiment import wake_up
    from collabsim.experiments.sweep_runs import Block, point_count, run_block

    points = point_count(wanted)
    with console.stage("loading the model"):
        wake_up(wanted.scenarios[0], wanted.seed)
    few = min(points, PILOT_POINTS)
    began = time.perf_counter()
    with console.stage("a few runs"):
        done = run_block(wanted, Block(0, few, 0, PILOT_REPLICATES))
    seconds = (time.perf_counter() - began) / (few * PILOT_REPLICATES)
    runs = points * wanted.replicates
    workers = default_threads() if choices.workers is None else choices.workers
    megabytes = sum(map(len, done.tables.values())) / (few * PILOT_REPLICATES) * runs / 1e6
    widths = {}
    for name, values in pilot_outcomes(done.tables["runs"]).items():
        first = values[:PILOT_REPLICATES]
        if np.isfinite(first).all() and first.std() > 0.0:
            # The spread of a few, at the number of replicates that is asked for.
            low, high = interval(np.resize(first, max(2, wanted.replicates)), two_valued=False)
            widths[name] = float(high - low)
    minutes = seconds * runs / workers / 60.0
    console.say(
        f"{points:,} points, {wanted.replicates:,} replicates of each, {runs:,} runs"
        + (" at first; more until the interval is narrow enough" if wanted.until else "")
    )
    console.say(f"about {minutes:,.1f} minutes on {workers} {choices.where}, {megabytes:,.1f} MB")
    for name in (*wanted.outcomes, *list(widths)[:SHOWN_FAILURES])[:SHOWN_FAILURES]:
        if name in widths:
            console.say(f"  {name}: an interval about {widths[name]:.3g} wide at each point")
    console.say("Measured on a few runs: the first points, and a spread from four replicates.")
    console.answer(
        {
            "command": "sweep", "dry_run": True, "points": points, "replicates": wanted.replicates,
            "runs": runs, "minutes": minutes, "megabytes": megabytes, "interval_widths": widths,
            "exit_code": DONE,
        }
    )  # fmt: skip
    return DONE


def pilot_outcomes(content: bytes) -> dict[str, Any]:
    """Outcomes of a few runs by name, each an array."""
    import io

    import numpy as np
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(content))
    return {
        name.removeprefix("out."): np.array(table[name].to_pylist(), dtype=float)
        for name in table.column_names
        if name.startswith("out.")
    }
