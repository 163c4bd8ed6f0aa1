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
from collabsim.mechanisms.encounters import whom_it_met
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
    exponent = rate * hours
    return known if exponent == 0.0 else 1.0 - (1.0 - known) * math.exp(-exponent)


@inlined
def added_up(hours: np.ndarray) -> float:
    """The sum of ``hours``, from first to last."""
    total = 0.0
    for n in range(hours.shape[0]):
        total += hours[n]
    return total


@inlined
def distance(frames: Frames, i: int, layer: int, j: int, at: int, fields: int) -> float:
    """How far apart a layer of ``i`` and layer ``at`` of ``j`` see the task, on average over fields."""
    total = 0.0
    for field in range(fields):
        total += abs(frames.sight[i, layer, field] - frames.sight[j, at, field])
    return total / fields


@compiled
def frames_move(world: World, month: int) -> None:
    """At the end of the month: everybody at once, from how all saw the task before."""
    frames, alone = world.frames, world.organisations.one_person
    count, fields = frames.image.shape[0], world.settings.casework.field_count
    sight, image = np.empty((count, N_LAYERS, fields)), np.empty((count, N_LAYERS))
    worked = np.empty(count)
    heard, hours, met = world.scratch.heard, world.scratch.hours, world.scratch.met
    for i in range(count):
        others = whom_it_met(world, i, met)
        for layer in range(N_LAYERS):
            if alone[i] and layer != PRACTICE:
                image[i, layer], sight[i, layer] = image[i, PRACTICE], sight[i, PRACTICE]
                continue
            number = whom_it_heard(world, i, layer, met[:others], heard, hours)
            image[i, layer] = what_it_sees(
                world, i, layer, heard[:number], hours[:number], sight[i, layer]
            )
            if layer == PRACTICE:
                worked[i] = added_up(hours[:number])
    for i in range(count):
        for layer in range(N_LAYERS):
            frames.image[i, layer] = image[i, layer]
            for field in range(fields):
                frames.sight[i, layer, field] = sight[i, layer, field]
            lived = worked[i] if layer == PRACTICE or alone[i] else 0.0
            layer_forgets(world, i, layer, lived)
        note_frame(world, month, i)
    interests_become_known(world, month)


@inlined
def whom_it_heard(
    world: World, i: int, layer: int, met: np.ndarray, heard: np.ndarray, hours: np.ndarray
) -> int:
    """Slot and layer of the open others that a layer met this month, and for how long; how many."""
    tallies, number = world.tallies, 0
    for n in range(met.shape[0]):
        k = met[n]
        for at in range(N_LAYERS):
            # One person hears in all roles.
            if at != layer and not world.organisations.one_person[i]:
                continue
            if tallies.good[i, k, at] > 0.0:
                heard[number, 0], heard[number, 1] = k, at
                hours[number] = tallies.good[i, k, at]
                number += 1
    return number


@inlined
def what_it_sees(
    world: World, i: int, layer: int, heard: np.ndarray, hours: np.ndarray, sight: np.ndarray
) -> float:
    """How a layer of ``i`` sees the task after the others that it heard, and the layer next to it.

    Fills ``sight`` by field, and returns the image of the ambition.
    """
    p, frames, o = world.settings.exposure, world.frames, world.organisations
    aware, image, pulled_image = frames.aware[i, layer], frames.image[i, layer], 0.0
    total = added_up(hours)
    taken = learned_in(0.0, p.takes_over_per_hour, total)
    sight[:] = 0.0
    for n in range(heard.shape[0]):
        j, at = world.ties.other[i, heard[n, 0]], heard[n, 1]
        weight = taken * hours[n] / total
        if is_heard(distance(frames, i, layer, j, at, sight.shape[0]), p.confidence):
            for field in range(sight.shape[0]):
                own, other = frames.sight[i, layer, field], frames.sight[j, at, field]
                sight[field] += weight * pull(own, other, aware)
        if is_heard(abs(frames.image[j, at] - image), p.confidence):
            told = weight * frames.concrete[j, at]
            pulled_image += told * pull(image, frames.image[j, at], 0.0)
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
def layer_forgets(world: World, i: int, layer: int, lived: float) -> None:
    """Awareness and a concrete ambition fade; ``lived`` hours of casework make it concrete."""
    p, frames = world.settings.exposure, world.frames
    stays = 1.0 - p.fades_per_month
    frames.aware[i, layer] *= stays
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
    met = world.scratch.met
    for i in range(ties.other.shape[0]):
        for n in range(whom_it_met(world, i, met)):
            k = met[n]
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
