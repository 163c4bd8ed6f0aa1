"""Which file of the user's own is in use in this process, and how it reaches other processes."""

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from collabsim.config.errors import ConfigError, Place
from collabsim.delegation.strategies import OWN_STRATEGIES
from collabsim.metrics import OWN_METRICS
from collabsim.own.contract import CHECKS, ContractError
from collabsim.own.files import Declared, Own, OwnFile, declared_in, read_own
from collabsim.own.guarding import guarded_metric, guarded_rule, guarded_strategy, line_of
from collabsim.parameters.declaring import OWN_CHOICES
from collabsim.rules import OWN_RULES

_lock = threading.Lock()
_now: OwnFile | None = None


def in_use() -> OwnFile | None:
    """The file in use in this process, if there is one."""
    return _now


def take_up(own: OwnFile | None) -> None:
    """Use a file from now on, instead of another; None uses none.

    Raises:
        ConfigError: it cannot be used.

    """
    global _now  # noqa: PLW0603 - one file is in use in a process, as one registry is
    with _lock:
        if own == _now:
            return
        declared = Declared({}, {}, {})
        _put(declared)
        _now = None
        if own is not None:
            declared = declared_in(own)
            _put(declared)
            _now = own


def _put(declared: Declared) -> None:
    """Put what is declared beside what the package has, and take away what was put there before."""
    for registry in (OWN_STRATEGIES, OWN_METRICS, OWN_RULES):
        registry.clear()
    OWN_STRATEGIES.update({n: guarded_strategy(s) for n, s in declared.strategies.items()})
    OWN_METRICS.update({n: guarded_metric(m) for n, m in declared.metrics.items()})
    OWN_RULES.update({n: guarded_rule(r) for n, r in declared.rules.items()})
    OWN_CHOICES["table.delegation"] = set(declared.strategies)
    OWN_CHOICES["rules.own"] = set(declared.rules)


@contextmanager
def using(path: str | Path) -> Generator[OwnFile]:
    """Use a file of one's own for as long as the context lasts; everything in it meets its contract.

    Raises:
        ConfigError: it cannot be used; the message names file and line.

    """
    own, before = read_own(path), in_use()
    take_up(None)
    try:
        check(own)
        take_up(own)
        yield own
    finally:
        take_up(before)


def check(own: OwnFile) -> None:
    """Hold everything that a file declares against its contract.

    Raises:
        ConfigError: the first fault.

    """
    declared = declared_in(own)
    entries: list[Own] = [
        *declared.strategies.values(), *declared.metrics.values(), *declared.rules.values(),
    ]  # fmt: skip
    for entry in entries:
        try:
            CHECKS[type(entry)](entry)
        except ContractError as error:
            raise ConfigError.in_english(
                str(error),
                rule="what is your own meets the contract that the package's own meet",
                repair="repair it; the contract is in docs/how-to-own-strategy.md",
                place=Place(own.name, line_of(entry)),
                key=entry.name,
            ) from error


@dataclass(frozen=True, slots=True)
class Shipped[Block, Done]:
    """Work that takes the user's own file along to whatever process does it."""

    own: OwnFile | None
    work: Callable[[Block], Done]

    def __call__(self, block: Block) -> Done:
        """Use the file, or none if none was in use, and do the work."""
        take_up(self.own)
        return self.work(block)


def shipped[Block, Done](work: Callable[[Block], Done]) -> Shipped[Block, Done]:
    """Work that takes along what is in use here."""
    return Shipped(in_use(), work)
