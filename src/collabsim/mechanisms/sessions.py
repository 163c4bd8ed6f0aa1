"""Sessions: parties come together, in small groups, to work on the collaboration itself.

Whoever is invited and has the hours comes. Groups are dealt anew each time. In a group everybody
hears everybody for as long as each has the floor, and decides beforehand whether to be open.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Reason
from collabsim.mechanisms.airing import airs
from collabsim.mechanisms.attention import has_time, hours_away, spend
from collabsim.mechanisms.cooperation import chooses
from collabsim.mechanisms.encounters import decides
from collabsim.mechanisms.energy import success_is_told
from collabsim.mechanisms.exposure import (
    analyses_together,
    as_rich_as_in_one_room,
    knows_interests_of,
    pictures_success,
)
from collabsim.mechanisms.gathering import everybody_hears, gain_among
from collabsim.mechanisms.word import is_understood, sees_the_pattern
from collabsim.ordering import put_in_keyed_order
from collabsim.parameters.sessions import Sessions
from collabsim.randomness import Purpose, joined, key
from collabsim.record import Spending
from collabsim.tables import sits_somewhere
from collabsim.world import World

#: Numbers of the choices of ``sessions.invited``.
NOBODY, TABLE, EVERYONE = 0, 1, 2
#: Fewer than this is no session.
FEWEST = 2


@inlined
def is_session(p: Sessions, month: int) -> bool:
    """Whether there is a session in this month."""
    since = month - p.first_month
    if p.invited == NOBODY or since < 0:  # type: ignore[comparison-overlap]
        return False
    return since == 0 if p.every_months == 0 else since % p.every_months == 0


@compiled
def sessions_are_held(world: World, month: int) -> None:
    """The session of this month, if there is one: who comes, and in which groups they sit."""
    p = world.settings.sessions
    if not world.settings.casework.contacts or not is_session(p, month):
        return
    o, layer = world.organisations, int(p.layer)
    who = np.empty(o.identity.shape[0], dtype=np.int64)
    comers = 0
    for i in range(who.shape[0]):
        invited = p.invited == EVERYONE or sits_somewhere(world.seats, i)  # type: ignore[comparison-overlap]
        if invited and has_time(world, i, layer, hours_away(world, p.hours, p.online)):
            who[comers] = i
            comers += 1
    keys = np.empty(comers, dtype=np.uint64)
    for n in range(comers):
        keys[n] = key(world.luck, Purpose.SESSION, month, o.identity[who[n]], np.uint64(layer))
    order = np.empty(comers, dtype=np.int64)
    put_in_keyed_order(order, comers, keys)
    groups = max(1, (comers + p.group_size - 1) // p.group_size)
    for group in range(groups):
        present = np.zeros(who.shape[0], dtype=np.bool_)
        # Dealt round, so that no group is left with one.
        for at in range(group, comers, groups):
            present[who[order[at]]] = True
        one_group_sits(world, month, layer, present)


@compiled
def one_group_sits(world: World, month: int, layer: int, present: np.ndarray) -> None:
    """Those of a group decide whether to be open, and hear each other."""
    o, p = world.organisations, world.settings.sessions
    number = int(present.sum())
    if number < FEWEST:
        return
    opened = np.zeros(present.shape[0], dtype=np.bool_)
    for i in range(present.shape[0]):
        if present[i]:
            about = joined(o.identity[i], np.uint64(layer))
            gain = gain_among(world, i, layer, present, 1.0)
            opened[i] = chooses(world, Purpose.OPEN_IN_SESSION, month, o.identity[i], about, gain)
    for i in range(present.shape[0]):
        if present[i]:
            spend(world, month, i, layer, hours_away(world, p.hours, p.online), Spending.SESSION)
            decides(world, month, i, NOBODY_ELSE, NOBODY_ELSE, opened[i])
    reason = Reason.SESSION_OF_PRACTICE + layer
    hours = as_rich_as_in_one_room(world, p.hours, p.online)
    everybody_hears(world, month, layer, present, opened, hours / number, reason)
    what_it_is_about(world, month, layer, present, opened, hours)


@compiled
def what_it_is_about(
    world: World, month: int, layer: int, present: np.ndarray, opened: np.ndarray, hours: float
) -> None:
    """What a group works on, as far as those who are there are open about it."""
    p, number = world.settings.sessions, present.sum()
    share = opened.sum() / number
    for i in range(present.shape[0]):
        if not present[i]:
            continue
        if p.tells_successes:
            success_is_told(world, i, share)
        if opened[i] and p.analyses_together:
            analyses_together(world, i, layer, share * hours)
        if opened[i] and p.pictures_success:
            pictures_success(world, i, layer, share * hours)
        if opened[i] and p.shows_patterns:
            sees_the_pattern(world, month, i)
        if p.discloses_interests:
            hears_interests(world, month, i, opened)
    if p.discloses_grievances:
        grievances_are_disclosed(world, month, layer, present, opened, hours / number)


@compiled
def hears_interests(world: World, month: int, i: int, opened: np.ndarray) -> None:
    """``i`` hears from each open other what it is after, and understands it or not."""
    identity = world.organisations.identity
    for k in range(world.ties.other.shape[1]):
        j = world.ties.other[i, k]
        if j >= 0 and opened[j] and is_understood(world, month, identity[j], identity[i]):
            knows_interests_of(world, month, i, k, 1.0)


@compiled
def grievances_are_disclosed(
    world: World, month: int, layer: int, present: np.ndarray, opened: np.ndarray, hours: float
) -> None:
    """Open parties say to each other there what they hold against them."""
    for i in range(present.shape[0]):
        for k in range(world.ties.other.shape[1]):
            j = world.ties.other[i, k]
            if opened[i] and j >= 0 and present[j]:
                airs(world, month, i, k, layer, hours, 0.0)
