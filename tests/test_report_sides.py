"""What scenarios set: what is known of a default is not said of what somebody put in its place."""

import re

import pytest

from collabsim.app.controls_page import facts
from collabsim.app.draft import Draft
from collabsim.app.workspace import Workspace
from collabsim.config import parameters, scenario_from_mapping
from collabsim.parameters import Scenario
from collabsim.report.page import assumptions_told
from collabsim.report.sides import SET_HERE, Assumption, assumptions, counted, differing

LEAVING = "people.turnover_per_year.municipality.practice"
USUAL = Scenario()
SET = scenario_from_mapping(
    {
        "schema": 1,
        "people": {"turnover_per_year": {"municipality": {"practice": 0.9}}},
        "grades": {"relation": 6.5},
    }
)


def by_path(scenario: Scenario, lang: str) -> dict[str, Assumption]:
    return {row.path: row for row in assumptions(scenario, lang)}  # type: ignore[arg-type]


@pytest.mark.parametrize(("lang", "said"), [("en", "set here"), ("nl", "hier ingesteld")])
def test_a_value_that_was_set_has_neither_the_grade_nor_the_source_of_the_default(
    lang: str, said: str
) -> None:
    for path in (LEAVING, "grades.relation"):
        row = by_path(SET, lang)[path]
        assert (row.known, row.grade, row.source) == (SET_HERE, said, "")
    usual = by_path(USUAL, lang)[LEAVING]
    assert (usual.known, usual.source) == ("measured", "vng")


def test_a_value_that_was_set_counts_neither_as_measured_nor_as_described() -> None:
    before, after = counted(assumptions(USUAL, "en")), counted(assumptions(SET, "en"))
    assert after["measured"] == before["measured"] - 1
    assert after["literature"] == before["literature"]
    assert (before["changed"], after["changed"]) == (0, 2)
    assert sum(after.values()) == len(assumptions(SET, "en"))


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_report_tells_what_was_set_in_a_table_of_its_own(lang: str) -> None:
    told = assumptions_told(SET, lang)  # type: ignore[arg-type]
    chosen = " ".join(cell.text for row in told["chosen"].rows for cell in row)
    known = " ".join(cell.text for row in told["known"].rows for cell in row)
    assert LEAVING in chosen
    assert LEAVING not in known
    assert assumptions_told(USUAL, lang)["chosen"] is None  # type: ignore[arg-type]


@pytest.mark.parametrize(("lang", "said"), [("en", "set here"), ("nl", "hier ingesteld")])
def test_the_app_says_source_and_grade_of_the_default_and_which_scenario_has_another(
    lang: str, said: str
) -> None:
    workspace = Workspace([Draft(USUAL), Draft(SET)])
    html = facts(parameters()[LEAVING], workspace, lang, lever=False)  # type: ignore[arg-type]
    default, letters = html.split("</small></div>", 1)
    assert "vng" in default
    first, second = letters.split("<strong>B</strong>")
    assert said in second
    assert said not in first


def test_a_dutch_report_has_dutch_words_and_commas_for_values_and_what_is_plausible() -> None:
    english, dutch = by_path(USUAL, "en"), by_path(USUAL, "nl")
    first = "promises.serve_first"
    assert dutch[first].value == "beloften die aan de beurt zijn"
    assert dutch[first].plausible == "beloften die aan de beurt zijn, de nieuwste casussen"
    assert english[first].plausible == "promises that fall due, the newest cases"
    assert dutch[LEAVING].plausible.count(",") == english[LEAVING].plausible.count(".") > 0
    for row in dutch.values():
        assert not re.search(r"true|false|\"", f"{row.value} {row.plausible}"), row.path
        assert not re.search(r"\d\.\d(?!\d\d)", row.plausible), row.path


def test_the_app_says_what_is_plausible_with_the_commas_of_the_language() -> None:
    workspace = Workspace([Draft(USUAL)])
    path = "people.turnover_per_year.municipality.board"
    english = facts(parameters()[path], workspace, "en", lever=False)
    dutch = facts(parameters()[path], workspace, "nl", lever=False)
    assert "aannemelijk: 0,05 tot 0,25; standaard: 0,135" in dutch
    assert "plausible: 0.05 to 0.25; default: 0.135" in english


def test_what_changes_on_the_way_is_told_month_by_month_with_what_holds_from_then_on() -> None:
    early, late, never = (
        scenario_from_mapping({"timeline": timeline, "people": {"handover": 0.2}})
        for timeline in (
            [
                {"month": 0, "set": {"people.handover": 0.5, "table.seats": 8}},
                {"month": 24, "set": {"people.handover": 0.1}},
            ],
            [
                {"month": 12, "set": {"people.handover": 0.5}},
                {"month": 0, "set": {"table.seats": 8}},
            ],
            [{"month": 0, "set": {"table.seats": 8}}],
        )
    )
    told = differing([early, late, never], "en")
    assert [side.path for side in told] == ["people.handover"] * 3
    assert [side.meaning.split(": ")[0] for side in told] == [
        "From month 0 on", "From month 12 on", "From month 24 on",
    ]  # fmt: skip
    assert [side.values for side in told] == [
        ("0.5", "0.2", "0.2"), ("0.5", "0.5", "0.2"), ("0.1", "0.5", "0.2"),
    ]  # fmt: skip
    (dutch,) = differing([early, early.model_copy(update={"timeline": early.timeline[:1]})], "nl")
    assert dutch.meaning.startswith("Vanaf maand 24: ")
    assert dutch.values == ("0,1", "0,5")
    assert not differing([early, early], "en")


def test_scenarios_that_become_alike_on_the_way_are_told_to() -> None:
    one, other = (
        scenario_from_mapping(
            {
                "people": {"handover": handover},
                "timeline": [{"month": 12, "set": {"people.handover": 0.5}}],
            }
        )
        for handover in (0.2, 0.3)
    )
    told = differing([one, other], "en")
    assert [side.values for side in told] == [("0.2", "0.3"), ("0.5", "0.5")]
    assert told[1].meaning.startswith("From month 12 on: ")


def test_a_change_to_what_is_there_already_is_no_difference() -> None:
    said = scenario_from_mapping({"timeline": [{"month": 0, "set": {"rules.own": []}}]})
    assert not differing([USUAL, said], "en")
    more = scenario_from_mapping({"table": {"seats": 12}})
    again = scenario_from_mapping({"timeline": [{"month": 0, "set": {"table.seats": 10}}]})
    assert [side.meaning[:5] for side in differing([again, more], "en")] == ["Seats"]


def test_the_app_says_of_a_lever_when_it_holds() -> None:
    past = Draft(scenario_from_mapping({"people": {"handover": 0.3, "second_contacts": True}}))
    workspace = Workspace([Draft(USUAL), past])
    workspace.pull(1, "people.handover", 0.5)
    workspace.change_from(1, 24, "people.handover", 0.1)
    first, second = facts(
        parameters()["people.handover"], workspace, "en", lever=True
    ).split("<strong>B</strong>")  # fmt: skip
    assert "acts from month 0 on" in first
    assert "before that" not in first
    assert "before that: 0.3; until month 24" in second
    second_contacts = parameters()["people.second_contacts"]
    assert "holds in the past too" in facts(second_contacts, workspace, "en", lever=True)


def test_lists_of_one_length_are_told_apart_without_a_name() -> None:
    one, other = (
        scenario_from_mapping(
            {
                "region": {
                    "organisations": [
                        {"id": "Quiet Force", "kind": "provider", "well_known": known},
                        {"id": "Other", "kind": "provider"},
                    ]
                }
            }
        )
        for known in (False, True)
    )
    (side,) = differing([one, other], "nl")
    assert side.values == ("een lijst van 2", "een lijst van 2, waarvan 1 anders")
