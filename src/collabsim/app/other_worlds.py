"""Whether an answer holds under other assumptions: looked up after the last replicate, while one looks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

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
        names: of the scenarios, the reference first.
        found: per scenario but the first and outcome what holds.
        problem: why nothing could be looked at; None when it could.

    """

    worlds: int
    replicates: int
    names: tuple[str, ...]
    found: Mapping[str, Mapping[str, Examination]]
    problem: ConfigError | None = None

    def called(self, names: tuple[str, ...]) -> "Held":
        """Give the same of scenarios with other names, the reference first."""
        if names == self.names:
            return self
        reference, *others = names
        found = {
            name: {key: one.called(name, reference) for key, one in examined.items()}
            for name, examined in zip(others, self.found.values(), strict=False)
        }
        return replace(self, names=names, found=found)


def held_in_worlds(
    scenarios: Sequence[Scenario], worlds: int, executor: Executor, on_progress: OnProgress
) -> Held:
    """Run scenarios in the first so many kept worlds; the first scenario is the reference."""
    kept = kept_worlds()[:worlds]
    names = tuple(scenario.name for scenario in scenarios)
    try:
        found = held_against_the_first(
            scenarios, kept, seed=scenarios[0].seed, replicates=LUCKS, executor=executor,
            on_progress=on_progress,
        )  # fmt: skip
    except ConfigError as error:
        return Held(len(kept), LUCKS, names, {}, error)
    return Held(len(kept), LUCKS, names, found)
