"""Running one run of a folder of results again, and seeing whether every number is the same."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from collabsim.config import ConfigError, scenario_from_mapping
from collabsim.experiments.folders import OutputError
from collabsim.experiments.identity import OWN, model_version, package_version
from collabsim.experiments.runs import in_one_line, run_replicate
from collabsim.experiments.store import MANIFEST as MANIFEST_OF_RUNS
from collabsim.experiments.store import load_results
from collabsim.experiments.sweep_folders import MANIFEST, parts_of, read_manifest
from collabsim.experiments.sweep_points import with_point
from collabsim.experiments.sweep_schema import restored
from collabsim.parameters import Scenario


@dataclass(frozen=True, slots=True)
class Rerun:
    """One run, made again.

    Attributes:
        run_id: which.
        scenario: as it was run; None if no world can have these values.
        seed: of all luck.
        luck: number of the draw.
        same: outcomes that are the same to the last bit.
        different: others, by name: what was recorded and what came out now.
        was: why it failed before; empty if it did not.
        error: why it fails now; empty if it does not.

    """

    run_id: str
    scenario: Scenario | None
    seed: int
    luck: int
    same: tuple[str, ...]
    different: Mapping[str, tuple[float, float]]
    was: str = ""
    error: str = ""

    @property
    def is_same(self) -> bool:
        """Whether all came out as it did before, an error included."""
        return not self.different and self.was == self.error


def rerun(folder: Path, run_id: str) -> Rerun:
    """Run one run of a sweep, a run or a comparison again; a run that failed may fail again.

    Raises:
        OutputError: there is no such run here, or another version of the model made it.

    """
    scenario, row = found(folder, run_id)
    luck = int(row["replicate"] if row.get("luck") is None else row["luck"])
    seed, was = int(row["seed"]), str(row["error"] or "")
    if isinstance(scenario, ConfigError):
        return Rerun(run_id, None, seed, luck, (), {}, was, in_one_line(scenario))
    # As when it was made: what goes wrong in the history is told as that.
    (result,) = run_replicate([scenario], seed, luck)
    recorded = {
        name.removeprefix("out."): math.nan if value is None else float(value)
        for name, value in row.items()
        if name.startswith("out.") and row["status"] == "done" == result.status
    }
    different = {
        name: (value, result.outcomes[name])
        for name, value in recorded.items()
        if not same(value, result.outcomes[name])
    }
    equal = tuple(name for name in recorded if name not in different)
    return Rerun(run_id, scenario, seed, luck, equal, different, was, result.error)


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


def found(folder: Path, run_id: str) -> tuple[Scenario | ConfigError, dict[str, Any]]:
    """The world of a run, or why there is none, and its row.

    Raises:
        OutputError: there is no such run here, or another version of the model made it.

    """
    is_sweep = (folder / MANIFEST).exists()
    if is_sweep:
        manifest = read_manifest(folder)
        scenarios = {s["name"]: s for s in manifest["scenarios"]}
        model = manifest["model"]
        parts = parts_of(folder, "runs")
    elif (folder / MANIFEST_OF_RUNS).exists():
        results = load_results(folder)
        scenarios = {s["name"]: s for s in results.manifest["scenarios"]}
        model = results.manifest["versions"]["model"]
        parts = iter([pq.read_table(folder / "runs.parquet")])
    else:
        raise OutputError(f"{folder}: no results here; give a folder that collabsim wrote")
    row = next((row for part in parts for row in rows_with(part, run_id)), None)
    if row is None:
        raise OutputError(
            f"{folder} has no run {run_id}; they are in the column run_id of its table of runs"
        )
    check_version(run_id, model)
    scenario = scenario_from_mapping(scenarios[row["scenario"]])
    if not is_sweep:
        return scenario, row
    values = {
        (path := name.removeprefix("in.")): restored(path, value)
        for name, value in row.items()
        if name.startswith("in.")
    }
    try:
        return with_point(scenario, values, f"point {row['point']}"), row
    except ConfigError as error:
        return error, row


def rows_with(table: pa.Table, run_id: str) -> list[dict[str, Any]]:
    """The rows of a run."""
    rows: list[dict[str, Any]] = table.filter(pc.equal(table["run_id"], run_id)).to_pylist()
    return rows
