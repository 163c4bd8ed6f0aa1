"""Intervals of the paired comparison hold the true difference as often as they say."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from collabsim.analysis.comparison import compare_outcome
from collabsim.metrics import METRICS

type Numbers = NDArray[np.float64]
type Pairs = Callable[[np.random.Generator, int], tuple[Numbers, Numbers]]

EXPERIMENTS = 2000
ANY = METRICS["days_to_help"]


def coverage(pairs: Pairs, truth: float, count: int) -> float:
    """Share of experiments of which the interval holds the true difference."""
    held = 0
    for experiment in range(EXPERIMENTS):
        chance = np.random.default_rng([20251125, experiment])
        outcome = compare_outcome("any", *pairs(chance, count), ANY)
        held += outcome.low <= truth <= outcome.high
    return held / EXPERIMENTS


def with_noise(noise: Callable[[np.random.Generator, int], Numbers], truth: float) -> Pairs:
    """Two scenarios that share most of their luck, and differ by ``truth`` and noise with mean 0."""

    def pairs(chance: np.random.Generator, count: int) -> tuple[Numbers, Numbers]:
        luck = chance.normal(50.0, 5.0, count)
        return luck, luck + truth + noise(chance, count)

    return pairs


def of_counts(chance: np.random.Generator, count: int) -> tuple[Numbers, Numbers]:
    """Counts such as joint steps: many zeros, few values."""
    shared = chance.poisson(1.0, count)
    return shared.astype(float), (shared + chance.poisson(0.5, count)).astype(float)


def of_waiting(chance: np.random.Generator, count: int) -> tuple[Numbers, Numbers]:
    """Times until something happens, a fifth longer with the same luck: skewed, as is the difference."""
    time = chance.gamma(4.0, 2.0, count)
    return time, 1.2 * time


@pytest.mark.slow
@pytest.mark.parametrize("count", [30, 100])
def test_intervals_hold_the_true_difference_in_95_of_100_experiments(count: int) -> None:
    for name, pairs, truth in (
        ("normal", with_noise(lambda c, n: c.normal(0.0, 1.0, n), 0.7), 0.7),
        ("flat", with_noise(lambda c, n: c.uniform(-1.0, 1.0, n), 0.7), 0.7),
        ("heavy tails", with_noise(lambda c, n: c.standard_t(3, n), 0.7), 0.7),
        ("waiting", of_waiting, 1.6),
    ):
        assert coverage(pairs, truth, count) == pytest.approx(0.95, abs=0.02), name


def changing(up: float, down: float) -> Pairs:
    """A 0/1 outcome that rises in a share ``up`` of the worlds and falls in a share ``down``."""

    def pairs(chance: np.random.Generator, count: int) -> tuple[Numbers, Numbers]:
        change = chance.choice([1.0, -1.0, 0.0], count, p=[up, down, 1.0 - up - down])
        before = np.where(change == 0.0, chance.integers(0, 2, count), change < 0.0)
        return before.astype(float), before + change

    return pairs


@pytest.mark.slow
def test_intervals_of_0_1_outcomes_hold_it_as_often_and_where_a_change_is_rare_more_often() -> None:
    for count in (30, 100):
        for up, down in ((0.3, 0.2), (0.4, 0.0), (0.1, 0.1)):
            held = coverage(changing(up, down), up - down, count)
            assert held == pytest.approx(0.95, abs=0.025), (count, up, down)
        for up, down in ((0.02, 0.0), (0.0, 0.0)):
            assert coverage(changing(up, down), up - down, count) >= 0.93, (count, up, down)


@pytest.mark.slow
def test_intervals_of_skewed_differences_hold_it_less_often_as_the_docs_say() -> None:
    assert 0.91 <= coverage(of_counts, 0.5, 30) < 0.94
    assert 0.93 <= coverage(of_counts, 0.5, 100) < 0.97
    lognormal = with_noise(lambda c, n: np.exp(c.standard_normal(n)) - np.exp(0.5), 0.0)
    assert 0.87 <= coverage(lognormal, 0.0, 30) < 0.92
    assert 0.90 <= coverage(lognormal, 0.0, 100) < 0.94
