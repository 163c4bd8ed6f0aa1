"""Month 0 is the end of a history: the region as it was before the first table.

A history depends on everything except the table and the timeline, so scenarios that differ only in
these share it. It ends with tenures, ties, queues and open cases, instead of an arbitrary start.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from collabsim.cases import moved_to_new_memory
from collabsim.config import identity
from collabsim.founding import first_world
from collabsim.given_ties import put_given_ties
from collabsim.grades import GRADES, YEAR
from collabsim.parameters import Scenario
from collabsim.parameters.scenario import Change
from collabsim.randomness import Luck
from collabsim.record import empty_record
from collabsim.remembering import once_for_each
from collabsim.starting import (
    PUBLIC_VALUE,
    fitted_to,
    grades_given,
    move_to_grades,
    served_as_given,
    standing_of,
)
from collabsim.stretches import pass_months
from collabsim.world import World
from collabsim.yardstick import (
    HelpedWell,
    Measured,
    helped_alone,
    usual_together,
    with_any_seed,
    yardstick,
    yardstick_key,
)


@dataclass(frozen=True, eq=False)
class Start:
    """Where a run starts: the end of its history, and what the same residents get without contact.

    Attributes:
        key: ``start_key`` of the scenarios that it serves.
        luck: seed and replicate.
        ids: names of the organisations, by row.
        world: the world at month 0; a model copies it.
        alone: by month, residents helped without an error when nobody has contact.
        fitted: values of parameters that make it fit the public value that was given, if one was.
        standing: how the region stands at month 0, see ``grades.parts_of``.

    """

    key: str
    luck: Luck
    ids: tuple[str, ...]
    world: World
    alone: HelpedWell
    fitted: Mapping[str, float]
    standing: Mapping[str, float]


@once_for_each
def history_key(scenario: Scenario) -> str:
    """Equal for scenarios that have the same history."""
    return _key(scenario, ())


@once_for_each
def start_key(scenario: Scenario) -> str:
    """Equal for scenarios that have the same history and the same yardstick."""
    return _key(scenario, yardstick(scenario).timeline)


def _key(scenario: Scenario, timeline: tuple[Change, ...]) -> str:
    kept = {"timeline": timeline}
    return identity(with_any_seed(scenario.model_copy(update=usual_together() | kept)))


def lived(scenario: Scenario, world: World) -> tuple[World, NDArray[np.int64]]:
    """The first world at the end of the history, and what was counted in its last year."""
    last = min(YEAR, scenario.history_months)
    world = pass_months(world, -scenario.history_months, scenario.history_months - last)
    world = world._replace(record=empty_record(1, *world.ties.other.shape))
    world = pass_months(world, -last, last)
    # Closed cases would be copied with every run that starts here.
    cases = moved_to_new_memory(world.cases, world.case_list, world.case_count, 0)
    world = world._replace(cases=cases[0], case_list=cases[1], case_count=cases[2])
    return world, world.record.months.counts[0]


def prepare(scenario: Scenario, seed: int, replicate: int, alone: Measured = helped_alone) -> Start:
    """The end of the history of ``scenario`` in one draw of luck, and the yardstick.

    Args:
        scenario: what has the history.
        seed: seed of the draw.
        replicate: number of the draw.
        alone: measures the yardstick, for who keeps what was measured before.

    Raises:
        StartError: no start in reach gets the grades that the scenario gives.

    """
    luck, given = Luck(seed, replicate), grades_given(scenario)
    key = start_key(scenario)
    fitted: dict[str, float] = {}
    if PUBLIC_VALUE in given:
        fitted = served_as_given(
            scenario,
            luck,
            given[PUBLIC_VALUE],
            lambda values: public_value_of(fitted_to(scenario, values), luck),
        )
    scenario = fitted_to(scenario, fitted)
    ids, first = first_world(scenario, luck)
    helped = alone(scenario, luck, first)
    world, last_year = lived(scenario, first)
    # Grades come after: they say how all of it stands on average, a survey who knows whom.
    put_given_ties(world, ids, scenario, luck)
    move_to_grades(world, given, luck, last_year)
    standing = standing_of(world, last_year)
    return Start(key, luck, ids, world, helped, fitted, standing)


def with_yardstick_of(start: Start, scenario: Scenario, alone: Measured = helped_alone) -> Start:
    """A start of the same history for a scenario whose timeline is felt alone too.

    Args:
        start: of a scenario with the same history.
        scenario: what it is to serve.
        alone: measures the yardstick.

    """
    if start.key == start_key(scenario):
        return start
    helped = alone(fitted_to(scenario, start.fitted), start.luck, None)
    return replace(start, key=start_key(scenario), alone=helped)


class Starts:
    """Starts in one draw of luck: histories and yardsticks, each made once for all that share it."""

    def __init__(self) -> None:
        self._histories: dict[str, Start] = {}
        self._yardsticks: dict[str, HelpedWell] = {}

    def start(self, scenario: Scenario, seed: int, replicate: int) -> Start:
        """Give what ``prepare`` makes."""
        key = history_key(scenario)
        if key not in self._histories:
            self._histories[key] = prepare(scenario, seed, replicate, self._helped_alone)
        return with_yardstick_of(self._histories[key], scenario, self._helped_alone)

    def _helped_alone(self, scenario: Scenario, luck: Luck, first: World | None) -> HelpedWell:
        key = yardstick_key(scenario)
        if key not in self._yardsticks:
            self._yardsticks[key] = helped_alone(scenario, luck, first)
        return self._yardsticks[key]


def public_value_of(scenario: Scenario, luck: Luck) -> float:
    """The grade for public value with which the history of a scenario ends."""
    world = first_world(scenario, luck)[1]
    return GRADES[PUBLIC_VALUE].of(standing_of(*lived(scenario, world)))
