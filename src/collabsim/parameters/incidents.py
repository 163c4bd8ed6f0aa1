"""Incidents: a case that becomes public, for which its parties are called to account."""

from typing import ClassVar

from pydantic import Field

from collabsim.parameters.declaring import Group, parameter


class Incidents(Group):
    """How often a case becomes an incident, and what accounting for it takes."""

    NL: ClassVar[str] = "Hoe vaak een casus een incident wordt, en wat verantwoording kost."

    NEUTRAL: ClassVar[dict[str, object]] = {"per_year": 0.0}

    enabled: bool = Field(
        default=True,
        description="Off: no case becomes an incident.",
        json_schema_extra={"nl": "Uit: geen casus wordt een incident."},
    )
    per_year: float = parameter(
        0.0,
        allowed=(0.0, 1000.0),
        plausible=(0.0, 12.0),
        unit="incidents a year",
        en="Cases a year, in the whole region, that become an incident.",
        nl="Aantal casussen per jaar, in de hele regio, dat een incident wordt.",
    )
    accounting_hours: float = parameter(
        12.0,
        allowed=(0.0, 1000.0),
        plausible=(4.0, 40.0),
        distribution="log-uniform",
        unit="hours",
        en="Hours of its managers that an incident takes from each party of the case.",
        nl="Uren van managers die een incident van elke partij van de casus vergt.",
    )
