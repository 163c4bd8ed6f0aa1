"""Worlds at the edge of what can be asked for: they run, or are refused with a reason."""

from typing import Any

import numpy as np
import pytest

from collabsim import CollaborationModel
from collabsim.config import ConfigError, scenario_from_mapping
from collabsim.metrics import METRICS
from collabsim.organisations import PROVIDER
from conftest import small_scenario

ALL_LEAVE = dict.fromkeys(("practice", "management", "board"), 1.0)
NOBODY_LEAVES = dict.fromkeys(("practice", "management", "board"), 0.0)
#: What runs, and what it is about.
WORLDS: dict[str, dict[str, Any]] = {
    "two organisations": {"region": {"municipality_count": 1, "provider_count": 1}},
    "one provider": {"region": {"municipality_count": 3, "provider_count": 1}},
    "three hundred providers": {
        "region": {"municipality_count": 9, "provider_count": 300, "known_others": 20},
        "months": 6,
    },
    "ten seats for ten providers": {
        "region": {"municipality_count": 2, "provider_count": 10},
        "table": {"seats": 10, "delegation": "random", "rotation": {"share_per_year": 1.0}},
    },
    "nobody ever leaves": {
        "people": {
            "turnover_per_year": {"municipality": NOBODY_LEAVES, "provider": NOBODY_LEAVES},
            "election_replaces": 0.0,
        }
    },
    "everybody leaves each month": {
        "people": {"turnover_per_year": {"municipality": ALL_LEAVE, "provider": ALL_LEAVE}}
    },
    "no cases": {"casework": {"cases_per_1000_per_year": 0.0}},
    "ten networks": {"networks": {"count": 10, "overlap": 0.3}},
    "ten networks of two organisations": {
        "region": {"municipality_count": 1, "provider_count": 1},
        "networks": {"count": 10, "overlap": 0.0},
    },
    "one month without a history": {"months": 1, "history_months": 0},
    "a session of one": {"sessions": {"invited": "everyone", "every_months": 1, "group_size": 2}},
    "incidents all the time": {"incidents": {"per_year": 1000.0}},
    "a desk that takes more hours than there are": {"organising": {"hours_per_month": 200.0}},
}


def scenario_of(name: str) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "region": {"municipality_count": 2, "provider_count": 5},
        "table": {"delegation": "everyone", "meets_every_months": 1},
        "months": 18,
        "history_months": 12,
    }
    return {**usual, **WORLDS[name]}


@pytest.mark.parametrize("name", WORLDS)
def test_an_extreme_world_runs_and_its_outcomes_keep_within_their_bounds(name: str) -> None:
    scenario = small_scenario(**scenario_of(name))
    model = CollaborationModel(scenario, seed=0)
    model.run_for(scenario.months)
    for outcome, value in model.outcomes().items():
        metric = METRICS[outcome]
        assert np.isnan(value) or metric.low <= value <= metric.high, outcome
    assert (model.world.ledger.left >= -1e-9).all()


def test_with_as_many_seats_as_providers_all_of_them_sit() -> None:
    model = CollaborationModel(small_scenario(**scenario_of("ten seats for ten providers")), seed=0)
    model.run_for(14)
    assert model.world.seats[0].seated[model.world.organisations.kind == PROVIDER].all()


def test_where_everybody_leaves_each_month_hardly_anybody_knows_another() -> None:
    stay, leave = (
        CollaborationModel(small_scenario(**scenario_of(name)), seed=0)
        for name in ("nobody ever leaves", "everybody leaves each month")
    )
    for model in (stay, leave):
        model.run_for(18)
    assert leave.outcomes()["acquaintance"] < 0.3 * stay.outcomes()["acquaintance"]


@pytest.mark.parametrize(
    ("groups", "about"),
    [
        ({"region": {"municipality_count": 0, "provider_count": 5}}, "no municipalities"),
        ({"region": {"municipality_count": 2, "provider_count": 0}}, "no providers"),
        ({"table": {"delegation": "random", "seats": 0}}, "seats"),
        ({"networks": {"count": 0}}, "count"),
        ({"networks": {"overlap": 1.5}}, "overlap"),
    ],
)
def test_a_world_that_cannot_be_is_refused_with_a_reason(
    groups: dict[str, Any], about: str
) -> None:
    with pytest.raises(ConfigError, match=about):
        scenario_from_mapping({"name": "refused", "about": "", **groups})
