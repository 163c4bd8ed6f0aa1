"""Scenarios run with the same luck and compared: each with the first, which is the reference."""

from collections.abc import Sequence
from pathlib import Path

from collabsim.analysis.comparison import Comparison
from collabsim.analysis.evidence import evidence_of_runs
from collabsim.analysis.verdict import comparisons_of
from collabsim.config import load_scenario
from collabsim.config.comparison import check_different
from collabsim.experiments.runs import check_names, run_scenarios
from collabsim.parameters import Scenario


def compare_scenarios(
    scenarios: Sequence[Scenario | str | Path],
    *,
    seed: int | None = None,
    replicates: int | Sequence[int] = 100,
    threads: int | None = None,
) -> list[Comparison]:
    """Run scenarios and compare each with the first, outcome by outcome.

    Args:
        scenarios: two or more, or paths of their files; the first is the reference.
        seed: seed of the experiment; None takes the seed of the first scenario.
        replicates: how many, counted from 0, or the very numbers to run.
        threads: number of threads; None takes all cores that this process may use.

    Returns:
        One comparison for each scenario but the first. A run that failed counts as undefined.

    Raises:
        ValueError: fewer than two scenarios, or as for ``run_scenarios``.
        ConfigError: a file cannot be used, or two scenarios are the same in all parameters.

    """
    given = [scenarios] if isinstance(scenarios, Scenario | str | Path) else scenarios
    if len(given) < 2:  # noqa: PLR2004 - it takes two to compare
        raise ValueError(
            f"it takes two to compare, and the number of scenarios given is {len(given)}; "
            "give a list of two or more"
        )
    worlds = [s if isinstance(s, Scenario) else load_scenario(s) for s in given]
    check_names(worlds)
    check_different(worlds)
    results = run_scenarios(worlds, seed=seed, replicates=replicates, threads=threads)
    return list(comparisons_of(evidence_of_runs(results)))
