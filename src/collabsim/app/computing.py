"""What a session computes in the background: few replicates at once, more while one looks.

A ``Computer`` takes the scenarios that are wanted now and answers in stages. New wishes stop what
is under way, and what was computed for the same scenario is used again, so that a change in one
scenario does not run the others anew.
"""

import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial

from collabsim.app.answer import Answer, Lived, Progress, Wish
from collabsim.app.histories import HISTORIES, Histories
from collabsim.app.other_worlds import Held, NotWantedError, held_in_worlds
from collabsim.app.recent import Recent
from collabsim.app.waking import is_awake, wake
from collabsim.experiments.executors import Threads, default_threads
from collabsim.experiments.runs import RunResult, run_replicate
from collabsim.grades import grades_of
from collabsim.parameters import Scenario

#: Replicates after which an answer is given: a first look, and three refinements.
STAGES = (20, 60, 120, 200)
#: The number that is aimed at, unless somebody asks for another.
REPLICATES = STAGES[-1]
#: Worlds of which results are kept, and comparisons looked at elsewhere, so that going back to a
#: value costs nothing.
_WORLDS_KEPT = 9


def stages_to(replicates: int) -> tuple[int, ...]:
    """Give the stages towards a number of replicates."""
    return (*(stage for stage in STAGES if stage < replicates), replicates)


class Computer:
    """Computes what is wanted, for one session.

    Args:
        threads: threads to run on; None takes all cores that this process may use.
        stages: replicates after which an answer is given.
        histories: where ends of histories are kept; None takes those of the process.
        worlds: kept worlds in which it is looked afterwards whether the answer holds.

    """

    def __init__(
        self,
        *,
        threads: int | None = None,
        stages: Sequence[int] = STAGES,
        histories: Histories | None = None,
        worlds: int = 0,
    ) -> None:
        self.stages = tuple(stages)
        self._threads = Threads(default_threads() if threads is None else threads)
        self._histories = HISTORIES if histories is None else histories
        self._worlds = worlds
        self._elsewhere: tuple[int, int] | None = None
        self._changed = threading.Condition()
        self._wish: Wish | None = None
        self._answer: Answer | None = None
        self._done = 0
        self._worker: threading.Thread | None = None
        self._kept: Recent[tuple[str, int], dict[int, Lived]] = Recent(_WORLDS_KEPT)
        self._held: Recent[tuple[str, ...], Held] = Recent(_WORLDS_KEPT)

    @property
    def answer(self) -> Answer | None:
        """The newest answer, be it to an older wish."""
        return self._answer

    @property
    def is_current(self) -> bool:
        """Whether the answer is one to the newest wish."""
        with self._changed:
            return self._wish is not None and self._answers(self._wish, 1)

    def progress(self) -> Progress:
        """Give how far the computing is."""
        with self._changed:
            running = self._worker is not None
            waking = running and not is_awake()
            return Progress(waking, running, self._done, self.stages[-1], self._elsewhere)

    def want(self, scenarios: Sequence[Scenario]) -> None:
        """Ask for an answer on these scenarios, instead of what was wanted before."""
        wish = Wish(tuple(scenarios))
        with self._changed:
            if wish.is_like(self._wish):
                return
            self._wish, self._done = wish, 0
            if self._answer is not None and wish.is_of_worlds_of(self._answer.wish):
                # Nothing happens otherwise under another name.
                self._answer = self._answer.called(wish)
                self._done = self._answer.replicates
            if self._worker is None:
                # A daemon, so that closing the program does not wait for it.
                self._worker = threading.Thread(target=self._work, daemon=True, name="computer")
                self._worker.start()

    def forget(self) -> None:
        """Want nothing any more; what was run is kept for when it is wanted again."""
        with self._changed:
            self._wish, self._answer, self._done = None, None, 0

    def wait(self, replicates: int | None = None, seconds: float = 300.0) -> Answer:
        """Wait until the newest wish is answered with so many replicates; None waits for all.

        Raises:
            TimeoutError: it took longer.

        """
        wanted = self.stages[-1] if replicates is None else replicates
        until = time.monotonic() + seconds
        with self._changed:
            while self._wish is None or not self._answers(self._wish, wanted):
                if not self._changed.wait(until - time.monotonic()):
                    raise TimeoutError(f"no answer within {seconds} seconds")
            if self._answer is None:
                raise TimeoutError("no answer")
            return self._answer

    def wait_for_worlds(self, seconds: float = 300.0) -> Answer:
        """Wait until nothing is left to find out about the newest wish.

        Raises:
            TimeoutError: it took longer.

        """
        until = time.monotonic() + seconds
        self.wait(seconds=seconds)
        with self._changed:
            while self._answer is None or self._worker is not None:
                if not self._changed.wait(min(0.1, until - time.monotonic())) and (
                    time.monotonic() > until
                ):
                    raise TimeoutError(f"no answer within {seconds} seconds")
            return self._answer

    def _answers(self, wish: Wish, replicates: int) -> bool:
        """Whether there is an answer to a wish with at least so many replicates."""
        answer = self._answer
        return answer is not None and wish.is_like(answer.wish) and answer.replicates >= replicates

    def _work(self) -> None:
        """Answer the newest wish until there is none left, then end."""
        try:
            while (wish := self._next()) is not None:
                wake(wish.scenarios[0])
                if self._reach_all_stages(wish):
                    self._look_elsewhere(wish)
        except RuntimeError as error:
            # A program that ends takes no new work on, which is no fault and has no class of its own.
            if "interpreter shutdown" not in str(error):
                raise
        finally:
            with self._changed:
                # A newer worker may have begun since this one found nothing left to do.
                if self._worker is threading.current_thread():
                    self._worker = None

    def _next(self) -> Wish | None:
        """Give the newest wish; None, and the end of the worker, if it is answered in full."""
        with self._changed:
            wish = self._wish
            if wish is None or (self._answers(wish, self.stages[-1]) and not self._is_open(wish)):
                self._worker = None
                return None
            return wish

    def _is_open(self, wish: Wish) -> bool:
        """Whether it was not looked yet if the answer to a wish holds elsewhere."""
        compared = self._worlds > 0 and len(wish.scenarios) > 1
        return compared and self._answer is not None and self._answer.held is None

    def _look_elsewhere(self, wish: Wish) -> None:
        """Look whether the answer holds in kept worlds, until something else is wanted."""
        if not self._is_open(wish):
            return

        def told(done: int, total: int) -> None:
            self._elsewhere = done, total
            if not wish.is_of_worlds_of(self._wish):
                raise NotWantedError

        try:
            held = self._held.or_made(
                wish.worlds,
                lambda: held_in_worlds(wish.scenarios, self._worlds, self._threads, told),
            )
        except NotWantedError:
            return
        finally:
            self._elsewhere = None
        with self._changed:
            answer = self._answer
            if answer is not None and wish.is_of_worlds_of(answer.wish):
                self._answer = replace(answer, held=held.called(answer.wish.names))
                self._changed.notify_all()

    def _reach_all_stages(self, wish: Wish) -> bool:
        """Run what is lacking, and answer at each stage; False if something else is wanted by then.

        All of it is one stream of runs, so that no core waits at a stage for the others.
        """
        worlds = [self._world(wish, world) for world in wish.worlds]

        def is_there(replicate: int) -> bool:
            return all(replicate in kept for kept in worlds)

        last, reached = self.stages[-1], 0
        lacking = [replicate for replicate in range(last) if not is_there(replicate)]
        self._done = last - len(lacking)
        with closing(self._threads.run(partial(self._replicate, wish), lacking)) as runs:
            for stage in self.stages:
                while reached < stage:
                    if is_there(reached):
                        reached += 1
                        continue
                    next(runs)
                    self._done = sum(map(is_there, range(last)))
                    if self._wish is not wish:
                        return False
                # What is there may not have come out of the stream yet.
                self._done = max(self._done, stage)
                if not self._answers(wish, stage) and not self._give(self._gathered(wish, stage)):
                    return False
        return True

    def _give(self, answer: Answer) -> bool:
        """Give an answer to whoever waits; False if something else is wanted by now."""
        with self._changed:
            if self._wish is not answer.wish:
                return False
            self._answer = answer
            self._changed.notify_all()
        return True

    def _world(self, wish: Wish, world: str) -> dict[int, Lived]:
        """Give the runs of a world by replicate, to read and to add to; those used last stay."""
        return self._kept.or_made((world, wish.seed), dict)

    def _replicate(self, wish: Wish, replicate: int) -> None:
        """Run those scenarios of a wish that lack a replicate."""
        named = dict(zip(wish.names, wish.worlds, strict=True))
        lacking = [
            scenario
            for scenario in wish.scenarios
            if replicate not in self._kept[named[scenario.name], wish.seed]
        ]
        by_name = {scenario.name: scenario for scenario in lacking}
        self._histories.still_wanted(wish.scenarios, wish.seed, replicate)
        for result in run_replicate(lacking, wish.seed, replicate, self._histories.start):
            before: Mapping[str, float] = {}
            if result.status == "done":
                start = self._histories.start(by_name[result.scenario], wish.seed, replicate)
                before = grades_of(start.standing)
            self._kept[named[result.scenario], wish.seed][replicate] = Lived(result, before)

    def _gathered(self, wish: Wish, stage: int) -> Answer:
        """Put together what is there, under the names of the wish."""
        results: list[RunResult] = []
        before: dict[str, list[Mapping[str, float]]] = {}
        for name, world in zip(wish.names, wish.worlds, strict=True):
            runs = [self._kept[world, wish.seed][replicate] for replicate in range(stage)]
            results += [replace(run.result, scenario=name) for run in runs]
            before[name] = [run.before for run in runs if run.before]
        return Answer(wish, stage, tuple(results), before)
