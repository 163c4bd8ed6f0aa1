"""`report`: one HTML file that a client can keep, from a folder of results."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collabsim.cli.console import Console
from collabsim.cli.options import DONE, AsJson, Language, RefusedError, ThreadCount
from collabsim.phrases import Phrase

if TYPE_CHECKING:
    from collabsim.analysis.cause import Cause
    from collabsim.analysis.verdict import WholeVerdict
    from collabsim.parameters import Scenario

REPORT = "report-{lang}.html"
_IN_WORLD = 4


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Results of run or compare.")],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="The file to write; by default in DIR.")
    ] = None,
    causes: Annotated[
        int,
        typer.Option(min=0, max=10_000, help="Also which mechanism drives it, over so many pairs."),
    ] = 0,
    worlds: Annotated[
        int,
        typer.Option(
            min=0, max=100_000, help="Also what turns it round, over so many kept worlds."
        ),
    ] = 0,
    names: Annotated[
        bool, typer.Option("--names", help="Name organisations in pictures, instead of numbering.")
    ] = False,
    name_connector: Annotated[
        bool, typer.Option("--name-connector", help="With --names: also who is in the background.")
    ] = False,
    threads: ThreadCount = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> int:
    """Write a report: one HTML file without any link to elsewhere, in Dutch or English."""
    from collabsim.analysis.evidence import evidence_of_results
    from collabsim.analysis.verdict import verdict_of
    from collabsim.config import scenario_from_mapping
    from collabsim.experiments.folders import OutputError, reason, write_whole
    from collabsim.experiments.store import load_results
    from collabsim.report import Names
    from collabsim.report import report as page

    console = Console(as_json=as_json)
    results = load_results(folder).told_in(lang)
    place = folder / REPORT.format(lang=lang) if out is None else out
    if place.exists() or not place.resolve().parent.is_dir():
        what, wat = "is in a folder that is not there", "ligt in een map die er niet is"
        if place.exists():
            what, wat = "is there already", "is er al"
        raise OutputError(
            Phrase(
                f"{place} {what}; give --out a new file in a folder that exists",
                f"{place} {wat}; geef met --out een nieuw bestand op, in een map die er is",
            )
        )
    if not results.pairs:
        raise OutputError(
            Phrase(
                f"{folder}: every run failed, or the other one of its pair did, so there is nothing "
                "to report; the column error of runs.parquet says why",
                f"{folder}: elke simulatie mislukte, of de andere van het paar, dus er valt niets te "
                "verslaan; in de kolom error van runs.parquet staat waarom",
            )
        )
    scenarios = [scenario_from_mapping(content) for content in results.manifest["scenarios"]]
    verdict = verdict_of(evidence_of_results(results))
    if causes:
        verdict = _with_causes(
            verdict, scenarios, results.manifest["seed"], causes, threads, console
        )
    if worlds:
        verdict = _with_worlds(
            verdict, scenarios, results.manifest["seed"], worlds, threads, console
        )
    with console.stage("writing the report"):
        text = page(
            results, verdict, lang, Names(names, name_connector), worlds=worlds,
            replicates_in_worlds=_IN_WORLD,
        )  # fmt: skip
    try:
        write_whole(place, lambda part: part.write_text(text, encoding="utf-8"))
    except OSError as error:
        raise OutputError(
            Phrase(
                f"{place}: the report could not be written ({reason(error)}); "
                "give --out another file",
                f"{place}: het verslag kon niet worden geschreven ({reason(error)}); "
                "geef met --out een ander bestand op",
            )
        ) from error
    console.say({"en": f"Report: {place}", "nl": f"Verslag: {place}"}[lang])
    console.answer({"command": "report", "report": place, "bytes": len(text), "exit_code": DONE})
    return DONE


def _with_causes(
    verdict: "WholeVerdict", scenarios: "list[Scenario]", seed: int, replicates: int,
    threads: int | None, console: Console,
) -> "WholeVerdict":  # fmt: skip
    """The verdict, with the mechanism that drives each difference."""
    from collabsim.experiments.causes import causes_of
    from collabsim.experiments.robustness import EXPLAINED

    reference, *others = scenarios
    found: list[Cause] = []
    for other in others:
        with console.stage(f"looking for what drives {other.name}") as advance:
            found += causes_of(
                reference, other, EXPLAINED, seed=seed, replicates=replicates, threads=threads,
                on_progress=advance,
            )  # fmt: skip
    return replace(verdict, causes=tuple(found))


def _with_worlds(
    verdict: "WholeVerdict", scenarios: "list[Scenario]", seed: int, count: int,
    threads: int | None, console: Console,
) -> "WholeVerdict":  # fmt: skip
    """The verdict, with what holds in kept worlds."""
    from collabsim.experiments.executors import Threads, default_threads
    from collabsim.experiments.robustness import held_against_the_first
    from collabsim.worlds import kept_worlds

    kept = kept_worlds()[:count]
    if len(kept) < count:
        raise RefusedError(
            Phrase(
                f"there are {len(kept)} kept worlds; give --worlds at most that",
                f"er zijn {len(kept)} bewaarde werelden; geef --worlds hooguit dat",
            )
        )
    with console.stage("running in kept worlds") as advance:
        held = held_against_the_first(
            scenarios, kept, seed=seed, replicates=_IN_WORLD, on_progress=advance,
            executor=Threads(default_threads() if threads is None else threads),
        )  # fmt: skip
    return replace(verdict, held=held)
