"""Does a lever always work the same way? A search for worlds in which its effect turns round.

    python experiments/sign_flips.py
    python experiments/sign_flips.py --only table. rules.made_by

If a lever helped in every plausible world its effect would be as good as built in. So each lever is
pulled, from one end of its range to the other, in worlds drawn from the plausible ranges of all that
is uncertain, with the same luck on both sides. Printed and written to
`results/reference/sign-flips.csv` and `.md`, for each outcome that is looked at: in how many worlds it went up,
in how many down, and in how many of those beyond doubt. An effect **turns round** when it is beyond
doubt in one world and the other way beyond doubt in another; chance is allowed one such mistake in
twenty levers and outcomes.
"""

import argparse
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from parameters_matter import SETTINGS, Setting, pairs_of_ends, shown
from patterns import drawn
from scipy.special import stdtrit
from scipy.stats import qmc

from collabsim.config import ConfigError, Parameter, parameters, set_value
from collabsim.experiments.executors import default_threads
from collabsim.experiments.runs import run_scenarios
from collabsim.metrics import METRICS
from collabsim.parameters import Scenario

PROJECT = Path(__file__).parents[1]
TABLE = PROJECT / "results/reference/sign-flips.csv"
PAGE = TABLE.with_suffix(".md")
OUTCOMES = (
    "residents_helped_share", "days_to_help", "errors_per_100_cases", "cooperation_rate",
    "integrity_trust", "acquaintance",
)  # fmt: skip
WORLDS, REPLICATES = 16, 6
MISTAKES = 0.05
#: Below this a difference is what rounding leaves.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Turn:
    """What one lever did to one outcome over the worlds."""

    lever: str
    one_end: str
    other_end: str
    outcome: str
    worlds: int
    up: int
    down: int
    surely_up: int
    surely_down: int

    @property
    def says(self) -> str:
        """In a word."""
        if self.surely_up and self.surely_down:
            return "turns round"
        if self.surely_up or self.surely_down:
            return "up" if self.surely_up else "down"
        return "-"


def levers() -> dict[str, Parameter]:
    """Every lever, by path."""
    return {
        path: p
        for path, p in parameters().items()
        if p.declaration is not None and p.declaration.role == "lever"
    }


def draws(setting: Setting) -> Iterator[Scenario]:
    """The setting of a lever in worlds drawn from all that is uncertain."""
    unsure = {
        path: p for path, p in parameters().items()
        if p.declaration is not None and p.declaration.plausible is not None
        and p.declaration.role == "uncertainty" and p.kind in {"number", "whole number"}
    }  # fmt: skip
    points = qmc.LatinHypercube(len(unsure), rng=np.random.default_rng(7)).random(WORLDS)
    for point in points:
        world = setting.world()
        for (path, parameter), u in zip(unsure.items(), point, strict=True):
            try:
                world = set_value(world, path, drawn(parameter, u))
            except ConfigError:
                continue  # a value that the rest of the world does not allow stays as it is
        yield world


def turns(path: str, parameter: Parameter, threads: int) -> Iterator[Turn]:
    """One lever in all worlds."""
    setting = SETTINGS.get(path, Setting())
    one, other = pairs_of_ends(parameter)[-1]
    gaps: dict[str, list[np.ndarray]] = {outcome: [] for outcome in OUTCOMES}
    for number, world in enumerate(draws(setting)):
        ends = [
            set_value(world, path, end).model_copy(update={"name": name})
            for name, end in (("one", one), ("other", other))
        ]
        first = number * REPLICATES
        results = run_scenarios(ends, replicates=range(first, first + REPLICATES), threads=threads)
        failed = [result.error for result in results if result.status != "done"]
        if failed:
            raise RuntimeError(f"{path}: {failed[0]}")
        for outcome in OUTCOMES:
            at = {
                name: np.array([r.outcomes[outcome] for r in results if r.scenario == name])
                for name in ("one", "other")
            }
            gaps[outcome].append(at["other"] - at["one"])
    for outcome in OUTCOMES:
        yield turn(path, shown(one), shown(other), outcome, gaps[outcome])


def turn(lever: str, one: str, other: str, outcome: str, gaps: list[np.ndarray]) -> Turn:
    """Count in which worlds an outcome went up or down, and where that is beyond doubt."""
    known = [gap[np.isfinite(gap)] for gap in gaps]
    known = [gap for gap in known if len(gap) > 2]  # noqa: PLR2004 - fewer say nothing
    means = np.array([gap.mean() for gap in known])
    # Each world is an opening for chance, on both sides.
    sure = np.array(
        [
            stdtrit(len(gap) - 1, 1.0 - MISTAKES / (2 * WORLDS))
            * gap.std(ddof=1)
            / math.sqrt(len(gap))
            for gap in known
        ]
    )
    up, down = means > ROUNDING, means < -ROUNDING
    beyond = np.abs(means) > np.maximum(sure, ROUNDING)
    return Turn(
        lever, one, other, outcome, len(known), int(up.sum()), int(down.sum()),
        int((up & beyond).sum()), int((down & beyond).sum()),
    )  # fmt: skip


def shown_cell(row: Mapping[Any, Any]) -> str:
    """What one lever did to one outcome, in a cell of the page."""
    says = str(row["says"])
    return f"{int(row['up'])}↑ {int(row['down'])}↓ {f'**{says}**' if 'round' in says else says}"


def page(table: pd.DataFrame) -> str:
    """The table as a page: a row for each lever, a column for each outcome."""
    turned = table[table["says"] == "turns round"]
    lines = [
        "# Does a lever always work the same way?",
        "",
        "<!-- Made by `python experiments/sign_flips.py`; do not edit. -->",
        "",
        f"Each lever is pulled from one end of its range to the other in {WORLDS} worlds, drawn from the",
        f"plausible ranges of all that is uncertain, with {REPLICATES} pairs of runs with the same luck in each.",
        "A cell says in how many worlds the outcome rose and in how many it fell. **Turns round**: beyond",
        "doubt up in one world and beyond doubt down in another. *Up* and *down*: beyond doubt in one",
        "direction only; a dash: beyond doubt in no world. Few pairs a world, so a dash is not a nought.",
        "",
        f"{len(turned)} of {len(table)} effects turn round, of {turned['lever'].nunique()} of the levers.",
        "",
        f"| Lever | From, to | {' | '.join(METRICS[outcome].en for outcome in OUTCOMES)} |",
        f"| --- | --- {'| --- ' * len(OUTCOMES)}|",
    ]
    for path, rows in table.groupby("lever", sort=False):
        lever = str(path)
        by_outcome = {row["outcome"]: row for row in rows.to_dict("records")}
        cells = [shown_cell(by_outcome[outcome]) for outcome in OUTCOMES]
        ends = f"{rows['one_end'].iloc[0]}, {rows['other_end'].iloc[0]}"
        lines.append(f"| `{lever}` | {ends} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Search, print and write."""
    arguments = argparse.ArgumentParser(description="Worlds in which a lever works the other way.")
    arguments.add_argument("--only", nargs="*", default=[""], help="beginnings of paths")
    arguments.add_argument("--threads", type=int, default=default_threads())
    arguments.add_argument("--page", action="store_true", help="only write the page anew")
    given = arguments.parse_args()
    if given.page:
        PAGE.write_text(page(pd.read_csv(TABLE)), encoding="utf-8")
        return
    found: list[Turn] = []
    for path, parameter in levers().items():
        if not path.startswith(tuple(given.only)):
            continue
        rows = list(turns(path, parameter, given.threads))
        found += rows
        told = "; ".join(f"{row.outcome} {row.up} up {row.down} down ({row.says})" for row in rows)
        print(f"{path}: {told}", flush=True)
    table = pd.DataFrame([{**{name: getattr(row, name) for name in Turn.__slots__}, "says": row.says}
                          for row in found])  # fmt: skip
    if given.only == [""]:
        table.to_csv(TABLE, index=False)
        PAGE.write_text(page(table), encoding="utf-8")
    turned = table[table["says"] == "turns round"]
    both = table[(table["up"] > 0) & (table["down"] > 0)]
    print(f"{len(turned)} of {len(table)} effects turn round beyond doubt, of "
          f"{turned['lever'].nunique()} of {table['lever'].nunique()} levers; "
          f"{len(both)} go up in one world and down in another")  # fmt: skip


if __name__ == "__main__":
    main()
