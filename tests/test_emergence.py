"""No lever acts on an outcome: it changes who meets whom, knowing what; the rest follows."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from collabsim.config import parameters
from collabsim.config.errors import ConfigError
from collabsim.config.timeline import value_at
from collabsim.parameters import Scenario
from reading_parameters import GROUPS
from small_worlds import merged, ran, small
from stages import stages

TESTS = Path(__file__).parent
#: Moving these is not moving what becomes of residents or relations: they are what parties spend.
SPENT = {
    "collaboration_hours", "hours_municipalities", "hours_providers", "hours_per_seat", "encounters",
    "seat_concentration",
}  # fmt: skip
#: With nothing to decide on these are counted, or not, but never made better or worse.
COUNTED_AT_MEETINGS = {"cooperation_rate", "open_at_table", "support_at_home"}
OFF = {name: {"enabled": False} for name in GROUPS if "enabled" in GROUPS[name].model_fields}


def levers() -> list[str]:
    """Paths of all levers."""
    return [
        path
        for path, parameter in parameters().items()
        if parameter.declaration is not None and parameter.declaration.role == "lever"
    ]


def with_lever(path: str, off: dict[str, Any]) -> Scenario | None:
    """A world in which all mechanisms are off and one lever is pulled; None if it cannot be."""
    declaration = parameters()[path].declaration
    assert declaration is not None
    now = value_at(Scenario(), path)
    others = [value for value in declaration.plausible or () if value != now]
    for value in reversed(others):
        group: Any = value
        for key in reversed(path.split(".")[1:]):
            group = {key: group}
        try:
            return small(**merged(off, {path.split(".", maxsplit=1)[0]: group}))
        except ConfigError:
            continue
    return None


@pytest.mark.parametrize("path", levers())
def test_with_all_mechanisms_off_a_lever_changes_no_outcome(path: str) -> None:
    scenario = with_lever(path, merged(OFF, {"history_months": 3}))
    assert scenario is not None
    without, within = ran(small(**OFF, history_months=3)).outcomes(), ran(scenario).outcomes()
    changed = {
        name for name in without if not np.array_equal(without[name], within[name], equal_nan=True)
    }
    assert changed <= SPENT | COUNTED_AT_MEETINGS
    for name in changed & COUNTED_AT_MEETINGS:
        assert within[name] == 1.0 or np.isnan(within[name]) or np.isnan(without[name])


@pytest.fixture(scope="module")
def first_shown() -> dict[str, list[Any] | None]:
    """For every lever the first stage of a month in which it shows, and what counts by then."""
    answer = subprocess.run(
        [sys.executable, "stages.py"],
        cwd=TESTS,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, list[Any] | None] = json.loads(answer.stdout)
    return found


#: A leaver hands over what it thinks of others: what is thought then changes hands, at once.
HANDED_OVER = {"people.handover": {"bonds.competence", "bonds.integrity"}}


@pytest.mark.slow
def test_in_the_stage_in_which_a_lever_first_shows_no_resident_fares_better_and_no_trust_moves(
    first_shown: dict[str, list[Any] | None],
) -> None:
    moved = {path: set(shown[1]) for path, shown in first_shown.items() if shown and shown[1]}
    assert moved == HANDED_OVER


@pytest.mark.slow
def test_nearly_every_lever_of_a_timeline_shows_within_the_months_looked_at(
    first_shown: dict[str, list[Any] | None],
) -> None:
    hidden = {path for path, shown in first_shown.items() if shown is None}
    assert len(hidden) <= len(first_shown) // 5, hidden
    assert {shown[0] for shown in first_shown.values() if shown} <= {"seats_are_filled", *stages()}


def test_every_lever_was_searched_for_a_world_in_which_it_works_the_other_way() -> None:
    table = pd.read_csv(TESTS.parent / "results/reference/sign-flips.csv")
    assert set(table["lever"]) == set(levers())
    page = (TESTS.parent / "results/reference/sign-flips.md").read_text(encoding="utf-8")
    for lever in levers():
        assert f"| `{lever}` |" in page


def test_the_search_for_a_first_stage_sees_a_lever_that_acts_on_an_outcome() -> None:
    """Twin: trust that is set where it should be learned is found out."""
    from collabsim.model import CollaborationModel
    from small_worlds import differences
    from stages import LIVELY, everything, what_counts

    world = CollaborationModel(small(**LIVELY)).world
    before, counted = everything(world), what_counts(world, 0)
    world.ties.integrity[0, 0] += 0.1
    assert differences(before, everything(world)) == ["ties.integrity"]
    assert differences(counted, what_counts(world, 0)) == ["ties.integrity"]
