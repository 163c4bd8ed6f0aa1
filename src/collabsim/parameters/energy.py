"""Energy: what gives parties the will to spend hours on collaboration, and what takes it."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Energy(Group):
    """Energy follows success, steps of one's own, reproach and futile work."""

    NL: ClassVar[str] = "Energie volgt succes, eigen stappen, verwijten en vergeefs werk."

    NEUTRAL: ClassVar[dict[str, object]] = {"always_full": True}

    enabled: bool = Field(
        default=True,
        description="Off: everybody always has the energy to give all hours that there are.",
        json_schema_extra={"nl": "Uit: iedereen heeft altijd de energie om alle uren te geven."},
    )
    always_full: bool = Field(
        default=False,
        description="The neutral value: energy never runs short.",
        json_schema_extra={"nl": "De neutrale waarde: energie raakt nooit op."},
    )
    usual: float = parameter(
        0.6,
        allowed=(0.0, 1.0),
        plausible=(0.4, 0.8),
        unit="energy from 0 to 1",
        en="Energy that a party starts with, and to which it drifts back.",
        nl="Energie waarmee een partij begint, en waarnaar zij terugzakt of herstelt.",
    )
    drifts_back: float = parameter(
        0.1,
        allowed=(0.0, 1.0),
        plausible=(0.03, 0.3),
        distribution="log-uniform",
        unit="share per month",
        en="How fast energy drifts back to the usual.",
        nl="Hoe snel energie terugkeert naar wat gebruikelijk is.",
    )
    from_success: float = parameter(
        0.03,
        allowed=(-1.0, 1.0),
        plausible=(-0.01, 0.1),
        unit="energy per month of success",
        en="Energy that a month gives in which all that a party had a hand in came off.",
        nl="Energie die een maand geeft waarin alles lukt waaraan een partij meewerkte.",
    )
    from_futile_work: float = parameter(
        -0.06,
        allowed=(-1.0, 1.0),
        plausible=(-0.2, 0.01),
        unit="energy per month in vain",
        en="Energy that a month gives, or takes, in which all was in vain.",
        nl="Energie die een maand geeft, of kost, waarin alles vergeefs was.",
    )
    from_own_step: float = parameter(
        0.05,
        allowed=(-1.0, 1.0),
        plausible=(-0.02, 0.15),
        unit="energy per step",
        en="Energy that it gives to have taken a step that one chose oneself.",
        nl="Energie die het geeft om een zelf gekozen stap te hebben gezet.",
    )
    from_reproach: float = parameter(
        -0.03,
        allowed=(-1.0, 1.0),
        plausible=(-0.1, 0.0),
        unit="energy per reproach",
        en="Energy that a reproach gives, or takes, on both sides.",
        nl="Energie die een verwijt aan beide kanten geeft, of kost.",
    )
    from_told_success: float = parameter(
        0.05,
        allowed=(-1.0, 1.0),
        plausible=(-0.02, 0.15),
        unit="energy per session",
        en="Energy that a session gives in which everybody tells of what works.",
        nl="Energie die een bijeenkomst geeft waarin iedereen vertelt wat er werkt.",
    )
    all_hours_from: float = parameter(
        0.5,
        allowed=(0.01, 1.0),
        plausible=(0.3, 0.7),
        unit="energy from 0 to 1",
        en="Energy from which managers and boards give all hours that they have; below it a share.",
        nl="Energie vanaf waar managers en bestuurders al hun uren geven; daaronder een deel.",
    )
    starts_from: float = parameter(
        0.25,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.45),
        unit="energy from 0 to 1",
        en="Energy below which a party starts nothing: it invites nobody, and pledges nothing.",
        nl="Energie waaronder een partij niets begint: zij nodigt niemand uit en zegt niets toe.",
    )
