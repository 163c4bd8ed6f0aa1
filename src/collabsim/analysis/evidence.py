"""What is known of scenarios before anything is said of them: the numbers of their runs, by scenario."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from collabsim.metrics import ORGANISATIONS

if TYPE_CHECKING:
    from collabsim.experiments.runs import RunResult
    from collabsim.experiments.store import Results

type Columns = Mapping[str, NDArray[np.float64]]


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """Runs of scenarios that share their luck, from a folder or straight from memory.

    Attributes:
        scenarios: names; the first is the reference.
        replicates: numbers of the draws of luck; row r of every array below is ``replicates[r]``.
        months: months that a run lasts.
        outcomes: per scenario and outcome [replicates]; NaN where undefined or failed.
        series: per scenario and path [replicates, months]; likewise.
        organisations: per scenario the table of organisations, a row for each replicate that is
            done and organisation.

    """

    scenarios: tuple[str, ...]
    replicates: tuple[int, ...]
    months: int
    outcomes: Mapping[str, Columns]
    series: Mapping[str, Columns]
    organisations: Mapping[str, Mapping[str, np.ndarray]]

    def number_of_organisations(self, scenario: str) -> int:
        """How many a scenario has; those of the usual region where no run of it is done."""
        if scenario not in self.organisations:
            return ORGANISATIONS
        replicate = self.organisations[scenario]["replicate"]
        return int((replicate == replicate[0]).sum())


def evidence_of_runs(runs: Sequence["RunResult"]) -> Evidence:
    """The evidence of runs in memory, as ``run_scenarios`` gives them.

    Raises:
        ValueError: there are no runs.

    """
    if not runs:
        raise ValueError("there are no runs to judge; give those of at least one scenario")
    scenarios = tuple(dict.fromkeys(run.scenario for run in runs))
    replicates = tuple(sorted({run.replicate for run in runs}))
    place = {replicate: row for row, replicate in enumerate(replicates)}
    names = dict.fromkeys(name for run in runs for name in run.outcomes)
    paths = dict.fromkeys(name for run in runs for name in run.series)
    months = max((len(path) for run in runs for path in run.series.values()), default=0)
    outcomes = {s: {n: np.full(len(replicates), np.nan) for n in names} for s in scenarios}
    series = {s: {n: np.full((len(replicates), months), np.nan) for n in paths} for s in scenarios}
    tables: dict[str, list[Mapping[str, np.ndarray]]] = {name: [] for name in scenarios}
    for run in sorted(runs, key=lambda run: run.replicate):
        row = place[run.replicate]
        for name, value in run.outcomes.items():
            outcomes[run.scenario][name][row] = value
        for name, path in run.series.items():
            series[run.scenario][name][row, : len(path)] = path
        if run.organisations:
            count = len(next(iter(run.organisations.values())))
            own = {"replicate": np.full(count, run.replicate), **run.organisations}
            tables[run.scenario].append(own)
    whole = {
        name: {column: np.concatenate([t[column] for t in parts]) for column in parts[0]}
        for name, parts in tables.items()
        if parts
    }
    return Evidence(scenarios, replicates, months, outcomes, series, whole)


def evidence_of_results(results: "Results") -> Evidence:
    """The evidence of a folder of results."""
    scenarios = tuple(results.scenarios)
    replicates = tuple(sorted(results.runs["replicate"].unique().tolist()))
    months = int(results.manifest["scenarios"][0]["months"])
    series: dict[str, dict[str, NDArray[np.float64]]] = {}
    for name in scenarios:
        rows = results.series[results.series["scenario"] == name]
        done = np.searchsorted(replicates, rows["replicate"].to_numpy())
        month = rows["month"].to_numpy() if len(rows) else np.zeros(0, dtype=np.int64)
        series[name] = {}
        for column in rows.columns:
            if column not in {"scenario", "replicate", "month"}:
                whole = np.full((len(replicates), months), np.nan)
                whole[done, month] = rows[column].to_numpy()
                series[name][column] = whole
    tables = (
        {name: results.members(name) for name in scenarios} if len(results.organisations) else {}
    )
    return Evidence(
        scenarios,
        replicates,
        months,
        {name: results.outcomes(name) for name in scenarios},
        series,
        {name: table for name, table in tables.items() if len(table["replicate"])},
    )
