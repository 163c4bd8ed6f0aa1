"""Disasters: kills, full disks, lost workers. What is left is whole, and the same command goes on from there."""

import ctypes
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import distributed
import pytest

from collabsim.cli import main
from collabsim.experiments.blocks import Fault, fault_of, receipts, whole_blocks
from collabsim.experiments.executors import Dask, Processes, Serial, WorkerLostError
from collabsim.experiments.folders import OutputError
from collabsim.experiments.sweep_files import Sweep, load_sweep
from collabsim.experiments.sweep_folders import digest
from collabsim.experiments.sweeps import carry_out_sweep
from small_sweeps import carried_out, sweep_in

# A run takes milliseconds and a block a moment, so that there are many moments to be killed in.
WORLD = """
schema: 1
name: tiny
months: 4
history_months: 0
region: {municipality_count: 1, provider_count: 3}
table: {seats: 2}
"""
SWEEP = """
schema: 1
kind: sweep
name: tiny sweep
scenarios: [world.yaml]
levers:
  table.seats: [1, 2]
uncertainties:
  table.meets_every_months: [1, 3]
replicates: 80
outcomes: [days_to_help, cooperation_rate]
"""
RUNS = 320


def tiny_in(folder: Path) -> Path:
    """The file of a sweep of small blocks."""
    return sweep_in(folder, SWEEP, WORLD)


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The SHA-256 of what the sweep gives when nothing happens."""
    folder = tmp_path_factory.mktemp("calm")
    assert carried_out(load_sweep(tiny_in(folder)), folder / "out").runs == RUNS
    return digest(folder / "out")


def local_cluster(workers: int) -> Any:  # noqa: ANN401 - it has no types
    """A Dask cluster of processes on this machine."""
    library: Any = distributed
    return library.LocalCluster(
        n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50
    )


def all_whole(folder: Path) -> int:
    """Runs in a folder, in which every receipt is that of a whole block and nothing is half written."""
    for receipt in receipts(folder):
        assert not isinstance(receipt, Fault)
        assert fault_of(folder, receipt) is None
    return sum(receipt.runs for receipt in whole_blocks(folder)[0])


# Forks a child for each attempt, so that each is killed at work and not while it imports. The moment is
# random in work done, and then in time, so that a slow machine kills in as many places as a fast one.
KILLED_AGAIN_AND_AGAIN = """
import os, random, signal, sys, time
from pathlib import Path
from collabsim.experiments.executors import Serial
from collabsim.experiments.waking import wake_up
from collabsim.experiments.sweep_files import load_sweep
from collabsim.experiments.sweeps import carry_out_sweep

config, folder, seed = sys.argv[1:]
sweep, chance = load_sweep(config), random.Random(int(seed))
wake_up(sweep.scenarios[0], sweep.seed)

def receipts():
    return sorted((Path(folder) / "blocks").glob("*.json"))

kills = 0
while kills < 20:
    child = os.fork()
    if child == 0:
        carry_out_sweep(sweep, Path(folder), Serial(), lambda _done, _all: None)
        os._exit(0)
    enough, ended = len(receipts()) + chance.randrange(4), False
    while not ended and len(receipts()) < enough:
        ended = os.waitpid(child, os.WNOHANG)[0] == child
        time.sleep(0.001)
    time.sleep(chance.uniform(0.0, 0.15))
    ended = ended or os.waitpid(child, os.WNOHANG)[0] == child
    if ended:
        # It was done: take some of it away, so that there is something to kill again.
        for receipt in receipts()[:: chance.choice((1, 2))]:
            receipt.unlink()
        continue
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    kills += 1
    print(len(receipts()), flush=True)
"""


@pytest.mark.slow
def test_a_sweep_that_is_killed_at_twenty_random_moments_ends_with_what_it_would_have_given(
    calm: str, tmp_path: Path
) -> None:
    config, out = tiny_in(tmp_path), tmp_path / "out"
    command = [sys.executable, "-c", KILLED_AGAIN_AND_AGAIN, str(config), str(out), "7"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    killed = [int(blocks) for blocks in answer.stdout.split()]
    assert len(killed) == 20
    assert len(set(killed)) >= 5, "kills have to come at different moments of the work"
    all_whole(out)
    command = [sys.executable, "-m", "collabsim", "sweep", str(config), "--out", str(out), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(answer.stdout)["sha256"] == calm
    assert all_whole(out) == RUNS


@pytest.mark.slow
def test_a_dask_worker_that_is_killed_costs_nothing_but_time(calm: str, tmp_path: Path) -> None:
    sweep, out, killed = load_sweep(tiny_in(tmp_path)), tmp_path / "out", list[int]()
    with local_cluster(2) as cluster:

        def kill(done: int, _all: int) -> None:
            if done > 16 and not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        done = carry_out_sweep(sweep, out, Dask(cluster.scheduler_address, 2), kill)
    assert killed
    assert done.runs == RUNS
    assert digest(out) == calm


@pytest.mark.slow
def test_a_cluster_that_is_lost_leaves_whole_blocks(calm: str, tmp_path: Path) -> None:
    sweep, out, closed = load_sweep(tiny_in(tmp_path)), tmp_path / "out", list[int]()
    with local_cluster(1) as cluster:

        def close(done: int, _all: int) -> None:
            if done > 16 and not closed:
                closed.append(done)
                cluster.close()

        with pytest.raises(WorkerLostError, match="cluster"):
            carry_out_sweep(sweep, out, Dask(cluster.scheduler_address, 1), close)
    assert 16 < all_whole(out) < RUNS
    carried_out(sweep, out)
    assert digest(out) == calm


@pytest.mark.slow
def test_a_worker_process_that_crashes_leaves_whole_blocks(calm: str, tmp_path: Path) -> None:
    sweep, out = load_sweep(tiny_in(tmp_path)), tmp_path / "out"

    def crash(done: int, _all: int) -> None:
        if done > 0:
            for child in multiprocessing.active_children():
                child.kill()

    with pytest.raises(WorkerLostError, match="a worker process died"):
        carry_out_sweep(sweep, out, Processes(2), crash)
    assert 0 < all_whole(out) < RUNS
    manifest = json.loads((out / "sweep.json").read_text())
    assert [go["ended"] for go in manifest["goes"]] == ["stopped"]
    carried_out(sweep, out)
    assert digest(out) == calm


def begun(config: Path, out: Path, *words: str) -> subprocess.Popen[str]:
    """The command, as soon as it has made a block."""
    command = [sys.executable, "-m", "collabsim", "sweep", str(config), "--out", str(out), *words]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    while process.poll() is None and not list((out / "blocks").glob("*.json")):
        time.sleep(0.005)
    return process


@pytest.mark.slow
@pytest.mark.parametrize("where", ["threads", "processes"])
def test_ctrl_c_ends_the_command_with_whole_blocks_and_the_command_that_goes_on(
    calm: str, tmp_path: Path, where: str
) -> None:
    config, out = tiny_in(tmp_path), tmp_path / "out"
    process = begun(config, out, "--workers", "1", "--on", where)
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in told
    assert f"go on with: collabsim sweep {config} --out {out}" in told
    assert 0 < all_whole(out) < RUNS
    assert main(["sweep", str(config), "--out", str(out)]) == 0
    assert digest(out) == calm


@pytest.mark.slow
def test_two_commands_on_one_folder_do_not_harm_each_other(calm: str, tmp_path: Path) -> None:
    config, out = tiny_in(tmp_path), tmp_path / "out"
    first = begun(config, out, "--workers", "1", "--json")
    second = subprocess.run(
        [sys.executable, "-m", "collabsim", "sweep", str(config), "--out", str(out)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    answer, _ = first.communicate(timeout=120)
    assert first.returncode == 0
    assert json.loads(answer)["sha256"] == calm
    # Whoever comes when the first has ended finds all done.
    assert second.returncode in {0, 2}
    if second.returncode == 2:
        assert "another process is working in" in second.stderr
        assert "Traceback" not in second.stderr


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


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own that holds the manifest of a sweep and a few blocks."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=96k", "tmpfs", str(disk)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no disk can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)  # noqa: S607


@pytest.mark.slow
def test_a_full_disk_is_told_leaves_nothing_half_written_and_can_be_gone_on_with(
    calm: str, tmp_path: Path, small_disk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, out = tiny_in(tmp_path), small_disk / "out"
    assert main(["sweep", str(config), "--out", str(out), "--workers", "1"]) == 2
    told = capsys.readouterr().err
    assert "No space left on device" in told
    assert "make room, and give the same command again" in told
    assert not list(out.rglob("*.part"))
    assert 0 < all_whole(out) < RUNS
    room = ["mount", "-o", "remount,size=8m", str(small_disk)]
    subprocess.run(room, check=True)
    assert main(["sweep", str(config), "--out", str(out), "--workers", "1"]) == 0
    assert digest(out) == calm


# No file may grow beyond a limit, which every machine can enforce.
NO_ROOM = """
import resource, sys
from pathlib import Path
from collabsim.cli import main
from collabsim.experiments.sweep_files import load_sweep
from collabsim.experiments.sweep_manifests import make_ready

config, out = sys.argv[1:]
make_ready(load_sweep(config), Path(out))
resource.setrlimit(resource.RLIMIT_FSIZE, (1500, resource.RLIM_INFINITY))
sys.exit(main(["sweep", config, "--out", out, "--workers", "1"]))
"""


@pytest.mark.slow
def test_a_file_that_cannot_be_written_in_full_is_not_there_at_all(
    calm: str, tmp_path: Path
) -> None:
    config, out = tiny_in(tmp_path), tmp_path / "out"
    command = [sys.executable, "-c", NO_ROOM, str(config), str(out)]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    assert answer.returncode == 2
    assert "could not be written (File too large)" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert {path.name for path in out.iterdir()} == {
        ".lock",
        "blocks",
        "points.parquet",
        "sweep.json",
    }
    assert not list((out / "blocks").iterdir())
    carried_out(load_sweep(config), out)
    assert digest(out) == calm


def without_power_over_files() -> None:
    """In a child: the rights of a folder hold for root too."""
    library = ctypes.CDLL(None)
    for capability in (1, 2):
        library.prctl(24, capability, 0, 0, 0)


@pytest.mark.slow
@pytest.mark.parametrize("there", [True, False], ids=["the folder itself", "the one above it"])
def test_a_read_only_folder_is_told_before_anything_is_run(tmp_path: Path, there: bool) -> None:
    config, above = tiny_in(tmp_path), tmp_path / "above"
    out = above / "out"
    (out if there else above).mkdir(parents=True)
    (out if there else above).chmod(0o555)
    command = [sys.executable, "-m", "collabsim", "sweep", str(config), "--out", str(out)]
    answer = subprocess.run(
        command, capture_output=True, text=True, check=False, preexec_fn=without_power_over_files
    )
    assert answer.returncode == 2
    assert "cannot be written to (Permission denied); give --out another folder" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert "loading the model" not in answer.stderr
    assert [path.name for path in above.rglob("*")] == (["out"] if there else [])


@pytest.mark.parametrize(
    "words", [("--dask", "tcp://127.0.0.1:9"), ("--dask", "nonsense")], ids=repr
)
def test_a_cluster_that_is_not_there_is_told_and_nothing_is_written(
    tmp_path: Path,
    words: tuple[str, ...],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("collabsim.experiments.executors.PATIENCE", "1s")
    assert main(["sweep", str(tiny_in(tmp_path)), "--out", str(tmp_path / "out"), *words]) == 2
    assert "no Dask cluster can be reached" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_where_there_is_no_dask_that_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    words = ["sweep", str(tiny_in(tmp_path)), "--out", str(tmp_path / "out"), "--on", "dask"]
    assert main(words) == 2
    assert "install collabsim[dask]" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


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
