"""People: turnover, elections, handover, second contacts."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class MunicipalTurnover(Group):
    """Turnover in a municipality, per layer."""

    NL: ClassVar[str] = "Verloop bij een gemeente, per laag."

    practice: float = parameter(
        0.17,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.3),
        unit="share leaving per year",
        grade="measured",
        source="vng",
        en="Municipal contact persons in practice who leave their post within a year.",
        nl=(
            "Contactpersonen van de gemeente in de uitvoering die binnen een jaar hun functie "
            "verlaten."
        ),
    )
    management: float = parameter(
        0.17,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.3),
        unit="share leaving per year",
        grade="measured",
        source="vng",
        en="Municipal managers who leave their post within a year.",
        nl="Managers van de gemeente die binnen een jaar hun functie verlaten.",
    )
    board: float = parameter(
        0.135,
        allowed=(0.0, 1.0),
        plausible=(0.05, 0.25),
        unit="share leaving per year",
        grade="measured",
        source="collegetafel",
        en="Aldermen who leave their post within a year, apart from elections.",
        nl="Wethouders die binnen een jaar hun functie verlaten, los van verkiezingen.",
    )


class ProviderTurnover(Group):
    """Turnover at a provider, per layer."""

    NL: ClassVar[str] = "Verloop bij een aanbieder, per laag."

    practice: float = parameter(
        0.21,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.3),
        unit="share leaving per year",
        grade="measured",
        source="cbs-azw",
        en="Providers' contact persons in practice who leave their post within a year.",
        nl=(
            "Contactpersonen van aanbieders in de uitvoering die binnen een jaar hun functie "
            "verlaten."
        ),
    )
    management: float = parameter(
        0.21,
        allowed=(0.0, 1.0),
        plausible=(0.1, 0.3),
        unit="share leaving per year",
        grade="measured",
        source="cbs-azw",
        en=(
            "Providers' managers who leave their post within a year; the figure is of all staff in "
            "care."
        ),
        nl=(
            "Managers van aanbieders die binnen een jaar hun functie verlaten; het cijfer is van "
            "al het zorgpersoneel."
        ),
    )
    board: float = parameter(
        0.15,
        allowed=(0.0, 1.0),
        plausible=(0.05, 0.25),
        unit="share leaving per year",
        en=(
            "Providers' directors and board members who leave their post within a year; no figure "
            "was found."
        ),
        nl=(
            "Bestuurders van aanbieders die binnen een jaar hun functie verlaten; een cijfer is "
            "niet gevonden."
        ),
    )


class TurnoverPerYear(Group):
    """Turnover per kind of organisation and layer, as the share leaving within a year."""

    NL: ClassVar[str] = (
        "Verloop per soort organisatie en laag, als deel dat binnen een jaar vertrekt."
    )

    municipality: MunicipalTurnover = Field(default_factory=MunicipalTurnover)
    provider: ProviderTurnover = Field(default_factory=ProviderTurnover)


class People(Group):
    """People come and go, and take with them what lives in persons."""

    NL: ClassVar[str] = "Mensen komen en gaan, en nemen mee wat in personen zit."

    NEUTRAL: ClassVar[dict[str, object]] = {
        "turnover_per_year": TurnoverPerYear(
            municipality=MunicipalTurnover(practice=0.0, management=0.0, board=0.0),
            provider=ProviderTurnover(practice=0.0, management=0.0, board=0.0),
        ),
        "election_replaces": 0.0,
    }

    enabled: bool = Field(
        default=True,
        description="Off: nobody ever leaves.",
        json_schema_extra={"nl": "Uit: niemand vertrekt ooit."},
    )
    turnover_per_year: TurnoverPerYear = Field(default_factory=TurnoverPerYear)
    election_every_months: int = parameter(
        48,
        allowed=(1, 600),
        unit="months",
        role="constant",
        grade="literature",
        source="collegetafel",
        en="Months between municipal elections.",
        nl="Aantal maanden tussen twee gemeenteraadsverkiezingen.",
    )
    first_election_month: int = parameter(
        16,
        allowed=(0, 600),
        unit="month",
        role="constant",
        en="Month of the first election after the start; elections also fell before it.",
        nl="Maand van de eerste verkiezing na het begin; ook daarvoor waren er verkiezingen.",
    )
    election_replaces: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.3, 0.8),
        unit="share of aldermen",
        en="Share of aldermen replaced after an election.",
        nl="Deel van de wethouders dat na een verkiezing wordt vervangen.",
    )
    stays_in_sector: float = parameter(
        0.48,
        allowed=(0.0, 1.0),
        plausible=(0.3, 0.6),
        unit="share of leavers",
        grade="measured",
        source="cbs-azw",
        en="Share of leavers who take a post at another organisation in the region's sector.",
        nl=(
            "Deel van de vertrekkers dat gaat werken bij een andere organisatie in de sector in "
            "deze regio."
        ),
    )
    mover_keeps: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.0, 1.0),
        unit="share",
        en="Share of acquaintance and past contacts that a mover takes along to the new post; trust goes along whole.",
        nl=(
            "Deel van de bekendheid en de eerdere contacten dat iemand meeneemt naar de nieuwe "
            "functie; vertrouwen gaat in zijn geheel mee."
        ),
    )
    handover: float = parameter(
        0.1,
        allowed=(0.0, 1.0),
        plausible=(0.0, 0.5),
        unit="share",
        role="lever",
        en="Share of acquaintance that a leaver passes on to the successor.",
        nl="Deel van de bekendheid dat een vertrekker overdraagt aan de opvolger.",
    )
    second_contacts: bool = parameter(
        default=False,
        plausible=(False, True),
        role="lever",
        en="Each relation is carried by two persons a side instead of one.",
        nl="Elke relatie wordt aan beide kanten door twee personen gedragen in plaats van één.",
    )
    second_present: float = parameter(
        0.5,
        allowed=(0.0, 1.0),
        plausible=(0.2, 0.8),
        unit="share of contacts",
        en="Share of contacts in which the second contact takes part.",
        nl="Deel van de contacten waaraan de tweede contactpersoon meedoet.",
    )
