"""Attention: hours a month, and what contacts cost."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Attention(Group):
    """Hours are limited, and every contact draws on them."""

    NL: ClassVar[str] = "Uren zijn beperkt, en elk contact kost er."

    NEUTRAL: ClassVar[dict[str, object]] = {"unlimited": True}

    enabled: bool = Field(
        default=True,
        description="Off: nobody is ever short of hours for contact.",
        json_schema_extra={"nl": "Uit: niemand komt ooit uren voor contact tekort."},
    )
    unlimited: bool = Field(
        default=False,
        description="The neutral value: hours for contact never run out.",
        json_schema_extra={"nl": "De neutrale waarde: uren voor contact raken nooit op."},
    )
    access_hours_per_case: float = parameter(
        10.0,
        allowed=(0.0, 1000.0),
        plausible=(5.0, 20.0),
        unit="hours",
        en="Hours that a municipality's access team has per expected case.",
        nl="Uren die het toegangsteam van een gemeente heeft per verwachte casus.",
    )
    municipality_management_hours: float = parameter(
        24.0,
        allowed=(0.0, 1000.0),
        plausible=(8.0, 72.0),
        distribution="log-uniform",
        unit="hours a month",
        en="Management hours of a municipality for contacts in this network.",
        nl="Uren die het management van een gemeente heeft voor contacten in dit netwerk.",
    )
    municipality_board_hours: float = parameter(
        12.0,
        allowed=(0.0, 1000.0),
        plausible=(4.0, 36.0),
        distribution="log-uniform",
        unit="hours a month",
        en="Board hours of a municipality (aldermen) for contacts in this network.",
        nl=(
            "Uren die het bestuur van een gemeente (de wethouders) heeft voor contacten in dit "
            "netwerk."
        ),
    )
    provider_management_hours: float = parameter(
        10.0,
        allowed=(0.0, 1000.0),
        plausible=(3.5, 30.0),
        distribution="log-uniform",
        unit="hours a month",
        en="Management hours of a provider of median size for contacts in this network.",
        nl=(
            "Uren die het management van een middelgrote aanbieder heeft voor contacten in dit "
            "netwerk."
        ),
    )
    provider_board_hours: float = parameter(
        6.0,
        allowed=(0.0, 1000.0),
        plausible=(2.0, 18.0),
        distribution="log-uniform",
        unit="hours a month",
        en="Board hours of a provider of median size for contacts in this network.",
        nl=(
            "Uren die het bestuur van een middelgrote aanbieder heeft voor contacten in dit "
            "netwerk."
        ),
    )
    networking_share: float = parameter(
        0.25,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.8),
        unit="share of hours",
        en="Share of management and board hours that is set aside for one-to-one meetings.",
        nl=("Deel van de uren van management en bestuur dat naar gesprekken van één op één gaat."),
    )
    table_hours: float = parameter(
        3.0,
        allowed=(0.1, 24.0),
        plausible=(1.0, 9.0),
        distribution="log-uniform",
        unit="hours",
        role="lever",
        en="Length of a meeting of the table; its minutes are shared among the seats.",
        nl="Duur van een overleg aan de tafel; de minuten worden over de zetels verdeeld.",
    )
    preparation_hours: float = parameter(
        2.0,
        allowed=(0.0, 24.0),
        plausible=(0.7, 6.0),
        distribution="log-uniform",
        unit="hours a seat",
        en="Preparation of a table meeting, per seat.",
        nl="Voorbereiding van een overleg aan de tafel, per zetel.",
    )
    travel_hours: float = parameter(
        0.5,
        allowed=(0.0, 24.0),
        plausible=(0.2, 1.5),
        distribution="log-uniform",
        unit="hours",
        en="Way there and back for a meeting of the table or a session in one room.",
        nl="Heen- en terugreis voor een overleg aan tafel of een bijeenkomst in één ruimte.",
    )
    mail_hours: float = parameter(
        0.25,
        allowed=(0.0, 24.0),
        plausible=(0.1, 0.75),
        distribution="log-uniform",
        unit="hours",
        en="Time that reading an update of the table takes.",
        nl="Tijd die het lezen van een bericht over de tafel kost.",
    )
    voice_hours: float = parameter(
        0.5,
        allowed=(0.0, 24.0),
        plausible=(0.2, 1.5),
        distribution="log-uniform",
        unit="hours",
        en="Time by which a joint case meeting is longer when the resident is there.",
        nl="Tijd die een casusoverleg langer duurt als de inwoner erbij is.",
    )
    review_hours: float = parameter(
        1.0,
        allowed=(0.0, 24.0),
        plausible=(0.3, 3.0),
        distribution="log-uniform",
        unit="hours",
        en="Time that looking back on a case costs each of its parties.",
        nl="Tijd die terugkijken op een casus elke betrokken partij kost.",
    )
    one_to_one_hours: float = parameter(
        1.5,
        allowed=(0.1, 24.0),
        plausible=(0.5, 4.5),
        distribution="log-uniform",
        unit="hours",
        en="Length of a one-to-one meeting, for each side.",
        nl="Duur van een gesprek van één op één, voor elke kant.",
    )
    ask_hours: float = parameter(
        0.5,
        allowed=(0.0, 24.0),
        plausible=(0.17, 1.5),
        distribution="log-uniform",
        unit="hours",
        en="Time that one ask costs each side.",
        nl="Tijd die één verzoek om hulp elke kant kost.",
    )
    joint_case_hours: float = parameter(
        3.0,
        allowed=(0.1, 24.0),
        plausible=(1.0, 9.0),
        distribution="log-uniform",
        unit="hours",
        en="Time that a joint case meeting costs each party that puts in its full effort.",
        nl="Tijd die een gezamenlijk casusoverleg kost aan elke partij die zich volledig inzet.",
    )
    onboarding_hours: float = parameter(
        6.0,
        allowed=(0.0, 200.0),
        plausible=(2.0, 18.0),
        distribution="log-uniform",
        unit="hours",
        en="Time that the organisation spends on each newcomer.",
        nl="Tijd die de organisatie besteedt aan het inwerken van elke nieuwkomer.",
    )
    report_hours: float = parameter(
        1.0,
        allowed=(0.0, 24.0),
        plausible=(0.3, 3.0),
        distribution="log-uniform",
        unit="hours a meeting",
        en="Time that a delegate spends on reporting back after a meeting of the table.",
        nl="Tijd die een afgevaardigde na een overleg besteedt aan terugkoppelen.",
    )
