"""The ``collabsim`` command. Heavy libraries are imported only by the commands that use them."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from collabsim import __version__, commands, laboratory, readings
from collabsim.console import print_json

app = typer.Typer(
    name="collabsim",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Simulate how organisations learn to work together, and compare ways of organising it.",
    epilog="Exit codes: 0 done, 1 some runs failed, 2 bad input, 130 interrupted.",
)

results_app = typer.Typer(help="Look at what a sweep wrote, check it, merge it, export it.")
app.add_typer(results_app, name="results")

type Lang = Literal["en", "nl"]
AsJson = Annotated[bool, typer.Option("--json", help="Write one JSON document for machines.")]
Language = Annotated[
    Literal["en", "nl"], typer.Option("--lang", help="Language of the answer: en or nl.")
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="Change a parameter; can be repeated."),
]
Replicates = Annotated[
    int | None, typer.Option(min=1, max=1_000_000, help="Number of draws of luck.")
]
Seed = Annotated[
    int | None, typer.Option(min=0, max=2**63 - 1, help="Seed instead of the config's own.")
]
Out = Annotated[
    Path | None, typer.Option(metavar="DIR", help="New or empty folder for the results.")
]
ThreadCount = Annotated[
    int | None, typer.Option("--threads", min=1, max=1024, help="Threads; by default all cores.")
]
Trace = Annotated[
    bool, typer.Option("--trace", help="Also write what happened in replicate 0, event by event.")
]


def _show_version(wanted: bool) -> None:
    """Print the version and stop."""
    if wanted:
        typer.echo(f"collabsim {__version__}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version."),
    ] = False,
) -> None:
    """Take the options that go before a command."""


@app.command()
def validate(
    configs: Annotated[list[Path], typer.Argument(metavar="CONFIG...", help="Config files.")],
    as_json: AsJson = False,
) -> int:
    """Check scenario and comparison files, without running anything."""
    return commands.validate(configs, as_json=as_json)


@app.command()
def describe(
    subject: Annotated[
        str | None, typer.Argument(metavar="[PARAMETER | CONFIG]", help="What to explain.")
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> int:
    """Explain a parameter, a group of parameters or a config; nothing lists all parameters."""
    return commands.describe(subject, lang=lang, as_json=as_json)


@app.command()
def run(
    config: Annotated[Path, typer.Argument(metavar="CONFIG", help="Scenario file.")],
    settings: Settings = None,
    replicates: Replicates = None,
    seed: Seed = None,
    out: Out = None,
    threads: ThreadCount = None,
    lang: Language = "en",
    trace: Trace = False,
    as_json: AsJson = False,
) -> int:
    """Run replicates of one scenario; save results and figures."""
    choices = commands.Choices(
        overrides(settings), replicates, seed, out, threads, lang, trace=trace, as_json=as_json
    )
    return commands.run(config, choices)


@app.command()
def compare(
    configs: Annotated[
        list[Path],
        typer.Argument(metavar="CONFIG...", help="A comparison, or scenarios; reference first."),
    ],
    settings: Settings = None,
    replicates: Replicates = None,
    seed: Seed = None,
    out: Out = None,
    threads: ThreadCount = None,
    lang: Language = "en",
    trace: Trace = False,
    as_json: AsJson = False,
) -> int:
    """Compare scenarios pair by pair, with the same luck: what differs, and how sure is that."""
    choices = commands.Choices(
        overrides(settings), replicates, seed, out, threads, lang, trace=trace, as_json=as_json
    )
    return commands.compare(configs, choices)


@app.command()
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
    as_json: AsJson = False,
) -> int:
    """Run many points with many replicates; stopped, the same command goes on from there."""
    choices = laboratory.SweepChoices(out, workers, where, dask, dry_run, as_json)
    return laboratory.sweep(config, choices)


@app.command()
def rerun(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of results.")],
    run_id: Annotated[str, typer.Argument(metavar="RUN_ID", help="From the table of runs.")],
    trace: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Also write its event record, as Parquet.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Run one run again, and say whether every number is the same."""
    return readings.rerun(folder, run_id, trace=trace, as_json=as_json)


@app.command()
def sensitivity(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")],
    outcomes: Annotated[
        list[str] | None, typer.Option("--outcome", help="Which; by default all that were kept.")
    ] = None,
    as_json: AsJson = False,
) -> int:
    """Rank the factors of a Morris or Saltelli sweep by what they do to its outcomes."""
    return readings.sensitivity(folder, outcomes or (), as_json=as_json)


Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder of a sweep.")]


@results_app.command()
def show(folder: Folder, as_json: AsJson = False) -> int:
    """Say what a folder holds."""
    return readings.show(folder, as_json=as_json)


@results_app.command()
def check(folder: Folder, as_json: AsJson = False) -> int:
    """Find blocks that are missing, or not what was written."""
    return readings.check(folder, as_json=as_json)


@results_app.command()
def merge(
    folders: Annotated[list[Path], typer.Argument(metavar="DIR...", help="Folders of one sweep.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="New or empty folder.")],
    as_json: AsJson = False,
) -> int:
    """Put what several folders of one sweep hold in a new one."""
    return readings.merge(folders, out, as_json=as_json)


@results_app.command()
def export(
    folder: Folder,
    out: Annotated[
        Path, typer.Option(metavar="FILE", help="Ends with .parquet, .csv or .feather.")
    ],
    table: Annotated[str, typer.Option(help="runs or series.")] = "runs",
    as_json: AsJson = False,
) -> int:
    """Write a table of a sweep as one file."""
    return readings.export(folder, out, table=table, as_json=as_json)


def overrides(settings: Sequence[str] | None) -> dict[str, str]:
    """The ``--set`` options by path.

    Raises:
        typer.BadParameter: one has no equals sign, no path, or a path that was set already.

    """
    found: dict[str, str] = {}
    for setting in settings or ():
        path, equals, value = setting.partition("=")
        path = path.strip()
        if not path or not equals:
            raise typer.BadParameter(
                f"{setting!r} has no path and value; write for example --set table.seats=12"
            )
        if path in found:
            raise typer.BadParameter(f"{path!r} is set twice; give --set once for each path")
        found[path] = value.strip()
    return found


def main(words: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; bad input is told in one message.

    Args:
        words: the arguments; None takes those of the process.

    """
    words = (sys.argv[1:] if words is None else list(words)) or ["--help"]
    as_json = "--json" in words
    # Runs already go in threads; OpenBLAS's own, waiting busily for tiny matrices, took a third of
    # the time. It reads this when NumPy is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        code = app(words, prog_name="collabsim", standalone_mode=False)
    except Exception as error:
        document = _explained(error)
        if document is None:
            raise
        if as_json:
            print_json({"error": document, "exit_code": commands.BAD_INPUT})
        else:
            typer.echo(f"collabsim: {document['message']}", err=True)
        return commands.BAD_INPUT
    if code == commands.INTERRUPTED:
        typer.echo("collabsim: interrupted", err=True)
    return code if isinstance(code, int) else commands.DONE


def _explained(error: Exception) -> dict[str, object] | None:
    """What to tell of an error that comes from the input; None for an error of our own."""
    if hasattr(error, "format_message"):  # what typer raises for a wrong option or argument
        return {"message": error.format_message()}
    from collabsim.config import ConfigError
    from collabsim.experiments.folders import OutputError

    if isinstance(error, ConfigError):
        return error.as_dict()
    if isinstance(error, OutputError):
        return {"message": str(error)}
    return None
