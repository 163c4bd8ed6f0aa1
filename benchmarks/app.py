"""From a slider to a verdict: how long a session of the app takes, without its page.

The session's own computing object is used as the app uses it: two scenarios of the region of nine
and fifty, all cores. Times are from the change to a verdict that can be shown, tables included; the
page itself adds what Streamlit and the browser need. For each kind of change: the wall time and the
CPU time of this process until 20 replicates, and until 200.

Exit code 1 when, of a change at the table, 20 replicates take 1 second of wall time or more, or 200
take 6, while the machine has two cores free. On a busy machine nothing is judged, and that is said.
"""

import os
import sys
import time

from measuring import arguments, print_table

FIRST, ALL = 20, 200
LEAVING = "people.turnover_per_year.provider.practice"
GOAL_FIRST, GOAL_ALL = 1.0, 6.0
#: Cores that other work may use before a wall time says nothing.
BUSY = 0.5


def main() -> int:
    """Measure, print, judge."""
    options = arguments(__doc__ or "", repeats=3)
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
    lines: list[list[object]] = []
    walls: dict[str, list[tuple[float, float]]] = {}
    for repeat in range(1 if options.quick else options.repeats):
        stages = (first, last) if options.quick else stages_to(last)
        computer = Computer(stages=stages, histories=Histories())
        share = 0.4 + 0.1 * repeat
        for name, path, value in (
            ("opened, nothing known", None, None),
            ("rotation in B", "table.rotation.share_per_year", share),
            ("handover in B, which makes new histories", "people.handover", share),
            ("back to what it was", "people.handover", 0.1),
            ("turnover in B, which makes new yardsticks too", LEAVING, 0.5 * share),
        ):
            if path is not None:
                workspace.change(1, path, value)
            began, cpu = time.perf_counter(), time.process_time()
            computer.want(workspace.scenarios())
            _ = computer.wait(first).verdict
            early = time.perf_counter() - began, time.process_time() - cpu
            _ = computer.wait(last).verdict
            late = time.perf_counter() - began, time.process_time() - cpu
            walls.setdefault(name, []).append((early[0], late[0]))
            lines.append([name, repeat + 1, early[0], early[1], late[0], late[1]])
    heads = ("change", "time", f"{first}: s", "CPU s", f"{last}: s", "CPU s")
    print_table(f"From a change to a verdict on {cores} cores", heads, lines)
    busy = before > BUSY
    print(f"\nLoad of the machine before: {before:.1f}." + (" Too busy to judge." if busy else ""))
    if options.quick or busy:
        return 0
    early, late = (min(times) for times in zip(*walls["rotation in B"], strict=True))
    return int(early >= GOAL_FIRST or late >= GOAL_ALL)


if __name__ == "__main__":
    sys.exit(main())
