"""Delegation strategies: each takes the candidates and gives the seats.

A strategy returns places in ``Candidates`` (not rows of the model), most wanted first.
"""

import math
from collections import ChainMap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from collabsim.delegation.candidates import Candidates
from collabsim.delegation.self_selection import self_selected
from collabsim.randomness import Purpose

type Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Strategy:
    """A way of choosing a delegation.

    Attributes:
        name: as configs write it.
        en: name in English.
        nl: name in Dutch.
        source: who describes it.
        choose: from the candidates and the number of seats to the chosen places.

    """

    name: str
    en: str
    nl: str
    source: str
    choose: Callable[[Candidates, int], Places]


def nobody(_: Candidates, __: int) -> Places:
    """There is no table."""
    return np.empty(0, dtype=np.int64)


def everyone(candidates: Candidates, _: int) -> Places:
    """Every provider sits at the table, however many seats were meant."""
    return np.arange(len(candidates))


def random(candidates: Candidates, seats: int) -> Places:
    """A draw among all providers."""
    return np.argsort(candidates.drawn(Purpose.DELEGATION), kind="stable")[:seats]


def stratified(candidates: Candidates, seats: int) -> Places:
    """A draw within each field, with seats in proportion to the providers of that field.

    Seats are given by largest remainder; the order of equal remainders is drawn.
    """
    drawn = candidates.drawn(Purpose.DELEGATION)
    fields, counts = np.unique(candidates.domain, return_counts=True)
    exact = counts * min(seats, len(candidates)) / len(candidates)
    given = np.floor(exact + 1e-9).astype(int)
    order = sorted(
        range(len(fields)),
        key=lambda f: (-(exact[f] - given[f]), drawn[candidates.domain == fields[f]].min()),
    )
    for f in order[: min(seats, len(candidates)) - int(given.sum())]:
        given[f] += 1
    chosen: list[int] = []
    for field, number in zip(fields, given, strict=True):
        members = np.flatnonzero(candidates.domain == field)
        chosen.extend(members[np.argsort(drawn[members], kind="stable")][:number])
    return np.array(chosen, dtype=np.int64)


def selected(candidates: Candidates, seats: int) -> Places:
    """Selected by the municipalities for a strategic role and for representativeness.

    A strategic role is a large volume and help in many fields. Representativeness is how like the
    seats are, in interests, to every provider's nearest seat. Seats are filled one by one, each by
    the provider that adds most.
    """
    weight = float(candidates.settings.table.strategic_weight)
    role = candidates.volume * np.sqrt(candidates.fields)
    role = role / max(role.max(), 1e-12)
    nearest = np.zeros(len(candidates))
    chosen: list[int] = []
    for _ in range(min(seats, len(candidates))):
        covered = np.maximum(nearest[:, None], candidates.similarity).mean(axis=0) - nearest.mean()
        merit = weight * role + (1.0 - weight) * covered / max(covered.max(), 1e-12)
        merit[chosen] = -math.inf
        best = int(np.argmax(merit))
        chosen.append(best)
        nearest = np.maximum(nearest, candidates.similarity[:, best])
    return np.array(chosen, dtype=np.int64)


#: Strategies of the user's own, for as long as the file is in use; see ``collabsim.own``.
OWN_STRATEGIES: dict[str, Strategy] = {}

STRATEGIES: Mapping[str, Strategy] = MappingProxyType(ChainMap(OWN_STRATEGIES, {
    s.name: s
    for s in (
        Strategy("nobody", "no table", "geen tafel", "control", nobody),
        Strategy("everyone", "everyone at the table", "iedereen aan tafel", "k2-partnership", everyone),
        Strategy(
            "self_selected", "chosen by the providers themselves", "gekozen door de aanbieders zelf", "k2-partnership",
            self_selected,
        ),
        Strategy("selected", "selected by the municipalities", "geselecteerd door de gemeenten", "k2-partnership", selected),
        Strategy("random", "drawn by lot", "door loting", "control", random),
        Strategy("stratified", "drawn by lot within fields", "door loting per domein", "control", stratified),
    )
}))  # fmt: skip
