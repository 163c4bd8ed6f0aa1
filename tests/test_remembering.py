"""What follows from an object is worked out once for it, and never taken for that of another."""

import gc
from operator import attrgetter

import numpy as np
import pytest

from collabsim.history import history_key
from collabsim.model import CollaborationModel
from collabsim.parameters import Scenario
from collabsim.remembering import once_for_each
from collabsim.settings import settings_of
from collabsim.world import copied
from small_worlds import small


class Thing:
    """Something of which all are equal."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Thing)

    __hash__ = None  # type: ignore[assignment]


def test_it_is_worked_out_once_for_an_object_and_anew_for_one_that_is_equal() -> None:
    seen: list[Thing] = []

    @once_for_each
    def number(thing: Thing) -> int:
        seen.append(thing)
        return len(seen)

    one, other = Thing(), Thing()
    assert [number(one), number(one), number(other), number(one)] == [1, 1, 2, 1]


def test_an_object_that_is_gone_leaves_nothing_to_one_that_takes_its_place_in_memory() -> None:
    seen: list[int] = []

    @once_for_each
    def number(thing: Thing) -> int:
        seen.append(id(thing))
        return len(seen)

    answers = [number(Thing()) for _ in range(100)]
    gc.collect()
    assert answers == list(range(1, 101))
    # Otherwise the test would not show anything: places were used again.
    assert len(set(seen)) < len(seen)


def test_a_scenario_with_another_parameter_has_another_history_although_the_first_was_remembered() -> (
    None
):
    scenario = Scenario()
    first = history_key(scenario)
    other = scenario.model_copy(update={"history_months": scenario.history_months + 1})
    assert history_key(other) != first
    assert history_key(scenario) == first == history_key(Scenario())


def test_a_setting_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(AttributeError, match=r"no column or attribute 'hbait'.*habit"):
        attrgetter("hbait")(settings_of(Scenario()).choice)


def test_two_worlds_never_work_in_the_same_room() -> None:
    world = CollaborationModel(small()).world
    other = copied(world)
    for one, two in zip(world.scratch, other.scratch, strict=True):
        assert not np.shares_memory(one, two)
