"""Tables of a calibration: kept worlds, what each pattern did, what was told of each parameter."""

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from collabsim.analysis.calibration import Pattern, Tally, tallies
from collabsim.analysis.identification import Identified, TradeOff, identified, trade_offs
from collabsim.experiments.calibrating import Calibrated
from collabsim.experiments.folders import OutputError, reason, write_whole

type Rows = Iterable[Mapping[str, Any]]


def kept_rows(found: Calibrated) -> Rows:
    """Kept worlds as they ship: number, and a value for all that is uncertain."""
    for number in np.flatnonzero(found.kept):
        yield {"world": int(number), **found.design.points[number]}


def measured_rows(found: Calibrated) -> Rows:
    """What each pattern gave in each kept world, as a mean over its replicates."""
    for number in np.flatnonzero(found.kept):
        yield {
            "world": int(number), **{name: one.means[number] for name, one in found.seen.items()},
        }  # fmt: skip


def pattern_rows(found: Calibrated, patterns: Sequence[Pattern]) -> Rows:
    """Each pattern with its bounds, and what it ruled out."""
    counted = tallies(found.seen)
    for p in patterns:
        tally = counted.get(p.name, Tally(0, 0, 0))
        luck = found.seen[p.name].luck if p.name in found.seen else math.nan
        yield {
            "name": p.name, "fact": p.fact, "source": p.source, "measures": " ".join(p.measures),
            "against": p.against, "low": p.low, "high": p.high, "tolerance": p.tolerance,
            "luck": luck, "looked_at": tally.looked_at,
            "ruled_out": tally.ruled_out, "uniquely": tally.uniquely, "why": p.why,
        }  # fmt: skip


def told(found: Calibrated) -> tuple[tuple[Identified, ...], tuple[TradeOff, ...]]:
    """What the kept worlds tell of parameters, alone and in pairs."""
    assert found.design.shares is not None  # noqa: S101 - a Latin hypercube has shares
    paths = [factor.path for factor in found.factors]
    shares = found.design.shares[found.kept]
    return identified(paths, shares), trade_offs(paths, shares)


def write_csv(path: Path, rows: Rows) -> int:
    """Write rows, with all digits; returns how many.

    Raises:
        OutputError: it cannot be written.

    """
    listed = list(rows)
    try:
        write_whole(path, partial(write_rows, listed))
    except OSError as error:
        raise OutputError(f"{path} could not be written ({reason(error)})") from error
    return len(listed)


def write_rows(rows: Sequence[Mapping[str, Any]], path: Path) -> None:
    """Write rows into a new file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
