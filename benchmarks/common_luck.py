"""What the same luck is worth: the variance of a paired difference against independent seeds.

Two scenarios that differ in one thing are run with the same luck, replicate by replicate. For
each outcome the table gives how many times smaller the variance of the difference is than it
would be with independent seeds, (var A + var B) / var(A - B), with a 95 % bootstrap interval over
replicates. 1 means that the same luck brings nothing.

Then it looks in the event record whether, in the stage after an intervention, only parties that
it reached differ.

Exit code 1 when the ratio of the cooperation rate is below 5 for a pair that is required, or when
a party differs that was not reached. With ``--quick`` nothing is judged.
"""

import math
import sys
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from measuring import arguments, print_table, region

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from collabsim.parameters import Scenario

LEAST_RATIO = 5.0
DRAWS = 1000
#: A variance that is nothing but rounding.
ROUNDING = 1e-18
OTHER_LUCK = 1_000_000
#: A ratio above which the figure says nothing more, and one below which a tenth matters.
TOO_MUCH_TO_SAY, FEW = 1000, 10
INTERVENTION_MONTH = 12
REGIONS_LOOKED_AT = 10


class Pair(NamedTuple):
    """Two scenarios that differ in one thing."""

    name: str
    one: "Scenario"
    other: "Scenario"
    required: bool


def with_values(scenario: "Scenario", name: str, **values: object) -> "Scenario":
    """The scenario with other values, by path with ``__`` for a point."""
    from collabsim.config import set_value

    for path, value in values.items():
        scenario = set_value(scenario, path.replace("__", "."), value)
    return scenario.model_copy(update={"name": name})


def with_timeline(scenario: "Scenario", name: str, month: int, **values: object) -> "Scenario":
    """The scenario with other values from ``month`` on."""
    from collabsim.parameters.scenario import Change

    change = Change(month=month, set={p.replace("__", "."): v for p, v in values.items()})
    return scenario.model_copy(update={"name": name, "timeline": (change,)})


MUNICIPAL = "people__turnover_per_year__municipality__"
PROVIDER = "people__turnover_per_year__provider__"
AT_17 = {
    f"{kind}{layer}": 0.17 for kind in (MUNICIPAL, PROVIDER) for layer in ("practice", "management")
}
AT_15 = dict.fromkeys(AT_17, 0.15)


def pairs() -> list[Pair]:
    """The comparisons that are required, and some that tell where a ratio comes from."""
    rotating = region()
    fixed = region("region-004-fixed")
    nobody = region("region-004-nobody")
    steady = with_values(rotating, "17 %", **AT_17)
    return [
        Pair("rotating / fixed", rotating, fixed, required=True),
        Pair("turnover 17 / 15 %", steady, with_values(rotating, "15 %", **AT_15), required=True),
        Pair(
            "59 / 60 organisations",
            rotating,
            with_values(rotating, "sixty", region__provider_count=51),
            required=True,
        ),
        Pair(
            "17 / 15 % from month 0 on",
            steady,
            with_timeline(steady, "15 % from month 0 on", 0, **AT_15),
            required=False,
        ),
        Pair("rotating / no table", rotating, nobody, required=False),
    ]


def outcomes_of(
    scenarios: "list[Scenario]", replicates: int
) -> "dict[str, dict[str, NDArray[np.float64]]]":
    """By scenario and outcome: one value a replicate."""
    import numpy as np

    from collabsim.experiments.executors import Serial
    from collabsim.experiments.runs import run_scenarios

    results = run_scenarios(scenarios, replicates=replicates, executor=Serial())
    table: dict[str, dict[str, list[float]]] = {}
    for result in results:
        if result.status != "done":
            raise RuntimeError(result.error)
        for name, value in result.outcomes.items():
            table.setdefault(result.scenario, {}).setdefault(name, []).append(value)
    return {
        scenario: {name: np.array(values) for name, values in columns.items()}
        for scenario, columns in table.items()
    }


def variance_ratio(one: "NDArray[np.float64]", other: "NDArray[np.float64]") -> float:
    """Variance with independent seeds over variance with the same luck; NaN if nothing varies."""
    paired, apart = float((one - other).var()), float(one.var() + other.var())
    if paired <= ROUNDING:
        return math.inf if apart > ROUNDING else math.nan
    return apart / paired


def ratio_with_interval(
    one: "NDArray[np.float64]", other: "NDArray[np.float64]"
) -> tuple[float, float, float, int]:
    """The ratio, its 95 % bootstrap interval, and on how many replicates it rests."""
    import numpy as np

    both = ~(np.isnan(one) | np.isnan(other))
    one, other = one[both], other[both]
    if len(one) == 0:
        return math.nan, math.nan, math.nan, 0
    generator = np.random.default_rng(1)
    again = [
        variance_ratio(one[rows], other[rows])
        for rows in generator.integers(0, len(one), (DRAWS, len(one)))
    ]
    known = [value for value in again if not math.isnan(value)]
    if not known:
        return math.nan, math.nan, math.nan, len(one)
    low, high = (float(np.quantile(known, q, method="nearest")) for q in (0.025, 0.975))
    return variance_ratio(one, other), low, high, len(one)


def in_words(ratio: float, low: float, high: float) -> str:
    """A ratio with its interval."""
    if math.isnan(ratio):
        return "does not vary"
    if math.isinf(ratio):
        return "same difference"
    return f"{as_figure(ratio)} ({as_figure(low)}-{as_figure(high)})"


def as_figure(ratio: float) -> str:
    """Two figures below ten, whole numbers below a thousand."""
    if math.isinf(ratio) or ratio >= TOO_MUCH_TO_SAY:
        return f">{TOO_MUCH_TO_SAY}"
    return f"{ratio:.1f}" if ratio < FEW else f"{ratio:.0f}"


def print_ratios(compared: list[Pair], replicates: int) -> dict[str, float]:
    """Print the ratios of all outcomes; returns that of the cooperation rate, by pair."""
    scenarios = {s.name: s for pair in compared for s in (pair.one, pair.other)}
    table = outcomes_of(list(scenarios.values()), replicates)
    lines = []
    cooperation = {}
    for outcome in next(iter(table.values())):
        cells = []
        for pair in compared:
            one, other = table[pair.one.name][outcome], table[pair.other.name][outcome]
            ratio, low, high, _ = ratio_with_interval(one, other)
            cells.append(in_words(ratio, low, high))
            if outcome == "cooperation_rate":
                cooperation[pair.name] = ratio
        lines.append((outcome, *cells))
    names = [pair.name for pair in compared]
    title = f"Variance with independent seeds over variance with the same luck, {replicates} pairs"
    print_table(title, ("outcome", *names), lines)
    sizes = [sizes_behind(pair, table) for pair in compared]
    heads = (
        "cooperation rate",
        "mean difference",
        "its sd",
        "sd of one",
        "sd of the other",
        "sd with only the region in common",
        "ratio against that",
    )
    print_table("Sizes behind the ratios", heads, sizes)
    return cooperation


def sizes_behind(
    pair: Pair, table: "dict[str, dict[str, NDArray[np.float64]]]"
) -> tuple[object, ...]:
    """Spread of the cooperation rate, and of its difference with more or less in common.

    Independent seeds also draw other regions: other sizes, contracts and interests. The stricter
    yardstick keeps the region, and gives the other scenario other luck from the history on.
    """
    import numpy as np

    one = table[pair.one.name]["cooperation_rate"]
    other = table[pair.other.name]["cooperation_rate"]
    apart = one - other
    sizes = (float(values.std()) for values in (apart, one, other))
    loose = one - np.array([with_other_months(pair.other, number) for number in range(len(one))])
    generator = np.random.default_rng(1)
    again = [
        float(loose[rows].var() / apart[rows].var())
        for rows in generator.integers(0, len(one), (DRAWS, len(one)))
    ]
    low, high = (float(np.quantile(again, q)) for q in (0.025, 0.975))
    words = in_words(float(loose.var() / apart.var()), low, high)
    return (pair.name, float(apart.mean()), *sizes, float(loose.std()), words)


def with_other_months(scenario: "Scenario", replicate: int) -> float:
    """The cooperation rate in the region of ``replicate``, with luck of another from then on."""
    import numpy as np

    from collabsim import CollaborationModel
    from collabsim.founding import first_world
    from collabsim.history import Start, start_key
    from collabsim.randomness import Luck
    from collabsim.record import Count
    from collabsim.stretches import pass_months

    luck = Luck(scenario.seed, replicate)
    ids, world = first_world(scenario, luck)
    world = world._replace(luck=Luck(scenario.seed, replicate + OTHER_LUCK).root)
    world = pass_months(world, -scenario.history_months, scenario.history_months)
    nobody_alone = np.zeros(scenario.months, np.int64)
    start = Start(start_key(scenario), luck, ids, world, nobody_alone, {}, {})
    model = CollaborationModel(scenario, replicate=replicate, start=start)
    model.run_for(scenario.months)
    counts = model.world.record.months.counts
    return float(counts[:, Count.COOPERATED].sum() / counts[:, Count.DECISIONS].sum())


# -- whom an intervention reached ------------------------------------------------------------------


def record_of(scenario: "Scenario", months: int) -> "pd.DataFrame":
    """The event record of the first months."""
    from collabsim import CollaborationModel

    model = CollaborationModel(scenario, trace=True)
    model.run_for(months)
    return model.events()


def rows_that_differ(one: "pd.DataFrame", other: "pd.DataFrame") -> list[tuple[float, ...]]:
    """Rows that are in one of two event records and not in the other."""
    columns = ["month", "event", "who", "whom", "case", "reason", "value"]
    left, right = (
        Counter(frame[columns].itertuples(index=False, name=None)) for frame in (one, other)
    )
    return [*(left - right), *(right - left)]


def rotation_reaches_seats() -> bool:
    """In the stage after a rotation only parties with a seat in either world differ."""
    from collabsim.events import Event

    rotating = with_values(region(), "rotating", cooperation__anticipation=0.0)
    fixed = with_values(rotating, "fixed", table__rotation__share_per_year=0.0)
    one, other = (record_of(s, INTERVENTION_MONTH + 1) for s in (rotating, fixed))
    before = rows_that_differ(
        one[one.month < INTERVENTION_MONTH], other[other.month < INTERVENTION_MONTH]
    )
    stages = []
    for record in (one, other):
        month = record[record.month == INTERVENTION_MONTH].reset_index(drop=True)
        stages.append(month.iloc[: int(month.index[month.event == Event.REPORTED][0])])
    seats = {
        int(who) for stage in stages for who in stage.loc[stage.event == Event.SAT_AT_TABLE, "who"]
    }
    others = {Event.ENCOUNTER, Event.DECIDED}
    differ = rows_that_differ(*stages)
    reached = {int(row[2]) for row in differ}
    reached |= {int(row[3]) for row in differ if row[1] in others and row[3] >= 0}
    swapped = {int(row[2]) for row in differ if row[1] == Event.SAT_AT_TABLE}
    outside = reached - seats
    print(
        f"\nRotation in month {INTERVENTION_MONTH}, anticipation off: {len(before)} events differ "
        f"before it. At the table {len(swapped)} seats changed hands, "
        f"{len(reached)} parties have an event that differs, {len(seats)} parties sat in one of "
        f"the worlds, and {len(outside)} of those that differ did not sit."
    )
    return not before and not outside


def turnover_reaches_leavers() -> bool:
    """In the stage after turnover falls, nobody leaves who would have stayed."""
    from collabsim.events import Event

    steady = with_values(region(), "17 %", **AT_17)
    calmer = with_timeline(steady, "10 %", INTERVENTION_MONTH, **dict.fromkeys(AT_17, 0.10))
    missed, extra, others, before = 0, 0, 0, 0
    for seed in range(REGIONS_LOOKED_AT):
        one, other = (
            record_of(s.model_copy(update={"seed": seed}), INTERVENTION_MONTH + 1)
            for s in (steady, calmer)
        )
        before += len(
            rows_that_differ(
                one[one.month < INTERVENTION_MONTH], other[other.month < INTERVENTION_MONTH]
            )
        )
        left = [
            set(
                record[(record.month == INTERVENTION_MONTH) & (record.event == Event.LEFT)][
                    ["who", "whom"]
                ].itertuples(index=False, name=None)
            )
            for record in (one, other)
        ]
        missed += len(left[0] - left[1])
        extra += len(left[1] - left[0])
        others += len(left[0] & left[1])
    print(
        f"\nTurnover from 17 to 10 % in month {INTERVENTION_MONTH}, {REGIONS_LOOKED_AT} regions: "
        f"{before} events differ before it; in the stage after, {others} people leave in "
        f"both worlds, {missed} only at 17 %, {extra} only at 10 %."
    )
    return before == 0 and extra == 0


def main() -> int:
    """Measure, print, judge."""
    given = arguments(__doc__, replicates=100)
    compared = pairs()
    if given.quick:
        given.replicates = 4
        compared = compared[:1]
    cooperation = print_ratios(compared, given.replicates)
    in_order = [rotation_reaches_seats(), turnover_reaches_leavers()]
    if given.quick:
        return 0
    failed = not all(in_order)
    if failed:
        print("FAILED: something differs that was not reached")
    for pair in compared:
        if pair.required and cooperation[pair.name] < LEAST_RATIO:
            failed = True
            print(f"FAILED: {pair.name}: {cooperation[pair.name]:.1f}; {LEAST_RATIO:.0f} wanted")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
