"""What docs/model.md says of the month, the mechanisms and the levers is what the code has."""

import ast
import re
from pathlib import Path

import pytest

from collabsim.config import parameters
from collabsim.grades import GRADES
from collabsim.metrics import METRICS
from collabsim.parameters import Scenario
from reading_parameters import GROUPS

PROJECT = Path(__file__).parents[1]
SOURCE = PROJECT / "src" / "collabsim"
PAGE = (PROJECT / "docs" / "model.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    """The text under a heading of the page, up to the next heading of the same level."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def items(text: str) -> list[str]:
    """The items of the first numbered list in ``text``, each in one line."""
    lines = re.findall(r"^\d+\.\s.*(?:\n {3,}\S.*)*", text, flags=re.MULTILINE)
    return [" ".join(line.split()).partition(" ")[2] for line in lines]


def calls_of_a_month() -> list[str]:
    """The functions that ``month_passes`` calls, in order."""
    tree = ast.parse((SOURCE / "month.py").read_text(encoding="utf-8"))
    month = next(
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name == "month_passes"
    )
    calls = [node.value for node in month.body if isinstance(node, ast.Expr)]
    return [
        call.func.id
        for call in calls
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)
    ]


def test_the_month_on_the_page_names_every_function_in_the_order_in_which_it_is_called() -> None:
    named = [
        name
        for item in items(section("Process overview and scheduling"))
        for name in re.findall(r"`(\w+)`", item)
    ]
    assert named == calls_of_a_month()


def test_the_month_on_the_page_is_the_month_that_the_model_tells_of() -> None:
    told = ast.get_docstring(ast.parse((SOURCE / "model.py").read_text(encoding="utf-8")))
    of_model = [item.rstrip(";.") for item in items(told or "")]
    of_page = [item.split("**")[1] for item in items(section("Process overview and scheduling"))]
    assert of_page == of_model
    assert of_page


@pytest.mark.parametrize("folder", ["mechanisms", "delegation"])
def test_every_module_with_a_rule_of_the_model_is_named(folder: str) -> None:
    modules = {path.name for path in (SOURCE / folder).glob("*.py")} - {"__init__.py"}
    assert {name for name in modules if f"{name}`" not in PAGE} == set()


def test_every_module_that_is_named_exists() -> None:
    for name in re.findall(r"`((?:[\w./]+/)?\w+\.py)`", PAGE):
        assert list(SOURCE.rglob(Path(name).name)), name


def test_the_table_of_levers_holds_every_lever_and_nothing_else() -> None:
    levers = {
        path
        for path, known in parameters().items()
        if known.declaration is not None and known.declaration.role == "lever"
    }
    rows = re.findall(r"^\| `([^`]+)` \|", section("From lever to outcome"), flags=re.MULTILINE)
    assert sorted(rows) == sorted(levers)


def test_every_lever_says_what_it_does_how_it_gets_there_and_how_it_may_backfire() -> None:
    rows = re.findall(r"^\| `[^`]+` \|.*$", section("From lever to outcome"), flags=re.MULTILINE)
    for row in rows:
        cells = [cell.strip() for cell in row.strip("|").split("|")]
        assert len(cells) == 4
        assert all(cells)


def test_every_parameter_that_is_named_in_a_mechanism_exists() -> None:
    known = {path.rpartition(".")[2] for path in parameters()} | set(parameters()) | set(METRICS)
    known |= {choice for p in parameters().values() for choice in p.choices if choice is not None}
    known |= {path.rpartition(".")[0] for path in parameters()}
    words = re.findall(r"`([a-z][\w.]*)`", section("Submodels"))
    words += re.findall(r"`([a-z][\w.]*)`", section("What is assumed"))
    assert {word for word in words if not word.endswith(".py")} <= known


ODD = [
    "Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
    "Design concepts", "Initialisation", "Input data", "Submodels",
]  # fmt: skip
CONCEPTS = [
    "Basic principles", "Emergence", "Adaptation", "Objectives", "Learning", "Prediction", "Sensing",
    "Interaction", "Collectives", "Heterogeneity", "Stochasticity", "Observation",
]  # fmt: skip


def test_the_page_has_the_elements_of_odd_in_their_order() -> None:
    headings = re.findall(r"^## (.+)$", PAGE, flags=re.MULTILINE)
    assert headings[: len(ODD)] == ODD


def test_every_design_concept_is_answered() -> None:
    answered = re.findall(r"^\*\*([A-Z][a-z ]+)", section("Design concepts"), flags=re.MULTILINE)
    assert [next((a for a in answered if a.startswith(c)), None) for c in CONCEPTS] == [
        next(a for a in answered if a.startswith(c)) for c in CONCEPTS
    ]
    order = [answered.index(next(a for a in answered if a.startswith(c))) for c in CONCEPTS]
    assert order == sorted(order)


def test_every_noun_of_the_world_is_among_the_entities() -> None:
    entities = section("Entities, state variables and scales")
    for noun in ("organisations", "people", "ties", "cases", "tables", "rules", "frames", "record"):
        assert (SOURCE / f"{noun}.py").is_file()
        assert f"`{noun}`" in entities, noun


def test_every_group_of_parameters_is_named_in_a_submodel_or_where_a_run_starts() -> None:
    text = (
        section("Submodels")
        + section("Initialisation")
        + section("Process overview and scheduling")
    )
    text += section("Entities, state variables and scales")
    for group in Scenario.model_fields:
        if group in GROUPS:
            assert re.search(rf"`{group}[`.]", text), group


def test_every_process_of_the_month_has_a_submodel_that_names_its_module() -> None:
    imported = {
        alias.name: node.module
        for node in ast.walk(ast.parse((SOURCE / "month.py").read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module is not None
        for alias in node.names
    }
    for call in calls_of_a_month():
        module = imported[call].rpartition(".")[2]
        assert f"`{module}.py`" in section("Submodels"), call


def test_the_anchors_of_the_grades_on_the_page_are_those_of_the_model() -> None:
    for grade in GRADES.values():
        (row,) = re.findall(
            rf"^\| {grade.name.replace('_', ' ')} \|.*\| ([0-9.]+) \|$", PAGE, re.MULTILINE
        )
        assert float(row) == grade.usual


def test_every_link_on_the_page_leads_somewhere() -> None:
    titles = re.findall(r"^#+ (.+)$", PAGE, flags=re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", title.lower()).replace(" ", "-") for title in titles}
    for anchor in re.findall(r"\]\(#([^)]+)\)", PAGE):
        assert anchor in anchors, anchor


def test_the_page_on_testing_names_every_file_of_tests_once_and_no_other() -> None:
    page = (PROJECT / "docs" / "trace.md").read_text(encoding="utf-8")
    named = re.findall(r"`tests/(test_\w+\.py)`", page)
    assert sorted(named) == sorted(path.name for path in (PROJECT / "tests").glob("test_*.py"))
    for place in re.findall(r"`((?:experiments|benchmarks|results)/[\w./-]+)`", page):
        assert (PROJECT / place).is_file(), place
