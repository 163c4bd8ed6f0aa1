"""Reading the folder of a sweep: its manifest, its tables, and one number for all that came out."""

import hashlib
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from collabsim.experiments.blocks import Receipt, table_path, whole_blocks
from collabsim.experiments.folders import OutputError, reason
from collabsim.experiments.sweep_blocks import blocks_left, replicates_in, without_overlap
from collabsim.experiments.sweep_schema import ABOUT_THE_RUN, DETAILS, schema

MANIFEST, POINTS_TABLE = "sweep.json", "points.parquet"
#: Version of the layout of a sweep's folder; raised when a reader has to know.
SCHEMA = 2


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a sweep.

    Raises:
        OutputError: there is none that this version reads.

    """
    try:
        manifest: Any = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise OutputError(
            f"{folder}: no sweep here ({reason(error)}); give a folder that `collabsim sweep` wrote"
        ) from error
    if not isinstance(manifest, dict) or manifest.get("schema") != SCHEMA:
        layout = manifest.get("schema") if isinstance(manifest, dict) else manifest
        raise OutputError(
            f"{folder}: a sweep of layout {layout!r}, but this version reads {SCHEMA}; read it with "
            "the version that made it"
        )
    return manifest


def tables_of(folder: Path) -> tuple[str, ...]:
    """Names of the tables that a sweep keeps."""
    manifest = read_manifest(folder)
    details = manifest["details"]
    series = ("series",) if manifest["series"] else ()
    return ("runs", *series, *(details["tables"] if details is not None else ()))


def usable(folder: Path) -> list[Receipt]:
    """The whole blocks of this sweep's own model, in the order of points, then replicates.

    Of blocks that somebody put there and that share runs, only one counts.
    """
    manifest = read_manifest(folder)
    whole = whole_blocks(folder, manifest["model"])[0]
    counted = set(without_overlap((r.block for r in whole), int(manifest["points"])))
    return [receipt for receipt in whole if receipt.block in counted]


def parts_of(folder: Path, table: str) -> Iterator[pa.Table]:
    """A table block by block, so that there is never more in memory than one."""
    for receipt in usable(folder):
        if table in receipt.sums:
            yield pq.read_table(table_path(folder, receipt.block, table))


def read_table(folder: Path, table: str = "runs") -> pa.Table:
    """A table of all whole blocks, in the order of points, replicates and months."""
    return sorted_table(list(parts_of(folder, table)), table)


def sorted_table(parts: list[pa.Table], table: str) -> pa.Table:
    """Parts of a table as one, in the order of points, replicates and months."""
    if not parts:
        columns = DETAILS.get(table)
        empty = pa.schema([("point", pa.int64()), ("replicate", pa.int64())])
        return (empty if columns is None else schema(columns)).empty_table()
    keys = ["point", "replicate", *(["month"] if "month" in parts[0].column_names else [])]
    return pa.concat_tables(parts).sort_by([(key, "ascending") for key in keys])


def digest(folder: Path) -> str:
    """SHA-256 of all that came out, whoever ran it where and when: equal for equal results.

    It does not depend on how runs were put in blocks: rows come by ten points, then by replicate,
    then by point, each column has a sum of its own, and what says how a run went is left out.
    """
    total = hashlib.sha256()
    for name in tables_of(folder):
        for column, known, values in sums_of(folder, name):
            total.update(f"{name} {column} {known} {values}\n".encode())
    return total.hexdigest()


def sums_of(folder: Path, table: str) -> list[tuple[str, str, str]]:
    """For each column of a table that says what came out: where it has values, and which."""
    known: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for part in parts_of(folder, table):
        for name in set(part.column_names) - set(ABOUT_THE_RUN):
            column = part.column(name).combine_chunks()
            kind = f"{column.type}\n".encode()
            known.setdefault(name, hashlib.sha256()).update(np.asarray(pc.is_valid(column)))
            values.setdefault(name, hashlib.sha256(kind)).update(content_of(column))
    return [(name, known[name].hexdigest(), values[name].hexdigest()) for name in sorted(known)]


def content_of(column: pa.Array) -> bytes:
    """The values of a column as bytes, the same on every machine."""
    if pa.types.is_string(column.type):
        words = column.to_pylist()
        return "".join("-" if w is None else f"{len(w)}:{w}" for w in words).encode()
    empty = False if pa.types.is_boolean(column.type) else 0
    numbers = np.asarray(pc.fill_null(column, empty))
    if numbers.dtype.kind == "f":
        numbers = np.where(np.isnan(numbers), np.nan, numbers)
    return numbers.astype(numbers.dtype.newbyteorder("<")).tobytes()


def failures(folder: Path, most: int) -> list[dict[str, Any]]:
    """The first rows of runs that failed, at most so many."""
    rows: list[dict[str, Any]] = []
    for part in parts_of(folder, "runs"):
        rows += part.filter(pc.not_equal(part["status"], "done")).to_pylist()
        if len(rows) >= most:
            break
    return rows[:most]


def means_of(folder: Path) -> dict[str, float]:
    """Mean of each outcome over all runs in which it is defined; NaN if there are none."""
    sums: dict[str, float] = {}
    counts: dict[str, int] = {}
    for part in parts_of(folder, "runs"):
        for name in part.column_names:
            if name.startswith("out."):
                values = np.array(part[name].to_pylist(), dtype=float)
                known = values[np.isfinite(values)]
                sums[name] = sums.get(name, 0.0) + float(known.sum())
                counts[name] = counts.get(name, 0) + known.size
    return {
        name.removeprefix("out."): total / counts[name] if counts[name] else math.nan
        for name, total in sums.items()
    }


def missing_blocks(folder: Path, names: set[str]) -> list[str]:
    """Blocks that would hold what none of those named holds, of all replicates wanted so far."""
    manifest = read_manifest(folder)
    points = int(manifest["points"])
    held = replicates_in(names, points)
    # With a goal, how many replicates it took is known when it is reached.
    most = max((1 + max(numbers) for numbers in held.values() if numbers), default=0)
    wanted = max(most, int(manifest["replicates"]))
    return [block.name for block in blocks_left(points, wanted, names)]


def points_of(folder: Path) -> pa.Table:
    """The table of points.

    Raises:
        OutputError: it is not there, or not whole.

    """
    try:
        return pq.read_table(folder / POINTS_TABLE)
    except (OSError, pa.ArrowException) as error:
        raise OutputError(f"{folder / POINTS_TABLE} cannot be read ({reason(error)})") from error
