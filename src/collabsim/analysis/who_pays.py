"""Who pays: the hours a month that each group spends on working together."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collabsim.analysis.comparison import OutcomeComparison, compare_outcome

type Table = Mapping[str, ArrayLike]
type Numbers = NDArray[np.float64]

HOURS = "hours."
CARE = ".care"


@dataclass(frozen=True, slots=True)
class Payers:
    """A group of organisations that may pay differently; ``metrics.Metric`` for its hours.

    Attributes:
        en, nl: name in English and Dutch.
        unit: hours that one organisation of the group spends in a month.
        direction: -1, as hours spent on meeting are not spent on residents.
        matters: an hour a month is a short meeting more or less in somebody's diary.

    """

    en: str
    nl: str
    unit: str = "hours a month"
    direction: int = -1
    matters: float = 1.0


PAYERS: Mapping[str, Payers] = {
    "municipalities": Payers("municipalities", "gemeenten"),
    "seated": Payers("providers with a seat", "aanbieders met een zetel"),
    "at_home": Payers("providers without a seat", "aanbieders zonder zetel"),
    "inner_ring": Payers("inner ring", "binnenring"),
    "outer_ring": Payers("outer ring", "buitenring"),
}


@dataclass(frozen=True, slots=True)
class Payment:
    """What one group pays in each scenario.

    Attributes:
        group: key in ``PAYERS``.
        hours: per scenario the hours [replicates] that an organisation of the group spends on
            collaboration in a month, mean over the group; NaN in a run without such a group.
        members: per scenario the mean number of organisations in the group.
        differences: per scenario but the first, compared with the first. Groups are those of
            each scenario itself: who sits at the table may be somebody else there.

    """

    group: str
    hours: Mapping[str, Numbers]
    members: Mapping[str, float]
    differences: Mapping[str, OutcomeComparison]


def who_pays(organisations: Mapping[str, Table], months: int) -> tuple[Payment, ...]:
    """Compare what each group pays, in hours a month for one organisation.

    Args:
        organisations: per scenario, the reference first, a table with a row a run and
            organisation: ``replicate``, ``kind`` (municipality, provider ...), ``seat_months``,
            ``inner_ring``, and the hours of the whole run in columns ``hours.<layer>.<purpose>``,
            of which those with purpose ``care`` are not collaboration. A data frame will do.
        months: months that a run lasted.

    Returns:
        One payment a group, in the order of ``PAYERS``. A seat is counted if it was held in any
        month; the rings are those that were found, so a run without one has neither.

    Raises:
        ValueError: months is not above 0, or a table has no hours.

    """
    if months <= 0:
        raise ValueError(f"a run of {months} months has no hours a month; give at least 1")
    replicates = sorted(
        set().union(*(np.unique(table["replicate"]).tolist() for table in organisations.values()))
    )
    by_group = {name: _by_group(table, months, replicates) for name, table in organisations.items()}
    reference = next(iter(organisations), None)
    payments = []
    for group, payers in PAYERS.items():
        hours = {name: groups[group][0] for name, groups in by_group.items()}
        differences = {
            name: compare_outcome(group, hours[reference], values, payers)
            for name, values in hours.items()
            if reference is not None and name != reference
        }
        members = {name: groups[group][1] for name, groups in by_group.items()}
        payments.append(Payment(group, hours, members, differences))
    return tuple(payments)


def _by_group(table: Table, months: int, replicates: list[int]) -> dict[str, tuple[Numbers, float]]:
    """Per group the mean hours in each replicate, and the mean number of members."""
    columns = [name for name in table if name.startswith(HOURS) and not name.endswith(CARE)]
    if not columns:
        raise ValueError("the table of organisations has no columns hours.<layer>.<purpose>")
    hours = np.sum([np.asarray(table[name], dtype=np.float64) for name in columns], axis=0) / months
    row = np.searchsorted(replicates, np.asarray(table["replicate"]))
    provider = np.asarray(table["kind"]) == "provider"
    seated = np.asarray(table["seat_months"], dtype=np.float64) > 0
    inside = np.asarray(table["inner_ring"], dtype=np.bool_)
    ring = np.bincount(row[inside], minlength=len(replicates))[row] > 0
    belongs = {
        "municipalities": np.asarray(table["kind"]) == "municipality",
        "seated": provider & seated,
        "at_home": provider & ~seated,
        "inner_ring": inside,
        "outer_ring": ring & ~inside,
    }
    groups = {}
    for group, members in belongs.items():
        counted = np.bincount(row[members], minlength=len(replicates))
        spent = np.bincount(row[members], hours[members], minlength=len(replicates))
        mean = np.divide(spent, counted, out=np.full(len(replicates), math.nan), where=counted > 0)
        groups[group] = (mean, float(counted.mean()) if replicates else 0.0)
    return groups
