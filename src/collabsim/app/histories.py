"""Histories that are kept in memory, so that a change of what the table does makes no new one.

They are kept for the whole process, because each takes about a megabyte. Nothing of a session is in
them: a history is found by what it follows from, and is never changed.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from collabsim.app.recent import Recent
from collabsim.history import Start, history_key, prepare, with_yardstick_of
from collabsim.parameters import Scenario
from collabsim.randomness import Luck
from collabsim.world import World
from collabsim.yardstick import HelpedWell, helped_alone, yardstick_key

#: Bytes of histories that are kept; about 400 of a region of nine and fifty.
MOST_BYTES = 400_000_000
#: Yardsticks that are kept; each is one number a month.
MOST_YARDSTICKS = 4000

type Key = tuple[str, int, int]

#: Tables of zeros by kind, columns and shape.
_NOTHING: dict[tuple[type, str, tuple[int, ...]], Any] = {}


class Histories:
    """Ends of histories by what they follow from; who was used longest ago goes first.

    Args:
        most_bytes: how much is kept.

    """

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes = 0
        self._kept: OrderedDict[Key, tuple[Start, int]] = OrderedDict()
        self._yardsticks: Recent[Key, HelpedWell] = Recent(MOST_YARDSTICKS)
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def start(self, scenario: Scenario, seed: int, replicate: int) -> Start:
        """Give the end of a history, as ``history.prepare`` does.

        Raises:
            StartError: as ``prepare`` does.

        """
        key = (history_key(scenario), seed, replicate)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
        if kept is not None:
            return with_yardstick_of(kept[0], scenario, self._helped_alone)
        # Two threads may make the same one; that is rare, and they make the same.
        start = packed(prepare(scenario, seed, replicate, self._helped_alone))
        self._keep(key, start)
        return start

    def still_wanted(self, scenarios: Sequence[Scenario], seed: int, replicate: int) -> None:
        """Let histories that are kept not go yet: scenarios that are looked at have them."""
        with self._lock:
            for key in [(history_key(scenario), seed, replicate) for scenario in scenarios]:
                if key in self._kept:
                    self._kept.move_to_end(key)

    def _helped_alone(self, scenario: Scenario, luck: Luck, first: World | None) -> HelpedWell:
        """Give the yardstick; what lies between parties leaves it as it is."""
        key = (yardstick_key(scenario), luck.seed, luck.replicate)
        try:
            return self._yardsticks[key]
        except KeyError:
            measured = helped_alone(scenario, luck, first)
        with self._lock:
            return self._yardsticks.or_made(key, lambda: measured)

    def _keep(self, key: Key, start: Start) -> None:
        size = bytes_of(start)
        with self._lock:
            if key in self._kept:
                return
            self._kept[key] = start, size
            self._bytes += size
            while self._bytes > self._most_bytes and len(self._kept) > 1:
                _, (_, freed) = self._kept.popitem(last=False)
                self._bytes -= freed


#: Those of the process.
HISTORIES = Histories()


def kept_history(scenario: Scenario, seed: int, replicate: int) -> Start:
    """Give the end of a history, kept in memory for the whole process."""
    return HISTORIES.start(scenario, seed, replicate)


def packed(start: Start) -> Start:
    """Give the same start in less memory: tables that hold nothing are shared."""
    world = start.world._replace(
        tallies=shared_if_empty(start.world.tallies),
        record=type(start.world.record)(*map(shared_if_empty, start.world.record)),
    )
    return replace(start, world=world)


def shared_if_empty(table: Any) -> Any:  # noqa: ANN401 - a noun, which is a record array
    """Give one and the same table for all that hold nothing but zeros and are alike."""
    if np.frombuffer(np.ascontiguousarray(table).tobytes(), np.uint8).any():
        return table
    key = (type(table), str(table.dtype), table.shape)
    if key not in _NOTHING:
        nothing = np.zeros(table.shape, table.dtype).view(type(table))
        # A model copies what it changes; a mistake in that shows at once.
        nothing.flags.writeable = False
        _NOTHING[key] = nothing
    return _NOTHING[key]


def bytes_of(start: Start) -> int:
    """Give how much memory a start takes that no other start shares."""
    tables: list[Any] = [*start.world, *start.world.record, start.alone]
    own = [table for table in tables if isinstance(table, np.ndarray) and table.flags.writeable]
    return sum(table.nbytes for table in own)
