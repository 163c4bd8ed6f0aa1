"""What the app computes in the background: in stages, never lost, and the numbers of the command line."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Generator
from pathlib import Path

import numpy as np
import pytest

from collabsim.app.computing import Computer, stages_to
from collabsim.app.draft import Draft
from collabsim.app.findings import failures, grades, networks
from collabsim.app.happenings import told
from collabsim.app.histories import Histories, bytes_of, packed
from collabsim.app.saving import texts
from collabsim.app.stepping import Stepping
from collabsim.app.waking import wake
from collabsim.app.workspace import Workspace
from collabsim.cli import main
from collabsim.config import set_value
from collabsim.experiments import runs
from collabsim.history import prepare
from collabsim.metrics import METRICS
from collabsim.model import CollaborationModel
from collabsim.parameters import Scenario
from collabsim.worlds import kept_worlds
from small_worlds import ran, same_numbers, small, state

FIXED = small(name="fixed", table={"rotation": {"share_per_year": 0.0}})
ROTATING = small(name="rotating")


@pytest.fixture(scope="module", autouse=True)
def _awake() -> None:
    wake(FIXED)


@pytest.fixture
def computer() -> Computer:
    """A computer that answers after three replicates and after six, with histories of its own."""
    return Computer(threads=2, stages=(3, 6), histories=Histories())


def test_an_answer_comes_early_and_is_refined(computer: Computer) -> None:
    computer.want([FIXED, ROTATING])
    assert computer.wait(3).replicates >= 3
    answer = computer.wait()
    assert answer.replicates == 6
    assert [run.replicate for run in answer.results] == [*range(6), *range(6)]
    assert not failures(answer)
    assert computer.is_current


def test_no_core_waits_at_a_stage_for_the_others(computer: Computer) -> None:
    threads, asked = computer._threads, list[list[int]]()

    class Noted:
        def run(self, work: Callable[[int], None], replicates: list[int]) -> Generator[None]:
            asked.append(list(replicates))
            yield from threads.run(work, replicates)

    computer._threads = Noted()  # type: ignore[assignment]
    computer.want([FIXED, ROTATING])
    assert computer.wait(3).replicates >= 3
    computer.wait()
    assert asked == [[0, 1, 2, 3, 4, 5]]
    assert computer.progress().done == 6


def test_results_are_those_of_a_run_from_scratch(computer: Computer) -> None:
    computer.want([FIXED, ROTATING])
    answer = computer.wait()
    for scenario in (FIXED, ROTATING):
        for replicate in range(6):
            mine = next(
                run for run in answer.results
                if (run.scenario, run.replicate) == (scenario.name, replicate)
            )  # fmt: skip
            model = ran(scenario, replicate=replicate)
            assert same_numbers(mine.outcomes, model.outcomes())


def test_a_history_that_is_kept_small_leads_to_the_same_world() -> None:
    whole = prepare(ROTATING, 1, 0)
    models = [
        CollaborationModel(ROTATING, seed=1, replicate=0, start=start)
        for start in (whole, packed(whole))
    ]
    for model in models:
        model.run_for(ROTATING.months)
    assert same_numbers(models[0].outcomes(), models[1].outcomes())
    one, other = (state(model) for model in models)
    assert all(np.array_equal(one[name], other[name]) for name in one)


def test_a_change_at_the_table_makes_no_new_history_and_runs_no_other_scenario(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer.want([FIXED, ROTATING])
    computer.wait()
    kept, ran_now = len(computer._histories), list[str]()
    once = runs.run_once

    def noted(scenario: Scenario, *rest: object) -> runs.RunResult:
        ran_now.append(scenario.name)
        return once(scenario, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(runs, "run_once", noted)
    computer.want([FIXED, small(name="rotating", table={"seats": 2})])
    computer.wait()
    assert len(computer._histories) == kept
    assert set(ran_now) == {"rotating"}
    ran_now.clear()
    computer.want([FIXED, ROTATING])  # and back again
    computer.wait()
    assert not ran_now


def test_of_many_changes_the_last_one_is_answered(computer: Computer) -> None:
    for seats in (1, 2, 3, 4, 5, 6):
        computer.want([FIXED, small(name="rotating", table={"seats": seats})])
    answer = computer.wait()
    assert answer.wish.scenarios[1].table.seats == 6
    assert not computer.progress().running


def test_what_was_forgotten_is_not_shown_and_comes_back_at_once_when_it_is_wanted(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    computer.want([FIXED])
    ids = [run.run_id for run in computer.wait().results]
    computer.forget()
    assert computer.answer is None
    assert not computer.is_current
    monkeypatch.setattr("collabsim.app.computing.run_replicate", lambda *_: pytest.fail("runs"))
    computer.want([FIXED])
    assert [run.run_id for run in computer.wait(seconds=20.0).results] == ids


def test_an_old_answer_stays_and_is_known_to_be_old(computer: Computer) -> None:
    computer.want([FIXED])
    old = computer.wait()
    gate = threading.Event()
    start = computer._histories.start
    computer._histories.start = lambda *given: gate.wait(60) and start(*given)  # type: ignore[method-assign, assignment]
    computer.want([small(name="other", people={"handover": 0.4})])
    assert computer.answer is old
    assert not computer.is_current
    assert computer.progress().running
    gate.set()
    assert computer.wait().wish.names == ("other",)
    assert computer.is_current


def test_a_run_that_fails_is_told_and_the_others_go_on(
    computer: Computer, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes = CollaborationModel.outcomes

    def fails(model: CollaborationModel) -> dict[str, float]:
        if model.luck.replicate == 2:
            raise RuntimeError("out of luck")
        return outcomes(model)

    monkeypatch.setattr(CollaborationModel, "outcomes", fails)
    computer.want([FIXED, ROTATING])
    answer = computer.wait()
    assert [run.error for run in failures(answer)] == ["RuntimeError: out of luck"] * 2
    assert answer.verdict.comparisons[0].outcomes["cooperation_rate"].pairs == 5


def test_two_computers_share_no_wish_and_no_answer() -> None:
    shared = Histories()
    one, other = (Computer(threads=1, stages=(2,), histories=shared) for _ in range(2))
    one.want([FIXED])
    other.want([ROTATING])
    assert one.wait().wish.names == ("fixed",)
    assert other.wait().wish.names == ("rotating",)


def test_memory_for_histories_is_bounded() -> None:
    sizes = [bytes_of(Histories().start(FIXED, 1, replicate)) for replicate in range(5)]
    few = Histories(most_bytes=2 * min(sizes))
    for replicate in range(5):
        few.start(FIXED, 1, replicate)
    assert 1 <= len(few) <= 2
    assert few._bytes <= few._most_bytes


def test_the_history_of_what_is_looked_at_outlives_those_of_what_was_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    size = bytes_of(packed(prepare(FIXED, FIXED.seed, 0)))
    computer = Computer(threads=1, stages=(2,), histories=Histories(4 * size + size // 2))
    computer.want([FIXED, ROTATING])
    computer.wait()
    for handover in (0.2, 0.3, 0.4):
        computer.want([FIXED, set_value(ROTATING, "people.handover", handover)])
        computer.wait()
    monkeypatch.setattr("collabsim.app.histories.prepare", lambda *_: pytest.fail("made anew"))
    # It has the history of the first scenario, which was there all the time.
    computer.want([FIXED, set_value(ROTATING, "table.seats", 2)])
    assert not failures(computer.wait())


def test_stages_lead_to_what_is_aimed_at() -> None:
    assert stages_to(200) == (20, 60, 120, 200)
    assert stages_to(8) == (8,)


@pytest.fixture
def command_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> dict[str, object]:
    """What `collabsim compare --json` says of the files that the app saves."""
    files = texts([FIXED, ROTATING], 6)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["compare", "comparison.yaml", "--json", "--threads", "1"]) == 0
    document: dict[str, object] = json.loads(capsys.readouterr().out)
    return document


@pytest.mark.slow
def test_the_app_shows_the_numbers_of_the_command_line(
    computer: Computer, command_line: dict[str, list[dict[str, dict[str, object]]]]
) -> None:
    computer.want([FIXED, ROTATING])
    verdict = computer.wait().verdict
    theirs = command_line["comparisons"][0]["outcomes"]
    for name, mine in verdict.comparisons[0].outcomes.items():
        said = theirs[name]
        assert isinstance(said, dict)
        assert mine.verdict == said["verdict"], name
        for field in ("mean_a", "mean_b", "difference", "low", "high", "against_luck"):
            value = said[field]
            own = getattr(mine, field)
            assert (value is None and not np.isfinite(own)) or value == own, (name, field)
    assert set(theirs) == set(METRICS)


def test_grades_and_rings_are_read_off_the_same_runs(computer: Computer) -> None:
    computer.want([FIXED, ROTATING])
    answer = computer.wait()
    after = np.mean([run.outcomes["grade_relation"] for run in answer.results[:6]])
    before = np.mean([
        CollaborationModel(FIXED, seed=1, replicate=r).grades()["relation"] for r in range(6)
    ])  # fmt: skip
    change = grades(answer)["fixed"]["relation"]
    assert (change.before, change.after) == pytest.approx((before, after))
    view = networks(answer)["rotating"]
    assert len(view.ids) == 10
    assert view.helped.sum() > 0


def test_one_walks_forward_and_back_through_the_very_months_of_a_run() -> None:
    walk = Stepping(ROTATING, 1, 3)
    walk.go_to(14)
    model = CollaborationModel(ROTATING, seed=1, replicate=3)
    model.run_for(14)
    assert walk.seated() == tuple(agent.id for agent in model.organisations if agent.seated)
    assert walk.grades() == model.grades()
    there = walk.view("provider-003")
    walk.go_to(20)
    walk.go_to(14)
    assert walk.view("provider-003") == there
    with pytest.raises(ValueError, match="month 25 is not one of 0 to 24"):
        walk.go_to(25)


def test_an_organisation_is_seen_as_the_model_has_it_and_its_month_is_told() -> None:
    walk = Stepping(ROTATING, 1, 0)
    walk.go_to(14)
    model = ran_to(14)
    view, row = walk.view("provider-002"), 3
    agent = model.organisations[row]
    assert agent.id == "provider-002"
    assert view.people == agent.people
    assert view.queue_hours == agent.queue_hours
    assert view.energy == model.world.organisations.energy[row]
    assert view.ties[0].contacts == max(tie.contacts for tie in view.ties)
    assert len(view.frames) == 3
    spent = sum(sum(of.values()) for of in view.hours.values())
    before = ran_to(13).hours()[row].sum()
    assert spent == pytest.approx(model.hours()[row].sum() - before)
    decided = [h for h in view.happenings if h.own and h.event.name == "DECIDED"]
    assert decided
    english, dutch = told(view.happenings, "en"), told(view.happenings, "nl")
    assert len(english) == len(dutch) > 3
    assert not set(english) & set(dutch)


def ran_to(month: int) -> CollaborationModel:
    model = CollaborationModel(ROTATING, seed=1, replicate=0)
    model.run_for(month)
    return model


@pytest.mark.slow
def test_the_modules_that_compute_do_not_know_streamlit() -> None:
    code = (
        "import sys; import collabsim.app.session, collabsim.app.saving, collabsim.app.link; "
        "assert 'streamlit' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_workspace_is_computed_as_it_is(computer: Computer) -> None:
    workspace = Workspace([Draft(FIXED), Draft(ROTATING)])
    workspace.change(1, "table.seats", 2)
    computer.want(workspace.scenarios())
    assert computer.wait(3).wish.scenarios[1].table.seats == 2


def test_after_the_last_replicate_it_is_looked_whether_the_answer_holds_in_kept_worlds() -> None:
    computer = Computer(threads=2, stages=(3, 4), histories=Histories(), worlds=4)
    computer.want([FIXED, ROTATING])
    first = computer.wait()
    assert first.replicates == 4
    answer = computer.wait_for_worlds()
    assert answer.results is first.results
    assert answer.held is not None
    assert (answer.held.worlds, answer.held.problem) == (4, None)
    assert set(answer.held.found) == {ROTATING.name}
    for examination in answer.held.found[ROTATING.name].values():
        seen = [found.world for found in examination.robustness.worlds]
        assert seen == [world.number for world in kept_worlds()[:4]]
    assert answer.verdict.held == answer.held.found
    assert computer.progress().elsewhere is None


def test_under_other_names_the_same_answer_is_there_at_once_and_nothing_runs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    computer = Computer(threads=2, stages=(2, 3), histories=Histories(), worlds=2)
    computer.want([FIXED, ROTATING])
    first = computer.wait_for_worlds()
    assert first.held is not None
    monkeypatch.setattr(runs, "run_once", None)
    monkeypatch.setattr("collabsim.app.computing.held_in_worlds", None)
    renamed = [FIXED.model_copy(update={"name": "vast"}),
               ROTATING.model_copy(update={"name": "roulerend"})]  # fmt: skip
    computer.want(renamed)
    assert computer.is_current
    answer = computer.wait_for_worlds(seconds=20.0)
    assert answer.wish.names == ("vast", "roulerend")
    assert answer.replicates == 3
    assert list(answer.evidence.outcomes) == ["vast", "roulerend"]
    for old, new in (("fixed", "vast"), ("rotating", "roulerend")):
        assert same_numbers(
            {name: values.mean() for name, values in first.evidence.outcomes[old].items()},
            {name: values.mean() for name, values in answer.evidence.outcomes[new].items()},
        )
        assert answer.before[new] == first.before[old]
    assert answer.held is not None
    told = [text for one in answer.held.found["roulerend"].values() for text in one.findings("nl")]
    assert any("roulerend" in text for text in told)
    assert not any("fixed" in text or "rotating" in text for text in told)
    computer.want([FIXED, ROTATING])
    assert computer.wait_for_worlds(seconds=20.0).wish.names == first.wish.names


@pytest.mark.slow
def test_going_back_to_what_was_looked_at_in_kept_worlds_runs_nothing() -> None:
    computer = Computer(threads=2, stages=(2,), histories=Histories(), worlds=3)
    computer.want([FIXED, ROTATING])
    first = computer.wait_for_worlds().held
    computer.want([FIXED, small(name="rotating", cooperation={"decisiveness": 2.5})])
    second = computer.wait_for_worlds().held
    computer.want([FIXED, ROTATING])
    assert computer.wait_for_worlds().held is first is not second


@pytest.mark.slow
def test_a_new_wish_ends_the_look_at_kept_worlds() -> None:
    computer = Computer(threads=1, stages=(2,), histories=Histories(), worlds=len(kept_worlds()))
    computer.want([FIXED, ROTATING])
    computer.wait()
    while computer.progress().elsewhere is None:
        time.sleep(0.01)
    other = small(name="rotating", cooperation={"decisiveness": 2.5})
    computer.want([FIXED, other])
    answer = computer.wait(seconds=60.0)
    assert answer.wish.scenarios[1] is other
    assert answer.held is None
    computer.want([FIXED])
    computer.wait_for_worlds()


def test_a_scenario_by_itself_is_not_looked_at_elsewhere() -> None:
    computer = Computer(threads=1, stages=(2,), histories=Histories(), worlds=3)
    computer.want([FIXED])
    assert computer.wait().held is None
    assert computer.wait_for_worlds().held is None
