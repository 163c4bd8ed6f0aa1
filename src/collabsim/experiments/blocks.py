"""A folder that is filled block by block: what is in it is whole, whatever happened.

A block is a few runs. Its tables are written under a temporary name and put in place, and last of all
its receipt, which holds their SHA-256. A block without a receipt, or whose tables are not those of
the receipt, was not done. One process at a time works in a folder.
"""

import fcntl
import hashlib
import json
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from collabsim.experiments.folders import OutputError, reason, write_whole

BLOCKS, LOCK = "blocks", ".lock"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is written when a block is whole.

    Attributes:
        block: name of the block.
        runs: runs in it.
        failed: runs in it that raised.
        model: version of the model that made it.
        sums: SHA-256 of each table, by name.

    """

    block: str
    runs: int
    failed: int
    model: str
    sums: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """A block that cannot be used, and why."""

    block: str
    why: str


def sum_of(content: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def table_path(folder: Path, block: str, table: str) -> Path:
    """Where a table of a block lies."""
    return folder / BLOCKS / f"{block}.{table}.parquet"


def receipt_path(folder: Path, block: str) -> Path:
    """Where the receipt of a block lies."""
    return folder / BLOCKS / f"{block}.json"


def write_block(folder: Path, receipt: Receipt, tables: Mapping[str, bytes]) -> None:
    """Write the tables of a block, and last its receipt.

    Raises:
        OutputError: there is no room, or the folder cannot be written to; nothing half written stays.

    """
    try:
        for name, content in tables.items():
            put = partial(Path.write_bytes, data=content)
            write_whole(table_path(folder, receipt.block, name), put)
        text = json.dumps(
            {
                "block": receipt.block, "runs": receipt.runs, "failed": receipt.failed,
                "model": receipt.model, "sums": dict(receipt.sums),
            },
            sort_keys=True,
        )  # fmt: skip
        write_whole(receipt_path(folder, receipt.block), lambda path: path.write_text(text))
    except OSError as error:
        raise OutputError(
            f"{folder}: block {receipt.block} could not be written ({reason(error)}); make room, and "
            "give the same command again: what is done stays done"
        ) from error


def receipts(folder: Path) -> Iterator[Receipt | Fault]:
    """Every receipt in a folder, in the order of their names; a fault where one cannot be read."""
    for path in sorted((folder / BLOCKS).glob("*.json")):
        try:
            content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
            yield Receipt(
                str(content["block"]), int(content["runs"]), int(content["failed"]),
                str(content["model"]), {str(k): str(v) for k, v in content["sums"].items()},
            )  # fmt: skip
        except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
            yield Fault(path.stem, f"its receipt cannot be read ({reason(error)})")


def fault_of(folder: Path, receipt: Receipt) -> Fault | None:
    """What is wrong with the tables of a block, if anything is."""
    for name, wanted in receipt.sums.items():
        try:
            content = table_path(folder, receipt.block, name).read_bytes()
        except OSError as error:
            return Fault(receipt.block, f"its table {name} cannot be read ({reason(error)})")
        if sum_of(content) != wanted:
            return Fault(receipt.block, f"its table {name} is not the one that was written")
    return None


def whole_blocks(folder: Path, model: str | None = None) -> tuple[list[Receipt], list[Fault]]:
    """The blocks that can be used, and those that have to be made again.

    Args:
        folder: of a sweep.
        model: version of the model whose blocks can be used; None for any.

    """
    whole, faults = [], []
    for receipt in receipts(folder):
        fault = receipt if isinstance(receipt, Fault) else fault_of(folder, receipt)
        if fault is None and isinstance(receipt, Receipt) and model not in {None, receipt.model}:
            fault = Fault(receipt.block, f"it was made by model {receipt.model}")
        if fault is not None:
            faults.append(fault)
        elif isinstance(receipt, Receipt):
            whole.append(receipt)
    return whole, faults


def discard(folder: Path, block: str) -> None:
    """Take away a block that cannot be used: first its receipt."""
    receipt_path(folder, block).unlink(missing_ok=True)
    for path in (folder / BLOCKS).glob(f"{block}.*.parquet"):
        path.unlink(missing_ok=True)


@contextmanager
def only_worker(folder: Path) -> Generator[None]:
    """Make a folder and hold it for this process; another that tries is told, and changes nothing.

    Raises:
        OutputError: another process works in it, or no lock can be made.

    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / LOCK).open("w")
    except (OSError, ValueError) as error:
        raise OutputError(
            f"{folder} cannot be written to ({reason(error)}); give --out another folder"
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise OutputError(
                f"another process is working in {folder}; wait for it, or give --out another folder"
            ) from None
        yield
