"""Answering: the asked parties say yes or no, the most urgent asks first, then by key.

Every ask costs both sides hours, and days pass until the answer. The asker decides whether to hand
over with care, the asked whether to take it on; who says no may name somebody else.
"""

import numpy as np

from collabsim.cases import TRIES
from collabsim.compiled import compiled, inlined
from collabsim.events import Event, Reason, note
from collabsim.mechanisms.attention import has_time_to_ask, spend_on_ask
from collabsim.mechanisms.casework import party_joins, place_of_party, serial
from collabsim.mechanisms.closing import share_of_longest_wait
from collabsim.mechanisms.cooperation import (
    chooses,
    chooses_for_resident,
    effort_of,
    gain_in_case,
    gain_of_care,
    gain_of_naming,
    is_chosen,
    price_of_care,
)
from collabsim.mechanisms.encounters import decides, experiences, meets
from collabsim.mechanisms.energy import was_in_vain
from collabsim.mechanisms.pledges import calls_on_pledge
from collabsim.mechanisms.promises import gain_of_honouring, promises_care
from collabsim.mechanisms.third_parties import names_another
from collabsim.mechanisms.word import queue_months, tells
from collabsim.ordering import put_in_order
from collabsim.organisations import PRACTICE
from collabsim.randomness import Purpose, joined, key, uniform
from collabsim.record import Count
from collabsim.world import DAYS_A_MONTH, World


@compiled
def everybody_answers(
    world: World, month: int, case_of: np.ndarray, need_of: np.ndarray, slot: np.ndarray, asks: int
) -> None:
    """The asked parties answer, the most urgent asks first."""
    cases, ties = world.cases, world.ties
    urgency = np.empty(asks)
    keys = np.empty(asks, dtype=np.uint64)
    order = np.empty(asks, dtype=np.int64)
    for n in range(asks):
        c = case_of[n]
        asked = ties.other[cases.asker[c, need_of[n]], slot[n]]
        urgency[n] = -cases.urgency[c]
        about = joined(cases.identity[c], np.uint64(need_of[n]))
        keys[n] = key(world.luck, Purpose.ORDER, month, about, world.organisations.identity[asked])
    put_in_order(order, asks, urgency, keys)
    for at in range(asks):
        n = order[at]
        one_ask(world, month, case_of[n], need_of[n], slot[n])


@compiled
def one_ask(world: World, month: int, c: int, n: int, k: int) -> None:
    """One ask and its answer: days pass, hours are spent, both decide."""
    o, ties, cases, row = world.organisations, world.ties, world.cases, max(month, 0)
    i = cases.asker[c, n]
    j, b = ties.other[i, k], ties.back[i, k]
    if not has_time_to_ask(world, i):
        cases.clock[c, n] = (month + 1) * DAYS_A_MONTH
        return
    cases.clock[c, n] += world.settings.casework.days_per_ask + o.delay_days[j]
    hours = spend_on_ask(world, month, i)
    year = row // 12
    world.record.asks.asked[year, i, k] += 1
    world.record.months.counts[row, Count.ASKS] += 1
    if not has_time_to_ask(world, j):
        not_this_one(world, month, c, n, i, j, Reason.NO_TIME + 0)
        world.record.months.counts[row, Count.NO_TIME] += 1
        return
    spend_on_ask(world, month, j)
    waited, urgency = share_of_longest_wait(world, c, cases.clock[c, n]), cases.urgency[c]
    about = joined(joined(cases.identity[c], np.uint64(n)), o.identity[j])
    gain = gain_in_case(world, i, k, waited, urgency)
    draw = uniform(world.luck, Purpose.HANDOVER, month, o.identity[i], about)
    careful = chooses_for_resident(world, i, waited, urgency, draw, gain)
    gain = gain_of_care(world, j, b, waited, urgency) + gain_of_honouring(
        world, j, cases.need[c, n]
    )
    draw = uniform(world.luck, Purpose.ANSWER, month, o.identity[j], about)
    accepts = chooses_for_resident(world, j, waited, urgency, draw, gain)
    meets(world, month, i, k, PRACTICE, hours, Reason.ASK + 0, serial(cases.identity[c]))
    decides(world, month, i, j, serial(cases.identity[c]), careful)
    decides(world, month, j, i, serial(cases.identity[c]), accepts)
    experiences(
        world, j, b, PRACTICE, hours * effort_of(world.settings.cooperation, careful), careful
    )
    # Who would have said yes but for the work that waits says so, and that is no bad faith.
    unburdened = gain + price_of_care(world.settings.cooperation, queue_months(world, j))
    if accepts or not is_chosen(world.settings.cooperation, draw, unburdened):
        experiences(world, i, k, PRACTICE, hours, accepts)
    calls_on_pledge(world, month, j, i, k, c, n, accepts)
    tells(world, month, j, i, k)
    if accepts:
        says_yes(world, month, c, n, i, k, careful)
    else:
        not_this_one(world, month, c, n, i, j, Reason.DECLINED + 0)
        if world.settings.third_parties.refers and chooses(
            world, Purpose.REFER, month, o.identity[j], about, gain_of_naming(world, j, b)
        ):
            names_another(world, month, c, n, i, k)


@inlined
def not_this_one(world: World, month: int, c: int, n: int, i: int, j: int, reason: int) -> None:
    """``j`` does not take need ``n``; it is not asked again for a while."""
    cases = world.cases
    cases.tried[c, n, cases.tries[c, n] % TRIES] = j
    cases.tries[c, n] += 1
    was_in_vain(world, i)
    note(
        world.events, month, Event.ASKED, i, j, serial(cases.identity[c]), reason, cases.clock[c, n]
    )


@inlined
def says_yes(world: World, month: int, c: int, n: int, i: int, k: int, careful: bool) -> None:
    """The asked party joins the case and promises a date."""
    ties, cases, ledger, row = world.ties, world.cases, world.ledger, max(month, 0)
    j = ties.other[i, k]
    days = cases.clock[c, n] - cases.opened[c, n]
    ledger.waited[i] += days
    ledger.answered[i] += 1.0
    world.record.asks.accepted[row // 12, i, k] += 1
    world.record.asks.days[row // 12, i, k] += days
    world.record.months.counts[row, Count.ACCEPTED] += 1
    note(world.events, month, Event.ASKED, i, j, serial(cases.identity[c]), Reason.ACCEPTED, days)
    place = party_joins(cases, c, j)
    if careful:
        other = place_of_party(cases, c, i)
        if other >= 0:
            cases.coordinated[c, min(place, other), max(place, other)] = True
    promises_care(world, month, c, n, i, ties.back[i, k], j)
