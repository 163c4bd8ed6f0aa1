"""Energy and grievance: what moves them, what they do, and that nothing else does."""

from collections.abc import Mapping

import numpy as np
import pytest

from collabsim.events import Event, Reason
from collabsim.mechanisms.airing import airs
from collabsim.model import CollaborationModel
from collabsim.organisations import MANAGEMENT
from collabsim.parameters import Scenario
from collabsim.record import Count, Spending
from small_worlds import differences, merged, ran, small, state

BUSY: Mapping[str, object] = {"commissioning": {"target_load": 1.3}}


def world(*also: Mapping[str, object]) -> Scenario:
    """The small world under pressure, changed."""
    whole = dict(BUSY)
    for changes in also:
        whole = merged(whole, changes)
    return small(**whole)


def energy(model: CollaborationModel) -> np.ndarray:
    """[N] energy now."""
    return np.asarray(model.world.organisations.energy)


# -- energy --------------------------------------------------------------------------------------


def test_energy_drifts_back_to_the_usual_when_nothing_stirs_it() -> None:
    still = {"from_success": 0.0, "from_futile_work": 0.0, "from_reproach": 0.0, "drifts_back": 0.5}
    model = ran(world({"energy": still}))
    assert np.allclose(energy(model), 0.6)


def test_success_gives_energy_and_futile_work_takes_it_with_the_signs_as_set() -> None:
    signs = [
        {"from_success": 0.1, "from_futile_work": 0.0},
        {"from_success": 0.0, "from_futile_work": -0.1},
        {"from_success": -0.1, "from_futile_work": 0.0},
    ]
    gained, drained, turned = (
        float(energy(ran(world({"energy": sign | {"from_reproach": 0.0}}))).mean())
        for sign in signs
    )
    assert drained < 0.6 < gained
    assert turned < 0.6


def test_energy_stays_between_empty_and_full() -> None:
    for rate in (-1.0, 1.0):
        level = energy(ran(world({"energy": {"from_success": rate, "from_futile_work": rate}})))
        assert ((level >= 0.0) & (level <= 1.0)).all()


def test_a_party_without_energy_invites_nobody_and_pledges_nothing() -> None:
    flat = {"usual": 0.1, "starts_from": 0.3, "from_success": 0.0, "from_told_success": 0.0}
    model = ran(world({"energy": flat}), trace=True)
    events = model.events()
    met = events[events["event"] == Event.ENCOUNTER]["reason"]
    assert not met.isin([Reason.MANAGERS_MEET, Reason.BOARDS_MEET]).any()
    assert model.world.record.months.counts[:, Count.PLEDGES].sum() == 0


def test_below_what_it_takes_for_all_hours_managers_give_a_share_of_them() -> None:
    given = []
    for usual in (0.2, 0.6):
        still = {"usual": usual, "starts_from": 0.0, "from_success": 0.0, "from_futile_work": 0.0}
        hours = ran(
            world({"energy": still, "table": {"delegation": "nobody"}})
        ).world.record.spent.hours
        given.append(float(hours[:, MANAGEMENT, Spending.ONE_TO_ONE].sum()))
    assert given[0] < given[1]


def test_telling_what_works_gives_energy_in_the_month_of_the_session() -> None:
    session = {"invited": "everyone", "first_month": 3, "layer": "management", "hours": 1.0}
    levels = []
    for told in (False, True):
        model = CollaborationModel(world({"sessions": session | {"tells_successes": told}}))
        model.run_for(3)
        before = energy(model).copy()
        model.step()
        levels.append((before, energy(model).copy()))
    assert (levels[0][0] == levels[1][0]).all()
    assert levels[1][1].mean() > levels[0][1].mean()


def test_switched_off_every_party_gives_all_its_hours() -> None:
    off = ran(world({"energy": {"enabled": False}}))
    spent = ran(world({"energy": {"usual": 1.0, "from_futile_work": 0.0, "from_reproach": 0.0}}))
    moved = differences(state(off), state(spent))
    assert not [name for name in moved if not name.startswith(("organisations", "record.months"))]


# -- grievance -----------------------------------------------------------------------------------


def test_grievance_follows_what_was_held_back_and_broken_and_nothing_else() -> None:
    off = {"enabled": False}
    good = ran(small(cooperation=off, promises=off, attention=off))
    assert good.world.ties.grievance.max() == 0.0
    assert ran(world()).world.ties.grievance.max() > 0.0


def test_nothing_but_airing_makes_a_grievance_smaller_whoever_leaves() -> None:
    model = CollaborationModel(world({"learning": {"aired_share": 0.0}}))
    before = model.world.ties.grievance.copy()
    for _ in range(12):
        model.step()
        assert (model.world.ties.grievance >= before).all()
        before = model.world.ties.grievance.copy()


def test_a_grievance_weighs_only_when_it_counts() -> None:
    kept, light = (
        ran(world({"cooperation": {"grievance_weight": weight}})) for weight in (0.0, 3.0)
    )
    rates = [model.outcomes()["cooperation_rate"] for model in (kept, light)]
    assert rates[1] < rates[0]


@pytest.mark.slow
def test_a_grievance_is_heard_out_as_often_as_the_hearer_trusts_and_else_answered_with_reproach() -> (
    None
):
    model = ran(world())
    ties, bonds, tallies = model.world.ties, model.world.bonds, model.world.tallies
    ties.grievance[0, 0], tallies.aired[:] = 0.5, False
    heard = []
    for trust in (0.2, 0.8):
        ties.integrity[:], bonds.integrity[:] = trust, trust
        times = 0
        for month in range(400):
            tallies.aired[0, 0] = False
            with np.errstate(over="ignore"):
                airs(model.world, month, 0, 0, MANAGEMENT, 1.0, 0.0)
            times += bool(tallies.aired[0, 0])
        heard.append(times / 400)
    assert np.allclose(heard, (0.2, 0.8), atol=4 * 0.02)
    assert tallies.bad[ties.other[0, 0], ties.back[0, 0], MANAGEMENT] > 0.0


def test_somebody_who_is_trusted_by_both_gets_a_grievance_heard_out() -> None:
    model = ran(world({"learning": {"start_integrity": 0.2}, "history_months": 0, "months": 1}))
    model.world.ties.grievance[0, 0] = 0.5
    with np.errstate(over="ignore"):
        airs(model.world, 0, 0, 0, MANAGEMENT, 1.0, 1.0)
    assert model.world.tallies.aired[0, 0]


# -- steps ---------------------------------------------------------------------------------------


def test_with_own_steps_each_pledges_in_its_own_field() -> None:
    model = ran(small(table={"own_steps": True}), trace=True)
    events = model.events()
    pledged = events[events["event"] == Event.PLEDGED]
    assert len(pledged) > 0
    domain = model.world.organisations.domain
    assert (pledged["whom"].to_numpy() == domain[pledged["who"].to_numpy()]).all()


def test_small_steps_are_smaller_pledges() -> None:
    means = []
    for size in (0.1, 1.0):
        events = ran(small(table={"step_size": size}), trace=True).events()
        means.append(events[events["event"] == Event.PLEDGED]["value"].mean())
    assert means[0] < 0.5 * means[1]
