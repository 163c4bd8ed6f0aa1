"""The manifest of a results folder: everything needed to cite the runs and to repeat them."""

import platform
import subprocess
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import collabsim
from collabsim.config import resolved
from collabsim.experiments.identity import model_version, short_hash
from collabsim.experiments.runs import RunResult
from collabsim.experiments.store import SCHEMA
from collabsim.own import in_use
from collabsim.parameters import Scenario

_LIBRARIES = ("numba", "numpy", "mesa", "pandas", "pyarrow", "scipy")


def experiment_id(scenarios: Sequence[Scenario], *, seed: int, replicates: int) -> str:
    """Eight hexadecimal digits that tell this experiment from others of the same name."""
    return short_hash([[resolved(s) for s in scenarios], seed, replicates, model_version()])


def describe_experiment(
    results: Sequence[RunResult],
    scenarios: Sequence[Scenario],
    *,
    name: str,
    command: str,
    replicates: int,
    threads: int,
    seconds: Mapping[str, float],
    interrupted: bool = False,
    about: str = "",
    in_dutch: tuple[str, str] = ("", ""),
) -> dict[str, Any]:
    """What ``manifest.json`` says.

    Args:
        results: the runs that were made.
        scenarios: the worlds that were run; the first is the reference.
        name: name of the experiment.
        command: which command, or "python".
        replicates: how many were asked for.
        threads: on how many threads they ran.
        seconds: wall time by stage.
        interrupted: whether Ctrl-C ended it early.
        about: what is asked.
        in_dutch: name and ``about`` for who reads Dutch, or "".

    """
    failed = sum(result.status == "failed" for result in results)
    return {
        "schema": SCHEMA,
        "name": name,
        "about": about,
        "name_nl": in_dutch[0],
        "about_nl": in_dutch[1],
        "command": command,
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "seed": results[0].seed if results else None,
        "replicates": replicates,
        "runs": {"done": len(results) - failed, "failed": failed},
        "interrupted": interrupted,
        "threads": threads,
        "seconds": {stage: round(value, 3) for stage, value in seconds.items()},
        "versions": versions(),
        "commit": commit(),
        "own": own_source(),
        "scenarios": [resolved(scenario) for scenario in scenarios],
    }


def own_source() -> dict[str, str] | None:
    """The user's own file that is in use, in full; it is kept to be read, and never run from here."""
    own = in_use()
    if own is None:
        return None
    return {"file": Path(own.name).name, "sha256": own.digest, "source": own.source}


def versions() -> dict[str, str]:
    """Versions of the model, of Python and of the libraries that numbers come from."""
    found = {
        "collabsim": collabsim.__version__,
        "model": model_version(),
        "python": platform.python_version(),
        "platform": platform.platform(),
    }
    for library in _LIBRARIES:
        try:
            found[library] = version(library)
        except PackageNotFoundError:
            found[library] = "not found"
    return found


def commit() -> str | None:
    """The git commit of these sources, with "-dirty" if they differ from it; None if unknown."""
    folder = Path(collabsim.__file__).parent
    try:
        # An installed package may lie inside somebody else's repository.
        _git(folder, "ls-files", "--error-unmatch", "__init__.py")
        return _git(folder, "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*")
    except (OSError, subprocess.SubprocessError):
        return None


def _git(folder: Path, *words: str) -> str:
    """What a git command answers."""
    command = ["git", "-C", str(folder), *words]
    answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=5)  # noqa: S603
    return answer.stdout.strip()
