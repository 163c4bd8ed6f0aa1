"""Kept worlds: what ships, and what putting a scenario in a world changes and leaves alone."""

from pathlib import Path

import pytest

from collabsim.config import load_scenario, parameters, scenario_from_mapping, set_value
from collabsim.config.timeline import value_at
from collabsim.experiments.sweep_factors import all_of, uncertain
from collabsim.parameters import Scenario
from collabsim.worlds import fitted_facts, in_world, kept_worlds

ROTATING = Path(__file__).parents[1] / "configs/scenarios/region-004-rotating.yaml"


def test_every_kept_world_has_a_plausible_value_for_all_that_is_uncertain() -> None:
    factors = {parameter.path: all_of(parameter) for parameter in uncertain()}
    worlds = kept_worlds()
    assert len({world.number for world in worlds}) == len(worlds) > 50
    for world in worlds:
        assert world.values.keys() == factors.keys()
        for path, value in world.values.items():
            factor = factors[path]
            if factor.values:
                assert value in factor.values
            else:
                assert factor.low <= float(value) <= factor.high
                assert isinstance(value, int) == factor.whole


def test_every_uncertain_parameter_has_a_range_to_draw_from() -> None:
    declared = [p for p in parameters().values() if p.declaration is not None]
    unsure = [p.path for p in declared if p.declaration and p.declaration.role == "uncertainty"]
    assert unsure == [p.path for p in uncertain()]


def test_a_scenario_in_a_world_has_the_worlds_assumptions() -> None:
    world = kept_worlds()[0]
    changed = in_world(load_scenario(ROTATING), world)
    assert {path: value_at(changed, path) for path in world.values} == dict(world.values)
    assert changed.table.rotation == load_scenario(ROTATING).table.rotation
    assert changed.name == "Rotating delegation"


def test_what_a_scenario_sets_on_purpose_stays_as_it_is() -> None:
    world = kept_worlds()[0]
    hopeful = set_value(Scenario(), "promises.optimism", 0.8)
    changed = in_world(hopeful, world)
    assert changed.promises.optimism == 0.8
    assert changed.promises.pressure == world.values["promises.pressure"]
    assert in_world(Scenario(), world).promises.optimism == world.values["promises.optimism"]


def test_what_the_timeline_changes_stays_as_it_is_before_and_after() -> None:
    change = {"month": 6, "set": {"promises.optimism": 0.7}}
    scenario = scenario_from_mapping({"timeline": [change]})
    changed = in_world(scenario, kept_worlds()[0])
    assert changed.timeline == scenario.timeline
    assert changed.promises.optimism == Scenario().promises.optimism


def test_a_worlds_values_cannot_be_changed() -> None:
    world = kept_worlds()[0]
    with pytest.raises(TypeError):
        world.values["promises.optimism"] = 0.0  # type: ignore[index]


def test_facts_that_chose_the_worlds_are_named_and_judgements_are_no_facts() -> None:
    assert set(fitted_facts()) == {"thermometer", "F2", "F5", "F7", "F27"}
