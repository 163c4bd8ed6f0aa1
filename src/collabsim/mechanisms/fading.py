"""Fading: persons who spend no time together know each other less and less."""

import numpy as np

from collabsim.compiled import inlined
from collabsim.organisations import LAYERS
from collabsim.world import World

N_LAYERS = len(LAYERS)


@inlined
def acquaintance_fades(world: World, i: int, met: np.ndarray, stays: float) -> None:
    """Of the persons of ``i`` with all but those of ``met`` with whom they spent time this month."""
    known, together = world.bonds.acquaintance, world.tallies.together
    for k in range(known.shape[1]):
        # Times 1 changes nothing, and needs no choice that the processor would guess wrong.
        left = 1.0 if world.dealings.touched[i, k] else stays
        for layer in range(N_LAYERS):
            layer_fades(known, i, k, layer, left)
    for n in range(met.shape[0]):
        for layer in range(N_LAYERS):
            if together[i, met[n], layer] <= 0.0:
                layer_fades(known, i, met[n], layer, stays)


@inlined
def layer_fades(known: np.ndarray, i: int, k: int, layer: int, left: float) -> None:
    """What is ``left`` of the acquaintance of persons in one layer of one tie."""
    if known.shape[3] == 1:
        # As a loop that may be longer, this took five times as long.
        known[i, k, layer, 0, 0] *= left
        return
    for own in range(known.shape[3]):
        for theirs in range(known.shape[4]):
            known[i, k, layer, own, theirs] *= left
