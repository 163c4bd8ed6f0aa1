"""Word: how news travels."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Word(Group):
    """News of room and waiting travels in encounters, at the table and from the table home."""

    NL: ClassVar[str] = (
        "Nieuws over ruimte en wachten reist mee in contacten, aan tafel en van de tafel naar huis."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"reach": 0.0, "inside_per_month": 0.0}

    enabled: bool = Field(
        default=True,
        description="Off: nobody tells anybody anything.",
        json_schema_extra={"nl": "Uit: niemand vertelt iemand iets."},
    )
    reach: float = parameter(
        0.7,
        allowed=(0.0, 1.0),
        plausible=(0.4, 1.0),
        unit="chance per item",
        en="Chance that an item of news is passed on and understood.",
        nl="Kans dat een nieuwtje wordt doorverteld en begrepen.",
    )
    fades_per_month: float = parameter(
        0.3,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.6),
        unit="share per month",
        en="How fast news of somebody's room goes stale.",
        nl="Hoe snel nieuws over iemands ruimte veroudert.",
    )
    inside_per_month: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.9),
        distribution="log-uniform",
        unit="share per month",
        en=(
            "Share of what one layer of an organisation knows that reaches the next layer within "
            "a month."
        ),
        nl=(
            "Deel van wat de ene laag van een organisatie weet dat binnen een maand de volgende "
            "laag bereikt."
        ),
    )
