"""The yardstick for 1 + 1: what the same residents get when nobody has contact with anybody.

Needs are handed over by letter and every party works alone. Nobody then meets, learns of another or
is told anything, so whatever lies between parties keeps its usual value here. That makes the
yardstick of two scenarios one and the same where they differ in nothing else.
"""

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.config import identity
from collabsim.founding import first_world
from collabsim.month_alone import months_pass_alone
from collabsim.parameters import Scenario
from collabsim.parameters.declaring import Group
from collabsim.randomness import Luck
from collabsim.record import Count, empty_record
from collabsim.remembering import once_for_each
from collabsim.settings import settings_of, settled_at
from collabsim.stretches import pass_months
from collabsim.world import World, copied

#: Groups of the scenario that no month before month 0 reads, and the yardstick never.
TOGETHER = ("networks", "table", "sessions", "rules", "connector", "organising", "incidents")
#: Groups that the months before month 0 read, but not those in which nobody has contact.
BETWEEN = ("choice", "cooperation", "learning", "exposure", "word", "third_parties")
#: The same of other groups. Contracts are renewed on experience, and here nobody has any: what
#: is divided anew is divided as it was.
BESIDE: Mapping[str, tuple[str, ...]] = {
    "commissioning": ("renewed_share_per_year", "track_record_weight", "dependence_weight"),
    "people": ("mover_keeps", "handover", "second_present"),
    "attention": (
        "networking_share", "table_hours", "preparation_hours", "travel_hours", "mail_hours",
        "voice_hours", "review_hours", "one_to_one_hours", "ask_hours", "joint_case_hours", "report_hours",
    ),
    "promises": (
        "optimism", "pressure", "embarrassment", "pledge_binding", "commits_per_hour",
        "commitment_binding", "commitment_fades_per_month",
    ),
    "casework": (
        "contacts", "residents_join", "resident_tells", "reviews_cases", "days_per_ask",
        "internal_delay_days",
    ),
}  # fmt: skip

#: What keeps parties apart.
APART: Mapping[str, Mapping[str, Any]] = {
    "casework": {"contacts": False},
    "commissioning": {"renewed_share_per_year": 0.0},
    "table": {"delegation": "nobody"},
}

#: By month, residents helped without an error.
type HelpedWell = NDArray[np.int64]
#: Gives what the yardstick of a scenario counts in one draw of luck, from the first world if that is
#: there already.
type Measured = Callable[[Scenario, Luck, World | None], HelpedWell]


def is_felt_alone(path: str) -> bool:
    """Whether the yardstick reads the parameter at ``path``."""
    group, _, name = path.partition(".")
    return group not in (*TOGETHER, *BETWEEN) and name not in BESIDE.get(group, ())


def felt_alone(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the ``changes`` on a timeline that the yardstick feels too."""
    return {path: value for path, value in changes.items() if is_felt_alone(path)}


def usual_together() -> dict[str, Group]:
    """The groups that only matter when parties sit together, at their usual values."""
    usual = Scenario()
    return {name: getattr(usual, name) for name in TOGETHER}


def switched_off(group: Group) -> Group:
    """A group of the same kind at its usual values, switched off where it can be."""
    kind = type(group)
    return kind(enabled=False) if "enabled" in kind.model_fields else kind()  # type: ignore[call-arg]


@once_for_each
def yardstick(scenario: Scenario) -> Scenario:
    """The same residents and houses, with the same changes on the timeline, and no contact at all."""
    usual = Scenario()
    changes = [
        change.model_copy(update={"set": kept})
        for change in scenario.timeline
        if (kept := felt_alone(change.set))
    ]
    update: dict[str, Any] = {"timeline": tuple(changes), "grades": usual.grades}
    update |= {name: switched_off(getattr(scenario, name)) for name in (*TOGETHER, *BETWEEN)}
    for name, parameters in BESIDE.items():
        reset = {parameter: getattr(getattr(usual, name), parameter) for parameter in parameters}
        update[name] = getattr(scenario, name).model_copy(update=reset)
    for name, values in APART.items():
        update[name] = update[name].model_copy(update=values)
    return scenario.model_copy(update=update)


def with_any_seed(scenario: Scenario) -> Scenario:
    """One and the same scenario for all that differ in nothing but the seed."""
    return scenario.model_copy(update={"seed": Scenario().seed})


@once_for_each
def yardstick_key(scenario: Scenario) -> str:
    """Equal for scenarios that have the same yardstick."""
    return identity(with_any_seed(yardstick(scenario)))


def helped_alone(scenario: Scenario, luck: Luck, first: World | None = None) -> HelpedWell:
    """Residents helped without an error by month, from month 0 on, by houses without any contact.

    Args:
        scenario: what the yardstick is of.
        luck: seed and replicate.
        first: the first world of its region, if it is there already; stays as it is.

    """
    world = first_world(scenario, luck)[1] if first is None else copied(first)
    apart, before, size = yardstick(scenario), scenario.history_months, world.ties.other.shape
    world = world._replace(settings=settings_of(apart), record=empty_record(1, *size))
    world = pass_months(world, -before, before, months_pass_alone)
    world = world._replace(record=empty_record(scenario.months, *size))
    changes = {change.month for change in apart.timeline if 0 < change.month < apart.months}
    for month, end in pairwise([0, *sorted(changes), apart.months]):
        world = world._replace(settings=settings_of(settled_at(apart, month)))
        world = pass_months(world, month, end - month, months_pass_alone)
    counts = world.record.months.counts
    return np.asarray(counts[:, Count.HELPED] - counts[:, Count.HELPED_WITH_ERROR])
