"""One month and two months: words that follow a number agree with it."""

import re
from collections.abc import Mapping

_ENGLISH = {
    "blocks": "block", "cases": "case", "cells": "cell", "days": "day", "decisions": "decision",
    "encounters": "encounter", "errors": "error", "fields": "field", "formulas": "formula", "goes": "go",
    "hours": "hour", "incidents": "incident", "inhabitants": "inhabitant", "interviews": "interview",
    "mechanisms": "mechanism", "months": "month", "municipalities": "municipality", "networks": "network",
    "organisations": "organisation", "outcomes": "outcome", "pairs": "pair", "parties": "party",
    "percentage points": "percentage point", "points": "point", "providers": "provider",
    "replicates": "replicate", "residents": "resident", "respondents": "respondent", "rounds": "round",
    "rows": "row", "runs": "run", "scenarios": "scenario", "seats": "seat", "sets": "set", "steps": "step",
    "tables": "table", "times": "time", "worlds": "world",
}  # fmt: skip
_DUTCH = {
    "aanbieders": "aanbieder", "besluiten": "besluit", "casussen": "casus", "cellen": "cel", "dagen": "dag",
    "formules": "formule", "fouten": "fout", "gemeenten": "gemeente", "herhalingen": "herhaling",
    "incidenten": "incident", "invullers": "invuller", "inwoners": "inwoner", "maanden": "maand",
    "mechanismen": "mechanisme", "netwerken": "netwerk", "ontmoetingen": "ontmoeting",
    "organisaties": "organisatie", "paren": "paar", "partijen": "partij", "rijen": "rij", "rondes": "ronde",
    "scenario's": "scenario", "simulaties": "simulatie", "stappen": "stap", "tabellen": "tabel",
    "terreinen": "terrein", "tweetallen": "tweetal", "uitkomsten": "uitkomst",
    "verzamelingen": "verzameling", "werelden": "wereld", "zetels": "zetel",
}  # fmt: skip
#: Words for one, by language and by the word for several.
SINGULAR: Mapping[str, Mapping[str, str]] = {"en": _ENGLISH, "nl": _DUTCH}
_COUNTED = re.compile(r"\{(\w+)\} (percentage points|[\w']+)")
_FIRST = re.compile(r"percentage points\b|[\w']+")


def agreeing(template: str, values: Mapping[str, object], lang: str) -> str:
    """A template in which what is counted is one where the number before it is 1.

    Only the template is changed: names that are filled in stay as they are.
    """

    def agreed(found: re.Match[str]) -> str:
        name, word = found.groups()
        one = SINGULAR[lang].get(word, word) if str(values.get(name)) == "1" else word
        return f"{{{name}}} {one}"

    return _COUNTED.sub(agreed, template)


def filled(template: str, values: Mapping[str, object], lang: str) -> str:
    """A template with its values filled in, in which words agree with numbers."""
    return agreeing(template, values, lang).format(**values)


def amount(value: str, unit: str, lang: str) -> str:
    """A number, as it is written, and its unit: "1 seat", "2 seats", "+1 hour a month"."""
    if value.lstrip("+-") == "1":
        unit = _FIRST.sub(lambda first: SINGULAR[lang].get(first[0], first[0]), unit, count=1)
    return f"{value} {unit}".rstrip()
