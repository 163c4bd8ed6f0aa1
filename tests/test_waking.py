"""Waking the model up: the second process compiles what the first would have compiled."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import collabsim
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


COPY = """
import collabsim
from collabsim.experiments.waking import wake_up
from collabsim.month import months_pass
from collabsim.parameters import Scenario
wake_up(Scenario(), 0)
print(collabsim.__file__, len(months_pass.stats.cache_hits), len(months_pass.stats.cache_misses))
"""


@pytest.mark.slow
@pytest.mark.skipif(plain, reason="nothing is compiled")
def test_a_copy_of_the_same_sources_loads_what_another_compiled(tmp_path: Path) -> None:
    CollaborationModel(Scenario(months=1, history_months=1)).step()
    copy = tmp_path / "collabsim"
    shutil.copytree(Path(collabsim.__file__).parent, copy)
    said = subprocess.run(
        [sys.executable, "-c", COPY], env={**os.environ, "PYTHONPATH": str(tmp_path)},
        check=True, capture_output=True, text=True, cwd=tmp_path,
    ).stdout  # fmt: skip
    assert said.split() == [str(copy / "__init__.py"), "1", "0"]
