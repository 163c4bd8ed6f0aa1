"""Choice: how partners are chosen."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Choice(Group):
    """Whom to ask and whom to meet, from what a party knows."""

    NL: ClassVar[str] = "Wie men vraagt en wie men spreekt, op grond van wat een partij weet."

    NEUTRAL: ClassVar[dict[str, object]] = {"sensitivity": 0.0, "habit": 0.0}

    enabled: bool = Field(
        default=True,
        description="Off: every party that could help is equally likely to be asked.",
        json_schema_extra={
            "nl": "Uit: elke partij die kan helpen wordt even waarschijnlijk gevraagd."
        },
    )
    sensitivity: float = parameter(
        3.0,
        allowed=(0.0, 50.0),
        plausible=(1.0, 9.0),
        distribution="log-uniform",
        unit="per unit of expected value",
        en="How strongly expected help decides who is asked or met; 0 is blind chance.",
        nl="Hoe sterk verwachte hulp bepaalt wie wordt gevraagd of gesproken; 0 is blind toeval.",
    )
    habit: float = parameter(
        0.3,
        allowed=(0.0, 2.0),
        plausible=(0.0, 1.0),
        en="Exponent on past contacts: 1 asks in proportion to past contact, 0 ignores it.",
        nl=(
            "Exponent op eerdere contacten: 1 vraagt naar rato van eerder contact, 0 let er niet "
            "op."
        ),
    )
    room_weight: float = parameter(
        1.0,
        allowed=(0.0, 10.0),
        plausible=(0.3, 3.0),
        distribution="log-uniform",
        en="Weight of believed room against trust when choosing whom to ask.",
        nl="Gewicht van vermoede ruimte tegenover vertrouwen bij de keuze wie wordt gevraagd.",
    )
