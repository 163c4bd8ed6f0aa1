"""How large organisations are: the size of a provider, the inhabitants of a municipality."""

from collections.abc import Iterator, Mapping
from typing import Any

from collabsim.config.errors import in_thousands
from collabsim.config.importing.numbers import (
    Marks,
    doubt,
    in_doubt,
    marks_in,
    number_in,
    reads_either_way,
)
from collabsim.config.importing.problems import GIVE_A_NUMBER, quoted
from collabsim.config.importing.tables import Table
from collabsim.config.importing.words import MUNICIPALITIES, STAFF, Heading, called, plain
from collabsim.phrases import Phrase

# What is wrong in a row: the column, what was found, and the repair.
type Wrong = tuple[str, Phrase, Phrase]

_THOUSAND = 1000.0
_INHABITANTS, _SIZES = (100, 5_000_000), (1e-6, 1e9)


def marks_of(table: Table, found: Mapping[str, Heading]) -> Marks:
    """What points and commas mean in a list of organisations."""
    sizes, inhabitants = (
        [row.cells[found[key].header] for row in table.rows] if key in found else []
        for key in ("size", "inhabitants")
    )
    return marks_in(sizes, inhabitants)


def read_either_way(
    table: Table, found: Mapping[str, Heading], marks: Marks
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """What was made of sizes that on their own can be read in two ways: an example of each, for the account."""
    told = set()
    for row in table.rows if "size" in found else ():
        text = row.cells[found["size"].header]
        town = "kind" in found and plain(row.cells[found["kind"].header]) in MUNICIPALITIES
        if town or not reads_either_way(text) or in_doubt(text, marks):
            continue
        value = number_in(text, marks=marks) or 0.0
        key = "thousands" if abs(value) >= _THOUSAND else "decimals"
        if key not in told:
            told.add(key)
            yield key, {"file": table.file, "text": text, "value": f"{value:.0f}"}


def counts_staff(found: Mapping[str, Heading]) -> bool:
    """Whether sizes are people who work there, which says nothing of who lives there."""
    return "size" in found and called(found["size"].header) in STAFF


def staff_of_towns(
    table: Table, found: Mapping[str, Heading]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """That municipalities have staff in the list, of which the model takes nothing."""
    if counts_staff(found) and "kind" in found:
        count = sum(
            bool(row.cells[found["size"].header])
            and plain(row.cells[found["kind"].header]) in MUNICIPALITIES
            for row in table.rows
        )
        if count:
            yield "staff of towns", {"file": table.file, "count": count}


def weighs(cells: Mapping[str, str], one: dict[str, Any], marks: Marks) -> Iterator[Wrong]:
    """Put the size of a provider, or the inhabitants of a municipality, in ``one``."""
    municipal = one["kind"] == "municipality"
    key = "inhabitants" if municipal else "size"
    text = cells[key]
    if municipal and not text and (number_in(cells["size"], whole=True) or 0) >= _INHABITANTS[0]:
        text, key = cells["size"], "size"
    if not municipal and number_in(cells["inhabitants"], whole=True):
        there = cells["inhabitants"]
        yield (
            "inhabitants",
            Phrase(
                f"a provider has inhabitants ({there})", f"een aanbieder heeft inwoners ({there})"
            ),
            Phrase(
                "leave that cell empty; did a decimal comma move the size along?",
                "laat die cel leeg; is de omvang door een decimale komma opgeschoven?",
            ),
        )
    if not text:
        return
    value = number_in(text, whole=municipal, marks=marks)
    low, high = _INHABITANTS if municipal else _SIZES
    if value is None:
        yield (
            key,
            Phrase(f"{quoted(text)} is no number", f"{quoted(text)} is geen getal"),
            GIVE_A_NUMBER,
        )
    elif not municipal and in_doubt(text, marks):
        yield (key, *doubt(text))
    elif not low <= value <= high:
        reach = Phrase("above 0", "boven 0")
        if municipal:
            reach = Phrase(
                f"from {low:,} to {high:,}",
                f"van {in_thousands(low)} tot en met {in_thousands(high)}",
            )
        yield (
            key,
            Phrase(f"{text} is out of reach", f"{text} kan niet"),
            Phrase(f"give a number {reach}", f"geef een getal {reach.nl}"),
        )
    elif municipal:
        one["inhabitants"] = round(value)
    else:
        one["size"] = value
