"""Running one run of a folder of results again, and seeing whether every number is the same."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from collabsim.config import scenario_from_mapping
from collabsim.experiments.folders import OutputError
from collabsim.experiments.identity import OWN, model_version, package_version
from collabsim.experiments.runs import run_once
from collabsim.experiments.store import MANIFEST as MANIFEST_OF_RUNS
from collabsim.experiments.store import load_results
from collabsim.experiments.sweep_files import with_point
from collabsim.experiments.sweep_folders import MANIFEST, read_manifest, read_table
from collabsim.parameters import Scenario


@dataclass(frozen=True, slots=True)
class Rerun:
    """One run, made again.

    Attributes:
        run_id: which.
        scenario: as it was run.
        seed: of all luck.
        luck: number of the draw.
        same: outcomes that are the same to the last bit.
        different: others, by name: what was recorded and what came out now.

    """

    run_id: str
    scenario: Scenario
    seed: int
    luck: int
    same: tuple[str, ...]
    different: Mapping[str, tuple[float, float]]


def rerun(folder: Path, run_id: str) -> Rerun:
    """Run one run of a sweep, a run or a comparison again.

    Raises:
        OutputError: there is no such run here, it failed, or another version of the model made it.

    """
    scenario, row = found(folder, run_id)
    luck = int(row.get("luck", row["replicate"]))
    result = run_once(scenario, int(row["seed"]), luck)
    if result.status != "done":
        raise OutputError(f"{run_id} failed: {result.error}")
    recorded = {
        name.removeprefix("out."): math.nan if value is None else float(value)
        for name, value in row.items()
        if name.startswith("out.")
    }
    different = {
        name: (value, result.outcomes[name])
        for name, value in recorded.items()
        if not same(value, result.outcomes[name])
    }
    equal = tuple(name for name in recorded if name not in different)
    return Rerun(run_id, scenario, int(row["seed"]), luck, equal, different)


def same(one: float, other: float) -> bool:
    """Whether two numbers are the same to the last bit, or both undefined."""
    return one == other or (math.isnan(one) and math.isnan(other))


def check_version(run_id: str, made_by: str) -> None:
    """Refuse to make a run again with another model than it was made by.

    Raises:
        OutputError: another version made it, or another file of the user's own, or none.

    """
    now = model_version()
    if made_by == now:
        return
    repair = "install the version that the manifest names"
    if made_by.partition(OWN)[0] == package_version():
        repair = (
            "give --with the very file that was used; the manifest has its SHA-256 and text"
            if OWN in made_by
            else "leave out --with"
        )
    raise OutputError(f"{run_id} was made by model {made_by}, and this is model {now}; {repair}")


def found(folder: Path, run_id: str) -> tuple[Scenario, dict[str, Any]]:
    """The scenario of a run, and its row.

    Raises:
        OutputError: there is no such run here, or another version of the model made it.

    """
    if (folder / MANIFEST).exists():
        manifest = read_manifest(folder)
        table = read_table(folder)
        scenarios = {s["name"]: s for s in manifest["scenarios"]}
        model = manifest["model"]
    elif (folder / MANIFEST_OF_RUNS).exists():
        results = load_results(folder)
        table = pq.read_table(folder / "runs.parquet")
        scenarios = {s["name"]: s for s in results.manifest["scenarios"]}
        model = results.manifest["versions"]["model"]
    else:
        raise OutputError(f"{folder}: no results here; give a folder that collabsim wrote")
    rows = table.filter(pc.equal(table["run_id"], run_id)).to_pylist()
    if not rows:
        raise OutputError(f"{folder} has no run {run_id}; `collabsim results show` lists runs")
    row: dict[str, Any] = rows[0]
    check_version(run_id, model)
    scenario = scenario_from_mapping(scenarios[row["scenario"]])
    if (folder / MANIFEST).exists():
        values = {n.removeprefix("in."): v for n, v in row.items() if n.startswith("in.")}
        scenario = with_point(scenario, values)
    return scenario, row
