"""Cases: residents who need help in several fields at once."""

from typing import Annotated

import numpy as np

from collabsim.rows import Identity, Noun, Number, Small, Switch, Whole, rows

NEEDS = 4
PARTIES = NEEDS + NEEDS + 1
TRIES = 8

#: States of a need.
UNSEEN, OPEN, PROMISED, MET = 0, 1, 2, 3
#: States of a case.
WAITING, HELPED, FAILED = 0, 1, 2


class Cases(Noun):
    """All cases of a stretch: one row each, with room for 4 needs and 9 parties."""

    identity: Identity
    municipality: Whole
    """Row of the municipality in which the resident lives."""
    holder: Whole
    """Row of the party that holds the case."""
    arrived: Number
    """Day of arrival, counted from month 0."""
    urgency: Number
    """How urgent, 0 to 1."""
    needs: Whole
    """Number of needs."""
    need: Annotated[Whole, NEEDS]
    """Field of each need."""
    state: Annotated[Small, NEEDS]
    """UNSEEN, OPEN, PROMISED or MET."""
    asker: Annotated[Whole, NEEDS]
    """Row of the party that looks for help with the need."""
    clock: Annotated[Number, NEEDS]
    """Day up to which asking has come, or from which care can start."""
    provider: Annotated[Whole, NEEDS]
    """Row of the party that promised it; -1 if none."""
    hours: Annotated[Number, NEEDS]
    """Care hours still to give."""
    due: Annotated[Whole, NEEDS]
    """Month in which the promise falls due."""
    opened: Annotated[Number, NEEDS]
    """Day on which the need was first seen."""
    met: Annotated[Number, NEEDS]
    """Day on which the need was met."""
    named: Annotated[Whole, NEEDS]
    """Row of a party that somebody trusted has named; -1 if none."""
    tried: Annotated[Small, NEEDS, TRIES]
    """Rows asked in vain."""
    tries: Annotated[Small, NEEDS]
    """Number of rows asked in vain."""
    parties: Whole
    """Number of parties that have worked on the case."""
    party: Annotated[Whole, PARTIES]
    """Their rows, the holder first."""
    coordinated: Annotated[Switch, PARTIES, PARTIES]
    """Pairs that attuned their plans."""
    weighed: Annotated[Switch, PARTIES, PARTIES]
    """Pairs whose plans have met in practice."""
    contradicts: Switch
    """Whether plans have contradicted each other."""
    to_consult: Switch
    """Whether the parties have changed since they last sat together."""
    consults: Whole
    """How often the parties have sat together."""
    outcome: Whole
    """WAITING, HELPED or FAILED."""
    closed: Number
    """Day on which it closed."""


class CaseList(Noun):
    """Which rows of the cases are open, in order of arrival: one row for every place."""

    active: Whole


class CaseCount(Noun):
    """How many rows are used and how many are open; one row."""

    used: Whole
    open: Whole


def empty_cases(places: int) -> tuple[Cases, CaseList, CaseCount]:
    """Room for ``places`` cases."""
    return rows(Cases, places), rows(CaseList, places), rows(CaseCount, 1)


def with_room(
    cases: Cases, case_list: CaseList, count: CaseCount, places: int
) -> tuple[Cases, CaseList, CaseCount]:
    """Only the open cases, moved to the front, with room for ``places`` more.

    In the same memory where that has the room: memory that is new costs more than all that is done
    here. So new memory is made wide enough for a later time at which more cases are open.
    """
    open_now, used = int(count.open[0]), int(count.used[0])
    if open_now + places > cases.shape[0]:
        return moved_to_new_memory(cases, case_list, count, places + places // 4)
    cases[:open_now] = cases[case_list.active[:open_now]]
    cases[open_now:used] = np.zeros(1, dtype=np.asarray(cases).dtype)
    case_list.active[:open_now] = np.arange(open_now)
    count.used[0] = open_now
    return cases, case_list, count


def moved_to_new_memory(
    cases: Cases, case_list: CaseList, count: CaseCount, places: int
) -> tuple[Cases, CaseList, CaseCount]:
    """Only the open cases, in memory of their own with room for ``places`` more."""
    open_now = int(count.open[0])
    fresh, fresh_list, fresh_count = empty_cases(open_now + places)
    fresh[:open_now] = cases[case_list.active[:open_now]]
    fresh_list.active[:open_now] = np.arange(open_now)
    fresh_count.used[0] = fresh_count.open[0] = open_now
    return fresh, fresh_list, fresh_count
