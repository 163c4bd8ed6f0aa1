"""Pledges: hours promised to the table, for the field with the largest shortage.

A pledge binds its maker when it is asked for help in that field, until the next meeting. A joint
step is taken when at least two parties, and enough of those that were called on, honoured theirs.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.casework import serial
from collabsim.mechanisms.cooperation import chooses, future_at_table
from collabsim.mechanisms.energy import can_start, own_step_is_taken
from collabsim.mechanisms.gathering import gain_among
from collabsim.mechanisms.inside import passed_inside
from collabsim.mechanisms.promises import hours_pledged
from collabsim.mechanisms.rules import rule_is_used
from collabsim.organisations import BOARD, LAYERS, MANAGEMENT, MUNICIPALITY, PRACTICE, PROVIDER
from collabsim.randomness import Purpose, joined
from collabsim.record import Count
from collabsim.rules import Rule
from collabsim.tables import NO_ITEM, NO_NETWORK, network_of_pledge, pledged_in_all
from collabsim.world import World

N_LAYERS = len(LAYERS)
#: It takes two to do something jointly.
JOINT = 2


@compiled
def gain_at_table(world: World, month: int, w: int, i: int, present: np.ndarray) -> float:
    """What ``i`` expects of dealings with those present, on average per hour of effort."""
    future = future_at_table(world.settings.cooperation, float(world.seats.until[w, i] - month))
    return gain_among(world, i, BOARD, present, future)


@inlined
def step_of(world: World, w: int, i: int) -> int:
    """Field in which ``i`` would pledge in network ``w``: that of its agreement, or its own."""
    own = world.settings.table.own_steps
    return world.organisations.domain[i] if own else world.agenda.agreed[w]


@inlined
def is_willing(world: World, month: int, w: int, i: int, present: np.ndarray) -> bool:
    """Whether a seat of network ``w`` wants the joint agreement and would do its part."""
    gain, identity = gain_at_table(world, month, w, i, present), world.organisations.identity[i]
    about = joined(identity, np.uint64(w))
    return can_start(world, i) and chooses(world, Purpose.PLEDGE, month, identity, about, gain)


@inlined
def can_pledge(world: World, w: int, i: int) -> bool:
    """Whether ``i`` is a provider that works in the field of the joint agreement."""
    o = world.organisations
    return (
        o.kind[i] == PROVIDER
        and world.agenda.agreed[w] != NO_ITEM
        and o.can[i, step_of(world, w, i)]
    )


@compiled
def pressed_by_those(world: World, i: int, present: np.ndarray) -> float:
    """How much ``i`` depends on the municipality present on which it depends most."""
    ties, pressed = world.ties, 0.0
    for k in range(ties.other.shape[1]):
        j = ties.other[i, k]
        if j >= 0 and present[j] and world.organisations.kind[j] == MUNICIPALITY:
            pressed = max(pressed, ties.dependence[i, k])
    return pressed


@inlined
def pledges(world: World, month: int, w: int, i: int, pressed: float, carried: float) -> None:
    """``i`` pledges hours for the joint agreement, until the next meeting.

    Its board carries the pledge inside as far as ``carried``, 0 to 1.
    """
    seats = world.seats
    hours = world.settings.table.step_size * hours_pledged(world, i, pressed)
    hours -= pledged_in_all(seats, i)
    if hours <= 0.0:
        return
    seats.pledged[w, i] = hours
    seats.step[w, i] = step_of(world, w, i)
    seats.pledger[w, i] = True
    for layer in range(N_LAYERS):
        knows = layer == BOARD or world.organisations.one_person[i]
        seats.told[w, i, layer] = carried if knows else 0.0
    world.record.months.counts[max(month, 0), Count.PLEDGES] += 1
    note(world.events, month, Event.PLEDGED, i, seats.step[w, i], NOBODY_ELSE, Reason.NONE, hours)


@compiled
def pledges_travel_inside(world: World) -> None:
    """What the board pledged reaches its managers, and through them practice."""
    told = world.seats.told
    for w in range(told.shape[0]):
        for i in range(told.shape[1]):
            for layer in (PRACTICE, MANAGEMENT):
                told[w, i, layer] += passed_inside(world, i) * max(
                    0.0, told[w, i, layer + 1] - told[w, i, layer]
                )


@inlined
def calls_on_pledge(
    world: World, month: int, j: int, i: int, k: int, c: int, n: int, accepts: bool
) -> None:
    """An ask in the field of the joint agreement calls on the pledge of ``j``."""
    seats, cases = world.seats, world.cases
    w = network_of_pledge(seats, j, cases.need[c, n])
    if w == NO_NETWORK:
        return
    if accepts:
        rule_is_used(world, j, PRACTICE, Rule.AGREEMENTS_ON_CONTENT + 0)
        seats.honoured[w, j] += 1
        seats.pledged[w, j] = max(0.0, seats.pledged[w, j] - cases.hours[c, n])
    elif not seats.refused[w, j]:
        seats.refused[w, j] = True
        world.record.months.counts[max(month, 0), Count.PLEDGES_BROKEN] += 1
        world.tallies.broken[i, k] += 1
        world.tallies.late[i, k] += 1
        world.dealings.touched[i, k] = True
        note(
            world.events,
            month,
            Event.PLEDGE_ENDED,
            j,
            i,
            serial(cases.identity[c]),
            Reason.BROKEN,
            0.0,
        )


@compiled
def agreement_is_reviewed(world: World, month: int, w: int) -> None:
    """What became of the pledges of the last meeting; was it a joint step?"""
    seats, counts, row = world.seats, world.record.months.counts, max(month, 0)
    honoured, broken = 0, 0
    for i in range(seats.pledged.shape[1]):
        if not seats.pledger[w, i]:
            continue
        if seats.refused[w, i]:
            broken += 1  # it was written down when it was refused
        elif seats.honoured[w, i] > 0:
            honoured += 1
            if world.settings.table.own_steps:
                own_step_is_taken(world, i)
            counts[row, Count.PLEDGES_HONOURED] += 1
            note(
                world.events,
                month,
                Event.PLEDGE_ENDED,
                i,
                NOBODY_ELSE,
                NOBODY_ELSE,
                Reason.KEPT,
                0.0,
            )
        else:
            counts[row, Count.PLEDGES_LAPSED] += 1
            note(
                world.events,
                month,
                Event.PLEDGE_ENDED,
                i,
                NOBODY_ELSE,
                NOBODY_ELSE,
                Reason.LAPSED,
                0.0,
            )
        seats.pledger[w, i] = False
        seats.refused[w, i] = False
        seats.honoured[w, i] = 0
        seats.pledged[w, i] = 0.0
    needed = world.settings.table.agreement_needs * (honoured + broken)
    if honoured >= max(float(JOINT), needed):
        counts[row, Count.JOINT_STEPS] += 1
        note(
            world.events,
            month,
            Event.JOINT_STEP,
            NOBODY_ELSE,
            NOBODY_ELSE,
            NOBODY_ELSE,
            Reason.KEPT,
            float(honoured),
        )
