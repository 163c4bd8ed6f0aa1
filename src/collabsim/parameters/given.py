"""What is written out of a region: organisations by name, and ties as a survey found them."""

from typing import ClassVar, Literal

from pydantic import Field

from collabsim.parameters.declaring import Group


class NamedOrganisation(Group):
    """An organisation written out in a config, beside or instead of generated ones."""

    NL: ClassVar[str] = (
        "Een organisatie die met naam in een config staat, naast of in plaats van aangemaakte."
    )

    id: str = Field(
        min_length=1,
        max_length=80,
        description="Name of its own, as it appears in results.",
        json_schema_extra={"nl": "Eigen naam, zoals die in de resultaten staat."},
    )
    kind: Literal["municipality", "provider"] = Field(
        description="What it is.", json_schema_extra={"nl": "Wat het is."}
    )
    domain: str | None = Field(
        default=None,
        description="The field that a provider works in; drawn where it is left out.",
        json_schema_extra={"nl": "Terrein van een aanbieder; zonder opgave wordt het geloot."},
    )
    size: float | None = Field(
        default=None,
        ge=0.001,
        le=1000,
        description="Size against the median of its kind, which is 1; drawn where left out.",
        json_schema_extra={
            "nl": "Omvang ten opzichte van de mediaan, die 1 is; zonder opgave geloot."
        },
    )
    inhabitants: int | None = Field(
        default=None,
        ge=100,
        le=5_000_000,
        description="Inhabitants of a municipality; drawn where left out.",
        json_schema_extra={"nl": "Inwoners van een gemeente; zonder opgave geloot."},
    )
    also: tuple[str, ...] = Field(
        default=(),
        strict=False,
        description="Further fields that a provider can help in.",
        json_schema_extra={"nl": "Andere terreinen waarop een aanbieder kan helpen."},
    )
    well_known: bool = Field(
        default=False,
        description="Whether its people and those of all others know each other at the very start.",
        json_schema_extra={
            "nl": "Of haar mensen en die van alle anderen elkaar aan het allereerste begin kennen."
        },
    )


class GivenTie(Group):
    """What one organisation said of another in a network survey; it holds at month 0."""

    NL: ClassVar[str] = (
        "Wat een organisatie in een netwerkvragenlijst over een andere zei; het geldt in maand 0."
    )

    who: str = Field(
        min_length=1,
        max_length=80,
        description="Id of the organisation that answered.",
        json_schema_extra={"nl": "Id van de organisatie die antwoordde."},
    )
    whom: str = Field(
        min_length=1,
        max_length=80,
        description="Id of the organisation that it answered about.",
        json_schema_extra={"nl": "Id van de organisatie waarover zij antwoordde."},
    )
    knows: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="How well the contacts know each other, 0 to 1; left out where not answered.",
        json_schema_extra={
            "nl": "Hoe goed de contactpersonen elkaar kennen, 0 tot 1; weggelaten zonder antwoord."
        },
    )
    trusts: float | None = Field(
        default=None,
        ge=0,
        le=1,
        description="How far it trusts the other, 0 to 1; left out where not answered.",
        json_schema_extra={
            "nl": "Hoeveel vertrouwen zij in de ander heeft, 0 tot 1; weggelaten zonder antwoord."
        },
    )
    meets: float | None = Field(
        default=None,
        ge=0,
        le=100,
        description="How often they meet, times a month; left out where not answered.",
        json_schema_extra={
            "nl": "Hoe vaak zij elkaar treffen, keer per maand; weggelaten zonder antwoord."
        },
    )
