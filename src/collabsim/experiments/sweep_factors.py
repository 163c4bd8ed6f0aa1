"""The factors of a sweep file: parameters with values one by one, a range, or all that is plausible."""

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from collabsim.config.catalogue import Parameter, parameters
from collabsim.config.errors import ConfigError, shown
from collabsim.config.nodes import Node
from collabsim.experiments.designs import Factor
from collabsim.parameters.scenario import LABELS

type Given = Mapping[str, Any] | Literal["all"]

#: What a config calls factors, and what one of them is called.
ROLES = {"levers": "lever", "uncertainties": "uncertainty", "constants": "constant"}
PLAUSIBLE, ALL = "plausible", "all"
#: No factor: what a run is drawn or called by, and what is no single value.
NEVER = (*LABELS, "seed", "schema", "timeline", "region.organisations")


def factors_of(root: Node, given: Mapping[str, Given], *, sampled: bool) -> Iterator[Factor]:
    """The factors of a sweep, in the order of ``ROLES`` and of the file.

    Args:
        root: the file, for the places of values.
        given: by word of ``ROLES``, what the file says of each parameter.
        sampled: whether the design draws from ranges.

    Raises:
        ConfigError: something is no factor.

    """
    seen: set[str] = set()
    for role in ROLES:
        named = given[role]
        if isinstance(named, str):
            yield from (
                all_of(parameter) for parameter in uncertain() if parameter.path not in seen
            )
            continue
        for path, value in named.items():
            node = root.at((role, path))
            if path in seen:
                raise bad_factor(node, path, value, f"{path} is named twice", "name it once")
            seen.add(path)
            yield factor_of(node, path, role, value, sampled=sampled)


def uncertain() -> list[Parameter]:
    """Every parameter that is uncertain and has a plausible range."""
    return [
        p
        for p in parameters().values()
        if p.declaration is not None
        and p.declaration.role == "uncertainty"
        and p.declaration.plausible is not None
    ]


def all_of(parameter: Parameter) -> Factor:
    """The plausible values of a parameter that has them."""
    declaration = parameter.declaration
    assert declaration is not None  # noqa: S101 - who calls this has seen to it
    plausible = declaration.plausible or ()
    role = declaration.role
    if parameter.kind in {"number", "whole number"}:
        low, high = float(plausible[0]), float(plausible[-1])
        log = declaration.distribution == "log-uniform"
        return Factor(parameter.path, role, (), low, high, log, parameter.kind == "whole number")
    return Factor(parameter.path, role, tuple(plausible))


def factor_of(node: Node, path: str, role: str, value: object, *, sampled: bool) -> Factor:
    """One factor of a config: a list of values, a range, or ``plausible``."""
    parameter = parameters().get(path)
    if parameter is None or path.startswith(NEVER):
        raise bad_factor(
            node, path, value, f"{path} is no parameter that can be a factor",
            "`collabsim describe` lists all parameters; the seed is never a factor",
        )  # fmt: skip
    singular = ROLES[role]
    if value == PLAUSIBLE:
        declaration = parameter.declaration
        if declaration is None or declaration.plausible is None:
            raise bad_factor(
                node, path, value, f"{path} has no plausible range", "give low and high, or values"
            )
        factor = all_of(parameter)
        ends = (factor.at(0.0), factor.at(1.0)) if not (factor.values or sampled) else factor.values
        return Factor(path, singular, ends, factor.low, factor.high, factor.log, factor.whole)
    if isinstance(value, list):
        if not value:
            raise bad_factor(node, path, value, f"{path} has no values", "list at least one")
        for one in value:
            check_value(node, parameter, one)
        return Factor(path, singular, tuple(value))
    if isinstance(value, Mapping):
        return range_of(node, parameter, singular, value)
    raise bad_factor(
        node, path, value, f"{path} is {shown(value)}",
        "write a list of values, a range {low: 1, high: 9}, or plausible",
    )  # fmt: skip


def range_of(node: Node, parameter: Parameter, role: str, value: Mapping[str, object]) -> Factor:
    """A range of a config: low, high and, on a log scale, log."""
    path, low, high, log = (
        parameter.path,
        value.get("low"),
        value.get("high"),
        value.get("log", False),
    )
    numbers = all(isinstance(n, int | float) and not isinstance(n, bool) for n in (low, high))
    if set(value) - {"low", "high", "log"} or not numbers or not isinstance(log, bool):
        raise bad_factor(
            node, path, dict(value), f"the range of {path} cannot be read",
            "write {low: 1, high: 9}, and log: true for a log scale",
        )  # fmt: skip
    if parameter.kind not in {"number", "whole number"}:
        raise bad_factor(node, path, dict(value), f"{path} is no number", "list its values")
    assert isinstance(low, int | float)  # noqa: S101 - looked at above
    assert isinstance(high, int | float)  # noqa: S101
    if not low < high or (log and low <= 0):
        raise bad_factor(
            node, path, dict(value), f"the range of {path} goes from {low} to {high}",
            "give a low below the high, and above 0 on a log scale",
        )  # fmt: skip
    whole = parameter.kind == "whole number"
    for end in (low, high):
        check_value(node, parameter, end if whole else float(end))
    return Factor(path, role, (), float(low), float(high), log, whole)


def check_value(node: Node, parameter: Parameter, value: object) -> None:
    """Refuse a value of another kind than its parameter has, or beyond what is allowed.

    Raises:
        ConfigError: it is.

    """
    number = isinstance(value, int | float) and not isinstance(value, bool)
    match parameter.kind:
        case "true or false":
            fits = isinstance(value, bool)
        case "whole number":
            fits = number and isinstance(value, int)
        case "number":
            fits = number
        case "choice":
            fits = not isinstance(value, list | Mapping) and value in parameter.accepted
        case "list":
            fits = isinstance(value, list)
        case _:
            fits = isinstance(value, str)
    if fits and number:
        assert isinstance(value, int | float)  # noqa: S101 - it is a number
        fits = (parameter.lowest is None or value >= parameter.lowest) and (
            parameter.highest is None or value <= parameter.highest
        )
    if not fits:
        raise bad_factor(
            node, parameter.path, value, f"{parameter.path} cannot be {shown(value)}",
            f"give {parameter.rule()}",
        )  # fmt: skip


def bad_factor(node: Node, path: str, value: object, found: str, repair: str) -> ConfigError:
    """An error about a factor."""
    return ConfigError.in_english(
        found,
        rule="a factor is a parameter with values or a range",
        repair=repair,
        place=node.place,
        key=path,
        value=value,
    )
