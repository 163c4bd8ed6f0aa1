"""Where blocks are run: one after the other, in threads, in processes, or on a cluster.

An executor takes a function and blocks of work and gives back what is done, in the order in which
it gets done. Whoever reads the answers must not depend on that order. Closing the iterator, or an
exception such as Ctrl-C while waiting for it, means that no new block is started.
"""

import asyncio
import contextlib
import importlib
import itertools
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    CancelledError,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol

#: How long to wait for a Dask scheduler to answer.
PATIENCE = "20s"


def default_threads() -> int:
    """The number of cores that this process may use; at least 1."""
    return os.process_cpu_count() or 1


class Executor(Protocol):
    """Runs blocks of work, somewhere."""

    def run[Block, Done](
        self, work: Callable[[Block], Done], blocks: Iterable[Block]
    ) -> Generator[Done]:
        """Give back what ``work`` makes of each block, as it gets done."""
        ...


@dataclass(frozen=True, slots=True)
class Serial:
    """One block after the other, in the thread of the caller: for debuggers and profilers."""

    def run[Block, Done](
        self, work: Callable[[Block], Done], blocks: Iterable[Block]
    ) -> Generator[Done]:
        """Give back what ``work`` makes of each block, in the order of the blocks."""
        for block in blocks:
            yield work(block)


@dataclass(frozen=True, slots=True)
class Threads:
    """Blocks spread over threads of this process; compiled months leave Python's lock free.

    Attributes:
        count: number of threads, 1 or more.

    """

    count: int

    def __post_init__(self) -> None:
        if self.count < 1:
            raise ValueError(f"threads is {self.count}; at least 1 is needed")

    def run[Block, Done](
        self, work: Callable[[Block], Done], blocks: Iterable[Block]
    ) -> Generator[Done]:
        """Give back what ``work`` makes of each block, first done first."""
        pool = ThreadPoolExecutor(self.count, thread_name_prefix="replicates")
        try:
            # Twice as many as there are threads, so that none waits for the caller to hand it work.
            yield from as_they_come(pool.submit, work, iter(blocks), 2 * self.count)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def leave_ctrl_c_to_the_caller() -> None:
    """In a worker: Ctrl-C reaches every process of a terminal, and one of them has to answer it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


class WorkerLostError(Exception):
    """A worker died; what other workers did is whole, and the same command goes on from there."""


class NoClusterError(Exception):
    """The cluster that was asked for cannot be used; the message says how to repair that."""


@dataclass(frozen=True, slots=True)
class Processes:
    """Blocks spread over processes, each of which loads the model for itself.

    Attributes:
        count: number of processes, 1 or more.

    """

    count: int

    def run[Block, Done](
        self, work: Callable[[Block], Done], blocks: Iterable[Block]
    ) -> Generator[Done]:
        """Give back what ``work`` makes of each block, first done first.

        Raises:
            WorkerLostError: a process died.

        """
        # Spawned, not forked: a fork copies threads that no longer run.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(
            self.count, mp_context=context, initializer=leave_ctrl_c_to_the_caller
        )
        try:
            yield from as_they_come(pool.submit, work, iter(blocks), 2 * self.count)
        except BrokenProcessPool:
            raise WorkerLostError("a worker process died") from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class Dask:
    """Blocks spread over the workers of a Dask cluster (the extra ``collabsim[dask]``).

    Attributes:
        address: of a scheduler that runs; None starts a cluster on this machine.
        count: workers of a cluster that is started.

    """

    address: str | None
    count: int

    def run[Block, Done](
        self, work: Callable[[Block], Done], blocks: Iterable[Block]
    ) -> Generator[Done]:
        """Give back what ``work`` makes of each block, first done first.

        A block whose worker died is given to another; the scheduler sees to that.

        Raises:
            NoClusterError: there is no such cluster, or no Dask.
            WorkerLostError: the cluster is gone, or a block took several workers with it.

        """
        distributed, left = self._library(), iter(blocks)
        with contextlib.ExitStack() as stack:
            client = stack.enter_context(self._client(stack))
            submit = partial(client.submit, work, pure=False)
            running = distributed.as_completed(map(submit, itertools.islice(left, 3 * self.count)))
            cancelled = (CancelledError, asyncio.CancelledError)
            lost = (OSError, RuntimeError, *cancelled, distributed.KilledWorker)
            try:
                for future in running:
                    yield future.result()
                    running.update(map(submit, itertools.islice(left, 1)))
            except lost as error:
                raise WorkerLostError(f"the cluster failed ({one_line(error)})") from None

    def check(self) -> None:
        """See that there is Dask, and a cluster where one is said to be.

        Raises:
            NoClusterError: there is not.

        """
        self._library()
        if self.address is not None:
            with contextlib.ExitStack() as stack:
                stack.enter_context(self._client(stack))

    def _library(self) -> Any:  # noqa: ANN401 - it has no types
        """The package ``distributed``."""
        try:
            return importlib.import_module("distributed")
        except ImportError:
            raise NoClusterError(
                "Dask is not installed; install collabsim[dask], or leave out --on dask and --dask"
            ) from None

    def _client(self, stack: contextlib.ExitStack) -> Any:  # noqa: ANN401 - it has no types
        """A client of the cluster that is asked for, which is started if need be."""
        distributed = self._library()
        try:
            place: Any = self.address
            if place is None:
                place = stack.enter_context(
                    distributed.LocalCluster(
                        n_workers=self.count, threads_per_worker=1, dashboard_address="127.0.0.1:0",
                        silence_logs=logging.ERROR,
                    )
                )  # fmt: skip
            return distributed.Client(place, timeout=PATIENCE)
        except (OSError, RuntimeError, ValueError, TimeoutError) as error:
            where = "on this machine" if self.address is None else f"at {self.address}"
            raise NoClusterError(
                f"no Dask cluster can be reached {where} ({one_line(error)}); give --dask the address "
                "that the scheduler tells, like tcp://10.0.0.5:8786"
            ) from None


def one_line(error: BaseException) -> str:
    """What went wrong, in one line."""
    return " ".join(str(error).split()) or type(error).__name__


def as_they_come[Block, Done](
    submit: Callable[[Callable[[Block], Done], Block], Future[Done]],
    work: Callable[[Block], Done],
    left: Iterator[Block],
    most: int,
) -> Generator[Done]:
    """Submit blocks, at most so many at a time, and give back what is done, first done first."""
    running = {submit(work, block) for block in itertools.islice(left, most)}
    while running:
        done, running = wait(running, return_when=FIRST_COMPLETED)
        running |= {submit(work, block) for block in itertools.islice(left, len(done))}
        for future in done:
            yield future.result()
