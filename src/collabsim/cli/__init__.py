"""The ``collabsim`` command. Heavy libraries are imported only by the commands that use them."""

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Annotated

import typer

from collabsim import __version__
from collabsim.cli import (
    calibration,
    claims,
    importing,
    live,
    reporting,
    results,
    robustness,
    scenarios,
    sweeps,
)
from collabsim.cli.console import print_json
from collabsim.cli.options import BAD_INPUT, DONE, INTERRUPTED

#: Every command, in the order in which help lists them.
COMMANDS: tuple[Callable[..., int], ...] = (
    scenarios.validate, scenarios.describe, scenarios.run, scenarios.compare,
    reporting.report, importing.import_, sweeps.sweep, results.rerun, results.sensitivity, calibration.calibrate,
    robustness.robustness, robustness.search, claims.claims, live.app,
)  # fmt: skip
RESULTS_COMMANDS: tuple[Callable[..., int], ...] = (
    results.show,
    results.check,
    results.merge,
    results.export,
)

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


for command in COMMANDS:
    app.command(command.__name__.rstrip("_"))(command)
for command in RESULTS_COMMANDS:
    results_app.command()(command)


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
    except (KeyboardInterrupt, typer.Abort):  # Ctrl-C before there was anything to keep
        code = INTERRUPTED
    except Exception as error:
        document = _explained(error)
        if document is None:
            raise
        if as_json:
            print_json({"error": document, "exit_code": BAD_INPUT})
        else:
            typer.echo(f"collabsim: {_told(error, document, _language(words))}", err=True)
        return BAD_INPUT
    if code == INTERRUPTED:
        interrupted = "afgebroken" if _language(words) == "nl" else "interrupted"
        typer.echo(f"collabsim: {interrupted}", err=True)
    return code if isinstance(code, int) else DONE


def _told(error: Exception, document: Mapping[str, object], lang: str) -> str:
    """The message for who reads ``lang``, as far as it is there in that language."""
    told_in = getattr(error, "told_in", None)
    return str(document["message"] if told_in is None else told_in(lang))


def _language(words: Sequence[str]) -> str:
    """The language that the words ask for, even where others of them cannot be used."""
    asked = [after for word, after in pairwise(words) if word == "--lang"]
    asked += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    return asked[-1] if asked else "en"


def _explained(error: Exception) -> dict[str, object] | None:
    """What to tell of an error that comes from the input; None for an error of our own."""
    if hasattr(error, "format_message"):  # what typer raises for a wrong option or argument
        return {"message": error.format_message()}
    from collabsim.experiments.folders import OutputError

    if isinstance(error, OutputError):
        return {"message": str(error)}
    from collabsim.config import ConfigError

    return error.as_dict() if isinstance(error, ConfigError) else None
