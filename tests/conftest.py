"""Small worlds that tests share; chance in tests is fixed, so that nothing is flaky."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import settings

from collabsim.config import scenario_from_mapping
from collabsim.delegation import Candidates
from collabsim.delegation.candidates import candidates_of
from collabsim.experiments.sweep_files import Sweep, load_sweep
from collabsim.experiments.sweep_folders import digest
from collabsim.founding import first_world
from collabsim.parameters import Scenario
from collabsim.parameters.tables import Table
from collabsim.randomness import Luck
from collabsim.world import World
from small_sweeps import carried_out, sweep_in

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("fixed", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("fixed")

type WorldMaker = Callable[..., World]
type CandidatesMaker = Callable[..., Candidates]


#: Files that take minutes: first, so that no worker is still busy with one when the other has ended.
LONG = ("test_app_browser.py", "test_site.py", "test_sweep_disasters.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Have long files tested first."""
    items.sort(key=lambda item: item.path.name not in LONG)


def small_scenario(**groups: dict[str, Any]) -> Scenario:
    """A scenario that says only what ``groups`` say."""
    return scenario_from_mapping({"name": "small", "about": "A small world for tests.", **groups})


@pytest.fixture(scope="module")
def browser() -> Iterator["Browser"]:
    """Chromium without a window; closed at the end of a file, as another file starts its own."""
    from browser import started

    with started() as running:
        yield running


@pytest.fixture
def world() -> WorldMaker:
    """Make a world without history: ``world(seed, people={...}, learning={...})``."""

    def make(seed: int, **groups: dict[str, Any]) -> World:
        with np.errstate(over="ignore"):
            return first_world(small_scenario(**groups), Luck(seed, 0))[1]

    return make


@cache
def everybody(providers: int, municipalities: int) -> Candidates:
    """The candidates of a region without history."""
    scenario = small_scenario(
        region={"provider_count": providers, "municipality_count": municipalities}
    )
    luck = Luck(0, 0)
    with np.errstate(over="ignore"):
        return candidates_of(first_world(scenario, luck)[1], luck, 0)


@pytest.fixture
def candidates() -> CandidatesMaker:
    """Make candidates: ``candidates(50, seed=1, month=12)``."""

    def make(
        providers: int, *, seed: int = 0, month: int = 0, municipalities: int = 3
    ) -> Candidates:
        return replace(everybody(providers, municipalities), luck=Luck(seed, 0), month=month)

    return make


@pytest.fixture
def table() -> Callable[..., Table]:
    """Make the group ``table`` of a scenario: ``table(seats=10, rotation={...})``."""

    def make(**values: object) -> Table:
        return small_scenario(table=values).table

    return make


@pytest.fixture(scope="session")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sweep, str]:
    """The sweep, and the SHA-256 of what it gives when nothing happens."""
    folder = tmp_path_factory.mktemp("undisturbed")
    sweep = load_sweep(sweep_in(folder))
    done = carried_out(sweep, folder / "out")
    assert (done.runs, done.failed, done.wanted) == (72, 0, 72)
    return sweep, digest(folder / "out")
