from typing import Any

import numpy as np
import pytest

from collabsim import CollaborationModel
from collabsim.events import NOBODY_ELSE, Event, Reason
from collabsim.mechanisms.word_home import update_is_read
from collabsim.organisations import MUNICIPALITY, PROVIDER
from collabsim.parameters import Scenario
from collabsim.record import Spending
from collabsim.world import World, copied
from conftest import small_scenario
from small_worlds import as_in_a_month


def many(**changes: dict[str, Any]) -> Scenario:
    """Four networks in a small region."""
    networks = {"count": 4, "overlap": 0.0}
    table = {"delegation": "everyone", "meets_every_months": 3}
    region = {"municipality_count": 6, "provider_count": 18}
    groups: dict[str, Any] = {"networks": networks, "table": table, "region": region}
    return small_scenario(**{**groups, **changes})


def model_of(scenario: Scenario, months: int = 0, *, trace: bool = False) -> CollaborationModel:
    model = CollaborationModel(scenario, seed=0, trace=trace)
    model.run_for(months)
    return model


def test_without_overlap_each_belongs_to_one_network_but_for_those_that_fill_a_gap() -> None:
    member = model_of(many()).world.seats.member
    assert (member.sum(axis=0) >= 1).all()
    assert member.sum() <= 24 + 4


def test_with_full_overlap_everybody_takes_part_in_all() -> None:
    assert model_of(many(networks={"count": 4, "overlap": 1.0})).world.seats.member.all()


@pytest.mark.parametrize("seed", range(6))
def test_every_network_has_a_municipality_and_a_provider(seed: int) -> None:
    scenario = many(networks={"count": 10, "overlap": 0.0})
    world = CollaborationModel(scenario, seed=seed).world
    for kind in (MUNICIPALITY, PROVIDER):
        assert world.seats.member[:, world.organisations.kind == kind].any(axis=1).all()


def test_more_overlap_keeps_whoever_took_part_already() -> None:
    few, more = (
        model_of(many(networks={"count": 4, "overlap": overlap})).world.seats.member
        for overlap in (0.2, 0.6)
    )
    # Whoever filled a gap may not have to, when others join by themselves.
    assert (few & ~more).sum() <= 4
    assert more.sum() > few.sum()


def test_only_those_who_take_part_in_a_network_sit_at_its_table() -> None:
    scenario = many(
        networks={"count": 3, "overlap": 0.3},
        table={"delegation": "random", "seats": 3, "rotation": {"share_per_year": 1.0}},
    )
    model = model_of(scenario)
    provider = model.world.organisations.kind == PROVIDER
    tables = []
    for _ in range(30):
        model.step()
        seats = model.world.seats
        assert not (seats.seated & ~seats.member).any()
        assert ((seats.seated & provider).sum(axis=1) <= 3).all()
        home = seats.delegate >= 0
        assert (seats.member[home]).all()
        tables.append(seats.seated.copy())
    assert not np.array_equal(tables[0], tables[-1])


def test_who_sits_in_more_networks_has_less_time_for_each() -> None:
    def absent(overlap: float) -> float:
        model = model_of(many(networks={"count": 8, "overlap": overlap}), 24, trace=True)
        sat = model.events().query("event == 5")
        return float((sat["reason"] == Reason.ABSENT).mean())

    assert absent(1.0) > absent(0.0)


def test_more_networks_take_more_hours() -> None:
    def hours(count: int) -> float:
        model = model_of(many(networks={"count": count, "overlap": 1.0}), 24)
        return float(model.hours()[:, Spending.TABLE].sum())

    assert hours(3) > 1.5 * hours(1)


def test_tables_take_turns_instead_of_meeting_all_in_one_month() -> None:
    model = model_of(many(networks={"count": 3, "overlap": 1.0}), 12, trace=True)
    sat = model.events().query("event == 5")
    assert sorted(sat["month"].unique()) == list(range(12))


def test_each_network_can_agree_on_something_of_its_own() -> None:
    model = model_of(many(networks={"count": 3, "overlap": 0.2}), 24)
    assert model.world.agenda.agreed.shape == (3,)
    assert len(set(model.world.agenda.agreed)) > 1


def test_one_network_is_the_same_as_the_mechanism_switched_off() -> None:
    on = model_of(many(networks={"count": 1, "overlap": 0.7}), 24)
    off = model_of(many(networks={"enabled": False, "count": 5}), 24)
    assert on.outcomes() == pytest.approx(off.outcomes(), abs=0.0, nan_ok=True)


def test_an_organisation_says_in_which_networks_it_takes_part() -> None:
    model = model_of(many(networks={"count": 4, "overlap": 1.0}))
    assert model.organisations[0].networks == (0, 1, 2, 3)


def test_whether_one_is_open_at_one_table_does_not_decide_it_at_the_other() -> None:
    # All have the time for both, and trust so little that some are open and some are not.
    model = model_of(
        many(
            networks={"count": 2, "overlap": 1.0},
            table={"delegation": "everyone", "meets_every_months": 1},
            attention={"municipality_board_hours": 100.0, "provider_board_hours": 100.0},
            learning={"start_integrity": 0.5, "gain_per_hour": 0.0},
            energy={"enabled": False},
        ),
        24,
        trace=True,
    )
    events = model.events()
    decided = events[events["event"] == Event.DECIDED]
    decided = decided[(decided["whom"] == NOBODY_ELSE) & (decided["case"] == NOBODY_ELSE)]
    both = decided.groupby(["month", "who"])["reason"]
    assert (both.size() == 2).all()
    assert len(both) > 500
    assert (both.nunique() == 1).mean() < 0.8


def test_a_delegate_that_was_not_there_has_nothing_to_report() -> None:
    # A board with so few hours has the time to report, but often not to go to the table.
    model = model_of(
        many(
            networks={"enabled": False},
            table={"delegation": "selected", "seats": 4, "reporting_back": True}
            | {"meets_every_months": 1},
            attention={"provider_board_hours": 3.0},
        ),
        36,
        trace=True,
    )
    events = model.events()
    reported = events[events["event"] == Event.REPORTED]
    sat = events[events["event"] == Event.SAT_AT_TABLE]
    both = reported.merge(sat, on=["month", "who"], suffixes=("", "_there"))
    there = both["reason_there"] == Reason.TABLE
    assert set(both["reason"][~there]) == {Reason.ABSENT}
    assert Reason.BOUND_TO_REPORT in set(both["reason"][there])
    assert Reason.ABSENT not in set(both["reason"][there])


def two_tables() -> tuple[World, int, int]:
    """Two tables of municipalities; the largest of them, and the next, that know other things."""
    model = model_of(many(networks={"count": 2, "overlap": 1.0}, word={"reach": 1.0}))
    world = copied(model.world)
    inhabitants = world.organisations.inhabitants
    largest, next_largest = (int(m) for m in np.argsort(-inhabitants)[:2])
    world.seats.seated[:] = world.organisations.kind == MUNICIPALITY
    world.ledger.left[:] = 100.0
    world.ties.room[largest], world.ties.room[next_largest] = 0.9, 0.1
    return world, largest, next_largest


def told_by_update(world: World, table: int) -> set[float]:
    """What those at home come to believe of the room of others by the update of a table."""
    after = copied(world)
    as_in_a_month(update_is_read)(after, 0, table)
    return set(after.ties.room[after.ties.room != world.ties.room].tolist())


def test_the_update_of_a_table_is_written_by_a_municipality_that_was_there() -> None:
    world, largest, next_largest = two_tables()
    world.seats.present[0, next_largest] = True
    world.seats.present[1, [largest, next_largest]] = True
    assert told_by_update(world, 0) == {0.1}
    assert told_by_update(world, 1) == {0.9}


def test_nobody_writes_an_update_of_a_table_at_which_no_municipality_was() -> None:
    world, _, _ = two_tables()
    world.seats.present[0] = world.organisations.kind == PROVIDER
    assert told_by_update(world, 0) == set()


def test_updates_are_read_only_where_a_municipality_has_the_time_to_be_there() -> None:
    def reading(hours: float) -> float:
        table = {"delegation": "selected", "seats": 4, "update_mails": True}
        attention = {"municipality_board_hours": hours}
        return float(
            model_of(many(table=table, attention=attention), 12).hours()[:, Spending.READING].sum()
        )

    assert reading(0.0) == 0.0
    assert reading(12.0) > 0.0
