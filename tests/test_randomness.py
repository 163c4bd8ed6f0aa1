"""Every draw is a pure function of its key, uniform, and independent of all other draws."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from collabsim.compiled import compiled
from collabsim.randomness import (
    GOLDEN,
    MONTHS_BEFORE,
    U64,
    Luck,
    Purpose,
    identity,
    joined,
    key,
    mix,
    poisson,
    uniform,
)

DRAWS = 20_000
#: So rare that no honest generator fails it in the lifetime of the project.
NEVER = 1e-6

#: The loop of mixing itself, in plain Python, is what every root is held against.
plain_mix = getattr(mix, "py_func", mix)

whole = st.integers(0, 2**64 - 1)
purposes = st.sampled_from(list(Purpose))
months = st.integers(-600, 1200)


@compiled
def fill(draws: np.ndarray, root: np.uint64, kind: int, first: np.uint64) -> None:
    """Vary one part of the key: 0 seed, 1 purpose and month, 2 month, 3 who, 4 whom."""
    for n in range(draws.shape[0]):
        m = np.uint64(n)
        if kind == 0:
            draws[n] = uniform(
                joined(joined(np.uint64(0), first + m), np.uint64(0)), 7, 3, first, m
            )
        elif kind == 1:
            draws[n] = uniform(root, n % 37 + 1, n // 37, first, first)
        elif kind == 2:
            draws[n] = uniform(root, 7, n - 600, first, first)
        elif kind == 3:
            draws[n] = uniform(root, 7, 3, first + m, first)
        else:
            draws[n] = uniform(root, 7, 3, first, first + m)


def drawn(kind: int, first: int = 0, seed: int = 1) -> np.ndarray:
    """[DRAWS] draws that differ in one part of the key."""
    draws = np.empty(DRAWS)
    with np.errstate(over="ignore"):
        fill(draws, Luck(seed, 0).root, kind, np.uint64(first))
    return draws


PARTS = {"seed": 0, "purpose": 1, "month": 2, "who": 3, "whom": 4}


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("first", [0, 1, 2**63 - 5, 2**64 - 30_000])
def test_draws_that_differ_in_one_part_of_the_key_are_uniform(part: str, first: int) -> None:
    draws = drawn(PARTS[part], first)
    assert 0.0 < draws.min() < draws.max() < 1.0
    assert stats.kstest(draws, "uniform").pvalue > NEVER
    assert len(np.unique(draws)) == DRAWS


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lag", [1, 2, 3, 12, 37, 59])
def test_a_draw_says_nothing_of_the_next_ones(part: str, lag: int) -> None:
    assert independent(drawn(PARTS[part])[:-lag], drawn(PARTS[part])[lag:])


@pytest.mark.parametrize(("one", "other"), list(itertools.combinations(PARTS, 2)))
def test_a_draw_says_nothing_of_one_whose_key_differs_in_another_part(one: str, other: str) -> None:
    assert independent(drawn(PARTS[one]), drawn(PARTS[other], first=1))


def test_seeds_and_replicates_do_not_stand_in_for_each_other() -> None:
    roots = [int(Luck(seed, replicate).root) for seed in range(60) for replicate in range(60)]
    assert len(set(roots)) == len(roots)
    assert independent(drawn(3, seed=0), drawn(3, seed=1))


def test_who_and_whom_do_not_stand_in_for_each_other() -> None:
    luck = Luck(1, 0)
    there = np.array([luck.uniform(Purpose.MEET, 0, n, n + 1) for n in range(2000)])
    back = np.array([luck.uniform(Purpose.MEET, 0, n + 1, n) for n in range(2000)])
    assert independent(there, back)


def test_no_purpose_in_one_month_is_another_purpose_in_another() -> None:
    keys = {
        (int(key(Luck(1, 0).root, purpose, month, np.uint64(5), np.uint64(6))))
        for purpose in Purpose
        for month in range(-600, 1201, 7)
    }
    assert len(keys) == len(Purpose) * len(range(-600, 1201, 7))
    assert MONTHS_BEFORE > 600


def independent(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether pairs of draws fill the square evenly (chi-square over 10 by 10 cells)."""
    cells = np.histogram2d(one, other, bins=10, range=[[0, 1], [0, 1]])[0]
    return bool(stats.chisquare(cells.ravel()).pvalue > NEVER)


def test_a_shared_generator_would_fail_the_test_of_independence() -> None:
    draws = drawn(3)
    assert not independent(draws, draws)
    assert not independent(draws, (draws + 0.3) % 1.0)


@compiled
def all_inside(root: np.uint64, a: np.uint64, b: np.uint64) -> float:
    """A draw with a key made on the way, which never leaves compiled code."""
    return uniform(root, 7, 3, joined(a, b), b)


@given(whole, whole)
def test_a_key_that_went_through_python_draws_the_same(a: int, b: int) -> None:
    luck = Luck(1, 0)
    with np.errstate(over="ignore"):
        inside = all_inside(luck.root, np.uint64(a), np.uint64(b))
        handed_back = int(joined(np.uint64(a), np.uint64(b)))
    assert luck.uniform(Purpose.LEAVE, 3, handed_back, b) == inside


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**31), purposes, months, whole, whole)
def test_the_same_key_draws_the_same_always(
    seed: int, replicate: int, purpose: Purpose, month: int, who: int, whom: int
) -> None:
    again = [Luck(seed, replicate).uniform(purpose, month, who, whom) for _ in range(2)]
    assert again[0] == again[1]
    assert 0.0 < again[0] < 1.0


def root_in_plain_python(seed: int, replicate: int) -> np.uint64:
    """The root key, worked out without compiled code."""
    with np.errstate(over="ignore"):
        z = U64(0)
        for part in (seed, replicate):
            z = plain_mix(z + GOLDEN * (U64(part) + U64(1)))
    return U64(z)


def test_the_root_of_a_replicate_does_not_depend_on_which_seeds_came_before() -> None:
    # Seed 1 gives a key that fits a signed number, seeds 0 and 3 do not.
    for seed in (1, 0, 3, 2, 0, 1, *range(50), 2**63 - 1):
        for replicate in (0, 1, 99):
            root = Luck(seed, replicate).root
            assert isinstance(root, np.uint64)
            assert root == root_in_plain_python(seed, replicate)


def test_names_have_identities_of_their_own_that_never_change() -> None:
    names = [f"provider-{number:03d}" for number in range(5000)]
    assert len({int(identity(name)) for name in names}) == 5000
    assert int(identity("provider-001")) == int(identity("provider-001"))


@pytest.mark.parametrize("mean", [0.0, 0.3, 6.8, 40.0])
def test_arrivals_are_poisson_and_rise_with_their_mean(mean: float) -> None:
    quantiles = drawn(3)
    numbers = np.array([poisson(mean, u) for u in quantiles.tolist()])
    more = np.array([poisson(mean + 0.5, u) for u in quantiles.tolist()])
    assert (more >= numbers).all()
    # An equal draw on the edge of two numbers may fall to either side.
    assert (numbers == stats.poisson.ppf(quantiles, mean)).mean() > 0.9999
