"""Outcomes where nearly everything goes wrong, or where nothing changes at all."""

import math
from dataclasses import dataclass
from typing import cast

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from collabsim import CollaborationModel
from collabsim.events import Event, Reason
from collabsim.record import Count
from collabsim.recorded import Recorded, stagnated
from conftest import small_scenario
from small_worlds import small

SEEDS = range(6)
MONTHS = 48
REGION = {"municipality_count": 3, "provider_count": 9}
ENDED = [Reason.KEPT, Reason.ANNOUNCED, Reason.BROKEN, Reason.LAPSED]


@pytest.fixture(scope="module")
def collapsed() -> list[CollaborationModel]:
    """Regions in which hardly any care is bought, so that nearly all residents wait in vain."""
    return [with_budget(0.3, seed) for seed in SEEDS]


def with_budget(budget: float, seed: int) -> CollaborationModel:
    """A small region after four years in which so much care is bought."""
    scenario = small_scenario(region=REGION, commissioning={"budget": budget})
    model = CollaborationModel(scenario, seed=seed, trace=True)
    model.run_for(MONTHS)
    return model


def of_event(model: CollaborationModel, event: Event) -> pd.DataFrame:
    events = model.events()
    return events[events["event"] == event]


# -- a collapse of care --------------------------------------------------------------------------


def test_care_does_collapse(collapsed: list[CollaborationModel]) -> None:
    for model in collapsed:
        assert 0.0 < model.outcomes()["residents_helped_share"] < 0.2


def test_errors_are_counted_among_those_who_were_helped(
    collapsed: list[CollaborationModel],
) -> None:
    for model in collapsed:
        closed = of_event(model, Event.CASE_CLOSED)
        unseen = set(closed["case"][closed["reason"] == Reason.HELPED_WITH_UNSEEN_NEED])
        helped = unseen | set(closed["case"][closed["reason"] == Reason.HELPED])
        failed = set(closed["case"][closed["reason"] == Reason.FAILED])
        clashed = set(of_event(model, Event.CONTRADICTED)["case"])
        # Plans clash for residents, too, who are not helped in the end.
        assert clashed & failed
        wrong = unseen | (clashed & helped)
        errors = model.outcomes()["errors_per_100_cases"]
        assert errors == pytest.approx(100.0 * len(wrong) / len(helped))


def test_errors_do_not_fall_because_fewer_are_helped(collapsed: list[CollaborationModel]) -> None:
    full = [with_budget(1.0, seed).outcomes()["errors_per_100_cases"] for seed in SEEDS]
    fewer = [model.outcomes()["errors_per_100_cases"] for model in collapsed]
    assert np.mean(fewer) >= np.mean(full)


def test_help_that_went_well_is_a_share_even_where_nearly_all_fail(
    collapsed: list[CollaborationModel],
) -> None:
    for model in collapsed:
        out = model.outcomes()
        assert 0.0 <= out["helped_well_share"] <= out["residents_helped_share"]
        assert out["synergy"] >= 0.0
        assert 0.0 <= model.recorded.standing()["helped_well"] <= 1.0
        assert 1.0 <= out["grade_public_value"] < 3.0


# -- stagnation ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Casework:
    """Of a run no more than its joint case meetings and joint steps, by month."""

    meetings: NDArray[np.int64]
    squares: NDArray[np.int64]
    steps: NDArray[np.int64]

    @property
    def months(self) -> int:
        return len(self.meetings)

    def monthly(self, count: Count) -> NDArray[np.int64]:
        return {
            Count.CONSULTS: self.meetings,
            Count.CLUSTERED_CONSULTS: self.squares,
            Count.JOINT_STEPS: self.steps,
        }[count]


def stagnates(means: NDArray[np.float64], draw: int, step: int | None = None) -> float:
    """Whether casework of these means a month is said to have stagnated; a ``step`` in one month.

    Cases arrive by chance, and each has one to three meetings, so meetings come in clusters.
    """
    luck = np.random.default_rng(draw)
    cases = luck.poisson(np.outer(means / 4.0, np.ones(3)))
    meetings = cases @ np.array([1, 2, 3])
    squares = cases @ np.array([1, 4, 9])
    steps = np.zeros(len(means), dtype=np.int64)
    if step is not None:
        steps[step] = 1
    return stagnated(cast("Recorded", Casework(meetings, squares, steps)))


def halved_after(months: int) -> NDArray[np.float64]:
    """Joint case meetings that halve after so many months, in three years."""
    return np.where(np.arange(36) < months, 40.0, 20.0)


@pytest.mark.parametrize("years", [2, 3, 5, 10])
@pytest.mark.parametrize("meetings", [2.0, 20.0])
def test_casework_that_does_not_change_hardly_ever_stagnates(years: int, meetings: float) -> None:
    means = np.full(12 * years, meetings)
    assert np.mean([stagnates(means, draw) for draw in range(2000)]) <= 0.04


def test_casework_that_halves_is_found() -> None:
    assert np.mean([stagnates(halved_after(12), draw) for draw in range(500)]) > 0.95


def test_a_joint_step_in_the_year_in_which_casework_falls_is_no_stagnation() -> None:
    means = halved_after(12)
    in_that_year = [stagnates(means, draw, step=20) for draw in range(500)]
    the_year_before = [stagnates(means, draw, step=6) for draw in range(500)]
    assert np.mean(in_that_year) <= 0.04
    assert np.mean(the_year_before) > 0.95


@pytest.mark.parametrize("months", [1, 12, 23])
def test_stagnation_takes_two_years_to_see(months: int) -> None:
    assert math.isnan(stagnates(halved_after(12)[:months], draw=0))
    assert not math.isnan(stagnates(halved_after(12)[:24], draw=0))


# -- what is undefined ---------------------------------------------------------------------------


def test_an_inner_ring_takes_two_years_to_find() -> None:
    for seed in range(4):
        model = CollaborationModel(small(), seed=seed)
        model.run_for(23)
        assert math.isnan(model.outcomes()["ring_found"])
        model.step()
        assert model.outcomes()["ring_found"] in {0.0, 1.0}


def test_no_share_of_promises_is_kept_in_a_month_in_which_none_ended() -> None:
    quiet = small(casework={"cases_per_1000_per_year": 0.02})
    model = CollaborationModel(quiet, seed=0, trace=True)
    model.run_for(24)
    ended = of_event(model, Event.PROMISE_ENDED)
    ended = ended[ended["reason"].isin(ENDED)]
    some = np.isin(np.arange(24), ended["month"])
    assert 0 < some.sum() < 24
    path = model.series()["promises_kept_share"]
    assert np.isnan(path[~some]).all()
    assert ((path[some] >= 0.0) & (path[some] <= 1.0)).all()


# -- how long a table takes ----------------------------------------------------------------------


@dataclass(frozen=True)
class Agenda:
    """What was on the table at the end of each month, and the decisions taken, by month."""

    waiting: list[NDArray[np.int64]]
    decided: pd.DataFrame
    mean: float


def agenda_of(seed: int) -> Agenda:
    """The table of all in a small region, which meets each month."""
    table = {"delegation": "everyone", "meets_every_months": 1}
    scenario = small_scenario(region=REGION, table=table)
    model, waiting = CollaborationModel(scenario, seed=seed, trace=True), []
    for _ in range(MONTHS):
        model.step()
        waiting.append(model.world.agenda.since[0].copy())
    decided = of_event(model, Event.TABLE_DECIDED).set_index("month")
    return Agenda(waiting, decided, model.outcomes()["months_to_decide"])


@pytest.fixture(scope="module")
def agendas() -> list[Agenda]:
    return [agenda_of(seed) for seed in range(4)]


def test_what_was_decided_is_no_longer_on_the_table(agendas: list[Agenda]) -> None:
    for agenda in agendas:
        assert len(agenda.decided) > 0
        months, fields = agenda.decided.index.to_numpy(), agenda.decided["whom"].to_numpy()
        assert (np.array(agenda.waiting)[months, fields] == -1).all()


def test_months_to_decide_count_from_when_the_field_first_came_up_since_it_was_last_decided_on(
    agendas: list[Agenda],
) -> None:
    waits: list[int] = []
    for agenda in agendas:
        came_up: dict[int, int] = {}
        for month, left in enumerate(agenda.waiting):
            if month in agenda.decided.index:
                decided = agenda.decided.loc[month]
                field_decided = cast("int", decided["whom"])
                waits.append(month - came_up.pop(field_decided, month))
                assert decided["value"] == waits[-1]
            for field in np.flatnonzero(left >= 0):
                assert left[field] == came_up.setdefault(int(field), month)
        assert agenda.mean == agenda.decided["value"].mean()
    assert min(waits) == 0
    assert max(waits) > 1
