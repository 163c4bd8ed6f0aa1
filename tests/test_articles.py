"""What the articles describe has a row each, with what carries it, and what was found."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from collabsim.config import parameters
from collabsim.metrics import METRICS
from reading_parameters import readers

PROJECT = Path(__file__).parents[1]
#: What levers set directly: hours, meetings and seats.
SET_BY_LEVERS = {
    "collaboration_hours", "hours_municipalities", "hours_providers", "hours_per_seat", "encounters",
    "seat_concentration",
}  # fmt: skip
SYSTEMS = [f"R{number}" for number in range(1, 35)]


def load_script() -> ModuleType:
    """The script as a module; it is no part of the package."""
    spec = importlib.util.spec_from_file_location(
        "articles", PROJECT / "experiments" / "articles.py"
    )
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["articles"] = module
    spec.loader.exec_module(module)
    return module


articles = load_script()
ROWS: dict[str, dict[str, Any]] = {row["row"]: row for row in articles.rows()}


def test_every_system_has_a_row() -> None:
    assert list(ROWS) == SYSTEMS


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_row_names_modules_that_exist_and_parameters_that_they_read(name: str) -> None:
    row = ROWS[name]
    for mechanism in row["mechanisms"]:
        assert (PROJECT / f"src/collabsim/mechanisms/{mechanism}.py").is_file(), mechanism
    known = set(parameters())
    for path in row["parameters"]:
        known_group = any(one == path or one.startswith(f"{path}.") for one in known)
        assert known_group or path == "casework.contacts", path
    read = readers("mechanisms")
    reading = {module for path in row["parameters"] for module in read.get(path, ())}
    assert reading & set(row["mechanisms"]), (reading, row["mechanisms"])


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_row_is_used_in_a_config_and_explained_on_the_page_of_the_model(name: str) -> None:
    row = ROWS[name]
    assert articles.configs_with(row["parameters"])
    for mechanism in row["mechanisms"]:
        assert "model.md#" in articles.place_on_the_page(mechanism)
    sources = (PROJECT / "docs/sources.md").read_text(encoding="utf-8")
    for source in row["articles"]:
        assert f"## {source}\n" in sources


@pytest.mark.parametrize("name", SYSTEMS)
def test_a_row_expects_something_of_an_outcome_that_no_lever_sets(name: str) -> None:
    row = ROWS[name]
    assert row["outcome"] in METRICS.keys() - SET_BY_LEVERS
    assert row["direction"] in {"higher", "lower"}
    for side in ("of", "than"):
        if "scenario" in row[side]:
            articles.world_of(row[side], side)


def test_the_page_is_what_the_table_and_the_rows_say() -> None:
    page = (PROJECT / "docs/articles.md").read_text(encoding="utf-8")
    assert page == articles.page(articles.kept_findings())


def test_the_table_holds_a_finding_for_every_row_and_its_words_follow_from_its_numbers() -> None:
    findings = articles.kept_findings()
    assert list(findings) == SYSTEMS
    for name, found in findings.items():
        sign = 1.0 if ROWS[name]["direction"] == "higher" else -1.0
        assert found.outcome == ROWS[name]["outcome"]
        assert (found.found == "agrees") == (min(sign * found.low, sign * found.high) > 0.0), name
        assert (found.found == "disagrees") == (max(sign * found.low, sign * found.high) < 0.0)
