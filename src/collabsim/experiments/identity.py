"""What makes a run that run: its parameters, seed, replicate and the version of the model."""

import functools
import hashlib
import json
from typing import Any

from collabsim import __version__
from collabsim.config import resolved
from collabsim.own import in_use
from collabsim.parameters import Scenario
from collabsim.parameters.scenario import LABELS
from collabsim.remembering import once_for_each
from collabsim.sources import model_sources

# These say what a scenario is called or was drawn with, not what happens in it.
_LABELS = {*LABELS, "seed"}
#: Stands in a version before the hash of the user's own file.
OWN = ".own."
type Value = bool | int | float | str | None


def model_version() -> str:
    """Version of the package and, after a plus, a hash of the sources that determine results.

    A file of the user's own that is in use is one of these, and has its hash at the end.
    """
    own = in_use()
    return package_version() if own is None else f"{package_version()}{OWN}{own.digest[:10]}"


@functools.cache
def package_version() -> str:
    """Version of the model without anything of the user's own."""
    digest = hashlib.sha256()
    for name, text in model_sources():
        digest.update(f"{name}\n{len(text)}\n".encode())
        digest.update(text)
    return f"{__version__}+{digest.hexdigest()[:10]}"


def run_id(scenario: Scenario, *, seed: int, replicate: int) -> str:
    """Identity of one run: 16 hexadecimal digits.

    Two runs with one identity have equal results, on one platform and with one set of libraries.
    The name and description of a scenario are no part of it.
    """
    parts = [_parameters(scenario), *map(_as_text, (seed, replicate, model_version()))]
    return _hash_of(f"[{','.join(parts)}]", digits=16)


@once_for_each
def _parameters(scenario: Scenario) -> str:
    """All that matters to a run, as text; making it takes half a millisecond."""
    return _as_text({key: value for key, value in resolved(scenario).items() if key not in _LABELS})


def short_hash(content: Any, *, digits: int = 8) -> str:  # noqa: ANN401 - anything that JSON holds
    """The first digits of the SHA-256 of some content, the same whatever the order of its keys."""
    return _hash_of(_as_text(content), digits=digits)


def _as_text(content: Any) -> str:  # noqa: ANN401 - anything that JSON holds
    """Content as JSON, the same whatever the order of its keys."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _hash_of(text: str, *, digits: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:digits]


def parameter_columns(scenario: Scenario) -> dict[str, Value]:
    """Every parameter of a scenario by its dotted path; lists and free mappings as JSON text.

    Paths are those of ``--set``: ``table.rotation.share_per_year``. The seed, name,
    description and version of the format are left out: they have their own place in results.
    """
    found: dict[str, Value] = {}
    for key, value in resolved(scenario).items():
        if key == "comparison" or key not in {*_LABELS, "schema"}:
            _flatten(key, value, found)
    return found


def _flatten(path: str, value: Any, found: dict[str, Value]) -> None:  # noqa: ANN401 - JSON
    """Add a value, or the values below it, to those found."""
    if isinstance(value, dict):
        for key, inner in value.items():
            _flatten(f"{path}.{key}", inner, found)
    elif isinstance(value, list):
        found[path] = json.dumps(value, ensure_ascii=False)
    else:
        found[path] = value
