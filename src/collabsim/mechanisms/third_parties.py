"""Third parties: those I know tell me of those they know, and name them to me.

Reputation moves the opinion of the house, never that of the persons who know each other: an
opinion is taken over as far as the teller is trusted. Who cannot help may name another that can.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, acquaintance_in, note
from collabsim.mechanisms.casework import serial
from collabsim.mechanisms.choosing import was_tried
from collabsim.mechanisms.encounters import whom_it_met
from collabsim.ordering import put_in_keyed_order
from collabsim.organisations import LAYERS, PRACTICE
from collabsim.randomness import Purpose, joined, key, uniform
from collabsim.ties import integrity_trust, slot_of
from collabsim.world import World

N_LAYERS = len(LAYERS)
NOBODY = -1


@compiled
def reputations_spread(world: World, month: int) -> None:
    """Everybody hears from each party that was open to it what it thinks of somebody else."""
    ties, o = world.ties, world.organisations
    if world.settings.third_parties.reputation == 0.0 or not world.settings.casework.contacts:
        return
    count, slots = ties.other.shape
    competence, integrity = np.empty(count), np.empty(count)
    on_its_mind = np.empty(count, dtype=np.int64)
    for i in range(count):
        k = on_its_mind[i] = whom_it_talks_about(world, month, i)
        if k != NOBODY:
            competence[i], integrity[i] = ties.competence[i, k], ties.integrity[i, k]
    met = world.scratch.met
    told, keys = np.empty(slots, dtype=np.int64), np.empty(slots, dtype=np.uint64)
    order = np.empty(slots, dtype=np.int64)
    for i in range(count):
        tellers = 0
        for n in range(whom_it_met(world, i, met)):
            k = met[n]
            if layer_of_the_conversation(world, i, k) != NOBODY:
                teller = o.identity[ties.other[i, k]]
                told[tellers] = k
                keys[tellers] = key(world.luck, Purpose.ORDER, month, o.identity[i], teller)
                tellers += 1
        put_in_keyed_order(order, tellers, keys)
        for at in range(tellers):
            k = told[order[at]]
            j = ties.other[i, k]
            about = ties.other[j, on_its_mind[j]]
            slot = slot_of(ties, i, about) if about != i else NOBODY
            if slot >= 0:
                takes_over(world, month, i, k, slot, competence[j], integrity[j])


@inlined
def takes_over(
    world: World, month: int, i: int, k: int, slot: int, competence: float, integrity: float
) -> None:
    """``i`` moves towards what the other in ``k`` thinks of the one in ``slot``."""
    ties = world.ties
    layer = layer_of_the_conversation(world, i, k)
    moved = world.settings.third_parties.reputation * integrity_trust(
        ties, world.bonds, i, k, layer
    )
    about = ties.other[i, slot]
    ties.competence[i, slot] += moved * (competence - ties.competence[i, slot])
    heard = ties.integrity[i, slot] + moved * (integrity - ties.integrity[i, slot])
    ties.integrity[i, slot] = min(ties.ceiling[i, slot], heard)
    note(
        world.events, month, Event.TRUST, i, about, NOBODY_ELSE, Reason.COMPETENCE,
        ties.competence[i, slot],
    )  # fmt: skip
    note(
        world.events, month, Event.TRUST, i, about, NOBODY_ELSE, Reason.INTEGRITY,
        ties.integrity[i, slot],
    )  # fmt: skip


@inlined
def whom_it_talks_about(world: World, month: int, i: int) -> int:
    """Slot of the party that ``i`` has on its mind this month, drawn by lot."""
    o, ties = world.organisations, world.ties
    root = key(world.luck, Purpose.REPUTATION, month, o.identity[i], o.identity[i])
    lowest, slot = np.uint64(0), NOBODY
    for k in range(ties.other.shape[1]):
        if ties.other[i, k] >= 0:
            z = joined(root, o.identity[ties.other[i, k]])
            if slot == NOBODY or z < lowest:
                lowest, slot = z, k
    return slot


@inlined
def layer_of_the_conversation(world: World, i: int, k: int) -> int:
    """The layer in which the other in slot ``k`` was open to ``i`` for longest, or NOBODY."""
    longest, layer = 0.0, NOBODY
    for at in range(N_LAYERS):
        if world.tallies.good[i, k, at] > longest:
            longest, layer = world.tallies.good[i, k, at], at
    return layer


@compiled
def names_another(world: World, month: int, c: int, n: int, i: int, k: int) -> None:
    """The other in slot ``k``, who cannot help ``i`` with need ``n``, names whom it knows best.

    Of those that could help, and that it believes to have room; ``i`` will know it by name, and
    asks it next, as far as it trusts who named it.
    """
    o, ties, cases = world.organisations, world.ties, world.cases
    j = ties.other[i, k]
    market, field = o.market[cases.municipality[c]], cases.need[c, n]
    best, named, source = 0.0, NOBODY, NOBODY
    for place in range(world.suppliers.provider.shape[2]):
        other = world.suppliers.provider[market, field, place]
        if other < 0:
            break
        slot = slot_of(ties, j, other)
        if slot < 0 or other == i or was_tried(world, c, n, other):
            continue
        merit = world.bonds.acquaintance[j, slot, PRACTICE, 0, 0] * ties.room[j, slot]
        if merit > best:
            best, named, source = merit, other, slot
    at = slot_of(ties, i, named) if named != NOBODY else NOBODY
    if at < 0:
        return
    ties.room[i, at] = ties.room[j, source]
    note(
        world.events, month, Event.NAMED, j, named, serial(cases.identity[c]), Reason.NONE,
        ties.room[i, at],
    )  # fmt: skip
    are_introduced(world, month, i, at, j, PRACTICE)
    about = joined(joined(cases.identity[c], np.uint64(n)), o.identity[j])
    u = uniform(world.luck, Purpose.FOLLOWS, month, o.identity[i], about)
    if u < integrity_trust(ties, world.bonds, i, k, PRACTICE):
        cases.named[c, n] = named


@inlined
def are_introduced(world: World, month: int, i: int, k: int, by: int, layer: int) -> None:
    """``i`` and the other in slot ``k`` know each other at least as far as ``by`` vouches for them."""
    ties, known = world.ties, world.bonds.acquaintance
    j, b = ties.other[i, k], ties.back[i, k]
    with_one, with_other = slot_of(ties, by, i), slot_of(ties, by, j)
    if with_one < 0 or with_other < 0:
        return
    vouched = (
        world.settings.third_parties.introduces
        * known[by, with_one, layer, 0, 0]
        * known[by, with_other, layer, 0, 0]
    )
    newcomer = world.carriers.newcomer
    if newcomer[i, layer, 0] or newcomer[j, layer, 0]:
        return
    if vouched > known[i, k, layer, 0, 0]:
        known[i, k, layer, 0, 0] = vouched
        what = acquaintance_in(layer)
        note(world.events, month, Event.TRUST, i, j, NOBODY_ELSE, what, vouched)
    if vouched > known[j, b, layer, 0, 0]:
        known[j, b, layer, 0, 0] = vouched
        what = acquaintance_in(layer)
        note(world.events, month, Event.TRUST, j, i, NOBODY_ELSE, what, vouched)
