"""Patterns that only the event record, or the state at the end, can show: who decided what, when.

Each function takes one run and gives one number (or one for each of two groups); `patterns.py`
runs them over replicates.
"""

import math
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import pandas as pd

from collabsim.events import NOBODY_ELSE, Event, Reason
from collabsim.mechanisms.learning import after, falls, left_of, not_betrayed, not_risen
from collabsim.model import CollaborationModel
from collabsim.organisations import PRACTICE
from collabsim.parameters import Scenario
from collabsim.settings import settings_of

NEW_MONTHS = 3
SETTLED_MONTHS = 12
WINDOW = 6
USED_BEFORE = 2


def traced(scenario: Scenario, replicate: int) -> CollaborationModel:
    """A whole run of which the event record is kept."""
    model = CollaborationModel(scenario, replicate=replicate, trace=True)
    model.run_for(scenario.months)
    return model


def decisions(events: pd.DataFrame) -> pd.DataFrame:
    """Who decided what, and whether it was to cooperate."""
    chosen = events.loc[
        events["event"] == Event.DECIDED, ["month", "who", "whom", "case", "reason"]
    ]
    return chosen.assign(cooperated=chosen["reason"] == Reason.COOPERATED)


def by_divergence(model: CollaborationModel) -> tuple[float, float]:
    """Cooperation between two parties whose interests are alike, and whose interests diverge."""
    ties = model.world.ties
    chosen = decisions(model.events())
    chosen = chosen[chosen["whom"] != NOBODY_ELSE]
    apart = np.zeros((len(ties.other), len(ties.other)))
    who, slot = np.nonzero(ties.other >= 0)
    apart[who, ties.other[who, slot]] = ties.divergence[who, slot]
    divergence = apart[chosen["who"], chosen["whom"]]
    low, high = np.quantile(divergence, (0.25, 0.75))
    cooperated = chosen["cooperated"].to_numpy()
    return float(cooperated[divergence <= low].mean()), float(cooperated[divergence >= high].mean())


def trust_and_use(model: CollaborationModel) -> float:
    """Correlation over used ties of integrity trust of the house with the number of contacts."""
    ties = model.world.ties
    used = (ties.other >= 0) & (ties.contacts > 0)
    return float(np.corrcoef(ties.integrity[used], np.log(ties.contacts[used]))[0, 1])


def recovery(scenario: Scenario, *, broken: bool, kept: int = 200, failures: int = 3) -> float:
    """Integrity trust between two persons after failures, followed by ``kept`` promises kept."""
    p = settings_of(scenario).learning
    trust, ceiling = scenario.learning.start_integrity, 1.0
    for _ in range(failures):
        trust = float(after(trust, 1.0, left_of(not_betrayed(p, 0.0, float(broken), 1.0))))
        ceiling = float(falls(ceiling, p.ceiling_drop, float(broken)))
    for _ in range(kept):
        trust = min(ceiling, float(after(trust, left_of(not_risen(p, 0.0, 1.0, 1.0)), 1.0)))
    return trust


def arrivals_in_practice(model: CollaborationModel, events: pd.DataFrame) -> dict[int, list[int]]:
    """Months in which the contact of practice changed, by organisation."""
    arrived = events[events["event"] == Event.ARRIVED_AT_POST]
    carries = model.world.carriers.post[:, PRACTICE, 0]
    months: dict[int, list[int]] = defaultdict(list)
    for month, who, post in arrived[["month", "who", "whom"]].itertuples(index=False):
        if post == carries[who]:
            months[int(who)].append(int(month))
    return months


def newcomers(model: CollaborationModel) -> tuple[float, float]:
    """Cooperation in casework of the same organisations: with a settled contact, and with a new one.

    New are the three months after a change, settled the months from a year after it. Each
    organisation counts by its decisions with a new contact, so that both sides hold the same ones.
    """
    events = model.events()
    chosen = decisions(events)
    chosen = chosen[chosen["case"] != NOBODY_ELSE]
    settled, new, weight = 0.0, 0.0, 0
    for who, months in arrivals_in_practice(model, events).items():
        own = chosen[chosen["who"] == who]
        latest = np.array([max((m for m in months if m < at), default=-1) for at in own["month"]])
        since = own["month"].to_numpy() - latest
        is_new, is_settled = (
            (latest >= 0) & (since <= NEW_MONTHS),
            (latest < 0) | (since > SETTLED_MONTHS),
        )
        count, cooperated = int(is_new.sum()), own["cooperated"].to_numpy()
        if count and is_settled.any():
            new += float(cooperated[is_new].sum())
            settled += count * float(cooperated[is_settled].mean())
            weight += count
    return (settled / weight, new / weight) if weight else (math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class Survival:
    """Shares of used ties of practice that are still used half a year later.

    Used: at least two encounters in the half year before; still used: one in the half year after.
    ``young`` and ``old`` are the ties after an exit below and above the median number of contacts.
    """

    stayed: float
    left: float
    young: float
    old: float


def survival(model: CollaborationModel) -> Survival:
    """What becomes of ties whose contact left, and in the same months of ties whose contact stayed."""
    events = model.events()
    met = events[
        (events["event"] == Event.ENCOUNTER) & events["reason"].isin((Reason.ASK, Reason.CONSULT))
    ]
    count, months = len(model.world.ties.other), model.month
    contacts = np.zeros((months, count, count))
    np.add.at(contacts, (met["month"], met["who"], met["whom"]), 1)
    contacts += contacts.transpose(0, 2, 1)
    exits = arrivals_in_practice(model, events)
    alive: dict[bool, list[np.ndarray]] = {True: [], False: []}
    past = []
    for month in range(WINDOW, months - WINDOW + 1):
        before = contacts[month - WINDOW : month].sum(axis=0)
        after = contacts[month : month + WINDOW].sum(axis=0)
        for who in range(count):
            near = [m for m in exits.get(who, ()) if abs(m - month) <= WINDOW]
            if near and month not in near:
                continue
            used = before[who] >= USED_BEFORE
            alive[bool(near)].append(after[who, used] > 0)
            if near:
                past.append(contacts[:month, who].sum(axis=0)[used])
    left, known = np.concatenate(alive[True]), np.concatenate(past)
    old = known > np.median(known)
    return Survival(
        float(np.concatenate(alive[False]).mean()), float(left.mean()),
        float(left[~old].mean()), float(left[old].mean()),
    )  # fmt: skip


def open_at_table(model: CollaborationModel) -> float:
    """Share of seats, over all meetings, that were open."""
    chosen = decisions(model.events())
    seats = chosen[(chosen["whom"] == NOBODY_ELSE) & (chosen["case"] == NOBODY_ELSE)]
    return float(seats["cooperated"].mean()) if len(seats) else math.nan
