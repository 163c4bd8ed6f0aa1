"""Measures are taken at the end of the month; nothing in the model reads them."""

import math

import numpy as np

from collabsim.borrowing import borrowed
from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, acquaintance_in, note
from collabsim.mechanisms.casework import serial
from collabsim.mechanisms.exposure import note_frame
from collabsim.organisations import BOARD, LAYERS, MANAGEMENT, PRACTICE
from collabsim.record import Level, Spending
from collabsim.world import World

N_LAYERS = len(LAYERS)


@compiled
def measures_are_taken(world: World, month: int) -> None:
    """Write down how the region stands at the end of this month."""
    if month < 0:
        return
    levels = world.record.months.levels
    relations_are_measured(world, month)
    views_are_measured(world, month)
    backlog = 0.0
    for i in range(world.ledger.queue.shape[0]):
        backlog += world.ledger.queue[i]
    levels[month, Level.BACKLOG_HOURS] = backlog
    energy = 0.0
    for i in range(world.organisations.energy.shape[0]):
        energy += world.organisations.energy[i]
    levels[month, Level.ENERGY] = energy / world.organisations.energy.shape[0]
    spent = 0.0
    hours = world.record.spent.hours
    for i in range(hours.shape[0]):
        for layer in range(hours.shape[1]):
            for purpose in range(Spending.CARE + 1, hours.shape[2]):
                spent += hours[i, layer, purpose]
    levels[month, Level.COLLABORATION_HOURS] = spent


@compiled
def standing_is_measured(world: World) -> None:
    """Write down how the region stands in the first month of a record that is there for it."""
    measures_are_taken(borrowed(world), 0)


@compiled
def relations_are_measured(world: World, month: int) -> None:
    """Trust, grievance and acquaintance, and how far parties know what others are after.

    All in one pass: to read through all ties is what it costs.
    """
    ties, bonds, levels = world.ties, world.bonds, world.record.months.levels
    competence, integrity, grievance, count = 0.0, 0.0, 0.0, 0
    known, within, possible = 0.0, 0.0, 0.0
    in_practice, in_management, in_boards = 0.0, 0.0, 0.0
    for i in range(ties.other.shape[0]):
        for k in range(ties.other.shape[1]):
            if ties.other[i, k] < 0:
                continue
            count += 1
            competence += ties.competence[i, k]
            integrity += ties.integrity[i, k]
            grievance += ties.grievance[i, k]
            in_practice += bonds.acquaintance[i, k, PRACTICE, 0, 0]
            in_management += bonds.acquaintance[i, k, MANAGEMENT, 0, 0]
            in_boards += bonds.acquaintance[i, k, BOARD, 0, 0]
            known += ties.disclosed[i, k]
            # Which part of package deals is opened by what is known.
            within += ties.within_reach[i, k]
            possible += ties.package[i, k]
    if count > 0:
        levels[month, Level.COMPETENCE] = competence / count
        levels[month, Level.INTEGRITY] = integrity / count
        levels[month, Level.GRIEVANCE] = grievance / count
        levels[month, Level.ACQUAINTANCE] = in_practice / count
        levels[month, Level.ACQUAINTANCE_OF_MANAGERS] = in_management / count
        levels[month, Level.ACQUAINTANCE_OF_BOARDS] = in_boards / count
    levels[month, Level.INTERESTS_KNOWN] = known / count if count > 0 else math.nan
    levels[month, Level.MUTUAL_GAINS] = within / possible if possible > 0.0 else math.nan


@inlined
def mean_and_spread(values: np.ndarray) -> tuple[float, float]:
    """Mean and standard deviation of ``values``, summed from first to last."""
    total, square = 0.0, 0.0
    for n in range(values.shape[0]):
        total += values[n]
    mean = total / values.shape[0]
    for n in range(values.shape[0]):
        square += (values[n] - mean) * (values[n] - mean)
    return mean, math.sqrt(square / values.shape[0])


@compiled
def views_are_measured(world: World, month: int) -> None:
    """How practice sees the task: the eye for others' fields, how views differ, how concrete."""
    frames, o, levels = world.frames, world.organisations, world.record.months.levels
    fields, count = world.settings.casework.field_count, world.frames.shape[0]
    seen, others, apart, values = 0.0, 0, 0.0, np.empty(count)
    for field in range(fields):
        for i in range(count):
            values[i] = frames.sight[i, PRACTICE, field]
            if not o.can[i, field]:
                seen += values[i]
                others += 1
        apart += mean_and_spread(values)[1]
    levels[month, Level.SIGHT_OF_OTHERS] = seen / others if others > 0 else math.nan
    levels[month, Level.SIGHT_APART] = apart / fields
    for i in range(count):
        values[i] = frames.image[i, PRACTICE]
    levels[month, Level.IMAGES_APART] = mean_and_spread(values)[1]
    for i in range(count):
        values[i] = frames.concrete[i, PRACTICE]
    levels[month, Level.CONCRETE] = mean_and_spread(values)[0]


@compiled
def starting_levels_are_noted(world: World, month: int) -> None:
    """At month 0, put what the history left behind in the event record: later rows are changes."""
    if world.events.happenings.shape[0] == 0:
        return
    ties, bonds, cases, waits = world.ties, world.bonds, world.cases, world.ledger.own_wait
    for i in range(ties.other.shape[0]):
        note(world.events, month, Event.WAITS, i, NOBODY_ELSE, NOBODY_ELSE, Reason.NONE, waits[i])
        note_frame(world, month, i)
        for field in range(world.settings.casework.field_count):
            if world.organisations.can[i, field]:
                note(
                    world.events, month, Event.WORKS_IN, i, field, NOBODY_ELSE, Reason.NONE, 1.0
                )  # fmt: skip
        for k in range(ties.other.shape[1]):
            j = ties.other[i, k]
            if j < 0:
                continue
            note(
                world.events,
                month,
                Event.TRUST,
                i,
                j,
                NOBODY_ELSE,
                Reason.COMPETENCE,
                ties.competence[i, k],
            )
            note(
                world.events,
                month,
                Event.TRUST,
                i,
                j,
                NOBODY_ELSE,
                Reason.INTEGRITY,
                ties.integrity[i, k],
            )
            note(
                world.events, month, Event.TRUST, i, j, NOBODY_ELSE, Reason.GRIEVANCE,
                ties.grievance[i, k],
            )  # fmt: skip
            note(
                world.events, month, Event.PACKAGE, i, j, NOBODY_ELSE, Reason.NONE,
                ties.package[i, k],
            )  # fmt: skip
            note(
                world.events, month, Event.DISCLOSED, i, j, NOBODY_ELSE, Reason.NONE,
                ties.disclosed[i, k],
            )  # fmt: skip
            for layer in range(N_LAYERS):
                known = bonds.acquaintance[i, k, layer, 0, 0]
                note(
                    world.events, month, Event.TRUST, i, j, NOBODY_ELSE, acquaintance_in(layer), known
                )  # fmt: skip
            note(
                world.events,
                month,
                Event.HEARD,
                i,
                j,
                NOBODY_ELSE,
                Reason.NONE,
                ties.wait_heard[i, k],
            )
    for a in range(world.case_count.open[0]):
        c = world.case_list.active[a]
        note(
            world.events, month, Event.CASE_OPEN, cases.holder[c], int(cases.contradicts[c]),
            serial(cases.identity[c]), Reason.NONE, cases.arrived[c],
        )  # fmt: skip
