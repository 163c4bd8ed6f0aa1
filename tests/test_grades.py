"""Grades from 1 to 10 go in at month 0 and come out again; many starts fit the same six."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collabsim.config.errors import ConfigError
from collabsim.grades import GRADES, USUAL, grades_of
from collabsim.model import CollaborationModel
from collabsim.organisations import PRACTICE
from collabsim.starting import NEAR, StartError
from small_worlds import differences, ran, small, state

PROJECT = Path(__file__).parents[1]
A_GRADE = st.floats(3.0, 9.0)
CONDITIONS = [name for name in GRADES if name != "public_value"]


@settings(max_examples=15, deadline=None)
@given(
    grades=st.fixed_dictionaries(dict.fromkeys(CONDITIONS, A_GRADE)), replicate=st.integers(0, 99)
)
def test_five_conditions_that_go_in_come_out_at_month_0(
    grades: dict[str, float], replicate: int
) -> None:
    model = CollaborationModel(small(grades=grades), replicate=replicate)
    out = model.grades()
    assert all(abs(out[name] - grade) <= NEAR / 10 for name, grade in grades.items())


@pytest.mark.parametrize("value", [3.0, 6.0, 9.0])
def test_public_value_that_goes_in_comes_out_at_month_0(value: float) -> None:
    world = small(
        grades={"public_value": value},
        region={"inhabitants_per_municipality": 150000.0, "provider_count": 20},
        history_months=24,
    )
    for replicate in range(3):
        model = CollaborationModel(world, replicate=replicate)
        assert abs(model.grades()["public_value"] - value) <= NEAR


def test_a_cut_in_the_budget_stays_a_cut_where_a_grade_had_lowered_it_already() -> None:
    def hours(*changes: dict[str, object]) -> np.ndarray:
        world = small(grades={"public_value": 3.0}, history_months=24, timeline=list(changes))
        model = ran(world, replicate=2)
        assert model.settled.commissioning.budget < 0.9
        return np.asarray(model.world.organisations.hours[:, PRACTICE])

    def budget(value: float) -> dict[str, object]:
        return {"month": 2, "set": {"commissioning.budget": value}}

    without = hours()
    assert (hours(budget(1.0)) == without).all(), "a change to what it was changes nothing"
    assert hours(budget(0.8)).sum() < without.sum() < hours(budget(1.2)).sum()


def test_several_starts_fit_the_same_grades() -> None:
    world = small(grades=dict.fromkeys(CONDITIONS, 8.5))
    one, other = (CollaborationModel(world, replicate=replicate) for replicate in (0, 1))
    trust = [float(model.world.ties.integrity.mean()) for model in (one, other)]
    assert not math.isclose(trust[0], trust[1], abs_tol=0.01)
    assert all(abs(one.grades()[name] - other.grades()[name]) < NEAR for name in CONDITIONS)


def test_a_condition_with_a_grade_leaves_the_others_as_the_history_does() -> None:
    without = CollaborationModel(small()).grades()
    within = CollaborationModel(small(grades={"process": 9.0})).grades()
    assert {name for name in GRADES if within[name] != without[name]} == {"process"}


def test_without_grades_and_switched_off_the_start_is_the_end_of_the_history() -> None:
    plain = ran(small())
    off = ran(small(grades={"relation": 9.0, "enabled": False}))
    assert differences(state(plain), state(off)) == []


def test_no_trust_comes_to_lie_above_its_ceiling() -> None:
    for grade in (2.0, 9.5):
        ties = CollaborationModel(small(grades={"relation": grade})).world.ties
        assert np.all(ties.integrity[ties.other >= 0] <= ties.ceiling[ties.other >= 0] + 1e-12)


def test_a_public_value_out_of_reach_is_refused_with_what_is_in_reach() -> None:
    world = small(grades={"public_value": 10.0}, casework={"contacts": False}, history_months=12)
    with pytest.raises(StartError, match=r"grades.public_value is 10, and the nearest start"):
        CollaborationModel(world)


def test_a_grade_below_1_and_public_value_without_a_history_are_refused() -> None:
    with pytest.raises(ConfigError, match="grade lies between 1 and 10"):
        small(grades={"relation": 0.5})
    with pytest.raises(ConfigError, match="last year of the history"):
        small(grades={"public_value": 6.0}, history_months=3)


@given(mean=st.floats(0.0, 1.0))
def test_a_grade_is_1_for_nothing_10_for_all_and_usual_for_the_mean_of_plausible_worlds(
    mean: float,
) -> None:
    for grade in GRADES.values():
        at = [grade.of(dict.fromkeys(grade.parts, part)) for part in (0.0, grade.usual, 1.0, mean)]
        assert at[:3] == pytest.approx([1.0, USUAL, 10.0])
        assert 1.0 <= at[3] <= 10.0
        assert (at[3] <= at[1] + 1e-9) == (mean <= grade.usual + 1e-9)


def test_a_grade_of_which_nothing_is_known_is_unknown() -> None:
    nothing = dict.fromkeys((part for grade in GRADES.values() for part in grade.parts), math.nan)
    assert all(math.isnan(grade) for grade in grades_of(nothing).values())


def test_the_anchors_are_those_that_were_measured() -> None:
    path = PROJECT / "results/reference/grades.csv"
    with path.open(encoding="utf-8", newline="") as table:
        measured = {row["grade"]: float(row["usual"]) for row in csv.DictReader(table)}
    assert measured.keys() == GRADES.keys()
    for name, usual in measured.items():
        assert GRADES[name].usual == pytest.approx(usual, abs=0.002)


def test_every_set_of_grades_that_was_tried_came_out_within_half_a_point() -> None:
    path = PROJECT / "results/reference/graded-starts.csv"
    with path.open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert len(rows) >= 40
    assert all(float(row["furthest_off"]) <= NEAR for row in rows)
