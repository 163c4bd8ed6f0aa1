"""The world of one run: all its nouns together, as the compiled month takes them."""

from typing import NamedTuple

import numpy as np

from collabsim.cases import CaseCount, CaseList, Cases
from collabsim.events import EventRecord
from collabsim.frames import Frames
from collabsim.organisations import Organisations
from collabsim.people import Carriers, Posts
from collabsim.record import Dealings, Ledger, Record, Tallies
from collabsim.rules import Known
from collabsim.scratch import Scratch
from collabsim.settings import Settings
from collabsim.tables import Agenda, Seats
from collabsim.ties import Bonds, Commitments, Suppliers, Ties

DAYS_A_MONTH = 365.25 / 12.0


class World(NamedTuple):
    """Everything that a month reads and changes."""

    luck: np.uint64
    """Root key of this replicate."""
    settings: Settings
    organisations: Organisations
    posts: Posts
    carriers: Carriers
    ties: Ties
    bonds: Bonds
    commitments: Commitments
    suppliers: Suppliers
    seats: Seats
    agenda: Agenda
    known: Known
    frames: Frames
    cases: Cases
    case_list: CaseList
    case_count: CaseCount
    ledger: Ledger
    tallies: Tallies
    dealings: Dealings
    record: Record
    events: EventRecord
    scratch: Scratch


#: Parts that no month changes; copies of a world may share them.
SHARED = ("luck", "settings", "suppliers", "record", "events")


def copied(world: World) -> World:
    """The same world with state of its own."""
    return world._replace(
        **{name: getattr(world, name).copy() for name in World._fields if name not in SHARED}
    )
