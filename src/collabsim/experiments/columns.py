"""What of a finished run goes into tables: one row an organisation, one row a pair that asked."""

from collections.abc import Mapping

import numpy as np

from collabsim.model import CollaborationModel
from collabsim.organisations import KINDS, LAYERS, PRACTICE
from collabsim.record import Spending

type Columns = Mapping[str, np.ndarray]


def organisation_columns(model: CollaborationModel) -> Columns:
    """Who each organisation is, what it got, its months at the table, and its hours by purpose."""
    who, spent = model.world.organisations, model.world.record.spent
    asks, other = model.world.record.asks, model.world.ties.other
    granted = asks.accepted.sum(axis=0)
    helped = np.zeros(len(other), dtype=np.int64)
    np.add.at(helped, other[other >= 0], granted[other >= 0])
    # A municipality has no field of its own: row -1 finds the empty word at the end.
    fields = np.array([*model.config.region.fields, ""])
    columns: dict[str, np.ndarray] = {
        "organisation": np.array(model.ids),
        "kind": np.array(KINDS)[who.kind],
        "domain": fields[who.domain],
        "size": who.scale,
        "seat_months": spent.seat_months,
        "inner_ring": model.recorded.rings.inner,
        "asks_made": asks.asked.sum(axis=(0, 2)),
        "asks_granted": granted.sum(axis=1),
        "days_to_yes": asks.days.sum(axis=(0, 2)),
        "helped_others": helped,
        "energy": who.energy,
        "practice_hours": who.hours[:, PRACTICE],
    }
    for layer, layer_name in enumerate(LAYERS):
        for purpose in Spending:
            columns[f"hours.{layer_name}.{purpose.name.lower()}"] = spent.hours[:, layer, purpose]
    return columns


def tie_columns(model: CollaborationModel) -> Columns:
    """Who asked whom in each year, how often, with how many times yes, and after how many days."""
    asks, other = model.world.record.asks, model.world.ties.other
    year, asker, slot = place = np.nonzero(asks.asked)
    ids = np.array(model.ids)
    return {
        "year": year + 1,
        "asker": ids[asker],
        "asked": ids[other[asker, slot]],
        "asks": asks.asked[place],
        "accepted": asks.accepted[place],
        "days": asks.days[place],
    }
