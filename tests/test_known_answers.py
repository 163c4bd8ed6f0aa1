"""Known answers: with all else switched off, each mechanism contains a model that was solved."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import ArrayLike, NDArray
from ruamel.yaml import YAML

from closed_forms import (
    backlog,
    backlog_served_first,
    both_stay,
    draws_until_all,
    half_life,
    learn_after_reset,
    learn_or_reset,
    learn_or_reset_with_one_side,
    meetings_with_replacement,
    seat_memory,
    seat_memory_with_return,
    seats_of_subgroup,
    two_rate_mean,
    two_rate_variance,
)
from collabsim import CollaborationModel
from collabsim.delegation import STRATEGIES, next_delegation
from collabsim.events import Event
from collabsim.history import prepare
from collabsim.mechanisms.learning import everybody_learns, falls, rises, the_month_is_forgotten
from collabsim.mechanisms.turnover import people_leave_and_arrive
from collabsim.organisations import LAYERS, MUNICIPALITY, PROVIDER
from collabsim.parameters.tables import Table
from collabsim.record import Level, empty_record
from collabsim.stretches import pass_months
from collabsim.tables import NEVER
from collabsim.world import DAYS_A_MONTH, World
from conftest import CandidatesMaker, WorldMaker, small_scenario
from small_worlds import as_in_a_month

type Array = NDArray[np.float64]
TARGETS: dict[str, Any] = YAML(typ="safe").load(
    Path(__file__).parent / "known_answers" / "targets.yaml"
)
#: Months before month 0 are not recorded, so tests of parts of a month happen there.
BEFORE = -2000


def holds(draws: ArrayLike, target: float, *twins: float) -> None:
    """Hold the mean of independent ``draws`` to ``target``, and see that no twin would pass."""
    values = np.asarray(draws, dtype=float).ravel()
    mean, error = values.mean(), values.std(ddof=1) / math.sqrt(len(values))
    print(f"estimate {mean:.6f}, s.e. {error:.6f}, target {target:.6f}, twins {twins}")  # noqa: T201
    assert abs(mean - target) <= 4.0 * error
    for twin in twins:
        assert abs(twin - target) >= 8.0 * error
        assert abs(mean - twin) > 4.0 * error


def squares(draws: ArrayLike, mean: float) -> Array:
    """Squared distances from a known mean: their mean is the variance."""
    return np.asarray((np.asarray(draws, dtype=float) - mean) ** 2)


def test_the_printed_targets_follow_from_the_closed_forms() -> None:
    d12, d13, d15 = (TARGETS[name]["target"] for name in ("D12", "D13", "D15"))
    d4, d6, d7, d14 = (TARGETS[name]["target"] for name in ("D4", "D6", "D7", "D14"))
    twins = {name: entry["twin"] for name, entry in TARGETS.items()}
    second_on_one_side = math.sqrt(both_stay(0.1, 4) * both_stay(0.1, 4, contacts=2))
    derived = [
        (two_rate_mean(0.8, 0.05, 0.2), d4["mean"]),
        (two_rate_variance(0.8, 0.05, 0.2), d4["variance"]),
        (two_rate_mean(0.8, 0.1, 0.1), twins["D4"]["same rate both ways"]["mean"]),
        (two_rate_mean(0.8, 0.2, 0.05), twins["D4"]["rates exchanged"]["mean"]),
        (both_stay(0.1, 4), d6["one contact"]),
        (both_stay(0.1, 4, contacts=2), d6["two contacts"]),
        (half_life(0.1), d6["half-life"]),
        (0.9**4, twins["D6"]["only one side can leave"]["one contact"]),
        (0.8**4, twins["D6"]["chances added instead of multiplied"]["one contact"]),
        (second_on_one_side, twins["D6"]["second contacts on one side only"]["two contacts"]),
        (learn_or_reset(0.1, 0.05)[0], d7["mean"]),
        (learn_or_reset(0.1, 0.05)[1], d7["deviation"]),
        (learn_or_reset_with_one_side(0.1, 0.05), twins["D7"]["one side leaves"]["mean"]),
        (learn_after_reset(0.1, 0.05), twins["D7"]["the newcomer learns at once"]["mean"]),
        (seats_of_subgroup(50, 10, 8)[0], d12["mean"]),
        (seats_of_subgroup(50, 10, 8)[1], d12["variance"]),
        (seats_of_subgroup(50, 10, 8)[2], d12["no seat"]),
        (10 * 0.16 * 0.84, twins["D12"]["each seat drawn on its own"]["variance"]),
        (draws_until_all(50, 10, 50), d13["fresh"]),
        (draws_until_all(40, 3, 40), d13["by lot"]),
        (math.ceil(40 / 3), d13["round robin"]),
        (
            meetings_with_replacement(50, 10),
            twins["D13"]["seats drawn one by one with replacement"]["fresh"],
        ),
        (draws_until_all(40, 3, 50), twins["D13"]["newcomers drawn from all fifty"]["by lot"]),
        (backlog(0.8), d15["mean"]),
        (backlog_served_first(0.8), twins["D15"]["served before arrival"]["mean"]),
    ]
    for lag in (1, 2, 3):
        twin = twins["D14"]["who just left can be drawn again"]
        derived.append((seat_memory(50, 10, 3, lag), d14[f"lag {lag}"]))
        derived.append((seat_memory_with_return(50, 10, 3, lag), twin[f"lag {lag}"]))
    for answer, printed in derived:
        digits = len(str(printed).partition(".")[2])
        assert answer == pytest.approx(printed, abs=max(0.51 * 10.0**-digits, 1e-9))


# -- D4: trust -------------------------------------------------------------------------------------


@given(level=st.floats(0.0, 1.0), rate=st.floats(0.0, 1.0), times=st.integers(0, 30))
def test_to_rise_or_fall_many_times_is_to_do_it_once_as_often(
    level: float, rate: float, times: int
) -> None:
    up, down = level, level
    for _ in range(times):
        up, down = up + rate * (1.0 - up), down * (1.0 - rate)
    assert rises(level, rate, float(times)) == pytest.approx(up, abs=1e-9)
    assert falls(level, rate, float(times)) == pytest.approx(down, abs=1e-9)


RATES = {
    "promises": ("kept_gain", "broken_loss", "kept", "broken", "integrity"),
    "hours": ("gain_per_hour", "loss_per_hour", "good", "bad", "integrity"),
    "dates": ("kept_gain", "late_loss", "kept", "late", "competence"),
}


def trust_after(
    world: WorldMaker, seed: int, route: str, point: tuple[float, float, float], months: int
) -> Array:
    """Trust of houses in each other after ``months`` of keeping and failing, one for each tie."""
    good, gain, loss = point
    rise, fall, kept, failed, trust = RATES[route]
    learning = {"start_integrity": 0.5, "start_competence": 0.5, "ceiling_drop": 0.0}
    w = world(
        seed,
        region={"provider_count": 50, "municipality_count": 9},
        learning={**learning, "institution_share": 1.0, rise: gain, fall: loss},
    )
    draw, shape = np.random.default_rng(seed), w.ties.other.shape
    for month in range(months):
        well = draw.random(shape) < good
        w.dealings.touched[:] = True
        if route == "hours":
            w.tallies.good[..., 0], w.tallies.bad[..., 0] = well, ~well
            w.tallies.together[..., 0] = 1.0
        else:
            w.tallies[kept][:], w.tallies[failed][:] = well, ~well
        as_in_a_month(everybody_learns)(w, BEFORE + month)
        as_in_a_month(the_month_is_forgotten)(w)
    of_house = getattr(w.ties, trust)
    of_persons = getattr(w.bonds, trust)[:, :, 0, 0, 0]
    np.testing.assert_allclose(of_persons, of_house, atol=1e-12)
    return np.asarray(of_house)


@pytest.mark.slow
@pytest.mark.parametrize("route", RATES)
@pytest.mark.parametrize(
    "point", [(0.8, 0.05, 0.20), (0.6, 0.10, 0.05), (0.95, 0.02, 0.30)], ids=str
)
def test_trust_settles_where_gains_and_losses_balance(
    world: WorldMaker, route: str, point: tuple[float, float, float]
) -> None:
    good, gain, loss = point
    trust = trust_after(world, 4, route, point, 250)
    same, exchanged = good, two_rate_mean(good, loss, gain)
    holds(trust, two_rate_mean(*point), same, exchanged)
    holds(squares(trust, two_rate_mean(*point)), two_rate_variance(*point))


# -- D6, D7: people --------------------------------------------------------------------------------


def pairs_of(world: World) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Row and slot of ties that share no organisation, so that their fates are independent."""
    free = np.ones(len(world.ties.other), dtype=np.bool_)
    rows, slots = [], []
    for i, others in enumerate(world.ties.other):
        for k, j in enumerate(others):
            if j >= 0 and free[i] and free[j]:
                free[[i, j]] = False
                rows.append(i)
                slots.append(k)
    return np.array(rows), np.array(slots)


def where_people_only_leave(
    world: WorldMaker,
    seed: int,
    leaving: float,
    learning: dict[str, float],
    *,
    second: bool = False,
) -> World:
    """Many parties with few ties, which people leave with a chance of ``leaving`` a month."""
    a_year = 1.0 - (1.0 - leaving) ** 12
    layers = dict.fromkeys(LAYERS, a_year)
    return world(
        seed,
        region={
            "provider_count": 200,
            "municipality_count": 100,
            "known_others": 2,
            "one_person_below_hours": 0.0,
        },
        people={
            "turnover_per_year": {"provider": layers, "municipality": layers},
            "election_replaces": 0.0,
            "stays_in_sector": 0.0,
            "handover": 0.0,
            "second_contacts": second,
        },
        learning=learning,
    )


def who_are_still_there(
    world: WorldMaker, seed: int, leaving: float, months: int, windows: int, *, second: bool = False
) -> Array:
    """[windows, months, pairs and layers] whether both sides still have somebody who was there."""
    w = where_people_only_leave(world, seed, leaving, {}, second=second)
    rows, slots = pairs_of(w)
    known = w.bonds.acquaintance
    still = np.empty((windows, months, len(rows) * len(LAYERS)))
    for window in range(windows):
        known[:] = 1.0
        for month in range(months):
            as_in_a_month(people_leave_and_arrive)(w, BEFORE + window * months + month)
            pair = known[rows, slots]
            still[window, month] = pair[:, :, 0, 0].ravel()
            np.testing.assert_array_equal(pair.max(axis=(2, 3)), pair[:, :, 0, 0])
    assert set(np.unique(still)) <= {0.0, 1.0}
    return still


@pytest.mark.slow
def test_a_pair_keeps_both_contacts_as_long_as_neither_leaves(world: WorldMaker) -> None:
    targets, twins = TARGETS["D6"]["target"], TARGETS["D6"]["twin"]
    still = who_are_still_there(world, 6, 0.10, 4, 160)
    holds(
        still[:, 3], targets["one contact"], *(t["one contact"] for t in list(twins.values())[:2])
    )
    share = still.mean(axis=2)
    lives = 3.0 + np.log(share[:, 2] / 0.5) / np.log(share[:, 2] / share[:, 3])
    holds(lives, targets["half-life"], 2.0 * half_life(0.1), math.log(0.5) / math.log(0.8))


def test_second_contacts_on_both_sides_keep_a_pair_together(world: WorldMaker) -> None:
    still = who_are_still_there(world, 6, 0.10, 4, 20, second=True)[:, 3]
    twin = TARGETS["D6"]["twin"]["second contacts on one side only"]["two contacts"]
    holds(still, TARGETS["D6"]["target"]["two contacts"], twin, both_stay(0.1, 4))


@pytest.mark.parametrize(("leaving", "months"), [(0.02, 12), (0.25, 2), (0.5, 1)])
@pytest.mark.parametrize("contacts", [1, 2])
def test_pairs_stay_together_as_long_as_the_formula_says_at_other_rates(
    world: WorldMaker, leaving: float, months: int, contacts: int
) -> None:
    still = who_are_still_there(world, 66, leaving, months, 8, second=contacts == 2)
    for month in range(months):
        holds(still[:, month], both_stay(leaving, month + 1, contacts))


def what_pairs_know(
    world: WorldMaker, seed: int, learning: float, leaving: float
) -> tuple[Array, Array]:
    """[moments, pairs and layers] acquaintance and personal trust at the ends of some months.

    The moments lie so far apart that nothing of one is left at the next.
    """
    nothing = {"start_integrity": 0.0, "start_competence": 0.0, "institution_share": 0.0}
    rates = {"gain_per_hour": learning, "acquaintance_per_hour": -math.log(1.0 - learning)}
    w = where_people_only_leave(world, seed, leaving, {**nothing, **rates})
    rows, slots = pairs_of(w)
    known: list[Array] = []
    trusted: list[Array] = []
    for month in range(1, 801):
        as_in_a_month(people_leave_and_arrive)(w, BEFORE + month)
        w.dealings.touched[:] = w.ties.other >= 0
        w.tallies.together[:], w.tallies.good[:] = 1.0, 1.0
        as_in_a_month(everybody_learns)(w, BEFORE + month)
        as_in_a_month(the_month_is_forgotten)(w)
        if month % 50 == 0:
            known.append(w.bonds.acquaintance[rows, slots, :, 0, 0].ravel())
            trusted.append(w.bonds.integrity[rows, slots, :, 0, 0].ravel())
    return np.array(known), np.array(trusted)


@pytest.mark.parametrize(
    ("learning", "leaving"),
    [(0.1, 0.05), (0.3, 0.02), (0.05, 0.2)],
    ids=["printed", "fast", "slow"],
)
def test_what_a_pair_knows_grows_until_somebody_leaves(
    world: WorldMaker, learning: float, leaving: float
) -> None:
    mean, deviation = learn_or_reset(learning, leaving)
    twins = learn_or_reset_with_one_side(learning, leaving), learn_after_reset(learning, leaving)
    acquaintance, trust = what_pairs_know(world, 7, learning, leaving)
    holds(acquaintance, mean, *twins)
    holds(squares(acquaintance, mean), deviation * deviation)
    np.testing.assert_allclose(trust, acquaintance, atol=1e-12)


# -- D12, D13, D14: seats --------------------------------------------------------------------------


@pytest.mark.parametrize(("seats", "subgroup"), [(10, 8), (5, 20)])
def test_seats_by_lot_go_to_a_subgroup_as_draws_without_replacement_do(
    candidates: CandidatesMaker, seats: int, subgroup: int
) -> None:
    drawn = np.array([
        (STRATEGIES["random"].choose(candidates(50, seed=seed), seats) < subgroup).sum()
        for seed in range(5000)
    ])  # fmt: skip
    mean, variance, none = seats_of_subgroup(50, seats, subgroup)
    share = subgroup / 50
    holds(drawn, mean)
    holds(drawn == 0, none)
    twins = [seats * share * (1.0 - share)] if seats == 10 else []
    holds(squares(drawn, mean), variance, *twins)


type TableMaker = Callable[..., Table]


def tables_of(
    candidates: CandidatesMaker, table: Table, count: int, seed: int, rotations: int | None
) -> list[NDArray[np.bool_]]:
    """Who sat at first and after each yearly rotation: for so many, or until all have sat."""
    seated = np.zeros(count, dtype=np.bool_)
    since, last_sat = np.zeros(count, dtype=np.int64), np.full(count, NEVER)
    sat = seated.copy()
    tables: list[NDArray[np.bool_]] = []
    while not sat.all() if rotations is None else len(tables) <= rotations:
        month = 12 * len(tables)
        now = candidates(count, seed=seed, month=month)
        change = next_delegation(now, table, seated, since, last_sat)
        seated[change.leave], seated[change.enter] = False, True
        since[change.enter] = month
        last_sat[seated] = last_sat[change.leave] = month
        sat |= seated
        tables.append(seated.copy())
    return tables


@pytest.mark.slow
@pytest.mark.parametrize(("count", "seats", "runs"), [(50, 10, 600), (20, 5, 400)])
def test_a_fresh_lot_at_each_meeting_takes_as_long_as_collecting_coupons_in_groups(
    candidates: CandidatesMaker, table: TableMaker, count: int, seats: int, runs: int
) -> None:
    drawn_anew = table(delegation="random", seats=seats)
    nobody, long_ago = np.zeros(count, dtype=np.bool_), np.full(count, NEVER)
    meetings = []
    for seed in range(runs):
        sat, number = nobody.copy(), 0
        while not sat.all():
            now = candidates(count, seed=seed, month=3 * number)
            sat[next_delegation(now, drawn_anew, nobody, long_ago, long_ago).enter] = True
            number += 1
        meetings.append(number)
    twins = [meetings_with_replacement(count, seats)] if count == 50 else []
    holds(meetings, draws_until_all(count, seats, count), *twins)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "seats", "share", "runs"), [(50, 10, 0.3, 120), (20, 5, 0.4, 150)]
)
def test_seats_that_pass_by_lot_take_as_long_as_collecting_coupons_in_groups(
    candidates: CandidatesMaker, table: TableMaker, count: int, seats: int, share: float, runs: int
) -> None:
    by_lot = table(
        delegation="random", seats=seats, rotation={"share_per_year": share, "order": "random"}
    )
    swapped, outside = round(share * seats), count - seats
    rotations = [len(tables_of(candidates, by_lot, count, seed, None)) - 1 for seed in range(runs)]
    holds(
        rotations,
        draws_until_all(outside, swapped, outside),
        *([draws_until_all(outside, swapped, count)] if count == 50 else []),
    )


@pytest.mark.parametrize(("count", "seats", "share"), [(50, 10, 0.3), (20, 5, 0.4), (59, 10, 1.0)])
def test_a_round_robin_passes_all_candidates_without_a_detour(
    candidates: CandidatesMaker, table: TableMaker, count: int, seats: int, share: float
) -> None:
    in_turn = table(
        delegation="random", seats=seats, rotation={"share_per_year": share, "order": "round_robin"}
    )
    for seed in range(5):
        rotations = len(tables_of(candidates, in_turn, count, seed, None)) - 1
        assert rotations == math.ceil((count - seats) / round(share * seats))


@pytest.mark.slow
@pytest.mark.parametrize(("count", "seats", "share"), [(50, 10, 0.3), (20, 5, 0.4)])
def test_the_table_forgets_who_sat_as_fast_as_an_urn_that_exchanges_balls(
    candidates: CandidatesMaker, table: TableMaker, count: int, seats: int, share: float
) -> None:
    by_lot = table(
        delegation="random", seats=seats, rotation={"share_per_year": share, "order": "random"}
    )
    swapped, usual = round(share * seats), seats / count
    memory = np.empty((3, 40))
    for seed in range(memory.shape[1]):
        sat = np.array(tables_of(candidates, by_lot, count, 1000 + seed, 80), dtype=float)
        for lag in (1, 2, 3):
            both = (sat[:-lag] * sat[lag:]).mean()
            memory[lag - 1, seed] = (both - usual * usual) / (usual - usual * usual)
    np.testing.assert_allclose(memory[0], seat_memory(count, seats, swapped, 1), atol=1e-12)
    assert abs(seat_memory_with_return(count, seats, swapped, 1) - memory[0, 0]) > 0.01
    for lag in (2, 3):
        twin = seat_memory_with_return(count, seats, swapped, lag)
        holds(memory[lag - 1], seat_memory(count, seats, swapped, lag), twin)


# -- D15: casework ---------------------------------------------------------------------------------


def backlogs(world: WorldMaker, seed: int, arrivals: float, fields: int, months: int) -> Array:
    """[months] hours that wait at the end of each month, per field with a provider of its own."""
    w = world(
        seed,
        region={
            "municipality_count": 0,
            "provider_count": fields,
            "fields": [f"field {n}" for n in range(fields)],
            "extra_field_chance": 0.0,
            "one_person_below_hours": 0.0,
            "organisations": [{"id": "town", "kind": "municipality", "inhabitants": 100_000}],
        },
        commissioning={"target_load": arrivals, "indirect_share": 0.0},
        people={"enabled": False},
        attention={"onboarding_hours": 0.0},
        casework={
            "contacts": False,
            "cases_per_1000_per_year": 12.0 * arrivals * fields / 100.0,
            "needs_least": 1,
            "needs_most": 1,
            "care_hours_per_need": 1.0,
            "fails_after_months": 120,
        },
    )
    kind, hours = w.organisations.kind, w.organisations.hours
    assert (kind == MUNICIPALITY).sum() == 1
    np.testing.assert_allclose(hours[kind == PROVIDER, 0], 1.0, atol=1e-12)
    w = w._replace(record=empty_record(months, *w.ties.other.shape))
    w = pass_months(w, 0, months)
    return np.asarray(w.record.months.levels[:, Level.BACKLOG_HOURS] / fields)


@pytest.mark.slow
@pytest.mark.parametrize(("arrivals", "fields"), [(0.8, 8), (0.8, 1), (0.5, 8), (0.7, 3)], ids=str)
def test_care_waits_as_long_as_a_queue_that_serves_one_a_month(
    world: WorldMaker, arrivals: float, fields: int
) -> None:
    means = [backlogs(world, seed, arrivals, fields, 3000)[300:].mean() for seed in range(200, 224)]
    holds(means, backlog(arrivals), backlog_served_first(arrivals))


@pytest.mark.slow
@pytest.mark.parametrize("contacts", [True, False])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_open_cases_follow_from_arrivals_and_waits_on_every_run(
    seed: int, *, contacts: bool
) -> None:
    # Little's law as an identity: what the record adds up month by month against the days
    # between arrival and close in the event record.
    scenario = small_scenario(
        region={"municipality_count": 3, "provider_count": 12},
        casework={"contacts": contacts},
        table={"delegation": "selected", "seats": 4},
    )
    start = prepare(scenario, seed, 0)
    model = CollaborationModel(scenario, seed=seed, start=start, trace=True)
    model.run_for(30)
    events, end = model.events(), 30 * DAYS_A_MONTH
    arrived = events[events["event"] == Event.CASE].set_index("case")["value"]
    closed = events[events["event"] == Event.CASE_CLOSED].set_index("case")["value"]
    days = (closed - arrived.reindex(closed.index).fillna(0.0)).sum()
    days += (end - arrived[~arrived.index.isin(closed.index)]).sum()
    inherited = int(start.world.case_count.open[0]) - (~closed.index.isin(arrived.index)).sum()
    days += inherited * end
    assert len(closed) > 20
    assert model.world.record.months.levels[:30, Level.CASE_DAYS].sum() == pytest.approx(
        days, rel=1e-9
    )
