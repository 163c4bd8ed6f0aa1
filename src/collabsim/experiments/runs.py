"""One run is a scenario, a seed and a replicate; many runs share histories, and luck."""

import time
from collections.abc import Callable, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collabsim.experiments.columns import Columns, organisation_columns, tie_columns
from collabsim.experiments.executors import Executor, Threads, default_threads
from collabsim.experiments.identity import run_id
from collabsim.history import Start, Starts, start_key
from collabsim.model import CollaborationModel
from collabsim.own import shipped
from collabsim.parameters import Scenario

type OnProgress = Callable[[int, int], None]
#: Gives the end of a history of a scenario, by seed and replicate, as ``prepare`` does.
type Beginning = Callable[[Scenario, int, int], Start]

#: The replicate of which it is kept who asked whom, so that its network can be drawn.
PICTURED = 0


@dataclass(frozen=True, slots=True, eq=False)
class RunResult:
    """What one run left behind.

    Attributes:
        run_id: identity, see ``identity.run_id``.
        scenario: name of the scenario, unique within an experiment.
        seed: seed of the experiment.
        replicate: which draw of luck; equal numbers in two scenarios mean equal luck.
        status: "done" or "failed".
        error: why it failed; empty when it is done.
        seconds: wall time of the run, without the history that it shares with others.
        outcomes: by name of ``METRICS``; NaN where undefined. Empty when failed.
        series: by name of ``SERIES``, each an array with one value a month. Empty when failed.
        organisations: columns with one value an organisation. Empty when failed.
        ties: columns with one value per year and pair of which one asked the other; kept for
            replicate ``PICTURED`` only, else empty.

    """

    run_id: str
    scenario: str
    seed: int
    replicate: int
    status: str
    error: str = ""
    seconds: float = 0.0
    outcomes: Mapping[str, float] = field(default_factory=dict)
    series: Columns = field(default_factory=dict)
    organisations: Columns = field(default_factory=dict)
    ties: Columns = field(default_factory=dict)


class InterruptedRunsError(KeyboardInterrupt):
    """Ctrl-C while running; ``results`` holds the replicates that were whole by then."""

    def __init__(self, results: list[RunResult]) -> None:
        super().__init__("interrupted")
        self.results = results


def run_scenarios(
    scenarios: Scenario | Sequence[Scenario],
    *,
    seed: int | None = None,
    replicates: int | Sequence[int] = 100,
    threads: int | None = None,
    on_progress: OnProgress | None = None,
    executor: Executor | None = None,
) -> list[RunResult]:
    """Run every scenario for every replicate, with the same luck for all scenarios.

    Args:
        scenarios: one world to run, or more; their names must differ.
        seed: seed of the experiment; None takes the seed of the first scenario.
        replicates: how many, counted from 0, or the very numbers to run.
        threads: number of threads; None takes all cores that this process may use.
        on_progress: called with runs done and runs in all, after each replicate.
        executor: where to run instead of in threads of this process.

    Returns:
        One result a run, by scenario in the order given, then by replicate. A run that raised is
        a result with status "failed". Neither threads nor the order of replicates matter.

    Raises:
        ValueError: no scenario, no replicate, or a name or replicate that occurs twice.
        TypeError: something else than a scenario, like the path of its file.
        InterruptedRunsError: on Ctrl-C, with what was done.

    """
    numbers = _replicate_numbers(replicates)
    scenarios = [scenarios] if isinstance(scenarios, Scenario) else scenarios
    check_names(scenarios)
    luck = scenarios[0].seed if seed is None else seed
    if executor is None:
        executor = Threads(default_threads() if threads is None else threads)

    def work(replicate: int) -> list[RunResult]:
        return list(run_replicate(scenarios, luck, replicate))

    results: list[RunResult] = []
    total = len(scenarios) * len(numbers)
    try:
        for block in executor.run(shipped(work), numbers):
            results.extend(block)
            if on_progress is not None:
                on_progress(len(results), total)
    except KeyboardInterrupt:
        raise InterruptedRunsError(_in_order(results, scenarios)) from None
    return _in_order(results, scenarios)


def run_replicate(
    scenarios: Iterable[Scenario],
    seed: int,
    replicate: int,
    beginning: Beginning | None = None,
) -> Generator[RunResult]:
    """Run scenarios with one draw of luck, making each history that they share only once.

    Args:
        scenarios: worlds to run.
        seed: seed of the experiment.
        replicate: which draw of luck.
        beginning: where histories come from, for who keeps them; None makes them.

    """
    by_start: dict[str, list[Scenario]] = {}
    for scenario in scenarios:
        by_start.setdefault(start_key(scenario), []).append(scenario)
    making = Starts().start if beginning is None else beginning
    for group in by_start.values():
        try:
            start = making(group[0], seed, replicate)
        except Exception as error:  # noqa: BLE001 - one failing history must not stop the others
            message = f"in the history before month 0: {in_one_line(error)}"
            for scenario in group:
                yield failed_run(scenario, seed, replicate, message, seconds=0.0)
            continue
        for scenario in group:
            yield run_once(scenario, seed, replicate, start)


def run_once(
    scenario: Scenario, seed: int, replicate: int, start: Start | None = None
) -> RunResult:
    """Run one scenario to its last month; a run that raises gives a result that says so."""
    began = time.perf_counter()
    try:
        model = CollaborationModel(scenario, seed=seed, replicate=replicate, start=start)
        model.run_for(scenario.months)
        return RunResult(
            run_id=run_id(scenario, seed=seed, replicate=replicate),
            scenario=scenario.name,
            seed=seed,
            replicate=replicate,
            status="done",
            seconds=time.perf_counter() - began,
            outcomes=model.outcomes(),
            series=model.series(),
            organisations=organisation_columns(model),
            ties=tie_columns(model) if replicate == PICTURED else {},
        )
    except Exception as error:  # noqa: BLE001 - a failing run is a row, the others go on
        seconds = time.perf_counter() - began
        return failed_run(scenario, seed, replicate, in_one_line(error), seconds=seconds)


def failed_run(
    scenario: Scenario, seed: int, replicate: int, message: str, *, seconds: float
) -> RunResult:
    """The result of a run that raised."""
    identity = run_id(scenario, seed=seed, replicate=replicate)
    return RunResult(identity, scenario.name, seed, replicate, "failed", message, seconds)


def in_one_line(error: Exception) -> str:
    """What was raised, in one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def _replicate_numbers(replicates: int | Sequence[int]) -> Sequence[int]:
    """The replicates to run, checked."""
    numbers = range(replicates) if isinstance(replicates, int) else replicates
    if not numbers or min(numbers) < 0:
        raise ValueError(f"replicates is {replicates}; at least one is needed, counted from 0")
    if len(set(numbers)) < len(numbers):
        raise ValueError(f"replicates {list(numbers)} holds a number twice; give each one once")
    return numbers


def check_names(scenarios: Sequence[Scenario]) -> None:
    """Refuse what is no scenario, or could not be told apart in the results.

    Raises:
        ValueError: there is none, or two have one name.
        TypeError: it is something else than a scenario.

    """
    if not scenarios:
        raise ValueError("there is no scenario to run; give at least one")
    given: Any = scenarios
    for one in given if isinstance(given, list | tuple) else [given]:
        if not isinstance(one, Scenario):
            raise TypeError(
                f"{one!r} is no scenario; load its file first: "
                'run_scenarios([load_scenario("my-region.yaml")])'
            )
    names = [scenario.name for scenario in scenarios]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two scenarios are called {name!r}; give one of them another name")


def _in_order(results: list[RunResult], scenarios: Sequence[Scenario]) -> list[RunResult]:
    """Results by scenario as given, then by replicate."""
    place = {scenario.name: number for number, scenario in enumerate(scenarios)}
    return sorted(results, key=lambda result: (place[result.scenario], result.replicate))
