"""Groups of organisations that may fare differently: by kind, by seat, by ring, by field of help."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Table = Mapping[str, ArrayLike]
type Numbers = NDArray[np.float64]
type Members = NDArray[np.bool_]

#: Before the name of a field, in the key of the group of providers that work in it.
FIELD = "field."


@dataclass(frozen=True, slots=True)
class Group:
    """A group of organisations.

    Attributes:
        en, nl: name in English and Dutch.
        of_the_scenario: whether its members follow from what happens in a scenario, so that they
            may be others in another scenario.

    """

    en: str
    nl: str
    of_the_scenario: bool = False


#: Groups that every region has; those by field of help follow from the table, see ``group``.
GROUPS: Mapping[str, Group] = MappingProxyType({
    "municipalities": Group("municipalities", "gemeenten"),
    "providers": Group("providers", "aanbieders"),
    "seated": Group("providers with a seat", "aanbieders met een zetel", of_the_scenario=True),
    "at_home": Group("providers without a seat", "aanbieders zonder zetel", of_the_scenario=True),
    "inner_ring": Group("inner ring", "binnenring", of_the_scenario=True),
    "outer_ring": Group("outer ring", "buitenring", of_the_scenario=True),
})  # fmt: skip

#: Groups that are there only in runs in which an inner ring was found.
RINGS = ("inner_ring", "outer_ring")

#: Dutch names of the fields that a region has by default; a field of one's own keeps its name.
FIELDS_NL: Mapping[str, str] = MappingProxyType({
    "youth": "jeugd",
    "care": "zorg",
    "mental_health": "geestelijke gezondheid",
    "housing": "wonen",
    "income": "inkomen",
    "safety": "veiligheid",
})  # fmt: skip


def group(key: str) -> Group:
    """The group with this key; ``field.youth`` are the providers that work in youth."""
    if key in GROUPS:
        return GROUPS[key]
    field = key.removeprefix(FIELD)
    return Group(
        f"providers of {field_words(field, 'en')}", f"aanbieders van {field_words(field, 'nl')}"
    )


def field_words(field: str, lang: Literal["en", "nl"]) -> str:
    """A field of help in words; one of the region's own is as it was written."""
    plain = field.replace("_", " ")
    return FIELDS_NL.get(field, plain) if lang == "nl" else plain


def membership(table: Table) -> dict[str, Members]:
    """Who belongs to each group, a row a run and organisation.

    Args:
        table: ``replicate``, ``kind``, ``seat_months``, ``inner_ring`` and, for groups by field,
            ``domain``. A seat counts if it was held in any month; the rings are those that were
            found, so a run without one has neither.

    """
    kind = np.asarray(table["kind"])
    provider = kind == "provider"
    seated = np.asarray(table["seat_months"], dtype=np.float64) > 0
    inside = np.asarray(table["inner_ring"], dtype=np.bool_)
    _, run = np.unique(np.asarray(table["replicate"]), return_inverse=True)
    ring = np.bincount(run[inside], minlength=run.max(initial=-1) + 1)[run] > 0
    groups = {
        "municipalities": kind == "municipality",
        "providers": provider,
        "seated": provider & seated,
        "at_home": provider & ~seated,
        "inner_ring": inside,
        "outer_ring": ring & ~inside,
    }
    domain = np.asarray(table.get("domain", np.full(len(kind), "")), dtype=np.str_)
    for field in dict.fromkeys(domain[provider].tolist()):
        if field:
            groups[FIELD + field] = provider & (domain == field)
    return groups


def means(
    values: Numbers, weights: Numbers, rows: NDArray[np.intp], replicates: int, members: Members
) -> Numbers:
    """[replicates] weighted mean of values over the members of a group; NaN in a run without.

    Args:
        values: one for each run and organisation; NaN is left out.
        weights: what each counts for.
        rows: number of the run, from 0.
        replicates: how many runs there are.
        members: who belongs to the group.

    """
    counted = members & np.isfinite(values) & (weights > 0.0)
    weight = np.bincount(rows[counted], weights[counted], minlength=replicates)
    total = np.bincount(rows[counted], values[counted] * weights[counted], minlength=replicates)
    return np.divide(total, weight, out=np.full(replicates, math.nan), where=weight > 0.0)
