"""Grades from 1 to 10: how a collaboration stands on five conditions and in public value.

A grade is read off the state and is written nowhere into it. It is the mean of a few numbers between
0 and 1, its parts, put on the scale along three anchors: 1 where all parts are 0, 10 where all are 1,
and 6.7 for the mean of the worlds in `results/reference/grades.csv`, because networks that grade
themselves give 6.7 on average.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from numpy.typing import NDArray

from collabsim.parameters.grades import HIGHEST, LOWEST
from collabsim.record import Count, Level

#: What networks give themselves on average (source: thermometer).
USUAL = 6.7
#: Public value is of the residents of this many months.
YEAR = 12


@dataclass(frozen=True, slots=True)
class Grade:
    """One of the six.

    Attributes:
        name: as in configs and, after ``grade_``, in results.
        en: what it is a grade for, in English.
        nl: the same in Dutch.
        parts: names of what it is the mean of, see ``parts_of``.
        usual: the mean of its parts in the worlds that get 6.7 on average.

    """

    name: str
    en: str
    nl: str
    parts: tuple[str, ...]
    usual: float

    def of(self, standing: Mapping[str, float]) -> float:
        """The grade of a region that stands so; NaN where none of its parts is known."""
        known = [standing[part] for part in self.parts if not math.isnan(standing[part])]
        if not known:
            return math.nan
        mean = math.fsum(known) / len(known)
        if mean <= self.usual:
            return LOWEST + (USUAL - LOWEST) * mean / self.usual
        return USUAL + (HIGHEST - USUAL) * (mean - self.usual) / (1.0 - self.usual)


GRADES: Mapping[str, Grade] = MappingProxyType({
    grade.name: grade
    for grade in (
        Grade("ambition", "the shared ambition", "de gedeelde ambitie",
              ("ambition_concrete", "images_alike"), 0.370),
        Grade("interests", "doing right by interests", "recht doen aan belangen",
              ("interests_known", "mutual_gains"), 0.151),
        Grade("relation", "the relation", "de relatie",
              ("integrity_trust", "competence_trust", "acquaintance"), 0.476),
        Grade("organisation", "the organisation", "de organisatie",
              ("acquaintance_of_managers", "acquaintance_of_boards"), 0.069),
        Grade("process", "the process", "het proces",
              ("energy", "grievance_aired"), 0.506),
        Grade("public_value", "public value", "publieke waarde",
              ("helped_well",), 0.277),
    )
})  # fmt: skip


def parts_of(levels: NDArray, counts: NDArray) -> dict[str, float]:  # type: ignore[type-arg]
    """Parts of all grades, each from 0 to 1.

    Args:
        levels: [Level] as measured at the end of a month.
        counts: [Count] summed over the year that ended with it.

    """
    closed = int(counts[Count.HELPED] + counts[Count.FAILED])
    well = int(counts[Count.HELPED] - counts[Count.HELPED_WITH_ERROR])
    return {
        "ambition_concrete": float(levels[Level.CONCRETE]),
        # Numbers between 0 and 1 lie at most half apart from their mean, as standard deviation.
        "images_alike": 1.0 - 2.0 * float(levels[Level.IMAGES_APART]),
        "interests_known": float(levels[Level.INTERESTS_KNOWN]),
        "mutual_gains": float(levels[Level.MUTUAL_GAINS]),
        "integrity_trust": float(levels[Level.INTEGRITY]),
        "competence_trust": float(levels[Level.COMPETENCE]),
        "acquaintance": float(levels[Level.ACQUAINTANCE]),
        "acquaintance_of_managers": float(levels[Level.ACQUAINTANCE_OF_MANAGERS]),
        "acquaintance_of_boards": float(levels[Level.ACQUAINTANCE_OF_BOARDS]),
        "energy": float(levels[Level.ENERGY]),
        "grievance_aired": 1.0 - float(levels[Level.GRIEVANCE]),
        "helped_well": well / closed if closed else math.nan,
    }


def grades_of(standing: Mapping[str, float]) -> dict[str, float]:
    """All six grades, by name."""
    return {name: grade.of(standing) for name, grade in GRADES.items()}
