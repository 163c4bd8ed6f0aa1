"""Grades from 1 to 10 with which a run starts: what those involved say of their collaboration."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter

#: A grade that is not given.
NOT_GIVEN = 0.0
LOWEST, HIGHEST = 1.0, 10.0


def grade_given(of: str, of_nl: str) -> float:
    """Declare a grade that may be given."""
    value: float = parameter(
        NOT_GIVEN,
        allowed=(NOT_GIVEN, HIGHEST),
        unit="grade from 1 to 10",
        role="constant",
        grade="literature",
        source="thermometer",
        en=f"Grade for {of} at month 0; 0 leaves it as the history does.",
        nl=f"Cijfer voor {of_nl} in maand 0; 0 laat het zoals de geschiedenis het achterlaat.",
    )
    return value


class Grades(Group):
    """Grades at the start. Month 0 is moved until it gets them; many starts fit, each replicate is one."""

    NL: ClassVar[str] = (
        "Cijfers bij het begin. Maand 0 wordt verschoven tot zij kloppen; veel beginsituaties passen, "
        "elke herhaling is er één."
    )

    NEUTRAL: ClassVar[dict[str, object]] = dict.fromkeys(
        ("ambition", "interests", "relation", "organisation", "process", "public_value"), NOT_GIVEN
    )

    enabled: bool = Field(
        default=True,
        description="Off: no grades are given, the start is the end of the history.",
        json_schema_extra={
            "nl": "Uit: er zijn geen cijfers, het begin is het einde van de geschiedenis."
        },
    )
    ambition: float = grade_given("the shared ambition", "de gedeelde ambitie")
    interests: float = grade_given("doing right by interests", "recht doen aan belangen")
    relation: float = grade_given("the relation", "de relatie")
    organisation: float = grade_given("the organisation", "de organisatie")
    process: float = grade_given("the process", "het proces")
    public_value: float = grade_given("public value", "publieke waarde")
