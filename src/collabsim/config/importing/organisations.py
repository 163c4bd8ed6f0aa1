"""A list of organisations: name, kind, domain, size, inhabitants."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from collabsim.config.errors import CONTROL
from collabsim.config.importing.amounts import (
    Wrong,
    counts_staff,
    marks_of,
    read_either_way,
    staff_of_towns,
    weighs,
)
from collabsim.config.importing.numbers import Marks
from collabsim.config.importing.problems import Problem, quoted, summing_up
from collabsim.config.importing.tables import Row, Table, doubled
from collabsim.config.importing.words import (
    HEADERS,
    MUNICIPALITIES,
    PROVIDERS,
    Heading,
    columns,
    field_of,
    plain,
    sums_up,
)
from collabsim.parameters.region import FIELDS
from collabsim.phrases import Phrase

WANTED = ("name", "kind", "domain", "also", "size", "inhabitants")
_LONGEST_NAME, _LONGEST_FIELD, _MOST_FIELDS = 80, 40, 8
_LARGEST = 1000.0
_UNSEEN = (
    Phrase("it holds signs that cannot be seen", "hier staan tekens die niet te zien zijn"),
    Phrase("type it anew", "typ het opnieuw"),
)


@dataclass(frozen=True, slots=True)
class OrganisationsGiven:
    """Who is in the region.

    Attributes:
        organisations: as ``region.organisations`` takes them, by name.
        fields: fields of help: of the region by default, as far as anybody works in them, and own.
        treated_as_providers: kinds that are neither municipality nor provider.
        without_domain, without_size, without_inhabitants: how many lack it, so that it is drawn.
        usual_size: geometric mean by which the sizes of providers were divided; None without sizes.
        used: rows that were used.
        problems: what could not be used.
        notes: what was guessed of numbers, and what of them was not used. (key, values) for the account.
        set_aside: rows that sum up others.

    """

    organisations: Mapping[str, Mapping[str, Any]]
    fields: tuple[str, ...]
    treated_as_providers: tuple[str, ...]
    without_domain: int
    without_size: int
    without_inhabitants: int
    usual_size: float | None
    used: int
    problems: tuple[Problem, ...]
    notes: tuple[tuple[str, Mapping[str, object]], ...]
    set_aside: tuple[Problem, ...]


def read_organisations(table: Table) -> OrganisationsGiven:
    """Read a list of organisations."""
    found = columns(table.headers, WANTED)
    problems: list[Problem] = list(doubled(table, found))
    missing = [name for name in ("name", "kind") if name not in found]
    if missing:
        what, wat = (" and ".join(missing), " en ".join(HEADERS[name][1] for name in missing))
        problems.append(
            Problem(
                table.file,
                None,
                Phrase(
                    f"there is no column {what}",
                    f"er is geen kolom {wat}",
                ),
                Phrase(
                    "call the columns name, kind, domain, size and inhabitants (naam, soort, "
                    "domein, omvang, inwoners), as in the template",
                    "noem de kolommen naam, soort, domein, omvang en inwoners, zoals in het "
                    "sjabloon",
                ),
            )
        )
        return OrganisationsGiven({}, (), (), 0, 0, 0, None, 0, tuple(problems), (), ())
    listed: dict[str, dict[str, Any]] = {}
    others: list[str] = []
    marks = marks_of(table, found)
    set_aside: list[Problem] = []
    for row in table.rows:
        name = row.cells[found["name"].header]
        if (
            sums_up(name)
            and plain(row.cells[found["kind"].header]) not in MUNICIPALITIES | PROVIDERS
        ):
            set_aside.append(summing_up(table.file, row.number, name, found["name"].header))
            continue
        one = _organisation(table, row, found, marks, problems)
        if one is None:
            continue
        twin = next((name for name in listed if plain(name) == plain(one["id"])), None)
        if twin is not None:
            problems.append(
                Problem(
                    table.file,
                    row.number,
                    Phrase(
                        f"{quoted(one['id'])} is listed twice",
                        f"{quoted(one['id'])} staat er twee keer",
                    ),
                    Phrase("give each organisation one row", "geef elke organisatie één rij"),
                    found["name"].header,
                    (one["id"],),
                )
            )
            continue
        kind = one.pop("as written")
        if plain(kind) not in MUNICIPALITIES | PROVIDERS:
            others.append(kind)
        listed[one["id"]] = one
    fields = _fields(table, listed, problems)
    if not fields:  # with some of its fields it would be another region
        listed = {}
    sizes = [one["size"] for one in listed.values() if "size" in one]
    # Sizes that are drawn have their middle at 1, with few large ones, and so should these.
    usual = math.exp(math.fsum(map(math.log, sizes)) / len(sizes)) if sizes else None
    for one in listed.values():
        if "size" in one and usual is not None:
            one["size"] = min(_LARGEST, max(0.001, float(f"{one['size'] / usual:.6g}")))
    towns = [one for one in listed.values() if one["kind"] == "municipality"]
    providers = [one for one in listed.values() if one["kind"] == "provider"]
    return OrganisationsGiven(
        listed,
        fields,
        tuple(dict.fromkeys(others)),
        sum("domain" not in one for one in providers),
        sum("size" not in one for one in providers),
        sum("inhabitants" not in one for one in towns),
        usual,
        len(listed),
        tuple(problems),
        (*read_either_way(table, found, marks), *staff_of_towns(table, found)),
        tuple(set_aside),
    )


def _organisation(
    table: Table,
    row: Row,
    found: Mapping[str, Heading],
    marks: Marks,
    problems: list[Problem],
) -> dict[str, Any] | None:
    """One organisation; None if the row cannot be used."""
    cells = {key: row.cells[found[key].header] if key in found else "" for key in WANTED}
    municipal = plain(cells["kind"]) in MUNICIPALITIES
    if municipal and counts_staff(found):
        cells["size"] = ""
    one: dict[str, Any] = {
        "id": cells["name"],
        "kind": "municipality" if municipal else "provider",
        "as written": cells["kind"],
    }
    wrong = [*_unnamed(cells), *weighs(cells, one, marks)]
    if not municipal:
        wrong += _works_in(cells, one)
    problems += [
        Problem(
            table.file,
            row.number,
            what,
            repair,
            found[key].header if key in found else "",
            (cells[key],),
        )
        for key, what, repair in wrong
    ]
    return None if wrong else one


def _unnamed(cells: Mapping[str, str]) -> Iterator[Wrong]:
    """What is wrong with name and kind."""
    if not cells["name"]:
        yield (
            "name",
            Phrase("there is no name", "er staat geen naam"),
            Phrase("give the organisation a name", "geef de organisatie een naam"),
        )
    elif CONTROL.search(cells["name"]) or not any(map(str.isprintable, cells["name"])):
        yield ("name", *_UNSEEN)
    elif (length := len(cells["name"])) > _LONGEST_NAME:
        yield (
            "name",
            Phrase(f"the name has {length} characters", f"de naam heeft {length} tekens"),
            _at_most(_LONGEST_NAME),
        )
    if sums_up(cells["name"]):
        yield (
            "name",
            Phrase(
                f"{quoted(cells['name'])} is what a sum or mean of other rows is called",
                f"{quoted(cells['name'])} heet een som of gemiddelde van andere rijen",
            ),
            Phrase(
                "remove the row, or give the organisation its full name",
                "verwijder de rij, of geef de organisatie haar volledige naam",
            ),
        )
    if not cells["kind"]:
        yield (
            "kind",
            Phrase("there is no kind", "er staat geen soort"),
            Phrase(
                "write municipality or provider (gemeente, aanbieder)",
                "schrijf gemeente of aanbieder",
            ),
        )


def _at_most(length: int) -> Phrase:
    """What to do about a text that is too long."""
    return Phrase(f"use at most {length}", f"gebruik er hooguit {length}")


def _works_in(cells: Mapping[str, str], one: dict[str, Any]) -> Iterator[Wrong]:
    """Put the fields of a provider in ``one``: of several in the column of its domain the first is that."""
    domain, *more = [*fields_in(cells["domain"]), ""]
    if domain:
        one["domain"] = domain
    also = [field for field in (*more, *fields_in(cells["also"])) if field]
    if also:
        one["also"] = [field for field in dict.fromkeys(also) if field != domain]
    for field in (domain, *also):
        if CONTROL.search(field):
            yield ("domain", *_UNSEEN)
        if len(field) > _LONGEST_FIELD:
            yield (
                "domain",
                Phrase(
                    f"the field has {len(field)} characters",
                    f"het terrein heeft {len(field)} tekens",
                ),
                _at_most(_LONGEST_FIELD),
            )


def fields_in(cell: str) -> list[str]:
    """The fields that a cell names, with commas or semicolons between them."""
    return [field_of(part) for part in cell.replace(";", ",").split(",") if part.strip()]


def _fields(
    table: Table, listed: Mapping[str, Mapping[str, Any]], problems: list[Problem]
) -> tuple[str, ...]:
    """Fields of the region: those that somebody works in; the usual ones where nobody says any."""
    named = dict.fromkeys(
        field
        for one in listed.values()
        for field in (one.get("domain"), *one.get("also", ()))
        if field is not None
    )
    if not named:
        return FIELDS
    fields = (*(f for f in FIELDS if f in named), *(f for f in named if f not in FIELDS))
    if len(fields) > _MOST_FIELDS:
        problems.append(
            Problem(
                table.file,
                None,
                Phrase(f"there are {len(fields)} domains", f"er zijn {len(fields)} domeinen"),
                Phrase(
                    f"a region has at most {_MOST_FIELDS}; put some together: {', '.join(fields)}",
                    f"een regio heeft er hooguit {_MOST_FIELDS}; voeg er samen: {', '.join(fields)}",
                ),
                shows=(", ".join(fields),),
            )
        )
        return ()
    return fields
