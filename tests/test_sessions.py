"""Sessions: who comes, in which groups they sit, what passes there, and that nothing else moves."""

import numpy as np
import pandas as pd

from collabsim.events import Event, Reason
from collabsim.model import CollaborationModel
from collabsim.organisations import MANAGEMENT, PRACTICE
from collabsim.parameters import Scenario
from collabsim.record import Spending
from small_worlds import differences, ran, small, state

MONTH = 3


def with_session(**sessions: object) -> Scenario:
    """The small world without a table, with one session in month 3."""
    settings: dict[str, object] = {"invited": "everyone", "first_month": MONTH, "group_size": 4}
    settings |= sessions
    return small(table={"delegation": "nobody"}, sessions=settings, months=6)


def met_in_session(model: CollaborationModel) -> pd.DataFrame:
    """The encounters of sessions."""
    events = model.events()
    kinds = (Reason.SESSION_OF_PRACTICE, Reason.SESSION_OF_MANAGERS, Reason.SESSION_OF_BOARDS)
    return events[(events["event"] == Event.ENCOUNTER) & events["reason"].isin(kinds)]


def test_everybody_invited_sits_in_a_group_of_at_most_the_size_asked_for() -> None:
    met = met_in_session(ran(with_session(), trace=True))
    assert set(met["month"]) == {MONTH}
    partners: dict[int, set[int]] = {i: set() for i in range(10)}
    for i, j in zip(met["who"], met["whom"], strict=True):
        partners[i].add(j)
        partners[j].add(i)
    # Ten in groups of at most four: 4 + 3 + 3.
    assert sorted(len(others) for others in partners.values()) == [2] * 6 + [3] * 4


def test_a_session_costs_whoever_comes_its_hours_in_the_layer_that_comes() -> None:
    hours = ran(with_session(layer="management", hours=2.0)).world.record.spent.hours
    assert (hours[:, MANAGEMENT, Spending.SESSION] <= 2.0 + 0.5).all()
    assert hours[:, MANAGEMENT, Spending.SESSION].sum() > 0.0
    assert hours[:, PRACTICE, Spending.SESSION].sum() == 0.0


def test_who_has_not_the_hours_stays_away() -> None:
    poor = {"provider_management_hours": 1.0, "municipality_management_hours": 500.0}
    scenario = with_session(layer="management", hours=20.0).model_copy(
        update={"attention": small(attention=poor).attention}
    )
    model = ran(scenario)
    came = model.world.record.spent.hours[:, MANAGEMENT, Spending.SESSION] > 0.0
    assert came.tolist() == (model.world.organisations.kind == 0).tolist()


def test_until_the_session_nothing_differs_and_in_its_month_those_who_came_know_each_other_better() -> (
    None
):
    without, withit = (
        CollaborationModel(with_session(invited=who)) for who in ("nobody", "everyone")
    )
    without.run_for(MONTH)
    withit.run_for(MONTH)
    assert not differences(state(without), state(withit))
    without.step()
    withit.step()
    known = [m.world.bonds.acquaintance[:, :, PRACTICE, 0, 0].mean() for m in (without, withit)]
    assert known[1] > known[0]


def test_what_was_learnt_at_one_lunch_fades_afterwards() -> None:
    gaps = []
    # Without residents nothing brings practice together but the lunch; nor are hours bought for it.
    alone = small(casework={"cases_per_1000_per_year": 0.0}, attention={"unlimited": True})
    quiet = {"casework": alone.casework, "attention": alone.attention}
    scenarios = [with_session(invited=who) for who in ("nobody", "everyone")]
    models = [CollaborationModel(scenario.model_copy(update=quiet)) for scenario in scenarios]
    for model in models:
        model.run_for(MONTH + 1)
    for _ in range(2):
        known = [m.world.bonds.acquaintance[:, :, PRACTICE, 0, 0].mean() for m in models]
        gaps.append(known[1] - known[0])
        for model in models:
            model.run_for(1)
    assert gaps[0] > gaps[1] > 0.0


def test_sessions_come_back_as_often_as_asked_and_never_before_the_first() -> None:
    met = met_in_session(ran(with_session(every_months=2, first_month=1), trace=True))
    assert sorted(set(met["month"])) == [1, 3, 5]


def test_only_those_at_the_table_come_when_only_they_are_invited() -> None:
    scenario = small(
        sessions={"invited": "table", "first_month": 0, "layer": "board", "hours": 1.0}, months=1
    )
    model = ran(scenario)
    came = model.world.record.spent.hours[:, :, Spending.SESSION].sum(axis=1) > 0.0
    assert came.any()
    assert not (came & ~model.world.seats.seated[0]).any()


def test_switched_off_is_the_same_as_inviting_nobody() -> None:
    off, nobody = (
        state(ran(with_session(**sessions)))
        for sessions in ({"enabled": False}, {"invited": "nobody"})
    )
    assert not differences(off, nobody)
    assert np.isfinite(off["bonds.acquaintance"]).all()
