"""Inner and outer ring: detected in one year, tested on the next.

An inner ring is a group of organisations that help one another more than their loads explain,
and that still get their yes sooner from one another in the year after. A group that is found
and tested in the same year proves nothing: any search finds the fast corner of its own data.

Names: inner ring, outer ring (binnenring, buitenring).
Source: Borgatti and Everett (2000), Models of core/periphery structures, Social Networks 21(4),
for what a core is. Their pattern that leaves the ties between core and others free has an exact
and quick solution (Lip 2011, arXiv:1102.5511), but that takes whoever has most ties: it missed
most of the rings that the tests plant, and the search below finds them.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from collabsim.compiled import compiled

type Counts = NDArray[np.float64]
type Members = NDArray[np.bool_]
type Exchanges = NDArray[np.intp]

PERMUTATIONS = 199  # with the observed one 200, so that .05 is a number that p can have
TIED_ABOVE = 1.5  # standard deviations
SMALLEST_TIE = 2  # once is an accident
ROUNDS = 3  # of detection; more change nothing that matters
FITS = 6  # steps towards the loads; idem
SMALLEST_RING = 3  # two parties are a pair
STRATUM = 8  # organisations with about the same load, among whom membership is dealt anew
CHANCE = 0.05
_SEED = 20_260_401


@dataclass(frozen=True, slots=True)
class Rings:
    """What the years of one run say of an inner ring.

    Attributes:
        found: whether an inner ring was found and stood the test of the next year.
        inner: [N] who was inside in at least half of the years; nobody if none was found, and
            possibly nobody if the ring consists of others every year.
        share: share of the organisations inside, 0 to 1, mean over the years; 0 if none was found.
        gap_days: days that other asks wait longer for their yes than asks inside the detected
            ring, in the years after detection; found or not; NaN if there is nothing to compare.
        p_value: chance of such a gap if membership were dealt at random among organisations
            with about the same load; 1 if there is nothing to compare.
        persistence: mean overlap (Jaccard, 0 to 1) of the rings of consecutive years; NaN if
            no two consecutive years had one.
        persistence_by_loads: the overlap that loads alone would give; NaN likewise.
        years: [Y, N] the ring as detected in each year, before any test.

    """

    found: bool
    inner: Members
    share: float
    gap_days: float
    p_value: float
    persistence: float
    persistence_by_loads: float
    years: Members


def find_rings(accepted: Counts, asks: Counts, days: Counts) -> Rings:
    """Detect an inner ring in each year and test it on the year after.

    The gap in days is averaged over the test years, weighted by the asks inside the ring. What
    waiting owes to the loads of asker and asked in that year is taken out of it, and what is left
    is held against the same after exchanging organisations within strata of about equal load
    (asks sent and received over all years). One exchange holds for all years: a ring that stays
    the same is one observation, however many years it stays. The exchanges are the same in every
    call, and follow the organisations when these are given in another order.

    Args:
        accepted: [Y, N, N] asks that were answered with yes, from asker (row) to asked.
        asks: [Y, N, N] all asks.
        days: [Y, N, N] sum of the days until the yes, over the accepted asks.

    Raises:
        ValueError: the shapes differ, or are not [years, organisations, organisations].

    """
    accepted, asks, days = (np.asarray(m, dtype=np.float64) for m in (accepted, asks, days))
    shape = accepted.shape
    if len(shape) != 3 or shape[1] != shape[2] or asks.shape != shape or days.shape != shape:  # noqa: PLR2004 - three axes
        raise ValueError(
            f"accepted {shape}, asks {asks.shape} and days {days.shape} must all have one shape, "
            "[years, organisations, organisations]"
        )
    order = _by_load(asks, days)
    accepted, asks, days = (m[:, order[:, None], order] for m in (accepted, asks, days))
    loads = np.stack((asks.sum(axis=2), asks.sum(axis=1)), axis=1)  # [Y, sent or received, N]
    years = inner_rings(accepted)
    gap_days, p_value = _tested(years[:-1], accepted[1:], days[1:], loads[1:])
    found = bool(p_value < CHANCE and gap_days > 0.0)
    persistence, by_loads = _persistence(years)
    back = np.argsort(order)
    lasting = 2 * years.sum(axis=0) >= shape[0]
    return Rings(
        found=found,
        inner=lasting[back] & found,
        share=float(years.mean()) if found else 0.0,
        gap_days=gap_days,
        p_value=p_value,
        persistence=persistence,
        persistence_by_loads=by_loads,
        years=years[:, back],
    )


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
        for j in range(count):
            helped, expected = help_between[i, j], loads[i] * loads[j]
            enough = helped >= SMALLEST_TIE and i != j
            tied[i, j] = enough and helped > expected + TIED_ABOVE * math.sqrt(expected)
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


def _by_load(asks: Counts, days: Counts) -> NDArray[np.intp]:
    """Order by load, and among equal loads by what else is known of them, never by row."""
    sent, received = asks.sum(axis=(0, 2)), asks.sum(axis=(0, 1))
    waiting = days.sum(axis=0)
    # Sorted before they are summed: otherwise the order of rows shows in the last bit.
    waited, kept_waiting = (
        np.sort(waiting, axis=1).sum(axis=1),
        np.sort(waiting, axis=0).sum(axis=0),
    )
    return np.lexsort((kept_waiting, waited, received, sent + received))


@lru_cache(maxsize=8)
def _exchanges(count: int) -> Exchanges:
    """[1 + PERMUTATIONS, N] organisations, ordered by load: as they are, and exchanged in strata."""
    strata = np.arange(count) * max(1, round(count / STRATUM)) // max(1, count)
    keys = np.random.default_rng(_SEED).random((PERMUTATIONS, count))
    return np.vstack((np.arange(count), np.argsort(keys + strata, axis=1)))


def _tested(years: Members, accepted: Counts, days: Counts, loads: Counts) -> tuple[float, float]:
    """Gap in days of the rings [Y-1, N] in the years after them, and its p."""
    exchanges = _exchanges(years.shape[1])
    gaps, gaps_by_load, weights = np.zeros((3, PERMUTATIONS + 1))
    for members, yes, waited, load in zip(years, accepted, days, loads, strict=True):
        beyond = _beyond_load(waited, yes, load)
        sums = _within(members, exchanges, np.stack((yes, waited, beyond)))
        inside, waited_inside, beyond_inside = sums
        outside = yes.sum() - inside
        # A deal without asks inside, or outside, shows no gap: it counts as none.
        weight = np.where((inside > 0.0) & (outside > 0.0), inside, 0.0)
        weights += weight
        gaps += weight * _gap(waited.sum(), waited_inside, inside, outside)
        gaps_by_load += weight * _gap(beyond.sum(), beyond_inside, inside, outside)
    if weights[0] <= 0.0:
        return float("nan"), 1.0
    weights = np.where(weights > 0.0, weights, 1.0)
    held = gaps_by_load / weights
    slack = 1e-9 * (1.0 + abs(held[0]))  # equal deals may differ in the last bit
    p_value = (1 + (held[1:] >= held[0] - slack).sum()) / (PERMUTATIONS + 1)
    return float(gaps[0] / weights[0]), float(p_value)


@compiled
def _within(ring: Members, exchanges: Exchanges, pairs: Counts) -> Counts:
    """Sums [what, exchanges] of ``pairs`` [what, N, N] over the pairs inside the ring, exchanged."""
    # A product of matrices would set all cores to work, and its bits depend on the machine.
    sums = np.zeros((pairs.shape[0], exchanges.shape[0]))
    member = np.empty(ring.shape[0], dtype=np.int64)
    for group in range(exchanges.shape[0]):
        size = 0
        for i in range(ring.shape[0]):
            if ring[exchanges[group, i]]:
                member[size] = i
                size += 1
        for what in range(pairs.shape[0]):
            for one in range(size):
                for two in range(size):
                    sums[what, group] += pairs[what, member[one], member[two]]
    return sums


def _gap(total: float, sums: Counts, inside: Counts, outside: Counts) -> Counts:
    """Mean of ``sums`` [groups] over asks inside, taken from that over all other asks."""
    others = (total - sums) / np.where(outside > 0.0, outside, 1.0)
    return others - sums / np.where(inside > 0.0, inside, 1.0)


def _beyond_load(waited: Counts, yes: Counts, loads: Counts) -> Counts:
    """Wait [N, N] beyond what the load of asker and asked explains (weighted least squares)."""
    asker, asked = np.log1p(loads)
    by_asker, by_asked, total = yes.sum(axis=1), yes.sum(axis=0), yes.sum()
    sent, got, both = by_asker @ asker, by_asked @ asked, asker @ yes @ asked
    squares = np.array(
        [
            [total, sent, got],
            [sent, by_asker @ (asker * asker), both],
            [got, both, by_asked @ (asked * asked)],
        ]
    )
    sums = np.array([waited.sum(), waited.sum(axis=1) @ asker, waited.sum(axis=0) @ asked])
    mean, slope_asker, slope_asked = np.linalg.lstsq(squares, sums)[0]
    beyond: Counts = waited - yes * (mean + slope_asker * asker[:, None] + slope_asked * asked)
    return beyond


def _persistence(years: Members) -> tuple[float, float]:
    """Mean Jaccard overlap of consecutive rings, and what exchanges within strata give."""
    exchanges = _exchanges(years.shape[1])
    overlaps = []
    for before, after in pairwise(years):
        if before.any() and after.any():
            both = _shared(before, exchanges, after)
            overlap = both / (before.sum() + after.sum() - both)
            overlaps.append((overlap[0], overlap[1:].mean()))
    if not overlaps:
        return float("nan"), float("nan")
    observed, by_loads = np.mean(overlaps, axis=0)
    return float(observed), float(by_loads)


@compiled
def _shared(ring: Members, exchanges: Exchanges, other: Members) -> Counts:
    """Number [exchanges] of members of the ring, exchanged, that the other ring has as well."""
    shared = np.zeros(exchanges.shape[0])
    for group in range(exchanges.shape[0]):
        for i in range(ring.shape[0]):
            shared[group] += ring[exchanges[group, i]] and other[i]
    return shared
