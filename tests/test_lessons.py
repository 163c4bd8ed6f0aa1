"""The lessons: each exercise takes the right answer and no other, and each page has all its parts."""

import math
import re
from pathlib import Path

import numpy as np
import pytest

from collabsim.delegation import STRATEGIES
from collabsim.reference.lessons import EXERCISES, PROVIDERS, SEATS, check_answer, is_right, region
from conftest import CandidatesMaker

LESSONS = Path(__file__).parents[1] / "docs" / "lessons"
PAGES = sorted(page for page in LESSONS.glob("*.md") if page.name != "README.md")
#: Those whose answer takes runs of the region.
SLOW = {"chance"}


def exercise_of(page: Path) -> str:
    """The exercise that a page sets."""
    (name,) = set(re.findall(r'check_answer\("(\w+)"', page.read_text(encoding="utf-8")))
    return name


WITH_MARKS = [
    pytest.param(name, marks=pytest.mark.slow if name in SLOW else ()) for name in EXERCISES
]


@pytest.mark.parametrize("lesson", WITH_MARKS)
def test_the_right_answer_is_right_also_when_it_is_rounded(lesson: str) -> None:
    answer = EXERCISES[lesson].answer()
    assert check_answer(lesson, answer) == "Right."
    assert is_right(lesson, float(f"{answer:.3g}"))


@pytest.mark.parametrize("lesson", WITH_MARKS)
def test_a_wrong_answer_is_not(lesson: str) -> None:
    answer = EXERCISES[lesson].answer()
    for wrong in (0.0, -answer, answer * 1.1, answer * 0.9, math.nan):
        assert not is_right(lesson, wrong)
        assert check_answer(lesson, wrong).startswith("Not yet")


@pytest.mark.parametrize("lesson", WITH_MARKS)
def test_a_usual_mistake_is_told_from_the_right_answer(lesson: str) -> None:
    assert EXERCISES[lesson].mistakes
    for overlooked, number in EXERCISES[lesson].mistakes.items():
        assert check_answer(lesson, number()) == f"Not yet: {overlooked}."


def test_no_lesson_gives_its_answer_away() -> None:
    for page in PAGES:
        name = exercise_of(page)
        if name not in SLOW:
            answer, text = EXERCISES[name].answer(), page.read_text(encoding="utf-8")
            numbers = [float(number) for number in re.findall(r"(?<![\w.])\d+(?:\.\d+)?", text)]
            assert not [number for number in numbers if is_right(name, number)], (
                f"{page.name}: {answer}"
            )


def test_every_lesson_sets_an_exercise_of_its_own() -> None:
    assert sorted(map(exercise_of, PAGES)) == sorted(EXERCISES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.stem))
def test_every_lesson_has_all_its_parts(page: Path) -> None:
    headings = re.findall(r"^## (.+)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE)
    parts = [
        "The question",
        "Predict",
        "Run",
        "Why",
        "Exercise",
        "What research found",
        "For the teacher",
        "In het Nederlands",
    ]
    assert [heading for heading in headings if heading in parts] == parts
    assert f"({page.name})" in (LESSONS / "README.md").read_text(encoding="utf-8")


def test_the_lot_of_the_exercise_is_the_lot_of_the_model(candidates: CandidatesMaker) -> None:
    draws = 4000
    without = sum(
        not np.isin(
            STRATEGIES["random"].choose(candidates(PROVIDERS, seed=seed), SEATS), range(4)
        ).any()
        for seed in range(draws)
    )
    expected = EXERCISES["delegation"].answer()
    error = math.sqrt(expected * (1 - expected) / draws)
    assert abs(without / draws - expected) < 4 * error


def test_a_rule_that_is_half_forgotten_is_so_after_the_months_of_the_exercise() -> None:
    fades = region("rules").rules.fades_per_month
    assert (1 - fades) ** EXERCISES["rules"].answer() == pytest.approx(0.5)
