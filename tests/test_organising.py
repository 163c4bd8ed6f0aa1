from typing import Any

import numpy as np
import pytest

from collabsim import CollaborationModel
from collabsim.mechanisms.word import room_of
from collabsim.organisations import MANAGEMENT, PRACTICE
from collabsim.record import Spending
from conftest import small_scenario

TABLE = {"delegation": "everyone", "meets_every_months": 1}


def model(
    hours: float, months: int = 24, seed: int = 0, **changes: dict[str, Any]
) -> CollaborationModel:
    """A region whose managers give ``hours`` a month to a joint desk."""
    organising = {"hours_per_month": hours, **changes.pop("organising", {})}
    scenario = small_scenario(**{"table": TABLE, "organising": organising, **changes})
    made = CollaborationModel(scenario, seed=seed)
    made.run_for(months)
    return made


def distance_to_the_truth(made: CollaborationModel) -> float:
    """How far believed room is from real room, on average."""
    other, room = made.world.ties.other, made.world.ties.room
    known = other >= 0
    real = np.array([room_of(made.world, j) for j in range(len(other))])
    return float(np.abs(room - real[other])[known].mean())


def test_a_desk_costs_its_members_hours_of_managers() -> None:
    hours = model(2.0).world.record.spent.hours[:, :, Spending.ORGANISING]
    assert hours[:, MANAGEMENT].sum() > 0.0
    assert hours.sum() == hours[:, MANAGEMENT].sum()
    assert (np.isclose(hours[:, MANAGEMENT] % 2.0, 0.0)).all()


def test_a_desk_knows_who_has_room_and_an_hour_more_of_it_adds_ever_less() -> None:
    none, light, heavy, heavier = (distance_to_the_truth(model(h)) for h in (0.0, 1.0, 8.0, 16.0))
    assert none > light > heavy
    assert heavy - heavier < light - heavy


def test_pledges_reach_practice_sooner_through_a_desk() -> None:
    def told(hours: float) -> float:
        total, number = 0.0, 0
        for seed in range(3):
            made = model(hours, 0, seed, word={"inside_per_month": 0.1})
            for _ in range(24):
                made.step()
                seats = made.world.seats[0]
                total += seats.told[seats.pledger, PRACTICE].sum()
                number += int(seats.pledger.sum())
        return total / number

    assert told(8.0) > told(0.0)


def test_a_desk_of_those_with_a_seat_serves_no_others() -> None:
    made = model(2.0, table={"delegation": "random", "seats": 2}, organising={"members": "seated"})
    paid = made.world.record.spent.hours[:, MANAGEMENT, Spending.ORGANISING] > 0.0
    assert paid.any()
    assert not (paid & ~made.world.seats.seated[0]).any()


def test_without_hours_there_is_no_desk() -> None:
    none = model(0.0).outcomes()
    off = model(4.0, organising={"enabled": False}).outcomes()
    assert none == pytest.approx(off, abs=0.0, nan_ok=True)
