"""Ties: what one organisation knows and thinks of another.

Each organisation holds its ties in slots, ordered by the other's row. A dense region is the case
where all are known. A tie has an institutional part, which stays when people leave, and a
personal part, which lives between persons: by layer, by role of the own person (0 the contact,
1 the second contact) and by role of the other's person.
"""

from typing import Annotated

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.organisations import ISSUES, LAYERS, PRACTICE, Organisations
from collabsim.parameters import Scenario
from collabsim.randomness import Luck, Purpose, identity
from collabsim.rows import Noun, Number, Whole, rows

#: Believed room of a party of which nothing has been heard.
ROOM_UNKNOWN = 0.5
NOT_HEARD = -1.0
#: How well the people of a party that everybody knows are known at the very start.
WELL_KNOWN = 0.8


class Ties(Noun):
    """All ties: one row for every organisation and slot.

    What is read together in a choice or a decision comes first, so that it lies together in memory.
    """

    other: Whole
    """Row of the other, ascending over the slots; -1 where a slot is empty."""
    back: Whole
    """Slot in which the other holds this organisation."""
    competence: Number
    """Institutional competence trust, 0 to 1."""
    integrity: Number
    """Institutional integrity trust, 0 to 1."""
    room: Number
    """Believed room of the other, 0 to 1."""
    dependence: Number
    """How much the organisation depends on the other, 0 to 1."""
    divergence: Number
    """How far interests differ, 0 to 1."""
    disclosed: Number
    """How far it knows what the other is after, 0 to 1."""
    within_reach: Number
    """The part of ``package`` that both know enough of each other to find."""
    grievance: Number
    """What it holds against the other and has not aired, 0 to 1."""
    ceiling: Number
    """Highest integrity trust that broken words have left possible."""
    contacts: Whole
    """Count of past contacts between the houses."""
    wait_heard: Number
    """Days that the other said it waits for a yes; NOT_HEARD if never told."""
    package: Number
    """What the best package deal would bring it, 0 to 1, were the interests of both known."""
    contract: Number
    """Care hours a month that a municipality buys from a provider; else 0."""


class Commitments(Noun):
    """What was agreed with whom in talk: one row for every organisation and slot.

    Apart from the ties, because what reads through all ties of a month needs them seldom.
    """

    known: Annotated[Number, len(LAYERS)]
    """How far each layer knows of a commitment to the other, 0 to 1."""


class Suppliers(Noun):
    """Whom a municipality pays: one row for every municipality, field and place."""

    provider: Whole
    """Row of a provider with a contract that can help in the field; -1 after the last."""


class Bonds(Noun):
    """The personal part of all ties: one row for every tie, layer and pair of roles."""

    acquaintance: Number
    """How well the persons know each other, 0 to 1."""
    competence: Number
    """Personal competence trust, 0 to 1."""
    integrity: Number
    """Personal integrity trust, 0 to 1."""
    contacts: Number
    """Past contacts between the two persons; a second contact counts as far as it was there."""


@inlined
def slot_of(ties: Ties, i: int, j: int) -> int:
    """Slot in which ``i`` holds ``j``, or -1."""
    # Where everybody knows everybody, the slot follows from the row.
    dense = j - (1 if j > i else 0)
    low, high = 0, ties.other.shape[1] - 1
    if dense <= high and ties.other[i, dense] == j:
        return dense
    while low <= high:
        middle = (low + high) // 2
        found = ties.other[i, middle]
        if found == j:
            return middle
        if found != -1 and found < j:
            low = middle + 1
        else:
            high = middle - 1
    return -1


@inlined
def competence_trust(ties: Ties, bonds: Bonds, i: int, k: int, layer: int) -> float:
    """Competence trust of a layer.

    In practice, the better the persons know each other, the more their own opinion counts;
    managers and boards do not see the work, and go by what the house knows.
    """
    if layer != PRACTICE:
        return ties.competence[i, k]
    known = bonds.acquaintance[i, k, layer, 0, 0]
    return known * bonds.competence[i, k, layer, 0, 0] + (1.0 - known) * ties.competence[i, k]


@inlined
def integrity_trust(ties: Ties, bonds: Bonds, i: int, k: int, layer: int) -> float:
    """Integrity trust of a layer: the better the persons know each other, the more they count."""
    known = bonds.acquaintance[i, k, layer, 0, 0]
    return known * bonds.integrity[i, k, layer, 0, 0] + (1.0 - known) * ties.integrity[i, k]


@compiled
def ways_back_are_found(ties: Ties) -> None:
    """Where each of those that somebody knows holds it."""
    for i in range(ties.other.shape[0]):
        for k in range(ties.other.shape[1]):
            if ties.other[i, k] >= 0:
                ties.back[i, k] = slot_of(ties, ties.other[i, k], i)


def who_knows_whom(organisations: Organisations, known_others: int, luck: Luck) -> list[list[int]]:
    """Rows that each row knows, ascending: all, or a keyed symmetric sample in a sparse region."""
    count = organisations.identity.shape[0]
    if known_others == 0 or known_others >= count - 1:
        return [[j for j in range(count) if j != i] for i in range(count)]
    keys = organisations.identity
    order = sorted(range(count), key=lambda i: luck.uniform(Purpose.KNOWN, who=int(keys[i])))
    place = {row: at for at, row in enumerate(order)}
    municipal = [i for i in range(count) if organisations.kind[i] == 0]
    reach = max(1, (known_others - 2) // 2)
    circles: list[set[int]] = [set() for _ in range(count)]

    def meet(i: int, j: int) -> None:
        if i != j:
            circles[i].add(j)
            circles[j].add(i)

    for i in range(count):
        for step in range(1, reach + 1):
            meet(i, order[(place[i] + step) % count])
        if municipal and organisations.kind[i] != 0:
            for number in range(2):
                meet(
                    i,
                    municipal[
                        int(
                            luck.uniform(Purpose.KNOWN, who=int(keys[i]), whom=number + 1)
                            * len(municipal)
                        )
                    ],
                )
    return [sorted(circle) for circle in circles]


def ties_of(scenario: Scenario, organisations: Organisations, luck: Luck) -> tuple[Ties, Bonds]:
    """The ties of a region without a history."""
    circles = who_knows_whom(organisations, scenario.region.known_others, luck)
    count, slots = len(circles), max(1, *(len(circle) for circle in circles), 1)
    ties = rows(Ties, count, slots)
    ties.other[:] = -1
    ties.back[:] = -1
    for i, circle in enumerate(circles):
        ties.other[i, : len(circle)] = circle
    ways_back_are_found(ties)
    apart = np.zeros((count, slots))
    for issue in range(ISSUES):
        stance = organisations.interests[:, issue]
        apart += np.abs(stance[:, None] - stance[ties.other])
    ties.divergence[:] = np.where(ties.other >= 0, apart / (2.0 * ISSUES), 0.0)
    ties.competence[:] = scenario.learning.start_competence
    ties.integrity[:] = scenario.learning.start_integrity
    ties.ceiling[:] = 1.0
    ties.room[:] = ROOM_UNKNOWN
    ties.wait_heard[:] = NOT_HEARD
    roles = 2 if scenario.people.second_contacts else 1
    bonds = rows(Bonds, count, slots, len(LAYERS), roles, roles)
    named = [int(identity(o.id)) for o in scenario.region.organisations if o.well_known]
    known = np.isin(organisations.identity, np.array(named, dtype=np.uint64))
    bonds.acquaintance[(known[:, None] | known[ties.other]) & (ties.other >= 0)] = WELL_KNOWN
    bonds.competence[:] = scenario.learning.start_competence
    bonds.integrity[:] = scenario.learning.start_integrity
    return ties, bonds
