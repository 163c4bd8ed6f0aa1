"""From a slider to a verdict: how long a session of the app takes, without its page.

The session's own computing object is used as the app uses it: two scenarios of the region of nine
and fifty, all cores. Times are from the change to a verdict that can be shown, tables included; the
page itself adds what Streamlit and the browser need. Every slider of scenario B is moved in its
turn, from where it stands to the end of it that is furthest away, and back. Then two fields that hold
for the past too, which make new histories, and one of them new yardsticks. For each: the wall time and
the CPU time of this process until 20 replicates, and until 200.

Exit code 1 when of any slider 20 replicates take 1 second of wall time or more, or 200 take 6, while
the machine has two cores free. On a busy machine nothing is judged, and that is said.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from measuring import arguments, print_table

if TYPE_CHECKING:
    from collabsim.app.draft import Draft

FIRST, ALL = 20, 200
#: Fields that hold for the past too: of what is a lever as well, and of what houses feel alone.
FIELDS = {"people.handover": 0.4, "people.turnover_per_year.provider.practice": 0.3}
GOAL_FIRST, GOAL_ALL = 1.0, 6.0
#: Cores that other work may use before a wall time says nothing.
BUSY = 0.5


def far_ends(draft: "Draft") -> Iterator[tuple[str, float]]:
    """Every slider of the app, and the end of it that is furthest from where it stands."""
    from collabsim.app.controls_page import NUMBERS, slider_range
    from collabsim.app.levers import is_lever
    from collabsim.config import parameters

    for path, parameter in parameters().items():
        if is_lever(parameter) and parameter.kind in NUMBERS:
            value = draft.in_month_0(path)
            low, high = slider_range(parameter, value)
            if low is not None and high is not None:
                far = max(low, high, key=lambda end: abs(end - value))
                yield path, int(far) if parameter.kind == "whole number" else far


def main() -> int:
    """Measure, print, judge."""
    options = arguments(__doc__ or "", repeats=1)
    from collabsim.app.computing import Computer, stages_to
    from collabsim.app.histories import Histories
    from collabsim.app.waking import wake
    from collabsim.app.workspace import open_case
    from collabsim.experiments.executors import default_threads

    first, last = (2, 4) if options.quick else (FIRST, ALL)
    workspace = open_case("table-of-ten")
    wake(workspace.scenarios()[0])
    warm = Computer(stages=(1,), histories=Histories())
    warm.want(workspace.scenarios())  # what is compiled or loaded at first use
    _ = warm.wait().verdict
    cores, before = default_threads(), os.getloadavg()[0]
    computer = Computer(
        stages=(first, last) if options.quick else stages_to(last), histories=Histories()
    )

    def measured() -> tuple[float, float, float, float]:
        began, cpu = time.perf_counter(), time.process_time()
        computer.want(workspace.scenarios())
        _ = computer.wait(first).verdict
        early = time.perf_counter() - began, time.process_time() - cpu
        _ = computer.wait(last).verdict
        return *early, time.perf_counter() - began, time.process_time() - cpu

    opened = measured()
    lines: list[list[object]] = [["opened, nothing known", "", *opened]]
    walls: list[tuple[float, float]] = []
    for _ in range(options.repeats):
        for path, value in far_ends(workspace.drafts[1]):
            workspace.pull(1, path, value)
            took = measured()
            lines.append([path, f"{value:g}", *took])
            walls.append((took[0], took[2]))
            workspace.undo(1)
    for path, value in FIELDS.items():
        workspace.change(1, path, value)
        lines.append([f"{path}, in the past too", f"{value:g}", *measured()])
        workspace.undo(1)
    heads = ("change in B", "to", f"{first}: s", "CPU s", f"{last}: s", "CPU s")
    print_table(f"From a change to a verdict on {cores} cores", heads, lines)
    early, late = zip(*walls, strict=True)
    print(
        f"\nSliders, median and slowest: {first} replicates {statistics.median(early):.2f} and"
        f" {max(early):.2f} s, {last} replicates {statistics.median(late):.2f} and {max(late):.2f} s."
    )
    busy = before > BUSY
    print(f"Load of the machine before: {before:.1f}." + (" Too busy to judge." if busy else ""))
    if options.quick or busy:
        return 0
    return int(max(early) >= GOAL_FIRST or max(late) >= GOAL_ALL)


if __name__ == "__main__":
    sys.exit(main())
