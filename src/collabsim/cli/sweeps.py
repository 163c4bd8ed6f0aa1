"""What `sweep` does: run many worlds, or say beforehand what they will cost."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from collabsim.analysis.counting import amount
from collabsim.cli.console import Console
from collabsim.cli.options import DONE, INTERRUPTED, SOME_FAILED, AsJson, OwnFile, own_file

if TYPE_CHECKING:
    from collabsim.experiments.executors import Executor
    from collabsim.experiments.sweep_files import Sweep
    from collabsim.experiments.sweeps import Progress

type Where = Literal["threads", "processes", "dask"]

SHOWN_FAILURES, SHOWN_WIDTHS = 5, 8


@dataclass(frozen=True, slots=True)
class SweepChoices:
    """The options of ``sweep``."""

    out: Path | None = None
    workers: int | None = None
    where: Where = "threads"
    dask: str | None = None
    dry_run: bool = False
    until_width: float | None = None
    contrast: str | None = None
    own: Path | None = None
    as_json: bool = False

    @property
    def again(self) -> list[str]:
        """What a command has to repeat for the same strategies, outcomes and rules."""
        return [] if self.own is None else ["--with", str(self.own)]


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
    until_width: Annotated[
        float | None,
        typer.Option(
            metavar="WIDTH", help="Add replicates until the interval of a contrast is as narrow."
        ),
    ] = None,
    contrast: Annotated[
        str | None,
        typer.Option(
            metavar="OUTCOME:POINT:POINT", help="Which contrast; by default that of the config."
        ),
    ] = None,
    own: OwnFile = None,
    as_json: AsJson = False,
) -> int:
    """Run many points with many replicates; stopped, the same command goes on from there."""
    choices = SweepChoices(
        out, workers, where, dask, dry_run, until_width, contrast, own, as_json=as_json
    )
    with own_file(own):
        return carried_out(config, choices)


def carried_out(config: Path, choices: SweepChoices) -> int:
    """Run a sweep, or look beforehand what it will cost; the exit code."""
    from collabsim.experiments.sweep_files import load_sweep
    from collabsim.experiments.sweep_goals import with_goal

    wanted = with_goal(load_sweep(config), choices.until_width, choices.contrast)
    console = Console(as_json=choices.as_json)
    if choices.dry_run:
        return look_beforehand(wanted, choices, console)
    from collabsim.experiments.executors import NoClusterError, WorkerLostError
    from collabsim.experiments.sweep_manifests import by_other_versions, make_ready
    from collabsim.experiments.sweeps import carry_out_sweep
    from collabsim.experiments.waking import wake_up

    folder = choices.out or Path("results") / folder_name(wanted)
    again = command_again(config, folder, choices)
    try:
        executor = executor_of(choices)
        # A folder that cannot be used is told before the model is loaded, which may take a minute.
        make_ready(wanted, folder)
        for other, model in by_other_versions(wanted, folder):
            console.warn(f"{other} holds this sweep by model {model}; it is left alone")
        if choices.where == "threads":
            with console.stage("loading the model"):
                wake_up(wanted.scenarios[0], wanted.seed)
        with console.stage("running") as advance:
            done = carry_out_sweep(wanted, folder, executor, advance)
    except NoClusterError as error:
        raise typer.BadParameter(str(error)) from None
    except KeyboardInterrupt:
        return stopped("interrupted", folder, again, INTERRUPTED, console)
    except WorkerLostError as error:
        return stopped(str(error), folder, again, SOME_FAILED, console)
    return tell_sweep(wanted, folder, done, choices, console)


def command_again(config: Path, folder: Path, choices: SweepChoices) -> str:
    """The command that goes on with a sweep."""
    words = ["collabsim", "sweep", str(config), "--out", str(folder)]
    if choices.until_width is not None:
        words += ["--until-width", str(choices.until_width)]
    if choices.contrast is not None:
        words += ["--contrast", choices.contrast]
    return shlex.join([*words, *choices.again])


def stopped(why: str, folder: Path, again: str, code: int, console: Console) -> int:
    """Say what is left of a sweep that was stopped, and how to go on."""
    console.warn(f"{why}; what was done is whole, in {folder}; go on with: {again}")
    console.answer(
        {
            "command": "sweep", "results": str(folder), "stopped": why, "again": again, "exit_code": code,
        }
    )  # fmt: skip
    return code


def tell_sweep(
    wanted: "Sweep", folder: Path, done: "Progress", choices: SweepChoices, console: Console
) -> int:
    """Say what came of a sweep; the exit code."""
    from collabsim.experiments.sweep_folders import digest

    for fault in done.faults:
        console.warn(f"block {fault.block} was made again: {fault.why}")
    code = SOME_FAILED if done.failed else DONE
    failed = tell_failures(folder, done.failed, console, choices.again)
    sum_of_all = digest(folder)
    console.say(f"{done.runs:,} runs of {wanted.name}, {done.replicates} replicates of each point")
    if wanted.until is not None and not done.narrow:
        console.warn(
            f"the interval is still wider than {wanted.until.width:g}; raise most in until"
        )
    console.say(f"Results: {folder}")
    console.say(f"SHA-256 of all that came out: {sum_of_all}")
    console.answer(
        {
            "command": "sweep", "results": str(folder), "runs": done.runs, "failed": done.failed,
            "failures": failed, "replicates": done.replicates, "narrow": done.narrow,
            "sha256": sum_of_all, "made_again": [fault.block for fault in done.faults],
            "exit_code": code,
        }
    )  # fmt: skip
    return code


def folder_name(wanted: "Sweep") -> str:
    """The folder of a sweep when none is asked for: the same when the command is given again."""
    from collabsim.experiments.folders import file_name
    from collabsim.experiments.sweep_manifests import identity_of

    return f"{file_name(wanted.name)}-{identity_of(wanted)[:8]}"


def executor_of(choices: SweepChoices) -> "Executor":
    """Where blocks are run."""
    from collabsim.experiments.executors import Dask, Processes, Threads, default_threads

    count = default_threads() if choices.workers is None else choices.workers
    if choices.dask is not None or choices.where == "dask":
        cluster = Dask(choices.dask, count)
        cluster.check()
        return cluster
    return Processes(count) if choices.where == "processes" else Threads(count)


def tell_failures(
    folder: Path, failed: int, console: Console, also: Sequence[str] = ()
) -> list[dict[str, object]]:
    """Name the first runs that failed, with the command that makes each again; the same for machines."""
    if not failed:
        return []
    from collabsim.experiments.sweep_folders import failures

    console.warn(f"{failed:,} runs failed; the first of them:")
    answers: list[dict[str, object]] = []
    for row in failures(folder, SHOWN_FAILURES):
        again = shlex.join(["collabsim", "rerun", str(folder), row["run_id"], *also])
        console.warn(f"  point {row['point']}, replicate {row['replicate']}: {row['error']}")
        console.warn(f"    {again}")
        about = {name: row[name] for name in ("run_id", "point", "replicate", "error")}
        answers.append(about | {"again": again})
    return answers


def look_beforehand(wanted: "Sweep", choices: SweepChoices, console: Console) -> int:
    """Say points, runs, minutes, megabytes and the intervals to expect, from a few runs."""
    from dataclasses import asdict

    from collabsim.experiments.executors import default_threads
    from collabsim.experiments.pilot import forecast
    from collabsim.experiments.waking import wake_up

    workers = default_threads() if choices.workers is None else choices.workers
    with console.stage("loading the model"):
        wake_up(wanted.scenarios[0], wanted.seed)
    with console.stage("a few runs"):
        seen = forecast(wanted, workers)
    until = (
        ""
        if wanted.until is None
        else f", expected until {wanted.until.outcome} of points "
        f"{' and '.join(map(str, wanted.until.points))} is known within {wanted.until.width:g}"
    )
    console.say(
        f"{seen.points:,} points, {seen.replicates:,} replicates of each{until}: {seen.runs:,} runs"
    )
    console.say(
        f"about {seen.minutes:,.1f} minutes on {workers} {choices.where}, {seen.megabytes:,.1f} MB"
    )
    names = [name for name in wanted.outcomes or seen.at_a_point if name in seen.at_a_point]
    for name in names[:SHOWN_WIDTHS]:
        apart = seen.of_a_difference.get(name)
        also = "" if apart is None else f", {apart:.3g} for a difference of neighbouring points"
        console.say(
            f"  {name}: an interval about {seen.at_a_point[name]:.3g} wide at each point{also}"
        )
    if len(names) > SHOWN_WIDTHS:
        more = amount(str(len(names) - SHOWN_WIDTHS), "outcomes", "en")
        console.say(f"  and {more} more, with --json")
    console.say(
        f"Measured on {seen.measured} runs, with one worker; another load of the machine gives other minutes."
    )
    console.answer({"command": "sweep", "dry_run": True, **asdict(seen), "exit_code": DONE})
    return DONE
