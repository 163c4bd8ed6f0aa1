"""Gathering: several parties in one room, who hear each other for as long as each has the floor."""

import numpy as np

from collabsim.compiled import compiled
from collabsim.events import NOBODY_ELSE
from collabsim.mechanisms.commitments import commits_to
from collabsim.mechanisms.cooperation import gain_with
from collabsim.mechanisms.encounters import experiences, meets
from collabsim.mechanisms.word import tells
from collabsim.world import World


@compiled
def gain_among(world: World, i: int, layer: int, present: np.ndarray, future: float) -> float:
    """What ``i`` expects of dealings with those ``present``, on average per hour of effort."""
    p, ties = world.settings.cooperation, world.ties
    gain, others = 0.0, 0
    for k in range(ties.other.shape[1]):
        j = ties.other[i, k]
        if j >= 0 and present[j]:
            gain += gain_with(p, ties, world.bonds, i, k, layer, future)
            others += 1
    return gain / others if others > 0 else 0.0


@compiled
def everybody_hears(
    world: World,
    month: int,
    layer: int,
    present: np.ndarray,
    opened: np.ndarray,
    hours: float,
    reason: int,
) -> None:
    """All who are ``present`` have the floor for ``hours`` each; who is ``opened`` tells its news.

    So two of them have to do with each other for twice as long.
    """
    ties, together = world.ties, 2.0 * hours
    for i in range(present.shape[0]):
        if not present[i]:
            continue
        for k in range(ties.other.shape[1]):
            j = ties.other[i, k]
            if j < 0 or not present[j]:
                continue
            if i < j:
                meets(world, month, i, k, layer, together, reason, NOBODY_ELSE)
            experiences(world, i, k, layer, together, opened[j])
            if opened[i] and opened[j]:
                commits_to(world, i, k, layer, together)
            if opened[j]:
                tells(world, month, j, i, k)
