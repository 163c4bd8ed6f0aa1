"""The providers choose a delegation themselves, and may fail to agree.

Each compares, in hours a year: a seat of its own; being represented by each other candidate; and
no table. A seat brings the contract hours that being heard is expected to bring, and costs board
hours. A delegate has to share its time among all that it speaks for, speaks for another as far as
interests are alike, and can be relied on as far as it is trusted. No table brings nothing and
costs nothing.

Lists are proposed in rounds. A provider that wants a seat and is not on the list holds out if the
seat would bring more, beyond being represented, than another round costs: its hours, and the risk,
as seen in the objections so far, that there will be no table at all. Who expects its turn by
rotation has less to hold out for.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collabsim.delegation.candidates import Candidates
from collabsim.randomness import Purpose

#: What two candidates add is the same when it differs by less than this share.
SAME = 1e-12


@dataclass(frozen=True, eq=False)
class Expectations:
    """What each provider expects, in hours a year.

    Attributes:
        seat: [P] of a seat of its own.
        represented: [P, P] of being represented by each other.

    """

    seat: NDArray[np.float64]
    represented: NDArray[np.float64]

    def of(self, chosen: NDArray[np.int64]) -> NDArray[np.float64]:
        """[P] what each expects of a table with the list ``chosen``."""
        spoken_for = self.represented[:, chosen].max(axis=1, initial=0.0)
        expected = spoken_for.copy()
        expected[chosen] = self.seat[chosen]
        return expected


@dataclass(frozen=True, eq=False)
class Outcome:
    """How the choosing ended.

    Attributes:
        chosen: places of the delegates; empty when the providers did not agree.
        agreed: whether they agreed.
        rounds: rounds that it took.
        candidates: number of providers that wanted a seat.
        objectors: number that objected to the last list.
        hours: that the rounds cost the board of each provider.

    """

    chosen: NDArray[np.int64]
    agreed: bool
    rounds: int
    candidates: int
    objectors: int
    hours: float


def expectations(candidates: Candidates, seats: int) -> Expectations:
    """What every provider expects of every seat; see the module's text."""
    count = len(candidates)
    seat_gain = candidates.contract_gain(candidates.hours_heard(seats))
    spoken_for = max(1.0, count / max(1, seats))
    share_gain = candidates.contract_gain(candidates.hours_heard(seats, 1.0 / spoken_for))
    represented = share_gain[:, None] * candidates.similarity * candidates.trust
    np.fill_diagonal(represented, 0.0)
    return Expectations(seat_gain - candidates.seat_cost(), represented)


def proposal(
    e: Expectations,
    wanting: NDArray[np.int64],
    seats: int,
    proposer: int,
    draws: NDArray[np.float64],
) -> NDArray[np.int64]:
    """A list with the proposer on it, and those whom the others would best be represented by.

    Of those who add the same, which happens where nobody adds anything, the lowest of their ``draws``
    comes first, and never the first row.
    """
    chosen = [proposer]
    best = e.represented[:, proposer].copy()
    while len(chosen) < min(seats, len(wanting)):
        adds = np.maximum(best[:, None], e.represented[:, wanting]).sum(axis=0)
        adds[np.isin(wanting, chosen)] = -np.inf
        # Sums over rows in another order differ in their last digits.
        equal = adds >= adds.max() - SAME * max(1.0, abs(float(adds.max())))
        chosen.append(int(wanting[np.argmin(np.where(equal, draws, np.inf))]))
        best = np.maximum(best, e.represented[:, chosen[-1]])
    return np.array(chosen, dtype=np.int64)


def who_want_a_seat(e: Expectations) -> NDArray[np.bool_]:
    """[P] to whom a seat of its own is worth more than being represented by anybody."""
    return e.seat > np.maximum(0.0, e.represented.max(axis=1, initial=0.0))


def choose_among_themselves(candidates: Candidates, seats: int) -> Outcome:
    """Propose lists, round after round, until enough agree or the rounds are over."""
    nothing = np.empty(0, dtype=np.int64)
    table = candidates.settings.table
    e = expectations(candidates, seats)
    wants = who_want_a_seat(e)
    wanting = np.flatnonzero(wants)
    if len(wanting) == 0:
        return Outcome(nothing, agreed=True, rounds=0, candidates=0, objectors=0, hours=0.0)
    turn = candidates.turn_to_come(seats)
    draws = candidates.drawn(Purpose.DELEGATION)[wanting]
    order = wanting[np.argsort(draws, kind="stable")]
    risk, objectors, rounds = 0.0, 0, 0

    def ended(chosen: NDArray[np.int64], *, agreed: bool) -> Outcome:
        hours = rounds * float(table.round_hours)
        return Outcome(chosen, agreed, rounds, len(wanting), objectors, hours)

    for rounds in range(1, int(table.rounds) + 1):
        chosen = proposal(e, wanting, seats, int(order[(rounds - 1) % len(order)]), draws)
        expected = e.of(chosen)
        later = turn * np.maximum(0.0, e.seat - expected)
        left_out = wants.copy()
        left_out[chosen] = False
        price = float(table.round_hours) + risk * np.maximum(0.0, expected)
        holds_out = left_out & (e.seat - expected - later > price)
        objectors = int(holds_out.sum())
        if 1.0 - objectors / len(candidates) >= float(table.quorum):
            return ended(chosen, agreed=True)
        risk = objectors / len(candidates)
    return ended(nothing, agreed=False)


def self_selected(candidates: Candidates, seats: int) -> NDArray[np.int64]:
    """Chosen by the providers themselves; empty when they do not agree."""
    return choose_among_themselves(candidates, seats).chosen
