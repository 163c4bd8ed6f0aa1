"""Cases and needs of the object-per-agent model: plain objects that refer to each other."""

import dataclasses
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mesa_agents import Organisation, Provider

DAYS_A_MONTH = 365.25 / 12.0
#: A need remembers this many parties that were asked in vain.
TRIES_REMEMBERED = 8


class NeedState(Enum):
    """How far a need has come."""

    UNSEEN = "unseen"
    OPEN = "open"
    PROMISED = "promised"
    MET = "met"


@dataclasses.dataclass(slots=True, eq=False)
class Need:
    """Something that a resident needs, in one field of help."""

    case: "Case"
    field: int
    hours: float
    state: NeedState = NeedState.UNSEEN
    asker: "Organisation | None" = None
    provider: "Provider | None" = None
    due: int | None = None
    opened: float = 0.0
    clock: float = 0.0
    met_on: float = 0.0
    tie_break: float = 0.0
    tried: "list[Organisation]" = dataclasses.field(default_factory=list)
    looked: "set[Organisation]" = dataclasses.field(default_factory=set)

    def is_seen_by(self, party: "Organisation", day: float) -> None:
        """``party`` brings the need to light and will look for help."""
        self.state = NeedState.OPEN
        self.asker = party
        self.provider = None
        self.opened = self.clock = day
        self.tried.clear()

    def was_tried(self, party: "Organisation") -> bool:
        """Whether ``party`` was asked in vain, as far as that is remembered."""
        return party in self.tried[-TRIES_REMEMBERED:]


@dataclasses.dataclass(slots=True, eq=False)
class Case:
    """A resident with several needs, and the parties that work on them."""

    municipality: "Organisation"
    holder: "Organisation"
    arrived: float
    urgency: float
    needs: list[Need] = dataclasses.field(default_factory=list)
    parties: "list[Organisation]" = dataclasses.field(default_factory=list)
    coordinated: "set[frozenset[Organisation]]" = dataclasses.field(default_factory=set)
    weighed: "set[frozenset[Organisation]]" = dataclasses.field(default_factory=set)
    contradicts: bool = False
    to_consult: bool = False

    def joins(self, party: "Organisation") -> None:
        """``party`` starts to work on the case."""
        if party not in self.parties:
            self.parties.append(party)
            self.to_consult = True

    def is_done(self) -> bool:
        """Whether every need that was seen is met."""
        return all(need.state in {NeedState.UNSEEN, NeedState.MET} for need in self.needs)

    def is_treated_by(self, party: "Organisation") -> bool:
        """Whether ``party`` has promised or met a need."""
        return any(
            need.provider is party and need.state in {NeedState.PROMISED, NeedState.MET}
            for need in self.needs
        )

    def waited(self, day: float, longest_months: int) -> float:
        """How long the resident has waited, as a share of the longest wait."""
        return max(0.0, day - self.arrived) / (longest_months * DAYS_A_MONTH)
