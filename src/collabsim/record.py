"""What is counted while the model runs, and what this month has brought so far.

The ledger is emptied every month; learning reads it. The record grows; metrics read it. No
mechanism reads the record.
"""

from enum import IntEnum
from typing import Annotated, NamedTuple

from collabsim.organisations import LAYERS
from collabsim.rows import Noun, Number, Small, Switch, Whole, rows


class Spending(IntEnum):
    """What hours were spent on."""

    CARE = 0
    ASK = 1
    CONSULT = 2
    ONE_TO_ONE = 3
    TABLE = 4
    REPORT = 5
    ONBOARDING = 6
    DELEGATION = 7
    SESSION = 8
    RULES = 9
    """Making rules, and talks that they ask for."""
    CONNECTING = 10
    ORGANISING = 11
    ACCOUNTING = 12
    """For incidents."""
    READING = 13
    """Updates of a table, by those without a seat at it."""


class Count(IntEnum):
    """What is counted each month over the whole region."""

    ARRIVED = 0
    HELPED = 1
    FAILED = 2
    WITH_UNSEEN_NEED = 3
    CONTRADICTED = 4
    HELPED_WITH_ERROR = 5
    """Of those helped: a need stayed unseen, or plans clashed."""
    ENCOUNTERS = 6
    DECISIONS = 7
    COOPERATED = 8
    ASKS = 9
    ACCEPTED = 10
    NO_TIME = 11
    PROMISED = 12
    KEPT = 13
    ANNOUNCED = 14
    BROKEN = 15
    LAPSED = 16
    PLEDGES = 17
    PLEDGES_HONOURED = 18
    PLEDGES_BROKEN = 19
    PLEDGES_LAPSED = 20
    JOINT_STEPS = 21
    MEETINGS = 22
    HEARD_AT_HOME = 23
    IN_FAVOUR = 24
    REPRESENTED = 25
    LEFT = 26
    CONSULTS = 27
    OPEN_CASES = 28
    AT_TABLE = 29
    OPEN_AT_TABLE = 30
    TABLE_DECISIONS = 31
    MONTHS_TO_DECIDE = 32
    """Summed over the decisions of the month."""
    CLUSTERED_CONSULTS = 33
    """Each counts 2 k - 1 the k-th time for a case: in sum the squares, as the spread of a sum of
    clusters is made of."""


class Level(IntEnum):
    """What is measured at the end of each month."""

    DAYS_TO_HELP = 0
    CASE_DAYS = 1
    CLOSED_CASE_DAYS = 2
    BACKLOG_HOURS = 3
    COMPETENCE = 4
    INTEGRITY = 5
    ACQUAINTANCE = 6
    """In practice; that of managers and of boards follow."""
    ACQUAINTANCE_OF_MANAGERS = 7
    ACQUAINTANCE_OF_BOARDS = 8
    COLLABORATION_HOURS = 9
    RULES_HELD = 10
    ENERGY = 11
    GRIEVANCE = 12
    SIGHT_OF_OTHERS = 13
    SIGHT_APART = 14
    IMAGES_APART = 15
    CONCRETE = 16
    INTERESTS_KNOWN = 17
    MUTUAL_GAINS = 18


class Ledger(Noun):
    """What this month has brought each organisation: one row for every organisation."""

    left: Annotated[Number, 3]
    """Hours left this month, by budget."""
    paid: Number
    """Hours bought of its practice that this month has not used."""
    owed: Annotated[Number, 3]
    """Hours of next month that are spent already, by layer."""
    queue: Number
    """Care hours promised and not yet given."""
    came_off: Number
    """What it had a hand in that came off this month."""
    in_vain: Number
    """What it put hours in that was in vain this month."""
    stirred: Number
    """Energy that else was given or taken this month."""
    waited: Number
    """Days until a yes, summed over the own asks that got one this month."""
    answered: Number
    """Number of own asks that got a yes this month."""
    own_wait: Number
    """Days that own asks take until a yes, smoothed over months; -1 before the first."""


class Tallies(Noun):
    """What this month has brought on each tie: one row for every organisation and slot."""

    together: Annotated[Number, 3]
    """Hours together, by layer."""
    good: Annotated[Number, 3]
    """Hours in which the other cooperated, by layer."""
    bad: Annotated[Number, 3]
    """Hours in which the other held back, by layer."""
    kept: Small
    """Promises that the other kept."""
    late: Small
    """Promises that the other could not keep, announced or not, and plans that clashed."""
    broken: Small
    """Promises that the other broke without a word."""
    aired: Switch
    """Whether a grievance against the other was said and heard."""


class Dealings(Noun):
    """On which ties the month has brought anything: one row for every organisation and slot.

    Apart from the tallies, because many processes look for the few ties that were touched: so they
    read one byte a tie instead of a hundred, and it stays in the nearest cache.
    """

    touched: Switch
    """Whether anything in the tallies of the tie is not zero."""


class Months(Noun):
    """What is counted and measured over the whole region: one row a month."""

    counts: Annotated[Whole, len(Count)]
    """By ``Count``."""
    levels: Annotated[Number, len(Level)]
    """By ``Level``."""


class Spent(Noun):
    """Hours spent and months seated: one row for every organisation."""

    hours: Annotated[Number, len(LAYERS), len(Spending)]
    """By layer and purpose."""
    seat_months: Whole
    """Months with a seat at a table that is in force."""


class Asks(Noun):
    """Who asked whom: one row for every year, organisation and slot."""

    asked: Whole
    """Asks made."""
    accepted: Whole
    """Asks that got a yes."""
    days: Number
    """Days from the first sight of the need to the yes, summed."""


class Record(NamedTuple):
    """All that metrics read."""

    months: Months
    spent: Spent
    asks: Asks


def empty_ledger(count: int, slots: int) -> tuple[Ledger, Tallies, Dealings]:
    """A ledger in which nothing has happened yet."""
    ledger = rows(Ledger, count)
    ledger.own_wait[:] = -1.0
    return ledger, rows(Tallies, count, slots), rows(Dealings, count, slots)


def empty_record(months: int, count: int, slots: int) -> Record:
    """A record of ``months`` months in which nothing has happened yet."""
    return Record(
        rows(Months, months), rows(Spent, count), rows(Asks, (months + 11) // 12, count, slots)
    )


def copied_record(record: Record) -> Record:
    """A record of its own with the same content."""
    return Record(record.months.copy(), record.spent.copy(), record.asks.copy())
