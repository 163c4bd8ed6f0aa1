"""How a parameter is declared: once, with all that anybody will ever want to know of it."""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidatorFunctionWrapHandler, WrapValidator

type Grade = Literal["measured", "literature", "assumption"]
type Role = Literal["lever", "uncertainty", "constant"]
type Distribution = Literal["uniform", "log-uniform", "choice"]


#: Names that a user's own file adds to the choices of a parameter, for as long as it is in use.
OWN_CHOICES: dict[str, set[str]] = {"table.delegation": set(), "rules.own": set()}


@dataclass(frozen=True, slots=True)
class Declaration:
    """What is known of one parameter beside its default and its allowed values.

    Attributes:
        en: meaning in English, one sentence.
        nl: meaning in Dutch, one sentence.
        unit: unit in words ("hours", "share", "per year"); "" for a plain number.
        grade: how well the default is known.
        source: key into ``docs/sources.md`` ("assumption" where there is none).
        role: a lever can be pulled by those involved, an uncertainty is not known,
            a constant describes the region.
        plausible: lowest and highest plausible value (or the choices), for samplers and for
            the table that shows that every parameter matters; None for what is not sampled.
        distribution: how samplers spread over ``plausible``.

    """

    en: str
    nl: str
    unit: str
    grade: Grade
    source: str
    role: Role
    plausible: tuple[Any, ...] | None
    distribution: Distribution | None


def parameter(
    default: Any,  # noqa: ANN401 - a parameter of any type
    *,
    en: str,
    nl: str,
    unit: str = "",
    allowed: tuple[float, float] | None = None,
    plausible: tuple[Any, ...] | None = None,
    distribution: Distribution | None = None,
    grade: Grade = "assumption",
    source: str = "assumption",
    role: Role = "uncertainty",
) -> Any:  # noqa: ANN401 - pydantic puts the value's own type in its place
    """Declare one parameter of a group; see ``Declaration`` for the words.

    Args:
        default: value when a config says nothing.
        en: meaning in English.
        nl: meaning in Dutch.
        unit: unit in words.
        allowed: lowest and highest value that validation accepts.
        plausible: the range or choices that research leaves open.
        distribution: spread over the plausible range; by default uniform, or a choice.
        grade: how well the default is known.
        source: key into the sources page.
        role: lever, uncertainty or constant.

    """
    if plausible is not None and distribution is None:
        numeric = all(isinstance(v, int | float) and not isinstance(v, bool) for v in plausible)
        distribution = "uniform" if numeric else "choice"
    declaration = Declaration(en, nl, unit, grade, source, role, plausible, distribution)
    bounds = {} if allowed is None else {"ge": allowed[0], "le": allowed[1]}
    return Field(
        default=default, description=en, json_schema_extra={"parameter": declaration}, **bounds
    )  # type: ignore[call-overload]


def or_own(path: str) -> WrapValidator:
    """Let a choice also be one of the user's own; see ``OWN_CHOICES``."""

    def known(value: Any, choose: ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401
        own = isinstance(value, str) and value in OWN_CHOICES[path]
        return value if own else choose(value)

    return WrapValidator(known)


class Group(BaseModel):
    """A group of parameters; one group belongs to one mechanism, or to the region.

    ``NEUTRAL`` names the values at which the mechanism does nothing. Setting ``enabled: false``
    in a config is the same as writing those values, by construction. ``NL`` says in Dutch what
    the docstring says in English.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, allow_inf_nan=False)
    NL: ClassVar[str] = ""
    NEUTRAL: ClassVar[dict[str, Any]] = {}

    def effective(self) -> Self:
        """The group as the model reads it: neutral values where it is switched off."""
        if getattr(self, "enabled", True):
            return self
        return self.model_copy(update=self.NEUTRAL)

    @classmethod
    def declarations(cls) -> dict[str, Declaration]:
        """Declarations by field name, in the order of the source."""
        extras: dict[str, Any] = {
            name: field.json_schema_extra or {} for name, field in cls.model_fields.items()
        }
        return {name: extra["parameter"] for name, extra in extras.items() if "parameter" in extra}
