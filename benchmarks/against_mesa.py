"""Collabsim against ordinary Mesa objects: encounters per CPU second, and whether means agree.

Both simulate the same regions, in turn, in one process: collabsim with its own luck, the objects
of ``mesa_objects.py`` with Mesa's. Speed is counted over the months from month 0 on, each from
the end of its own history; the making of a collabsim model and its outcomes counts as well. A
second figure counts the whole life: building, history (for collabsim also the yardstick alone),
months, outcomes.

Mechanisms that the objects do not have (third parties, energy, exposure, grievance) are switched off
in both.

Exit code 1 when collabsim is less than 60 times as fast, or when a mean lies more than 4 standard
errors of the paired difference apart, at equal numbers of residents; their number is held against
what is expected. With ``--quick`` nothing is
judged.
"""

import math
import statistics
import sys
from typing import TYPE_CHECKING

from measuring import arguments, cpu_seconds, print_table, region

if TYPE_CHECKING:
    from collabsim import CollaborationModel
    from collabsim.parameters import Scenario

LEAST_RATIO = 60.0
MOST_STANDARD_ERRORS = 4.0
#: Runs of collabsim for one of the objects, so that the clock has something to measure.
RUNS_IN_TURN = 3
#: First of the seeds of Mesa's own random numbers.
MESA_SEEDS = 1000


#: What the objects do not have.
LEFT_OUT = {
    "third_parties.enabled": False, "energy.enabled": False, "exposure.enabled": False,
    "learning.grievance_per_hour": 0.0, "learning.grievance_per_broken": 0.0,
    "learning.generalised_share": 0.0, "attention.travel_hours": 0.0,
}  # fmt: skip


def shared_region() -> "Scenario":
    """The region, with only the mechanisms that both have."""
    from collabsim.config import set_value

    scenario = region()
    for path, value in LEFT_OUT.items():
        scenario = set_value(scenario, path, value)
    return scenario


def collabsim_outcomes(model: "CollaborationModel") -> dict[str, float]:
    """What both models can say, named as the objects name it."""
    from collabsim.metrics import METRICS
    from collabsim.record import Count

    r = model.recorded
    names = (
        "encounters",
        "residents_helped_share",
        "days_to_help",
        "errors_per_100_cases",
        "cooperation_rate",
        "promises_kept_share",
        "promises_broken_share",
        "competence_trust",
        "integrity_trust",
        "acquaintance",
        "collaboration_hours",
    )
    return {
        **{name: METRICS[name].compute(r) for name in names},
        "arrived": r.total(Count.ARRIVED),
        "asks": r.total(Count.ASKS),
        "accepted_share": r.total(Count.ACCEPTED) / r.total(Count.ASKS),
        "days_to_yes": float(r.record.asks.days.sum()) / r.total(Count.ACCEPTED),
        "joint_steps": r.total(Count.JOINT_STEPS),
        "pledges": r.total(Count.PLEDGES),
        "heard_at_home": r.total(Count.HEARD_AT_HOME),
        "in_favour": r.total(Count.IN_FAVOUR),
    }


def objects_live(scenario: "Scenario", replicate: int) -> tuple[dict[str, float], float, float]:
    """Outcomes of the objects, and CPU seconds of the months and of the whole life."""
    from mesa_objects import Region

    from collabsim.founding import first_world
    from collabsim.randomness import Luck

    world = first_world(scenario, Luck(scenario.seed, replicate))[1]

    def history() -> Region:
        objects = Region(scenario, world, seed=MESA_SEEDS + replicate)
        objects.passes_history()
        return objects

    before, objects = cpu_seconds(history)

    def months() -> dict[str, float]:
        for _ in range(scenario.months):
            objects.step()
        return objects.outcomes()

    run, outcomes = cpu_seconds(months)
    return outcomes, run, before + run


def collabsim_lives(scenario: "Scenario", replicate: int) -> tuple[dict[str, float], float, float]:
    """Outcomes of collabsim, and CPU seconds of the months and of the whole life."""
    from collabsim import CollaborationModel
    from collabsim.history import Start, prepare

    def months(start: Start) -> CollaborationModel:
        model = CollaborationModel(scenario, replicate=replicate, start=start)
        model.run_for(scenario.months)
        model.outcomes()
        return model

    before, start = cpu_seconds(prepare, scenario, scenario.seed, replicate)
    runs, model = cpu_seconds(lambda: [months(start) for _ in range(RUNS_IN_TURN)][-1])
    run = runs / RUNS_IN_TURN
    return collabsim_outcomes(model), run, before + run


def main() -> int:
    """Measure, print, judge."""
    given = arguments(__doc__, replicates=30)
    scenario = shared_region()
    if given.quick:
        given.replicates = 3
        scenario = scenario.model_copy(update={"months": 12, "history_months": 12})
    collabsim_lives(scenario, 0)  # compiles
    objects, ours, ratios, whole = [], [], [], []
    speeds: list[tuple[float, float]] = []
    for replicate in range(given.replicates):
        theirs, months, life = objects_live(scenario, replicate)
        mine, our_months, our_life = collabsim_lives(scenario, replicate)
        objects.append(theirs)
        ours.append(mine)
        speeds.append((theirs["encounters"] / months, mine["encounters"] / our_months))
        ratios.append(speeds[-1][1] / speeds[-1][0])
        whole.append(mine["encounters"] / our_life / (theirs["encounters"] / life))
    count = given.replicates
    print(
        f"{scenario.name}: {scenario.months} months after a history of "
        f"{scenario.history_months}, {count} replicates of each"
    )
    ratio = statistics.median(ratios)
    print_table(
        "Encounters per CPU second",
        ("", "median", "lowest", "highest"),
        [
            ("Mesa objects", *spread([one for one, _ in speeds])),
            ("collabsim", *spread([one for _, one in speeds])),
            (f"times as many (at least {LEAST_RATIO:.0f})", *spread(ratios)),
            ("the same, whole life with history", *spread(whole)),
        ],
    )
    apart = []
    lines: list[tuple[object, ...]] = []
    residents = [float(m["arrived"] - o["arrived"]) for m, o in zip(ours, objects, strict=True)]
    for name in objects[0]:
        pairs = [float(m[name] - o[name]) for m, o in zip(ours, objects, strict=True)]
        if name == "arrived":
            mean, error = against_expectation(scenario, objects)
        else:
            mean, error = at_equal(residents, pairs)
        errors = abs(mean) / error if error > 0.0 else 0.0
        means = [float(statistics.mean(one[name] for one in all_of)) for all_of in (objects, ours)]
        lines.append((name, *means, mean, error, f"{errors:.1f}"))
        if errors > MOST_STANDARD_ERRORS:
            apart.append(name)
    heads = ("outcome", "objects", "collabsim", "difference", "its error", "errors apart")
    print_table("Means over replicates, differences at equal numbers of residents", heads, lines)
    if given.quick:
        return 0
    for name in apart:
        print(f"FAILED: {name} lies more than {MOST_STANDARD_ERRORS:.0f} standard errors apart")
    if ratio < LEAST_RATIO:
        print(f"FAILED: {ratio:.0f} times as many encounters a second; {LEAST_RATIO:.0f} wanted")
    return int(bool(apart) or ratio < LEAST_RATIO)


def against_expectation(
    scenario: "Scenario", objects: list[dict[str, float]]
) -> tuple[float, float]:
    """Residents of the objects less than expected, on average, and the standard error of that.

    How many residents to expect is known, and collabsim draws the same ones every time this script
    runs; so the objects are held against what is expected, not against one more draw.
    """
    from collabsim.founding import first_world
    from collabsim.randomness import Luck

    rate = scenario.casework.cases_per_1000_per_year / 12_000.0 * scenario.months
    expected = [
        rate
        * float(first_world(scenario, Luck(scenario.seed, n))[1].organisations.inhabitants.sum())
        for n in range(len(objects))
    ]
    gaps = [e - one["arrived"] for e, one in zip(expected, objects, strict=True)]
    return statistics.mean(gaps), math.sqrt(sum(expected)) / len(expected)


def at_equal(residents: list[float], pairs: list[float]) -> tuple[float, float]:
    """Mean difference at no difference in ``residents``, and its standard error (least squares).

    Residents arrive by chance, with the same expectation in both models, and drive all the rest.
    """
    count = len(pairs)
    middle, mean = statistics.mean(residents), statistics.mean(pairs)
    squares = sum((x - middle) ** 2 for x in residents)
    products = sum((x - middle) * (y - mean) for x, y in zip(residents, pairs, strict=True))
    slope = products / squares
    level = mean - slope * middle
    left = sum((y - level - slope * x) ** 2 for x, y in zip(residents, pairs, strict=True))
    error = math.sqrt(left / (count - 2) * (1.0 / count + middle**2 / squares))
    return level, error


def spread(values: list[float]) -> tuple[float, float, float]:
    """Median, lowest and highest."""
    return statistics.median(values), min(values), max(values)


if __name__ == "__main__":
    sys.exit(main())
