"""Exposure: what an encounter carries across beside trust, and over which channel."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Exposure(Group):
    """Encounters carry frames, images of the ambition and interests across."""

    NL: ClassVar[str] = (
        "In contacten gaan brillen, beelden van de ambitie en belangen van de een naar de ander."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {
        "takes_over_per_hour": 0.0,
        "rigidity": 0.0,
        "worked_out_per_hour": 0.0,
        "concrete_per_hour": 0.0,
        "discloses_per_hour": 0.0,
        "fades_per_month": 0.0,
    }

    enabled: bool = Field(
        default=True,
        description="Off: everybody keeps its own glasses, images and interests to itself.",
        json_schema_extra={"nl": "Uit: iedereen houdt eigen bril, beeld en belang voor zichzelf."},
    )
    takes_over_per_hour: float = parameter(
        0.003,
        allowed=(0.0, 10.0),
        plausible=(0.0005, 0.02),
        distribution="log-uniform",
        unit="per hour with an open other",
        en="How fast a party takes over how an open other sees the task.",
        nl="Hoe snel een partij overneemt hoe een open ander de opgave ziet.",
    )
    rigidity: float = parameter(
        0.05,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.2),
        unit="share per month",
        en="How fast a frame is drawn back to that of the own organisation.",
        nl="Hoe snel een bril wordt teruggetrokken naar die van de eigen organisatie.",
    )
    confidence: float = parameter(
        0.6,
        allowed=(0.0, 1.0),
        plausible=(0.1, 1.0),
        unit="distance from 0 to 1",
        en="Largest distance between two views at which the one still hears the other.",
        nl="Grootste afstand tussen twee zienswijzen waarbij de een de ander nog hoort.",
    )
    worked_out_per_hour: float = parameter(
        0.1,
        allowed=(0.0, 10.0),
        plausible=(0.0, 0.4),
        unit="per hour of a session",
        en=(
            "How fast people who work on it in a session come to know their own glasses for "
            "glasses, or what success would look like."
        ),
        nl=(
            "Hoe snel mensen die er in een bijeenkomst aan werken hun eigen bril als bril leren "
            "kennen, of leren hoe succes eruitziet."
        ),
    )
    concrete_at_start: float = parameter(
        0.2,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.6),
        unit="0 to 1",
        en="How concretely parties without a history can tell what the ambition means to them.",
        nl="Hoe concreet partijen zonder geschiedenis kunnen vertellen wat de ambitie voor hen is.",
    )
    concrete_per_hour: float = parameter(
        0.001,
        allowed=(0.0, 10.0),
        plausible=(0.0, 0.005),
        unit="per hour with an open other",
        en="How fast an ambition becomes concrete in casework with open others.",
        nl="Hoe snel een ambitie concreet wordt in casuswerk met open anderen.",
    )
    discloses_per_hour: float = parameter(
        0.05,
        allowed=(0.0, 10.0),
        plausible=(0.01, 0.2),
        distribution="log-uniform",
        unit="per hour with an open other",
        en="How fast managers and boards learn what an open other is after.",
        nl="Hoe snel managers en bestuurders leren waar het een open ander om gaat.",
    )
    fades_per_month: float = parameter(
        0.05,
        allowed=(0.0, 1.0),
        plausible=(0.01, 0.15),
        distribution="log-uniform",
        unit="share per month",
        en="How fast awareness of one's glasses and a concrete ambition fade.",
        nl="Hoe snel het besef van de eigen bril en een concrete ambitie vervagen.",
    )
    per_review: float = parameter(
        0.1,
        allowed=(0.0, 1.0),
        plausible=(0.02, 0.4),
        distribution="log-uniform",
        unit="share per case",
        en="How far an eye for a field opens when one looks back on a need that was missed in it.",
        nl="Hoe ver het oog voor een terrein opengaat bij terugkijken op wat daar is gemist.",
    )
    online_richness: float = parameter(
        0.7,
        allowed=(0.0, 1.0),
        plausible=(0.4, 1.0),
        unit="share of an hour in one room",
        en="What an hour online carries across, against an hour in one room.",
        nl="Wat een uur online overbrengt, vergeleken met een uur in één ruimte.",
    )
