"""People leave and arrive, and take with them what lives in persons.

A leaver takes along all ties of the post at once. The successor starts at the end of the month
with a share of the acquaintance (handover). With second contacts, the second steps in. Somebody
who stays in the sector takes a post that fell vacant elsewhere and brings acquaintance along.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, acquaintance_in, note
from collabsim.organisations import BOARD, MUNICIPALITY
from collabsim.parameters.people import People
from collabsim.people import Carriers
from collabsim.randomness import Purpose, joined, key, uniform
from collabsim.record import Count
from collabsim.ties import Bonds, Ties
from collabsim.world import World


@inlined
def is_election(turnover: People, month: int) -> bool:
    """Whether municipal elections bring new aldermen in this month."""
    return (month - turnover.first_election_month) % turnover.election_every_months == 0


@compiled
def succeeds(ties: Ties, bonds: Bonds, i: int, layer: int, role: int, handover: float) -> None:
    """The persons of the others get to know a newcomer as far as the leaver handed over."""
    roles = bonds.acquaintance.shape[3]
    for k in range(ties.other.shape[1]):
        j, b = ties.other[i, k], ties.back[i, k]
        if j < 0:
            continue
        for theirs in range(roles):
            starts_anew(ties, bonds, i, k, layer, role, theirs, handover)
            starts_anew(ties, bonds, j, b, layer, theirs, role, handover)


@inlined
def starts_anew(
    ties: Ties, bonds: Bonds, i: int, k: int, layer: int, own: int, theirs: int, handover: float
) -> None:
    """Between two persons of whom one is new: what was handed over, and the house's own opinion."""
    bonds.acquaintance[i, k, layer, own, theirs] *= handover
    bonds.contacts[i, k, layer, own, theirs] *= handover
    c = bonds.competence[i, k, layer, own, theirs]
    bonds.competence[i, k, layer, own, theirs] = (
        handover * c + (1.0 - handover) * ties.competence[i, k]
    )
    g = bonds.integrity[i, k, layer, own, theirs]
    bonds.integrity[i, k, layer, own, theirs] = (
        handover * g + (1.0 - handover) * ties.integrity[i, k]
    )


@compiled
def second_steps_in(carriers: Carriers, ties: Ties, bonds: Bonds, i: int, layer: int) -> None:
    """The second contact becomes the contact; the newcomer will be second."""
    first, second = carriers.post[i, layer, 0], carriers.post[i, layer, 1]
    carriers.post[i, layer, 0], carriers.post[i, layer, 1] = second, first
    for k in range(ties.other.shape[1]):
        j, b = ties.other[i, k], ties.back[i, k]
        if j < 0:
            continue
        for theirs in range(2):
            bonds_change_places(bonds, i, k, layer, 0, theirs, 1, theirs)
            bonds_change_places(bonds, j, b, layer, theirs, 0, theirs, 1)


@inlined
def bonds_change_places(
    bonds: Bonds, i: int, k: int, layer: int, own: int, theirs: int, own_too: int, theirs_too: int
) -> None:
    """Exchange two bonds of one tie and layer."""
    a, c = bonds.acquaintance[i, k, layer, own, theirs], bonds.competence[i, k, layer, own, theirs]
    g = bonds.integrity[i, k, layer, own, theirs]
    met = bonds.contacts[i, k, layer, own, theirs]
    bonds.contacts[i, k, layer, own, theirs] = bonds.contacts[i, k, layer, own_too, theirs_too]
    bonds.contacts[i, k, layer, own_too, theirs_too] = met
    bonds.acquaintance[i, k, layer, own, theirs] = bonds.acquaintance[
        i, k, layer, own_too, theirs_too
    ]
    bonds.competence[i, k, layer, own, theirs] = bonds.competence[i, k, layer, own_too, theirs_too]
    bonds.integrity[i, k, layer, own, theirs] = bonds.integrity[i, k, layer, own_too, theirs_too]
    bonds.acquaintance[i, k, layer, own_too, theirs_too] = a
    bonds.competence[i, k, layer, own_too, theirs_too] = c
    bonds.integrity[i, k, layer, own_too, theirs_too] = g


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


@inlined
def role_of(carriers: Carriers, i: int, post: int, layer: int) -> int:
    """Role in which ``post`` carries ``layer``, or -1."""
    for role in range(carriers.post.shape[2]):
        if carriers.post[i, layer, role] == post:
            return role
    return -1


@compiled
def what_movers_bring(
    world: World, leaver_of: np.ndarray, post_of: np.ndarray, comes_from: np.ndarray, leavers: int
) -> np.ndarray:
    """What each mover and the contacts of the others know of each other, before anything changes.

    Returns [leavers, N, 3 layers, 8]: by row of the other, own and their acquaintance,
    competence trust, integrity trust and contacts.
    """
    posts, carriers, ties, bonds = world.posts, world.carriers, world.ties, world.bonds
    movers = 0
    for v in range(leavers):
        movers += comes_from[v] >= 0
    others = posts.person.shape[0] if movers > 0 else 0
    brought = np.zeros((leavers, others, carriers.post.shape[1], 8))
    for v in range(leavers):
        m = comes_from[v]
        if m < 0:
            continue
        i = leaver_of[m]
        for layer in range(carriers.post.shape[1]):
            role = role_of(carriers, i, post_of[m], layer)
            if role < 0:
                continue
            for k in range(ties.other.shape[1]):
                j, b = ties.other[i, k], ties.back[i, k]
                if j >= 0:
                    brought[v, j, layer, 0] = bonds.acquaintance[i, k, layer, role, 0]
                    brought[v, j, layer, 1] = bonds.competence[i, k, layer, role, 0]
                    brought[v, j, layer, 2] = bonds.integrity[i, k, layer, role, 0]
                    brought[v, j, layer, 3] = bonds.acquaintance[j, b, layer, 0, role]
                    brought[v, j, layer, 4] = bonds.competence[j, b, layer, 0, role]
                    brought[v, j, layer, 5] = bonds.integrity[j, b, layer, 0, role]
                    brought[v, j, layer, 6] = bonds.contacts[i, k, layer, role, 0]
                    brought[v, j, layer, 7] = bonds.contacts[j, b, layer, 0, role]
    return brought


@compiled
def posts_change_hands(world: World, i: int, post: int) -> None:
    """The ties of a post after its person left."""
    carriers, ties, bonds = world.carriers, world.ties, world.bonds
    handover = world.settings.people.handover
    for layer in range(carriers.post.shape[1]):
        role = role_of(carriers, i, post, layer)
        if role < 0:
            continue
        if role == 0 and carriers.post.shape[2] > 1 and not carriers.newcomer[i, layer, 1]:
            second_steps_in(carriers, ties, bonds, i, layer)
            role = 1
        carriers.newcomer[i, layer, role] = True
        succeeds(ties, bonds, i, layer, role, handover)


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


@compiled
def movers_are_known(world: World, i: int, post: int, brought: np.ndarray) -> None:
    """A mover is known at the new post as far as acquaintance travels along."""
    carriers, ties, bonds = world.carriers, world.ties, world.bonds
    keeps = world.settings.people.mover_keeps
    for layer in range(carriers.post.shape[1]):
        role = role_of(carriers, i, post, layer)
        if role < 0:
            continue
        for k in range(ties.other.shape[1]):
            j, b = ties.other[i, k], ties.back[i, k]
            if j < 0 or carriers.newcomer[j, layer, 0]:
                continue
            if keeps * brought[j, layer, 0] > bonds.acquaintance[i, k, layer, role, 0]:
                bonds.acquaintance[i, k, layer, role, 0] = keeps * brought[j, layer, 0]
                bonds.competence[i, k, layer, role, 0] = brought[j, layer, 1]
                bonds.integrity[i, k, layer, role, 0] = brought[j, layer, 2]
                bonds.contacts[i, k, layer, role, 0] = keeps * brought[j, layer, 6]
            if keeps * brought[j, layer, 3] > bonds.acquaintance[j, b, layer, 0, role]:
                bonds.acquaintance[j, b, layer, 0, role] = keeps * brought[j, layer, 3]
                bonds.competence[j, b, layer, 0, role] = brought[j, layer, 4]
                bonds.integrity[j, b, layer, 0, role] = brought[j, layer, 5]
                bonds.contacts[j, b, layer, 0, role] = keeps * brought[j, layer, 7]


@compiled
def who_knows_whom_is_noted(world: World, month: int, i: int) -> None:
    """Put in the event record how well the persons of ``i`` and of the others know each other now."""
    ties, known = world.ties, world.bonds.acquaintance
    for k in range(ties.other.shape[1]):
        j, b = ties.other[i, k], ties.back[i, k]
        if j < 0:
            continue
        for layer in range(known.shape[2]):
            of_layer = acquaintance_in(layer)
            here, there = known[i, k, layer, 0, 0], known[j, b, layer, 0, 0]
            note(world.events, month, Event.TRUST, i, j, NOBODY_ELSE, of_layer, here)
            note(world.events, month, Event.TRUST, j, i, NOBODY_ELSE, of_layer, there)
