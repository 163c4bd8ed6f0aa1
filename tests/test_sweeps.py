"""Sweeps: whatever happens while one runs, what it ends with is the same."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from collabsim.cli import main
from collabsim.experiments.blocks import Fault, fault_of, receipts, whole_blocks
from collabsim.experiments.executors import Dask, Executor, Processes, Serial, Threads
from collabsim.experiments.folders import OutputError
from collabsim.experiments.rerun import rerun
from collabsim.experiments.sweep_files import Sweep, load_sweep
from collabsim.experiments.sweep_folders import digest, read_table
from collabsim.experiments.sweep_runs import blocks_of
from collabsim.experiments.sweeps import Progress, carry_out_sweep

WORLD = """
schema: 1
name: small
months: 14
history_months: 6
region: {municipality_count: 2, provider_count: 6}
table: {seats: 3}
"""
SWEEP = """
schema: 1
kind: sweep
name: small sweep
scenarios: [world.yaml]
levers:
  table.seats: [2, 3, 4]
  people.handover: [0.0, 0.4]
uncertainties:
  table.meets_every_months: [1, 3]
replicates: 6
outcomes: [days_to_help, cooperation_rate]
"""


def sweep_in(folder: Path, text: str = SWEEP, world: str = WORLD) -> Path:
    """A sweep file, and the scenario that it names."""
    (folder / "world.yaml").write_text(world)
    (folder / "sweep.yaml").write_text(text)
    return folder / "sweep.yaml"


def carried_out(sweep: Sweep, folder: Path, executor: Executor | None = None) -> Progress:
    return carry_out_sweep(sweep, folder, executor or Serial(), lambda _done, _all: None)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sweep, str]:
    """The sweep, and the SHA-256 of what it gives when nothing happens."""
    folder = tmp_path_factory.mktemp("undisturbed")
    sweep = load_sweep(sweep_in(folder))
    done = carried_out(sweep, folder / "out")
    assert (done.runs, done.failed, done.wanted) == (72, 0, 72)
    return sweep, digest(folder / "out")


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


@pytest.mark.slow
def test_a_sweep_that_is_killed_again_and_again_ends_with_what_it_would_have_given(
    undisturbed: tuple[Sweep, str], tmp_path: Path
) -> None:
    _, wanted = undisturbed
    config, out = sweep_in(tmp_path), tmp_path / "out"
    command = [sys.executable, "-m", "collabsim", "sweep", str(config), "--out", str(out)]
    chance = random.Random(7)  # noqa: S311 - no secret
    killed = finished = 0
    while killed < 20:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(1.0, 2.6))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        else:
            # It was done: take some of it away, so that there is something to kill again.
            finished += 1
            for path in sorted((out / "blocks").glob("*.json"))[:: chance.choice((1, 2))]:
                path.unlink()
        killed += process.wait() == -signal.SIGKILL
        for receipt in receipts(out) if out.exists() else ():
            assert not isinstance(receipt, Fault)
            assert fault_of(out, receipt) is None
        assert finished < 40
    answer = subprocess.run([*command, "--json"], capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout)["sha256"] == wanted
    assert digest(out) == wanted


def test_a_broken_a_flipped_and_a_missing_block_are_found_and_made_again(
    undisturbed: tuple[Sweep, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep, wanted = undisturbed
    out = tmp_path / "out"
    carried_out(sweep, out)
    cut, flipped, gone, mute = sorted((out / "blocks").glob("*.runs.parquet"))[:4]
    cut.write_bytes(cut.read_bytes()[:100])
    content = bytearray(flipped.read_bytes())
    content[len(content) // 2] ^= 1
    flipped.write_bytes(bytes(content))
    for path in (out / "blocks").glob(f"{gone.name.partition('.')[0]}.*"):
        path.unlink()
    (out / "blocks" / f"{mute.name.partition('.')[0]}.json").write_text("{")
    assert len(whole_blocks(out)[1]) == 3
    assert main(["results", "check", str(out), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert len(found["faults"]) == 3
    assert found["missing"] == [gone.name.partition(".")[0]]
    done = carried_out(sweep, out)
    assert len(done.faults) == 3
    assert digest(out) == wanted
    assert main(["results", "check", str(out)]) == 0


def test_what_is_done_is_not_run_twice(
    undisturbed: tuple[Sweep, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep, wanted = undisturbed
    out = tmp_path / "out"
    carried_out(sweep, out)

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr("collabsim.experiments.sweeps.run_block", never)
    assert carried_out(sweep, out).runs == 72
    assert digest(out) == wanted


def test_ctrl_c_leaves_whole_blocks_and_the_same_command_goes_on(
    undisturbed: tuple[Sweep, str], tmp_path: Path
) -> None:
    sweep, wanted = undisturbed
    out = tmp_path / "out"

    def interrupt(done: int, _all: int) -> None:
        if done > 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_out_sweep(sweep, out, Threads(2), interrupt)
    whole, faults = whole_blocks(out)
    assert 30 < sum(receipt.runs for receipt in whole) < 72
    assert not faults
    carried_out(sweep, out)
    assert digest(out) == wanted


def test_a_full_disk_is_told_leaves_nothing_half_written_and_can_be_gone_on_with(
    undisturbed: tuple[Sweep, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep, wanted = undisturbed
    out, room = tmp_path / "out", [5]
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        room[0] -= 1
        if room[0] < 0:
            write(path, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(path, data)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", full)
        with pytest.raises(OutputError, match=r"No space left.*make room"):
            carried_out(sweep, out)
    assert not list((out / "blocks").glob(".*"))
    assert not whole_blocks(out)[1]
    carried_out(sweep, out)
    assert digest(out) == wanted


def test_two_processes_do_not_work_in_one_folder(
    undisturbed: tuple[Sweep, str], tmp_path: Path
) -> None:
    sweep, wanted = undisturbed
    out = tmp_path / "out"
    seen: list[str] = []

    def meanwhile(_done: int, _all: int) -> None:
        if not seen:
            with pytest.raises(OutputError, match="another process is working") as told:
                carried_out(sweep, out)
            seen.append(str(told.value))

    carry_out_sweep(sweep, out, Serial(), meanwhile)
    assert seen
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
        patch.setattr(module, "read_table", lambda _folder: changed)
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


def test_replicates_share_their_luck_over_points_unless_asked_otherwise(tmp_path: Path) -> None:
    shared = load_sweep(sweep_in(tmp_path))
    carried_out(shared, tmp_path / "shared")
    apart = load_sweep(sweep_in(tmp_path, SWEEP + "shared_luck: false\n"))
    carried_out(apart, tmp_path / "apart")
    for name, count in (("shared", 6), ("apart", 72)):
        assert read_table(tmp_path / name).to_pandas()["luck"].nunique() == count


def test_every_run_lies_in_one_block_whatever_the_number_of_replicates(
    undisturbed: tuple[Sweep, str],
) -> None:
    sweep, _ = undisturbed
    for last in (1, 4, 6, 9):
        runs = [
            (point, replicate)
            for block in blocks_of(sweep, 0, last)
            for point in range(block.first_point, block.last_point)
            for replicate in range(block.first_replicate, block.last_replicate)
        ]
        assert len(runs) == len(set(runs)) == 12 * last


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


def test_a_dry_run_says_what_it_will_cost_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["sweep", str(sweep_in(tmp_path)), "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["points"], told["runs"]) == (12, 72)
    assert told["minutes"] > 0.0
    assert told["megabytes"] > 0.0
    assert set(told["interval_widths"]) == {"days_to_help", "cooperation_rate"}
    assert {path.name for path in tmp_path.iterdir()} == {"sweep.yaml", "world.yaml"}


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
