"""The words of descriptions in English and Dutch, and how facts of a parameter are put in them."""

import re
from typing import Literal

from collabsim.analysis.counting import amount
from collabsim.config import Parameter
from collabsim.config.errors import shown

type Language = Literal["en", "nl"]
_POINT = re.compile(r"(?<=\d)\.(?=\d)")

UNITS: dict[str, str] = {
    "0 to 1": "0 tot 1",
    "grade from 1 to 10": "cijfer van 1 tot 10",
    "share of pledges": "deel van de toezeggingen",
    "cases per 1,000 inhabitants per year": "casussen per 1.000 inwoners per jaar",
    "chance per field": "kans per terrein",
    "chance per item": "kans per bericht",
    "chance per need": "kans per hulpvraag",
    "chance per pair": "kans per tweetal",
    "distance from 0 to 1": "afstand van 0 tot 1",
    "per hour of a session": "per uur van een bijeenkomst",
    "per hour with an open other": "per uur met een open ander",
    "share of an hour in one room": "deel van een uur in één ruimte",
    "share per case": "deel per casus",
    "days": "dagen",
    "fields": "terreinen",
    "hours": "uur",
    "hours a meeting": "uur per overleg",
    "hours a month": "uur per maand",
    "hours a seat": "uur per zetel",
    "hours per hour": "uur per uur",
    "inhabitants": "inwoners",
    "month": "maand",
    "month of the year": "maand van het jaar",
    "months": "maanden",
    "municipalities": "gemeenten",
    "organisations": "organisaties",
    "parties": "partijen",
    "per hour gained per hour spent": "per gewonnen uur per besteed uur",
    "per hour together": "per uur samen",
    "share of the usual budget": "deel van het gebruikelijke budget",
    "share per use": "deel per keer",
    "energy from 0 to 1": "energie van 0 tot 1",
    "energy per month of success": "energie per maand waarin alles lukt",
    "energy per month in vain": "energie per maand waarin alles vergeefs is",
    "energy per step": "energie per stap",
    "energy per reproach": "energie per verwijt",
    "energy per session": "energie per bijeenkomst",
    "share of the believed room": "deel van de ruimte die men denkt te hebben",
    "share per conversation": "deel per gesprek",
    "per month of queue": "per maand wachtrij",
    "per unit of expected value": "per eenheid verwachte waarde",
    "per unit of trust": "per eenheid vertrouwen",
    "chance": "kans",
    "incidents a year": "incidenten per jaar",
    "networks": "netwerken",
    "providers": "aanbieders",
    "rounds": "rondes",
    "seats": "zetels",
    "share": "deel",
    "share leaving per year": "deel dat per jaar vertrekt",
    "share of aldermen": "deel van de wethouders",
    "share of providers": "deel van de aanbieders",
    "share of capacity": "deel van de capaciteit",
    "share of care hours": "deel van de zorguren",
    "share of cases": "deel van de casussen",
    "share of contacts": "deel van de contacten",
    "share of hours": "deel van de uren",
    "share of full effort": "deel van volledige inzet",
    "share of leavers": "deel van de vertrekkers",
    "share of the personal rate": "deel van het tempo van personen",
    "share of the queue": "deel van de wachtrij",
    "share of the seats per year": "deel van de zetels per jaar",
    "share of the yield": "deel van de opbrengst",
    "share of turnover": "deel van de omzet",
    "share of volume per year": "deel van het volume per jaar",
    "share per hour": "deel per uur",
    "share per month": "deel per maand",
    "share per month unused": "deel per maand zonder contact",
    "share per promise": "deel per belofte",
    "standard deviation of the logarithm": "standaardafwijking van de logaritme",
    "trust from 0 to 1": "vertrouwen van 0 tot 1",
}

# The English and the Dutch of each word, by key.
WORDS: dict[str, tuple[str, str]] = {
    "default": ("default", "standaard"),
    "allowed": ("allowed", "toegestaan"),
    "plausible": ("plausible", "aannemelijk"),
    "role": ("role", "rol"),
    "grade": ("grade", "hardheid"),
    "source": ("source", "bron"),
    "uniform": ("every value as likely", "elke waarde even waarschijnlijk"),
    "log-uniform": (
        "every doubling as likely, on a log scale",
        "elke verdubbeling even waarschijnlijk, op een logschaal",
    ),
    "choice": ("each as likely", "elk even waarschijnlijk"),
    "lever": ("lever", "knop"),
    "uncertainty": ("uncertainty", "onzekerheid"),
    "constant": ("constant", "gegeven"),
    "role lever": (
        "lever: those involved can pull it",
        "knop: betrokkenen kunnen eraan draaien",
    ),
    "role uncertainty": ("uncertainty: not known", "onzekerheid: niet bekend"),
    "role constant": ("constant: describes the region", "gegeven: beschrijft de regio"),
    "measured": ("measured", "gemeten"),
    "literature": ("literature", "literatuur"),
    "assumption": ("assumption", "aanname"),
    "set here": ("set here", "hier ingesteld"),
    "to": ("to", "tot"),
    "month": ("month", "maand"),
    "replicates": ("replicates", "herhalingen"),
    "scenario": ("scenario", "scenario"),
    "differs": ("What differs from the defaults:", "Wat afwijkt van de standaardwaarden:"),
    "same": ("Everything is at its default.", "Alles staat op de standaardwaarde."),
    "is baseline": (
        "The baseline that others are compared with.",
        "De uitgangssituatie waarmee andere worden vergeleken.",
    ),
    "is variant": (
        "A variant of the baseline: something is arranged differently.",
        "Een variant op de uitgangssituatie: er is iets anders geregeld.",
    ),
    "is fragmentation": (
        "Fragmentation: the same residents and money, another number of providers.",
        "Versnippering: dezelfde inwoners en hetzelfde geld, een ander aantal aanbieders.",
    ),
    "is scale": (
        "Scale: the whole region is smaller or larger, residents and money included.",
        "Schaal: de hele regio is kleiner of groter, ook in inwoners en geld.",
    ),
}


def meaning(parameter: Parameter, lang: Language) -> str:
    """Give the meaning of a parameter, in English where there is no Dutch."""
    return parameter.nl if lang == "nl" and parameter.nl else parameter.en


def unit_of(parameter: Parameter, lang: Language) -> str:
    """Give the unit of a parameter, "" for plain numbers, words and switches."""
    unit = "" if parameter.declaration is None else parameter.declaration.unit
    return UNITS.get(unit, unit) if lang == "nl" else unit


def allowed(parameter: Parameter, lang: Language) -> str:
    """Say what may be written."""
    rule = parameter.rule().told_in(lang)
    return _POINT.sub(",", rule) if lang == "nl" else rule


def plausible(parameter: Parameter, lang: Language) -> str:
    """Say which values research leaves open."""
    declaration = parameter.declaration
    values = () if declaration is None else declaration.plausible or ()
    if declaration is not None and declaration.distribution == "choice":
        return ", ".join(shown(value) for value in values)
    return f" {word('to', lang)} ".join(value_words(value, lang) for value in values)


def value_words(value: object, lang: Language) -> str:
    """Write a value of a config as it is read: with a comma in Dutch, where a config has a point."""
    text = shown(value, lang)
    return text.replace(".", ",") if lang == "nl" and isinstance(value, float) else text


def with_unit(value: object, parameter: Parameter, lang: Language) -> str:
    """Write a value of a parameter with its unit: "1 seat"."""
    return amount(value_words(value, lang), unit_of(parameter, lang), lang)


def word(key: str, lang: Language) -> str:
    """Give a word of these texts in one language."""
    english, dutch = WORDS.get(key, (key, key))
    return dutch if lang == "nl" else english
