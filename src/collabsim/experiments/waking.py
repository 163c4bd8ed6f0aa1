"""Waking the model up: loading it, and compiling what is not compiled yet.

A process compiles one function after the other. Where nothing is compiled yet a second process
therefore compiles the stages of the month from the last one backwards, into the same cache, and
this one goes forwards and loads what it finds there. Which of them compiles a function changes no
bit of it.
"""

import contextlib
import inspect
import os
import subprocess
import sys
from collections.abc import Callable, Generator
from typing import Any

import numba

from collabsim import month
from collabsim.borrowing import Borrowed
from collabsim.compiled import CACHE_FOLDER
from collabsim.experiments.executors import default_threads
from collabsim.experiments.runs import run_once
from collabsim.founding import first_world
from collabsim.parameters import Scenario
from collabsim.randomness import Luck

# Numba gives it no types.
type_of: Any = numba.typeof


def wake_up(scenario: Scenario, seed: int) -> None:
    """Have the model loaded and compiled, so that the time left can be told from then on."""
    brief = scenario.model_copy(update={"months": 1, "history_months": 0, "timeline": ()})
    with _help_from_the_other_end():
        run_once(brief, seed, 0)


def waking_up() -> str:
    """What to call that stage."""
    if _is_plain():
        return "loading the model (as plain Python, which is slow)"
    if CACHE_FOLDER is None:
        return "compiling the model (no cache can be written here; takes a minute or two)"
    if _is_compiled():
        return "loading the model"
    return "compiling the model (first use; takes a minute or two)"


def stages_with_types() -> list[tuple[Callable[..., None], tuple[Any, ...]]]:
    """The stages of a month, in order, with the types of what each is called with."""
    _, world = first_world(Scenario(), Luck(0, 0))
    kinds = {"world": Borrowed(type_of(world)), "month": numba.types.int64}
    functions = [vars(month)[name] for name in month.month_passes.__code__.co_names]
    return [
        (function, tuple(kinds[name] for name in inspect.signature(function).parameters))
        for function in functions
    ]


def compile_backwards() -> None:
    """Compile the stages of the month, the last one first."""
    for function, kinds in reversed(stages_with_types()):
        compiler: Any = function
        compiler.compile(kinds)


def _is_plain() -> bool:
    return os.environ.get("NUMBA_DISABLE_JIT", "0") != "0"


def _is_compiled() -> bool:
    return CACHE_FOLDER is not None and any(CACHE_FOLDER.rglob("*.months_pass-*.nbi"))


@contextlib.contextmanager
def _help_from_the_other_end() -> Generator[None]:
    """A second process that compiles too, where that helps: there is much to do, and a core free."""
    if _is_plain() or CACHE_FOLDER is None or _is_compiled() or default_threads() == 1:
        yield
        return
    process = None
    with contextlib.suppress(OSError):
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-P", "-m", __name__],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            # Whatever goes wrong there is done here, and told here.
            stderr=subprocess.DEVNULL,
        )
    try:
        yield
    finally:
        if process is not None:
            process.kill()
            process.wait()


if __name__ == "__main__":
    compile_backwards()
