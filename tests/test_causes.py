"""Which mechanism drives a difference: told where it can be told, and not known elsewhere."""

import numpy as np
import pytest

from collabsim.analysis.cause import MECHANISMS, cause_of, cause_sentences
from collabsim.analysis.comparison import compare_outcome
from collabsim.experiments.causes import (
    NOT_SWITCHED,
    causes_of,
    changed_groups,
    mechanisms,
    without,
)
from collabsim.history import prepare
from collabsim.metrics import METRICS
from collabsim.parameters import Scenario
from small_worlds import small


def gaps(mean: float, seed: int, pairs: int = 40) -> np.ndarray:
    return mean + np.random.default_rng(seed).normal(0.0, 1.0, pairs)


def test_a_mechanism_without_which_the_difference_goes_is_what_it_rests_on() -> None:
    on = gaps(5.0, 1)
    rests = cause_of("days_to_help", "B", "learning", on, gaps(0.0, 2))
    idle = cause_of("days_to_help", "B", "energy", on, on + gaps(0.0, 3) / 10)
    assert rests.rests
    assert rests.share == pytest.approx(1.0, abs=0.1)
    assert not idle.rests
    text = cause_sentences([idle, rests], "nl")[0]
    assert "rust het meest op leren van wat anderen doen" in text
    assert "energie" not in text


def test_what_makes_a_difference_larger_is_no_cause_of_it() -> None:
    on = gaps(5.0, 1)
    assert not cause_of("days_to_help", "B", "learning", on, on + 3.0).rests


def test_what_turns_a_difference_round_is_told_apart_from_what_it_rests_on() -> None:
    on = gaps(5.0, 1)
    turns = cause_of("days_to_help", "B", "cooperation", on, gaps(-20.0, 2))
    assert turns.turns
    assert not turns.rests
    text = cause_sentences([turns], "nl")[0]
    assert "niet bekend" in text
    assert "Zonder de keuze om samen te werken keert het om." in text


def test_where_there_is_no_difference_there_is_nothing_to_explain() -> None:
    nothing = cause_of("days_to_help", "B", "learning", gaps(0.0, 1), gaps(0.0, 2))
    assert not nothing.there
    assert "nothing to explain" in cause_sentences([nothing], "en")[0]


def test_what_a_few_pairs_have_and_all_pairs_have_not_is_not_explained() -> None:
    on = gaps(5.0, 1)
    rests = cause_of("days_to_help", "B", "learning", on, gaps(0.0, 2))
    asked = np.random.default_rng(3).normal(100.0, 9.0, 300)
    for gap, explained in ((0.0, False), (9.0, True)):
        luck = np.random.default_rng(4).normal(0.0, 9.0, 300)
        of_all = compare_outcome(
            "days_to_help", asked, asked + luck - luck.mean() + gap, METRICS["days_to_help"]
        )
        (text, *_) = cause_sentences([rests], "en", {("B", "days_to_help"): of_all})
        assert ("nothing to explain" not in text) is explained
        assert ("300 pairs" in text) is not explained


def test_where_noise_hides_it_it_is_not_known() -> None:
    hidden = cause_of("days_to_help", "B", "learning", gaps(0.6, 1), gaps(0.3, 9))
    assert hidden.there
    assert not hidden.rests
    assert "not known" in cause_sentences([hidden], "en")[0]
    undefined = cause_of("days_to_help", "B", "learning", gaps(5.0, 1), np.full(40, np.nan))
    assert undefined.pairs == 0
    assert not undefined.there


def test_mechanisms_that_scenarios_change_or_that_do_nothing_are_not_switched_off() -> None:
    a = small()
    b = small(people={"turnover_per_year": {"provider": {"practice": 0.9}}})
    tried = mechanisms(a, b)
    assert "people" not in tried
    assert "learning" in tried
    # There is no connector, so that it is switched off already.
    assert "connector" not in tried
    assert "connector" in mechanisms(*(small(connector={"who": "at_random"}) for _ in "ab"))
    assert not NOT_SWITCHED & set(tried)
    later = small(timeline=[{"month": 6, "set": {"learning.kept_gain": 0.0}}])
    assert "learning" not in mechanisms(a, later)
    assert not without(a, "energy").energy.enabled


def test_every_mechanism_that_can_be_switched_off_has_a_name_in_both_languages() -> None:
    switches = {
        name
        for name, field in Scenario.model_fields.items()
        if "enabled" in getattr(field.annotation, "model_fields", {})
    }
    assert switches - NOT_SWITCHED == set(MECHANISMS)
    assert all(english and dutch for english, dutch in MECHANISMS.values())


def test_differences_that_can_only_come_by_learning_rest_on_learning() -> None:
    # Whether a newcomer is known matters only where people come to know each other.
    a = small(name="A", months=12)
    b = small(
        name="B",
        months=12,
        people={"handover": 1.0, "turnover_per_year": {"provider": {"practice": 0.9}}},
    )
    found = causes_of(
        a,
        b,
        ["acquaintance"],
        seed=1,
        replicates=6,
        threads=1,
        among=lambda *_: ["learning", "energy"],
    )
    learning, energy = found
    assert (learning.mechanism, learning.pairs) == ("learning", 6)
    # Without learning nobody ever knows anybody, so there is no difference left at all.
    assert learning.share == pytest.approx(1.0)
    assert energy.pairs == 6
    assert prepare(without(a, "learning"), 1, 0).world.bonds.acquaintance.max() == 0.0


def test_what_timelines_change_alike_is_no_difference_between_scenarios() -> None:
    cut = {"month": 24, "set": {"commissioning.budget": 0.85}}
    one, other = (
        small(timeline=[{"month": 0, "set": {"people.handover": handover}}, cut], months=36)
        for handover in (0.2, 0.4)
    )
    assert changed_groups(one, other) == {"people", "timeline"}
