"""Promises: how they are made, kept and announced."""

from typing import ClassVar, Literal

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Promises(Group):
    """Promises against capacity: made, kept, announced in time, or broken without a word."""

    NL: ClassVar[str] = (
        "Beloften tegenover capaciteit: gedaan, nagekomen, op tijd afgezegd of stil gebroken."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"optimism": 0.0, "pressure": 0.0, "unlimited": True}

    enabled: bool = Field(
        default=True,
        description="Off: capacity for care is unlimited, so every promise is kept.",
        json_schema_extra={
            "nl": "Uit: er is onbeperkt capaciteit voor zorg, dus elke belofte wordt nagekomen."
        },
    )
    unlimited: bool = Field(
        default=False,
        description="The neutral value: capacity for care never runs out.",
        json_schema_extra={"nl": "De neutrale waarde: capaciteit voor zorg raakt nooit op."},
    )
    optimism: float = parameter(
        0.3,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.6),
        unit="share of the queue",
        en="Share of its own queue that a party overlooks when it promises a date.",
        nl=(
            "Deel van de eigen wachtrij dat een partij over het hoofd ziet als zij een datum "
            "belooft."
        ),
    )
    pressure: float = parameter(
        0.5,
        allowed=(0.0, 5.0),
        plausible=(0.0, 1.5),
        en="How much more is promised to a party on which one depends.",
        nl="Hoeveel meer men belooft aan een partij van wie men afhankelijk is.",
    )
    embarrassment: float = parameter(
        0.5,
        allowed=(0.0, 5.0),
        plausible=(0.1, 1.0),
        en="What it takes to say in time that a promise will fail.",
        nl="Wat het kost om op tijd te zeggen dat een belofte niet gehaald wordt.",
    )
    serve_first: Literal["promises", "newest"] = parameter(
        "promises",
        plausible=("promises", "newest"),
        en="Whether due promises or the newest cases get capacity first.",
        nl=(
            "Wie het eerst capaciteit krijgt: beloften die aan de beurt zijn, of de nieuwste "
            "casussen."
        ),
    )
    pledge_binding: float = parameter(
        0.5,
        allowed=(0.0, 5.0),
        plausible=(0.0, 1.5),
        en="How strongly a pledge made at the table weighs when its maker is asked to honour it.",
        nl="Hoe zwaar een toezegging aan tafel weegt als de toezegger eraan wordt gehouden.",
    )
    commits_per_hour: float = parameter(
        0.5,
        allowed=(0.0, 10.0),
        plausible=(0.1, 2.0),
        distribution="log-uniform",
        unit="per hour with an open other",
        en="How fast parties that are open with each other commit themselves to one another.",
        nl="Hoe snel partijen die open tegen elkaar zijn zich aan elkaar verbinden.",
    )
    commitment_binding: float = parameter(
        0.5,
        allowed=(0.0, 5.0),
        plausible=(0.0, 1.5),
        en="How strongly a commitment weighs with those who do the work and know of it.",
        nl="Hoe zwaar een afspraak weegt bij wie het werk doet en ervan weet.",
    )
    commitment_fades_per_month: float = parameter(
        0.1,
        allowed=(0.0, 1.0),
        plausible=(0.03, 0.3),
        distribution="log-uniform",
        unit="share per month",
        en="Share of a commitment that is forgotten within a month.",
        nl="Deel van een afspraak dat binnen een maand vergeten is.",
    )
