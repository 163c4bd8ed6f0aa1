"""A comparison: scenarios to hold against each other, and what a file says of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from collabsim.parameters.declaring import Group
from collabsim.parameters.scenario import Scenario, all_told_in

_LONGEST_NAME = 120


class ComparisonFile(Group):
    """What a comparison file holds."""

    NL: ClassVar[str] = "De inhoud van een vergelijkingsbestand."

    schema_version: Literal[1] = Field(default=1, alias="schema")
    name: str = Field(default="comparison", min_length=1, max_length=_LONGEST_NAME)
    name_nl: str = Field(default="", max_length=_LONGEST_NAME)
    about: str = Field(default="", max_length=4000)
    about_nl: str = Field(default="", max_length=4000)
    scenarios: tuple[Annotated[str, Field(min_length=1, max_length=1000)], ...] = Field(
        min_length=1, max_length=50, strict=False
    )
    replicates: int = Field(default=100, ge=1, le=1_000_000)
    seed: int | None = Field(default=None, ge=0, le=2**63 - 1)
    months: int | None = Field(default=None, ge=1, le=1200)
    outcomes: tuple[Annotated[str, Field(min_length=1, max_length=80)], ...] = Field(
        default=(), strict=False
    )


def title_of(names: Sequence[str], lang: str = "en") -> str:
    """What a comparison of scenarios without a name of its own is called, after the first two."""
    against = " tegenover " if lang == "nl" else " against "
    return against.join(reversed(names[:2]))[:_LONGEST_NAME]


def titles_of(scenarios: Sequence[Scenario]) -> tuple[str, str]:
    """The same in English and in Dutch, by the names that scenarios have for who reads these."""
    english, dutch = (
        title_of([scenario.name for scenario in all_told_in(lang, scenarios)], lang)
        for lang in ("en", "nl")
    )
    return english, dutch


@dataclass(frozen=True, slots=True)
class Comparison:
    """Scenarios to compare with each other.

    Attributes:
        name: short name.
        about: what is compared and why, in plain words.
        name_nl, about_nl: the same for who reads Dutch, or "".
        paths: the scenario files, in the order of the comparison.
        scenarios: the scenarios; ``seed`` and ``months`` of the comparison are already in them.
        replicates: how many replicates of each.
        outcomes: outcomes to report; empty for all.

    """

    name: str
    about: str
    paths: tuple[Path, ...]
    scenarios: tuple[Scenario, ...]
    replicates: int
    outcomes: tuple[str, ...]
    name_nl: str = ""
    about_nl: str = ""

    def told_in(self, lang: str) -> "Comparison":
        """The same comparison, and its scenarios, as they are called for who reads ``lang``."""
        if lang != "nl":
            return self
        return replace(
            self,
            name=self.name_nl or self.name,
            about=self.about_nl or self.about,
            scenarios=all_told_in(lang, self.scenarios),
        )
