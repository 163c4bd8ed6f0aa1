"""What the model calls of a user's own: with its answers checked, and its errors told by line."""

import math
from collections.abc import Callable
from dataclasses import fields, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.delegation.candidates import Candidates
from collabsim.delegation.strategies import Places, Strategy
from collabsim.metrics import Metric
from collabsim.own.files import Own, in_short, line_in
from collabsim.recorded import Recorded
from collabsim.rules import OwnRule

#: A rule adds at least nothing and at most so many hours per hour, as ``rules.weight`` may.
MOST_ADDED = 10.0


class OwnCodeError(Exception):
    """A user's own function raised, or gave what cannot be; the message says where."""


def function_of(entry: Own) -> Callable[..., Any]:
    """The function that an entry declares."""
    if isinstance(entry, Strategy):
        return entry.choose
    return entry.compute if isinstance(entry, Metric) else entry.response


def line_of(entry: Own) -> int | None:
    """Where the function of an entry begins, in its file."""
    code = getattr(function_of(entry), "__code__", None)
    return None if code is None else int(code.co_firstlineno)


def called(entry: Own, *arguments: object) -> Any:  # noqa: ANN401 - whatever it gives
    """What the function of an entry gives.

    Raises:
        OwnCodeError: it raised; only Ctrl-C comes through.

    """
    function = function_of(entry)
    try:
        return function(*arguments)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        code = getattr(function, "__code__", None)
        line = None if code is None else line_in(code.co_filename, error)
        where = "" if code is None or line is None else f" ({code.co_filename}, line {line})"
        raise OwnCodeError(f"{entry.name}{where}: {in_short(error)}") from error


def chosen(strategy: Strategy, candidates: Candidates, seats: int) -> Places:
    """The places that a strategy chooses.

    Raises:
        OwnCodeError: it raised, or these are no places of different candidates.

    """
    for field in fields(candidates):
        value = getattr(candidates, field.name)
        if isinstance(value, np.ndarray):
            # They are shared with whoever asks next.
            value.flags.writeable = False
    given = called(strategy, candidates, seats)
    try:
        places: NDArray[Any] = np.asarray(given)
    except Exception as error:
        raise OwnCodeError(f"{strategy.name} gave no list of places: {in_short(error)}") from error
    count = len(candidates)
    if places.size == 0:
        return np.empty(0, dtype=np.int64)
    if places.ndim != 1 or not np.issubdtype(places.dtype, np.integer):
        raise OwnCodeError(
            f"{strategy.name} gave {places.ndim}-dimensional {places.dtype}; it must give whole "
            "numbers, the places of candidates"
        )
    if places.min() < 0 or places.max() >= count:
        raise OwnCodeError(
            f"{strategy.name} gave place {places.max() if places.max() >= count else places.min()}; "
            f"the {count} candidates have places from 0 to {count - 1}"
        )
    if len(np.unique(places)) < len(places):
        raise OwnCodeError(f"{strategy.name} gave a candidate two seats")
    if len(places) > seats:
        raise OwnCodeError(f"{strategy.name} gave {len(places)} places for {seats} seats")
    return places.astype(np.int64)


def computed(metric: Metric, recorded: Recorded) -> float:
    """The value of an outcome; NaN where it is undefined.

    Raises:
        OwnCodeError: it raised, or gave no number within its bounds.

    """
    given = called(metric, recorded)
    try:
        value = float(given)
    except (TypeError, ValueError) as error:
        raise OwnCodeError(f"{metric.name} gave {type(given).__name__}, not a number") from error
    if not (math.isnan(value) or metric.low <= value <= metric.high):
        raise OwnCodeError(f"{metric.name} gave {value}, outside {metric.low} to {metric.high}")
    return value


def added(rule: OwnRule, alive: float) -> float:
    """What a rule adds that is so far alive.

    Raises:
        OwnCodeError: it raised, or gave no number that a rule may add.

    """
    given = called(rule, alive)
    try:
        value = float(given)
    except (TypeError, ValueError) as error:
        raise OwnCodeError(f"{rule.name} gave {type(given).__name__}, not a number") from error
    if not 0.0 <= value <= MOST_ADDED:
        raise OwnCodeError(
            f"{rule.name} adds {value} at {alive}; it must add from 0 to {MOST_ADDED} hours per hour"
        )
    return value


def guarded_strategy(strategy: Strategy) -> Strategy:
    """The strategy as the model calls it."""
    return replace(strategy, choose=partial(chosen, strategy))


def guarded_metric(metric: Metric) -> Metric:
    """The outcome as the model calls it."""
    return replace(metric, compute=partial(computed, metric))


def guarded_rule(rule: OwnRule) -> OwnRule:
    """The rule as the model calls it."""
    return replace(rule, response=partial(added, rule))
