"""Delegation: one contract for all strategies, and seats that are neither made nor lost."""

import pickle
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any, get_args

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from collabsim import CollaborationModel
from collabsim.delegation import STRATEGIES, Candidates, next_delegation, who_speaks_for
from collabsim.delegation.rotation import is_moment_of_choice, seats_to_change
from collabsim.delegation.seating import seats_are_filled
from collabsim.events import Event, Reason
from collabsim.organisations import MUNICIPALITY
from collabsim.parameters import tables
from collabsim.parameters.tables import Rotation, Table
from collabsim.tables import NEVER, NO_END, NOBODY
from conftest import CandidatesMaker, small_scenario
from small_worlds import ran, small

type Rows = NDArray[np.int64]
#: Fixtures here are makers without state, so that examples may share them.
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def taken(candidates: Candidates, places: Rows) -> Candidates:
    """The candidates at ``places``, in that order."""
    count = len(candidates)
    chosen: dict[str, Any] = {}
    for field in fields(candidates):
        value = getattr(candidates, field.name)
        if isinstance(value, np.ndarray) and value.shape[:1] == (count,):
            square = value.ndim == 2 and value.shape[1] == count
            chosen[field.name] = value[np.ix_(places, places)] if square else value[places]
    return replace(candidates, **chosen)


# -- the contract of every strategy ----------------------------------------------------------------


@pytest.mark.parametrize("name", STRATEGIES)
def test_a_strategy_says_what_it_is_in_both_languages(name: str) -> None:
    strategy = STRATEGIES[name]
    assert strategy.name == name
    assert name in get_args(tables.Strategy.__value__)
    assert strategy.en.strip()
    assert strategy.nl.strip()
    assert strategy.en != strategy.nl
    assert strategy.source.strip()
    assert (strategy.choose.__doc__ or "").strip()


def test_every_delegation_that_a_config_can_name_has_a_strategy() -> None:
    assert set(get_args(tables.Strategy.__value__)) == set(STRATEGIES)


@pytest.mark.parametrize("name", STRATEGIES)
@shared
@given(
    count=st.integers(1, 50),
    seats=st.integers(1, 60),
    seed=st.integers(0, 99),
    month=st.integers(0, 99),
)
def test_a_strategy_gives_different_candidates_at_most_a_seat_each(
    candidates: CandidatesMaker, name: str, count: int, seats: int, seed: int, month: int
) -> None:
    few = taken(candidates(50, seed=seed, month=month), np.arange(count))
    before = pickle.dumps(few.trust), pickle.dumps(few.similarity), pickle.dumps(few.volume)
    chosen = STRATEGIES[name].choose(few, seats)
    assert chosen.dtype == np.int64
    assert len(np.unique(chosen)) == len(chosen)
    assert np.isin(chosen, np.arange(count)).all()
    assert len(chosen) <= (count if name == "everyone" else seats)
    if name in {"random", "stratified", "selected"}:
        assert len(chosen) == min(count, seats)
    again = pickle.loads(pickle.dumps(STRATEGIES[name]))  # noqa: S301 - our own bytes
    np.testing.assert_array_equal(again.choose(few, seats), chosen)
    assert before == (
        pickle.dumps(few.trust), pickle.dumps(few.similarity), pickle.dumps(few.volume)
    )  # fmt: skip


@pytest.mark.parametrize("name", STRATEGIES)
@shared
@given(order=st.permutations(range(50)), seats=st.integers(1, 49), seed=st.integers(0, 99))
def test_candidates_in_another_order_give_the_same_delegation(
    candidates: CandidatesMaker, name: str, order: list[int], seats: int, seed: int
) -> None:
    listed, places = candidates(50, seed=seed), np.array(order)
    chosen = STRATEGIES[name].choose(listed, seats)
    chosen_again = places[STRATEGIES[name].choose(taken(listed, places), seats)]
    if name == "everyone":
        chosen_again = np.sort(chosen_again)
    np.testing.assert_array_equal(chosen_again, chosen)


def test_a_stratified_lot_gives_every_field_its_share(candidates: CandidatesMaker) -> None:
    listed = candidates(50)
    providers = np.bincount(listed.domain)
    for seed in range(20):
        chosen = STRATEGIES["stratified"].choose(
            replace(listed, luck=candidates(50, seed=seed).luck), 10
        )
        seats = np.bincount(listed.domain[chosen], minlength=len(providers))
        assert (np.abs(seats - providers / 5.0) < 1.0).all()


def test_who_speaks_for_a_provider_has_a_seat_and_who_has_a_seat_speaks_for_itself(
    candidates: CandidatesMaker,
) -> None:
    listed, seated = candidates(50), np.zeros(50, dtype=np.bool_)
    assert (who_speaks_for(listed, seated) == NOBODY).all()
    seated[STRATEGIES["random"].choose(listed, 10)] = True
    speaks = who_speaks_for(listed, seated)
    assert (speaks[seated] == NOBODY).all()
    assert seated[speaks[~seated]].all()


# -- rotation --------------------------------------------------------------------------------------

ROTATIONS = st.builds(
    Rotation,
    share_per_year=st.floats(0.0, 1.0),
    staggered=st.booleans(),
    order=st.sampled_from(["round_robin", "random", "selected"]),
)
TABLES = st.builds(
    Table,
    delegation=st.sampled_from(["random", "stratified", "selected"]),
    seats=st.integers(1, 20),
    meets_every_months=st.integers(1, 24),
    first_meeting_month=st.integers(0, 30),
    rotation=ROTATIONS,
)


def moments(table: Table, months: int) -> list[int]:
    """Months up to ``months`` after the first meeting in which seats may change hands."""
    first = table.first_meeting_month
    return [m for m in range(first + months + 1) if is_moment_of_choice(table, m)]


@given(table=TABLES, years=st.integers(1, 10))
def test_the_changes_of_a_year_add_up_to_its_share(table: Table, years: int) -> None:
    months = 12 * years
    changed = sum(seats_to_change(table, table.seats, m) for m in moments(table, months))
    wanted = table.rotation.share_per_year * table.seats
    if table.rotation.staggered:
        until_last_meeting = months // table.meets_every_months * table.meets_every_months
        assert abs(changed - wanted * until_last_meeting / 12.0) < 1.0
    else:
        assert abs(changed - years * wanted) <= 0.5 * years + 1e-9


@given(table=TABLES)
def test_seats_change_only_where_the_table_has_met_or_a_year_is_over(table: Table) -> None:
    for month in range(100):
        since = month - table.first_meeting_month
        if is_moment_of_choice(table, month):
            assert since >= 0
            assert since % 12 == 0 or since % table.meets_every_months == 0
    assert not is_moment_of_choice(table.model_copy(update={"delegation": "nobody"}), 12)


@shared
@given(table=TABLES, seed=st.integers(0, 99), count=st.integers(2, 30))
def test_seats_are_conserved_and_nobody_has_two(
    candidates: CandidatesMaker, table: Table, seed: int, count: int
) -> None:
    seated = np.zeros(count, dtype=np.bool_)
    since, last_sat = np.zeros(count, dtype=np.int64), np.full(count, NEVER)
    for month in moments(table, 60):
        now = taken(candidates(50, seed=seed, month=month), np.arange(count))
        before = seated.copy()
        change = next_delegation(now, table, seated, since, last_sat)
        assert len(np.unique(change.leave)) == len(change.leave)
        assert len(np.unique(change.enter)) == len(change.enter)
        assert before[change.leave].all()
        assert not before[change.enter].any()
        seated[change.leave], seated[change.enter] = False, True
        since[change.enter] = month
        last_sat[seated] = last_sat[change.leave] = month
        assert seated.sum() == min(table.seats, count)
        if before.any() and table.rotation.share_per_year == 0.0:
            np.testing.assert_array_equal(seated, before)


def test_in_a_round_robin_who_sat_longest_leaves_and_who_waited_longest_comes(
    candidates: CandidatesMaker, table: Callable[..., Table]
) -> None:
    in_turn = table(delegation="random", seats=4, rotation={"share_per_year": 0.5})
    seated = np.arange(12) < 4
    since, last_sat = np.zeros(12, dtype=np.int64), np.full(12, NEVER)
    since[:4] = (12, 0, 24, 0)
    last_sat[:4] = 24
    last_sat[4:] = (8, 7, 6, 5, 1, 2, 3, 4)
    now = taken(candidates(50, seed=3, month=36), np.arange(12))
    change = next_delegation(now, in_turn, seated, since, last_sat)
    assert sorted(change.leave) == [1, 3]
    assert list(change.enter) == [8, 9]


def test_a_table_that_shrinks_or_grows_gets_its_number_of_seats(
    candidates: CandidatesMaker, table: Callable[..., Table]
) -> None:
    seated, since = np.arange(50) < 10, np.zeros(50, dtype=np.int64)
    last_sat = np.where(seated, 24, NEVER)
    for seats in (1, 6, 10, 13, 50):
        for share in (0.0, 0.3):
            now = candidates(50, seed=1, month=24)
            sized = table(delegation="random", seats=seats, rotation={"share_per_year": share})
            change = next_delegation(now, sized, seated, since, last_sat)
            assert 10 - len(change.leave) + len(change.enter) == seats


# -- the same through the model --------------------------------------------------------------------


@pytest.mark.parametrize("staggered", [False, True])
@pytest.mark.parametrize("order", ["round_robin", "random", "selected"])
def test_seats_at_the_table_of_a_model_are_conserved(*, order: str, staggered: bool) -> None:
    rotation = {"share_per_year": 0.5, "order": order, "staggered": staggered}
    scenario = small_scenario(
        region={"municipality_count": 2, "provider_count": 15},
        table={"delegation": "selected", "seats": 4, "rotation": rotation},
    )
    model = CollaborationModel(scenario, seed=0, trace=True)
    municipal = model.world.organisations.kind == MUNICIPALITY
    for month in range(37):
        model.step()
        seats = model.world.seats[0]
        assert seats.seated[municipal].all()
        assert seats.seated[~municipal].sum() == 4
        sitting = seats.seated & ~municipal
        assert (seats.since[sitting] <= month).all()
        np.testing.assert_array_equal(seats.until[sitting], seats.since[sitting] + 24)
        assert (seats.delegate[seats.seated] == NOBODY).all()
        assert seats.seated[seats.delegate[~seats.seated]].all()
    events = model.events()
    changes = events[events["event"] == Event.SEATED]
    for _, of_one in changes.groupby("who"):
        reasons = list(of_one["reason"])
        assert reasons == [Reason.TOOK_SEAT, Reason.LEFT_SEAT] * (len(reasons) // 2) + [
            Reason.TOOK_SEAT
        ] * (len(reasons) % 2)
    assert (changes["reason"] == Reason.LEFT_SEAT).sum() == 6


def test_without_rotation_a_seat_has_no_end() -> None:
    scenario = small_scenario(
        region={"municipality_count": 2, "provider_count": 15},
        table={"delegation": "random", "seats": 4},
    )
    model = CollaborationModel(scenario, seed=0)
    model.step()
    first = model.world.seats[0].seated.copy()
    model.run_for(40)
    np.testing.assert_array_equal(model.world.seats[0].seated, first)
    assert (model.world.seats[0].until == NO_END).all()


def test_only_a_change_of_the_table_makes_providers_choose_between_the_years() -> None:
    scenario = small_scenario(
        region={"municipality_count": 2, "provider_count": 12},
        commissioning={"track_record_weight": 20.0},
        table={
            "delegation": "self_selected",
            "seats": 3,
            "rotation": {"share_per_year": 0.5, "staggered": True},
        },
    )
    hours = {}
    for path in ("promises.optimism", "table.quorum"):
        model = CollaborationModel(scenario, seed=0)
        hours[path] = seats_are_filled(model.world, model.luck, scenario.table, 3, {path}).hours
    assert hours["promises.optimism"] == 0.0 < hours["table.quorum"]


def test_where_nobody_sits_any_more_nobody_is_spoken_for() -> None:
    model = CollaborationModel(
        small(timeline=[{"month": 3, "set": {"table.delegation": "nobody"}}])
    )
    model.run_for(3)
    assert (model.world.seats.delegate != NOBODY).any()
    model.step()
    assert not model.world.seats.seated.any()
    assert (model.world.seats.delegate == NOBODY).all()


def test_months_with_a_seat_are_counted_for_all_who_sit() -> None:
    model = ran(small(table={"delegation": "everyone"}))
    municipal = model.world.organisations.kind == MUNICIPALITY
    months = model.world.record.spent.seat_months
    assert municipal.any()
    assert (months == model.month).all()
