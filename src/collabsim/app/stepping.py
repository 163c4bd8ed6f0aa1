"""One draw of luck, month by month, and what it looks like from one organisation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from collabsim.agents import Organisation, Person, Tie
from collabsim.events import Event
from collabsim.experiments.runs import Beginning
from collabsim.grades import grades_of
from collabsim.history import prepare
from collabsim.model import CollaborationModel
from collabsim.organisations import LAYERS
from collabsim.parameters import Scenario
from collabsim.record import Spending

#: Ties that are shown of an organisation, those with most contact.
_TIES_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Frame:
    """How one layer of an organisation sees the task; all from 0 to 1.

    Attributes:
        layer: "practice", "management" or "board".
        sight: per field how far it has an eye for needs there.
        image: what the ambition means to it; who have the same number mean the same.
        concrete: how concretely it can tell what the ambition means.
        aware: how far it knows its glasses for glasses.

    """

    layer: str
    sight: Mapping[str, float]
    image: float
    concrete: float
    aware: float


@dataclass(frozen=True, slots=True)
class Happening:
    """One row of the event record that an organisation has to do with.

    Attributes:
        event: what happened.
        reason: number of the reason, or what the event says.
        own: whether the organisation did it, instead of having it done to it.
        other: id of the other organisation, "" if there is none.
        value: a number that goes with it.
        whom: the number in the record, for events in which it is no organisation.

    """

    event: Event
    reason: int
    own: bool
    other: str
    value: float
    whom: int


@dataclass(frozen=True, slots=True)
class View:
    """One organisation at the end of a month.

    Attributes:
        id: its name.
        kind: "municipality" or "provider".
        domain: main field of a provider; "" for a municipality.
        seated: whether it has a seat.
        delegate: id of who speaks for it at the table; "" if nobody does.
        energy: energy for collaboration, 0 to 1.
        queue_hours: care hours promised and not yet given.
        pledged_hours: hours pledged at the table and not yet called on.
        people: who holds its posts.
        ties: what it knows and thinks of those with whom it has most contact, in management.
        ties_in_all: how many ties it has.
        frames: how each layer sees the task.
        hours: per layer and purpose the hours spent in the month.
        happenings: what it did and met with in the month, in order.

    """

    id: str
    kind: str
    domain: str
    seated: bool
    delegate: str
    energy: float
    queue_hours: float
    pledged_hours: float
    people: Sequence[Person]
    ties: Sequence[Tie]
    ties_in_all: int
    frames: Sequence[Frame]
    hours: Mapping[str, Mapping[str, float]]
    happenings: Sequence[Happening]


class Stepping:
    """Walks through one replicate of one scenario, with the event record of the month at hand.

    Args:
        scenario: what to walk through.
        seed: seed of the experiment.
        replicate: which draw of luck.
        beginning: where the history comes from.

    """

    def __init__(
        self, scenario: Scenario, seed: int, replicate: int, beginning: Beginning = prepare
    ) -> None:
        self.scenario, self.seed, self.replicate = scenario, seed, replicate
        self._beginning = beginning
        self._model = self._at_the_start()

    def _at_the_start(self) -> CollaborationModel:
        start = self._beginning(self.scenario, self.seed, self.replicate)
        return CollaborationModel(
            self.scenario, seed=self.seed, replicate=self.replicate, start=start, trace=True
        )

    @property
    def month(self) -> int:
        """Months that have passed."""
        return self._model.month

    @property
    def ids(self) -> tuple[str, ...]:
        """Names of the organisations, in their order."""
        return tuple(self._model.ids)

    def go_to(self, month: int) -> None:
        """Let months pass until so many have, beginning anew if that lies back.

        Raises:
            ValueError: the scenario does not last that long.

        """
        if not 0 <= month <= self.scenario.months:
            raise ValueError(f"month {month} is not one of 0 to {self.scenario.months}")
        if month < self.month:
            self._model = self._at_the_start()
        self._model.run_for(month - self.month)

    def seated(self) -> tuple[str, ...]:
        """Names of those with a seat at a table."""
        return tuple(agent.id for agent in self._model.organisations if agent.seated)

    def grades(self) -> dict[str, float]:
        """The six grades as the collaboration stands now."""
        return self._model.grades()

    def grades_before(self) -> dict[str, float]:
        """The six grades at month 0."""
        return grades_of(self._beginning(self.scenario, self.seed, self.replicate).standing)

    def levels(self) -> dict[str, float]:
        """What the whole region did in the last month, by name of ``SERIES``; none before the first."""
        if self.month == 0:
            return {}
        return {name: float(values[-1]) for name, values in self._model.series().items()}

    def view(self, name: str) -> View:
        """Give one organisation as it is at the end of the last month.

        Raises:
            ValueError: there is no such organisation.

        """
        organisation = self._model.organisations[self.ids.index(name)]
        world, row = self._model.world, organisation.row
        delegate = organisation.delegate
        ties = ties_of(self._model, organisation)
        month = self._this_month()
        return View(
            id=name,
            kind=organisation.kind,
            domain=organisation.domain or "",
            seated=organisation.seated,
            delegate="" if delegate is None else delegate.id,
            energy=float(world.organisations.energy[row]),
            queue_hours=organisation.queue_hours,
            pledged_hours=float(world.seats.pledged[:, row].sum()),
            people=organisation.people,
            ties=ties[:_TIES_SHOWN],
            ties_in_all=len(ties),
            frames=frames_of(self._model, row),
            hours=hours_of(month, row),
            happenings=happenings_of(month, row, self.ids),
        )

    def _this_month(self) -> pd.DataFrame:
        """The event record of the last month."""
        events = self._model.events()
        return events[events["month"] == self.month - 1]


def ties_of(model: CollaborationModel, organisation: Organisation) -> list[Tie]:
    """Give the ties of an organisation, most contact first."""
    others = model.world.ties.other[organisation.row]
    found = [organisation.tie_with(model.organisations[int(row)]) for row in others[others >= 0]]
    return sorted(found, key=lambda tie: (-tie.contacts, tie.other))


def frames_of(model: CollaborationModel, row: int) -> list[Frame]:
    """Give how each layer of an organisation sees the task."""
    frames, fields = model.world.frames, model.config.region.fields
    return [
        Frame(
            name,
            {field: float(frames.sight[row, layer, n]) for n, field in enumerate(fields)},
            float(frames.image[row, layer]),
            float(frames.concrete[row, layer]),
            float(frames.aware[row, layer]),
        )
        for layer, name in enumerate(LAYERS)
    ]


def hours_of(month: pd.DataFrame, row: int) -> dict[str, dict[str, float]]:
    """Give the hours that an organisation spent in a month, by layer and purpose."""
    spent = month[(month["event"] == Event.SPENT) & (month["who"] == row)]
    found: dict[str, dict[str, float]] = {}
    for layer, purpose, hours in zip(spent["whom"], spent["reason"], spent["value"], strict=True):
        of_layer = found.setdefault(LAYERS[int(layer)], {})
        name = Spending(int(purpose)).name.lower()
        of_layer[name] = of_layer.get(name, 0.0) + float(hours)
    return found


#: Events whose ``whom`` is another organisation.
BETWEEN = {
    Event.ASKED, Event.DECIDED, Event.ENCOUNTER, Event.PROMISED, Event.PROMISE_ENDED,
    Event.NEED_MET, Event.CONTRADICTED, Event.SUPPORTED, Event.NAMED, Event.REPROACH,
    Event.PLEDGE_ENDED, Event.CONTRACT, Event.HEARD,
}  # fmt: skip


def happenings_of(month: pd.DataFrame, row: int, ids: Sequence[str]) -> list[Happening]:
    """Give what an organisation did and met with in a month, in the order of the record."""
    between = month["event"].isin([int(event) for event in BETWEEN])
    rows = month[(month["who"] == row) | (between & (month["whom"] == row))]
    found = []
    columns = (rows[name].to_numpy() for name in ("event", "reason", "who", "whom", "value"))
    for event, reason, who, whom, value in zip(*columns, strict=True):
        own = bool(who == row)
        other = int(whom if own else who)
        named = Event(int(event)) in BETWEEN and 0 <= other < len(ids)
        found.append(
            Happening(
                Event(int(event)), int(reason), own, ids[other] if named else "",
                float(value), int(whom),
            )
        )  # fmt: skip
    return found
