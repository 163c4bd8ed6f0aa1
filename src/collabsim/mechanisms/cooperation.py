"""The decision to cooperate: in every encounter each side puts in full effort, or holds back.

Cooperating costs hours. It yields most when the other cooperates too; who holds back still gets
part of that yield (a free ride) and saves hours. What a party expects follows from its trust;
what it fears follows from diverging interests, doubt about the other's good faith, and not knowing
what the other is after; the future counts with those on whom it depends. All of it in hours per
hour of effort. The choice between the two is a quantal response (McKelvey and Palfrey 1995): the
clearer the difference, the surer the choice.
"""

import math

import numpy as np

from collabsim.compiled import inlined
from collabsim.mechanisms.attention import preparation_share
from collabsim.mechanisms.commitments import bound_by_commitment
from collabsim.mechanisms.rules import asked_by_rule, rule_is_used
from collabsim.mechanisms.word import queue_months
from collabsim.organisations import PRACTICE
from collabsim.parameters.cooperation import Cooperation
from collabsim.randomness import uniform
from collabsim.rules import Rule
from collabsim.ties import Bonds, Ties, competence_trust, integrity_trust
from collabsim.world import World


@inlined
def expected_gain(
    p: Cooperation,
    competence: float,
    integrity: float,
    divergence: float,
    known: float,
    dependence: float,
    future: float,
    package: float,
) -> float:
    """Hours that cooperating is expected to bring beyond holding back, per hour of effort.

    Args:
        p: parameters of the decision.
        competence: trust that the other can do its part, 0 to 1.
        integrity: trust that the other keeps its word, 0 to 1.
        divergence: how far interests differ as far as it knows, 0 to 1.
        known: how well the persons know each other, and so what the other is after, 0 to 1.
        dependence: how much the party depends on the other, 0 to 1.
        future: share of the usual future that is still to come, 0 to 1.
        package: what a package deal within reach would bring, 0 to 1.

    """
    joint_work = (1.0 - p.free_ride) * competence * integrity
    standing = p.shadow * future * dependence * integrity
    fear = p.exposure * divergence * (1.0 - integrity) * (1.0 - known)
    return p.mutual_yield * (joint_work + standing - fear) + p.package_weight * package * integrity


@inlined
def believed_divergence(p: Cooperation, ties: Ties, i: int, k: int) -> float:
    """How far ``i`` believes that interests differ: presumed, as far as they are not known."""
    apart = ties.divergence[i, k] - p.presumed_divergence
    return p.presumed_divergence + ties.disclosed[i, k] * apart


@inlined
def gain_with(
    p: Cooperation, ties: Ties, bonds: Bonds, i: int, k: int, layer: int, future: float
) -> float:
    """``expected_gain`` of ``i`` with the other in slot ``k``."""
    competence = competence_trust(ties, bonds, i, k, layer)
    integrity = integrity_trust(ties, bonds, i, k, layer)
    known = bonds.acquaintance[i, k, layer, 0, 0]
    return expected_gain(
        p, competence, integrity, believed_divergence(p, ties, i, k), known,
        ties.dependence[i, k], future, ties.within_reach[i, k],
    )  # fmt: skip


@inlined
def price_of_effort(p: Cooperation, queue: float) -> float:
    """What full effort costs beyond holding back, per hour: dearer as more work waits."""
    return (1.0 - p.minimal_effort) * (1.0 + p.load_aversion * queue)


@inlined
def price_of_care(p: Cooperation, queue: float) -> float:
    """What paid care costs per hour beyond its payment: the work that it makes wait."""
    return p.load_aversion * queue


@inlined
def need_of_resident(world: World, i: int, waited: float, urgency: float) -> float:
    """How much the resident's need counts for ``i``; ``waited`` as a share of the longest wait."""
    usual = world.settings.cooperation.need_weight * (urgency + min(1.0, waited))
    return usual + need_by_rule(world, i, waited, urgency)


@inlined
def need_by_rule(world: World, i: int, waited: float, urgency: float) -> float:
    """How much more it counts for whoever knows the rule of working from the task."""
    weight = asked_by_rule(world, i, PRACTICE, Rule.WORKING_FROM_THE_TASK + 0)
    return weight * (urgency + min(1.0, waited))


@inlined
def effort_of(p: Cooperation, cooperates: bool) -> float:
    """Share of full effort that a side puts in."""
    return 1.0 if cooperates else p.minimal_effort


@inlined
def chance_of(p: Cooperation, gain: float) -> float:
    """Chance of choosing what gains ``gain`` hours per hour of effort over the alternative."""
    return 1.0 / (1.0 + math.exp(-p.decisiveness * gain))


@inlined
def is_chosen(p: Cooperation, draw: float, gain: float) -> bool:
    """Whether what gains ``gain`` over the alternative is chosen, with a ``draw`` between 0 and 1."""
    return p.always or draw < chance_of(p, gain)


@inlined
def chooses(
    world: World, purpose: int, month: int, who: np.uint64, whom: np.uint64, gain: float
) -> bool:
    """Whether a party chooses what gains ``gain`` over the alternative."""
    draw = uniform(world.luck, purpose, month, who, whom)
    return is_chosen(world.settings.cooperation, draw, gain)


@inlined
def chooses_for_resident(
    world: World, i: int, waited: float, urgency: float, draw: float, gain: float
) -> bool:
    """What ``i`` chooses for a resident; the rule of working from the task lives where it tipped that."""
    p, by_rule = world.settings.cooperation, need_by_rule(world, i, waited, urgency)
    chosen = is_chosen(p, draw, gain)
    if by_rule > 0.0 and chosen and not is_chosen(p, draw, gain - by_rule):
        rule_is_used(world, i, PRACTICE, Rule.WORKING_FROM_THE_TASK + 0)
    return chosen


@inlined
def old_sores(world: World, i: int, k: int) -> float:
    """What a grievance that was not aired takes from dealings; it comes back under pressure."""
    pressure = min(1.0, queue_months(world, i))
    return world.settings.cooperation.grievance_weight * world.ties.grievance[i, k] * pressure


@inlined
def gain_in_case(world: World, i: int, k: int, waited: float, urgency: float) -> float:
    """Gain of full effort in a case with the other in slot ``k``."""
    p = world.settings.cooperation
    return (
        gain_with(p, world.ties, world.bonds, i, k, 0, 1.0)
        + need_of_resident(world, i, waited, urgency)
        + bound_by_commitment(world, i, k)
        - price_of_effort(p, queue_months(world, i))
        - old_sores(world, i, k)
    )


@inlined
def gain_of_care(world: World, i: int, k: int, waited: float, urgency: float) -> float:
    """Gain of taking on paid care that the other in slot ``k`` asks for."""
    p = world.settings.cooperation
    return (
        gain_with(p, world.ties, world.bonds, i, k, 0, 1.0)
        + need_of_resident(world, i, waited, urgency)
        + bound_by_commitment(world, i, k)
        - price_of_care(p, queue_months(world, i))
        - old_sores(world, i, k)
    )


@inlined
def gain_of_naming(world: World, i: int, k: int) -> float:
    """Gain of naming somebody to the other in slot ``k``; it takes no hours beyond the ask."""
    return gain_with(world.settings.cooperation, world.ties, world.bonds, i, k, PRACTICE, 1.0)


@inlined
def gain_in_meeting(world: World, i: int, k: int, layer: int) -> float:
    """Gain of coming well prepared and open to a meeting; the hours there pass anyway."""
    p = world.settings.cooperation
    price = price_of_effort(p, 0.0) * preparation_share(world.settings.attention)
    return gain_with(p, world.ties, world.bonds, i, k, layer, 1.0) - price


@inlined
def future_at_table(p: Cooperation, months_left: float) -> float:
    """Share of the usual future that counts for a seat whose term ends in ``months_left``."""
    return 1.0 - p.anticipation * (1.0 - min(1.0, max(0.0, months_left) / 12.0))


@inlined
def stake_in(p: Cooperation, ties: Ties, i: int, k: int) -> float:
    """What ``i`` has to lose in its standing with the other in slot ``k``."""
    return p.mutual_yield * p.shadow * ties.dependence[i, k]
