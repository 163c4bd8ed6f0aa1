"""What `calibrate` does: draw worlds, run them, keep those that agree with what is known."""

import dataclasses
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collabsim.cli.console import Advance, Console
from collabsim.cli.options import DONE, INTERRUPTED, SOME_FAILED, AsJson

if TYPE_CHECKING:
    from collabsim.experiments.calibrating import Calibrated
    from collabsim.experiments.calibration_files import Calibration

KEPT, MEASURED, PATTERNS = "kept.csv", "measured.csv", "patterns.csv"
PARAMETERS, TRADE_OFFS = "parameters.csv", "trade-offs.csv"
SHOWN_PARAMETERS = 10


def calibrate(
    config: Annotated[Path, typer.Argument(metavar="CONFIG", help="Calibration file.")],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder; given again, it is gone on with."),
    ] = None,
    worlds: Annotated[
        int | None, typer.Option(min=2, max=1_000_000, help="Worlds instead of the config's own.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=1024, help="Threads; by default all cores.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Draw worlds from all that is uncertain, and keep those that agree with patterns."""
    from collabsim.experiments.calibrating import carry_out_calibration, sweep_of_all, worlds_of
    from collabsim.experiments.calibration_files import load_calibration
    from collabsim.experiments.executors import Threads, default_threads
    from collabsim.experiments.folders import file_name
    from collabsim.experiments.sweep_manifests import identity_of
    from collabsim.experiments.waking import wake_up

    wanted, console = load_calibration(config), Console(as_json=as_json)
    if worlds is not None:
        wanted = dataclasses.replace(wanted, worlds=worlds)
    identity = identity_of(sweep_of_all(wanted, worlds_of(wanted)))
    folder = out or Path("results") / f"{file_name(wanted.name)}-{identity[:8]}"
    again = f"collabsim calibrate {config} --out {folder}"
    again += "" if worlds is None else f" --worlds {worlds}"
    executor = Threads(default_threads() if workers is None else workers)
    try:
        with console.stage("loading the model"):
            wake_up(wanted.scenario, wanted.seed)
        with stages(console) as stage:
            found = carry_out_calibration(wanted, folder, executor, stage)
    except KeyboardInterrupt:
        console.warn(f"what was done is whole, in {folder}; go on with: {again}")
        return INTERRUPTED
    return tell(wanted, found, folder, console)


@contextmanager
def stages(console: Console) -> Generator[Any]:
    """One stage after the other; the next closes the one before."""
    with ExitStack() as open_now:

        def stage(name: str) -> Advance:
            open_now.close()
            return open_now.enter_context(console.stage(name))

        yield stage


def tell(wanted: "Calibration", found: "Calibrated", folder: Path, console: Console) -> int:
    """Write the tables of a calibration, and say what came of it."""
    from collabsim.experiments import calibration_tables as tables

    kept, failed = int(found.kept.sum()), int(found.failed.sum())
    patterns = list(tables.pattern_rows(found, wanted.patterns))
    tables.write_csv(folder / PATTERNS, patterns)
    tables.write_csv(folder / KEPT, tables.kept_rows(found))
    tables.write_csv(folder / MEASURED, tables.measured_rows(found))
    console.say(f"{kept:,} of {wanted.worlds:,} worlds are kept, {failed:,} had a run that failed")
    met, looked = worlds_looked_at(found)
    if looked < met:
        console.say(
            f"{met:,} met the patterns of one world; the first {looked:,} were looked at closer"
        )
    console.table(
        "What each pattern ruled out", ["pattern", "fact", "looked at", "ruled out", "as the only one"],
        [[p["name"], p["fact"], f"{p['looked_at']:,}", f"{p['ruled_out']:,}", f"{p['uniquely']:,}"] for p in patterns],
        words=(0, 1),
    )  # fmt: skip
    answer: dict[str, Any] = {
        "command": "calibrate", "results": str(folder), "worlds": wanted.worlds, "kept": kept,
        "failed": failed, "met_one_world": met, "looked_at_closer": looked, "patterns": patterns,
    }  # fmt: skip
    if kept > 1:
        parameters, pairs = tables.told(found)
        tables.write_csv(folder / PARAMETERS, map(dataclasses.asdict, parameters))
        if pairs:
            tables.write_csv(folder / TRADE_OFFS, map(dataclasses.asdict, pairs))
        count = sum(parameter.told for parameter in parameters)
        console.say(
            f"{count} of {len(parameters)} parameters were told something of; of the others the kept "
            "worlds are spread as all were"
        )
        console.table(
            "Most told of", ["parameter", "distance", "spread left", "median in the range"],
            [[p.path, *(f"{x:.2f}" for x in (p.distance, p.spread, p.middle))] for p in parameters[:SHOWN_PARAMETERS]],
        )  # fmt: skip
        answer |= {
            "parameters": [dataclasses.asdict(parameter) for parameter in parameters],
            "trade_offs": [dataclasses.asdict(pair) for pair in pairs],
        }
    console.say(f"Results: {folder}")
    code = SOME_FAILED if failed else DONE
    console.answer(answer | {"exit_code": code})
    return code


def worlds_looked_at(found: "Calibrated") -> tuple[int, int]:
    """How many worlds met the patterns of one world, and how many of these were looked at closer."""
    from collabsim.analysis.calibration import kept

    of_one = [one for one in found.seen.values() if one.looked_at.all()]
    met = int((kept(of_one) & ~found.failed).sum())
    closer = [int(one.looked_at.sum()) for one in found.seen.values() if not one.looked_at.all()]
    return met, min(closer, default=met)
