"""What each mechanism costs: a month of the region without it, and with all that can be switched on.

CPU time of this process, in turn in one run. A run without a mechanism also takes another course
(without third parties there is less to ask, say), so a cost is that of what happens because of it, not
that of its lines alone. Nothing is judged.
"""

import statistics
import sys
from typing import TYPE_CHECKING, Any

from measuring import arguments, cpu_seconds, print_table, region

if TYPE_CHECKING:
    from collabsim.parameters import Scenario

#: Levers of mechanisms that do nothing at the defaults, pulled.
ALL_ON: dict[str, Any] = {
    "sessions.invited": "everyone",
    "sessions.every_months": 3,
    "sessions.discloses_interests": True,
    "sessions.analyses_together": True,
    "sessions.pictures_success": True,
    "sessions.tells_successes": True,
    "sessions.discloses_grievances": True,
    "rules.made_by": "everyone",
    "rules.including_the_outer_ring": True,
    "rules.agreements_on_content": True,
    "connector.who": "between_others",
    "organising.hours_per_month": 2.0,
    "incidents.per_year": 12.0,
    "networks.count": 3,
    "casework.residents_join": True,
    "casework.reviews_cases": True,
    "table.update_mails": True,
}


def changed(scenario: "Scenario", changes: dict[str, Any]) -> "Scenario":
    """A scenario with some parameters set."""
    from collabsim.config import set_value

    for path, value in changes.items():
        scenario = set_value(scenario, path, value)
    return scenario


def worlds() -> dict[str, "Scenario"]:
    """The region as it is, with everything on, and without each mechanism in turn."""
    from collabsim.parameters import Scenario

    plain = region()
    groups = [
        name
        for name, field in Scenario.model_fields.items()
        if "enabled" in getattr(field.annotation, "model_fields", {})
    ]
    whole = changed(plain, ALL_ON)
    return {
        "the region": plain,
        "everything on": whole,
        **{
            f"everything but {group}": changed(whole, {f"{group}.enabled": False})
            for group in groups
        },
    }


def milliseconds_a_month(scenario: "Scenario", replicate: int) -> tuple[float, int]:
    """CPU milliseconds of a month, and encounters of the run."""
    from collabsim import CollaborationModel
    from collabsim.history import prepare
    from collabsim.record import Count

    start = prepare(scenario, scenario.seed, replicate)
    model = CollaborationModel(scenario, replicate=replicate, start=start)
    seconds, _ = cpu_seconds(model.run_for, scenario.months)
    return 1000.0 * seconds / scenario.months, int(
        model.world.record.months.counts[:, Count.ENCOUNTERS].sum()
    )


def main() -> int:
    """Measure and print."""
    given = arguments(__doc__, replicates=9)
    replicates = 1 if given.quick else given.replicates
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in worlds()}
    milliseconds_a_month(region(), 0)  # compiles
    for replicate in range(replicates):
        for name, scenario in worlds().items():
            if given.quick:
                short = {"months": 6, "history_months": 6}
                scenario = scenario.model_copy(update=short)  # noqa: PLW2901 - the same, shorter
            found[name].append(milliseconds_a_month(scenario, replicate))
    whole = statistics.median(time for time, _ in found["everything on"])
    lines = []
    for name, runs in found.items():
        times = [time for time, _ in runs]
        middle = statistics.median(times)
        encounters = statistics.mean(met for _, met in runs)
        lines.append((name, middle, min(times), max(times), encounters, f"{middle / whole:.2f}"))
    heads = ("world", "ms a month", "lowest", "highest", "encounters", "of everything on")
    print_table(f"What mechanisms cost, {replicates} replicates", heads, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
