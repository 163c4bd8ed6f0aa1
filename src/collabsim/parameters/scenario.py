"""A scenario: everything that a run needs beside its replicate number."""

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from collabsim.parameters.attention import Attention
from collabsim.parameters.casework import Casework
from collabsim.parameters.choice import Choice
from collabsim.parameters.connector import Connector
from collabsim.parameters.cooperation import Cooperation
from collabsim.parameters.declaring import Group, parameter
from collabsim.parameters.energy import Energy
from collabsim.parameters.exposure import Exposure
from collabsim.parameters.grades import Grades
from collabsim.parameters.incidents import Incidents
from collabsim.parameters.learning import Learning
from collabsim.parameters.networks import Networks
from collabsim.parameters.organising import Organising
from collabsim.parameters.people import People
from collabsim.parameters.promises import Promises
from collabsim.parameters.region import Commissioning, Region
from collabsim.parameters.rules import Rules
from collabsim.parameters.sessions import Sessions
from collabsim.parameters.tables import Table
from collabsim.parameters.third_parties import ThirdParties
from collabsim.parameters.word import Word

#: What a scenario is called and said to be, which changes nothing that happens in it.
LABELS = ("name", "name_nl", "about", "about_nl", "comparison")


class Change(Group):
    """One entry of the timeline: what is set, and from which month."""

    NL: ClassVar[str] = "Eén regel van de tijdlijn: wat er verandert, en vanaf welke maand."

    month: int = Field(
        ge=0,
        le=1200,
        description="Month from which it holds; 0 is the start.",
        json_schema_extra={"nl": "Maand vanaf wanneer het geldt; 0 is het begin."},
    )
    set: dict[str, Any] = Field(
        min_length=1,
        description="Parameters and their new values, like table.seats: 12.",
        json_schema_extra={"nl": "Parameters en hun nieuwe waarden, zoals table.seats: 12."},
    )


class Scenario(Group):
    """One world to simulate; the resolved content of a scenario file."""

    NL: ClassVar[str] = "Eén wereld om te simuleren: de volledige inhoud van een scenariobestand."

    schema_version: Literal[1] = Field(
        default=1,
        alias="schema",
        description="Version of the config format.",
        json_schema_extra={"nl": "Versie van het configformaat."},
    )
    name: str = Field(
        default="scenario",
        min_length=1,
        max_length=120,
        description="Short name, as it appears in tables and figures.",
        json_schema_extra={"nl": "Korte naam, zoals in tabellen en figuren."},
    )
    name_nl: str = Field(
        default="",
        max_length=120,
        description="The name for who reads Dutch; empty for the same name.",
        json_schema_extra={"nl": "De naam voor wie Nederlands leest; leeg voor dezelfde naam."},
    )
    about: str = Field(
        default="",
        max_length=4000,
        description="What this scenario is, in plain words.",
        json_schema_extra={"nl": "Wat dit scenario is, in gewone woorden."},
    )
    about_nl: str = Field(
        default="",
        max_length=4000,
        description="The same for who reads Dutch; empty for the same words.",
        json_schema_extra={
            "nl": "Hetzelfde voor wie Nederlands leest; leeg voor dezelfde woorden."
        },
    )
    comparison: Literal["baseline", "variant", "fragmentation", "scale"] = Field(
        default="baseline",
        description="What kind of change against the region of nine and fifty this is.",
        json_schema_extra={
            "nl": "Wat voor verandering dit is ten opzichte van de regio van negen en vijftig."
        },
    )
    seed: int = Field(
        default=1,
        ge=0,
        le=2**63 - 1,
        description="Seed of all chance; every number gives another, equally likely, luck.",
        json_schema_extra={
            "nl": "Startgetal van alle toeval; elk getal geeft ander, even waarschijnlijk, geluk."
        },
    )
    months: int = parameter(
        60,
        allowed=(1, 1200),
        unit="months",
        role="constant",
        en="Months to simulate.",
        nl="Aantal maanden om te simuleren.",
    )
    history_months: int = parameter(
        48,
        allowed=(0, 600),
        unit="months",
        role="constant",
        en="Months without a table before month 0, so that the start is the end of a history.",
        nl="Maanden zonder tafel vóór maand 0, zodat het begin het einde van een geschiedenis is.",
    )
    grades: Grades = Field(default_factory=Grades)
    region: Region = Field(default_factory=Region)
    commissioning: Commissioning = Field(default_factory=Commissioning)
    people: People = Field(default_factory=People)
    attention: Attention = Field(default_factory=Attention)
    choice: Choice = Field(default_factory=Choice)
    cooperation: Cooperation = Field(default_factory=Cooperation)
    promises: Promises = Field(default_factory=Promises)
    casework: Casework = Field(default_factory=Casework)
    learning: Learning = Field(default_factory=Learning)
    exposure: Exposure = Field(default_factory=Exposure)
    word: Word = Field(default_factory=Word)
    networks: Networks = Field(default_factory=Networks)
    table: Table = Field(default_factory=Table)
    sessions: Sessions = Field(default_factory=Sessions)
    rules: Rules = Field(default_factory=Rules)
    third_parties: ThirdParties = Field(default_factory=ThirdParties)
    connector: Connector = Field(default_factory=Connector)
    energy: Energy = Field(default_factory=Energy)
    organising: Organising = Field(default_factory=Organising)
    incidents: Incidents = Field(default_factory=Incidents)
    timeline: tuple[Change, ...] = Field(
        default=(),
        strict=False,
        description="Changes during the run.",
        json_schema_extra={"nl": "Veranderingen tijdens de simulatie."},
    )

    def told_in(self, lang: str) -> "Scenario":
        """The same scenario with its name and description for who reads ``lang``, as far as it has them."""
        if lang != "nl" or not (self.name_nl or self.about_nl):
            return self
        return self.model_copy(
            update={"name": self.name_nl or self.name, "about": self.about_nl or self.about}
        )


def all_told_in(lang: str, scenarios: Sequence[Scenario]) -> tuple[Scenario, ...]:
    """Scenarios as ``Scenario.told_in`` has them; as they are where two would get one name."""
    told = tuple(scenario.told_in(lang) for scenario in scenarios)
    return told if len({scenario.name for scenario in told}) == len(told) else tuple(scenarios)
