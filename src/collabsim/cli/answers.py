"""What an experiment has to tell: tables and sentences for people, the same facts for machines."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from collabsim.analysis.groups import GROUPS
from collabsim.analysis.saying import told
from collabsim.analysis.sentences import who_pays
from collabsim.analysis.shown import shown_comparison, shown_hours, shown_summary
from collabsim.analysis.stakes import GroupStake
from collabsim.analysis.verdict import WholeVerdict
from collabsim.analysis.wording import (
    Lang,
    number,
)
from collabsim.cli.answer_words import word
from collabsim.cli.console import Console
from collabsim.experiments.experiment import Outcome
from collabsim.experiments.store import Results
from collabsim.experiments.summary import summarise
from collabsim.figures import Picture
from collabsim.metrics import METRICS

#: The whole answer in words, in the folder of results.
VERDICT = "verdict.txt"
# More would scroll the tables away; all sentences are in the file. Which ones are told does
# not depend on what they say.
_SENTENCES_TOLD = 6
# More of the same would hide what else is said; all are in the table of runs.
_FAILURES_TOLD = 3


def tell_run(results: Results, lang: Lang, console: Console) -> dict[str, Any]:
    """Tell the outcomes of one scenario; return them for machines."""
    manifest = results.manifest
    values = results.outcomes(results.scenarios[0])
    summaries = [summarise(name, values[name]) for name in METRICS if name in values]
    title = word(
        "run",
        lang,
        name=manifest["name"],
        replicates=manifest["replicates"],
        months=manifest["scenarios"][0]["months"],
        seed=manifest["seed"],
    )
    heads = ("outcome", "mean", "spread", "interval", "defined")
    done = manifest["runs"]["done"]
    rows = [[*shown_summary(s, lang), f"{s.defined} / {done}"] for s in summaries]
    console.table(title, [word(head, lang) for head in heads], rows)
    console.say()
    return {
        "outcomes": {s.name: asdict(s) | {"unit": METRICS[s.name].unit} for s in summaries},
        "encounters": _tell_encounters(results, lang, console),
    }


def tell_comparison(
    results: Results, verdict: WholeVerdict, lang: Lang, console: Console
) -> dict[str, Any]:
    """Tell how scenarios compare and who pays, in tables and words; return it for machines."""
    words = told(verdict, lang)
    text: list[str] = []
    for comparison, sentences in zip(verdict.comparisons, words.outcomes, strict=True):
        a, b, pairs = comparison.a, comparison.b, comparison.replicates
        title = word("against", lang, a=a, b=b, pairs=pairs)
        heads = [word("outcome", lang), comparison.a]
        heads += [word(h, lang) for h in ("difference", "of difference", "luck", "pairs")]
        rows = [list(shown_comparison(outcome, lang)) for outcome in comparison.outcomes.values()]
        console.table(title, [*heads, word("verdict", lang)], rows, words=(0, 6))
        console.say()
        # What holds for all outcomes comes last, whichever of them are told.
        names = [name for name in sentences if name][:_SENTENCES_TOLD] + [""] * ("" in sentences)
        for name in names:
            console.say(f"- {sentences[name]}")
        text += [title, "", *sentences.values(), ""]
    _tell_payments(verdict, lang, console)
    for title, lines in (("pays", words.pays), ("gains", words.gains), ("course", words.courses)):
        text += [word(title, lang), "", *lines, ""]
    path = results.folder / VERDICT
    path.write_text("\n".join([*text, words.modest]) + "\n", encoding="utf-8")
    console.say()
    encounters = _tell_encounters(results, lang, console)
    console.say(word("words", lang, place=path))
    return {
        "comparisons": [
            asdict(comparison) | {"sentences": sentences}
            for comparison, sentences in zip(verdict.comparisons, words.outcomes, strict=True)
        ],
        "who_pays": [_payment(payment) for payment in verdict.payments],
        "stakes": [_stake(stake) for stake in verdict.stakes],
        "courses": [{"series": course.series, "since": course.since} for course in verdict.courses],
        "encounters": encounters,
        "verdict": path,
    }


def tell_places(outcome: Outcome, figures: Sequence[Picture], lang: Lang, console: Console) -> None:
    """Say what failed, how to read the numbers, and where everything is."""
    console.say(word("results", lang, place=outcome.results.folder))
    if figures:
        names = ", ".join(picture.name for picture in figures)
        console.say(word("figures", lang, place=figures[0].svg.parent, names=names))
    if outcome.events is not None:
        console.say(word("events", lang, place=outcome.events))
    console.say(word("modest", lang))
    for failure in outcome.failures[:_FAILURES_TOLD]:
        console.warn(f"failed: {failure.scenario}, replicate {failure.replicate}: {failure.error}")
    if len(outcome.failures) > _FAILURES_TOLD:
        console.warn(f"and {len(outcome.failures) - _FAILURES_TOLD} more runs failed")


def document(outcome: Outcome, figures: Sequence[Picture], code: int) -> dict[str, Any]:
    """What every command that runs scenarios tells machines."""
    manifest = outcome.results.manifest
    names = ("command", "name", "seed", "replicates", "runs", "interrupted")
    return {name: manifest[name] for name in names} | {
        "scenarios": outcome.results.scenarios,
        "failures": [
            {"scenario": run.scenario, "replicate": run.replicate, "error": run.error}
            for run in outcome.failures
        ],
        "results": outcome.results.folder,
        "figures": [asdict(picture) for picture in figures],
        "events": outcome.events,
        "exit_code": code,
    }


def _tell_payments(verdict: WholeVerdict, lang: Lang, console: Console) -> None:
    """Tell what each group pays in each scenario, with the difference from the first."""
    rows = []
    # Groups by field would be as many rows again; they are in the file.
    for payment in (p for p in verdict.payments if p.group in GROUPS):
        row = [who_pays(payment, lang)]
        for scenario in verdict.scenarios:
            hours, gap = shown_hours(payment, scenario, lang)
            row.append(f"{hours} ({gap})" if gap else hours)
        rows.append(row)
    console.table(word("pays", lang), [word("group", lang), *verdict.scenarios], rows)


def _payment(payment: GroupStake) -> dict[str, Any]:
    """What a group pays, for machines."""
    return {
        "group": payment.group,
        "hours": {name: _mean(hours) for name, hours in payment.values.items()},
        "members": dict(payment.members),
        "differences": {name: asdict(change) for name, change in payment.differences.items()},
    }


def _stake(stake: GroupStake) -> dict[str, Any]:
    """What a group gains or loses, for machines."""
    verdicts = {name: asdict(change) for name, change in stake.differences.items()}
    return {
        "group": stake.group,
        "stake": stake.stake,
        "means": {name: _mean(values) for name, values in stake.values.items()},
        "differences": verdicts,
    }


def _tell_encounters(results: Results, lang: Lang, console: Console) -> Mapping[str, float]:
    """Tell how many encounters were simulated."""
    missing = np.array([np.nan])
    outcomes = [results.outcomes(name) for name in results.scenarios]
    per_run = np.concatenate([values.get("encounters", missing) for values in outcomes])
    total, each = float(np.nansum(per_run)), _mean(per_run)
    words = word("encounters", lang, total=number(total, lang), each=number(each, lang))
    console.say(words)
    return {"total": int(total), "per_run": each}


def _mean(values: np.ndarray) -> float:
    """Mean of the values that are defined; NaN if there are none."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else math.nan
