"""The model as a user of Mesa meets it."""

from typing import cast

import pytest

from collabsim import CollaborationModel
from collabsim.config import scenario_from_mapping
from collabsim.parameters import Scenario


def small_model(**table: object) -> CollaborationModel:
    scenario = scenario_from_mapping(
        {
            "schema": 1,
            "months": 24,
            "history_months": 6,
            "region": {"municipality_count": 2, "provider_count": 8},
            "table": {"delegation": "selected", "seats": 3, **table},
        }
    )
    return CollaborationModel(scenario, seed=3, replicate=0)


def test_a_step_after_a_stretch_is_one_month() -> None:
    model = small_model()
    model.run_for(3)
    model.step()
    model.run_for(2)
    model.step()
    assert (model.month, model.time, model.steps) == (7, 7.0, 7)


def test_months_by_steps_and_by_stretches_give_the_same_outcomes() -> None:
    stepped, stretched = small_model(), small_model()
    for _ in range(24):
        stepped.step()
    stretched.run_for(24)
    assert stepped.outcomes() == pytest.approx(stretched.outcomes(), abs=0.0, nan_ok=True)


def test_the_data_collector_gives_one_row_a_month() -> None:
    model = small_model()
    model.run_for(5)
    table = model.datacollector.get_model_vars_dataframe()
    assert list(table.index) == [1, 2, 3, 4, 5]
    assert "cooperation_rate" in table


def test_an_organisation_reads_as_a_view_on_the_model() -> None:
    model = small_model()
    model.run_for(2)
    provider = next(o for o in model.agents if o.kind == "provider")
    municipality = next(o for o in model.agents if o.kind == "municipality")
    assert provider.domain in provider.fields
    assert 0.0 <= provider.trust_in(municipality) <= 1.0
    assert {"contact"} == {person.role for person in provider.people}
    assert municipality.seated
    assert provider.knows(municipality)


def test_no_model_runs_beyond_its_scenario() -> None:
    with pytest.raises(ValueError, match="beyond the 24 months"):
        small_model().run_for(25)


def test_a_delegation_changed_on_the_timeline_is_chosen_anew() -> None:
    scenario = scenario_from_mapping(
        {
            "schema": 1,
            "months": 12,
            "history_months": 0,
            "region": {"municipality_count": 2, "provider_count": 8},
            "table": {"delegation": "everyone", "seats": 3},
            "timeline": [{"month": 6, "set": {"table.delegation": "selected"}}],
        }
    )
    changed = CollaborationModel(scenario, seed=3, replicate=0)
    changed.run_for(6)
    assert sum(o.seated for o in changed.agents if o.kind == "provider") == 8
    changed.run_for(1)
    assert sum(o.seated for o in changed.agents if o.kind == "provider") == 3


def test_the_path_of_a_config_is_refused_with_the_way_to_load_it() -> None:
    with pytest.raises(TypeError, match="load_scenario"):
        CollaborationModel(cast("Scenario", "configs/scenarios/region.yaml"))


def test_a_negative_replicate_is_refused() -> None:
    scenario = small_model().config
    with pytest.raises(ValueError, match="replicate -1 is negative"):
        CollaborationModel(scenario, replicate=-1)


def test_a_model_runs_until_its_last_month_has_passed() -> None:
    model = small_model()
    running = [model.running]
    for _ in range(24):
        model.step()
        running.append(model.running)
    assert running == [True] * 24 + [False]
