"""Outcomes: functions from what a run recorded to a number.

Each declares its unit, its bounds, which way is better, and the smallest difference that matters
with the reason for it. No mechanism reads an outcome.
"""

import math
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType
from typing import Literal

from collabsim.grades import GRADES, Grade
from collabsim.organisations import MUNICIPALITY, PROVIDER
from collabsim.record import Count, Level
from collabsim.recorded import (
    Recorded,
    first_joint_step,
    gini,
    help_concentration,
    hours_per_seat,
    mean_hours,
    ratio,
    ring_found,
    rules_held,
    stagnated,
    synergy,
    unfairness,
)


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
        grows: whether it is a sum over organisations, so that what matters grows with their number;
            ``matters`` is then that of a region of ``ORGANISATIONS``.

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
    grows: bool = False


#: In the region that comparisons start from: nine municipalities and fifty providers.
ORGANISATIONS = 59
INF = math.inf
SHARE = "share"
HOURS = "hours a month"
#: How a promise can end; it lapses where the case fails before it falls due.
ENDINGS = (Count.KEPT, Count.ANNOUNCED, Count.BROKEN, Count.LAPSED)


def grade_at_the_end(grade: Grade, run: Recorded) -> float:
    """One of the six grades, as the collaboration stands at the end."""
    return grade.of(run.standing())


#: Outcomes of the user's own, for as long as the file is in use; see ``collabsim.own``.
OWN_METRICS: dict[str, Metric] = {}

METRICS: Mapping[str, Metric] = MappingProxyType(ChainMap(OWN_METRICS, {
    m.name: m
    for m in (
        Metric("residents_helped_share", "residents helped", "geholpen inwoners", SHARE, 1, 0, 1, 0.02,
               "one resident in fifty; below it a region would not notice",
               lambda r: ratio(r.total(Count.HELPED), r.total(Count.HELPED) + r.total(Count.FAILED))),
        Metric("days_to_help", "days until help is complete", "dagen tot de hulp rond is", "days", -1, 0, INF, 5.0,
               "a working week of waiting",
               lambda r: ratio(float(r.level(Level.DAYS_TO_HELP).sum()), r.total(Count.HELPED))),
        Metric("errors_per_100_cases", "errors in 100 cases helped", "fouten per 100 geholpen casussen", "errors per 100 cases helped", -1, 0, 100, 3.0,
               "one error a year in a caseload of about thirty",
               lambda r: 100.0 * ratio(r.total(Count.HELPED_WITH_ERROR), r.total(Count.HELPED))),
        Metric("helped_well_share", "residents helped without an error", "inwoners zonder fout geholpen", SHARE, 1, 0, 1, 0.02,
               "one resident in fifty; read it beside the days, which fall when needs stay unseen",
               lambda r: ratio(r.total(Count.HELPED) - r.total(Count.HELPED_WITH_ERROR), r.total(Count.HELPED) + r.total(Count.FAILED))),
        Metric("synergy", "what 1 + 1 comes to", "wat 1 + 1 oplevert", "twice the result alone", 1, 0, INF, 0.1,
               "a twentieth more than two parties alone", synergy),
        Metric("cooperation_rate", "decisions to cooperate", "keuzes om samen te werken", SHARE, 1, 0, 1, 0.02,
               "one decision in fifty", lambda r: ratio(r.total(Count.COOPERATED), r.total(Count.DECISIONS))),
        Metric("promises_kept_share", "promises kept", "nagekomen beloften", SHARE, 1, 0, 1, 0.02,
               "one promise in fifty",
               lambda r: ratio(r.total(Count.KEPT), sum(map(r.total, ENDINGS)))),
        Metric("promises_broken_share", "promises broken without a word", "beloften gebroken zonder bericht", SHARE, -1, 0, 1, 0.02,
               "one promise in fifty",
               lambda r: ratio(r.total(Count.BROKEN), sum(map(r.total, ENDINGS)))),
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
        Metric("sight_of_others", "an eye for fields of others", "oog voor terreinen van anderen", "0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.SIGHT_OF_OTHERS)[-1])),
        Metric("sight_apart", "how far views of the task differ", "hoe ver kijken op de opgave uiteenlopen", "0 to 1", 0, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.SIGHT_APART)[-1])),
        Metric("images_apart", "how far images of the ambition differ", "hoe ver beelden van de ambitie uiteenlopen", "0 to 1", -1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.IMAGES_APART)[-1])),
        Metric("ambition_concrete", "how concrete the ambition is in practice", "hoe concreet de ambitie is in de uitvoering", "0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.CONCRETE)[-1])),
        Metric("interests_known", "what others are after is known", "men weet waar het anderen om gaat", "0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.INTERESTS_KNOWN)[-1])),
        Metric("mutual_gains", "part of package deals within reach", "deel van pakketafspraken binnen bereik", SHARE, 1, 0, 1, 0.02,
               "one fiftieth of what there is to share", lambda r: float(r.level(Level.MUTUAL_GAINS)[-1])),
        Metric("grievance", "grievance not aired", "oud zeer dat niet is uitgesproken", "0 to 1", -1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.GRIEVANCE)[-1])),
        Metric("energy", "energy for collaboration", "energie voor samenwerken", "0 to 1", 1, 0, 1, 0.02,
               "a fifth of a point on a scale of ten", lambda r: float(r.level(Level.ENERGY)[-1])),
        Metric("rules_held", "ground rules alive in practice", "spelregels die leven in de uitvoering", "0 to 1", 1, 0, 1, 0.05,
               "one person in twenty who holds them", rules_held),
        Metric("collaboration_hours", "hours spent on collaboration, whole region", "uren aan samenwerken, hele regio", HOURS, -1, 0, INF, 59.0,
               "an hour a month for each of 59 organisations", lambda r: float(r.collaboration_hours().sum()), grows=True),
        Metric("hours_municipalities", "hours spent by a municipality", "uren van een gemeente", HOURS, -1, 0, INF, 1.0,
               "a day and a half a year", lambda r: mean_hours(r, r.organisations.kind == MUNICIPALITY)),
        Metric("hours_providers", "hours spent by a provider", "uren van een aanbieder", HOURS, -1, 0, INF, 1.0,
               "a day and a half a year", lambda r: mean_hours(r, r.organisations.kind == PROVIDER)),
        Metric("hours_per_seat", "hours that a provider's seat costs", "uren die een zetel een aanbieder kost", HOURS, -1, 0, INF, 0.5,
               "six hours a year of a board member", hours_per_seat),
        Metric("ring_found", "an inner ring was found", "er was een binnenring", "0 or 1", 0, 0, 1, 0.1,
               "one region in ten", ring_found),
        Metric("inner_ring_share", "organisations in the inner ring", "organisaties in de binnenring", SHARE, 0, 0, 1, 0.05,
               "three of 59 organisations", lambda r: float(r.rings.share) if r.rings.found else math.nan),
        Metric("ring_speed_gap_days", "days that the outer ring waits longer for a yes", "dagen die de buitenring langer wacht op een ja", "days", -1, -INF, INF, 1.0,
               "a working day on every ask", lambda r: float(r.rings.gap_days)),
        Metric("ring_persistence", "closest group that is still there a year later", "hechtste groep die er een jaar later nog is", SHARE, 0, 0, 1, 0.1,
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
        Metric("table_decisions_a_year", "decisions of the table", "besluiten van de tafel", "decisions a year", 0, 0, INF, 0.5,
               "one decision more in two years", lambda r: 12.0 * r.total(Count.TABLE_DECISIONS) / r.months),
        Metric("months_to_decide", "months until the table decides on what was put on it", "maanden tot de tafel besluit over wat er ligt", "months", -1, 0, INF, 1.0,
               "a month", lambda r: ratio(r.total(Count.MONTHS_TO_DECIDE), r.total(Count.TABLE_DECISIONS))),
        Metric("stagnated", "the collaboration stagnated at some time", "de samenwerking stagneerde op enig moment", "0 or 1", -1, 0, 1, 0.05,
               "one region in twenty", stagnated),
        Metric("months_to_first_joint_step", "months until the first joint step, all if none", "maanden tot de eerste gezamenlijke stap, alle zonder stap", "months", -1, 0, INF, 3.0,
               "one quarterly meeting", first_joint_step),
        Metric("encounters", "encounters", "ontmoetingen", "encounters", 0, 0, INF, 1000.0,
               "a fortieth of the usual number", lambda r: float(r.total(Count.ENCOUNTERS))),
        *(
            Metric(f"grade_{grade.name}", f"grade for {grade.en}", f"cijfer voor {grade.nl}", "grade from 1 to 10", 1, 1, 10, 0.5,
                   "half a point in a report of whole and half grades",
                   partial(grade_at_the_end, grade))
            for grade in GRADES.values()
        ),
    )
}))  # fmt: skip


def metrics_in(organisations: int) -> dict[str, Metric]:
    """Every outcome, with what matters in a region of so many organisations."""
    share = organisations / ORGANISATIONS
    return {
        name: replace(metric, matters=metric.matters * share) if metric.grows else metric
        for name, metric in METRICS.items()
    }
