"""What `robustness` and `search` do: hold arrangements against each other over kept worlds."""

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collabsim.cli.console import Console
from collabsim.cli.options import DONE, SOME_FAILED, AsJson, Language, Out, Seed, ThreadCount

if TYPE_CHECKING:
    from collabsim.experiments.in_worlds import InWorlds
    from collabsim.parameters import Scenario

#: Outcomes that are looked at when none is asked for.
OUTCOMES = ("days_to_help", "errors_per_100_cases", "cooperation_rate")
HOURS = "collaboration_hours"

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


def robustness(
    a: Annotated[Path, typer.Argument(metavar="A.yaml", help="Scenario.")],
    b: Annotated[Path, typer.Argument(metavar="B.yaml", help="Scenario to hold it against.")],
    outcomes: Outcomes = None,
    worlds: Worlds = 60,
    replicates: Replicates = 4,
    halved: Annotated[
        bool, typer.Option(help="Also with all ranges half as wide around the defaults.")
    ] = True,
    seed: Seed = None,
    out: Out = None,
    threads: ThreadCount = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> int:
    """In what share of the assumptions examined A does better than B, and what turns it round."""
    from collabsim.config import load_scenario
    from collabsim.experiments.robustness import examine
    from collabsim.figures.robustness import differences_by_world, what_varies
    from collabsim.figures.turning import turning_points

    console = Console(as_json=as_json)
    chosen = Examined(worlds, replicates, checked_outcomes(outcomes), seed, out, threads)
    scenarios = [load_scenario(a), load_scenario(b)]
    check_names(scenarios)
    kept = worlds_asked_for(chosen)
    folder = new_folder(chosen, f"{scenarios[0].name} or {scenarios[1].name}")
    runs = run(console, chosen, scenarios, kept, "running in kept worlds")
    half = None
    if halved:
        from collabsim.experiments.in_worlds import halved as pulled

        half = run(console, chosen, scenarios, pulled(kept), "with ranges half as wide")
    found = examine(runs, kept, chosen.outcomes, half)
    texts = {outcome: answer.sentences(lang) for outcome, answer in found.items()}
    for outcome, sentences in texts.items():
        console.say()
        console.say(outcome, style="bold")
        for sentence in sentences:
            console.say(f"  {sentence}")
    write_runs(folder, {"runs": runs, **({"halved": half} if half is not None else {})})
    figures = folder / "figures"
    values = {path: [world.values[path] for world in kept] for path in kept[0].values}
    pictures = [
        differences_by_world([x.robustness for x in found.values()], figures, lang),
        what_varies({o: (x.of_outcome, x.of_difference) for o, x in found.items()}, figures, lang),
        turning_points([(x.robustness, x.flips) for x in found.values()], values, figures, lang),
    ]
    write_text(folder / "verdict.txt", [line for lines in texts.values() for line in [*lines, ""]])
    return finish(
        console, folder, runs.failed + (half.failed if half is not None else 0), pictures,
        {
            "command": "robustness", "a": runs.scenarios[0], "b": runs.scenarios[1],
            "worlds": list(runs.worlds), "replicates": replicates,
            "outcomes": {o: x.as_dict() | {"sentences": texts[o]} for o, x in found.items()},
        },
    )  # fmt: skip


def search(
    config: Annotated[Path, typer.Argument(metavar="CONFIG", help="Sweep file: the designs.")],
    outcomes: Outcomes = None,
    worlds: Worlds = 60,
    replicates: Replicates = 4,
    seed: Seed = None,
    out: Out = None,
    threads: ThreadCount = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> int:
    """Which designs do well over the kept worlds: regret against hours."""
    from collabsim.analysis.designs_front import front
    from collabsim.analysis.robust_sentences import front_sentences
    from collabsim.experiments.robustness import designs_of
    from collabsim.experiments.sweep_files import load_sweep
    from collabsim.figures.designs import designs_figure
    from collabsim.metrics import METRICS

    console, sweep = Console(as_json=as_json), load_sweep(config)
    chosen = Examined(
        worlds, replicates, checked_outcomes(outcomes or list(sweep.outcomes), directed=True),
        sweep.seed if seed is None else seed, out, threads,
    )  # fmt: skip
    designs, kept = designs_of(sweep), worlds_asked_for(chosen)
    folder = new_folder(chosen, sweep.name)
    runs = run(console, chosen, designs, kept, "designs in kept worlds")
    write_runs(folder, {"runs": runs})
    answer, pictures, lines = {}, [], []
    for outcome in chosen.outcomes:
        metric = METRICS[outcome]
        found = front(
            runs.scenarios, runs.outcomes[outcome], runs.outcomes[HOURS], metric.direction
        )
        if not found:
            console.warn(
                f"{outcome}: no world has a value for all designs; nothing can be regretted"
            )
            continue
        console.table(
            f"{outcome}: what each design gives up against the best of each world ({metric.unit})",
            ["design", "regret", "95%", "one in ten above", "hours", "best in", "front"],
            [
                [d.name, f"{d.regret:.3g}", f"{d.low:.3g} - {d.high:.3g}", f"{d.ninth:.3g}",
                 f"{d.hours:,.0f}", f"{d.best_in:.0%}", "*" if d.on_front else ""]
                for d in found
            ],
        )  # fmt: skip
        told = front_sentences(found, metric, lang)
        for line in told:
            console.say(line)
        lines += [outcome, *told, ""]
        pictures.append(designs_figure(found, metric, folder / "figures", outcome, lang))
        answer[outcome] = {"designs": [dataclasses.asdict(d) for d in found], "sentences": told}
    write_text(folder / "verdict.txt", lines)
    return finish(
        console, folder, runs.failed, pictures,
        {"command": "search", "worlds": list(runs.worlds), "replicates": replicates, "outcomes": answer},
    )  # fmt: skip


def checked_outcomes(outcomes: Sequence[str] | None, *, directed: bool = False) -> tuple[str, ...]:
    """The outcomes asked for.

    Raises:
        typer.BadParameter: there is no such outcome, or none that is better one way.

    """
    from difflib import get_close_matches

    from collabsim.metrics import METRICS

    for name in outcomes or ():
        if name not in METRICS:
            near = get_close_matches(name, METRICS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"use: {', '.join(METRICS)}"
            raise typer.BadParameter(f"there is no outcome {name!r}; {hint}")
        if directed and METRICS[name].direction == 0:
            raise typer.BadParameter(f"{name} has no better way, so nothing in it can be regretted")
    return tuple(dict.fromkeys(outcomes or OUTCOMES))


def check_names(scenarios: Sequence["Scenario"]) -> None:
    """Refuse two scenarios that could not be told apart."""
    if scenarios[0].name == scenarios[1].name:
        raise typer.BadParameter(
            f"both scenarios are called {scenarios[0].name!r}; give one of them another name"
        )


def worlds_asked_for(chosen: Examined) -> Sequence[Any]:
    """The first so many kept worlds."""
    from collabsim.worlds import kept_worlds

    kept = kept_worlds()
    if chosen.worlds > len(kept):
        raise typer.BadParameter(f"{len(kept)} worlds were kept; ask for at most so many")
    return kept[: chosen.worlds]


def new_folder(chosen: Examined, name: str) -> Path:
    """The folder for results, made before anything runs."""
    from collabsim.experiments.folders import make_folder
    from collabsim.experiments.identity import short_hash

    asked = [name, chosen.worlds, chosen.replicates, chosen.outcomes, chosen.seed]
    return make_folder(chosen.out, name, short_hash(asked, digits=8))


def run(
    console: Console, chosen: Examined, scenarios: Sequence["Scenario"], kept: Sequence[Any], what: str
) -> "InWorlds":  # fmt: skip
    """Run scenarios in worlds, with progress."""
    from collabsim.experiments.executors import Threads, default_threads
    from collabsim.experiments.experiment import wake_up
    from collabsim.experiments.in_worlds import run_in_worlds

    seed = scenarios[0].seed if chosen.seed is None else chosen.seed
    with console.stage("loading the model"):
        wake_up(scenarios[0], seed)
    threads = default_threads() if chosen.threads is None else chosen.threads
    with console.stage(what) as advance:
        return run_in_worlds(
            scenarios, kept, seed=seed, replicates=chosen.replicates, executor=Threads(threads),
            outcomes=tuple(dict.fromkeys([*chosen.outcomes, HOURS])), on_progress=advance,
        )  # fmt: skip


def write_runs(folder: Path, tables: Mapping[str, "InWorlds"]) -> None:
    """Write the runs as Parquet, one file each."""
    from functools import partial

    import pyarrow as pa
    import pyarrow.parquet as pq

    from collabsim.experiments.folders import write_whole

    for name, runs in tables.items():
        table = pa.Table.from_pylist([dict(row) for row in runs.rows])
        write_whole(folder / f"{name}.parquet", partial(pq.write_table, table))


def write_text(path: Path, lines: Sequence[str]) -> None:
    """Write lines into a file."""
    from collabsim.experiments.folders import write_whole

    write_whole(path, lambda part: part.write_text("\n".join(lines).rstrip() + "\n", "utf-8"))


def finish(
    console: Console, folder: Path, failed: int, pictures: Sequence[Any], answer: Mapping[str, Any]
) -> int:
    """Say where everything is, and write what is needed to make it again."""
    import json

    from collabsim.experiments.identity import model_version
    from collabsim.experiments.manifest import commit, versions

    code = SOME_FAILED if failed else DONE
    if failed:
        console.warn(f"{failed:,} runs failed; they are in the table with why")
    manifest = {"model": model_version(), "versions": versions(), "commit": commit(), **answer}
    write_text(
        folder / "manifest.json",
        [json.dumps(manifest, indent=2, ensure_ascii=False, default=float)],
    )
    console.say()
    console.say(f"Results: {folder}")
    console.answer(
        {
            **answer, "results": str(folder), "failed": failed,
            "figures": [str(picture.svg) for picture in pictures if picture is not None], "exit_code": code,
        }
    )  # fmt: skip
    return code
