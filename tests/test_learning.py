"""What one expects of strangers follows what one went through with others, and nothing else."""

import numpy as np
from numpy.typing import NDArray

from collabsim.mechanisms.learning import after, everybody_learns
from collabsim.model import CollaborationModel
from collabsim.organisations import PRACTICE
from small_worlds import as_in_a_month, ran, small

HELPED, STRANGER = 0, 1


def after_one_hour(*, good: float, share: float) -> CollaborationModel:
    """A region without a past, in which one party had one hour with one other."""
    model = CollaborationModel(small(history_months=0, learning={"generalised_share": share}))
    tallies = model.world.tallies
    tallies.good[0, HELPED, PRACTICE] = good
    tallies.bad[0, HELPED, PRACTICE] = 1.0 - good
    model.world.dealings.touched[0, HELPED] = True
    as_in_a_month(everybody_learns)(model.world, 0)
    return model


def integrity(model: CollaborationModel) -> NDArray[np.float64]:
    return np.asarray(model.world.ties.integrity)


def test_who_was_helped_expects_a_little_more_of_strangers_and_most_of_the_helper() -> None:
    model = after_one_hour(good=1.0, share=0.02)
    start, gain = model.config.learning.start_integrity, model.config.learning.gain_per_hour
    assert start < integrity(model)[0, STRANGER] < integrity(model)[0, HELPED]
    expected = after(start, (1.0 - gain) ** 0.02, 1.0)
    np.testing.assert_allclose(integrity(model)[0, STRANGER], expected, rtol=1e-12)


def test_who_was_let_down_expects_less_of_strangers() -> None:
    model = after_one_hour(good=0.0, share=0.02)
    assert integrity(model)[0, STRANGER] < model.config.learning.start_integrity


def test_those_who_had_no_dealings_with_anybody_expect_what_they_expected() -> None:
    model = after_one_hour(good=0.0, share=1.0)
    assert (integrity(model)[1:] == model.config.learning.start_integrity).all()


def test_without_it_a_stranger_stays_as_trusted_as_at_the_start() -> None:
    model = after_one_hour(good=1.0, share=0.0)
    assert integrity(model)[0, STRANGER] == model.config.learning.start_integrity


def test_with_no_dealings_at_all_years_leave_trust_where_it_was() -> None:
    model = ran(small(casework={"contacts": False}, learning={"generalised_share": 1.0}))
    ties = model.world.ties
    known = ties.other >= 0
    assert (ties.integrity[known] == model.config.learning.start_integrity).all()
    assert (ties.competence[known] == model.config.learning.start_competence).all()
