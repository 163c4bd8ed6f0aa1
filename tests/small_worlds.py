"""Small worlds in which months take milliseconds, for tests of what must hold in every world."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from collabsim.borrowing import borrowed
from collabsim.compiled import njit
from collabsim.config import Parameter, scenario_from_mapping
from collabsim.model import CollaborationModel
from collabsim.parameters import Scenario
from collabsim.world import World

SMALL: Mapping[str, Any] = {
    "name": "small",
    "months": 24,
    "history_months": 12,
    "region": {"municipality_count": 2, "provider_count": 8},
    "table": {"delegation": "selected", "seats": 3, "rotation": {"share_per_year": 0.5}},
}


def small(**groups: object) -> Scenario:
    """The small world, with groups changed key by key: ``small(table={"seats": 4}, months=12)``."""
    return scenario_from_mapping(merged(SMALL, groups))


def merged(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """``base`` with ``changes``, group by group."""
    whole = dict(base)
    for name, value in changes.items():
        old = whole.get(name)
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            whole[name] = merged(old, value)
        else:
            whole[name] = value
    return whole


def another_value(parameter: Parameter) -> Any:  # noqa: ANN401 - a parameter of any kind
    """A value of a parameter that is not its default, and far from it."""
    if parameter.kind == "true or false":
        return not parameter.default
    declaration = parameter.declaration
    values = parameter.choices or (
        (parameter.lowest, parameter.highest)
        if declaration is None or declaration.plausible is None
        else declaration.plausible
    )
    return next(value for value in reversed(values) if value != parameter.default)


@cache
def as_in_a_month(stage: Callable[..., None]) -> Callable[..., None]:
    """A stage by itself, as a month calls it: what is compiled for months is what is tested.

    Called with the world itself, it would be compiled once more, which takes longer than any test.
    """

    @njit
    def alone(world: World, *month: int) -> None:
        stage(borrowed(world), *month)

    return alone


def ran(
    scenario: Scenario, *, seed: int = 1, replicate: int = 0, trace: bool = False
) -> CollaborationModel:
    """A model of ``scenario`` after its last month."""
    model = CollaborationModel(scenario, seed=seed, replicate=replicate, trace=trace)
    model.run_for(scenario.months)
    return model


#: What says nothing about how a world stands.
NO_STATE = ("settings.", "events.", "scratch.", "luck", "case_list.", "case_count.")


def state(model: CollaborationModel) -> dict[str, np.ndarray]:
    """Every array of the model's world by name, but for settings, events, scratch and the key of luck.

    Of the cases only those that are open: where closed ones are kept depends on the stretches.
    """
    world = model.world
    active = world.case_list.active[: world.case_count.open[0]]
    return {
        name: array[active] if name.startswith("cases.") else array
        for name, array in arrays(world).items()
        if not name.startswith(NO_STATE)
    }


def arrays(world: World) -> dict[str, np.ndarray]:
    """Every column of every noun of ``world``, by name."""
    found: dict[str, np.ndarray] = {}
    for name, part in world._asdict().items():
        fields = part._asdict() if hasattr(part, "_asdict") else {"": part}
        for inner, noun in fields.items():
            path = f"{name}.{inner}".rstrip(".")
            columns = getattr(getattr(noun, "dtype", None), "names", None)
            if columns is None:
                found[path] = np.asarray(noun)
            else:
                found |= {f"{path}.{column}": np.asarray(noun[column]) for column in columns}
    return found


def differences(one: Mapping[str, np.ndarray], other: Mapping[str, np.ndarray]) -> list[str]:
    """Names of the arrays that are not the same to the last bit; NaN is like NaN."""
    assert one.keys() == other.keys()
    return [name for name in one if not np.array_equal(bits(one[name]), bits(other[name]))]


def bits(array: np.ndarray) -> np.ndarray:
    """The bytes of an array, so that 0.0 and -0.0 differ and NaN equals itself."""
    whole = np.ascontiguousarray(array)
    return np.frombuffer(whole.tobytes(), dtype=np.uint8)


def same_numbers(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """Whether outcomes agree to the last bit, undefined ones included."""
    return one.keys() == other.keys() and all(
        np.array_equal(one[name], other[name], equal_nan=True) for name in one
    )
