"""Seating: at a moment of choice, seats are left and taken, and it is settled who speaks for whom."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collabsim.delegation.candidates import Candidates, candidates_of
from collabsim.delegation.rotation import (
    EMPTY,
    Change,
    deliberation,
    is_moment_of_choice,
    is_yearly,
    months_of_a_term,
    next_delegation,
    nobody_sits,
    providers_choose,
    who_speaks_for,
)
from collabsim.organisations import BOARD, MUNICIPALITY
from collabsim.parameters.tables import Table
from collabsim.randomness import Luck
from collabsim.record import Spending
from collabsim.tables import NO_END, NOBODY, Seats
from collabsim.world import World

STRATEGY = "table.delegation"
#: What a delegation is chosen by; a change of it on the timeline is a moment of choice.
CHOSEN_BY = (
    STRATEGY, "table.seats", "table.rotation.", "table.strategic_weight", "table.quorum",
    "table.rounds",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Seating:
    """What a moment of choice came to.

    Attributes:
        left: rows of those who gave up a seat.
        took: rows of those who took one.
        deliberated: rows of those who spent ``hours`` each on choosing among themselves.
        hours: hours of their boards.

    """

    left: NDArray[np.int64]
    took: NDArray[np.int64]
    deliberated: NDArray[np.int64]
    hours: float


NOTHING = Seating(EMPTY, EMPTY, EMPTY, 0.0)


def seats_are_filled(
    world: World,
    luck: Luck,
    table: Table,
    month: int,
    changed: Collection[str] = (),
    *,
    network: int = 0,
) -> Seating:
    """Fill the table of a network at first, and let seats change hands when it is time.

    Args:
        world: changed in its seats, and in the hours that boards owe.
        luck: of the replicate.
        table: how the table is composed now.
        month: that is about to begin.
        changed: parameters that the timeline changes at the start of this month.
        network: number of the network.

    """
    changed = {path for path in changed if path.startswith(CHOSEN_BY)}
    if not (changed or is_moment_of_choice(table, month)):
        return NOTHING
    seats = world.seats[network]
    municipal = seats.member & (world.organisations.kind == MUNICIPALITY)
    if nobody_sits(table):
        gone = np.flatnonzero(seats.seated)
        leave_seats(seats, gone, month)
        seats.until[:], seats.delegate[:] = NO_END, NOBODY
        return Seating(gone, EMPTY, EMPTY, 0.0)
    candidates = candidates_of(world, luck, month, network)
    rows, hours = candidates.rows, 0.0
    if len(rows) == 0:
        return NOTHING
    if providers_choose(table) and not seats.seated[rows].any():
        if not (changed or is_yearly(table, month)):
            return NOTHING
        hours = rounds_cost_hours(world, candidates, table)
    change = change_of_hands(seats, candidates, table, anew=STRATEGY in changed)
    left = rows[change.leave]
    took = np.concatenate([rows[change.enter], np.flatnonzero(municipal & ~seats.seated)])
    leave_seats(seats, left, month)
    seats.seated[took] = True
    seats.since[took] = month
    seats.last_sat[seats.seated] = month
    seats.until[:] = NO_END
    seats.until[rows] = np.minimum(seats.since[rows] + months_of_a_term(table), NO_END)
    seats.delegate[:] = NOBODY
    spoken_for = who_speaks_for(candidates, seats.seated[rows])
    at_home = spoken_for >= 0
    seats.delegate[rows[at_home]] = rows[spoken_for[at_home]]
    return Seating(left, took, rows if hours > 0.0 else EMPTY, hours)


def change_of_hands(seats: Seats, candidates: Candidates, table: Table, *, anew: bool) -> Change:
    """Who leaves and who enters; ``anew``, a whole table is chosen and who is in it stays."""
    rows = candidates.rows
    seated = seats.seated[rows]
    sitting = np.zeros_like(seated) if anew else seated
    change = next_delegation(candidates, table, sitting, seats.since[rows], seats.last_sat[rows])
    if not anew:
        return change
    gone = seated.copy()
    gone[change.enter] = False
    return Change(np.flatnonzero(gone), change.enter[~seated[change.enter]])


def leave_seats(seats: Seats, rows: NDArray[np.int64], month: int) -> None:
    """Seats that are given up."""
    seats.seated[rows] = False
    seats.last_sat[rows] = month


def rounds_cost_hours(world: World, candidates: Candidates, table: Table) -> float:
    """What the rounds of proposals cost the board of each provider, this month."""
    hours = deliberation(candidates, table).hours
    world.ledger.owed[candidates.rows, BOARD] += hours
    world.record.spent.hours[candidates.rows, BOARD, Spending.DELEGATION] += hours
    return hours
