"""What runs in kept worlds say: robustness of every outcome, and the designs of a sweep."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from collabsim.analysis.flips import Flips, flips
from collabsim.analysis.luck_and_assumptions import Split, split
from collabsim.analysis.robust_sentences import (
    flips_sentence,
    robust_sentences,
    say,
    split_sentence,
)
from collabsim.analysis.robustness import Robustness, robustness
from collabsim.analysis.wording import Lang
from collabsim.config import ConfigError, parameters
from collabsim.config.errors import shown
from collabsim.experiments.executors import Executor
from collabsim.experiments.in_worlds import InWorlds, run_in_worlds
from collabsim.experiments.runs import OnProgress
from collabsim.experiments.sweep_files import Sweep, with_point
from collabsim.metrics import METRICS
from collabsim.parameters import Scenario
from collabsim.worlds import KeptWorld
from collabsim.worlds.kept import set_on_purpose

#: Outcomes that are looked at when none is asked for; fixed, so that nobody picks what suits.
EXPLAINED = ("days_to_help", "errors_per_100_cases", "cooperation_rate")


@dataclass(frozen=True, slots=True)
class Examination:
    """All that kept worlds say of one outcome.

    Attributes:
        robustness: A against B over the worlds.
        halved: the same with ranges half as wide; None if that was not run.
        flips: what turns it round.
        of_outcome: luck and assumptions in the outcome itself, under B.
        of_difference: luck and assumptions in the difference of A and B.

    """

    robustness: Robustness
    halved: Robustness | None
    flips: Flips
    of_outcome: Split
    of_difference: Split

    def sentences(self, lang: Lang = "en") -> list[str]:
        """What it comes to, in words, and that it is about this model."""
        return [*self.findings(lang), say("modest", lang)]

    def findings(self, lang: Lang = "en") -> list[str]:
        """What it comes to, in words."""
        found = self.robustness
        metric = METRICS[found.outcome]
        name = metric.nl if lang == "nl" else metric.en
        difference = {"en": "The difference", "nl": "Het verschil"}[lang]
        return [
            *robust_sentences(found, metric, lang, self.halved),
            flips_sentence(self.flips, found.a, lang),
            split_sentence(self.of_outcome, f'{name[:1].upper()}{name[1:]} ("{found.b}")', lang),
            split_sentence(self.of_difference, difference, lang),
        ]

    def called(self, a: str, b: str) -> "Examination":
        """The same of scenarios with other names."""
        halved = None if self.halved is None else replace(self.halved, a=a, b=b)
        return replace(self, robustness=replace(self.robustness, a=a, b=b), halved=halved)

    def as_dict(self) -> dict[str, Any]:
        """As plain data, for machines."""
        return asdict(self)


def examine(
    scenarios: Sequence[Scenario],
    runs: InWorlds,
    worlds: Sequence[KeptWorld],
    outcomes: Sequence[str],
    halved: InWorlds | None = None,
) -> dict[str, Examination]:
    """Hold the first of two scenarios against the second, outcome by outcome.

    Args:
        scenarios: the two; what they set on purpose no world varies.
        runs: of them, in ``worlds``.
        worlds: for the values of assumptions.
        outcomes: names of ``METRICS`` that the runs kept.
        halved: the same scenarios with ranges half as wide.

    """
    own = set.union(*map(set_on_purpose, scenarios))
    values = {
        path: [world.values[path] for world in worlds]
        for path in worlds[0].values
        if path not in own
    }
    found = {}
    for outcome in outcomes:
        answer = against(runs, outcome)
        one, other = runs.outcomes[outcome]
        found[outcome] = Examination(
            answer,
            None if halved is None else against(halved, outcome),
            flips(values, answer.sides),
            split(other),
            split(one - other),
        )
    return found


def held_against_the_first(
    scenarios: Sequence[Scenario],
    worlds: Sequence[KeptWorld],
    *,
    seed: int,
    replicates: int,
    executor: Executor,
    on_progress: OnProgress,
) -> dict[str, dict[str, Examination]]:
    """Run scenarios in kept worlds, and hold each but the first against the first.

    Args:
        scenarios: two or more, with different names; the first is the reference.
        worlds: to run them in.
        seed: of all luck.
        replicates: of each world.
        executor: where.
        on_progress: called with runs done and runs in all; what it raises ends the work.

    Returns:
        By scenario and outcome of ``EXPLAINED``.

    Raises:
        ConfigError: a scenario that cannot be in a world.

    """
    reference, *others = scenarios
    runs = run_in_worlds(
        scenarios, worlds, seed=seed, replicates=replicates, executor=executor,
        outcomes=EXPLAINED, on_progress=on_progress,
    )  # fmt: skip
    found = {}
    for number, other in enumerate(others, start=1):
        pair = replace(
            runs,
            scenarios=(other.name, reference.name),
            outcomes={name: cube[[number, 0]] for name, cube in runs.outcomes.items()},
        )
        found[other.name] = examine((other, reference), pair, worlds, EXPLAINED)
    return found


def against(runs: InWorlds, outcome: str) -> Robustness:
    """The first scenario against the second."""
    one, other = runs.outcomes[outcome]
    a, b = runs.scenarios
    return robustness(outcome, METRICS[outcome], runs.worlds, one, other, a=a, b=b)


def designs_of(sweep: Sweep) -> list[Scenario]:
    """Each point of a sweep in each of its scenarios, named after what it sets.

    Raises:
        ConfigError: fewer than two designs, or one that is uncertain instead of a lever.

    """
    roles = {factor.path: factor.role for factor in sweep.design.factors}
    uncertain = [path for path, role in roles.items() if role == "uncertainty"]
    levers = [path for path, role in roles.items() if role == "lever"]
    designs = [
        with_point(
            scenario,
            values,
            name_of(scenario, {p: values[p] for p in levers}, len(sweep.scenarios)),
        )
        for values in sweep.design.points
        for scenario in sweep.scenarios
    ]
    if uncertain or len(designs) < 2:  # noqa: PLR2004 - two to choose from
        raise ConfigError.in_english(
            f"{uncertain[0]} is an uncertainty" if uncertain else "there is one design",
            rule="a search compares designs, which levers tell apart; the kept worlds hold what is uncertain",
            repair="name levers with values, and constants if need be",
        )
    return designs


def name_of(scenario: Scenario, values: Mapping[str, object], scenarios: int) -> str:
    """A short name for a design: the first lever, and the others where they are not at the default."""
    first = next(iter(values), None)
    parts = [
        " ".join([*path.split(".")[-2:], shown(value).strip('"')])
        for path, value in values.items()
        if path == first or value != parameters()[path].default
    ]
    text = ", ".join([scenario.name] * (scenarios > 1 or not parts) + parts)
    return text.replace("_", " ")[:120]
