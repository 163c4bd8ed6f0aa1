"""The model: a region of municipalities and providers, month by month.

What happens in a month, and in what order, is in ``collabsim.month``:

1.  people leave and arrive, after elections more aldermen;
2.  contracts are renewed, once a year;
3.  everybody gets the hours of the month; newcomers are onboarded;
4.  rules are made, and whoever is invited to a session sits together, if it is their month;
5.  the table of each network meets and decides, if it is its month; word travels home, and a joint
    desk keeps track;
6.  residents arrive with needs in several fields;
7.  the parties that see a need ask for help, in rounds; the asked decide and promise;
8.  the parties of a case consult;
9.  managers and board members meet one to one, and a connector brings others together;
10. care is given: promises are kept, announced late, or broken;
11. cases close: helped, or failed;
12. an incident is accounted for, managers seek each other out after trouble; rules spread and fade;
13. everybody learns from what was done and what is told of others; views and energy move; news goes
    stale; measures are taken.

Before a month in which seats may change hands, and before a change on the timeline, the choice is
made here, in Python. All other months run as one compiled stretch.
"""

from functools import cached_property
from typing import Any

import mesa
import numpy as np
import pandas as pd
from mesa.time import EventGenerator, Priority, Schedule
from numpy.typing import NDArray

from collabsim.agents import Organisation
from collabsim.collecting import RecordedData
from collabsim.delegation.rotation import is_moment_of_choice
from collabsim.delegation.seating import seats_are_filled
from collabsim.events import NOBODY_ELSE, Event, Reason, event_record
from collabsim.grades import grades_of
from collabsim.history import Start, prepare, start_key
from collabsim.mechanisms.measuring import starting_levels_are_noted
from collabsim.metrics import METRICS
from collabsim.organisations import BOARD
from collabsim.parameters import Scenario
from collabsim.record import Spending, copied_record, empty_record
from collabsim.recorded import Recorded
from collabsim.rings import Rings, by_pair, find_rings
from collabsim.series import SERIES
from collabsim.settings import settings_of, settled_at
from collabsim.starting import fitted_to
from collabsim.stretches import pass_months
from collabsim.tables import empty_tables
from collabsim.world import World, copied

#: Rows of the event record that a month of a traced run gets at first; it grows when needed.
ROWS_A_MONTH = 20_000


class CollaborationModel(mesa.Model):
    """One run of one scenario in one draw of luck.

    Args:
        scenario: what to simulate; see ``collabsim.load_scenario``.
        seed: seed of the draw; None takes the scenario's. 0 is a seed like any other.
        replicate: number of the draw; the same number means the same luck in every scenario.
        start: end of the history, if it was prepared already; must fit scenario, seed and replicate.
        trace: keep the event record.

    Raises:
        TypeError: ``scenario`` is none, such as the path of a config.
        ValueError: ``replicate`` is negative, or ``start`` belongs to another history or luck.

    """

    _default_schedule: EventGenerator

    def __init__(
        self,
        scenario: Scenario,
        *,
        seed: int | None = None,
        replicate: int = 0,
        start: Start | None = None,
        trace: bool = False,
    ) -> None:
        if not isinstance(scenario, Scenario):
            raise TypeError(
                f"{scenario!r} is no scenario; load_scenario(path) makes one of a config"
            )
        if replicate < 0:
            raise ValueError(f"replicate {replicate} is negative; replicates count from 0")
        seed = scenario.seed if seed is None else seed
        super().__init__(rng=seed)
        start = prepare(scenario, seed, replicate) if start is None else start
        luck = (start.luck.seed, start.luck.replicate)
        if luck != (seed, replicate) or start.key != start_key(scenario):
            raise ValueError(
                "this start belongs to another history, yardstick or luck; call history.prepare"
            )
        self.config = scenario = fitted_to(scenario, start.fitted)
        self.luck = start.luck
        self.ids = start.ids
        self.month = 0
        self._alone, self._started = start.alone, start.standing
        self._trace = trace
        self._traced: list[NDArray[Any]] = []
        count, slots = start.world.ties.other.shape
        world = copied(start.world)._replace(
            settings=settings_of(scenario), record=empty_record(scenario.months, count, slots)
        )
        seats, agenda = empty_tables(scenario.networks.effective(), world.organisations, start.luck)
        world = world._replace(seats=seats, agenda=agenda)
        self.world: World = world
        self.organisations = [Organisation(self, row) for row in range(count)]
        self.datacollector = RecordedData(self)

    # -- time ---------------------------------------------------------------------------------

    def step(self) -> None:
        """Let one month pass."""
        self._pass(1)

    def run_for(self, duration: float) -> None:
        """Let ``duration`` months pass, in compiled stretches where nobody has to choose.

        With events of Mesa's own scheduled, or a ``step`` of a subclass, months pass one by one.

        Raises:
            ValueError: more months than the scenario has, or not a whole number.

        """
        months = int(duration)
        if months != duration or months < 0:
            raise ValueError(f"duration {duration} is not a whole number of months")
        has_events = len(self._event_list) > 1  # Mesa's own step is one
        if has_events or type(self).step is not CollaborationModel.step:
            super().run_for(months)
            return
        self._pass(months)
        self.steps += months
        self.time += months
        # Mesa's own step would otherwise be due for every month that has passed meanwhile.
        self._default_schedule.stop()
        self._default_schedule = EventGenerator(
            self,
            self._do_step,
            Schedule(interval=1.0, start=self.time + 1.0),
            priority=Priority.HIGH,
        ).start()

    def _pass(self, months: int) -> None:
        """Let months pass: choices in Python, the stretches between them compiled."""
        end = self.month + months
        if end > self.config.months:
            raise ValueError(
                f"month {end} lies beyond the {self.config.months} months of the scenario; raise its months"
            )
        while self.month < end:
            self._changes_take_effect()
            self._seats_are_filled()
            stretch = 1 if self._trace else self._months_until_choice(end)
            self._stretch_passes(stretch)

    def _months_until_choice(self, end: int) -> int:
        """Months until the next choice or change, at most until ``end``."""
        table = self.settled.table
        for month in range(self.month + 1, end):
            if is_moment_of_choice(table, month) or any(
                c.month == month for c in self.config.timeline
            ):
                return month - self.month
        return end - self.month

    def _stretch_passes(self, months: int) -> None:
        if self._trace:
            self._month_is_traced()
        else:
            self.world = pass_months(self.world, self.month, months)
        self.month += months
        self.running = self.month < self.config.months
        self.__dict__.pop("recorded", None)

    def _month_is_traced(self) -> None:
        """Let one month pass and keep its events; a month that did not fit is done again with room."""
        rows = ROWS_A_MONTH
        while True:
            world = copied(self.world)._replace(
                record=copied_record(self.world.record),
                events=event_record(rows),
            )
            if self.month == 0:
                starting_levels_are_noted(world, self.month)
            world = pass_months(world, self.month, 1)
            wanted = int(world.events.written.rows[0])
            if wanted <= rows:
                break
            rows = wanted
        self._traced.append(np.asarray(world.events.happenings)[:wanted].copy())
        self.world = world._replace(events=event_record(0))

    # -- choices ------------------------------------------------------------------------------

    @property
    def settled(self) -> Scenario:
        """The scenario as changed by the timeline so far."""
        return settled_at(self.config, self.month)

    def _changed_now(self) -> set[str]:
        """Parameters that the timeline changes at the start of this month."""
        return {
            p for change in self.config.timeline if change.month == self.month for p in change.set
        }

    def _changes_take_effect(self) -> None:
        if self._changed_now():
            self.world = self.world._replace(settings=settings_of(self.settled))

    def _seats_are_filled(self) -> None:
        """Let seats be taken and left at the table of every network, and note it."""
        table, changed = self.settled.table, self._changed_now()
        for network in range(self.world.agenda.shape[0]):
            seating = seats_are_filled(
                self.world, self.luck, table, self.month, changed, network=network
            )
            self._note(Event.SPENT, seating.deliberated, BOARD, Spending.DELEGATION, seating.hours)
            self._note(Event.SEATED, seating.left, network, Reason.LEFT_SEAT, 0.0)
            self._note(Event.SEATED, seating.took, network, Reason.TOOK_SEAT, 0.0)

    def _note(
        self, event: Event, rows: NDArray[np.int64], whom: int, reason: int, value: float
    ) -> None:
        """Add what was decided between stretches to the event record."""
        if self._trace and len(rows):
            lines = event_record(len(rows)).happenings
            lines.month[:], lines.event[:], lines.who[:] = self.month, event, rows
            lines.whom[:], lines.case[:], lines.reason[:], lines.value[:] = (
                whom,
                NOBODY_ELSE,
                reason,
                value,
            )
            self._traced.append(np.asarray(lines))

    # -- results ------------------------------------------------------------------------------

    @cached_property
    def recorded(self) -> Recorded:
        """What the run has recorded so far, as metrics read it."""
        if self.month == 0:
            raise ValueError("nothing is recorded before the first month; call step() or run_for()")
        return Recorded(
            self.world.organisations, self.world.ties, self.world.ledger.own_wait, self.world.record,
            self._alone, self.month, self.rings(),
        )  # fmt: skip

    def outcomes(self) -> dict[str, float]:
        """Every outcome of ``METRICS`` over the months so far; NaN where it is undefined."""
        return {name: float(metric.compute(self.recorded)) for name, metric in METRICS.items()}

    def grades(self) -> dict[str, float]:
        """Six grades from 1 to 10 of how the collaboration stands now; see ``collabsim.grades``."""
        return grades_of(self.recorded.standing() if self.month else self._started)

    def series(self) -> dict[str, NDArray[np.float64]]:
        """Every path of ``SERIES``, each with one value a month."""
        return {
            name: np.asarray(path.compute(self.recorded), dtype=float)
            for name, path in SERIES.items()
        }

    def hours(self) -> NDArray[np.float64]:
        """[N organisations, purposes] hours spent since month 0; purposes as in ``Spending``."""
        return np.asarray(self.world.record.spent.hours.sum(axis=1))

    def rings(self) -> Rings:
        """The inner ring in who helps whom, found in one year and tested on the next."""
        asks, other = self.world.record.asks, self.world.ties.other
        years = max(1, self.month // 12)
        return find_rings(
            *(by_pair(field[:years], other) for field in (asks.accepted, asks.asked, asks.days))
        )

    def events(self) -> pd.DataFrame:
        """The event record: month, event, who, whom, case, reason, value.

        Raises:
            ValueError: the model was not told to trace.

        """
        if not self._trace:
            raise ValueError("no event record was kept; make the model with trace=True")
        lines = np.concatenate([*self._traced, np.asarray(event_record(0).happenings)])
        table = pd.DataFrame({name: lines[name] for name in lines.dtype.names or ()})
        names = np.array([*self.ids, ""])
        table.insert(
            3,
            "who_id",
            names[np.where(table["who"].between(0, len(self.ids) - 1), table["who"], -1)],
        )
        return table
