"""Organising: a joint desk keeps track of who has room and of what was pledged.

Its members pay for it with hours of managers, whether or not there is anything to keep track of.
What it carries across has a ceiling: all room and all pledges known.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.mechanisms.attention import has_time, spend
from collabsim.mechanisms.exposure import learned_in
from collabsim.mechanisms.word import room_of
from collabsim.organisations import BOARD, MANAGEMENT, PRACTICE
from collabsim.record import Spending
from collabsim.tables import sits_somewhere
from collabsim.world import World

#: Number of a choice of ``organising.members``.
SEATED = 0


@compiled
def desk_keeps_track(world: World, month: int) -> None:
    """Members pay the desk, and hear from it of each other's room and of their own pledges."""
    p, o, ties = world.settings.organising, world.organisations, world.ties
    if p.hours_per_month == 0.0 or month < 0 or not world.settings.casework.contacts:
        return
    served = np.zeros(o.kind.shape[0], dtype=np.bool_)
    for i in range(served.shape[0]):
        member = p.members != SEATED or sits_somewhere(world.seats, i)  # type: ignore[comparison-overlap]
        if member and has_time(world, i, MANAGEMENT, p.hours_per_month):
            spend(world, month, i, MANAGEMENT, p.hours_per_month, Spending.ORGANISING)
            served[i] = True
    carried = learned_in(0.0, p.carries_per_hour, p.hours_per_month)
    for i in range(served.shape[0]):
        if not served[i]:
            continue
        for k in range(ties.other.shape[1]):
            j = ties.other[i, k]
            if j >= 0 and served[j]:
                ties.room[i, k] += carried * (room_of(world, j) - ties.room[i, k])
        is_told_of_its_pledges(world, i, carried)


@inlined
def is_told_of_its_pledges(world: World, i: int, carried: float) -> None:
    """Managers and practice of ``i`` hear from the desk what their board holds them to."""
    told = world.seats.told
    for w in range(told.shape[0]):
        for layer in (MANAGEMENT, PRACTICE):
            told[w, i, layer] += carried * max(0.0, told[w, i, BOARD] - told[w, i, layer])
