"""Casework: residents with several needs arrive, are seen, asked for, helped, or fail.

Residents arrive per inhabitant, never per organisation. A party sees the needs of its own field
well and those of others poorly. A need is met if it is seen and passed on to somebody who can. An
error is a need that stayed unseen, or plans that contradicted each other. With contacts off, the
same residents are handed over by letter and every party works alone.
"""

import math

import numpy as np

from collabsim.cases import (
    OPEN,
    PARTIES,
    UNSEEN,
    WAITING,
    Cases,
)
from collabsim.compiled import compiled, inlined
from collabsim.events import Event, Reason, note
from collabsim.organisations import MUNICIPALITY, PRACTICE
from collabsim.parameters import Scenario
from collabsim.randomness import (
    SURELY,
    Purpose,
    as_uniform,
    joined,
    key,
    poisson,
    root_of,
    uniform,
)
from collabsim.record import Count
from collabsim.ties import slot_of
from collabsim.world import DAYS_A_MONTH, World

NO_PROVIDER = -1


def expected_cases_a_month(scenario: Scenario, inhabitants: float) -> float:
    """Cases a month that ``inhabitants`` bring."""
    return inhabitants / 1000.0 * scenario.casework.effective().cases_per_1000_per_year / 12.0


def expected_care_hours(scenario: Scenario, inhabitants: float) -> float:
    """Care hours a month that ``inhabitants`` need."""
    casework = scenario.casework
    needs = 0.5 * (casework.needs_least + casework.needs_most)
    return expected_cases_a_month(scenario, inhabitants) * needs * casework.care_hours_per_need


@inlined
def serial(identity: np.uint64) -> int:
    """A case's identity as a number for the event record."""
    return np.int64(identity >> np.uint64(2))  # type: ignore[return-value]


@inlined
def hours_of_care(world: World) -> float:
    """Care hours that one need takes."""
    return world.settings.casework.care_hours_per_need


@compiled
def cases_arrive(world: World, month: int) -> None:
    """New residents of this month, per municipality."""
    o, p = world.organisations, world.settings.casework
    for m in range(o.identity.shape[0]):
        if o.kind[m] != MUNICIPALITY:
            continue
        expected = o.inhabitants[m] / 1000.0 * p.cases_per_1000_per_year / 12.0
        number = poisson(
            expected, uniform(world.luck, Purpose.ARRIVALS, month, o.identity[m], o.identity[m])
        )
        for n in range(number):
            case_arrives(
                world, month, m, key(world.luck, Purpose.CASE, month, o.identity[m], np.uint64(n))
            )


@compiled
def case_arrives(world: World, month: int, m: int, identity: np.uint64) -> None:
    """One resident of municipality ``m``: needs, the party that takes the case, and what it sees."""
    cases = world.cases
    c = world.case_count.used[0]
    world.case_count.used[0] += 1
    world.case_list.active[world.case_count.open[0]] = c
    world.case_count.open[0] += 1
    cases.identity[c] = identity
    cases.municipality[c] = m
    cases.outcome[c] = WAITING
    day = (
        month + uniform(world.luck, Purpose.ARRIVAL_DAY, month, identity, identity)
    ) * DAYS_A_MONTH
    cases.arrived[c] = day
    cases.urgency[c] = uniform(world.luck, Purpose.URGENCY, month, identity, identity)
    draw_needs(world, c)
    for n in range(cases.needs[c]):
        cases.hours[c, n] = hours_of_care(world)
    i = who_takes_the_case(world, month, c)
    cases.holder[c] = i
    cases.parties[c] = 1
    cases.party[c, 0] = i
    world.record.months.counts[max(month, 0), Count.ARRIVED] += 1
    note(world.events, month, Event.CASE, i, m, serial(identity), Reason.NONE, day)
    party_looks(world, month, c, i, day)
    if not some_need_is_seen(cases, c):
        need_is_seen(world, month, c, 0, i, day)


@inlined
def draw_needs(world: World, c: int) -> None:
    """How many needs, and in which fields; the needs of one resident are in different fields."""
    cases, p, draws = world.cases, world.settings.casework, world.scratch.draws
    root, fields = root_of(world.luck, Purpose.NEED, 0, cases.identity[c]), p.field_count
    spread = p.needs_most - p.needs_least + 1
    number = p.needs_least + int(spread * as_uniform(joined(root, np.uint64(fields))))
    cases.needs[c] = min(number, fields)
    for field in range(fields):
        draws[field] = as_uniform(joined(root, np.uint64(field)))
    last = 0.0
    for n in range(cases.needs[c]):
        best, best_field = 2.0, 0
        for field in range(fields):
            if last < draws[field] < best:
                best, best_field = draws[field], field
        last = best
        cases.need[c, n] = best_field
        cases.state[c, n] = UNSEEN


@inlined
def who_takes_the_case(world: World, month: int, c: int) -> int:
    """The access team of the municipality, or a provider that it pays and that works in a field of need."""
    cases, p = world.cases, world.settings.casework
    m, identity = cases.municipality[c], cases.identity[c]
    if uniform(world.luck, Purpose.ENTRY, month, identity, identity) >= p.enters_at_provider:
        return m
    root = root_of(world.luck, Purpose.HOLDER, 0, identity)
    holder = drawn_by_contract(world, m, cases.need[c, 0], root)
    return m if holder == NO_PROVIDER else holder


@compiled
def drawn_by_contract(world: World, m: int, field: int, root: np.uint64) -> int:
    """One of the providers that ``m`` pays and that can help in ``field``, by size of contract; or -1."""
    o, ties, suppliers = world.organisations, world.ties, world.suppliers.provider
    best, chosen = math.inf, NO_PROVIDER
    for place in range(suppliers.shape[2]):
        j = suppliers[o.market[m], field, place]
        if j < 0:
            break
        u = as_uniform(joined(root, o.identity[j]))
        volume = ties.contract[m, slot_of(ties, m, j)]
        if 1.0 - u > SURELY * best * volume:
            continue  # -log(u) is at least 1 - u
        draw = -math.log(u) / volume
        if draw < best:
            best, chosen = draw, j
    return chosen


@inlined
def sees(world: World, c: int, n: int, i: int) -> bool:
    """Whether party ``i`` sees need ``n``: as far as it has an eye for needs in that field."""
    o, p = world.organisations, world.settings.casework
    eye = world.frames.sight[i, PRACTICE, world.cases.need[c, n]]
    chance = p.sees_other_field + eye * (p.sees_own_field - p.sees_other_field)
    about = joined(world.cases.identity[c], np.uint64(n))
    return uniform(world.luck, Purpose.SIGHT, 0, o.identity[i], about) < chance


@inlined
def some_need_is_seen(cases: Cases, c: int) -> bool:
    """Whether any need of case ``c`` has been seen."""
    for n in range(cases.needs[c]):
        if cases.state[c, n] != UNSEEN:
            return True
    return False


@inlined
def need_is_seen(world: World, month: int, c: int, n: int, i: int, day: float) -> None:
    """Party ``i`` brings need ``n`` to light and will look for help, or gives it itself."""
    cases = world.cases
    cases.state[c, n] = OPEN
    cases.asker[c, n] = i
    cases.provider[c, n] = NO_PROVIDER
    cases.opened[c, n] = day
    cases.clock[c, n] = day
    cases.tries[c, n] = 0
    cases.named[c, n] = NO_PROVIDER
    note(world.events, month, Event.NEED_SEEN, i, n, serial(cases.identity[c]), Reason.NONE, day)


@compiled
def party_looks(world: World, month: int, c: int, i: int, day: float) -> None:
    """Party ``i`` brings to light all needs that it sees."""
    cases = world.cases
    for n in range(cases.needs[c]):
        if cases.state[c, n] == UNSEEN and sees(world, c, n, i):
            need_is_seen(world, month, c, n, i, day)


@inlined
def place_of_party(cases: Cases, c: int, i: int) -> int:
    """Place of ``i`` among the parties of case ``c``, or -1."""
    for place in range(cases.parties[c]):
        if cases.party[c, place] == i:
            return place
    return -1


@inlined
def party_joins(cases: Cases, c: int, i: int) -> int:
    """Add ``i`` to the parties of case ``c``; returns its place. When all are taken, the last gives way."""
    place = place_of_party(cases, c, i)
    if place >= 0:
        return place
    place = min(cases.parties[c], PARTIES - 1)
    cases.party[c, place] = i
    cases.parties[c] = place + 1
    cases.to_consult[c] = True
    for other in range(PARTIES):
        cases.coordinated[c, other, place] = False
        cases.weighed[c, other, place] = False
    return place


@inlined
def by_letter(world: World, c: int, n: int) -> int:
    """With contacts off: the provider to which a need is handed over, by size of contract; or -1."""
    cases = world.cases
    root = root_of(world.luck, Purpose.ALONE, 0, joined(cases.identity[c], np.uint64(n)))
    return drawn_by_contract(world, cases.municipality[c], cases.need[c, n], root)
