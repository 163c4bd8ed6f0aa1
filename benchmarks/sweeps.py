"""What a sweep costs beside the runs in it: time, threads and memory.

Time is that of a whole sweep (designs, blocks, hashes, Parquet files, receipts, the sum of all that came
out) against the same compiled runs, with the same histories, their four default series kept in memory
and nothing else. Both in one process and one thread, in turn, in CPU seconds.
"""

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from measuring import arguments, cpu_seconds, print_table, region
from speed import CORES_ARE_FREE, LEAST_GAIN, free_cores

if TYPE_CHECKING:
    from collabsim.experiments.sweep_files import Sweep
    from collabsim.parameters import Scenario

MOST_OVERHEAD_PERCENT = 5.0
MOST_GROWTH_MEGABYTES = 50.0
#: Points of the sweep of the region: one block of ten.
SHARES = tuple(number / 10 for number in range(10))
#: What is kept in the sweep that is judged, as in configs/sweeps/rotation-by-turnover.yaml.
FIVE = (
    "days_to_help", "errors_per_100_cases", "cooperation_rate", "support_at_home", "acquaintance_of_boards",
)  # fmt: skip
PAGE_BYTES = 4096


def sweep_of(scenario: "Scenario", path: str, values: Sequence[Any], replicates: int) -> "Sweep":
    """A full design over one lever."""
    from collabsim.experiments.designs import Factor, make_design
    from collabsim.experiments.sweep_files import DEFAULT_SERIES, Sweep

    design = make_design("factorial", [Factor(path, "lever", tuple(values))], 0, 1)
    return Sweep(
        "benchmark", "", (scenario,), design, replicates, True, 1, (), DEFAULT_SERIES, None
    )


def bare(sweep: "Sweep", *, outcomes: bool) -> int:
    """The runs of a sweep with their default series in memory, and perhaps their outcomes.

    Without outcomes no rings are sought, which the model else does for its series too.
    """
    from collabsim.experiments.sparing import SparingModel
    from collabsim.experiments.sweep_points import with_point
    from collabsim.history import prepare

    worlds = [with_point(sweep.scenarios[0], values) for values in sweep.design.points]
    kept: list[object] = []
    for replicate in range(sweep.replicates):
        start = prepare(worlds[0], sweep.seed, replicate)
        for world in worlds:
            model = SparingModel(world, seed=sweep.seed, replicate=replicate, start=start)
            model.run_for(world.months)
            paths = model.series()
            kept.append({name: paths[name] for name in sweep.series})
            if outcomes:
                kept.append(model.outcomes())
    return len(kept)


def carried_out(sweep: "Sweep", threads: int) -> int:
    """A sweep from nothing to the sum of all that came out; returns runs."""
    from collabsim.experiments.executors import Threads
    from collabsim.experiments.sweep_folders import digest
    from collabsim.experiments.sweeps import carry_out_sweep

    with tempfile.TemporaryDirectory() as folder:
        done = carry_out_sweep(
            sweep, Path(folder) / "out", Threads(threads), lambda _done, _all: None
        )
        digest(Path(folder) / "out")
    return done.runs


def overhead(turns: int) -> float:
    """CPU of a sweep of the region above that of the bare runs, in percent; the median over turns.

    A turn is one block of forty runs. Small turns in a row, because other users of a machine make the
    same work take a tenth more or less from one minute to the next.
    """
    every = sweep_of(region(), "table.rotation.share_per_year", SHARES, 4)
    few = replace(every, outcomes=FIVE)
    runs = len(SHARES) * every.replicates
    found: dict[str, list[float]] = {name: [] for name in ("bare", "told", "five", "all")}
    for _ in range(turns):
        # Before and after, so that a machine that gets slower meanwhile favours neither.
        first, _ = cpu_seconds(bare, every, outcomes=False)
        five, _ = cpu_seconds(carried_out, few, 1)
        middle, _ = cpu_seconds(bare, every, outcomes=False)
        whole, _ = cpu_seconds(carried_out, every, 1)
        last, _ = cpu_seconds(bare, every, outcomes=False)
        told, _ = cpu_seconds(bare, every, outcomes=True)
        found["bare"].append(1000.0 * middle / runs)
        found["told"].append(100.0 * (told / last - 1.0))
        found["five"].append(100.0 * (2.0 * five / (first + middle) - 1.0))
        found["all"].append(100.0 * (2.0 * whole / (middle + last) - 1.0))
    lines = [
        (words, *(float(np.quantile(found[name], share)) for share in (0.5, 0.25, 0.75)))
        for name, words in (
            ("bare", "bare runs, ms of CPU a run"),
            ("told", "all outcomes, in memory, % above"),
            ("five", "a sweep that keeps five outcomes, % above"),
            ("all", "a sweep that keeps all outcomes, % above"),
        )
    ]
    print_table(
        f"{turns} turns of {runs} runs of the region, one thread",
        ("", "median", "25 %", "75 %"),
        lines,
    )
    median = statistics.median(found["five"])
    print(
        f"\nA sweep takes {median:.1f} % more than its bare runs (at most {MOST_OVERHEAD_PERCENT} %)"
    )
    return median


def two_threads(replicates: int, repeats: int) -> tuple[float, float]:
    """Wall time of a sweep in 1 and in 2 threads, in turn; the median gain, and what there is to gain."""
    sweep = sweep_of(region(), "table.rotation.share_per_year", SHARES, replicates)
    lines, gains, possible = [], [], []
    for turn in range(repeats):
        seconds = []
        for threads in (1, 2):
            began = time.perf_counter()
            carried_out(sweep, threads)
            seconds.append(time.perf_counter() - began)
        possible.append(free_cores())
        gains.append(seconds[0] / seconds[1])
        lines.append((f"turn {turn + 1}", *seconds, gains[-1], possible[-1]))
    heads = ("", "1 thread, s", "2 threads, s", "gain", "gain of plain hashing")
    print_table("Threads: the same sweep, wall time", heads, lines)
    gain, most = statistics.median(gains), statistics.median(possible)
    print(f"\n2 threads: {gain:.2f} times 1 (at least {LEAST_GAIN}); hashing gains {most:.2f}")
    return gain, most


def megabytes() -> float:
    """Memory that this process has in use."""
    gc.collect()
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * PAGE_BYTES / 1e6


def memory(points: int, few: int, many: int) -> float:
    """Growth of the process from few to many runs of a world of three organisations and one month."""
    from collabsim.config import scenario_from_mapping
    from collabsim.experiments.executors import Threads
    from collabsim.experiments.sweep_folders import digest
    from collabsim.experiments.sweeps import carry_out_sweep

    world = scenario_from_mapping(
        {
            "name": "tiny", "months": 1, "history_months": 0, "table": {"seats": 1},
            "region": {"municipality_count": 1, "provider_count": 2},
        }
    )  # fmt: skip
    values = [number / points for number in range(points)]
    sweep = sweep_of(world, "learning.start_integrity", values, 1)
    lines, first, highest = [], 0.0, [0.0]
    with tempfile.TemporaryDirectory() as place:
        # The same folder, so that the second goes on with what the first has left.
        for runs in (few, many):
            began, folder = time.perf_counter(), Path(place) / "out"
            wanted = replace(sweep, replicates=runs // points)
            highest = [0.0]

            def look(done: int, _all: int, highest: list[float] = highest) -> None:
                if done % 1000 < 40:  # noqa: PLR2004 - about once in a thousand runs
                    highest[0] = max(highest[0], megabytes())

            done = carry_out_sweep(wanted, folder, Threads(2), look)
            digest(folder)
            highest[0] = max(highest[0], megabytes())
            first = first or highest[0]
            lines.append((f"{done.runs:,} runs", highest[0], time.perf_counter() - began))
    growth = highest[0] - first
    print_table("Memory of the process that runs and writes", ("", "MB at most", "s"), lines)
    print(f"\nIt grows by {growth:.1f} MB (at most {MOST_GROWTH_MEGABYTES})")
    return growth


def main() -> int:
    """Measure and print; judge time, threads and memory."""
    given = arguments(__doc__, turns=21, repeats=3, runs=100_000)
    bare(sweep_of(region(), "table.rotation.share_per_year", SHARES[:1], 1), outcomes=True)
    if given.quick:
        overhead(1)
        two_threads(1, 1)
        memory(10, 40, 80)
        return 0
    above = overhead(given.turns)
    gain, possible = two_threads(16, given.repeats)
    growth = memory(100, 1000, given.runs)
    slow = possible >= CORES_ARE_FREE and gain < LEAST_GAIN
    if possible < CORES_ARE_FREE:
        print("\nNo 2 cores were free, so the threads are not judged")
    return int(above > MOST_OVERHEAD_PERCENT or slow or growth > MOST_GROWTH_MEGABYTES)


if __name__ == "__main__":
    sys.exit(main())
