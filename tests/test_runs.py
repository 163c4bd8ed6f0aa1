"""Runs: the same results whatever the threads and the order, and failures that stay alone."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import collabsim
from collabsim import history
from collabsim.config import ConfigError
from collabsim.experiments import runs
from collabsim.experiments.executors import Executor, Serial, Threads
from collabsim.experiments.identity import parameter_columns, run_id
from collabsim.experiments.runs import InterruptedRunsError, RunResult, run_scenarios
from collabsim.history import Start, prepare
from collabsim.model import CollaborationModel
from collabsim.parameters import Scenario
from collabsim.yardstick import Measured


def scenario(name: str, **changes: Any) -> Scenario:  # noqa: ANN401 - any part of a config
    """A world that is small enough to run many times."""
    config: dict[str, Any] = {
        "schema": 1,
        "name": name,
        "months": 14,
        "history_months": 6,
        "region": {"municipality_count": 2, "provider_count": 6},
        "table": {"delegation": "random", "seats": 3},
    }
    return Scenario.model_validate(config | changes)


BASE = scenario("base")
ROTATING = scenario(
    "rotating", table={"delegation": "random", "seats": 3, "rotation": {"share_per_year": 1.0}}
)


def told(results: list[RunResult]) -> list[object]:
    """All that results say, but for the time that they took."""
    return [
        (
            result.run_id,
            result.scenario,
            result.replicate,
            result.status,
            result.error,
            {name: repr(value) for name, value in result.outcomes.items()},
            {name: np.asarray(values).tobytes() for name, values in result.series.items()},
            {name: np.asarray(values).tobytes() for name, values in result.organisations.items()},
            {name: np.asarray(values).tobytes() for name, values in result.ties.items()},
        )
        for result in results
    ]


def test_two_threads_give_what_one_gives() -> None:
    one = run_scenarios([BASE, ROTATING], replicates=5, threads=1)
    two = run_scenarios([BASE, ROTATING], replicates=5, threads=2)
    assert told(one) == told(two)


def test_the_order_of_replicates_does_not_matter() -> None:
    forward = run_scenarios([BASE], replicates=[0, 1, 2, 3], threads=1)
    mixed = run_scenarios([BASE], replicates=[3, 1, 0, 2], threads=1)
    assert told(forward) == told(mixed)


def test_a_run_in_company_is_the_run_alone() -> None:
    together = run_scenarios([BASE, ROTATING], replicates=2)
    alone = run_scenarios([ROTATING], replicates=2)
    assert told(together)[2:] == told(alone)


def test_the_serial_executor_gives_what_threads_give() -> None:
    assert told(run_scenarios([BASE], replicates=3, executor=Serial())) == told(
        run_scenarios([BASE], replicates=3, threads=2)
    )


def test_results_come_by_scenario_as_given_and_then_by_replicate() -> None:
    results = run_scenarios([ROTATING, BASE], replicates=2)
    assert [(result.scenario, result.replicate) for result in results] == [
        ("rotating", 0),
        ("rotating", 1),
        ("base", 0),
        ("base", 1),
    ]


def test_no_seed_means_the_seed_of_the_first_scenario() -> None:
    seeded = scenario("seeded", seed=7)
    assert told(run_scenarios([seeded], replicates=1)) == told(
        run_scenarios([seeded], seed=7, replicates=1)
    )


def test_seed_zero_is_a_seed() -> None:
    seeded = scenario("seeded", seed=7)
    zero = run_scenarios([seeded], seed=0, replicates=1)
    assert zero[0].seed == 0
    assert told(zero)[0] != told(run_scenarios([seeded], replicates=1))[0]


def test_a_history_is_made_once_for_all_scenarios_that_share_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[int] = []

    def counted(scenario: Scenario, seed: int, replicate: int, alone: Measured) -> Start:
        made.append(replicate)
        return prepare(scenario, seed, replicate, alone)

    monkeypatch.setattr(history, "prepare", counted)
    other_past = scenario("other past", people={"mover_keeps": 0.9})
    run_scenarios([BASE, ROTATING, other_past], replicates=2, executor=Serial())
    assert sorted(made) == [0, 0, 1, 1]


def failing(name: str, replicate: int, error: BaseException) -> Callable[..., object]:
    """A model that raises in one run, and is the real one in all others."""
    real = CollaborationModel

    def model(scenario: Scenario, **choices: Any) -> object:  # noqa: ANN401 - as the real one
        if scenario.name == name and choices["replicate"] == replicate:
            raise error
        return real(scenario, **choices)

    return model


def test_a_run_that_raises_is_a_failed_result_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sound = run_scenarios([BASE, ROTATING], replicates=3)
    error = RuntimeError("the sky\nfell")
    monkeypatch.setattr(runs, "CollaborationModel", failing("rotating", 1, error))
    results = run_scenarios([BASE, ROTATING], replicates=3)
    assert [result.status for result in results] == ["done"] * 4 + ["failed", "done"]
    assert results[4].error == "RuntimeError: the sky fell"
    assert results[4].outcomes == {}
    assert told(results[:4]) == told(sound[:4])


def test_a_history_that_raises_fails_all_that_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(*_: object, **__: object) -> None:
        raise ValueError("no past")

    monkeypatch.setattr(history, "prepare", raising)
    results = run_scenarios([BASE, ROTATING], replicates=1)
    assert {result.error for result in results} == {
        "in the history before month 0: ValueError: no past"
    }


@pytest.mark.parametrize("executor", [Serial(), Threads(1), Threads(2)])
def test_an_interruption_gives_back_the_whole_replicates(executor: Executor) -> None:
    def interrupt(done: int, _total: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(InterruptedRunsError) as caught:
        run_scenarios([BASE, ROTATING], replicates=9, executor=executor, on_progress=interrupt)
    results = caught.value.results
    assert len(results) == 4
    for replicate in {result.replicate for result in results}:
        names = [result.scenario for result in results if result.replicate == replicate]
        assert names == ["base", "rotating"]


def test_threads_take_no_new_work_after_they_are_closed() -> None:
    started: list[int] = []
    gate = threading.Event()

    def work(block: int) -> int:
        started.append(block)
        if block > 0:
            gate.wait(5)
        return block

    answers: Iterator[int] = Threads(1).run(work, range(100))
    assert next(answers) == 0
    answers.close()  # type: ignore[attr-defined]
    gate.set()
    assert len(started) <= 2


def test_progress_counts_every_run() -> None:
    told_so_far: list[tuple[int, int]] = []
    run_scenarios(
        [BASE, ROTATING],
        replicates=2,
        on_progress=lambda done, total: told_so_far.append((done, total)),
    )
    assert told_so_far == [(2, 4), (4, 4)]


@pytest.mark.parametrize("replicates", [0, -1, [], [0, 0], [-1]])
def test_replicates_must_be_numbers_from_zero_each_once(replicates: int | list[int]) -> None:
    with pytest.raises(ValueError, match="replicates"):
        run_scenarios([BASE], replicates=replicates)


def test_scenarios_with_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="two scenarios are called 'base'"):
        run_scenarios([BASE, BASE], replicates=1)


def test_one_scenario_is_run_without_a_list_around_it() -> None:
    (result,) = run_scenarios(BASE, replicates=1)
    assert (result.scenario, result.status) == ("base", "done")


@pytest.mark.parametrize("given", ["region.yaml", ["region.yaml"], [Path("region.yaml")]])
def test_who_gives_a_file_instead_of_a_scenario_is_told_to_load_it(given: Any) -> None:  # noqa: ANN401
    with pytest.raises(TypeError, match=r"region.yaml'\)? is no scenario; load its file first"):
        run_scenarios(given, replicates=1)


def test_no_thread_is_too_few() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        run_scenarios([BASE], replicates=1, threads=0)


def test_identity_follows_what_happens_and_not_what_it_is_called() -> None:
    identity = run_id(BASE, seed=1, replicate=0)
    assert run_id(scenario("renamed", about="new"), seed=1, replicate=0) == identity
    assert run_id(BASE, seed=0, replicate=0) != identity
    assert run_id(BASE, seed=1, replicate=1) != identity
    assert run_id(ROTATING, seed=1, replicate=0) != identity


def test_every_parameter_has_a_path_as_it_is_set() -> None:
    columns = parameter_columns(ROTATING)
    assert columns["table.rotation.share_per_year"] == 1.0
    assert columns["region.provider_count"] == 6
    assert columns["people.turnover_per_year.provider.board"] == 0.15
    assert columns["timeline"] == "[]"


def test_scenarios_are_compared_from_python_in_one_call() -> None:
    (comparison,) = collabsim.compare_scenarios([BASE, ROTATING], replicates=3)
    assert (comparison.a, comparison.b, comparison.replicates) == ("base", "rotating", 3)
    assert comparison.outcomes["encounters"].pairs == 3


def test_one_scenario_cannot_be_compared() -> None:
    ways: tuple[Any, ...] = ([BASE], BASE, "region.yaml")
    for one in ways:
        with pytest.raises(ValueError, match="number of scenarios given is 1; give a list of two"):
            collabsim.compare_scenarios(one)


def test_one_world_under_two_names_cannot_be_compared() -> None:
    same = scenario("the same", seed=5)
    with pytest.raises(ConfigError, match='"base" and "the same" are the same in all parameters'):
        collabsim.compare_scenarios([BASE, same], replicates=1)


def test_what_the_package_offers_is_loaded_when_it_is_asked_for() -> None:
    assert collabsim.run_scenarios is run_scenarios
    assert collabsim.CollaborationModel is CollaborationModel
    assert set(dir(collabsim)) >= {"load_scenario", "compare_scenarios"}
    with pytest.raises(AttributeError, match="no attribute 'compare_all'"):
        _ = collabsim.compare_all
