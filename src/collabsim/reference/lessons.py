"""What the lessons share: a region small enough to know, verdicts in a table, and exercises.

An answer is worked out here from the parameters or from runs, never typed; ``check_answer`` tells
whether somebody else's is right, and what else it may be.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

import pandas as pd

from collabsim.analysis.comparison import OutcomeComparison
from collabsim.config import parameters, scenario_from_mapping
from collabsim.experiments.compare import compare_scenarios
from collabsim.metrics import METRICS
from collabsim.parameters import Scenario

MUNICIPALITIES, PROVIDERS, SEATS = 4, 20, 5
#: Draws of luck in a lesson: few, so that it takes seconds.
REPLICATES = 16
_REGION: Mapping[str, Any] = {
    "months": 36,
    "history_months": 24,
    "region": {"municipality_count": MUNICIPALITIES, "provider_count": PROVIDERS},
    "table": {"delegation": "selected", "seats": SEATS, "rotation": {"share_per_year": 0.0}},
}


def region(name: str, **changes: object) -> Scenario:
    """Make a small region: four municipalities, twenty providers, five seats, three years.

    Args:
        name: what it is called in comparisons.
        changes: groups of parameters, such as ``people={"handover": 0.8}``; the rest stays.

    Raises:
        ConfigError: a parameter does not exist, or cannot have that value.

    """
    return scenario_from_mapping({"name": name, **merged(_REGION, changes)})


def verdicts(
    scenarios: Sequence[Scenario], *names: str, replicates: int = REPLICATES
) -> pd.DataFrame:
    """Compare scenarios with the first, in some outcomes: one row an outcome, one column a scenario."""
    comparisons = compare_scenarios(scenarios, replicates=replicates)
    rows = {}
    for name in names:
        metric, first = METRICS[name], comparisons[0].outcomes[name]
        rows[f"{metric.en} ({metric.unit})"] = {
            comparisons[0].a: f"{first.mean_a:.2f}",
            **{c.b: in_short(c.outcomes[name]) for c in comparisons},
        }
    return pd.DataFrame.from_dict(rows, orient="index")


def in_short(outcome: OutcomeComparison) -> str:
    """A difference, its interval and its verdict in one cell."""
    if not outcome.pairs:
        return "not defined"
    return (
        f"{outcome.difference:+.2f} ({outcome.low:+.2f} to {outcome.high:+.2f}): {outcome.verdict}"
    )


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question with a number as its answer.

    Attributes:
        question: what is asked, with the unit of the answer.
        answer: works it out.
        within: how far off an answer may be, as a share of the right one.
        mistakes: by what they overlook, numbers that one also comes to.

    """

    question: str
    answer: Callable[[], float]
    within: float
    mistakes: Mapping[str, Callable[[], float]]


def is_right(lesson: str, value: float) -> bool:
    """Whether ``value`` answers the exercise of ``lesson``."""
    exercise = EXERCISES[lesson]
    return math.isclose(value, exercise.answer(), rel_tol=exercise.within)


def check_answer(lesson: str, value: float) -> str:
    """Tell whether ``value`` answers the exercise of ``lesson``, and if not, what may be wrong."""
    exercise = EXERCISES[lesson]
    if is_right(lesson, value):
        return "Right."
    for overlooked, number in exercise.mistakes.items():
        if math.isclose(value, number(), rel_tol=exercise.within):
            return f"Not yet: {overlooked}."
    return f"Not yet. {exercise.question}"


def default(path: str) -> float:
    """The default of a parameter that is a number."""
    return float(parameters()[path].default)


def _minutes(parties: int) -> float:
    return 60.0 * default("attention.table_hours") / parties


def _nobody_of_the_four(seats: int = SEATS, others: int = PROVIDERS - 4) -> float:
    return math.comb(others, seats) / math.comb(PROVIDERS, seats)


def _half_forgotten(share: float) -> float:
    return math.log(0.5) / math.log(1.0 - share)


def _both_stay(years: int, *, contacts: int = 1) -> float:
    leaves = (f"people.turnover_per_year.{kind}.practice" for kind in ("municipality", "provider"))
    gone = [1.0 - (1.0 - default(path)) ** years for path in leaves]
    return math.prod(1.0 - share**contacts for share in gone)


def _hours_until_half_taken_over() -> float:
    return math.log(2.0) / default("exposure.takes_over_per_hour")


def _energy_at_rest(success: float) -> float:
    moves = success * default("energy.from_success")
    moves += (1.0 - success) * default("energy.from_futile_work")
    return default("energy.usual") + moves / default("energy.drifts_back")


@cache
def _worth_of_the_same_luck() -> OutcomeComparison:
    """Takes a second, and every try at the exercise asks for it again."""
    (comparison,) = compare_scenarios(
        [region("five"), region("everyone", table={"delegation": "everyone"})],
        replicates=REPLICATES,
    )
    return comparison.outcomes["cooperation_rate"]


EXERCISES: Mapping[str, Exercise] = MappingProxyType({
    "size": Exercise(
        "Four municipalities and forty providers all come to one table meeting. For how many minutes "
        "does each of them have the floor?",
        lambda: _minutes(MUNICIPALITIES + 2 * PROVIDERS), 0.02,
        {
            "municipalities speak too": lambda: _minutes(2 * PROVIDERS),
            "that is the answer for twenty providers": lambda: _minutes(MUNICIPALITIES + PROVIDERS),
        },
    ),
    "delegation": Exercise(
        "Five seats are drawn by lot among twenty providers, four of which work in youth care. How likely "
        "is it, from 0 to 1, that none of those four gets a seat?",
        _nobody_of_the_four, 0.01,
        {
            "who has a seat cannot be drawn again": lambda: (1 - 4 / PROVIDERS) ** SEATS,
            "that is the chance that at least one of them does": lambda: 1 - _nobody_of_the_four(),
        },
    ),
    "rules": Exercise(
        "Nobody uses a ground rule. After how many months is it half forgotten?",
        lambda: _half_forgotten(default("rules.fades_per_month")), 0.02,
        {"each month takes a share of what is left, not of the start": lambda: 0.5 / default("rules.fades_per_month")},
    ),
    "people": Exercise(
        "What share of the relations in practice between a municipality and a provider still has the "
        "same two persons after three years, with nobody to stand in, from 0 to 1?",
        lambda: _both_stay(3), 0.02,
        {
            "that is one year; people leave in each of three": lambda: _both_stay(1),
            "both of the two have to stay": lambda: (1 - default("people.turnover_per_year.provider.practice")) ** 3,
            "that is with second contacts": lambda: _both_stay(3, contacts=2),
        },
    ),
    "frames": Exercise(
        "How many hours with one open other does it take until a party has taken over half of how that one "
        "sees the task, if nothing draws it back and its own view does not move otherwise?",
        _hours_until_half_taken_over, 0.02,
        {"each hour takes over a share of what is left": lambda: 0.5 / default("exposure.takes_over_per_hour")},
    ),
    "energy": Exercise(
        "Of all that a party has a hand in, three quarters come off, month after month, and nothing else stirs it. "
        "Where does its energy come to rest, from 0 to 1?",
        lambda: _energy_at_rest(0.75), 0.01,
        {
            "that is its usual energy, to which it drifts back; what happens moves it away again":
                lambda: default("energy.usual"),
            "what comes off and what is in vain both count": lambda: _energy_at_rest(1.0),
        },
    ),
    "chance": Exercise(
        "Everyone at the table against five seats, sixteen replicates, decisions to cooperate: how many times "
        "narrower is the interval of the difference with the same luck than with independent luck?",
        lambda: math.sqrt(_worth_of_the_same_luck().variance_reduction), 0.02,
        {"that compares variances; the width of an interval follows the root":
            lambda: _worth_of_the_same_luck().variance_reduction},
    ),
})  # fmt: skip


def merged(base: Mapping[str, Any], changes: Mapping[str, object]) -> dict[str, Any]:
    """Groups of parameters with changes in them; what is not changed stays."""
    whole = dict(base)
    for name, value in changes.items():
        old = whole.get(name)
        whole[name] = (
            merged(old, value) if isinstance(old, Mapping) and isinstance(value, Mapping) else value
        )
    return whole
