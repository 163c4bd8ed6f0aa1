"""A comparison: scenarios to hold against each other, and what a file says of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from collabsim.config.errors import ConfigError, Place, setting
from collabsim.config.writing import differences, identity
from collabsim.parameters.declaring import Group
from collabsim.parameters.scenario import Scenario, all_told_in
from collabsim.phrases import Phrase

LONGEST_NAME = 120


class ComparisonFile(Group):
    """What a comparison file holds."""

    NL: ClassVar[str] = "De inhoud van een vergelijkingsbestand."

    schema_version: Literal[1] = Field(default=1, alias="schema")
    name: str = Field(default="comparison", min_length=1, max_length=LONGEST_NAME)
    name_nl: str = Field(default="", max_length=LONGEST_NAME)
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
    return against.join(reversed(names[:2]))[:LONGEST_NAME]


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


def the_same(scenarios: Sequence[Scenario]) -> tuple[int, int] | None:
    """Positions of the first two that are one world under two names; None if all differ.

    The seed is no difference: scenarios that are compared get one for all.
    """
    worlds = [identity(scenario.model_copy(update={"seed": 0})) for scenario in scenarios]
    pairs = combinations(range(len(scenarios)), 2)
    return next(((i, j) for i, j in pairs if worlds[i] == worlds[j]), None)


def check_different(
    scenarios: Sequence[Scenario],
    overrides: Mapping[str, object] | None = None,
    as_written: Callable[[int], Scenario] | None = None,
    place: Place | None = None,
) -> None:
    """Refuse scenarios of which two are one world under two names.

    Args:
        scenarios: as they are to be run.
        overrides: what was set in all of them, if anything was.
        as_written: gives a scenario by its position as it is without ``overrides``.
        place: where they are listed.

    Raises:
        ConfigError: two are equal in all parameters.

    """
    same = the_same(scenarios)
    if same is None:
        return
    i, j = same
    a, b = (
        Phrase(scenario.name, scenario.told_in("nl").name)
        for scenario in (scenarios[i], scenarios[j])
    )
    took_away = ""
    if overrides and as_written is not None:
        took_away = " ".join(_what_took_away(overrides, as_written, i, j))
    raise ConfigError(
        Phrase(
            f'with {took_away} "{a}" and "{b}" are the same in all parameters',
            f'met {took_away} zijn "{a.nl}" en "{b.nl}" in alle parameters gelijk',
        )
        if took_away
        else Phrase(
            f'"{a}" and "{b}" are the same in all parameters',
            f'"{a.nl}" en "{b.nl}" zijn in alle parameters gelijk',
        ),
        rule=Phrase(
            "scenarios that are compared differ in at least one parameter beside name, description and seed",
            "scenario's die worden vergeleken verschillen in ten minste één parameter, "
            "naast naam, beschrijving en startgetal",
        ),
        repair=Phrase(
            f"leave out {took_away}, which sets in both what they differ in",
            f"laat {took_away} weg, want dat zet in beide gelijk waarin ze verschillen",
        )
        if took_away
        else Phrase(
            "change a parameter in one of the two, or leave one of them out",
            "verander een parameter in een van de twee, of laat er een weg",
        ),
        place=place,
    )


def _what_took_away(
    overrides: Mapping[str, object], as_written: Callable[[int], Scenario], i: int, j: int
) -> list[str]:
    """What was set of the parameters in which two scenarios differ as they are written."""
    try:
        apart = list(_paths(differences(as_written(j), as_written(i))))
    except ConfigError:  # What was set makes up for a fault in a file.
        return [setting(path, value) for path, value in overrides.items()]
    return [
        setting(path, value)
        for path, value in overrides.items()
        if any(f"{one}.".startswith(f"{path}.") or path.startswith(f"{one}.") for one in apart)
    ]


def _paths(differing: Mapping[str, object], before: str = "") -> list[str]:
    """The paths of values in groups."""
    found: list[str] = []
    for key, value in differing.items():
        path = f"{before}{key}"
        inner = _paths(value, f"{path}.") if isinstance(value, Mapping) else []
        found += inner or [path]
    return found
