"""Networks and their tables: who takes part, who sits since when and until when, who speaks for whom."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from collabsim.compiled import inlined
from collabsim.organisations import LAYERS, MOST_FIELDS, MUNICIPALITY, PROVIDER, Organisations
from collabsim.parameters.networks import Networks
from collabsim.randomness import Luck, Purpose
from collabsim.rows import Noun, Number, Switch, Whole, rows

NOBODY = -1
NEVER = -100_000
NO_END = 1_000_000
NO_NETWORK = -1
#: In place of a field: nothing was agreed on.
NO_ITEM = -1
#: In place of the month in which a field came up.
NOT_UP = -1


class Seats(Noun):
    """Seats at tables and what was pledged there: one row for every network and organisation."""

    member: Switch
    """Whether the organisation takes part in the network."""
    seated: Switch
    """Whether the organisation has a seat now."""
    present: Switch
    """Whether it was there when the table last met."""
    since: Whole
    """Month in which it took its seat."""
    until: Whole
    """Month in which its term ends; NO_END without rotation."""
    last_sat: Whole
    """Last month in which it had a seat; NEVER before the first."""
    delegate: Whole
    """Row of the seat that speaks for a provider at home; NOBODY if none."""
    pledged: Number
    """Hours pledged at the last meeting and not yet called on."""
    step: Whole
    """Field of the pledge."""
    told: Annotated[Number, len(LAYERS)]
    """How far each layer knows of the pledge that its board made."""
    honoured: Whole
    """How often the pledge was called on and honoured."""
    refused: Switch
    """Whether a call on the pledge was refused."""
    pledger: Switch
    """Whether a pledge was made at the last meeting."""


class Agenda(Noun):
    """What a table has agreed on: one row for every network."""

    since: Annotated[Whole, MOST_FIELDS]
    """Month in which each field was put on the table and not decided on since, or NOT_UP."""
    agreed: Whole
    """Field of the joint agreement in force, or NO_ITEM."""
    connector: Whole
    """Row of the organisation that connects others, in all networks alike, or NOBODY."""
    appointed_by: Whole
    """Choice of ``connector.who`` by which it was appointed; 0 while there is none."""


def empty_tables(
    networks: Networks, organisations: Organisations, luck: Luck
) -> tuple[Seats, Agenda]:
    """The networks of a region, and their tables with no seats taken."""
    seats = rows(Seats, networks.count, len(organisations.kind))
    seats.member[:] = who_takes_part(networks, organisations, luck)
    seats.until[:] = NO_END
    seats.last_sat[:] = NEVER
    seats.delegate[:] = NOBODY
    agenda = rows(Agenda, networks.count)
    agenda.since[:] = NOT_UP
    agenda.agreed[:] = NO_ITEM
    agenda.connector[:] = NOBODY
    return seats, agenda


def who_takes_part(
    networks: Networks, organisations: Organisations, luck: Luck
) -> NDArray[np.bool_]:
    """[networks, N] whether an organisation takes part in a network.

    Each belongs to one by lot, and joins each other one with the chance ``overlap``. A network
    that lacks municipalities, or providers, is joined by whichever of them draws lowest.
    """
    identity, number = organisations.identity, np.arange(networks.count)[:, None]
    home = luck.uniforms(Purpose.HOME_NETWORK, who=identity) * networks.count
    draws = luck.uniforms(Purpose.NETWORK, who=identity, whom=number)
    part = (home.astype(np.int64) == number) | (draws < networks.overlap)
    for kind in (MUNICIPALITY, PROVIDER):
        rows_of_kind = np.flatnonzero(organisations.kind == kind)
        if len(rows_of_kind):
            without = np.flatnonzero(~part[:, rows_of_kind].any(axis=1))
            part[without, rows_of_kind[np.argmin(draws[without][:, rows_of_kind], axis=1)]] = True
    return part


def nothing_at_any_table(count: int) -> tuple[Seats, Agenda]:
    """One network of all, that does not meet, for the time before month 0."""
    seats, agenda = rows(Seats, 1, count), rows(Agenda, 1)
    seats.member[:] = True
    seats.delegate[:] = NOBODY
    agenda.since[:] = NOT_UP
    agenda.agreed[:] = NO_ITEM
    agenda.connector[:] = NOBODY
    return seats, agenda


@inlined
def network_of_pledge(seats: Seats, i: int, field: int) -> int:
    """First network at whose table ``i`` pledged hours in ``field`` that are left, or NO_NETWORK."""
    for w in range(seats.pledged.shape[0]):
        if seats.pledged[w, i] > 0.0 and seats.step[w, i] == field:
            return w
    return NO_NETWORK


@inlined
def has_met(seats: Seats, w: int) -> bool:
    """Whether anybody was there when the table of network ``w`` last met."""
    some = False
    for i in range(seats.present.shape[1]):
        some = some or seats.present[w, i]
    return some


@inlined
def largest_municipality(organisations: Organisations, present: np.ndarray) -> int:
    """Row of the municipality with most inhabitants of those ``present``, or NOBODY if none came."""
    best, most, inhabitants = NOBODY, 0.0, organisations.inhabitants
    for i in range(present.shape[0]):
        if present[i] and inhabitants[i] > most:
            best, most = i, inhabitants[i]
    return best


@inlined
def sits_somewhere(seats: Seats, i: int) -> bool:
    """Whether ``i`` has a seat at any table."""
    sits = False
    for w in range(seats.seated.shape[0]):
        sits = sits or seats.seated[w, i]
    return sits


@inlined
def pledged_in_all(seats: Seats, i: int) -> float:
    """Hours that ``i`` pledged at all tables and that are not called on yet."""
    total = 0.0
    for w in range(seats.pledged.shape[0]):
        total += seats.pledged[w, i]
    return total
