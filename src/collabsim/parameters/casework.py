"""Residents and their cases."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Casework(Group):
    """Residents with several needs arrive, are seen, asked for, helped, or fail."""

    NL: ClassVar[str] = (
        "Inwoners met meerdere hulpvragen melden zich, worden gezien, wachten tot er voor hen "
        "gevraagd is, worden geholpen of vallen uit."
    )

    NEUTRAL: ClassVar[dict[str, object]] = {"cases_per_1000_per_year": 0.0}

    enabled: bool = Field(
        default=True,
        description="Off: no resident ever asks for help.",
        json_schema_extra={"nl": "Uit: geen inwoner vraagt ooit om hulp."},
    )
    contacts: bool = Field(
        default=True,
        description=(
            "Off: every party works alone, the yardstick for 1 + 1; the same residents, no contact."
        ),
        json_schema_extra={
            "nl": (
                "Uit: elke partij werkt alleen, de maatstaf voor 1 + 1; dezelfde inwoners, geen "
                "contact."
            )
        },
    )
    cases_per_1000_per_year: float = parameter(
        1.2,
        allowed=(0.0, 1000.0),
        plausible=(0.4, 3.6),
        distribution="log-uniform",
        unit="cases per 1,000 inhabitants per year",
        en="Residents with needs in several fields who ask for help.",
        nl="Inwoners met problemen op meerdere terreinen die om hulp vragen.",
    )
    needs_most: int = parameter(
        4,
        allowed=(1, 4),
        plausible=(3, 4),
        unit="fields",
        role="constant",
        en="Largest number of fields in which one resident needs help.",
        nl="Grootste aantal terreinen waarop één inwoner hulp nodig heeft.",
    )
    needs_least: int = parameter(
        2,
        allowed=(1, 4),
        plausible=(1, 2),
        unit="fields",
        role="constant",
        en="Smallest number of fields in which one resident needs help.",
        nl="Kleinste aantal terreinen waarop één inwoner hulp nodig heeft.",
    )
    care_hours_per_need: float = parameter(
        24.0,
        allowed=(0.1, 1000.0),
        plausible=(8.0, 72.0),
        distribution="log-uniform",
        unit="hours",
        en="Care hours that one need takes.",
        nl="Zorguren die één hulpvraag vergt.",
    )
    enters_at_provider: float = parameter(
        0.3,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.5),
        unit="share of cases",
        en="Share of cases that come in at a provider instead of the municipality's access team.",
        nl=(
            "Deel van de casussen dat binnenkomt bij een aanbieder in plaats van bij het "
            "toegangsteam van de gemeente."
        ),
    )
    sees_own_field: float = parameter(
        0.9,
        allowed=(0.0, 1.0),
        plausible=(0.7, 1.0),
        unit="chance per need",
        en="Chance that a party sees a need in a field that it works in.",
        nl="Kans dat een partij een hulpvraag ziet op een terrein waarop zij zelf werkt.",
    )
    sees_other_field: float = parameter(
        0.7,
        allowed=(0.0, 1.0),
        plausible=(0.4, 0.9),
        unit="chance per need",
        en="Chance that a party sees a need in a field that it does not work in.",
        nl="Kans dat een partij een hulpvraag ziet op een terrein waarop zij niet werkt.",
    )
    residents_join: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-partnership",
        en="Residents are there when the parties of their case consult.",
        nl="Inwoners zijn erbij als de partijen van hun casus overleggen.",
    )
    resident_tells: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.9),
        unit="chance per need",
        en="Chance that a resident who is listened to brings up a need that nobody saw.",
        nl="Kans dat een inwoner naar wie geluisterd wordt een niet geziene hulpvraag inbrengt.",
    )
    reviews_cases: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        grade="literature",
        source="k2-approach",
        en="Parties look back with the resident on a case in which a need was missed.",
        nl="Partijen kijken met de inwoner terug op een casus waarin iets over het hoofd is gezien.",
    )
    days_per_ask: float = parameter(
        5.0,
        allowed=(0.0, 60.0),
        plausible=(2.0, 10.0),
        unit="days",
        en=(
            "Days that pass between an ask and the answer, apart from the asked party's own "
            "procedure."
        ),
        nl=(
            "Dagen tussen een verzoek en het antwoord, los van de eigen procedure van de gevraagde "
            "partij."
        ),
    )
    internal_delay_days: float = parameter(
        5.0,
        allowed=(0.0, 120.0),
        plausible=(1.0, 14.0),
        unit="days",
        en=(
            "Days that an organisation of median size needs for its own procedure before it "
            "answers."
        ),
        nl=(
            "Dagen die een middelgrote organisatie nodig heeft voor haar eigen procedure "
            "voordat zij antwoordt."
        ),
    )
    contradiction_chance: float = parameter(
        0.15,
        allowed=(0.0, 1.0),
        plausible=(0.05, 0.4),
        unit="chance per pair",
        en="Chance that the plans of two parties that did not coordinate contradict each other.",
        nl="Kans dat de plannen van twee partijen die niet afstemden elkaar tegenspreken.",
    )
    rework_share: float = parameter(
        0.5,
        allowed=(0.0, 2.0),
        plausible=(0.1, 1.0),
        unit="share of care hours",
        en="Care that has to be done again when plans contradicted each other.",
        nl="Zorg die over moet als plannen elkaar tegenspraken.",
    )
    fails_after_months: int = parameter(
        9,
        allowed=(1, 120),
        plausible=(6, 18),
        unit="months",
        en="Months after which a resident who was not helped drops out or ends in crisis.",
        nl="Maanden waarna een inwoner die niet geholpen is afhaakt of in een crisis belandt.",
    )
