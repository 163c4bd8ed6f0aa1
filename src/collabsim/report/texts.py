"""The paragraphs of the report, in English and Dutch, and its sources."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "made": (
        (
            "Made on {date} with collabsim {version}: {replicates} pairs of runs of {months} "
            "months with the same luck."
        ),
        (
            "Gemaakt op {date} met collabsim {version}: {replicates} paren simulaties van "
            "{months} maanden met hetzelfde toeval."
        ),
    ),
    "made one": (
        "Made on {date} with collabsim {version}: {replicates} runs of {months} months.",
        (
            "Gemaakt op {date} met collabsim {version}: {replicates} simulaties van {months} "
            "maanden."
        ),
    ),
    "what differs": (
        (
            "What difference does it make if a region is arranged like {others} instead of like "
            "{reference}?"
        ),
        (
            "Wat maakt het uit of een regio is ingericht als {others} in plaats van als "
            "{reference}?"
        ),
    ),
    "reading": (
        (
            "Each outcome is told three ways: the difference in its own unit, the difference "
            "beside what luck alone does between regions, and in how many pairs of runs with the "
            "same luck it went that way. Then follows the verdict: better, worse, no difference "
            "that matters, or not known. What counts as a difference that matters was fixed "
            "beforehand."
        ),
        (
            "Elke uitkomst is op drie manieren verteld: het verschil in de eigen eenheid, het "
            "verschil naast wat toeval alleen al doet tussen regio's, en in hoeveel paren "
            "simulaties met hetzelfde toeval het die kant op ging. Dan volgt het oordeel: beter, "
            "slechter, geen verschil dat ertoe doet, of niet bekend. Wat geldt als een verschil "
            "dat ertoe doet is vooraf vastgelegd."
        ),
    ),
    "short text": (
        (
            "The outcomes that a client asks for first, always the same ones whatever they say; "
            "all others follow below."
        ),
        (
            "De uitkomsten waar een opdrachtgever het eerst naar vraagt, altijd dezelfde, wat er "
            "ook uitkomt; alle andere staan verderop."
        ),
    ),
    "pays text": (
        (
            "Between brackets the difference with the reference and the verdict on it. A provider "
            "has a seat if it sat at the table in any month. Groups are those of each scenario: "
            "where other parties have a seat or are in the inner ring, a difference is partly one "
            "in who they are, and there is no verdict. Means are over the pairs of which the "
            "difference is, and the figure shows all runs."
        ),
        (
            "Tussen haakjes het verschil met de referentie en het oordeel daarover. Een aanbieder "
            "heeft een zetel als hij in enige maand aan tafel zat. Groepen zijn die van elk "
            "scenario zelf: waar andere partijen een zetel hebben of in de binnenring zitten, zit "
            "een verschil deels in wie het zijn, en is er geen oordeel. Gemiddelden zijn over de "
            "paren waar het verschil over gaat, en de figuur toont alle simulaties."
        ),
    ),
    "rings text": (
        (
            "Organisations are numbered and not named; the order of the numbers does not follow "
            "their names."
        ),
        (
            "Organisaties zijn genummerd en niet genoemd; de volgorde van de nummers volgt de "
            "namen niet."
        ),
    ),
    "rings named": (
        (
            "Organisations are named, except where one of a kind stays in the background: then all "
            "of that kind are numbered."
        ),
        (
            "Organisaties zijn genoemd, behalve waar er een van een soort op de achtergrond blijft: "
            "dan zijn alle van die soort genummerd."
        ),
    ),
    "held text": (
        (
            "Most assumptions were measured by nobody. The scenarios were compared again in "
            "{worlds} sets of assumptions that agree with published patterns, {replicates} times "
            "in each. What comes out is a share of the assumptions examined, and no probability."
        ),
        (
            "De meeste aannamen zijn door niemand gemeten. De scenario's zijn opnieuw vergeleken "
            "onder {worlds} verzamelingen aannamen die passen bij gepubliceerde patronen, "
            "{replicates} keer in elk. Wat eruit komt is een deel van de onderzochte aannamen, "
            "geen kans."
        ),
    ),
    "predicts": (
        "It predicts no region. It says what follows in this model, under these assumptions.",
        (
            "Het voorspelt geen enkele regio. Het zegt wat in dit model volgt, onder deze "
            "aannamen."
        ),
    ),
    "residents": (
        (
            "It says nothing about what care does for residents, only whether and when the needs "
            "that were seen were met. Residents do not choose."
        ),
        (
            "Het zegt niets over wat zorg voor inwoners doet, alleen of en wanneer de hulpvragen "
            "die gezien zijn zijn beantwoord. Inwoners kiezen niet."
        ),
    ),
    "contracts": (
        (
            "Contracts change in volume, never in partner. No organisation closes, and none is "
            "founded."
        ),
        (
            "Contracten veranderen in omvang, nooit van partner. Geen organisatie houdt op, en er "
            "komt er geen bij."
        ),
    ),
    "seats": (
        (
            "A seat gives no power over decisions: it lets one hear, be heard and pledge. Who was "
            "overruled or passed over bears no grudge."
        ),
        (
            "Een zetel geeft geen macht over besluiten: wie er zit hoort, wordt gehoord en doet "
            "toezeggingen. Wie is overstemd of overgeslagen, draagt dat niet na."
        ),
    ),
    "hours saved": (
        "Hours are not saved up: who has too few in a month for a meeting stays away.",
        (
            "Uren worden niet opgespaard: wie er in een maand te weinig heeft voor een overleg, "
            "blijft weg."
        ),
    ),
    "gains handover": (
        (
            "Handover and second contacts cost no hours here, so what they bring is at most what "
            "is shown."
        ),
        (
            "Overdracht en tweede contactpersonen kosten hier geen uren, dus wat ze opleveren is "
            "hooguit wat hier staat."
        ),
    ),
    "assumptions text": (
        (
            "Of the {count} numbers that describe the region and how people deal with each other: "
            "{measured} measured, {literature} described in literature, {assumption} assumptions "
            "that nobody measured, and {changed} set here. What is known of a default says nothing "
            "of what was set instead. Values are those of {reference}."
        ),
        (
            "Van de {count} getallen die de regio beschrijven en hoe mensen met elkaar omgaan: "
            "{measured} gemeten, {literature} beschreven in de literatuur, {assumption} aannamen "
            "die niemand heeft gemeten, en {changed} hier ingesteld. Wat er van een standaardwaarde "
            "bekend is zegt niets over wat er in plaats daarvan is ingesteld. Waarden zijn die van "
            "{reference}."
        ),
    ),
    "again text": (
        (
            "The folder of results holds a manifest.json with every scenario in full. With the "
            "same version of collabsim, seed {seed} and {replicates} replicates, the same configs "
            "give the same numbers to the last digit on the same platform."
        ),
        (
            "De map met resultaten bevat een manifest.json met elk scenario volledig. Met "
            "dezelfde versie van collabsim, startgetal {seed} en {replicates} herhalingen geven "
            "dezelfde configs dezelfde getallen, tot op het laatste cijfer op hetzelfde platform."
        ),
    ),
})  # fmt: skip

#: What the keys of sources stand for; docs/sources.md says what each is used for.
SOURCES: Mapping[str, str] = MappingProxyType({
    "cbs-azw": "CBS, Arbeidsmarkt zorg en welzijn, 2022-2023",
    "collegetafel": "De Collegetafel, wethouders die tussentijds vertrokken, 2018-2023",
    "insights": "Insights Zorg (Emiel Felix)",
    "k2-approach": "K2, Werken aan samenwerking volgens de K2 aanpak",
    "k2-partnership": (
        "K2 (Pia van den Boom), Partnerschap is een gevoel. Dat kun je niet op papier zetten"
    ),
    "kansrijke-start": "Pharos (Hanneke van Zoest), Succesvol samenwerken kun je leren",
    "thermometer": "Raedelijn en Common Eye, Netwerkthermometer",
    "vng": "VNG, Aantal medewerkers gemeenten stijgt ondanks krappe arbeidsmarkt, 2021-2022",
    "weerthuis": (
        "Platform31 (Manon de Caluwé), Vijf bouwstenen voor samenwerking in de WeerThuis-opgave"
    ),
    "zeeland": "Organisatieadviesgroep (2019), jeugdzorg in Zeeland",
})  # fmt: skip
