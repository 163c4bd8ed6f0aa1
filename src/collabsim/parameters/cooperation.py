"""Cooperation: what the decision of each side weighs."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Cooperation(Group):
    """The decision of each side of an encounter to put in full effort, or to hold back."""

    NL: ClassVar[str] = (
        "Het besluit van elke kant van een contact: zich volledig inzetten of zich inhouden."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"always": True}

    enabled: bool = Field(
        default=True,
        description="Off: everybody always cooperates.",
        json_schema_extra={"nl": "Uit: iedereen werkt altijd samen."},
    )
    always: bool = Field(
        default=False,
        description="The neutral value: both sides always cooperate.",
        json_schema_extra={"nl": "De neutrale waarde: beide kanten werken altijd samen."},
    )
    decisiveness: float = parameter(
        4.0,
        allowed=(0.0, 100.0),
        plausible=(1.5, 12.0),
        distribution="log-uniform",
        unit="per hour gained per hour spent",
        en=(
            "How sharply a decision follows expected value; 0 is a coin, large is always the "
            "better choice."
        ),
        nl=(
            "Hoe scherp een besluit de verwachte waarde volgt; 0 is een muntje opgooien, een hoge "
            "waarde is altijd de betere keuze."
        ),
    )
    mutual_yield: float = parameter(
        2.5,
        allowed=(0.0, 20.0),
        plausible=(1.0, 4.0),
        unit="hours per hour",
        en="Hours that a party expects to gain per hour of its effort when both sides cooperate.",
        nl="Uren die een partij per uur inzet verwacht te winnen als beide kanten samenwerken.",
    )
    free_ride: float = parameter(
        0.4,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.8),
        unit="share of the yield",
        en=(
            "Share of the joint yield that a party still gets when it holds back and the other "
            "does not."
        ),
        nl=(
            "Deel van de gezamenlijke opbrengst dat een partij toch krijgt als zij zich inhoudt en "
            "de ander niet."
        ),
    )
    minimal_effort: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.3, 0.7),
        unit="share of full effort",
        en="Effort of a party that holds back, as a share of full effort.",
        nl="Inzet van een partij die zich inhoudt, als deel van volledige inzet.",
    )
    exposure: float = parameter(
        0.6,
        allowed=(0.0, 10.0),
        plausible=(0.0, 1.5),
        en=(
            "What a party fears to lose when interests diverge and the other does not act in good "
            "faith."
        ),
        nl=(
            "Wat een partij vreest te verliezen als belangen uiteenlopen en de ander niet te "
            "goeder trouw handelt."
        ),
    )
    shadow: float = parameter(
        0.6,
        allowed=(0.0, 10.0),
        plausible=(0.0, 1.5),
        en="Weight of the future with a party that one depends on.",
        nl="Gewicht van de toekomst met een partij van wie men afhankelijk is.",
    )
    need_weight: float = parameter(
        0.3,
        allowed=(0.0, 10.0),
        plausible=(0.0, 0.8),
        unit="hours per hour",
        en="Weight of the resident's need in a decision about a case; grows with the wait.",
        nl=(
            "Gewicht van de nood van de inwoner bij een besluit over een casus; groeit met het "
            "wachten."
        ),
    )
    load_aversion: float = parameter(
        0.3,
        allowed=(0.0, 10.0),
        plausible=(0.1, 0.9),
        distribution="log-uniform",
        unit="per month of queue",
        en="How much dearer an hour becomes for each month of promised work that waits.",
        nl="Hoeveel duurder een uur wordt voor elke maand beloofd werk die nog wacht.",
    )
    grievance_weight: float = parameter(
        0.5,
        allowed=(0.0, 10.0),
        plausible=(0.0, 1.5),
        unit="hours per hour",
        en="How heavily what one holds against the other weighs when one is under pressure.",
        nl="Hoe zwaar oud zeer tegenover de ander weegt als men onder druk staat.",
    )
    presumed_divergence: float = parameter(
        0.33,
        allowed=(0.0, 1.0),
        plausible=(0.15, 0.6),
        unit="distance from 0 to 1",
        en=(
            "How far a party presumes that interests differ while it does not know what the other "
            "is after; a third is what two blind draws differ."
        ),
        nl=(
            "Hoe ver belangen volgens een partij uiteenlopen zolang zij niet weet waar het de "
            "ander om gaat; een derde is wat twee blinde trekkingen schelen."
        ),
    )
    package_weight: float = parameter(
        1.0,
        allowed=(0.0, 20.0),
        plausible=(0.0, 3.0),
        unit="hours per hour",
        en="What a package deal is worth that gives a party all that it wants.",
        nl="Wat een pakketafspraak waard is die een partij alles geeft wat zij wil.",
    )
    anticipation: float = parameter(
        0.3,
        allowed=(0.0, 1.0),
        plausible=(0.0, 1.0),
        unit="share",
        en="How far a seat's approaching end shortens the future that counts at the table.",
        nl="Hoe sterk het naderende einde van een zetel de toekomst verkort die aan tafel meetelt.",
    )
