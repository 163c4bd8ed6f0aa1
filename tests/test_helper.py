"""The second process: what it does, and that nobody notices when it cannot."""

import math
import os
import subprocess
import time
from collections.abc import Callable
from functools import partial

import pytest

from collabsim.experiments.helper import Helper


def test_half_of_the_work_is_done_in_a_second_process_and_comes_back_in_order() -> None:
    with Helper("math") as helper:
        assert helper.do([partial(math.sqrt, number * number) for number in range(5)]) == list(
            range(5)
        )
        first, second, third, last = helper.do([os.getpid] * 4)
    assert first == last == os.getpid()
    assert second == third != first


def test_a_single_piece_is_done_here() -> None:
    with Helper("math") as helper:
        assert helper.do([os.getpid]) == [os.getpid()]
        assert helper.do([]) == []


def test_for_one_thread_no_process_is_started() -> None:
    with Helper("math", wanted=False) as helper:
        assert helper._process is None
        assert helper.do([os.getpid] * 2) == [os.getpid()] * 2


def test_where_no_process_can_be_started_everything_is_done_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    with Helper("math") as helper:
        assert helper.do([os.getpid] * 2) == [os.getpid()] * 2


@pytest.mark.parametrize("module", ["math", "no.such.module"])
def test_what_a_process_that_broke_leaves_is_done_here(module: str) -> None:
    with Helper(module) as helper:
        process = helper._process
        assert process is not None
        if module == "math":
            process.kill()
        process.wait(timeout=60)
        assert helper.do([os.getpid] * 2) == [os.getpid()] * 2
        assert helper.do([os.getpid] * 2) == [os.getpid()] * 2


def test_an_error_in_a_piece_is_raised_here_whichever_process_had_it() -> None:
    pieces = [partial(math.sqrt, 1.0), partial(math.sqrt, -1.0)]
    for work in (pieces, pieces[::-1]):
        with Helper("math") as helper, pytest.raises(ValueError, match="domain"):
            helper.do(work)


def test_no_process_is_left_after_the_work_nor_after_an_error() -> None:
    with Helper("math") as helper:
        process = helper._process
        helper.do([os.getpid] * 2)
    assert process is not None
    assert process.poll() is not None


def test_the_process_is_ended_in_the_middle_of_its_work_when_this_one_is_interrupted() -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    work: list[Callable[[], None]] = [interrupted, partial(time.sleep, 600.0)]
    with Helper("time") as helper:
        process = helper._process
        with pytest.raises(KeyboardInterrupt):
            helper.do(work)
        assert helper.do([os.getpid] * 2) == [os.getpid()] * 2
    assert process is not None
    assert process.poll() is not None


def test_the_second_process_ends_by_itself_when_the_first_is_gone() -> None:
    # The pipe of a process that is gone is closed.
    with Helper("math") as helper:
        process = helper._process
        assert process is not None
        assert process.stdin is not None
        process.stdin.close()
        process.wait(timeout=60)
