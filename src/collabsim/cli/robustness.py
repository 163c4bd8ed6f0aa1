"""What `robustness` and `search` do: hold arrangements against each other over kept worlds."""

import dataclasses
from pathlib import Path
from typing import Annotated

import typer

from collabsim.cli.console import Console
from collabsim.cli.in_kept_worlds import (
    HOURS,
    Examined,
    Outcomes,
    Replicates,
    Worlds,
    check_comparable,
    check_folder,
    checked_outcomes,
    finish,
    folder_for,
    keep,
    run,
    worlds_asked_for,
    writing,
)
from collabsim.cli.options import AsJson, Language, Out, Seed, ThreadCount


def robustness(
    a: Annotated[Path, typer.Argument(metavar="A.yaml", help="Scenario.")],
    b: Annotated[Path, typer.Argument(metavar="B.yaml", help="Scenario to hold it against.")],
    outcomes: Outcomes = None,
    worlds: Worlds = 60,
    replicates: Replicates = 4,
    halved: Annotated[
        bool,
        typer.Option(
            "--halved/--no-halved",
            help="Also with all ranges half as wide around the defaults, or not, with half of the runs.",
        ),
    ] = True,
    seed: Seed = None,
    out: Out = None,
    threads: ThreadCount = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> int:
    """In what share of the assumptions examined A does better than B, and what turns it round."""
    check_folder(out)
    from collabsim.config import load_scenario
    from collabsim.experiments.robustness import examine
    from collabsim.figures.robustness import differences_by_world, what_varies
    from collabsim.figures.turning import turning_points
    from collabsim.parameters.scenario import all_told_in

    console = Console(as_json=as_json)
    chosen = Examined(worlds, replicates, checked_outcomes(outcomes), seed, out, threads)
    scenarios = list(all_told_in(lang, [load_scenario(a), load_scenario(b)]))
    check_comparable(scenarios)
    kept = worlds_asked_for(chosen)
    folder = folder_for(chosen, f"{scenarios[0].name} or {scenarios[1].name}")
    runs = run(console, chosen, scenarios, kept, "running in kept worlds", folder)
    half = None
    if halved:
        from collabsim.experiments.in_worlds import halved as pulled

        half = run(console, chosen, scenarios, pulled(kept), "with ranges half as wide", folder)
    found = examine(scenarios, runs, kept, chosen.outcomes, half)
    texts = {outcome: answer.sentences(lang) for outcome, answer in found.items()}
    for outcome, sentences in texts.items():
        console.say()
        console.say(outcome, style="bold")
        for sentence in sentences:
            console.say(f"  {sentence}")
    figures = folder / "figures"
    values = {path: [world.values[path] for world in kept] for path in kept[0].values}
    tables = {"runs": runs} if half is None else {"runs": runs, "halved": half}
    with writing(folder):
        keep(
            folder, chosen, scenarios, tables, [x for lines in texts.values() for x in [*lines, ""]]
        )
        pictures = [
            differences_by_world([x.robustness for x in found.values()], figures, lang),
            what_varies(
                {o: (x.of_outcome, x.of_difference) for o, x in found.items()}, figures, lang
            ),
            turning_points(
                [(x.robustness, x.flips) for x in found.values()], values, figures, lang
            ),
        ]
    return finish(
        console, folder, sum(table.failed for table in tables.values()), pictures,
        {
            "command": "robustness", "a": runs.scenarios[0], "b": runs.scenarios[1],
            "worlds": list(runs.worlds), "replicates": replicates,
            "outcomes": {o: x.as_dict() | {"sentences": texts[o]} for o, x in found.items()},
        },
        lang,
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
    check_folder(out)
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
    folder = folder_for(chosen, sweep.name)
    runs = run(console, chosen, designs, kept, "designs in kept worlds", folder)
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
        with writing(folder):
            pictures.append(designs_figure(found, metric, folder / "figures", outcome, lang))
        answer[outcome] = {"designs": [dataclasses.asdict(d) for d in found], "sentences": told}
    with writing(folder):
        keep(folder, chosen, designs, {"runs": runs}, lines)
    return finish(
        console, folder, runs.failed, pictures,
        {"command": "search", "worlds": list(runs.worlds), "replicates": replicates, "outcomes": answer},
        lang,
    )  # fmt: skip
