"""Sensitivity: which factors of a sweep move an outcome most.

Elementary effects (Morris 1991) and Sobol indices (Saltelli's design) by SALib, with its bootstrap
intervals, over shares from 0 to 1 of each factor's range. What cannot be ranked is refused with a
reason, not ranked anyway.
"""

import importlib
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.experiments.designs import LEVELS, Kind, salib_problem

#: Fewer trajectories, or base samples, than this say nothing.
FEWEST = {"morris": 4, "saltelli": 32}
#: Seed of the bootstrap behind intervals.
_SEED = 20251122
#: An interval of Sobol indices wider than this ranks nothing.
WIDEST = 0.3


class SensitivityError(ValueError):
    """Nothing can be ranked; the message says why, and what to do."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one factor does to one outcome.

    Attributes:
        path: the factor.
        size: mean absolute elementary effect (Morris), or total-order index (Sobol).
        half: half the width of its 95% interval.
        first: mean elementary effect, with its sign (Morris), or first-order index (Sobol).
        first_half: half the width of the interval of a first-order index; NaN for Morris.
        spread: spread of elementary effects, large with interactions; NaN for Sobol.

    """

    path: str
    size: float
    half: float
    first: float
    first_half: float
    spread: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The factors of an outcome, the one that moves it most first.

    Attributes:
        outcome: which.
        kind: "morris" or "saltelli".
        size: trajectories, or base samples.
        effects: one for each factor.
        halved: the same sizes from the first half of the sample, by path: far off means too few.

    """

    outcome: str
    kind: Kind
    size: int
    effects: tuple[Effect, ...]
    halved: dict[str, float]


def sensitivity(
    outcome: str,
    kind: Kind,
    paths: Sequence[str],
    shares: NDArray[np.float64],
    values: NDArray[np.float64],
) -> Sensitivity:
    """Rank the factors of one outcome.

    Args:
        outcome: its name.
        kind: design of the sweep.
        paths: factors, one for each column of ``shares``.
        shares: [points, factors] as the design drew them.
        values: [points] the outcome, a mean over replicates.

    Raises:
        SensitivityError: another design, too small a sample, a constant or a missing value.

    """
    if kind not in FEWEST:
        raise SensitivityError(no_indices(kind))
    rows = len(paths) + (1 if kind == "morris" else 2)
    size = len(values) // rows
    if size * rows != len(values) or size < FEWEST[kind]:
        raise SensitivityError(
            f"{outcome}: {len(values)} points are too few for {len(paths)} factors; "
            f"take a size of {FEWEST[kind]} or more"
        )
    missing = int((~np.isfinite(values)).sum())
    if missing:
        raise SensitivityError(
            f"{outcome}: {missing} of {len(values)} points have no value; choose an outcome that is "
            "always defined, or see why runs failed with `collabsim results show`"
        )
    if float(np.ptp(values)) <= 1e-12 * max(1.0, float(np.abs(values).max())):
        raise SensitivityError(f"{outcome} is the same at all points; there is nothing to rank")
    effects = analysed(kind, paths, shares, values)
    if kind == "saltelli" and max(effect.half for effect in effects) > WIDEST:
        raise SensitivityError(
            f"{outcome}: intervals are up to {max(e.half for e in effects):.2f} wide on either side; "
            f"take a size above {size}"
        )
    half = size // 2 * rows
    halved = {}
    if size // 2 >= 2:  # noqa: PLR2004 - one trajectory has no spread
        again = analysed(kind, paths, shares[:half], values[:half])
        halved = {effect.path: effect.size for effect in again}
    ranked = tuple(sorted(effects, key=lambda effect: (-effect.size, effect.path)))
    return Sensitivity(outcome, kind, size, ranked, halved)


def no_indices(kind: str) -> str:
    """Why nothing is ranked in a sweep of another design, and what to do."""
    return (
        f"a {kind} design has no sensitivity indices; run a sweep with design: morris or saltelli"
    )


def analysed(
    kind: Kind, paths: Sequence[str], shares: NDArray[np.float64], values: NDArray[np.float64]
) -> list[Effect]:
    """SALib's analysis of a design, one effect a factor."""
    problem = salib_problem(paths)
    # The bootstrap of SALib draws from NumPy's global generator unless it gets a seed.
    found: Any
    if kind == "morris":
        found = importlib.import_module("SALib.analyze.morris").analyze(
            problem, shares, values, num_levels=LEVELS, seed=_SEED
        )
        return [
            Effect(path, float(size), float(half), float(mean), math.nan, float(spread))
            for path, size, half, mean, spread in zip(
                paths, found["mu_star"], found["mu_star_conf"], found["mu"], found["sigma"],
                strict=True,
            )
        ]  # fmt: skip
    # Indices are ratios of variances; a mean far from 0 would cost digits.
    level = (values - values.mean()) / values.std()
    found = importlib.import_module("SALib.analyze.sobol").analyze(
        problem, level, calc_second_order=False, seed=_SEED
    )
    return [
        Effect(path, float(total), float(half), float(first), float(first_half), math.nan)
        for path, total, half, first, first_half in zip(
            paths, found["ST"], found["ST_conf"], found["S1"], found["S1_conf"], strict=True
        )
    ]
