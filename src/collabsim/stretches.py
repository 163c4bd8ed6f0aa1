"""Letting months pass in stretches, with room for the cases that each of them can bring."""

from collections.abc import Callable

import numpy as np

from collabsim.cases import with_room
from collabsim.month import months_pass
from collabsim.world import World

#: Months between moments at which the open cases are moved together.
STRETCH = 24


def places_wanted(world: World, months: int) -> int:
    """Places for cases that ``months`` months cannot exceed, but for a chance of nothing."""
    expected = float(world.organisations.inhabitants.sum()) / 1000.0
    expected *= float(world.settings.casework.cases_per_1000_per_year) / 12.0 * months
    return int(expected + 12.0 * np.sqrt(expected) + 20 * months + 20)


def pass_months(
    world: World, first: int, number: int, stretch_passes: Callable[..., None] = months_pass
) -> World:
    """Let months pass in stretches; returns the world, whose cases may have moved.

    Args:
        world: the world, which is changed.
        first: the first of the months.
        number: how many they are.
        stretch_passes: what happens in them; called with the world, a first month and a number.

    """
    while number > 0:
        stretch = min(STRETCH, number)
        cases = with_room(
            world.cases, world.case_list, world.case_count, places_wanted(world, stretch)
        )
        world = world._replace(cases=cases[0], case_list=cases[1], case_count=cases[2])
        # Keys are meant to wrap around at 64 bits; plain Python would warn of it.
        with np.errstate(over="ignore"):
            stretch_passes(world, first, stretch)
        first += stretch
        number -= stretch
    return world
