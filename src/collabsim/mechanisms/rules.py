"""Rules are made, learned from one another, kept alive by use, and forgotten.

Who makes a rule holds it fully; who learns it from somebody holds it less. It leaves with the
people who know it. A rule changes what somebody does in its situation, and nothing else.
"""

import math

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.attention import has_time, spend
from collabsim.mechanisms.inside import passed_inside
from collabsim.organisations import LAYERS, MUNICIPALITY, PRACTICE
from collabsim.parameters.rules import Rules
from collabsim.record import Level, Spending
from collabsim.rules import STEPS, Responses, Rule
from collabsim.tables import sits_somewhere
from collabsim.world import World

#: Numbers of the choices of ``rules.made_by``.
NOBODY, MUNICIPALITIES, TABLE, EVERYONE = 0, 1, 2, 3
N_LAYERS, N_RULES = len(LAYERS), len(Rule)


@inlined
def read_off(responses: Responses, rule: int, alive: float) -> float:
    """What a rule of the user's own adds: on a straight line between the nearest steps."""
    step = min(int(alive * STEPS), STEPS - 1)
    beyond = alive * STEPS - step
    return (1.0 - beyond) * responses.adds[rule, step] + beyond * responses.adds[rule, step + 1]


@inlined
def asked_by_rule(world: World, i: int, layer: int, rule: int) -> float:
    """What a rule that a layer of ``i`` knows adds to doing what it asks, in hours per hour."""
    alive = world.known.salience[i, layer, rule]
    if world.settings.responses.own[rule]:
        return read_off(world.settings.responses, rule, alive)
    return world.settings.rules.weight * alive


@inlined
def knows_rule(world: World, i: int, layer: int, rule: int) -> bool:
    """Whether a layer of ``i`` knows of a rule at all."""
    return world.known.salience[i, layer, rule] > 0.0


@inlined
def rule_is_used(world: World, i: int, layer: int, rule: int) -> None:
    """Whoever does what a rule asks keeps it alive."""
    salience = world.known.salience
    if salience[i, layer, rule] > 0.0:
        lost = 1.0 - salience[i, layer, rule]
        salience[i, layer, rule] += world.settings.rules.use_renews * lost


@inlined
def is_reminded(world: World, i: int, layer: int, by_guardian: bool) -> None:
    """A guardian reminds a layer of ``i`` of the rules that it once knew."""
    p, salience = world.settings.rules, world.known.salience
    if by_guardian:
        for rule in range(N_RULES):
            if salience[i, layer, rule] > 0.0:
                salience[i, layer, rule] = max(salience[i, layer, rule], p.adopted_share)


@inlined
def is_agreed(p: Rules, rule: int) -> bool:
    """Whether a rule is among those that are made."""
    if rule == Rule.SHARED_OWNERSHIP:
        return p.shared_ownership
    if rule == Rule.TIMELY_COMMUNICATION:
        return p.timely_communication
    if rule == Rule.WORKING_FROM_THE_TASK:
        return p.working_from_the_task
    if rule == Rule.SEEKING_EACH_OTHER_OUT:
        return p.seeking_each_other_out
    if rule == Rule.INCLUDING_THE_OUTER_RING:
        return p.including_the_outer_ring
    return p.agreements_on_content


@inlined
def are_made_now(p: Rules, month: int) -> bool:
    """Whether rules are made, or gone through again, in this month."""
    since = month - p.month
    if p.made_by == NOBODY or since < 0:  # type: ignore[comparison-overlap]
        return False
    return since == 0 or (p.renewed_every_months > 0 and since % p.renewed_every_months == 0)


@inlined
def is_asked_to_make(world: World, i: int) -> bool:
    """Whether ``i`` is among those who make the rules."""
    by = int(world.settings.rules.made_by)
    if by == MUNICIPALITIES:
        return world.organisations.kind[i] == MUNICIPALITY
    return by == EVERYONE or sits_somewhere(world.seats, i)


@compiled
def rules_are_made(world: World, month: int) -> None:
    """Those who make the rules spend the hours and hold them fully; imposed ones are sent by letter."""
    p = world.settings.rules
    if not (are_made_now(p, month) and world.settings.casework.contacts):
        return
    layer = int(p.layer)
    count, makers = world.organisations.kind.shape[0], 0
    for i in range(count):
        if is_asked_to_make(world, i) and has_time(world, i, layer, p.making_hours):
            spend(world, month, i, layer, p.making_hours, Spending.RULES)
            rules_are_taken_in(world, month, i, layer, 1.0)
            makers += 1
    if makers == 0 or p.made_by != MUNICIPALITIES:  # type: ignore[comparison-overlap]
        return
    for i in range(count):
        if not is_asked_to_make(world, i):
            rules_are_taken_in(world, month, i, layer, p.adopted_share)


@inlined
def rules_are_taken_in(world: World, month: int, i: int, layer: int, share: float) -> None:
    """A layer of ``i`` holds all rules that are agreed, for at least a ``share``."""
    salience = world.known.salience
    for rule in range(N_RULES):
        if is_agreed(world.settings.rules, rule):
            salience[i, layer, rule] = max(salience[i, layer, rule], share)
    note(world.events, month, Event.RULES, i, NOBODY_ELSE, NOBODY_ELSE, layer, share)


@compiled
def rules_spread_and_fade(world: World, month: int) -> None:
    """At the end of the month: rules are learned from others, from the next layer, and forgotten."""
    salience, p = world.known.salience, world.settings.rules
    before = np.empty(salience.shape)
    alive = 0.0
    for i in range(salience.shape[0]):
        for layer in range(N_LAYERS):
            for rule in range(N_RULES):
                before[i, layer, rule] = salience[i, layer, rule]
                alive += salience[i, layer, rule]
    if alive == 0.0:
        return
    stays = 1.0 - p.fades_per_month
    total, agreed = 0.0, 0
    for rule in range(N_RULES):
        agreed += is_agreed(p, rule)
    for i in range(salience.shape[0]):
        for layer in range(N_LAYERS):
            others_tell(world, before, i, layer)
            for rule in range(N_RULES):
                salience[i, layer, rule] *= stays
        if world.organisations.one_person[i]:
            one_person_knows_it_everywhere(world, i)
        held = 0.0
        for rule in range(N_RULES):
            held += salience[i, PRACTICE, rule] / max(1, agreed)
        total += held
        note(world.events, month, Event.RULES_HELD, i, NOBODY_ELSE, NOBODY_ELSE, Reason.NONE, held)
    if month >= 0:
        world.record.months.levels[month, Level.RULES_HELD] = total / salience.shape[0]


@inlined
def hears_of_rules(world: World, i: int, layer: int, teller: int, hours: float) -> None:
    """A layer of ``i`` hears for ``hours`` of the rules that the same layer of ``teller`` knows."""
    p, salience = world.settings.rules, world.known.salience
    for rule in range(N_RULES):
        heard = p.adopted_share * salience[teller, layer, rule]
        if heard > salience[i, layer, rule]:
            taken_in = 1.0 - math.exp(-p.spreads_per_hour * hours)
            salience[i, layer, rule] += taken_in * (heard - salience[i, layer, rule])


@inlined
def one_person_knows_it_everywhere(world: World, i: int) -> None:
    """What one person who carries all layers knows in one role, it knows in the others."""
    salience = world.known.salience
    for rule in range(N_RULES):
        best = 0.0
        for layer in range(N_LAYERS):
            best = max(best, salience[i, layer, rule])
        salience[i, :, rule] = best


@inlined
def others_tell(world: World, before: np.ndarray, i: int, layer: int) -> None:
    """A layer of ``i`` takes in each rule from the other, or the next layer, that tells most of it."""
    ties, tallies, p = world.ties, world.tallies, world.settings.rules
    for k in range(ties.other.shape[1]):
        if world.dealings.touched[i, k] and tallies.together[i, k, layer] > 0.0:
            taken_in = 1.0 - math.exp(-p.spreads_per_hour * tallies.together[i, k, layer])
            is_told(world, before, i, layer, ties.other[i, k], layer, taken_in)
    for next_layer in (layer - 1, layer + 1):
        if 0 <= next_layer < N_LAYERS:
            is_told(world, before, i, layer, i, next_layer, passed_inside(world, i))


@inlined
def is_told(
    world: World, before: np.ndarray, i: int, layer: int, teller: int, at: int, taken_in: float
) -> None:
    """A layer of ``i`` takes in a share of what layer ``at`` of ``teller`` knows beyond it."""
    salience, p = world.known.salience, world.settings.rules
    for rule in range(N_RULES):
        own, heard = before[i, layer, rule], p.adopted_share * before[teller, at, rule]
        if heard > own:
            told = own + taken_in * (heard - own)
            salience[i, layer, rule] = max(salience[i, layer, rule], told)
