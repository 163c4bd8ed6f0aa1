"""Hours: together no more than were given, care no more than was bought, and what comes first."""

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from collabsim import CollaborationModel
from collabsim.events import NOBODY_ELSE, Event, Reason, event_record
from collabsim.mechanisms.attention import hours_are_set
from collabsim.mechanisms.consulting import parties_consult
from collabsim.organisations import BOARD, MANAGEMENT, MUNICIPALITY, PRACTICE, PROVIDER
from collabsim.record import Count, Spending
from collabsim.world import World, copied
from conftest import WorldMaker, small_scenario
from small_worlds import as_in_a_month

REGION: dict[str, Any] = {"municipality_count": 3, "provider_count": 12}
ALIKE = {**REGION, "municipality_size_spread": 0.0, "provider_size_spread": 0.0}
#: More care than any house gives, so that one person does all in each of them; and less.
IN_ALL, IN_NONE = 1e6, 0.0


def ran(
    months: int, seed: int = 0, *, trace: bool = False, **groups: dict[str, Any]
) -> CollaborationModel:
    """A small region after so many months."""
    scenario = small_scenario(**{"region": REGION, **groups})
    model = CollaborationModel(scenario, seed=seed, trace=trace)
    model.run_for(months)
    return model


def rows_of(events: pd.DataFrame, event: Event, reason: int | None = None) -> pd.DataFrame:
    """The rows of an event, of one reason if that is given."""
    found = events[events["event"] == event]
    return found if reason is None else found[found["reason"] == reason]


# -- consultations -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def consulted() -> CollaborationModel:
    return ran(24, trace=True)


def circles(events: pd.DataFrame) -> pd.DataFrame:
    """By month and case: how many consulted, and how many of them put in full effort."""
    decided = rows_of(events, Event.DECIDED)
    decided = decided[(decided["whom"] == NOBODY_ELSE) & (decided["case"] != NOBODY_ELSE)]
    full = (decided["reason"] == Reason.COOPERATED).groupby([decided["month"], decided["case"]])
    return pd.DataFrame({"there": full.size(), "full": full.sum()})


def with_others(events: pd.DataFrame, *by: str) -> "pd.Series[float]":
    """Hours that a party spends with all others together in consultations."""
    met = rows_of(events, Event.ENCOUNTER, Reason.CONSULT)
    both = pd.concat([met, met.rename(columns={"who": "whom", "whom": "who"})])
    return both.groupby([*by, "who"])["value"].sum()


def test_who_consults_is_with_all_others_together_for_its_hours_and_theirs_at_most(
    consulted: CollaborationModel,
) -> None:
    events, hours = consulted.events(), consulted.config.attention.joint_case_hours
    found = (
        with_others(events, "month", "case")
        .reset_index()
        .merge(circles(events), on=["month", "case"])
    )
    found = found[found["there"] == found["full"]]
    assert found["there"].nunique() > 2
    most = 2.0 * hours * (found["there"] - 1) / found["there"]
    assert (found["value"] <= most + 1e-9).all()
    assert (found["value"] < 2.0 * hours).all()
    # Where all know each other it is as much as that.
    assert np.isclose(found["value"], most).any()


def test_nobody_is_with_others_for_twice_the_hours_that_it_consults(
    consulted: CollaborationModel,
) -> None:
    events = consulted.events()
    consulting = rows_of(events, Event.SPENT, Spending.CONSULT)
    spent = consulting.groupby(["month", "who"])["value"].sum()
    together = with_others(events, "month")
    assert len(together) > 100
    assert (together < 2.0 * spent[together.index]).all()


def test_two_of_whom_one_holds_back_are_together_for_as_long_as_both_are_there(
    consulted: CollaborationModel,
) -> None:
    events, config = consulted.events(), consulted.config
    pairs = circles(events).query("there == 2").reset_index()
    met = rows_of(events, Event.ENCOUNTER, Reason.CONSULT).merge(pairs, on=["month", "case"])
    hours, least = config.attention.joint_case_hours, config.cooperation.minimal_effort
    assert set(met["full"]) == {0, 1, 2}
    assert met["value"].to_numpy() == pytest.approx(
        np.where(met["full"] == 2, hours, least * hours)
    )


def test_who_holds_back_is_seen_doing_so_only_for_as_long_as_it_is_there() -> None:
    model = ran(24)
    world = copied(model.world)._replace(events=event_record(20_000))
    # All who have an open case sit together once more, and have the time.
    world.cases.to_consult[:] = True
    world.ledger.left[:] = world.ledger.paid[:, None] = 1000.0
    as_in_a_month(parties_consult)(world, model.month)
    lines = world.events.happenings
    hours = model.config.attention.joint_case_hours
    spent = (lines.event == Event.SPENT) & (lines.value < hours)
    there = np.bincount(lines.who[spent], lines.value[spent], len(world.ties.other))
    ties, bad = world.ties, world.tallies.bad[:, :, PRACTICE]
    assert (bad > 0.0).sum() > 10
    known = ties.other >= 0
    assert (bad[known] <= there[ties.other[known]] + 1e-9).all()


# -- care ----------------------------------------------------------------------------------------


def test_in_one_person_houses_practice_works_no_more_than_is_bought_of_it() -> None:
    region = {**REGION, "one_person_below_hours": IN_ALL}
    attention = {"provider_management_hours": 100.0, "provider_board_hours": 100.0}
    load = {"target_load": 1.5}
    model = ran(0, region=region, attention=attention, commissioning=load)
    houses = model.world.organisations.one_person
    assert houses.sum() == 12
    before, used = np.zeros(12), []
    for _ in range(36):
        model.step()
        work = model.world.record.spent.hours[houses, PRACTICE].sum(axis=1)
        used.append((work - before) / model.world.organisations.hours[houses, PRACTICE])
        before = work
    assert np.max(used) == pytest.approx(1.0)


def announced(below: float, seed: int) -> float:
    """Share of failing promises that is announced, in houses of one person ``below`` these hours."""
    region = {**REGION, "one_person_below_hours": below}
    model = ran(60, seed, region=region, commissioning={"target_load": 1.2})
    total = model.world.record.months.counts.sum(axis=0)
    return float(total[Count.ANNOUNCED] / (total[Count.ANNOUNCED] + total[Count.BROKEN]))


def test_one_person_houses_under_pressure_announce_failing_promises_like_others() -> None:
    ones, others = (np.mean([announced(n, s) for s in range(8)]) for n in (IN_ALL, IN_NONE))
    assert others > 0.3
    assert abs(ones - others) < 0.1


# -- hours of next month -------------------------------------------------------------------------


@pytest.mark.parametrize("per_year", [0.0, 48.0])
def test_calls_and_accounting_come_out_of_the_hours_of_next_month(per_year: float) -> None:
    region = {**REGION, "one_person_below_hours": IN_NONE}
    incidents = {"per_year": per_year, "accounting_hours": 6.0}
    load = {"target_load": 1.2}
    model = ran(0, region=region, incidents=incidents, commissioning=load)
    before, owing = np.zeros(len(Spending)), 0
    for _ in range(24):
        model.step()
        spent = model.world.record.spent.hours[:, MANAGEMENT].copy()
        of_next = (spent - before)[:, [Spending.ASK, Spending.ACCOUNTING]].sum(axis=1)
        before = spent
        world = copied(model.world)
        owed, hours = world.ledger.owed[:, MANAGEMENT].copy(), world.organisations.hours
        assert owed == pytest.approx(of_next, abs=1e-9)
        as_in_a_month(hours_are_set)(world)
        willing = world.organisations.energy / model.config.energy.all_hours_from
        left = np.minimum(1.0, willing) * (hours[:, MANAGEMENT] - owed)
        assert world.ledger.left[:, MANAGEMENT] == pytest.approx(left, abs=1e-9)
        assert (world.ledger.owed == 0.0).all()
        owing += int((owed > 0.0).sum())
    assert owing > 0


def test_what_a_month_cannot_pay_stays_owed() -> None:
    world = copied(ran(3).world)
    hours = world.organisations.hours[:, BOARD].copy()
    world.ledger.owed[:] = 0.0
    world.ledger.owed[:, BOARD] = 2.5 * hours
    own = world.organisations.pool[:, BOARD] == BOARD
    for months in (1.5, 0.5, 0.0):
        as_in_a_month(hours_are_set)(world)
        assert world.ledger.owed[own, BOARD] == pytest.approx(months * hours[own])
        assert ((world.ledger.left[own, BOARD] == 0.0) == (months > 0.0)).all()


@pytest.mark.parametrize("networking_share", [0.25, 1.0])
def test_every_party_of_an_incident_gives_all_the_hours_that_it_takes(
    networking_share: float,
) -> None:
    accounting, incidents = 1.0, {"per_year": 24.0, "accounting_hours": 1.0}
    attention = {"networking_share": networking_share}
    for seed in range(3):
        model = ran(36, seed, trace=True, incidents=incidents, attention=attention)
        assert model.world.organisations.hours[:, MANAGEMENT].min() > accounting
        given = rows_of(model.events(), Event.INCIDENT)["value"]
        assert len(given) > 50
        assert (given == accounting).all()


# -- houses --------------------------------------------------------------------------------------


def houses(world: World, kind: int, layer: int) -> NDArray[np.float64]:
    """Hours a month that a layer has in the organisations of a kind."""
    return np.asarray(world.organisations.hours[world.organisations.kind == kind, layer])


@pytest.mark.parametrize("layer", [MANAGEMENT, BOARD])
def test_the_same_residents_divided_over_more_providers_make_smaller_houses(
    world: WorldMaker, layer: int
) -> None:
    few, many = (
        houses(world(0, region={**REGION, "provider_count": count}), PROVIDER, layer)
        for count in (12, 24)
    )
    assert many[:12] == pytest.approx(few * math.sqrt(0.5))


@pytest.mark.parametrize("layer", [MANAGEMENT, BOARD])
def test_hours_of_a_region_grow_more_slowly_than_the_number_of_its_houses(
    world: WorldMaker, layer: int
) -> None:
    few, many = (
        houses(world(0, region={**ALIKE, "provider_count": count}), PROVIDER, layer)
        for count in (12, 24)
    )
    assert many.sum() == pytest.approx(few.sum() * math.sqrt(2.0))


@pytest.mark.parametrize("kind", [MUNICIPALITY, PROVIDER])
def test_a_region_twice_as_large_has_the_same_houses(world: WorldMaker, kind: int) -> None:
    double = {"municipality_count": 6, "provider_count": 24}
    one, two = (world(0, region={**ALIKE, **counts}) for counts in ({}, double))
    for layer in (MANAGEMENT, BOARD):
        hours = houses(one, kind, layer)
        assert houses(two, kind, layer) == pytest.approx(np.tile(hours, 2))
