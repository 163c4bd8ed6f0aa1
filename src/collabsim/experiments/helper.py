"""A second process that does half of some work, where a second core would be idle.

It is a child with two pipes, because a fork of a process with threads may never wake up, and
``multiprocessing`` would run the caller's own script again in the child.
"""

import contextlib
import importlib
import pickle
import subprocess
import sys
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any, Self


class Helper:
    """Does work in two processes, the second of which is started before there is any work.

    Where no process can be started, or it breaks, everything is done in this one. Which of them
    does what follows from the number of pieces alone. Leaving the context ends the process; and
    it ends by itself when this one is gone.

    Args:
        module: what the second process imports while it waits; all that its work needs.
        wanted: False starts no process, as befits who asked for one thread.

    """

    def __init__(self, module: str, *, wanted: bool = True) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        if wanted and sys.executable:
            with contextlib.suppress(OSError):
                self._process = subprocess.Popen(  # noqa: S603 - our own program
                    [sys.executable, "-P", "-m", __name__, module],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    # What goes wrong there is done again here, and then told.
                    stderr=subprocess.DEVNULL,
                )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end()

    def do[Done](self, work: Sequence[Callable[[], Done]]) -> list[Done]:
        """Do pieces of work, the middle half of them in the second process.

        Args:
            work: functions that can be pickled; best in an order in which the middle half takes
                as long as the rest.

        Returns:
            What each gave back, in the order of the pieces.

        Raises:
            Exception: what a piece raised.

        """
        # Of four it gets two, of two or three one, and a single piece is done here.
        begin, end = 1, 1 + len(work) // 2
        theirs = work[begin:end]
        asked = self._ask(theirs)
        try:
            first, last = ([piece() for piece in ours] for ours in (work[:begin], work[end:]))
        except BaseException:
            # Nobody will ask for the answer, and it must not be taken for that to another question.
            self._end()
            raise
        answer: list[Done] | None = self._answer() if asked else None
        return [*first, *([piece() for piece in theirs] if answer is None else answer), *last]

    def _ask(self, work: Sequence[Callable[[], object]]) -> bool:
        """Hand over work; whether it was taken."""
        if self._process is None or self._process.stdin is None or not work:
            return False
        try:
            self._process.stdin.write(pickle.dumps(work))
            self._process.stdin.flush()
        except OSError:
            return False
        return True

    def _answer(self) -> Any:  # noqa: ANN401 - whatever the pieces gave back
        """What the work gave back, when it is done; None if the process broke."""
        if self._process is None or self._process.stdout is None:
            return None
        try:
            return pickle.load(self._process.stdout)  # noqa: S301 - from our own process
        except (OSError, EOFError, pickle.UnpicklingError):
            return None

    def _end(self) -> None:
        """Stop the process, whatever it does; from now on everything is done here."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            # What was written to a process that broke cannot be flushed.
            with contextlib.suppress(OSError), process:
                pass


def _help(module: str) -> None:
    """Do what the pipe asks for, until it is closed; an error ends the process."""
    answers, sys.stdout = sys.stdout.buffer, sys.stderr
    importlib.import_module(module)
    while True:
        work = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
        answers.write(pickle.dumps([piece() for piece in work]))
        answers.flush()


if __name__ == "__main__":
    _help(sys.argv[1])
