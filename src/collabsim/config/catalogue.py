"""Every parameter by its path in a config: what it means and which values it takes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeAliasType, Union, get_args, get_origin

import annotated_types
from pydantic.fields import FieldInfo

from collabsim.config.errors import plain_number, shown
from collabsim.parameters.declaring import OWN_CHOICES, Declaration, Group
from collabsim.parameters.scenario import Scenario
from collabsim.phrases import Phrase

type Location = tuple[str | int, ...]
type Kind = Literal["true or false", "whole number", "number", "choice", "text", "list", "group"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One key of a config.

    Attributes:
        path: like "table.rotation.share_per_year".
        kind: what is written there.
        default: the value when a config says nothing, as it stands in a config.
        lowest: smallest number (or shortest length) allowed, None where there is none.
        highest: largest number (or length) allowed, None where there is none.
        choices: the words to choose from.
        en: meaning in English.
        nl: meaning in Dutch.
        declaration: unit, role, grade, source and plausible range; None for names, switches
            and lists, which nobody samples.

    """

    path: str
    kind: Kind
    default: Any
    lowest: float | None
    highest: float | None
    choices: tuple[Any, ...]
    en: str
    nl: str
    declaration: Declaration | None

    @property
    def group(self) -> str:
        """Path of the group, "" for the scenario itself."""
        return self.path.rpartition(".")[0]

    @property
    def name(self) -> str:
        """Last part of the path."""
        return self.path.rpartition(".")[2]

    @property
    def accepted(self) -> tuple[Any, ...]:
        """The words to choose from, with those of the user's own file that is in use."""
        return (*self.choices, *sorted(OWN_CHOICES.get(self.path, ())))

    def rule(self) -> Phrase:
        """Say what may be written: "a whole number from 1 to 5000"."""
        bounds = self.bounds()
        match self.kind:
            case "choice":
                *others, last = (shown(choice) for choice in self.accepted)
                listed = ", ".join(others)
                one_of = Phrase(f"one of {listed}, {last}", f"{listed} of {last}")
                return one_of if others else Phrase(last, last)
            case "whole number" | "number":
                getal = "een geheel getal" if self.kind == "whole number" else "een getal"
                return Phrase(f"a {self.kind}{bounds}", f"{getal}{bounds.nl}")
            case "text":
                most = self.highest
                return Phrase(
                    f"text of at most {most:.0f} characters" if most else "text",
                    f"tekst van hooguit {most:.0f} tekens" if most else "tekst",
                )
            case "list":
                return Phrase(f"a list{bounds}", f"een lijst{bounds.nl}")
            case "group":
                return Phrase("a group of keys", "een groep sleutels")
            case "true or false":
                return Phrase("true or false", "true of false")

    def bounds(self) -> Phrase:
        """Say the range: " from 0 to 1", or nothing."""
        low = "" if self.lowest is None else plain_number(self.lowest)
        high = "" if self.highest is None else plain_number(self.highest)
        listed = self.kind == "list"
        items, onderdelen = (" items", " onderdelen") if listed else ("", "")
        if low and high:
            return Phrase(
                f" {'of' if listed else 'from'} {low} to {high}{items}",
                f" van {low} tot en met {high}{onderdelen}",
            )
        if low:
            return Phrase(f" of at least {low}{items}", f" van minstens {low}{onderdelen}")
        if high:
            return Phrase(f" of at most {high}{items}", f" van hooguit {high}{onderdelen}")
        return Phrase("", "")


@cache
def parameters() -> dict[str, Parameter]:
    """Every parameter, by path, in the order of the source; lists count as one."""
    return {parameter.path: parameter for parameter in walk(Scenario, "")}


@cache
def groups() -> dict[str, type[Group]]:
    """Every group by path; "" is the scenario itself."""
    found: dict[str, type[Group]] = {"": Scenario}
    found.update(all_groups(Scenario, ""))
    return found


def all_groups(group: type[Group], path: str) -> Iterator[tuple[str, type[Group]]]:
    """Give all groups below ``group`` with their paths."""
    for name, field in group.model_fields.items():
        inner, _ = unwrapped(field.annotation)
        if isinstance(inner, type) and issubclass(inner, Group):
            here = f"{path}.{name}" if path else name
            yield here, inner
            yield from all_groups(inner, here)


def walk(group: type[Group], path: str) -> Iterator[Parameter]:
    """Give all parameters of a group and of the groups in it."""
    for name, field in group.model_fields.items():
        key = field.alias or name
        here = f"{path}.{key}" if path else key
        inner, _ = unwrapped(field.annotation)
        if isinstance(inner, type) and issubclass(inner, Group):
            yield from walk(inner, here)
        else:
            yield described(here, field)


def described(path: str, field: FieldInfo) -> Parameter:
    """Give what is known of one field."""
    annotation, constraints = unwrapped(field.annotation)
    limits = limits_of([*field.metadata, *constraints])
    extra: dict[str, Any] = (
        field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    )
    declaration = extra.get("parameter")
    default = None if field.is_required() else field.get_default(call_default_factory=True)
    return Parameter(
        path=path,
        kind=kind_of(annotation),
        default=plain_value(default),
        lowest=limits[0],
        highest=limits[1],
        choices=get_args(annotation) if get_origin(annotation) is Literal else (),
        en=field.description or "",
        nl=declaration.nl if declaration is not None else extra.get("nl", ""),
        declaration=declaration,
    )


def plain_value(value: object) -> Any:  # noqa: ANN401 - a value as a config has it
    """Give a default as it would stand in a config."""
    if isinstance(value, Group):
        return value.model_dump(by_alias=True)
    return [plain_value(item) for item in value] if isinstance(value, tuple) else value


def parameter_at(location: Location, root: type[Group] = Scenario) -> Parameter | None:
    """Give what may stand at a place, also inside lists; None for groups and for the unknown."""
    annotation, field = type_at(location, root)
    if field is None or (isinstance(annotation, type) and issubclass(annotation, Group)):
        return None
    return described(dotted(location), field)


def group_at(location: Location, root: type[Group] = Scenario) -> type[Group] | None:
    """Give the group that stands at a place, also inside lists; None if there is none."""
    annotation, _ = type_at(location, root)
    return annotation if isinstance(annotation, type) and issubclass(annotation, Group) else None


def type_at(location: Location, root: type[Group]) -> tuple[Any, FieldInfo | None]:
    """Give type and field at a place in a config; (None, None) if nothing may stand there."""
    annotation: Any = root
    field: FieldInfo | None = None
    for part in location:
        if isinstance(annotation, type) and issubclass(annotation, Group):
            fields = {info.alias or name: info for name, info in annotation.model_fields.items()}
            field = fields.get(str(part))
            if field is None:
                return None, None
            annotation, _ = unwrapped(field.annotation)
        elif get_origin(annotation) is tuple and isinstance(part, int):
            annotation, constraints = unwrapped(get_args(annotation)[0])
            field = FieldInfo(annotation=annotation)
            field.metadata = list(constraints)
        else:
            return None, None
    return annotation, field


def dotted(location: Location) -> str:
    """Write a place as a path: table.seats, organisations[2].size."""
    path = ""
    for part in location:
        path += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def unwrapped(annotation: Any) -> tuple[Any, tuple[Any, ...]]:  # noqa: ANN401 - any type there is
    """Take off aliases, Annotated and "or None"; give the type and its constraints."""
    if isinstance(annotation, TypeAliasType):
        return unwrapped(annotation.__value__)
    if hasattr(annotation, "__metadata__"):
        inner, constraints = unwrapped(annotation.__origin__)
        own = [
            part
            for item in annotation.__metadata__
            for part in (item.metadata if isinstance(item, FieldInfo) else [item])
        ]
        return inner, (*constraints, *own)
    if get_origin(annotation) in {Union, UnionType}:
        return unwrapped(next(a for a in get_args(annotation) if a is not NoneType))
    return annotation, ()


def limits_of(constraints: list[Any]) -> tuple[float | None, float | None]:
    """Give lowest and highest value, or shortest and longest length."""
    low: float | None = None
    high: float | None = None
    for constraint in constraints:
        match constraint:
            case annotated_types.Ge(ge=bound):
                low = number_in(bound)
            case annotated_types.Le(le=bound):
                high = number_in(bound)
            case annotated_types.MinLen(min_length=length):
                low = length
            case annotated_types.MaxLen(max_length=length):
                high = length
            case _:
                pass
    return low, high


def number_in(bound: object) -> float | None:
    """Give a bound as a number; whole numbers stay whole, however large."""
    return bound if isinstance(bound, int | float) else None


def kind_of(annotation: Any) -> Kind:  # noqa: ANN401 - one line for each kind
    """Name what is written for a type."""
    if get_origin(annotation) is Literal:
        return "choice"
    if get_origin(annotation) is tuple:
        return "list"
    if annotation is bool:
        return "true or false"
    if annotation is int:
        return "whole number"
    if annotation is float:
        return "number"
    return "text" if annotation is str else "group"
