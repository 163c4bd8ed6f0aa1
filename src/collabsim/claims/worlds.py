"""Other worlds in which claims are looked at: those that calibration kept, and any that are plausible."""

from collections.abc import Iterator

from collabsim.claims.arms import World
from collabsim.experiments.designs import make_design
from collabsim.experiments.sweep_factors import all_of, uncertain
from collabsim.worlds import kept_worlds

#: Seed of the draws of plausible worlds: of the design, not of luck.
_SEED = 7


def worlds_of(most: int) -> list[World]:
    """At most so many kept worlds, and as many drawn from the plausible ranges."""
    kept = [World("kept", world.number, world.values) for world in kept_worlds()[:most]]
    return [*kept, *plausible(most)]


def plausible(number: int) -> Iterator[World]:
    """Worlds spread over the plausible ranges of all that is uncertain (a Latin hypercube)."""
    factors = [all_of(parameter) for parameter in uncertain()]
    for place, point in enumerate(make_design("latin_hypercube", factors, number, _SEED).points):
        yield World("plausible", place, point)
