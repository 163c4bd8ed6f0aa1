"""Sweeps: whatever happens while one runs, what it ends with is the same."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from collabsim.cli import main
from collabsim.cli.results import counted
from collabsim.experiments.executors import Dask, Executor, Processes, Threads
from collabsim.experiments.folders import OutputError
from collabsim.experiments.rerun import rerun
from collabsim.experiments.sweep_blocks import Block, blocks_left, without_overlap
from collabsim.experiments.sweep_files import Sweep, load_sweep
from collabsim.experiments.sweep_folders import digest, read_table
from small_sweeps import SWEEP, WORLD, carried_out, sweep_in

PROJECT = Path(__file__).parents[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    "executor", [Threads(1), Threads(2), Processes(2), Dask(None, 2)], ids=repr
)
def test_every_executor_gives_the_same_bits(
    undisturbed: tuple[Sweep, str], executor: Executor, tmp_path: Path
) -> None:
    sweep, wanted = undisturbed
    carried_out(sweep, tmp_path / "out", executor)
    assert digest(tmp_path / "out") == wanted


def test_what_is_done_is_not_run_twice(
    undisturbed: tuple[Sweep, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep, wanted = undisturbed
    out = tmp_path / "out"
    carried_out(sweep, out)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("collabsim.experiments.sweep_runs.ran", never)
    assert carried_out(sweep, out).runs == 72
    assert digest(out) == wanted


def test_another_version_and_another_sweep_are_never_mixed_in(
    undisturbed: tuple[Sweep, str], tmp_path: Path
) -> None:
    sweep, _ = undisturbed
    out = tmp_path / "out"
    carried_out(sweep, out)
    other = load_sweep(sweep_in(tmp_path, SWEEP.replace("[2, 3, 4]", "[2, 4]")))
    with pytest.raises(OutputError, match="holds another sweep"):
        carried_out(other, out)
    manifest = json.loads((out / "sweep.json").read_text())
    (out / "sweep.json").write_text(json.dumps(manifest | {"model": "0.0+older"}))
    with pytest.raises(OutputError, match=r"0\.0\+older.*never mixed"):
        carried_out(sweep, out)


@pytest.mark.slow
def test_a_run_that_raises_is_a_row_with_its_message_and_the_others_go_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = WORLD.replace("table:", "casework: {contacts: false}\ntable:")
    text = SWEEP.replace("levers:", "levers:\n  grades.public_value: [0.0, 10.0]")
    world = world.replace("history_months: 6", "history_months: 12")
    out = tmp_path / "out"
    words = ["sweep", str(sweep_in(tmp_path, text, world)), "--out", str(out), "--workers", "1"]
    assert main(words) == 1
    told = capsys.readouterr().err
    assert "runs failed; the first of them" in told
    assert f"collabsim rerun {out} " in told
    runs = read_table(out).to_pandas()
    failed = runs[runs["status"] == "failed"]
    assert len(failed) > 0
    assert set(failed["in.grades.public_value"]) == {10.0}
    assert failed["error"].str.contains("nearest start in reach").all()
    assert set(runs["status"]) == {"done", "failed"}
    assert len(runs) == 144
    assert main(["results", "show", str(out), "--json"]) == 0
    (first, *_) = json.loads(capsys.readouterr().out)["failures"]
    assert main(shlex.split(first["again"])[1:]) == 1
    assert f"{first['run_id']} fails as before: in the history" in capsys.readouterr().out


def test_of_an_older_version_the_folder_is_named_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    words = ["sweep", str(sweep_in(tmp_path, SWEEP.replace("replicates: 6", "replicates: 1")))]
    assert main(words) == 0
    (old,) = (tmp_path / "results").iterdir()
    manifest = json.loads((old / "sweep.json").read_text())
    (old / "sweep.json").write_text(json.dumps(manifest | {"model": "0.0+older"}))
    old.rename(old.with_name("small-sweep-00000000"))
    capsys.readouterr()
    assert main(words) == 0
    assert "small-sweep-00000000 holds this sweep by model 0.0+older" in capsys.readouterr().err
    assert len(list((tmp_path / "results").iterdir())) == 2


def test_a_block_that_another_version_made_is_named_and_made_again(
    undisturbed: tuple[Sweep, str], tmp_path: Path
) -> None:
    sweep, wanted = undisturbed
    out = tmp_path / "out"
    carried_out(sweep, out)
    receipt = min((out / "blocks").glob("*.json"))
    receipt.write_text(json.dumps(json.loads(receipt.read_text()) | {"model": "0.0+older"}))
    assert digest(out) != wanted
    (fault,) = carried_out(sweep, out).faults
    assert fault.why == "it was made by model 0.0+older"
    assert digest(out) == wanted


@pytest.mark.slow
def test_rerun_gives_every_number_again_in_another_process(
    undisturbed: tuple[Sweep, str], tmp_path: Path
) -> None:
    sweep, _ = undisturbed
    out = tmp_path / "out"
    carried_out(sweep, out)
    rows = read_table(out).to_pylist()
    for row in rows[::29]:
        again = rerun(out, row["run_id"])
        assert again.different == {}
        assert set(again.same) == {"days_to_help", "cooperation_rate"}
    command = [sys.executable, "-m", "collabsim", "rerun", str(out), rows[40]["run_id"], "--json"]
    trace = tmp_path / "events.parquet"
    answer = subprocess.run(
        [*command, "--trace", str(trace)], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert json.loads(answer.stdout)["different"] == {}
    assert len(pd.read_parquet(trace)) > 100


def test_rerun_says_which_number_is_not_the_recorded_one(
    undisturbed: tuple[Sweep, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep, _ = undisturbed
    out = tmp_path / "out"
    carried_out(sweep, out)
    row = read_table(out).to_pylist()[0]
    import pyarrow as pa

    from collabsim.experiments import rerun as module

    table = read_table(out)
    column = [value + 1e-12 for value in table["out.cooperation_rate"].to_pylist()]
    place = table.column_names.index("out.cooperation_rate")
    changed = table.set_column(place, "out.cooperation_rate", pa.array(column))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "parts_of", lambda _folder, _table: iter([changed]))
        assert main(["rerun", str(out), row["run_id"]]) == 1
    assert "cooperation_rate: recorded" in capsys.readouterr().err


def test_a_run_of_a_comparison_can_be_run_again_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    sweep_in(tmp_path)
    assert main(["run", "world.yaml", "--replicates", "2", "--out", "runs", "--json"]) == 0
    runs = pd.read_parquet(tmp_path / "runs/runs.parquet")
    assert main(["rerun", "runs", runs["run_id"].iloc[1]]) == 0
    assert main(["rerun", "runs", "nonsense"]) == 2


@pytest.mark.slow
def test_replicates_share_their_luck_over_points_unless_asked_otherwise(tmp_path: Path) -> None:
    shared = load_sweep(sweep_in(tmp_path))
    carried_out(shared, tmp_path / "shared")
    apart = load_sweep(sweep_in(tmp_path, SWEEP + "shared_luck: false\n"))
    carried_out(apart, tmp_path / "apart")
    for name, count in (("shared", 6), ("apart", 72)):
        assert read_table(tmp_path / name).to_pandas()["luck"].nunique() == count


def runs_in(blocks: Iterable[Block]) -> list[tuple[int, int]]:
    return [
        (point, replicate)
        for block in blocks
        for point in range(block.first_point, block.last_point)
        for replicate in range(block.first_replicate, block.last_replicate)
    ]


def test_every_run_lies_in_one_block_and_more_replicates_are_added_to_those_that_are_there() -> (
    None
):
    there: list[Block] = []
    for last in (1, 4, 6, 9, 30):
        there += blocks_left(12, last, [block.name for block in there])
        runs = runs_in(there)
        assert len(runs) == len(set(runs)) == 12 * last
    holes = [block.name for block in there if block.first_replicate not in {1, 6}]
    again = list(blocks_left(12, 30, holes))
    assert {block.first_replicate for block in again} == {1, 6}
    assert len(runs_in(again)) == 12 * (3 + 2)


def test_of_blocks_that_share_runs_the_largest_is_taken() -> None:
    names = ["p0000000-r0000004-0000006", "p0000000-r0000004-0000008", "p0000010-r0000004-0000006"]
    assert sorted(without_overlap(names, 12)) == sorted(names[1:])


def test_a_sweep_that_is_given_more_replicates_runs_only_those(
    undisturbed: tuple[Sweep, str], tmp_path: Path
) -> None:
    sweep, wanted = undisturbed
    out = tmp_path / "out"
    for replicates in (1, 3, 6):
        done = carried_out(replace(sweep, replicates=replicates), out)
        assert done.runs == 12 * replicates
    runs = read_table(out).to_pandas()
    assert not runs.duplicated(["point", "replicate"]).any()
    assert digest(out) == wanted


def test_results_are_merged_exported_and_readable_without_collabsim(
    undisturbed: tuple[Sweep, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep, wanted = undisturbed
    for name in ("one", "two"):
        carried_out(sweep, tmp_path / name)
    for path in sorted((tmp_path / "one/blocks").glob("p0000000*")):
        path.unlink()
    words = [str(tmp_path / "one"), str(tmp_path / "two"), "--out", str(tmp_path / "both")]
    assert main(["results", "merge", *words]) == 0
    assert digest(tmp_path / "both") == wanted
    for ending in ("csv", "parquet", "feather"):
        file = tmp_path / f"runs.{ending}"
        assert main(["results", "export", str(tmp_path / "both"), "--out", str(file)]) == 0
        readers: dict[str, Any] = {
            "csv": pd.read_csv, "parquet": pd.read_parquet, "feather": pd.read_feather,
        }  # fmt: skip
        assert len(readers[ending](file)) == 72
    series = tmp_path / "series.parquet"
    words = [str(tmp_path / "both"), "--out", str(series), "--table", "series"]
    assert main(["results", "export", *words]) == 0
    assert len(pd.read_parquet(series)) == 72 * 14
    capsys.readouterr()
    assert main(["results", "show", str(tmp_path / "both"), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["sha256"] == wanted


def test_a_sweep_that_was_never_stopped_was_made_in_one_go_also_beside_a_copy_of_itself(
    undisturbed: tuple[Sweep, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, copy, both = (tmp_path / name for name in ("one", "copy", "both"))
    carried_out(undisturbed[0], one)
    shutil.copytree(one, copy)
    assert main(["results", "merge", str(one), str(copy), "--out", str(both)]) == 0
    told = []
    for folder in (one, both):
        capsys.readouterr()
        assert main(["results", "show", str(folder)]) == 0
        told.append(next(x for x in capsys.readouterr().out.splitlines() if " runs in " in x))
    assert "0 failed; made in 1 go, " in told[0]
    assert told[0] == told[1]
    assert (counted(1, "runs"), counted(1200, "runs")) == ("1 run", "1,200 runs")


def test_a_folder_is_not_merged_with_itself(
    undisturbed: tuple[Sweep, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = tmp_path / "one"
    carried_out(undisturbed[0], one)
    words = [str(one), str(one / ".." / "one"), "--out", str(tmp_path / "both")]
    assert main(["results", "merge", *words]) == 2
    assert "is given twice; give each folder once" in capsys.readouterr().err
    assert not (tmp_path / "both").exists()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  seed: [1, 2]", "the seed is never a factor"),
        ("  table.seets: [1]", "no parameter that can be a factor"),
        ("  table.seats: {low: 3}", "write {low: 1, high: 9}"),
        ("  table.delegation: {low: 1, high: 2}", "is no number"),
        ("  table.strategic_weight: {low: 2, high: 1}", "low below the high"),
        ("  table.step_size: 3", "write a list of values"),
        ("  table.rounds: [9, 9999999]", "table.rounds"),
        ("  table.quorum: {low: 0.1, high: 0.9}", "list its values"),
    ],
)
def test_a_factor_that_is_none_is_refused_with_the_line(
    tmp_path: Path, line: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SWEEP.replace("  table.seats: [2, 3, 4]", line)
    assert main(["sweep", str(sweep_in(tmp_path, text)), "--out", str(tmp_path / "out")]) == 2
    told = capsys.readouterr().err
    assert said.lower() in told.lower()
    assert "sweep.yaml" in told
    assert not (tmp_path / "out").exists()


def test_whole_scenarios_can_be_a_factor(tmp_path: Path) -> None:
    config = sweep_in(tmp_path, SWEEP.replace("[world.yaml]", "[world.yaml, other.yaml]"))
    (tmp_path / "other.yaml").write_text(WORLD.replace("name: small", "name: other"))
    sweep = load_sweep(config)
    carried_out(sweep, tmp_path / "out", Threads(2))
    runs = read_table(tmp_path / "out").to_pandas()
    assert runs.groupby("scenario").size().to_dict() == {"small": 72, "other": 72}
    one, other = (
        runs[runs["scenario"] == name].sort_values(["point", "replicate"])["out.days_to_help"]
        for name in ("small", "other")
    )
    assert np.array_equal(one.to_numpy(), other.to_numpy(), equal_nan=True)


def test_the_configs_in_the_docs_can_be_used(tmp_path: Path) -> None:
    """The file that the page opens with, with the details and every factor that it shows."""
    page = (PROJECT / "docs" / "sweeps.md").read_text()
    file, details = re.findall(r"^```yaml\n(.*?)^```", page, flags=re.DOTALL | re.MULTILINE)
    rows = page.split("| Type | For example |")[1].split("\n\n")[0]
    shown = re.findall(r"`(\w[^`]*: [^`]*)`", rows)
    assert len(shown) >= 5
    shutil.copytree(PROJECT / "configs" / "scenarios", tmp_path / "configs" / "scenarios")
    place = tmp_path / "configs" / "sweeps" / "of-the-docs.yaml"
    place.parent.mkdir()
    place.write_text(file + details)
    sweep = load_sweep(place)
    assert len(sweep.design.points) == 9
    assert sweep.details is not None
    for factor in (line for line in shown if not line.startswith("scenarios")):
        text = file.replace("levers:", f"levers:\n  {factor}").replace("0.0, 0.3, 1.0", "0.3")
        place.write_text(text.replace("factorial", "latin_hypercube\nsize: 8"))
        assert len(load_sweep(place).design.points) == 8


def test_a_folder_that_holds_something_else_is_refused_and_left_as_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "letters"
    out.mkdir()
    (out / "letter.txt").write_text("Dear")
    assert main(["sweep", str(sweep_in(tmp_path)), "--out", str(out)]) == 2
    assert "is not empty and holds no sweep" in capsys.readouterr().err
    assert [path.name for path in out.iterdir()] == ["letter.txt"]
