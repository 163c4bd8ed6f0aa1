"""Other worlds in which claims are looked at: those that calibration kept, and any that are plausible."""

from collections.abc import Iterator

from collabsim.claims.arms import World
from collabsim.experiments.designs import make_design
from collabsim.experiments.sweep_factors import all_of, uncertain

#: Seed of the draws of plausible worlds: of the design, not of luck.
_SEED = 7


def worlds_of(most: int) -> list[World]:
    """At most so many kept worlds, and as many drawn from the plausible ranges."""
    return [*kept(most), *plausible(most)]


def kept(most: int) -> Iterator[World]:
    """Worlds that meet published patterns; none before there is a calibration."""
    yield from ()


def plausible(number: int) -> Iterator[World]:
    """Worlds spread over the plausible ranges of all that is uncertain (a Latin hypercube)."""
    factors = [all_of(parameter) for parameter in uncertain()]
    for place, point in enumerate(make_design("latin_hypercube", factors, number, _SEED).points):
        yield World("plausible", place, point)


def facts_fitted() -> frozenset[str]:
    """Facts that the calibration used as patterns."""
    return frozenset()
