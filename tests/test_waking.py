"""Waking the model up: the second process compiles what the first would have compiled."""

import os

import pytest

from collabsim import CollaborationModel
from collabsim.borrowing import Borrowed
from collabsim.experiments.waking import stages_with_types, waking_up
from collabsim.month import months_pass
from collabsim.parameters import Scenario
from stages import stages

plain = os.environ.get("NUMBA_DISABLE_JIT", "0") != "0"


@pytest.mark.skipif(plain, reason="nothing is compiled")
def test_the_other_end_compiles_every_stage_of_the_month_for_the_types_that_a_run_has() -> None:
    CollaborationModel(Scenario(months=1, history_months=1)).step()
    found = stages_with_types()
    assert [function.__name__ for function, _ in found] == stages()
    runs = {(Borrowed(world), first) for world, first, _ in months_pass.signatures}  # type: ignore[attr-defined]
    for function, kinds in found:
        assert any(kinds == run[: len(kinds)] for run in runs), function.__name__


@pytest.mark.skipif(plain, reason="nothing is compiled")
def test_once_compiled_the_model_is_only_loaded() -> None:
    CollaborationModel(Scenario(months=1, history_months=1)).step()
    assert waking_up() == "loading the model"
