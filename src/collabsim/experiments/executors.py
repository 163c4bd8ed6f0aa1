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
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    wait,
)
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from typing import Any, Protocol


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


class WorkerLostError(Exception):
    """A worker died; what other workers did is whole, and the same command goes on from there."""


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
        pool = ProcessPoolExecutor(self.count, mp_context=context)
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
            WorkerLostError: the cluster is gone, or a block took several workers with it.

        """
        distributed: Any = importlib.import_module("distributed")
        left = iter(blocks)
        with contextlib.ExitStack() as stack:
            place: Any = self.address
            if place is None:
                place = stack.enter_context(
                    distributed.LocalCluster(
                        n_workers=self.count, threads_per_worker=1, dashboard_address=None,
                        silence_logs=logging.ERROR,
                    )
                )  # fmt: skip
            client = stack.enter_context(distributed.Client(place, timeout="20s"))
            submit = partial(client.submit, work, pure=False)
            running = distributed.as_completed(map(submit, itertools.islice(left, 3 * self.count)))
            try:
                for future in running:
                    yield future.result()
                    running.update(map(submit, itertools.islice(left, 1)))
            except (OSError, RuntimeError, asyncio.CancelledError) as error:
                raise WorkerLostError(f"the cluster failed ({error})") from None


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
