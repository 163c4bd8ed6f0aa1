"""The words of the field, in English and Dutch: what they mean in this model."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the field.

    Attributes:
        en: in English.
        nl: in Dutch.
        means: what it means here, one sentence in English.
        betekent: the same in Dutch.

    """

    en: str
    nl: str
    means: str
    betekent: str


WORDS: Mapping[str, Word] = MappingProxyType({
    word.en: word
    for word in (
        Word("acquaintance", "elkaar kennen", "How well two contact persons know each other, from 0 to 1.",
             "Hoe goed twee contactpersonen elkaar kennen, van 0 tot 1."),
        Word("access team", "toegang", "The team of a municipality at which residents ask for help.",
             "Het team van een gemeente waar inwoners om hulp vragen."),
        Word("ask", "vraag", "One party asking another to meet a need of a resident.",
             "De ene partij vraagt de andere om in een behoefte van een inwoner te voorzien."),
        Word("board", "bestuur", "The layer of aldermen and directors, who sit at the table.",
             "De laag van wethouders en bestuurders, die aan tafel zitten."),
        Word("care hours", "zorguren", "Hours a month in which a provider can give help.",
             "Uren per maand waarin een aanbieder hulp kan geven."),
        Word("case", "casus", "A resident with needs in several fields.",
             "Een inwoner met problemen op meerdere terreinen."),
        Word("connector", "verbinder", "Who gets hours to bring others together.",
             "Wie uren krijgt om anderen bij elkaar te brengen."),
        Word("consultation", "casusoverleg", "The parties of a case sitting together.",
             "De partijen van een casus om de tafel."),
        Word("contact person", "contactpersoon", "Who carries a relation in a layer.",
             "Wie in een laag een relatie draagt."),
        Word("delegation", "delegatie", "Those who sit at the table for others.",
             "Degenen die namens anderen aan tafel zitten."),
        Word("dependence", "afhankelijkheid", "How much of what a party needs comes from another.",
             "Hoeveel van wat een partij nodig heeft van een ander komt."),
        Word("director", "regisseur", "The largest municipality at the table, when it decides for all.",
             "De grootste gemeente aan tafel, als die voor allen besluit."),
        Word("energy", "energie", "What sets how many hours a party is willing to give, from 0 to 1.",
             "Wat bepaalt hoeveel uren een partij wil geven, van 0 tot 1."),
        Word("frame", "bril", "What a party has an eye for: its glasses.",
             "Waar een partij oog voor heeft: haar bril."),
        Word("grievance", "oud zeer", "What a party holds against another and has not said.",
             "Wat een partij een ander verwijt en niet heeft uitgesproken."),
        Word("ground rule", "spelregel", "An expectation of how to deal with each other that people know of.",
             "Een verwachting over hoe men met elkaar omgaat, die mensen kennen."),
        Word("handover", "overdracht", "What a leaver passes on to the successor.",
             "Wat een vertrekker aan de opvolger doorgeeft."),
        Word("image of the ambition", "beeld van de ambitie", "What the shared ambition means to a party.",
             "Wat de gedeelde ambitie voor een partij betekent."),
        Word("incident", "incident", "A case that becomes public, and for which parties account.",
             "Een casus die in de openbaarheid komt, waarover partijen zich verantwoorden."),
        Word("inner ring", "binnenring", "Parties that help each other faster, this year and the next.",
             "Partijen die elkaar sneller helpen, dit jaar en het volgende."),
        Word("interest", "belang", "What a party is after, on four issues.",
             "Waar het een partij om gaat, op vier punten."),
        Word("joint step", "gezamenlijke stap", "An agreement of the table of which enough was honoured.",
             "Een afspraak van de tafel waarvan genoeg is nagekomen."),
        Word("layer", "laag", "Practice, management or board.", "Uitvoering, management of bestuur."),
        Word("luck", "toeval", "All that chance decides; two arrangements are compared with the same luck.",
             "Alles wat het toeval bepaalt; twee vormen worden met hetzelfde toeval vergeleken."),
        Word("mandate", "mandaat", "Whether those whom a connector invites come, and are reminded of rules.",
             "Of wie een verbinder uitnodigt ook komt, en aan spelregels herinnerd wordt."),
        Word("municipality", "gemeente", "Where residents live, and who pays for their help.",
             "Waar inwoners wonen, en wie hun hulp betaalt."),
        Word("need", "hulpvraag", "What a resident needs in one field; some are hidden until somebody sees them.",
             "Wat een inwoner op één terrein nodig heeft; soms verborgen tot iemand het ziet."),
        Word("network", "netwerk", "Parties with a table of their own; a party may be in several.",
             "Partijen met een eigen tafel; een partij kan in meer netwerken zitten."),
        Word("outer ring", "buitenring", "Parties outside the inner ring.", "Partijen buiten de binnenring."),
        Word("package deal", "pakketafspraak", "A deal over several issues: each gets what matters most to it.",
             "Een afspraak over meer punten tegelijk, waarbij elk krijgt wat het zwaarst weegt."),
        Word("plausible world", "plausibele wereld", "A draw of everything that is uncertain.",
             "Een trekking van alles wat onzeker is."),
        Word("pledge", "toezegging", "Hours that a party promises at the table.",
             "Uren die een partij aan tafel belooft."),
        Word("practice", "uitvoering", "The layer of those who do the work.",
             "De laag van wie het werk doet."),
        Word("provider", "aanbieder", "Who gives help, paid by municipalities.",
             "Wie hulp geeft, betaald door gemeenten."),
        Word("public value", "publieke waarde", "What residents get of it.",
             "Wat inwoners eraan hebben."),
        Word("replicate", "herhaling", "The same scenario with other luck.",
             "Hetzelfde scenario met ander toeval."),
        Word("reproach", "verwijt", "A grievance that is said and not heard out.",
             "Oud zeer dat wordt gezegd en niet wordt aangehoord."),
        Word("resident", "inwoner", "Who needs help.", "Wie hulp nodig heeft."),
        Word("rotation", "roulatie", "Seats that change hands every year.",
             "Zetels die elk jaar wisselen."),
        Word("scenario", "scenario", "One world to simulate.", "Eén wereld om te simuleren."),
        Word("seat", "zetel", "A place at the table.", "Een plaats aan tafel."),
        Word("second contact", "tweede contactpersoon", "A second person who carries a relation.",
             "Een tweede persoon die een relatie draagt."),
        Word("session", "bijeenkomst", "A moment at which parties work on the collaboration itself.",
             "Een moment waarop partijen aan de samenwerking zelf werken."),
        Word("stagnation", "stagnatie", "A year without a joint step in which joint casework fell.",
             "Een jaar zonder gezamenlijke stap waarin het samen doen van casussen afnam."),
        Word("support at home", "draagvlak", "Parties without a seat that were reached and are in favour.",
             "Partijen zonder zetel die bereikt zijn en ervoor zijn."),
        Word("synergy", "1 + 1 = 3", "Residents helped well together, where what all do alone counts as 2.",
             "Inwoners die samen goed geholpen zijn, waarbij wat allen los van elkaar doen telt als 2."),
        Word("table", "tafel", "Where boards meet at fixed times.",
             "Waar bestuurders elkaar op vaste tijden treffen."),
        Word("trust in competence", "vertrouwen in bekwaamheid", "That the other can do its part.",
             "Dat de ander zijn deel kan doen."),
        Word("trust in integrity", "vertrouwen in oprechtheid", "That the other keeps its word.",
             "Dat de ander woord houdt."),
        Word("turnover", "verloop", "People who leave their post.", "Mensen die hun plek verlaten."),
        Word("word home", "terugkoppeling", "What a delegate tells those it sits for.",
             "Wat een afgevaardigde vertelt aan wie hij vertegenwoordigt."),
    )
})  # fmt: skip

HEAD = """# Glossary

<!-- Made from src/collabsim/reference/glossary.py by `python docs/generate.py`; do not edit. -->

The words of the field as this model uses them, by their Dutch name, and the names of outcomes.
Parameters have their meaning in both languages in [parameters](parameters.md).
"""


def anchor(word: str) -> str:
    """The place of an English word on the page, for links to it."""
    return f"word-{word.replace(' ', '-')}"


def glossary_page() -> str:
    """Give the page in Markdown."""
    from collabsim.metrics import METRICS

    words = sorted(WORDS.values(), key=lambda word: word.nl.casefold())
    lines = [HEAD, "| Dutch | English | Meaning | *Betekenis* |", "| --- | --- | --- | --- |"]
    lines += [
        f'| <span id="{anchor(w.en)}"></span>{w.nl} | {w.en} | {w.means} | *{w.betekent}* |'
        for w in words
    ]
    lines += ["", "## Outcomes", "", "| Dutch | English | Unit |", "| --- | --- | --- |"]
    lines += [f"| {m.nl} | {m.en} | {m.unit} |" for m in METRICS.values()]
    return "\n".join(lines) + "\n"
