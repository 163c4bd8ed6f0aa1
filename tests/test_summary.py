"""One scenario in numbers."""

import math

import pytest

from collabsim.experiments.summary import summarise


def test_mean_spread_and_interval_are_those_of_student() -> None:
    summary = summarise("outcome", [1.0, 2.0, 3.0, 4.0])
    assert summary.mean == 2.5
    assert summary.spread == pytest.approx(1.2909944)
    # t with 3 degrees of freedom leaves 2.5% above 3.182446
    assert summary.low == pytest.approx(2.5 - 3.182446 * 1.2909944 / 2.0)
    assert summary.high == pytest.approx(2.5 + 3.182446 * 1.2909944 / 2.0)


def test_replicates_without_a_value_are_left_out_and_counted() -> None:
    summary = summarise("outcome", [1.0, math.nan, 3.0])
    assert (summary.mean, summary.defined) == (2.0, 2)


def test_one_value_has_no_spread_and_none_has_no_mean() -> None:
    assert summarise("outcome", [3.0]).mean == 3.0
    assert math.isnan(summarise("outcome", [3.0]).low)
    assert math.isnan(summarise("outcome", [math.nan]).mean)


def test_equal_values_have_an_interval_of_no_width() -> None:
    summary = summarise("outcome", [0.5, 0.5])
    assert (summary.low, summary.high) == (0.5, 0.5)
