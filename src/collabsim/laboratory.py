"""What the commands for many worlds do: sweeps, their results, and one run again."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from collabsim.commands import DONE, INTERRUPTED, SOME_FAILED
from collabsim.console import Console

if TYPE_CHECKING:
    from collabsim.experiments.executors import Executor
    from collabsim.experiments.rerun import Rerun
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


def sweep(config: Path, choices: SweepChoices) -> int:
    """Run a sweep, or go on with one; or say beforehand what it will cost."""
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
    again = f"collabsim sweep {config} --out {folder}"
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
    tell_failures(folder, done.failed, console)
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


def tell_failures(folder: Path, failed: int, console: Console) -> None:
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
        console.warn(f"    collabsim rerun {folder} {row['run_id']}")


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


# -- results ---------------------------------------------------------------------------------------


def show(folder: Path, *, as_json: bool) -> int:
    """Say what a folder holds."""
    from collabsim.experiments.blocks import whole_blocks
    from collabsim.experiments.sweep_folders import digest, read_manifest, read_table

    console, manifest = Console(as_json=as_json), read_manifest(folder)
    whole, faults = whole_blocks(folder)
    table = read_table(folder)
    runs, failed = sum(r.runs for r in whole), sum(r.failed for r in whole)
    means = {
        name.removeprefix("out."): mean_of(table[name].to_pylist())
        for name in table.column_names
        if name.startswith("out.")
    }
    console.say(f"{manifest['name']}: {manifest['design']}, {manifest['points']:,} points")
    console.say(f"model {manifest['model']}, seed {manifest['seed']}, made {manifest['made']}")
    console.say(f"{runs:,} runs in {len(whole):,} whole blocks, {failed:,} failed")
    for fault in faults:
        console.warn(f"block {fault.block} cannot be used: {fault.why}")
    console.table(
        "Means over all runs", ["outcome", "mean"],
        [[name, f"{value:.6g}"] for name, value in means.items()],
    )  # fmt: skip
    sum_of_all = digest(folder)
    console.say(f"SHA-256 of all that came out: {sum_of_all}")
    console.answer(
        {
            "command": "results show", "manifest": manifest, "runs": runs, "failed": failed,
            "faults": [{"block": f.block, "why": f.why} for f in faults], "means": means,
            "sha256": sum_of_all, "exit_code": DONE,
        }
    )  # fmt: skip
    return DONE


def mean_of(values: Sequence[float | None]) -> float:
    """Mean of those that are known; NaN if none is."""
    known = [value for value in values if value is not None and not math.isnan(value)]
    return math.fsum(known) / len(known) if known else math.nan


def check(folder: Path, *, as_json: bool) -> int:
    """Find blocks that are not what was written, or that are not there."""
    from collabsim.experiments.blocks import whole_blocks
    from collabsim.experiments.sweep_folders import missing_blocks, read_manifest

    console, manifest = Console(as_json=as_json), read_manifest(folder)
    whole, faults = whole_blocks(folder)
    other = [r.block for r in whole if r.model != manifest["model"]]
    missing = missing_blocks(folder, {r.block for r in whole} | {f.block for f in faults})
    for fault in faults:
        console.warn(f"block {fault.block}: {fault.why}")
    for block in other:
        console.warn(f"block {block}: made by another version of the model")
    for block in missing:
        console.warn(f"block {block} is missing")
    sound = not (faults or other or missing)
    console.say(
        f"{len(whole):,} blocks are whole"
        if sound
        else "give the sweep's command again: it makes these blocks anew, and no others"
    )
    console.answer(
        {
            "command": "results check", "whole": len(whole), "missing": missing,
            "faults": [{"block": f.block, "why": f.why} for f in faults],
            "other_model": other, "exit_code": DONE if sound else SOME_FAILED,
        }
    )  # fmt: skip
    return DONE if sound else SOME_FAILED


def merge(folders: Sequence[Path], out: Path, *, as_json: bool) -> int:
    """Put the blocks of several folders of one sweep in a new one."""
    from collabsim.experiments.sweep_folders import merge_folders

    console = Console(as_json=as_json)
    runs = merge_folders(folders, out)
    console.say(f"{runs:,} runs in {out}")
    console.answer(
        {"command": "results merge", "results": str(out), "runs": runs, "exit_code": DONE}
    )
    return DONE


def export(folder: Path, out: Path, *, table: str, as_json: bool) -> int:
    """Write a table as one file: .parquet, .csv or .feather."""
    from collabsim.experiments.sweep_folders import export_table

    console = Console(as_json=as_json)
    rows = export_table(folder, table, out)
    console.say(f"{rows:,} rows in {out}")
    console.answer({"command": "results export", "file": str(out), "rows": rows, "exit_code": DONE})
    return DONE


def rerun(folder: Path, run_id: str, *, trace: Path | None, as_json: bool) -> int:
    """Run one run again, and say whether every number is the same."""
    from collabsim.experiments.rerun import rerun as run_again

    console = Console(as_json=as_json)
    again = run_again(folder, run_id)
    for name, (recorded, now) in again.different.items():
        console.warn(f"{name}: recorded {recorded!r}, now {now!r}")
    same = not again.different
    console.say(
        f"{run_id}: all {len(again.same)} numbers are the same"
        if same
        else f"{run_id}: {len(again.different)} numbers differ"
    )
    if trace is not None:
        write_trace(again, trace)
        console.say(f"Event record: {trace}")
    code = DONE if same else SOME_FAILED
    console.answer(
        {
            "command": "rerun", "run_id": run_id, "same": list(again.same),
            "different": {k: list(v) for k, v in again.different.items()}, "exit_code": code,
        }
    )  # fmt: skip
    return code


def write_trace(again: "Rerun", path: Path) -> None:
    """Write what happened in a run, event by event."""
    from functools import partial

    import pyarrow as pa
    import pyarrow.parquet as pq

    from collabsim import CollaborationModel
    from collabsim.experiments.folders import OutputError, reason, write_whole

    model = CollaborationModel(again.scenario, seed=again.seed, replicate=again.luck, trace=True)
    model.run_for(again.scenario.months)
    table = pa.Table.from_pandas(model.events(), preserve_index=False)
    try:
        write_whole(path, partial(pq.write_table, table))
    except OSError as error:
        raise OutputError(f"{path} could not be written ({reason(error)})") from error
