"""Whether an answer holds under other assumptions: looked up after the last replicate, while one looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collabsim.config import ConfigError
from collabsim.experiments.executors import Executor
from collabsim.experiments.robustness import Examination, held_against_the_first
from collabsim.experiments.runs import OnProgress
from collabsim.parameters import Scenario
from collabsim.worlds import kept_worlds

#: Kept worlds that the app looks at, and draws of luck in each.
WORLDS, LUCKS = 40, 2


class NotWantedError(Exception):
    """Something else is wanted by now."""


@dataclass(frozen=True, slots=True, eq=False)
class Held:
    """What kept worlds say of an answer.

    Attributes:
        worlds: how many were looked at.
        replicates: draws of luck in each.
        found: per scenario but the first and outcome what holds.
        problem: why nothing could be looked at; None when it could.

    """

    worlds: int
    replicates: int
    found: Mapping[str, Mapping[str, Examination]]
    problem: ConfigError | None = None


def held_in_worlds(
    scenarios: Sequence[Scenario], worlds: int, executor: Executor, on_progress: OnProgress
) -> Held:
    """Run scenarios in the first so many kept worlds; the first scenario is the reference."""
    kept = kept_worlds()[:worlds]
    try:
        found = held_against_the_first(
            scenarios, kept, seed=scenarios[0].seed, replicates=LUCKS, executor=executor,
            on_progress=on_progress,
        )  # fmt: skip
    except ConfigError as error:
        return Held(len(kept), LUCKS, {}, error)
    return Held(len(kept), LUCKS, found)
