"""The table of kept worlds, and how a scenario is put in one of them."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from collabsim.analysis.calibration import JUDGEMENT
from collabsim.config import Parameter, differences, parameters
from collabsim.parameters import Scenario

type Value = float | int | bool | str

WORLDS, PATTERNS = "kept.csv", "patterns.csv"
#: Column of the number of a world.
NUMBER = "world"


@dataclass(frozen=True, slots=True)
class KeptWorld:
    """One set of values for all that is uncertain, that no pattern rules out.

    Attributes:
        number: its place among the worlds that were drawn; it stays when others are left out.
        values: by path of the parameter; the same paths in each world.

    """

    number: int
    values: Mapping[str, Value]


@cache
def kept_worlds() -> tuple[KeptWorld, ...]:
    """All worlds that ship, in order of number; the same ones from a folder and from a wheel.

    The first so many are as good a sample as any: numbers were given by lot.
    """
    return tuple(
        KeptWorld(
            int(row.pop(NUMBER)),
            MappingProxyType({path: value_of(parameters()[path], row[path]) for path in row}),
        )
        for row in rows_of(WORLDS)
    )


def fitted_facts() -> tuple[str, ...]:
    """The facts, like "F27", that chose the worlds: they are no test of the model any more."""
    found = (row["fact"] for row in rows_of(PATTERNS))
    return tuple(dict.fromkeys(fact for fact in found if fact != JUDGEMENT))


def in_world(scenario: Scenario, world: KeptWorld) -> Scenario:
    """The scenario with the assumptions of a world.

    What a scenario sets on purpose stays as it is, since that is what it is about: every parameter
    whose value is not the default, and every one that its timeline changes. All else that is
    uncertain takes the world's value. So two scenarios in one world differ in what they set, and in
    nothing else. A value equal to the default counts as not set, wherever it was written.

    Args:
        scenario: stays as it is.
        world: one of ``kept_worlds``.

    Raises:
        ConfigError: the world's values break a rule together with what the scenario sets.

    """
    from collabsim.experiments.sweep_files import with_point

    own = set_on_purpose(scenario)
    return with_point(scenario, {p: v for p, v in world.values.items() if p not in own})


def set_on_purpose(scenario: Scenario) -> set[str]:
    """Paths of what differs from the default, or is changed by the timeline."""
    changed = {path for change in scenario.timeline for path in change.set}
    return changed | set(paths_in(differences(scenario), ""))


def paths_in(changes: Mapping[str, object], group: str) -> list[str]:
    """Paths of single values in nested groups."""
    found: list[str] = []
    for key, value in changes.items():
        path = f"{group}{key}"
        if isinstance(value, Mapping) and path not in parameters():
            found += paths_in(value, f"{path}.")
        else:
            found.append(path)
    return found


def value_of(parameter: Parameter, text: str) -> Value:
    """A value of the table, as the parameter has it."""
    match parameter.kind:
        case "number":
            return float(text)
        case "whole number":
            return int(text)
        case "true or false":
            return text == "True"
        case _:
            return text


def rows_of(name: str) -> list[dict[str, str]]:
    """A table that ships in this package."""
    text = (files("collabsim.worlds") / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
