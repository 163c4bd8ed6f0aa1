"""Which mechanism drives a difference: the same comparison with one mechanism switched off at a time.

All runs share their luck, so what switching off takes away from the difference is itself a paired
difference, with an interval. A mechanism that the scenarios themselves change is left out: without
it there is nothing left to compare.
"""

from collections.abc import Callable, Sequence

import numpy as np

from collabsim.analysis.cause import Cause, cause_of
from collabsim.config import resolved
from collabsim.experiments.executors import Executor
from collabsim.experiments.runs import OnProgress, RunResult, run_scenarios
from collabsim.parameters import Scenario

#: Without residents, or with another start, it is another question.
NOT_SWITCHED = frozenset({"casework", "grades"})


def mechanisms(a: Scenario, b: Scenario) -> tuple[str, ...]:
    """Groups that can be switched off and in which the two scenarios are the same."""
    changed = changed_groups(a, b)
    return tuple(
        name
        for name, field in Scenario.model_fields.items()
        if "enabled" in getattr(field.annotation, "model_fields", {})
        and name not in NOT_SWITCHED | changed
        and getattr(a, name).enabled
        # Where it is neutral already, switching it off changes nothing.
        and getattr(a, name).model_copy(update=getattr(a, name).NEUTRAL) != getattr(a, name)
    )


def changed_groups(a: Scenario, b: Scenario) -> set[str]:
    """Groups in which two scenarios differ, at the start or on the timeline."""
    one, other = resolved(a), resolved(b)
    changed = {name for name in one if one[name] != other[name]}
    mine, others = (
        {
            (change["month"], path): value
            for change in known["timeline"]
            for path, value in change["set"].items()
        }
        for known in (one, other)
    )
    apart = {entry for entry in {*mine, *others} if mine.get(entry) != others.get(entry)}
    return changed | {path.split(".")[0] for _, path in apart}


def without(scenario: Scenario, mechanism: str) -> Scenario:
    """A scenario with a mechanism switched off, under a name of its own."""
    off = getattr(scenario, mechanism).model_copy(update={"enabled": False})
    return scenario.model_copy(
        update={mechanism: off, "name": f"{scenario.name} / without {mechanism}"}
    )


def causes_of(
    a: Scenario,
    b: Scenario,
    outcomes: Sequence[str],
    *,
    seed: int,
    replicates: int,
    threads: int | None = None,
    executor: Executor | None = None,
    on_progress: OnProgress | None = None,
    among: Callable[[Scenario, Scenario], Sequence[str]] = mechanisms,
) -> tuple[Cause, ...]:
    """Compare scenario B with A as they are, and with each mechanism switched off.

    Args:
        a: the reference.
        b: the other.
        outcomes: names of ``METRICS`` to explain.
        seed: of all luck.
        replicates: pairs for each mechanism; it takes two runs for each, and two more.
        threads: how many; None takes all cores.
        executor: where to run instead of in threads.
        on_progress: called with runs done and runs in all.
        among: which mechanisms are tried.

    Returns:
        One cause an outcome and mechanism.

    """
    tried = list(among(a, b))
    worlds = [a, b, *(without(world, name) for name in tried for world in (a, b))]
    results = run_scenarios(
        worlds, seed=seed, replicates=replicates, threads=threads, executor=executor,
        on_progress=on_progress,
    )  # fmt: skip
    values = {world.name: outcome_values(results, world.name) for world in worlds}
    undefined = np.full(replicates, np.nan)

    def gaps(outcome: str, one: Scenario, other: Scenario) -> np.ndarray:
        of, than = (values[world.name].get(outcome, undefined) for world in (other, one))
        return np.asarray(of - than)

    return tuple(
        cause_of(
            outcome,
            b.name,
            name,
            gaps(outcome, a, b),
            gaps(outcome, without(a, name), without(b, name)),
        )
        for outcome in outcomes
        for name in tried
    )


def outcome_values(results: Sequence[RunResult], scenario: str) -> dict[str, np.ndarray]:
    """Values [replicates] of each outcome of one scenario; NaN where undefined or failed."""
    own = [result for result in results if result.scenario == scenario]
    names = dict.fromkeys(name for result in results for name in result.outcomes)
    return {name: np.array([result.outcomes.get(name, np.nan) for result in own]) for name in names}
