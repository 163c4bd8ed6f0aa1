"""From runs to findings: one for each claim, with all that may be said of it."""

import dataclasses
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.comparison import OutcomeComparison, compare_outcome
from collabsim.analysis.flips import Flips, flips
from collabsim.analysis.robustness import Side
from collabsim.claims.arms import Arm, Cell, Kind, World
from collabsim.claims.claim import Claim
from collabsim.claims.running import Runs
from collabsim.claims.verdicts import (
    Doubt,
    OverWorlds,
    Verdict,
    corrected,
    over_worlds,
    tested,
    verdict_of,
)
from collabsim.metrics import METRICS

type Numbers = NDArray[np.float64]
type Removal = Literal["removes", "weakens", "leaves", "turns", "nothing to remove"]

#: What is left of an effect, at most, where an ablation removes it, and where it weakens it.
REMOVED, WEAKENED = 1 / 3, 2 / 3


@dataclass(frozen=True, slots=True)
class Ablated:
    """What is left of an effect when something is switched off on both sides.

    Attributes:
        en: what is switched off, in English.
        nl: the same in Dutch.
        difference: what is left, in the unit of the outcome.
        low: lower end of its 95% interval.
        high: upper end.
        removal: in a word.

    """

    en: str
    nl: str
    difference: float
    low: float
    high: float
    removal: Removal


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a claim.

    Attributes:
        id: of the claim.
        metric: outcome.
        matters: smallest difference that matters.
        pairs: of runs with the same luck, at the defaults.
        mean_of: mean of the side that is expected to do something.
        mean_than: mean of the other, or the fixed number.
        difference: of the one minus the other.
        low: lower end of its 95% interval, for this claim alone.
        high: upper end.
        against_luck: difference as a multiple of what luck makes between regions.
        p: how likely luck makes it look so, corrected for the number of claims.
        claims: how many it was corrected for.
        verdict: what may be said.
        doubt: why nothing may be said, if so.
        fitted: whether the calibration used the fact as a pattern.
        kept: the effect over worlds that meet the published patterns.
        plausible: the effect over any draws of the plausible ranges.
        ablations: what removes it.
        flips: which assumptions turn it round, over both sorts of worlds together; of its two sides
            "a" is as expected.
        holds: of a contested claim, which assumptions tell the worlds in which it holds by enough to
            matter ("a") from all others; None of other claims.

    """

    id: str
    metric: str
    matters: float
    pairs: int
    mean_of: float
    mean_than: float
    difference: float
    low: float
    high: float
    against_luck: float
    p: float
    claims: int
    verdict: Verdict
    doubt: Doubt
    fitted: bool
    kept: OverWorlds | None
    plausible: OverWorlds | None
    ablations: tuple[Ablated, ...]
    flips: Flips
    holds: Flips | None


def findings(
    claims: Sequence[Claim],
    cells: Iterable[Cell],
    runs: Runs,
    worlds: Sequence[World],
    fitted: Collection[str] = (),
) -> list[Finding]:
    """What came of each claim, corrected for their number.

    Args:
        claims: those to tell of.
        cells: every claim in every setting.
        runs: outcomes of all runs that the cells need.
        worlds: as they were run.
        fitted: facts that the calibration used as patterns.

    """
    by_claim: dict[tuple[str, Kind], list[Cell]] = {}
    for cell in cells:
        by_claim.setdefault((cell.claim, cell.kind), []).append(cell)
    usual = {claim.id: compared(claim, by_claim[claim.id, "defaults"][0], runs) for claim in claims}
    alone = {claim.id: tested(usual[claim.id], claim.sign) for claim in claims}
    chances = corrected([alone[claim.id].p for claim in claims])
    found = []
    for claim, p in zip(claims, chances, strict=True):
        effects: dict[Kind, Numbers] = {}
        values = []
        for kind in ("kept", "plausible"):
            own = [
                (cell, effect_in(claim, cell, runs)) for cell in by_claim.get((claim.id, kind), [])
            ]
            known = [(cell, effect) for cell, effect in own if math.isfinite(effect)]
            effects[kind] = np.array([effect for _, effect in known])
            values += [values_of(claim, cell, worlds) for cell, _ in known]
        both = np.concatenate([effects["kept"], effects["plausible"]])
        over = {k: over_worlds(e, claim.matters) if e.size else None for k, e in effects.items()}
        is_fitted = claim.id in fitted or claim.fact in fitted
        verdict, doubt = verdict_of(alone[claim.id].verdict, p, over["kept"], fitted=is_fitted)
        at = usual[claim.id]
        found.append(Finding(
            claim.id, claim.metric, claim.matters, at.pairs, at.mean_b, at.mean_a, at.difference,
            at.low, at.high, at.against_luck, p, len(claims), verdict, doubt, is_fitted,
            over["kept"], over["plausible"],
            tuple(
                ablated(claim, cell, at, runs) for cell in by_claim.get((claim.id, "ablation"), [])
            ),
            turned(both, values, claim.matters),
            turned(both, values, claim.matters, "b") if claim.contested else None,
        ))  # fmt: skip
    return found


def goes_against(finding: Finding, sign: int) -> bool:
    """Whether a claim is contradicted, or would be if its effect is what it seems.

    Args:
        finding: of the claim.
        sign: 1 if the outcome is expected to be higher, -1 lower.

    """
    seems = max(sign * finding.low, sign * finding.high) < 0.0
    large = -sign * finding.difference > finding.matters
    return finding.verdict == "contradicted" or (seems and large)


def turned(
    effects: Numbers, worlds: Sequence[Mapping[str, Any]], matters: float, rest: Side = "neither"
) -> Flips:
    """Which assumptions turn an effect round; worlds in which it does not matter are on neither side.

    Args:
        effects: [worlds], positive where it goes the way that is expected.
        worlds: their values by path; only those that all of them have count.
        matters: smallest difference that matters.
        rest: side of worlds in which it does not matter.

    """
    if not worlds:
        return Flips(0, (), (), math.nan, math.nan, "one side")
    sides: list[Side] = [
        "a" if effect > matters else "b" if effect < -matters else rest for effect in effects
    ]
    paths = sorted(set.intersection(*map(set, worlds)))
    return flips({path: [world[path] for world in worlds] for path in paths}, sides)


def values_at(arm: Arm | None, cell: Cell, metric: str, runs: Runs) -> Numbers | None:
    """[replicates] an outcome of one side; None for a fixed number."""
    if arm is None:
        return None
    return np.array([runs[arm.key, replicate][metric] for replicate in cell.replicates])


def sides(claim: Claim, cell: Cell, runs: Runs) -> tuple[Numbers, Numbers]:
    """[replicates] an outcome of both sides."""
    of = values_at(cell.of, cell, claim.metric, runs)
    than = values_at(cell.than, cell, claim.metric, runs)
    assert of is not None  # noqa: S101 - only the other side may be a number
    return of, np.full(len(of), float(claim.than.value or 0.0)) if than is None else than


def compared(claim: Claim, cell: Cell, runs: Runs) -> OutcomeComparison:
    """One claim in one setting: B is the side that is expected to do something."""
    of, than = sides(claim, cell, runs)
    metric = dataclasses.replace(METRICS[claim.metric], matters=claim.matters)
    found = compare_outcome(claim.metric, than, of, metric)
    if claim.than.value is None:
        return found
    # Luck does nothing to a fixed number; what it does between regions shows in the other side.
    spread = found.spread_b
    return dataclasses.replace(
        found, against_luck=found.difference / spread if spread > 0.0 else math.nan
    )


def effect_in(claim: Claim, cell: Cell, runs: Runs) -> float:
    """The mean effect in one world, positive where it goes the way that is expected."""
    of, than = sides(claim, cell, runs)
    gaps = of - than
    known = gaps[np.isfinite(gaps)]
    return claim.sign * float(known.mean()) if known.size else math.nan


def values_of(claim: Claim, cell: Cell, worlds: Sequence[World]) -> dict[str, object]:
    """What a world says, but for what the claim itself sets."""
    world = next(w for w in worlds if (w.kind, w.number) == (cell.kind, cell.number))
    own = {*claim.of.settings, *claim.than.settings}
    return {path: value for path, value in world.values.items() if path not in own}


def ablated(claim: Claim, cell: Cell, usual: OutcomeComparison, runs: Runs) -> Ablated:
    """What is left of an effect in one ablation."""
    left = compared(claim, cell, runs)
    ablation = claim.ablations[cell.number]
    return Ablated(
        ablation.en, ablation.nl, left.difference, left.low, left.high, removal(usual, left)
    )


def removal(usual: OutcomeComparison, left: OutcomeComparison) -> Removal:
    """What an ablation does to an effect, in a word."""
    size = abs(usual.difference)
    if not usual.differs or math.isnan(left.low):
        return "nothing to remove"
    # Where every pair is equal there is nothing left, whatever an interval for shares makes of it.
    if left.tied == left.pairs or max(abs(left.low), abs(left.high)) <= REMOVED * size:
        return "removes"
    if left.differs and left.difference * usual.difference < 0.0:
        return "turns"
    return "weakens" if abs(left.difference) <= WEAKENED * size else "leaves"
