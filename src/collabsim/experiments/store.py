"""A folder of results: Parquet tables and a manifest, written once and never overwritten."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from collabsim.config import scenario_from_mapping
from collabsim.experiments.columns import Columns
from collabsim.experiments.folders import OutputError, reason, write_whole
from collabsim.experiments.identity import parameter_columns
from collabsim.experiments.runs import RunResult
from collabsim.parameters import Scenario
from collabsim.parameters.scenario import all_told_in
from collabsim.phrases import Phrase

if TYPE_CHECKING:
    import pandas as pd

#: Version of the layout of a results folder; raised when a reader has to know.
SCHEMA = 1
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Results:
    """What a results folder holds; its columns are explained in ``results/README.md``.

    Attributes:
        folder: where it was read.
        manifest: configs as resolved, versions, seed, replicates and durations.
        runs: one row a run.
        series: one row a run and month.
        organisations: one row a run and organisation.
        ties: one row per year and pair of which one asked the other, for few replicates.

    """

    folder: Path
    manifest: Mapping[str, Any]
    runs: "pd.DataFrame"
    series: "pd.DataFrame"
    organisations: "pd.DataFrame"
    ties: "pd.DataFrame"

    @property
    def scenarios(self) -> list[str]:
        """Names of the scenarios; the first is the reference."""
        return [scenario["name"] for scenario in self.manifest["scenarios"]]

    @property
    def pairs(self) -> int:
        """Pairs of runs with the same luck of which neither failed; of one scenario the runs that are done.

        Of more than two scenarios it is the one of which most can be held against the first.
        """
        done = self.runs[self.runs["status"] == "done"]
        first, *others = (
            set(done.loc[done["scenario"] == name, "replicate"]) for name in self.scenarios
        )
        return max((len(first & other) for other in others), default=len(first))

    def told_in(self, lang: str) -> "Results":
        """The same results, with what was asked and the scenarios called as for who reads ``lang``."""
        if lang != "nl":
            return self
        manifest = dict(self.manifest)
        for label in ("name", "about"):
            manifest[label] = manifest.get(f"{label}_nl") or manifest[label]
        scenarios = [scenario_from_mapping(content) for content in manifest["scenarios"]]
        told = all_told_in(lang, scenarios)
        names = {one.name: other.name for one, other in zip(scenarios, told, strict=True)}
        manifest["scenarios"] = [s | {"name": names[s["name"]]} for s in manifest["scenarios"]]
        frames = {
            table: frame.assign(scenario=frame["scenario"].map(names))
            for table in ("runs", "series", "organisations", "ties")
            if "scenario" in (frame := getattr(self, table))
        }
        return replace(self, manifest=manifest, **frames)

    def outcomes(self, scenario: str) -> dict[str, np.ndarray]:
        """Outcomes of one scenario by name, each [replicates]; NaN where undefined or failed."""
        rows = self.runs[self.runs["scenario"] == scenario].sort_values("replicate")
        names = [name for name in rows.columns if name.startswith("out.")]
        return {name.removeprefix("out."): rows[name].to_numpy() for name in names}

    def members(self, scenario: str) -> dict[str, np.ndarray]:
        """The table of organisations of one scenario, by column."""
        rows = self.organisations[self.organisations["scenario"] == scenario]
        return {name: rows[name].to_numpy() for name in rows.columns}

    def paths(self, scenario: str) -> dict[str, np.ndarray]:
        """Series of one scenario by name, each [runs that are done, months]."""
        rows = self.series[self.series["scenario"] == scenario]
        months = int(rows["month"].max()) + 1 if len(rows) else 0
        names = [name for name in rows.columns if name not in {"scenario", "replicate", "month"}]
        return {name: rows[name].to_numpy().reshape(-1, months) for name in names if months}


def save_results(
    folder: Path,
    results: Sequence[RunResult],
    scenarios: Sequence[Scenario],
    manifest: Mapping[str, Any],
) -> None:
    """Write all tables and, last, the manifest: a folder with a manifest is whole.

    Args:
        folder: an empty folder, from ``make_folder``.
        results: from ``run_scenarios``.
        scenarios: the scenarios of these results; the first is the reference.
        manifest: see ``manifest.describe_experiment``.

    Raises:
        OutputError: a table could not be written; nothing half written stays.

    """
    inputs = {scenario.name: parameter_columns(scenario) for scenario in scenarios}
    tables = {
        "runs": _runs_table(results, inputs),
        "series": _stacked(results, lambda result: result.series, counted="month"),
        "organisations": _stacked(results, lambda result: result.organisations),
        "ties": _stacked(results, lambda result: result.ties),
    }
    try:
        for name, table in tables.items():
            write_whole(folder / f"{name}.parquet", partial(pq.write_table, table))
        text = json.dumps(manifest, indent=2, ensure_ascii=False, allow_nan=False) + "\n"
        write_whole(folder / MANIFEST, lambda path: path.write_text(text, encoding="utf-8"))
    except OSError as error:
        raise OutputError(
            Phrase(
                f"{folder}: the results could not be written ({reason(error)}); "
                "make room or choose another folder with --out",
                f"{folder}: de resultaten konden niet worden geschreven ({reason(error)}); "
                "maak ruimte, of geef met --out een andere map op",
            )
        ) from error


def load_results(folder: str | Path) -> Results:
    """Read a results folder.

    Raises:
        OutputError: there is no manifest that this version can read, or a table is missing.

    """
    folder = Path(folder)
    if not folder.exists():
        raise OutputError(
            Phrase(
                f"{folder} is not there; give a folder that `collabsim run` or `compare` wrote",
                f"{folder} is er niet; geef een map op die `collabsim run` of `compare` schreef",
            )
        )
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if manifest.get("schema") != SCHEMA:
            raise OutputError(
                Phrase(
                    f"{folder}: results of layout {manifest.get('schema')!r}, but this version "
                    f"reads {SCHEMA}; read them with the version that its manifest names",
                    f"{folder}: resultaten van indeling {manifest.get('schema')!r}, en deze versie "
                    f"leest {SCHEMA}; lees ze met de versie die in het manifest staat",
                )
            )
        frames = {
            name: pq.read_table(folder / f"{name}.parquet").to_pandas()
            for name in ("runs", "series", "organisations", "ties")
        }
    except (OSError, ValueError, AttributeError, pa.ArrowInvalid) as error:
        raise OutputError(
            Phrase(
                f"{folder}: no whole results here ({reason(error)}); "
                "give a folder that `collabsim run` or `compare` wrote",
                f"{folder}: hier staan geen volledige resultaten ({reason(error)}); "
                "geef een map op die `collabsim run` of `compare` schreef",
            )
        ) from error
    return Results(folder, manifest, **frames)


def _runs_table(results: Sequence[RunResult], inputs: Mapping[str, Mapping[str, Any]]) -> pa.Table:
    """One row a run: identity, status, every parameter, every outcome."""
    outcomes = list(dict.fromkeys(name for result in results for name in result.outcomes))
    paths = list(dict.fromkeys(path for columns in inputs.values() for path in columns))
    columns: dict[str, list[Any] | pa.Array] = {
        name: [getattr(result, name) for result in results]
        for name in ("run_id", "scenario", "seed", "replicate", "status", "error", "seconds")
    }
    columns |= {
        f"in.{path}": [inputs[result.scenario].get(path) for result in results] for path in paths
    }
    # Not a number is a value that an outcome can have; a failed run has no value at all.
    columns |= {
        f"out.{name}": pa.array([result.outcomes.get(name) for result in results], pa.float64())
        for name in outcomes
    }
    return pa.table(columns)


def _stacked(
    results: Sequence[RunResult],
    part: Callable[[RunResult], Columns],
    *,
    counted: str | None = None,
) -> pa.Table:
    """Columns of all runs below one another, with the scenario and replicate before them."""
    blocks = []
    for result in results:
        columns = part(result)
        if not columns:
            continue
        rows = len(next(iter(columns.values())))
        head: dict[str, Any] = {
            "scenario": pa.array([result.scenario] * rows, pa.string()),
            "replicate": np.full(rows, result.replicate, np.int64),
        }
        if counted is not None:
            head[counted] = np.arange(rows)
        blocks.append(pa.table(head | dict(columns)))
    if not blocks:
        return pa.table(
            {"scenario": pa.array([], pa.string()), "replicate": pa.array([], pa.int64())}
        )
    return pa.concat_tables(blocks, promote_options="default")
