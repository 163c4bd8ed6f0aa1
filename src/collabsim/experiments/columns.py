"""What of a finished run goes into tables: one row an organisation, one row a pair that asked."""

from collections.abc import Mapping

import numpy as np

from collabsim.model import CollaborationModel
from collabsim.organisations import KINDS, LAYERS
from collabsim.record import Spending

type Columns = Mapping[str, np.ndarray]


def organisation_columns(model: CollaborationModel) -> Columns:
    """Who each organisation is, its months at the table, and its hours by layer and purpose."""
    who, spent = model.world.organisations, model.world.record.spent
    # A municipality has no field of its own: row -1 finds the empty word at the end.
    fields = np.array([*model.config.region.fields, ""])
    columns: dict[str, np.ndarray] = {
        "organisation": np.array(model.ids),
        "kind": np.array(KINDS)[who.kind],
        "domain": fields[who.domain],
        "size": who.scale,
        "seat_months": spent.seat_months,
        "inner_ring": model.recorded.rings.inner,
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
