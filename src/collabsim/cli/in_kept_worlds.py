"""What `robustness` and `search` share: which worlds, where they run, and where it is kept."""

import dataclasses
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collabsim.cli.console import Console
from collabsim.cli.options import (
    DONE,
    INTERRUPTED,
    SOME_FAILED,
    RefusedError,
    check_names,
    check_out,
)
from collabsim.phrases import Phrase

if TYPE_CHECKING:
    from collabsim.analysis.wording import Lang
    from collabsim.experiments.in_worlds import InWorlds
    from collabsim.parameters import Scenario

HOURS = "collaboration_hours"
#: Where runs are until all are done: a next go needs them.
UNFINISHED = "unfinished"

Worlds = Annotated[int, typer.Option(min=3, max=100_000, help="Kept worlds, the first so many.")]
Replicates = Annotated[int, typer.Option(min=2, max=10_000, help="Draws of luck in each world.")]
Outcomes = Annotated[
    list[str] | None, typer.Option("--outcome", help="Which; can be given more than once.")
]


@dataclasses.dataclass(frozen=True, slots=True)
class Examined:
    """Options of both commands."""

    worlds: int
    replicates: int
    outcomes: tuple[str, ...]
    seed: int | None
    out: Path | None
    threads: int | None


def checked_outcomes(outcomes: Sequence[str] | None, *, directed: bool = False) -> tuple[str, ...]:
    """The outcomes asked for.

    Raises:
        RefusedError: there is no such outcome, or none that is better one way.

    """
    from difflib import get_close_matches

    from collabsim.experiments.robustness import EXPLAINED
    from collabsim.metrics import METRICS

    for name in outcomes or ():
        if name not in METRICS:
            near = get_close_matches(name, METRICS, n=1)
            hint = (
                Phrase(f"did you mean {near[0]}?", f"bedoelde u {near[0]}?")
                if near
                else Phrase(f"use: {', '.join(METRICS)}", f"kies uit: {', '.join(METRICS)}")
            )
            raise RefusedError(
                Phrase(
                    f"there is no outcome {name!r}; {hint}",
                    f"er is geen uitkomst {name!r}; {hint.nl}",
                )
            )
        if directed and METRICS[name].direction == 0:
            raise RefusedError(
                Phrase(
                    f"{name} has no better way, so nothing in it can be regretted",
                    f"{name} heeft geen betere kant, dus er valt niets in te betreuren",
                )
            )
    return tuple(dict.fromkeys(outcomes or EXPLAINED))


def check_comparable(scenarios: Sequence["Scenario"]) -> None:
    """Refuse two scenarios that could not be told apart, or are one world.

    Raises:
        RefusedError: they have one name.
        ConfigError: they are the same in all parameters.

    """
    from collabsim.config.comparison import check_different

    check_names(scenarios)
    check_different(scenarios)


def worlds_asked_for(chosen: Examined) -> Sequence[Any]:
    """The first so many kept worlds."""
    from collabsim.worlds import kept_worlds

    kept = kept_worlds()
    if chosen.worlds > len(kept):
        raise RefusedError(
            Phrase(
                f"{len(kept)} worlds were kept; ask for at most so many",
                f"{len(kept)} werelden zijn bewaard; vraag er hooguit zoveel",
            )
        )
    return kept[: chosen.worlds]


def check_folder(out: Path | None) -> None:
    """As ``check_out``; what a go that was stopped left is gone on with.

    Raises:
        OutputError: it holds something else.

    """
    if out is None or not (out / UNFINISHED).is_dir():
        check_out(out)


def folder_for(chosen: Examined, name: str) -> Path:
    """The folder for results, made before anything runs; that of a go that was stopped, if there is one."""
    from collabsim.experiments.folders import file_name, make_folder
    from collabsim.experiments.identity import short_hash

    asked = [name, chosen.worlds, chosen.replicates, chosen.outcomes, chosen.seed]
    short_id = short_hash(asked, digits=8)
    numbered = Path("results").glob(f"{file_name(name)}-{short_id}*")
    begun = sorted(numbered) if chosen.out is None else [chosen.out]
    stopped = (folder for folder in begun if (folder / UNFINISHED).is_dir())
    return next(stopped, None) or make_folder(chosen.out, name, short_id)


def run(
    console: Console, chosen: Examined, scenarios: Sequence["Scenario"], kept: Sequence[Any],
    what: str, folder: Path,
) -> "InWorlds":  # fmt: skip
    """Run scenarios in worlds, with progress; what is in the folder already is not run again."""
    from collabsim.experiments.executors import Threads, default_threads
    from collabsim.experiments.in_worlds import run_in_worlds
    from collabsim.experiments.waking import wake_up

    seed = scenarios[0].seed if chosen.seed is None else chosen.seed
    with console.stage("loading the model"):
        wake_up(scenarios[0], seed)
    threads = default_threads() if chosen.threads is None else chosen.threads
    try:
        with console.stage(what) as advance:
            return run_in_worlds(
                scenarios, kept, seed=seed, replicates=chosen.replicates, executor=Threads(threads),
                outcomes=tuple(dict.fromkeys([*chosen.outcomes, HOURS])), on_progress=advance,
                folder=folder / UNFINISHED,
            )  # fmt: skip
    except KeyboardInterrupt:
        console.warn(f"what was done is whole, in {folder}; the same command goes on from there")
        raise typer.Exit(INTERRUPTED) from None


@contextmanager
def writing(folder: Path) -> Generator[None]:
    """Tell what goes wrong while a folder is written as one message."""
    from collabsim.experiments.folders import OutputError, reason
    from collabsim.phrases import Phrase

    try:
        yield
    except OSError as error:
        raise OutputError(
            Phrase(
                f"{folder} could not be written ({reason(error)})",
                f"in {folder} kon niet worden geschreven ({reason(error)})",
            )
        ) from error


def keep(
    folder: Path,
    chosen: Examined,
    scenarios: Sequence["Scenario"],
    tables: Mapping[str, "InWorlds"],
    lines: Sequence[str],
) -> None:
    """Write the runs, what they say, and what is needed to cite them and make them again."""
    import json
    import shutil
    from functools import partial

    import pyarrow as pa
    import pyarrow.parquet as pq

    from collabsim.config import resolved
    from collabsim.experiments.folders import write_whole
    from collabsim.experiments.identity import model_version
    from collabsim.experiments.manifest import commit, versions

    for name, runs in tables.items():
        table = pa.Table.from_pylist([dict(row) for row in runs.rows])
        write_whole(folder / f"{name}.parquet", partial(pq.write_table, table))
    manifest = {
        "model": model_version(), "versions": versions(), "commit": commit(),
        "seed": scenarios[0].seed if chosen.seed is None else chosen.seed,
        "worlds": list(tables["runs"].worlds), "replicates": chosen.replicates,
        "outcomes": chosen.outcomes, "scenarios": [resolved(scenario) for scenario in scenarios],
    }  # fmt: skip
    texts = {
        "verdict.txt": "\n".join(lines).rstrip(),
        "manifest.json": json.dumps(manifest, indent=2),
    }
    for name, text in texts.items():
        write_whole(folder / name, partial(Path.write_text, data=f"{text}\n", encoding="utf-8"))
    shutil.rmtree(folder / UNFINISHED, ignore_errors=True)


def finish(
    console: Console, folder: Path, failed: int, pictures: Sequence[Any], answer: Mapping[str, Any],
    lang: "Lang" = "en",
) -> int:  # fmt: skip
    """Say where everything is."""
    from collabsim.cli.answer_words import word

    code = SOME_FAILED if failed else DONE
    if failed:
        console.warn(f"{failed:,} runs failed; they are in the table with why")
    console.say()
    console.say(word("results", lang, place=folder))
    console.answer(
        {
            **answer, "results": str(folder), "failed": failed, "exit_code": code,
            "figures": [str(picture.svg) for picture in pictures if picture is not None],
        }
    )  # fmt: skip
    return code
