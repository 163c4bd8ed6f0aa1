"""Month 0 is the end of a history: the region as it was before the first table.

A history depends on everything except the table, so scenarios that differ only in their tables
share it. It ends with tenures, ties, queues and open cases, instead of an arbitrary start. Beside
it runs the yardstick for 1 + 1: the same residents with contacts off.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.cases import empty_cases, with_room
from collabsim.config import resolved, set_value
from collabsim.events import event_record
from collabsim.frames import frames_of
from collabsim.given_ties import put_given_ties
from collabsim.grades import GRADES, YEAR
from collabsim.mechanisms.bargaining import packages_are_worked_out
from collabsim.mechanisms.commissioning import contracts_are_signed
from collabsim.month import months_pass
from collabsim.organisations import organisations_of
from collabsim.parameters import Scenario
from collabsim.parameters.scenario import LABELS
from collabsim.people import people_of
from collabsim.randomness import Luck
from collabsim.record import Count, Record, empty_ledger, empty_record
from collabsim.remembering import once_for_each
from collabsim.rules import no_rules
from collabsim.scratch import scratch_for
from collabsim.settings import settings_of, settled_at
from collabsim.starting import (
    PUBLIC_VALUE,
    grades_given,
    move_to_grades,
    served_as_given,
    standing_of,
)
from collabsim.tables import nothing_at_any_table
from collabsim.ties import ties_of
from collabsim.world import World, copied

#: Months between moments at which the open cases are moved together.
STRETCH = 24
#: Groups of the scenario that no month before month 0 reads, and the yardstick never.
TOGETHER = ("networks", "table", "sessions", "rules", "connector", "organising", "incidents")


@dataclass(frozen=True, eq=False)
class Start:
    """Where a run starts: the end of its history, and what the same residents get without contact.

    Attributes:
        key: ``history_key`` of the scenarios that it serves.
        luck: seed and replicate.
        ids: names of the organisations, by row.
        world: the world at month 0; a model copies it.
        alone: what was counted month by month with contacts off.
        fitted: values of parameters that make it fit the public value that was given, if one was.
        standing: how the region stands at month 0, see ``grades.parts_of``.

    """

    key: str
    luck: Luck
    ids: tuple[str, ...]
    world: World
    alone: Record
    fitted: Mapping[str, float]
    standing: Mapping[str, float]


def felt_alone(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the ``changes`` on a timeline that the yardstick feels too."""
    return {path: value for path, value in changes.items() if path.split(".")[0] not in TOGETHER}


@once_for_each
def history_key(scenario: Scenario) -> str:
    """Equal for scenarios that have the same history and the same yardstick."""
    content = resolved(scenario)
    for name in (*LABELS, "seed", "schema", *TOGETHER):
        content.pop(name, None)
    content["timeline"] = [
        {"month": change["month"], "set": kept}
        for change in content.get("timeline", [])
        if (kept := felt_alone(change["set"]))
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def places_wanted(world: World, months: int) -> int:
    """Places for cases that ``months`` months cannot exceed, but for a chance of nothing."""
    expected = float(world.organisations.inhabitants.sum()) / 1000.0
    expected *= float(world.settings.casework.cases_per_1000_per_year) / 12.0 * months
    return int(expected + 12.0 * np.sqrt(expected) + 20 * months + 20)


def pass_months(world: World, first: int, number: int) -> World:
    """Let months pass in stretches; returns the world, whose cases may have moved."""
    while number > 0:
        stretch = min(STRETCH, number)
        cases = with_room(
            world.cases, world.case_list, world.case_count, places_wanted(world, stretch)
        )
        world = world._replace(cases=cases[0], case_list=cases[1], case_count=cases[2])
        # Keys are meant to wrap around at 64 bits; plain Python would warn of it.
        with np.errstate(over="ignore"):
            months_pass(world, first, stretch)
        first += stretch
        number -= stretch
    return world


def first_world(scenario: Scenario, luck: Luck) -> tuple[tuple[str, ...], World]:
    """The region without any history."""
    ids, organisations = organisations_of(scenario, luck)
    ties, bonds = ties_of(scenario, organisations, luck)
    suppliers = contracts_are_signed(scenario, organisations, ties, luck)
    packages_are_worked_out(organisations, ties)
    count, slots = ties.other.shape
    cases, case_list, case_count = empty_cases(0)
    ledger, tallies, dealings = empty_ledger(count, slots)
    world = World(
        luck.root,
        settings_of(scenario),
        organisations,
        *people_of(organisations, scenario.people.second_contacts),
        ties,
        bonds,
        suppliers,
        *nothing_at_any_table(count),
        no_rules(count),
        frames_of(organisations, scenario.exposure.concrete_at_start, luck),
        cases,
        case_list,
        case_count,
        ledger,
        tallies,
        dealings,
        empty_record(1, count, slots),
        event_record(0),
        scratch_for(slots),
    )
    # Whoever is there at the very start is no newcomer in any month.
    world.posts.since[:] = -scenario.history_months - 1
    return tuple(ids), world


def yardstick(scenario: Scenario) -> Scenario:
    """The same residents, with the same changes on the timeline, with contacts off and no table."""
    changes = [
        change.model_copy(update={"set": kept})
        for change in scenario.timeline
        if (kept := felt_alone(change.set))
    ]
    return scenario.model_copy(
        update={
            "casework": scenario.casework.model_copy(update={"contacts": False}),
            "table": scenario.table.model_copy(update={"delegation": "nobody"}),
            "timeline": tuple(changes),
        }
    )


def lived(scenario: Scenario, world: World) -> tuple[World, NDArray[np.int64]]:
    """The first world at the end of the history, and what was counted in its last year."""
    last = min(YEAR, scenario.history_months)
    world = pass_months(world, -scenario.history_months, scenario.history_months - last)
    world = world._replace(record=empty_record(1, *world.ties.other.shape))
    world = pass_months(world, -last, last)
    # Closed cases would be copied with every run that starts here.
    cases = with_room(world.cases, world.case_list, world.case_count, 0)
    world = world._replace(cases=cases[0], case_list=cases[1], case_count=cases[2])
    return world, world.record.months.counts[0]


def lived_alone(scenario: Scenario, world: World) -> Record:
    """What is counted from month 0 when the same residents are served with contacts off."""
    apart = yardstick(scenario)
    world = world._replace(settings=settings_of(apart))
    world = pass_months(world, -scenario.history_months, scenario.history_months)
    world = world._replace(record=empty_record(scenario.months, *world.ties.other.shape))
    changes = {change.month for change in apart.timeline if 0 < change.month < apart.months}
    for first, end in pairwise([0, *sorted(changes), apart.months]):
        world = pass_months(
            world._replace(settings=settings_of(settled_at(apart, first))), first, end - first
        )
    return world.record


def prepare(scenario: Scenario, seed: int, replicate: int) -> Start:
    """The end of the history of ``scenario`` in one draw of luck, and the yardstick.

    Raises:
        StartError: no start in reach gets the grades that the scenario gives.

    """
    luck, given = Luck(seed, replicate), grades_given(scenario)
    key = history_key(scenario)
    fitted: dict[str, float] = {}
    if PUBLIC_VALUE in given:
        fitted = served_as_given(
            scenario,
            luck,
            given[PUBLIC_VALUE],
            lambda values: public_value_of(with_values(scenario, values), luck),
        )
    scenario = with_values(scenario, fitted)
    ids, first = first_world(scenario, luck)
    alone = lived_alone(scenario, copied(first))
    world, last_year = lived(scenario, first)
    # Grades come after: they say how all of it stands on average, a survey who knows whom.
    put_given_ties(world, ids, scenario, luck)
    move_to_grades(world, given, luck, last_year)
    standing = standing_of(world, last_year)
    return Start(key, luck, ids, world, alone, fitted, standing)


def public_value_of(scenario: Scenario, luck: Luck) -> float:
    """The grade for public value with which the history of a scenario ends."""
    world = first_world(scenario, luck)[1]
    return GRADES[PUBLIC_VALUE].of(standing_of(*lived(scenario, world)))


def with_values(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """``scenario`` with some of its parameters set."""
    for path, value in values.items():
        scenario = set_value(scenario, path, value)
    return scenario


def helped_well(record: Record, months: int) -> int:
    """Residents helped without an error in the first ``months`` months."""
    counts = record.months.counts[:months].sum(axis=0)
    return int(counts[Count.HELPED] - counts[Count.HELPED_WITH_ERROR])
