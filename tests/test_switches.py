"""Off means off, no mechanism reads what is measured, and each reads its own parameters."""

import ast
from typing import Any

import numpy as np
import pandas as pd
import pytest

from collabsim.config import load_scenario
from collabsim.events import Event, Reason
from collabsim.experiments.runs import run_scenarios
from collabsim.mechanisms.choosing import log_weight
from collabsim.metrics import METRICS
from collabsim.model import CollaborationModel
from collabsim.parameters import Scenario
from collabsim.record import Count, Spending
from collabsim.settings import settings_of
from collabsim.ties import NOT_HEARD, ROOM_UNKNOWN
from reading_parameters import GROUPS, PACKAGE, PARAMETERS, imports, parameters_read, readers
from small_worlds import differences, merged, ran, small, state

ALIVE: dict[str, Any] = {
    "people": {"turnover_per_year": {"provider": {"practice": 0.5, "board": 0.5}}},
    "attention": {"access_hours_per_case": 0.7},
    "commissioning": {"target_load": 1.2},
    "table": {"reporting_back": True, "meets_every_months": 2},
}


def without(*groups: str, **also: object) -> Scenario:
    """The small world with mechanisms switched off."""
    off = {name: {"enabled": False} for name in groups}
    return small(**merged(merged(ALIVE, off), also))


def total(model: CollaborationModel, count: Count) -> int:
    """What was counted over the whole run."""
    return int(model.world.record.months.counts[:, count].sum())


# -- off means off -------------------------------------------------------------------------------


def test_everything_that_a_switch_stops_happens_while_it_is_on() -> None:
    model = ran(small(**ALIVE), trace=True)
    events, ties = model.events(), model.world.ties
    for count in (Count.LEFT, Count.ARRIVED, Count.ANNOUNCED, Count.BROKEN):
        assert total(model, count) > 0, count.name
    assert ((events["event"] == Event.ASKED) & (events["reason"] == Reason.NO_TIME)).any()
    assert ((events["event"] == Event.DECIDED) & (events["reason"] == Reason.HELD_BACK)).any()
    assert ties.dependence.max() > 0.0
    assert (ties.wait_heard != NOT_HEARD).any()
    assert len(np.unique(ties.integrity)) > 2


def test_without_people_nobody_ever_leaves() -> None:
    scenario = without("people")
    model = CollaborationModel(scenario)
    before = {name: array.copy() for name, array in state(model).items()}
    model.run_for(scenario.months)
    assert total(model, Count.LEFT) == 0
    changed = differences(before, state(model))
    assert not [name for name in changed if name.startswith(("posts.", "carriers."))]
    assert model.world.record.spent.hours[:, :, Spending.ONBOARDING].sum() == 0.0


def test_without_learning_trust_and_acquaintance_stay_what_they_were_to_the_bit() -> None:
    scenario = without("learning", "people")
    model = ran(scenario)
    ties, bonds = model.world.ties, model.world.bonds
    for trust in (ties, bonds):
        assert (trust.competence == scenario.learning.start_competence).all()
        assert (trust.integrity == scenario.learning.start_integrity).all()
    assert (ties.ceiling == 1.0).all()
    assert (bonds.acquaintance == 0.0).all()


def test_without_learning_the_houses_opinion_also_survives_those_who_leave() -> None:
    scenario = without("learning")
    model = ran(scenario)
    assert total(model, Count.LEFT) > 0
    assert (model.world.ties.competence == scenario.learning.start_competence).all()
    assert (model.world.ties.integrity == scenario.learning.start_integrity).all()
    assert (model.world.bonds.acquaintance == 0.0).all()


def test_without_casework_there_is_no_case_no_ask_and_no_promise() -> None:
    model = ran(without("casework"))
    for count in (Count.ARRIVED, Count.ASKS, Count.PROMISED, Count.CONSULTS, Count.OPEN_CASES):
        assert total(model, count) == 0, count.name
    assert (model.world.ledger.queue == 0.0).all()
    assert (model.world.ledger.own_wait < 0.0).all()


def test_without_attention_nobody_is_ever_short_of_hours_for_contact() -> None:
    model = ran(without("attention"), trace=True)
    reasons = model.events()["reason"][model.events()["event"] != Event.SPENT]
    assert not reasons.isin([Reason.NO_TIME, Reason.ABSENT]).any()


def test_without_commissioning_contracts_stay_and_nobody_depends_on_anybody() -> None:
    scenario = without("commissioning")
    model = CollaborationModel(scenario)
    before = model.world.ties.contract.copy()
    model.run_for(scenario.months)
    assert np.array_equal(model.world.ties.contract, before)
    assert (model.world.ties.dependence == 0.0).all()


def test_without_cooperation_to_decide_on_everybody_cooperates() -> None:
    # Without energy the hours to come prepared would be missing.
    model = ran(without("cooperation", "energy"))
    assert total(model, Count.COOPERATED) == total(model, Count.DECISIONS) > 0


def test_without_limits_to_care_every_promise_is_kept() -> None:
    model = ran(without("promises"))
    assert total(model, Count.KEPT) > 0
    assert total(model, Count.ANNOUNCED) == total(model, Count.BROKEN) == 0
    assert model.world.record.spent.hours[:, :, Spending.CARE].sum() == 0.0


def test_without_word_nobody_knows_of_room_or_waiting() -> None:
    model = ran(without("word"))
    assert (model.world.ties.wait_heard == NOT_HEARD).all()
    assert (model.world.ties.room == ROOM_UNKNOWN).all()


@pytest.mark.parametrize("contacts", [0, 1, 100, 5000])
@pytest.mark.parametrize("value", [0.0, 0.3, 1.0])
def test_without_choice_all_who_can_help_weigh_the_same(contacts: int, value: float) -> None:
    choice = settings_of(without("choice")).choice
    assert log_weight(choice.habit, choice.sensitivity, contacts, value) == 0.0


def test_without_a_table_nobody_sits_and_nothing_is_pledged() -> None:
    model = ran(small(**merged(ALIVE, {"table": {"delegation": "nobody"}})))
    assert not model.world.seats.seated.any()
    assert model.world.record.spent.seat_months.sum() == 0
    for count in (Count.MEETINGS, Count.PLEDGES, Count.JOINT_STEPS, Count.REPRESENTED):
        assert total(model, count) == 0, count.name


def test_with_everything_off_the_world_stands_still_to_the_bit() -> None:
    groups = [name for name in GROUPS if "enabled" in GROUPS[name].model_fields]
    changes = {"attention": {"networking_share": 0.0}, "table": {"delegation": "nobody"}}
    scenario = without(*groups, **changes, months=60)
    model = CollaborationModel(scenario)
    before = {name: array.copy() for name, array in state(model).items()}
    model.run_for(scenario.months)
    changed = differences(before, state(model))
    # Hours are handed out every month, and levels are measured.
    assert set(changed) <= {"ledger.left", "record.months.levels"}
    assert np.isin(model.world.record.spent.hours, 0.0).all()


#: Who leaves and comes, and which residents ask for help with what: these read no other mechanism.
READ_NOTHING_ELSE = {
    "people": ([Event.LEFT, Event.ARRIVED_AT_POST], ["month", "event", "who", "whom"]),
    "casework": ([Event.CASE], ["month", "case", "value"]),
}


@pytest.mark.parametrize("group", [g for g in GROUPS if "enabled" in GROUPS[g].model_fields])
def test_one_mechanism_off_leaves_the_events_of_those_that_do_not_read_it(group: str) -> None:
    both = [ran(scenario, trace=True).events() for scenario in (small(**ALIVE), without(group))]
    for owner, (kinds, columns) in READ_NOTHING_ELSE.items():
        # Without residents nobody buys care: houses have another size, and so other posts.
        if group in {owner, "casework"}:
            continue
        one, other = (
            events[events["event"].isin(kinds)][columns].sort_values(columns) for events in both
        )
        assert len(one) > 0
        pd.testing.assert_frame_equal(
            one.reset_index(drop=True), other.reset_index(drop=True), check_exact=True
        )


def test_trust_does_not_rise_because_months_pass() -> None:
    scenario = without(
        "casework", attention={"networking_share": 0.0}, table={"delegation": "nobody"}, months=60
    )
    model = ran(scenario)
    for kind in ("integrity_trust", "competence_trust"):
        assert len(set(model.series()[kind].tolist())) == 1
    assert total(model, Count.ENCOUNTERS) == 0


@pytest.mark.slow
def test_at_the_defaults_no_outcome_stands_at_its_boundary_and_nothing_is_certain() -> None:
    region = load_scenario(PACKAGE.parents[1] / "configs/scenarios/region-004-rotating.yaml")
    results = run_scenarios([region], replicates=24)
    values = {name: np.array([r.outcomes[name] for r in results]) for name in METRICS}
    # Of what is yes or no, only the share says anything; nobody makes rules here.
    two_valued = {"ring_found", "stagnated"}
    for name, metric in METRICS.items():
        known = values[name][np.isfinite(values[name])]
        if name in two_valued or len(known) == 0:
            continue
        assert metric.low < np.median(known) < metric.high, name
    # That joint casework falls is rare here; that nothing joint is ever done is not (F27).
    nothing_came_of_it = (values["stagnated"] == 1.0) | (values["joint_steps_a_year"] == 0.0)
    assert 0.1 < nothing_came_of_it.mean() < 0.9
    assert 0.0 < values["joint_steps_a_year"].mean() < 4.0


# -- nothing reads what is measured --------------------------------------------------------------


def test_nothing_that_happens_depends_on_what_was_recorded() -> None:
    scenario = small(**ALIVE)
    usual, spoilt = CollaborationModel(scenario), CollaborationModel(scenario)
    record = spoilt.world.record
    record.months.counts[:] = 10**6
    record.months.levels[:] = np.nan
    record.spent.hours[:] = 1e9
    record.spent.seat_months[:] = 99
    record.asks.asked[:] = record.asks.accepted[:] = 77
    record.asks.days[:] = 1e9
    states = []
    for model in (usual, spoilt):
        model.run_for(scenario.months)
        states.append({n: a for n, a in state(model).items() if not n.startswith("record.")})
    assert differences(*states) == []


def test_nothing_that_happens_depends_on_whether_events_are_kept() -> None:
    scenario = small(**ALIVE)
    assert differences(state(ran(scenario)), state(ran(scenario, trace=True))) == []


MODULES = sorted([*PACKAGE.glob("mechanisms/*.py"), *PACKAGE.glob("delegation/*.py")])


@pytest.mark.parametrize("module", MODULES, ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_no_mechanism_imports_metrics_or_analysis(module: Any) -> None:  # noqa: ANN401 - a path
    measured = ("metrics", "analysis", "experiments", "figures", "model")
    forbidden = {
        name
        for name in imports(module)
        if any(name.startswith(f"collabsim.{part}") for part in measured)
    }
    assert forbidden == set()


# -- each mechanism reads its own parameters -----------------------------------------------------


def test_each_parameter_is_read_in_one_mechanism() -> None:
    assert {p: m for p, m in readers("mechanisms").items() if len(m) > 1} == {}


#: Who chooses a seat foresees what the mechanisms will do, so these are read a second time.
FORESEEN = {
    "attention.table_hours", "attention.preparation_hours", "attention.travel_hours",
    "learning.gain_per_hour", "table.online",
    "commissioning.renewed_share_per_year", "commissioning.track_record_weight",
    "table.meets_every_months", "table.first_meeting_month", "table.rotation",
}  # fmt: skip


def test_choosing_a_delegation_reads_no_more_than_what_it_foresees() -> None:
    mechanisms, delegation = readers("mechanisms"), readers("delegation")
    both = {p for p in delegation if p in mechanisms or len(delegation[p]) > 1}
    assert both <= FORESEEN


def test_every_parameter_is_read_somewhere() -> None:
    read = {*readers("mechanisms"), *readers("delegation"), *readers(".")}
    assert PARAMETERS - read == set()


def test_the_reader_of_parameters_sees_every_way_of_reading() -> None:
    ways = {
        "def f(world): return world.settings.word.reach": {"word.reach"},
        "def f(p: Learning): return p.kept_gain": {"learning.kept_gain"},
        "def f(w):\n c, p = w.cases, w.settings.casework\n return p.days_per_ask": {
            "casework.days_per_ask"
        },
        "def f(scenario): return scenario.people.effective().handover": {"people.handover"},
        "def f(world): return world.word.volume": set(),
    }
    for source, read in ways.items():
        ast.parse(source)
        assert parameters_read(source) == read, source
