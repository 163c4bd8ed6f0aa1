"""Choosing partners: whom to ask and whom to meet, from what a party knows.

One keyed draw per tie, and the smallest draw against its weight wins (order statistics of
exponentials; Efraimidis and Spirakis 2006). So partners are drawn in proportion to their weights,
without replacement, and one candidate more moves no other draw.
"""

import math

import numpy as np

from collabsim.cases import TRIES
from collabsim.compiled import compiled, inlined
from collabsim.mechanisms.rules import asked_by_rule, knows_rule, rule_is_used
from collabsim.organisations import PRACTICE
from collabsim.parameters.choice import Choice
from collabsim.randomness import SURELY, Purpose, as_uniform, joined, key
from collabsim.rules import Rule
from collabsim.ties import Bonds, Ties, competence_trust, integrity_trust, slot_of
from collabsim.world import World

NO_SLOT = -1
#: Logarithms of one more than the number of contacts, looked up millions of times.
LOGARITHMS_KEPT = 2048
LOGARITHMS = np.array([math.log(1.0 + contacts) for contacts in range(LOGARITHMS_KEPT)])
#: Powers of e and logarithms in small steps, to see cheaply that a candidate cannot win any more.
STEPS = 16
HIGHEST_POWER = 40
POWERS = np.array([math.exp(step / STEPS) for step in range(STEPS * HIGHEST_POWER + 2)])
PARTS = 256
LEAST_LOGARITHMS = np.array([-math.log((part + 1) / PARTS) for part in range(PARTS + 1)])


@inlined
def log_weight(habit: float, sensitivity: float, contacts: float, value: float) -> float:
    """Logarithm of a partner's weight: habit (Polya's urn at 1) times expected value (a logit).

    Never negative. Only whole contacts count.
    """
    whole = int(contacts)
    known = LOGARITHMS[whole] if whole < LOGARITHMS_KEPT else math.log(1.0 + whole)
    return habit * known + sensitivity * value


@inlined
def cannot_win(u: float, exponent: float, best: float) -> bool:
    """Whether ``-log(u) / exp(exponent)`` is surely not below ``best``, without working it out."""
    # -log(u) is at least 1 - u, and what it is at the next step; the weight at most the next power.
    least = max(1.0 - u, LEAST_LOGARITHMS[int(u * PARTS)])
    return exponent < HIGHEST_POWER and least > SURELY * best * POWERS[int(exponent * STEPS) + 1]


@inlined
def value_of_asking(p: Choice, ties: Ties, bonds: Bonds, i: int, k: int) -> float:
    """What ``i`` expects of asking the other in slot ``k``: good help, and soon; 0 to 1."""
    help_expected = competence_trust(ties, bonds, i, k, PRACTICE) * integrity_trust(
        ties, bonds, i, k, PRACTICE
    )
    return (help_expected + p.room_weight * ties.room[i, k]) / (1.0 + p.room_weight)


@inlined
def value_of_meeting(ties: Ties, bonds: Bonds, i: int, k: int, layer: int) -> float:
    """What ``i`` expects of meeting the other in slot ``k``: a useful relation, still to gain; 0 to 1."""
    useful = 0.5 * (ties.dependence[i, k] + competence_trust(ties, bonds, i, k, layer))
    return useful * (1.0 - 0.5 * bonds.acquaintance[i, k, layer, 0, 0])


@inlined
def was_tried(world: World, c: int, n: int, j: int) -> bool:
    """Whether ``j`` was asked in vain for need ``n`` of case ``c``."""
    for t in range(min(TRIES, world.cases.tries[c, n])):
        if world.cases.tried[c, n, t] == j:
            return True
    return False


@compiled
def whom_to_ask(world: World, c: int, n: int) -> int:
    """Slot of the party that the asker turns to for need ``n`` of case ``c``, or NO_SLOT.

    Candidates are those it knows, that work in the field, are paid by the resident's
    municipality, and were not asked in vain. Who was named by somebody trusted is asked first. Help
    outside somebody's own field is known of as far as one is acquainted.
    """
    cases, usual, i = world.cases, world.settings.choice.habit, world.cases.asker[c, n]
    named = cases.named[c, n]
    cases.named[c, n] = NO_SLOT
    k = slot_of(world.ties, i, named) if named >= 0 else NO_SLOT
    if k >= 0 and not was_tried(world, c, n, named):
        return k
    rule = Rule.INCLUDING_THE_OUTER_RING + 0
    if not knows_rule(world, i, PRACTICE, rule):
        return drawn_by_habit(world, c, n, usual)
    # An agreement to include the outer ring makes habit count for less, and lives where it does.
    habit = usual * max(0.0, 1.0 - asked_by_rule(world, i, PRACTICE, rule))
    chosen = drawn_by_habit(world, c, n, habit)
    if chosen != drawn_by_habit(world, c, n, usual):
        rule_is_used(world, i, PRACTICE, rule)
    return chosen


@compiled
def drawn_by_habit(world: World, c: int, n: int, habit: float) -> int:
    """Slot of one of those that the asker of need ``n`` of case ``c`` could turn to, or NO_SLOT."""
    o, ties, cases, p = world.organisations, world.ties, world.cases, world.settings.choice
    i, field = cases.asker[c, n], cases.need[c, n]
    root = key(world.luck, Purpose.ASK, 0, cases.identity[c], np.uint64(n))
    best, best_slot = math.inf, NO_SLOT
    suppliers, market = world.suppliers.provider, o.market[cases.municipality[c]]
    for place in range(suppliers.shape[2]):
        j = suppliers[market, field, place]
        if j < 0:
            break
        k = slot_of(ties, i, j)
        if k < 0 or was_tried(world, c, n, j):
            continue
        u = as_uniform(joined(root, o.identity[j]))
        exponent = log_weight(
            habit,
            p.sensitivity,
            world.bonds.contacts[i, k, PRACTICE, 0, 0],
            value_of_asking(p, ties, world.bonds, i, k),
        )
        if cannot_win(u, exponent, best):
            continue
        weight = math.exp(exponent)
        if o.domain[j] != field:
            weight *= world.bonds.acquaintance[i, k, PRACTICE, 0, 0]
        if weight <= 0.0:
            continue
        draw = -math.log(u) / weight
        if draw < best:
            best, best_slot = draw, k
    return best_slot


@compiled
def whom_to_meet(
    world: World,
    month: int,
    i: int,
    layer: int,
    wanted: int,
    chosen: np.ndarray,
    draws: np.ndarray,
) -> int:
    """Fill ``chosen`` with the slots of at most ``wanted`` partners for a meeting; returns how many.

    ``draws`` is room to work in.
    """
    o, ties, p = world.organisations, world.ties, world.settings.choice
    root = key(world.luck, Purpose.PARTNER, month, o.identity[i], np.uint64(layer))
    if wanted == 0:
        return 0
    count = 0
    for k in range(ties.other.shape[1]):
        j = ties.other[i, k]
        if j < 0:
            continue
        u = as_uniform(joined(root, o.identity[j]))
        exponent = log_weight(
            p.habit,
            p.sensitivity,
            world.bonds.contacts[i, k, layer, 0, 0],
            value_of_meeting(ties, world.bonds, i, k, layer),
        )
        if count == wanted and cannot_win(u, exponent, draws[count - 1]):
            continue
        draw = -math.log(u) / math.exp(exponent)
        if count < wanted:
            place = count
            count += 1
        elif draw < draws[count - 1]:
            place = count - 1
        else:
            continue
        while place > 0 and draws[place - 1] > draw:
            draws[place] = draws[place - 1]
            chosen[place] = chosen[place - 1]
            place -= 1
        draws[place] = draw
        chosen[place] = k
    return count
