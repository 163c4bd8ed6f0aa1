"""What does talk do to work? Decisions in casework, with more talk and with less, over plausible worlds.

    python experiments/what_talk_does.py

Communication raises cooperation in experiments (F5), and in two of five worlds of the calibration
it does not. Is that the measure, since a rate of all decisions counts those in the
meetings themselves? So here only decisions in casework count, in the second half of each run, read
from the event record. Talk of managers is taken away as in the calibration; talk of those who do the
work, who take these decisions, is added: a lunch a month. Written to `results/reference/what-talk-does.csv`.
"""

from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd

from collabsim import CollaborationModel
from collabsim.config import set_value
from collabsim.events import Event, Reason
from collabsim.experiments.calibrating import worlds_of
from collabsim.experiments.calibration_files import Calibration, load_calibration
from collabsim.experiments.executors import default_threads
from collabsim.experiments.sweep_files import with_point
from collabsim.parameters import Scenario

PROJECT = Path(__file__).parents[1]
CONFIG = PROJECT / "configs/calibrations/region.yaml"
TABLE = PROJECT / "results/reference/what-talk-does.csv"
WORLDS = 100
LUNCHES: Mapping[str, object] = {
    "sessions.invited": "everyone", "sessions.every_months": 1, "sessions.layer": "practice",
}  # fmt: skip
#: The arrangements that are compared: with less of the talk, and with more.
PAIRS = {
    "managers and boards meet": ("without meetings", ""),
    "those who do the work have lunch": ("", "lunches"),
}


@cache
def calibration() -> Calibration:
    """The worlds, and the pairs that they are run beside."""
    return load_calibration(CONFIG)


def arranged(name: str) -> Scenario:
    """The region of the calibration, with more or less talk."""
    scenario = calibration().scenario
    if name == "lunches":
        for path, value in LUNCHES.items():
            scenario = set_value(scenario, path, value)
        return scenario
    return calibration().pairs[name] if name else scenario


def in_casework(number: int, name: str) -> dict[str, float]:
    """What became of the decisions in casework of one world."""
    world = with_point(arranged(name), worlds_of(calibration()).points[number])
    model = CollaborationModel(world, seed=calibration().seed, trace=True)
    model.run_for(world.months)
    happened = model.events()
    late = (happened["month"] > world.months // 2) & (happened["event"] == Event.DECIDED)
    reasons = happened.loc[late & (happened["case"] >= 0), "reason"]
    ties = model.world.ties
    used = (ties.other >= 0) & (ties.contacts > 0)
    return {
        "cooperated_in_casework": float((reasons == Reason.COOPERATED).mean()),
        "acquaintance": float(model.world.bonds.acquaintance[:, :, 0, 0, 0][used].mean()),
        "integrity_trust": float(ties.integrity[used].mean()),
        "interests_known": float(ties.disclosed[used].mean()),
    }


def one_world(number: int) -> list[dict[str, object]]:
    """Both pairs of one world, with the same luck."""
    seen = {
        name: in_casework(number, name) for name in {n for pair in PAIRS.values() for n in pair}
    }
    return [
        {"talk": talk, "world": number, "measure": measure,
         "without": seen[less][measure], "with": seen[more][measure]}
        for talk, (less, more) in PAIRS.items()
        for measure in seen[less]
    ]  # fmt: skip


def summed_up(rows: pd.DataFrame) -> pd.DataFrame:
    """Over the worlds: means, and in what share the measure is higher with the talk."""
    rows["more"] = rows["with"] - rows["without"]
    return (
        rows.dropna()
        .groupby(["talk", "measure"], sort=False)
        .agg(
            worlds=("more", "size"), without=("without", "mean"), with_it=("with", "mean"),
            median_change=("more", "median"), higher_in=("more", lambda more: float(np.mean(more > 0))),
        )
        .reset_index()
    )  # fmt: skip


def main() -> None:
    """Run the pairs and write the table."""
    with ProcessPoolExecutor(default_threads()) as pool:
        rows = pd.DataFrame([row for rows in pool.map(one_world, range(WORLDS)) for row in rows])
    table = summed_up(rows)
    table.to_csv(TABLE, index=False, float_format="%.4g", lineterminator="\n")
    print(table.to_string(index=False))


if __name__ == "__main__":
    main()
