"""The steps for who extends the package, followed to the letter in a copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
PAGE = (PROJECT / "docs" / "how-to" / "extend-the-package.md").read_text(encoding="utf-8")
FORM = re.compile(
    r"^(?:In `([^`]+)`, (above|below|in the place of) (?:`` (.+?) ``|`([^`]+)`):"
    r"|A new file `([^`]+)`:)\n\n```(?:python|\{code-block\} python|text)\n(.*?)^```",
    flags=re.DOTALL | re.MULTILINE,
)


@dataclass(frozen=True)
class Step:
    """Where lines go: above, below or in the place of the line that starts with some words."""

    file: str
    where: str
    words: str
    lines: str

    def is_taken(self, project: Path) -> None:
        path = project / self.file
        if self.where == "new":
            assert not path.exists()
            path.write_text(self.lines, encoding="utf-8")
            return
        text = path.read_text(encoding="utf-8").splitlines(keepends=True)
        places = [n for n, line in enumerate(text) if line.startswith(self.words)]
        assert len(places) == 1, f"{self.file}: {len(places)} lines start with {self.words!r}"
        first = places[0] + (self.where == "below")
        text[first : first + (self.where == "in the place of")] = [self.lines]
        path.write_text("".join(text), encoding="utf-8")


def steps() -> Iterator[Step]:
    for file, where, ticked, words, new, lines in FORM.findall(PAGE):
        yield Step(new or file, where or "new", ticked or words, lines)


def test_every_block_of_the_page_is_a_step_or_the_trial_at_the_end() -> None:
    blocks = re.findall(r"^```(?:python|\{code-block\} python|text)\n", PAGE, flags=re.MULTILINE)
    assert len(list(steps())) == len(blocks) - 1
    assert {step.file.split("/")[0] for step in steps()} == {"src", "docs", "experiments"}


@pytest.mark.slow
def test_who_follows_the_steps_has_a_strategy_an_outcome_a_rule_and_a_mechanism(
    tmp_path: Path,
) -> None:
    for name in (
        "src",
        "docs",
        "experiments",
        "benchmarks",
        "tests",
        "configs",
        "results/reference",
    ):
        left_out = shutil.ignore_patterns("__pycache__", "_build")
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=left_out)
    for step in steps():
        step.is_taken(tmp_path)
    given = {**os.environ, "PYTHONPATH": str(tmp_path / "src"), "NUMBA_DISABLE_JIT": "1"}

    def answer(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=tmp_path,
            env=given,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "docs/mechanisms/resting.md" in answer("docs/generate.py")
    trial = re.findall(r"^```python\n(.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE)[-1]
    rested, left = answer("-c", trial).splitlines()
    assert rested == "True"
    assert float(left) >= 0.0
    answer(
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-c",
        os.devnull,
        "--rootdir",
        ".",
        "tests/test_docs_model.py",
        "tests/test_yardstick.py::test_what_a_house_does_by_itself_is_done_in_the_yardstick_too[energy.from_rest]",
    )
