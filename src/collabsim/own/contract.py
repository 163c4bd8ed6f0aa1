"""The contract that strategies, outcomes and ground rules meet: the package's, and a user's own.

Each says what it is in English and Dutch; gives the same answer to the same question, also after a
journey to another process; and changes nothing that it was given.
"""

import math
import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.config import scenario_from_mapping
from collabsim.config.errors import shown
from collabsim.delegation.candidates import Candidates, candidates_of
from collabsim.delegation.strategies import Strategy
from collabsim.founding import first_world
from collabsim.metrics import Metric
from collabsim.own.files import Own
from collabsim.own.guarding import OwnCodeError, added, chosen, computed, function_of
from collabsim.randomness import Luck
from collabsim.recorded import Recorded
from collabsim.rules import STEPS, OwnRule, Rule

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
#: Candidates, seats, seeds and months with which a strategy is asked.
QUESTIONS = ((1, 1, 0, 0), (2, 5, 1, 12), (7, 3, 2, 24), (50, 10, 3, 36), (50, 60, 4, 1))


class ContractError(ValueError):
    """Something breaks its contract; the message says in what."""


def check_strategy(strategy: Strategy) -> None:
    """Hold a delegation strategy against the contract of ``STRATEGIES``.

    Raises:
        ContractError: everything in which it falls short.

    """
    settle(strategy, faults_of_strategy)


def check_metric(metric: Metric) -> None:
    """Hold an outcome against the contract of ``METRICS``, in two small regions.

    Raises:
        ContractError: everything in which it falls short.

    """
    settle(metric, faults_of_metric)


def check_rule(rule: OwnRule) -> None:
    """Hold a ground rule against its contract.

    Raises:
        ContractError: everything in which it falls short.

    """
    settle(rule, faults_of_rule)


def settle[Entry: Own](entry: Entry, faults_in: Callable[[Entry], Iterator[str]]) -> None:
    """Tell all faults of an entry, of its words first, or pass it."""
    faults = list(faults_of_words(entry))
    if not faults:
        try:
            faults = list(dict.fromkeys(faults_in(entry)))
        except OwnCodeError as error:
            faults = [str(error)]
    if faults:
        raise ContractError(
            f"{type(entry).__name__} {shown(entry.name)} breaks its contract: {'; '.join(faults)}"
        )


def faults_of_words(entry: Own) -> Iterator[str]:
    """What is missing or wrong in what an entry says of itself."""
    if not NAME.fullmatch(str(entry.name)):
        yield "its name must be small letters, digits and _, like largest_first"
    words = ("unit", "why") if isinstance(entry, Metric) else ("source",)
    for word in ("en", "nl", *words):
        text: object = getattr(entry, word)
        if not (isinstance(text, str) and text.strip() and text.isprintable()):
            yield f"{word} says nothing"
    if entry.en == entry.nl:
        yield "its English and Dutch names are the same"
    if not callable(function_of(entry)):
        yield "its function cannot be called"


def faults_of_strategy(strategy: Strategy) -> Iterator[str]:
    """In what a strategy falls short."""
    if not (strategy.choose.__doc__ or "").strip():
        yield "its function has no docstring"
    try:
        again = pickle.loads(pickle.dumps(strategy))  # noqa: S301 - our own bytes
    except Exception as error:  # noqa: BLE001 - pickle raises whatever it meets
        yield f"it cannot be pickled ({type(error).__name__}); use a function at the top level"
        return
    for count, seats, seed, month in QUESTIONS:
        asked = candidates(count, seed, month)
        first = chosen(strategy, asked, seats)
        for once_more in (strategy, again):
            if not np.array_equal(chosen(once_more, asked, seats), first):
                yield "it gives two answers to one question; draw with candidates.drawn(...)"
        order = np.argsort((np.arange(count) * 7 + 3) % (count + 1), kind="stable")
        listed_otherwise = order[chosen(strategy, taken(asked, order), seats)]
        if len(first) == count:  # the order of a table of all says nothing
            listed_otherwise, first = np.sort(listed_otherwise), np.sort(first)
        if not np.array_equal(listed_otherwise, first):
            yield "it chooses others when the candidates are listed in another order"


def faults_of_metric(metric: Metric) -> Iterator[str]:
    """In what an outcome falls short."""
    if metric.direction not in (-1, 0, 1):
        yield "its direction is not -1, 0 or 1"
    numbers: tuple[object, ...] = (metric.low, metric.high, metric.matters)
    if not all(isinstance(n, int | float) and not math.isnan(n) for n in numbers):
        yield "low, high and matters are not all numbers"
        return
    if not metric.low < metric.high:
        yield "low is not below high"
        return
    if not 0.0 < metric.matters < math.inf:
        yield "matters, the smallest difference that matters, is not above 0"
    for run in runs():
        before = contents(run)
        first, second = computed(metric, run), computed(metric, run)
        if first != second and not (math.isnan(first) and math.isnan(second)):
            yield "it gives two values for one run"
        if contents(run) != before:
            yield "it changes what the run recorded"
            runs.cache_clear()
            return


def faults_of_rule(rule: OwnRule) -> Iterator[str]:
    """In what a ground rule falls short."""
    situation: object = rule.situation
    if not isinstance(situation, Rule):
        yield f"its situation is not one of {', '.join(f'Rule.{one.name}' for one in Rule)}"
    steps = [step / STEPS for step in range(STEPS + 1)]
    answers = [added(rule, alive) for alive in steps]
    if answers != [added(rule, alive) for alive in steps]:
        yield "it gives two answers to one question"
    if answers[0] != 0.0:
        yield "it adds something where nobody knows it: the response to 0 must be 0"


CHECKS: dict[type, Callable[[Any], None]] = {
    Strategy: check_strategy,
    Metric: check_metric,
    OwnRule: check_rule,
}


@cache
def everybody() -> Candidates:
    """Fifty candidates of a region without history."""
    scenario = scenario_from_mapping(
        {"name": "contract", "region": {"municipality_count": 3, "provider_count": 50}}
    )
    luck = Luck(0, 0)
    with np.errstate(over="ignore"):
        return candidates_of(first_world(scenario, luck)[1], luck, 0)


def candidates(count: int, seed: int, month: int) -> Candidates:
    """The first so many candidates."""
    return replace(taken(everybody(), np.arange(count)), luck=Luck(seed, 0), month=month)


def taken(all_of_them: Candidates, places: NDArray[np.int64]) -> Candidates:
    """The candidates at ``places``, in that order."""
    count = len(all_of_them)
    own: dict[str, Any] = {}
    for field in fields(all_of_them):
        value = getattr(all_of_them, field.name)
        if isinstance(value, np.ndarray) and value.shape[:1] == (count,):
            square = value.ndim == 2 and value.shape[1] == count  # noqa: PLR2004 - of pairs
            own[field.name] = value[np.ix_(places, places)] if square else value[places]
    return replace(all_of_them, **own)


@cache
def runs() -> tuple[Recorded, ...]:
    """What two small regions recorded: one with a table, and one without."""
    from collabsim.model import CollaborationModel

    found = []
    for delegation in ("selected", "nobody"):
        scenario = scenario_from_mapping(
            {
                "name": "contract", "months": 24, "history_months": 6,
                "region": {"municipality_count": 2, "provider_count": 8},
                "table": {"delegation": delegation, "seats": 3}, "rules": {"made_by": "everyone"},
            }
        )  # fmt: skip
        model = CollaborationModel(scenario)
        model.run_for(scenario.months)
        found.append(model.recorded)
    return tuple(found)


def contents(thing: object) -> bytes:
    """All numbers in something, to see whether they change."""
    if isinstance(thing, np.ndarray):
        return thing.tobytes()
    names: Iterable[str] = getattr(thing, "__dataclass_fields__", getattr(thing, "_fields", ()))
    return b"".join(contents(getattr(thing, name)) for name in names)
