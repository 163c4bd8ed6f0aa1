"""Grades: what anchors them, and does a start get the grades that it is given?

    python experiments/grades.py
    python experiments/grades.py --anchor

Draws worlds from the plausible ranges of all that is uncertain and lets each run for five years. The
mean of the parts of each grade over these worlds is where 6.7 lies on its scale, because networks
that grade themselves give 6.7 on average. It stands in `src/collabsim/grades.py`, and a test holds it
against `results/reference/grades.csv`. A scale that moved with every change of the model would make
grades of two versions incomparable, so anchors are measured anew with `--anchor` only, before a
calibration; otherwise it is written to `results/reference/grades-now.csv` where the worlds of the
present model lie on the scale. Then sets of six grades are drawn, and
each is given to several replicates: how far off is month 0, and how far apart do starts with the same
grades end? Written to `results/reference/graded-starts.csv`.
"""

import argparse
from collections.abc import Iterator

import numpy as np
import pandas as pd
from pattern_pairs import PROJECT, region
from patterns import drawn
from scipy.stats import qmc

from collabsim import CollaborationModel
from collabsim.config import ConfigError, parameters, set_value
from collabsim.grades import GRADES
from collabsim.parameters import Scenario
from collabsim.starting import StartError

ANCHORS = PROJECT / "results/reference/grades.csv"
NOW = PROJECT / "results/reference/grades-now.csv"
STARTS = PROJECT / "results/reference/graded-starts.csv"
WORLDS, SETS, STARTS_OF_A_SET = 200, 40, 5
LOWEST, HIGHEST = 3.0, 9.0


def plausible_worlds() -> Iterator[Scenario]:
    """Worlds drawn from all that is uncertain, evenly over each range."""
    unsure = {
        path: p for path, p in parameters().items()
        if p.declaration is not None and p.declaration.plausible is not None
        and p.declaration.role == "uncertainty" and p.kind in {"number", "whole number"}
    }  # fmt: skip
    for point in qmc.LatinHypercube(len(unsure), rng=np.random.default_rng(11)).random(WORLDS):
        world = region()
        for (path, parameter), u in zip(unsure.items(), point, strict=True):
            try:
                world = set_value(world, path, drawn(parameter, u))
            except ConfigError:
                continue  # a value that the rest of the world does not allow stays as it is
        yield world


def anchors() -> pd.DataFrame:
    """Mean of the parts of each grade, and how grades spread, after five years."""
    standings = []
    for replicate, world in enumerate(plausible_worlds()):
        model = CollaborationModel(world, replicate=replicate)
        model.run_for(world.months)
        standings.append(model.recorded.standing())
    parts = pd.DataFrame(standings)
    rows = []
    for grade in GRADES.values():
        grades = np.array([grade.of(standing) for standing in standings])
        rows.append({
            "grade": grade.name,
            "parts": " ".join(f"{part}={parts[part].mean():.3f}" for part in grade.parts),
            "usual": float(parts[list(grade.parts)].mean(axis=1).mean()),
            "mean_grade": float(np.nanmean(grades)),
            "sd_grade": float(np.nanstd(grades, ddof=1)),
            "lowest": float(np.nanmin(grades)),
            "highest": float(np.nanmax(grades)),
            "worlds": WORLDS,
        })  # fmt: skip
    return pd.DataFrame(rows)


def starts() -> pd.DataFrame:
    """Sets of grades given to several replicates: month 0, and how far apart five years later."""
    rows = []
    points = qmc.LatinHypercube(len(GRADES), rng=np.random.default_rng(5)).random(SETS)
    for number, point in enumerate(points):
        given = dict(
            zip(GRADES, np.round(LOWEST + (HIGHEST - LOWEST) * point, 1).tolist(), strict=True)
        )
        scenario = region()
        for name, grade in given.items():
            scenario = set_value(scenario, f"grades.{name}", grade)
        off, ends, refused = [], [], 0
        for replicate in range(STARTS_OF_A_SET):
            try:
                model = CollaborationModel(scenario, replicate=replicate)
            except StartError:
                refused += 1
                continue
            off.append(max(abs(got - given[name]) for name, got in model.grades().items()))
            model.run_for(scenario.months)
            ends.append(model.outcomes()["days_to_help"])
        rows.append({
            "set": number, **given, "starts": len(off), "refused": refused,
            "furthest_off": max(off, default=np.nan),
            "spread_of_days_to_help": float(np.std(ends, ddof=1)) if len(ends) > 1 else np.nan,
        })  # fmt: skip
    return pd.DataFrame(rows)


def main() -> None:
    """Measure, print and write."""
    arguments = argparse.ArgumentParser(description="Where grades are anchored, and starts lie.")
    arguments.add_argument("--anchor", action="store_true", help="move the anchors to this model")
    given = arguments.parse_args()
    table = anchors()
    table.to_csv(ANCHORS if given.anchor else NOW, index=False, float_format="%.4g")
    print(table.to_string(index=False))
    found = starts()
    found.to_csv(STARTS, index=False, float_format="%.4g")
    print(found.to_string(index=False))
    print(
        f"{int(found['starts'].sum())} starts, {int(found['refused'].sum())} refused; "
        f"furthest off {found['furthest_off'].max():.2f}"
    )


if __name__ == "__main__":
    main()
