"""Learning: acquaintance and trust follow what was done this month, not the passing of time.

Trust moves a share of the way up after what went well and a share of the way down after what went
wrong, with a rate of its own for each (two-rate linear learning). Competence shows in the work
only: in cases, and in what comes of promises. Could-not and plans that clash cost competence
trust; broken without a word costs integrity trust and leaves a ceiling. The persons who were
there learn at the full rate, the organisation behind them at a share of it. What it experienced with
some also tells it, at a much smaller share, what to expect of those it had no dealings with: a
generalised expectancy (Rotter 1971).
"""

import math

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, acquaintance_in, note
from collabsim.mechanisms.encounters import presence, whom_it_met
from collabsim.mechanisms.fading import acquaintance_fades
from collabsim.organisations import LAYERS, PRACTICE
from collabsim.scratch import POWERS_REMEMBERED
from collabsim.settings import LearningSettings, log_stays
from collabsim.world import World

N_LAYERS = len(LAYERS)
#: Exponents of which powers of e are remembered are told apart in steps of one over this.
APART = 65536.0
#: Parts of an hour in which hours with several others are added up, so that their order is no matter.
PARTS = 1e9
#: What is left of the missing trust, and of the trust that was there.
type Lesson = tuple[float, float]


@inlined
def left_of(exponent: float) -> float:
    """Share that is left after a change by the power ``exponent``, at most 0, of e."""
    return 1.0 if exponent == 0.0 else math.exp(exponent)


@inlined
def left_again(recent: np.ndarray, exponent: float) -> float:
    """``left_of``, looked up in ``recent`` when the same was worked out shortly before.

    Hours together are nearly always one of a few numbers: 5 % of a month.
    """
    if exponent == 0.0:
        return 1.0
    place = int(exponent * APART) & (POWERS_REMEMBERED - 1)
    if recent[place, 0] != exponent:
        recent[place, 0], recent[place, 1] = exponent, math.exp(exponent)
    return recent[place, 1]


@inlined
def after(level: float, missing: float, left: float) -> float:
    """``level`` after a rise that leaves ``missing`` of what is missing to 1, and a fall to ``left``."""
    # Without a rise it stays the same number, to the last bit.
    if missing < 1.0:
        level = 1.0 - (1.0 - level) * missing
    return level * left


@inlined
def rises(level: float, rate: float, times: float) -> float:
    """``level`` after rising ``times`` times by ``rate`` of what is missing to 1."""
    return after(level, left_of(times * log_stays(rate)), 1.0)


@inlined
def falls(level: float, rate: float, times: float) -> float:
    """``level`` after falling ``times`` times by ``rate`` of itself."""
    return after(level, 1.0, left_of(times * log_stays(rate)))


@inlined
def not_risen(p: LearningSettings, good: float, kept: float, share: float) -> float:
    """Logarithm of what good hours and kept promises leave of what is missing to full trust."""
    return share * (good * p.log_gain + kept * p.log_kept)


@inlined
def not_doubted(p: LearningSettings, late: float, share: float) -> float:
    """Logarithm of what promises that could not be kept leave of competence trust."""
    return share * late * p.log_late


@inlined
def not_betrayed(p: LearningSettings, bad: float, broken: float, share: float) -> float:
    """Logarithm of what hours held back and broken promises leave of integrity trust."""
    return share * (bad * p.log_loss + broken * p.log_broken)


@inlined
def not_grieved(p: LearningSettings, bad: float, broken: float) -> float:
    """Logarithm of what hours held back and broken promises leave of what is missing to full grievance."""
    return bad * p.log_grieved + broken * p.log_wronged


@compiled
def everybody_learns(world: World, month: int) -> None:
    """Turn what happened on each tie this month into acquaintance and trust, and fade the rest."""
    stays = 1.0 - world.settings.learning.fades_per_month
    note(
        world.events,
        month,
        Event.FADED,
        NOBODY_ELSE,
        NOBODY_ELSE,
        NOBODY_ELSE,
        Reason.ACQUAINTANCE,
        stays,
    )
    met, recent = world.scratch.met, world.scratch.powers
    for i in range(world.ties.other.shape[0]):
        number = whom_it_met(world, i, met)
        acquaintance_fades(world, i, met[:number], stays)
        of_word, of_work = what_this_month_was_like(world, i, met[:number])
        generalised = number > 0 and world.settings.learning.generalised_share > 0.0
        for k in range(world.ties.other.shape[1]):
            if world.dealings.touched[i, k]:
                one_tie_learns(world, month, i, k, recent)
            elif generalised and world.ties.other[i, k] >= 0:
                expects_the_same(world, month, i, k, of_word, of_work)


@inlined
def in_parts(hours: float) -> int:
    """Hours as a whole number of ``PARTS``."""
    return int(hours * PARTS + 0.5)


@inlined
def what_this_month_was_like(world: World, i: int, met: np.ndarray) -> tuple[Lesson, Lesson]:
    """What all dealings of ``i`` this month, with those of ``met``, tell of anybody's word and work."""
    tallies, p = world.tallies, world.settings.learning
    share = p.generalised_share
    if share == 0.0:
        return (1.0, 1.0), (1.0, 1.0)
    good_parts, worked_parts, bad_parts, kept, late, broken = 0, 0, 0, 0.0, 0.0, 0.0
    for n in range(met.shape[0]):
        k = met[n]
        worked_parts += in_parts(tallies.good[i, k, PRACTICE])
        for layer in range(N_LAYERS):
            good_parts += in_parts(tallies.good[i, k, layer])
            bad_parts += in_parts(tallies.bad[i, k, layer])
        kept += tallies.kept[i, k]
        late += tallies.late[i, k]
        broken += tallies.broken[i, k]
    good, worked, bad = good_parts / PARTS, worked_parts / PARTS, bad_parts / PARTS
    rise, fall = not_risen(p, good, kept, share), not_betrayed(p, bad, broken, share)
    in_work, doubt = not_risen(p, worked, kept, share), not_doubted(p, late, share)
    return (left_of(rise), left_of(fall)), (left_of(in_work), left_of(doubt))


@inlined
def expects_the_same(
    world: World, month: int, i: int, k: int, of_word: Lesson, of_work: Lesson
) -> None:
    """``i`` comes to expect of one with whom it had no dealings what it experienced with others."""
    ties = world.ties
    j = ties.other[i, k]
    competence = after(ties.competence[i, k], of_work[0], of_work[1])
    integrity = min(ties.ceiling[i, k], after(ties.integrity[i, k], of_word[0], of_word[1]))
    if competence != ties.competence[i, k]:
        note(world.events, month, Event.TRUST, i, j, NOBODY_ELSE, Reason.COMPETENCE, competence)
    if integrity != ties.integrity[i, k]:
        note(world.events, month, Event.TRUST, i, j, NOBODY_ELSE, Reason.INTEGRITY, integrity)
    ties.competence[i, k], ties.integrity[i, k] = competence, integrity


@inlined
def one_tie_learns(world: World, month: int, i: int, k: int, recent: np.ndarray) -> None:
    """What ``i`` learns of the other in slot ``k`` this month, in every layer."""
    ties, tallies, p = world.ties, world.tallies, world.settings.learning
    kept, late, broken = (
        float(tallies.kept[i, k]),
        float(tallies.late[i, k]),
        float(tallies.broken[i, k]),
    )
    ties.ceiling[i, k] *= left_again(recent, broken * p.log_ceiling)
    good, bad, worked = 0.0, 0.0, tallies.good[i, k, PRACTICE]
    for layer in range(N_LAYERS):
        good += tallies.good[i, k, layer]
        bad += tallies.bad[i, k, layer]
        persons_learn(world, month, i, k, layer, kept, late, broken, recent)
    aired = p.aired_share if tallies.aired[i, k] else 0.0
    grievance = after(
        ties.grievance[i, k], left_again(recent, not_grieved(p, bad, broken)), 1.0 - aired
    )
    share = p.institution_share
    missing = left_again(recent, not_risen(p, good, kept, share))
    missing_in_work = missing
    if worked != good:
        missing_in_work = left_again(recent, not_risen(p, worked, kept, share))
    competence = after(
        ties.competence[i, k], missing_in_work, left_again(recent, not_doubted(p, late, share))
    )
    integrity = after(
        ties.integrity[i, k], missing, left_again(recent, not_betrayed(p, bad, broken, share))
    )
    integrity = min(ties.ceiling[i, k], integrity)
    j = ties.other[i, k]
    if competence != ties.competence[i, k]:
        note(world.events, month, Event.TRUST, i, j, NOBODY_ELSE, Reason.COMPETENCE, competence)
    if integrity != ties.integrity[i, k]:
        note(world.events, month, Event.TRUST, i, j, NOBODY_ELSE, Reason.INTEGRITY, integrity)
    if grievance != ties.grievance[i, k]:
        note(world.events, month, Event.TRUST, i, j, NOBODY_ELSE, Reason.GRIEVANCE, grievance)
    ties.competence[i, k] = competence
    ties.integrity[i, k] = integrity
    ties.grievance[i, k] = grievance


@inlined
def persons_learn(
    world: World,
    month: int,
    i: int,
    k: int,
    layer: int,
    kept: float,
    late: float,
    broken: float,
    recent: np.ndarray,
) -> None:
    """What the persons of one layer learn; who left this month has no successor there yet."""
    bonds, tallies, carriers, p = (
        world.bonds,
        world.tallies,
        world.carriers,
        world.settings.learning,
    )
    ties = world.ties
    together = tallies.together[i, k, layer]
    good, bad = tallies.good[i, k, layer], tallies.bad[i, k, layer]
    if together == 0.0 and (layer != 0 or kept + late + broken == 0.0):
        return
    if layer != 0:
        kept, late, broken = 0.0, 0.0, 0.0
    j = ties.other[i, k]
    for own in range(bonds.acquaintance.shape[3]):
        for theirs in range(bonds.acquaintance.shape[4]):
            if carriers.newcomer[i, layer, own] or carriers.newcomer[j, layer, theirs]:
                continue
            present = presence(world.settings.people, own, theirs)
            hours = present * p.acquaintance_per_hour * together
            if hours > 0.0:
                strange = 1.0 - bonds.acquaintance[i, k, layer, own, theirs]
                bonds.acquaintance[i, k, layer, own, theirs] = 1.0 - strange * left_again(
                    recent, -hours
                )
            missing = left_again(recent, not_risen(p, good, kept, present))
            if layer == PRACTICE:
                bonds.competence[i, k, layer, own, theirs] = after(
                    bonds.competence[i, k, layer, own, theirs],
                    missing,
                    left_again(recent, not_doubted(p, late, present)),
                )
            trust = after(
                bonds.integrity[i, k, layer, own, theirs],
                missing,
                left_again(recent, not_betrayed(p, bad, broken, present)),
            )
            bonds.integrity[i, k, layer, own, theirs] = min(ties.ceiling[i, k], trust)
    if together > 0.0:
        known = bonds.acquaintance[i, k, layer, 0, 0]
        note(world.events, month, Event.TRUST, i, j, NOBODY_ELSE, acquaintance_in(layer), known)


@compiled
def the_month_is_forgotten(world: World) -> None:
    """Empty the ledger of ties for the next month."""
    tallies, touched = world.tallies, world.dealings.touched
    met = world.scratch.met
    for i in range(touched.shape[0]):
        for n in range(whom_it_met(world, i, met)):
            k = met[n]
            touched[i, k] = False
            tallies.aired[i, k] = False
            tallies.kept[i, k] = 0
            tallies.late[i, k] = 0
            tallies.broken[i, k] = 0
            for layer in range(N_LAYERS):
                tallies.together[i, k, layer] = 0.0
                tallies.good[i, k, layer] = 0.0
                tallies.bad[i, k, layer] = 0.0
