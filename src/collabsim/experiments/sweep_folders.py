"""The folder of a sweep: what it says of itself, and what can be read from it."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from collabsim.analysis.sensitivity import Sensitivity, SensitivityError, sensitivity
from collabsim.config import resolved
from collabsim.experiments.blocks import BLOCKS, table_path, whole_blocks, write_block
from collabsim.experiments.folders import OutputError, reason, write_whole
from collabsim.experiments.identity import model_version, short_hash
from collabsim.experiments.manifest import commit, own_source, versions
from collabsim.experiments.sweep_files import Sweep
from collabsim.experiments.sweep_runs import ABOUT_THE_RUN, POINTS, point_count, point_of, type_of

MANIFEST, POINTS_TABLE = "sweep.json", "points.parquet"
SCHEMA = 1


def describe_sweep(sweep: Sweep) -> dict[str, Any]:
    """What ``sweep.json`` says: everything needed to cite the sweep and to make it again."""
    return {
        "schema": SCHEMA,
        "name": sweep.name,
        "about": sweep.about,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "identity": identity_of(sweep),
        "model": model_version(),
        "seed": sweep.seed,
        "shared_luck": sweep.shared_luck,
        "design": sweep.design.kind,
        "size": sweep.design.size,
        "factors": [asdict(factor) for factor in sweep.design.factors],
        "outcomes": list(sweep.outcomes),
        "series": list(sweep.series),
        "points": point_count(sweep),
        "scenarios": [resolved(scenario) for scenario in sweep.scenarios],
        "versions": versions(),
        "commit": commit(),
        "own": own_source(),
    }


def identity_of(sweep: Sweep) -> str:
    """Equal for sweeps whose blocks may lie in one folder; how many replicates is no part of it."""
    return short_hash(
        [
            [{k: v for k, v in resolved(s).items() if k != "about"} for s in sweep.scenarios],
            [dict(point) for point in sweep.design.points],
            sweep.seed, sweep.shared_luck, list(sweep.outcomes), list(sweep.series), model_version(),
        ],
        digits=16,
    )  # fmt: skip


def open_folder(sweep: Sweep, folder: Path) -> None:
    """Make a folder for a sweep, or see that it holds this very sweep.

    Raises:
        OutputError: it holds something else, results of another model version among that.

    """
    manifest = folder / MANIFEST
    try:
        if manifest.exists():
            check_same(sweep, json.loads(manifest.read_text(encoding="utf-8")), folder)
            return
        if folder.is_dir() and any(path.name != ".lock" for path in folder.iterdir()):
            raise OutputError(
                f"{folder} is not empty and holds no sweep; give --out a new or empty folder"
            )
        (folder / BLOCKS).mkdir(parents=True, exist_ok=True)
        write_whole(folder / POINTS_TABLE, partial(pq.write_table, points_table(sweep)))
        text = json.dumps(describe_sweep(sweep), indent=2, ensure_ascii=False) + "\n"
        write_whole(manifest, lambda path: path.write_text(text, encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OutputError(
            f"{folder}: no sweep can be kept here ({reason(error)}); give --out another folder"
        ) from error


def check_same(sweep: Sweep, manifest: Mapping[str, Any], folder: Path) -> None:
    """Refuse a folder with another sweep in it."""
    if manifest.get("model") != model_version():
        raise OutputError(
            f"{folder} holds results of model {manifest.get('model')}, and this is model "
            f"{model_version()}; versions are never mixed, so give --out a new folder"
        )
    if manifest.get("identity") != identity_of(sweep):
        raise OutputError(
            f"{folder} holds another sweep ({manifest.get('name')!r}: other scenarios, points, seed, "
            "outcomes or series); give --out a new folder"
        )


def points_table(sweep: Sweep) -> pa.Table:
    """One row a point."""
    points = [point_of(sweep, number) for number in range(point_count(sweep))]
    columns: dict[str, Any] = {
        "point": np.arange(len(points)),
        "scenario": [sweep.scenarios[place].name for place, _ in points],
    }
    for factor in sweep.design.factors:
        values = [point[factor.path] for _, point in points]
        columns[f"in.{factor.path}"] = pa.array(values, type_of(factor))
    shares = sweep.design.shares
    if shares is not None:
        for number, factor in enumerate(sweep.design.factors):
            columns[f"share.{factor.path}"] = np.repeat(shares[:, number], len(sweep.scenarios))
    return pa.table(columns)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a sweep.

    Raises:
        OutputError: there is none that this version reads.

    """
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OutputError(
            f"{folder}: no sweep here ({reason(error)}); give a folder that `collabsim sweep` wrote"
        ) from error
    if manifest.get("schema") != SCHEMA:
        raise OutputError(
            f"{folder}: a sweep of layout {manifest.get('schema')!r}, but this version reads {SCHEMA}"
        )
    return manifest


def read_table(folder: Path, table: str = "runs") -> pa.Table:
    """A table of all whole blocks, in the order of points and replicates."""
    whole, _ = whole_blocks(folder)
    parts = [pq.read_table(table_path(folder, receipt.block, table)) for receipt in whole]
    parts = [part for part in parts if part.num_rows]
    if not parts:
        return pa.table({"point": pa.array([], pa.int64()), "replicate": pa.array([], pa.int64())})
    keys = [("point", "ascending"), ("replicate", "ascending")]
    if table == "series":
        keys.append(("month", "ascending"))
    return pa.concat_tables(parts).sort_by(keys)


def tables_of(folder: Path) -> tuple[str, ...]:
    """Names of the tables that a sweep keeps."""
    return ("runs", "series") if read_manifest(folder)["series"] else ("runs",)


def digest(folder: Path) -> str:
    """SHA-256 of all that came out, whoever ran it where and when: equal for equal results."""
    total = hashlib.sha256()
    for table in (read_table(folder, name) for name in tables_of(folder)):
        for name in sorted(set(table.column_names) - set(ABOUT_THE_RUN)):
            column = table.column(name).combine_chunks()
            total.update(f"{name} {column.type}\n".encode())
            for value in column.to_pylist():
                shown = value.hex() if isinstance(value, float) else repr(value)
                total.update(f"{shown}\n".encode())
    return total.hexdigest()


def missing_blocks(folder: Path, there: set[str]) -> list[str]:
    """Blocks that belong between those that are there; what was not begun yet does not count."""
    names = sorted(there)
    replicates = {tuple(name.split("-r")[1].split("-")) for name in names}
    points = range(0, int(read_manifest(folder)["points"]), POINTS)
    return [
        f"p{point:07d}-r{first}-{last}"
        for first, last in sorted(replicates)
        for point in points
        if f"p{point:07d}-r{first}-{last}" not in there
    ]


def merge_folders(folders: Sequence[Path], out: Path) -> int:
    """Put the whole blocks of several folders of one sweep in a new folder; returns runs.

    Raises:
        OutputError: they hold different sweeps, or the folder cannot be written.

    """
    manifests = [read_manifest(folder) for folder in folders]
    for folder, manifest in zip(folders, manifests, strict=True):
        if manifest["identity"] != manifests[0]["identity"]:
            raise OutputError(
                f"{folder} holds another sweep than {folders[0]}, or one of another version; "
                "only folders of one sweep can be merged"
            )
    if out.exists() and any(out.iterdir()):
        raise OutputError(f"{out} is not empty; give --out a new or empty folder")
    try:
        (out / BLOCKS).mkdir(parents=True)
        runs, taken = 0, set()
        for folder in folders:
            for receipt in whole_blocks(folder)[0]:
                if receipt.block not in taken:
                    tables = {
                        n: table_path(folder, receipt.block, n).read_bytes() for n in receipt.sums
                    }
                    write_block(out, receipt, tables)
                    taken.add(receipt.block)
                    runs += receipt.runs
        for name in (POINTS_TABLE, MANIFEST):
            content = (folders[0] / name).read_bytes()
            write_whole(out / name, partial(Path.write_bytes, data=content))
    except OSError as error:
        raise OutputError(f"{out} could not be written ({reason(error)})") from error
    return runs


def export_table(folder: Path, table: str, out: Path) -> int:
    """Write a table as one Parquet, CSV or Feather file; returns rows.

    Raises:
        OutputError: no such table or kind of file, or it cannot be written.

    """
    from pyarrow import csv, feather

    if table not in tables_of(folder):
        raise OutputError(f"{folder} has no table {table!r}; it has {', '.join(tables_of(folder))}")
    writers = {".parquet": pq.write_table, ".csv": csv.write_csv, ".feather": feather.write_feather}
    if out.suffix not in writers:
        raise OutputError(f"{out}: the name of the file ends with {', '.join(writers)}")
    if out.exists():
        raise OutputError(f"{out} is there already, and results are never overwritten")
    whole = read_table(folder, table)
    try:
        write_whole(out, partial(writers[out.suffix], whole))
    except OSError as error:
        raise OutputError(f"{out} could not be written ({reason(error)})") from error
    return int(whole.num_rows)


def sensitivities(
    folder: Path, outcomes: Sequence[str]
) -> Iterator[tuple[str, str, Sensitivity | SensitivityError]]:
    """For each scenario and outcome of a sweep its sensitivity, or why it has none.

    Raises:
        OutputError: no sweep, or an outcome that it did not keep.

    """
    manifest, runs = read_manifest(folder), read_table(folder).to_pandas()
    points = pq.read_table(folder / POINTS_TABLE).to_pandas()
    kept = [name.removeprefix("out.") for name in runs.columns if name.startswith("out.")]
    unknown = [name for name in outcomes if name not in kept]
    if unknown:
        raise OutputError(f"{folder} kept no outcome {unknown[0]!r}; it kept {', '.join(kept)}")
    paths = [factor["path"] for factor in manifest["factors"]]
    drawn = [f"share.{path}" for path in paths if f"share.{path}" in points.columns]
    for scenario in dict.fromkeys(points["scenario"]):
        own = points[points["scenario"] == scenario].sort_values("point")
        means = runs.groupby("point")[[f"out.{name}" for name in outcomes or kept]].mean()
        values = means.reindex(own["point"])
        for outcome in outcomes or kept:
            try:
                found: Sensitivity | SensitivityError = sensitivity(
                    outcome, manifest["design"], paths, own[drawn].to_numpy(),
                    values[f"out.{outcome}"].to_numpy(dtype=float),
                )  # fmt: skip
            except SensitivityError as error:
                found = error
            yield scenario, outcome, found
