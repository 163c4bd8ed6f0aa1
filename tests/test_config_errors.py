"""Every bad config gives one clear error: where it is, what the rule is, and how to repair it."""

import pickle
from pathlib import Path

import pytest

from collabsim.config import ConfigError, load_comparison, load_config, load_scenario
from collabsim.config.contents import LARGEST_FILE_BYTES

BAD = Path(__file__).parent / "bad_configs"

# File (without ending), line, part of the rule, part of the repair.
EXPECTED: tuple[tuple[str, int | None, str, str], ...] = (
    ("unknown_key", 3, "only keys that exist", '"seats"'),
    ("unknown_group", 2, "only keys that exist", '"table"'),
    ("key_in_the_wrong_group", 2, "only keys that exist", "table.seats"),
    ("wrong_type", 3, "whole number from 1 to 5000", "for example 10"),
    ("quoted_number", 2, "whole number from 1 to 1200", "without quotes"),
    ("fraction_for_a_whole_number", 2, "whole number", "for example 60"),
    ("boolean_for_a_number", 3, "a number from 0 to 1", "for example 0.1"),
    ("yes_for_a_boolean", 3, "true or false", "true or false"),
    ("number_for_a_boolean", 3, "true or false", "true or false"),
    ("value_for_a_group", 2, "group of keys", "such as delegation"),
    ("group_for_a_value", 3, "whole number", "for example 10"),
    ("text_for_a_list", 3, "a list of 1 to 8", "write a list"),
    ("nothing_for_a_value", 2, "whole number", "for example 60"),
    ("unknown_choice", 3, "one of", '"self_selected"'),
    ("out_of_range", 5, "from 0 to 1", "for example 0.21"),
    ("not_a_number", 3, "from 0 to 1", "for example 0.1"),
    ("infinite", 3, "from 0.1 to 24", "for example 3"),
    ("number_of_many_digits", 2, "digits", "smaller"),
    ("negative_seed", 2, "from 0 to 9223372036854775807", "for example 1"),
    ("more_seats_than_providers", 6, "as many seats as providers", "from 1 to 8"),
    ("least_above_most", 3, "at most the largest", "raise casework.needs_most"),
    ("more_needs_than_fields", 3, "one need in each field", "at most 2"),
    ("field_listed_twice", 3, "listed once", "remove one"),
    ("few_that_all_know", 4, "at most 5,000,000 ties", "region.known_others"),
    ("no_providers", 3, "at least one provider", "1 or more"),
    ("organisation_in_no_field", 5, "fields of the region", "mental_health"),
    ("organisation_named_twice", 5, "id of its own", "another id"),
    ("organisation_named_as_generated", 4, "id of its own", "another id"),
    ("organisation_without_kind", 4, "municipality", 'add "kind:"'),
    ("provider_with_inhabitants", 6, "only municipalities", "remove inhabitants"),
    ("change_after_the_end", 4, "from 0 to 23", "raise months"),
    ("change_of_unknown_parameter", 5, "by their path", "table.seats"),
    ("change_of_wrong_type", 6, "whole number", "for example 10"),
    ("change_of_the_region", 5, "before month 0", "scenario of its own"),
    ("change_of_the_yardstick", 5, "before month 0", "scenario of its own"),
    ("change_of_months", 5, "before month 0", "scenario of its own"),
    ("change_to_too_many_seats", 7, "as many seats as providers", "from 1 to 50"),
    ("change_made_twice", 8, "once in a month", "remove one"),
    ("change_without_month", 3, "whole number", 'add "month:"'),
    ("timeline_is_a_group", 2, "a list", "write a list"),
    ("change_sets_nothing", 4, "a group", "write another"),
    ("extends_itself", 2, "may not extend itself", "remove extends"),
    ("extends_a_missing_file", 2, "names a file", '"unknown_key.yaml"'),
    ("extends_a_list", 2, "names one file", "write it like"),
    ("extends_a_folder", 2, "names a file", "existing file"),
    ("extends_an_absolute_path", 2, "inside its project", "copy that file"),
    ("extends_a_comparison", 2, "a scenario", "a file of that kind"),
    ("project/configs/leaves_the_folder", 2, "inside its project", "copy that file"),
    ("duplicate_key", 4, "once in its group", "remove one"),
    ("duplicate_key_deep_down", 6, "once in its group", "remove one"),
    ("alias_bomb", 2, "anchors and aliases", "write the value out"),
    ("alias_of_nothing", 2, "anchors and aliases", "quotes"),
    ("alias_as_key", 2, "anchors and aliases", "quotes"),
    ("yaml_tag", 2, "tags", "remove the tag"),
    ("tag_on_a_number", 2, "tags", "remove the tag"),
    ("list_as_key", 2, "a key is one word", "quotes"),
    ("not_yaml", 3, "YAML 1.2", "brackets"),
    ("bad_indentation", 4, "YAML 1.2", "indentation"),
    ("tab_for_indentation", 3, "YAML 1.2", "indentation"),
    ("plain_prose", 1, "keys and values", "schema: 1"),
    ("a_list", 1, "keys and values", "schema: 1"),
    ("empty", None, "version", "schema: 1"),
    ("only_comments", None, "version", "schema: 1"),
    ("two_documents", 2, "one document", "file of its own"),
    ("no_schema", 1, "version 1", "schema: 1"),
    ("newer_schema", 1, "version 1", "newer collabsim"),
    ("schema_as_boolean", 1, "version 1", "schema: 1"),
    ("unknown_kind", 2, "scenario or comparison", "kind: scenario"),
    ("comparison_of_nothing", 3, "a list of 1 to 50", "write a list"),
    ("comparisons/leaves_the_folder", 4, "inside its project", "copy that file"),
    ("deeply_nested", 2, "at most 12 levels", "brackets"),
    ("deeply_indented", 14, "at most 12 levels", "indentation"),
    ("not_utf8", 2, "UTF-8", "save the file"),
    ("binary", 2, "UTF-8", "save the file"),
    ("control_character", 2, "printable", "remove the control character"),
)


@pytest.mark.parametrize(
    ("name", "line", "rule", "repair"), EXPECTED, ids=[case[0] for case in EXPECTED]
)
def test_a_bad_file_gives_one_message_with_file_line_rule_and_repair(
    name: str, line: int | None, rule: str, repair: str
) -> None:
    path = BAD / f"{name}.yaml"
    with pytest.raises(ConfigError) as caught:
        load_config(path)
    error = caught.value
    assert (error.file, error.line) == (str(path), line)
    assert rule in error.rule
    assert repair in error.repair
    message = str(error)
    assert message.startswith(f"{path}, line {line}: " if line else f"{path}: ")
    assert "\n" not in message
    assert len(message) < 700


def test_every_bad_file_is_tested() -> None:
    files = {str(file.relative_to(BAD).with_suffix("")) for file in BAD.rglob("*.yaml")}
    helpers = {
        "outside/elsewhere",
        "extends_in_a_circle",
        "extends_in_a_circle_too",
        "extends_a_file_with_a_mistake",
    }
    assert files - helpers == {case[0] for case in EXPECTED}


def test_a_mistake_in_a_file_that_is_extended_is_reported_there() -> None:
    with pytest.raises(ConfigError) as caught:
        load_scenario(BAD / "extends_a_file_with_a_mistake.yaml")
    assert (caught.value.file, caught.value.line) == (str(BAD / "unknown_key.yaml"), 3)


def test_a_circle_is_named_in_full_where_it_closes() -> None:
    circle = r"circle\.yaml -> .*circle_too\.yaml -> .*circle\.yaml"
    with pytest.raises(ConfigError, match=circle) as caught:
        load_scenario(BAD / "extends_in_a_circle.yaml")
    assert (caught.value.file, caught.value.line) == (str(BAD / "extends_in_a_circle_too.yaml"), 2)


def test_a_clash_with_an_inherited_value_is_reported_in_the_heir(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("schema: 1\ntable: {delegation: random, seats: 20}\n")
    heir = tmp_path / "heir.yaml"
    heir.write_text("schema: 1\nextends: base.yaml\nregion:\n  provider_count: 12\n")
    with pytest.raises(ConfigError, match=r"table\.seats is 20") as caught:
        load_scenario(heir)
    assert (caught.value.file, caught.value.line) == (str(heir), 4)


def test_a_link_that_leads_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("schema: 1\n")
    configs = tmp_path / "configs"
    configs.mkdir()
    (configs / "link.yaml").symlink_to(secret)
    (configs / "mine.yaml").write_text("schema: 1\nextends: link.yaml\n")
    with pytest.raises(ConfigError, match="inside its project"):
        load_scenario(configs / "mine.yaml")


def test_without_a_configs_folder_a_config_stays_in_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text("schema: 1\n")
    own = tmp_path / "own"
    own.mkdir()
    (own / "mine.yaml").write_text("schema: 1\nextends: ../base.yaml\n")
    with pytest.raises(ConfigError, match="inside its project"):
        load_scenario(own / "mine.yaml")


def test_a_chain_of_too_many_configs_is_refused(tmp_path: Path) -> None:
    for i in range(30):
        (tmp_path / f"{i}.yaml").write_text(f"schema: 1\nextends: {i + 1}.yaml\n")
    with pytest.raises(ConfigError, match="At most 20 configs"):
        load_scenario(tmp_path / "0.yaml")


def test_an_enormous_file_is_refused_before_it_is_read_as_yaml(tmp_path: Path) -> None:
    enormous = tmp_path / "enormous.yaml"
    enormous.write_bytes(b"schema: 1\n" + b"# padding\n" * (LARGEST_FILE_BYTES // 10))
    with pytest.raises(ConfigError, match="at most 1,000,000 bytes"):
        load_scenario(enormous)


@pytest.mark.slow
def test_more_values_than_a_config_ever_needs_are_refused(tmp_path: Path) -> None:
    endless = tmp_path / "endless.yaml"
    endless.write_text(f"schema: 1\nregion: {{fields: [{'a,' * 100_000}]}}\n")
    with pytest.raises(ConfigError, match="at most 100,000 values"):
        load_scenario(endless)


@pytest.mark.parametrize("name", ["missing.yaml", "bad_configs", "a\0b.yaml"])
def test_what_is_no_file_is_refused(name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_scenario(BAD.parent / name)
    assert caught.value.repair


def test_a_missing_file_suggests_one_of_nearly_that_name() -> None:
    with pytest.raises(ConfigError, match=r'such as "unknown_key\.yaml"'):
        load_scenario(BAD / "unknwon_key.yaml")


def test_the_first_problem_in_the_file_is_reported_and_the_rest_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "three.yaml"
    file.write_text("schema: 1\nword: {reach: 3}\ntable:\n  seats: 0\nmonths: 0\n")
    with pytest.raises(ConfigError) as caught:
        load_scenario(file)
    assert (caught.value.key, caught.value.line, caught.value.more) == ("word.reach", 2, 2)
    assert str(caught.value).endswith("(2 more problems in this config.)")


def test_an_error_survives_the_way_from_a_worker_process() -> None:
    with pytest.raises(ConfigError) as caught:
        load_scenario(BAD / "out_of_range.yaml")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert str(copy) == str(caught.value)
    assert copy.as_dict() == caught.value.as_dict()


def test_a_comparison_is_no_scenario_and_the_other_way_round(tmp_path: Path) -> None:
    file = tmp_path / "scenario.yaml"
    file.write_text("schema: 1\n")
    with pytest.raises(ConfigError, match="needed here is a comparison"):
        load_comparison(file)
    with pytest.raises(ConfigError, match="needed here is a scenario"):
        load_scenario(BAD / "comparison_of_nothing.yaml")


def test_scenarios_of_one_name_cannot_be_compared(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("schema: 1\nname: same\n")
    (tmp_path / "two.yaml").write_text("schema: 1\nname: same\n")
    file = tmp_path / "both.yaml"
    file.write_text("schema: 1\nkind: comparison\nscenarios: [one.yaml, two.yaml]\n")
    with pytest.raises(ConfigError, match="different names") as caught:
        load_comparison(file)
    assert caught.value.line == 3


DELEGATION = Path(__file__).parents[1] / "configs" / "comparisons" / "delegation.yaml"


def test_what_is_set_over_the_very_thing_that_is_compared_is_refused_by_its_name() -> None:
    overrides = {"table.seats": 8, "table.delegation": "everyone"}
    with pytest.raises(ConfigError) as caught:
        load_comparison(DELEGATION, overrides=overrides)
    told = str(caught.value)
    assert told.startswith(f"{DELEGATION}, line 11: with --set table.delegation=everyone ")
    assert '"Same ten for ever" and "Everyone at the table" are the same in all parameters' in told
    assert told.endswith(
        "Leave out --set table.delegation=everyone, which sets in both what they differ in."
    )
    assert '"Steeds dezelfde tien" en "Iedereen aan tafel"' in caught.value.told_in("nl")


def test_scenario_files_that_are_equal_but_for_labels_and_seed_cannot_be_compared(
    tmp_path: Path,
) -> None:
    (tmp_path / "one.yaml").write_text("schema: 1\nname: one\n")
    (tmp_path / "two.yaml").write_text("schema: 1\nname: two\nabout: Too.\nseed: 9\n")
    file = tmp_path / "both.yaml"
    file.write_text("schema: 1\nkind: comparison\nscenarios: [one.yaml, two.yaml]\n")
    for overrides in (None, {"table.seats": 8}):
        with pytest.raises(ConfigError, match="Change a parameter in one"):
            load_comparison(file, overrides=overrides)
    file.write_text("schema: 1\nkind: comparison\nscenarios: [one.yaml]\n")
    assert len(load_comparison(file).scenarios) == 1


def test_all_that_was_set_is_named_where_a_file_needs_it(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("schema: 1\nname: one\ntable: {seats: none}\n")
    (tmp_path / "two.yaml").write_text("schema: 1\nname: two\n")
    file = tmp_path / "both.yaml"
    file.write_text("schema: 1\nkind: comparison\nscenarios: [one.yaml, two.yaml]\n")
    with pytest.raises(ConfigError, match=r"with --set table.seats=8 \"one\" and \"two\""):
        load_comparison(file, overrides={"table.seats": 8})


def test_an_outcome_that_nothing_measures_is_refused(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("schema: 1\n")
    file = tmp_path / "compare.yaml"
    file.write_text("schema: 1\nkind: comparison\nscenarios: [one.yaml]\noutcomes: [synergie]\n")
    with pytest.raises(ConfigError, match='mean "synergy"'):
        load_comparison(file, known_outcomes=["synergy", "encounters"])
