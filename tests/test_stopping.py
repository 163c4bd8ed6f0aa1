"""Adding replicates until an interval is narrow: where it stops, and what the last interval covers."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from collabsim.analysis.intervals import interval
from collabsim.experiments.stopping import FEWEST_PAIRS, goals, is_narrow_enough

type Numbers = NDArray[np.float64]

SEQUENCES = 2000
MOST = 400


def stopped_at(one: Numbers, other: Numbers, batch: int, width: float) -> int:
    """Where a sweep ends that would find these values."""
    return list(
        goals(batch, MOST, lambda n: is_narrow_enough(one[:n], other[:n], width))
    )[-1]  # fmt: skip


def coverage(
    make: Callable[[np.random.Generator], tuple[Numbers, Numbers]],
    batch: int,
    width: float,
    *,
    truth: float = 0.0,
    two_valued: bool = False,
) -> float:
    """Share of sequences of which the last interval holds the true difference."""
    chance = np.random.default_rng(20251125)
    held = 0
    for _ in range(SEQUENCES):
        one, other = make(chance)
        number = stopped_at(one, other, batch, width)
        low, high = interval((other - one)[:number], two_valued=two_valued)
        held += low <= truth <= high
    return held / SEQUENCES


def beside(gaps: Numbers) -> tuple[Numbers, Numbers]:
    """Two scenarios with these differences."""
    return np.zeros(gaps.size), gaps


# Widths that take about 30, 60 and 120 pairs of a spread of 1.
@pytest.mark.slow
@pytest.mark.parametrize("width", [0.72, 0.51, 0.36])
@pytest.mark.parametrize("batch", [4, 20])
def test_the_last_interval_of_symmetric_differences_covers_the_truth_in_95_of_100(
    batch: int, width: float
) -> None:
    normal = coverage(lambda c: beside(c.standard_normal(MOST)), batch, width)
    tailed = coverage(lambda c: beside(c.standard_t(3, MOST)), batch, width * 3**0.5)
    assert normal == pytest.approx(0.95, abs=0.02)
    assert tailed == pytest.approx(0.95, abs=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("width", [0.72, 0.36])
def test_that_of_yes_or_no_covers_it_at_least_as_often(width: float) -> None:
    def make(chance: np.random.Generator) -> tuple[Numbers, Numbers]:
        luck = chance.random(MOST)  # shared, so that the two scenarios go together
        return (luck < 0.3).astype(float), (luck < 0.5).astype(float)

    assert coverage(make, 4, width, truth=0.2, two_valued=True) >= 0.93


@pytest.mark.slow
def test_that_of_skewed_differences_falls_short_by_as_much_as_the_docs_say() -> None:
    exponential = coverage(lambda c: beside(c.exponential(1.0, MOST) - 1.0), 4, 0.51)
    assert 0.91 <= exponential < 0.95
    spread = (np.e * (np.e - 1.0)) ** 0.5
    lognormal = coverage(
        lambda c: beside(np.exp(c.standard_normal(MOST)) - np.exp(0.5)), 4, 0.51 * spread
    )
    assert 0.84 <= lognormal < 0.91


@pytest.mark.slow
def test_stopping_at_the_first_narrow_look_would_cover_too_little() -> None:
    """What the rule is for: without it the same sequences fall short."""
    chance, held = np.random.default_rng(20251125), 0
    for _ in range(SEQUENCES):
        gaps = chance.exponential(1.0, MOST) - 1.0
        looks = (interval(gaps[:number], two_valued=False) for number in range(4, MOST, 4))
        low, high = next((low, high) for low, high in looks if high - low <= 0.72)
        held += low <= 0.0 <= high
    assert held / SEQUENCES < 0.88


def test_nothing_is_looked_at_before_thirty_pairs_and_a_quarter_is_run_again() -> None:
    same = np.zeros(MOST)
    assert stopped_at(same, same, 4, 1.0) == 40
    assert stopped_at(same, same, 20, 1.0) == 60
    holes = same.copy()
    holes[::2] = np.nan
    assert stopped_at(holes, same, 4, 1.0) == 76
    assert not is_narrow_enough(same[: FEWEST_PAIRS - 1], same[: FEWEST_PAIRS - 1], 1.0)


def test_it_ends_at_the_most_that_was_asked_for_and_without_a_goal_at_one_batch() -> None:
    assert list(goals(7, 20, lambda _: False)) == [7, 14, 20]
    assert list(goals(16, 36, lambda n: n >= 32)) == [16, 32, 36]
    assert list(goals(50, 20, lambda _: False)) == [20]
    assert list(goals(6, None, lambda _: False)) == [6]
