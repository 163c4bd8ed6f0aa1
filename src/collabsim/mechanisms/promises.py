"""Promises against capacity: made, kept, announced in time, or broken without a word.

Who says yes names a date. It looks at its own queue, overlooks part of it, and more so towards a
party on which it depends. Care is given in the order of the promises; what does not fit this
month waits. A promise that will fail can be announced before it falls due, which is embarrassing
and costs a call; then a new date is agreed. If nothing is said, the asker finds out, takes the
need back and asks somebody else.
"""

import numpy as np

from collabsim.cases import MET, OPEN, PROMISED, TRIES
from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.attention import (
    has_time_to_call,
    hours_left,
    spend,
    spend_on_call,
)
from collabsim.mechanisms.casework import place_of_party, serial
from collabsim.mechanisms.contradictions import plans_meet, rework_hours
from collabsim.mechanisms.cooperation import chooses, stake_in
from collabsim.mechanisms.energy import came_off, was_in_vain
from collabsim.mechanisms.rules import asked_by_rule, rule_is_used
from collabsim.mechanisms.word import queue_months, room_of
from collabsim.ordering import put_in_order
from collabsim.organisations import MANAGEMENT, PRACTICE
from collabsim.randomness import Purpose, joined, key
from collabsim.record import Count, Spending
from collabsim.rules import Rule
from collabsim.tables import NO_END, NO_NETWORK, network_of_pledge
from collabsim.ties import slot_of
from collabsim.world import DAYS_A_MONTH, World

PROMISES_FIRST = 0


@inlined
def months_overlooked(world: World, j: int, b: int) -> float:
    """Share of its queue that ``j`` overlooks when it promises the party in slot ``b`` a date."""
    p = world.settings.promises
    return min(1.0, p.optimism * (1.0 + p.pressure * world.ties.dependence[j, b]))


@inlined
def takes_it_on(world: World, month: int, c: int, n: int, j: int, day: float) -> None:
    """``j`` puts need ``n`` in its queue, without a promise to anybody."""
    cases = world.cases
    cases.state[c, n] = PROMISED
    cases.provider[c, n] = j
    cases.due[c, n] = NO_END
    cases.clock[c, n] = day
    world.ledger.queue[j] += cases.hours[c, n]
    note(
        world.events,
        month,
        Event.ASKED,
        j,
        NOBODY_ELSE,
        serial(cases.identity[c]),
        Reason.ALONE,
        day,
    )


@inlined
def promises_care(world: World, month: int, c: int, n: int, i: int, b: int, j: int) -> None:
    """``j``, who holds ``i`` in slot ``b``, promises ``i`` to meet need ``n`` by a month that it names."""
    cases = world.cases
    cases.state[c, n] = PROMISED
    cases.provider[c, n] = j
    world.ledger.queue[j] += cases.hours[c, n]
    cases.due[c, n] = (
        month + 1 + int(queue_months(world, j) * (1.0 - months_overlooked(world, j, b)))
    )
    world.record.months.counts[max(month, 0), Count.PROMISED] += 1
    note(
        world.events, month, Event.PROMISED, j, i, serial(cases.identity[c]), Reason.NONE, float(cases.due[c, n])
    )  # fmt: skip


@inlined
def gain_of_honouring(world: World, j: int, field: int) -> float:
    """What a pledge made at the table adds when its maker is asked for help in that field."""
    seats = world.seats
    w = network_of_pledge(seats, j, field)
    if w != NO_NETWORK:
        bound = world.settings.promises.pledge_binding
        bound += asked_by_rule(world, j, PRACTICE, Rule.AGREEMENTS_ON_CONTENT + 0)
        # Those who do the work are bound as far as they know of it.
        return seats.told[w, j, PRACTICE] * bound
    return 0.0


@inlined
def hours_pledged(world: World, j: int, pressed_by: float) -> float:
    """Care hours that ``j`` pledges at the table: a month of the room that it believes to have.

    ``pressed_by`` is how much it depends on those who ask for the pledge.
    """
    p = world.settings.promises
    room = room_of(world, j)
    overlooked = min(1.0, p.optimism * (1.0 + p.pressure * pressed_by))
    return world.organisations.hours[j, PRACTICE] * (room + overlooked * (1.0 - room))


@compiled
def queues_are_counted(world: World) -> None:
    """Count anew what every provider has promised, so that no rounding builds up over the months."""
    cases, queue = world.cases, world.ledger.queue
    queue[:] = 0.0
    for a in range(world.case_count.open[0]):
        c = world.case_list.active[a]
        for n in range(cases.needs[c]):
            if cases.state[c, n] == PROMISED:
                queue[cases.provider[c, n]] += cases.hours[c, n]


@compiled
def care_is_given(world: World, month: int) -> None:
    """Every provider works through its queue with the hours that contact has left."""
    cases, p = world.cases, world.settings.promises
    places = 4 * world.case_count.open[0]
    case_of = np.empty(places, dtype=np.int64)
    need_of = np.empty(places, dtype=np.int64)
    provider = np.empty(places, dtype=np.int64)
    turn = np.empty(places)
    keys = np.empty(places, dtype=np.uint64)
    order = np.empty(places, dtype=np.int64)
    waiting, end = 0, (month + 1) * DAYS_A_MONTH
    for a in range(world.case_count.open[0]):
        c = world.case_list.active[a]
        for n in range(cases.needs[c]):
            # Who says yes late in the month begins in the next.
            if cases.state[c, n] != PROMISED or cases.clock[c, n] >= end:
                continue
            case_of[waiting], need_of[waiting] = c, n
            provider[waiting] = cases.provider[c, n]
            turn[waiting] = -cases.clock[c, n]
            if p.serve_first == PROMISES_FIRST:  # type: ignore[comparison-overlap]
                turn[waiting] = min(float(cases.due[c, n]), cases.clock[c, n] / DAYS_A_MONTH + 2.0)
            about = joined(cases.identity[c], np.uint64(n))
            keys[waiting] = key(
                world.luck, Purpose.ORDER, 0, about, world.organisations.identity[provider[waiting]]
            )
            waiting += 1
    put_in_order(order, waiting, turn, keys)
    for at in range(waiting):
        w = order[at]
        work_on(world, month, case_of[w], need_of[w], provider[w])


@compiled
def work_on(world: World, month: int, c: int, n: int, j: int) -> None:
    """Give need ``n`` what hours ``j`` has left, and see what becomes of the promise."""
    cases, ledger = world.cases, world.ledger
    unlimited = world.settings.promises.unlimited
    given = (
        cases.hours[c, n] if unlimited else min(hours_left(world, j, PRACTICE), cases.hours[c, n])
    )
    if not unlimited:
        spend(world, month, j, PRACTICE, given, Spending.CARE)
    cases.hours[c, n] -= given
    ledger.queue[j] -= given
    # Who gave way to a later party of the case has no place, and no plan that others meet.
    place = place_of_party(cases, c, j)
    if cases.hours[c, n] <= 0.0 and place >= 0 and plans_meet(world, month, c, place):
        cases.hours[c, n] = rework_hours(world)
        ledger.queue[j] += cases.hours[c, n]
    if cases.hours[c, n] <= 0.0:
        need_is_met(world, month, c, n, j, hours_left(world, j, PRACTICE))
    elif month >= cases.due[c, n]:
        promise_fails(world, month, c, n, j)


@inlined
def need_is_met(world: World, month: int, c: int, n: int, j: int, left: float) -> None:
    """Care is complete, on a day that follows from how much of the month's hours were used."""
    cases = world.cases
    month_hours = world.organisations.hours[j, PRACTICE]
    used = 1.0 if month_hours <= 0.0 else min(1.0, max(0.0, 1.0 - left / month_hours))
    cases.state[c, n] = MET
    cases.hours[c, n] = 0.0
    cases.met[c, n] = max(cases.clock[c, n], (month + used) * DAYS_A_MONTH)
    note(
        world.events,
        month,
        Event.NEED_MET,
        j,
        n,
        serial(cases.identity[c]),
        Reason.NONE,
        cases.met[c, n],
    )
    i = cases.asker[c, n]
    came_off(world, j)
    if i != j:
        came_off(world, i)
    if cases.due[c, n] != NO_END:
        promise_ends(world, month, c, i, j, Reason.KEPT + 0, Count.KEPT + 0)
        k = slot_of(world.ties, i, j)
        world.tallies.kept[i, k] += 1
        world.dealings.touched[i, k] = True


@inlined
def promise_ends(world: World, month: int, c: int, i: int, j: int, reason: int, count: int) -> None:
    """Write down how a promise of ``j`` to ``i`` ended."""
    world.record.months.counts[max(month, 0), count] += 1
    note(
        world.events, month, Event.PROMISE_ENDED, j, i, serial(world.cases.identity[c]), reason, 0.0
    )


@compiled
def promise_fails(world: World, month: int, c: int, n: int, j: int) -> None:
    """A promise that will not be met when due: said in time, or found out."""
    cases, ties, ledger, o = world.cases, world.ties, world.ledger, world.organisations
    tallies = world.tallies
    i = cases.asker[c, n]
    k = slot_of(ties, i, j)
    b = ties.back[i, k]
    world.dealings.touched[i, k] = True
    tallies.late[i, k] += 1
    was_in_vain(world, i)
    gain = (
        stake_in(world.settings.cooperation, ties, j, b)
        + world.bonds.acquaintance[j, b, MANAGEMENT, 0, 0]
        - world.settings.promises.embarrassment
        + asked_by_rule(world, j, MANAGEMENT, Rule.TIMELY_COMMUNICATION + 0)
    )
    about = joined(joined(cases.identity[c], np.uint64(n)), o.identity[i])
    if has_time_to_call(world, j) and chooses(
        world, Purpose.ANNOUNCE, month, o.identity[j], about, gain
    ):
        spend_on_call(world, month, j)
        rule_is_used(world, j, MANAGEMENT, Rule.TIMELY_COMMUNICATION + 0)
        promise_ends(world, month, c, i, j, Reason.ANNOUNCED + 0, Count.ANNOUNCED + 0)
        ledger.queue[j] -= cases.hours[c, n]
        promises_care(world, month, c, n, i, b, j)
        return
    tallies.broken[i, k] += 1
    promise_ends(world, month, c, i, j, Reason.BROKEN + 0, Count.BROKEN + 0)
    ledger.queue[j] -= cases.hours[c, n]
    cases.state[c, n] = OPEN
    cases.clock[c, n] = (month + 1) * DAYS_A_MONTH
    cases.tried[c, n, cases.tries[c, n] % TRIES] = j
    cases.tries[c, n] += 1
