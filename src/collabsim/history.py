"""Month 0 is the end of a history: the region as it was before the first table.

A history depends on everything except the table, so scenarios that differ only in their tables
share it. It ends with tenures, ties, queues and open cases, instead of an arbitrary start.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collabsim.cases import moved_to_new_memory
from collabsim.config import identity
from collabsim.founding import first_world
from collabsim.given_ties import put_given_ties
from collabsim.grades import GRADES, YEAR
from collabsim.parameters import Scenario
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
)


@dataclass(frozen=True, eq=False)
class Start:
    """Where a run starts: the end of its history, and what the same residents get without contact.

    Attributes:
        key: ``history_key`` of the scenarios that it serves.
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
    """Equal for scenarios that have the same history and the same yardstick."""
    apart = {"timeline": yardstick(scenario).timeline}
    return identity(with_any_seed(scenario.model_copy(update=usual_together() | apart)))


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
    key = history_key(scenario)
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
    helped = alone(scenario, first)
    world, last_year = lived(scenario, first)
    # Grades come after: they say how all of it stands on average, a survey who knows whom.
    put_given_ties(world, ids, scenario, luck)
    move_to_grades(world, given, luck, last_year)
    standing = standing_of(world, last_year)
    return Start(key, luck, ids, world, helped, fitted, standing)


def public_value_of(scenario: Scenario, luck: Luck) -> float:
    """The grade for public value with which the history of a scenario ends."""
    world = first_world(scenario, luck)[1]
    return GRADES[PUBLIC_VALUE].of(standing_of(*lived(scenario, world)))
