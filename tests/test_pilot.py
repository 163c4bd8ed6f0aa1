"""Before a sweep starts: what it will cost, and until when it goes on."""

import json
import time
from pathlib import Path

import numpy as np
import pytest

from collabsim.cli import main
from collabsim.config import ConfigError
from collabsim.experiments.executors import Threads
from collabsim.experiments.pilot import forecast, width_of
from collabsim.experiments.sweep_files import load_sweep
from collabsim.experiments.sweep_folders import read_table
from collabsim.experiments.sweep_goals import with_goal
from small_sweeps import SWEEP, carried_out, sweep_in


@pytest.mark.slow
def test_more_replicates_are_added_until_the_interval_is_narrow_and_a_resume_stops_there_too(
    tmp_path: Path,
) -> None:
    text = SWEEP + "until: {outcome: cooperation_rate, points: [0, 1], width: 0.02, most: 60}\n"
    sweep = load_sweep(sweep_in(tmp_path, text))
    done = carried_out(sweep, tmp_path / "out")
    assert done.replicates % 6 == 0
    runs = read_table(tmp_path / "out").to_pandas()
    assert set(runs.groupby("point").size()) == {done.replicates}
    gaps = [runs[runs["point"] == point]["out.cooperation_rate"].to_numpy() for point in (0, 1)]
    from collabsim.analysis.intervals import interval

    widths = {
        number: np.subtract(*interval((gaps[1] - gaps[0])[:number], two_valued=False)[::-1])
        for number in range(30, 60, 6)
    }
    narrow = [number for number, width in widths.items() if width <= 0.02]
    # A quarter again, in whole batches, after the first look at which it was narrow.
    assert done.replicates == (min(60, 6 * -(-narrow[0] * 5 // 24)) if narrow else 60)
    again = carried_out(sweep, tmp_path / "out", Threads(2))
    assert (again.replicates, again.runs) == (done.replicates, done.runs)


def test_a_dry_run_says_what_it_will_cost_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", str(sweep_in(tmp_path)), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["points"], told["runs"]) == (12, 72)
    assert told["minutes"] > 0.0
    assert told["megabytes"] > 0.0
    assert set(told["at_a_point"]) == {"days_to_help", "cooperation_rate"}
    assert set(told["of_a_difference"]) == {"days_to_help", "cooperation_rate"}
    assert {path.name for path in tmp_path.iterdir()} == {"sweep.yaml", "world.yaml"}


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
def test_what_was_foreseen_is_what_it_took_within_a_factor(tmp_path: Path) -> None:
    text = SWEEP.replace("replicates: 6", "replicates: 20") + (
        "details: {tables: [ties, people], replicates: [0, 1, 2]}\n"
    )
    sweep = load_sweep(sweep_in(tmp_path, text))
    carried_out(load_sweep(sweep_in(tmp_path)), tmp_path / "warm")
    seen = forecast(sweep, workers=1)
    began = time.process_time()
    carried_out(sweep, tmp_path / "out")
    minutes = (time.process_time() - began) / 60.0
    assert (seen.points, seen.replicates, seen.runs) == (12, 20, 240)
    # What a machine does for others comes on top of the minutes foreseen, never below them.
    assert seen.minutes > minutes / 3.0
    assert seen.megabytes == pytest.approx(size_of(tmp_path / "out/blocks") / 1e6, rel=0.3)
    runs = read_table(tmp_path / "out").to_pandas()
    for name, width in seen.at_a_point.items():
        spread = runs.groupby("point")[f"out.{name}"].std()
        got = width_of(float(np.sqrt((spread**2).mean())), 20)
        assert 0.5 < width / got < 2.0


def test_a_width_is_that_of_an_interval_of_student() -> None:
    rng = np.random.default_rng(1)
    values = rng.normal(size=50)
    half = 2.0095752371292397 * values.std(ddof=1) / np.sqrt(50)
    assert width_of(float(values.std(ddof=1)), 50) == pytest.approx(2.0 * half)


@pytest.mark.slow
def test_a_command_can_say_which_contrast_has_to_be_known_how_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = sweep_in(tmp_path, SWEEP.replace("replicates: 6", "replicates: 4"))
    words = [
        "sweep",
        str(config),
        "--until-width",
        "0.1",
        "--contrast",
        "cooperation_rate:0:11",
        "--json",
    ]
    assert main([*words, "--out", str(tmp_path / "out"), "--workers", "1"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["narrow"]
    runs = read_table(tmp_path / "out").to_pandas().set_index(["point", "replicate"])
    gaps = runs.loc[11, "out.cooperation_rate"] - runs.loc[0, "out.cooperation_rate"]
    assert len(gaps) == told["replicates"]
    looks = [n for n in range(32, len(gaps), 4) if width_of(float(gaps[:n].std(ddof=1)), n) <= 0.1]
    # A quarter again, in whole batches, after the first look at which it was narrow.
    assert told["replicates"] == 4 * -(-looks[0] * 5 // 16)
    assert main([*words, "--out", str(tmp_path / "out"), "--workers", "1"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert (again["replicates"], again["sha256"]) == (told["replicates"], told["sha256"])


@pytest.mark.slow
def test_a_command_can_ask_another_width_of_the_contrast_of_the_config(tmp_path: Path) -> None:
    text = SWEEP + "until: {outcome: cooperation_rate, points: [0, 1], width: 0.02, most: 60}\n"
    sweep = with_goal(load_sweep(sweep_in(tmp_path, text)), 0.5, None)
    assert sweep.until is not None
    assert (sweep.until.width, sweep.until.points, sweep.until.most) == (0.5, (0, 1), 60)
    # The first look is at thirty pairs, and a quarter again comes after it, in batches of six.
    assert carried_out(sweep, tmp_path / "out").replicates == 42


def test_a_goal_that_is_out_of_reach_is_told_when_all_replicates_are_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SWEEP.replace("replicates: 6", "replicates: 2") + (
        "until: {outcome: cooperation_rate, points: [0, 11], width: 1.0e-9, most: 3}\n"
    )
    config = sweep_in(tmp_path, text)
    assert main(["sweep", str(config), "--out", str(tmp_path / "out"), "--workers", "1"]) == 0
    assert "still wider than 1e-09" in capsys.readouterr().err
    assert read_table(tmp_path / "out").num_rows == 12 * 3


@pytest.mark.parametrize(
    ("width", "contrast"),
    [
        (1.0, None),
        (None, "days_to_help:0:1"),
        (1.0, "days_to_hlep:0:1"),
        (1.0, "days_to_help:0:12"),
        (1.0, "days_to_help:1:1"),
        (1.0, "days_to_help:0"),
        (1.0, "days_to_help:0:1:2"),
        (1.0, "days_to_help:0:x"),
        (0.0, "days_to_help:0:1"),
        (float("nan"), "days_to_help:0:1"),
        (1.0, "encounters:0:1"),
    ],
)
def test_a_goal_that_cannot_be_looked_at_is_refused(
    tmp_path: Path, width: float | None, contrast: str | None
) -> None:
    sweep = load_sweep(sweep_in(tmp_path))
    with pytest.raises(ConfigError) as told:
        with_goal(sweep, width, contrast)
    assert "\n" not in str(told.value)
