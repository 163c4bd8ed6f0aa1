"""Contradictions: plans of parties that did not attune may clash, and care has to be done again."""

from collabsim.cases import (
    PROMISED,
)
from collabsim.compiled import compiled, inlined
from collabsim.events import Event, Reason, note
from collabsim.mechanisms.casework import hours_of_care, serial
from collabsim.organisations import PRACTICE
from collabsim.randomness import Purpose, joined, uniform
from collabsim.record import Count
from collabsim.ties import slot_of
from collabsim.world import World

#: Distance on average between two images that were drawn blindly.
BLIND = 1.0 / 3.0


@compiled
def plans_meet(world: World, month: int, c: int, place: int) -> bool:
    """Whether the plan of the party at ``place`` contradicts that of one with which it did not attune."""
    cases, p = world.cases, world.settings.casework
    contradicted = False
    for other in range(cases.parties[c]):
        low, high = min(place, other), max(place, other)
        treats = False
        for n in range(cases.needs[c]):
            if cases.provider[c, n] == cases.party[c, other] and cases.state[c, n] >= PROMISED:
                treats = True
        if other == place or not treats or cases.weighed[c, low, high]:
            continue
        cases.weighed[c, low, high] = True
        if cases.coordinated[c, low, high]:
            continue
        pair = joined(
            world.organisations.identity[cases.party[c, low]],
            world.organisations.identity[cases.party[c, high]],
        )
        if uniform(
            world.luck, Purpose.CONTRADICT, 0, cases.identity[c], pair
        ) < p.contradiction_chance * images_apart(world, c, low, high):
            contradicted = True
            both_see_it(world, cases.party[c, low], cases.party[c, high])
            note(
                world.events, month, Event.CONTRADICTED, cases.party[c, place], cases.party[c, other],
                serial(cases.identity[c]), Reason.NONE, 0.0,
            )  # fmt: skip
    if contradicted and not cases.contradicts[c]:
        cases.contradicts[c] = True
        world.record.months.counts[max(month, 0), Count.CONTRADICTED] += 1
    return contradicted


@inlined
def images_apart(world: World, c: int, low: int, high: int) -> float:
    """How far two parties of a case mean something else by the ambition; 1 for two blind draws."""
    image, party = world.frames.image, world.cases.party
    apart = image[party[c, low], PRACTICE] - image[party[c, high], PRACTICE]
    return abs(apart) / BLIND


@inlined
def both_see_it(world: World, i: int, j: int) -> None:
    """Plans that clash cost both sides trust in each other's competence, if they know each other."""
    k = slot_of(world.ties, i, j)
    if k >= 0 and world.settings.casework.contacts:
        b = world.ties.back[i, k]
        world.tallies.late[i, k] += 1
        world.tallies.late[j, b] += 1
        world.dealings.touched[i, k] = True
        world.dealings.touched[j, b] = True


@inlined
def rework_hours(world: World) -> float:
    """Care hours that have to be given again after a contradiction."""
    return world.settings.casework.rework_share * hours_of_care(world)
