"""Where replicates are run: one after the other, or in threads.

An executor takes a function and blocks of work and gives back what is done, in the order in which
it gets done. Whoever reads the answers must not depend on that order. Closing the iterator, or an
exception such as Ctrl-C while waiting for it, means that no new block is started.
"""

import itertools
import os
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Protocol


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
        left = iter(blocks)
        pool = ThreadPoolExecutor(self.count, thread_name_prefix="replicates")
        # Twice as many as there are threads, so that none waits for the caller to hand it work.
        running = {pool.submit(work, block) for block in itertools.islice(left, 2 * self.count)}
        try:
            while running:
                done: set[Future[Done]]
                done, running = wait(running, return_when=FIRST_COMPLETED)
                running |= {pool.submit(work, block) for block in itertools.islice(left, len(done))}
                for future in done:
                    yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
