"""From the README to a report of one's own region, in the four steps that it tells, to the letter."""

import os
import shlex
import subprocess
import sys
import sysconfig
from pathlib import Path

import html5lib
import pytest

from collabsim.cli import main

PROJECT = Path(__file__).parents[1]

#: What an adviser fills in below the headers.
FILLED_IN = {
    "organisations.csv": (
        "Northfield,municipality,,,,48000\nSouthdyke,municipality,,,,31500\n"
        "Youth House,provider,youth,mental health,120.5,\nCare Square,provider,care,,60,\n"
        "Mind East,provider,mental health,,200,\nHomestead,housing corporation,housing,,85,\n"
        "Debt Help,provider,income,,12,\nSafe,provider,safety,,,\n"
    ),
    "grades.csv": "A,6.5,6,7,5.5,6,\nB,7,5,6.5,,6,\n",
    "network.csv": (
        "Northfield,Youth House,3,7.5,1\nNorthfield,Southdyke,4,8,2\nYouth House,Mind East,2,6,0.5\n"
        "Homestead,Southdyke,3,7,2\nSafe,Northfield,1,5,0.25\nDebt Help,Homestead,2,6,1\n"
    ),
}


def steps() -> list[list[str]]:
    """The commands of the README, as words."""
    section = (PROJECT / "README.md").read_text(encoding="utf-8").split("in four steps\n", 1)[1]
    block = section.split("```sh\n", 1)[1].split("```", 1)[0]
    return [shlex.split(line, comments=True) for line in block.splitlines()]


def fill_in(folder: Path) -> None:
    for name, rows in FILLED_IN.items():
        with (folder / name).open("a", encoding="utf-8") as table:
            table.write(rows)


def test_there_are_four_of_them_and_they_lead_from_tables_to_a_report() -> None:
    assert [words[:2] for words in steps()] == [
        ["collabsim", "import"], ["collabsim", "import"], ["collabsim", "compare"], ["collabsim", "report"],
    ]  # fmt: skip


@pytest.mark.slow
def test_they_work_in_dutch_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    first, second, third, fourth = (words[1:] for words in steps())
    assert main([*first, "--lang", "nl"]) == 0
    for english, dutch in (
        ("organisations", "organisaties"),
        ("grades", "cijfers"),
        ("network", "netwerk"),
    ):
        text = FILLED_IN[f"{english}.csv"].replace(",", ";").replace(".", ",")
        with Path(f"my-region/{dutch}.csv").open("a", encoding="utf-8") as table:
            table.write(text)
    assert main([*second, "--lang", "nl"]) == 0
    assert main([*third, "--lang", "nl", "--replicates", "2"]) == 0
    assert main([*fourth, "--lang", "nl"]) == 0
    page = Path("my-region/results/report-nl.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "Vaste delegatie" in page
    assert "Northfield" not in page
    assert "56 antwoorden, waarvan 6 gegeven" in Path("my-region/scenarios/account.md").read_text(
        encoding="utf-8"
    )
    capsys.readouterr()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment in which a wheel of this package was installed."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    wheel = next(folder.glob("*.whl"))
    fresh = folder / "fresh"
    subprocess.run([sys.executable, "-m", "venv", str(fresh)], check=True)
    install = [
        str(fresh / "bin/python"),
        "-m",
        "pip",
        "install",
        "--no-index",
        "--no-deps",
        str(wheel),
    ]
    subprocess.run(install, check=True, capture_output=True)
    # Libraries are taken from here, so that nothing is fetched; the package itself is not, since a path
    # in a path file is not searched for further path files.
    place = next((fresh / "lib").glob("python*/site-packages"))
    (place / "libraries.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return fresh / "bin"


@pytest.mark.slow
def test_an_installed_wheel_does_them_to_the_letter_without_make(
    installed: Path, tmp_path: Path
) -> None:
    surroundings = {"PATH": f"{installed}{os.pathsep}/usr/bin:/bin", "HOME": str(Path.home())}
    caches = ("NUMBA_CACHE_DIR", "XDG_CACHE_HOME")  # what the tests compiled serves the wheel too
    surroundings |= {name: os.environ[name] for name in caches if name in os.environ}
    where = subprocess.run(
        [str(installed / "python"), "-c", "import collabsim; print(collabsim.__file__)"],
        cwd=tmp_path, env=surroundings, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    assert str(installed.parent) in where
    for number, words in enumerate(steps(), start=1):
        done = subprocess.run(
            words, cwd=tmp_path, env=surroundings, check=False, capture_output=True, text=True
        )
        assert done.returncode == 0, (number, done.stderr)
        if number == 1:
            fill_in(tmp_path / "my-region")
    page = (tmp_path / "my-region/results/report-en.html").read_text(encoding="utf-8")
    html5lib.HTMLParser(strict=True).parse(page)
    assert "100 pairs of runs" in page
    for scenario in ("Fixed delegation", "Rotating delegation", "Everyone at the table"):
        assert scenario in page
