"""An organisation as an agent: a readable view on its rows.

The month runs over all organisations at once, so overriding ``Organisation.step`` does nothing.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import mesa
import numpy as np

from collabsim.organisations import KINDS, LAYERS, MANAGEMENT
from collabsim.tables import NOBODY
from collabsim.ties import competence_trust, integrity_trust, slot_of

if TYPE_CHECKING:
    from collabsim.model import CollaborationModel


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in a post.

    Attributes:
        id: identity; a mover keeps it.
        layers: layers that the person carries.
        role: "contact" or "second contact".
        months: months in the post.

    """

    id: int
    layers: tuple[str, ...]
    role: str
    months: int


@dataclass(frozen=True, slots=True)
class Tie:
    """What one organisation knows and thinks of another, in one layer.

    Attributes:
        other: the other organisation's id.
        acquaintance: how well the persons know each other, 0 to 1.
        competence_trust: trust that the other can do its part, 0 to 1.
        integrity_trust: trust that the other keeps its word, 0 to 1.
        contacts: count of past contacts.
        dependence: how much this one depends on the other, 0 to 1.
        contract_hours: care hours a month that this one buys from the other.

    """

    other: str
    acquaintance: float
    competence_trust: float
    integrity_trust: float
    contacts: int
    dependence: float
    contract_hours: float


class Organisation(mesa.Agent):
    """A municipality or provider; every property reads the state of the model as it is now."""

    model: "CollaborationModel"

    def __init__(self, model: "CollaborationModel", row: int) -> None:
        super().__init__(model)
        self.row = row

    def __repr__(self) -> str:
        return f"<{self.kind} {self.id}>"

    @property
    def id(self) -> str:
        """Name in the config."""
        return self.model.ids[self.row]

    @property
    def kind(self) -> str:
        """What kind of organisation it is: "municipality" or "provider"."""
        return KINDS[int(self.model.world.organisations.kind[self.row])]

    @property
    def domain(self) -> str | None:
        """Main field of a provider; None for a municipality."""
        field = int(self.model.world.organisations.domain[self.row])
        return None if field < 0 else self.model.config.region.fields[field]

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields in which it can help."""
        can = self.model.world.organisations.can[self.row]
        return tuple(
            name for name, able in zip(self.model.config.region.fields, can, strict=False) if able
        )

    @property
    def hours(self) -> dict[str, float]:
        """Hours a month by layer."""
        return dict(
            zip(LAYERS, map(float, self.model.world.organisations.hours[self.row]), strict=True)
        )

    @property
    def queue_hours(self) -> float:
        """Care hours promised and not yet given."""
        return float(self.model.world.ledger.queue[self.row])

    @property
    def seated(self) -> bool:
        """Whether it has a seat at the table of any network."""
        return bool(self.model.world.seats.seated[:, self.row].any())

    @property
    def networks(self) -> tuple[int, ...]:
        """Numbers of the networks in which it takes part, from 0."""
        member = self.model.world.seats.member[:, self.row]
        return tuple(int(network) for network in np.flatnonzero(member))

    @property
    def delegate(self) -> "Organisation | None":
        """Who speaks for it while it is at home, in the first network where somebody does."""
        rows = self.model.world.seats.delegate[:, self.row]
        spoken = rows[rows != NOBODY]
        return self.model.organisations[int(spoken[0])] if len(spoken) else None

    @property
    def people(self) -> tuple[Person, ...]:
        """Who holds its posts."""
        posts, carriers = self.model.world.posts, self.model.world.carriers
        persons = []
        for post in np.flatnonzero(posts.layer[self.row] >= 0):
            carried = np.argwhere(carriers.post[self.row] == post)
            layers = tuple(LAYERS[layer] for layer, _ in carried)
            role = "second contact" if carried[0][1] else "contact"
            months = self.model.month - int(posts.since[self.row, post])
            persons.append(Person(int(posts.person[self.row, post]), layers, role, months))
        return tuple(persons)

    def knows(self, other: "Organisation") -> bool:
        """Whether it has a tie with ``other``."""
        return int(slot_of(self.model.world.ties, self.row, other.row)) >= 0

    def tie_with(self, other: "Organisation", layer: str = LAYERS[MANAGEMENT]) -> Tie:
        """What it knows and thinks of ``other`` in one layer.

        Raises:
            KeyError: it does not know ``other``.

        """
        world, level = self.model.world, LAYERS.index(layer)
        ties, i, k = world.ties, self.row, int(slot_of(world.ties, self.row, other.row))
        if k < 0:
            raise KeyError(f"{self.id} does not know {other.id}; ask knows() first")
        return Tie(
            other.id,
            float(world.bonds.acquaintance[i, k, level, 0, 0]),
            float(competence_trust(ties, world.bonds, i, k, level)),
            float(integrity_trust(ties, world.bonds, i, k, level)),
            int(ties.contacts[i, k]),
            float(ties.dependence[i, k]),
            float(ties.contract[i, k]),
        )

    def trust_in(self, other: "Organisation", layer: str = LAYERS[MANAGEMENT]) -> float:
        """Integrity trust in ``other``, 0 to 1; ``tie_with`` tells more."""
        return self.tie_with(other, layer).integrity_trust
