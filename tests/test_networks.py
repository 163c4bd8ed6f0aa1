from typing import Any

import numpy as np
import pytest

from collabsim import CollaborationModel
from collabsim.events import Reason
from collabsim.organisations import MUNICIPALITY, PROVIDER
from collabsim.parameters import Scenario
from collabsim.record import Spending
from conftest import small_scenario


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
