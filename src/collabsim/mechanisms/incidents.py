"""Incidents: a case becomes public, and its parties are called to account.

It is a case that has waited long. The managers of its parties give hours to account for it; each
decides whether to be open about its own part, or to hold back and leave the others with it. Those
who are under pressure, and hold something against the others, do the latter.
"""

import math

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.attention import spend_on_accounting
from collabsim.mechanisms.casework import serial
from collabsim.mechanisms.cooperation import chooses, old_sores
from collabsim.mechanisms.encounters import decides
from collabsim.mechanisms.gathering import everybody_hears, gain_among
from collabsim.organisations import MANAGEMENT
from collabsim.randomness import Purpose, as_uniform, joined, key, poisson, uniform
from collabsim.world import DAYS_A_MONTH, World

NO_CASE = -1
MONTHS_A_YEAR = 12.0
#: Fewer parties have nobody to leave it with.
FEWEST = 2


@compiled
def incidents_are_accounted_for(world: World, month: int) -> None:
    """All incidents of this month, one after the other."""
    p = world.settings.incidents
    if p.per_year == 0.0 or month < 0 or not world.settings.casework.contacts:
        return
    u = uniform(world.luck, Purpose.INCIDENTS, month, np.uint64(0), np.uint64(0))
    for n in range(poisson(p.per_year / MONTHS_A_YEAR, u)):
        c = which_case(world, month, n)
        if c != NO_CASE:
            parties_account(world, month, c, n)


@compiled
def which_case(world: World, month: int, n: int) -> int:
    """The case that becomes incident ``n`` of the month: by lot, in proportion to how long it waits."""
    cases, best, chosen = world.cases, math.inf, NO_CASE
    root = key(world.luck, Purpose.INCIDENT, month, np.uint64(n), np.uint64(0))
    for a in range(world.case_count.open[0]):
        c = world.case_list.active[a]
        waited = float((month + 1) * DAYS_A_MONTH) - cases.arrived[c]
        if cases.parties[c] < FEWEST or waited <= 0.0:
            continue
        draw = -math.log(as_uniform(joined(root, cases.identity[c]))) / waited
        if draw < best:
            best, chosen = draw, c
    return chosen


@compiled
def parties_account(world: World, month: int, c: int, n: int) -> None:
    """The managers of all parties of case ``c``: each is open, or leaves the others with it."""
    o, cases = world.organisations, world.cases
    present = np.zeros(o.kind.shape[0], dtype=np.bool_)
    opened = np.zeros(o.kind.shape[0], dtype=np.bool_)
    for place in range(cases.parties[c]):
        present[cases.party[c, place]] = True
    for i in range(present.shape[0]):
        if present[i]:
            about = joined(cases.identity[c], np.uint64(n))
            gain = gain_among(world, i, MANAGEMENT, present, 1.0) - sores_among(world, i, present)
            opened[i] = chooses(world, Purpose.ACCOUNT, month, o.identity[i], about, gain)
    together = 0.0
    for i in range(present.shape[0]):
        if present[i]:
            hours = spend_on_accounting(world, month, i)
            together += hours / cases.parties[c]
            decides(world, month, i, NOBODY_ELSE, serial(cases.identity[c]), opened[i])
            note(
                world.events, month, Event.INCIDENT, i, NOBODY_ELSE, serial(cases.identity[c]),
                Reason.COOPERATED if opened[i] else Reason.HELD_BACK, hours,
            )  # fmt: skip
    # They hear each other for as long as they are there on average, each for a share of it.
    shared = together / cases.parties[c]
    everybody_hears(world, month, MANAGEMENT, present, opened, shared, Reason.ACCOUNTING + 0)


@inlined
def sores_among(world: World, i: int, present: np.ndarray) -> float:
    """What ``i`` holds against the others there, on average, as far as it is under pressure."""
    ties, sores, others = world.ties, 0.0, 0
    for k in range(ties.other.shape[1]):
        j = ties.other[i, k]
        if j >= 0 and present[j]:
            sores += old_sores(world, i, k)
            others += 1
    return sores / others if others > 0 else 0.0
