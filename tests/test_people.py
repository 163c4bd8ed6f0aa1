"""People: who is new, and who has been there all along."""

from typing import Any

import numpy as np
import pytest

from collabsim import CollaborationModel
from collabsim.organisations import PRACTICE
from collabsim.record import Spending
from conftest import small_scenario
from small_worlds import ran, small

EVERYBODY_EACH_MONTH = {"practice": 1.0, "management": 1.0, "board": 1.0}


def habits(**people: Any) -> np.ndarray:  # noqa: ANN401 - any parameter of people
    """Contacts between the persons of practice, of all pairs, after two years."""
    model = ran(small(people=people, table={"delegation": "nobody"}))
    return model.world.bonds.contacts[:, :, PRACTICE, 0, 0]


@pytest.mark.parametrize("history_months", [0, 12])
def test_nobody_is_onboarded_where_nobody_ever_leaves(history_months: int) -> None:
    scenario = small_scenario(
        region={"municipality_count": 2, "provider_count": 8},
        people={"enabled": False},
    ).model_copy(update={"history_months": history_months})
    model = CollaborationModel(scenario, seed=0)
    model.run_for(3)
    assert model.hours()[:, Spending.ONBOARDING].sum() == 0.0


def test_habit_leaves_with_the_person() -> None:
    turnover = {"municipality": EVERYBODY_EACH_MONTH, "provider": EVERYBODY_EACH_MONTH}
    assert habits(enabled=False).max() > 10.0
    assert habits(turnover_per_year=turnover, handover=0.0).max() == 0.0


def test_a_second_contact_keeps_its_own_habit_when_it_steps_in() -> None:
    leave = {"practice": 0.5, "management": 0.0, "board": 0.0}
    people = {
        "turnover_per_year": {"municipality": leave, "provider": leave},
        "handover": 0.0,
        "stays_in_sector": 0.0,
    }
    alone = habits(**people)
    together = habits(**people, second_contacts=True, second_present=1.0)
    assert together.mean() > 1.25 * alone.mean()


def test_both_sides_count_the_same_contacts_between_two_persons() -> None:
    model = ran(small())
    ties, contacts = model.world.ties, model.world.bonds.contacts
    for i, k in np.argwhere(ties.other >= 0):
        j, b = ties.other[i, k], ties.back[i, k]
        assert (contacts[i, k] == contacts[j, b].swapaxes(1, 2)).all()
