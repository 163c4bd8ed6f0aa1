"""What a sweep's folder says of itself: everything needed to cite the sweep and to make it again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from collabsim.config import resolved
from collabsim.experiments.blocks import BLOCKS, only_worker
from collabsim.experiments.folders import OutputError, file_name, reason, write_whole
from collabsim.experiments.identity import model_version
from collabsim.experiments.manifest import commit, own_source, versions
from collabsim.experiments.sweep_files import Sweep
from collabsim.experiments.sweep_folders import MANIFEST, POINTS_TABLE, SCHEMA, read_manifest
from collabsim.experiments.sweep_points import point_count, point_of
from collabsim.experiments.sweep_schema import columns_of_points, schema, stored


def describe_sweep(sweep: Sweep) -> dict[str, Any]:
    """What ``sweep.json`` says before anything was run; see ``go_is_noted`` for the rest."""
    return {
        "schema": SCHEMA,
        "name": sweep.name,
        "about": sweep.about,
        "made": now(),
        "identity": identity_of(sweep),
        "question": question_of(sweep),
        "model": model_version(),
        "seed": sweep.seed,
        "shared_luck": sweep.shared_luck,
        "design": sweep.design.kind,
        "size": sweep.design.size,
        "factors": [asdict(factor) for factor in sweep.design.factors],
        "outcomes": list(sweep.outcomes),
        "series": list(sweep.series),
        "details": None if sweep.details is None else asdict(sweep.details),
        "points": point_count(sweep),
        "replicates": sweep.replicates,
        "until": None if sweep.until is None else sweep.until.model_dump(),
        "goes": [],
        "versions": versions(),
        "commit": commit(),
        "own": own_source(),
        "scenarios": [resolved(scenario) for scenario in sweep.scenarios],
        "config": sweep.source,
    }


def now() -> str:
    """The time in universal time."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def identity_of(sweep: Sweep) -> str:
    """Equal for sweeps whose blocks may lie in one folder; how many replicates is no part of it."""
    return hashlib.sha256(f"{question_of(sweep)} {model_version()}".encode()).hexdigest()[:16]


def question_of(sweep: Sweep) -> str:
    """Equal for sweeps that ask the same, by whichever version of the model."""
    digest = hashlib.sha256()
    details = None if sweep.details is None else asdict(sweep.details)
    told = {"name_nl", "about", "about_nl"}
    worlds = [{k: v for k, v in resolved(s).items() if k not in told} for s in sweep.scenarios]
    asked = [
        worlds,
        sweep.seed,
        sweep.shared_luck,
        list(sweep.outcomes),
        list(sweep.series),
        details,
    ]
    # Point by point, because there may be very many.
    for part in (asked, *sweep.design.points):
        digest.update(json.dumps(part, sort_keys=True).encode() + b"\n")
    return digest.hexdigest()[:16]


def make_ready(sweep: Sweep, folder: Path) -> None:
    """Make a folder for a sweep, or see that it holds this very sweep and is free.

    Raises:
        OutputError: it cannot be written, is in use, or holds something else.

    """
    refuse_other_use(folder)
    with only_worker(folder):
        open_folder(sweep, folder)


def refuse_other_use(folder: Path) -> None:
    """See that a folder holds a sweep or nothing, before as much as a lock is put in it.

    Raises:
        OutputError: it holds something else, or cannot be read.

    """
    try:
        there = folder.is_dir() and not (folder / MANIFEST).exists()
        strange = [path for path in folder.iterdir() if path.name not in OWN_FILES] if there else []
    except (OSError, ValueError) as error:
        raise OutputError(
            f"{folder} cannot be read ({reason(error)}); give --out another folder"
        ) from error
    if strange:
        raise OutputError(
            f"{folder} is not empty and holds no sweep; give --out a new or empty folder"
        )


def open_folder(sweep: Sweep, folder: Path) -> None:
    """Fill a folder that is held for this process with what comes first, or check what is there.

    Raises:
        OutputError: it holds something else, results of another model version among that.

    """
    manifest = folder / MANIFEST
    if manifest.exists():
        check_same(sweep, read_manifest(folder), folder)
        return
    try:
        (folder / BLOCKS).mkdir(parents=True, exist_ok=True)
        write_whole(folder / POINTS_TABLE, partial(pq.write_table, points_table(sweep)))
        write_manifest(folder, describe_sweep(sweep))
    except OSError as error:
        raise OutputError(
            f"{folder}: no sweep can be kept here ({reason(error)}); give --out another folder"
        ) from error


#: What a sweep that was killed before it had a manifest leaves.
OWN_FILES = (".lock", BLOCKS, POINTS_TABLE, f".{POINTS_TABLE}.part", f".{MANIFEST}.part")


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Put a manifest in place, whole."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    write_whole(folder / MANIFEST, partial(Path.write_text, data=text, encoding="utf-8"))


def go_is_noted(folder: Path, go: Mapping[str, Any], replicates: int) -> None:
    """Add to the manifest how one go at the sweep went, and how many replicates it is to have.

    Raises:
        OutputError: it cannot be written.

    """
    manifest = read_manifest(folder)
    manifest["goes"] = [*manifest.get("goes", ()), dict(go)]
    manifest["replicates"] = max(replicates, int(manifest.get("replicates", 0)))
    try:
        write_manifest(folder, manifest)
    except OSError as error:
        raise OutputError(f"{folder / MANIFEST} could not be written ({reason(error)})") from error


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
            "outcomes, series or details); give --out a new folder"
        )


def by_other_versions(sweep: Sweep, folder: Path) -> list[tuple[Path, str]]:
    """Folders beside ``folder`` in which another version of the model ran this sweep, with that."""
    found = []
    for other in sorted(folder.parent.glob(f"{file_name(sweep.name)}-*/{MANIFEST}")):
        try:
            manifest = read_manifest(other.parent)
        except OutputError:
            continue
        same = manifest.get("question") == question_of(sweep)
        if same and manifest["model"] != model_version():
            found.append((other.parent, str(manifest["model"])))
    return found


def points_table(sweep: Sweep) -> pa.Table:
    """One row a point."""
    points = [point_of(sweep, number) for number in range(point_count(sweep))]
    shares = sweep.design.shares
    columns = columns_of_points(sweep.design.factors, drawn=shares is not None)
    rows: list[Any] = [np.arange(len(points)), [sweep.scenarios[place].name for place, _ in points]]
    rows += [[stored(point[f.path]) for _, point in points] for f in sweep.design.factors]
    if shares is not None:
        rows += list(np.repeat(shares, len(sweep.scenarios), axis=0).T)
    return pa.table(
        [pa.array(values, column.type) for values, column in zip(rows, columns, strict=True)],
        schema=schema(columns),
    )
