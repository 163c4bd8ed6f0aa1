"""What the articles lead one to expect, row by row, and what the model does.

    python experiments/articles.py
    python experiments/articles.py --only R8 R12 --replicates 20

Reads `experiments/articles.yaml`. Runs each expectation in pairs with the same luck and writes
`results/reference/articles.csv` and `docs/articles.md`, also where the model disagrees. A finding
is that the model *agrees* (the interval lies on the expected side of nothing), *disagrees* (it
lies on the other side), or that this is *not known*; beside it stands whether the difference is
one that matters. With `--page` nothing is run: the page is written anew from the table.
"""

import argparse
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from ruamel.yaml import YAML

from collabsim import load_scenario
from collabsim.analysis.intervals import interval
from collabsim.config import set_value
from collabsim.config.timeline import value_at
from collabsim.experiments.executors import default_threads
from collabsim.experiments.runs import RunResult, run_scenarios
from collabsim.metrics import METRICS
from collabsim.parameters import Scenario

PROJECT = Path(__file__).parents[1]
ROWS = PROJECT / "experiments/articles.yaml"
SCENARIOS = PROJECT / "configs/scenarios"
TABLE = PROJECT / "results/reference/articles.csv"
PAGE = PROJECT / "docs/articles.md"
MODEL_PAGE = PROJECT / "docs/model.md"

#: Outcomes that are 0 or 1 in a run.
TWO_VALUED = {"ring_found", "stagnated"}
REPLICATES = 100


@dataclass(frozen=True, slots=True)
class Finding:
    """One expectation, and what came of it."""

    row: str
    outcome: str
    unit: str
    of: float
    than: float
    difference: float
    low: float
    high: float
    pairs: int
    found: str
    matters: str


def rows() -> list[dict[str, Any]]:
    """The rows as they are written down."""
    content: list[dict[str, Any]] = YAML(typ="safe").load(ROWS)
    return content


def world_of(place: Mapping[str, Any], name: str) -> Scenario:
    """A scenario with what is set beside it."""
    scenario = load_scenario(SCENARIOS / f"{place['scenario']}.yaml")
    for path, value in place.get("set", {}).items():
        scenario = set_value(scenario, path, value)
    return scenario.model_copy(update={"name": name})


def find(row: Mapping[str, Any], replicates: int, threads: int) -> Finding:
    """Run one expectation."""
    outcome, than = row["outcome"], row["than"]
    worlds = [world_of(row["of"], "of")]
    if "scenario" in than:
        worlds.append(world_of(than, "than"))
    results = run_scenarios(worlds, seed=1, replicates=replicates, threads=threads)
    of = values_of(results, "of", outcome)
    other = (
        values_of(results, "than", outcome)
        if "scenario" in than
        else np.full(len(of), float(than["value"]))
    )
    paired = np.isfinite(of) & np.isfinite(other)
    of, other = of[paired], other[paired]
    low, high = interval(of - other, two_valued=outcome in TWO_VALUED)
    difference = float((of - other).mean()) if len(of) else math.nan
    sign = 1.0 if row["direction"] == "higher" else -1.0
    found = "not known"
    if min(sign * low, sign * high) > 0.0:
        found = "agrees"
    elif max(sign * low, sign * high) < 0.0:
        found = "disagrees"
    metric = METRICS[outcome]
    matters = "yes" if min(abs(low), abs(high)) > metric.matters and low * high > 0.0 else (
        "no" if max(abs(low), abs(high)) < metric.matters else "not known"
    )  # fmt: skip
    return Finding(
        row["row"], outcome, metric.unit, mean(of), mean(other), difference, low, high, len(of),
        found, matters,
    )  # fmt: skip


def mean(values: np.ndarray) -> float:
    """The mean; NaN of nothing."""
    return float(values.mean()) if len(values) else math.nan


def values_of(results: Sequence[RunResult], name: str, outcome: str) -> np.ndarray:
    """[replicates] one outcome of one world, by replicate; a run that failed stops everything."""
    chosen = sorted((r for r in results if r.scenario == name), key=lambda r: r.replicate)
    failed = [r.error for r in chosen if r.status != "done"]
    if failed:
        raise RuntimeError(f"{name}: {failed[0]}")
    return np.array([r.outcomes[outcome] for r in chosen])


# -- the page ------------------------------------------------------------------------------------


def configs_with(parameters: Sequence[str]) -> list[str]:
    """Shipped scenarios that set any of the ``parameters`` otherwise than by default."""
    return [
        path.stem
        for path in sorted(SCENARIOS.glob("*.yaml"))
        if any(is_set(load_scenario(path), parameter) for parameter in parameters)
    ]


def is_set(scenario: Scenario, path: str) -> bool:
    """Whether a scenario, or a change on its timeline, departs from the default of a parameter."""
    changed = any(key.startswith(path) for change in scenario.timeline for key in change.set)
    return changed or value_at(scenario, path) != value_at(Scenario(), path)


def place_on_the_page(mechanism: str) -> str:
    """Link to the section of the model's page that names the module."""
    section = ""
    for line in MODEL_PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("### "):
            section = line.removeprefix("### ").lower().replace(" ", "-")
        if section and f"`{mechanism}.py`" in line:
            return f"[{mechanism}](model.md#{section})"
    raise LookupError(f"docs/model.md has no section that names {mechanism}.py")


def shown(value: float) -> str:
    """Three digits that count."""
    return "-" if math.isnan(value) else f"{value:.3g}"


def page(findings: Mapping[str, Finding]) -> str:
    """The published table."""
    lines, counts = [], dict.fromkeys(("agrees", "disagrees", "not known"), 0)
    for row in rows():
        found = findings[row["row"]]
        counts[found.found] += 1
        where = ", ".join(place_on_the_page(mechanism) for mechanism in row["mechanisms"])
        levers = ", ".join(f"`{parameter}`" for parameter in row["parameters"])
        configs = configs_with(row["parameters"])
        some = ", ".join(f"`{name}`" for name in configs[:4])
        more = f" and {len(configs) - 4} more" if len(configs) > 4 else ""  # noqa: PLR2004
        sources = ", ".join(f"[{source}](sources.md#{source})" for source in row["articles"])
        result = (
            f"**{found.found}**: {METRICS[found.outcome].en} {shown(found.of)} against "
            f"{shown(found.than)} {found.unit}, difference {shown(found.difference)} "
            f"({shown(found.low)} to {shown(found.high)}; {found.pairs} pairs); "
            f"large enough to matter: {found.matters}"
        )
        lines.append(
            f"| {row['row']} | {row['system']} | {where} | {levers} | {some}{more} | {sources} | "
            f"{row['expects']}. | {result} |"
        )
    return f"""# What the articles describe, and what the model does

<!-- Made by `python experiments/articles.py`; do not edit. -->

The articles behind the model describe systems; each has a row here: what carries it, which parameters
change it, configs that use it, where it is described. Each row states one thing that the articles lead
one to expect, in our words, and what the model does in pairs of runs with the same luck. The
articles tell of practice and measure nothing, so an expectation that comes out is no evidence for it, and
one that does not is a finding, about the model, about the expectation, or about both. "Large enough to
matter" is the threshold of the outcome, see [reading a verdict](reading-a-verdict.md). One row is one
comparison in one setting, at the default values of everything else.

Of {len(lines)} expectations the model agrees with {counts["agrees"]}, disagrees with
{counts["disagrees"]}, and does not know of {counts["not known"]}.

| Row | System | Mechanisms | Parameters | Configs | Articles | Expected | Found |
| --- | --- | --- | --- | --- | --- | --- | --- |
""" + "\n".join([*lines, ""])


def kept_findings() -> dict[str, Finding]:
    """What was found before, by row."""
    if not TABLE.exists():
        return {}
    records = pd.read_csv(TABLE).to_dict("records")
    found = [Finding(**{str(key): value for key, value in record.items()}) for record in records]
    return {finding.row: finding for finding in found}


def main() -> None:
    """Run, and write the table and the page."""
    arguments = argparse.ArgumentParser(description="What the articles expect, and what is found.")
    arguments.add_argument("--replicates", type=int, default=REPLICATES)
    arguments.add_argument("--threads", type=int, default=default_threads())
    arguments.add_argument("--only", nargs="*", default=[], help="rows, like R8")
    arguments.add_argument("--page", action="store_true", help="write the page anew, run nothing")
    given = arguments.parse_args()
    findings = kept_findings()
    for row in [] if given.page else rows():
        if not given.only or row["row"] in given.only:
            found = findings[row["row"]] = find(row, given.replicates, given.threads)
            print(f"{row['row']}: {row['expects']}. {found.found}: {found.outcome} "
                  f"{found.difference:+.3g} ({found.low:+.3g} to {found.high:+.3g})", flush=True)  # fmt: skip
    ordered = [findings[row["row"]] for row in rows() if row["row"] in findings]
    pd.DataFrame(ordered).to_csv(TABLE, index=False, float_format="%.6g")
    PAGE.write_text(page(findings), encoding="utf-8")


if __name__ == "__main__":
    main()
