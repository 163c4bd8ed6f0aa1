"""Calibration: worlds that agree are kept, others ruled out, and what was told of parameters is told."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from collabsim.analysis.calibration import CUT_OFF, Pattern, kept, seen, tallies
from collabsim.analysis.identification import identified, trade_offs
from collabsim.cli import main
from collabsim.config import ConfigError, load_config
from collabsim.experiments.calibrating import in_state, sweep_of_all, worlds_of
from collabsim.experiments.calibration_files import load_calibration
from collabsim.experiments.runs import run_replicate
from collabsim.experiments.sweep_files import with_point
from collabsim.experiments.sweep_runs import luck_of
from collabsim.worlds import kept_worlds

PROJECT = Path(__file__).parents[1]
REGION = PROJECT / "configs/calibrations/region.yaml"
MEASURED = PROJECT / "results/reference/calibration-measured.csv"


def pattern(name: str, low: float, high: float, tolerance: float = 0.01) -> Pattern:
    return Pattern(name, (name,), "", low, high, tolerance, "F1", "somebody-2000", "a test")


def toy(worlds: int, replicates: int, luck: float) -> tuple[np.ndarray, np.ndarray]:
    """Shares of three parameters, and one outcome: the first plus the second, with luck."""
    random = np.random.default_rng(7)
    shares = (random.permuted(np.tile(np.arange(worlds), (3, 1)), axis=1).T + 0.5) / worlds
    truth = shares[:, 0] + shares[:, 1]
    return shares, truth[:, None] + luck * random.standard_normal((worlds, replicates))


def test_a_toy_keeps_the_worlds_that_agree_and_no_other() -> None:
    shares, runs = toy(1000, 2, luck=0.0)
    everywhere = np.ones(1000, dtype=bool)
    # Bounds between the steps of the toy, so that rounding decides nothing.
    found = seen(pattern("sum", 0.8, 1.2, tolerance=0.0103), runs, everywhere)
    truth = shares[:, 0] + shares[:, 1]
    outside = np.maximum(0.0, np.abs(truth - 1.0) - 0.2)
    np.testing.assert_array_equal(kept([found]), outside <= CUT_OFF * 0.0103)


def test_luck_saves_worlds_near_the_bounds_and_none_far_from_them() -> None:
    shares, runs = toy(4000, 2, luck=0.1)
    found = seen(pattern("sum", 0.8, 1.2), runs, np.ones(4000, dtype=bool))
    assert found.luck == pytest.approx(0.1, rel=0.05)
    truth = shares[:, 0] + shares[:, 1]
    inside, far = np.abs(truth - 1.0) < 0.2, np.abs(truth - 1.0) > 0.2 + 6 * 0.1
    assert kept([found])[inside].mean() > 0.997
    assert not kept([found])[far].any()


def test_a_world_without_a_value_is_ruled_out() -> None:
    runs = np.array([[1.0, 1.0], [np.nan, np.nan], [1.0, np.nan]])
    found = seen(pattern("x", 0.5, 1.5), runs, np.ones(3, dtype=bool))
    assert kept([found]).tolist() == [True, False, True]


def test_what_was_not_looked_at_is_not_kept_and_not_ruled_out() -> None:
    runs = np.array([[1.0, 1.0], [9.0, 9.0], [np.nan, np.nan]])
    one = seen(pattern("x", 0.5, 1.5), runs, np.array([True, True, False]))
    assert kept([one]).tolist() == [True, False, False]
    tally = tallies({"x": one})["x"]
    assert (tally.looked_at, tally.ruled_out, tally.uniquely) == (2, 1, 1)


def test_what_two_patterns_rule_out_neither_does_as_the_only_one() -> None:
    everywhere = np.ones(3, dtype=bool)
    one = seen(pattern("x", 0.0, 1.0), np.array([[0.0] * 2, [5.0] * 2, [5.0] * 2]), everywhere)
    other = seen(pattern("y", 0.0, 1.0), np.array([[0.0] * 2, [0.0] * 2, [5.0] * 2]), everywhere)
    counted = tallies({"x": one, "y": other})
    assert (counted["x"].ruled_out, counted["x"].uniquely) == (2, 1)
    assert (counted["y"].ruled_out, counted["y"].uniquely) == (1, 0)


def test_parameters_that_matter_are_told_of_those_that_do_not_are_not() -> None:
    shares, runs = toy(4000, 2, luck=0.0)
    found = seen(pattern("sum", 1.5, 2.0), runs, np.ones(4000, dtype=bool))
    told = {p.path: p for p in identified(["a", "b", "c"], shares[kept([found])])}
    assert told["a"].told
    assert told["b"].told
    assert not told["c"].told
    assert told["a"].middle > 0.6
    assert told["c"].spread == pytest.approx(1.0, abs=0.1)


def test_parameters_that_are_told_apart_only_together_trade_off() -> None:
    shares, runs = toy(4000, 2, luck=0.0)
    found = seen(pattern("sum", 0.95, 1.05), runs, np.ones(4000, dtype=bool))
    pairs = trade_offs(["a", "b", "c"], shares[kept([found])])
    assert [(p.one, p.other) for p in pairs] == [("a", "b")]
    assert pairs[0].correlation < -0.9


TEXT = """\
schema: 1
kind: calibration
name: small
scenario: world.yaml
worlds: 24
replicates: 2
closer: 5
pairs:
  nobody meets: {table.delegation: nobody}
patterns:
  - {name: cooperation, measures: [cooperation_rate], low: 0.0, high: 1.0, tolerance: 0.1, fact: judgement, why: a test}
  - {name: helped, measures: [residents_helped_share], low: 0.6, high: 1.0, tolerance: 0.02, fact: F27, source: x, why: a test}
  - {name: pair, measures: [cooperation_rate], against: nobody meets, low: -1, high: 1, tolerance: 0.1, fact: F5, source: y, why: a test}
  - {name: state, measures: [trust_and_duration], low: -1, high: 1, tolerance: 0.1, fact: F2, source: z, why: a test}
"""  # noqa: E501 - a table
WORLD = (
    "schema: 1\nmonths: 12\nhistory_months: 6\n"
    "region: {municipality_count: 2, provider_count: 6}\ntable: {seats: 3}\n"
)


def written(folder: Path, text: str = TEXT) -> Path:
    (folder / "world.yaml").write_text(WORLD)
    path = folder / "calibration.yaml"
    path.write_text(text)
    return path


@pytest.mark.slow
def test_a_calibration_runs_and_given_again_it_ends_with_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["calibrate", str(written(tmp_path)), "--out", str(tmp_path / "out"), "--workers", "1"]
    assert main([*words, "--json"]) == 0
    first = json.loads(capsys.readouterr().out)
    assert first["looked_at_closer"] == min(5, first["met_one_world"])
    assert 0 < first["kept"] <= first["looked_at_closer"]
    tables = {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.csv")}
    assert set(tables) >= {"kept.csv", "measured.csv", "patterns.csv", "parameters.csv"}
    assert main(words) == 0
    assert f"{first['kept']} of 24 worlds are kept" in capsys.readouterr().out
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").glob("*.csv")} == tables


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("cooperation_rate], low: 0.0", "cooperation_rat], low: 0.0", "no outcome"),
        ("against: nobody meets", "against: anybody", "no pair"),
        ("low: 0.6, high: 1.0", "low: 0.6, high: 0.1", "low is 0.6 and high is 0.1"),
        ("fact: F27, source: x", "fact: F27", "a fact has a source"),
        ("name: helped", "name: cooperation", "two patterns are called"),
        ("tolerance: 0.02", "tolerance: 0", "tolerance"),
        ("table.delegation: nobody", "table.delegation: somebody", "table.delegation"),
        ("[trust_and_duration], low", "[trust_and_duration, energy], low", "stands alone"),
    ],
)
def test_a_calibration_that_cannot_be_is_refused_in_one_message(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in TEXT
    with pytest.raises(ConfigError, match="(?i)" + message):
        load_calibration(written(tmp_path, TEXT.replace(old, new)))


def test_a_calibration_is_no_scenario_and_says_what_runs_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = written(tmp_path)
    with pytest.raises(ConfigError, match="Run it with: collabsim calibrate"):
        load_config(config)
    assert main(["validate", str(config)]) == 0
    assert 'calibration "small" can be used' in capsys.readouterr().out


def test_the_kept_worlds_are_worlds_of_the_shipped_calibration() -> None:
    calibration = load_calibration(REGION)
    design = worlds_of(calibration)
    for world in kept_worlds():
        assert dict(world.values) == design.points[world.number]


@pytest.mark.slow
def test_kept_worlds_run_again_show_the_patterns_that_kept_them() -> None:
    """If the model was changed on purpose: calibrate again (docs/calibration.md says how)."""
    calibration = load_calibration(REGION)
    sweep = sweep_of_all(calibration, worlds_of(calibration))
    of_one = [p for p in calibration.patterns if not p.against and not in_state(p)]
    with MEASURED.open(encoding="utf-8") as file:
        measured = {int(row["world"]): row for row in csv.DictReader(file)}
    for world in (kept_worlds()[0], kept_worlds()[-1]):
        scenario = with_point(calibration.scenario, world.values)
        results = [
            result
            for replicate in range(calibration.replicates)
            for result in run_replicate(
                [scenario], calibration.seed, luck_of(sweep, world.number, replicate)
            )
        ]
        for one in of_one:
            values = [[result.outcomes[name] for name in one.measures] for result in results]
            assert np.mean(values) == pytest.approx(
                float(measured[world.number][one.name]), rel=1e-9
            )


def test_what_the_page_says_of_talk_is_what_its_table_says() -> None:
    with (PROJECT / "results/reference/what-talk-does.csv").open(encoding="utf-8") as file:
        found = {(row["talk"], row["measure"]): row for row in csv.DictReader(file)}
    page = (PROJECT / "docs/calibration.md").read_text(encoding="utf-8")
    assert "in 100 worlds with the same luck" in page
    assert {row["worlds"] for row in found.values()} == {"100"}
    talks = {talk for talk, _ in found}
    assert len(talks) == 2
    told = " ".join(page.split())
    for talk in talks:
        row = found[talk, "cooperated_in_casework"]
        points = 100.0 * (float(row["with_it"]) - float(row["without"]))
        assert f" in {100.0 * float(row['higher_in']):.0f} (" in told
        assert f" by {points:.1f}" in told
        assert float(row["higher_in"]) > 0.5
    lunch = found["those who do the work have lunch", "acquaintance"]
    assert float(lunch["higher_in"]) > 0.8
