"""What is known of the candidates for a seat when a delegation is chosen."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from collabsim.compiled import compiled
from collabsim.mechanisms.cooperation import future_at_table
from collabsim.mechanisms.learning import rises
from collabsim.organisations import BOARD, ISSUES, MUNICIPALITY, PRACTICE, PROVIDER, Organisations
from collabsim.randomness import Luck, Purpose
from collabsim.settings import Settings
from collabsim.ties import Bonds, Ties, integrity_trust
from collabsim.world import World

MONTHS_A_YEAR = 12
NOT_A_CANDIDATE = -1
#: More rounds than any choice takes, so that networks draw lots of their own.
ROUNDS_APART = 1_000_000


@dataclass(frozen=True, eq=False)
class Candidates:
    """The P providers in a network in the order of their identities, as choosers see them.

    Attributes:
        rows: [P] rows of the model.
        identity: [P] stable identities, for keyed draws.
        domain: [P] main field.
        volume: [P] contract hours a month in this region.
        fields: [P] number of fields in which it can help.
        hours_of_board: [P] board hours a month.
        similarity: [P, P] likeness of interests, 0 to 1.
        trust: [P, P] integrity trust of the boards, row in column, 0 to 1.
        doubt: [P] how far municipalities may still come to trust it, 0 to 1: what it makes of its
            own trust in them, weighted by contract.
        municipalities: number of municipalities with a seat.
        settings: the parameters of the model.
        luck: keyed draws.
        month: month of the choice.
        network: number of the network.

    """

    rows: NDArray[np.int64]
    identity: NDArray[np.uint64]
    domain: NDArray[np.int64]
    volume: NDArray[np.float64]
    fields: NDArray[np.int64]
    hours_of_board: NDArray[np.float64]
    similarity: NDArray[np.float64]
    trust: NDArray[np.float64]
    doubt: NDArray[np.float64]
    municipalities: int
    settings: Settings
    luck: Luck
    month: int
    network: int = 0

    def __len__(self) -> int:
        return len(self.rows)

    def drawn(self, purpose: Purpose, round_number: int = 0) -> NDArray[np.float64]:
        """[P] keyed draws between 0 and 1, one for each candidate."""
        whom = round_number + ROUNDS_APART * self.network
        return self.luck.uniforms(purpose, self.month, who=self.identity, whom=whom)

    def meetings_a_year(self) -> float:
        """Meetings of the table within a year."""
        return MONTHS_A_YEAR / float(self.settings.table.meets_every_months)

    def hours_heard(self, seats: int, share: float = 1.0) -> float:
        """Hours a year in which a seat, or a ``share`` of its time, is heard by the table."""
        each = float(self.settings.attention.table_hours) / max(1, seats + self.municipalities)
        return each * share * self.meetings_a_year()

    def contract_gain(self, heard: NDArray[np.float64] | float) -> NDArray[np.float64]:
        """[P] contract hours a year that being heard for ``heard`` hours is expected to bring.

        Trust of the municipalities grows with the hours, and weighs at renewal; what is gained
        then lasts as long as a contract does.
        """
        p, c = self.settings.learning, self.settings.commissioning
        if float(c.renewed_share_per_year) <= 0.0:
            return np.zeros(len(self))
        rate = float(p.gain_per_hour)
        grown = np.array([rises(0.0, rate, float(h)) for h in np.broadcast_to(heard, len(self))])
        weight = float(c.track_record_weight)
        share = float(self.settings.table.expected_of_seat)
        return share * self.volume * MONTHS_A_YEAR * (np.exp(weight * self.doubt * grown) - 1.0)

    def seat_cost(self) -> float:
        """Board hours a year that a seat costs."""
        a = self.settings.attention
        travel = 0.0 if self.settings.table.online else float(a.travel_hours)
        each = float(a.table_hours) + float(a.preparation_hours) + travel
        return each * self.meetings_a_year()

    def turn_to_come(self, seats: int) -> float:
        """Share of a usual future in which one without a seat expects to have one by rotation."""
        share = float(self.settings.table.rotation_share)
        outside = max(1, len(self) - seats)
        weight = 1.0 - future_at_table(self.settings.cooperation, 0.0)
        return weight * min(1.0, share * seats / outside)


@compiled
def boards_trust(
    organisations: Organisations,
    ties: Ties,
    bonds: Bonds,
    place: np.ndarray,
    member: np.ndarray,
    trust: np.ndarray,
    doubt: np.ndarray,
    similarity: np.ndarray,
) -> None:
    """Fill what candidates think of each other, how alike they are, and their doubt with municipalities."""
    kind, interests = organisations.kind, organisations.interests
    for i in range(place.shape[0]):
        at = place[i]
        if at == NOT_A_CANDIDATE:
            continue
        for j in range(place.shape[0]):
            if place[j] != NOT_A_CANDIDATE:
                apart = 0.0
                for issue in range(ISSUES):
                    apart += abs(interests[i, issue] - interests[j, issue])
                similarity[at, place[j]] = 1.0 - apart / ISSUES / 2.0
        paid, doubted = 0.0, 0.0
        for k in range(ties.other.shape[1]):
            j = ties.other[i, k]
            if j < 0 or not member[j]:
                continue
            believed = integrity_trust(ties, bonds, i, k, BOARD)
            if kind[j] == MUNICIPALITY:
                volume = ties.contract[j, ties.back[i, k]]
                paid += volume
                doubted += volume * (1.0 - believed)
            else:
                trust[at, place[j]] = believed
        if paid > 0.0:
            doubt[at] = doubted / paid


def candidates_of(world: World, luck: Luck, month: int, network: int = 0) -> Candidates:
    """The providers in a network of ``world``, as they see each other in ``month``."""
    o = world.organisations
    member = world.seats.member[network]
    providers = np.flatnonzero(member & (o.kind == PROVIDER))
    count = len(providers)
    place = np.full(o.shape[0], NOT_A_CANDIDATE)
    place[providers] = np.arange(count)
    trust, similarity, doubt = np.zeros((count, count)), np.zeros((count, count)), np.zeros(count)
    boards_trust(o, world.ties, world.bonds, place, member, trust, doubt, similarity)
    return Candidates(
        rows=providers,
        identity=o.identity[providers],
        domain=o.domain[providers],
        volume=o.hours[providers, PRACTICE],
        fields=o.can[providers].sum(axis=1),
        hours_of_board=o.hours[providers, BOARD],
        similarity=similarity,
        trust=trust,
        doubt=doubt,
        municipalities=int((member & (o.kind == MUNICIPALITY)).sum()),
        settings=world.settings,
        luck=luck,
        month=month,
        network=network,
    )
