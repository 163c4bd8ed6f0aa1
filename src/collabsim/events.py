"""The event record: what happened, to whom, and why, in the order in which it happened.

Every outcome can be recomputed from these rows alone; ``experiments/recompute.py`` does so
without importing the model.
"""

from enum import IntEnum
from typing import NamedTuple

from collabsim.compiled import compiled, inlined
from collabsim.organisations import MANAGEMENT, PRACTICE
from collabsim.rows import Noun, Number, Whole, rows


class Event(IntEnum):
    """What happened."""

    LEFT = 1
    ARRIVED_AT_POST = 2
    CONTRACT = 3
    SPENT = 4
    SAT_AT_TABLE = 5
    PLEDGED = 6
    PLEDGE_ENDED = 7
    JOINT_STEP = 8
    REPORTED = 9
    SUPPORTED = 10
    CASE = 11
    NEED_SEEN = 12
    ASKED = 13
    DECIDED = 14
    ENCOUNTER = 15
    PROMISED = 16
    PROMISE_ENDED = 17
    NEED_MET = 18
    CONTRADICTED = 19
    CASE_CLOSED = 20
    TRUST = 21
    CONSULTED = 22
    """The value is how manieth time that is for the case."""
    SEATED = 23
    CASE_OPEN = 24
    FADED = 26
    WAITS = 27
    HEARD = 28
    RULES = 29
    """Made or heard of; the reason is the number of the layer."""
    RULES_HELD = 30
    CONNECTOR = 31
    """Who is asked to connect others."""
    ENERGY = 32
    REPROACH = 33
    NAMED = 34
    """Who cannot help names another."""
    SIGHT = 35
    """How far practice has an eye for the field in ``whom``."""
    IMAGE = 36
    """What the ambition means to practice."""
    CONCRETE = 37
    """How concretely practice can tell it."""
    DISCLOSED = 38
    """How far one knows what the other is after."""
    PACKAGE = 39
    """What the best package deal with the other would bring, were all interests known."""
    WORKS_IN = 40
    """The field in ``whom`` is one in which the organisation can help."""
    TABLE_DECIDED = 41
    """``whom`` is the field and ``case`` the network; the value is months on the table."""
    INCIDENT = 42
    """A party of the case accounts for it, openly or not; the value is its hours."""


class Reason(IntEnum):
    """Why, or of which kind; which of these go with which event is in the docs."""

    NONE = 0
    TURNOVER = 1
    ELECTION = 2
    FROM_OUTSIDE = 3
    FROM_SECTOR = 4
    ACCEPTED = 5
    DECLINED = 6
    NO_TIME = 7
    NOBODY_TO_ASK = 8
    COOPERATED = 9
    HELD_BACK = 10
    KEPT = 11
    ANNOUNCED = 12
    BROKEN = 13
    LAPSED = 14
    HELPED = 15
    HELPED_WITH_UNSEEN_NEED = 16
    FAILED = 17
    ASK = 18
    CONSULT = 19
    MANAGERS_MEET = 20
    TABLE = 21
    WORD_HOME = 22
    INTEGRITY = 23
    COMPETENCE = 24
    ACQUAINTANCE = 25
    BOUND_TO_REPORT = 26
    CHOSE_TO_REPORT = 27
    KEPT_TO_ITSELF = 28
    IN_FAVOUR = 29
    AGAINST = 30
    NOT_REACHED = 31
    TOOK_SEAT = 32
    LEFT_SEAT = 33
    ABSENT = 34
    ALONE = 35
    MUNICIPALITY = 36
    PROVIDER = 37
    TOLD = 38
    RETOLD = 39
    ACQUAINTANCE_OF_MANAGERS = 40
    ACQUAINTANCE_OF_BOARDS = 41
    BOARDS_MEET = 42
    SESSION_OF_PRACTICE = 43
    """In practice; that of managers and of boards follow."""
    SESSION_OF_MANAGERS = 44
    SESSION_OF_BOARDS = 45
    TAKEN_UP = 46
    TALK_AFTER_TROUBLE = 47
    BROUGHT_TOGETHER = 48
    """In practice; managers and boards follow."""
    MANAGERS_BROUGHT_TOGETHER = 49
    BOARDS_BROUGHT_TOGETHER = 50
    GRIEVANCE = 51
    ACCOUNTING = 52


NOBODY_ELSE = -1


class Happenings(Noun):
    """The event record: one row for every thing that happened."""

    month: Whole
    event: Whole
    """An ``Event``."""
    who: Whole
    """Row of the organisation."""
    whom: Whole
    """Row of the other organisation, or what the event says."""
    case: Whole
    """Number of the case; NOBODY_ELSE if none."""
    reason: Whole
    """A ``Reason``, or what the event says."""
    value: Number
    """A number that goes with it: hours, days, trust."""


class Written(Noun):
    """How many rows were wanted so far; one row. More than there is room for were lost."""

    rows: Whole


class EventRecord(NamedTuple):
    """The event record and its length; a record without room is switched off."""

    happenings: Happenings
    written: Written


def event_record(room: int) -> EventRecord:
    """An empty record with ``room`` rows."""
    return EventRecord(rows(Happenings, room), rows(Written, 1))


@inlined
def acquaintance_in(layer: int) -> int:
    """The reason that stands for acquaintance in a layer."""
    if layer == PRACTICE:
        return Reason.ACQUAINTANCE + 0
    return Reason.ACQUAINTANCE_OF_MANAGERS + layer - MANAGEMENT


@inlined
def note(
    events: EventRecord,
    month: int,
    event: int,
    who: int,
    whom: int,
    case: int,
    reason: int,
    value: float,
) -> None:
    """Add a row, if the record is on."""
    # Kept apart from the writing, so that a record that is off costs one comparison.
    if events.happenings.shape[0] > 0:
        write(events, month, event, who, whom, case, reason, value)


@compiled
def write(
    events: EventRecord,
    month: int,
    event: int,
    who: int,
    whom: int,
    case: int,
    reason: int,
    value: float,
) -> None:
    """Add a row, if there is room; count it in any case."""
    row = events.written.rows[0]
    events.written.rows[0] = row + 1
    if row >= events.happenings.shape[0]:
        return
    lines = events.happenings
    lines.month[row], lines.event[row], lines.reason[row] = month, event, reason
    lines.who[row], lines.whom[row], lines.case[row], lines.value[row] = who, whom, case, value
