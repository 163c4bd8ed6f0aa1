"""Ground rules: who makes them, how they travel, what they change, and what they cost."""

from collections.abc import Mapping

import numpy as np
import pytest

from collabsim.events import Event, Reason
from collabsim.model import CollaborationModel
from collabsim.organisations import BOARD, MANAGEMENT, PRACTICE
from collabsim.parameters import Scenario
from collabsim.parameters.rules import Rules
from collabsim.record import Count, Spending
from collabsim.reference.describe import describe
from collabsim.rules import RULES, Rule
from small_worlds import differences, merged, ran, small, state

NOBODY_LEAVES = {"enabled": False}
STRESSED = {
    "people": NOBODY_LEAVES,
    "commissioning": {"target_load": 1.2},
    "attention": {"access_hours_per_case": 2.0},
}


def ruled(also: Mapping[str, object] | None = None, /, **rules: object) -> Scenario:
    """The small world in which everybody in practice makes the rules at the start."""
    made = {"made_by": "everyone", "layer": "practice", "making_hours": 0.5} | rules
    return small(**merged(merged(STRESSED, {"rules": made}), also or {}))


def salience(model: CollaborationModel, layer: int, rule: Rule) -> np.ndarray:
    """[N] how alive a rule is in a layer."""
    return model.world.known.salience[:, layer, rule]


# -- the registry --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", RULES)
def test_every_rule_has_a_lever_a_situation_and_a_name_in_two_languages(name: str) -> None:
    rule = RULES[name]
    assert name in Rules.declarations()
    assert rule.en != rule.nl
    assert rule.situation
    assert rule.response
    assert rule.nl.split()[0] in describe(f"rules.{name}", lang="nl").text.lower() or rule.nl


def test_rules_are_numbered_as_they_are_stored() -> None:
    assert [rule.rule for rule in RULES.values()] == list(Rule)


# -- who knows of them ---------------------------------------------------------------------------


def test_whoever_makes_a_rule_holds_it_fully_and_pays_the_hours() -> None:
    model = CollaborationModel(ruled(made_by="municipalities", layer="board", fades_per_month=0.0))
    model.step()
    municipal = model.world.organisations.kind == 0
    held = salience(model, BOARD, Rule.SHARED_OWNERSHIP)
    assert (held[municipal] == 1.0).all()
    assert (held[~municipal] >= 0.6).all()
    assert (held[~municipal] < 1.0).all()
    hours = model.world.record.spent.hours[:, BOARD, Spending.RULES]
    assert (hours[municipal] == 0.5).all()
    assert (hours[~municipal] == 0.0).all()


def test_a_rule_that_is_not_agreed_is_known_to_nobody() -> None:
    model = ran(ruled(timely_communication=False))
    assert salience(model, MANAGEMENT, Rule.TIMELY_COMMUNICATION).max() == 0.0
    assert salience(model, MANAGEMENT, Rule.SHARED_OWNERSHIP).max() > 0.0


def test_what_the_board_agrees_reaches_practice_later_and_weaker() -> None:
    also = {"word": {"inside_per_month": 0.5}, "region": {"one_person_below_hours": 0.0}}
    model = CollaborationModel(ruled(also, layer="board", fades_per_month=0.0, use_renews=0.0))
    means = []
    for _ in range(3):
        model.step()
        means.append([float(salience(model, at, Rule.SHARED_OWNERSHIP).mean()) for at in range(3)])
    first, later = np.array(means[0]), np.array(means[2])
    assert first[PRACTICE] < first[MANAGEMENT] < first[BOARD]
    assert first[PRACTICE] < later[PRACTICE] < later[BOARD]


def test_where_nothing_travels_inside_practice_never_hears_of_it() -> None:
    also = {"word": {"inside_per_month": 0.0}, "region": {"one_person_below_hours": 0.0}}
    model = ran(ruled(also, layer="board"))
    assert salience(model, PRACTICE, Rule.SHARED_OWNERSHIP).max() == 0.0


def test_where_one_person_carries_all_layers_everything_is_known_at_once() -> None:
    also = {"word": {"inside_per_month": 0.1}, "region": {"one_person_below_hours": 1e6}}
    model = CollaborationModel(ruled(also, layer="board", adopted_share=1.0, fades_per_month=0.0))
    model.step()
    providers = model.world.organisations.kind == 1
    assert (salience(model, MANAGEMENT, Rule.SHARED_OWNERSHIP)[providers] == 1.0).all()


def test_who_was_not_at_the_table_hears_of_the_rules_only_through_others() -> None:
    model = ran(ruled(made_by="table", layer="board"))
    seated, held = model.world.seats.seated[0], salience(model, BOARD, Rule.SHARED_OWNERSHIP)
    assert 0.0 < held[~seated].max() < 1.0
    silent = ran(ruled(made_by="table", layer="board", spreads_per_hour=0.0))
    never_sat = silent.world.seats.last_sat[0] < 0
    assert never_sat.any()
    assert salience(silent, BOARD, Rule.SHARED_OWNERSHIP)[never_sat].max() == 0.0


def test_a_rule_leaves_with_the_people_who_know_it() -> None:
    gone = {
        "people": {
            "enabled": True,
            "handover": 0.0,
            "turnover_per_year": {"provider": {"practice": 1.0}},
        }
    }
    also = merged(
        gone, {"word": {"inside_per_month": 0.0}, "region": {"one_person_below_hours": 0.0}}
    )
    model = CollaborationModel(ruled(also, layer="practice", spreads_per_hour=0.0))
    model.step()
    providers = model.world.organisations.kind == 1
    assert salience(model, PRACTICE, Rule.SHARED_OWNERSHIP)[providers].min() > 0.9
    model.step()
    assert salience(model, PRACTICE, Rule.SHARED_OWNERSHIP)[providers].max() == 0.0


def test_made_once_it_fades_and_gone_through_again_it_lives() -> None:
    once = ran(ruled(use_renews=0.0)).outcomes()["rules_held"]
    renewed = ran(ruled(use_renews=0.0, renewed_every_months=6)).outcomes()["rules_held"]
    assert 0.0 < once < renewed <= 1.0


# -- what they do --------------------------------------------------------------------------------


def test_timely_communication_makes_more_failing_promises_announced_at_the_cost_of_calls() -> None:
    plain, timely = (
        ran(
            ruled(
                layer="management",
                renewed_every_months=1,
                weight=weight,
                seeking_each_other_out=False,
            )
        )
        for weight in (0.0, 2.0)
    )
    shares = []
    for model in (plain, timely):
        total = {c: int(model.world.record.months.counts[:, c].sum()) for c in Count}
        shares.append(total[Count.ANNOUNCED] / (total[Count.ANNOUNCED] + total[Count.BROKEN]))
    assert shares[1] > shares[0]


def test_shared_ownership_lets_another_party_look_for_help() -> None:
    also = {"region": {"known_others": 3}, "attention": {"access_hours_per_case": 0.7}}
    model = ran(ruled(also, weight=3.0, renewed_every_months=1), trace=True)
    events = model.events()
    taken = events[(events["event"] == Event.ASKED) & (events["reason"] == Reason.TAKEN_UP)]
    assert len(taken) > 0


def test_a_talk_follows_trouble_only_where_the_rule_is_known() -> None:
    with_rule = ran(ruled(layer="management", weight=2.0), trace=True).events()
    without = ran(ruled(layer="management", seeking_each_other_out=False), trace=True).events()
    talks = [
        (
            (events["event"] == Event.ENCOUNTER) & (events["reason"] == Reason.TALK_AFTER_TROUBLE)
        ).sum()
        for events in (with_rule, without)
    ]
    assert talks[0] > 0
    assert talks[1] == 0


def test_rules_without_weight_change_nothing_but_the_hours_that_making_them_takes() -> None:
    free = {
        "making_hours": 0.0,
        "weight": 0.0,
        "shared_ownership": False,
        "seeking_each_other_out": False,
    }
    plain, ruled_by_all = ran(small(**STRESSED)), ran(ruled(**free))
    differ = set(differences(state(plain), state(ruled_by_all)))
    assert differ <= {"known.salience", "known", "record.months.levels", "record.months"}


def test_before_they_are_made_nothing_differs() -> None:
    models = [CollaborationModel(s) for s in (small(**STRESSED), ruled(month=5))]
    for model in models:
        model.run_for(5)
    assert differences(state(models[0]), state(models[1])) == []


@pytest.mark.parametrize("name", ["working_from_the_task", "including_the_outer_ring"])
@pytest.mark.parametrize(("weight", "cases"), [(1.0, True), (0.0, True), (1.0, False)])
def test_a_rule_about_cases_stays_alive_where_it_makes_a_difference_and_only_there(
    name: str, weight: float, *, cases: bool
) -> None:
    rule = Rule[name.upper()]
    only = {rule_name: rule_name == name for rule_name in RULES} | {"weight": weight}
    # Without cases no hours of practice are bought in which to make rules.
    only["making_hours"] = 0.0
    also = {"casework": {"enabled": cases}}
    unused, used = (
        salience(ran(ruled(also, use_renews=renews, **only)), PRACTICE, rule).mean()
        for renews in (0.0, 0.4)
    )
    assert unused > 0.0
    if weight > 0.0 and cases:
        assert used > 1.1 * unused
    else:
        assert used == unused
