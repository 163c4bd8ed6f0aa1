"""Third parties: what those that one knows tell and do about those that they know."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class ThirdParties(Group):
    """Reputation, referral and introduction."""

    NL: ClassVar[str] = "Reputatie, doorverwijzen en introduceren."

    NEUTRAL: ClassVar[dict[str, object]] = {"reputation": 0.0, "refers": False, "introduces": 0.0}

    enabled: bool = Field(
        default=True,
        description="Off: nobody passes on an opinion, names others or vouches for them.",
        json_schema_extra={
            "nl": "Uit: niemand geeft een mening door, noemt anderen of staat voor hen in."
        },
    )
    reputation: float = parameter(
        0.05,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.2),
        unit="share per conversation",
        en="How far an opinion of somebody else moves towards that of a trusted party one meets.",
        nl="Hoe ver een mening over een ander opschuift naar die van een vertrouwde gesprekspartner.",
    )
    refers: bool = parameter(
        default=True,
        plausible=(False, True),
        en="Whether a party that cannot help may name another that perhaps can.",
        nl="Of een partij die niet kan helpen een ander kan noemen die dat misschien wel kan.",
    )
    introduces: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.0, 1.0),
        unit="share",
        en="How much of an introducer's acquaintance with both sides they have with each other.",
        nl="Hoeveel van de bekendheid van wie introduceert de twee met elkaar krijgen.",
    )
