"""The pages as Streamlit runs them, without a browser: what is shown, chosen, kept and not shared."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.web import bootstrap

from collabsim.app import answers_page, serving, timeline_page
from collabsim.app.cases import CASES
from collabsim.app.serving import Begins
from collabsim.app.session import Session
from collabsim.app.words import say
from collabsim.config import parameters

SCRIPT = str(Path(serving.__file__).with_name("main.py"))
EVIL = "<script>alert(1)</script> **bold** :smile: [x](http://example.org)"
SMALL = """\
schema: 1
name: {name}
months: 14
history_months: 6
region: {{municipality_count: 2, provider_count: 6}}
table: {{delegation: random, seats: 3, rotation: {{share_per_year: {share}}}}}
"""
SECONDS = 240


@pytest.fixture(scope="module", autouse=True)
def as_served() -> None:
    """Streamlit with the options that the app is served with."""
    bootstrap.load_config_options(flag_options=serving.options(8501, browser=False))


@pytest.fixture
def files(tmp_path: Path) -> Iterator[tuple[Path, ...]]:
    """Two small scenarios, one with a name that would be markup, given to the command."""
    paths = tuple(tmp_path / f"{name}.yaml" for name in ("one", "two"))
    paths[0].write_text(SMALL.format(name="one", share=0.0))
    paths[1].write_text(SMALL.format(name=f"'{EVIL}'", share=1.0))
    serving.BEGINS.append(Begins("en", paths, 4))
    yield paths
    serving.BEGINS.pop()


def opened(*, computed: bool = True) -> AppTest:
    at = AppTest.from_file(SCRIPT, default_timeout=SECONDS).run()
    assert not at.exception
    if computed:
        session_of(at).computer.wait(seconds=SECONDS)
        at.run()
    return at


def session_of(at: AppTest) -> Session:
    session = at.session_state["session"]
    assert isinstance(session, Session)
    return session


def html(at: AppTest) -> str:
    """All HTML that is shown."""
    return "\n".join(element.proto.body for element in at.get("html"))


def choose(at: AppTest, view: str) -> AppTest:
    at.radio(key="view").set_value(view).run()
    assert not at.exception
    return at


def test_the_first_screen_offers_every_case_in_both_languages() -> None:
    at = opened(computed=False)
    assert [button.key for button in at.button] == [f"case {name}" for name in CASES]
    for lang, here in (("en", 0), ("nl", 1)):
        at.radio(key="language").set_value(lang).run()
        assert at.title[0].value == say("title", "nl" if here else "en")
        assert all(case.tries[here].split(",")[0] in html(at) for case in CASES.values())


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_files_of_the_command_are_compared_and_their_names_are_text() -> None:
    at = opened()
    shown = html(at)
    assert "pairs with the same luck" in shown
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    # Labels, captions and headings are read as Markdown: no name may be in them.
    kinds = ("button", "radio", "toggle", "slider", "selectbox", "number_input", "text_input",
             "expander", "markdown", "caption", "title", "header", "subheader")  # fmt: skip
    elements = [element for kind in kinds for element in at.get(kind)]
    read_as_markdown = [
        str(getattr(element, part, "")) for element in elements for part in ("label", "body")
    ]
    assert not [text for text in read_as_markdown if "alert" in text]


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_a_slider_changes_one_scenario_and_old_results_are_marked() -> None:
    at = opened()
    session = session_of(at)
    before = session.computer.answer
    assert session.workspace is not None
    key = f"table.seats {session.workspace.opened} 1"
    at.slider(key=key).set_value(5).run()
    assert [draft.value("table.seats") for draft in session.workspace.drafts] == [3, 5]
    answer = session.computer.wait(seconds=SECONDS)
    assert answer is not before
    assert answer.wish.scenarios[1].table.seats == 5
    session.workspace.change(1, "table.seats", 7)  # more than there are providers
    at.run()
    assert say("impossible", "en").split(".")[0] in html(at)
    assert say("old", "en") not in html(at), "nothing new is on its way"
    assert session.computer.answer is answer
    assert session.workspace.drafts[1].value("table.seats") == 7
    assert "table.seats is 7, and the region has 6 providers" in html(at)
    at.radio(key="language").set_value("nl").run()
    assert "table.seats is 7, en de regio heeft 6 aanbieders" in html(at)
    assert "the region has" not in html(at)


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_a_lever_acts_from_month_0_and_the_past_has_a_field_of_its_own() -> None:
    at = opened()
    session = session_of(at)
    assert session.workspace is not None

    def values() -> tuple[float, float]:
        assert session.workspace is not None
        draft = session.workspace.drafts[1]
        return draft.value("people.handover"), draft.in_month_0("people.handover")

    at.selectbox(key="group levers ").set_value("people").run()
    key = f"people.handover {session.workspace.opened} 1"
    at.slider(key=f"{key} from 0.1").set_value(0.4).run()
    assert values() == (0.1, 0.4)
    assert say("from month 0", "en") in html(at)
    at.selectbox(key="group assumptions ").set_value("people").run()
    at.number_input(key=f"{key} before").set_value(0.2).run()
    assert values() == (0.2, 0.4)
    assert "changed here: 2" in html(at)
    choose(at, "timeline")
    at.button(key="take 1 0").click().run()
    assert not at.exception
    assert values() == (0.2, 0.2)
    assert at.slider(key=f"people.handover {session.workspace.opened} 1 from 0.2").value == 0.2


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_what_is_typed_for_a_scenario_that_is_removed_meanwhile_goes_nowhere() -> None:
    at = opened()
    session = session_of(at)
    assert session.workspace is not None
    at.text_input(key=f"name {session.workspace.opened} 1").set_value("typed")
    at.button(key="remove 1").click().run()
    assert not at.exception
    assert session.workspace.names() == ["one"]


def test_the_page_follows_when_there_are_more_replicates_than_it_knows_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session, again = Session(), list[bool]()
    monkeypatch.setattr(answers_page, "show_progress", lambda *_: None)
    monkeypatch.setattr("streamlit.rerun", lambda: again.append(True))
    monkeypatch.setattr(session, "is_under_way", lambda *_: True)
    monkeypatch.setattr(session, "replicates", lambda: 60)
    answers_page.show_now(session, "verdict", "en", looking=True, known=60)
    assert not again
    answers_page.show_now(session, "verdict", "en", looking=True, known=20)
    assert again == [True]


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_every_view_is_shown_in_both_languages_without_an_error() -> None:
    at = opened()
    for lang in ("en", "nl"):
        at.radio(key="language").set_value(lang).run()
        for view in at.radio(key="view").options:
            assert view
        for view in ("verdict", "grades", "timeline", "stepping"):
            choose(at, view)
    assert "Van belang" not in html(at)


@pytest.mark.slow
def test_names_follow_the_language_and_results_stay(files: tuple[Path, ...]) -> None:
    for path, name in zip(files, ("vast", "roulerend"), strict=True):
        path.write_text(SMALL.format(name=f"{path.stem}\nname_nl: {name}", share=0.5))
    at = opened()
    session = session_of(at)
    assert session.workspace is not None

    def names() -> list[str | None]:
        assert session.workspace is not None
        return [at.text_input(key=f"name {session.workspace.opened} {n}").value for n in (0, 1)]

    assert names() == ["one", "two"]
    at.text_input(key=f"name {session.workspace.opened} 0").set_value("mine").run()
    session.computer.wait(seconds=SECONDS)
    results = session.computer.answer
    at.radio(key="language").set_value("nl").run()
    assert not at.exception
    assert names() == ["mine", "roulerend"]
    answer = session.computer.answer
    assert results is not None
    assert answer is not None
    assert answer.wish.names == ("mine", "roulerend")
    assert answer.replicates == results.replicates
    assert say("old", "nl") not in html(at)
    assert "<strong>two" not in html(at)
    at.radio(key="language").set_value("en").run()
    assert names() == ["mine", "two"]


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_the_timeline_is_put_together_and_taken_apart() -> None:
    at = choose(opened(), "timeline")
    session = session_of(at)
    assert session.workspace is not None
    at.selectbox(key="timeline parameter").set_value("table.meets_every_months").run()
    at.number_input(key="timeline month 0").set_value(6).run()
    at.number_input(key="timeline value table.meets_every_months").set_value(1).run()
    at.button(key="put on timeline").click().run()
    change = [{"month": 6, "set": {"table.meets_every_months": 1}}]
    assert session.workspace.drafts[0].value("timeline") == change
    assert session.workspace.scenarios()[0].timeline[0].month == 6
    at.button(key="take 0 0").click().run()
    assert session.workspace.drafts[0].value("timeline") == []
    at.number_input(key="timeline month 0").set_value(500).run()
    at.button(key="put on timeline").click().run()
    assert "from 0 to 13" in html(at), "it is told, and not put in another month"
    at.button(key="take 0 0").click().run()
    at.number_input(key="timeline month 0").set_value(6).run()
    at.number_input(key="timeline value table.meets_every_months").set_value(-4).run()
    at.button(key="put on timeline").click().run()
    assert "table.meets_every_months is -4" in html(at)


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_all_that_a_timeline_offers_has_a_control() -> None:
    at = choose(opened(), "timeline")
    kinds = {parameters()[path].kind: path for path in timeline_page.levers_first()}
    assert "rules.own" not in kinds.values(), "a list of files has none"
    assert len(kinds) > 2
    for path in kinds.values():
        at.selectbox(key="timeline parameter").set_value(path).run()
        assert not at.exception, path


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_one_steps_to_a_month_and_looks_at_an_organisation() -> None:
    at = choose(opened(), "stepping")
    assert say("step first", "en") in html(at)
    at.number_input(key="stepping month").set_value(13).run()
    at.button(key="on").click().run()
    at.selectbox(key="stepping organisation").set_value("provider-002").run()
    assert not at.exception
    shown = html(at)
    assert say("month and why", "en", month=14) in shown
    assert "<strong>provider-002</strong>" in shown
    at.button(key="back").click().run()
    assert say("month and why", "en", month=13) in html(at)


@pytest.mark.slow
@pytest.mark.usefixtures("files")
def test_two_sessions_share_nothing() -> None:
    one, other = opened(), opened()
    mine, theirs = session_of(one), session_of(other)
    assert mine is not theirs
    assert mine.computer is not theirs.computer
    assert mine.workspace is not None
    assert theirs.workspace is not None
    key = f"table.seats {mine.workspace.opened} 0"
    one.slider(key=key).set_value(5).run()
    one.radio(key="language").set_value("nl").run()
    other.run()
    assert theirs.workspace.drafts[0].value("table.seats") == 3
    assert theirs.lang == "en"


def test_a_file_that_cannot_be_used_is_told_in_the_language_of_the_page(tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("schema: 1\ntable:\n  seats: <b>ten</b>\n")
    serving.BEGINS.append(Begins("nl", (file,), 4))
    try:
        at = opened(computed=False)
    finally:
        serving.BEGINS.pop()
    dutch = "bad.yaml, regel 3: table.seats is &quot;&lt;b&gt;ten&lt;/b&gt;&quot;. Hier hoort een"
    english = "bad.yaml, line 3: table.seats is &quot;&lt;b&gt;ten&lt;/b&gt;&quot;. It must be a"
    assert say("unusable", "nl") in html(at)
    assert dutch in html(at)
    assert english not in html(at)
    at.radio(key="language").set_value("en").run()
    assert english in html(at)
    assert dutch not in html(at)


def test_files_that_are_uploaded_and_cannot_be_used_are_told_in_dutch() -> None:
    at = opened(computed=False)
    at.radio(key="language").set_value("nl").run()
    at.file_uploader(key="upload").upload("bad.yaml", b"schema: 1\nmonths: -3\n").run()
    at.button(key="open files").click().run()
    assert not at.exception
    assert "bad.yaml, regel 2: months is -3. Hier hoort een geheel getal" in html(at)


def test_a_link_that_cannot_be_used_is_told_on_the_first_screen() -> None:
    at = AppTest.from_file(SCRIPT, default_timeout=SECONDS)
    at.query_params["a"] = "<b>nowhere</b>"
    at.run()
    assert not at.exception
    assert "there is no scenario" in html(at)
    assert "<b>nowhere" not in html(at)
