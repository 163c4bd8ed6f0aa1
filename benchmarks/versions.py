"""Two versions of the model in turn: how much less, or more, the present one takes than another.

Give the folder of the other version's sources, such as that of a worktree:
``python benchmarks/versions.py --other ../before/src``. Each version lives in a process of its own, and
each turn asks both for one run, and for two histories, in alternating order: on a machine that others
use, seconds say little, and ratios of what ran a moment apart say much. CPU time, one thread. Without
``--other`` the present version is held against itself, which shows what such a ratio is worth.
"""

import argparse
import inspect
import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

from measuring import cpu_seconds, print_table, region

PRESENT = Path(__file__).resolve().parents[1] / "src"
WHAT = ("a run", "a history with its yardstick", "a history whose yardstick is known")
LUCKS = 8


def main() -> int:
    """Let both versions work in turn, and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small, to see that it works")
    parser.add_argument("--other", type=Path, default=PRESENT, help="sources of the other version")
    parser.add_argument("--turns", type=int, default=100)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        return work()
    turns = 2 if options.quick else options.turns
    before: list[Sequence[float]] = []
    now: list[Sequence[float]] = []
    with started(options.other) as other, started(PRESENT) as present:
        for turn in range(turns):
            both = [(other, before), (present, now)]
            for version, took in both if turn % 2 else reversed(both):
                took.append(one_turn(version))
    heads = ("what", "before, ms", "now, ms", "now / before", "25 %", "75 %")
    lines = [
        [what, *in_short([took[place] for took in before], [took[place] for took in now])]
        for place, what in enumerate(WHAT)
    ]
    print_table(f"The present version against {options.other}, {turns} turns", heads, lines)
    return 0


def started(sources: Path) -> subprocess.Popen[str]:
    """A process that works with the version in ``sources``, ready for its first turn."""
    version = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, __file__, "--work"],
        env=os.environ | {"PYTHONPATH": str(sources.resolve())},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    heard(version)
    return version


def heard(version: subprocess.Popen[str]) -> str:
    """The next line of what a version says."""
    line = cast("IO[str]", version.stdout).readline()
    if not line:
        raise SystemExit(f"the version in process {version.pid} ended; what it said stands above")
    return line


def one_turn(version: subprocess.Popen[str]) -> Sequence[float]:
    """Milliseconds that a version takes for each of ``WHAT``."""
    told = cast("IO[str]", version.stdin)
    told.write("go\n")
    told.flush()
    return [float(number) for number in heard(version).split()]


def in_short(before: Sequence[float], now: Sequence[float]) -> list[object]:
    """Medians of both, and the ratio of what ran a moment apart with its quartiles."""
    ratios = [one / other for other, one in zip(before, now, strict=True)]
    low, middle, high = statistics.quantiles(ratios, n=4)
    return [statistics.median(before), statistics.median(now), middle, low, high]


def work() -> int:
    """Work once for every line that comes in, and say what that took."""
    from collabsim import CollaborationModel
    from collabsim.history import prepare

    scenario = region()
    starts = [prepare(scenario, 0, luck) for luck in range(LUCKS)]
    knows = "alone" in inspect.signature(prepare).parameters

    def run(luck: int) -> None:
        model = CollaborationModel(scenario, seed=0, replicate=luck, start=starts[luck])
        model.run_for(scenario.months)
        model.outcomes()

    def known(luck: int) -> None:
        if knows:
            prepare(scenario, 0, luck, lambda *_: starts[luck].alone)
        else:
            prepare(scenario, 0, luck)

    run(0)
    print("ready", flush=True)
    for turn, _ in enumerate(sys.stdin):
        luck = turn % LUCKS
        took = [
            cpu_seconds(one, luck)[0] for one in (run, lambda n: prepare(scenario, 0, n), known)
        ]
        print(*(1000.0 * seconds for seconds in took), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
