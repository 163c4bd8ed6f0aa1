"""What no month may create or destroy, in small worlds of every kind."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collabsim.cases import OPEN, PROMISED, UNSEEN, moved_to_new_memory, with_room
from collabsim.config import load_scenario
from collabsim.events import Event, Reason
from collabsim.history import prepare
from collabsim.model import CollaborationModel
from collabsim.organisations import (
    LAYERS,
    MANAGEMENT,
    MOST_FIELDS,
    MUNICIPALITY,
    PRACTICE,
    PROVIDER,
)
from collabsim.parameters import Scenario
from collabsim.record import Count, Level, Spending
from collabsim.tables import NO_END, NOBODY
from collabsim.ties import NOT_HEARD
from collabsim.world import DAYS_A_MONTH, World
from small_worlds import ran, small

#: Hours are sums of at most some thousands of numbers of this size; rounding stays far below.
ROUNDING = 1e-8
DELEGATIONS = ("nobody", "everyone", "self_selected", "selected", "random", "stratified")

share = st.floats(0.0, 1.0)
seldom = st.sampled_from([True, True, True, False])


@st.composite
def worlds(draw: st.DrawFn) -> Scenario:
    """Small worlds over the parameters that could break what must hold."""
    providers = draw(st.integers(3, 10))
    turnover = {layer: draw(share) for layer in ("practice", "management", "board")}
    groups: dict[str, Any] = {
        "seed": draw(st.integers(0, 2**63 - 1)),
        "months": draw(st.integers(1, 15)),
        "history_months": draw(st.integers(0, 14)),
        "region": {
            "municipality_count": draw(st.integers(1, 3)),
            "provider_count": providers,
            "known_others": draw(st.sampled_from([0, 0, 4])),
            "one_person_below_hours": draw(st.sampled_from([0.0, 40.0, 1e6])),
            "extra_field_chance": draw(share),
        },
        "people": {
            "enabled": draw(seldom),
            "second_contacts": draw(st.booleans()),
            "stays_in_sector": draw(share),
            "handover": draw(share),
            "mover_keeps": draw(share),
            "first_election_month": draw(st.integers(0, 6)),
            "turnover_per_year": {"municipality": turnover, "provider": turnover},
        },
        "attention": {
            "enabled": draw(seldom),
            "access_hours_per_case": draw(st.floats(0.0, 20.0)),
            "provider_board_hours": draw(st.floats(0.0, 30.0)),
            "provider_management_hours": draw(st.floats(0.0, 30.0)),
            "networking_share": draw(share),
            "onboarding_hours": draw(st.floats(0.0, 50.0)),
        },
        "choice": {"enabled": draw(seldom), "habit": draw(share)},
        "cooperation": {"enabled": draw(seldom), "decisiveness": draw(st.floats(0.0, 20.0))},
        "promises": {
            "enabled": draw(seldom),
            "serve_first": draw(st.sampled_from(["promises", "newest"])),
            "optimism": draw(share),
        },
        "casework": {
            "contacts": draw(seldom),
            "cases_per_1000_per_year": draw(st.floats(0.0, 6.0)),
            "fails_after_months": draw(st.integers(1, 12)),
            "days_per_ask": draw(st.floats(0.0, 60.0)),
            "contradiction_chance": draw(share),
        },
        "commissioning": {
            "enabled": draw(seldom),
            "renewed_share_per_year": draw(share),
            "track_record_weight": draw(st.floats(0.0, 20.0)),
            "target_load": draw(st.floats(0.5, 2.0)),
        },
        "learning": {
            "enabled": draw(seldom),
            **{
                rate: draw(share)
                for rate in (
                    "fades_per_month", "gain_per_hour", "loss_per_hour", "kept_gain", "late_loss",
                    "broken_loss", "ceiling_drop", "institution_share",
                )
            },
            "acquaintance_per_hour": draw(st.floats(0.0, 10.0)),
        },
        "word": {"enabled": draw(seldom), "reach": draw(share)},
        "table": {
            "delegation": draw(st.sampled_from(DELEGATIONS)),
            "seats": draw(st.integers(1, providers)),
            "meets_every_months": draw(st.integers(1, 6)),
            "first_meeting_month": draw(st.integers(0, 3)),
            "reporting_back": draw(st.booleans()),
            "quorum": draw(share),
            "agreement_needs": draw(st.floats(0.0, 1.0)),
            "rotation": {
                "share_per_year": draw(share),
                "staggered": draw(st.booleans()),
                "order": draw(st.sampled_from(["round_robin", "random", "selected"])),
            },
        },
    }  # fmt: skip
    return small(**groups)


def open_cases(world: World) -> np.ndarray:
    """Rows of the cases that are open."""
    return np.asarray(world.case_list.active[: world.case_count.open[0]])


def needs_in(world: World, state: int) -> np.ndarray:
    """[open cases, needs] which needs are in ``state``."""
    cases = world.cases[open_cases(world)]
    exists = np.arange(cases.state.shape[1]) < cases.needs[:, None]
    return np.asarray((cases.state == state) & exists)


def promises_open(world: World) -> int:
    """Promises that somebody was given, and that have not ended."""
    due = world.cases.due[open_cases(world)]
    return int((needs_in(world, PROMISED) & (due != NO_END)).sum())


@given(worlds())
def test_nobody_holds_two_posts_and_no_post_is_lost(scenario: Scenario) -> None:
    model = CollaborationModel(scenario)
    layers = model.world.posts.layer.copy()
    carried = np.sort(model.world.carriers.post, axis=2)
    for _ in range(scenario.months):
        model.step()
        posts, carriers = model.world.posts, model.world.carriers
        exists = posts.layer >= 0
        assert np.array_equal(posts.layer, layers)
        assert np.array_equal(np.sort(carriers.post, axis=2), carried)
        assert np.array_equal(posts.person != 0, exists)
        people = posts.person[exists]
        assert len(np.unique(people)) == len(people)
        assert (posts.since[exists] < model.month).all()


@pytest.mark.slow
@given(worlds())
def test_as_many_arrive_as_leave_and_who_stays_in_the_sector_takes_a_post_that_fell_vacant(
    scenario: Scenario,
) -> None:
    model = CollaborationModel(scenario, trace=True)
    before = model.world.posts.person.copy()
    for _ in range(scenario.months):
        model.step()
        after, events = model.world.posts.person, model.events()
        now = events[events["month"] == model.month - 1]
        left = now[now["event"] == Event.LEFT]
        came = now[now["event"] == Event.ARRIVED_AT_POST]
        vacancies = sorted(zip(left["who"], left["whom"], strict=True))
        assert vacancies == sorted(zip(came["who"], came["whom"], strict=True))
        assert len(vacancies) == len(set(vacancies))
        changed = np.argwhere(before != after)
        assert set(map(tuple, changed.tolist())) == set(vacancies)
        known = set(before.ravel().tolist())
        for who, post, reason in zip(came["who"], came["whom"], came["reason"], strict=True):
            assert (int(after[who, post]) in known) == (reason == Reason.FROM_SECTOR)
        before = after.copy()


@given(worlds())
def test_no_more_providers_sit_than_there_are_seats(scenario: Scenario) -> None:
    model = CollaborationModel(scenario)
    provider = model.world.organisations.kind == PROVIDER
    table = scenario.table
    allowed = {"nobody": 0, "everyone": int(provider.sum())}.get(table.delegation, table.seats)
    for _ in range(scenario.months):
        model.step()
        seats = model.world.seats[0]
        sitting = seats.seated & provider
        started = model.month > table.first_meeting_month
        if table.delegation == "self_selected":
            assert sitting.sum() in {0, *range(1, allowed + 1)}
        else:
            assert sitting.sum() == allowed * started
        assert seats.seated[~provider].all() == (started and table.delegation != "nobody")
        represented = seats.delegate != NOBODY
        assert (provider[represented] & ~seats.seated[represented]).all()
        assert sitting[seats.delegate[represented]].all()
        if sitting.any():
            assert represented[provider & ~seats.seated].all()


def willing_shares(model: CollaborationModel) -> np.ndarray:
    """[N, layers] share of its hours that each organisation gives with the energy that it has."""
    energy, o = model.config.energy.effective(), model.world.organisations
    willing = np.ones((len(model.ids), len(LAYERS)))
    if not energy.always_full:
        willing[:, MANAGEMENT:] = np.minimum(1.0, o.energy / energy.all_hours_from)[:, None]
    return willing


@given(worlds())
def test_nobody_spends_hours_that_it_does_not_have(scenario: Scenario) -> None:
    model = CollaborationModel(scenario)
    spent = model.world.record.spent.hours.copy()
    everybody = np.arange(len(model.ids))[:, None]
    owed = model.world.ledger.owed.copy()
    for _ in range(scenario.months):
        willing = willing_shares(model)
        model.step()
        world = model.world
        now = world.record.spent.hours - spent
        spent = world.record.spent.hours.copy()
        assert (now >= -ROUNDING).all()
        chosen = now[:, :, Spending.DELEGATION].copy()
        now[:, :, Spending.DELEGATION] = 0.0
        if scenario.attention.effective().unlimited:
            now[:, :, Spending.CARE + 1 :] = 0.0
        used, budget, total, early, late = np.zeros((5, *world.ledger.left.shape))
        hours, pool = world.organisations.hours, world.organisations.pool
        np.add.at(budget, (everybody, pool), willing * hours)
        np.add.at(total, (everybody, pool), hours)
        np.add.at(early, (everybody, pool), owed + chosen)
        np.add.at(late, (everybody, pool), world.ledger.owed)
        # What was spent before the month comes off its hours, and what they cannot pay stays owed.
        paid = np.minimum(early, total)
        budget *= 1.0 - np.divide(paid, total, out=np.zeros_like(paid), where=total > 0.0)
        # What is spent when the month is over comes out of the next.
        np.add.at(used, (everybody, pool), now.sum(axis=2))
        used -= late - (early - paid)
        assert (used <= budget + ROUNDING).all()
        assert np.allclose(world.ledger.left, budget - used, rtol=0.0, atol=ROUNDING)
        owed = world.ledger.owed.copy()
        assert (owed >= 0.0).all()


@given(worlds())
def test_a_promise_is_kept_announced_broken_lapsed_or_outstanding(scenario: Scenario) -> None:
    how_promises_ended(scenario)


def test_so_it_is_where_promises_end_in_every_way() -> None:
    ended = how_promises_ended(
        small(commissioning={"target_load": 2.0}, casework={"fails_after_months": 3})
    )
    assert (ended > 0).all()


def how_promises_ended(scenario: Scenario) -> np.ndarray:
    """How many were kept, announced, broken and lapsed, after checking that none is lost."""
    model = CollaborationModel(scenario, trace=True)
    before = promises_open(model.world)
    model.run_for(scenario.months)
    counts = model.world.record.months.counts.sum(axis=0)
    ended = counts[[Count.KEPT, Count.ANNOUNCED, Count.BROKEN, Count.LAPSED]]
    assert before + counts[Count.PROMISED] == ended.sum() + promises_open(model.world)
    events = model.events()
    noted = events[events["event"] == Event.PROMISE_ENDED]["reason"]
    reasons = (Reason.KEPT, Reason.ANNOUNCED, Reason.BROKEN, Reason.LAPSED)
    assert [int((noted == reason).sum()) for reason in reasons] == ended.tolist()
    assert int((events["event"] == Event.PROMISED).sum()) == counts[Count.PROMISED]
    return np.asarray(ended)


@given(worlds())
def test_a_pledge_is_honoured_broken_lapsed_or_outstanding(scenario: Scenario) -> None:
    model = CollaborationModel(scenario)
    for _ in range(scenario.months):
        model.step()
        counts = model.world.record.months.counts.sum(axis=0)
        seats = model.world.seats[0]
        kept, lapsed = counts[[Count.PLEDGES_HONOURED, Count.PLEDGES_LAPSED]]
        outstanding = int((seats.pledger & ~seats.refused).sum())
        assert counts[Count.PLEDGES] == kept + counts[Count.PLEDGES_BROKEN] + lapsed + outstanding


@given(worlds())
def test_a_resident_is_helped_fails_or_waits(scenario: Scenario) -> None:
    model = CollaborationModel(scenario)
    waiting = len(open_cases(model.world))
    for _ in range(scenario.months):
        model.step()
        month = model.world.record.months.counts[model.month - 1]
        waiting += month[Count.ARRIVED] - month[Count.HELPED] - month[Count.FAILED]
        assert waiting == len(open_cases(model.world)) == month[Count.OPEN_CASES]
        identities = model.world.cases.identity[open_cases(model.world)]
        assert len(np.unique(identities)) == waiting
        # Whoever takes a case brings some need to light, and a case without one is closed.
        seen = needs_in(model.world, OPEN) | needs_in(model.world, PROMISED)
        assert seen.any(axis=1).all()
        assert needs_in(model.world, UNSEEN).sum() >= 0


@given(worlds())
def test_the_queue_of_a_provider_is_what_it_took_on_and_did_not_give(scenario: Scenario) -> None:
    model = CollaborationModel(scenario)
    for _ in range(scenario.months):
        model.step()
        world = model.world
        rows, promised = open_cases(world), needs_in(world, PROMISED)
        queue = np.zeros(len(model.ids))
        np.add.at(queue, world.cases.provider[rows][promised], world.cases.hours[rows][promised])
        assert np.allclose(world.ledger.queue, queue, rtol=0.0, atol=1e-6)
        assert (world.cases.hours[rows][promised] > 0.0).all()
        at_work = world.organisations.kind[world.cases.provider[rows][promised]]
        assert (at_work == PROVIDER).all()


@given(worlds())
def test_trust_and_acquaintance_stay_between_none_and_all(scenario: Scenario) -> None:
    model = CollaborationModel(scenario)
    for _ in range(scenario.months):
        model.step()
        ties, bonds = model.world.ties, model.world.bonds
        levels = (
            ties.competence, ties.integrity, ties.ceiling, ties.dependence, ties.divergence,
            ties.room, bonds.acquaintance, bonds.competence, bonds.integrity,
        )  # fmt: skip
        for level in levels:
            assert ((level >= 0.0) & (level <= 1.0)).all()
        assert ((ties.wait_heard >= 0.0) | (ties.wait_heard == NOT_HEARD)).all()


@given(worlds())
def test_renewal_moves_contracts_within_a_field_and_loses_nothing(scenario: Scenario) -> None:
    model = CollaborationModel(scenario)
    world = model.world
    bought = volumes(world)
    for _ in range(scenario.months):
        model.step()
        assert np.allclose(volumes(model.world), bought, rtol=1e-9, atol=0.0)
        assert (model.world.ties.contract >= 0.0).all()
        o = model.world.organisations
        sold = o.hours[o.kind == PROVIDER, PRACTICE].sum()
        assert sold == pytest.approx(bought.sum(), rel=1e-9)


def volumes(world: World) -> np.ndarray:
    """[N, fields] care hours that a municipality buys of providers in each field."""
    ties, o = world.ties, world.organisations
    bought = np.zeros((len(o.kind), MOST_FIELDS))
    m, k = np.nonzero(ties.contract)
    assert (o.kind[m] == MUNICIPALITY).all()
    np.add.at(bought, (m, o.domain[ties.other[m, k]]), ties.contract[m, k])
    return bought


def little_disagrees_by(model: CollaborationModel) -> float:
    """How far case days by month differ from the residents' own times, as a share."""
    levels = model.world.record.months.levels[: model.month]
    rows, end = open_cases(model.world), model.month * DAYS_A_MONTH
    waiting = end - np.maximum(0.0, model.world.cases.arrived[rows])
    own = levels[:, Level.CLOSED_CASE_DAYS].sum() + waiting.sum()
    counted = levels[:, Level.CASE_DAYS].sum()
    return float(abs(counted - own) / max(1.0, own))


@given(worlds())
@settings(max_examples=100)
def test_littles_law_holds_in_every_small_world(scenario: Scenario) -> None:
    assert little_disagrees_by(ran(scenario, seed=scenario.seed)) < 1e-9


@pytest.mark.parametrize("delegation", ["rotating", "fixed", "everyone", "self-selected", "nobody"])
@pytest.mark.slow
def test_littles_law_holds_in_every_run_of_the_region(
    delegation: str, pytestconfig: pytest.Config
) -> None:
    scenarios = pytestconfig.rootpath / "configs" / "scenarios"
    scenario = load_scenario(scenarios / f"region-004-{delegation}.yaml")
    for replicate in range(3):
        start = prepare(scenario, 1, replicate)
        model = CollaborationModel(scenario, seed=1, replicate=replicate, start=start)
        model.run_for(scenario.months)
        assert little_disagrees_by(model) < 1e-9


def test_littles_law_is_about_the_residents_themselves() -> None:
    model = ran(small(months=30), trace=True)
    events = model.events()
    came = events[events["event"].isin([Event.CASE, Event.CASE_OPEN])].set_index("case")["value"]
    left = events[events["event"] == Event.CASE_CLOSED].set_index("case")["value"]
    end = model.month * DAYS_A_MONTH
    stayed = left.reindex(came.index).fillna(end) - came.clip(lower=0.0)
    counted = model.world.record.months.levels[:, Level.CASE_DAYS].sum()
    assert counted == pytest.approx(stayed.sum(), rel=1e-9)
    assert (stayed >= 0.0).all()
    # As many residents on average as arrive a day, times the days that each stays.
    number = counted / end
    assert number == pytest.approx(len(stayed) / end * stayed.mean(), rel=1e-9)


def test_open_cases_stay_what_they_are_when_closed_ones_make_room() -> None:
    world = ran(small()).world
    before, used = world.cases[open_cases(world)], int(world.case_count.used[0])
    assert 0 < len(before) < used
    apart = moved_to_new_memory(world.cases, world.case_list, world.case_count, 7)
    assert apart[0].shape == (len(before) + 7,)
    again = with_room(world.cases, world.case_list, world.case_count, used - len(before))
    assert again[0] is world.cases, "there was room, so nothing new was needed"
    for cases, active, count in (apart, again):
        assert count.open[0] == count.used[0] == len(before)
        assert (cases[active.active[: len(before)]] == before).all()
        # Whoever comes next finds an empty row.
        assert not np.asarray(cases[len(before) : used]).view(np.uint8).any()
