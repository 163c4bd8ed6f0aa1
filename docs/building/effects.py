"""Figures of mechanisms without a known answer: a small region with one thing otherwise, by month."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from building.courses import draw_course
from collabsim import CollaborationModel
from collabsim.figures.canvas import INK, SMALL, TEXT, bare, new_figure
from collabsim.parameters import Scenario
from collabsim.record import Count, Level
from collabsim.recorded import Recorded
from collabsim.reference.lessons import merged, region
from collabsim.series import SERIES

#: Regions that are drawn; each lives under both arrangements with the same luck.
REGIONS = 12
type Course = Callable[[Recorded], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What is drawn of a mechanism.

    Attributes:
        what: on the vertical axis.
        read: gives it by month.
        usual: what the one arrangement is called.
        otherwise: what the other is called.
        changes: groups of parameters of the other arrangement.
        both: groups of parameters of both.

    """

    what: str
    read: Course
    usual: str
    otherwise: str
    changes: Mapping[str, Any]
    both: Mapping[str, Any] = MappingProxyType({})

    @property
    def alt(self) -> str:
        """What is seen, for who cannot see it."""
        return (
            f"By month: {self.what}. A solid line for: {self.usual}; a dashed one for: {self.otherwise}. "
            "Each has a band around it."
        )

    @property
    def caption(self) -> str:
        """What is drawn."""
        return (
            f"Drawn when this page was made: {REGIONS} small regions, each with *{self.usual}* (solid) and with "
            f"*{self.otherwise}* (dashed), with the same luck. Lines are means, and bands hold nine in ten regions. "
            "It shows what the mechanism does in this model, under these assumptions."
        )


def level(which: Level) -> Course:
    """A level as it stands each month."""
    return lambda run: run.level(which)


def monthly(which: Count) -> Course:
    """How often something happened in each month."""
    return lambda run: run.monthly(which).astype(float)


def so_far(part: Count, *whole: Count) -> Course:
    """A share of all up to each month; without a whole the number up to each month."""

    def course(run: Recorded) -> NDArray[np.float64]:
        had = np.cumsum(run.monthly(part)).astype(float)
        if not whole:
            return had
        of = np.cumsum(sum(run.monthly(count) for count in whole))
        return np.divide(had, of, out=np.full_like(had, np.nan), where=of > 0)

    return course


CLOSED = (Count.HELPED, Count.FAILED)
QUARTERLY = {"invited": "everyone", "layer": "practice", "every_months": 3}
#: By heading in ``docs/model.md``.
EFFECTS: Mapping[str, Effect] = MappingProxyType({
    "Commissioning": Effect(
        "care promised and not yet given (hours)", level(Level.BACKLOG_HOURS),
        "care bought for a load of 0.85", "for a load of 0.95", {"commissioning": {"target_load": 0.95}},
    ),
    "Attention": Effect(
        "seats taken at meetings of the table so far", so_far(Count.AT_TABLE),
        "six hours a month for boards of providers", "three hours", {"attention": {"provider_board_hours": 3.0}},
    ),
    "Encounters": Effect(
        "encounters (a month)", monthly(Count.ENCOUNTERS),
        "contacts", "everybody alone", {"casework": {"contacts": False}},
    ),
    "Rules": Effect(
        "ground rules alive in practice (0 to 1)", level(Level.RULES_HELD),
        "rules that all made once", "rules gone through every year", {"rules": {"renewed_every_months": 12}},
        {"rules": {"made_by": "everyone", "layer": "practice"}},
    ),
    "Grievance": Effect(
        "grievance not aired (0 to 1)", level(Level.GRIEVANCE),
        "sessions to get acquainted", "sessions that bring grievances up",
        {"sessions": {"discloses_grievances": True}}, {"sessions": QUARTERLY},
    ),
    "Energy": Effect(
        "energy for collaboration (0 to 1)", level(Level.ENERGY),
        "futile work takes energy", "it takes none", {"energy": {"from_futile_work": 0.0}},
    ),
    "Third parties": Effect(
        "acquaintance in practice (0 to 1)", level(Level.ACQUAINTANCE),
        "third parties tell, name and introduce", "they do not", {"third_parties": {"enabled": False}},
    ),
    "Sessions": Effect(
        "acquaintance in practice (0 to 1)", level(Level.ACQUAINTANCE),
        "no sessions", "a session of practice each quarter", {"sessions": QUARTERLY},
    ),
    "Table meeting": Effect(
        "acquaintance of boards (0 to 1)", level(Level.ACQUAINTANCE_OF_BOARDS),
        "a table of five providers", "no table", {"table": {"delegation": "nobody"}},
    ),
    "Deciding": Effect(
        "decisions of the table so far", so_far(Count.TABLE_DECISIONS),
        "who is willing pledges", "all must agree", {"table": {"decides_by": "consensus"}},
    ),
    "Commitments": Effect(
        "decisions to cooperate so far (share)", so_far(Count.COOPERATED, Count.DECISIONS),
        "commitments bind those who know of them", "they weigh nothing", {"promises": {"commitment_binding": 0.0}},
    ),
    "Organising": Effect(
        "share of asks so far that got a yes", so_far(Count.ACCEPTED, Count.ASKS),
        "no desk", "a desk of 20 hours a month", {"organising": {"hours_per_month": 20.0}},
    ),
    "Pledges": Effect(
        "share of pledges so far that were honoured, of those called upon",
        so_far(Count.PLEDGES_HONOURED, Count.PLEDGES_HONOURED, Count.PLEDGES_BROKEN),
        "the usual steps", "steps of a quarter of that", {"table": {"step_size": 0.25}},
    ),
    "Word": Effect(
        "share of asks so far that got a yes", so_far(Count.ACCEPTED, Count.ASKS),
        "news of room gets across", "no news does", {"word": {"reach": 0.0}},
    ),
    "Word home": Effect(
        "share of those at home whom a report reached, so far", so_far(Count.HEARD_AT_HOME, Count.REPRESENTED),
        "reports by choice", "a duty to report back", {"table": {"reporting_back": True}},
    ),
    "Casework": Effect(
        "share of cases so far that ended with an error", so_far(Count.HELPED_WITH_ERROR, *CLOSED),
        "needs in another field seen by seven in ten", "by four in ten", {"casework": {"sees_other_field": 0.4}},
    ),
    "Asking": Effect(
        "asks (a month)", monthly(Count.ASKS),
        "cases with two to four needs", "with two needs each", {"casework": {"needs_most": 2}},
    ),
    "Consulting": Effect(
        "share of cases so far with a need that nobody saw", so_far(Count.WITH_UNSEEN_NEED, *CLOSED),
        "parties by themselves", "residents join", {"casework": {"residents_join": True}},
    ),
    "Contradictions": Effect(
        "share of cases so far with plans that clashed", so_far(Count.CONTRADICTED, *CLOSED),
        "plans clash with a chance of 0.15", "of 0.30", {"casework": {"contradiction_chance": 0.3}},
    ),
    "Closing": Effect(
        "share of cases so far that failed", so_far(Count.FAILED, *CLOSED),
        "a case fails after nine months", "after four", {"casework": {"fails_after_months": 4}},
    ),
    "Meeting": Effect(
        "acquaintance of managers (0 to 1)", level(Level.ACQUAINTANCE_OF_MANAGERS),
        "a quarter of their hours for meetings", "none", {"attention": {"networking_share": 0.0}},
    ),
    "Incidents": Effect(
        "hours spent on collaboration (a month)", SERIES["collaboration_hours"].compute,
        "no incidents", "24 a year", {"incidents": {"per_year": 24.0}},
    ),
    "Measuring": Effect(
        "open cases", monthly(Count.OPEN_CASES),
        "contacts", "everybody alone", {"casework": {"contacts": False}},
    ),
})  # fmt: skip


def figure_of(effect: Effect) -> Figure:
    """Draw what a mechanism does."""
    figure = new_figure(6.2, 3.4)
    axes = figure.add_axes((0.12, 0.17, 0.85, 0.72))
    otherwise = merged(effect.both, effect.changes)
    for number, (name, groups) in enumerate(
        ((effect.usual, effect.both), (effect.otherwise, otherwise))
    ):
        scenario = region(name, **groups)
        paths = [course_of(scenario, effect.read, replicate) for replicate in range(REGIONS)]
        draw_course(axes, np.array(paths), number, name)
    bare(axes)
    axes.set_xlabel("month", fontsize=TEXT)
    axes.set_title(effect.what, fontsize=TEXT, loc="left", color=INK)
    axes.legend(frameon=False, fontsize=SMALL)
    return figure


def course_of(scenario: Scenario, read: Course, replicate: int) -> NDArray[np.float64]:
    """One region by month."""
    model = CollaborationModel(scenario, seed=scenario.seed, replicate=replicate)
    model.run_for(scenario.months)
    return read(model.recorded)
