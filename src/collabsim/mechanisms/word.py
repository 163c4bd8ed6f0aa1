"""Word: news of room and of waiting travels in encounters, at the table, and from the table home."""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.organisations import PRACTICE
from collabsim.randomness import Purpose, joined, uniform
from collabsim.ties import ROOM_UNKNOWN
from collabsim.world import World

#: How much one month counts in what a party remembers of its waiting.
THIS_MONTH = 0.2


@inlined
def queue_months(world: World, i: int) -> float:
    """Months of work that ``i`` has promised; a house without care hours has no queue."""
    capacity = world.organisations.hours[i, PRACTICE]
    if capacity <= 0.0 or world.settings.promises.unlimited:
        return 0.0
    return world.ledger.queue[i] / capacity


@inlined
def room_of(world: World, i: int) -> float:
    """Room for new work, 1 with an empty queue and a half with a month's work waiting."""
    return 1.0 / (1.0 + queue_months(world, i))


@inlined
def passes_on(world: World, month: int, teller: int, hearer: int, about: int) -> bool:
    """Whether an item of news gets across."""
    identity = world.organisations.identity
    u = uniform(
        world.luck, Purpose.NEWS, month, joined(identity[teller], identity[hearer]), identity[about]
    )
    return u < world.settings.word.reach


@inlined
def tells(world: World, month: int, teller: int, hearer: int, slot: int) -> None:
    """``teller`` tells ``hearer``, who holds it in ``slot``, of its own room and waiting."""
    if passes_on(world, month, teller, hearer, teller):
        world.ties.room[hearer, slot] = room_of(world, teller)
        wait = world.ledger.own_wait[teller]
        world.ties.wait_heard[hearer, slot] = wait
        note(world.events, month, Event.HEARD, hearer, teller, NOBODY_ELSE, Reason.TOLD, wait)


@inlined
def retells(world: World, month: int, teller: int, source: int, hearer: int, slot: int) -> None:
    """``teller`` passes on what it holds in ``source`` to ``hearer``, who keeps it in ``slot``."""
    about = world.ties.other[teller, source]
    if passes_on(world, month, teller, hearer, about):
        world.ties.room[hearer, slot] = world.ties.room[teller, source]
        wait = world.ties.wait_heard[teller, source]
        world.ties.wait_heard[hearer, slot] = wait
        note(world.events, month, Event.HEARD, hearer, about, NOBODY_ELSE, Reason.RETOLD, wait)


@inlined
def is_understood(world: World, month: int, teller: np.uint64, hearer: np.uint64) -> bool:
    """Whether what one party says it is after gets across to another, by their identities."""
    u = uniform(world.luck, Purpose.DISCLOSE, month, hearer, teller)
    return u < world.settings.word.reach


@compiled
def sees_the_pattern(world: World, month: int, i: int) -> None:
    """``i`` is shown the room and the waiting of everybody it knows."""
    ties = world.ties
    for k in range(ties.other.shape[1]):
        j = ties.other[i, k]
        if j >= 0:
            tells(world, month, j, i, k)


@compiled
def own_waiting_is_seen(world: World, month: int) -> None:
    """At the end of the month: who got a yes sees how long that took, and remembers earlier months."""
    ledger = world.ledger
    for i in range(ledger.own_wait.shape[0]):
        if ledger.answered[i] == 0.0:
            continue
        own, days = ledger.own_wait[i], ledger.waited[i] / ledger.answered[i]
        ledger.own_wait[i] = days if own < 0.0 else own + THIS_MONTH * (days - own)
        ledger.waited[i] = ledger.answered[i] = 0.0
        note(
            world.events, month, Event.WAITS, i, NOBODY_ELSE, NOBODY_ELSE, Reason.NONE,
            ledger.own_wait[i],
        )  # fmt: skip


@compiled
def news_goes_stale(world: World) -> None:
    """Believed room drifts back to not knowing."""
    room, stays = world.ties.room, 1.0 - world.settings.word.fades_per_month
    for i in range(room.shape[0]):
        for k in range(room.shape[1]):
            room[i, k] = ROOM_UNKNOWN + (room[i, k] - ROOM_UNKNOWN) * stays
