"""Rings: planted ones are found, chance is not, and the wrong way of testing is shown wrong."""

from time import perf_counter

import numpy as np
import pytest
from numpy.typing import NDArray

from collabsim import rings
from collabsim.ring_search import inner_rings
from collabsim.rings import find_rings

N, YEARS = 59, 5
type Array = NDArray[np.float64]


def help_network(
    seed: int,
    *,
    ring: int = 0,
    pull: float = 0.0,
    faster: float = 0.0,
    asks_a_year: int = 4000,
    load_faster: float = 0.0,
    luck_of_the_year: float = 0.0,
) -> tuple[Array, Array, Array, NDArray[np.bool_]]:
    """Accepted, asks, days and who was planted inside: skewed loads, speed differs by party."""
    draw = np.random.default_rng(seed)
    size, sought, pace = np.exp(draw.normal(0.0, [[0.7], [0.7], [0.2]], (3, N)))
    inside = np.zeros(N, dtype=np.bool_)
    inside[draw.choice(N, ring, replace=False)] = True
    both = np.outer(inside, inside)
    luck = np.exp(draw.normal(0.0, luck_of_the_year, (YEARS, N, N)))
    wanted = sought * (1.0 + pull * both) * (1.0 - np.eye(N)) * luck
    wanted *= (size / size.sum())[:, None] / wanted.sum(axis=2, keepdims=True)
    asks = draw.poisson(asks_a_year * wanted)
    accepted = draw.binomial(asks, 0.6)
    load = asks.sum(axis=(0, 1)) / asks.sum() * N
    mean = 10.0 * pace * (1.0 - load_faster * np.log1p(load)) * (1.0 - faster * both) / luck
    days = draw.gamma(np.maximum(accepted, 1e-9), mean) * (accepted > 0)
    return accepted.astype(float), asks.astype(float), days, inside


def test_a_planted_ring_is_found_with_about_the_right_members() -> None:
    found, overlap = [], []
    for seed in range(12):
        accepted, asks, days, inside = help_network(seed, ring=10, pull=5.0, faster=0.4)
        answer = find_rings(accepted, asks, days)
        found.append(answer.found)
        overlap.append((answer.inner & inside).sum() / (answer.inner | inside).sum())
        assert answer.gap_days > 1.0
        assert answer.persistence > answer.persistence_by_loads + 0.2
    assert np.mean(found) >= 0.9
    assert np.mean(overlap) > 0.8


@pytest.mark.parametrize("load_faster", [-0.3, 0.0, 0.3])
def test_loads_alone_make_a_ring_in_about_one_run_in_twenty(load_faster: float) -> None:
    found = [
        find_rings(*help_network(seed, load_faster=load_faster)[:3]).found for seed in range(150)
    ]
    # Binomial with n = 150 and p = .05: 15 or more happen once in a hundred times.
    assert 1 <= sum(found) < 15


def test_a_ring_that_seeks_itself_out_but_is_not_faster_is_not_a_ring() -> None:
    found = [find_rings(*help_network(s, ring=10, pull=5.0)[:3]).found for s in range(60)]
    assert sum(found) <= 8


def test_testing_on_the_year_of_detection_finds_rings_that_are_not_there() -> None:
    """Wrong twin: a good year with someone brings more help and faster help, in that year."""
    right, wrong = 0, 0
    for seed in range(40):
        accepted, asks, days, _ = help_network(seed, luck_of_the_year=1.0, asks_a_year=8000)
        right += find_rings(accepted, asks, days).found
        loads = np.stack((asks.sum(axis=2), asks.sum(axis=1)), axis=1)
        _, p = rings._tested(inner_rings(accepted), accepted, days, loads)
        wrong += p < rings.CHANCE
    assert right <= 6
    assert wrong >= 25


def test_taking_whoever_has_most_ties_misses_the_planted_ring() -> None:
    """Wrong twin: the exact procedure for the pattern with free ties to the others."""
    ours, busiest = [], []
    for seed in range(10):
        accepted, _, _, inside = help_network(seed, ring=10, pull=5.0)
        help_between = accepted[0] + accepted[0].T
        loads = help_between.sum(axis=1)
        expected = np.outer(loads, loads) / loads.sum()
        tied = (help_between > expected + 1.5 * np.sqrt(expected)) & (help_between >= 2.0)
        order = np.argsort(-tied.sum(axis=1), kind="stable")
        size = (tied.sum(axis=1)[order] > np.arange(N)).sum()
        core = np.isin(np.arange(N), order[:size])
        first = inner_rings(accepted[:1])[0]
        ours.append((first & inside).sum() / (first | inside).sum())
        busiest.append((core & inside).sum() / (core | inside).sum())
    assert np.mean(ours) > 0.7
    assert np.mean(busiest) < np.mean(ours) - 0.25


def test_a_few_who_only_help_one_another_are_the_ring_also_when_others_help_as_much() -> None:
    accepted = np.zeros((1, 30, 30))
    accepted[0, :4, :4] = 3.0
    others = np.arange(4, 30)
    for step in range(1, 7):
        accepted[0, others, np.roll(others, step)] = 1.0
    assert inner_rings(accepted)[0].tolist() == [True] * 4 + [False] * 26


def test_the_order_of_organisations_permutes_the_answer_to_the_last_bit() -> None:
    accepted, asks, days, _ = help_network(3, ring=10, pull=5.0, faster=0.3)
    answer = find_rings(accepted, asks, days)
    order = np.random.default_rng(1).permutation(N)
    other = find_rings(*(m[:, order[:, None], order] for m in (accepted, asks, days)))
    assert (other.years == answer.years[:, order]).all()
    assert (other.inner == answer.inner[order]).all()
    assert (other.gap_days, other.p_value) == (answer.gap_days, answer.p_value)
    assert other.persistence_by_loads == answer.persistence_by_loads


def test_the_same_years_give_the_same_answer() -> None:
    years = help_network(5, ring=8, pull=4.0, faster=0.3)[:3]
    first, second = find_rings(*years), find_rings(*years)
    assert (first.gap_days, first.p_value, first.share) == (
        second.gap_days,
        second.p_value,
        second.share,
    )


@pytest.mark.parametrize("shape", [(5, 59, 59), (1, 9, 9), (2, 1, 1), (3, 0, 0), (0, 4, 4)])
def test_without_help_there_is_no_ring_and_no_crash(shape: tuple[int, int, int]) -> None:
    nothing = np.zeros(shape)
    answer = find_rings(nothing, nothing, nothing)
    assert not answer.found
    assert not answer.inner.any()
    assert answer.inner.shape == shape[1:2]
    assert answer.years.shape == shape[:2]
    assert (answer.share, answer.p_value) == (0.0, 1.0)
    assert np.isnan(answer.gap_days)
    assert np.isnan(answer.persistence)


def test_one_year_can_show_a_candidate_but_never_a_ring() -> None:
    accepted, asks, days, _ = help_network(1, ring=10, pull=5.0, faster=0.4)
    answer = find_rings(accepted[:1], asks[:1], days[:1])
    assert answer.years.any()
    assert not answer.found
    assert not answer.inner.any()


def test_where_everybody_is_inside_there_is_no_inner_ring_to_speak_of() -> None:
    everybody = np.ones((3, 8, 8)) * 4.0
    answer = find_rings(everybody, everybody, everybody * 5.0)
    assert not answer.found


def test_matrices_of_different_shapes_are_refused() -> None:
    with pytest.raises(ValueError, match="must all have one shape"):
        find_rings(np.zeros((2, 3, 3)), np.zeros((2, 3, 3)), np.zeros((2, 3, 4)))


@pytest.mark.slow
def test_five_years_of_the_region_take_a_few_milliseconds() -> None:
    years = help_network(0)[:3]
    find_rings(*years)
    times = []
    for _ in range(20):
        start = perf_counter()
        find_rings(*years)
        times.append(perf_counter() - start)
    assert min(times) < 0.01
