"""Practice cases with a name: each has a config that runs, a page, and outcomes chosen beforehand."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from collabsim.config import load_comparison
from collabsim.metrics import METRICS

PROJECT = Path(__file__).parents[1]
#: Those that the articles tell of.
CASES = [
    "table-of-ten", "hidden-connector", "development-agenda", "rings", "weerthuis", "start", "lunch",
]  # fmt: skip


def load_script() -> ModuleType:
    """The script as a module; it is no part of the package."""
    path = PROJECT / "experiments" / "named_cases.py"
    spec = importlib.util.spec_from_file_location("named_cases", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["named_cases"] = module
    spec.loader.exec_module(module)
    return module


script = load_script()


def test_every_case_of_the_articles_is_there() -> None:
    assert [case["name"] for case in script.cases()] == CASES


@pytest.mark.parametrize("case", script.cases(), ids=CASES)
def test_a_case_has_a_config_a_source_and_outcomes_that_exist(case: dict[str, str]) -> None:
    comparison = load_comparison(PROJECT / f"configs/comparisons/{case['comparison']}.yaml")
    assert len(comparison.scenarios) > 1
    assert set(case["outcomes"]) <= METRICS.keys()
    sources = (PROJECT / "docs/sources.md").read_text(encoding="utf-8")
    assert f"## {case['article']}\n" in sources


def test_the_pages_are_what_the_stories_and_the_table_say() -> None:
    for name, text in script.pages(script.kept()).items():
        page = PROJECT / "docs/cases" / name
        assert page.read_text(encoding="utf-8") == text, (
            "run: python experiments/named_cases.py --page"
        )
