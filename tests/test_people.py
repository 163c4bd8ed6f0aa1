"""People: who is new, and who has been there all along."""

import pytest

from collabsim import CollaborationModel
from collabsim.record import Spending
from conftest import small_scenario


@pytest.mark.parametrize("history_months", [0, 12])
def test_nobody_is_onboarded_where_nobody_ever_leaves(history_months: int) -> None:
    scenario = small_scenario(
        region={"municipality_count": 2, "provider_count": 8},
        people={"enabled": False},
    ).model_copy(update={"history_months": history_months})
    model = CollaborationModel(scenario, seed=0)
    model.run_for(3)
    assert model.hours()[:, Spending.ONBOARDING].sum() == 0.0
