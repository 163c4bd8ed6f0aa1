"""Deciding: what a table takes up, and whom that binds.

The field with the largest shortage that open seats put on the table comes up; each seat wants an
agreement on it or not. Those who want it may pledge for themselves; or all there must want it, or
most; or the director decides, the largest municipality there, if it is open. What was not decided
comes back at the next meeting. Who is bound without wanting it pledges too, and carries it inside
only as far as it might have wanted it.
"""

import numpy as np

from collabsim.cases import OPEN
from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.cooperation import chance_of
from collabsim.mechanisms.pledges import (
    can_pledge,
    gain_at_table,
    is_willing,
    pledges,
    pressed_by_those,
)
from collabsim.organisations import PRACTICE, PROVIDER
from collabsim.record import Count
from collabsim.tables import NO_ITEM, NOBODY, NOT_UP, largest_municipality
from collabsim.world import World

#: Numbers of the choices of ``table.decides_by``.
THOSE_WILLING, CONSENSUS, MAJORITY, DIRECTOR = 0, 1, 2, 3
#: Share of those present that must be in favour where the majority decides: more than this.
HALF = 0.5


@compiled
def table_decides(
    world: World, month: int, w: int, present: np.ndarray, opened: np.ndarray
) -> None:
    """The table of network ``w`` takes up a field, decides on it, and hours are pledged."""
    agenda = world.agenda
    item = largest_shortage(world, present, opened)
    agenda.agreed[w] = NO_ITEM
    if item == NO_ITEM:
        return
    if agenda.since[w, item] == NOT_UP:
        agenda.since[w, item] = month
    wants = np.zeros(present.shape[0], dtype=np.bool_)
    for i in range(present.shape[0]):
        wants[i] = opened[i] and is_willing(world, month, w, i, present)
    if not is_decided(world, present, opened, wants):
        return
    agenda.agreed[w] = item
    pledgers = 0
    for i in range(present.shape[0]):
        if present[i] and is_bound(world, wants, i) and can_pledge(world, w, i):
            carried = 1.0 if wants[i] else would_have_wanted(world, month, w, i, present)
            pledges(world, month, w, i, pressed_by_those(world, i, present), carried)
            pledgers += world.seats.pledger[w, i]
    if pledgers > 0:
        decision_is_taken(world, month, w)


@inlined
def decision_is_taken(world: World, month: int, w: int) -> None:
    """Write down what was decided, and how long it was on the table."""
    agenda, counts, row = world.agenda, world.record.months.counts, max(month, 0)
    months = month - agenda.since[w, agenda.agreed[w]]
    counts[row, Count.TABLE_DECISIONS] += 1
    counts[row, Count.MONTHS_TO_DECIDE] += months
    agenda.since[w, agenda.agreed[w]] = NOT_UP
    note(
        world.events, month, Event.TABLE_DECIDED, NOBODY_ELSE, agenda.agreed[w], w, Reason.NONE,
        float(months),
    )  # fmt: skip


@inlined
def is_bound(world: World, wants: np.ndarray, i: int) -> bool:
    """Whether a decision binds ``i``: it wants it, or others decide for it."""
    by_others = world.settings.table.decides_by != THOSE_WILLING  # type: ignore[comparison-overlap]
    return by_others or wants[i]


@inlined
def would_have_wanted(world: World, month: int, w: int, i: int, present: np.ndarray) -> float:
    """Chance with which a seat that was overruled would have wanted the agreement."""
    gain = gain_at_table(world, month, w, i, present)
    return chance_of(world.settings.cooperation, gain)


@compiled
def is_decided(world: World, present: np.ndarray, opened: np.ndarray, wants: np.ndarray) -> bool:
    """Whether a decision is taken, by the rule that the table has for it."""
    rule, in_favour, number = int(world.settings.table.decides_by), 0, 0
    for i in range(present.shape[0]):
        number += present[i]
        in_favour += wants[i]
    if rule == CONSENSUS:
        return in_favour == number
    if rule == MAJORITY:
        return in_favour > HALF * number
    if rule == DIRECTOR:
        director = largest_municipality(world.organisations, present)
        return director != NOBODY and opened[director] and wants[director]
    # Whoever wants it may pledge, also at home.
    return True


@compiled
def largest_shortage(world: World, present: np.ndarray, opened: np.ndarray) -> int:
    """The field with most care hours short, as far as open seats put it on the table; or NO_ITEM."""
    o, cases = world.organisations, world.cases
    short = np.zeros(o.can.shape[1])
    for i in range(present.shape[0]):
        if opened[i] and o.kind[i] == PROVIDER:
            short[o.domain[i]] += max(0.0, world.ledger.queue[i] - o.hours[i, PRACTICE])
    for a in range(world.case_count.open[0]):
        c = world.case_list.active[a]
        for n in range(cases.needs[c]):
            if cases.state[c, n] == OPEN and opened[cases.asker[c, n]]:
                short[cases.need[c, n]] += cases.hours[c, n]
    item, most = NO_ITEM, 0.0
    for field in range(short.shape[0]):
        if short[field] > most:
            item, most = field, short[field]
    return item
