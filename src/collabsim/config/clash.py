"""One broken rule between parameters, and what several of these rules look at."""

from typing import NamedTuple

from collabsim.parameters.scenario import Scenario
from collabsim.phrases import Phrase


class Clash(NamedTuple):
    """One broken rule between parameters.

    Attributes:
        at: the parameter that is named first in messages, as keys and list positions.
        value: the value there.
        found: what was found, in words.
        rule: what holds.
        repair: what to do.
        others: further parameters that could be repaired instead.

    """

    at: tuple[str | int, ...]
    value: object
    found: Phrase
    rule: Phrase
    repair: Phrase
    others: tuple[tuple[str, ...], ...] = ()


def organisations_of(scenario: Scenario, kind: str) -> int:
    """Count the generated and the named organisations of one kind."""
    region = scenario.region
    generated = region.municipality_count if kind == "municipality" else region.provider_count
    return generated + sum(named.kind == kind for named in region.organisations)


def generated_ids(scenario: Scenario) -> set[str]:
    """Give the ids that generated organisations have."""
    region = scenario.region
    return {
        *(f"municipality-{n:02d}" for n in range(1, region.municipality_count + 1)),
        *(f"provider-{n:03d}" for n in range(1, region.provider_count + 1)),
    }
