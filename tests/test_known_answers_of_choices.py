"""Known answers: repeated dealings of two, and whom one turns to by habit alone."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from collabsim.borrowing import borrowed
from collabsim.compiled import compiled
from collabsim.mechanisms.choosing import whom_to_meet
from collabsim.mechanisms.cooperation import chance_of, expected_gain, price_of_effort
from collabsim.mechanisms.learning import falls, rises
from collabsim.organisations import MANAGEMENT
from collabsim.parameters.cooperation import Cooperation
from collabsim.settings import as_record
from collabsim.world import World
from conftest import WorldMaker
from test_known_answers import holds, squares

TARGETS: dict[str, Any] = YAML(typ="safe").load(
    Path(__file__).parent / "known_answers" / "targets.yaml"
)
#: Decides without error: cooperates with full trust, holds back without any.
SURE = as_record(Cooperation(decisiveness=100.0, exposure=0.0))

type Player = Callable[[float], bool]


# -- D8: reciprocity -------------------------------------------------------------------------------


def reciprocates(trust: float) -> bool:
    """The decision of the model, of one that knows the other by what it did last."""
    gain = expected_gain(SURE, 1.0, trust, 0.0, 0.0, 0.0, 1.0, 0.0) - price_of_effort(SURE, 0.0)
    return chance_of(SURE, gain) > 0.5


def learned(trust: float, cooperated: bool) -> float:
    """Trust after an hour that is learned whole."""
    return rises(trust, 1.0, 1.0) if cooperated else falls(trust, 1.0, 1.0)


def scores(one: Player, other: Player, rounds: int, *, in_turn: bool = False) -> list[int]:
    """Payoffs of two after so many rounds."""
    pay = TARGETS["D8"]["setting"]["payoffs"]
    of_both = {
        (True, True): pay["both"], (True, False): pay["sucker"],
        (False, True): pay["temptation"], (False, False): pay["neither"],
    }  # fmt: skip
    trust = [1.0, 1.0]
    total = [0, 0]
    for _ in range(rounds):
        theirs = other(trust[1])
        if in_turn:
            trust[0] = learned(trust[0], theirs)
        ours = one(trust[0])
        total[0] += of_both[ours, theirs]
        total[1] += of_both[theirs, ours]
        trust = [learned(trust[0], theirs), learned(trust[1], ours)]
    return total


def never(_trust: float) -> bool:
    return False


def always(_trust: float) -> bool:
    return True


def test_who_trusts_by_the_last_time_scores_as_tit_for_tat_does() -> None:
    target, rounds = TARGETS["D8"]["target"], TARGETS["D8"]["setting"]["rounds"]
    assert scores(reciprocates, never, rounds) == target["against who never cooperates"]
    assert scores(reciprocates, always, rounds) == target["against who always cooperates"]
    twin = TARGETS["D8"]["twin"]["one moves after having seen the other"]
    assert scores(reciprocates, never, rounds, in_turn=True) == twin
    assert twin != target["against who never cooperates"]


def cooperation_with_slips(slip: float, rounds: int) -> float:
    """Exact mean cooperation over ``rounds`` of two alike who now and then do the opposite.

    They come from mutual cooperation, and can slip from the first round on.
    """
    # By what both did last: the chance of each of four states.
    chance = {(True, True): 1.0}
    total = 0.0
    for _ in range(rounds):
        after: dict[tuple[bool, bool], float] = {}
        for (ours, theirs), p in chance.items():
            meant = reciprocates(learned(0.5, theirs)), reciprocates(learned(0.5, ours))
            for slips in ((False, False), (False, True), (True, False), (True, True)):
                acts = meant[0] != slips[0], meant[1] != slips[1]
                weight = p
                for slipped in slips:
                    weight *= slip if slipped else 1.0 - slip
                after[acts] = after.get(acts, 0.0) + weight
        chance = after
        total += sum(p * (ours + theirs) / 2.0 for (ours, theirs), p in chance.items())
    return total / rounds


def test_two_who_slip_now_and_then_end_up_cooperating_half_of_the_time() -> None:
    target, setting = TARGETS["D8"]["target"], TARGETS["D8"]["setting"]
    over_all = cooperation_with_slips(setting["slips"], setting["rounds"])
    assert over_all == pytest.approx(
        target["two alike that slip, over 200 rounds from mutual cooperation"], abs=5e-5
    )
    late = 4000 * cooperation_with_slips(0.05, 4000) - 2000 * cooperation_with_slips(0.05, 2000)
    assert late / 2000 == pytest.approx(target["two alike that slip, in the long run"], abs=1e-9)


@given(slip=st.floats(0.01, 0.5), rounds=st.integers(1, 60))
def test_so_they_do_at_any_rate_of_slips(slip: float, rounds: int) -> None:
    # Each side keeps what the other did but for a slip, so the surplus over a half shrinks by it.
    keeps = 1.0 - 2.0 * slip
    formula = 0.5 + 0.5 * sum(keeps**n for n in range(1, rounds + 1)) / rounds
    assert cooperation_with_slips(slip, rounds) == pytest.approx(formula, abs=1e-12)


# -- D9: the shadow of the future -------------------------------------------------------------------

type Payoffs = dict[str, float]


def payoff(pay: Payoffs, ours: bool, theirs: bool) -> float:
    """What one round brings."""
    if ours:
        return pay["both"] if theirs else pay["sucker"]
    return pay["temptation"] if theirs else pay["neither"]


def played(pay: Payoffs, plan: list[bool], *, forgives: bool) -> list[float]:
    """Payoffs of a plan against who answers as it was last treated, or never forgives."""
    theirs, brought = True, []
    for ours in plan:
        brought.append(payoff(pay, ours, theirs))
        theirs = ours and (theirs or forgives)
    return brought


def cooperates(pay: Payoffs, goes_on: float, *, forgives: bool, rounds: int = 600) -> bool:
    """The decision of the model, of one for whom all that speaks for effort is what comes later.

    It cooperates if it does so against each way of holding back: for ever, and now and then.
    """
    for held_back in ([False] * rounds, [False, True] * (rounds // 2)):
        steady = played(pay, [True] * rounds, forgives=forgives)
        other = played(pay, held_back, forgives=forgives)
        now, *later = (one - two for one, two in zip(other, steady, strict=True))
        lost = -sum(gain * goes_on**n for n, gain in enumerate(later, start=1))
        # Payoffs in units of what holding back brings now, which is what an hour of effort costs.
        weighs = as_record(
            Cooperation(
                decisiveness=100.0, mutual_yield=1.0, free_ride=1.0, exposure=0.0, minimal_effort=0.0,
                shadow=min(10.0, max(0.0, lost / now)),
            )
        )  # fmt: skip
        gain = expected_gain(weighs, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 0.0)
        if chance_of(weighs, gain - price_of_effort(weighs, 0.0)) <= 0.5:
            return False
    return True


def threshold(pay: Payoffs, *, forgives: bool, rounds: int = 600) -> float:
    """Chance of another round from which on it cooperates; 1 if it never does."""
    low, high = 0.0, 1.0
    for _ in range(24):
        middle = (low + high) / 2.0
        if cooperates(pay, middle, forgives=forgives, rounds=rounds):
            high = middle
        else:
            low = middle
    return high


def test_the_future_makes_cooperation_pay_from_the_known_chance_of_another_round_on() -> None:
    setting, target = TARGETS["D9"]["setting"], TARGETS["D9"]["target"]
    pay = setting["payoffs"]
    assert threshold(pay, forgives=False) == pytest.approx(
        target["against who never forgives"], abs=1e-5
    )
    assert threshold(pay, forgives=True) == pytest.approx(target["against tit for tat"], abs=1e-5)
    benefit, cost = setting["donation"]["benefit"], setting["donation"]["cost"]
    donation = {"both": benefit - cost, "sucker": -cost, "temptation": benefit, "neither": 0.0}
    for forgives in (False, True):
        assert threshold(donation, forgives=forgives) == pytest.approx(
            target["in the donation game"], abs=1e-5
        )
    twin = TARGETS["D9"]["twin"]["one round more is all the future there is"]
    assert threshold(pay, forgives=False, rounds=2) == pytest.approx(twin, abs=1e-5)


@given(
    neither=st.floats(0.5, 1.5), more=st.floats(1.0, 4.0), tempted=st.floats(0.2, 0.9),
)  # fmt: skip
@settings(max_examples=20, deadline=None)
def test_so_it_does_with_other_payoffs(neither: float, more: float, tempted: float) -> None:
    both = neither + more
    # Less than twice what both get, so that taking turns at holding back is no better.
    pay = {"both": both, "sucker": 0.0, "temptation": both + tempted * more, "neither": neither}
    grim = (pay["temptation"] - both) / (pay["temptation"] - neither)
    assert threshold(pay, forgives=False) == pytest.approx(grim, abs=1e-4)
    forgiving = max(grim, (pay["temptation"] - both) / both)
    assert threshold(pay, forgives=True) == pytest.approx(forgiving, abs=1e-4)


# -- D17: habit ------------------------------------------------------------------------------------


@compiled
def partners_are_met(world: World, draws: int, times: np.ndarray) -> None:
    """Count in each window how often the first of two partners was met, afresh each time."""
    lent, contacts = borrowed(world), world.bonds.contacts
    chosen, room = np.empty(1, dtype=np.int64), np.empty(1)
    for window in range(times.shape[0]):
        contacts[:] = 0.0
        for draw in range(draws):
            month = window * draws + draw
            if whom_to_meet(lent, month, 0, MANAGEMENT, 1, chosen, room) != 1:
                raise AssertionError("somebody is met each time")
            contacts[0, chosen[0], MANAGEMENT] += 1.0
            times[window] += chosen[0] == 0


def times_chosen(world: WorldMaker, habit: float, draws: int, windows: int) -> np.ndarray:
    """[windows] how often the first of two partners was met in so many draws."""
    w = world(
        0,
        region={"municipality_count": 1, "provider_count": 2},
        choice={"habit": habit, "sensitivity": 0.0},
    )
    times = np.zeros(windows, dtype=np.int64)
    with np.errstate(over="ignore"):
        partners_are_met(w, draws, times)
    return times


@pytest.mark.slow
@pytest.mark.parametrize("draws", [20, 5])
def test_by_habit_alone_the_share_of_a_partner_can_become_anything(
    world: WorldMaker, draws: int
) -> None:
    times = times_chosen(world, 1.0, draws, 3000)
    spread = draws * (draws + 2) / 12.0
    holds(times, draws / 2.0)
    holds(squares(times, draws / 2.0), spread, draws / 4.0)
    for count in range(draws + 1):
        holds(times == count, 1.0 / (draws + 1))


@pytest.mark.slow
def test_without_habit_partners_share_evenly(world: WorldMaker) -> None:
    times = times_chosen(world, 0.0, 20, 3000)
    holds(squares(times, 10.0), 5.0, 20.0 * 22.0 / 12.0)
