"""The timeline of a config: changes during the run, checked in the order in which they happen."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from collabsim.config.catalogue import Location, groups, parameters
from collabsim.config.clash import Clash
from collabsim.config.consistency import clashes
from collabsim.config.errors import REMOVE_ONE, ConfigError, did_you_mean, shown
from collabsim.config.nodes import Node
from collabsim.config.validation import error_at, must_be, repair_of
from collabsim.parameters.declaring import Group
from collabsim.parameters.scenario import Change, Scenario
from collabsim.phrases import Phrase

# What the timeline may change; anything else is settled before month 0.
CHANGEABLE_GROUPS = (
    "commissioning",
    "people",
    "attention",
    "choice",
    "cooperation",
    "promises",
    "casework",
    "learning",
    "exposure",
    "word",
    "third_parties",
    "rules",
    "sessions",
    "connector",
    "energy",
    "organising",
    "incidents",
    "table",
)
FIXED_PARAMETERS = (
    "casework.contacts",
    "casework.internal_delay_days",
    "people.second_contacts",
    "learning.start_competence",
    "exposure.concrete_at_start",
    "learning.start_integrity",
    "commissioning.target_load",
    "commissioning.indirect_share",
    "commissioning.contracts_per_provider",
    "commissioning.region_share",
    "attention.access_hours_per_case",
    "attention.municipality_management_hours",
    "attention.municipality_board_hours",
    "attention.provider_management_hours",
    "attention.provider_board_hours",
    "table.first_meeting_month",
)


def with_flat_timeline(root: Node) -> Node:
    """Write ``set: {table: {seats: 12}}`` as ``set: {table.seats: 12}``; both may be used."""
    timeline = root.value.get("timeline")
    if timeline is None or not isinstance(timeline.value, list):
        return root
    entries = []
    for entry in timeline.value:
        changes = entry.at(("set",))
        flat = entry
        if isinstance(entry.value, dict) and isinstance(changes.value, dict):
            inner = Node(dict(flattened(changes, "")), changes.place)
            flat = Node({**entry.value, "set": inner}, entry.place)
        entries.append(flat)
    return Node({**root.value, "timeline": Node(entries, timeline.place)}, root.place)


def flattened(changes: Node, path: str) -> Iterator[tuple[str, Node]]:
    """Give the changes with dotted paths."""
    for key, node in changes.value.items():
        here = f"{path}.{key}" if path else key
        if here in groups() and isinstance(node.value, dict):
            yield from flattened(node, here)
        else:
            yield here, node


def with_checked_timeline(scenario: Scenario, root: Node) -> Scenario:
    """Check every change in the order in which it happens, and give its values their types."""
    found: list[ConfigError] = []
    world = scenario
    checked: dict[int, Change] = {}
    seen: set[tuple[int, str]] = set()
    order = sorted(range(len(scenario.timeline)), key=lambda i: scenario.timeline[i].month)
    for i in order:
        change = scenario.timeline[i]
        found += [error_at(root, clash) for clash in misplaced(scenario, i, seen)]
        if found:
            continue
        values = dict(change.set)
        for path, value in change.set.items():
            try:
                world = changed(world, path, value)
            except ValidationError:
                known = parameters()[path]
                at: Location = ("timeline", i, "set", path)
                clash = Clash(
                    at,
                    value,
                    Phrase(f"{path} is {shown(value)}", f"{path} is {shown(value, 'nl')}"),
                    must_be(known),
                    repair_of(value, known.accepted, known.kind, known.default),
                )
                found.append(error_at(root, clash))
            else:
                values[path] = value_at(world, path)
        checked[i] = Change(month=change.month, set=values)
        if not found:
            found += [after_change(root, i, clash) for clash in clashes(world)]
    if found:
        raise ConfigError.first_of(found)
    if not checked:
        return scenario
    timeline = tuple(checked[i] for i in range(len(checked)))
    return scenario.model_copy(update={"timeline": timeline})


def after_change(root: Node, i: int, clash: Clash) -> ConfigError:
    """Give the error for a rule that a change of the timeline breaks."""
    base: Location = ("timeline", i, "set")
    paths = [".".join(str(part) for part in at) for at in (clash.at, *clash.others)]
    at = next((p for p in ((*base, path) for path in paths) if root.holds(p)), base)
    found = Phrase(f"from this month on {clash.found}", f"vanaf deze maand: {clash.found.nl}")
    return error_at(root, clash._replace(at=at, others=(), found=found))


def misplaced(scenario: Scenario, i: int, seen: set[tuple[int, str]]) -> Iterator[Clash]:
    """Give what is wrong with month and paths of one change."""
    change, may_change = scenario.timeline[i], ", ".join(CHANGEABLE_GROUPS)
    if change.month >= scenario.months:
        yield Clash(
            ("timeline", i, "month"),
            change.month,
            Phrase(
                f"this change falls in month {change.month}, "
                f"and the run has {scenario.months} months",
                f"deze verandering valt in maand {change.month}, "
                f"en de simulatie duurt {scenario.months} maanden",
            ),
            Phrase(
                f"a change falls in a month from 0 to {scenario.months - 1}",
                f"een verandering valt in een maand van 0 tot en met {scenario.months - 1}",
            ),
            Phrase(
                "choose an earlier month, or raise months",
                "kies een eerdere maand, of maak months hoger",
            ),
        )
    for path, value in change.set.items():
        at: Location = ("timeline", i, "set", path)
        if path not in parameters():
            near = get_close_matches(path, changeable_paths(), n=1)
            yield Clash(
                at,
                value,
                Phrase(
                    f'there is no parameter "{path[:60]}"', f'er is geen parameter "{path[:60]}"'
                ),
                Phrase(
                    "a change sets parameters by their path",
                    "een verandering noemt elke parameter met het volledige pad",
                ),
                did_you_mean(near[0])
                if near
                else Phrase("write it like table.seats: 12", "schrijf het zoals table.seats: 12"),
            )
        elif path not in changeable_paths():
            yield Clash(
                at,
                value,
                Phrase(
                    f"{path} is changed during the run",
                    f"{path} verandert tijdens de simulatie",
                ),
                Phrase(
                    f"it is settled before month 0; a change may set only {may_change}",
                    f"dat ligt vóór maand 0 vast; veranderen kan alleen {may_change}",
                ),
                Phrase(
                    "remove it here, and set it in a scenario of its own",
                    "verwijder het hier, en stel het in een eigen scenario in",
                ),
            )
        elif (change.month, path) in seen:
            yield Clash(
                at,
                value,
                Phrase(
                    f"{path} is set for the second time in month {change.month}",
                    f"{path} verandert voor de tweede keer in maand {change.month}",
                ),
                Phrase(
                    "a parameter is set once in a month",
                    "een parameter verandert hooguit één keer in een maand",
                ),
                REMOVE_ONE,
            )
        seen.add((change.month, path))


def changeable_paths() -> list[str]:
    """Give the paths that the timeline may set."""
    return [
        path
        for path in parameters()
        if path.partition(".")[0] in CHANGEABLE_GROUPS and path not in FIXED_PARAMETERS
    ]


def changed(scenario: Scenario, path: str, value: object) -> Scenario:
    """Give the scenario with one value changed.

    Raises:
        ValidationError: the value has the wrong type or is out of range.

    """
    parts = path.split(".")
    chain: list[Group] = [scenario]
    for part in parts[:-1]:
        chain.append(getattr(chain[-1], part))
    new: Any = value
    for group, part in zip(reversed(chain), reversed(parts), strict=True):
        fields = {name: getattr(group, name) for name in type(group).model_fields}
        by_key = {(type(group).model_fields[n].alias or n): v for n, v in fields.items()}
        new = type(group).model_validate({**by_key, part: new})
    if not isinstance(new, Scenario):
        raise TypeError(f"{path} leads to {type(new).__name__}, not to a scenario")
    return new


def value_at(scenario: Scenario, path: str) -> Any:  # noqa: ANN401 - a parameter of any type
    """Give the value of one parameter by its path."""
    value: Any = scenario
    for part in path.split("."):
        value = getattr(value, "schema_version" if part == "schema" else part)
    return value
