"""One scenario in numbers."""

import math

import pytest
from scipy.stats import binomtest

from collabsim.analysis.shown import shown_summary
from collabsim.experiments.summary import summarise
from collabsim.metrics import METRICS


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


@pytest.mark.parametrize(("yes", "count"), [(0, 4), (1, 4), (3, 4), (4, 4), (7, 100)])
def test_yes_or_no_has_the_interval_of_a_share(yes: int, count: int) -> None:
    summary = summarise("ring_found", [1.0] * yes + [0.0] * (count - yes))
    expected = binomtest(yes, count).proportion_ci(method="wilson")
    assert (summary.low, summary.high) == pytest.approx((expected.low, expected.high))
    assert 0.0 <= summary.low < summary.high <= 1.0


def test_an_interval_reaches_no_further_than_the_outcome_can() -> None:
    nearly = summarise("promises_kept_share", [1.0, 1.0, 0.9, 1.0])
    assert nearly.high == METRICS["promises_kept_share"].high
    assert nearly.low < 0.95
    assert summarise("days_to_help", [0.0, 0.0, 5.0]).low == 0.0


def test_without_an_interval_there_is_a_dash() -> None:
    assert shown_summary(summarise("ring_found", [1.0]), "en").interval == "-"


def test_four_runs_without_a_ring_leave_room_for_one_in_words_and_numbers() -> None:
    none = summarise("ring_found", [0.0] * 4)
    assert shown_summary(none, "en").interval == "0 to 49"
    assert shown_summary(none, "nl").interval == "0 tot 49"
    most = summarise("ring_found", [1.0, 1.0, 1.0, 0.0])
    assert shown_summary(most, "en").interval == "30 to 95"
