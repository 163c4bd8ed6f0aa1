from typing import Any

import numpy as np
import pytest

from collabsim import CollaborationModel
from collabsim.mechanisms.deciding import CONSENSUS, DIRECTOR, MAJORITY, is_decided
from collabsim.mechanisms.promises import gain_of_honouring
from collabsim.organisations import BOARD, MUNICIPALITY, PRACTICE
from collabsim.parameters import Scenario
from collabsim.record import Count
from conftest import small_scenario

#: Runs that are averaged; a decision is rare in a small region.
SEEDS = 16


def table_of(rule: str, **changes: dict[str, Any]) -> Scenario:
    """A monthly table of all, in a small region, that decides by ``rule``."""
    table = {"delegation": "everyone", "meets_every_months": 1, "decides_by": rule}
    region = {"municipality_count": 3, "provider_count": 9}
    groups: dict[str, Any] = {"table": table, "region": region}
    return small_scenario(**{**groups, **changes})


def run(rule: str, *, seed: int = 0, **changes: dict[str, Any]) -> CollaborationModel:
    model = CollaborationModel(table_of(rule, **changes), seed=seed)
    model.run_for(36)
    return model


def outcome(rule: str, name: str, **changes: dict[str, Any]) -> float:
    runs = (run(rule, seed=seed, **changes) for seed in range(SEEDS))
    return float(np.nanmean([made.outcomes()[name] for made in runs]))


@pytest.mark.parametrize(
    ("rule", "in_favour", "decided"),
    [
        (CONSENSUS, 4, False),
        (CONSENSUS, 5, True),
        (MAJORITY, 2, False),
        (MAJORITY, 3, True),
    ],
)
def test_a_decision_takes_what_the_rule_says(*, rule: int, in_favour: int, decided: bool) -> None:
    name = {CONSENSUS: "consensus", MAJORITY: "majority", DIRECTOR: "director"}[rule]
    world = CollaborationModel(table_of(name), seed=0).world
    present = np.zeros(world.organisations.kind.shape[0], dtype=bool)
    present[:5] = True
    wants = np.zeros_like(present)
    wants[:in_favour] = True
    assert is_decided(world, present, present, wants) == decided


def test_the_director_decides_alone_and_only_if_it_wants_it() -> None:
    world = CollaborationModel(table_of("director"), seed=0).world
    kind, inhabitants = world.organisations.kind, world.organisations.inhabitants
    director = int(np.argmax(np.where(kind == MUNICIPALITY, inhabitants, 0.0)))
    present = np.ones(len(kind), dtype=bool)
    wants = np.zeros_like(present)
    wants[director] = True
    assert is_decided(world, present, present, wants)
    assert not is_decided(world, present, present, ~wants)


def test_without_the_largest_the_next_largest_directs() -> None:
    world = CollaborationModel(table_of("director"), seed=0).world
    kind, inhabitants = world.organisations.kind, world.organisations.inhabitants
    order = np.argsort(-np.where(kind == MUNICIPALITY, inhabitants, 0.0))
    present = np.ones(len(kind), dtype=bool)
    present[order[0]] = False
    wants = np.zeros_like(present)
    wants[order[1]] = True
    assert is_decided(world, present, present, wants)


@pytest.mark.slow
def test_the_more_must_agree_the_later_and_in_the_end_the_fewer_decisions() -> None:
    willing, most, everybody = (
        outcome(rule, "months_to_decide") for rule in ("those_willing", "majority", "consensus")
    )
    assert willing < most < everybody
    assert outcome("majority", "table_decisions_a_year") > outcome(
        "consensus", "table_decisions_a_year"
    )


@pytest.mark.slow
def test_where_few_are_open_the_willing_still_decide_and_a_majority_hardly_does() -> None:
    distrust = {"start_integrity": 0.4, "gain_per_hour": 0.0}
    willing, director, most = (
        outcome(rule, "table_decisions_a_year", learning=distrust)
        for rule in ("those_willing", "director", "majority")
    )
    assert willing > director > most


def test_who_is_overruled_pledges_but_carries_it_inside_only_in_part() -> None:
    carried: list[float] = []
    distrust = {"start_integrity": 0.4, "gain_per_hour": 0.0}
    for seed in range(3):
        model = CollaborationModel(table_of("director", learning=distrust), seed=seed)
        for _ in range(36):
            model.step()
            seats = model.world.seats[0]
            carried += list(seats.told[seats.pledger, BOARD])
    assert min(carried) < 0.9
    assert max(carried) == 1.0


def test_among_the_willing_nobody_is_overruled() -> None:
    model = CollaborationModel(table_of("those_willing"), seed=0)
    for _ in range(24):
        model.step()
        seats = model.world.seats[0]
        assert (seats.told[seats.pledger, BOARD] == 1.0).all()


def test_where_others_decide_more_is_pledged_in_a_decision() -> None:
    def in_a_decision(rule: str) -> float:
        pledges, decisions = 0, 0
        for seed in range(SEEDS):
            months = run(rule, seed=seed).world.record.months.counts
            pledges += int(months[:, Count.PLEDGES].sum())
            decisions += int(months[:, Count.TABLE_DECISIONS].sum())
        return pledges / decisions

    assert in_a_decision("director") > 1.1 * in_a_decision("those_willing")


def test_practice_is_bound_as_far_as_it_was_told() -> None:
    world = CollaborationModel(table_of("director"), seed=0).world
    provider = int(np.flatnonzero(world.organisations.kind != MUNICIPALITY)[0])
    field = int(world.organisations.domain[provider])
    seats = world.seats
    seats.pledger[0, provider] = True
    seats.step[0, provider] = field
    seats.pledged[0, provider] = 10.0
    gains = []
    for told in (0.0, 0.4, 0.8):
        seats.told[0, provider, PRACTICE] = told
        gains.append(gain_of_honouring(world, provider, field))
    assert gains[0] == 0.0
    assert gains[1] > 0.0
    assert gains[2] == pytest.approx(2.0 * gains[1])


def test_every_decision_is_in_the_event_record_with_its_months() -> None:
    model = CollaborationModel(table_of("majority"), seed=0, trace=True)
    model.run_for(36)
    decided = model.events().query("event == 41")
    months = model.world.record.months.counts
    assert len(decided) == months[:, Count.TABLE_DECISIONS].sum() > 0
    assert decided["value"].sum() == months[:, Count.MONTHS_TO_DECIDE].sum()
    assert (decided["value"] >= 0.0).all()
