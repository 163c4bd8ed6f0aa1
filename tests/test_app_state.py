"""What a session of the app holds: drafts, workspace, link, files, words; without Streamlit."""

import inspect
import io
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import collabsim.app
from collabsim.app import happenings, value_words, words
from collabsim.app.cases import CASES
from collabsim.app.draft import Draft
from collabsim.app.levers import is_felt_before, is_lever
from collabsim.app.link import from_link, to_link
from collabsim.app.saving import loaded, saved
from collabsim.app.stepping import Happening
from collabsim.app.workspace import MOST_SCENARIOS, Workspace, open_case
from collabsim.config import (
    ConfigError,
    Parameter,
    groups,
    load_comparison,
    parameters,
    scenario_from_mapping,
)
from collabsim.config.shipped import shipped_configs, shipped_scenario
from collabsim.config.timeline import value_at
from collabsim.events import Event, Reason
from collabsim.history import history_key
from collabsim.organisations import KINDS, LAYERS
from collabsim.parameters.region import FIELDS
from collabsim.record import Spending
from collabsim.reference import choices
from collabsim.report.sides import differing
from collabsim.settings import settled_at
from small_worlds import another_value

PROJECT = Path(__file__).parents[1]
SHARE = "table.rotation.share_per_year"


@pytest.fixture
def region() -> Workspace:
    """The region of nine and fifty, as the first case opens it."""
    return open_case("table-of-ten")


@pytest.mark.parametrize("name", CASES)
def test_every_case_opens_scenarios_that_can_be_compared(name: str) -> None:
    workspace = open_case(name)
    assert 1 < len(workspace.scenarios()) <= MOST_SCENARIOS
    assert CASES[name].group in groups()
    assert all(CASES[name].title)
    assert all(CASES[name].tries)


@pytest.mark.parametrize("name", CASES)
def test_a_case_has_names_in_the_language_of_who_reads_it(name: str) -> None:
    english, dutch = open_case(name), open_case(name, "nl")
    assert dutch.names() == [draft.base.name_nl for draft in english.drafts]
    assert len({*english.names(), *dutch.names()}) == 2 * len(dutch.names())
    # What runs, is saved and goes in a link is the same in both.
    assert dutch.scenarios() == english.scenarios()
    assert to_link(dutch) == to_link(english)
    assert saved(dutch, 200) == saved(english, 200)
    dutch.speak("en")
    assert dutch.names() == english.names()


def test_a_name_that_somebody_gave_stays_in_every_language(region: Workspace) -> None:
    english = region.names()
    region.change(1, "name", "Ours")
    region.speak("nl")
    dutch = region.drafts[0].base.name_nl
    assert region.names() == [dutch, "Ours"]
    assert [scenario.name for scenario in region.scenarios()] == [english[0], "Ours"]
    assert region.scenarios()[1].told_in("nl").name == "Ours"
    region.change(0, SHARE, 0.9)
    region.undo(0)
    region.undo(1)
    assert region.names() == [dutch, "Ours"]
    region.change(0, "name", "Mine")
    region.change(0, "name", dutch)  # back to what it is called is no change
    region.speak("en")
    assert region.names() == [english[0], "Ours"]
    assert not region.drafts[0].changes


def test_two_scenarios_that_read_alike_are_told_in_the_language_in_which_they_do(
    region: Workspace,
) -> None:
    region.change(0, "name", region.drafts[1].base.name_nl)
    region.scenarios()
    region.speak("nl")
    with pytest.raises(ConfigError, match="two scenarios are called"):
        region.scenarios()


def test_a_change_is_kept_and_undoing_it_by_hand_is_no_change(region: Workspace) -> None:
    region.change(1, SHARE, 0.5)
    assert region.scenarios()[1].table.rotation.share_per_year == 0.5
    assert region.drafts[1].changes == {SHARE: 0.5}
    region.change(1, SHARE, 0.0)
    assert not region.drafts[1].changes


FELT_BEFORE = [
    "commissioning.budget", "people.handover", "attention.table_hours", "casework.residents_join",
    "casework.reviews_cases",
]  # fmt: skip


def test_what_houses_feel_before_month_0_is_pulled_in_month_0(region: Workspace) -> None:
    felt = [path for path, parameter in parameters().items() if is_felt_before(parameter)]
    assert sorted(felt) == sorted(FELT_BEFORE)
    for path in felt:
        before = region.drafts[1].value(path)
        region.pull(1, path, another_value(parameters()[path]))
        asked, pulled = region.scenarios()
        assert value_at(pulled, path) == before, "the past stays as it was"
        assert value_at(settled_at(pulled, 0), path) == region.drafts[1].in_month_0(path) != before
        assert history_key(pulled) == history_key(asked)
        assert region.drafts[1].count == 1
        region.pull(1, path, before)
        assert not region.drafts[1].changes


@pytest.mark.parametrize(
    "parameter",
    [known for known in parameters().values() if is_lever(known) and known.group != "grades"],
    ids=lambda one: one.path,
)
def test_every_lever_shares_the_history_but_one_that_no_timeline_can_change(
    parameter: Parameter, region: Workspace
) -> None:
    region.pull(1, parameter.path, another_value(parameter))
    asked, pulled = (draft.scenario() for draft in region.drafts)
    shared = parameter.path != "people.second_contacts"
    assert (history_key(pulled) == history_key(asked)) is shared
    assert region.drafts[1].in_month_0(parameter.path) == another_value(parameter)


def test_past_and_present_are_changed_apart(region: Workspace) -> None:
    region.change(1, "commissioning.budget", 0.9)
    assert region.drafts[1].in_month_0("commissioning.budget") == 0.9
    region.pull(1, "commissioning.budget", 0.8)
    region.pull(1, "people.handover", 0.6)
    assert region.drafts[1].count == 3
    pulled = region.scenarios()[1]
    assert pulled.commissioning.budget == 0.9
    (change,) = pulled.timeline
    assert (change.month, change.set) == (
        0,
        {"commissioning.budget": 0.8, "people.handover": 0.6},
    )
    region.undo(1)
    assert region.drafts[1].count == 0


def test_a_slider_changes_what_the_timeline_sets_in_month_0(region: Workspace) -> None:
    region.change_from(1, 0, "table.seats", 8)
    assert region.drafts[1].in_month_0("table.seats") == 8
    region.pull(1, "table.seats", 12)
    assert region.scenarios()[1].timeline[0].set == {"table.seats": 12}
    region.unchange_from(1, 0, "table.seats")
    region.pull(1, "table.seats", 12)
    assert region.drafts[1].changes == {"table.seats": 12}
    region.undo(1)
    region.change_from(1, 0, "table.seats", region.drafts[1].value("table.seats"))
    region.pull(1, "table.seats", 11)
    assert settled_at(region.scenarios()[1], 0).table.seats == 11
    assert region.drafts[1].in_month_0("table.seats") == 11


def test_a_timeline_taken_back_to_how_it_was_opened_is_no_change() -> None:
    timeline = [{"month": 0, "set": {path: 0.5}} for path in ("people.handover", "word.reach")]
    workspace = Workspace([Draft(scenario_from_mapping({"timeline": timeline}))])
    workspace.pull(0, "commissioning.budget", 0.8)
    workspace.pull(0, "commissioning.budget", 1.0)
    assert not workspace.drafts[0].changes


def test_a_link_may_write_a_timeline_in_groups() -> None:
    timeline = '{"timeline":[{"month":0,"set":{"table":{"seats":5}}}]}'
    restored = from_link({"a": "region-004-rotating", "a.set": timeline})
    assert restored is not None
    assert restored.drafts[0].in_month_0("table.seats") == 5


def test_a_change_that_cannot_be_is_kept_and_told(region: Workspace) -> None:
    region.change(0, "table.seats", 51)
    with pytest.raises(ConfigError, match=r"table\.seats is 51, and the region has 50 providers"):
        region.scenarios()
    assert region.drafts[0].value("table.seats") == 51


def test_two_scenarios_of_one_name_or_of_two_lengths_are_not_compared(region: Workspace) -> None:
    region.change(1, "name", region.drafts[0].name)
    with pytest.raises(ConfigError, match="two scenarios are called"):
        region.scenarios()
    region.change(1, "name", "other")
    region.change(1, "months", 24)
    with pytest.raises(ConfigError, match="60 and 24 months"):
        region.scenarios()


def test_a_scenario_that_is_added_is_a_copy_with_a_name_of_its_own(region: Workspace) -> None:
    region.add()
    assert len(set(region.names())) == 3
    region.remove(0)
    assert region.names() == ["Same ten for ever", "Same ten for ever (2)"]


def test_only_what_differs_is_told(region: Workspace) -> None:
    assert [side.path for side in differing(region.scenarios(), "en")] == [SHARE]


def test_a_link_restores_scenarios_and_what_was_changed_in_them(region: Workspace) -> None:
    region.change(1, SHARE, 0.5)
    region.change(1, "name", 'Half & <b>"half"</b>')
    region.change(0, "timeline", [{"month": 12, "set": {"table.seats": 8}}])
    link = to_link(region)
    assert link is not None
    back = from_link(link)
    assert back is not None
    assert back.scenarios() == region.scenarios()
    assert back.case == "table-of-ten"


@pytest.mark.parametrize(
    "link",
    [
        {"a": "../../etc/passwd"},
        {"a": "nowhere"},
        {"a": "region-004-fixed", "a.set": "{"},
        {"a": "region-004-fixed", "a.set": "[1]"},
        {"a": "region-004-fixed", "a.set": '{"table.setas": 1}'},
        {"a": "region-004-fixed", "a.set": '{"table.seats": "ten"}'},
        {"a": "region-004-fixed", "a.set": '{"table.seats": 51}'},
    ],
)
def test_a_link_that_cannot_be_used_says_why(link: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match=r"[.?]$"):
        from_link(link)


def test_a_scenario_of_ones_own_is_in_no_link(region: Workspace) -> None:
    region.drafts[0] = Draft(region.drafts[0].scenario())
    assert to_link(region) is None


def test_what_is_saved_is_loaded_again_and_run_by_the_command_line(
    region: Workspace, tmp_path: Path
) -> None:
    region.change(1, SHARE, 0.5)
    region.pull(1, "people.handover", 0.6)
    region.change_from(1, 24, "commissioning.budget", 0.85)
    content = saved(region, 200)
    assert loaded([("session.zip", content)]).scenarios() == region.scenarios()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    comparison = load_comparison(tmp_path / "comparison.yaml")
    assert comparison.scenarios == region.scenarios()
    assert comparison.replicates == 200
    assert content == saved(region, 200)


def test_a_copy_that_nobody_changed_yet_is_saved_and_opened_without_a_comparison(
    region: Workspace,
) -> None:
    region.add()
    content = saved(region, 200)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "comparison.yaml" not in archive.namelist()
    assert loaded([("session.zip", content)]).scenarios() == region.scenarios()


def test_scenario_files_are_opened_as_they_are_given() -> None:
    text = b"schema: 1\nname: mine\ntable: {seats: 4}\n"
    heir = b"schema: 1\nextends: mine.yaml\nname: heir\ntable: {seats: 5}\n"
    opened = loaded([("mine.yaml", text), ("folder/heir.yml", heir)])
    assert [scenario.table.seats for scenario in opened.scenarios()] == [4, 5]


def zipped(**files: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("uploads", "told"),
    [
        ([], "there is no config"),
        ([("notes.txt", b"hello")], "there is no config"),
        ([("broken.zip", b"PK no zip")], "cannot be unpacked"),
        ([("large.zip", zipped(**{"a.yaml": b"#" * 5_000_000}))], "more than 1,000,000 bytes"),
        ([("a.yaml", b"schema: 1\nextends: ../../etc/passwd.yaml\n")], "outside|leaves|folder"),
        ([("a.yaml", b"schema: 1\nname: !!python/object:os.system x\n")], "tag"),
        ([(f"{n}.yaml", b"schema: 1\n") for n in range(11)], "more than 10"),
        ([(f"{n}.yaml", b"schema: 1\n") for n in range(4)], "at most 3"),
        ([("a.yaml", b"schema: 1\n"), ("north/a.yaml", b"schema: 1\n")], "two files are called a"),
        (
            [
                (name, b"schema: 1\nkind: comparison\nscenarios: [x.yaml, y.yaml]\n")
                for name in ("one.yaml", "two.yaml")
            ]
            + [
                (
                    f"{name}.yaml",
                    f"schema: 1\nname: {name}\nseed: 1\ntable: {{seats: {seats}}}\n".encode(),
                )
                for name, seats in (("x", 4), ("y", 5))
            ],
            "there are 2 comparisons",
        ),
    ],
)
def test_files_that_cannot_be_opened_are_refused(
    uploads: list[tuple[str, bytes]], told: str
) -> None:
    with pytest.raises(ConfigError, match=told) as refused:
        loaded(uploads)
    assert "/tmp" not in str(refused.value)  # noqa: S108 - where files lay for a moment means nothing


def test_a_file_outside_an_upload_is_refused_without_naming_where_files_lay_for_a_moment() -> None:
    uploads = [("a.yaml", b"schema: 1\nname: a\nextends: ../base.yaml\n")]
    with pytest.raises(ConfigError) as refused:
        loaded(uploads)
    assert str(refused.value) == (
        'a.yaml, line 3: extends is "../base.yaml", which lies outside what was opened. A config that '
        "is opened here may only use files that are opened with it. Open that file too, and write only "
        "its name at extends."
    )
    assert "tmp" not in refused.value.told_in("nl")


def test_the_shipped_configs_are_found_by_name_and_nothing_else_is() -> None:
    assert shipped_configs() == PROJECT / "configs"
    assert shipped_scenario("region-004-fixed").is_file()
    with pytest.raises(KeyError):
        shipped_scenario("../comparisons/delegation")


@pytest.mark.slow
def test_a_wheel_holds_the_configs_and_the_page(tmp_path: Path) -> None:
    code = "from hatchling.build import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = zipfile.ZipFile(tmp_path / done.stdout.splitlines()[-1]).namelist()
    inside = {name.removeprefix("collabsim/configs/scenarios/") for name in names}
    assert {f"{name}.yaml" for case in CASES.values() for name in case.scenarios} <= inside
    assert "collabsim/app/main.py" in names


def test_every_string_is_there_in_both_languages() -> None:
    tables = [words.WORDS, value_words.PURPOSES, value_words._NAMES, happenings.TELLS]
    tables += [choices.CHOICES[path] for path in choices.CHOICES]
    for table in tables:
        for key, pair in table.items():  # type: ignore[attr-defined]
            assert len(pair) == 2, key
            assert all(text.strip() for text in pair), key
            assert len({frozenset(re.findall(r"{(\w+)}", text)) for text in pair}) == 1, key


def test_every_word_that_is_said_is_in_the_table_and_every_word_in_it_is_said() -> None:
    folder = Path(inspect.getfile(collabsim.app)).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py")
                     if path.name != "words.py")  # fmt: skip
    said = set(re.findall(r"""say\(\s*["']([^"']+)["']""", source))
    assert said <= words.WORDS.keys()
    unused = [key for key in words.WORDS if f'"{key}"' not in source and f"'{key}'" not in source]
    assert not unused


def test_what_a_model_can_name_has_words() -> None:
    chosen = {path: p.choices for path, p in parameters().items() if p.kind == "choice"}
    for path in ("schema", "comparison"):
        del chosen[path]
    assert {path: tuple(of) for path, of in choices.CHOICES.items()} == {
        path: tuple(of) for path, of in chosen.items()
    }
    assert {purpose.name.lower() for purpose in Spending} == set(value_words.PURPOSES)
    assert {*LAYERS, *KINDS, *FIELDS} <= value_words._NAMES.keys()


def test_nothing_on_the_pages_is_written_in_one_language_only() -> None:
    """Labels and texts go through ``say``: no page has a sentence of its own."""
    folder = Path(inspect.getfile(collabsim.app)).parent
    pages = [*folder.glob("*_page.py"), folder / "main.py", folder / "sidebar.py"]
    functions = (
        "button|radio|selectbox|title|header|subheader|caption|text|write|markdown|toggle|"
        "checkbox|slider|number_input|text_input|expander|error|info|warning"
    )
    shows = rf'[\w\]]\.(?:{functions})\(\s*f?"([^"]+)"'
    found = [text for page in pages for text in re.findall(shows, page.read_text(encoding="utf-8"))]
    assert found == ["Taal / Language"]


def test_no_module_of_the_app_hides_one_of_python() -> None:
    """Streamlit puts the folder of its script first on the path."""
    names = {path.stem for path in Path(inspect.getfile(collabsim.app)).parent.glob("*.py")}
    assert not names & set(sys.stdlib_module_names)


def test_one_decision_towards_all_parties_of_a_case_is_no_decision_towards_nobody() -> None:
    held_back = Happening(Event.DECIDED, Reason.HELD_BACK, own=True, other="", value=0.0, whom=-1)
    for lang, there in (("en", "all who were there"), ("nl", "wie erbij was")):
        (text,) = happenings.told([held_back], "nl" if lang == "nl" else "en")
        assert there in text


def test_every_decision_that_the_record_keeps_is_told_with_its_reason() -> None:
    told = {(event, reason) for event, reason, _ in happenings.TELLS}
    decisions = {
        Event.DECIDED: (Reason.COOPERATED, Reason.HELD_BACK),
        Event.ASKED: (Reason.ACCEPTED, Reason.DECLINED, Reason.NO_TIME, Reason.NOBODY_TO_ASK,
                      Reason.ALONE, Reason.TAKEN_UP),
        Event.PROMISE_ENDED: (Reason.KEPT, Reason.ANNOUNCED, Reason.BROKEN, Reason.LAPSED),
        Event.PLEDGE_ENDED: (Reason.KEPT, Reason.BROKEN, Reason.LAPSED),
        Event.REPORTED: (Reason.BOUND_TO_REPORT, Reason.CHOSE_TO_REPORT, Reason.KEPT_TO_ITSELF),
        Event.SUPPORTED: (Reason.IN_FAVOUR, Reason.AGAINST, Reason.NOT_REACHED),
        Event.INCIDENT: (Reason.COOPERATED, Reason.HELD_BACK),
        Event.SAT_AT_TABLE: (Reason.TABLE, Reason.ABSENT),
    }  # fmt: skip
    assert {(event, reason) for event, of in decisions.items() for reason in of} <= told
