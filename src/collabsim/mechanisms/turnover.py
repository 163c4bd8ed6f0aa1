"""People leave and arrive: who goes, and who takes the posts.

A leaver takes along all ties of the post at once; what becomes of them is handover. The successor
starts at the end of the month. Somebody who stays in the sector takes a post that fell vacant
elsewhere.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.handover import (
    movers_are_known,
    posts_change_hands,
    what_movers_bring,
    who_knows_whom_is_noted,
)
from collabsim.organisations import BOARD, MUNICIPALITY
from collabsim.parameters.people import People
from collabsim.randomness import Purpose, joined, key, uniform
from collabsim.record import Count
from collabsim.world import World


@inlined
def is_election(turnover: People, month: int) -> bool:
    """Whether municipal elections bring new aldermen in this month."""
    return (month - turnover.first_election_month) % turnover.election_every_months == 0


@compiled
def people_leave_and_arrive(world: World, month: int) -> None:
    """Who leaves this month, who takes the posts, and what that does to ties."""
    posts, carriers, turnover = world.posts, world.carriers, world.settings.people
    o, leaving = world.organisations, world.settings.leaving
    carriers.newcomer[:] = False
    count, places = posts.person.shape
    election = is_election(turnover, month)
    leaver_of = np.empty(count * places, dtype=np.int64)
    post_of = np.empty(count * places, dtype=np.int64)
    stays = np.zeros(count * places, dtype=np.bool_)
    leavers = 0
    for i in range(count):
        for post in range(places):
            layer = posts.layer[i, post]
            if layer < 0:
                continue
            who = posts.person[i, post]
            reason = 0
            if (
                uniform(world.luck, Purpose.LEAVE, month, who, o.identity[i])
                < leaving.monthly[o.kind[i], layer]
            ):
                reason = Reason.TURNOVER + 0
            elif election and layer == BOARD and o.kind[i] == MUNICIPALITY:
                if (
                    uniform(world.luck, Purpose.ELECTION, month, who, o.identity[i])
                    < turnover.election_replaces
                ):
                    reason = Reason.ELECTION + 0
            if reason == 0:
                continue
            leaver_of[leavers] = i
            post_of[leavers] = post
            if reason == Reason.TURNOVER:
                stays[leavers] = (
                    uniform(world.luck, Purpose.STAYS, month, who, who) < turnover.stays_in_sector
                )
            leavers += 1
            note(world.events, month, Event.LEFT, i, post, NOBODY_ELSE, reason, 0.0)
    if leavers == 0:
        return
    world.record.months.counts[max(month, 0), Count.LEFT] += leavers
    comes_from = movers_find_posts(world, month, leaver_of, post_of, stays, leavers)
    brought = what_movers_bring(world, leaver_of, post_of, comes_from, leavers)
    for n in range(leavers):
        posts_change_hands(world, leaver_of[n], post_of[n])
    people_arrive(world, month, leaver_of, post_of, comes_from, leavers)
    for n in range(leavers):
        if comes_from[n] >= 0:
            movers_are_known(world, leaver_of[n], post_of[n], brought[n])
    if world.events.happenings.shape[0] > 0:
        for n in range(leavers):
            who_knows_whom_is_noted(world, month, leaver_of[n])


@compiled
def movers_find_posts(
    world: World,
    month: int,
    leaver_of: np.ndarray,
    post_of: np.ndarray,
    stays: np.ndarray,
    leavers: int,
) -> np.ndarray:
    """For each vacancy the number of the leaver who takes it, or -1: by keyed order, same layer."""
    posts = world.posts
    comes_from = np.full(leavers, -1, dtype=np.int64)
    done = np.zeros(leavers, dtype=np.bool_)
    while True:
        best_key, best_mover, best_post = np.uint64(0), -1, -1
        for m in range(leavers):
            if not stays[m] or done[m]:
                continue
            mover = posts.person[leaver_of[m], post_of[m]]
            for v in range(leavers):
                other_house = leaver_of[v] != leaver_of[m]
                same_layer = (
                    posts.layer[leaver_of[v], post_of[v]] == posts.layer[leaver_of[m], post_of[m]]
                )
                if comes_from[v] == -1 and other_house and same_layer:
                    place = joined(
                        world.organisations.identity[leaver_of[v]], np.uint64(post_of[v])
                    )
                    z = key(world.luck, Purpose.POST, month, mover, place)
                    if best_mover < 0 or z < best_key:
                        best_key, best_mover, best_post = z, m, v
        if best_mover < 0:
            return comes_from
        comes_from[best_post] = best_mover
        done[best_mover] = True


@compiled
def people_arrive(
    world: World,
    month: int,
    leaver_of: np.ndarray,
    post_of: np.ndarray,
    comes_from: np.ndarray,
    leavers: int,
) -> None:
    """Give every vacant post its new person: a mover, or somebody from outside."""
    posts, o = world.posts, world.organisations
    arriving = np.empty(leavers, dtype=np.uint64)
    for v in range(leavers):
        m = comes_from[v]
        if m >= 0:
            arriving[v] = posts.person[leaver_of[m], post_of[m]]
        else:
            arriving[v] = key(
                world.luck, Purpose.PERSON, month, o.identity[leaver_of[v]], np.uint64(post_of[v])
            )
    for v in range(leavers):
        i, post = leaver_of[v], post_of[v]
        posts.person[i, post] = arriving[v]
        posts.since[i, post] = month
        reason = Reason.FROM_OUTSIDE if comes_from[v] < 0 else Reason.FROM_SECTOR
        note(world.events, month, Event.ARRIVED_AT_POST, i, post, NOBODY_ELSE, reason, 0.0)
