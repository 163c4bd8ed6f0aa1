"""What headers and cells may be called, in English and Dutch."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType

#: Names of a column, the first of each language standing in the templates.
HEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "respondent": ("respondent", "invuller", "ingevuld door", "name of respondent"),
    "condition": ("condition", "voorwaarde", "subject", "onderwerp"),
    "grade": ("grade", "cijfer", "score", "mark"),
    "ambition": ("ambition", "ambitie", "shared ambition", "gedeelde ambitie"),
    "interests": ("interests", "belangen", "doing right by interests", "recht doen aan belangen"),
    "relation": ("relation", "relatie", "relations", "relaties", "the relation", "de relatie"),
    "organisation": ("organisation", "organisatie", "organization", "the organisation", "de organisatie"),
    "process": ("process", "proces", "the process", "het proces"),
    "public_value": ("public value", "publieke waarde"),
    "name": ("name", "naam", "organisation", "organisatie", "organization", "id"),
    "kind": ("kind", "soort", "type", "sort"),
    "domain": ("domain", "domein", "field", "terrein", "sector"),
    "also": ("also", "ook", "further fields", "andere terreinen", "also in", "ook in"),
    "size": ("size", "omvang", "grootte", "fte", "staff", "medewerkers"),
    "inhabitants": ("inhabitants", "inwoners", "residents", "population"),
    "from": ("from", "van", "who", "wie", "source", "bron"),
    "to": ("to", "naar", "whom", "over wie", "target", "doel"),
    "knows": ("knows", "kent", "acquaintance", "elkaar kennen", "know"),
    "trusts": ("trusts", "vertrouwt", "trust", "vertrouwen"),
    "meets": ("meets", "treft", "meetings", "contact", "ontmoet", "spreekt"),
})  # fmt: skip
#: Sizes in which people work, and nobody lives.
STAFF = frozenset({"fte", "staff", "medewerkers"})
GRADES = ("ambition", "interests", "relation", "organisation", "process", "public_value")

#: Columns of which a table has one, whatever it is called there; a list may well have a name and an id.
ONE_EACH = frozenset({*GRADES, "knows", "trusts", "meets", "size", "inhabitants", "domain"})

MUNICIPALITIES = frozenset({"municipality", "gemeente", "municipal", "gemeenten"})
PROVIDERS = frozenset({"provider", "aanbieder", "zorgaanbieder", "care provider", "aanbieders"})

#: Fields as people call them; what is not here becomes a field of the region's own.
FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "youth": ("youth", "jeugd", "jeugdhulp", "jeugdzorg", "youth care"),
    "care": ("care", "zorg", "wmo", "ouderen", "thuiszorg", "home care"),
    "mental_health": ("mental health", "ggz", "geestelijke gezondheid", "geestelijke gezondheidszorg"),
    "housing": ("housing", "wonen", "opvang", "maatschappelijke opvang", "shelter", "woningcorporatie"),
    "income": ("income", "inkomen", "schulden", "schuldhulp", "debt", "werk en inkomen"),
    "safety": ("safety", "veiligheid", "veilig thuis", "justitie"),
})  # fmt: skip

#: What a row is called that sums up other rows.
TOTALS = frozenset({
    "total", "totals", "grand total", "subtotal", "sum", "average", "avg", "mean", "median", "standard deviation",
    "totaal", "totalen", "eindtotaal", "subtotaal", "som", "gemiddelde", "gemiddeld", "gem", "mediaan",
    "standaarddeviatie", "standaardafwijking",
})  # fmt: skip

#: Times a month of one time in each period, first in English.
PERIODS: Mapping[str, float] = MappingProxyType({
    "week": 52 / 12, "month": 1.0, "maand": 1.0, "quarter": 1 / 3, "kwartaal": 1 / 3,
    "year": 1 / 12, "jaar": 1 / 12,
})  # fmt: skip

#: Words beside a period that make it another one: half a year, every other week.
_NOT_ONE = frozenset(
    {"half", "halve", "other", "two", "twee", "three", "drie", "four", "vier", "six", "zes"}
)
_SCALE = re.compile(r"(-?\d+(?:[.,]\d+)?)\s*(?:-|\N{EN DASH}|to|tot|t/m)\s*(-?\d+(?:[.,]\d+)?)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of a table.

    Attributes:
        header: as written.
        scale: lowest and highest answer, if the header states them: "knows (0-4)".
        period: times a month of one time, if the header states one period and no number beside it:
            "meets (times a year)".

    """

    header: str
    scale: tuple[float, float] | None
    period: float | None


def plain(text: str) -> str:
    """Text without capitals, accents, underscores and doubled spaces, to compare names by."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("_", " "))
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).split())


def heading_of(header: str) -> Heading:
    """Read what a header says beside its name, between brackets."""
    found = _SCALE.search(header)
    scale = None
    if found is not None:
        low, high = (float(part.replace(",", ".")) for part in found.groups())
        scale = (low, high) if low < high else None
    words = plain(header).replace(")", " ").split()
    periods = [PERIODS[word] for word in words if word in PERIODS]
    clear = len(periods) == 1 and not _NOT_ONE & set(words) and not re.search(r"\d", header)
    return Heading(header, scale, periods[0] if clear else None)


def sums_up(text: str) -> bool:
    """Whether a row of this name tells a total or mean of other rows."""
    return plain(text).strip(" .:=") in TOTALS


def called(header: str) -> str:
    """What a column is called, without what stands between brackets."""
    return plain(re.sub(r"\(.*?\)", " ", header))


def columns(headers: tuple[str, ...], wanted: tuple[str, ...]) -> dict[str, Heading]:
    """Which of the wanted columns a table has, by key; the first header that fits counts."""
    found: dict[str, Heading] = {}
    for header in headers:
        name = called(header)
        key = next((k for k in wanted if name in HEADERS[k] and k not in found), None)
        if key is not None:
            found[key] = heading_of(header)
    return found


def unused(headers: tuple[str, ...], *wanted: tuple[str, ...]) -> list[str]:
    """Headers of which nothing is taken, for any of the ways in which the table can be read."""
    taken = {heading.header for keys in wanted for heading in columns(headers, keys).values()}
    return [header for header in headers if header and header not in taken]


def without_names(text: str, renamed: Mapping[str, str]) -> str:
    """A text of one's own, such as a kind of organisation, with the names that it holds replaced."""
    for name in sorted(renamed, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", renamed[name], text, flags=re.IGNORECASE)
    return text


def field_of(text: str) -> str:
    """The field that a cell names: one that the model ships with, or the text itself."""
    name = plain(text)
    for field, names in FIELDS.items():
        if name in names or name == plain(field):
            return field
    return name


def nearest(name: str, names: tuple[str, ...]) -> str | None:
    """The name that looks most like another; None if none does."""
    close = get_close_matches(plain(name), [plain(other) for other in names], 1, 0.7)
    return next((other for other in names if close and plain(other) == close[0]), None)
