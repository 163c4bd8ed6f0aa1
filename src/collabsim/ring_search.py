"""Detecting an inner ring: who helped one another more than their loads lead to expect.

Source: Borgatti and Everett (2000), Models of core/periphery structures, Social Networks 21(4),
for what a core is. Their pattern that leaves the ties between core and others free has an exact
and quick solution (Lip 2011, arXiv:1102.5511), but that takes whoever has most ties: it missed
most of the rings that the tests plant, and the search below finds them.
"""

import math

import numpy as np
from numpy.typing import NDArray

from collabsim.compiled import compiled

type Counts = NDArray[np.float64]
type Members = NDArray[np.bool_]

TIED_ABOVE = 1.5  # standard deviations
SMALLEST_TIE = 2  # once is an accident
ROUNDS = 3  # of detection; more change nothing that matters
FITS = 6  # steps towards the loads; idem
SMALLEST_RING = 3  # two parties are a pair


def inner_rings(accepted: Counts) -> Members:
    """Detect in each year [Y, N, N] the inner ring [Y, N]; nobody where there are no three.

    Two organisations are tied when they helped each other, in either direction, at least twice
    and more than ``TIED_ABOVE`` standard deviations beyond what their loads lead to expect
    (Poisson; mean ``load_i * load_j``). Without that a ring would be another word for being busy.
    Loads are those outside the ring, so detection is done again with the ring set apart.

    The ring is the core in the pattern of Borgatti and Everett in which all ties lie inside it:
    fewest ties missing inside plus ties present elsewhere. It is sought by taking away, one by
    one, who has fewest ties to those left, and keeping the best group met on the way.
    """
    accepted = np.asarray(accepted, dtype=np.float64)
    return _rings_in(accepted + accepted.transpose(0, 2, 1))


@compiled
def _rings_in(help_between: Counts) -> Members:
    """The ring [Y, N] of each year in the help [Y, N, N] in either direction."""
    rings = np.zeros(help_between.shape[:2], dtype=np.bool_)
    for year in range(rings.shape[0]):
        ring = rings[year]
        for _ in range(ROUNDS):
            again = _densest(_tied(help_between[year], _loads(help_between[year], ring)))
            settled = (again == ring).all()
            ring[:] = again
            if settled:
                break  # another round would find the same
        if ring.sum() < SMALLEST_RING:
            ring[:] = False
    return rings


@compiled
def _loads(help_between: Counts, ring: Members) -> Counts:
    """Load [N] of each, whose products are the help to expect; pairs inside the ring do not count."""
    count = ring.shape[0]
    totals = np.zeros(count)
    for i in range(count):
        for j in range(count):
            if i != j and not (ring[i] and ring[j]):
                totals[i] += help_between[i, j]
    loads = totals / math.sqrt(max(totals.sum(), 1.0))
    for _ in range(FITS):
        of_all, of_ring = loads.sum(), loads[ring].sum()
        for i in range(count):
            of_others = of_all - (of_ring if ring[i] else loads[i])
            loads[i] = math.sqrt(loads[i] * totals[i] / of_others) if of_others > 0.0 else 0.0
    return loads


@compiled
def _tied(help_between: Counts, loads: Counts) -> Members:
    """Who helped each other [N, N] beyond what loads lead to expect, and not by accident."""
    count = loads.shape[0]
    tied = np.zeros((count, count), dtype=np.bool_)
    for i in range(count):
        for j in range(i):
            helped, expected = help_between[i, j], loads[i] * loads[j]
            beyond = helped - expected
            # Squares are compared, because a root for each pair takes half of the time.
            far = beyond > 0.0 and beyond * beyond > TIED_ABOVE * TIED_ABOVE * expected
            tied[i, j] = tied[j, i] = far and helped >= SMALLEST_TIE
    return tied


@compiled
def _densest(tied: Members) -> Members:
    """The group [N] with most ties inside over half of what it could have."""
    count = tied.shape[0]
    left_at = np.zeros(count, dtype=np.int64)
    degree, ties = np.zeros(count), 0.0
    for i in range(count):
        degree[i] = tied[i].sum()
        ties += degree[i] / 2.0
    most, best_step = 0.0, count
    for step in range(count):
        size = count - step
        gain = ties - size * (size - 1) / 4.0
        if gain > most or step == 0:
            most, best_step = gain, step
        leaver = degree.argmin()
        ties -= degree[leaver]
        left_at[leaver] = step
        degree -= tied[leaver]
        degree[leaver] = np.inf
    return (left_at >= best_step) & (most >= 0.0)
