"""What the commands do that read what a sweep wrote: show, check, merge, export, rank, run again."""

import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collabsim.analysis.counting import amount
from collabsim.cli.console import Console
from collabsim.cli.options import DONE, SOME_FAILED, AsJson, OwnFile, own_file

if TYPE_CHECKING:
    from collabsim.experiments.rerun import Rerun

#: Factors that a table shows, and missing blocks that are named; --json has all.
MOST_FACTORS, MOST_BLOCKS = 15, 20

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")]


def show(folder: Folder, as_json: AsJson = False) -> int:
    """Say what a folder holds."""
    from collabsim.cli.sweeps import tell_failures
    from collabsim.experiments.blocks import whole_blocks
    from collabsim.experiments.sweep_folders import digest, means_of, read_manifest, tables_of

    console, manifest = Console(as_json=as_json), read_manifest(folder)
    whole, faults = whole_blocks(folder, manifest["model"])
    means = means_of(folder)
    runs, failed = sum(r.runs for r in whole), sum(r.failed for r in whole)
    seconds = sum(float(go["seconds"]) for go in manifest["goes"])
    console.say(f"{manifest['name']}: {manifest['design']}, {manifest['points']:,} points")
    console.say(
        f"model {manifest['model']}, commit {manifest['commit']}, seed {manifest['seed']}, "
        f"made {manifest['made']}"
    )
    console.say(
        f"{counted(runs, 'runs')} in {counted(len(whole), 'blocks')} that can be used, {failed:,} failed; "
        f"made in {counted(len(manifest['goes']), 'goes')}, {seconds:,.0f} s in all"
    )
    console.say(f"tables: {', '.join(tables_of(folder))}")
    for fault in faults:
        console.warn(f"block {fault.block} cannot be used: {fault.why}")
    console.table(
        "Means over all runs", ["outcome", "mean"],
        [[name, f"{value:.6g}"] for name, value in means.items()],
    )  # fmt: skip
    failures = tell_failures(folder, failed, console)
    sum_of_all = digest(folder)
    console.say(f"SHA-256 of all that came out: {sum_of_all}")
    console.answer(
        {
            "command": "results show", "manifest": manifest, "runs": runs, "failed": failed,
            "failures": failures, "tables": tables_of(folder),
            "faults": [{"block": f.block, "why": f.why} for f in faults], "means": means,
            "sha256": sum_of_all, "exit_code": DONE,
        }
    )  # fmt: skip
    return DONE


def counted(number: int, nouns: str) -> str:
    """A number with its noun: "1 run", "1,200 runs"."""
    return amount(f"{number:,}", nouns, "en")


def check(folder: Folder, as_json: AsJson = False) -> int:
    """Find blocks that are missing, or not what was written."""
    from collabsim.experiments.blocks import whole_blocks
    from collabsim.experiments.sweep_folders import missing_blocks, read_manifest

    console, manifest = Console(as_json=as_json), read_manifest(folder)
    whole, faults = whole_blocks(folder, manifest["model"])
    missing = missing_blocks(folder, {r.block for r in whole} | {f.block for f in faults})
    for fault in faults:
        console.warn(f"block {fault.block}: {fault.why}")
    for block in missing[:MOST_BLOCKS]:
        console.warn(f"block {block} is missing")
    if len(missing) > MOST_BLOCKS:
        more = len(missing) - MOST_BLOCKS
        console.warn(f"and {counted(more, 'blocks')} more {'is' if more == 1 else 'are'} missing")
    sound = not (faults or missing)
    console.say(
        f"{counted(len(whole), 'blocks')} {'is' if len(whole) == 1 else 'are'} whole"
        if sound
        else "give the sweep's command again: it makes these blocks anew, and no others"
    )
    console.answer(
        {
            "command": "results check", "whole": len(whole), "missing": missing,
            "faults": [{"block": f.block, "why": f.why} for f in faults],
            "exit_code": DONE if sound else SOME_FAILED,
        }
    )  # fmt: skip
    return DONE if sound else SOME_FAILED


def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders of one sweep.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="New or empty folder.")],
    as_json: AsJson = False,
) -> int:
    """Put what several folders of one sweep hold in a new one."""
    from collabsim.experiments.sweep_copies import merge_folders

    console = Console(as_json=as_json)
    runs = merge_folders(folders, out)
    console.say(f"{counted(runs, 'runs')} in {out}")
    console.answer(
        {"command": "results merge", "results": str(out), "runs": runs, "exit_code": DONE}
    )
    return DONE


def export(
    folder: Folder,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Ends with .parquet, .csv or .feather.")
    ],
    table: Annotated[
        str, typer.Option(help="runs, series, ties, seats, people or events.")
    ] = "runs",
    as_json: AsJson = False,
) -> int:
    """Write a table of a sweep as one file."""
    from collabsim.experiments.sweep_copies import export_table

    console = Console(as_json=as_json)
    rows = export_table(folder, table, out)
    console.say(f"{counted(rows, 'rows')} in {out}")
    console.answer({"command": "results export", "file": str(out), "rows": rows, "exit_code": DONE})
    return DONE


def sensitivity(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    outcomes: Annotated[
        list[str] | None, typer.Option("--outcome", help="Which; by default all that were kept.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Rank the factors of a Morris or Saltelli sweep by what they do to its outcomes."""
    from collabsim.analysis.sensitivity import SensitivityError
    from collabsim.experiments.sweep_sensitivities import sensitivities

    console = Console(as_json=as_json)
    answers: list[dict[str, Any]] = []
    refused = 0
    for scenario, outcome, found in sensitivities(folder, outcomes or ()):
        if isinstance(found, SensitivityError):
            console.warn(f"{scenario}: {found}")
            answers.append({"scenario": scenario, "outcome": outcome, "refused": str(found)})
            refused += 1
            continue
        morris = found.kind == "morris"
        heads = ["factor", "effect" if morris else "total", "95% +-", "half the sample",
                 "mean" if morris else "first", "spread" if morris else "95% +-"]  # fmt: skip
        console.table(
            f"{outcome} in {scenario}: {found.kind}, size {found.size}", heads,
            [
                [e.path, f"{e.size:.4g}", f"{e.half:.2g}", f"{found.halved.get(e.path, math.nan):.4g}",
                 f"{e.first:.4g}", f"{e.spread if morris else e.first_half:.2g}"]
                for e in found.effects[:MOST_FACTORS]
            ],
        )  # fmt: skip
        answers.append(
            {
                "scenario": scenario, "outcome": outcome, "kind": found.kind, "size": found.size,
                "effects": [
                    {"factor": e.path, "size": e.size, "half": e.half, "first": e.first,
                     "first_half": e.first_half, "spread": e.spread}
                    for e in found.effects
                ],
                "halved": found.halved,
            }
        )  # fmt: skip
    code = SOME_FAILED if refused else DONE
    console.answer({"command": "sensitivity", "answers": answers, "exit_code": code})
    return code


def rerun(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of results.")],
    run_id: Annotated[str, typer.Argument(metavar="RUN_ID", help="From the table of runs.")],
    trace: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write its event record, as Parquet.")
    ] = None,
    own: OwnFile = None,
    as_json: AsJson = False,
) -> int:
    """Run one run again, and say whether every number is the same."""
    from collabsim.experiments.rerun import rerun as run_again

    if trace is not None and trace.exists():
        raise typer.BadParameter(f"{trace} is there already, and results are never overwritten")
    console = Console(as_json=as_json)
    with own_file(own):
        again = run_again(folder, run_id)
        if trace is not None and not again.error:
            write_trace(again, trace)
    for name, (recorded, now) in again.different.items():
        console.warn(f"{name}: recorded {recorded!r}, now {now!r}")
    if again.error or again.was:
        then = f"failed: {again.was}" if again.was else "did not fail"
        console.say(
            f"{run_id} fails as before: {again.error}"
            if again.is_same
            else f"{run_id} {then}, and now it {'fails: ' + again.error if again.error else 'runs'}"
        )
    else:
        console.say(
            f"{run_id}: {len(again.different)} numbers differ"
            if again.different
            else f"{run_id}: all {len(again.same)} numbers are the same"
        )
    if trace is not None and not again.error:
        console.say(f"Event record: {trace}")
    code = DONE if again.is_same and not again.error else SOME_FAILED
    console.answer(
        {
            "command": "rerun", "run_id": run_id, "same": list(again.same),
            "different": {k: list(v) for k, v in again.different.items()},
            "failed_before": again.was, "fails_now": again.error, "exit_code": code,
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

    if again.scenario is None:
        return
    model = CollaborationModel(again.scenario, seed=again.seed, replicate=again.luck, trace=True)
    model.run_for(again.scenario.months)
    table = pa.Table.from_pandas(model.events(), preserve_index=False)
    try:
        write_whole(path, partial(pq.write_table, table))
    except OSError as error:
        raise OutputError(f"{path} could not be written ({reason(error)})") from error
