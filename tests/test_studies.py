"""Studies: what a page says is what its table says, and its table is that of its sweep."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

PROJECT = Path(__file__).parents[1]


def load_script(name: str) -> ModuleType:
    """A script as a module; it is no part of the package."""
    spec = importlib.util.spec_from_file_location(name, PROJECT / f"experiments/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


studies: Any = load_script("studies")
DONE = [name for name in studies.STUDIES if studies.done(name)]


def test_there_are_studies_and_a_page_that_lists_them() -> None:
    assert DONE
    page = (PROJECT / "docs/studies/README.md").read_text(encoding="utf-8")
    assert page == studies.index()


@pytest.mark.parametrize("name", DONE)
def test_a_page_is_what_its_table_and_its_words_say(name: str) -> None:
    page = (PROJECT / f"docs/studies/{name}.md").read_text(encoding="utf-8")
    assert page == studies.page(name)
    assert f"python experiments/studies.py {name}" in page
    for ending in ("svg", "png"):
        assert (PROJECT / f"docs/studies/{name}.{ending}").stat().st_size > 1000


@pytest.mark.parametrize("name", DONE)
def test_no_number_that_was_found_is_typed(name: str) -> None:
    words = (PROJECT / f"experiments/studies/{name}.md").read_text(encoding="utf-8")
    assert len(re.findall(r"\{\{", words)) >= 5
    typed = re.sub(r"\{[{%].*?[%}]\}", "", words, flags=re.DOTALL)
    assert re.findall(r"\d+[.,]\d+|\d+%", typed) == []


@pytest.mark.parametrize("name", [name for name in DONE if name != "sensitivity"])
def test_a_table_has_every_point_of_its_sweep_and_every_outcome(name: str) -> None:
    sweep, table = studies.sweep_of(studies.STUDIES[name]), studies.table_of(name)
    points = len(sweep.design.points) * len(sweep.scenarios)
    assert len(table) == points * len(sweep.outcomes)
    assert set(table["outcome"]) == set(sweep.outcomes)
    assert table["pairs"].max() == sweep.replicates


def test_a_point_is_compared_with_the_one_that_differs_in_the_lever_only() -> None:
    table = studies.table_of(DONE[0])
    numbers = studies.Numbers(table)
    row = table.iloc[0]
    assert row["verdict"] != row["verdict"] or row["difference"] == 0.0
    with pytest.raises(LookupError, match="rows of the table"):
        numbers.row(row["outcome"])
