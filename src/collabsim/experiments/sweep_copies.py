"""What is made of folders of sweeps: several put together, a table as one file."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from collabsim.experiments.blocks import BLOCKS, Receipt, table_path, write_block
from collabsim.experiments.folders import OutputError, check_free, reason, write_whole
from collabsim.experiments.sweep_blocks import without_overlap
from collabsim.experiments.sweep_folders import (
    POINTS_TABLE,
    read_manifest,
    read_table,
    sorted_table,
    tables_of,
    usable,
)
from collabsim.experiments.sweep_manifests import write_manifest


def merge_folders(folders: Sequence[Path], out: Path) -> int:
    """Put the whole blocks of several folders of one sweep in a new folder; returns runs.

    Of blocks that share runs the largest is taken; what then lacks, the sweep's command makes.

    Raises:
        OutputError: they hold different sweeps, one is given twice, or the folder cannot be written.

    """
    check_once(folders)
    manifests = [read_manifest(folder) for folder in folders]
    first = manifests[0]
    for folder, manifest in zip(folders, manifests, strict=True):
        if manifest["identity"] != first["identity"]:
            raise OutputError(
                f"{folder} holds another sweep than {folders[0]}, or one of another version; "
                "only folders of one sweep can be merged"
            )
    check_free(out)
    there = {r.block: (folder, r) for folder in reversed(folders) for r in usable(folder)}
    runs = 0
    try:
        (out / BLOCKS).mkdir(parents=True, exist_ok=True)
        for name in without_overlap(there, int(first["points"])):
            folder, receipt = there[name]
            contents = {n: table_path(folder, name, n).read_bytes() for n in receipt.sums}
            write_block(out, receipt, contents)
            runs += receipt.runs
        points = (folders[0] / POINTS_TABLE).read_bytes()
        write_whole(out / POINTS_TABLE, partial(Path.write_bytes, data=points))
        # A folder and a copy of it tell of the same goes.
        goes: list[Any] = []
        for go in (go for manifest in manifests for go in manifest["goes"]):
            if go not in goes:
                goes.append(go)
        replicates = max(int(manifest["replicates"]) for manifest in manifests)
        write_manifest(out, first | {"goes": goes, "replicates": replicates})
    except OSError as error:
        raise OutputError(f"{out} could not be written ({reason(error)})") from error
    return runs


def check_once(folders: Sequence[Path]) -> None:
    """Refuse a folder that is given twice: there is nothing to put together.

    Raises:
        OutputError: one is, whatever it is called the second time.

    """
    places = [folder.resolve() for folder in folders]
    for folder, place in zip(folders, places, strict=True):
        if places.count(place) > 1:
            raise OutputError(f"{folder} is given twice; give each folder once")


#: How a table is written by the ending of its file.
ENDINGS = (".parquet", ".csv", ".feather")


def export_table(folder: Path, table: str, out: Path) -> int:
    """Write a table as one Parquet, CSV or Feather file; returns rows.

    Rows go from point to point, then by replicate and month. There are never more in memory than of
    ten points.

    Raises:
        OutputError: no such table or kind of file, or it cannot be written.

    """
    if table not in tables_of(folder):
        raise OutputError(f"{folder} has no table {table!r}; it has {', '.join(tables_of(folder))}")
    if out.suffix not in ENDINGS:
        raise OutputError(f"{out}: the name of the file ends with {', '.join(ENDINGS)}")
    if out.exists():
        raise OutputError(f"{out} is there already, and results are never overwritten")
    rows = 0

    def write(path: Path) -> None:
        nonlocal rows
        none = read_schema(folder, table)
        with writer_of(out.suffix, path, none) as writer:
            for part in by_points(folder, table):
                writer.write_table(part)
                rows += part.num_rows

    try:
        write_whole(out, write)
    except OSError as error:
        raise OutputError(f"{out} could not be written ({reason(error)})") from error
    return rows


def read_schema(folder: Path, table: str) -> pa.Schema:
    """The columns of a table, as the first block that has it writes them."""
    for receipt in usable(folder):
        if table in receipt.sums:
            return pq.read_schema(table_path(folder, receipt.block, table))
    return read_table(folder, table).schema


def writer_of(ending: str, path: Path, columns: pa.Schema) -> Any:  # noqa: ANN401 - pyarrow has no types
    """What writes one table part by part."""
    from pyarrow import csv, ipc

    writers: dict[str, Callable[..., Any]] = {
        ".parquet": pq.ParquetWriter, ".csv": csv.CSVWriter, ".feather": ipc.new_file,
    }  # fmt: skip
    return writers[ending](str(path), columns)


def by_points(folder: Path, table: str) -> Iterator[pa.Table]:
    """A table in the parts that ten points have in it, in order."""

    def points(receipt: Receipt) -> str:
        return receipt.block.partition("-")[0]

    for _, receipts in groupby((r for r in usable(folder) if table in r.sums), key=points):
        names = [table_path(folder, receipt.block, table) for receipt in receipts]
        yield sorted_table([pq.read_table(name) for name in names], table)
