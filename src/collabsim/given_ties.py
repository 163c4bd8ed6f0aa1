"""Ties as a network survey found them: what parties said of each other holds at month 0.

The history has made ties; where a survey knows better they are put in its place. A pair that nobody
answered for is drawn, anew in each replicate, from the answers of pairs that are like it, so that
replicates together show what the survey leaves open.

Names: network survey (netwerkvragenlijst).
Source: drawing a missing answer from those who answered and are alike is a hot deck; Andridge and
Little (2010), A review of hot deck imputation for survey non-response, International Statistical
Review 78(1).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from collabsim.organisations import LAYERS
from collabsim.parameters import Scenario
from collabsim.randomness import Luck, Purpose
from collabsim.world import World

type Square = NDArray[np.float64]
type Places = tuple[NDArray[np.intp], NDArray[np.intp]]

#: Months of meeting that are remembered as past contacts.
REMEMBERED_MONTHS = 12
#: With fewer answers than this, pairs that are less alike count as well.
FEWEST = 5
#: Answers on trust come from pairs that know each other about as well, in so many steps.
STEPS = 4


def put_given_ties(world: World, ids: Sequence[str], scenario: Scenario, luck: Luck) -> None:
    """Put the ties of a survey into ``world``, in place, and draw those that are missing."""
    region = scenario.region
    if not region.ties:
        return
    row = {name: number for number, name in enumerate(ids)}
    count = len(ids)
    knows, trusts, meets = (np.full((count, count), np.nan) for _ in range(3))
    for tie in region.ties:
        place = row[tie.who], row[tie.whom]
        for answers, value in ((knows, tie.knows), (trusts, tie.trusts), (meets, tie.meets)):
            if value is not None:
                answers[place] = value
    # Knowing and meeting are between two: what one of them says holds for both.
    knows, meets = between_two(knows), between_two(meets)
    if region.draw_missing_ties:
        knows, trusts, meets = drawn(world, luck, knows, trusts, meets)
    layer = LAYERS.index(region.surveyed_layer)
    ties, bonds = world.ties, world.bonds
    who, slot = np.nonzero(ties.other >= 0)
    pairs = who, ties.other[who, slot]
    for answers, put in ((knows, put_acquaintance), (meets, put_contacts), (trusts, put_trust)):
        said = np.isfinite(answers[pairs])
        put(world, (who[said], slot[said]), layer, answers[pairs][said])
    np.maximum(ties.ceiling, ties.integrity, out=ties.ceiling)
    np.maximum(ties.ceiling, bonds.integrity.max(axis=(2, 3, 4)), out=ties.ceiling)


def put_acquaintance(world: World, at: Places, layer: int, value: Square) -> None:
    """How well the contacts of the surveyed layer know each other."""
    world.bonds.acquaintance[*at, layer] = value[:, None, None]


def put_contacts(world: World, at: Places, layer: int, value: Square) -> None:
    """How often they met of late, and so whom they turn to."""
    met = REMEMBERED_MONTHS * value
    world.bonds.contacts[*at, layer] = met[:, None, None]
    world.ties.contacts[at] = np.rint(met).astype(np.int64)


def put_trust(world: World, at: Places, _: int, value: Square) -> None:
    """Trust of the house and of its people; one question cannot tell competence from integrity."""
    for held in (world.ties.competence, world.ties.integrity):
        held[at] = value
    for held in (world.bonds.competence, world.bonds.integrity):
        held[at] = value[:, None, None, None]


def between_two(answers: Square) -> Square:
    """[N, N] the mean of what both say, or what one of them says; NaN where neither does."""
    both = np.stack((answers, answers.T))
    said = np.isfinite(both)
    total = np.where(said, both, 0.0).sum(axis=0)
    mean = np.full(answers.shape, np.nan)
    np.divide(total, said.sum(axis=0), out=mean, where=said.any(axis=0))
    return mean


def drawn(
    world: World, luck: Luck, knows: Square, trusts: Square, meets: Square
) -> tuple[Square, Square, Square]:
    """Answers with those that are missing drawn from pairs that are alike."""
    identity = world.organisations.identity
    first = np.minimum(identity[:, None], identity[None, :])
    second = np.maximum(identity[:, None], identity[None, :])
    # One draw for two parties, so that both get the same; of trust each has its own.
    together = luck.uniforms(Purpose.GIVEN_TIE, who=first, whom=second)
    own = luck.uniforms(Purpose.GIVEN_TIE, month=1, who=identity[:, None], whom=identity[None, :])
    alike = likeness(world)
    one_of_two = np.triu(np.ones(knows.shape, dtype=np.bool_), 1)
    whole_knows = filled(knows, together, alike, one_of_two)
    whole_meets = filled(meets, together, alike, one_of_two)
    known_so = np.where(np.isfinite(whole_knows), np.rint(STEPS * whole_knows), -1.0)
    closer = [code * (STEPS + 2) + known_so for code in alike]
    everybody = np.ones(trusts.shape, dtype=np.bool_)
    whole_trusts = filled(trusts, own, [*closer, *alike], everybody)
    return whole_knows, whole_trusts, whole_meets


def likeness(world: World) -> list[Square]:
    """Squares [N, N] of codes: pairs with equal codes are alike, most of all first."""
    kind, domain = world.organisations.kind, world.organisations.domain
    kinds = 1.0 * (kind[:, None] + kind[None, :])
    return [2.0 * kinds + (domain[:, None] == domain[None, :]), kinds, np.zeros(kinds.shape)]


def filled(
    answers: Square, draws: Square, alike: Sequence[Square], counted: NDArray[np.bool_]
) -> Square:
    """Answers [N, N] with each missing one replaced by an answer of a pair that is alike.

    Args:
        answers: NaN where missing; as it is where there is none at all.
        draws: [N, N] from 0 to 1.
        alike: codes as of ``likeness``; from the first in which enough pairs are alike it is drawn.
        counted: which answers may be drawn; of two that are always the same only one.

    """
    apart = ~np.eye(len(answers), dtype=np.bool_)
    known = np.isfinite(answers)
    given, missing = known & counted & apart, ~known & apart
    whole = answers.copy()
    if not given.any():
        return whole
    order = np.argsort(answers[given], kind="stable")
    values = answers[given][order]
    for number, codes in enumerate(alike):
        theirs = codes[given][order]
        fewest = 1 if number == len(alike) - 1 else FEWEST
        for code in np.unique(codes[missing]):
            pool = values[theirs == code]
            if len(pool) >= fewest:
                these = missing & (codes == code)
                place = (draws[these] * len(pool)).astype(np.int64)
                whole[these] = pool[np.minimum(place, len(pool) - 1)]
                missing &= ~these
    return whole
