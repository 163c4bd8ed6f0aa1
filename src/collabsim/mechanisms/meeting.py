"""Meeting one to one: managers and board members seek out those they expect most of.

Invitations are dealt with in keyed order; an invited party comes if it has time left.
"""

import numpy as np

from collabsim.compiled import compiled
from collabsim.events import NOBODY_ELSE, Reason
from collabsim.mechanisms.airing import airs
from collabsim.mechanisms.attention import has_time_to_meet, meetings_wanted, spend_on_meeting
from collabsim.mechanisms.choosing import whom_to_meet
from collabsim.mechanisms.commitments import commits_to
from collabsim.mechanisms.cooperation import chooses, gain_in_meeting
from collabsim.mechanisms.encounters import decides, experiences, meets
from collabsim.mechanisms.energy import can_start
from collabsim.mechanisms.word import tells
from collabsim.ordering import put_in_keyed_order
from collabsim.organisations import BOARD, MANAGEMENT
from collabsim.randomness import Purpose, joined, key, uniform
from collabsim.scratch import MOST_INVITATIONS
from collabsim.world import World


@compiled
def people_meet(world: World, month: int) -> None:
    """All one-to-one meetings of this month: managers, then board members."""
    if not world.settings.casework.contacts:
        return
    for layer in (MANAGEMENT, BOARD):
        one_layer_meets(world, month, layer)


@compiled
def one_layer_meets(world: World, month: int, layer: int) -> None:
    """Invitations of one layer, and the meetings that come of them."""
    o, ties = world.organisations, world.ties
    count = o.identity.shape[0]
    places = 16
    host, slot = np.empty(places, dtype=np.int64), np.empty(places, dtype=np.int64)
    chosen, draws = world.scratch.chosen, world.scratch.draws
    invitations = 0
    for i in range(count):
        u = uniform(world.luck, Purpose.MEETINGS, month, o.identity[i], np.uint64(layer))
        wanted = meetings_wanted(world.settings.attention, o.hours[i, layer], u)
        wanted = wanted if can_start(world, i) else 0
        wanted = min(wanted, MOST_INVITATIONS)
        wanted = whom_to_meet(world, month, i, layer, wanted, chosen, draws)
        if invitations + wanted > places:
            places = 2 * (invitations + wanted)
            more_hosts, more_slots = (
                np.empty(places, dtype=np.int64),
                np.empty(places, dtype=np.int64),
            )
            more_hosts[:invitations] = host[:invitations]
            more_slots[:invitations] = slot[:invitations]
            host, slot = more_hosts, more_slots
        for n in range(wanted):
            host[invitations], slot[invitations] = i, chosen[n]
            invitations += 1
    keys = np.empty(invitations, dtype=np.uint64)
    for n in range(invitations):
        guest = o.identity[ties.other[host[n], slot[n]]]
        keys[n] = key(
            world.luck, Purpose.ORDER, month, o.identity[host[n]], joined(guest, np.uint64(layer))
        )
    order = np.empty(invitations, dtype=np.int64)
    put_in_keyed_order(order, invitations, keys)
    for at in range(invitations):
        two_meet(world, month, host[order[at]], slot[order[at]], layer)


@compiled
def two_meet(world: World, month: int, i: int, k: int, layer: int) -> None:
    """A meeting, if both have time: both decide, and tell each other what they are open about."""
    o, ties = world.organisations, world.ties
    j, b = ties.other[i, k], ties.back[i, k]
    if not (has_time_to_meet(world, i, layer) and has_time_to_meet(world, j, layer)):
        return
    purpose = Purpose.MEET
    about = joined(o.identity[i], np.uint64(layer))
    host_opens = chooses(
        world,
        purpose,
        month,
        o.identity[i],
        joined(about, o.identity[j]),
        gain_in_meeting(world, i, k, layer),
    )
    guest_opens = chooses(
        world,
        purpose,
        month,
        o.identity[j],
        joined(about, o.identity[j]),
        gain_in_meeting(world, j, b, layer),
    )
    hours = spend_on_meeting(world, month, i, layer)
    spend_on_meeting(world, month, j, layer)
    who_met = Reason.MANAGERS_MEET + 0 if layer == MANAGEMENT else Reason.BOARDS_MEET + 0
    meets(world, month, i, k, layer, hours, who_met, NOBODY_ELSE)
    decides(world, month, i, j, NOBODY_ELSE, host_opens)
    decides(world, month, j, i, NOBODY_ELSE, guest_opens)
    experiences(world, i, k, layer, hours, guest_opens)
    experiences(world, j, b, layer, hours, host_opens)
    if host_opens and guest_opens:
        commits_to(world, i, k, layer, hours)
        commits_to(world, j, b, layer, hours)
        airs(world, month, i, k, layer, hours, 0.0)
        airs(world, month, j, b, layer, hours, 0.0)
    if host_opens:
        tells(world, month, i, j, b)
    if guest_opens:
        tells(world, month, j, i, k)
