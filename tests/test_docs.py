"""The docs: links lead somewhere, commands can be given, and what they show is what comes out."""

import re
import shlex
from pathlib import Path

import pytest
import typer

from collabsim.analysis.wording import VERDICTS
from collabsim.cli import app, main
from collabsim.config import load_comparison

PROJECT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for pattern in (
        "*.md",
        "docs/*.md",
        "docs/cases/*.md",
        "docs/studies/*.md",
        "results/*.md",
        "experiments/*.md",
        "benchmarks/*.md",
    )
    for path in PROJECT.glob(pattern)
)
README = (PROJECT / "README.md").read_text(encoding="utf-8")


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def blocks(text: str, language: str) -> list[str]:
    """The code blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)


def commands(text: str) -> list[str]:
    """The collabsim commands in the shell blocks of a page."""
    lines = "\n".join(blocks(text, "(?:sh|console)"))
    found = re.findall(r"^(?:\$ )?(collabsim .*)$", lines, flags=re.MULTILINE)
    return [str(command) for command in found]


def anchors(text: str) -> set[str]:
    """What links can point to within a page: its headings, as they are shown on the web."""
    titles = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    plain = (re.sub(r"[^\w\- ]", "", title.lower()) for title in titles)
    return {title.replace(" ", "-") for title in plain}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_every_relative_link_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", text_of(page)):
        if "://" in target:
            continue
        file, _, anchor = target.partition("#")
        there = (page.parent / file).resolve() if file else page
        assert there.exists(), target
        assert there.is_relative_to(PROJECT), target
        if anchor:
            assert anchor in anchors(text_of(there)), target


def test_the_readme_opens_with_the_two_commands() -> None:
    first = blocks(README, "sh")[0]
    assert re.findall(r"^make \w+", first, flags=re.MULTILINE) == ["make run", "make test"]
    assert README.index("```sh") < README.index("##")


def test_make_run_does_what_the_readme_says() -> None:
    comparison = load_comparison(PROJECT / "configs" / "comparisons" / "delegation.yaml")
    assert (len(comparison.scenarios), comparison.replicates) == (4, 100)
    assert {scenario.months for scenario in comparison.scenarios} == {60}
    opening = README.split("## ")[0]
    assert all(word in opening for word in ("four ways", "a hundred times", "five years"))


def test_every_make_target_in_the_docs_exists() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))
    named = {name for page in PAGES for name in re.findall(r"`make (\w+)`", text_of(page))}
    assert named <= targets


@pytest.mark.parametrize(
    "command", sorted({c for page in PAGES for c in commands(text_of(page)) if "CONFIG" not in c})
)
def test_every_command_in_the_docs_can_be_given(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(PROJECT)
    _, name, *words = shlex.split(command, comments=True)
    group = typer.main.get_command(app)
    subcommand = group.commands[name]  # type: ignore[attr-defined]
    subcommand.make_context(name, words)
    # What the steps to a region of one's own make is tried by test_four_steps.py.
    files = [word for word in words if word.endswith(".yaml") and not word.startswith("my-region/")]
    assert all(Path(file).is_file() for file in files)


def test_what_the_readme_shows_is_what_comes_out(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(PROJECT)
    shown = [part for block in blocks(README, "console") for part in block.split("$ ")[1:]]
    assert shown
    for part in shown:
        command, _, answer = part.partition("\n")
        assert main(shlex.split(command)[1:]) == 0
        assert capsys.readouterr().out.strip() == answer.strip()


@pytest.mark.slow
def test_the_python_in_the_readme_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(PROJECT)
    names: dict[str, object] = {}
    for block in blocks(README, "python"):
        exec(block, names)  # noqa: S102 - our own page
    assert getattr(names["model"], "month") == 60  # noqa: B009 - an object of any type


def test_every_verdict_is_explained() -> None:
    page = text_of(PROJECT / "docs" / "reading-a-verdict.md")
    table = " ".join(re.findall(r"^\| (.+?) \|", page, flags=re.MULTILINE))
    assert {word for word in VERDICTS if word not in table} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_no_page_names_a_folder_of_somebodys_machine(page: Path) -> None:
    assert not re.findall(r"(?<![\w.])/(?:home|root|tmp|work|Users)/", text_of(page))
