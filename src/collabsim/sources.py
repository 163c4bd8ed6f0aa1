"""Which source files are the model: what compiled code and results depend on."""

import functools
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable

# Changing how configs are read, and results stored or shown, makes no other model.
NOT_THE_MODEL = {
    "__init__.py", "__main__.py", "analysis", "app", "claims", "cli", "config", "experiments", "figures",
    "own", "phrases.py", "reference", "report", "worlds",
}  # fmt: skip


@functools.cache
def model_sources() -> tuple[tuple[str, bytes], ...]:
    """Names and texts of the Python files that belong to the model, in order of name."""
    return tuple(sorted(_sources(files("collabsim"), "")))


def _sources(folder: Traversable, prefix: str) -> Iterable[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if not prefix and entry.name in NOT_THE_MODEL:
            continue
        if entry.is_dir():
            yield from _sources(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield f"{prefix}{entry.name}", entry.read_bytes()
