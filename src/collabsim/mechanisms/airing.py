"""Airing: a grievance is said to whom it is about, and heard, or answered with reproach.

Whether it is heard depends on the trust of the hearer in the one who says it. Heard, a share of it
is gone at the end of the month. Otherwise it stays, the hearer saw the other hold back for a part
of the talk, and both lose energy.
"""

import numpy as np

from collabsim.compiled import compiled
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.encounters import experiences
from collabsim.mechanisms.energy import reproach_is_felt
from collabsim.randomness import Purpose, joined, uniform
from collabsim.ties import integrity_trust
from collabsim.world import World


@compiled
def airs(
    world: World, month: int, i: int, k: int, layer: int, hours: float, vouched: float
) -> None:
    """``i`` says to the other in slot ``k`` what it holds against it, in a talk of ``hours``.

    ``vouched`` is the trust that somebody who sits with them lends; 0 if nobody does.
    """
    ties, o = world.ties, world.organisations
    held = ties.grievance[i, k]
    if held <= 0.0:
        return
    j, b = ties.other[i, k], ties.back[i, k]
    about = joined(o.identity[j], np.uint64(layer))
    u = uniform(world.luck, Purpose.HEARING_OUT, month, o.identity[i], about)
    if u < max(vouched, integrity_trust(ties, world.bonds, j, b, layer)):
        world.tallies.aired[i, k] = True
        world.dealings.touched[i, k] = True
        return
    note(world.events, month, Event.REPROACH, i, j, NOBODY_ELSE, Reason.NONE, held)
    experiences(world, j, b, layer, held * hours, False)
    reproach_is_felt(world, i)
    reproach_is_felt(world, j)
