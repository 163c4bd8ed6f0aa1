"""Energy: it follows what came of the month, and sets how many hours a party is willing to give.

It costs energy to work in vain; what comes off gives energy to go on. Below a threshold a party
starts nothing, and only what others start can set it moving again.
"""

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.world import World


@inlined
def willing_share(world: World, i: int) -> float:
    """Share of its managers' and boards' hours that ``i`` is willing to give."""
    p = world.settings.energy
    if p.always_full:
        return 1.0
    return min(1.0, world.organisations.energy[i] / p.all_hours_from)


@inlined
def can_start(world: World, i: int) -> bool:
    """Whether ``i`` has the energy to start anything."""
    p = world.settings.energy
    return p.always_full or world.organisations.energy[i] >= p.starts_from


@inlined
def came_off(world: World, i: int) -> None:
    """Something that ``i`` had a hand in came off."""
    world.ledger.came_off[i] += 1.0


@inlined
def was_in_vain(world: World, i: int) -> None:
    """Something that ``i`` put hours in was in vain."""
    world.ledger.in_vain[i] += 1.0


@inlined
def own_step_is_taken(world: World, i: int) -> None:
    """``i`` took a step that it chose itself."""
    world.ledger.stirred[i] += world.settings.energy.from_own_step


@inlined
def reproach_is_felt(world: World, i: int) -> None:
    """``i`` reproached somebody, or was reproached."""
    world.ledger.stirred[i] += world.settings.energy.from_reproach


@inlined
def success_is_told(world: World, i: int, share: float) -> None:
    """``i`` was where a ``share`` of those there told what works."""
    world.ledger.stirred[i] += share * world.settings.energy.from_told_success


@compiled
def energy_moves(world: World, month: int) -> None:
    """At the end of the month: what came off, what was in vain, and a drift back to the usual."""
    p, o, ledger = world.settings.energy, world.organisations, world.ledger
    for i in range(o.energy.shape[0]):
        tried = ledger.came_off[i] + ledger.in_vain[i]
        if not p.always_full:
            energy = o.energy[i] + p.drifts_back * (p.usual - o.energy[i]) + ledger.stirred[i]
            if tried > 0.0:
                energy += p.from_success * ledger.came_off[i] / tried
                energy += p.from_futile_work * ledger.in_vain[i] / tried
            o.energy[i] = min(1.0, max(0.0, energy))
        ledger.came_off[i] = ledger.in_vain[i] = ledger.stirred[i] = 0.0
        note(
            world.events, month, Event.ENERGY, i, NOBODY_ELSE, NOBODY_ELSE, Reason.NONE, o.energy[i]
        )
