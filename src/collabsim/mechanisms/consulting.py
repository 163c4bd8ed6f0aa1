"""Consulting: the parties of a case sit together when their circle has changed.

Whoever puts in full effort brings to light what it sees, and attunes its plan with all others who
do the same. Parties without time stay away, and try again next month.
"""

import numpy as np

from collabsim.cases import UNSEEN
from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.attention import has_time_to_consult, spend_on_consult
from collabsim.mechanisms.casework import need_is_seen, party_looks, serial
from collabsim.mechanisms.closing import share_of_longest_wait
from collabsim.mechanisms.cooperation import chooses_for_resident, effort_of, gain_in_case
from collabsim.mechanisms.encounters import decides, experiences, meets
from collabsim.mechanisms.word import tells
from collabsim.ordering import put_in_order
from collabsim.organisations import PRACTICE
from collabsim.randomness import Purpose, key, uniform
from collabsim.record import Count
from collabsim.ties import slot_of
from collabsim.world import DAYS_A_MONTH, World

#: It takes two to consult.
TWO = 2


@compiled
def parties_consult(world: World, month: int) -> None:
    """All joint case meetings of this month, the most urgent cases first."""
    cases = world.cases
    if not world.settings.casework.contacts:
        return
    wanted = 0
    open_now = world.case_count.open[0]
    case_of = np.empty(open_now, dtype=np.int64)
    urgency = np.empty(open_now)
    keys = np.empty(open_now, dtype=np.uint64)
    order = np.empty(open_now, dtype=np.int64)
    for a in range(open_now):
        c = world.case_list.active[a]
        if cases.parties[c] < TWO or not cases.to_consult[c]:
            continue
        case_of[wanted] = c
        urgency[wanted] = -cases.urgency[c]
        keys[wanted] = key(world.luck, Purpose.ORDER, month, cases.identity[c], cases.identity[c])
        wanted += 1
    put_in_order(order, wanted, urgency, keys)
    present, full = world.scratch.present, world.scratch.full
    for at in range(wanted):
        one_consultation(world, month, case_of[order[at]], present, full)


@compiled
def one_consultation(
    world: World, month: int, c: int, present: np.ndarray, full: np.ndarray
) -> None:
    """Who is there, who puts in full effort, and what that brings to light; fills both by place."""
    cases = world.cases
    full[:] = False
    number, with_resident = 0, world.settings.casework.residents_join
    for place in range(cases.parties[c]):
        present[place] = has_time_to_consult(world, cases.party[c, place], with_resident)
        number += present[place]
    if number < TWO:
        return
    cases.to_consult[c] = number < cases.parties[c]
    cases.consults[c] += 1
    counts = world.record.months.counts[max(month, 0)]
    counts[Count.CONSULTS] += 1
    counts[Count.CLUSTERED_CONSULTS] += 2 * cases.consults[c] - 1
    note(
        world.events,
        month,
        Event.CONSULTED,
        cases.holder[c],
        number,
        serial(cases.identity[c]),
        Reason.NONE,
        float(cases.consults[c]),
    )
    for place in range(cases.parties[c]):
        if present[place]:
            full[place] = puts_in_full_effort(world, month, c, place, present)
            decides(
                world,
                month,
                cases.party[c, place],
                NOBODY_ELSE,
                serial(cases.identity[c]),
                full[place],
            )
    hours = 0.0
    for place in range(cases.parties[c]):
        if present[place]:
            effort = effort_of(world.settings.cooperation, full[place])
            hours = spend_on_consult(world, month, cases.party[c, place], effort, with_resident)
    # Of every two, each has the floor for as long as any other who is there.
    hours *= TWO / number
    for one in range(cases.parties[c]):
        for two in range(one + 1, cases.parties[c]):
            if present[one] and present[two]:
                two_consult(world, month, c, one, two, hours, full)
    day = (month + 1) * DAYS_A_MONTH
    for place in range(cases.parties[c]):
        if present[place] and full[place]:
            party_looks(world, month, c, cases.party[c, place], day)
            resident_is_heard(world, month, c, cases.party[c, place], day)


@inlined
def resident_is_heard(world: World, month: int, c: int, i: int, day: float) -> None:
    """A resident who is there brings up, to a party that listens, what nobody saw."""
    cases, p = world.cases, world.settings.casework
    for n in range(cases.needs[c]):
        if p.residents_join and cases.state[c, n] == UNSEEN:
            about = np.uint64(n)
            u = uniform(world.luck, Purpose.VOICE, month, cases.identity[c], about)
            if u < p.resident_tells:
                need_is_seen(world, month, c, n, i, day)


@inlined
def puts_in_full_effort(world: World, month: int, c: int, place: int, present: np.ndarray) -> bool:
    """The decision of one party, on average over those who are there."""
    cases, o = world.cases, world.organisations
    i = cases.party[c, place]
    waited = share_of_longest_wait(world, c, month * DAYS_A_MONTH)
    gain, others = 0.0, 0
    for other in range(cases.parties[c]):
        if other == place or not present[other]:
            continue
        k = slot_of(world.ties, i, cases.party[c, other])
        if k >= 0:
            gain += gain_in_case(world, i, k, waited, cases.urgency[c])
            others += 1
    if others == 0:
        return False
    draw = uniform(world.luck, Purpose.JOINT, month, o.identity[i], cases.identity[c])
    return chooses_for_resident(world, i, waited, cases.urgency[c], draw, gain / others)


@inlined
def two_consult(
    world: World, month: int, c: int, one: int, two: int, hours: float, full: np.ndarray
) -> None:
    """What passes between two parties of a case in at most ``hours``, less where one holds back.

    Two that do not know each other pass each other by.
    """
    cases, ties = world.cases, world.ties
    i, j = cases.party[c, one], cases.party[c, two]
    k = slot_of(ties, i, j)
    if k < 0:
        return
    b = ties.back[i, k]
    # They have to do with each other for as long as both are there.
    hours *= effort_of(world.settings.cooperation, full[one] and full[two])
    meets(world, month, i, k, PRACTICE, hours, Reason.CONSULT + 0, serial(cases.identity[c]))
    experiences(world, i, k, PRACTICE, hours, full[two])
    experiences(world, j, b, PRACTICE, hours, full[one])
    if full[one] and full[two]:
        cases.coordinated[c, one, two] = True
    if full[two]:
        tells(world, month, j, i, k)
    if full[one]:
        tells(world, month, i, j, b)
