"""What may be said of a claim, in the light of luck, of what matters, and of how many claims there are.

Of each claim three things can be true: the effect is as expected and matters, it is the other way and
matters, or it does not matter. Against each stands a one-sided t-test whose bound is the smallest
difference that matters; twice the smallest of the three is the p-value of the claim, so that alone it
agrees with a 95% interval. All claims together are corrected after Benjamini and Yekutieli (2001): at
most one in twenty of what is told is expected to be luck, however claims hang together, and these share
controls and luck. Holm would guard against a single mistake among all; a page that is read row by row
asks how many of its rows can be trusted.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.comparison import OutcomeComparison
from collabsim.analysis.intervals import share_interval

type Verdict = Literal[
    "supported", "contradicted", "no difference that matters", "not known", "fitted"
]
type Doubt = Literal["", "luck", "assumptions"]
type Numbers = NDArray[np.float64]

#: Chance of a mistake that is allowed.
MISTAKES = 0.05
#: Fewer worlds than this do not overrule what comes out at the defaults.
FEWEST_WORLDS = 10
#: Below this a difference is what rounding leaves.
ROUNDING = 1e-12


@dataclass(frozen=True, slots=True)
class Tested:
    """What one comparison says by itself.

    Attributes:
        verdict: the likeliest of the three.
        p: how likely luck makes it look so.

    """

    verdict: Verdict
    p: float


@dataclass(frozen=True, slots=True)
class Share:
    """In how many of some worlds something holds.

    Attributes:
        count: worlds in which it holds.
        worlds: worlds looked at.
        low: lower end of the 95% interval of the share (Wilson).
        high: upper end.

    """

    count: int
    worlds: int
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class OverWorlds:
    """One effect over worlds, one value each.

    Attributes:
        as_expected: worlds in which it goes the way that is expected.
        matters: worlds in which it does so by enough to matter.
        against: worlds in which it goes the other way by enough to matter.
        little: worlds in which it does not matter.
        mean: over worlds, positive as expected.

    """

    as_expected: Share
    matters: Share
    against: Share
    little: Share
    mean: float


def share_of(holds: NDArray[np.bool_]) -> Share:
    """Count worlds, with the interval of their share."""
    count, worlds = int(holds.sum()), int(holds.size)
    if not worlds:
        return Share(0, 0, math.nan, math.nan)
    return Share(count, worlds, *share_interval(count, worlds))


def over_worlds(effects: Numbers, matters: float) -> OverWorlds:
    """Say in which worlds an effect holds.

    Args:
        effects: [worlds], positive where it goes the way that is expected.
        matters: smallest difference that matters.

    """
    return OverWorlds(
        share_of(effects > ROUNDING), share_of(effects > matters), share_of(effects < -matters),
        share_of(np.abs(effects) <= matters), float(effects.mean()) if effects.size else math.nan,
    )  # fmt: skip


def tested(found: OutcomeComparison, sign: int) -> Tested:
    """The likeliest of the three, and how likely luck makes it look so.

    Args:
        found: the side that is expected to do something, against the other.
        sign: 1 if it is expected to be higher, -1 lower.

    """
    from scipy.special import stdtr, stdtrit

    if found.pairs < 2 or math.isnan(found.low):  # noqa: PLR2004 - one pair has no spread
        return Tested("not known", 1.0)
    freedom = found.pairs - 1
    centre = sign * (found.low + found.high) / 2.0
    error = (found.high - found.low) / 2.0 / float(stdtrit(freedom, 0.975))
    margins: dict[Verdict, float] = {
        "supported": centre - found.matters,
        "contradicted": -centre - found.matters,
        "no difference that matters": found.matters - abs(centre),
    }
    verdict = max(margins, key=lambda name: margins[name])
    if error == 0.0:
        return Tested(verdict, 0.0 if margins[verdict] > 0.0 else 1.0)
    return Tested(verdict, min(1.0, 2.0 * float(stdtr(freedom, -margins[verdict] / error))))


def corrected(chances: Sequence[float]) -> list[float]:
    """P-values of all claims, corrected for their number."""
    from scipy.stats import false_discovery_control

    return [float(p) for p in false_discovery_control(chances, method="by")] if chances else []


def verdict_of(
    likeliest: Verdict, p: float, kept: OverWorlds | None, *, fitted: bool
) -> tuple[Verdict, Doubt]:
    """What may be said, and why nothing if nothing may.

    Args:
        likeliest: of the three, at the defaults.
        p: corrected for the number of claims.
        kept: the effect over the kept worlds; None if none were run.
        fitted: whether the calibration used the fact as a pattern.

    """
    if p > MISTAKES or likeliest == "not known":
        return "not known", "luck"
    if kept is not None and kept.as_expected.worlds >= FEWEST_WORLDS:
        # Most of the assumptions examined must say the same, beyond doubt about how many do.
        most: Mapping[str, bool] = {
            "supported": kept.as_expected.low > 0.5,  # noqa: PLR2004 - most
            "contradicted": kept.as_expected.high < 0.5,  # noqa: PLR2004
            "no difference that matters": kept.little.low > 0.5,  # noqa: PLR2004
        }
        if not most[likeliest]:
            return "not known", "assumptions"
    return ("fitted" if fitted and likeliest == "supported" else likeliest), ""
