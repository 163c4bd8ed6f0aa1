"""Studies: a sweep each, with a table, a figure and a page in the docs.

    python experiments/studies.py rotation
    python experiments/studies.py rotation --page

Runs the sweep of a study (stopped, the same command goes on from there), and writes
`results/reference/study-NAME.csv`, `docs/studies/NAME.png` and `.svg`, and `docs/studies/NAME.md`. The words of a
page are in `experiments/studies/NAME.md`; every number in them is a place that is filled in from the
table. With `--page` nothing is run: the pages are written anew from the tables.
"""

import argparse
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jinja2
import numpy as np
import pandas as pd

from collabsim.analysis.comparison import FOUND_TO_DIFFER, compare_outcome
from collabsim.analysis.sensitivity import Sensitivity
from collabsim.analysis.shown import outcome_name
from collabsim.analysis.wording import decimals_for, is_percent, number, shown_scale, unit_words
from collabsim.config.files import read_config
from collabsim.experiments.executors import Threads, default_threads
from collabsim.experiments.identity import model_version
from collabsim.experiments.sweep_files import Sweep, load_sweep
from collabsim.experiments.sweep_folders import read_manifest, read_table
from collabsim.experiments.sweep_sensitivities import sensitivities
from collabsim.experiments.sweeps import carry_out_sweep
from collabsim.metrics import METRICS

PROJECT = Path(__file__).parents[1]
TABLES, PAGES = PROJECT / "results/reference", PROJECT / "docs/studies"
WORDS, RUNS = PROJECT / "experiments/studies", PROJECT / "results/studies"
#: Factors that the page of a ranking shows for each outcome.
RANKED = 8


@dataclass(frozen=True, slots=True)
class Study:
    """One study.

    Attributes:
        title: heading of its page.
        config: file of the sweep.
        against: values of levers that every point is compared with, all else equal.
        scenarios: names of scenarios, each with the one that it is compared with.
        across: what is on the horizontal axis of the figure: a factor, or "scenario".
        lines: what the lines of the figure are.
        panels: outcomes that are drawn.
        only: values of other factors at which the figure is drawn.
        labels: what scenarios are called in the figure, where that is not their name.

    """

    title: str
    config: str
    against: Mapping[str, Any] = field(default_factory=dict)
    scenarios: Mapping[str, str] = field(default_factory=dict)
    across: str = "scenario"
    lines: str = "scenario"
    panels: tuple[str, ...] = ()
    only: Mapping[str, Any] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)


STUDIES: Mapping[str, Study] = {
    "rotation": Study(
        "Rotation by turnover: for whom is a rotating table of ten better, and who pays?",
        "rotation-by-turnover", {"table.rotation.share_per_year": 0.0}, {},
        "scenario", "table.rotation.share_per_year",
        ("errors_per_100_cases", "support_at_home", "joint_steps_a_year", "seat_concentration",
         "open_at_table", "hours_providers"),
        {"people.handover": 0.0, "table.reporting_back": True},
        {"Rotating delegation": "Usual turnover"},
    ),
    "size": Study(
        "Fragmentation and scale by size of the table",
        "size-of-the-table", {"table.seats": 10}, {}, "table.seats", "scenario",
        ("errors_per_100_cases", "days_to_help", "cooperation_rate", "open_at_table",
         "support_at_home", "collaboration_hours"),
    ),
    "pressure": Study(
        "Rules under pressure, by turnover and guardian",
        "rules-under-pressure", {},
        {
            "Ground rules by those who do the work": "Agenda without ground rules",
            "Pressure with ground rules": "Pressure without ground rules",
        },
        "people.turnover_per_year.provider.practice", "scenario",
        ("integrity_trust", "promises_broken_share", "errors_per_100_cases", "days_to_help",
         "rules_held", "collaboration_hours"),
        {"connector.who": "nobody"},
    ),
    "stuck": Study(
        "What to do about a stuck collaboration, by hours",
        "stuck-by-hours", {},
        dict.fromkeys(
            ("Diagnostic sessions", "Dialogic sessions", "Dialogic, with small steps of one's own"),
            "Stuck",
        ),
        "sessions.hours", "scenario",
        ("joint_steps_a_year", "stagnated", "energy", "cooperation_rate", "errors_per_100_cases",
         "collaboration_hours"),
    ),
    "sensitivity": Study("What the region is sensitive to", "sensitivity-of-the-region"),
}  # fmt: skip


def sweep_of(study: Study) -> Sweep:
    """The sweep of a study."""
    return load_sweep(PROJECT / f"configs/sweeps/{study.config}.yaml")


def run(name: str, workers: int) -> Path:
    """Run what of a study is not done yet; returns its folder."""
    folder = RUNS / name

    def told(done: int, wanted: int) -> None:
        print(f"\r{name}: {done} of {wanted} runs", end="", flush=True)

    carry_out_sweep(sweep_of(STUDIES[name]), folder, Threads(workers), told)
    print()
    return folder


# -- tables --------------------------------------------------------------------------------------


def ranking(folder: Path) -> pd.DataFrame:
    """What moves each outcome most: one row an outcome and factor, in order."""
    rows = []
    for _, outcome, found in sensitivities(folder, ()):
        if isinstance(found, Sensitivity):
            rows += [
                {
                    "outcome": outcome, "rank": rank, "factor": effect.path, "size": effect.size,
                    "half": effect.half, "mean": effect.first, "spread": effect.spread,
                    "halved": found.halved.get(effect.path, math.nan),
                }
                for rank, effect in enumerate(found.effects, start=1)
            ]  # fmt: skip
    return pd.DataFrame(rows)


def compared(study: Study, folder: Path) -> pd.DataFrame:
    """Every point and outcome: its mean, and the difference from the point it is compared with."""
    runs = read_table(folder).to_pandas()
    factors = [factor["path"] for factor in read_manifest(folder)["factors"]]
    columns = {f"in.{path}": path for path in factors}
    runs = runs.rename(columns=columns)
    by_point = {
        tuple(key): group.sort_values("replicate")
        for key, group in runs.groupby(["scenario", *factors], sort=False)
    }
    rows = []
    for key, own in by_point.items():
        at = dict(zip(["scenario", *factors], key, strict=True))
        base = at | dict(study.against)
        base["scenario"] = study.scenarios.get(at["scenario"], at["scenario"])
        other = by_point[tuple(base.values())]
        for column in [c for c in runs.columns if c.startswith("out.")]:
            outcome = column.removeprefix("out.")
            found = compare_outcome(
                outcome,
                other[column].to_numpy(float),
                own[column].to_numpy(float),
                METRICS[outcome],
            )
            rows.append(at | {
                "outcome": outcome, "mean": mean_of(own[column]), "difference": found.difference,
                "low": 0.0 if base == at else found.low, "high": 0.0 if base == at else found.high,
                "against_luck": found.against_luck, "pairs": found.pairs,
                "verdict": "" if base == at else found.verdict,
            })  # fmt: skip
    return pd.DataFrame(rows)


def mean_of(values: pd.Series) -> float:
    """The mean of what is defined."""
    known = values.to_numpy(float)
    return float(np.nanmean(known)) if np.isfinite(known).any() else math.nan


def table_of(name: str) -> pd.DataFrame:
    """The table that was written before."""
    return pd.read_csv(TABLES / f"study-{name}.csv", keep_default_na=False, na_values=[""])


def model_of(table: pd.DataFrame) -> str:
    """The version of the model that a table was made with: one, as the model of a sweep never changes."""
    (version,) = set(table["model"])
    return str(version)


# -- the page ------------------------------------------------------------------------------------


class Numbers:
    """What the words of a page can ask for."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.table = table

    def row(self, outcome: str, **where: Any) -> pd.Series:  # noqa: ANN401 - values of parameters
        """The one row of an outcome; factors go by the last part of their path."""
        chosen = self.table[self.table["outcome"] == outcome]
        for word, value in where.items():
            column = next(c for c in chosen.columns if c.rpartition(".")[2] == word)
            chosen = chosen[chosen[column] == value]
        if len(chosen) != 1:
            raise LookupError(f"{outcome} with {where} is {len(chosen)} rows of the table")
        return chosen.iloc[0]

    def mean(self, outcome: str, **where: Any) -> str:  # noqa: ANN401
        """A mean, in words."""
        return amount(self.row(outcome, **where)["mean"], outcome)

    def change(self, outcome: str, **where: Any) -> str:  # noqa: ANN401
        """A difference with its interval, in words."""
        row = self.row(outcome, **where)
        low, high = (amount(row[end], outcome).removesuffix("%") for end in ("low", "high"))
        return f"{amount(row['difference'], outcome, signed=True)} ({low} to {high})"

    def verdict(self, outcome: str, **where: Any) -> str:  # noqa: ANN401
        """The verdict."""
        return str(self.row(outcome, **where)["verdict"])

    def ranked(self, outcome: str, rank: int) -> pd.Series:
        """The factor with this rank."""
        chosen = self.table[(self.table["outcome"] == outcome) & (self.table["rank"] == rank)]
        return chosen.iloc[0]

    def factor(self, outcome: str, rank: int) -> str:
        """The factor with this rank, with its effect."""
        row = self.ranked(outcome, rank)
        return f"`{row['factor']}` ({effect(row['size'], outcome)})"

    def moved(self, outcome: str, factor: str) -> str:
        """The mean effect of a factor, with its sign."""
        return effect(self.row(outcome, factor=factor)["mean"], outcome, signed=True)


def effect(value: float, outcome: str, *, signed: bool = False) -> str:
    """An elementary effect on an outcome, in words."""
    unit = METRICS[outcome].unit
    number_of = f"{value * shown_scale(unit):{'+' if signed else ''}.3g}"
    if is_percent(unit):
        return f"{number_of} in 100"
    return number_of if unit.endswith("0 to 1") else f"{number_of} {unit_words(unit, 'en')}"


def amount(value: float, outcome: str, *, signed: bool = False) -> str:
    """A value of an outcome, with its unit where that is a percentage."""
    metric = METRICS[outcome]
    scale = shown_scale(metric.unit)
    text = number(value * scale, "en", decimals_for(metric.matters * scale), signed=signed)
    return f"{text}%" if is_percent(metric.unit) and not signed and text != "-" else text


def rows_of_ranking(table: pd.DataFrame) -> Iterator[str]:
    """The factors that move each outcome most, as a table of the page."""
    titles = ("Outcome", "Rank", "Assumption", "Size of the effect (95%)", "From half of the sample",
              "Mean, with its sign", "Spread")  # fmt: skip
    yield f"| {' | '.join(titles)} |"
    yield f"| {' | '.join(['---'] * len(titles))} |"
    for row in table[table["rank"] <= RANKED].to_dict("records"):
        scale = shown_scale(METRICS[row["outcome"]].unit)
        low, high = row["size"] - row["half"], row["size"] + row["half"]
        numbers = (row["size"], low, high, row["halved"], row["mean"], row["spread"])
        size, low, high, halved, mean, spread = (f"{value * scale:.3g}" for value in numbers)
        yield (
            f"| {outcome_name(row['outcome'], 'en')} | {row['rank']} | `{row['factor']}` | "
            f"{size} ({low} to {high}) | {halved} | {mean} | {spread} |"
        )


def rows_of_table(name: str, table: pd.DataFrame) -> Iterator[str]:
    """All that was found, as a table of the page."""
    if name == "sensitivity":
        yield from rows_of_ranking(table)
        return
    factors = [c for c in table.columns if c == "scenario" or "." in c]
    outcomes = list(dict.fromkeys(table["outcome"]))
    heads = [c.rpartition(".")[2].replace("_", " ") for c in factors]
    yield f"| {' | '.join([*heads, *(METRICS[o].en for o in outcomes)])} |"
    yield f"| {' | '.join(['---'] * (len(factors) + len(outcomes)))} |"
    for key, group in table.groupby(factors, sort=False):
        cells = {row["outcome"]: row for row in group.to_dict("records")}
        told = [cell(cells[outcome], outcome) for outcome in outcomes]
        yield f"| {' | '.join([*map(str, key), *told])} |"


def cell(row: Mapping[Any, Any], outcome: str) -> str:
    """A mean, and the difference where it is one that matters."""
    text = amount(row["mean"], outcome)
    change = amount(row["difference"], outcome, signed=True)
    settled = row["verdict"] in FOUND_TO_DIFFER
    return f"{text} (**{change}**)" if settled else text


def page(name: str) -> str:
    """The page of a study."""
    study, table = STUDIES[name], table_of(name)
    config = read_config(PROJECT / f"configs/sweeps/{study.config}.yaml").plain()
    sweep = sweep_of(study)
    points = len(sweep.design.points) * len(sweep.scenarios)
    environment = jinja2.Environment(
        undefined=jinja2.StrictUndefined, autoescape=False, keep_trailing_newline=True  # noqa: S701 - Markdown
    )  # fmt: skip
    words = (WORDS / f"{name}.md").read_text(encoding="utf-8")
    text = environment.from_string(words).render(n=Numbers(table), sweep=sweep, points=points)
    shown = "Points and intervals of six outcomes"
    if not study.panels:
        shown = "The factors that move each outcome most, with intervals"
    return f"""# {study.title}

<!-- Made by `python experiments/studies.py {name}`; do not edit. -->

{config["about"].strip()} {points:,} points, {sweep.replicates} replicates of each, {points * sweep.replicates:,}
runs: [the sweep](../../configs/sweeps/{study.config}.yaml). To redo it: `python experiments/studies.py {name}`.
Made by model {model_of(table)}. In this model, under these assumptions.

![{shown}: {study.title}]({name}.svg)

{text.strip()}

## All numbers

{"\n".join(rows_of_table(name, table))}
"""


def index() -> str:
    """The page that lists the studies."""
    lines = [f"- [{study.title}]({name}.md)" for name, study in STUDIES.items() if done(name)]
    return (
        "# Studies\n\n<!-- Made by `python experiments/studies.py`; do not edit. -->\n\n"
        "Questions that were put to the model with many arrangements side by side and the same luck for all, "
        "and what came of it. One command makes each again; its numbers are filled in from "
        "[`results/reference`](../../results/reference).\n\n" + "\n".join(lines) + "\n"
    )


def done(name: str) -> bool:
    """Whether a study was run and has its words."""
    return (TABLES / f"study-{name}.csv").exists() and (WORDS / f"{name}.md").exists()


def main() -> None:
    """Run studies, and write their tables, figures and pages."""
    from study_figures import draw

    arguments = argparse.ArgumentParser(description="Studies: a sweep, a table, a figure, a page.")
    arguments.add_argument("names", nargs="*", choices=[*STUDIES, []], metavar="NAME")
    arguments.add_argument("--page", action="store_true", help="only write the pages anew")
    arguments.add_argument("--workers", type=int, default=default_threads())
    given = arguments.parse_args()
    PAGES.mkdir(parents=True, exist_ok=True)
    for name in given.names or STUDIES:
        if not given.page:
            folder, study = run(name, given.workers), STUDIES[name]
            table = ranking(folder) if name == "sensitivity" else compared(study, folder)
            table["model"] = model_version()
            table.to_csv(TABLES / f"study-{name}.csv", index=False, float_format="%.6g")
        if done(name):
            draw(name, STUDIES[name], table_of(name), PAGES)
            (PAGES / f"{name}.md").write_text(page(name), encoding="utf-8")
    (PAGES / "README.md").write_text(index(), encoding="utf-8")


if __name__ == "__main__":
    main()
