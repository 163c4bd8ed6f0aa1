"""The table meets: fixed minutes are shared among the seats, and something may be agreed.

Each seat decides once a meeting whether it is open: prepares, tells of its own room and of those
it speaks for, and can be counted on. All hear each other for as long as each has the floor. The
table then decides what to take up, and hours are pledged. A joint step is taken when enough of the
pledges were honoured before the next meeting.
"""

import numpy as np

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
from collabsim.mechanisms.deciding import table_decides
from collabsim.mechanisms.encounters import decides
from collabsim.mechanisms.exposure import as_rich_as_in_one_room
from collabsim.mechanisms.gathering import everybody_hears
from collabsim.mechanisms.pledges import agreement_is_reviewed, gain_at_table
from collabsim.mechanisms.word import retells
from collabsim.organisations import BOARD, MUNICIPALITY, PROVIDER
from collabsim.randomness import Purpose, joined
from collabsim.record import Count
from collabsim.tables import NOBODY
from collabsim.ties import slot_of
from collabsim.world import World

#: Fewer than this is no meeting.
FEWEST = 2


@inlined
def is_convened(world: World, month: int, w: int) -> bool:
    """Whether network ``w`` has a table: months with both municipalities and providers seated."""
    if month < 0 or not world.settings.casework.contacts:
        return False
    seats = np.zeros(2, dtype=np.int64)
    for i in range(world.seats.seated.shape[1]):
        if world.seats.seated[w, i]:
            seats[world.organisations.kind[i]] += 1
    return seats[MUNICIPALITY] > 0 and seats[PROVIDER] > 0


@inlined
def meets_this_month(world: World, month: int, w: int) -> bool:
    """Whether the table of network ``w`` meets in this month; tables take turns."""
    p = world.settings.table
    since = month - p.first_meeting_month - w % p.meets_every_months
    return since >= 0 and since % p.meets_every_months == 0


@compiled
def tables_meet(world: World, month: int) -> None:
    """The table of every network, in a month in which it meets."""
    for w in range(world.seats.seated.shape[0]):
        if not world.settings.casework.contacts or month < 0:
            continue
        if meets_this_month(world, month, w):
            # Also what a table agreed that was ended meanwhile.
            agreement_is_reviewed(world, month, w)
        if is_convened(world, month, w):
            table_meets(world, month, w)


@compiled
def table_meets(world: World, month: int, w: int) -> None:
    """One meeting of the table of network ``w``, if this is its month."""
    seats = world.seats
    for i in range(seats.seated.shape[1]):
        world.record.spent.seat_months[i] += seats.seated[w, i]
    if not meets_this_month(world, month, w):
        return
    count = seats.seated.shape[1]
    present = np.zeros(count, dtype=np.bool_)
    opened = np.zeros(count, dtype=np.bool_)
    number = who_is_there(world, month, w, present)
    for i in range(count):
        seats.present[w, i] = present[i] and number >= FEWEST
    if number < FEWEST:
        return
    world.record.months.counts[max(month, 0), Count.MEETINGS] += 1
    seats_decide(world, month, w, present, opened)
    hours = hours_heard(world.settings.attention, number)
    hours = as_rich_as_in_one_room(world, hours, world.settings.table.online)
    everybody_hears(world, month, BOARD, present, opened, hours, Reason.TABLE + 0)
    delegates_speak_for_home(world, month, w, present, opened)
    table_decides(world, month, w, present, opened)


@inlined
def who_is_there(world: World, month: int, w: int, present: np.ndarray) -> int:
    """Seats whose boards have the time, if only to come unprepared; returns how many."""
    number = 0
    online = world.settings.table.online
    unprepared = time_for_seat(world, effort_of(world.settings.cooperation, False), online)
    for i in range(present.shape[0]):
        if not world.seats.seated[w, i]:
            continue
        present[i] = has_time_for_board(world, i, unprepared)
        number += present[i]
        reason = Reason.TABLE if present[i] else Reason.ABSENT
        note(world.events, month, Event.SAT_AT_TABLE, i, NOBODY_ELSE, NOBODY_ELSE, reason, 0.0)
    return number


@compiled
def seats_decide(world: World, month: int, w: int, present: np.ndarray, opened: np.ndarray) -> None:
    """Each seat is open, or keeps its cards to its chest; decided on what was known before.

    To be open takes preparation, and so the time for it.
    """
    o, p = world.organisations, world.settings.cooperation
    price = price_of_effort(p, 0.0) * preparation_share(world.settings.attention)
    online = world.settings.table.online
    for i in range(present.shape[0]):
        if present[i]:
            gain = gain_at_table(world, month, w, i, present) - price
            prepares = has_time_for_board(world, i, time_for_seat(world, 1.0, online))
            opened[i] = prepares and chooses(
                world,
                Purpose.TABLE,
                month,
                o.identity[i],
                joined(o.identity[i], np.uint64(w)),
                gain,
            )
    for i in range(present.shape[0]):
        if present[i]:
            spend_on_table(world, month, i, effort_of(p, opened[i]), online)
            decides(world, month, i, NOBODY_ELSE, NOBODY_ELSE, opened[i])
            world.record.months.counts[month, Count.AT_TABLE] += 1
            world.record.months.counts[month, Count.OPEN_AT_TABLE] += opened[i]


@compiled
def delegates_speak_for_home(
    world: World, month: int, w: int, present: np.ndarray, opened: np.ndarray
) -> None:
    """An open delegate tells the municipalities there what it knows of those it speaks for."""
    ties, seats, o = world.ties, world.seats, world.organisations
    for r in range(seats.delegate.shape[1]):
        d = seats.delegate[w, r]
        if d == NOBODY or not opened[d]:
            continue
        source = slot_of(ties, d, r)
        if source < 0:
            continue
        for k in range(ties.other.shape[1]):
            m = ties.other[r, k]
            if m >= 0 and present[m] and o.kind[m] == MUNICIPALITY:
                retells(world, month, d, source, m, ties.back[r, k])
