"""A user's own file: its source, and what it declares; errors name the file and the line."""

import hashlib
import sys
import traceback
import types
from dataclasses import dataclass
from pathlib import Path

from collabsim.config.errors import ConfigError, Place, shown
from collabsim.delegation.strategies import STRATEGIES, Strategy
from collabsim.metrics import METRICS, Metric
from collabsim.rules import RULES, OwnRule
from collabsim.series import SERIES

LARGEST_FILE_BYTES = 1_000_000

type Own = Strategy | Metric | OwnRule
KINDS = (Strategy, Metric, OwnRule)


@dataclass(frozen=True, slots=True)
class OwnFile:
    """The source of a user's own file, as it goes along to workers and into manifests.

    Attributes:
        name: the file as the user would name it.
        source: all of its text.

    """

    name: str
    source: str

    @property
    def digest(self) -> str:
        """SHA-256 of the source, in hexadecimal; the name of the file is no part of it."""
        return hashlib.sha256(self.source.encode()).hexdigest()

    @property
    def module(self) -> str:
        """The name under which it is imported, in this process and in workers."""
        return f"collabsim_own_{self.digest[:16]}"


@dataclass(frozen=True, slots=True)
class Declared:
    """What a file declares, by name."""

    strategies: dict[str, Strategy]
    metrics: dict[str, Metric]
    rules: dict[str, OwnRule]


def read_own(path: str | Path) -> OwnFile:
    """Read the source of a user's own file, without running it.

    Raises:
        ConfigError: there is no such file, or it holds no Python text.

    """
    file = Path(path)
    try:
        if not file.is_file():
            raise unusable(str(file), None, "there is no such file")
        content = file.read_bytes()
        if len(content) > LARGEST_FILE_BYTES:
            raise unusable(str(file), None, f"this file has {len(content):,} bytes")
        return OwnFile(str(file), content.decode("utf-8"))
    except (OSError, ValueError) as error:
        raise unusable(
            str(file), None, f"this file cannot be read ({type(error).__name__})"
        ) from error


def declared_in(own: OwnFile) -> Declared:
    """Run the file, and give the strategies, outcomes and ground rules that it declares.

    Raises:
        ConfigError: it raised, declares nothing, or declares a name that is taken.

    """
    made = [thing for thing in vars(imported(own)).values() if isinstance(thing, KINDS)]
    # Under two names at the top level it is still one.
    entries = list({id(thing): thing for thing in made}.values())
    if not entries:
        raise unusable(
            own.name,
            None,
            "this file declares nothing",
            "make a Strategy, Metric or OwnRule of collabsim.own, and give it a name",
        )
    taken = {*STRATEGIES, *METRICS, *SERIES, *RULES}
    for entry in entries:
        name: object = entry.name
        if not isinstance(name, str) or name in taken:
            raise unusable(
                own.name, None, f"the name {shown(name)} cannot be used",
                "give each of your own a name that nothing else has, in small letters",
            )  # fmt: skip
        taken.add(entry.name)
    return Declared(
        {entry.name: entry for entry in entries if isinstance(entry, Strategy)},
        {entry.name: entry for entry in entries if isinstance(entry, Metric)},
        {entry.name: entry for entry in entries if isinstance(entry, OwnRule)},
    )


def imported(own: OwnFile) -> types.ModuleType:
    """The file as a module, that can be pickled by name; run once in a process."""
    if own.module in sys.modules:
        return sys.modules[own.module]
    module = types.ModuleType(own.module)
    module.__file__ = own.name
    sys.modules[own.module] = module
    try:
        exec(compile(own.source, own.name, "exec"), vars(module))  # noqa: S102 - whom the user gave
    except KeyboardInterrupt:
        del sys.modules[own.module]
        raise
    except BaseException as error:
        del sys.modules[own.module]
        raise unusable(own.name, line_in(own.name, error), in_short(error)) from error
    return module


def line_in(name: str, error: BaseException) -> int | None:
    """The last line of a file that an error came through."""
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno
    lines = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == name]
    return lines[-1] if lines else None


def in_short(error: BaseException) -> str:
    """What was raised, in one line of reasonable length."""
    text = error.msg if isinstance(error, SyntaxError) else str(error)
    return " ".join(f"{type(error).__name__}: {text}".split())[:300]


def unusable(name: str, line: int | None, found: str, repair: str = "") -> ConfigError:
    """The error for a file that cannot be used."""
    return ConfigError.in_english(
        found,
        rule="a file of your own is Python that runs as it stands",
        repair=repair or "repair it; an example is in docs/how-to-own-strategy.md",
        place=Place(name, line),
    )
