"""Closing: a case ends when every need that was seen is met, or when it has waited too long.

The parties cannot know of a need that stayed unseen: then the case closes with an error.
"""

from collabsim.cases import (
    FAILED,
    HELPED,
    MET,
    OPEN,
    PROMISED,
    UNSEEN,
    WAITING,
)
from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.attention import has_time_to_review, spend_on_review
from collabsim.mechanisms.casework import serial
from collabsim.mechanisms.energy import was_in_vain
from collabsim.mechanisms.exposure import sees_what_was_missed
from collabsim.record import Count, Level
from collabsim.world import DAYS_A_MONTH, World

NO_PROVIDER = -1


@inlined
def share_of_longest_wait(world: World, c: int, day: float) -> float:
    """How long case ``c`` has waited on ``day``, as a share of the wait after which it fails."""
    longest = world.settings.casework.fails_after_months * DAYS_A_MONTH
    return max(0.0, day - world.cases.arrived[c]) / longest


@compiled
def cases_close(world: World, month: int) -> None:
    """Close the cases of which every need that was seen is met, and those that waited too long."""
    cases, months = world.cases, world.record.months
    row = max(month, 0)
    end = (month + 1) * DAYS_A_MONTH
    start = month * DAYS_A_MONTH
    kept = 0
    for a in range(world.case_count.open[0]):
        c = world.case_list.active[a]
        done = True
        last = cases.arrived[c]
        for n in range(cases.needs[c]):
            if cases.state[c, n] == OPEN or cases.state[c, n] == PROMISED:
                done = False
            elif cases.state[c, n] == MET:
                last = max(last, cases.met[c, n])
        if done:
            case_is_helped(world, month, c, last)
        elif end - cases.arrived[c] >= world.settings.casework.fails_after_months * DAYS_A_MONTH:
            case_fails(world, month, c, end)
        else:
            world.case_list.active[kept] = c
            kept += 1
        until = end if cases.outcome[c] == WAITING else cases.closed[c]
        months.levels[row, Level.CASE_DAYS] += max(0.0, until - max(start, cases.arrived[c]))
        if cases.outcome[c] != WAITING:
            months.levels[row, Level.CLOSED_CASE_DAYS] += cases.closed[c] - max(
                0.0, cases.arrived[c]
            )
    world.case_count.open[0] = kept
    months.counts[row, Count.OPEN_CASES] = kept


@compiled
def case_is_helped(world: World, month: int, c: int, day: float) -> None:
    """The parties think that they are done; a need may have stayed unseen."""
    cases, counts, row = world.cases, world.record.months.counts, max(month, 0)
    cases.outcome[c] = HELPED
    cases.closed[c] = day
    unseen = False
    for n in range(cases.needs[c]):
        unseen = unseen or cases.state[c, n] == UNSEEN
    if unseen and world.settings.casework.reviews_cases and world.settings.casework.contacts:
        case_is_reviewed(world, month, c)
    counts[row, Count.HELPED] += 1
    counts[row, Count.WITH_UNSEEN_NEED] += unseen
    counts[row, Count.HELPED_WITH_ERROR] += unseen or cases.contradicts[c]
    world.record.months.levels[row, Level.DAYS_TO_HELP] += day - cases.arrived[c]
    reason = Reason.HELPED_WITH_UNSEEN_NEED if unseen else Reason.HELPED
    note(
        world.events,
        month,
        Event.CASE_CLOSED,
        cases.holder[c],
        NOBODY_ELSE,
        serial(cases.identity[c]),
        reason,
        day,
    )


@compiled
def case_is_reviewed(world: World, month: int, c: int) -> None:
    """The parties that have the time look back on what they missed."""
    cases = world.cases
    for place in range(cases.parties[c]):
        i = cases.party[c, place]
        if not has_time_to_review(world, i):
            continue
        spend_on_review(world, month, i)
        for n in range(cases.needs[c]):
            if cases.state[c, n] == UNSEEN:
                sees_what_was_missed(world, i, cases.need[c, n])


@compiled
def case_fails(world: World, month: int, c: int, day: float) -> None:
    """Nobody helped in time; what was promised lapses."""
    cases, counts, row = world.cases, world.record.months.counts, max(month, 0)
    cases.outcome[c] = FAILED
    cases.closed[c] = day
    for n in range(cases.needs[c]):
        if cases.state[c, n] == PROMISED:
            j = cases.provider[c, n]
            world.ledger.queue[j] -= cases.hours[c, n]
            was_in_vain(world, j)
            if j != cases.asker[c, n]:
                was_in_vain(world, cases.asker[c, n])
            if j != cases.asker[c, n] and world.settings.casework.contacts:
                counts[row, Count.LAPSED] += 1
                note(
                    world.events, month, Event.PROMISE_ENDED, j, cases.asker[c, n], serial(cases.identity[c]),
                    Reason.LAPSED, 0.0,
                )  # fmt: skip
    counts[row, Count.FAILED] += 1
    note(
        world.events, month, Event.CASE_CLOSED, cases.holder[c], NOBODY_ELSE, serial(cases.identity[c]),
        Reason.FAILED, day,
    )  # fmt: skip
