"""Known answers: how views move when one hears others, and what a package deal brings."""

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from ruamel.yaml import YAML

from collabsim.compiled import compiled
from collabsim.mechanisms.bargaining import best_package
from collabsim.mechanisms.exposure import frames_move, is_heard, pull, settles
from collabsim.world import World
from conftest import WorldMaker
from small_worlds import as_in_a_month

type Array = NDArray[np.float64]
TARGETS: dict[str, Any] = YAML(typ="safe").load(
    Path(__file__).parent / "known_answers" / "targets.yaml"
)
BEFORE = -2000


def after_hearing(listens: Array, start: Array, rigid: Array, months: int) -> Array:
    """Views after ``months`` in which everybody hears all others at once, unaware of its glasses."""
    views = start.copy()
    for _ in range(months):
        pulled = [
            sum(w * pull(own, other, 0.0) for w, other in zip(row, views, strict=True))
            for own, row in zip(views, listens, strict=True)
        ]
        views = np.array([settles(*its) for its in zip(views, pulled, start, rigid, strict=True)])
    return views


def test_views_of_who_hold_on_to_their_own_settle_apart() -> None:
    setting, target = TARGETS["D1"]["setting"], TARGETS["D1"]["target"]["views"]
    listens, start = np.array(setting["listens to"]), np.array(setting["start"], dtype=float)
    settled = after_hearing(listens, start, np.diag(listens), 2000)
    np.testing.assert_allclose(settled, target, atol=1e-6)
    twin = after_hearing(listens, start, np.zeros(4), 2000)
    np.testing.assert_allclose(twin, 75.0, atol=1e-6)
    assert np.abs(settled - twin).max() > 10.0


@pytest.mark.slow
@given(
    hours=arrays(np.float64, (4, 4), elements=st.floats(0.1, 10.0)),
    start=arrays(np.float64, 4, elements=st.floats(0.0, 1.0)),
    rigid=st.floats(0.05, 0.95),
)
def test_so_they_do_wherever_the_formula_of_friedkin_and_johnsen_puts_them(
    hours: Array, start: Array, rigid: float
) -> None:
    listens = hours / hours.sum(axis=1, keepdims=True)
    formula = np.linalg.solve(np.eye(4) - (1.0 - rigid) * listens, rigid * start)
    settled = after_hearing(listens, start, np.full(4, rigid), 600)
    np.testing.assert_allclose(settled, formula, atol=1e-9)


def where_three_listen(world: WorldMaker, rate: float) -> World:
    """Three parties that see one field each, and whose contacts do not carry their views inside."""
    w = world(
        0,
        region={"municipality_count": 1, "provider_count": 2, "fields": ["care", "youth"]},
        exposure={"takes_over_per_hour": rate, "rigidity": 0.0, "confidence": 1.0},
        casework={"needs_most": 2},
        word={"inside_per_month": 0.0},
    )
    w.organisations.one_person[:] = False
    return w


@pytest.mark.slow
def test_a_month_in_which_all_hear_all_is_one_step_of_averaging_at_once(world: WorldMaker) -> None:
    listens = np.array(TARGETS["D2"]["setting"]["listens to"])
    rate = 2.0
    w = where_three_listen(world, rate)
    w.frames.sight[:, 0, 0] = [1.0, 0.0, 0.0]
    for month in range(400):
        w.tallies.good[:] = 0.0
        w.dealings.touched[:] = True
        for i, k in product(range(3), range(2)):
            j = w.ties.other[i, k]
            others = 1.0 - listens[i, i]
            hours = -np.log(1.0 - others) / rate
            w.tallies.good[i, k, 0] = hours * listens[i, j] / others
        as_in_a_month(frames_move)(w, BEFORE + month)
        if month == 0:
            np.testing.assert_allclose(w.frames.sight[:, 0, 0], listens[:, 0], atol=1e-12)
    weights = TARGETS["D2"]["target"]["weights"]
    twin = TARGETS["D2"]["twin"]["one after the other"]["weights"]
    np.testing.assert_allclose(w.frames.sight[:, 0, 0], weights[0], atol=1e-9)
    assert abs(weights[0] - twin[0]) > 0.1


@compiled
def pairs_hear_each_other(
    views: np.ndarray, one: np.ndarray, other: np.ndarray, nearest: float, both: bool
) -> None:
    """Pair after pair meets halfway, if they are near enough; or only the one moves."""
    for n in range(one.shape[0]):
        i, j = one[n], other[n]
        if is_heard(abs(views[i] - views[j]), nearest):
            ours, theirs = pull(views[i], views[j], 0.0), pull(views[j], views[i], 0.0)
            views[i] = settles(views[i], 0.5 * ours, views[i], 0.0)
            if both:
                views[j] = settles(views[j], 0.5 * theirs, views[j], 0.0)


def met_in_pairs(seed: int, nearest: float, *, both: bool) -> tuple[Array, Array]:
    """Views at the start and after sixty sweeps of random pairs."""
    setting, draw = TARGETS["D3"]["setting"], np.random.default_rng(seed)
    count = setting["parties"]
    start = draw.random(count)
    views = start.copy()
    one = draw.integers(0, count, setting["sweeps"] * count)
    other = (one + draw.integers(1, count, len(one))) % count
    pairs_hear_each_other(views, one, other, nearest, both)
    return start, views


def major_clusters(views: Array) -> int:
    """Groups of at least a tenth of all, with a gap of a hundredth on either side."""
    ordered = np.sort(views)
    groups = np.split(ordered, np.flatnonzero(np.diff(ordered) > 0.01) + 1)
    return sum(len(group) >= len(views) // 10 for group in groups)


@pytest.mark.parametrize("nearest", [0.40, 0.22])
def test_who_hear_only_the_near_end_in_as_many_camps_as_was_found(nearest: float) -> None:
    target = TARGETS["D3"]["target"]
    found = 0
    for seed in range(TARGETS["D3"]["setting"]["seeds"]):
        start, views = met_in_pairs(seed, nearest, both=True)
        assert abs(views.mean() - start.mean()) < 1e-12
        found += major_clusters(views) == target[nearest]
    assert found >= target["at least"]


def test_if_only_one_of_two_moves_the_mean_is_not_kept() -> None:
    start, views = met_in_pairs(0, 0.40, both=False)
    assert abs(views.mean() - start.mean()) > 1e-4


# -- package deals ---------------------------------------------------------------------------------


def bill_and_jack() -> tuple[Array, Array, list[str]]:
    """What each item gains either when it stays (0) or goes over to the other (1)."""
    setting = TARGETS["D16"]["setting"]
    items, one, other = [], [], []
    for giver, sign in (("gives the one", -1.0), ("gives the other", 1.0)):
        for item, (ours, theirs) in setting[giver].items():
            items.append(item)
            one.append([0.0, sign * ours])
            other.append([0.0, -sign * theirs])
    return np.array(one), np.array(other), items


def test_bill_and_jack_trade_what_nash_found() -> None:
    one, other, items = bill_and_jack()
    ours, theirs, package = best_package(one, other)
    assert [ours, theirs] == TARGETS["D16"]["target"]["gains"]
    over = [item for n, item in enumerate(items) if package >> n & 1]
    assert over == TARGETS["D16"]["target"]["goes over"]


def test_no_single_swap_of_bill_and_jack_comes_near_their_package() -> None:
    one, other, _ = bill_and_jack()
    swaps = [
        (one[a, 1] + one[b, 1]) * (other[a, 1] + other[b, 1])
        for a, b in product(range(len(one)), repeat=2)
        if one[a, 1] + one[b, 1] > 0.0 and other[a, 1] + other[b, 1] > 0.0 and a != b
    ]
    assert max(swaps) == TARGETS["D16"]["twin"]["one thing for one other"]["product"]
    ours, theirs, _ = best_package(one, other)
    assert ours * theirs == 60.0


@given(
    one=arrays(np.float64, (4, 3), elements=st.floats(-1.0, 1.0)),
    other=arrays(np.float64, (4, 3), elements=st.floats(-1.0, 1.0)),
)
def test_no_package_that_is_good_for_both_has_a_larger_product(one: Array, other: Array) -> None:
    one[:, 0] = other[:, 0] = 0.0
    ours, theirs, _ = best_package(one, other)
    products = [
        (a, b)
        for choice in product(range(3), repeat=4)
        if (a := sum(one[n, c] for n, c in enumerate(choice))) > 0.0
        and (b := sum(other[n, c] for n, c in enumerate(choice))) > 0.0
    ]
    best = max((a * b for a, b in products), default=0.0)
    assert ours * theirs == pytest.approx(best, abs=1e-12)
    assert (ours > 0.0) == (theirs > 0.0) == bool(best > 0.0)


def test_all_that_one_wants_is_worth_one_and_who_agree_have_nothing_to_trade(
    world: WorldMaker,
) -> None:
    w = world(0)
    there = w.ties.other >= 0
    assert (w.ties.package >= 0.0).all()
    assert (w.ties.package <= 0.5).all()
    assert w.ties.package[there].max() > 0.0
    np.testing.assert_allclose(w.organisations.importance.sum(axis=1), 1.0)
    assert (w.ties.within_reach == 0.0).all()
