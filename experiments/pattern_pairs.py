"""Two worlds, or two groups in one, put beside each other over replicates with the same luck."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from patterns_in_events import traced
from scipy.special import stdtrit

from collabsim import CollaborationModel, load_scenario
from collabsim.config import set_value
from collabsim.parameters import Scenario

PROJECT = Path(__file__).parents[1]
type Values = ArrayLike | Sequence[float]

#: Runs whose event record is kept.
TRACED = 12
SIGNS = {-1: "lower", 0: "open", 1: "higher"}


@dataclass(frozen=True, slots=True)
class Row:
    """One fact, held against the model.

    ``expected`` is the sign of the difference: 1, -1, or 0 where the sources disagree.
    """

    fact: str
    what: str
    outcome: str
    expected: int
    first: float
    second: float
    difference: float
    low: float
    high: float
    against_luck: float
    pairs: int
    came_out: str


def region(changes: Mapping[str, Any] | None = None, scenario: str = "rotating") -> Scenario:
    """A shipped scenario with some values changed."""
    world = load_scenario(PROJECT / f"configs/scenarios/region-004-{scenario}.yaml")
    for path, value in (changes or {}).items():
        world = set_value(world, path, value)
    return world


def beside(fact: str, what: str, outcome: str, expected: int, one: Values, other: Values) -> Row:
    """Two values a replicate, [replicates] each, with the same luck."""
    first, second = np.asarray(one, dtype=float), np.asarray(other, dtype=float)
    both = np.isfinite(first) & np.isfinite(second)
    gaps = second[both] - first[both]
    difference, half, spread = math.nan, math.nan, math.nan
    if len(gaps) > 1:
        difference, spread = float(gaps.mean()), float(first[both].std(ddof=1))
        half = float(stdtrit(len(gaps) - 1, 0.975) * gaps.std(ddof=1)) / math.sqrt(len(gaps))
    known = abs(difference) > half
    if not known:
        came_out = "no difference seen"
    elif expected == 0:
        came_out = "higher" if difference > 0 else "lower"
    else:
        came_out = "as expected" if np.sign(difference) == expected else "contrary"
    return Row(
        fact, what, outcome, expected, float(first[both].mean()), float(second[both].mean()),
        difference, difference - half, difference + half,
        difference / spread if spread > 0 else math.nan, len(gaps), came_out,
    )  # fmt: skip


def inside(
    fact: str, what: str, outcome: str, expected: int, world: Scenario,
    look: Callable[[CollaborationModel], tuple[float, float]],
) -> Row:  # fmt: skip
    """Two groups in the event record of one world."""
    pairs = [look(traced(world, replicate)) for replicate in range(TRACED)]
    return beside(fact, what, outcome, expected, *zip(*pairs, strict=True))


def table(rows: Iterable[Row]) -> str:
    """Rows as a table of a page."""
    lines = [
        (
            "| Second against first | Outcome | Expected | First | Second | Difference (95%) "
            "| Against luck | Came out |"
        ),
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    for r in rows:
        difference = f"{r.difference:+.3g} ({r.low:+.3g} to {r.high:+.3g}; {r.pairs} pairs)"
        luck = f"{r.against_luck:+.2g}" if math.isfinite(r.against_luck) else ""
        lines.append(
            f"| {r.what} | {r.outcome.replace('_', ' ')} | {SIGNS[r.expected]} | {r.first:.3g} | "
            f"{r.second:.3g} | {difference} | {luck} | {r.came_out} |"
        )
    return "\n".join(lines)
