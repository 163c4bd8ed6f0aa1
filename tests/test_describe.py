"""Descriptions: every parameter in two languages, and pages that are current."""

import json
import re
from pathlib import Path

import pytest

from collabsim.claims.claim import CLAIMS, load_claims
from collabsim.config import ConfigError, groups, parameters
from collabsim.parameters.declaring import Group
from collabsim.reference.describe import describe
from collabsim.reference.parameters_page import parameters_page
from collabsim.reference.wording import UNITS

ROOT = Path(__file__).parents[1]
SCENARIO = ROOT / "configs" / "scenarios" / "region-004-095-providers.yaml"


def test_the_parameter_page_is_current() -> None:
    page = (ROOT / "docs" / "parameters.md").read_text(encoding="utf-8")
    assert page == parameters_page(), "run: .venv/bin/python docs/generate.py"


def test_every_source_of_a_default_or_a_claim_is_explained_and_none_is_left_over() -> None:
    page = (ROOT / "docs" / "sources.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^## (\S+)$", page, re.MULTILINE))
    used = {p.declaration.source for p in parameters().values() if p.declaration is not None}
    configs = "".join(path.read_text() for path in (ROOT / "configs").rglob("*.yaml"))
    assert used <= explained
    claimed = {key for claim in load_claims(ROOT / CLAIMS) for key in claim.sources}
    assert all(key in used | claimed or f"({key})" in configs for key in explained)


def test_a_default_without_source_is_an_assumption_and_the_other_way_round() -> None:
    for parameter in parameters().values():
        declaration = parameter.declaration
        if declaration is not None:
            assert (declaration.source == "assumption") == (declaration.grade == "assumption")


@pytest.mark.parametrize("path", parameters())
def test_a_parameter_has_a_meaning_in_english_and_in_dutch(path: str) -> None:
    parameter = parameters()[path]
    assert parameter.en.endswith((".", "!"))
    assert parameter.nl.endswith((".", "!"))
    assert parameter.nl != parameter.en
    if parameter.declaration is not None and parameter.declaration.unit:
        assert parameter.declaration.unit in UNITS


@pytest.mark.parametrize("group", groups().values(), ids=lambda group: group.__name__)
def test_a_group_has_a_meaning_in_english_and_in_dutch(group: type[Group]) -> None:
    assert group.__doc__
    assert group.NL.endswith(".")


def test_turnover_of_aldermen_has_its_own_default_source_and_grade() -> None:
    aldermen = describe("people.turnover_per_year.municipality.board").data
    directors = describe("people.turnover_per_year.provider.board").data
    facts = ("default", "grade", "source")
    assert [aldermen[fact] for fact in facts] == [0.135, "measured", "collegetafel"]
    assert [directors[fact] for fact in facts] == [0.15, "assumption", "assumption"]


def test_without_a_subject_all_parameters_are_listed() -> None:
    description = describe()
    listed = [p["parameter"] for g in description.data["groups"] for p in g["parameters"]]
    assert listed == list(parameters()) or set(listed) == set(parameters())
    assert all(parameter.name in description.text for parameter in parameters().values())


def test_a_parameter_is_found_by_its_last_part() -> None:
    assert describe("quorum").data["parameter"] == "table.quorum"


@pytest.mark.parametrize(("subject", "words"), [("seets", "mean"), ("enabled", "people.enabled")])
def test_an_unknown_or_ambiguous_subject_gets_help(subject: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        describe(subject)


def test_a_scenario_is_described_by_what_differs_from_the_defaults() -> None:
    description = describe(SCENARIO)
    changes = description.data["differs_from_defaults"]
    assert changes["region.provider_count"] == 95
    assert "region.municipality_count" not in changes
    assert "the same residents and money" in description.text


def test_a_comparison_is_described_by_how_its_scenarios_differ() -> None:
    scenarios = describe(ROOT / "configs" / "comparisons" / "delegation.yaml").data["scenarios"]
    assert scenarios[1]["differs_from_first"] == {"table.rotation.share_per_year": 0.0}


@pytest.mark.parametrize("subject", [None, "table", "table.seats", SCENARIO], ids=str)
def test_dutch_and_english_hold_the_same_facts(subject: str | Path | None) -> None:
    dutch, english = describe(subject, lang="nl"), describe(subject, lang="en")
    assert dutch.text != english.text
    assert json.dumps(dutch.data)
    assert dutch.data.keys() == english.data.keys()


def test_a_dutch_description_has_the_numbers_and_lists_of_dutch(tmp_path: Path) -> None:
    config = tmp_path / "region.yaml"
    config.write_text(
        "schema: 1\nname: Streek\ngrades: {relation: 6.75}\nregion:\n  provider_count: 5\n"
        "  organisations:\n"
        "    - {id: A, kind: provider, domain: youth}\n    - {id: B, kind: provider, domain: care}\n"
    )
    dutch, english = (describe(config, lang=lang).text for lang in ("nl", "en"))
    assert "grades.relation: 6,75 cijfer van 1 tot 10" in dutch
    assert "een lijst van 2" in dutch
    assert "a list of" not in dutch
    assert "grades.relation: 6.75" in english
    board = describe("people.turnover_per_year.municipality.board", lang="nl").text
    assert "0,135 deel dat per jaar vertrekt" in board
    assert "0,05 tot 0,25" in board
