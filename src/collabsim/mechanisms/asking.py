"""Asking: the parties that see a need look for somebody to meet it, in rounds within the month.

Every ask costs both sides hours, and days pass until the answer. In a round all ask first; then
the asked parties answer, the most urgent asks first, then by key. Nothing that is answered in a
round changes whom others ask in it.
"""

import numpy as np

from collabsim.cases import OPEN, TRIES
from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.attention import has_time_to_ask, spend_on_ask
from collabsim.mechanisms.casework import (
    by_letter,
    party_joins,
    place_of_party,
    serial,
)
from collabsim.mechanisms.choosing import NO_SLOT, whom_to_ask
from collabsim.mechanisms.closing import share_of_longest_wait
from collabsim.mechanisms.cooperation import (
    chooses,
    effort_of,
    gain_in_case,
    gain_of_care,
    gain_of_naming,
    need_of_resident,
    price_of_effort,
)
from collabsim.mechanisms.encounters import decides, experiences, meets
from collabsim.mechanisms.energy import was_in_vain
from collabsim.mechanisms.pledges import calls_on_pledge
from collabsim.mechanisms.promises import (
    gain_of_honouring,
    promises_care,
    takes_it_on,
)
from collabsim.mechanisms.rules import asked_by_rule, knows_rule, rule_is_used
from collabsim.mechanisms.third_parties import names_another
from collabsim.mechanisms.word import queue_months, tells
from collabsim.ordering import put_in_order
from collabsim.organisations import PRACTICE
from collabsim.randomness import Purpose, joined, key
from collabsim.record import Count
from collabsim.rules import Rule
from collabsim.world import DAYS_A_MONTH, World

#: Asking goes on until the month is over; no need goes through more rounds than this.
MOST_ROUNDS = 6


@compiled
def help_is_asked(world: World, month: int) -> None:
    """All rounds of asking of one month."""
    if not world.settings.casework.contacts:
        needs_go_by_letter(world, month)
        return
    own_needs_are_taken_on(world, month)
    places = 4 * world.case_count.open[0]
    case_of = np.empty(places, dtype=np.int64)
    need_of = np.empty(places, dtype=np.int64)
    slot = np.empty(places, dtype=np.int64)
    looking = needs_without_help(world, case_of, need_of)
    for _ in range(MOST_ROUNDS):
        looking = everybody_asks(world, month, case_of, need_of, slot, looking)
        if looking == 0:
            return
        everybody_answers(world, month, case_of, need_of, slot, looking)


@compiled
def needs_go_by_letter(world: World, month: int) -> None:
    """With contacts off: each need that is seen is handed over and joins a queue."""
    cases = world.cases
    for a in range(world.case_count.open[0]):
        c = world.case_list.active[a]
        for n in range(cases.needs[c]):
            if cases.state[c, n] == OPEN:
                j = by_letter(world, c, n)
                if j >= 0:
                    party_joins(cases, c, j)
                    takes_it_on(world, month, c, n, j, cases.clock[c, n])


@inlined
def own_needs_are_taken_on(world: World, month: int) -> None:
    """A provider that sees a need in a field that it works in meets it itself."""
    cases = world.cases
    for a in range(world.case_count.open[0]):
        c = world.case_list.active[a]
        for n in range(cases.needs[c]):
            i = cases.asker[c, n]
            if (
                cases.state[c, n] == OPEN
                and world.organisations.can[i, cases.need[c, n]]
                and cases.tries[c, n] == 0
            ):
                takes_it_on(world, month, c, n, i, cases.clock[c, n])


@inlined
def needs_without_help(world: World, case_of: np.ndarray, need_of: np.ndarray) -> int:
    """List the needs that were seen and not promised yet; returns how many."""
    cases = world.cases
    looking = 0
    for a in range(world.case_count.open[0]):
        c = world.case_list.active[a]
        for n in range(cases.needs[c]):
            if cases.state[c, n] == OPEN:
                case_of[looking], need_of[looking] = c, n
                looking += 1
    return looking


@compiled
def everybody_asks(
    world: World,
    month: int,
    case_of: np.ndarray,
    need_of: np.ndarray,
    slot: np.ndarray,
    looking: int,
) -> int:
    """Of those ``looking`` for help, keep who asks in this round, and whom; returns how many."""
    cases = world.cases
    end = (month + 1) * DAYS_A_MONTH
    asks = 0
    for at in range(looking):
        c, n = case_of[at], need_of[at]
        if cases.state[c, n] != OPEN or cases.clock[c, n] >= end:
            continue
        i = cases.asker[c, n]
        cases.clock[c, n] = max(cases.clock[c, n], month * DAYS_A_MONTH)
        if not has_time_to_ask(world, i) and not somebody_takes_it_up(world, month, c, n):
            asks_no_more(world, month, c, n, Reason.NO_TIME + 0)
            continue
        k = whom_to_ask(world, c, n)
        if k == NO_SLOT and somebody_takes_it_up(world, month, c, n):
            k = whom_to_ask(world, c, n)
        if k == NO_SLOT:
            cases.tries[c, n] = 0
            asks_no_more(world, month, c, n, Reason.NOBODY_TO_ASK + 0)
            continue
        case_of[asks], need_of[asks], slot[asks] = c, n, k
        asks += 1
    return asks


@compiled
def somebody_takes_it_up(world: World, month: int, c: int, n: int) -> bool:
    """Whether another party of the case looks on for help, as the rule of shared ownership asks.

    It takes a party that knows the rule, has the time, and thinks the resident's need worth it.
    """
    cases, o, rule = world.cases, world.organisations, Rule.SHARED_OWNERSHIP + 0
    waited = share_of_longest_wait(world, c, month * DAYS_A_MONTH)
    for place in range(cases.parties[c]):
        j = cases.party[c, place]
        if j == cases.asker[c, n] or not knows_rule(world, j, PRACTICE, rule):
            continue
        gain = asked_by_rule(world, j, PRACTICE, rule)
        gain += need_of_resident(world, j, waited, cases.urgency[c])
        gain -= price_of_effort(world.settings.cooperation, queue_months(world, j))
        about = joined(cases.identity[c], np.uint64(n))
        if has_time_to_ask(world, j) and chooses(
            world, Purpose.TAKE_UP, month, o.identity[j], about, gain
        ):
            cases.asker[c, n] = j
            rule_is_used(world, j, PRACTICE, rule)
            note(
                world.events, month, Event.ASKED, j, NOBODY_ELSE, serial(cases.identity[c]),
                Reason.TAKEN_UP, 0.0,
            )  # fmt: skip
            return True
    return False


@inlined
def asks_no_more(world: World, month: int, c: int, n: int, reason: int) -> None:
    """Whoever looks for help with need ``n`` gives up until next month."""
    cases = world.cases
    i, end = cases.asker[c, n], (month + 1) * DAYS_A_MONTH
    cases.clock[c, n] = end
    note(world.events, month, Event.ASKED, i, NOBODY_ELSE, serial(cases.identity[c]), reason, 0.0)


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
    careful = chooses(
        world,
        Purpose.HANDOVER,
        month,
        o.identity[i],
        about,
        gain_in_case(world, i, k, waited, urgency),
    )
    gain = gain_of_care(world, j, b, waited, urgency) + gain_of_honouring(
        world, j, cases.need[c, n]
    )
    accepts = chooses(world, Purpose.ANSWER, month, o.identity[j], about, gain)
    meets(world, month, i, k, PRACTICE, hours, Reason.ASK + 0, serial(cases.identity[c]))
    decides(world, month, i, j, serial(cases.identity[c]), careful)
    decides(world, month, j, i, serial(cases.identity[c]), accepts)
    experiences(
        world, j, b, PRACTICE, hours * effort_of(world.settings.cooperation, careful), careful
    )
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
    own = ledger.own_wait[i]
    ledger.own_wait[i] = days if own < 0.0 else 0.8 * own + 0.2 * days
    note(
        world.events,
        month,
        Event.WAITS,
        i,
        NOBODY_ELSE,
        NOBODY_ELSE,
        Reason.NONE,
        ledger.own_wait[i],
    )
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
