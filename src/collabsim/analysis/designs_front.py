"""Design search: what each design gives up against the best of them, and what it costs in hours.

Regret in a world is how far a design stays behind the best one there. The best is chosen on one half
of the replicates and the regret measured on the other, and the other way round; chosen and measured
on the same luck, the best would be too good, and even equal designs would be regretted.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Cube = NDArray[np.float64]

_RESAMPLES = 1000
#: Seed of the bootstrap over worlds.
_SEED = 20251125


@dataclass(frozen=True, slots=True)
class DesignRegret:
    """One design over the worlds examined.

    Attributes:
        name: of the design.
        regret: mean over worlds, in the unit of the outcome.
        low: its 95% interval over worlds, lower end.
        high: upper end.
        ninth: exceeded in one world of ten.
        hours: mean hours a month spent on collaboration, whole region.
        best_in: share of the worlds in which it came out best.
        on_front: whether no other design has both less regret and fewer hours.
        worlds: in which all designs had a value.

    """

    name: str
    regret: float
    low: float
    high: float
    ninth: float
    hours: float
    best_in: float
    on_front: bool
    worlds: int


def front(names: Sequence[str], outcome: Cube, hours: Cube, direction: int) -> list[DesignRegret]:
    """Regret against hours of designs.

    Args:
        names: of the designs.
        outcome: [designs, worlds, replicates], the same luck for all designs of a world.
        hours: [designs, worlds, replicates] spent on collaboration.
        direction: +1 more is better, -1 less is better.

    Returns:
        One for each design, least regret first; none if no world can be used.

    Raises:
        ValueError: the outcome has no better way, or there are fewer than two replicates.

    """
    if direction == 0:
        raise ValueError("an outcome without a better way cannot be regretted")
    if outcome.shape[2] < 2:  # noqa: PLR2004 - two halves
        raise ValueError("regret takes two replicates of each world at least")
    whole = np.isfinite(outcome).all(axis=(0, 2))
    outcome, hours = outcome[:, whole], hours[:, whole]
    worlds = outcome.shape[1]
    if not worlds:
        return []
    lost = regrets(outcome * direction)
    best = (outcome.mean(axis=2) * direction).argmax(axis=0)
    spent = np.nanmean(hours, axis=(1, 2))
    draws = np.random.default_rng(_SEED).integers(0, worlds, (_RESAMPLES, worlds))
    means = lost.mean(axis=1)
    found = []
    for place, name in enumerate(names):
        low, high = np.quantile(lost[place][draws].mean(axis=1), (0.025, 0.975))
        dominated = (means <= means[place]) & (spent <= spent[place])
        dominated &= (means < means[place]) | (spent < spent[place])
        found.append(
            DesignRegret(
                name, float(means[place]), float(low), float(high),
                float(np.quantile(lost[place], 0.9)), float(spent[place]),
                float((best == place).mean()), not bool(dominated.any()), worlds,
            )
        )  # fmt: skip
    return sorted(found, key=lambda design: (design.regret, design.hours, design.name))


def regrets(gains: Cube) -> NDArray[np.float64]:
    """[designs, worlds] what each gives up, the best chosen on the other half of the replicates."""
    halves = (gains[:, :, 0::2].mean(axis=2), gains[:, :, 1::2].mean(axis=2))
    worlds = np.arange(gains.shape[1])
    lost = [
        measured[chosen.argmax(axis=0), worlds] - measured
        for chosen, measured in (halves, halves[::-1])
    ]
    return np.asarray(np.mean(lost, axis=0))
