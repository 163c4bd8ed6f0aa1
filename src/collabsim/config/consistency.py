"""Rules between parameters: values that are fine alone and impossible together."""

from collections.abc import Callable, Iterator

from collabsim.config.clash import Clash, organisations_of
from collabsim.config.errors import in_thousands, plain_number, shown
from collabsim.config.region_rules import (
    names_are_unique,
    organisations_fit,
    somebody_is_there,
    ties_fit,
)
from collabsim.parameters.grades import LOWEST, NOT_GIVEN
from collabsim.parameters.scenario import Scenario
from collabsim.phrases import Phrase

MONTHS_OF_PUBLIC_VALUE = 12
#: What fits in a few gigabytes and is run within the hour.
MOST_TIES, MOST_PAIRS_AND_YEARS, MOST_RESIDENTS = 5_000_000, 200_000_000, 100_000


def clashes(scenario: Scenario) -> list[Clash]:
    """Give every rule between parameters that a scenario breaks, without its timeline."""
    return [clash for check in CHECKS for clash in check(scenario)]


def seats_can_be_filled(scenario: Scenario) -> Iterator[Clash]:
    """A delegation is not larger than those it is chosen from."""
    table, providers = scenario.table, organisations_of(scenario, "provider")
    if table.delegation not in {"nobody", "everyone"} and table.seats > providers > 0:
        yield Clash(
            ("table", "seats"),
            table.seats,
            Phrase(
                f"table.seats is {table.seats}, and the region has {providers} providers",
                f"table.seats is {table.seats}, en de regio heeft {providers} aanbieders",
            ),
            Phrase(
                "there are at most as many seats as providers to fill them",
                "er zijn hooguit zoveel zetels als aanbieders die ze kunnen innemen",
            ),
            Phrase(
                f"choose from 1 to {providers} seats, or set table.delegation to everyone",
                f"kies een aantal zetels van 1 tot en met {providers}, "
                "of zet table.delegation op everyone",
            ),
            (("table", "delegation"), ("region", "provider_count")),
        )


def needs_fit(scenario: Scenario) -> Iterator[Clash]:
    """The least number of needs is not above the most, nor the most above the fields there are."""
    casework, fields = scenario.casework, len(scenario.region.fields)
    if casework.needs_least > casework.needs_most:
        yield Clash(
            ("casework", "needs_least"),
            casework.needs_least,
            Phrase(
                f"casework.needs_least is {casework.needs_least}, "
                f"and casework.needs_most is {casework.needs_most}",
                f"casework.needs_least is {casework.needs_least}, "
                f"en casework.needs_most is {casework.needs_most}",
            ),
            Phrase(
                "the smallest number of needs is at most the largest",
                "het kleinste aantal hulpvragen is hooguit het grootste",
            ),
            Phrase(
                "lower casework.needs_least or raise casework.needs_most",
                "maak casework.needs_least lager of casework.needs_most hoger",
            ),
            (("casework", "needs_most"),),
        )
    if casework.needs_most > fields:
        yield Clash(
            ("casework", "needs_most"),
            casework.needs_most,
            Phrase(
                f"casework.needs_most is {casework.needs_most}, and region.fields has {fields}",
                f"casework.needs_most is {casework.needs_most}, en region.fields heeft er {fields}",
            ),
            Phrase(
                "a resident has at most one need in each field",
                "een inwoner heeft op elk terrein hooguit één hulpvraag",
            ),
            Phrase(
                f"set casework.needs_most to at most {fields}, or add fields",
                f"zet casework.needs_most op hooguit {fields}, of voeg terreinen toe",
            ),
            (("region", "fields"),),
        )


def grades_can_be_given(scenario: Scenario) -> Iterator[Clash]:
    """A grade lies between 1 and 10; public value is of residents of a year of history."""
    given = scenario.grades.effective()
    for name in type(given).declarations():
        grade = getattr(given, name)
        if NOT_GIVEN < grade < LOWEST:
            yield Clash(
                ("grades", name),
                grade,
                Phrase(
                    f"grades.{name} is {plain_number(grade)}",
                    f"het cijfer grades.{name} is {plain_number(grade)}",
                ),
                Phrase(
                    "a grade lies between 1 and 10, and 0 means that none is given",
                    "een cijfer ligt tussen 1 en 10, en 0 betekent dat er geen is gegeven",
                ),
                Phrase(
                    "give a grade from 1 to 10, or leave it out",
                    "geef een cijfer van 1 tot en met 10, of laat het weg",
                ),
            )
    if given.public_value != NOT_GIVEN and scenario.history_months < MONTHS_OF_PUBLIC_VALUE:
        yield Clash(
            ("grades", "public_value"),
            given.public_value,
            Phrase(
                f"grades.public_value is given, and history_months is {scenario.history_months}",
                f"grades.public_value is gegeven, en history_months is {scenario.history_months}",
            ),
            Phrase(
                "public value is that of the residents of the last year of the history",
                "publieke waarde is die van de inwoners in het laatste jaar van de geschiedenis",
            ),
            Phrase(
                f"set history_months to {MONTHS_OF_PUBLIC_VALUE} or more, or leave out the grade",
                f"zet history_months op {MONTHS_OF_PUBLIC_VALUE} of meer, of laat het cijfer weg",
            ),
            (("history_months",),),
        )


def the_world_fits(scenario: Scenario) -> Iterator[Clash]:
    """A world that no machine holds, or that would run for days, is refused before it is begun."""
    region, casework = scenario.region, scenario.casework.effective()
    count = sum(organisations_of(scenario, kind) for kind in ("municipality", "provider"))
    towns = organisations_of(scenario, "municipality")
    known = count - 1
    if 0 < region.known_others < known:
        # Every provider knows two municipalities besides, and ties have room for who knows most others.
        known = min(known, region.known_others + 2 * (count - towns) // max(1, towns))
    years = (max(scenario.months, scenario.history_months) + 11) // 12
    if count * known > MOST_TIES or count * count * years > MOST_PAIRS_AND_YEARS:
        yield Clash(
            ("region", "provider_count"),
            region.provider_count,
            Phrase(
                f"the region has {count} organisations that each may know {known} others, "
                f"over {years} years",
                f"de regio heeft {count} organisaties die elk {known} andere kunnen kennen, "
                f"over {years} jaar",
            ),
            Phrase(
                f"a run holds at most {MOST_TIES:,} ties, "
                f"and {MOST_PAIRS_AND_YEARS:,} pairs times years",
                f"een simulatie kan hooguit {in_thousands(MOST_TIES)} banden aan, "
                f"en {in_thousands(MOST_PAIRS_AND_YEARS)} paren maal jaren",
            ),
            Phrase(
                "set region.known_others, take fewer organisations, or fewer months",
                "stel region.known_others in, neem minder organisaties, of minder maanden",
            ),
            (("region", "known_others"), ("region", "municipality_count"), ("months",)),
        )
    inhabitants = region.municipality_count * region.inhabitants_per_municipality
    inhabitants += sum(named.inhabitants or 0 for named in region.organisations)
    residents = inhabitants / 1000.0 * casework.cases_per_1000_per_year / 12.0
    if residents > MOST_RESIDENTS:
        yield Clash(
            ("casework", "cases_per_1000_per_year"),
            casework.cases_per_1000_per_year,
            Phrase(
                f"about {residents:,.0f} residents would come each month",
                f"er zouden elke maand ongeveer {in_thousands(residents)} inwoners komen",
            ),
            Phrase(
                f"a run holds at most {MOST_RESIDENTS:,} new residents a month",
                f"een simulatie kan per maand hooguit {in_thousands(MOST_RESIDENTS)} nieuwe "
                "inwoners aan",
            ),
            Phrase(
                "lower casework.cases_per_1000_per_year, or take fewer inhabitants",
                "maak casework.cases_per_1000_per_year lager, of neem minder inwoners",
            ),
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
                Phrase(
                    f"the ground rules {shown(other)} and {shown(name)} are of the same situation",
                    f"de spelregels {shown(other)} en {shown(name)} gaan over dezelfde situatie",
                ),
                Phrase(
                    "in a situation one ground rule of your own can be agreed",
                    "voor een situatie is één eigen spelregel af te spreken",
                ),
                Phrase("leave out one of the two", "laat een van de twee weg"),
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
