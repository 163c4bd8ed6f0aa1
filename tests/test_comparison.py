"""Paired comparison: intervals that cover, verdicts that are modest, sentences that say so."""

import math
from dataclasses import dataclass

import numpy as np
import pytest
from numpy.typing import NDArray

from collabsim.analysis.comparison import (
    OutcomeComparison,
    Verdict,
    compare,
    compare_outcome,
)
from collabsim.analysis.sentences import sentence, sentences, who_pays_sentences
from collabsim.analysis.stakes import stakes_of
from collabsim.analysis.wording import (
    LUCK,
    VERDICTS,
    against_luck,
    decimals_for,
    decimals_that_agree,
    is_percent,
    number,
    unit_words,
)
from collabsim.metrics import METRICS
from collabsim.series import SERIES

type Array = NDArray[np.float64]


@dataclass(frozen=True)
class Outcome:
    """A declared outcome, as ``metrics.Metric`` is one."""

    unit: str = "days"
    direction: int = -1
    matters: float = 1.0
    en: str = "days to help"
    nl: str = "dagen tot hulp"


SHARE = Outcome("share", 1, 0.03, "cooperation rate", "samenwerkingsgraad")


def comparison_of(a: Array, b: Array, outcome: Outcome | None = None) -> OutcomeComparison:
    return compare_outcome("x", a, b, Outcome() if outcome is None else outcome)


def around(centre: float, half: float, pairs: int = 100) -> tuple[Array, Array]:
    """Pairs whose mean difference is ``centre``, give or take ``half``."""
    from scipy.special import stdtrit

    wave = np.tile([1.0, -1.0], pairs // 2)
    scale = half / (stdtrit(pairs - 1, 0.975) * wave.std(ddof=1) / math.sqrt(pairs))
    luck = np.linspace(-3.0, 3.0, pairs)
    return 40.0 + luck, 40.0 + luck + centre + scale * wave


@pytest.mark.parametrize(
    ("centre", "half", "less_is_better", "more_is_better", "neither"),
    [
        (-2.0, 0.5, "better", "worse", "lower"),
        (2.0, 0.5, "worse", "better", "higher"),
        (0.3, 0.5, *["no difference that matters"] * 3),
        (0.5, 0.1, *["no difference that matters"] * 3),
        (1.2, 0.5, *["not known"] * 3),
        (0.0, 1.5, *["not known"] * 3),
    ],
)
def test_the_verdict_asks_where_the_whole_interval_lies(
    centre: float, half: float, less_is_better: str, more_is_better: str, neither: str
) -> None:
    for direction, verdict in ((-1, less_is_better), (1, more_is_better), (0, neither)):
        outcome = comparison_of(*around(centre, half), Outcome(direction=direction))
        assert (outcome.low, outcome.high) == pytest.approx((centre - half, centre + half))
        assert outcome.verdict == verdict


def test_a_0_1_outcome_that_never_changed_may_still_change_one_day() -> None:
    outcome = comparison_of(np.zeros(20), np.zeros(20))
    assert outcome.low < -0.05
    assert outcome.high > 0.05
    assert outcome.low >= -1.0


def test_identical_scenarios_do_not_differ() -> None:
    luck = np.random.default_rng(0).normal(0.0, 1.0, 50)
    outcome = comparison_of(luck, luck)
    assert (outcome.difference, outcome.low, outcome.high) == (0.0, 0.0, 0.0)
    assert outcome.verdict == "no difference that matters"
    assert (outcome.share_higher, outcome.tied) == (0.5, 50)
    assert math.isinf(outcome.variance_reduction)


def test_pairing_shows_what_independent_luck_would_hide() -> None:
    draw = np.random.default_rng(2)
    luck = draw.normal(0.0, 10.0, 100)
    noise = draw.normal(0.0, 1.0, 100)
    outcome = comparison_of(luck, luck - 3.0 + noise)
    assert outcome.verdict == "better"
    assert outcome.variance_reduction > 100.0
    assert comparison_of(luck, draw.permutation(luck) - 3.0 + noise).verdict == "not known"
    assert outcome.against_luck == pytest.approx(-0.3, abs=0.05)


def test_pairs_without_a_value_are_left_out_and_counted() -> None:
    a = np.array([1.0, np.nan, 3.0, 4.0, np.inf, 6.0])
    b = np.array([2.0, 2.0, np.nan, 5.0, np.nan, 7.0])
    outcome = comparison_of(a, b, Outcome(unit="days"))
    assert (outcome.pairs, outcome.replicates) == (3, 6)
    assert (outcome.missing_a, outcome.missing_b) == (2, 2)
    assert outcome.difference == 1.0
    text = sentence(outcome, Outcome(), "everyone", "ten")
    assert "Left out for want of a value: 3 of 6 pairs" in text


def test_without_any_pair_nothing_is_known() -> None:
    outcome = comparison_of(np.array([1.0, np.nan]), np.array([np.nan, 1.0]))
    assert outcome.verdict == "not known"
    assert math.isnan(outcome.difference)
    assert outcome.replicates_needed is None
    text = sentence(outcome, Outcome(), "everyone", "ten", "nl")
    assert "niet te vergelijken" in text
    assert text.endswith("Dus: niet bekend.")
    assert "nan" not in text


def test_what_no_run_of_a_scenario_has_does_not_apply() -> None:
    outcome = comparison_of(np.ones(4), np.full(4, np.nan))
    assert outcome.verdict == "does not apply"
    assert outcome.replicates_needed is None
    assert sentence(outcome, Outcome(), "ten", "everyone") == (
        'Days to help: does not apply, as no run with "everyone" has a value.'
    )
    assert sentence(outcome, Outcome(), "tien", "iedereen", "nl") == (
        'Dagen tot hulp: niet van toepassing, want geen simulatie met "iedereen" heeft een waarde.'
    )
    neither = comparison_of(np.full(4, np.nan), np.full(4, np.nan))
    assert 'no run with "ten" or "everyone"' in sentence(neither, Outcome(), "ten", "everyone")


def test_where_all_runs_failed_it_is_not_known_whether_an_outcome_applies() -> None:
    metrics = {"days": Outcome(), "rate": SHARE}
    ran, failed = (
        {name: np.ones(4) for name in metrics},
        {name: np.full(4, np.nan) for name in metrics},
    )
    found = compare(ran, failed, metrics).outcomes
    assert {outcome.verdict for outcome in found.values()} == {"not known"}
    some = compare(ran, failed | {"days": np.ones(4)}, metrics).outcomes
    assert some["rate"].verdict == "does not apply"


def test_one_replicate_has_no_interval_and_no_verdict() -> None:
    outcome = comparison_of(np.array([40.0]), np.array([10.0]))
    assert math.isnan(outcome.low)
    assert outcome.verdict == "not known"
    text = sentence(outcome, Outcome(), "everyone", "ten")
    assert "in a single pair of runs" in text
    assert "At least two pairs are needed" in text
    assert "nan" not in text


def test_two_replicates_have_a_wide_interval() -> None:
    outcome = comparison_of(np.array([40.0, 41.0]), np.array([38.0, 38.5]))
    assert outcome.low < -2.25 - 3.0
    assert outcome.verdict == "not known"
    assert outcome.replicates_needed is not None
    assert outcome.replicates_needed > 2


def test_where_luck_does_nothing_the_difference_against_it_is_infinite() -> None:
    outcome = comparison_of(np.full(10, 5.0), np.full(10, 3.0))
    assert outcome.against_luck == -math.inf
    assert outcome.verdict == "better"
    assert "Luck alone makes no difference here." in sentence(outcome, Outcome(), "A", "B")


def test_about_four_in_five_studies_of_the_announced_size_reach_a_verdict() -> None:
    first = comparison_of(*around(2.0, 1.3))
    assert first.verdict == "not known"
    assert first.replicates_needed is not None
    spread = math.sqrt(first.pairs) * 1.3 / 1.98
    draw = np.random.default_rng(4)
    verdicts = []
    for _ in range(300):
        gaps = draw.normal(2.0, spread, first.replicates_needed)
        verdicts.append(comparison_of(np.zeros(gaps.size), gaps).verdict)
    assert np.mean([verdict != "not known" for verdict in verdicts]) == pytest.approx(0.8, abs=0.07)


def test_ties_count_half_in_the_share_of_pairs() -> None:
    outcome = comparison_of(np.array([1.0, 1.0, 1.0, 1.0]), np.array([2.0, 1.0, 1.0, 0.5]))
    assert (outcome.higher, outcome.lower, outcome.tied) == (1, 1, 2)
    assert outcome.share_higher == 0.5


def test_the_same_runs_give_the_same_bits() -> None:
    draw = np.random.default_rng(5)
    a, b = draw.normal(size=40), draw.normal(size=40)
    assert comparison_of(a, b) == comparison_of(a.copy(), b.copy())


def test_runs_that_cannot_be_paired_are_refused() -> None:
    with pytest.raises(ValueError, match="same replicates in the same order"):
        comparison_of(np.zeros(3), np.zeros(4))
    with pytest.raises(ValueError, match="B has no outcome 'x'"):
        compare({"x": [1.0]}, {}, {"x": Outcome()})
    with pytest.raises(ValueError, match="must be >= 0"):
        comparison_of(np.zeros(3), np.zeros(3), Outcome(matters=-1.0))
    with pytest.raises(ValueError, match="must be >= 0"):
        comparison_of(np.zeros(3), np.zeros(3), Outcome(matters=math.nan))


def test_outcomes_are_compared_in_the_order_in_which_they_are_declared() -> None:
    runs = {"rate": np.linspace(0.5, 0.7, 10), "days": np.linspace(30.0, 50.0, 10)}
    metrics = {"days": Outcome(), "rate": SHARE, "absent": Outcome()}
    comparison = compare(runs, runs, metrics, a="everyone", b="ten")
    assert list(comparison.outcomes) == ["days", "rate"]
    assert (comparison.a, comparison.b, comparison.replicates) == ("everyone", "ten", 10)
    texts = sentences(comparison, metrics)
    assert list(texts) == ["days", "rate", ""]
    assert "Each of the 2 intervals holds for its own outcome" in texts[""]


def test_two_that_never_differ_are_said_to_be_no_test_of_what_sets_them_apart() -> None:
    runs = {"days": np.array([3.0, 5.0, 9.0]), "share": np.array([0.1, 0.2, 0.4])}
    apart = runs | {"share": np.array([0.1, 0.2, 0.5])}
    for other, never in ((runs, True), (apart, False)):
        metrics = {"days": Outcome(), "share": SHARE}
        comparison = compare(runs, other, metrics, a="fixed", b="rotating")
        text = sentences(comparison, metrics)[""]
        assert ('what sets "fixed" and "rotating" apart never came into play' in text) == never


def test_a_sentence_gives_units_then_luck_then_pairs_then_the_verdict() -> None:
    luck = np.linspace(30.0, 50.0, 100)
    wave = np.tile([0.1, -0.1], 50)
    outcome = comparison_of(luck, luck - 2.4 + wave)
    text = sentence(outcome, Outcome(), "everyone", "ten")
    assert text.startswith(
        'Days to help: in this model, under these assumptions, 2.4 days lower with "ten" '
        'than with "everyone" (37.6 against 40.0; 95% interval of the difference -2.4 to -2.4).'
    )
    places = [text.index(words) for words in ("2.4 days", "than with", "luck alone", "same luck")]
    assert places == sorted(places)
    assert "With the same luck it was lower in all 100 pairs." in text
    assert text.endswith("So: better.")


def test_dutch_sentences_have_dutch_words_and_commas() -> None:
    luck = np.linspace(0.5, 0.7, 100)
    wave = np.tile([0.01, -0.01], 50)
    outcome = comparison_of(luck, luck + 0.0123 + wave, SHARE)
    text = sentence(outcome, SHARE, "iedereen", "tien", "nl")
    assert text.startswith(
        "Samenwerkingsgraad: in dit model, onder deze aannamen, 1,2 procentpunt hoger met "
        '"tien" dan met "iedereen" (61,2% tegen 60,0%;'
    )
    assert "een vijfde van wat toeval alleen al doet" in text
    assert "Met hetzelfde toeval was het hoger in alle 100 paren." in text
    assert text.endswith("Dus: geen verschil dat ertoe doet (meer dan 3,0 procentpunt wel).")


def test_not_known_is_said_with_the_replicates_it_would_take() -> None:
    outcome = comparison_of(*around(1.4, 0.9))
    text = sentence(outcome, Outcome(), "A", "B")
    assert "So: higher, but whether by enough to matter (more than 1.0 days) is not known." in text
    assert "Roughly" in text
    assert outcome.replicates_needed is not None
    assert outcome.replicates_needed > 100


def test_a_difference_on_the_edge_of_what_matters_stays_unknown() -> None:
    text = sentence(comparison_of(*around(1.0, 0.5)), Outcome(), "A", "B")
    assert "lies on the edge of what matters" in text or "replicates would be needed" in text


@pytest.mark.parametrize(
    ("value", "decimals", "english", "dutch"),
    [
        (1234.5, 1, "1,234.5", "1.234,5"),
        (-0.5, 2, "-0.50", "-0,50"),
        (-0.004, 1, "0.0", "0,0"),
        (1e6, 0, "1,000,000", "1.000.000"),
        (math.nan, 1, "-", "-"),
        (math.inf, 1, "-", "-"),
    ],
)
def test_numbers_are_written_as_the_language_does(
    value: float, decimals: int, english: str, dutch: str
) -> None:
    assert number(value, "en", decimals) == english
    assert number(value, "nl", decimals) == dutch


def test_a_sign_is_shown_when_asked_but_never_on_nothing() -> None:
    assert number(0.25, "nl", 1, signed=True) == "+0,2"
    assert number(0.0, "en", 1, signed=True) == "0.0"


def test_luck_is_told_in_the_nearest_fraction() -> None:
    assert against_luck(0.19, "en") == "a fifth of"
    assert against_luck(-1.1, "nl") == "ongeveer evenveel als"
    assert against_luck(6.4, "en") == "6 times"
    assert [ratio for ratio, _, _ in LUCK] == sorted(ratio for ratio, _, _ in LUCK)


def test_digits_follow_from_what_matters() -> None:
    assert [decimals_for(step) for step in (0.02, 1.0, 3.0, 10.0, 500.0, 0.0)] == [3, 1, 1, 0, 0, 2]


def test_every_verdict_has_words_in_both_languages() -> None:
    assert set(VERDICTS) == set(Verdict.__value__.__args__)


def region(seats: list[int], ring: list[bool], hours: list[float]) -> dict[str, Array]:
    """Two runs of one municipality and three providers, 10 months long."""
    return {
        "replicate": np.repeat([0, 1], 4),
        "organisation": np.tile(["town", "a", "b", "c"], 2),
        "kind": np.tile(["municipality", "provider", "provider", "provider"], 2),
        "seat_months": np.tile([10, *seats], 2),
        "inner_ring": np.array([*ring, False, False, False, False]),
        "hours.board.table": np.tile(hours, 2) * np.repeat([1.0, 1.5], 4),
        "hours.practice.ask": np.tile(hours, 2),
        "hours.practice.care": np.full(8, 900.0),
    }


def test_who_pays_is_told_by_group_and_leaves_out_care() -> None:
    everyone = region([10, 10, 10], [True, True, False, False], [10.0, 20.0, 30.0, 40.0])
    ten = region([10, 0, 0], [True, True, False, False], [10.0, 20.0, 15.0, 5.0])
    paid = stakes_of({"everyone": everyone, "ten": ten}, months=10, stakes=["hours"])
    payments = {stake.group: stake for stake in paid}
    assert payments["municipalities"].values["everyone"].tolist() == [2.0, 2.5]
    assert payments["seated"].values["ten"].tolist() == [4.0, 5.0]
    assert payments["at_home"].values["ten"].tolist() == [2.0, 2.5]
    assert np.isnan(payments["at_home"].values["everyone"]).all()
    assert payments["at_home"].members == {"everyone": 0.0, "ten": 2.0}
    assert payments["municipalities"].differences["ten"].difference == 0.0
    assert payments["seated"].differences["ten"].difference == pytest.approx(-2.25)
    inner = payments["inner_ring"].values["ten"]
    assert inner[0] == 3.0
    assert np.isnan(inner[1])
    assert np.isnan(payments["outer_ring"].values["ten"][1])
    texts = who_pays_sentences(list(payments.values()), "nl")
    assert texts[3].startswith('Aanbieders zonder zetel: niemand met "everyone"; 2,2 uur per maand')


def test_a_run_without_months_or_a_table_without_hours_is_refused() -> None:
    table = region([1, 1, 1], [False] * 4, [1.0] * 4)
    with pytest.raises(ValueError, match="at least 1"):
        stakes_of({"a": table}, months=0)
    with pytest.raises(ValueError, match="no columns"):
        stakes_of({"a": {k: v for k, v in table.items() if not k.startswith("hours")}}, months=1)


def test_every_unit_of_an_outcome_or_path_has_dutch_words() -> None:
    units = {m.unit for m in METRICS.values()} | {path.unit for path in SERIES.values()}
    untold = {unit for unit in units if unit_words(unit, "nl") == unit and not is_percent(unit)}
    assert untold == set()


@pytest.mark.parametrize(
    ("a", "b", "declared", "english", "dutch"),
    [
        (0.7806, 0.7794, SHARE, "0.12 percentage points lower", "(77,94% tegen 78,06%;"),
        (345.46, 343.86, Outcome("hours a month", -1, 10.0), "1.6 hours a month", "343,9 tegen 345,5"),
        (40.0, 37.6, Outcome(), "2.4 days lower", "(37,6 tegen 40,0;"),
    ],
)  # fmt: skip
def test_a_difference_is_that_of_the_two_numbers_beside_it(
    a: float, b: float, declared: Outcome, english: str, dutch: str
) -> None:
    wave = np.tile([0.001, -0.001], 10)
    outcome = comparison_of(a + wave, b - wave, declared)
    assert english in sentence(outcome, declared, "A", "B")
    assert dutch in sentence(outcome, declared, "A", "B", "nl")


def test_a_difference_that_rounds_to_nothing_is_said_to_be_none() -> None:
    near = comparison_of(np.array([0.8640]), np.array([0.8638]), SHARE)
    assert "the same with" in sentence(near, SHARE, "A", "B")
    text = sentence(near, SHARE, "A", "B", "nl")
    assert 'gelijk met "B" en met "A" (86,4%), in één enkel paar simulaties.' in text
    assert "0,0 procentpunt" not in text


def test_hours_in_a_sentence_add_up() -> None:
    assert decimals_that_agree(1, [(2.0, 1.0, 1.0)]) == 1
    assert decimals_that_agree(1, [(2.0, 1.0, 1.0), (18.24, 18.36, -0.12)]) == 2
    # What no digits bring together keeps those that were asked for.
    assert decimals_that_agree(1, [(2.0, 1.0, 0.5)]) == 1
