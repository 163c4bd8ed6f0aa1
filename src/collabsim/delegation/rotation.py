"""Rotation: how many seats change hands when, who leaves, and who comes in.

What a rotation does follows from the month and from who sat when, which the model keeps; nothing
is remembered here.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collabsim.delegation.candidates import MONTHS_A_YEAR, Candidates
from collabsim.delegation.self_selection import (
    Outcome,
    choose_among_themselves,
    expectations,
    who_want_a_seat,
)
from collabsim.delegation.strategies import STRATEGIES
from collabsim.parameters.tables import Table
from collabsim.randomness import Purpose
from collabsim.tables import NO_END

EMPTY = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Change:
    """Places that leave the table, and places that take a seat."""

    leave: NDArray[np.int64]
    enter: NDArray[np.int64]


def is_moment_of_choice(table: Table, month: int) -> bool:
    """Whether seats may be filled or change hands at the start of ``month``."""
    since = month - table.first_meeting_month
    if nobody_sits(table) or since < 0:
        return False
    if since % MONTHS_A_YEAR == 0:
        return True
    staggered = table.rotation.staggered and table.rotation.share_per_year > 0.0
    return staggered and since % table.meets_every_months == 0


def nobody_sits(table: Table) -> bool:
    """Whether there is no delegation to choose."""
    return table.delegation == "nobody"


def providers_choose(table: Table) -> bool:
    """Whether the providers choose the delegation among themselves, which costs them hours."""
    return table.delegation == "self_selected"


def deliberation(candidates: Candidates, table: Table) -> Outcome:
    """How the providers choose among themselves."""
    return choose_among_themselves(candidates, table.seats)


def months_of_a_term(table: Table) -> int:
    """Months that a seat may be expected to last."""
    share = table.rotation.share_per_year
    if share <= 0.0 or table.delegation == "everyone":
        return NO_END
    return int(min(MONTHS_A_YEAR / share, float(NO_END)) + 0.5)


def is_yearly(table: Table, month: int) -> bool:
    """Whether a whole number of years has passed since the first meeting."""
    return (month - table.first_meeting_month) % MONTHS_A_YEAR == 0


def seats_to_change(table: Table, seats: int, month: int) -> int:
    """Number of seats that change hands at the start of ``month``.

    Staggered, the year's share is spread over the meetings; no seat is lost to rounding, because
    what has been changed so far is counted from the first meeting.
    """
    since = month - table.first_meeting_month
    share = table.rotation.share_per_year
    if since <= 0 or share <= 0.0:
        return 0
    if not table.rotation.staggered:
        return round_half_up(share * seats) if since % MONTHS_A_YEAR == 0 else 0
    if since % table.meets_every_months != 0:
        return 0
    before = since - table.meets_every_months
    return math.floor(share * seats * since / MONTHS_A_YEAR + 1e-9) - math.floor(
        share * seats * before / MONTHS_A_YEAR + 1e-9
    )


def round_half_up(number: float) -> int:
    """Nearest whole number; a half goes up, whatever is even."""
    return math.floor(number + 0.5)


def next_delegation(
    candidates: Candidates,
    table: Table,
    seated: NDArray[np.bool_],
    since: NDArray[np.int64],
    last_sat: NDArray[np.int64],
) -> Change:
    """Who leaves and who enters at the start of this month.

    Args:
        candidates: all providers.
        table: how the table is composed.
        seated: [P] who sits now.
        since: [P] month in which each took its seat.
        last_sat: [P] last month in which each had a seat.

    """
    sitting = np.flatnonzero(seated)
    strategy = STRATEGIES[table.delegation]
    if table.delegation == "everyone" or len(sitting) == 0:
        wanted = strategy.choose(candidates, table.seats)
        return Change(EMPTY, wanted[~seated[wanted]])
    too_many = max(0, len(sitting) - table.seats)
    # Nobody gives up a seat that nobody else could take.
    others = max(0, len(candidates) - table.seats)
    turns = seats_to_change(table, len(sitting), candidates.month)
    number = max(too_many, min(turns, len(sitting), others))
    leave = who_leaves(candidates, table, sitting, since, number)
    stays = seated.copy()
    stays[leave] = False
    free = min(table.seats - int(stays.sum()), len(candidates) - len(sitting))
    enter = (
        who_enters(
            candidates, table, np.flatnonzero(~seated & willing(candidates, table)), last_sat, free
        )
        if number > 0 or free > 0
        else EMPTY
    )
    return Change(leave[: too_many + len(enter)], enter)


def willing(candidates: Candidates, table: Table) -> NDArray[np.bool_]:
    """[P] who would take a seat that falls free: those invited always, those who choose if it pays."""
    if providers_choose(table):
        return who_want_a_seat(expectations(candidates, table.seats))
    return np.ones(len(candidates), dtype=np.bool_)


def who_leaves(
    candidates: Candidates,
    table: Table,
    sitting: NDArray[np.int64],
    since: NDArray[np.int64],
    number: int,
) -> NDArray[np.int64]:
    """Who gives up a seat: by lot, or whoever sat longest."""
    drawn = candidates.drawn(Purpose.ROTATION, 1)[sitting]
    first = np.zeros(len(sitting)) if table.rotation.order == "random" else since[sitting]
    return sitting[np.lexsort((drawn, first))][:number]


def who_enters(
    candidates: Candidates,
    table: Table,
    outside: NDArray[np.int64],
    last_sat: NDArray[np.int64],
    number: int,
) -> NDArray[np.int64]:
    """Who takes a free seat: whoever waited longest, by lot, or whom the strategy prefers."""
    if table.rotation.order == "selected" and table.delegation != "everyone":
        preferred = STRATEGIES[table.delegation].choose(candidates, len(candidates))
        return preferred[np.isin(preferred, outside)][:number]
    drawn = candidates.drawn(Purpose.ROTATION, 2)[outside]
    first = np.zeros(len(outside)) if table.rotation.order == "random" else last_sat[outside]
    return outside[np.lexsort((drawn, first))][:number]


def who_speaks_for(candidates: Candidates, seated: NDArray[np.bool_]) -> NDArray[np.int64]:
    """[P] place of the seat that each provider at home has speak for it; -1 for seats themselves.

    Each chooses whom it trusts and resembles most.
    """
    delegates = np.flatnonzero(seated)
    speaks = np.full(len(candidates), -1, dtype=np.int64)
    if len(delegates) == 0:
        return speaks
    merit = candidates.trust[:, delegates] * candidates.similarity[:, delegates]
    speaks[:] = delegates[np.argmax(merit, axis=1)]
    speaks[seated] = -1
    return speaks
