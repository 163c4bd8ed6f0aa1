from typing import Any

import numpy as np
import pandas as pd
import pytest

from collabsim import CollaborationModel
from collabsim.events import Event, Reason
from collabsim.organisations import MANAGEMENT
from collabsim.parameters import Change
from collabsim.record import Spending
from conftest import small_scenario


def model(
    per_year: float, months: int = 24, seed: int = 0, **changes: dict[str, Any]
) -> CollaborationModel:
    incidents = {"per_year": per_year}
    made = CollaborationModel(small_scenario(incidents=incidents, **changes), seed=seed, trace=True)
    made.run_for(months)
    return made


def incidents_of(made: CollaborationModel) -> pd.DataFrame:
    events = made.events()
    return events[events["event"] == Event.INCIDENT]


def test_there_are_as_many_incidents_as_expected() -> None:
    number = 0
    for seed in range(4):
        happened = incidents_of(model(24.0, seed=seed))
        number += len(happened.groupby(["month", "case"]))
    expected = 24.0 * 2 * 4
    assert abs(number - expected) < 4.0 * np.sqrt(expected)


def test_every_incident_concerns_a_case_with_more_than_one_party() -> None:
    happened = incidents_of(model(24.0))
    assert (happened.groupby(["month", "case"]).size() >= 2).all()


def test_parties_spend_hours_of_managers_on_it_as_far_as_they_have_them() -> None:
    made = model(24.0)
    spent = made.world.record.spent.hours[:, :, Spending.ACCOUNTING]
    assert spent.sum() == pytest.approx(incidents_of(made)["value"].sum())
    assert spent.sum() == pytest.approx(spent[:, MANAGEMENT].sum(), rel=1e-12)
    assert (np.delete(spent, MANAGEMENT, axis=1) == 0.0).all()
    assert spent.sum() > 0.0
    assert (made.world.ledger.left >= -1e-9).all()


def test_who_distrusts_the_others_leaves_them_with_it_more_often() -> None:
    def open_share(trust: float) -> float:
        opened = []
        for seed in range(3):
            learning = {"start_integrity": trust, "gain_per_hour": 0.0, "loss_per_hour": 0.0}
            happened = incidents_of(model(48.0, seed=seed, learning=learning))
            opened += list(happened["reason"] == Reason.COOPERATED)
        return float(np.mean(opened))

    assert open_share(0.9) > open_share(0.2) + 0.1


def test_no_incident_happens_where_there_are_none() -> None:
    assert len(incidents_of(model(0.0))) == 0


def test_before_the_first_incident_nothing_differs() -> None:
    calm, tried = (
        CollaborationModel(small_scenario().model_copy(update={"timeline": t}), seed=0)
        for t in ((), (Change(month=12, set={"incidents.per_year": 48.0}),))
    )
    calm.run_for(12)
    tried.run_for(12)
    assert calm.outcomes() == pytest.approx(tried.outcomes(), abs=0.0, nan_ok=True)
    calm.run_for(12)
    tried.run_for(12)
    assert calm.outcomes() != pytest.approx(tried.outcomes(), abs=0.0, nan_ok=True)
