"""Handover: what becomes of the ties of a post when its person leaves.

All that lives between persons goes with them. The successor starts with a share of it (handover);
with second contacts, the second steps in; somebody who stays in the sector brings it along.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, acquaintance_in, note
from collabsim.people import Carriers
from collabsim.ties import Bonds, Ties
from collabsim.world import World


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


@inlined
def role_of(carriers: Carriers, i: int, post: int, layer: int) -> int:
    """Role in which ``post`` carries ``layer``, or -1."""
    for role in range(carriers.post.shape[2]):
        if carriers.post[i, layer, role] == post:
            return role
    return -1


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
        if role == 0:
            # What a successor is told of the rules; a second contact who steps in knows them.
            for rule in range(world.known.salience.shape[2]):
                world.known.salience[i, layer, rule] *= handover
            newcomer_looks_through_own_glasses(world, i, layer, handover)
            commitments_are_handed_over(world, i, layer, handover)


@inlined
def commitments_are_handed_over(world: World, i: int, layer: int, handover: float) -> None:
    """A successor knows of commitments what it was told."""
    for k in range(world.ties.other.shape[1]):
        world.commitments.known[i, k, layer] *= handover


@inlined
def newcomer_looks_through_own_glasses(world: World, i: int, layer: int, handover: float) -> None:
    """A successor sees as its organisation does, but for what it was told."""
    frames, o = world.frames, world.organisations
    for field in range(frames.sight.shape[2]):
        start = 1.0 if o.can[i, field] else 0.0
        learned = frames.sight[i, layer, field] - start
        frames.sight[i, layer, field] = start + handover * learned
    learned = frames.image[i, layer] - frames.own_image[i, layer]
    frames.image[i, layer] = frames.own_image[i, layer] + handover * learned
    frames.concrete[i, layer] *= handover
    frames.aware[i, layer] *= handover


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
