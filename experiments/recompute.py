"""Recompute every outcome of a run from its event record, without the model.

    collabsim run CONFIG --replicates 1 --trace --out FOLDER
    python experiments/recompute.py FOLDER

The folder's `events.parquet` says what happened in replicate 0 and in its yardstick (the same
residents with contacts off), `organisations.parquet` who is a municipality and who a provider.
Each outcome is held against `runs.parquet`: equal to the last bit, or this script fails. The four
outcomes of the inner ring need a search and a test that live in the package; `asks_by_year` gives
the matrices that go into them.

Nothing of the package is imported here on purpose. What the numbers in the record mean is written
down a second time below.
"""

import json
import math
import statistics
import sys
from pathlib import Path

import numpy as np
import pandas as pd

# What happened.
SPENT, JOINT_STEP, REPORTED, SUPPORTED, CASE, ASKED, DECIDED, ENCOUNTER = (
    4,
    8,
    9,
    10,
    11,
    13,
    14,
    15,
)
PROMISE_ENDED, CONTRADICTED, CASE_CLOSED, TRUST, CONSULTED, SEATED = 17, 19, 20, 21, 22, 23
CASE_OPEN, FADED, WAITS, HEARD, RULES_HELD, ENERGY = 24, 26, 27, 28, 30, 32
SIGHT, IMAGE, CONCRETE, DISCLOSED, PACKAGE, WORKS_IN = 35, 36, 37, 38, 39, 40
TABLE_DECIDED = 41
# Why, or of which kind.
ACCEPTED, COOPERATED, KEPT, ANNOUNCED, BROKEN, LAPSED = 5, 9, 11, 12, 13, 14
UNSEEN_NEED, FAILED, ASK, CONSULT = 16, 17, 18, 19
INTEGRITY, COMPETENCE, IN_FAVOUR, TOOK_SEAT, GRIEVANCE = 23, 24, 29, 32, 51
ACQUAINTANCE, ACQUAINTANCE_OF_MANAGERS, ACQUAINTANCE_OF_BOARDS = 25, 40, 41
MANAGERS_MEET, MET_AT_TABLE, WORD_HOME, BOARDS_MEET = 20, 21, 22, 42
SESSION_OF_PRACTICE, SESSION_OF_MANAGERS, SESSION_OF_BOARDS = 43, 44, 45
TALK_AFTER_TROUBLE, ACCOUNTING = 47, 52
BROUGHT_TOGETHER, MANAGERS_BROUGHT_TOGETHER, BOARDS_BROUGHT_TOGETHER = 48, 49, 50
# By layer: who got to know whom, and in which encounters.
KNOWN = {
    "acquaintance": (ACQUAINTANCE, (ASK, CONSULT, SESSION_OF_PRACTICE, BROUGHT_TOGETHER)),
    "acquaintance_of_managers": (
        ACQUAINTANCE_OF_MANAGERS,
        (
            MANAGERS_MEET,
            SESSION_OF_MANAGERS,
            TALK_AFTER_TROUBLE,
            MANAGERS_BROUGHT_TOGETHER,
            ACCOUNTING,
        ),
    ),
    "acquaintance_of_boards": (
        ACQUAINTANCE_OF_BOARDS,
        (MET_AT_TABLE, WORD_HOME, BOARDS_MEET, SESSION_OF_BOARDS, BOARDS_BROUGHT_TOGETHER),
    ),
}
# What hours go to; all but care is collaboration.
CARE, TABLE, REPORT, DELEGATION, PURPOSES, LAYERS = 0, 4, 5, 7, 14, 3

RING_OUTCOMES = ("ring_found", "inner_ring_share", "ring_speed_gap_days", "ring_persistence")
YEAR = 12
#: Chance that a collaboration in which nothing changes is said to have stagnated.
FALSE_ALARMS = 0.025

# Grades: what they are the mean of, and the mean that gets a 6.7.
GRADES = {
    "ambition": (("ambition_concrete", "images_alike"), 0.370),
    "interests": (("interests_known", "mutual_gains"), 0.151),
    "relation": (("integrity_trust", "competence_trust", "acquaintance"), 0.476),
    "organisation": (("acquaintance_of_managers", "acquaintance_of_boards"), 0.069),
    "process": (("energy", "grievance_aired"), 0.506),
    "public_value": (("helped_well",), 0.277),
}


def ratio(part: float, whole: float) -> float:
    """A share; undefined when there is no whole."""
    return part / whole if whole > 0 else math.nan


def added_up(values: np.ndarray) -> float:
    """The sum from first to last, rounded after each step as the model does."""
    total = 0.0
    for value in values.tolist():
        total += value
    return total


def gini(values: np.ndarray) -> float:
    """Concentration over owners; undefined when there is nothing to own."""
    total, count = float(values.sum()), len(values)
    if total <= 0.0:
        return math.nan
    return float((2 * np.arange(1, count + 1) - count - 1) @ np.sort(values) / (count * total))


def of(events: pd.DataFrame, event: int, *reasons: int) -> pd.DataFrame:
    """The rows of one event, and of one of the reasons if any is given."""
    rows = events[events["event"] == event]
    return rows[rows["reason"].isin(reasons)] if reasons else rows


def by_month(rows: pd.DataFrame, months: int) -> np.ndarray:
    """[months] how many rows each month has."""
    return np.bincount(rows["month"], minlength=months)


def months_in(events: pd.DataFrame) -> int:
    """How many months passed."""
    return int(events["month"].max()) + 1


def last_of_each_pair(rows: pd.DataFrame, count: int) -> np.ndarray:
    """[N, N] the last value noted of who about whom; NaN if none."""
    square = np.full((count, count), np.nan)
    square[rows["who"], rows["whom"]] = rows["value"]
    return square


# -- residents -----------------------------------------------------------------------------------


def closed_cases(events: pd.DataFrame) -> pd.DataFrame:
    """The cases that closed: month, how (reason), the day of arrival, and whether with an error."""
    arrived = of(events, CASE)
    before = of(events, CASE_OPEN)
    first_day = pd.concat([before, arrived]).set_index("case")["value"]
    contradicted = set(of(events, CONTRADICTED)["case"]) | set(before[before["whom"] == 1]["case"])
    closed = of(events, CASE_CLOSED)
    return pd.DataFrame(
        {
            "month": closed["month"],
            "helped": closed["reason"] != FAILED,
            "days": closed["value"] - closed["case"].map(first_day),
            "error": (closed["reason"] == UNSEEN_NEED) | closed["case"].isin(contradicted),
        }
    )


def helped_well(cases: pd.DataFrame) -> int:
    """Residents helped without an error."""
    return int((cases["helped"] & ~cases["error"]).sum())


def residents(events: pd.DataFrame, alone: pd.DataFrame) -> dict[str, float]:
    """Outcomes for residents."""
    months = months_in(events)
    cases = closed_cases(events)
    helped = cases[cases["helped"]]
    days = np.zeros(months)
    np.add.at(days, helped["month"], helped["days"])
    return {
        "residents_helped_share": ratio(len(helped), len(cases)),
        "days_to_help": ratio(float(days.sum()), len(helped)),
        "helped_well_share": ratio(helped_well(cases), len(cases)),
        "errors_per_100_cases": 100.0 * ratio(int(helped["error"].sum()), len(helped)),
        "synergy": 2.0 * ratio(helped_well(cases), helped_well(closed_cases(alone))),
    }


# -- what parties do -----------------------------------------------------------------------------


def dealings(events: pd.DataFrame) -> dict[str, float]:
    """Outcomes of encounters and promises."""
    decided = of(events, DECIDED)
    ended = of(events, PROMISE_ENDED, KEPT, ANNOUNCED, BROKEN, LAPSED)
    return {
        "cooperation_rate": ratio(int((decided["reason"] == COOPERATED).sum()), len(decided)),
        "promises_kept_share": ratio(int((ended["reason"] == KEPT).sum()), len(ended)),
        "promises_broken_share": ratio(int((ended["reason"] == BROKEN).sum()), len(ended)),
        "encounters": float(len(of(events, ENCOUNTER))),
    }


def acquaintance_at_the_end(events: pd.DataFrame, count: int, layer: str) -> np.ndarray:
    """[N, N] how well those of a layer know each other: changed by people and meetings, else it fades."""
    known = np.full((count, count), np.nan)
    what, where = KNOWN[layer]
    changes, met = of(events, TRUST, what), of(events, ENCOUNTER, *where)
    met = met[met["value"] > 0.0]
    for fading in of(events, FADED).itertuples():
        this_month = changes[changes["month"] == fading.month]
        earlier = this_month[this_month.index < fading.Index]
        known[earlier["who"], earlier["whom"]] = earlier["value"]
        apart = np.ones((count, count), dtype=bool)
        together = met[met["month"] == fading.month]
        apart[together["who"], together["whom"]] = apart[together["whom"], together["who"]] = False
        known[apart] *= fading.value
        later = this_month[this_month.index > fading.Index]
        known[later["who"], later["whom"]] = later["value"]
    return known


def relations(events: pd.DataFrame, count: int) -> dict[str, float]:
    """Trust and acquaintance at the end, and the waiting that parties feel to be unfair."""
    levels = {
        "competence_trust": last_of_each_pair(of(events, TRUST, COMPETENCE), count),
        "grievance": last_of_each_pair(of(events, TRUST, GRIEVANCE), count),
        "integrity_trust": last_of_each_pair(of(events, TRUST, INTEGRITY), count),
        **{layer: acquaintance_at_the_end(events, count, layer) for layer in KNOWN},
    }
    outcomes = {}
    for name, level in levels.items():
        known = level[~np.isnan(level)]
        outcomes[name] = added_up(known) / len(known)
    waits = of(events, WAITS)
    own_wait = np.full(count, -1.0)
    own_wait[waits["who"]] = waits["value"]
    heard = last_of_each_pair(of(events, HEARD), count)
    felt = []
    for own, others in zip(own_wait, heard, strict=True):
        told = others[others >= 0.0]
        if own >= 0.0 and len(told) > 0:
            felt.append(max(0.0, float(own) - float(np.cumsum(told)[-1]) / len(told)))
    last = of(events, ENERGY)
    last = last[last["month"] == last["month"].max()]
    outcomes["energy"] = added_up(last["value"].to_numpy()) / count
    last = of(events, RULES_HELD)
    held = added_up(last[last["month"] == last["month"].max()]["value"].to_numpy()) / count
    outcomes["rules_held"] = held if held > 0.0 else math.nan
    outcomes["felt_unfairness_days"] = math.fsum(felt) / len(felt) if felt else math.nan
    return outcomes


def spread(values: np.ndarray) -> float:
    """The standard deviation, rounded after each step as the model does."""
    mean = added_up(values) / len(values)
    return math.sqrt(added_up((values - mean) * (values - mean)) / len(values))


def views(events: pd.DataFrame, count: int) -> dict[str, float]:
    """How practice sees the task at the end, and what parties know of each other's interests."""
    last = {event: of(events, event) for event in (SIGHT, IMAGE, CONCRETE)}
    sight = last_of_each_pair(last[SIGHT], max(count, int(last[SIGHT]["whom"].max()) + 1))
    fields = int(last[SIGHT]["whom"].max()) + 1
    sight = sight[:count, :fields]
    works_in = np.zeros((count, fields), dtype=bool)
    works = of(events, WORKS_IN)
    works_in[works["who"], works["whom"]] = True
    others = sight.T[~works_in.T]
    image, concrete = np.zeros(count), np.zeros(count)
    image[last[IMAGE]["who"]] = last[IMAGE]["value"]
    concrete[last[CONCRETE]["who"]] = last[CONCRETE]["value"]
    known, package = (last_of_each_pair(of(events, event), count) for event in (DISCLOSED, PACKAGE))
    there = ~np.isnan(package)
    within = (known * known.T) * package
    return {
        "sight_of_others": added_up(others) / len(others) if len(others) else math.nan,
        "sight_apart": added_up(np.array([spread(column) for column in sight.T])) / fields,
        "images_apart": spread(image),
        "ambition_concrete": added_up(concrete) / count,
        "interests_known": added_up(known[there]) / int(there.sum()),
        "mutual_gains": ratio(added_up(within[there]), added_up(package[there])),
    }


# -- who pays ------------------------------------------------------------------------------------


def seat_months(events: pd.DataFrame, provider: np.ndarray) -> np.ndarray:
    """[N] months in which a provider sat at tables that both sides sit at; two tables count twice."""
    changes = of(events, SEATED)
    networks = int(changes["whom"].max()) + 1 if len(changes) else 0
    months = np.zeros(len(provider), dtype=np.int64)
    seated = np.zeros((networks, len(provider)), dtype=bool)
    for month in range(months_in(events)):
        now = changes[changes["month"] == month]
        for who, network, reason in zip(now["who"], now["whom"], now["reason"], strict=True):
            seated[network, who] = reason == TOOK_SEAT
        for table in seated:
            if (table & provider).any() and (table & ~provider).any():
                months += table & provider
    return months


def costs(events: pd.DataFrame, provider: np.ndarray) -> dict[str, float]:
    """Hours that parties spend on collaboration, and how seats and help are divided."""
    count, rows = len(provider), of(events, SPENT)
    spent = np.zeros((count, LAYERS, PURPOSES))
    np.add.at(spent, (rows["who"], rows["whom"], rows["reason"]), rows["value"])
    spent = spent.sum(axis=1)
    hours = (spent.sum(axis=1) - spent[:, CARE]) / months_in(events)
    seats = seat_months(events, provider)
    accepted = of(events, ASKED, ACCEPTED)
    groups = {
        "hours_municipalities": ~provider,
        "hours_providers": provider,
    }
    return {
        "collaboration_hours": float(hours.sum()),
        **{
            name: float(hours[who].mean()) if who.any() else math.nan
            for name, who in groups.items()
        },
        "hours_per_seat": ratio(
            float(spent[provider][:, [TABLE, REPORT, DELEGATION]].sum()),
            int(seats[provider].sum()),
        ),
        "help_concentration": gini(
            np.bincount(accepted["whom"], minlength=count)[provider].astype(float)
        ),
        "seat_concentration": gini(seats[provider].astype(float)),
    }


# -- the table -----------------------------------------------------------------------------------


def table(events: pd.DataFrame) -> dict[str, float]:
    """Outcomes of the table: support at home, joint steps, and whether all came to a halt."""
    months = months_in(events)
    consulted = of(events, CONSULTED)
    steps = by_month(of(events, JOINT_STEP), months)
    consults = by_month(consulted, months)
    # One case has several, so they come in clusters; the k-th adds 2 k - 1 to the square of their number.
    squares = np.bincount(consulted["month"], 2.0 * consulted["value"] - 1.0, minlength=months)
    years = months // YEAR
    stagnated = 0.0 if years > 1 else math.nan
    for year in range(1, years):
        bound = statistics.NormalDist().inv_cdf(1.0 - FALSE_ALARMS / (years - 1))
        now, before = slice(year * YEAR, (year + 1) * YEAR), slice((year - 1) * YEAR, year * YEAR)
        fewer = int(consults[before].sum()) - int(consults[now].sum())
        fell = fewer > bound * math.sqrt(squares[before].sum() + squares[now].sum())
        if fell and steps[now].sum() == 0:
            stagnated = 1.0
    taken = np.flatnonzero(steps)
    decided = of(events, DECIDED)
    at_table = decided[(decided["whom"] < 0) & (decided["case"] < 0)]
    return {
        "open_at_table": ratio(int((at_table["reason"] == COOPERATED).sum()), len(at_table)),
        "table_decisions_a_year": 12.0 * len(of(events, TABLE_DECIDED)) / months,
        "months_to_decide": ratio(
            float(of(events, TABLE_DECIDED)["value"].sum()), len(of(events, TABLE_DECIDED))
        ),
        "joint_steps_a_year": 12.0 * int(steps.sum()) / months,
        "support_at_home": ratio(
            len(of(events, SUPPORTED, IN_FAVOUR)), int(of(events, REPORTED)["whom"].sum())
        ),
        "stagnated": stagnated,
        "months_to_first_joint_step": float(taken[0]) if len(taken) else float(months),
    }


def grades(events: pd.DataFrame, found: dict[str, float]) -> dict[str, float]:
    """The six grades, from outcomes that were recomputed and the residents of the last year."""
    cases = closed_cases(events)
    cases = cases[cases["month"] >= months_in(events) - YEAR]
    parts = {
        **found,
        "images_alike": 1.0 - 2.0 * found["images_apart"],
        "grievance_aired": 1.0 - found["grievance"],
        "helped_well": ratio(helped_well(cases), len(cases)),
    }
    answer = {}
    for name, (of_what, usual) in GRADES.items():
        known = [parts[part] for part in of_what if not math.isnan(parts[part])]
        mean = math.fsum(known) / len(known) if known else math.nan
        low, high = 1.0 + 5.7 * mean / usual, 6.7 + 3.3 * (mean - usual) / (1.0 - usual)
        answer[f"grade_{name}"] = low if mean <= usual else high
    return answer


# -- all together --------------------------------------------------------------------------------


def recompute(events: pd.DataFrame, alone: pd.DataFrame, provider: np.ndarray) -> dict[str, float]:
    """Every outcome but those of the inner ring.

    Args:
        events: the event record of a run.
        alone: the event record of its yardstick, over the same months.
        provider: [N] which organisations are providers, in the order of the record's rows.

    """
    events, alone = events.reset_index(drop=True), alone.reset_index(drop=True)
    found = {
        **residents(events, alone),
        **dealings(events),
        **relations(events, len(provider)),
        **views(events, len(provider)),
        **costs(events, provider),
        **table(events),
    }
    return {**found, **grades(events, found)}


def asks_by_year(events: pd.DataFrame, count: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Accepted asks, all asks, and days until the yes: each [whole years, asker, asked]."""
    years = max(1, months_in(events) // YEAR)
    rows = of(events, ASKED)
    rows = rows[(rows["whom"] >= 0) & (rows["month"] < YEAR * years)]
    accepted, asked, days = np.zeros((3, years, count, count))
    yes = rows[rows["reason"] == ACCEPTED]
    np.add.at(asked, (rows["month"] // YEAR, rows["who"], rows["whom"]), 1.0)
    np.add.at(accepted, (yes["month"] // YEAR, yes["who"], yes["whom"]), 1.0)
    np.add.at(days, (yes["month"] // YEAR, yes["who"], yes["whom"]), yes["value"])
    return accepted, asked, days


def same(one: float, other: float) -> bool:
    """Whether two numbers are the same to the last bit, or both undefined."""
    return one == other or (math.isnan(one) and math.isnan(other))


def main(folder: Path) -> int:
    """Recompute the outcomes of replicate 0 of every scenario in ``folder``; 1 if any differs."""
    names = [
        s["name"]
        for s in json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["scenarios"]
    ]
    record, runs, organisations = (
        pd.read_parquet(folder / f"{table}.parquet")
        for table in ("events", "runs", "organisations")
    )
    differences = 0
    for name in names:
        events = record[record["scenario"] == name]
        members = organisations[
            (organisations["scenario"] == name) & (organisations["replicate"] == 0)
        ]
        run = runs[(runs["scenario"] == name) & (runs["replicate"] == 0)].iloc[0]
        provider = (members["kind"] == "provider").to_numpy()
        outcomes = recompute(events[~events["alone"]], events[events["alone"]], provider)
        print(f"{name}: {len(events):,} events")
        for outcome, value in outcomes.items():
            recorded = float(run[f"out.{outcome}"])
            differences += not same(value, recorded)
            verdict = "=" if same(value, recorded) else f"but recorded {recorded!r}"
            print(f"  {outcome:28} {value:20.12g} {verdict}")
    print("every outcome agrees" if differences == 0 else f"{differences} outcomes differ")
    return 0 if differences == 0 else 1


if __name__ == "__main__":
    if not sys.argv[1:]:
        sys.exit("give a folder of results that was made with --trace")
    sys.exit(main(Path(sys.argv[1])))
