"""Connecting: somebody is given time to bring together those who need each other and are strangers.

The connector knows both; they meet in its presence. With a mandate whoever is invited comes, and
is reminded of the rules; without one, each decides on what it thinks of the connector. What the
connector can do lives in the person: when that person leaves, it leaves too.
"""

import math

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.airing import airs
from collabsim.mechanisms.attention import (
    has_time_to_meet,
    hours_of_meeting,
    spend_on_connecting,
    spend_on_meeting,
)
from collabsim.mechanisms.commitments import commits_to
from collabsim.mechanisms.cooperation import chooses, gain_in_meeting
from collabsim.mechanisms.encounters import decides, experiences, meets
from collabsim.mechanisms.rules import is_reminded
from collabsim.mechanisms.third_parties import are_introduced
from collabsim.ordering import put_in_order
from collabsim.organisations import MUNICIPALITY
from collabsim.randomness import Purpose, as_uniform, joined, key
from collabsim.ties import integrity_trust, slot_of
from collabsim.world import World

#: Numbers of the choices of ``connector.who``.
NOBODY, BETWEEN_OTHERS, LARGEST_MUNICIPALITY, AT_RANDOM = 0, 1, 2, 3
NO_ROW = -1


@compiled
def standing_between(world: World, i: int) -> float:
    """How far ``i`` connects strangers: over pairs that it knows, how little they know each other."""
    ties, known, layer = world.ties, world.bonds.acquaintance, int(world.settings.connector.layer)
    total = 0.0
    for k in range(ties.other.shape[1]):
        if ties.other[i, k] < 0:
            continue
        for m in range(k + 1, ties.other.shape[1]):
            if ties.other[i, m] < 0:
                continue
            slot = slot_of(ties, ties.other[i, k], ties.other[i, m])
            strange = 1.0 - known[ties.other[i, k], slot, layer, 0, 0] if slot >= 0 else 1.0
            total += known[i, k, layer, 0, 0] * known[i, m, layer, 0, 0] * strange
    return total


@compiled
def who_connects(world: World) -> int:
    """Row of the organisation that is asked to connect, or NO_ROW."""
    o, chosen = world.organisations, int(world.settings.connector.who)
    best, row = -math.inf, NO_ROW
    for i in range(o.kind.shape[0]):
        merit = -math.inf
        if chosen == BETWEEN_OTHERS:
            merit = standing_between(world, i)
        elif chosen == LARGEST_MUNICIPALITY and o.kind[i] == MUNICIPALITY:
            merit = o.inhabitants[i]
        elif chosen == AT_RANDOM:
            z = key(world.luck, Purpose.CONNECTOR, 0, o.identity[i], o.identity[i])
            merit = as_uniform(z)
        if merit > best:
            best, row = merit, i
    return row


@compiled
def connector_connects(world: World, month: int) -> None:
    """The connector spends its hours on pairs that need each other and are strangers."""
    p, agenda = world.settings.connector, world.agenda
    if p.who == NOBODY or month < 0 or not world.settings.casework.contacts:  # type: ignore[comparison-overlap]
        agenda.connector[0], agenda.appointed_by[0] = NO_ROW, NOBODY
        return
    if agenda.appointed_by[0] != p.who:
        agenda.connector[0], agenda.appointed_by[0] = who_connects(world), int(p.who)
        note(
            world.events, month, Event.CONNECTOR, agenda.connector[0], NOBODY_ELSE, NOBODY_ELSE,
            Reason.NONE, 0.0,
        )  # fmt: skip
    c, layer = agenda.connector[0], int(p.layer)
    if c == NO_ROW or world.carriers.newcomer[c, layer, 0]:
        return
    left = p.hours
    is_reminded(world, c, layer, p.mandate)
    pairs = strangers_who_need_each_other(world, month, c)
    for n in range(pairs.shape[0]):
        if left < hours_of_meeting(world):
            return
        if two_are_brought_together(world, month, c, pairs[n, 0], pairs[n, 1]):
            left -= spend_on_connecting(world, month, c, layer)


@compiled
def strangers_who_need_each_other(world: World, month: int, c: int) -> np.ndarray:
    """[pairs, 2] row and slot, in the order in which the connector ``c`` takes them up.

    Drawn in proportion to how well it knows both, how little they know each other, and how much
    they depend on each other.
    """
    ties, known, o = world.ties, world.bonds.acquaintance, world.organisations
    layer = int(world.settings.connector.layer)
    root = key(world.luck, Purpose.CONNECTING, month, o.identity[c], o.identity[c])
    most = ties.other.shape[0] * ties.other.shape[1]
    pairs = np.empty((most, 2), dtype=np.int64)
    draws, keys = np.empty(most), np.empty(most, dtype=np.uint64)
    number = 0
    for one in range(ties.other.shape[1]):
        i = ties.other[c, one]
        if i < 0:
            continue
        for k in range(ties.other.shape[1]):
            j, b = ties.other[i, k], ties.back[i, k]
            if j < 0 or j == c or o.identity[j] < o.identity[i]:
                continue
            two = slot_of(ties, c, j)
            if two < 0:
                continue
            weight = known[c, one, layer, 0, 0] * known[c, two, layer, 0, 0]
            need = ties.dependence[i, k] + ties.dependence[j, b]
            trouble = ties.grievance[i, k] + ties.grievance[j, b]
            weight *= need * (1.0 - known[i, k, layer, 0, 0]) + trouble
            if weight <= 0.0:
                continue
            keys[number] = joined(joined(root, o.identity[i]), o.identity[j])
            # The logarithm keeps the order and spreads the values, so that they are soon in order.
            draws[number] = math.log(-math.log(as_uniform(keys[number]))) - math.log(weight)
            pairs[number, 0], pairs[number, 1] = i, k
            number += 1
    order = np.empty(number, dtype=np.int64)
    put_in_order(order, number, draws, keys)
    chosen = np.empty((number, 2), dtype=np.int64)
    for n in range(number):
        chosen[n, 0], chosen[n, 1] = pairs[order[n], 0], pairs[order[n], 1]
    return chosen


@compiled
def two_are_brought_together(world: World, month: int, c: int, i: int, k: int) -> bool:
    """Whether ``i`` and the other in slot ``k`` meet in the presence of the connector ``c``."""
    o, ties, p = world.organisations, world.ties, world.settings.connector
    j, b, layer = ties.other[i, k], ties.back[i, k], int(p.layer)
    if not (has_time_to_meet(world, i, layer) and has_time_to_meet(world, j, layer)):
        return False
    if not (p.mandate or (accepts(world, month, i, c) and accepts(world, month, j, c))):
        return False
    are_introduced(world, month, i, k, c, layer)
    about = joined(o.identity[i], o.identity[j])
    one_opens = chooses(
        world, Purpose.OPEN_WITH_CONNECTOR, month, o.identity[i], about,
        gain_in_meeting(world, i, k, layer),
    )  # fmt: skip
    other_opens = chooses(
        world, Purpose.OPEN_WITH_CONNECTOR, month, o.identity[j], about,
        gain_in_meeting(world, j, b, layer),
    )  # fmt: skip
    hours = spend_on_meeting(world, month, i, layer)
    spend_on_meeting(world, month, j, layer)
    for who, slot in ((i, k), (c, slot_of(ties, c, i)), (c, slot_of(ties, c, j))):
        meets(world, month, who, slot, layer, hours, Reason.BROUGHT_TOGETHER + layer, NOBODY_ELSE)
    decides(world, month, i, j, NOBODY_ELSE, one_opens)
    decides(world, month, j, i, NOBODY_ELSE, other_opens)
    experiences(world, i, k, layer, hours, other_opens)
    experiences(world, j, b, layer, hours, one_opens)
    if one_opens and other_opens:
        commits_to(world, i, k, layer, hours)
        commits_to(world, j, b, layer, hours)
        ours, theirs = slot_of(ties, i, c), slot_of(ties, j, c)
        vouched_there = integrity_trust(ties, world.bonds, j, theirs, layer)
        vouched_here = integrity_trust(ties, world.bonds, i, ours, layer)
        airs(world, month, i, k, layer, hours, vouched_there)
        airs(world, month, j, b, layer, hours, vouched_here)
    is_reminded(world, i, layer, p.mandate)
    is_reminded(world, j, layer, p.mandate)
    return True


@inlined
def accepts(world: World, month: int, i: int, c: int) -> bool:
    """Whether ``i`` comes because the connector ``c`` asks, on what it thinks of the connector."""
    k, identity = slot_of(world.ties, i, c), world.organisations.identity
    gain = gain_in_meeting(world, i, k, int(world.settings.connector.layer))
    return chooses(world, Purpose.INVITATION, month, identity[i], identity[c], gain)
