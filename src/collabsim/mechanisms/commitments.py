"""Commitments: who talk openly tell each other what can be counted on, and it binds who knows of it.

It is the commitments that people make when they talk, and keep to, by which talk raises cooperation
(Kerr and Kaufman-Gilliland 1994). They are made in meetings, by those who are there, and reach those
who do the work through the layers of the house, with delay and loss. A successor knows of them what
it was told. Who holds back all the same is seen to hold back, as anybody.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.mechanisms.exposure import learned_in
from collabsim.mechanisms.inside import passed_inside
from collabsim.organisations import LAYERS, MANAGEMENT, PRACTICE
from collabsim.world import World

N_LAYERS = len(LAYERS)


@inlined
def commits_to(world: World, i: int, k: int, layer: int, hours: float) -> None:
    """A layer of ``i`` commits itself to the other in slot ``k``, with which it talked for ``hours``."""
    known, rate = world.commitments.known, world.settings.promises.commits_per_hour
    if world.organisations.one_person[i]:
        for at in range(N_LAYERS):
            known[i, k, at] = learned_in(known[i, k, at], rate, hours)
    else:
        known[i, k, layer] = learned_in(known[i, k, layer], rate, hours)


@inlined
def bound_by_commitment(world: World, i: int, k: int) -> float:
    """What a commitment to the other in slot ``k`` adds, in practice, to acting on it."""
    return world.settings.promises.commitment_binding * world.commitments.known[i, k, PRACTICE]


@inlined
def is_committed(known: np.ndarray, i: int, k: int) -> bool:
    """Whether any layer of ``i`` knows of a commitment to the other in slot ``k``."""
    total = 0.0
    for layer in range(N_LAYERS):
        total += known[i, k, layer]
    return total > 0.0


@compiled
def commitments_travel_and_fade(world: World) -> None:
    """What was agreed in a layer reaches the next, and is forgotten where it is not said again."""
    known, stays = world.commitments.known, 1.0 - world.settings.promises.commitment_fades_per_month
    for i in range(known.shape[0]):
        inside = passed_inside(world, i)
        for k in range(known.shape[1]):
            if not is_committed(known, i, k):
                continue
            for layer in (PRACTICE, MANAGEMENT):
                ahead = max(0.0, known[i, k, layer + 1] - known[i, k, layer])
                known[i, k, layer] += inside * ahead
            for layer in range(N_LAYERS):
                known[i, k, layer] *= stays
