"""Put what a calibration kept where the package, the docs and the tests read it.

    collabsim calibrate configs/calibrations/region.yaml --out results/region-calibration
    python experiments/calibration/publish.py results/region-calibration

Writes the kept worlds that ship (`src/collabsim/worlds/kept.csv`, the first 300 in order of number)
and the patterns that chose them, the small tables `results/reference/calibration-*.csv`, the figures
in `docs/figures/calibration/`, and the numbers of `docs/calibration.md`. Runs nothing that is there.
"""

import argparse
import math
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from pathlib import Path

import numpy as np
import pandas as pd

from collabsim.analysis.calibration import kept
from collabsim.analysis.identification import Identified, TradeOff, identified
from collabsim.analysis.luck_and_assumptions import split
from collabsim.analysis.robustness import share_of
from collabsim.experiments.calibrating import ALL_WORLDS, Calibrated, carry_out_calibration
from collabsim.experiments.calibration_files import Calibration, load_calibration
from collabsim.experiments.calibration_tables import (
    kept_rows,
    measured_rows,
    pattern_rows,
    told,
    write_csv,
)
from collabsim.experiments.executors import Serial
from collabsim.experiments.sweep_folders import read_manifest, read_table
from collabsim.figures import calibration as figures
from collabsim.metrics import METRICS

PROJECT = Path(__file__).parents[2]
CONFIG = PROJECT / "configs/calibrations/region.yaml"
SHIPPED = PROJECT / "src/collabsim/worlds"
REFERENCE = PROJECT / "results/reference"
PAGE = PROJECT / "docs/calibration.md"
FIGURES = PROJECT / "docs/figures/calibration"
START, END = "<!-- numbers -->", "<!-- end of numbers -->"

#: Worlds that ship.
SHIP = 300
SHOWN_PARAMETERS, SHOWN_PAIRS = 12, 8
OUTCOMES = (
    "residents_helped_share", "days_to_help", "errors_per_100_cases", "cooperation_rate",
    "integrity_trust", "acquaintance", "promises_kept_share", "energy", "collaboration_hours",
    "stagnated",
)  # fmt: skip


def cubes(runs: pd.DataFrame, worlds: int, replicates: int, outcome: str) -> np.ndarray:
    """[worlds, replicates] of one outcome."""
    values = np.full((worlds, replicates), np.nan)
    values[runs["point"], runs["replicate"]] = runs[f"out.{outcome}"]
    return values


def survivors(calibration: Calibration, found: Calibrated, model: str) -> Iterator[str]:
    """How many worlds met what."""
    met = int(met_of_one(found).sum())
    looked = min(
        (int(o.looked_at.sum()) for o in found.seen.values() if not o.looked_at.all()), default=met
    )
    left, drawn = int(found.kept.sum()), calibration.worlds
    of_all, of_looked = share_of(met, drawn), share_of(left, looked)
    yield (
        f"Of {drawn:,} worlds, drawn by Latin hypercube over {len(found.factors)} parameters and run "
        f"{calibration.replicates} times each (model {model}; {int(found.failed.sum())} had a run that "
        f"failed), **{met:,}** ({of_all.share:.0%}) meet the patterns that one world shows. Of these the first "
        f"{looked:,} were looked at beside their pairs and in their state: **{left:,}** ({of_looked.share:.0%}) meet "
        f"all patterns, and the first {min(left, SHIP):,} of them ship. So about "
        f"{of_all.share * of_looked.share:.0%} of what the assumptions left open agrees with what was asked."
    )  # fmt: skip


def patterns_table(calibration: Calibration, found: Calibrated) -> Iterator[str]:
    """What each pattern ruled out."""
    yield "| Pattern | Fact | Agrees with it | Kept without luck | Looked at | Ruled out | As the only one |"
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for row, pattern in zip(
        pattern_rows(found, calibration.patterns), calibration.patterns, strict=True
    ):
        low, high = pattern.within
        share = row["ruled_out"] / row["looked_at"] if row["looked_at"] else math.nan
        yield (
            f"| {row['name']} | {row['fact']} | {row['low']:g} to {row['high']:g} | {low:g} to {high:g} | "
            f"{row['looked_at']:,} | {row['ruled_out']:,} ({share:.1%}) | {row['uniquely']:,} |"
        )  # fmt: skip


def met_of_one(found: Calibrated) -> np.ndarray:
    """[worlds] whether each met the patterns that one world shows."""
    return kept([one for one in found.seen.values() if one.looked_at.all()]) & ~found.failed


def parameters_table(found: Calibrated, parameters: tuple[Identified, ...]) -> Iterator[str]:
    """The parameters that were told most of."""
    assert found.design.shares is not None  # noqa: S101 - a Latin hypercube has shares
    met = met_of_one(found)
    of_more = identified([f.path for f in found.factors], found.design.shares[met])
    count = sum(p.told for p in parameters)
    yield (
        f"Of {len(parameters)} parameters the kept worlds tell something of **{count}**, beyond luck for so many "
        f"looks. Of the other {len(parameters) - count} nothing was learned: they are as open as before. The least "
        f"spread left is {min(p.spread for p in parameters):.0%} of what it was. Among the {int(met.sum()):,} that met "
        f"the patterns of one world, so many that small moves show, it is {sum(p.told for p in of_more)}: "
        f"{', '.join(f'`{p.path}`' for p in of_more if p.told)}; the largest distance is {of_more[0].distance:.2f}."
    )  # fmt: skip
    yield ""
    yield "| Parameter | Distance | Spread left | Median in the range (before: 0.50) | Beyond luck |"
    yield "| --- | --- | --- | --- | --- |"
    for p in parameters[:SHOWN_PARAMETERS]:
        yield (
            f"| `{p.path}` | {p.distance:.2f} | {p.spread:.0%} | {p.middle:.2f} | {'yes' if p.told else 'no'} |"
        )


def pairs_table(pairs: tuple[TradeOff, ...]) -> Iterator[str]:
    """Pairs that trade off."""
    if not pairs:
        yield "No pair of parameters trades off beyond luck."
        return
    yield f"{len(pairs)} pairs trade off beyond luck; the strongest:"
    yield ""
    yield "| One | Other | Correlation of ranks |"
    yield "| --- | --- | --- |"
    for pair in pairs[:SHOWN_PAIRS]:
        yield f"| `{pair.one}` | `{pair.other}` | {pair.correlation:+.2f} |"


def outcomes_table(
    calibration: Calibration, found: Calibrated, runs: pd.DataFrame
) -> Iterator[str]:
    """What kept worlds look like beside all, and how much of it is luck."""
    yield "| Outcome | All: mean (nine in ten) | Kept: mean (nine in ten) | Assumptions' part of variance, kept |"
    yield "| --- | --- | --- | --- |"
    for outcome in OUTCOMES:
        values = cubes(runs, calibration.worlds, calibration.replicates, outcome)
        parts = []
        for chosen in (values, values[found.kept]):
            known = chosen[np.isfinite(chosen)]
            low, high = np.quantile(known, (0.05, 0.95))
            parts.append(f"{known.mean():.3g} ({low:.3g} to {high:.3g})")
        part = split(values[found.kept])
        told_part = f"{part.share:.0%} ({part.low:.0%} to {part.high:.0%})"
        yield f"| {METRICS[outcome].en} | {parts[0]} | {parts[1]} | {told_part} |"


def inertia(calibration: Calibration, found: Calibrated, runs: pd.DataFrame) -> str:
    """F27 over the set: no single world can show it with two replicates."""
    texts = []
    for name, chosen in (
        ("all worlds", np.ones(calibration.worlds, dtype=bool)),
        ("kept worlds", found.kept),
    ):
        first = cubes(runs, calibration.worlds, calibration.replicates, "stagnated")[chosen, 0]
        steps = cubes(runs, calibration.worlds, calibration.replicates, "joint_steps_a_year")[
            chosen, 0
        ]
        stuck, never = (
            share_of(int(x.sum()), int(chosen.sum())) for x in (first == 1.0, steps == 0.0)
        )
        texts.append(
            f"of {name} {stuck.share:.0%} ({stuck.low:.0%} to {stuck.high:.0%}) stagnated at some time and "
            f"{never.share:.0%} never took a joint step"
        )  # fmt: skip
    return f"F27 over the set, first replicate: {'; '.join(texts)}."


def of_pairs(calibration: Calibration, found: Calibrated) -> Iterator[str]:
    """How often a pair goes the way of the fact."""
    for pattern in calibration.patterns:
        if pattern.against and pattern.name in found.seen:
            seen = found.seen[pattern.name]
            means = seen.means[seen.looked_at]
            share = share_of(int((means < 0.0).sum()), len(means))
            yield (
                f"{pattern.fact}, *{pattern.name}*: lower in {share.share:.0%} ({share.low:.0%} to "
                f"{share.high:.0%}) of the worlds looked at, {np.median(means):+.3f} in the middle one, "
                f"{np.quantile(means, 0.05):+.3f} to {np.quantile(means, 0.95):+.3f} in nine of ten."
            )  # fmt: skip


def page(calibration: Calibration, found: Calibrated, folder: Path) -> str:
    """The generated part of the page."""
    runs = read_table(folder / ALL_WORLDS).to_pandas()
    parameters, pairs = told(found)
    parts = [
        "## What survived", "", *survivors(calibration, found, read_manifest(folder / ALL_WORLDS)["model"]), "",
        *patterns_table(calibration, found), "", inertia(calibration, found, runs),
        *of_pairs(calibration, found), "",
        "![Bars of how many worlds each pattern ruled out, alone and together](figures/calibration/patterns.svg)", "",
        ("![For each pattern, how it came out over all worlds and over those that are kept"
        "](figures/calibration/measured.svg)"), "",
        "## What the patterns tell of parameters, and what they do not", "", *parameters_table(found, parameters), "",
        ("![For each parameter, how the kept worlds spread over its range, beside all worlds"
        "](figures/calibration/parameters.svg)"), "",
        "## What they could not tell apart", "", *pairs_table(pairs), "",
        *([("![Pairs of parameters of which the kept worlds allow only some combinations"
        "](figures/calibration/trade-offs.svg)"), ""] if pairs else []),
        "## What kept worlds look like, and how much is luck", "", *outcomes_table(calibration, found, runs),
    ]  # fmt: skip
    return "\n".join(parts)


def main() -> None:
    """Publish a calibration that is done."""
    arguments = argparse.ArgumentParser(description="Publish a calibration.")
    arguments.add_argument("folder", type=Path)
    folder = arguments.parse_args().folder
    calibration = load_calibration(CONFIG)
    found = carry_out_calibration(
        calibration, folder, Serial(), lambda _: lambda _done, _total: None
    )
    parameters, pairs = told(found)
    write_csv(SHIPPED / "kept.csv", islice(kept_rows(found), SHIP))
    write_csv(SHIPPED / "patterns.csv", pattern_rows(found, calibration.patterns))
    write_csv(REFERENCE / "calibration-measured.csv", islice(measured_rows(found), SHIP))
    write_csv(REFERENCE / "calibration-parameters.csv", map(asdict, parameters))
    if pairs:
        write_csv(REFERENCE / "calibration-trade-offs.csv", map(asdict, pairs))
    assert found.design.shares is not None  # noqa: S101 - a Latin hypercube has shares
    shares = {
        factor.path: found.design.shares[found.kept, n] for n, factor in enumerate(found.factors)
    }
    drawn = [
        figures.ruled_out(found.seen, FIGURES),
        figures.measured(found.seen, calibration.patterns, found.kept, FIGURES),
        figures.parameters_told(parameters, shares, FIGURES),
        figures.traded_off(pairs, shares, FIGURES),
    ]  # fmt: skip
    for picture in drawn:
        if picture is not None:
            picture.png.unlink()
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(START)
    after = rest.partition(END)[2]
    PAGE.write_text(
        f"{before}{START}\n\n{page(calibration, found, folder)}\n\n{END}{after}", encoding="utf-8"
    )
    print(f"{int(found.kept.sum())} kept worlds; see {PAGE.relative_to(PROJECT)}")


if __name__ == "__main__":
    main()
