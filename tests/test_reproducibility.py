"""The same luck gives the same bits, however and in whatever order it is run."""

import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest

from collabsim import organisations
from collabsim.events import Event, Reason
from collabsim.experiments.runs import RunResult, run_scenarios
from collabsim.history import prepare
from collabsim.model import CollaborationModel
from collabsim.parameters import Scenario
from collabsim.parameters.declaring import Group
from collabsim.settings import Settings
from small_worlds import differences, merged, ran, same_numbers, small, state

#: Contested hours, second contacts, a table that rotates: where order could matter.
BUSY: dict[str, Any] = {
    "grades": {"relation": 8.0},
    "people": {"second_contacts": True},
    "attention": {"access_hours_per_case": 0.7},
    "commissioning": {"target_load": 1.2},
    "table": {"reporting_back": True, "meets_every_months": 2},
    "sessions": {
        "invited": "everyone",
        "every_months": 6,
        "group_size": 3,
        "discloses_grievances": True,
        "tells_successes": True,
    },
    "rules": {"made_by": "table", "including_the_outer_ring": True, "agreements_on_content": True},
    "connector": {"who": "between_others"},
    "networks": {"count": 2, "overlap": 0.5},
    "organising": {"hours_per_month": 2.0},
    "incidents": {"per_year": 24.0},
}
TINY: dict[str, Any] = {
    "months": 6,
    "history_months": 5,
    "region": {"provider_count": 6},
    "table": {"meets_every_months": 2, "reporting_back": True},
    "people": {"turnover_per_year": {"provider": {"practice": 0.9}}},
    "sessions": {"invited": "everyone", "every_months": 3, "group_size": 3},
    "rules": {"made_by": "municipalities", "month": 1, "including_the_outer_ring": True},
    "connector": {"who": "largest_municipality", "mandate": False},
    "networks": {"count": 2, "overlap": 0.5},
    "organising": {"hours_per_month": 1.0},
    "incidents": {"per_year": 24.0},
}


def digest(model: CollaborationModel) -> str:
    """A hash of the whole state and of all outcomes of a model."""
    whole = hashlib.sha256()
    for name, array in sorted(state(model).items()):
        whole.update(name.encode())
        whole.update(np.ascontiguousarray(array).tobytes())
    for name, value in sorted(model.outcomes().items()):
        whole.update(f"{name}{value!r}".encode())
    return whole.hexdigest()


def by_run(results: list[RunResult]) -> dict[tuple[str, int], RunResult]:
    """Results by scenario and replicate; all of them must be done."""
    assert {result.status for result in results} == {"done"}
    return {(result.scenario, result.replicate): result for result in results}


def assert_same_runs(one: list[RunResult], other: list[RunResult]) -> None:
    """Outcomes, series and organisations agree to the last bit, run by run."""
    left, right = by_run(one), by_run(other)
    assert left.keys() == right.keys()
    for run, result in left.items():
        assert same_numbers(result.outcomes, right[run].outcomes), run
        assert not differences(result.series, right[run].series), run
        for name, column in result.organisations.items():
            assert np.array_equal(column, right[run].organisations[name]), (run, name)


# -- again, and in other portions ----------------------------------------------------------------


def test_the_same_run_twice_gives_the_same_bits() -> None:
    scenario = small(**BUSY)
    assert digest(ran(scenario)) == digest(ran(scenario))


def test_months_one_by_one_in_stretches_or_traced_give_the_same_bits() -> None:
    scenario = small(**BUSY)
    whole = ran(scenario)
    stepped, pieces = CollaborationModel(scenario), CollaborationModel(scenario)
    for _ in range(scenario.months):
        stepped.step()
    for months in (1, 5, 0, 11, scenario.months - 17):
        pieces.run_for(months)
    for other in (stepped, pieces, ran(scenario, trace=True)):
        assert differences(state(whole), state(other)) == []
        assert same_numbers(whole.outcomes(), other.outcomes())


def test_a_start_that_served_another_scenario_serves_again() -> None:
    scenario, other = small(**BUSY), small(**merged(BUSY, {"table": {"delegation": "everyone"}}))
    start = prepare(scenario, 1, 0)
    for one in (other, scenario):
        CollaborationModel(one, start=start).run_for(one.months)
    again = CollaborationModel(scenario, start=start)
    again.run_for(scenario.months)
    assert digest(again) == digest(ran(scenario))


def test_replicates_in_any_order_and_on_any_threads_give_the_same_bits() -> None:
    scenarios = [small(**BUSY), small(name="all", table={"delegation": "everyone"})]
    forth = run_scenarios(scenarios, replicates=[0, 1, 2, 3], threads=1)
    back = run_scenarios(scenarios[::-1], replicates=[3, 1, 2, 0], threads=2)
    assert_same_runs(forth, back)
    assert_same_runs(forth, run_scenarios(scenarios, replicates=[0, 1, 2, 3], threads=2))


def test_a_batch_and_a_single_model_give_the_same_bits() -> None:
    scenario = small(**BUSY)
    (result,) = run_scenarios([scenario], replicates=[2], threads=1)
    assert same_numbers(result.outcomes, ran(scenario, replicate=2).outcomes())


def test_seed_0_is_a_seed_and_none_is_the_seed_of_the_config() -> None:
    zero, one = small(seed=0), small(seed=1)
    assert digest(ran(zero, seed=0)) != digest(ran(zero, seed=1))
    assert digest(ran(one, seed=0)) == digest(ran(zero, seed=0))
    of_config = CollaborationModel(zero)
    of_config.run_for(zero.months)
    assert digest(of_config) == digest(ran(zero, seed=0))
    assert_same_runs(
        run_scenarios([zero], replicates=1, threads=1),
        run_scenarios([one], seed=0, replicates=1, threads=1),
    )


PLAIN = """
import json, sys
sys.path.insert(0, sys.argv[1])
import numba
from small_worlds import ran, small
from test_reproducibility import TINY, digest
assert numba.config.DISABLE_JIT
print(digest(ran(small(**json.loads(sys.argv[2])))))
"""


@pytest.mark.slow
@pytest.mark.parametrize("second_contacts", [False, True])
def test_plain_python_gives_the_bits_of_compiled_code(
    second_contacts: bool, pytestconfig: pytest.Config
) -> None:
    world = merged(TINY, {"people": {"second_contacts": second_contacts}})
    tests = str(pytestconfig.rootpath / "tests")
    answers = [
        subprocess.run(
            [sys.executable, "-c", PLAIN, tests, json.dumps(world)],
            env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for _ in range(2)
    ]
    assert answers == [digest(ran(small(**world)))] * 2


# -- other orders of the same region -------------------------------------------------------------


def named_region(order: list[int]) -> Scenario:
    """Two municipalities and nine providers written out by name, in some order."""
    fields = ("youth", "care", "housing")
    everybody: list[dict[str, Any]] = [
        {"id": name, "kind": "municipality"} for name in ("Zwin", "Aa")
    ]
    everybody += [
        {"id": f"{name} house", "kind": "provider", "domain": fields[number % 3]}
        for number, name in enumerate("pkzbtxmra")
    ]
    groups = merged(BUSY, {"region": {
        "municipality_count": 0, "provider_count": 0, "fields": list(fields),
        "organisations": [everybody[place] for place in order],
    }})  # fmt: skip
    return small(**merged(groups, {"casework": {"needs_most": 3}}))


def test_organisations_in_another_order_give_the_same_results_by_name() -> None:
    forth, back = (ran(named_region(order)) for order in ([*range(11)], [*range(11)][::-1]))
    assert same_numbers(forth.outcomes(), back.outcomes())
    assert differences(forth.series(), back.series()) == []
    hours = [dict(zip(model.ids, model.hours().tolist(), strict=True)) for model in (forth, back)]
    assert hours[0] == hours[1]


#: Events that name no other organisation in ``whom``.
NO_OTHER = {
    Event.LEFT, Event.ARRIVED_AT_POST, Event.SPENT, Event.PLEDGED, Event.REPORTED, Event.NEED_SEEN,
    Event.NEED_MET, Event.CONSULTED, Event.CASE_OPEN, Event.SIGHT, Event.WORKS_IN,
    Event.SEATED, Event.TABLE_DECIDED,
}  # fmt: skip


#: Encounters in which everybody meets everybody.
IN_A_GROUP = {
    Reason.TABLE, Reason.SESSION_OF_PRACTICE, Reason.SESSION_OF_MANAGERS, Reason.SESSION_OF_BOARDS,
    Reason.ACCOUNTING,
}  # fmt: skip


def happenings(model: CollaborationModel) -> Counter[tuple[object, ...]]:
    """How often each thing happened, by names instead of rows, with values to nine digits."""
    events = model.events()
    names = np.array([*model.ids, ""])
    other = ~events["event"].isin(NO_OTHER)
    whom = np.where(other, names[events["whom"].where(other, -1)], events["whom"].astype(str))
    # Whose meeting it was in a group follows from rows; who met does not.
    who = names[events["who"]]
    group = (events["event"] == Event.ENCOUNTER) & events["reason"].isin(IN_A_GROUP)
    swap = group & (who > whom)
    first, second = np.where(swap, whom, who), np.where(swap, who, whom)
    value = [f"{number:.9g}" for number in events["value"]]
    return Counter(
        zip(
            events["month"], events["event"], first, second, events["case"], events["reason"],
            value, strict=True,
        )
    )  # fmt: skip


def test_rows_in_another_order_give_the_same_events(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bypasses the sorting by name, so that nothing but keys and priorities can decide."""
    sorted_by_name = organisations.listed
    for delegation in ("selected", "self_selected"):
        scenario = small(
            months=18, **merged(BUSY, {"table": {"delegation": delegation, "seats": 4}})
        )
        usual = happenings(ran(scenario, trace=True))
        with monkeypatch.context() as patch:
            patch.setattr(
                organisations,
                "listed",
                lambda *given: [sorted_by_name(*given)[i] for i in (7, 2, 9, 0, 4, 1, 8, 3, 6, 5)],
            )
            moved = ran(scenario, trace=True)
            assert list(moved.ids) != sorted(moved.ids)
            other = happenings(moved)
        gone, new = usual - other, other - usual
        first = min([*gone, *new], default=None, key=lambda row: int(str(row[0])))
        assert first is None, (first, len(gone), len(new), sum(usual.values()))


# -- minimally different worlds ------------------------------------------------------------------


@pytest.mark.parametrize("staggered", [False, True])
@pytest.mark.parametrize("delegation", ["selected", "random", "self_selected"])
def test_worlds_that_differ_in_rotation_are_one_until_the_first_rotation(
    delegation: str, staggered: bool
) -> None:
    table = {"delegation": delegation, "seats": 4, "quorum": 0.0, "reporting_back": True}
    # Seats that pay, so that some who have none want one, also when the providers choose.
    groups = {
        "cooperation": {"anticipation": 0.0},
        "commissioning": {"track_record_weight": 10.0},
        "attention": {"preparation_hours": 0.0},
    }
    fixed, rotating = (
        small(**groups, table=table | {"rotation": rotation})
        for rotation in (
            {"share_per_year": 0.0},
            {"share_per_year": 1.0, "staggered": staggered},
        )
    )
    models = [CollaborationModel(scenario, trace=True) for scenario in (fixed, rotating)]
    first = 3 if staggered else 12
    for model in models:
        model.run_for(first)
    one, other = models
    assert one.world.seats.seated.sum() > 2
    assert set(differences(state(one), state(other))) <= {"seats.until"}
    pd.testing.assert_frame_equal(one.events(), other.events(), check_exact=True)
    for model in models:
        model.run_for(fixed.months - first)
    assert not one.events().equals(other.events())
    assert not same_numbers(one.outcomes(), other.outcomes())


SWITCHED = [
    name for name, field in Scenario.model_fields.items()
    if isinstance(field.annotation, type)
    and issubclass(field.annotation, Group)
    and "enabled" in field.annotation.model_fields
]  # fmt: skip


def test_every_mechanism_but_the_table_can_be_switched_off() -> None:
    # Networks are laid out and grades are given before month 0; no month reads them. What rules of
    # the user's own add belongs to the rules.
    assert set(Settings._fields) - {"leaving", "table", "responses"} == set(SWITCHED) - {
        "networks",
        "grades",
    }


@pytest.mark.parametrize("group", SWITCHED)
def test_switching_off_is_the_same_as_the_neutral_value(group: str) -> None:
    scenario = small(**BUSY)
    on = getattr(scenario, group)
    off = scenario.model_copy(update={group: on.model_copy(update={"enabled": False})})
    neutral = scenario.model_copy(update={group: on.model_copy(update=on.NEUTRAL)})
    switched, set_to_neutral = ran(off), ran(neutral)
    assert differences(state(switched), state(set_to_neutral)) == []
    assert same_numbers(switched.outcomes(), set_to_neutral.outcomes())
    assert digest(switched) != digest(ran(scenario))
