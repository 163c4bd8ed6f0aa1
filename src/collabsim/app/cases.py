"""Named cases that the first screen offers, each with a sentence on what to try."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Case:
    """A case that is ready to open.

    Attributes:
        name: as in links.
        title: in English and Dutch.
        tries: what to try, in English and Dutch.
        scenarios: the shipped scenarios to open, the reference first; at most three.
        group: the group of parameters to open with.

    """

    name: str
    title: tuple[str, str]
    tries: tuple[str, str]
    scenarios: tuple[str, ...]
    group: str


CASES: Mapping[str, Case] = MappingProxyType({
    case.name: case
    for case in (
        Case(
            "table-of-ten",
            ("Nine municipalities, fifty providers, a table of ten",
             "Negen gemeenten, vijftig aanbieders, een tafel van tien"),
            ("Let more or fewer seats rotate each year, and see whether those at home notice.",
             "Laat elk jaar meer of minder zetels rouleren, en zie of wie thuis blijft dat merkt."),
            ("region-004-rotating", "region-004-fixed"),
            "table.rotation",
        ),
        Case(
            "everyone-or-nobody",
            ("Everyone at the table, or nobody", "Iedereen aan tafel, of niemand"),
            ("Compare a delegation with a table for all fifty: what does it bring, and for how many hours?",
             "Vergelijk een delegatie met een tafel voor alle vijftig: wat levert het op, en voor hoeveel uren?"),
            ("region-004-rotating", "region-004-everyone", "region-004-nobody"),
            "table",
        ),
        Case(
            "hidden-connector",
            ("A coalition with a hidden connector", "Een coalitie met een verborgen verbinder"),
            ("Give the party in the background more or fewer hours to connect others, with a mandate or without.",
             "Geef de partij op de achtergrond meer of minder uren om te verbinden, met of zonder mandaat."),
            ("coalition-004", "coalition-004-strengthened", "coalition-004-mandate"),
            "connector",
        ),
        Case(
            "ground-rules",
            ("A development agenda with ground rules", "Een ontwikkelagenda met spelregels"),
            ("Have the rules made by others, and see what is left of them after the cut in the third year.",
             "Laat anderen de spelregels maken, en zie wat ervan over is na de bezuiniging in het derde jaar."),
            ("agenda-004", "agenda-004-rules-by-everyone", "agenda-004-rules-imposed"),
            "rules",
        ),
        Case(
            "rings",
            ("The inner ring and the outer ring", "De binnenring en de buitenring"),
            ("Agree to include the outer ring, or only show the pattern: does the outer ring wait less?",
             "Spreek af de buitenring te betrekken, of laat alleen het patroon zien: wacht de buitenring korter?"),
            ("rings-004", "rings-004-agreement", "rings-004-pattern"),
            "rules",
        ),
        Case(
            "many-networks",
            ("WeerThuis: ten partnerships at once", "WeerThuis: tien samenwerkingen tegelijk"),
            ("Let parties sit in more or fewer of the ten networks, and look at the hours.",
             "Laat partijen in meer of minder van de tien netwerken zitten, en kijk naar de uren."),
            ("weerthuis-002", "weerthuis-002-much-overlap", "weerthuis-002-one-table"),
            "networks",
        ),
        Case(
            "prepare-first",
            ("Kansrijke Start: prepare first, or start at once",
             "Kansrijke Start: eerst voorbereiden, of meteen beginnen"),
            ("Change who prepares and how often, and see when the hours pay back, if they do.",
             "Verander wie zich voorbereidt en hoe vaak, en zie wanneer de uren zich terugbetalen, als ze dat doen."),
            ("start-003", "start-003-prepared", "start-003-prepared-in-practice"),
            "sessions",
        ),
        Case(
            "lunch",
            ("The lunch", "De lunch"),
            ("Hold one large lunch, or one every quarter, and look at what is left of it after a year.",
             "Houd één grote lunch, of elk kwartaal een, en kijk wat er na een jaar van over is."),
            ("lunch-000-without", "lunch-000", "lunch-000-every-quarter"),
            "sessions",
        ),
        Case(
            "five-conditions",
            ("Five conditions: all a bit, or one lagging behind",
             "Vijf condities: alle een beetje, of één die achterblijft"),
            ("Give your own grades for the five conditions, and see where they stand at the end.",
             "Geef eigen cijfers voor de vijf condities, en zie waar ze aan het eind staan."),
            ("grades-003", "grades-003-weak-relation", "grades-003-weak-process"),
            "grades",
        ),
        Case(
            "stuck",
            ("Set a stuck collaboration moving", "Een vastgelopen samenwerking in beweging brengen"),
            ("Talk about what blocks, or about what works, and see whether anything starts to move.",
             "Praat over wat blokkeert, of over wat werkt, en zie of er iets in beweging komt."),
            ("stuck-002", "stuck-002-diagnostic", "stuck-002-dialogic"),
            "sessions",
        ),
    )
})  # fmt: skip
