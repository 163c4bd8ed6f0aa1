"""Persons, bonds and ties of the object-per-agent model."""

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from collabsim.parameters.cooperation import Cooperation
from collabsim.parameters.learning import Learning

if TYPE_CHECKING:
    from mesa_agents import Organisation

PRACTICE, MANAGEMENT, BOARD = LAYERS = (0, 1, 2)
ROOM_UNKNOWN = 0.5


@dataclass(slots=True, eq=False)
class Person:
    """Somebody who holds a post that carries one layer, or all in a small organisation."""

    layers: tuple[int, ...]
    turnover_layer: int
    since: int


@dataclass(slots=True, eq=False)
class Bond:
    """What the person of one layer has with the other's person."""

    acquaintance: float
    competence: float
    integrity: float
    contacts: float = 0.0


@dataclass(slots=True, eq=False)
class Tie:
    """What one organisation knows and thinks of another, and what this month brought."""

    owner: "Organisation"
    other: "Organisation"
    divergence: float
    contract: float
    competence: float
    integrity: float
    bonds: list[Bond]
    commitment: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    ceiling: float = 1.0
    dependence: float = 0.0
    contacts: int = 0
    room: float = ROOM_UNKNOWN
    news_month: int | None = None
    news_comes: bool = False
    together: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    good: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    bad: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])
    kept: int = 0
    late: int = 0
    broken: int = 0
    touched: bool = False

    def competence_trust(self, layer: int) -> float:
        """Competence trust: persons count in the work; managers and boards go by the house."""
        if layer != PRACTICE:
            return self.competence
        bond = self.bonds[layer]
        return bond.acquaintance * bond.competence + (1.0 - bond.acquaintance) * self.competence

    def integrity_trust(self, layer: int) -> float:
        """Integrity trust: the better the persons know each other, the more they count."""
        bond = self.bonds[layer]
        return bond.acquaintance * bond.integrity + (1.0 - bond.acquaintance) * self.integrity

    def expected_gain(self, p: Cooperation, layer: int, future: float = 1.0) -> float:
        """Hours that cooperating is expected to bring beyond holding back, per hour of effort."""
        integrity = self.integrity_trust(layer)
        joint_work = (1.0 - p.free_ride) * self.competence_trust(layer) * integrity
        standing = p.shadow * future * self.dependence * integrity
        strange = 1.0 - self.bonds[layer].acquaintance
        fear = p.exposure * p.presumed_divergence * (1.0 - integrity) * strange
        return p.mutual_yield * (joint_work + standing - fear)

    def value_of_meeting(self, layer: int) -> float:
        """What is expected of a meeting: a useful relation, still to gain."""
        useful = 0.5 * (self.dependence + self.competence_trust(layer))
        return useful * (1.0 - 0.5 * self.bonds[layer].acquaintance)

    def value_of_asking(self, room_weight: float) -> float:
        """What is expected of asking: good help, and soon."""
        help_expected = self.competence_trust(PRACTICE) * self.integrity_trust(PRACTICE)
        return (help_expected + room_weight * self.room) / (1.0 + room_weight)

    def experiences(self, layer: int, hours: float, other_cooperated: bool) -> None:
        """The owner sees for ``hours`` whether the other puts in full effort."""
        if other_cooperated:
            self.good[layer] += hours
        else:
            self.bad[layer] += hours
        self.touched = True

    def person_changes(self, layer: int, handover: float) -> None:
        """One of the two persons is new: what was handed over, and the house's own opinion."""
        bond = self.bonds[layer]
        bond.acquaintance *= handover
        bond.contacts *= handover
        bond.competence = handover * bond.competence + (1.0 - handover) * self.competence
        bond.integrity = handover * bond.integrity + (1.0 - handover) * self.integrity

    def learns(self, p: Learning, newcomers: tuple[set[int], set[int]]) -> None:
        """Turn what happened this month into acquaintance and trust, and fade the rest."""
        if self.touched:
            self.ceiling *= (1.0 - p.ceiling_drop) ** self.broken
            for layer in LAYERS:
                if layer not in newcomers[0] and layer not in newcomers[1]:
                    self._persons_learn(p, layer)
            good, bad, share = sum(self.good), sum(self.bad), p.institution_share
            worked = self.good[PRACTICE]
            self.competence = self._competence_after(p, self.competence, worked, share)
            self.integrity = self._integrity_after(p, self.integrity, good, bad, share)
        for layer in LAYERS:
            if self.together[layer] == 0.0:
                self.bonds[layer].acquaintance *= 1.0 - p.fades_per_month

    def _persons_learn(self, p: Learning, layer: int) -> None:
        """What the persons of one layer learn."""
        promises = self.kept + self.late + self.broken if layer == PRACTICE else 0
        if self.together[layer] == 0.0 and promises == 0:
            return
        bond = self.bonds[layer]
        strange = 1.0 - bond.acquaintance
        bond.acquaintance = 1.0 - strange * math.exp(
            -p.acquaintance_per_hour * self.together[layer]
        )
        in_practice = layer == PRACTICE
        good, bad = self.good[layer], self.bad[layer]
        if in_practice:
            bond.competence = self._competence_after(p, bond.competence, good, 1.0)
        bond.integrity = self._integrity_after(p, bond.integrity, good, bad, 1.0, in_practice)

    def _competence_after(self, p: Learning, trust: float, worked: float, share: float) -> float:
        """Competence trust after a month; it shows in the work only."""
        trust = rises(trust, p.gain_per_hour * share, worked)
        trust = rises(trust, p.kept_gain * share, self.kept)
        return falls(trust, p.late_loss * share, self.late)

    def _integrity_after(
        self,
        p: Learning,
        trust: float,
        good: float,
        bad: float,
        share: float,
        promises: bool = True,
    ) -> float:
        """Integrity trust after a month, under the ceiling that broken words leave."""
        trust = rises(trust, p.gain_per_hour * share, good)
        if promises:
            trust = rises(trust, p.kept_gain * share, self.kept)
        trust = falls(trust, p.loss_per_hour * share, bad)
        if promises:
            trust = falls(trust, p.broken_loss * share, self.broken)
        return min(self.ceiling, trust)

    def forgets_the_month(self) -> None:
        """Empty what this month brought."""
        if self.touched:
            self.together = [0.0, 0.0, 0.0]
            self.good = [0.0, 0.0, 0.0]
            self.bad = [0.0, 0.0, 0.0]
            self.kept = self.late = self.broken = 0
            self.touched = False


def rises(level: float, rate: float, times: float) -> float:
    """``level`` after rising ``times`` times by ``rate`` of what is missing to 1."""
    return float(1.0 - (1.0 - level) * (1.0 - rate) ** times)


def falls(level: float, rate: float, times: float) -> float:
    """``level`` after falling ``times`` times by ``rate`` of itself."""
    return float(level * (1.0 - rate) ** times)
