"""Encounters: what passes between two parties that have dealings, and how it is written down."""

import numpy as np

from collabsim.compiled import inlined
from collabsim.events import Event, Reason, note
from collabsim.parameters.people import People
from collabsim.record import Count
from collabsim.world import World


@inlined
def meets(
    world: World, month: int, i: int, k: int, layer: int, hours: float, reason: int, case: int
) -> None:
    """``i`` and the other in slot ``k`` spend ``hours`` together; write it down on both sides."""
    ties, tallies, touched = world.ties, world.tallies, world.dealings.touched
    j, b = ties.other[i, k], ties.back[i, k]
    tallies.together[i, k, layer] += hours
    tallies.together[j, b, layer] += hours
    touched[i, k] = True
    touched[j, b] = True
    ties.contacts[i, k] += 1
    ties.contacts[j, b] += 1
    persons_have_met(world, i, k, layer)
    persons_have_met(world, j, b, layer)
    world.record.months.counts[max(month, 0), Count.ENCOUNTERS] += 1
    note(world.events, month, Event.ENCOUNTER, i, j, case, reason, hours)


@inlined
def presence(people: People, own: int, theirs: int) -> float:
    """Share of the encounters at which two persons are present, by their roles; 1 for the contacts."""
    return 1.0 if own + theirs == 0 else people.second_present


@inlined
def persons_have_met(world: World, i: int, k: int, layer: int) -> None:
    """One contact more between the persons of ``i`` and of the other, except who is yet to arrive."""
    contacts, newcomer, j = world.bonds.contacts, world.carriers.newcomer, world.ties.other[i, k]
    for own in range(contacts.shape[3]):
        for theirs in range(contacts.shape[4]):
            if not (newcomer[i, layer, own] or newcomer[j, layer, theirs]):
                contacts[i, k, layer, own, theirs] += presence(world.settings.people, own, theirs)


@inlined
def experiences(
    world: World, i: int, k: int, layer: int, hours: float, other_cooperated: bool
) -> None:
    """``i`` sees for ``hours`` whether the other in slot ``k`` puts in full effort."""
    if other_cooperated:
        world.tallies.good[i, k, layer] += hours
    else:
        world.tallies.bad[i, k, layer] += hours
    world.dealings.touched[i, k] = True


@inlined
def whom_it_met(world: World, i: int, met: np.ndarray) -> int:
    """Fill ``met`` with the slots of all with whom ``i`` had to do this month; returns how many."""
    touched, number = world.dealings.touched, 0
    for k in range(touched.shape[1]):
        # Without a choice, which the processor would guess wrong one time in three: 4 % of a month.
        met[number] = k
        number += touched[i, k]
    return number


@inlined
def decides(world: World, month: int, i: int, whom: int, case: int, cooperates: bool) -> None:
    """Write down one side's decision."""
    counts = world.record.months.counts
    counts[max(month, 0), Count.DECISIONS] += 1
    counts[max(month, 0), Count.COOPERATED] += cooperates
    reason = Reason.COOPERATED if cooperates else Reason.HELD_BACK
    note(world.events, month, Event.DECIDED, i, whom, case, reason, 0.0)
