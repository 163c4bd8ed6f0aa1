from typing import Any

import numpy as np
import pytest

from collabsim import CollaborationModel
from collabsim.mechanisms.deciding import CONSENSUS, DIRECTOR, MAJORITY, is_decided
from collabsim.organisations import BOARD, MUNICIPALITY
from collabsim.parameters import Scenario
from collabsim.record import Count
from conftest import small_scenario


def table_of(rule: str, **changes: dict[str, Any]) -> Scenario:
    """A monthly table of all, in a small region, that decides by ``rule``."""
    table = {"delegation": "everyone", "meets_every_months": 1, "decides_by": rule}
    region = {"municipality_count": 3, "provider_count": 9}
    groups: dict[str, Any] = {"table": table, "region": region}
    return small_scenario(**{**groups, **changes})


def run(
    rule: str, months: int = 36, *, seed: int = 0, **changes: dict[str, Any]
) -> CollaborationModel:
    model = CollaborationModel(table_of(rule, **changes), seed=seed)
    model.run_for(months)
    return model


def outcome(rule: str, name: str) -> float:
    return float(np.nanmean([run(rule, seed=seed).outcomes()[name] for seed in range(3)]))


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


def test_the_more_must_agree_the_fewer_decisions_and_the_later() -> None:
    willing, most, everybody = (
        outcome(rule, "table_decisions_a_year")
        for rule in ("those_willing", "majority", "consensus")
    )
    assert willing > most > everybody
    assert outcome("majority", "months_to_decide") > outcome("those_willing", "months_to_decide")


def test_who_is_overruled_pledges_but_carries_it_inside_only_in_part() -> None:
    carried: list[float] = []
    for seed in range(3):
        model = CollaborationModel(table_of("director"), seed=seed)
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


def test_where_others_decide_more_is_pledged_in_a_decision_and_less_of_it_is_honoured() -> None:
    def a_decision(rule: str) -> tuple[float, float]:
        pledges, decisions, honoured, broken = np.zeros(4)
        for seed in range(3):
            months = run(rule, seed=seed).world.record.months.counts
            pledges += months[:, Count.PLEDGES].sum()
            decisions += months[:, Count.TABLE_DECISIONS].sum()
            honoured += months[:, Count.PLEDGES_HONOURED].sum()
            broken += months[:, Count.PLEDGES_BROKEN].sum()
        return float(pledges / decisions), float(honoured / (honoured + broken))

    willing, directed = a_decision("those_willing"), a_decision("director")
    assert directed[0] > willing[0]
    assert directed[1] < willing[1]


def test_every_decision_is_in_the_event_record_with_its_months() -> None:
    model = CollaborationModel(table_of("majority"), seed=0, trace=True)
    model.run_for(36)
    decided = model.events().query("event == 41")
    months = model.world.record.months.counts
    assert len(decided) == months[:, Count.TABLE_DECISIONS].sum() > 0
    assert decided["value"].sum() == months[:, Count.MONTHS_TO_DECIDE].sum()
    assert (decided["value"] >= 0.0).all()
