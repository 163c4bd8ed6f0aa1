"""Configs: what extends, overrides and the timeline do, and that nothing is lost on the way."""

import json
import re
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collabsim.config import (
    Comparison,
    ConfigError,
    differences,
    dump_yaml,
    identity,
    json_schema,
    load_comparison,
    load_config,
    load_scenario,
    parameters,
    resolved,
    scenario_from_mapping,
    set_value,
)
from collabsim.config.errors import CONTROL, Place
from collabsim.config.yaml_reading import read_text
from collabsim.config.yaml_scalars import plain_scalar
from collabsim.experiments.calibration_files import Calibration, load_calibration
from collabsim.experiments.sweep_files import Sweep, load_sweep
from collabsim.parameters import Scenario
from collabsim.parameters.scenario import LABELS
from collabsim.settings import settled_at
from small_worlds import ran, small

CONFIGS = Path(__file__).parents[1] / "configs"
ROTATING = CONFIGS / "scenarios" / "region-004-rotating.yaml"


def write(folder: Path, name: str, text: str) -> Path:
    """Write a config into a folder."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("path", sorted(CONFIGS.rglob("*.yaml")), ids=lambda path: path.name)
def test_every_shipped_config_loads_and_says_what_it_is(path: Path) -> None:
    config: Scenario | Comparison | Sweep | Calibration
    match path.parent.name:
        case "sweeps":
            config = load_sweep(path)
        case "calibrations":
            config = load_calibration(path)
        case _:
            config = load_config(path)
    assert config.about
    assert config.name not in {"scenario", "comparison", "sweep", "calibration", path.stem}


def test_the_region_of_the_article_is_as_the_article_has_it() -> None:
    scenario = load_scenario(ROTATING)
    region, table = scenario.region, scenario.table
    assert (region.municipality_count, region.provider_count) == (9, 50)
    assert (table.delegation, table.seats, table.meets_every_months) == ("selected", 10, 3)
    assert table.reporting_back
    assert table.rotation.share_per_year == 0.3


def test_fixed_differs_from_rotating_in_the_rotation_alone() -> None:
    fixed = load_scenario(CONFIGS / "scenarios" / "region-004-fixed.yaml")
    changes = differences(fixed, load_scenario(ROTATING))
    assert {key for key in changes if key not in LABELS} == {"table"}
    assert changes["table"] == {"rotation": {"share_per_year": 0.0}}


def test_extends_merges_groups_and_replaces_lists_and_values(tmp_path: Path) -> None:
    base = "schema: 1\ntable: {seats: 8, rounds: 9}\nregion: {fields: [a, b, c, d, e]}\n"
    write(tmp_path, "base.yaml", base)
    middle = "schema: 1\nextends: base.yaml\ntable: {seats: 7}\nregion: {fields: [a, b, c, d]}\n"
    write(tmp_path, "middle.yaml", middle)
    top = write(tmp_path, "top.yaml", "schema: 1\nextends: ./middle.yaml\ntable: {quorum: 1}\n")
    scenario = load_scenario(top)
    assert (scenario.table.seats, scenario.table.rounds, scenario.table.quorum) == (7, 9, 1.0)
    assert scenario.region.fields == ("a", "b", "c", "d")


def test_name_and_about_are_not_inherited_and_an_heir_is_a_variant(tmp_path: Path) -> None:
    write(tmp_path, "base.yaml", "schema: 1\nname: Base\nabout: The base.\ncomparison: baseline\n")
    heir = load_scenario(write(tmp_path, "heir.yaml", "schema: 1\nextends: base.yaml\n"))
    assert (heir.name, heir.about, heir.comparison) == ("heir", "", "variant")


def test_overrides_replace_what_files_say() -> None:
    overrides = {"table.seats": "12", "table.rotation.staggered": "true", "seed": "0"}
    scenario = load_scenario(ROTATING, overrides=overrides)
    assert (scenario.table.seats, scenario.table.rotation.staggered, scenario.seed) == (12, True, 0)


def test_overrides_from_python_are_text_as_on_the_command_line_or_plain_values() -> None:
    written = {"table.seats": "12", "table.rotation.staggered": "true", "months": "24"}
    plain = {"table.seats": np.int64(12), "table.rotation.staggered": True, "months": 24}
    as_text = load_scenario(ROTATING, overrides=written)
    assert load_scenario(ROTATING, overrides=plain) == as_text
    fields = load_scenario(ROTATING, overrides={"region.fields": list("abcd")}).region.fields
    assert fields == tuple("abcd")
    with pytest.raises(ConfigError, match=r"--set table.seats=12.5: table.seats is 12.5"):
        load_scenario(ROTATING, overrides={"table.seats": 12.5})
    with pytest.raises(ConfigError, match=r"--set table.seats=: table.seats is empty"):
        load_scenario(ROTATING, overrides={"table.seats": None})


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("table.seats", "many", "whole number"),
        ("table.seatz", "12", '"seats"'),
        ("table.seats", "", "whole number"),
        ("table.seats", "[1", "not YAML"),
        ("table.seats", "*x", "Anchors"),
        ("table.seats", "51", "providers"),
        ("table.seats.x", "1", "whole number"),
        ("extends", "other.yaml", "by its path"),
        ("", "1", "by its path"),
    ],
)
def test_a_bad_override_is_reported_as_such(path: str, text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        load_scenario(ROTATING, overrides={path: text})
    assert caught.value.file is None
    assert str(caught.value).startswith(f"--set {path}={text}: ")


def test_the_timeline_takes_paths_and_groups_alike() -> None:
    paths = {
        "timeline": [{"month": 12, "set": {"table.seats": 5, "table.rotation.order": "random"}}]
    }
    nested = {"seats": 5, "rotation": {"order": "random"}}
    groups = {"timeline": [{"month": 12, "set": {"table": nested}}]}
    assert scenario_from_mapping(paths) == scenario_from_mapping(groups)


def test_timeline_values_have_the_type_of_their_parameter() -> None:
    whole, fraction = (
        scenario_from_mapping({"timeline": [{"month": 6, "set": {"people.handover": value}}]})
        for value in (1, 1.0)
    )
    assert identity(whole) == identity(fraction)


def test_rules_hold_after_each_change_and_not_between_changes_of_one_month() -> None:
    change = {"month": 3, "set": {"table.seats": 60, "table.delegation": "everyone"}}
    table = {"delegation": "selected"}
    assert scenario_from_mapping({"table": table, "timeline": [change]}).timeline


def test_two_values_that_only_fit_together_take_effect_together() -> None:
    change = {"month": 1, "set": {"casework.needs_least": 4, "casework.needs_most": 4}}
    world = small(months=3, casework={"needs_most": 2}, timeline=[change])
    assert [settled_at(world, month).casework.needs_least for month in (0, 1, 2)] == [2, 4, 4]
    assert ran(world).month == 3


def test_a_group_can_be_switched_off_during_the_run() -> None:
    change = {"month": 3, "set": {"people.enabled": False}}
    assert scenario_from_mapping({"timeline": [change]}).timeline[0].set == {
        "people.enabled": False
    }


def test_set_value_leaves_the_scenario_as_it_was() -> None:
    before = Scenario()
    after = set_value(before, "people.turnover_per_year.municipality.board", 0)
    assert after.people.turnover_per_year.municipality.board == 0.0
    assert before.people.turnover_per_year.municipality.board == 0.135


@pytest.mark.parametrize(
    ("path", "value"),
    [("table.seats", True), ("table.seats", 9.5), ("people.handover", float("nan")), ("seet", 1)],
)
def test_set_value_is_as_strict_as_a_file(path: str, value: object) -> None:
    with pytest.raises(ConfigError):
        set_value(Scenario(), path, value)


def test_a_mapping_needs_no_schema_and_takes_no_extends() -> None:
    assert scenario_from_mapping({}) == Scenario()
    with pytest.raises(ConfigError, match="extends"):
        scenario_from_mapping({"extends": "other.yaml"})


def test_resolved_is_complete_and_comes_back_as_it_was() -> None:
    scenario = load_scenario(ROTATING)
    plain = resolved(scenario)
    assert scenario_from_mapping(json.loads(json.dumps(plain))) == scenario
    for path in parameters():
        value: Any = plain
        for part in path.split("."):
            value = value[part]


def test_identity_sees_every_value_and_no_label() -> None:
    base = Scenario()
    for label, text in (("name", "x"), ("about", "x"), ("comparison", "scale")):
        assert identity(set_value(base, label, text)) == identity(base)
    for path, value in (("seed", 2), ("table.seats", 11), ("people.enabled", False)):
        assert identity(set_value(base, path, value)) != identity(base)


def test_identity_does_not_depend_on_how_a_value_is_written() -> None:
    written = [{"people": {"mover_keeps": value}} for value in (0, 0.0, -0.0)]
    assert len({identity(scenario_from_mapping(mapping)) for mapping in written}) == 1


# What steers a terminal or turns text round is refused, see `test_any_config.py`.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).filter(
    lambda text: not CONTROL.search(text)
)


@pytest.mark.slow
@settings(deadline=None)  # the first example pays for imports
@given(
    name=texts.filter(bool),
    about=texts,
    seed=st.integers(0, 2**63 - 1),
    handover=st.floats(0, 1),
    organisation=texts.map(lambda text: text[:10]).filter(bool),
)
def test_what_is_written_to_a_file_is_read_back_the_same(
    name: str, about: str, seed: int, handover: float, organisation: str
) -> None:
    scenario = scenario_from_mapping(
        {
            "name": name,
            "about": about,
            "seed": seed,
            "people": {"handover": handover},
            "region": {"organisations": [{"id": organisation, "kind": "provider"}]},
            "timeline": [{"month": 2, "set": {"table.reporting_back": True}}],
        }
    )
    for complete in (False, True):
        node = read_text(dump_yaml(scenario, complete=complete), Place())
        assert scenario_from_mapping(node.plain() | {"kind": "scenario"}) == scenario


@settings(deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_and_nothing_else_happens(text: str) -> None:
    with suppress(ConfigError):
        read_text(text, Place("x.yaml"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"), ("on", "on"), ("No", "No"), ("012", 12), ("0o17", 15), ("0xff", 255),
        ("1_000", "1_000"), ("12:30", "12:30"), ("2024-01-31", "2024-01-31"), ("~", None),
        ("", None), ("1e3", 1000.0), (".5", 0.5), ("-3", -3), ("+1.", 1.0), ("True", True),
        ("-.inf", float("-inf")),
    ],
)  # fmt: skip
def test_plain_words_mean_what_yaml_1_2_says(text: str, value: object) -> None:
    read = plain_scalar(text)
    assert read == value
    assert type(read) is type(value)


def test_a_comparison_gives_its_scenarios_one_seed_and_length() -> None:
    comparison = load_comparison(CONFIGS / "comparisons" / "delegation.yaml")
    assert isinstance(comparison, Comparison)
    assert comparison.replicates == 100
    assert [scenario.months for scenario in comparison.scenarios] == [60] * 4
    assert {scenario.table.delegation for scenario in comparison.scenarios} == {
        "selected",
        "everyone",
        "nobody",
    }


def test_overrides_reach_every_scenario_of_a_comparison() -> None:
    path = CONFIGS / "comparisons" / "delegation.yaml"
    comparison = load_comparison(path, overrides={"months": "24", "table.seats": "6"})
    assert {(s.months, s.table.seats) for s in comparison.scenarios} == {(24, 6)}


def test_the_json_schema_knows_every_key_and_holds_plain_data_only() -> None:
    schema = json.loads(json.dumps(json_schema()))
    assert {"schema", "kind", "extends", "table", "timeline"} <= set(schema["properties"])
    seats = schema["$defs"]["Table"]["properties"]["seats"]
    assert (seats["minimum"], seats["maximum"], seats["x-role"]) == (1, 5000, "lever")
    assert seats["x-nl"].startswith("Zetels")
    assert not schema["additionalProperties"]


def test_every_default_satisfies_its_own_rule() -> None:
    for path, parameter in parameters().items():
        if parameter.declaration is not None:
            assert set_value(Scenario(), path, parameter.default) == Scenario()


def test_plausible_values_are_allowed_values() -> None:
    for path, parameter in parameters().items():
        declaration = parameter.declaration
        for value in (declaration and declaration.plausible) or ():
            set_value(Scenario(), path, value)


def test_the_examples_in_the_docs_load(tmp_path: Path) -> None:
    page = (CONFIGS.parent / "docs" / "configs.md").read_text(encoding="utf-8")
    scenario, comparison = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    loaded = load_scenario(write(tmp_path, "eight.yaml", scenario))
    assert loaded.timeline[0].set == {"table.seats": 12}
    write(tmp_path, "ten.yaml", "schema: 1\nextends: eight.yaml\ntable: {seats: 10}\n")
    assert len(load_comparison(write(tmp_path, "both.yaml", comparison)).scenarios) == 2
