"""Exposure: an hour with somebody who is open carries more across than trust.

How the other sees the task is taken over in part (DeGroot 1974), by who is not too far apart
(Deffuant and others 2000), and drawn back by one's own organisation (Friedkin and Johnsen 1990).
Who knows its own glasses for glasses takes over what the other sees without giving up what it sees
itself. An image of the ambition gets across as far as it is concrete. What a party is after
becomes known, and only what is known on both sides can be traded.
"""

import math

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.frames import Frames
from collabsim.mechanisms.inside import passed_inside
from collabsim.organisations import BOARD, LAYERS, MANAGEMENT, PRACTICE
from collabsim.world import World

N_LAYERS = len(LAYERS)


@inlined
def pull(own: float, other: float, aware: float) -> float:
    """Which way, and how far at most, a view is pulled by that of an ``other``.

    Unaware, all the way to the other; fully ``aware``, only to what the other sees beyond it.
    """
    apart = other - own
    return (1.0 - aware) * apart + aware * max(0.0, apart)


@inlined
def settles(view: float, pulled: float, start: float, rigidity: float) -> float:
    """A view that was ``pulled``, and is drawn back to its ``start``."""
    if pulled == 0.0 and view == start:
        return view
    return (1.0 - rigidity) * (view + pulled) + rigidity * start


@inlined
def is_heard(distance: float, confidence: float) -> bool:
    """Whether two views are near enough for the one to hear the other."""
    return distance <= confidence


@inlined
def learned_in(known: float, rate: float, hours: float) -> float:
    """``known`` after ``hours`` at ``rate``, of what was not known yet."""
    return 1.0 - (1.0 - known) * math.exp(-rate * hours)


@inlined
def distance(frames: Frames, i: int, j: int, layer: int, fields: int) -> float:
    """How far apart two parties see the task, on average over fields."""
    total = 0.0
    for field in range(fields):
        total += abs(frames.sight[i, layer, field] - frames.sight[j, layer, field])
    return total / fields


@compiled
def frames_move(world: World, month: int) -> None:
    """At the end of the month: everybody at once, from how all saw the task before."""
    frames, slots = world.frames, world.ties.other.shape[1]
    count, fields = frames.image.shape[0], world.settings.casework.field_count
    sight, image = np.empty((count, N_LAYERS, fields)), np.empty((count, N_LAYERS))
    hours_heard = np.empty((count, N_LAYERS))
    heard, hours = np.empty(slots, dtype=np.int64), np.empty(slots)
    for i in range(count):
        for layer in range(N_LAYERS):
            number, total = whom_it_heard(world, i, layer, heard, hours)
            hours_heard[i, layer] = total
            image[i, layer] = what_it_sees(
                world, i, layer, heard[:number], hours[:number], total, sight[i, layer]
            )
    for i in range(count):
        for layer in range(N_LAYERS):
            frames.image[i, layer] = image[i, layer]
            for field in range(fields):
                frames.sight[i, layer, field] = sight[i, layer, field]
            layer_forgets(world, i, layer, hours_heard[i, layer])
        note_frame(world, month, i)
    interests_become_known(world, month)


@inlined
def whom_it_heard(
    world: World, i: int, layer: int, heard: np.ndarray, hours: np.ndarray
) -> tuple[int, float]:
    """Slots of the open others that a layer met this month, and for how long; number and total."""
    tallies, number, total = world.tallies, 0, 0.0
    alone = world.organisations.one_person[i]
    for k in range(heard.shape[0]):
        if not tallies.touched[i, k]:
            continue
        open_for = tallies.good[i, k, layer]
        if alone:
            # One person hears in all roles.
            open_for = tallies.good[i, k, PRACTICE] + tallies.good[i, k, MANAGEMENT]
            open_for += tallies.good[i, k, BOARD]
        if open_for > 0.0:
            heard[number], hours[number] = k, open_for
            number += 1
            total += open_for
    return number, total


@inlined
def what_it_sees(
    world: World,
    i: int,
    layer: int,
    heard: np.ndarray,
    hours: np.ndarray,
    total: float,
    sight: np.ndarray,
) -> float:
    """How a layer of ``i`` sees the task after the others that it heard, and the layer next to it.

    Fills ``sight`` by field, and returns the image of the ambition.
    """
    p, frames, o = world.settings.exposure, world.frames, world.organisations
    aware, image, pulled_image = frames.aware[i, layer], frames.image[i, layer], 0.0
    taken = 1.0 - math.exp(-p.takes_over_per_hour * total)
    sight[:] = 0.0
    for at in range(heard.shape[0]):
        j = world.ties.other[i, heard[at]]
        weight = taken * hours[at] / total
        if is_heard(distance(frames, i, j, layer, sight.shape[0]), p.confidence):
            for field in range(sight.shape[0]):
                own, other = frames.sight[i, layer, field], frames.sight[j, layer, field]
                sight[field] += weight * pull(own, other, aware)
        if is_heard(abs(frames.image[j, layer] - image), p.confidence):
            told = weight * frames.concrete[j, layer]
            pulled_image += told * pull(image, frames.image[j, layer], 0.0)
    for next_layer in (layer - 1, layer + 1):
        if 0 <= next_layer < N_LAYERS and not o.one_person[i]:
            weight = 0.5 * (1.0 - taken) * passed_inside(world, i)
            for field in range(sight.shape[0]):
                own, other = frames.sight[i, layer, field], frames.sight[i, next_layer, field]
                sight[field] += weight * pull(own, other, aware)
            told = weight * frames.concrete[i, next_layer]
            pulled_image += told * pull(image, frames.image[i, next_layer], 0.0)
    for field in range(sight.shape[0]):
        start = 1.0 if o.can[i, field] else 0.0
        sight[field] = settles(frames.sight[i, layer, field], sight[field], start, p.rigidity)
    return settles(image, pulled_image, frames.own_image[i, layer], p.rigidity)


@inlined
def layer_forgets(world: World, i: int, layer: int, total: float) -> None:
    """Awareness and a concrete ambition fade; casework with open others makes it concrete."""
    p, frames = world.settings.exposure, world.frames
    stays = 1.0 - p.fades_per_month
    frames.aware[i, layer] *= stays
    lived = total if layer == PRACTICE else 0.0
    frames.concrete[i, layer] = stays * learned_in(
        frames.concrete[i, layer], p.concrete_per_hour, lived
    )


@inlined
def note_frame(world: World, month: int, i: int) -> None:
    """Write down how practice of ``i`` sees the task now."""
    frames = world.frames
    for field in range(world.settings.casework.field_count):
        note(
            world.events, month, Event.SIGHT, i, field, NOBODY_ELSE, Reason.NONE,
            frames.sight[i, PRACTICE, field],
        )  # fmt: skip
    note(
        world.events, month, Event.IMAGE, i, NOBODY_ELSE, NOBODY_ELSE, Reason.NONE,
        frames.image[i, PRACTICE],
    )  # fmt: skip
    note(
        world.events, month, Event.CONCRETE, i, NOBODY_ELSE, NOBODY_ELSE, Reason.NONE,
        frames.concrete[i, PRACTICE],
    )  # fmt: skip


@compiled
def interests_become_known(world: World, month: int) -> None:
    """Managers and boards learn what the open others that they met are after."""
    ties, tallies, rate = world.ties, world.tallies, world.settings.exposure.discloses_per_hour
    for i in range(ties.other.shape[0]):
        for k in range(ties.other.shape[1]):
            if not tallies.touched[i, k]:
                continue
            hours = tallies.good[i, k, MANAGEMENT] + tallies.good[i, k, BOARD]
            if hours > 0.0 and rate > 0.0:
                knows_interests_of(
                    world, month, i, k, learned_in(ties.disclosed[i, k], rate, hours)
                )


@inlined
def knows_interests_of(world: World, month: int, i: int, k: int, known: float) -> None:
    """``i`` knows by now, as far as ``known``, what the other in slot ``k`` is after."""
    ties = world.ties
    j, b = ties.other[i, k], ties.back[i, k]
    ties.disclosed[i, k] = known
    both = known * ties.disclosed[j, b]
    ties.within_reach[i, k] = both * ties.package[i, k]
    ties.within_reach[j, b] = both * ties.package[j, b]
    note(world.events, month, Event.DISCLOSED, i, j, NOBODY_ELSE, Reason.NONE, known)


@inlined
def analyses_together(world: World, i: int, layer: int, hours: float) -> None:
    """A layer of ``i`` looks at the task with others for ``hours``, and sees its own glasses."""
    rate, aware = world.settings.exposure.worked_out_per_hour, world.frames.aware
    for at in range(N_LAYERS):
        if at == layer or world.organisations.one_person[i]:
            aware[i, at] = learned_in(aware[i, at], rate, hours)


@inlined
def pictures_success(world: World, i: int, layer: int, hours: float) -> None:
    """A layer of ``i`` works out with others for ``hours`` what success would look like."""
    rate, concrete = world.settings.exposure.worked_out_per_hour, world.frames.concrete
    for at in range(N_LAYERS):
        if at == layer or world.organisations.one_person[i]:
            concrete[i, at] = learned_in(concrete[i, at], rate, hours)


@inlined
def sees_what_was_missed(world: World, i: int, field: int) -> None:
    """Practice of ``i`` looks back on a need in ``field`` that nobody saw."""
    sight, rate = world.frames.sight, world.settings.exposure.per_review
    for layer in range(N_LAYERS):
        if layer == PRACTICE or world.organisations.one_person[i]:
            sight[i, layer, field] += rate * (1.0 - sight[i, layer, field])


@inlined
def as_rich_as_in_one_room(world: World, hours: float, online: bool) -> float:
    """Hours in one room that carry across what ``hours`` do, in one room or online."""
    return hours * world.settings.exposure.online_richness if online else hours


@inlined
def as_rich_as_said(world: World, hours: float) -> float:
    """Hours in one room that carry across what ``hours`` of reading do."""
    return hours * world.settings.exposure.written_richness
