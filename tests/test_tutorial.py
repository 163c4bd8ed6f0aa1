"""The tutorial and the how-to pages followed literally, in a folder with a copy of the configs."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from collabsim.cli import main

PROJECT = Path(__file__).parents[1]
DOCS = PROJECT / "docs"


def cells(page: str) -> list[str]:
    """The code that a page runs, without the settings of its cells."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    return [
        re.sub(r"\A(?:---\n.*?^---\n|(?::[^\n]*\n)+)", "", c, flags=re.DOTALL | re.MULTILINE)
        for c in found
    ]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a copy of the configs."""
    shutil.copytree(PROJECT / "configs", tmp_path / "configs")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def followed(page: str) -> dict[str, Any]:
    """Every name that is there after the cells of a page, run from top to bottom."""
    names: dict[str, Any] = {"__name__": "followed"}
    for cell in cells(page):
        exec(compile(cell, page, "exec"), names)  # noqa: S102 - our own page
    return names


def test_the_short_version_has_twenty_lines() -> None:
    (cell,) = cells("tutorial/in-twenty-lines.md")
    lines = [line for line in cell.splitlines() if line.strip() and not line.startswith("#")]
    assert len(lines) <= 20


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_the_short_version_gives_a_region_a_month_and_a_comparison(
    capsys: pytest.CaptureFixture[str],
) -> None:
    names = followed("tutorial/in-twenty-lines.md")
    assert names["model"].month == 1
    assert len(capsys.readouterr().out.strip().splitlines()) == 6


@pytest.mark.usefixtures("folder")
def test_who_looks_inside_sees_a_case_closed_and_trust_lost_by_a_broken_promise() -> None:
    names = followed("tutorial/look-inside.md")
    course, promise = names["course"], names["promise"]
    assert course.iloc[0].did == "case"
    assert course.iloc[-1].did == "case closed"
    assert list(names["made"].value) == [promise.month]
    assert names["after"].integrity_trust < names["before"].integrity_trust
    assert names["after"].competence_trust < names["before"].competence_trust


@pytest.mark.slow
def test_the_strategy_of_the_tutorial_is_compared_on_the_command_line_as_the_page_says(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = (DOCS / "tutorial/change-something.md").read_text(encoding="utf-8")
    (config,) = re.findall(r"^```yaml\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    (command,) = re.findall(r"^```sh\ncollabsim (.*?)\n```", page, flags=re.DOTALL | re.MULTILINE)
    (own,) = (cell for cell in cells("tutorial/change-something.md") if 'Path("mine.py")' in cell)
    exec(compile(own, "mine", "exec"), {})  # noqa: S102 - our own page
    (folder / "configs/scenarios/smallest-first.yaml").write_text(config)
    assert main([*command.split(), "--replicates", "2"]) == 0
    told = capsys.readouterr().out
    assert "Smallest first against Same ten for ever (the reference)" in told
    assert "Who pays: hours a month for one organisation" in told


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_who_asks_why_a_delegation_failed_finds_who_held_out_and_compares_another() -> None:
    names = followed("tutorial/change-something.md")
    usual, contested = names["usual"], names["contested"]
    assert len(names["failed"][usual.name]) < len(names["failed"][contested.name])
    assert names["choice"].objectors > (1 - contested.table.quorum) * len(names["candidates"])
    assert names["gain"][usual.name] < names["gain"][contested.name]
    assert names["comparison"].replicates == 20


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_results_are_read_alike_with_every_tool() -> None:
    names = followed("how-to/read-results.md")
    by_pandas = names["runs"].groupby("scenario")["out.days_to_help"].mean()
    by_duckdb = names["duckdb"].sql(names["question"]).df().set_index("scenario")["days"]
    assert by_pandas.to_dict() == pytest.approx(by_duckdb.to_dict())


@pytest.mark.slow
@pytest.mark.usefixtures("folder")
def test_r_reads_the_same() -> None:
    r = shutil.which("Rscript")
    if r is None or subprocess.run([r, "-e", "library(nanoparquet)"], check=False).returncode:
        pytest.skip("R with nanoparquet is not here")
    names = followed("how-to/read-results.md")
    text = (DOCS / "how-to/read-results.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```r\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    answer = subprocess.run([r, "-e", block], check=True, capture_output=True, text=True).stdout
    by_r = re.findall(r"^\d+ +(.+?) +([\d.]+)$", answer, re.MULTILINE)
    by_pandas = names["runs"].groupby("scenario")["out.days_to_help"].mean()
    assert {name: float(days) for name, days in by_r} == pytest.approx(by_pandas.to_dict())
