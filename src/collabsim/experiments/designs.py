"""Designs: which points of the space of parameters are run.

A factor is a parameter with the values that it may take. A design is a table of shares from 0 to 1,
one row a point and one column a factor, or for a full design and a list the places of values; points
follow from it. The seed is never a factor, and a design is a pure function of its own seed.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

type Kind = Literal["factorial", "list", "latin_hypercube", "sobol", "morris", "saltelli"]
type Shares = NDArray[np.float64]

#: Designs that draw from ranges; the others take values one by one.
SAMPLED: tuple[Kind, ...] = ("latin_hypercube", "sobol", "morris", "saltelli")
#: Levels of a Morris design (Morris 1991 recommends an even number).
LEVELS = 4


@dataclass(frozen=True, slots=True)
class Factor:
    """One parameter that differs between points.

    Attributes:
        path: like "table.seats".
        role: "lever", "uncertainty" or "constant", as the config calls it.
        values: values one by one; empty for a range.
        low: lowest value of a range.
        high: highest value of a range.
        log: whether a range is spread on a log scale.
        whole: whether values are whole numbers.

    """

    path: str
    role: str
    values: tuple[Any, ...] = ()
    low: float = 0.0
    high: float = 1.0
    log: bool = False
    whole: bool = False

    def at(self, share: float) -> Any:  # noqa: ANN401 - a parameter of any type
        """The value at a share from 0 to 1 of the way from lowest to highest."""
        if self.values:
            return self.values[min(len(self.values) - 1, int(share * len(self.values)))]
        if self.whole:
            # Each whole number gets its own part of the scale: half below it and half above.
            low, high = self.low - 0.5, self.high + 0.5
            even = low + share * (high - low)
            spread = low * math.pow(high / low, share) if self.log else even
            return int(min(self.high, max(self.low, math.floor(spread + 0.5))))
        if self.log:
            return float(self.low * math.pow(self.high / self.low, share))
        return float(self.low + share * (self.high - self.low))


@dataclass(frozen=True, slots=True)
class Design:
    """Points to run.

    Attributes:
        kind: how they were chosen.
        factors: what differs between them.
        points: values by path, one mapping a point.
        shares: [points, factors] shares that a sampled design drew; None for the others.
        size: the number asked for: points, trajectories (Morris) or base samples (Saltelli).

    """

    kind: Kind
    factors: tuple[Factor, ...]
    points: tuple[Mapping[str, Any], ...] = field(repr=False)
    shares: Shares | None = field(repr=False, default=None)
    size: int = 0


class DesignError(ValueError):
    """A design that cannot be made; the message says the rule and the repair."""


def make_design(kind: Kind, factors: Sequence[Factor], size: int, seed: int) -> Design:
    """The points of a design.

    Args:
        kind: see ``Kind``.
        factors: one or more; for a sampled design ranges or choices, for the others values.
        size: how many points, trajectories or base samples; of no account to a full design or list.
        seed: of the design, not of luck.

    Raises:
        DesignError: no such design.

    """
    factors = tuple(factors)
    if kind not in SAMPLED:
        return Design(kind, factors, tuple(listed(kind, factors)), size=size)
    shares = drawn_shares(kind, len(factors), size, seed)
    points = tuple(
        {factor.path: factor.at(float(u)) for factor, u in zip(factors, row, strict=True)}
        for row in shares
    )
    return Design(kind, factors, points, shares, size)


def listed(kind: Kind, factors: Sequence[Factor]) -> list[dict[str, Any]]:
    """The points of a full design, or of a list in which values are paired."""
    for factor in factors:
        if not factor.values:
            raise DesignError(
                f"{factor.path} has a range, and a {kind} takes values one by one; list its values"
            )
    paths = [factor.path for factor in factors]
    if kind == "list":
        lengths = {len(factor.values) for factor in factors}
        if len(lengths) > 1:
            raise DesignError(
                f"the lists have {' and '.join(map(str, sorted(lengths)))} values, and a list pairs "
                "them one by one; give all the same number"
            )
        rows: Any = zip(*(factor.values for factor in factors), strict=True) if factors else [()]
    else:
        rows = itertools.product(*(factor.values for factor in factors))
    return [dict(zip(paths, row, strict=True)) for row in rows]


def drawn_shares(kind: Kind, count: int, size: int, seed: int) -> Shares:
    """[points, factors] shares of a sampled design.

    Raises:
        DesignError: too few factors, or a size that the design does not have.

    """
    from scipy.stats import qmc

    if count == 0:
        raise DesignError(f"a {kind} design has no factors; name levers or uncertainties")
    if kind in {"sobol", "saltelli"} and (size < 2 or size & (size - 1)):  # noqa: PLR2004
        raise DesignError(
            f"size is {size}, and a {kind} design is balanced for powers of two; "
            f"take {2 ** max(1, round(math.log2(max(2, size))))}"
        )
    if kind == "latin_hypercube":
        return np.asarray(qmc.LatinHypercube(count, rng=np.random.default_rng(seed)).random(size))
    if kind == "sobol":
        return np.asarray(qmc.Sobol(count, rng=np.random.default_rng(seed)).random(size))
    return salib_shares(kind, count, size, seed)


def salib_problem(names: Sequence[str]) -> dict[str, Any]:
    """The factors as SALib wants them: all from 0 to 1."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def salib_shares(kind: Kind, count: int, size: int, seed: int) -> Shares:
    """Shares of a Morris or Saltelli design; these are SALib's."""
    problem = salib_problem([str(number) for number in range(count)])
    if kind == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem, size, num_levels=LEVELS, seed=seed))
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem, size, calc_second_order=False, seed=seed))
