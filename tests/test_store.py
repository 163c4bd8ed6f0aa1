"""Results folders: what is written, what is refused, and that it comes back as it was."""

import json
import os
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from collabsim.experiments.folders import OutputError, file_name, make_folder, write_whole
from collabsim.experiments.manifest import describe_experiment
from collabsim.experiments.runs import RunResult
from collabsim.experiments.store import load_results, save_results
from collabsim.parameters import Scenario

BASE = Scenario.model_validate({"schema": 1, "name": "base"})
OTHER = Scenario.model_validate({"schema": 1, "name": "other", "months": 24})


def result(scenario: str, replicate: int, **changes: object) -> RunResult:
    """A run that is done, but for the changes."""
    values: dict[str, object] = {
        "run_id": f"{scenario}-{replicate}",
        "scenario": scenario,
        "seed": 0,
        "replicate": replicate,
        "status": "done",
        "outcomes": {"cooperation_rate": 0.1 + replicate, "synergy": float("nan")},
        "series": {"cooperation_rate": np.array([0.1, 0.2])},
        "organisations": {"organisation": np.array(["a", "b"]), "seat_months": np.array([3, 0])},
    }
    return RunResult(**(values | changes))  # type: ignore[arg-type]


def save(folder: Path, results: list[RunResult]) -> None:
    """Save results of the two scenarios."""
    manifest = describe_experiment(
        results,
        [BASE, OTHER],
        name="test",
        command="python",
        replicates=2,
        threads=1,
        seconds={"running": 1.0},
    )
    save_results(folder, results, [BASE, OTHER], manifest)


def test_results_come_back_as_they_were_saved(tmp_path: Path) -> None:
    save(tmp_path, [result(name, number) for name in ("base", "other") for number in (0, 1)])
    results = load_results(tmp_path)
    assert results.scenarios == ["base", "other"]
    assert list(results.runs["out.cooperation_rate"]) == [0.1, 1.1, 0.1, 1.1]
    assert list(results.runs["in.months"]) == [60, 60, 24, 24]
    assert list(results.runs["in.table.rotation.share_per_year"]) == [0.0] * 4
    assert list(results.series["month"]) == [0, 1] * 4
    assert list(results.organisations["organisation"]) == ["a", "b"] * 4
    assert results.manifest["runs"] == {"done": 4, "failed": 0}


def test_every_parameter_has_a_column_of_its_own_type(tmp_path: Path) -> None:
    save(tmp_path, [result("base", 0), result("other", 0)])
    schema = pq.read_schema(tmp_path / "runs.parquet")
    assert str(schema.field("in.table.seats").type) == "int64"
    assert str(schema.field("in.table.reporting_back").type) == "bool"
    assert str(schema.field("in.table.delegation").type) == "string"
    assert str(schema.field("in.attention.table_hours").type) == "double"


def test_a_failed_run_is_a_row_without_outcomes(tmp_path: Path) -> None:
    failed = result("other", 0, status="failed", error="ValueError: no", outcomes={}, series={})
    save(tmp_path, [result("base", 0), failed])
    table = pq.read_table(tmp_path / "runs.parquet").to_pylist()
    assert table[1]["status"] == "failed"
    assert table[1]["error"] == "ValueError: no"
    assert table[1]["out.cooperation_rate"] is None


def test_an_undefined_outcome_is_not_a_missing_one(tmp_path: Path) -> None:
    save(tmp_path, [result("base", 0)])
    value = pq.read_table(tmp_path / "runs.parquet").to_pylist()[0]["out.synergy"]
    assert value is not None
    assert np.isnan(value)


def test_the_manifest_says_what_is_needed_to_repeat_the_runs(tmp_path: Path) -> None:
    save(tmp_path, [result("base", 0)])
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert Scenario.model_validate_json(json.dumps(manifest["scenarios"][1])) == OTHER
    assert manifest["seed"] == 0
    assert {"collabsim", "model", "python", "numba", "numpy", "mesa"} <= set(manifest["versions"])


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="is not empty, and results are never overwritten"):
        make_folder(tmp_path, "name", "id")
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_is_no_folder_for_results(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="is a file"):
        make_folder(tmp_path / "file", "name", "id")
    with pytest.raises(OutputError, match="no folder for results can be made"):
        make_folder(tmp_path / "file" / "below", "name", "id")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be written"):
        make_folder(tmp_path, "name", "id")


def test_the_same_experiment_again_gets_a_folder_with_a_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    folders = [make_folder(None, "Nine and fifty", "1a2b") for _ in range(3)]
    assert [str(folder) for folder in folders] == [
        "results/nine-and-fifty-1a2b",
        "results/nine-and-fifty-1a2b-2",
        "results/nine-and-fifty-1a2b-3",
    ]


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/absolute", "..", "~", "a\0b", "C:\\windows", "\x1b[31m", "*" * 999],
)
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    safe = file_name(name)
    assert safe
    assert set(safe) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert len(safe) <= 60


def test_a_write_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def fill(path: Path) -> None:
        path.write_text("half")
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "table.parquet", fill)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_a_manifest_holds_no_results(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="no whole results here"):
        load_results(tmp_path)


def test_results_of_another_layout_are_named_and_not_read(tmp_path: Path) -> None:
    save(tmp_path, [result("base", 0)])
    manifest = json.loads((tmp_path / "manifest.json").read_text()) | {"schema": 99}
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(OutputError, match="results of layout 99"):
        load_results(tmp_path)
