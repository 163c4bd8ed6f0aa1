"""What an answer of the computer says beside the verdict: rings, grades, failures."""

from collections import Counter
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from collabsim.app.answer import Answer
from collabsim.cli.pictures import view_of
from collabsim.experiments.runs import PICTURED, RunResult
from collabsim.figures import NetworkView
from collabsim.grades import GRADES


@dataclass(frozen=True, slots=True)
class GradeChange:
    """One grade of one scenario: means over the replicates in which it is known.

    Attributes:
        before: at month 0.
        after: at the end.

    """

    before: float
    after: float


def networks(answer: Answer) -> dict[str, NetworkView]:
    """Give per scenario who helped whom in the replicate that is pictured."""
    done = [result for result in answer.results if result.status == "done"]
    runs = Counter(result.scenario for result in done)
    rings = Counter(result.scenario for result in done if result.organisations["inner_ring"].any())
    return {
        result.scenario: replace(
            view_of(pd.DataFrame(dict(result.organisations)), pd.DataFrame(dict(result.ties))),
            found=(rings[result.scenario], runs[result.scenario]),
        )
        for result in done
        if result.replicate == PICTURED
    }


def grades(answer: Answer) -> dict[str, dict[str, GradeChange]]:
    """Give per scenario the six grades at month 0 and at the end."""
    return {
        name: {
            grade: GradeChange(
                mean_known([before[grade] for before in answer.before[name]]),
                mean_known(answer.evidence.outcomes[name].get(f"grade_{grade}", ())),
            )
            for grade in GRADES
        }
        for name in answer.wish.names
    }


def failures(answer: Answer) -> list[RunResult]:
    """Give the runs that failed."""
    return [result for result in answer.results if result.status != "done"]


def mean_known(values: ArrayLike) -> float:
    """Mean of the values that are defined; NaN if there are none."""
    known = np.asarray(values, dtype=np.float64)
    known = known[np.isfinite(known)]
    return float(known.mean()) if known.size else float("nan")
