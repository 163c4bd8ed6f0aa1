"""`validate`, `describe`, `run` and `compare`: read configs, have them run, tell what came of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collabsim.cli.console import Console
from collabsim.cli.options import (
    BAD_INPUT,
    DONE,
    INTERRUPTED,
    SOME_FAILED,
    AsJson,
    Choices,
    Language,
    Out,
    OwnFile,
    RefusedError,
    Replicates,
    Seed,
    Settings,
    ThreadCount,
    Trace,
    check_out,
    check_pairs,
    overrides,
    own_file,
)
from collabsim.phrases import Phrase

if TYPE_CHECKING:
    from collabsim.config import Comparison
    from collabsim.experiments.experiment import Outcome
    from collabsim.experiments.helper import Helper
    from collabsim.parameters import Scenario

REPLICATES = 100


def validate(
    configs: Annotated[list[Path], typer.Argument(metavar="CONFIG...", help="Config files.")],
    as_json: AsJson = False,
) -> int:
    """Check scenario and comparison files, without running anything."""
    from collabsim.config import ConfigError

    console = Console(as_json=as_json)
    answers: list[dict[str, Any]] = []
    for file in configs:
        try:
            kind, name = _kind_and_name(file)
        except ConfigError as error:
            if not as_json:
                console.warn(str(error))
            answers.append({"file": file, "valid": False, "error": error.as_dict()})
            continue
        console.say(f'{file}: {kind} "{name}" can be used')
        answers.append({"file": file, "valid": True, "kind": kind, "name": name})
    code = DONE if all(answer["valid"] for answer in answers) else BAD_INPUT
    console.answer({"command": "validate", "configs": answers, "exit_code": code})
    return code


def _kind_and_name(file: Path) -> tuple[str, str]:
    """What kind of config a file holds, and its name; checked in full.

    Raises:
        ConfigError: it cannot be used.

    """
    from collabsim.config import Comparison, load_config
    from collabsim.config.files import read_config
    from collabsim.experiments.calibration_files import load_calibration
    from collabsim.experiments.sweep_files import load_sweep
    from collabsim.metrics import METRICS

    kind = str(read_config(file).value["kind"].value)
    if kind == "sweep":
        return kind, load_sweep(file).name
    if kind == "calibration":
        return kind, load_calibration(file).name
    config = load_config(file, known_outcomes=METRICS)
    return ("comparison" if isinstance(config, Comparison) else "scenario"), config.name


def describe(
    subject: Annotated[
        str | None, typer.Argument(metavar="[PARAMETER | CONFIG]", help="What to explain.")
    ] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> int:
    """Explain a parameter, a group of parameters or a config; nothing lists all parameters."""
    from collabsim.reference.describe import describe as description_of

    console = Console(as_json=as_json)
    description = description_of(subject, lang=lang)
    console.say(description.text)
    console.answer({"command": "describe", **description.data, "exit_code": DONE})
    return DONE


def run(
    config: Annotated[Path, typer.Argument(metavar="CONFIG", help="Scenario file.")],
    settings: Settings = None,
    replicates: Replicates = None,
    seed: Seed = None,
    out: Out = None,
    threads: ThreadCount = None,
    lang: Language = "en",
    trace: Trace = False,
    own: OwnFile = None,
    as_json: AsJson = False,
) -> int:
    """Run replicates of one scenario; save results and figures."""
    choices = Choices(
        overrides(settings), replicates, seed, out, threads, lang, trace=trace, as_json=as_json
    )
    check_out(out)
    from collabsim.config import load_scenario

    console = Console(as_json=choices.as_json)
    with own_file(own), _helper(choices) as helper:
        scenario = load_scenario(config, overrides=choices.overrides)
        outcome = _carry_out(
            "run", scenario.name, [scenario], REPLICATES, choices, console,
            in_dutch=(scenario.name_nl, ""),
        )  # fmt: skip
        if outcome is None or outcome.interrupted:
            return _stopped(outcome, console)
        results = outcome.results.told_in(choices.lang)
        from collabsim.cli import answers, pictures

        with console.stage("drawing"):
            figures = pictures.draw(results, choices.lang, helper=helper)
        details = answers.tell_run(results, choices.lang, console)
    code = SOME_FAILED if outcome.failures else DONE
    answers.tell_places(outcome, figures, choices.lang, console)
    console.answer(answers.document(outcome, figures, code) | details)
    return code


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
    own: OwnFile = None,
    as_json: AsJson = False,
) -> int:
    """Compare scenarios pair by pair, with the same luck: what differs, and how sure is that."""
    choices = Choices(
        overrides(settings), replicates, seed, out, threads, lang, trace=trace, as_json=as_json
    )
    check_out(out)
    console = Console(as_json=choices.as_json)
    with own_file(own), _helper(choices) as helper:
        comparison = _comparison(configs, choices)
        outcome = _carry_out(
            "compare",
            comparison.name,
            comparison.scenarios,
            comparison.replicates,
            choices,
            console,
            comparison.about,
            (comparison.name_nl, comparison.about_nl),
        )
        if outcome is None or outcome.interrupted:
            return _stopped(outcome, console)
        results = outcome.results.told_in(choices.lang)
        from collabsim.analysis.evidence import evidence_of_results
        from collabsim.analysis.verdict import verdict_of
        from collabsim.cli import answers, pictures

        with console.stage("comparing"):
            verdict = verdict_of(evidence_of_results(results), comparison.outcomes)
        with console.stage("drawing"):
            figures = pictures.draw(results, choices.lang, verdict, helper)
        details = answers.tell_comparison(results, verdict, choices.lang, console)
    code = SOME_FAILED if outcome.failures else DONE
    answers.tell_places(outcome, figures, choices.lang, console)
    console.answer(answers.document(outcome, figures, code) | details)
    return code


def _comparison(configs: Sequence[Path], choices: Choices) -> "Comparison":
    """The comparison in a file, or one of scenario files, the first of which is the reference."""
    from collabsim.config import Comparison, load_config, load_scenario
    from collabsim.config.comparison import check_different, titles_of
    from collabsim.metrics import METRICS

    overrides = choices.overrides
    if len(configs) == 1:
        config = load_config(configs[0], overrides=overrides, known_outcomes=METRICS)
        if not isinstance(config, Comparison):
            raise RefusedError(
                Phrase(
                    f"{configs[0]} is one scenario, and it takes two to compare; "
                    "give a comparison file, or more scenario files",
                    f"{configs[0]} is één scenario, en vergelijken vraagt er twee; "
                    "geef een bestand met een vergelijking, of meer scenario's",
                )
            )
        comparison = config
    else:
        scenarios = tuple(load_scenario(path, overrides=overrides) for path in configs)
        name, name_nl = titles_of(scenarios)
        comparison = Comparison(name, "", tuple(configs), scenarios, REPLICATES, (), name_nl)
    check_pairs(comparison.scenarios)
    if len(configs) > 1:  # of those of a comparison file it was seen when that was read
        check_different(comparison.scenarios, overrides, lambda i: load_scenario(configs[i]))
    return comparison


def _helper(choices: Choices) -> "Helper":
    """A second process to draw in, which gets ready while the model is loaded; unless for one thread."""
    from collabsim.experiments.helper import Helper

    return Helper("collabsim.figures", wanted=_threads(choices) > 1)


def _threads(choices: Choices) -> int:
    """The number of threads to use."""
    from collabsim.experiments.executors import default_threads

    return default_threads() if choices.threads is None else choices.threads


def _carry_out(
    command: str,
    name: str,
    scenarios: Sequence["Scenario"],
    replicates: int,
    choices: Choices,
    console: Console,
    about: str = "",
    in_dutch: tuple[str, str] = ("", ""),
) -> "Outcome | None":
    """Run and save scenarios as chosen; None if interrupted before anything was done."""
    from collabsim.experiments.experiment import Experiment, carry_out

    experiment = Experiment(
        name=name,
        scenarios=tuple(scenarios),
        seed=scenarios[0].seed if choices.seed is None else choices.seed,
        replicates=replicates if choices.replicates is None else choices.replicates,
        threads=_threads(choices),
        command=command,
        about=about,
        in_dutch=in_dutch,
    )
    return carry_out(experiment, choices.out, console.stage, trace=choices.trace)


def _stopped(outcome: "Outcome | None", console: Console) -> int:
    """Say what is left of an experiment that was interrupted."""
    if outcome is None:
        console.warn("no replicate was done; nothing is saved")
        console.answer({"interrupted": True, "results": None, "exit_code": INTERRUPTED})
        return INTERRUPTED
    from collabsim.cli import answers

    whole = outcome.results.runs["replicate"].nunique()
    asked = outcome.results.manifest["replicates"]
    console.warn(
        f"{whole} of {asked} replicates were done; they are whole, "
        f"and saved in {outcome.results.folder}"
    )
    console.answer(answers.document(outcome, [], INTERRUPTED))
    return INTERRUPTED
