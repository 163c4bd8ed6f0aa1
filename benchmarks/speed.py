"""What a run costs: the region, more organisations, more months, two threads, compiling, memory.

All times are CPU time of this process but those of threads and compiling, which are on the wall.
Nothing is judged but the two threads: exit code 1 when they bring less than 1.8 times one while
two cores are free.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from typing import TYPE_CHECKING

from measuring import arguments, cpu_seconds, print_table, region

if TYPE_CHECKING:
    from collabsim import CollaborationModel
    from collabsim.history import Start
    from collabsim.parameters import Scenario

LEAST_GAIN = 1.8
#: With less than this gained by plain hashing, no 2 cores were free and threads are not judged.
CORES_ARE_FREE = 1.9
HASHED_BYTES, PIECES = 20_000_000, 40
#: Organisations that each knows, in the sparse region.
KNOWN_OTHERS = 30
ONE_RUN = """
import sys, time
began = time.perf_counter()
from pathlib import Path
from collabsim import CollaborationModel, load_scenario
from collabsim.history import prepare
scenario = load_scenario(Path(sys.argv[1]))
imported = time.perf_counter()
for _ in range(2):
    before, used = time.perf_counter(), time.process_time()
    CollaborationModel(scenario, start=prepare(scenario, 1, 0)).run_for(scenario.months)
    print(time.perf_counter() - before, time.process_time() - used, end=" ")
print(imported - began)
"""
ONE_SIZE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from speed import SIZES, prepared, run, sized
scenario = sized(*SIZES[int(sys.argv[2])])
run(scenario, prepared(scenario))
# Of this program alone; what getrusage() says includes the process that started it.
print(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0])
"""
#: Municipalities, providers and known others; 0 known others means that all are known.
SIZES = ((9, 50, 0), (18, 100, 0), (76, 424, 0), (305, 1695, KNOWN_OTHERS))


def prepared(scenario: "Scenario", replicate: int = 0) -> "Start":
    """The end of the history."""
    from collabsim.history import prepare

    return prepare(scenario, scenario.seed, replicate)


def run(scenario: "Scenario", start: "Start", replicate: int = 0) -> "CollaborationModel":
    """All months of a scenario."""
    from collabsim import CollaborationModel

    model = CollaborationModel(scenario, replicate=replicate, start=start)
    model.run_for(scenario.months)
    return model


def sized(municipalities: int, providers: int, known_others: int) -> "Scenario":
    """A year of a region of another size; residents grow with the municipalities."""
    from collabsim.config import set_value

    scenario = region()
    for path, value in (
        ("region.municipality_count", municipalities),
        ("region.provider_count", providers),
        ("region.known_others", known_others),
        ("months", 12),
        ("history_months", 12),
    ):
        scenario = set_value(scenario, path, value)
    return scenario


def the_region(repeats: int) -> None:
    """Milliseconds of each part of a run of the region, on one core."""
    scenario = region()
    parts: dict[str, list[float]] = {"history": [], "run": [], "outcomes": []}
    speeds, encounters = [], []
    for replicate in range(repeats):
        history, start = cpu_seconds(prepared, scenario, replicate)
        months, model = cpu_seconds(run, scenario, start, replicate)
        outcomes, values = cpu_seconds(model.outcomes)
        for name, seconds in zip(parts, (history, months, outcomes), strict=True):
            parts[name].append(1000.0 * seconds)
        speeds.append(values["encounters"] / months)
        encounters.append(values["encounters"])
    words = {
        "history": f"history of {scenario.history_months} months and yardstick, ms",
        "run": f"run of {scenario.months} months from a prepared history, ms",
        "outcomes": "outcomes, ms",
    }
    lines = [(words[name], *spread(values)) for name, values in parts.items()]
    lines.append(("encounters in a run", *spread(encounters)))
    lines.append(("encounters per CPU second of the run", *spread(speeds)))
    heads = ("", "median", "lowest", "highest")
    print_table(f"{scenario.name}: 59 organisations, {repeats} replicates", heads, lines)


def spread(values: list[float]) -> tuple[float, float, float]:
    """Median, lowest and highest."""
    return statistics.median(values), min(values), max(values)


def more_organisations(sizes: tuple[tuple[int, int, int], ...]) -> None:
    """Cost of a year of larger regions, with as many residents a provider."""
    from collabsim.record import Count

    lines = []
    for number, size in enumerate(sizes):
        scenario = sized(*size)
        history, start = cpu_seconds(prepared, scenario)
        months, model = cpu_seconds(run, scenario, start)
        count = size[0] + size[1]
        encounters = int(model.world.record.months.counts[:, Count.ENCOUNTERS].sum())
        here = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
        memory = subprocess.run(  # noqa: S603
            [sys.executable, "-c", ONE_SIZE, here, str(number)],
            capture_output=True,
            text=True,
            check=True,
        )
        known = size[2] or count - 1
        per_month = 1000.0 * months / scenario.months
        lines.append(
            (
                f"{count:,}, each knows {known}",
                per_month,
                1000.0 * per_month / count,
                1e6 * per_month / 1000.0 / (count * known),
                encounters / scenario.months,
                encounters / months,
                history,
                int(memory.stdout) // 1024,
            )
        )
    heads = (
        "organisations",
        "ms a month",
        "us an organisation",
        "us a tie",
        "encounters a month",
        "encounters a CPU s",
        "history of a year, s",
        "peak memory, MB",
    )
    print_table("More organisations, as many residents a provider, one year", heads, lines)


def more_months(lengths: tuple[int, ...], repeats: int) -> None:
    """Cost against months, from the same prepared history, and a straight line through it."""
    import numpy as np

    longest = region().model_copy(update={"months": max(lengths)})
    scenarios = [longest.model_copy(update={"months": months}) for months in lengths]
    starts = [prepared(scenario) for scenario in scenarios]
    times: list[list[float]] = [[] for _ in lengths]
    for _ in range(repeats):
        for number, scenario in enumerate(scenarios):
            seconds, _ = cpu_seconds(run, scenario, starts[number])
            times[number].append(1000.0 * seconds)
    cost = np.array([statistics.median(values) for values in times])
    slope, level = np.polyfit(lengths, cost, 1)
    fitted = level + slope * np.array(lengths)
    lines = [
        (str(months), float(ms), float(line), f"{100.0 * (ms / line - 1.0):+.1f} %")
        for months, ms, line in zip(lengths, cost, fitted, strict=True)
    ]
    heads = ("months", "ms", "line", "off the line")
    print_table(f"More months, median of {repeats}", heads, lines)
    explained = 1.0 - float(((cost - fitted) ** 2).sum() / ((cost - cost.mean()) ** 2).sum())
    print(f"\n{level:.2f} ms and {slope:.3f} ms a month; the line explains {100 * explained:.2f} %")


def two_threads(replicates: int, repeats: int) -> tuple[float, float]:
    """Wall time in 1 and in 2 threads, in turn; the median gain, and what the machine can give."""
    from collabsim.experiments.executors import Threads
    from collabsim.experiments.runs import run_scenarios

    scenario = region()

    def runs(threads: int) -> float:
        began = time.perf_counter()
        run_scenarios([scenario], replicates=replicates, executor=Threads(threads))
        return time.perf_counter() - began

    lines, gains, possible = [], [], []
    for turn in range(repeats):
        seconds = runs(1), runs(2)
        possible.append(free_cores())
        gains.append(seconds[0] / seconds[1])
        lines.append((f"turn {turn + 1}", *seconds, gains[-1], possible[-1]))
    heads = ("", "1 thread, s", "2 threads, s", "gain", "gain of plain hashing")
    title = f"Threads: {replicates} replicates with their histories, wall time"
    print_table(title, heads, lines)
    gain, most = statistics.median(gains), statistics.median(possible)
    print(f"\n2 threads: {gain:.2f} times 1 (at least {LEAST_GAIN}); hashing gains {most:.2f}")
    return gain, most


def free_cores() -> float:
    """Gain of 2 threads over 1 for hashing, which shares nothing: near 2 when 2 cores are free."""
    import hashlib
    from concurrent.futures import ThreadPoolExecutor

    data = bytes(HASHED_BYTES)

    def wall(threads: int) -> float:
        began = time.perf_counter()
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda _: hashlib.sha256(data).digest(), range(PIECES)))
        return time.perf_counter() - began

    return wall(1) / wall(2)


def compiling() -> None:
    """Seconds of the first run with an empty and with a filled cache, each in a new process."""
    from measuring import SCENARIOS

    lines = []
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NUMBA_CACHE_DIR": folder}
        for name in ("empty cache", "filled cache"):
            answer = subprocess.run(  # noqa: S603
                [sys.executable, "-c", ONE_RUN, str(SCENARIOS / "region-004-rotating.yaml")],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
            )
            first, used, second, _, imported = map(float, answer.stdout.split())
            lines.append((name, imported, first, used, second))
    heads = ("", "import and config, s", "first run with history, s", "its CPU, s", "second, s")
    print_table("Compiling, a new process each, wall time", heads, lines)


def main() -> int:
    """Measure and print; judge the threads."""
    given = arguments(__doc__, repeats=9)
    repeats = 2 if given.quick else given.repeats
    run(region(), prepared(region()))  # compiles
    the_region(repeats)
    more_organisations(SIZES[:2] if given.quick else SIZES)
    more_months((12, 24) if given.quick else (12, 24, 36, 48, 60, 84, 108, 120), repeats)
    gain, possible = two_threads(2 if given.quick else 24, 1 if given.quick else 3)
    if given.quick:
        return 0
    compiling()
    if possible < CORES_ARE_FREE:
        print("\nNo 2 cores were free, so the threads are not judged")
        return 0
    return int(gain < LEAST_GAIN)


if __name__ == "__main__":
    sys.exit(main())
