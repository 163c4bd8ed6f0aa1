"""Inner and outer ring: detected in one year, tested on the next.

An inner ring is a group of organisations that help one another more than their loads explain,
and that still get their yes sooner from one another in the year after. A group that is found
and tested in the same year proves nothing: any search finds the fast corner of its own data.

Names: inner ring, outer ring (binnenring, buitenring).
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collabsim.compiled import compiled
from collabsim.ring_search import Counts, Members, inner_rings

type Exchanges = NDArray[np.intp]

PERMUTATIONS = 199  # with the observed one 200, so that .05 is a number that p can have
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
    loads = np.stack((asks.sum(axis=2), asks.sum(axis=1)), axis=1)  # [Y, sent or received, N]
    order = _by_load(loads, days)
    accepted, days = (_in_order(pairs, order) for pairs in (accepted, days))
    loads = loads[:, :, order]
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


def by_pair(by_slot: NDArray[Any], other: NDArray[np.integer]) -> Counts:
    """[Y, N, N] what is known of each asker and asked, from [Y, N, slots] and who is in a slot [N, slots]."""
    return _by_pair(np.array(by_slot, dtype=np.float64, order="C"), np.array(other, order="C"))


@compiled
def _by_pair(by_slot: Counts, other: NDArray[np.int64]) -> Counts:
    years, count, slots = by_slot.shape
    square = np.zeros((years, count, count))
    for year in range(years):
        for i in range(count):
            for k in range(slots):
                if other[i, k] >= 0:
                    square[year, i, other[i, k]] = by_slot[year, i, k]
    return square


@compiled
def _in_order(pairs: Counts, order: NDArray[np.intp]) -> Counts:
    """``pairs`` [Y, N, N] with organisations in another order."""
    ordered = np.empty_like(pairs)
    for year in range(pairs.shape[0]):
        for i in range(order.shape[0]):
            for j in range(order.shape[0]):
                ordered[year, i, j] = pairs[year, order[i], order[j]]
    return ordered


def _by_load(loads: Counts, days: Counts) -> NDArray[np.intp]:
    """Order by load, and among equal loads by what else is known of them, never by row."""
    sent, received = loads.sum(axis=0)
    waiting = days.sum(axis=0)
    # Sorted before they are summed: otherwise the order of rows shows in the last bit.
    waited, kept_waiting = (
        np.sort(waiting, axis=1).sum(axis=1),
        np.sort(waiting, axis=0).sum(axis=0),
    )
    return np.lexsort((kept_waiting, waited, received, sent + received))


@lru_cache(maxsize=8)
def _exchanges(count: int) -> Exchanges:
    """[1 + PERMUTATIONS, N] whose place each takes, in order of load: its own, and then in its stratum."""
    strata = np.arange(count) * max(1, round(count / STRATUM)) // max(1, count)
    keys = np.random.default_rng(_SEED).random((PERMUTATIONS, count))
    dealt = np.argsort(keys + strata, axis=1)
    return np.vstack((np.arange(count), np.argsort(dealt, axis=1)))


def _tested(years: Members, accepted: Counts, days: Counts, loads: Counts) -> tuple[float, float]:
    """Gap in days of the rings [Y-1, N] in the years after them, and its p."""
    exchanges = _exchanges(years.shape[1])
    gaps, gaps_by_load, weights = np.zeros((3, PERMUTATIONS + 1))
    for members, yes, waited, load in zip(years, accepted, days, loads, strict=True):
        asker, asked = np.log1p(load)
        equations = _equations(yes, waited, asker, asked)
        sums = _within(members, exchanges, yes, waited, asker, asked)
        inside, outside = sums[0], equations[0, 0] - sums[0]
        # A deal without asks inside, or outside, shows no gap: it counts as none.
        weight = np.where((inside > 0.0) & (outside > 0.0), inside, 0.0)
        weights += weight
        gaps += weight * _gap(equations[0, 3], sums[3], inside, outside)
        by_load = np.linalg.lstsq(equations[:, :3], equations[:, 3])[0]
        beyond_in_all = equations[0, 3] - _explained(by_load, equations[0])
        beyond_inside = sums[3] - _explained(by_load, sums)
        gaps_by_load += weight * _gap(beyond_in_all, beyond_inside, inside, outside)
    if weights[0] <= 0.0:
        return float("nan"), 1.0
    weights = np.where(weights > 0.0, weights, 1.0)
    held = gaps_by_load / weights
    slack = 1e-9 * (1.0 + abs(held[0]))  # equal deals may differ in the last bit
    p_value = (1 + (held[1:] >= held[0] - slack).sum()) / (PERMUTATIONS + 1)
    return float(gaps[0] / weights[0]), float(p_value)


@compiled
def _within(
    ring: Members, exchanges: Exchanges, yes: Counts, waited: Counts, asker: Counts, asked: Counts
) -> Counts:
    """Sums [4, exchanges] over the pairs inside the ring, exchanged: see ``_equations`` for what."""
    # A product of matrices would set all cores to work, and its bits depend on the machine.
    sums = np.zeros((4, exchanges.shape[0]))
    members = np.flatnonzero(ring)
    for group in range(exchanges.shape[0]):
        all_yes, by_asker, by_asked, all_waited = 0.0, 0.0, 0.0, 0.0
        for one in members:
            i = exchanges[group, one]
            for two in members:
                j = exchanges[group, two]
                all_yes += yes[i, j]
                by_asker += yes[i, j] * asker[i]
                by_asked += yes[i, j] * asked[j]
                all_waited += waited[i, j]
        sums[:, group] = all_yes, by_asker, by_asked, all_waited
    return sums


@compiled
def _equations(yes: Counts, waited: Counts, asker: Counts, asked: Counts) -> Counts:
    """What the load of asker and asked explains of the wait: the normal equations [3, 3 + 1].

    Weighted least squares of the mean wait; asks that got a yes are the weights. The first row
    holds sums over all pairs: asks, asks by load of the asker, by load of the asked, and the wait.
    """
    equations = np.zeros((3, 4))
    for i in range(yes.shape[0]):
        for j in range(yes.shape[1]):
            terms = (1.0, asker[i], asked[j])
            for p in range(3):
                for q in range(3):
                    equations[p, q] += yes[i, j] * terms[p] * terms[q]
                equations[p, 3] += waited[i, j] * terms[p]
    return equations


def _explained(by_load: Counts, sums: Counts) -> Counts:
    """The wait that loads explain, in sums over pairs as those of ``_within``."""
    explained: Counts = by_load[0] * sums[0] + by_load[1] * sums[1] + by_load[2] * sums[2]
    return explained


@compiled
def _gap(total: float, sums: Counts, inside: Counts, outside: Counts) -> Counts:
    """Mean of ``sums`` [groups] over asks inside, taken from that over all other asks."""
    others = (total - sums) / np.where(outside > 0.0, outside, 1.0)
    return others - sums / np.where(inside > 0.0, inside, 1.0)


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
    members = np.flatnonzero(ring)
    for group in range(exchanges.shape[0]):
        for member in members:
            shared[group] += other[exchanges[group, member]]
    return shared
