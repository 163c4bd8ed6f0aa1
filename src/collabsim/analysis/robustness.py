"""Does it hold under other assumptions? One arrangement against another over many worlds.

In each world the two are compared over pairs with the same luck. A world whose own replicates
cannot settle it counts as undecided. What comes out is a share of the worlds examined, which are
assumptions that somebody drew, and never a probability.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.comparison import Declared, compare_outcome
from collabsim.analysis.intervals import share_interval

type Numbers = NDArray[np.float64]
type Side = Literal["a", "b", "neither", "undecided"]

SIDES: tuple[Side, ...] = ("a", "b", "neither", "undecided")
_SIDE_OF: Mapping[str, Side] = {
    "better": "a",
    "higher": "a",
    "worse": "b",
    "lower": "b",
    "no difference that matters": "neither",
    "not known": "undecided",
    "does not apply": "undecided",
}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the worlds examined, with the interval of Wilson (1927)."""

    count: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share itself; NaN of none."""
        return self.count / self.of if self.of else float("nan")


@dataclass(frozen=True, slots=True)
class InWorld:
    """A against B in one world.

    Attributes:
        world: number of the world.
        difference: mean of A minus B, in the unit of the outcome.
        low, high: its 95% interval; NaN with fewer than two pairs.
        side: who does better by more than what matters; "neither" where both are surely alike.

    """

    world: int
    difference: float
    low: float
    high: float
    side: Side


@dataclass(frozen=True, slots=True)
class Regret:
    """What one gives up, in the unit of the outcome, by choosing this instead of the other.

    Only what is settled counts: where the replicates of a world leave open who does better there,
    the difference is luck as much as loss, and nothing is given up.

    Attributes:
        mean: over the worlds; nothing where the other does not do better.
        ninth: exceeded in one world of ten.
        most: in the worst world.

    """

    mean: float
    ninth: float
    most: float


@dataclass(frozen=True, slots=True)
class Robustness:
    """One outcome of A against B, over the worlds examined.

    Attributes:
        outcome: which.
        unit: its unit.
        direction: +1 more is better, -1 less is better, 0 neither: then "better" is "higher".
        matters: smallest difference that matters.
        a: name of A.
        b: name of B.
        worlds: in the order given.
        shares: by side.
        regret_a: of choosing A; for an outcome without a better way, of it being lower.
        regret_b: of choosing B.

    """

    outcome: str
    unit: str
    direction: int
    matters: float
    a: str
    b: str
    worlds: tuple[InWorld, ...]
    shares: Mapping[Side, Share]
    regret_a: Regret
    regret_b: Regret

    @property
    def sides(self) -> tuple[Side, ...]:
        """Who does better in each world."""
        return tuple(world.side for world in self.worlds)


def share_of(count: int, of: int) -> Share:
    """A share with its interval."""
    return Share(count, of, *share_interval(count, of)) if of else Share(0, 0, 0.0, 1.0)


def robustness(
    outcome: str,
    metric: Declared,
    numbers: Sequence[int],
    runs_a: Numbers,
    runs_b: Numbers,
    *,
    a: str = "A",
    b: str = "B",
) -> Robustness:
    """A against B over worlds.

    Args:
        outcome: its name.
        metric: its declaration.
        numbers: of the worlds.
        runs_a: [worlds, replicates] under A; NaN where a run failed or the outcome is undefined.
        runs_b: likewise under B, with the same luck.
        a: name of A.
        b: name of B.

    """
    found = []
    for number, one, other in zip(numbers, runs_a, runs_b, strict=True):
        pair = compare_outcome(outcome, other, one, metric)
        side = _SIDE_OF[pair.verdict]
        found.append(InWorld(int(number), pair.difference, pair.low, pair.high, side))
    sides = [world.side for world in found]
    return Robustness(
        outcome, metric.unit, int(metric.direction), float(metric.matters), a, b, tuple(found),
        {side: share_of(sides.count(side), len(sides)) for side in SIDES},
        regret_of(found, "b"), regret_of(found, "a"),
    )  # fmt: skip


def regret_of(worlds: Sequence[InWorld], better: Side) -> Regret:
    """What is given up where ``better`` does better; worlds without a difference are left out."""
    lost = np.array(
        [
            abs(world.difference) if world.side == better else 0.0
            for world in worlds
            if np.isfinite(world.difference)
        ]
    )
    if not lost.size:
        return Regret(float("nan"), float("nan"), float("nan"))
    return Regret(float(lost.mean()), float(np.quantile(lost, 0.9)), float(lost.max()))
