"""Paths: what a run recorded, month by month."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.metrics import ENDINGS, HOURS, SHARE
from collabsim.record import Count, Level
from collabsim.recorded import Recorded


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


def shares(part: NDArray[Any], whole: NDArray[Any]) -> NDArray[np.float64]:
    """A share by month; NaN in months without a whole."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(part / whole)


def monthly_days(run: Recorded) -> NDArray[np.float64]:
    """Mean days until help was complete, of residents helped in each month."""
    return shares(run.level(Level.DAYS_TO_HELP), run.monthly(Count.HELPED))


SERIES: Mapping[str, Series] = MappingProxyType({
    s.name: s
    for s in (
        Series("cooperation_rate", "decisions to cooperate", "keuzes om samen te werken", SHARE,
               lambda r: shares(r.monthly(Count.COOPERATED), r.monthly(Count.DECISIONS))),
        Series("residents_helped", "residents helped", "geholpen inwoners", "residents a month",
               lambda r: r.monthly(Count.HELPED).astype(float)),
        Series("days_to_help", "days until help is complete", "dagen tot de hulp rond is", "days", monthly_days),
        Series("open_cases", "open cases", "open casussen", "cases",
               lambda r: r.monthly(Count.OPEN_CASES).astype(float)),
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
               lambda r: shares(r.monthly(Count.KEPT), np.sum([r.monthly(end) for end in ENDINGS], axis=0))),
    )
})  # fmt: skip
