"""What somebody wants to know of scenarios, how far that is, and what is known of it so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from collabsim.analysis.evidence import Evidence, evidence_of_runs
from collabsim.analysis.verdict import WholeVerdict, verdict_of
from collabsim.app.other_worlds import Held
from collabsim.config import identity
from collabsim.experiments.runs import RunResult
from collabsim.parameters import Scenario


@dataclass(frozen=True)
class Wish:
    """Scenarios that somebody wants compared; the seed of the first is that of all."""

    scenarios: tuple[Scenario, ...]

    @property
    def seed(self) -> int:
        """Seed of the experiment."""
        return self.scenarios[0].seed

    @cached_property
    def worlds(self) -> tuple[str, ...]:
        """Identity of each scenario, without what it is called."""
        return tuple(identity(scenario) for scenario in self.scenarios)

    def is_like(self, other: "Wish | None") -> bool:
        """Whether nothing differs from another wish, names included."""
        return other is not None and (self.worlds, self.names) == (other.worlds, other.names)

    def is_of_worlds_of(self, other: "Wish | None") -> bool:
        """Whether nothing differs from another wish but names."""
        return other is not None and self.worlds == other.worlds

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the scenarios."""
        return tuple(scenario.name for scenario in self.scenarios)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the computing is.

    Attributes:
        waking: whether the model is still being loaded, or compiled.
        running: whether anything is under way.
        done: replicates done of the newest wish, as far as all its scenarios have them.
        total: replicates that are aimed at.
        elsewhere: runs done in kept worlds, and runs in all; None when none is under way.

    """

    waking: bool
    running: bool
    done: int
    total: int
    elsewhere: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Lived:
    """One run, and the grades with which it began."""

    result: RunResult
    before: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Answer:
    """What came of a wish so far.

    Attributes:
        wish: what was wanted.
        replicates: draws of luck, counted from 0.
        results: by scenario in the order of the wish, then by replicate; failed ones included.
        before: per scenario the six grades at month 0 of each replicate that did not fail.
        held: what holds under other assumptions; None as long as nobody looked.

    """

    wish: Wish
    replicates: int
    results: tuple[RunResult, ...]
    before: Mapping[str, Sequence[Mapping[str, float]]]
    held: Held | None = None

    def called(self, wish: Wish) -> "Answer":
        """Give the same answer to a wish for the same worlds under other names."""
        new = dict(zip(self.wish.names, wish.names, strict=True))
        return Answer(
            wish,
            self.replicates,
            tuple(replace(result, scenario=new[result.scenario]) for result in self.results),
            {new[name]: grades for name, grades in self.before.items()},
            None if self.held is None else self.held.called(wish.names),
        )

    @cached_property
    def evidence(self) -> Evidence:
        """The numbers of the runs."""
        return evidence_of_runs(self.results)

    @cached_property
    def verdict(self) -> WholeVerdict:
        """What command line and report say of the same runs."""
        verdict = verdict_of(self.evidence)
        return verdict if self.held is None else replace(verdict, held=self.held.found)
