"""Providers that choose a delegation among themselves: when they agree, and why they do not.

The same checks are put to two ways of choosing that look alike from a distance, and must refuse
them: a failure rate that does not depend on anything, and a rule that fails as soon as there are
more candidates than seats.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from collabsim.config import load_scenario, set_value
from collabsim.delegation import Candidates
from collabsim.delegation.candidates import candidates_of
from collabsim.delegation.self_selection import Outcome, choose_among_themselves, expectations
from collabsim.founding import first_world
from collabsim.history import prepare
from collabsim.parameters import Scenario
from collabsim.randomness import Luck, Purpose
from collabsim.settings import settings_of

SCENARIO = Path(__file__).parents[1] / "configs/scenarios/region-004-self-selected.yaml"
REPLICATES = 40
#: Forty histories of the region come first.
pytestmark = pytest.mark.slow
type Choosing = Callable[[Candidates, int], Outcome]
type Regions = list[Candidates]


def scenario_with(values: dict[str, float]) -> Scenario:
    """The region in which providers choose, with other values at some paths."""
    scenario = set_value(load_scenario(SCENARIO), "months", 1)
    for path, value in values.items():
        scenario = set_value(scenario, path, value)
    return scenario


def regions_with(values: dict[str, float]) -> Regions:
    """The candidates of the region at month 0 of some replicates."""
    scenario = scenario_with(values)
    starts = [prepare(scenario, 5, replicate) for replicate in range(REPLICATES)]
    return [candidates_of(start.world, start.luck, 0) for start in starts]


def as_chosen_with(regions: Regions, values: dict[str, float]) -> Regions:
    """The same regions after the same history, in which the choice itself is made otherwise."""
    changed = settings_of(scenario_with(values))
    return [replace(c, settings=changed) for c in regions]


#: How unequal the providers are, written out for the same reason as the stakes below.
SIZES = {
    "region.provider_size_spread": 1.0,
    "region.interest_spread": 0.5,
    "commissioning.contracts_per_provider": 5.0,
}
#: What a choice depends on, written out: the checks are about the mechanism, not about defaults.
STAKES = {
    "commissioning.track_record_weight": 1.5,
    "commissioning.renewed_share_per_year": 0.25,
    "attention.table_hours": 3.0,
    "attention.preparation_hours": 2.0,
    "attention.travel_hours": 0.0,
    "learning.gain_per_hour": 0.03,
    "table.meets_every_months": 3,
    "table.quorum": 0.9,
    "table.rounds": 6,
    "table.round_hours": 2.0,
}


@pytest.fixture(scope="module")
def as_shipped() -> Regions:
    """The region as it ships, at the end of its history."""
    return regions_with({})


@pytest.fixture(scope="module")
def usual() -> Regions:
    """Fifty providers with all that a choice depends on written out, trust and doubt drawn."""
    scenario, regions = scenario_with({**SIZES, **STAKES}), []
    for replicate in range(REPLICATES):
        luck, draw = Luck(5, replicate), np.random.default_rng(replicate)
        with np.errstate(over="ignore"):
            listed = candidates_of(first_world(scenario, luck)[1], luck, 0)
        regions.append(
            replace(
                listed,
                volume=listed.volume * (105.0 / listed.volume.mean()),
                trust=draw.uniform(0.2, 0.65, listed.trust.shape),
                doubt=draw.uniform(0.2, 0.45, len(listed)),
            )
        )
    return regions


@pytest.fixture(scope="module")
def stakes_are_high(usual: Regions) -> Regions:
    """Municipalities go more by their own experience, so that a seat is worth more."""
    return as_chosen_with(usual, {**STAKES, "commissioning.track_record_weight": 2.25})


def a_twins_answer(candidates: Candidates, seats: int, *, agreed: bool) -> Outcome:
    """What a twin says; of all that only whether they agreed is looked at."""
    return Outcome(np.arange(seats), agreed, 1, len(candidates), 0, 0.0)


def a_constant_failure_rate(candidates: Candidates, seats: int) -> Outcome:
    """Twin: three in ten fail, whatever is at stake."""
    agreed = candidates.luck.uniform(Purpose.DELEGATION, candidates.month) < 0.7
    return a_twins_answer(candidates, seats, agreed=agreed)


def too_many_candidates(candidates: Candidates, seats: int) -> Outcome:
    """Twin: it fails if there are more candidates than seats."""
    agreed = len(candidates) <= seats
    return a_twins_answer(candidates, seats, agreed=agreed)


def agreement(choose: Choosing, regions: Regions, seats: int) -> float:
    """Share of the regions in which the providers agree."""
    return float(np.mean([choose(candidates, seats).agreed for candidates in regions]))


def trusting(regions: Regions, times: float) -> Regions:
    """The same regions, with trust among the providers multiplied; other trust stays as it is."""
    return [replace(c, trust=np.minimum(1.0, times * c.trust)) for c in regions]


def some_of(candidates: Candidates, count: int) -> Candidates:
    """The first ``count`` candidates, each as large as it was."""
    return replace(
        candidates,
        rows=candidates.rows[:count],
        identity=candidates.identity[:count],
        domain=candidates.domain[:count],
        volume=candidates.volume[:count],
        fields=candidates.fields[:count],
        hours_of_board=candidates.hours_of_board[:count],
        similarity=candidates.similarity[:count, :count],
        trust=candidates.trust[:count, :count],
        doubt=candidates.doubt[:count],
    )


def falls(shares: Sequence[float], *, by: float) -> None:
    """Hold shares of the same replicates to a fall of at least ``by``, but for one of them."""
    print("agreement", np.round(shares, 3))  # noqa: T201
    assert shares[0] - shares[-1] >= by
    assert all(later <= former + 1.01 / REPLICATES for former, later in pairwise(shares))


# -- the checks ------------------------------------------------------------------------------------


def as_many_seats_as_candidates_always_agree(choose: Choosing, regions: Regions) -> None:
    for candidates in regions:
        for count in (1, 2, 10, len(candidates)):
            assert choose(some_of(candidates, count), count).agreed


def a_seat_that_costs_more_than_it_yields_draws_no_rush(choose: Choosing, regions: Regions) -> None:
    for candidates in regions:
        for poor in (
            replace(candidates, volume=0.0 * candidates.volume),
            replace(candidates, doubt=0.0 * candidates.doubt),
            replace(candidates, volume=candidates.volume / 20.0),
        ):
            assert (expectations(poor, 10).seat < 0.0).all()
            outcome = choose(poor, 10)
            assert (outcome.candidates, outcome.rounds, len(outcome.chosen)) == (0, 0, 0)


def agreement_rises_with_trust(choose: Choosing, regions: Regions, seats: int) -> None:
    steps = (2.0, 1.5, 1.0, 0.5, 0.0)
    shares = [agreement(choose, trusting(regions, times), seats) for times in steps]
    assert 0.0 < shares[2] < 1.0
    falls(shares, by=0.1)


def agreement_falls_with_fewer_seats(choose: Choosing, regions: Regions) -> None:
    falls([agreement(choose, regions, seats) for seats in (50, 20, 10, 7, 5, 3)], by=0.5)
    assert 0.0 < agreement(choose, regions, 5) < 1.0


def agreement_falls_with_more_candidates(choose: Choosing, regions: Regions) -> None:
    shares = [
        agreement(choose, [some_of(c, count) for c in regions], 5) for count in (5, 10, 20, 35, 50)
    ]
    falls(shares, by=0.3)
    assert 0.0 < shares[-1] < 1.0


def fifty_for_ten_agree_in_some_regions_and_not_in_others(
    choose: Choosing, regions: Regions
) -> None:
    outcomes = [choose(candidates, 10) for candidates in regions]
    # Only where more than ten want a seat is there anything to agree on.
    contested = [o.agreed for o in outcomes if o.candidates > 10]
    print(f"contested {len(contested)} of {len(outcomes)}, agreed {sum(contested)}")  # noqa: T201
    assert 0 < sum(contested) < len(contested)


# -- held against the model ------------------------------------------------------------------------


def test_as_many_seats_as_candidates_always_agree(usual: Regions, stakes_are_high: Regions) -> None:
    as_many_seats_as_candidates_always_agree(choose_among_themselves, usual + stakes_are_high)


def test_a_seat_that_costs_more_than_it_yields_draws_no_rush(usual: Regions) -> None:
    a_seat_that_costs_more_than_it_yields_draws_no_rush(choose_among_themselves, usual)


@pytest.mark.parametrize("seats", [5, 7])
def test_agreement_rises_with_trust_among_providers(usual: Regions, seats: int) -> None:
    agreement_rises_with_trust(choose_among_themselves, usual, seats)


def test_agreement_rises_with_trust_where_much_is_at_stake(stakes_are_high: Regions) -> None:
    agreement_rises_with_trust(choose_among_themselves, stakes_are_high, 10)


def test_agreement_falls_with_candidates_per_seat(usual: Regions) -> None:
    agreement_falls_with_fewer_seats(choose_among_themselves, usual)
    agreement_falls_with_more_candidates(choose_among_themselves, usual)


def test_fifty_for_ten_agree_in_some_regions_and_not_in_others(stakes_are_high: Regions) -> None:
    fifty_for_ten_agree_in_some_regions_and_not_in_others(choose_among_themselves, stakes_are_high)


def test_agreement_falls_as_more_is_at_stake(usual: Regions) -> None:
    rates = [
        agreement(
            choose_among_themselves,
            as_chosen_with(usual, {**STAKES, "commissioning.track_record_weight": weight}),
            10,
        )
        for weight in (0.0, 1.5, 2.25, 3.0)
    ]
    falls(rates, by=0.8)


def test_fifty_for_ten_succeeds_somewhere_in_the_plausible_ranges_and_fails_elsewhere(
    as_shipped: Regions,
) -> None:
    agreed, failed = 0, 0
    for weight, hours, preparation in product((1.5, 3.0), (1.0, 3.0, 9.0), (0.7, 2.0)):
        stakes = {
            "commissioning.track_record_weight": weight,
            "attention.table_hours": hours,
            "attention.preparation_hours": preparation,
        }
        regions = as_chosen_with(as_shipped, stakes)
        contested = [o for c in regions if (o := choose_among_themselves(c, 10)).candidates > 10]
        happy = sum(o.agreed for o in contested)
        print(stakes, f"contested {len(contested)} of {REPLICATES}, agreed {happy}")  # noqa: T201
        agreed, failed = agreed + happy, failed + len(contested) - happy
    assert agreed > 0
    assert failed > 0


@pytest.mark.parametrize(
    "check",
    [
        as_many_seats_as_candidates_always_agree,
        a_seat_that_costs_more_than_it_yields_draws_no_rush,
        lambda choose, regions: agreement_rises_with_trust(choose, regions, 5),
        agreement_falls_with_fewer_seats,
        agreement_falls_with_more_candidates,
    ],
)
def test_a_constant_failure_rate_is_refused(
    usual: Regions, check: Callable[[Choosing, Regions], None]
) -> None:
    with pytest.raises(AssertionError):
        check(a_constant_failure_rate, usual)


@pytest.mark.parametrize(
    "check",
    [
        a_seat_that_costs_more_than_it_yields_draws_no_rush,
        lambda choose, regions: agreement_rises_with_trust(choose, regions, 5),
        agreement_falls_with_fewer_seats,
        agreement_falls_with_more_candidates,
        fifty_for_ten_agree_in_some_regions_and_not_in_others,
    ],
)
def test_a_rule_that_fails_with_more_candidates_than_seats_is_refused(
    usual: Regions, check: Callable[[Choosing, Regions], None]
) -> None:
    as_many_seats_as_candidates_always_agree(too_many_candidates, usual)
    with pytest.raises(AssertionError):
        check(too_many_candidates, usual)


# -- what else follows from the reasons ------------------------------------------------------------


def wanting(candidates: Candidates, seats: int) -> NDArray[np.bool_]:
    """Who expects more of a seat than of the best delegate it could have."""
    e = expectations(candidates, seats)
    return np.asarray(e.seat > e.represented.max(axis=1))


def test_only_providers_that_want_a_seat_are_chosen_and_no_more_than_there_are_seats(
    usual: Regions,
) -> None:
    for candidates in usual:
        for seats in (3, 10, 30):
            outcome = choose_among_themselves(candidates, seats)
            wants = wanting(candidates, seats)
            assert outcome.candidates == wants.sum()
            assert len(set(outcome.chosen.tolist())) == len(outcome.chosen) <= seats
            assert wants[outcome.chosen].all()
            assert len(outcome.chosen) == (min(seats, wants.sum()) if outcome.agreed else 0)


def test_a_lower_quorum_never_keeps_providers_from_agreeing(usual: Regions) -> None:
    rates = [
        agreement(
            choose_among_themselves, as_chosen_with(usual, {**STAKES, "table.quorum": quorum}), 7
        )
        for quorum in (0.6, 0.9, 1.0)
    ]
    falls(rates, by=0.1)


def test_whoever_expects_a_turn_by_rotation_has_less_to_hold_out_for(usual: Regions) -> None:
    objectors = []
    for share in (0.0, 0.3, 1.0):
        rotating = {
            **STAKES,
            "table.rotation.share_per_year": share,
            "cooperation.anticipation": 1.0,
        }
        outcomes = [
            choose_among_themselves(candidates, 7) for candidates in as_chosen_with(usual, rotating)
        ]
        objectors.append(np.mean([o.objectors for o in outcomes]))
    print("objectors", objectors)  # noqa: T201
    assert objectors[0] >= objectors[1] >= objectors[2]
    assert objectors[0] > objectors[2]


def test_every_round_costs_hours_until_they_agree_or_the_rounds_are_over(usual: Regions) -> None:
    for rounds in (1, 6):
        for candidates in as_chosen_with(usual, {**STAKES, "table.rounds": rounds}):
            outcome = choose_among_themselves(candidates, 5)
            assert outcome.rounds <= rounds
            assert outcome.agreed or outcome.rounds == rounds


def test_who_expects_nothing_of_a_seat_wants_none(usual: Regions) -> None:
    for candidates in as_chosen_with(usual, {**STAKES, "table.expected_of_seat": 0.0}):
        outcome = choose_among_themselves(candidates, 7)
        assert outcome.candidates == 0
        assert outcome.agreed
        assert len(outcome.chosen) == 0


def test_the_more_is_expected_of_a_seat_the_more_want_one(usual: Regions) -> None:
    expected = [
        as_chosen_with(usual, {**STAKES, "table.expected_of_seat": share})
        for share in (0.0, 0.25, 0.5, 1.0, 2.0)
    ]
    for region in zip(*expected, strict=True):
        number = [choose_among_themselves(candidates, 7).candidates for candidates in region]
        assert number == sorted(number)
        assert number[0] < number[-1]
