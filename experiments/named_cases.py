"""Practice cases with a name: what the articles tell, and what the model adds.

    python experiments/named_cases.py
    python experiments/named_cases.py --only lunch --replicates 20

Reads `experiments/named_cases.yaml`. Runs the comparison of each case and writes
`results/reference/named-cases.csv` and a page for each in `docs/cases/`. With `--page` nothing is
run: the pages are written anew from the table.
"""

import argparse
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from collabsim.analysis.comparison import FOUND_TO_DIFFER, OutcomeComparison, compare
from collabsim.analysis.sentences import decimals_of, told_difference
from collabsim.analysis.wording import number, shown_scale, unit_words
from collabsim.config import load_comparison
from collabsim.experiments.executors import default_threads
from collabsim.experiments.runs import run_scenarios
from collabsim.metrics import METRICS

PROJECT = Path(__file__).parents[1]
CASES = PROJECT / "experiments/named_cases.yaml"
COMPARISONS = PROJECT / "configs/comparisons"
TABLE = PROJECT / "results/reference/named-cases.csv"
PAGES = PROJECT / "docs/cases"
HUMBLE = (
    "In this model, under these assumptions; no prediction of any one region. How to read it: "
    "[reading a verdict](../reading-a-verdict.md). All outcomes, figures and who pays:"
)
KEPT = (
    "replicates", "pairs", "missing_a", "missing_b", "mean_a", "mean_b", "spread_a", "spread_b",
    "difference", "low", "high", "against_luck", "higher", "lower", "tied", "share_higher",
    "variance_reduction", "verdict", "differs", "replicates_needed",
)  # fmt: skip


def cases() -> list[dict[str, Any]]:
    """The cases as they are written down."""
    content: list[dict[str, Any]] = YAML(typ="safe").load(CASES)
    return content


def findings(case: Mapping[str, Any], replicates: int, threads: int) -> Iterator[dict[str, Any]]:
    """Run a case: every scenario against its first, for the outcomes chosen beforehand."""
    comparison = load_comparison(COMPARISONS / f"{case['comparison']}.yaml")
    scenarios = comparison.scenarios
    results = run_scenarios(scenarios, replicates=replicates, threads=threads)
    failed = [result.error for result in results if result.status != "done"]
    if failed:
        raise RuntimeError(f"{case['name']}: {failed[0]}")
    values = {
        scenario.name: {
            outcome: [r.outcomes[outcome] for r in results if r.scenario == scenario.name]
            for outcome in case["outcomes"]
        }
        for scenario in scenarios
    }
    metrics = {name: METRICS[name] for name in case["outcomes"]}
    reference = scenarios[0].name
    for other in scenarios[1:]:
        compared = compare(values[reference], values[other.name], metrics)
        for outcome in compared.outcomes.values():
            whole = asdict(outcome)
            yield {
                "case": case["name"], "reference": reference, "scenario": other.name,
                "outcome": outcome.name, **{name: whole[name] for name in KEPT},
            }  # fmt: skip


def compared_again(row: Mapping[str, Any]) -> OutcomeComparison:
    """The comparison of one outcome, from the table."""
    metric = METRICS[row["outcome"]]
    return OutcomeComparison(
        name=metric.name, unit=metric.unit, direction=metric.direction, matters=metric.matters,
        **{name: row[name] for name in KEPT},
    )  # fmt: skip


def paragraph(text: str) -> str:
    """Text wrapped to the width of a page."""
    return textwrap.fill(" ".join(text.split()), 100)


def page(case: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> str:
    """The page of one case."""
    comparison = COMPARISONS / f"{case['comparison']}.yaml"
    scenarios = load_comparison(comparison).scenarios
    told_in = (
        f"Told in [{case['article']}](../sources.md#{case['article']}); rows "
        f"{', '.join(case['rows'])} of [the claims](../claims.md)."
    )
    lines = [
        f"# {case['title']}", "",
        "<!-- Made by `python experiments/named_cases.py`; do not edit. -->", "",
        paragraph(case["story"]), "",
        told_in, "",
        "**Assumed to make it run.** " + paragraph(case["assumed"]), "",
        "## What the model adds", "",
        "| Scenario | What it is |", "| --- | --- |",
        *(f"| {s.name} | {' '.join(s.about.split())} |" for s in scenarios), "",
        *table(case, rows), "",
        paragraph(told(rows)), "",
        HUMBLE, "",
        "```sh", f"collabsim compare configs/comparisons/{case['comparison']}.yaml", "```",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def table(case: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """A row for each outcome, a column for each scenario."""
    others = list(dict.fromkeys(row["scenario"] for row in rows))
    yield f"| Outcome | {rows[0]['reference']} | {' | '.join(others)} |"
    yield f"| --- | ---: {'| ---: ' * len(others)}|"
    for name in case["outcomes"]:
        cells: list[str] = []
        for row in rows:
            if row["outcome"] != name:
                continue
            outcome = compared_again(row)
            scale, decimals = shown_scale(outcome.unit), decimals_of(outcome)
            if not cells:
                cells.append(number(outcome.mean_a * scale, "en", decimals))
            low, high = (
                number(bound * scale, "en", decimals, signed=True)
                for bound in (outcome.low, outcome.high)
            )
            gap = number(outcome.difference * scale, "en", decimals, signed=True)
            size = f"{gap} ({low} to {high}), " if outcome.pairs else ""
            cells.append(f"{size}{outcome.verdict}")
        metric = METRICS[name]
        yield f"| {metric.en} ({unit_words(metric.unit, 'en')}) | {' | '.join(cells)} |"


def told(rows: Sequence[Mapping[str, Any]]) -> str:
    """In a few sentences: what differs by enough to matter, and what does not."""
    parts = []
    for scenario in dict.fromkeys(row["scenario"] for row in rows):
        of = [compared_again(row) for row in rows if row["scenario"] == scenario]
        sure = [o for o in of if o.verdict in FOUND_TO_DIFFER]
        same = [o for o in of if o.verdict == "no difference that matters"]
        what = "; ".join(
            f"{METRICS[o.name].en} {told_difference(o.difference, o.unit, 'en', decimals_of(o))}, "
            f"{abs(o.against_luck):.1f} times what luck does"
            for o in sure
        )
        text = f'"{scenario}" against "{rows[0]["reference"]}": '
        text += f"{what}." if sure else "nothing that matters beyond doubt."
        if same:
            text += f" No difference that matters: {', '.join(METRICS[o.name].en for o in same)}."
        parts.append(text)
    return " ".join(parts)


def index(all_cases: Sequence[Mapping[str, Any]]) -> str:
    """The page that leads to the others."""
    lines = [
        "# Practice cases", "",
        "<!-- Made by `python experiments/named_cases.py`; do not edit. -->", "",
        "Cases that the articles tell of, each with a config that is ready to run.", "",
        *(f"- [{case['title']}]({case['name']}.md)" for case in all_cases),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def kept() -> pd.DataFrame:
    """The table as it was written before."""
    found = pd.read_csv(TABLE)
    found["replicates_needed"] = found["replicates_needed"].astype(object)
    return found


def pages(rows: pd.DataFrame) -> dict[str, str]:
    """Every page by file name."""
    by_case = {
        str(name): [{str(k): v for k, v in row.items()} for row in part.to_dict("records")]
        for name, part in rows.groupby("case")
    }
    written = {f"{case['name']}.md": page(case, by_case[case["name"]]) for case in cases()}
    return {"README.md": index(cases()), **written}


def main() -> None:
    """Run, print and write."""
    names = [case["name"] for case in cases()]
    arguments = argparse.ArgumentParser(description="Practice cases with a name.")
    arguments.add_argument("--only", nargs="*", default=names, choices=names)
    arguments.add_argument("--replicates", type=int, default=100)
    arguments.add_argument("--threads", type=int, default=default_threads())
    arguments.add_argument("--page", action="store_true", help="only write the pages anew")
    given = arguments.parse_args()
    rows = kept() if TABLE.exists() else pd.DataFrame({"case": []})
    for case in cases() if not given.page else ():
        if case["name"] in given.only:
            found = list(findings(case, given.replicates, given.threads))
            rows = pd.concat([rows[rows["case"] != case["name"]], pd.DataFrame(found)])
            print(f"{case['name']}: {told(found)}\n", flush=True)
    order = {name: number for number, name in enumerate(names)}
    rows = rows.sort_values("case", key=lambda column: column.map(order), kind="stable")
    rows.to_csv(TABLE, index=False, float_format="%.6g")
    PAGES.mkdir(exist_ok=True)
    for name, text in pages(kept()).items():
        (PAGES / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
