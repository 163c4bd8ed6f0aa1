"""What a run has recorded, and the numbers that are worked out from it. Nothing here is read back."""

import math
import statistics
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from collabsim.grades import YEAR, parts_of
from collabsim.organisations import PROVIDER, Organisations
from collabsim.record import Count, Level, Record, Spending
from collabsim.rings import Rings
from collabsim.ties import NOT_HEARD, Ties

#: Chance that a collaboration in which nothing changes is said to have stagnated.
FALSE_ALARMS = 0.025


@dataclass(frozen=True, eq=False)
class Recorded:
    """What a finished run leaves for the metrics.

    Attributes:
        organisations: who is in the region.
        ties: at the end; for what was heard of others' waiting.
        own_wait: [N] days that own asks took, at the end; negative where none was answered.
        record: what was counted, from month 0.
        alone: [M] residents helped without an error by month, when nobody has contact.
        months: months simulated.
        rings: the inner ring, if one was found.

    """

    organisations: Organisations
    ties: Ties
    own_wait: NDArray[np.float64]
    record: Record
    alone: NDArray[np.int64]
    months: int
    rings: Rings

    def total(self, count: Count) -> int:
        """Sum of a count over the months simulated."""
        return int(self._totals[count])

    @cached_property
    def _totals(self) -> NDArray[np.int64]:
        """Sum of every count over the months simulated."""
        return np.asarray(self.record.months.counts[: self.months].sum(axis=0))

    def monthly(self, count: Count) -> NDArray[np.int64]:
        """A count by month."""
        return self.record.months.counts[: self.months, count]

    def level(self, level: Level) -> NDArray[np.float64]:
        """A level by month."""
        return self.record.months.levels[: self.months, level]

    def standing(self) -> dict[str, float]:
        """How the region stands at the end, as grades read it."""
        year = self.record.months.counts[max(0, self.months - YEAR) : self.months]
        return parts_of(self.record.months.levels[self.months - 1], year.sum(axis=0))

    def collaboration_hours(self) -> NDArray[np.float64]:
        """[N] hours a month that each organisation spent on collaboration: all but care."""
        return self._collaboration_hours

    @cached_property
    def _collaboration_hours(self) -> NDArray[np.float64]:
        hours = self.record.spent.hours.sum(axis=1)
        return np.asarray((hours.sum(axis=1) - hours[:, Spending.CARE]) / self.months)


def ratio(part: float, whole: float) -> float:
    """``part / whole``; undefined (NaN) when there is no whole."""
    return part / whole if whole > 0 else math.nan


def gini(values: NDArray[np.float64]) -> float:
    """Concentration of ``values`` over their owners: 0 all equal, towards 1 all with one."""
    total = float(values.sum())
    if total <= 0.0:
        return math.nan
    ordered, count = np.sort(values), len(values)
    return float((2 * np.arange(1, count + 1) - count - 1) @ ordered / (count * total))


def synergy(run: Recorded) -> float:
    """What 1 + 1 comes to: residents helped without an error, where what all do alone counts as 2."""
    together = run.total(Count.HELPED) - run.total(Count.HELPED_WITH_ERROR)
    return 2.0 * ratio(together, int(run.alone[: run.months].sum()))


def mean_hours(run: Recorded, members: NDArray[np.bool_]) -> float:
    """Hours a month on collaboration, on average over ``members``."""
    return float(run.collaboration_hours()[members].mean()) if members.any() else math.nan


def hours_per_seat(run: Recorded) -> float:
    """Hours that table, reporting back and choosing a delegation cost providers, per month of a seat."""
    providers = run.organisations.kind == PROVIDER
    hours = run.record.spent.hours.sum(axis=1)[providers]
    spent = hours[:, [Spending.TABLE, Spending.REPORT, Spending.DELEGATION]].sum()
    return ratio(float(spent), int(run.record.spent.seat_months[providers].sum()))


def unfairness(run: Recorded) -> float:
    """Days that a party waits longer than those of whose waiting it knows, on average."""
    own, heard = run.own_wait, run.ties.wait_heard
    known = (run.ties.other >= 0) & (heard != NOT_HEARD)
    # Added up one by one, so that the order of adding is no matter of how the library does it.
    rows = np.nonzero(known)[0]
    told = np.bincount(rows, minlength=len(own))
    of_others = np.bincount(rows, weights=heard[known], minlength=len(own))
    felt = (own >= 0.0) & (told > 0)
    longer = np.maximum(0.0, own[felt] - of_others[felt] / told[felt])
    return math.fsum(longer) / len(longer) if len(longer) else math.nan


def help_concentration(run: Recorded) -> float:
    """Concentration of accepted asks over providers."""
    accepted, other = run.record.asks.accepted.sum(axis=0), run.ties.other
    known = other >= 0
    received = np.bincount(other[known], weights=accepted[known], minlength=len(other))
    return gini(received[run.organisations.kind == PROVIDER])


def rules_held(run: Recorded) -> float:
    """How alive the agreed rules are in practice at the end, mean over all; undefined without rules."""
    held = float(run.level(Level.RULES_HELD)[-1])
    return held if held > 0.0 else math.nan


def first_joint_step(run: Recorded) -> float:
    """Months until the first joint step; the whole run when none was taken."""
    taken = np.flatnonzero(run.monthly(Count.JOINT_STEPS))
    return float(taken[0]) if len(taken) else float(run.months)


def ring_found(run: Recorded) -> float:
    """1 if an inner ring was found, else 0; undefined within two years, as one year tests the other."""
    return float(run.rings.found) if run.months >= 2 * YEAR else math.nan


def stagnated(run: Recorded) -> float:
    """1 if a year passed without a joint step while joint casework fell; else 0.

    It fell when there were fewer joint case meetings than in the year before, by more than chance
    does to two such counts, with the chance of a false alarm shared among all years that are looked
    at. One case has several meetings, so the count is a compound Poisson one: its variance is the
    sum over cases of the square of their number. Undefined within two years.
    """
    steps, consults = run.monthly(Count.JOINT_STEPS), run.monthly(Count.CONSULTS)
    squares = run.monthly(Count.CLUSTERED_CONSULTS)
    years = run.months // YEAR
    if years < 2:  # noqa: PLR2004 - it takes two to compare
        return math.nan
    deviations = statistics.NormalDist().inv_cdf(1.0 - FALSE_ALARMS / (years - 1))
    for year in range(1, years):
        now, before = (slice(y * YEAR, (y + 1) * YEAR) for y in (year, year - 1))
        fewer = int(consults[before].sum()) - int(consults[now].sum())
        variance = int(squares[before].sum()) + int(squares[now].sum())
        fell = fewer > deviations * math.sqrt(variance)
        if fell and steps[now].sum() == 0:
            return 1.0
    return 0.0
