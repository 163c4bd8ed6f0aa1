"""Calibration by history matching: which worlds agree with what is known, and which do not.

A pattern says between which values something lies, and how far the fact or the shape of the model
may be off. A world is ruled out by a pattern when the mean of its replicates lies outside by more
than ``CUT_OFF`` times what luck and that tolerance leave open together. Nothing is fitted: worlds
are drawn beforehand, and kept or not.

Source: Craig and others (1997) and Vernon and others (2010) for implausibility; 3 by Pukelsheim's
rule, by which 95% of any distribution with one top lies within three standard deviations.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Values = NDArray[np.float64]

#: Above this implausibility a world is ruled out.
CUT_OFF = 3.0
#: What is called so rests on no published number.
JUDGEMENT = "judgement"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Something that a world must show.

    Attributes:
        name: in a few words.
        measures: outcomes, of which the mean is looked at.
        against: name of a pair; then it is the pair minus the scenario, with the same luck.
        low: lowest value that agrees with the fact.
        high: highest value that agrees with it.
        tolerance: how far fact and model may be off, as a standard deviation.
        fact: of the evidence, like "F27", or "judgement".
        source: key of the literature; "" for a judgement.
        why: reason for bounds and tolerance.

    """

    name: str
    measures: tuple[str, ...]
    against: str
    low: float
    high: float
    tolerance: float
    fact: str
    source: str
    why: str

    @property
    def within(self) -> tuple[float, float]:
        """What is ruled out by nothing but luck lies between these."""
        return self.low - CUT_OFF * self.tolerance, self.high + CUT_OFF * self.tolerance


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """One pattern over all worlds that were looked at.

    Attributes:
        means: [worlds] mean over replicates; NaN where it was not looked at or is undefined.
        luck: standard deviation between replicates of one world.
        implausible: [worlds] how implausible each is; infinite where undefined.
        looked_at: [worlds] whether this pattern was looked at.

    """

    means: Values
    luck: float
    implausible: Values
    looked_at: NDArray[np.bool_]

    @property
    def ruled_out(self) -> NDArray[np.bool_]:
        """[worlds] whether the pattern rules a world out."""
        return np.asarray(self.looked_at & (self.implausible > CUT_OFF))


@dataclass(frozen=True, slots=True)
class Tally:
    """What one pattern did.

    Attributes:
        looked_at: worlds in which it was looked at.
        ruled_out: those of them that it rules out.
        uniquely: those that it rules out and no other pattern does.

    """

    looked_at: int
    ruled_out: int
    uniquely: int


def seen(pattern: Pattern, replicates: Values, looked_at: NDArray[np.bool_]) -> Seen:
    """Hold a pattern against worlds.

    Args:
        pattern: the pattern.
        replicates: [worlds, replicates] what each run gave; NaN where undefined.
        looked_at: [worlds] where it was looked at.

    """
    counts = np.isfinite(replicates).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        means = np.where(counts > 0, np.nansum(replicates, axis=1) / counts, np.nan)
    low, high = pattern.within
    # Luck is that of worlds near what is known: it is much larger where a region breaks down.
    near = (means >= low) & (means <= high) & (counts > 1)
    if not near.any():
        near = counts > 1
    squares = np.nansum((replicates[near] - means[near, None]) ** 2)
    freedom = int((counts[near] - 1).sum())
    luck = math.sqrt(squares / freedom) if freedom else 0.0
    outside = np.maximum(0.0, np.maximum(pattern.low - means, means - pattern.high))
    doubt = np.sqrt(pattern.tolerance**2 + luck**2 / np.maximum(1, counts))
    with np.errstate(invalid="ignore", divide="ignore"):
        implausible = np.where(outside > 0.0, outside / doubt, 0.0)
    implausible = np.where(np.isfinite(means), implausible, np.inf)
    return Seen(means, luck, implausible, looked_at)


def kept(found: Sequence[Seen]) -> NDArray[np.bool_]:
    """[worlds] whether each was looked at for every pattern, and ruled out by none."""
    return np.asarray(np.all([one.looked_at & ~one.ruled_out for one in found], axis=0))


def tallies(found: Mapping[str, Seen]) -> dict[str, Tally]:
    """How much each pattern rules out, alone and as the only one."""
    out = {name: one.ruled_out for name, one in found.items()}
    by_how_many = np.sum(list(out.values()), axis=0)
    return {
        name: Tally(
            int(found[name].looked_at.sum()),
            int(ruled.sum()),
            int((ruled & (by_how_many == 1)).sum()),
        )
        for name, ruled in out.items()
    }
