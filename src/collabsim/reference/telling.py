"""The event record told in words: who did what, to whom, why."""

import numpy as np
import pandas as pd

from collabsim.events import NOBODY_ELSE, Event, Reason
from collabsim.model import CollaborationModel

#: Events of which ``whom`` is another organisation; of others it is a number that the event explains.
BETWEEN_TWO = {
    Event.ASKED, Event.DECIDED, Event.ENCOUNTER, Event.PROMISED, Event.PROMISE_ENDED, Event.CONTRADICTED,
    Event.NAMED, Event.REPROACH, Event.REPORTED,
}  # fmt: skip
#: Events of which ``reason`` is a ``Reason``; of others it is a number that the event explains.
WITH_A_REASON = BETWEEN_TWO | {
    Event.LEFT,
    Event.SEATED,
    Event.CASE_CLOSED,
    Event.SUPPORTED,
    Event.SAT_AT_TABLE,
}


def told(model: CollaborationModel, case: int | None = None) -> pd.DataFrame:
    """Tell what happened in a run, in the order in which it happened.

    Args:
        model: a run that was made with ``trace=True``.
        case: number of a case, to tell of that case only; None tells everything.

    Returns:
        One row an event, with columns month, who, did, whom, why, value and case. ``whom`` is empty
        where nobody else was involved, and a number where it is no organisation.

    Raises:
        ValueError: the run kept no record.

    """
    events = model.events()
    if case is not None:
        events = events[events["case"] == case]
    names = np.array([*model.ids, ""])
    kind = events["event"]
    other = events["whom"].where(events["whom"] >= 0, NOBODY_ELSE)
    between_two = kind.isin(BETWEEN_TWO)
    whom = np.where(between_two, names[other.where(between_two, NOBODY_ELSE)], other.astype(str))
    reasons = {int(reason): _words(reason.name) for reason in Reason}
    why = (
        events["reason"]
        .map(reasons)
        .where(kind.isin(WITH_A_REASON) & (events["reason"] != Reason.NONE), "")
    )
    return pd.DataFrame(
        {
            "month": events["month"],
            "who": events["who_id"],
            "did": kind.map({int(event): _words(event.name) for event in Event}),
            "whom": np.where(other == NOBODY_ELSE, "", whom),
            "why": why,
            "value": events["value"].round(2),
            "case": events["case"],
        }
    )


def _words(name: str) -> str:
    return name.lower().replace("_", " ")
