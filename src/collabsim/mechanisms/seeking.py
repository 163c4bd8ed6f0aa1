"""Seeking each other out: a talk between managers after a month in which something went wrong.

Only whoever knows the rule thinks of it. The talk costs both sides hours, and each decides whether
to be open in it, as in any meeting.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Reason
from collabsim.mechanisms.airing import airs
from collabsim.mechanisms.attention import has_time_to_call, spend_on_talk
from collabsim.mechanisms.commitments import commits_to
from collabsim.mechanisms.cooperation import chooses, gain_in_meeting, price_of_effort, stake_in
from collabsim.mechanisms.encounters import decides, experiences, meets
from collabsim.mechanisms.rules import asked_by_rule, knows_rule, rule_is_used
from collabsim.ordering import put_in_keyed_order
from collabsim.organisations import LAYERS, MANAGEMENT
from collabsim.randomness import Purpose, joined, key
from collabsim.rules import Rule
from collabsim.world import World

N_LAYERS = len(LAYERS)


@inlined
def went_wrong(world: World, i: int, k: int) -> bool:
    """Whether the other in slot ``k`` held back or broke its word to ``i`` this month."""
    tallies = world.tallies
    if not world.dealings.touched[i, k]:
        return False
    bad = float(tallies.broken[i, k])
    for layer in range(N_LAYERS):
        bad += tallies.bad[i, k, layer]
    return bad > 0.0


@compiled
def those_in_trouble_talk(world: World, month: int) -> None:
    """Everybody who knows the rule goes to those with whom something went wrong, in keyed order."""
    o, ties, rule = world.organisations, world.ties, Rule.SEEKING_EACH_OTHER_OUT + 0
    count, slots = ties.other.shape
    troubled = np.empty((count * slots, 2), dtype=np.int64)
    keys = np.empty(count * slots, dtype=np.uint64)
    number = 0
    for i in range(count):
        if not knows_rule(world, i, MANAGEMENT, rule):
            continue
        for k in range(slots):
            if ties.other[i, k] >= 0 and went_wrong(world, i, k):
                troubled[number, 0], troubled[number, 1] = i, k
                other = o.identity[ties.other[i, k]]
                keys[number] = key(world.luck, Purpose.TALK, month, o.identity[i], other)
                number += 1
    if number == 0:
        return
    order = np.empty(number, dtype=np.int64)
    put_in_keyed_order(order, number, keys[:number])
    have_talked = np.zeros((count, slots), dtype=np.bool_)
    for at in range(number):
        i, k = troubled[order[at], 0], troubled[order[at], 1]
        if not have_talked[i, k] and talk(world, month, i, k):
            have_talked[i, k] = have_talked[ties.other[i, k], ties.back[i, k]] = True


@compiled
def talk(world: World, month: int, i: int, k: int) -> bool:
    """Whether ``i`` seeks out the other in slot ``k``, and what passes between them."""
    o, ties, p = world.organisations, world.ties, world.settings.cooperation
    rule = Rule.SEEKING_EACH_OTHER_OUT + 0
    j, b = ties.other[i, k], ties.back[i, k]
    if not (has_time_to_call(world, i) and has_time_to_call(world, j)):
        return False
    gain = asked_by_rule(world, i, MANAGEMENT, rule) + stake_in(p, ties, i, k)
    gain -= price_of_effort(p, 0.0)
    if not chooses(world, Purpose.TALK, month, o.identity[i], o.identity[j], gain):
        return False
    rule_is_used(world, i, MANAGEMENT, rule)
    about = joined(o.identity[i], o.identity[j])
    we_open = chooses(
        world,
        Purpose.OPEN_IN_TALK,
        month,
        o.identity[i],
        about,
        gain_in_meeting(world, i, k, MANAGEMENT),
    )
    they_open = chooses(
        world,
        Purpose.OPEN_IN_TALK,
        month,
        o.identity[j],
        about,
        gain_in_meeting(world, j, b, MANAGEMENT),
    )
    hours = spend_on_talk(world, month, i)
    spend_on_talk(world, month, j)
    meets(world, month, i, k, MANAGEMENT, hours, Reason.TALK_AFTER_TROUBLE + 0, NOBODY_ELSE)
    decides(world, month, i, j, NOBODY_ELSE, we_open)
    decides(world, month, j, i, NOBODY_ELSE, they_open)
    experiences(world, i, k, MANAGEMENT, hours, they_open)
    experiences(world, j, b, MANAGEMENT, hours, we_open)
    if we_open and they_open:
        commits_to(world, i, k, MANAGEMENT, hours)
        commits_to(world, j, b, MANAGEMENT, hours)
        airs(world, month, i, k, MANAGEMENT, hours, 0.0)
        airs(world, month, j, b, MANAGEMENT, hours, 0.0)
    return True
