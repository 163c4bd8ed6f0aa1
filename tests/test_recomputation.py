"""Every outcome follows from the event record alone, to the last bit."""

import importlib.util
import math
from contextlib import nullcontext
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pandas as pd
import pytest

from collabsim.config import load_scenario
from collabsim.events import Event, Reason
from collabsim.experiments.experiment import Experiment, carry_out
from collabsim.grades import GRADES
from collabsim.metrics import METRICS
from collabsim.organisations import LAYERS, PROVIDER
from collabsim.parameters import Scenario
from collabsim.record import Spending
from collabsim.rings import find_rings
from collabsim.yardstick import yardstick
from small_worlds import ran, small

PROJECT = Path(__file__).parents[1]
REGION = PROJECT / "configs" / "scenarios"
SCRIPT = PROJECT / "experiments" / "recompute.py"

WORLDS: dict[str, dict[str, Any]] = {
    "rotating": {"months": 36},
    "everyone": {"table": {"delegation": "everyone", "seats": 8}},
    "self-selected": {"table": {"delegation": "self_selected", "meets_every_months": 2}},
    "nobody": {"table": {"delegation": "nobody"}, "months": 30},
    "by lot, staggered, reporting back": {
        "table": {
            "delegation": "random",
            "reporting_back": True,
            "rotation": {"staggered": True, "order": "random"},
        }
    },
    "sparse, with second contacts": {
        "region": {"known_others": 5, "provider_count": 14},
        "people": {"second_contacts": True},
    },
    "short of hours, newest first": {
        "attention": {"provider_board_hours": 2.0},
        "commissioning": {"target_load": 1.3},
        "promises": {"serve_first": "newest"},
    },
    "with a timeline": {
        "timeline": [
            {"month": 5, "set": {"table.delegation": "nobody", "learning.fades_per_month": 0.2}},
            {"month": 9, "set": {"table.delegation": "everyone"}},
            {"month": 13, "set": {"casework.cases_per_1000_per_year": 3.0}},
            {"month": 17, "set": {"table.seats": 2, "table.delegation": "stratified"}},
        ]
    },
    "three networks, a majority, a desk, incidents": {
        "region": {"municipality_count": 4, "provider_count": 14},
        "networks": {"count": 3, "overlap": 0.3},
        "table": {"delegation": "random", "seats": 3, "decides_by": "majority"},
        "organising": {"hours_per_month": 2.0},
        "incidents": {"per_year": 30.0},
        "months": 30,
    },
    "no contact at all": {"casework": {"contacts": False}, "table": {"delegation": "nobody"}},
    "one month": {"months": 1},
    "no cases": {"casework": {"enabled": False}},
}


def load_script() -> ModuleType:
    """The script as a module; it is no part of the package."""
    spec = importlib.util.spec_from_file_location("recompute", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


recompute = load_script()


def recomputed(events: pd.DataFrame, alone: pd.DataFrame, provider: np.ndarray) -> dict[str, float]:
    """All outcomes from events; the search for rings is the package's own."""
    outcomes: dict[str, float] = recompute.recompute(events, alone, provider)
    rings = find_rings(*recompute.asks_by_year(events, len(provider)))
    return outcomes | {
        "ring_found": float(rings.found) if recompute.months_in(events) >= 24 else math.nan,
        "inner_ring_share": rings.share if rings.found else math.nan,
        "ring_speed_gap_days": rings.gap_days,
        "ring_persistence": rings.persistence,
    }


def disagreements(scenario: Scenario) -> dict[str, tuple[float, float]]:
    """Outcomes that come out otherwise from the events than from the model."""
    model, alone = ran(scenario, trace=True), ran(yardstick(scenario), trace=True)
    provider = model.world.organisations.kind == PROVIDER
    recorded = model.outcomes()
    again = recomputed(model.events(), alone.events(), provider)
    assert again.keys() == recorded.keys() == METRICS.keys()
    return {
        name: (recorded[name], again[name])
        for name in recorded
        if not recompute.same(recorded[name], again[name])
    }


@pytest.mark.parametrize("world", WORLDS)
def test_every_outcome_of_a_small_world_follows_from_its_events(world: str) -> None:
    assert disagreements(small(**WORLDS[world])) == {}


@pytest.mark.slow
@pytest.mark.parametrize("delegation", ["rotating", "everyone", "self-selected", "nobody"])
def test_every_outcome_of_the_region_follows_from_its_events(delegation: str) -> None:
    assert disagreements(load_scenario(REGION / f"region-004-{delegation}.yaml")) == {}


@cache
def traced() -> tuple[pd.DataFrame, pd.DataFrame, np.ndarray, dict[str, float]]:
    """A run in which everything happens that outcomes are made of, and the outcomes made of it."""
    scenario = small(
        months=36,
        region={"provider_count": 12},
        people={"turnover_per_year": {"provider": {"practice": 0.6}}},
        table={"reporting_back": True, "meets_every_months": 2, "agreement_needs": 0.3, "seats": 6},
    )
    model, alone = ran(scenario, trace=True), ran(yardstick(scenario), trace=True)
    those = model.events(), alone.events(), model.world.organisations.kind == PROVIDER
    return *those, recompute.recompute(*those)


#: Rows without which an outcome cannot be right, and of which the last one already matters.
NEEDED = [
    (Event.CASE_CLOSED, None),
    (Event.CASE, None),
    (Event.CASE_OPEN, None),
    (Event.CONTRADICTED, None),
    (Event.DECIDED, Reason.COOPERATED),
    (Event.DECIDED, Reason.HELD_BACK),
    (Event.PROMISE_ENDED, Reason.KEPT),
    (Event.PROMISE_ENDED, Reason.ANNOUNCED),
    (Event.PROMISE_ENDED, Reason.BROKEN),
    (Event.ENCOUNTER, Reason.ASK),
    (Event.ENCOUNTER, Reason.CONSULT),
    (Event.ENCOUNTER, Reason.MANAGERS_MEET),
    (Event.ENCOUNTER, Reason.TABLE),
    (Event.TRUST, Reason.COMPETENCE),
    (Event.TRUST, Reason.INTEGRITY),
    (Event.TRUST, Reason.ACQUAINTANCE),
    (Event.FADED, None),
    (Event.SPENT, Spending.ASK),
    (Event.SPENT, Spending.CONSULT),
    (Event.SPENT, Spending.ONE_TO_ONE),
    (Event.SPENT, Spending.TABLE),
    (Event.SPENT, Spending.REPORT),
    (Event.SPENT, Spending.ONBOARDING),
    (Event.ASKED, Reason.ACCEPTED),
    (Event.SUPPORTED, Reason.IN_FAVOUR),
    (Event.REPORTED, None),
    (Event.SEATED, Reason.TOOK_SEAT),
    (Event.WAITS, None),
    (Event.HEARD, Reason.TOLD),
]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("event", "reason"), NEEDED, ids=lambda code: "any" if code is None else code.name
)
def test_without_one_event_the_outcomes_come_out_otherwise(
    event: Event, reason: Reason | Spending | None
) -> None:
    events, alone, provider, whole = traced()
    rows = events["event"] == event
    if reason is not None:
        rows &= events["reason"] == reason
    assert rows.any()
    found = []
    # Of levels that are overwritten later, or of cases still open, only some rows count.
    for dropped in events.index[rows][:-60:-1]:
        less = recompute.recompute(events.drop(index=dropped), alone, provider)
        found = [name for name in whole if not recompute.same(whole[name], less[name])]
        if found:
            return
    pytest.fail(f"no outcome depends on the last rows of {event.name}")


def test_hours_in_the_script_go_by_the_same_layers_and_purposes() -> None:
    assert (len(LAYERS), len(Spending)) == (recompute.LAYERS, recompute.PURPOSES)
    assert Spending.CARE == recompute.CARE


def test_the_script_gives_numbers_the_meaning_that_the_record_gives_them() -> None:
    other_words = {"UNSEEN_NEED": "HELPED_WITH_UNSEEN_NEED", "MET_AT_TABLE": "TABLE"}
    no_codes = {"PURPOSES", "LAYERS", "YEAR", "RING_OUTCOMES", "KNOWN", "GRADES", "FALSE_ALARMS"}
    for name, number in vars(recompute).items():
        if name.isupper() and name not in no_codes:
            word = other_words.get(name, name)
            meanings = [
                kind[word] for kind in (Event, Reason, Spending) if word in kind.__members__
            ]
            assert number in meanings, name


def test_the_script_has_the_grades_of_the_model() -> None:
    assert {name: (g.parts, g.usual) for name, g in GRADES.items()} == recompute.GRADES


def test_the_script_imports_nothing_of_the_package() -> None:
    assert "collabsim." not in SCRIPT.read_text(encoding="utf-8")
    assert "import collabsim" not in SCRIPT.read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_traced_run_can_be_recomputed_from_its_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenarios = (small(), small(name="all", table={"delegation": "everyone"}))
    experiment = Experiment("two", scenarios, seed=0, replicates=1, threads=1)
    done = carry_out(
        experiment, tmp_path / "out", lambda _: nullcontext(lambda _done, _all: None), trace=True
    )
    assert done is not None
    assert recompute.main(tmp_path / "out") == 0
    assert "every outcome agrees" in capsys.readouterr().out
    events = pd.read_parquet(tmp_path / "out" / "events.parquet")
    changed = events.drop(index=events.index[(events["event"] == Event.ENCOUNTER)][0])
    changed.to_parquet(tmp_path / "out" / "events.parquet")
    assert recompute.main(tmp_path / "out") == 1


def test_the_record_of_a_region_that_was_fitted_to_a_grade_holds_the_yardstick_of_that_region(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = small(grades={"public_value": 5.0}, history_months=24)
    experiment = Experiment("fitted", (given,), seed=0, replicates=1, threads=1)
    quiet = nullcontext(lambda _done, _all: None)
    assert carry_out(experiment, tmp_path / "out", lambda _: quiet, trace=True) is not None
    assert recompute.main(tmp_path / "out") == 0
    assert "every outcome agrees" in capsys.readouterr().out
