"""Word from the table travels home, or does not.

A delegate that is bound to report does so, if its board has the time; one that is not bound
decides, as in any encounter; one that was not there has nothing to tell. Its hours are shared
among those it speaks for. Those who are reached hear what the delegate knows, tell of their own
room, and are for or against what was agreed; those who are left without word experience a delegate
that holds back.
"""

import numpy as np

from collabsim.compiled import compiled
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.attention import (
    has_time_for_board,
    has_time_for_mail,
    report_time,
    spend_on_mail,
    spend_on_report,
)
from collabsim.mechanisms.cooperation import chooses, future_at_table, gain_with, price_of_effort
from collabsim.mechanisms.encounters import experiences, meets
from collabsim.mechanisms.energy import can_start
from collabsim.mechanisms.pledges import pledges, step_of
from collabsim.mechanisms.rules import hears_of_rules
from collabsim.mechanisms.table_meeting import is_convened, meets_this_month
from collabsim.mechanisms.word import passes_on, retells, tells
from collabsim.organisations import BOARD
from collabsim.randomness import Purpose, joined
from collabsim.record import Count
from collabsim.tables import NO_ITEM, NOBODY, has_met, largest_municipality
from collabsim.ties import slot_of
from collabsim.world import World


@compiled
def word_travels_home(world: World, month: int) -> None:
    """After a meeting: every delegate with a home base, and what its base hears."""
    for w in range(world.seats.seated.shape[0]):
        convenes = meets_this_month(world, month, w) and is_convened(world, month, w)
        if not (convenes and has_met(world.seats, w)):
            continue
        for d in range(world.seats.seated.shape[1]):
            if world.seats.seated[w, d]:
                one_delegate_reports(world, month, w, d)
        if world.settings.table.update_mails:
            update_is_read(world, month, w)


@compiled
def update_is_read(world: World, month: int, w: int) -> None:
    """Those at home read what the largest municipality that was there knows of those who sit there."""
    seats, ties = world.seats, world.ties
    writer = largest_municipality(world.organisations, seats.present[w])
    if writer == NOBODY:
        return
    for r in range(seats.seated.shape[1]):
        if (
            seats.seated[w, r]
            or not seats.member[w, r]
            or slot_of(ties, r, writer) < 0
            or not has_time_for_mail(world, r)
        ):
            continue
        hours = spend_on_mail(world, month, r)
        hears_of_rules(world, r, BOARD, writer, hours)
        for source in range(ties.other.shape[1]):
            a = ties.other[writer, source]
            slot = slot_of(ties, r, a) if a >= 0 and seats.seated[w, a] else -1
            if slot >= 0:
                retells(world, month, writer, source, r, slot)


@compiled
def one_delegate_reports(world: World, month: int, w: int, d: int) -> None:
    """Whether ``d`` reports to those it speaks for, and what follows."""
    seats, ties, counts = world.seats, world.ties, world.record.months.counts
    p, row = world.settings.cooperation, max(month, 0)
    base, gain = 0, 0.0
    future = future_at_table(p, float(seats.until[w, d] - month))
    for k in range(ties.other.shape[1]):
        r = ties.other[d, k]
        if r >= 0 and seats.delegate[w, r] == d:
            base += 1
            gain += gain_with(p, ties, world.bonds, d, k, BOARD, future)
    if base == 0:
        return
    counts[row, Count.REPRESENTED] += base
    bound = world.settings.table.reporting_back
    identity = world.organisations.identity[d]
    about = joined(identity, np.uint64(w))
    reports = bound or chooses(
        world, Purpose.REPORT, month, identity, about, gain / base - price_of_effort(p, 0.0)
    )
    reports = reports and has_time_for_board(world, d, report_time(world.settings.attention))
    reports = reports and seats.present[w, d]
    reason = Reason.KEPT_TO_ITSELF if seats.present[w, d] else Reason.ABSENT
    if reports:
        reason = Reason.BOUND_TO_REPORT if bound else Reason.CHOSE_TO_REPORT
    note(world.events, month, Event.REPORTED, d, base, NOBODY_ELSE, reason, 0.0)
    hours = report_time(world.settings.attention) / base
    if reports:
        spend_on_report(world, month, d)
    for k in range(ties.other.shape[1]):
        r = ties.other[d, k]
        if r < 0 or seats.delegate[w, r] != d:
            continue
        b = ties.back[d, k]
        reached = reports and passes_on(world, month, d, r, d)
        if reached or not reports:
            experiences(world, r, b, BOARD, hours, reports)
        if reached:
            hears_word(world, month, w, d, k, r, b, hours)
        else:
            note(world.events, month, Event.SUPPORTED, r, d, NOBODY_ELSE, Reason.NOT_REACHED, 0.0)


@compiled
def hears_word(
    world: World, month: int, w: int, d: int, k: int, r: int, b: int, hours: float
) -> None:
    """``r``, at home, hears of the meeting from its delegate ``d``, and makes up its mind."""
    seats, ties, counts, o = (
        world.seats,
        world.ties,
        world.record.months.counts,
        world.organisations,
    )
    agenda = world.agenda
    p, row = world.settings.cooperation, max(month, 0)
    meets(world, month, d, k, BOARD, hours, Reason.WORD_HOME + 0, NOBODY_ELSE)
    counts[row, Count.HEARD_AT_HOME] += 1
    tells(world, month, r, d, k)
    for source in range(ties.other.shape[1]):
        a = ties.other[d, source]
        if a >= 0 and a != r and seats.seated[w, a]:
            slot = slot_of(ties, r, a)
            if slot >= 0:
                retells(world, month, d, source, r, slot)
    gain = gain_with(p, ties, world.bonds, r, b, BOARD, 1.0)
    in_favour = chooses(
        world, Purpose.SUPPORT, month, o.identity[r], joined(o.identity[d], np.uint64(w)), gain
    )
    counts[row, Count.IN_FAVOUR] += in_favour
    reason = Reason.IN_FAVOUR if in_favour else Reason.AGAINST
    note(world.events, month, Event.SUPPORTED, r, d, NOBODY_ELSE, reason, 0.0)
    if (
        in_favour
        and agenda.agreed[w] != NO_ITEM
        and o.can[r, step_of(world, w, r)]
        and can_start(world, r)
        and not seats.pledger[w, r]
    ):
        pledges(world, month, w, r, ties.dependence[r, b], 1.0)
