"""Rules between the parts of a region: who is there, what they are called, and whom they know."""

from collections.abc import Iterator

from collabsim.config.clash import Clash, generated_ids, organisations_of
from collabsim.config.errors import REMOVE_ONE, shown
from collabsim.parameters.scenario import Scenario
from collabsim.phrases import Phrase

_KINDS = (
    ("municipality", Phrase("municipalities", "gemeenten"), "gemeente"),
    ("provider", Phrase("providers", "aanbieders"), "aanbieder"),
)


def somebody_is_there(scenario: Scenario) -> Iterator[Clash]:
    """A region has municipalities, where residents live, and providers, who help them."""
    for kind, many, soort in _KINDS:
        if organisations_of(scenario, kind) == 0:
            yield Clash(
                ("region", f"{kind}_count"),
                0,
                Phrase(f"the region has no {many}", f"de regio heeft geen {many.nl}"),
                Phrase(
                    f"a region has at least one {kind}", f"een regio heeft minstens één {soort}"
                ),
                Phrase(
                    f"set region.{kind}_count to 1 or more, or name one under region.organisations",
                    f"zet region.{kind}_count op 1 of meer, of noem er een bij region.organisations",
                ),
            )


def names_are_unique(scenario: Scenario) -> Iterator[Clash]:
    """Fields and named organisations each have a name of their own."""
    fields = scenario.region.fields
    for i, field in enumerate(fields):
        if field in fields[:i]:
            yield Clash(
                ("region", "fields", i),
                field,
                Phrase(
                    f"the field {shown(field)} is listed twice",
                    f"het terrein {shown(field)} staat er twee keer",
                ),
                Phrase("each field is listed once", "elk terrein staat er één keer"),
                REMOVE_ONE,
            )
    own_id = Phrase("each organisation has an id of its own", "elke organisatie heeft een eigen id")
    first: dict[str, int] = {}
    generated = generated_ids(scenario) if scenario.region.organisations else set()
    for i, named in enumerate(scenario.region.organisations):
        if named.id in first:
            other = first[named.id] + 1
            yield Clash(
                ("region", "organisations", i, "id"),
                named.id,
                Phrase(
                    f"the id {shown(named.id)} is also that of organisation {other}",
                    f"het id {shown(named.id)} is ook dat van organisatie {other}",
                ),
                own_id,
                Phrase("give one of the two another id", "geef een van de twee een ander id"),
            )
        first.setdefault(named.id, i)
        if named.id in generated:
            count = f"region.{named.id.partition('-')[0]}_count"
            yield Clash(
                ("region", "organisations", i, "id"),
                named.id,
                Phrase(
                    f"the id {shown(named.id)} is that of a generated organisation",
                    f"het id {shown(named.id)} is dat van een aangemaakte organisatie",
                ),
                own_id,
                Phrase(
                    f"give it another id, or lower {count}",
                    f"geef haar een ander id, of maak {count} lager",
                ),
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
                    Phrase(
                        f"{named.id} works in {shown(field)}, and region.fields has no such field",
                        f"{named.id} werkt op {shown(field)}, en region.fields heeft dat terrein niet",
                    ),
                    Phrase(
                        "an organisation works in fields of the region",
                        "een organisatie werkt op terreinen van de regio",
                    ),
                    Phrase(
                        f"choose from {', '.join(fields)}, or add it to region.fields",
                        f"kies uit {', '.join(fields)}, of zet het terrein bij region.fields",
                    ),
                )
        if named.kind == "provider" and named.inhabitants is not None:
            yield Clash(
                (*at, "inhabitants"),
                named.inhabitants,
                Phrase(
                    f"{named.id} is a provider with {named.inhabitants} inhabitants",
                    f"{named.id} is een aanbieder met {named.inhabitants} inwoners",
                ),
                Phrase("only municipalities have inhabitants", "alleen gemeenten hebben inwoners"),
                Phrase(
                    "remove inhabitants, or give the provider a size",
                    "verwijder inhabitants, of geef de aanbieder een size",
                ),
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
            Phrase(
                f"region.known_others is {region.known_others}, and ties are given",
                f"region.known_others is {region.known_others}, en er zijn banden opgegeven",
            ),
            Phrase(
                "ties can be given where everybody can know everybody",
                "banden zijn op te geven waar iedereen iedereen kan kennen",
            ),
            Phrase(
                "leave out region.known_others, or the ties",
                "laat region.known_others weg, of de banden",
            ),
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
                    Phrase(
                        f"{shown(name)} is no organisation of this region",
                        f"{shown(name)} is geen organisatie van deze regio",
                    ),
                    Phrase(
                        "a tie is between organisations that are named or generated",
                        "een band is er tussen organisaties die genoemd of aangemaakt zijn",
                    ),
                    Phrase(
                        "correct the name, or add it to region.organisations",
                        "verbeter de naam, of zet de organisatie bij region.organisations",
                    ),
                )
        if tie.who == tie.whom:
            yield Clash(
                (*at, "whom"),
                tie.whom,
                Phrase(
                    f"{shown(tie.who)} answers about itself",
                    f"{shown(tie.who)} antwoordt over zichzelf",
                ),
                Phrase(
                    "a tie is between two organisations",
                    "een band is er tussen twee organisaties",
                ),
                Phrase("remove it", "verwijder dit antwoord"),
            )
        elif (tie.who, tie.whom) in seen:
            yield Clash(
                (*at, "whom"),
                tie.whom,
                Phrase(
                    f"{shown(tie.who)} answers twice about {shown(tie.whom)}",
                    f"{shown(tie.who)} antwoordt twee keer over {shown(tie.whom)}",
                ),
                Phrase("each answer is given once", "elk antwoord staat er één keer"),
                REMOVE_ONE,
            )
        seen.add((tie.who, tie.whom))
