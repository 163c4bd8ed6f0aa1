"""Rules between parameters: values that are fine alone and impossible together."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from collabsim.config.errors import plain_number, shown
from collabsim.parameters.grades import LOWEST, NOT_GIVEN
from collabsim.parameters.scenario import Scenario

MONTHS_OF_PUBLIC_VALUE = 12
#: What fits in a few gigabytes and is run within the hour.
MOST_TIES, MOST_PAIRS_AND_YEARS, MOST_RESIDENTS = 5_000_000, 200_000_000, 100_000


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
    found: str
    rule: str
    repair: str
    others: tuple[tuple[str, ...], ...] = ()


def clashes(scenario: Scenario) -> list[Clash]:
    """Give every rule between parameters that a scenario breaks, without its timeline."""
    return [clash for check in CHECKS for clash in check(scenario)]


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


def somebody_is_there(scenario: Scenario) -> Iterator[Clash]:
    """A region has municipalities, where residents live, and providers, who help them."""
    for kind, many in (("municipality", "municipalities"), ("provider", "providers")):
        if organisations_of(scenario, kind) == 0:
            yield Clash(
                ("region", f"{kind}_count"),
                0,
                f"the region has no {many}",
                f"a region has at least one {kind}",
                f"set region.{kind}_count to 1 or more, or name one under region.organisations",
            )


def seats_can_be_filled(scenario: Scenario) -> Iterator[Clash]:
    """A delegation is not larger than those it is chosen from."""
    table, providers = scenario.table, organisations_of(scenario, "provider")
    if table.delegation not in {"nobody", "everyone"} and table.seats > providers > 0:
        yield Clash(
            ("table", "seats"),
            table.seats,
            f"table.seats is {table.seats}, and the region has {providers} providers",
            "there are at most as many seats as providers to fill them",
            f"choose from 1 to {providers} seats, or set table.delegation to everyone",
            (("table", "delegation"), ("region", "provider_count")),
        )


def needs_fit(scenario: Scenario) -> Iterator[Clash]:
    """The least number of needs is not above the most, nor the most above the fields there are."""
    casework, fields = scenario.casework, len(scenario.region.fields)
    if casework.needs_least > casework.needs_most:
        yield Clash(
            ("casework", "needs_least"),
            casework.needs_least,
            f"casework.needs_least is {casework.needs_least}, "
            f"and casework.needs_most is {casework.needs_most}",
            "the smallest number of needs is at most the largest",
            "lower casework.needs_least or raise casework.needs_most",
            (("casework", "needs_most"),),
        )
    if casework.needs_most > fields:
        yield Clash(
            ("casework", "needs_most"),
            casework.needs_most,
            f"casework.needs_most is {casework.needs_most}, and region.fields has {fields}",
            "a resident has at most one need in each field",
            f"set casework.needs_most to at most {fields}, or add fields",
            (("region", "fields"),),
        )


def names_are_unique(scenario: Scenario) -> Iterator[Clash]:
    """Fields and named organisations each have a name of their own."""
    fields = scenario.region.fields
    for i, field in enumerate(fields):
        if field in fields[:i]:
            yield Clash(
                ("region", "fields", i),
                field,
                f"the field {shown(field)} is listed twice",
                "each field is listed once",
                "remove one of the two",
            )
    first: dict[str, int] = {}
    generated = generated_ids(scenario) if scenario.region.organisations else set()
    for i, named in enumerate(scenario.region.organisations):
        if named.id in first:
            yield Clash(
                ("region", "organisations", i, "id"),
                named.id,
                f"the id {shown(named.id)} is also that of organisation {first[named.id] + 1}",
                "each organisation has an id of its own",
                "give one of the two another id",
            )
        first.setdefault(named.id, i)
        if named.id in generated:
            yield Clash(
                ("region", "organisations", i, "id"),
                named.id,
                f"the id {shown(named.id)} is that of a generated organisation",
                "each organisation has an id of its own",
                f"give it another id, or lower region.{named.id.partition('-')[0]}_count",
            )


def organisations_fit(scenario: Scenario) -> Iterator[Clash]:
    """Named organisations work in fields that exist, and only municipalities have inhabitants."""
    fields = scenario.region.fields
    for i, named in enumerate(scenario.region.organisations):
        at: tuple[str | int, ...] = ("region", "organisations", i)
        own = [] if named.domain is None else [((*at, "domain"), named.domain)]
        for place, field in (*own, *(((*at, "also", j), f) for j, f in enumerate(named.also))):
            if field not in fields:
                yield Clash(
                    place,
                    field,
                    f"{named.id} works in {shown(field)}, and region.fields has no such field",
                    "an organisation works in fields of the region",
                    f"choose from {', '.join(fields)}, or add it to region.fields",
                )
        if named.kind == "provider" and named.inhabitants is not None:
            yield Clash(
                (*at, "inhabitants"),
                named.inhabitants,
                f"{named.id} is a provider with {named.inhabitants} inhabitants",
                "only municipalities have inhabitants",
                "remove inhabitants, or give the provider a size",
            )


def ties_fit(scenario: Scenario) -> Iterator[Clash]:
    """Given ties are between two organisations of the region, each said once, where all know all."""
    region = scenario.region
    if not region.ties:
        return
    if region.known_others:
        yield Clash(
            ("region", "known_others"),
            region.known_others,
            f"region.known_others is {region.known_others}, and ties are given",
            "ties can be given where everybody can know everybody",
            "leave out region.known_others, or the ties",
        )
    ids = {named.id for named in region.organisations} | generated_ids(scenario)
    seen: set[tuple[str, str]] = set()
    for i, tie in enumerate(region.ties):
        at: tuple[str | int, ...] = ("region", "ties", i)
        for key, name in (("who", tie.who), ("whom", tie.whom)):
            if name not in ids:
                yield Clash(
                    (*at, key),
                    name,
                    f"{shown(name)} is no organisation of this region",
                    "a tie is between organisations that are named or generated",
                    "correct the name, or add it to region.organisations",
                )
        if tie.who == tie.whom:
            yield Clash(
                (*at, "whom"),
                tie.whom,
                f"{shown(tie.who)} answers about itself",
                "a tie is between two organisations",
                "remove it",
            )
        elif (tie.who, tie.whom) in seen:
            yield Clash(
                (*at, "whom"),
                tie.whom,
                f"{shown(tie.who)} answers twice about {shown(tie.whom)}",
                "each answer is given once",
                "remove one of the two",
            )
        seen.add((tie.who, tie.whom))


def grades_can_be_given(scenario: Scenario) -> Iterator[Clash]:
    """A grade lies between 1 and 10; public value is of residents of a year of history."""
    given = scenario.grades.effective()
    for name in type(given).declarations():
        grade = getattr(given, name)
        if NOT_GIVEN < grade < LOWEST:
            yield Clash(
                ("grades", name),
                grade,
                f"grades.{name} is {plain_number(grade)}",
                "a grade lies between 1 and 10, and 0 means that none is given",
                "give a grade from 1 to 10, or leave it out",
            )
    if given.public_value != NOT_GIVEN and scenario.history_months < MONTHS_OF_PUBLIC_VALUE:
        yield Clash(
            ("grades", "public_value"),
            given.public_value,
            f"grades.public_value is given, and history_months is {scenario.history_months}",
            "public value is that of the residents of the last year of the history",
            f"set history_months to {MONTHS_OF_PUBLIC_VALUE} or more, or leave out the grade",
            (("history_months",),),
        )


def the_world_fits(scenario: Scenario) -> Iterator[Clash]:
    """A world that no machine holds, or that would run for days, is refused before it is begun."""
    region, casework = scenario.region, scenario.casework.effective()
    count = sum(organisations_of(scenario, kind) for kind in ("municipality", "provider"))
    known = region.known_others if 0 < region.known_others < count - 1 else count - 1
    years = (max(scenario.months, scenario.history_months) + 11) // 12
    if count * known > MOST_TIES or count * count * years > MOST_PAIRS_AND_YEARS:
        yield Clash(
            ("region", "provider_count"),
            region.provider_count,
            f"the region has {count} organisations that each may know {known} others, over {years} years",
            f"a run holds at most {MOST_TIES:,} ties, and {MOST_PAIRS_AND_YEARS:,} pairs times years",
            "set region.known_others, take fewer organisations, or fewer months",
            (("region", "known_others"), ("region", "municipality_count"), ("months",)),
        )
    inhabitants = region.municipality_count * region.inhabitants_per_municipality
    inhabitants += sum(named.inhabitants or 0 for named in region.organisations)
    residents = inhabitants / 1000.0 * casework.cases_per_1000_per_year / 12.0
    if residents > MOST_RESIDENTS:
        yield Clash(
            ("casework", "cases_per_1000_per_year"),
            casework.cases_per_1000_per_year,
            f"about {residents:,.0f} residents would come each month",
            f"a run holds at most {MOST_RESIDENTS:,} new residents a month",
            "lower casework.cases_per_1000_per_year, or take fewer inhabitants",
            (("region", "inhabitants_per_municipality"), ("region", "municipality_count")),
        )


def rules_are_apart(scenario: Scenario) -> Iterator[Clash]:
    """Of the user's own ground rules at most one is agreed for a situation."""
    if not scenario.rules.own:
        return
    from collabsim.rules import OWN_RULES

    taken: dict[int, str] = {}
    for i, name in enumerate(scenario.rules.own):
        other = taken.setdefault(OWN_RULES[name].situation, name)
        if i and (other != name or name in scenario.rules.own[:i]):
            yield Clash(
                ("rules", "own", i),
                name,
                f"the ground rules {shown(other)} and {shown(name)} are of the same situation",
                "in a situation one ground rule of your own can be agreed",
                "leave out one of the two",
            )


CHECKS: tuple[Callable[[Scenario], Iterator[Clash]], ...] = (
    somebody_is_there,
    seats_can_be_filled,
    needs_fit,
    names_are_unique,
    organisations_fit,
    ties_fit,
    grades_can_be_given,
    rules_are_apart,
    the_world_fits,
)
