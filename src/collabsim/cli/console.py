"""How the commands speak: tables and progress for people, plain lines in a pipe, or one JSON."""

import json
import math
import re
import sys
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from rich import box
from rich.console import Console as RichConsole
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

# Control characters from a config could steer the terminal.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
# In a pipe nobody's window is known, and a cut table cannot be read.
_PIPE_WIDTH = 240
# In a window below this width every character goes to the words.
_NARROW = 100


class Advance(Protocol):
    """Says how much of a stage is done."""

    def __call__(self, done: int, total: int, /) -> None:
        """``done`` of ``total`` pieces are done."""


class Console:
    """Where a command writes.

    Answers go to standard output; progress, warnings and errors to standard error. With
    ``as_json`` standard output gets one JSON document from ``answer`` and nothing else.
    Everything that comes from a config is escaped, so that it cannot pose as markup.
    """

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json
        self._out = _rich(sys.stdout)
        self._err = _rich(sys.stderr)

    def say(self, text: str = "", *, style: str | None = None) -> None:
        """Write a line of the answer for people."""
        if not self.as_json:
            self._out.print(_safe(text), style=style, highlight=False, soft_wrap=True)

    def warn(self, text: str) -> None:
        """Write a line that is no part of the answer."""
        self._err.print(_safe(text), highlight=False, soft_wrap=True)

    def answer(self, document: Mapping[str, Any]) -> None:
        """Write the whole answer for machines; numbers that are not defined become null."""
        if self.as_json:
            print_json(document)

    def table(
        self,
        title: str,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        *,
        words: Sequence[int] = (0,),
    ) -> None:
        """Write a table; the columns numbered in ``words`` hold words, the others numbers."""
        if self.as_json:
            return
        pretty = self._out.is_terminal
        head = box.SIMPLE_HEAD if pretty else None
        gap = 0 if self._out.width < _NARROW else 1
        table = Table(box=head, show_edge=False, pad_edge=False, padding=(0, gap, 0, 0))
        for place, column in enumerate(columns):
            cells = [row[place] for row in rows]
            # A number stays in one piece, so that the first column gets the room that is left.
            pieces = [*column.split(), *(" ".join(cells).split() if place in words else cells)]
            least = max(map(len, pieces), default=0) + 2 * (place in words)
            table.add_column(
                _safe(column),
                justify="left" if place in words else "right",
                no_wrap=not pretty,
                width=least if pretty and place > 0 else None,
            )
        for row in rows:
            table.add_row(*map(_safe, row))
        self.say()
        self.say(title, style="bold")
        if pretty:
            self._out.print(table, highlight=False)
            return
        with self._out.capture() as capture:
            self._out.print(table, highlight=False)
        # Padding at the ends of lines helps nobody who compares or copies text.
        lines = (line.rstrip() for line in capture.get().splitlines())
        self._out.print("\n".join(lines), markup=False, highlight=False, soft_wrap=True)

    @contextmanager
    def stage(self, text: str) -> Generator[Advance]:
        """Show one stage of the work: a bar with the time left, or one line when it is done."""
        began = time.perf_counter()
        if not self._err.is_terminal:
            yield _count_nothing
            self.warn(f"{text}: done in {time.perf_counter() - began:.1f} s")
            return
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=self._err, transient=True) as progress:
            task = progress.add_task(_safe(text), total=None)

            def advance(done: int, total: int, /) -> None:
                progress.update(task, completed=done, total=total)

            yield advance
        self.warn(f"{text}: {time.perf_counter() - began:.1f} s")


def print_json(document: Mapping[str, Any]) -> None:
    """Write one JSON document to standard output."""
    sys.stdout.write(json.dumps(_plain(document), indent=2, ensure_ascii=False) + "\n")


def _safe(text: str) -> str:
    """Text that is printed as it stands, whatever it holds."""
    return escape(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", text))


def _plain(value: Any) -> Any:  # noqa: ANN401 - anything that is to become JSON
    """A value as JSON can hold it."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | Iterator):
        return [_plain(inner) for inner in value]
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def _rich(stream: Any) -> RichConsole:  # noqa: ANN401 - a text stream, also a captured one
    """A Rich console on a stream, as wide as its window, or wide enough for any table."""
    if stream.isatty():
        return RichConsole(file=stream)
    return RichConsole(file=stream, width=_PIPE_WIDTH, force_terminal=False, color_system=None)


def _count_nothing(done: int, total: int, /) -> None:
    """In a pipe only finished stages are told."""
