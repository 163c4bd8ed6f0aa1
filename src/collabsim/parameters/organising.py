"""Organising: a joint desk that keeps track, paid in hours by those it serves."""

from typing import ClassVar, Literal

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Organising(Group):
    """A joint desk, light or heavy: who pays for it, and how many hours."""

    NL: ClassVar[str] = "Een gezamenlijk bureau, licht of zwaar: wie het betaalt, en hoeveel uren."

    NEUTRAL: ClassVar[dict[str, object]] = {"hours_per_month": 0.0}

    enabled: bool = Field(
        default=True,
        description="Off: nobody keeps a joint desk.",
        json_schema_extra={"nl": "Uit: niemand houdt een gezamenlijk bureau."},
    )
    hours_per_month: float = parameter(
        0.0,
        allowed=(0.0, 200.0),
        plausible=(0.0, 8.0),
        unit="hours a month",
        role="lever",
        grade="literature",
        source="kansrijke-start",
        en="Hours of managers that each member gives to the joint desk; light is few, heavy many.",
        nl="Uren van managers die elk lid aan het gezamenlijke bureau geeft; licht is weinig, zwaar veel.",
    )
    members: Literal["seated", "everyone"] = parameter(
        "everyone",
        plausible=("seated", "everyone"),
        role="lever",
        en="Who pays for the desk and is served by it: those with a seat, or everybody.",
        nl="Wie het bureau betaalt en erdoor bediend wordt: wie een zetel heeft, of iedereen.",
    )
    carries_per_hour: float = parameter(
        0.15,
        allowed=(0.0, 10.0),
        plausible=(0.05, 0.5),
        distribution="log-uniform",
        unit="share per hour",
        en=(
            "Share of what a member does not know yet, of room and of pledges, that an hour of the "
            "desk for it carries across."
        ),
        nl=(
            "Deel van wat een lid nog niet weet, van ruimte en van toezeggingen, dat een uur van "
            "het bureau voor hem overbrengt."
        ),
    )
