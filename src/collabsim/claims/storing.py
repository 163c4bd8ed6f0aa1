"""Findings as they are kept: one JSON document, and what differs between two of them."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from collabsim.analysis.flips import Flips, Part
from collabsim.claims.arms import Sizes
from collabsim.claims.explaining import Figures
from collabsim.claims.findings import Ablated, Finding
from collabsim.claims.verdicts import OverWorlds, Share
from collabsim.experiments.folders import OutputError, reason, write_whole
from collabsim.experiments.identity import model_version

#: The findings that the docs quote, seen from the project.
REFERENCE = Path("results/reference/claims.json")
FILE = "claims.json"
SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Stored:
    """Findings with what is needed to cite them.

    Attributes:
        model: version of the model that made the runs.
        sizes: how much was run; worlds as many as there were.
        runs: number of runs behind them.
        findings: by id of the claim, in order.
        figures: of contradicted claims, see ``explaining``.

    """

    model: str
    sizes: Sizes
    runs: int
    findings: Mapping[str, Finding]
    figures: Mapping[str, Figures]


def stored(
    found: Sequence[Finding], sizes: Sizes, runs: int, figures: Mapping[str, Figures]
) -> Stored:
    """Findings of this version of the model."""
    return Stored(model_version(), sizes, runs, {finding.id: finding for finding in found}, figures)


def as_document(kept: Stored) -> dict[str, Any]:
    """Findings as plain data; six digits count."""
    return rounded({
        "schema": SCHEMA, "model": kept.model, "sizes": asdict(kept.sizes), "runs": kept.runs,
        "findings": [asdict(finding) for finding in kept.findings.values()],
        "figures": kept.figures,
    })  # fmt: skip


def rounded(value: Any) -> Any:  # noqa: ANN401 - plain data
    """Plain data in which numbers have six digits that count; what is not finite is null."""
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner) for inner in value]
    return value


def write_findings(kept: Stored, file: Path) -> None:
    """Write findings.

    Raises:
        OutputError: the file cannot be written.

    """
    text = json.dumps(as_document(kept), indent=1, ensure_ascii=False) + "\n"
    try:
        write_whole(file, partial(Path.write_text, data=text, encoding="utf-8"))
    except OSError as error:
        raise OutputError(f"{file} could not be written ({reason(error)})") from error


def read_findings(file: Path) -> Stored | None:
    """Findings that were written before; None if there are none.

    Raises:
        OutputError: the file is not what this version writes.

    """
    if not file.exists():
        return None
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        found = [finding_of(entry) for entry in content["findings"]]
        sizes = Sizes(**content["sizes"])
        by_id = {finding.id: finding for finding in found}
        return Stored(content["model"], sizes, content["runs"], by_id, content["figures"])
    except (OSError, ValueError, KeyError, TypeError) as error:  # also another layout
        raise OutputError(
            f"{file}: these are no findings that can be read ({reason(error)}); "
            "run `collabsim claims --publish` to make them anew"
        ) from error


def finding_of(entry: Mapping[str, Any]) -> Finding:
    """A finding from plain data."""
    return Finding(**known(entry) | {
        "kept": worlds_of(entry["kept"]),
        "plausible": worlds_of(entry["plausible"]),
        "ablations": tuple(Ablated(**known(part)) for part in entry["ablations"]),
        "flips": flips_of(entry["flips"]),
        "holds": None if entry["holds"] is None else flips_of(entry["holds"]),
    })  # fmt: skip


def flips_of(entry: Mapping[str, Any]) -> Flips:
    """What turns an effect round, from plain data."""
    parts = tuple(
        Part(tuple((path, way, bound) for path, way, bound in part["conditions"]), part["worlds"], part["a_better"])
        for part in entry["parts"]
    )  # fmt: skip
    return Flips(**known(entry) | {"parts": parts, "paths": tuple(entry["paths"])})


def worlds_of(entry: Mapping[str, Any] | None) -> OverWorlds | None:
    """An effect over worlds from plain data."""
    if entry is None:
        return None
    shares = {key: Share(**known(value)) for key, value in entry.items() if key != "mean"}
    return OverWorlds(**shares, mean=entry["mean"])


def known(entry: Mapping[str, Any]) -> dict[str, Any]:
    """Plain data in which null stands for a number that is not defined."""
    return {key: math.nan if value is None else value for key, value in entry.items()}


def changes(before: Stored | None, now: Stored) -> list[str]:
    """What differs from what was stored, a line each; none if nothing was stored."""
    if before is None:
        return []
    lines = []
    if before.model != now.model:
        lines.append(f"model {before.model} became {now.model}")
    if before.sizes != now.sizes:
        lines.append(f"sizes {before.sizes} became {now.sizes}")
    for name, found in now.findings.items():
        old = before.findings.get(name)
        if old is None:
            lines.append(f"{name}: new, {found.verdict}")
            continue
        if old.verdict != found.verdict:
            lines.append(f"{name}: {old.verdict} became {found.verdict}")
        if not (found.low <= old.high and old.low <= found.high):
            lines.append(f"{name}: {old.difference:.3g} became {found.difference:.3g}")
        if old.metric == found.metric:
            lines += [
                f"{name}: {one.en}: {one.removal} became {other.removal}"
                for one, other in zip(old.ablations, found.ablations, strict=False)
                if one.en == other.en and one.removal != other.removal
            ]
    return lines
