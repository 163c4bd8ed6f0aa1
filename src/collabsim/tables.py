"""The table: who sits, since when, until when, and who speaks for whom."""

from typing import Annotated

from collabsim.organisations import LAYERS
from collabsim.rows import Noun, Number, Switch, Whole, rows

NOBODY = -1
NEVER = -100_000
NO_END = 1_000_000


class Seats(Noun):
    """Seats at the table and what was pledged there: one row for every organisation."""

    seated: Switch
    """Whether the organisation has a seat now."""
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
    """What the table has agreed on; one row."""

    agreed: Whole
    """Field of the joint agreement in force; -1 if none."""
    connector: Whole
    """Row of the organisation that connects others; -1 if none."""


def empty_table(count: int) -> tuple[Seats, Agenda]:
    """A table with no seats taken."""
    seats = rows(Seats, count)
    seats.until[:] = NO_END
    seats.last_sat[:] = NEVER
    seats.delegate[:] = NOBODY
    agenda = rows(Agenda, 1)
    agenda.agreed[:] = -1
    agenda.connector[:] = -1
    return seats, agenda
