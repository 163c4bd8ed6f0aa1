"""The table meets: fixed minutes are shared among the seats, and something may be agreed.

Each seat decides once a meeting whether it is open: prepares, tells of its own room and of those
it speaks for, and can be counted on. All hear each other for as long as each has the floor. The
table then takes up the field with the largest shortage that was put on it, and seats that work in
that field may pledge hours. A joint step is taken when enough of the pledges were honoured
before the next meeting.
"""

import numpy as np

from collabsim.cases import OPEN
from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.attention import (
    has_time_for_board,
    hours_heard,
    preparation_share,
    spend_on_table,
    time_for_seat,
)
from collabsim.mechanisms.cooperation import (
    chooses,
    effort_of,
    price_of_effort,
)
from collabsim.mechanisms.encounters import decides
from collabsim.mechanisms.exposure import as_rich_as_in_one_room
from collabsim.mechanisms.gathering import everybody_hears
from collabsim.mechanisms.pledges import NO_ITEM, agreement_is_reviewed, gain_at_table, may_pledge
from collabsim.mechanisms.word import retells
from collabsim.organisations import BOARD, MUNICIPALITY, PRACTICE, PROVIDER
from collabsim.randomness import Purpose
from collabsim.record import Count
from collabsim.tables import NOBODY
from collabsim.ties import slot_of
from collabsim.world import World

#: Fewer than this is no meeting.
FEWEST = 2


@inlined
def is_convened(world: World, month: int) -> bool:
    """Whether there is a table: months with both municipalities and providers seated."""
    if month < 0 or not world.settings.casework.contacts:
        return False
    seats = np.zeros(2, dtype=np.int64)
    for i in range(world.seats.seated.shape[0]):
        if world.seats.seated[i]:
            seats[world.organisations.kind[i]] += 1
    return seats[MUNICIPALITY] > 0 and seats[PROVIDER] > 0


@inlined
def meets_this_month(world: World, month: int) -> bool:
    """Whether the table meets in this month."""
    p = world.settings.table
    since = month - p.first_meeting_month
    return since >= 0 and since % p.meets_every_months == 0


@compiled
def table_meets(world: World, month: int) -> None:
    """One meeting, in a month in which the table meets."""
    if not is_convened(world, month):
        return
    seats = world.seats
    for i in range(seats.seated.shape[0]):
        if seats.seated[i] and world.organisations.kind[i] == PROVIDER:
            world.record.spent.seat_months[i] += 1
    if not meets_this_month(world, month):
        return
    agreement_is_reviewed(world, month)
    count = seats.seated.shape[0]
    present = np.zeros(count, dtype=np.bool_)
    opened = np.zeros(count, dtype=np.bool_)
    number = who_is_there(world, month, present)
    if number < FEWEST:
        return
    world.record.months.counts[max(month, 0), Count.MEETINGS] += 1
    seats_decide(world, month, present, opened)
    hours = hours_heard(world.settings.attention, number)
    hours = as_rich_as_in_one_room(world, hours, world.settings.table.online)
    everybody_hears(world, month, BOARD, present, opened, hours, Reason.TABLE + 0)
    delegates_speak_for_home(world, month, present, opened)
    world.agenda.agreed[0] = largest_shortage(world, present, opened)
    for i in range(count):
        if opened[i]:
            may_pledge(world, month, i, present)


@inlined
def who_is_there(world: World, month: int, present: np.ndarray) -> int:
    """Seats whose boards have the time, if only to come unprepared; returns how many."""
    number = 0
    online = world.settings.table.online
    unprepared = time_for_seat(world, effort_of(world.settings.cooperation, False), online)
    for i in range(present.shape[0]):
        if not world.seats.seated[i]:
            continue
        present[i] = has_time_for_board(world, i, unprepared)
        number += present[i]
        reason = Reason.TABLE if present[i] else Reason.ABSENT
        note(world.events, month, Event.SAT_AT_TABLE, i, NOBODY_ELSE, NOBODY_ELSE, reason, 0.0)
    return number


@compiled
def seats_decide(world: World, month: int, present: np.ndarray, opened: np.ndarray) -> None:
    """Each seat is open, or keeps its cards to its chest; decided on what was known before.

    To be open takes preparation, and so the time for it.
    """
    o, p = world.organisations, world.settings.cooperation
    price = price_of_effort(p, 0.0) * preparation_share(world.settings.attention)
    online = world.settings.table.online
    for i in range(present.shape[0]):
        if present[i]:
            gain = gain_at_table(world, month, i, present) - price
            prepares = has_time_for_board(world, i, time_for_seat(world, 1.0, online))
            opened[i] = prepares and chooses(
                world, Purpose.TABLE, month, o.identity[i], o.identity[i], gain
            )
    for i in range(present.shape[0]):
        if present[i]:
            spend_on_table(world, month, i, effort_of(p, opened[i]), online)
            decides(world, month, i, NOBODY_ELSE, NOBODY_ELSE, opened[i])
            world.record.months.counts[month, Count.AT_TABLE] += 1
            world.record.months.counts[month, Count.OPEN_AT_TABLE] += opened[i]


@compiled
def delegates_speak_for_home(
    world: World, month: int, present: np.ndarray, opened: np.ndarray
) -> None:
    """An open delegate tells the municipalities there what it knows of those it speaks for."""
    ties, seats, o = world.ties, world.seats, world.organisations
    for r in range(seats.delegate.shape[0]):
        d = seats.delegate[r]
        if d == NOBODY or not opened[d]:
            continue
        source = slot_of(ties, d, r)
        if source < 0:
            continue
        for k in range(ties.other.shape[1]):
            m = ties.other[r, k]
            if m >= 0 and present[m] and o.kind[m] == MUNICIPALITY:
                retells(world, month, d, source, m, ties.back[r, k])


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
