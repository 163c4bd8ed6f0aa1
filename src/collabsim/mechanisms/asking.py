"""Asking: the parties that see a need look for somebody to meet it, in rounds within the month.

In a round all ask first, and then all that were asked answer: nothing that is answered in a round
changes whom others ask in it.
"""

import numpy as np

from collabsim.cases import OPEN
from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.answering import everybody_answers
from collabsim.mechanisms.attention import has_time_to_ask
from collabsim.mechanisms.casework import by_letter, party_joins, serial
from collabsim.mechanisms.choosing import NO_SLOT, whom_to_ask
from collabsim.mechanisms.closing import share_of_longest_wait
from collabsim.mechanisms.cooperation import chooses, need_of_resident, price_of_effort
from collabsim.mechanisms.promises import takes_it_on
from collabsim.mechanisms.rules import asked_by_rule, knows_rule, rule_is_used
from collabsim.mechanisms.word import queue_months
from collabsim.organisations import PRACTICE
from collabsim.randomness import Purpose, joined
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
