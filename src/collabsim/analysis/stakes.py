"""Who gains and who loses: what each group of organisations gets, and the hours that it pays."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.comparison import OutcomeComparison, compare_outcome
from collabsim.analysis.groups import GROUPS, Members, Numbers, Table, group, means, membership

HOURS = "hours."
CARE = ".care"


@dataclass(frozen=True, slots=True)
class Stake:
    """Something that an organisation gains or loses; declared like ``metrics.Metric``.

    Attributes:
        en, nl: name in English and Dutch.
        unit: unit in words.
        direction: 1 more is better for the organisation, -1 less is better.
        matters: smallest difference that matters.
        why: reason for that.
        of: from the table and the months of a run to a value and a weight for every row; None
            where the table does not say. Runs are averaged over organisations by weight.

    """

    en: str
    nl: str
    unit: str
    direction: int
    matters: float
    why: str
    of: Callable[[Table, int], tuple[Numbers, Numbers] | None]
    of_who_they_are: bool = False
    """Whether it tells groups with other members apart by who they are, not by how they fare."""


def collaboration_hours(table: Table, months: int) -> tuple[Numbers, Numbers]:
    """Hours a month that each organisation spends on collaboration: all but care.

    Raises:
        ValueError: the table has no hours.

    """
    columns = [name for name in table if name.startswith(HOURS) and not name.endswith(CARE)]
    if not columns:
        raise ValueError("the table of organisations has no columns hours.<layer>.<purpose>")
    hours = np.sum([np.asarray(table[name], dtype=np.float64) for name in columns], axis=0) / months
    return hours, np.ones(len(hours))


def _ratio(part: str, whole: str) -> Callable[[Table, int], tuple[Numbers, Numbers] | None]:
    """One column over another; who has more of the other weighs more."""

    def of(table: Table, _: int) -> tuple[Numbers, Numbers] | None:
        if part not in table or whole not in table:
            return None
        weights = np.asarray(table[whole], dtype=np.float64)
        parts = np.asarray(table[part], dtype=np.float64)
        values = np.divide(parts, weights, out=np.full(len(parts), math.nan), where=weights > 0.0)
        return values, weights

    return of


def _column(name: str) -> Callable[[Table, int], tuple[Numbers, Numbers] | None]:
    """A column as it is, everybody weighing the same."""

    def of(table: Table, _: int) -> tuple[Numbers, Numbers] | None:
        if name not in table:
            return None
        values = np.asarray(table[name], dtype=np.float64)
        return values, np.ones(len(values))

    return of


STAKES: Mapping[str, Stake] = MappingProxyType({
    "hours": Stake(
        "hours spent on working together", "uren aan samenwerken", "hours a month", -1, 1.0,
        "an hour a month is a short meeting more or less in somebody's diary", collaboration_hours),
    "days_to_yes": Stake(
        "days until its own ask gets a yes", "dagen tot de eigen vraag een ja krijgt", "days", -1, 1.0,
        "a working day on every ask", _ratio("days_to_yes", "asks_granted")),
    "asks_granted": Stake(
        "its own asks that get a yes", "eigen vragen die een ja krijgen", "share", 1, 0.05,
        "one ask in twenty", _ratio("asks_granted", "asks_made")),
    "energy": Stake(
        "its energy for collaboration, at the end", "de eigen energie voor samenwerken, aan het eind",
        "0 to 1", 1, 0.02, "a fifth of a point on a scale of ten", _column("energy")),
    "care_hours": Stake(
        "hours of practice that it has, at the end", "uren voor de uitvoering, aan het eind", "hours a month",
        1, 5.0, "somewhat more than an hour a week of paid care", _column("practice_hours"),
        of_who_they_are=True),
})  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class GroupStake:
    """What one group gains, loses or pays in each scenario.

    Attributes:
        group: key of ``groups.group``.
        stake: key in ``STAKES``.
        values: per scenario the value [replicates], mean over the group; NaN in a run without
            such a group.
        members: per scenario the mean number of organisations in the group.
        differences: per scenario but the first, compared with the first. Groups are those of
            each scenario itself: who sits at the table may be somebody else there. Where it is,
            in any pair, a difference is partly one in who is in the group, and the verdict is
            "other parties in it".

    """

    group: str
    stake: str
    values: Mapping[str, Numbers]
    members: Mapping[str, float]
    differences: Mapping[str, OutcomeComparison]

    def told(self, scenario: str) -> OutcomeComparison | None:
        """The difference of a scenario with the first; None if it rests on fewer than two pairs."""
        found = self.differences.get(scenario)
        return None if found is None or found.pairs < 2 else found  # noqa: PLR2004 - one is luck

    def mean(self, scenario: str) -> float:
        """Mean over the pairs on which the difference rests; NaN of nothing.

        Of the first scenario over the pairs with the others if these are the same ones for all.
        What is not compared is over the runs that there are.
        """
        reference, *others = self.values
        change = self.told(scenario)
        if change is not None:
            return change.mean_b
        if scenario == reference:
            paired = [
                np.isfinite(self.values[reference]) & np.isfinite(self.values[b])
                for b in others
                if self.told(b) is not None
            ]
            if paired and all((pairs == paired[0]).all() for pairs in paired):
                return float(self.values[reference][paired[0]].mean())
        known = self.values[scenario][np.isfinite(self.values[scenario])]
        return float(known.mean()) if known.size else math.nan

    def against(self, scenario: str) -> float | None:
        """Mean of the first scenario in the pairs with this one; None if it is that of ``mean``."""
        change = self.told(scenario)
        if change is None or math.isclose(change.mean_a, self.mean(next(iter(self.values)))):
            return None
        return change.mean_a


def stakes_of(
    organisations: Mapping[str, Table],
    months: int,
    *,
    groups: Sequence[str] | None = None,
    stakes: Sequence[str] = tuple(STAKES),
    replicates: Sequence[int] | None = None,
) -> tuple[GroupStake, ...]:
    """Compare what each group gets and pays.

    Args:
        organisations: per scenario, the reference first, a table with a row a run and
            organisation: ``replicate``, ``organisation``, ``kind``, ``domain``, ``seat_months``,
            ``inner_ring``, the hours of the whole run in ``hours.<layer>.<purpose>``, of which
            those with purpose ``care`` are not collaboration, and what ``STAKES`` reads. A data frame will do.
        months: months that a run lasted.
        groups: which; by default all that there are, first those of ``GROUPS``, then by field.
        stakes: which; those that a table does not tell are left out.
        replicates: numbers of the runs; by default those in the tables.

    Raises:
        ValueError: months is not above 0, or a table has no hours.

    """
    if months <= 0:
        raise ValueError(f"a run of {months} months has no hours a month; give at least 1")
    if replicates is None:
        seen = (np.unique(np.asarray(table["replicate"])) for table in organisations.values())
        replicates = sorted(set().union(*(numbers.tolist() for numbers in seen)))
    belongs = {name: membership(table) for name, table in organisations.items()}
    if groups is None:
        found = dict.fromkeys(key for members in belongs.values() for key in members)
        groups = [*GROUPS, *sorted(key for key in found if key not in GROUPS)]
    rows = {
        name: np.searchsorted(replicates, np.asarray(table["replicate"]))
        for name, table in organisations.items()
    }
    answer = []
    for stake in stakes:
        measured = {
            name: own
            for name, table in organisations.items()
            if (own := STAKES[stake].of(table, months)) is not None
        }
        if len(measured) < len(organisations):
            continue
        for key in groups:
            if group(key).of_the_scenario and STAKES[stake].of_who_they_are:
                continue
            inside = {
                name: belongs[name].get(key, np.zeros(len(of[0]), dtype=np.bool_))
                for name, of in measured.items()
            }
            values = {
                name: means(*of, rows[name], len(replicates), inside[name])
                for name, of in measured.items()
            }
            reference, *others = values
            answer.append(
                GroupStake(
                    key,
                    stake,
                    values,
                    {
                        name: float(of.sum()) / max(1, len(replicates))
                        for name, of in inside.items()
                    },
                    {
                        name: _compared(
                            stake,
                            key,
                            (values[reference], values[name]),
                            (organisations[reference], organisations[name]),
                            (inside[reference], inside[name]),
                            np.asarray(replicates),
                        )
                        for name in others
                    },
                )
            )
    return tuple(answer)


def _compared(
    stake: str,
    key: str,
    values: tuple[Numbers, Numbers],
    tables: tuple[Table, Table],
    inside: tuple[Members, Members],
    replicates: NDArray[np.int64],
) -> OutcomeComparison:
    """One stake of a group in two scenarios; no verdict where the group consists of others."""
    outcome = compare_outcome(stake, *values, STAKES[stake])
    paired = replicates[np.isfinite(values[0]) & np.isfinite(values[1])]
    if not (paired.size and group(key).of_the_scenario):
        return outcome
    one, other = (
        _names(table, members, paired) for table, members in zip(tables, inside, strict=True)
    )
    if one == other:
        return outcome
    return replace(outcome, verdict="other parties in it", replicates_needed=None)


def _names(table: Table, members: Members, replicates: NDArray[np.int64]) -> set[tuple[int, str]]:
    """Replicate and name of every member of a group, in some replicates."""
    run, names = np.asarray(table["replicate"]), np.asarray(table["organisation"], dtype=np.str_)
    counted = members & np.isin(run, replicates)
    return set(zip(run[counted].tolist(), names[counted].tolist(), strict=True))
