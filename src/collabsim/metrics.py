"""Outcomes: functions from what a run recorded to a number.

Each declares its unit, its bounds, which way is better, and the smallest difference that matters
with the reason for it. No mechanism reads an outcome.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.rings import Rings
from collabsim.organisations import MUNICIPALITY, PROVIDER, Organisations
from collabsim.record import Count, Level, Record, Spending
from collabsim.ties import NOT_HEARD, Ties

STAGNATION_MONTHS = 12


@dataclass(frozen=True, eq=False)
class Recorded:
    """What a finished run leaves for the metrics.

    Attributes:
        organisations: who is in the region.
        ties: at the end; for what was heard of others' waiting.
        own_wait: [N] days that own asks took, at the end; negative where none was answered.
        record: what was counted, from month 0.
        alone: the same residents with contacts off.
        months: months simulated.
        rings: the inner ring, if one was found.

    """

    organisations: Organisations
    ties: Ties
    own_wait: NDArray[np.float64]
    record: Record
    alone: Record
    months: int
    rings: Rings

    def total(self, count: Count) -> int:
        """Sum of a count over the months simulated."""
        return int(self.record.months.counts[: self.months, count].sum())

    def monthly(self, count: Count) -> NDArray[np.int64]:
        """A count by month."""
        return self.record.months.counts[: self.months, count]

    def level(self, level: Level) -> NDArray[np.float64]:
        """A level by month."""
        return self.record.months.levels[: self.months, level]

    def collaboration_hours(self) -> NDArray[np.float64]:
        """[N] hours a month that each organisation spent on collaboration: all but care."""
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
    """What 1 + 1 comes to: residents helped without an error, against twice the same alone."""
    counts = run.alone.months.counts[: run.months].sum(axis=0)
    together = run.total(Count.HELPED) - run.total(Count.WITH_ERROR)
    return 2.0 * ratio(together, int(counts[Count.HELPED] - counts[Count.WITH_ERROR]))


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
    felt = []
    for i, own in enumerate(run.own_wait):
        heard = run.ties.wait_heard[i]
        known = heard[(run.ties.other[i] >= 0) & (heard != NOT_HEARD)]
        if own >= 0.0 and len(known) > 0:
            felt.append(max(0.0, float(own) - float(known.mean())))
    return math.fsum(felt) / len(felt) if felt else math.nan


def help_concentration(run: Recorded) -> float:
    """Concentration of accepted asks over providers."""
    accepted, other = run.record.asks.accepted.sum(axis=0), run.ties.other
    received = np.zeros(len(other))
    np.add.at(received, other[other >= 0], accepted[other >= 0])
    return gini(received[run.organisations.kind == PROVIDER])


def rules_held(run: Recorded) -> float:
    """How alive the agreed rules are in practice at the end, mean over all; undefined without rules."""
    held = float(run.level(Level.RULES_HELD)[-1])
    return held if held > 0.0 else math.nan


def first_joint_step(run: Recorded) -> float:
    """Months until the first joint step; the whole run when none was taken."""
    taken = np.flatnonzero(run.monthly(Count.JOINT_STEPS))
    return float(taken[0]) if len(taken) else float(run.months)


def stagnated(run: Recorded) -> float:
    """1 if at some time 12 months passed without a joint step while joint casework fell; else 0.

    It fell when there were fewer joint case meetings than in the 12 months before, by more than
    two standard deviations of such a count.
    """
    steps, consults = run.monthly(Count.JOINT_STEPS), run.monthly(Count.CONSULTS)
    for end in range(2 * STAGNATION_MONTHS, run.months + 1):
        now, before = (
            slice(end - STAGNATION_MONTHS, end),
            slice(end - 2 * STAGNATION_MONTHS, end - STAGNATION_MONTHS),
        )
        earlier, later = int(consults[before].sum()), int(consults[now].sum())
        fell = earlier - later > 2.0 * math.sqrt(earlier + later)
        if fell and steps[now].sum() == 0:
            return 1.0
    return 0.0


@dataclass(frozen=True, slots=True)
class Metric:
    """An outcome of a run.

    Attributes:
        name: as in results.
        en: name in English.
        nl: name in Dutch.
        unit: unit in words.
        direction: 1 more is better, -1 less is better, 0 neither.
        low: lowest possible value.
        high: highest possible value.
        matters: smallest difference that matters, in the unit.
        why: reason for ``matters``.
        compute: from the record to the number; NaN where it is undefined.

    """

    name: str
    en: str
    nl: str
    unit: str
    direction: Literal[-1, 0, 1]
    low: float
    high: float
    matters: float
    why: str
    compute: Callable[[Recorded], float]


@dataclass(frozen=True, slots=True)
class Series:
    """A path over the months.

    Attributes:
        name: as in results.
        en: name in English.
        nl: name in Dutch.
        unit: unit in words.
        compute: from the record to one value a month; NaN where it is undefined.

    """

    name: str
    en: str
    nl: str
    unit: str
    compute: Callable[[Recorded], NDArray[np.float64]]


INF = math.inf
SHARE = "share"
HOURS = "hours a month"

METRICS: Mapping[str, Metric] = MappingProxyType({
    m.name: m
    for m in (
        Metric("residents_helped_share", "residents helped", "geholpen inwoners", SHARE, 1, 0, 1, 0.02,
               "one resident in fifty; below it a region would not notice",
               lambda r: ratio(r.total(Count.HELPED), r.total(Count.HELPED) + r.total(Count.FAILED))),
        Metric("days_to_help", "days until help is complete", "dagen tot de hulp rond is", "days", -1, 0, INF, 5.0,
               "a working week of waiting",
               lambda r: ratio(float(r.level(Level.DAYS_TO_HELP).sum()), r.total(Count.HELPED))),
        Metric("errors_per_100_cases", "errors in 100 cases", "fouten per 100 casussen", "errors per 100 cases", -1, 0, 100, 3.0,
               "one error a year in a caseload of about thirty",
               lambda r: 100.0 * ratio(r.total(Count.WITH_ERROR), r.total(Count.HELPED) + r.total(Count.FAILED))),
        Metric("helped_well_share", "residents helped without an error", "inwoners zonder fout geholpen", SHARE, 1, -1, 1, 0.02,
               "one resident in fifty; read it beside the days, which fall when needs stay unseen",
               lambda r: ratio(r.total(Count.HELPED) - r.total(Count.WITH_ERROR), r.total(Count.HELPED) + r.total(Count.FAILED))),
        Metric("synergy", "what 1 + 1 comes to", "wat 1 + 1 oplevert", "twice the result alone", 1, 0, INF, 0.1,
               "a twentieth more than two parties alone", synergy),
        Metric("cooperation_rate", "decisions to cooperate", "keuzes om samen te werken", SHARE, 1, 0, 1, 0.02,
               "one decision in fifty", lambda r: ratio(r.total(Count.COOPERATED), r.total(Count.DECISIONS))),
        Metric("promises_kept_share", "promises kept", "nagekomen beloften", SHARE, 1, 0, 1, 0.02,
               "one promise in fifty",
               lambda r: ratio(r.total(Count.KEPT), sum(map(r.total, (Count.KEPT, Count.ANNOUNCED, Count.BROKEN))))),
        Metric("promises_broken_share", "promises broken without a word", "beloften gebroken zonder bericht", SHARE, -1, 0, 1, 0.02,
               "one promise in fifty",
               lambda r: ratio(r.total(Count.BROKEN), sum(map(r.total, (Count.KEPT, Count.ANNOUNCED, Count.BROKEN))))),
        Metric("competence_trust", "trust in competence", "vertrouwen in bekwaamheid", "trust from 0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.COMPETENCE)[-1])),
        Metric("integrity_trust", "trust in integrity", "vertrouwen in oprechtheid", "trust from 0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.INTEGRITY)[-1])),
        Metric("acquaintance", "acquaintance in practice", "elkaar kennen in de uitvoering", "0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.ACQUAINTANCE)[-1])),
        Metric("acquaintance_of_managers", "acquaintance of managers", "elkaar kennen van managers", "0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.ACQUAINTANCE_OF_MANAGERS)[-1])),
        Metric("acquaintance_of_boards", "acquaintance of boards", "elkaar kennen van bestuurders", "0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.ACQUAINTANCE_OF_BOARDS)[-1])),
        Metric("grievance", "grievance not aired", "oud zeer dat niet is uitgesproken", "0 to 1", -1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.GRIEVANCE)[-1])),
        Metric("energy", "energy for collaboration", "energie voor samenwerken", "0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.ENERGY)[-1])),
        Metric("rules_held", "ground rules alive in practice", "spelregels die leven in de uitvoering", "0 to 1", 1, 0, 1, 0.05,
               "one person in twenty who holds them", rules_held),
        Metric("collaboration_hours", "hours spent on collaboration, whole region", "uren aan samenwerken, hele regio", HOURS, -1, 0, INF, 59.0,
               "an hour a month for each of 59 organisations", lambda r: float(r.collaboration_hours().sum())),
        Metric("hours_municipalities", "hours spent by a municipality", "uren van een gemeente", HOURS, -1, 0, INF, 1.0,
               "a day and a half a year", lambda r: mean_hours(r, r.organisations.kind == MUNICIPALITY)),
        Metric("hours_providers", "hours spent by a provider", "uren van een aanbieder", HOURS, -1, 0, INF, 1.0,
               "a day and a half a year", lambda r: mean_hours(r, r.organisations.kind == PROVIDER)),
        Metric("hours_per_seat", "hours that a provider's seat costs", "uren die een zetel een aanbieder kost", HOURS, -1, 0, INF, 0.5,
               "six hours a year of a board member", hours_per_seat),
        Metric("ring_found", "an inner ring was found", "er was een binnenring", "0 or 1", 0, 0, 1, 0.1,
               "one region in ten", lambda r: float(r.rings.found)),
        Metric("inner_ring_share", "organisations in the inner ring", "organisaties in de binnenring", SHARE, 0, 0, 1, 0.05,
               "three of 59 organisations", lambda r: float(r.rings.share) if r.rings.found else math.nan),
        Metric("ring_speed_gap_days", "days that the outer ring waits longer for a yes", "dagen die de buitenring langer wacht op een ja", "days", -1, -INF, INF, 1.0,
               "a working day on every ask", lambda r: float(r.rings.gap_days)),
        Metric("ring_persistence", "inner ring that is still there a year later", "binnenring die er een jaar later nog is", SHARE, 0, 0, 1, 0.1,
               "one member in ten", lambda r: float(r.rings.persistence)),
        Metric("felt_unfairness_days", "days that one waits longer than those one knows of", "dagen die men langer wacht dan wie men kent", "days", -1, 0, INF, 1.0,
               "a working day", unfairness),
        Metric("help_concentration", "concentration of help over providers", "concentratie van hulp over aanbieders", "Gini from 0 to 1", 0, 0, 1, 0.02,
               "a shift of one in fifty asks", help_concentration),
        Metric("seat_concentration", "concentration of seats over providers", "concentratie van zetels over aanbieders", "Gini from 0 to 1", -1, 0, 1, 0.05,
               "one seat in twenty elsewhere",
               lambda r: gini(r.record.spent.seat_months[r.organisations.kind == PROVIDER].astype(float))),
        Metric("support_at_home", "providers at home reached and in favour", "aanbieders thuis bereikt en voor", SHARE, 1, 0, 1, 0.05,
               "two of forty providers at home", lambda r: ratio(r.total(Count.IN_FAVOUR), r.total(Count.REPRESENTED))),
        Metric("open_at_table", "parties that come to the table open and prepared", "partijen die open en voorbereid aan tafel komen", SHARE, 1, 0, 1, 0.05,
               "one of twenty at the table", lambda r: ratio(r.total(Count.OPEN_AT_TABLE), r.total(Count.AT_TABLE))),
        Metric("joint_steps_a_year", "joint steps", "gezamenlijke stappen", "steps a year", 1, 0, INF, 0.25,
               "one step more in four years", lambda r: 12.0 * r.total(Count.JOINT_STEPS) / r.months),
        Metric("stagnated", "the collaboration stagnated at some time", "de samenwerking stagneerde op enig moment", "0 or 1", -1, 0, 1, 0.05,
               "one region in twenty", stagnated),
        Metric("months_to_first_joint_step", "months until the first joint step", "maanden tot de eerste gezamenlijke stap", "months", -1, 0, INF, 3.0,
               "one quarterly meeting", first_joint_step),
        Metric("encounters", "encounters", "ontmoetingen", "encounters", 0, 0, INF, 1000.0,
               "a fortieth of the usual number", lambda r: float(r.total(Count.ENCOUNTERS))),
    )
})  # fmt: skip


def rate(run: Recorded, part: Count, whole: Count) -> NDArray[np.float64]:
    """A share by month."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return run.monthly(part) / run.monthly(whole)


def monthly_days(run: Recorded) -> NDArray[np.float64]:
    """Mean days until help was complete, of residents helped in each month."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return run.level(Level.DAYS_TO_HELP) / run.monthly(Count.HELPED)


SERIES: Mapping[str, Series] = MappingProxyType({
    s.name: s
    for s in (
        Series("cooperation_rate", "decisions to cooperate", "keuzes om samen te werken", SHARE,
               lambda r: rate(r, Count.COOPERATED, Count.DECISIONS)),
        Series("residents_helped", "residents helped", "geholpen inwoners", "residents a month",
               lambda r: r.monthly(Count.HELPED).astype(float)),
        Series("days_to_help", "days until help is complete", "dagen tot de hulp rond is", "days", monthly_days),
        Series("open_cases", "open cases", "open casussen", "cases", lambda r: r.monthly(Count.OPEN_CASES).astype(float)),
        Series("backlog_hours", "care promised and not yet given", "toegezegde zorg die nog wacht", "hours",
               lambda r: r.level(Level.BACKLOG_HOURS)),
        Series("integrity_trust", "trust in integrity", "vertrouwen in oprechtheid", "trust from 0 to 1",
               lambda r: r.level(Level.INTEGRITY)),
        Series("competence_trust", "trust in competence", "vertrouwen in bekwaamheid", "trust from 0 to 1",
               lambda r: r.level(Level.COMPETENCE)),
        Series("acquaintance", "acquaintance in practice", "elkaar kennen in de uitvoering", "0 to 1",
               lambda r: r.level(Level.ACQUAINTANCE)),
        Series("collaboration_hours", "hours spent on collaboration", "uren aan samenwerken", HOURS,
               lambda r: np.diff(r.level(Level.COLLABORATION_HOURS), prepend=0.0)),
        Series("promises_kept_share", "promises kept", "nagekomen beloften", SHARE,
               lambda r: r.monthly(Count.KEPT)
               / np.maximum(1, r.monthly(Count.KEPT) + r.monthly(Count.ANNOUNCED) + r.monthly(Count.BROKEN))),
    )
})  # fmt: skip
