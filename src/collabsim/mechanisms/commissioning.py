"""Commissioning: municipalities buy care, renew contracts on experience, and providers depend on them.

The money follows the residents: each municipality buys the hours that its residents are expected
to need. Each year a share of it is divided anew within a field, in proportion to volume and to
the municipality's trust. What one provider gains, another loses.
"""

import math

import numpy as np
from numpy.typing import NDArray

from collabsim.compiled import compiled, inlined
from collabsim.events import NOBODY_ELSE, Event, Reason, note
from collabsim.mechanisms.casework import expected_care_hours, expected_cases_a_month
from collabsim.organisations import (
    MANAGEMENT,
    MOST_FIELDS,
    MUNICIPALITY,
    PRACTICE,
    PROVIDER,
    Organisations,
)
from collabsim.parameters import Scenario
from collabsim.randomness import Luck, Purpose
from collabsim.rows import rows
from collabsim.ties import Suppliers, Ties, competence_trust, integrity_trust
from collabsim.world import World

MONTHS_A_YEAR = 12


def contracts_are_signed(
    scenario: Scenario, organisations: Organisations, ties: Ties, luck: Luck
) -> Suppliers:
    """Divide every municipality's money over the providers, and set the hours of practice.

    In each field a municipality pays providers of that field with which it has a contract, in
    proportion to their size; if it has none, all that it knows, then all that can help.
    """
    p, o = scenario.commissioning, organisations
    municipal = np.flatnonzero(o.kind == MUNICIPALITY)
    chance = min(1.0, p.contracts_per_provider / max(1, len(municipal)))
    fields = len(scenario.region.fields)
    kind, domain, can, scale = o.kind, o.domain, o.can, o.scale
    for m in municipal:
        hours = (
            expected_care_hours(scenario, float(o.inhabitants[m]))
            * (1.0 + p.indirect_share)
            / p.target_load
        )
        other = ties.other[m]
        known = np.flatnonzero((other >= 0) & (kind[other] == PROVIDER))
        draws = luck.uniforms(Purpose.CONTRACT, who=o.identity[m], whom=o.identity[other[known]])
        signed, works_in = draws < chance, domain[other[known]]
        for field in range(fields):
            pool = known[signed & (works_in == field)]
            if len(pool) == 0:
                pool = known[works_in == field]
            if len(pool) == 0:
                pool = known[can[other[known], field] > 0]
            sizes = scale[other[pool]]
            ties.contract[m, pool] += hours / fields * sizes / sum(sizes.tolist())
    access = scenario.attention.access_hours_per_case
    for m in municipal:
        o.hours[m, PRACTICE] = expected_cases_a_month(scenario, float(o.inhabitants[m])) * access
    care_follows_contracts(o, ties, p.budget)
    o.one_person[:] = (o.kind == PROVIDER) & (
        o.hours[:, PRACTICE] < scenario.region.one_person_below_hours
    )
    o.pool[o.one_person] = PRACTICE
    return suppliers_of(o, ties)


def suppliers_of(o: Organisations, ties: Ties) -> Suppliers:
    """Whom each municipality pays, by field; renewal changes volumes, never who has a contract."""
    o.market[:] = -1
    lists: list[list[NDArray[np.int64]]] = []
    for m in np.flatnonzero(o.kind == MUNICIPALITY):
        o.market[m] = len(lists)
        paid = ties.other[m][ties.contract[m] > 0.0]
        able = o.can[paid] > 0
        lists.append([paid[able[:, field]] for field in range(MOST_FIELDS)])
    widest = max((len(places) for fields in lists for places in fields), default=0)
    suppliers = rows(Suppliers, max(1, len(lists)), MOST_FIELDS, widest + 1)
    suppliers.provider[:] = -1
    for market, fields in enumerate(lists):
        for field, places in enumerate(fields):
            suppliers.provider[market, field, : len(places)] = places
    return suppliers


@compiled
def care_follows_contracts(o: Organisations, ties: Ties, budget: float) -> None:
    """A provider has the care hours that municipalities buy of it with their ``budget``."""
    for j in range(o.kind.shape[0]):
        if o.kind[j] != PROVIDER:
            continue
        hours = 0.0
        for k in range(ties.other.shape[1]):
            m = ties.other[j, k]
            if m >= 0:
                hours += ties.contract[m, ties.back[j, k]]
        o.hours[j, PRACTICE] = budget * hours


@inlined
def is_renewal(world: World, month: int) -> bool:
    """Whether contracts are renewed in this month."""
    p = world.settings.commissioning
    return (month - (p.renewal_month - 1)) % MONTHS_A_YEAR == 0


@compiled
def contracts_are_renewed(world: World, month: int) -> None:
    """Once a year part of each municipality's volume is divided anew, field by field."""
    if not is_renewal(world, month):
        return
    o, ties, p = world.organisations, world.ties, world.settings.commissioning
    if p.renewed_share_per_year > 0.0:
        for m in range(o.kind.shape[0]):
            if o.kind[m] == MUNICIPALITY:
                for field in range(o.can.shape[1]):
                    one_field_is_renewed(world, month, m, field)
    care_follows_contracts(o, ties, p.budget)
    who_depends_on_whom(world)


@compiled
def one_field_is_renewed(world: World, month: int, m: int, field: int) -> None:
    """Divide the renewed volume of one field of municipality ``m`` over its providers in that field."""
    o, ties, p = world.organisations, world.ties, world.settings.commissioning
    volume, weights = 0.0, 0.0
    for k in range(ties.other.shape[1]):
        if ties.contract[m, k] > 0.0 and o.domain[ties.other[m, k]] == field:
            volume += ties.contract[m, k]
            weights += ties.contract[m, k] * weight_of_experience(world, m, k)
    if weights <= 0.0:
        return
    renewed = p.renewed_share_per_year * volume
    for k in range(ties.other.shape[1]):
        if ties.contract[m, k] > 0.0 and o.domain[ties.other[m, k]] == field:
            before = ties.contract[m, k]
            share = before * weight_of_experience(world, m, k) / weights
            ties.contract[m, k] = (1.0 - p.renewed_share_per_year) * before + renewed * share
            note(
                world.events, month, Event.CONTRACT, m, ties.other[m, k], NOBODY_ELSE, Reason.NONE,
                ties.contract[m, k],
            )  # fmt: skip


@inlined
def weight_of_experience(world: World, m: int, k: int) -> float:
    """How much a municipality's experience multiplies a provider's chance at renewal."""
    trust = 0.5 * (
        competence_trust(world.ties, world.bonds, m, k, MANAGEMENT)
        + integrity_trust(world.ties, world.bonds, m, k, MANAGEMENT)
    )
    return math.exp(world.settings.commissioning.track_record_weight * trust)


@compiled
def who_depends_on_whom(world: World) -> None:
    """Dependence of each on each: by money where money flows, otherwise by share of contacts.

    A provider depends on a municipality for a share of its turnover; a municipality on a provider
    for a share of the care that it buys in that field.
    """
    o, ties = world.organisations, world.ties
    weight = world.settings.commissioning.dependence_weight
    bought = np.zeros(o.can.shape[1])
    for i in range(o.kind.shape[0]):
        contacts = 0
        bought[:] = 0.0
        for k in range(ties.other.shape[1]):
            j = ties.other[i, k]
            if j >= 0:
                contacts += ties.contacts[i, k]
                if ties.contract[i, k] > 0.0:
                    bought[o.domain[j]] += ties.contract[i, k]
        for k in range(ties.other.shape[1]):
            j = ties.other[i, k]
            if j < 0:
                continue
            share = ties.contacts[i, k] / contacts if contacts > 0 else 0.0
            if ties.contract[i, k] > 0.0:
                share = ties.contract[i, k] / bought[o.domain[j]]
            elif ties.contract[j, ties.back[i, k]] > 0.0:
                bought_here = (
                    world.settings.commissioning.budget * ties.contract[j, ties.back[i, k]]
                )
                share = o.region_share[i] * bought_here / o.hours[i, PRACTICE]
            ties.dependence[i, k] = min(1.0, weight * share)
