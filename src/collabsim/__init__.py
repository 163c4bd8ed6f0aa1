"""How organisations learn to work together, simulated month by month."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collabsim.config import load_scenario
    from collabsim.experiments.compare import compare_scenarios
    from collabsim.experiments.runs import run_scenarios
    from collabsim.model import CollaborationModel
    from collabsim.own import check_metric, check_rule, check_strategy, using

__version__ = "0.1.0"

__all__ = [
    "CollaborationModel",
    "__version__",
    "check_metric",
    "check_rule",
    "check_strategy",
    "compare_scenarios",
    "load_scenario",
    "run_scenarios",
    "using",
]

# Loaded when first used: the command line must answer `--help` at once.
_HOMES = {
    "CollaborationModel": "collabsim.model",
    "check_metric": "collabsim.own",
    "check_rule": "collabsim.own",
    "check_strategy": "collabsim.own",
    "compare_scenarios": "collabsim.experiments.compare",
    "load_scenario": "collabsim.config",
    "run_scenarios": "collabsim.experiments.runs",
    "using": "collabsim.own",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever is asked for
    """Import a public name when it is first used."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """Name what can be imported from here."""
    return sorted(__all__)
