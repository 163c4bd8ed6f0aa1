"""The verdict on two or more scenarios: all that command line, report and app say of them.

Whoever shows numbers of a comparison takes them from here, so that the same configs give the same
numbers everywhere. ``saying`` puts them in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabsim.analysis.cause import Cause
from collabsim.analysis.comparison import Comparison, compare
from collabsim.analysis.course import Course, course
from collabsim.analysis.evidence import Evidence
from collabsim.analysis.stakes import GroupStake, stakes_of
from collabsim.metrics import METRICS, metrics_in
from collabsim.series import SERIES

if TYPE_CHECKING:
    from collabsim.experiments.robustness import Examination


@dataclass(frozen=True, slots=True, eq=False)
class WholeVerdict:
    """What can be said of scenarios against the first, which is the reference.

    Attributes:
        scenarios: names; the first is the reference.
        replicates: pairs of runs that were offered.
        months: months that a run lasts.
        comparisons: of each scenario but the first, outcome by outcome.
        courses: the path in time of each series.
        stakes: what each group of organisations gets and pays.

    """

    scenarios: tuple[str, ...]
    replicates: int
    months: int
    comparisons: tuple[Comparison, ...]
    courses: tuple[Course, ...]
    stakes: tuple[GroupStake, ...]
    causes: tuple[Cause, ...] | None = None
    """Which mechanism drives the differences; None where nobody asked, as it costs runs."""
    held: Mapping[str, Mapping[str, "Examination"]] | None = None
    """What holds under other assumptions: per scenario but the first and outcome; None likewise."""

    @property
    def reference(self) -> str:
        """Name of the scenario that others are held against."""
        return self.scenarios[0]

    @property
    def payments(self) -> tuple[GroupStake, ...]:
        """Hours that each group spends on working together."""
        return tuple(stake for stake in self.stakes if stake.stake == "hours")


def verdict_of(evidence: Evidence, outcomes: Sequence[str] = ()) -> WholeVerdict:
    """Judge scenarios.

    Args:
        evidence: the numbers of their runs.
        outcomes: which are compared, in the order of ``METRICS``; none asks for all.

    """
    courses = []
    for name in SERIES:
        paths = {s: of[name] for s, of in evidence.series.items() if name in of}
        if len(paths) == len(evidence.scenarios):
            courses.append(course(name, paths))
    # Where every run of a scenario failed there is nobody to ask.
    everybody = len(evidence.organisations) == len(evidence.scenarios)
    stakes = (
        stakes_of(evidence.organisations, evidence.months, replicates=evidence.replicates)
        if everybody
        else ()
    )
    return WholeVerdict(
        evidence.scenarios,
        len(evidence.replicates),
        evidence.months,
        comparisons_of(evidence, outcomes),
        tuple(courses),
        stakes,
    )


def comparisons_of(evidence: Evidence, outcomes: Sequence[str] = ()) -> tuple[Comparison, ...]:
    """Each scenario but the first against the first, by what matters in a region of its size.

    Args:
        evidence: the numbers of their runs.
        outcomes: which are compared, in the order of ``METRICS``; none asks for all.

    """
    reference, *others = evidence.scenarios
    all_metrics = metrics_in(evidence.number_of_organisations(reference))
    metrics = {name: all_metrics[name] for name in METRICS if not outcomes or name in outcomes}
    return tuple(
        compare(evidence.outcomes[reference], evidence.outcomes[b], metrics, a=reference, b=b)
        for b in others
    )
