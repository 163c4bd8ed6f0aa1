"""Organisations: who is in the region, as arrays with one row per organisation.

Rows are in the order of the organisations' identities, whatever their order in a config, so that
sums over rows are the same for every order of writing.
"""

import math
from typing import Annotated, NamedTuple

import numpy as np

from collabsim.parameters import Scenario
from collabsim.parameters.given import NamedOrganisation
from collabsim.randomness import Luck, Purpose, identity
from collabsim.remembering import once_for_each
from collabsim.rows import Identity, Noun, Number, Switch, Whole, rows

MUNICIPALITY, PROVIDER = 0, 1
KINDS = ("municipality", "provider")
PRACTICE, MANAGEMENT, BOARD = 0, 1, 2
LAYERS = ("practice", "management", "board")
ISSUES = 4
MOST_FIELDS = 8


class Organisations(Noun):
    """All organisations, one row each."""

    identity: Identity
    """Stable identity, from the id in the config."""
    kind: Whole
    """MUNICIPALITY or PROVIDER."""
    domain: Whole
    """Main field of a provider; -1 for a municipality."""
    can: Annotated[Switch, MOST_FIELDS]
    """Fields in which it can help."""
    inhabitants: Number
    """Residents of a municipality; 0 for a provider."""
    scale: Number
    """Size against a usual one of its kind."""
    region_share: Number
    """Share of a provider's turnover that comes from this region."""
    interests: Annotated[Number, ISSUES]
    """Stance on each issue, -1 to 1."""
    importance: Annotated[Number, ISSUES]
    """How much each issue matters to it; 1 in all."""
    delay_days: Number
    """Days of its own procedure before it answers an ask."""
    one_person: Switch
    """Whether one person carries all layers."""
    hours: Annotated[Number, 3]
    """Hours a month per layer; practice follows the contracts."""
    energy: Number
    """Energy for collaboration, 0 to 1."""
    market: Whole
    """Row of a municipality in ``Suppliers``; -1 for a provider."""
    pool: Annotated[Whole, 3]
    """The layer whose budget a layer draws on: practice for all where one person carries all."""


class Listed(NamedTuple):
    """An organisation before it has a row."""

    id: str
    identity: int
    kind: int
    domain: int
    size: float
    inhabitants: float
    also: tuple[int, ...]


@once_for_each
def everybody(scenario: Scenario) -> list[tuple[NamedOrganisation, int]]:
    """All organisations of a scenario, named and generated, and their identities, in the order of ids."""
    region = scenario.region
    members = [
        *region.organisations,
        *(
            NamedOrganisation(id=f"municipality-{number:02d}", kind="municipality")
            for number in range(1, region.municipality_count + 1)
        ),
        *(
            NamedOrganisation(
                id=f"provider-{number:03d}",
                kind="provider",
                domain=region.fields[(number - 1) % len(region.fields)],
            )
            for number in range(1, region.provider_count + 1)
        ),
    ]
    return [(o, int(identity(o.id))) for o in sorted(members, key=lambda o: o.id)]


def listed(scenario: Scenario, luck: Luck) -> list[Listed]:
    """All organisations of a scenario in the order of their ids, with what luck gives them."""
    region, members = scenario.region, everybody(scenario)
    fields, drawn = region.fields, luck.normals(Purpose.SIZE, who=[who for _, who in members])

    def row(o: NamedOrganisation, who: int, deviations: float) -> Listed:
        municipal = o.kind == "municipality"
        spread = region.municipality_size_spread if municipal else region.provider_size_spread
        size = math.exp(spread * deviations) if o.size is None else o.size
        people = o.inhabitants or region.inhabitants_per_municipality * size
        domain = -1 if municipal else fields.index(o.domain or fields[who % len(fields)])
        return Listed(
            o.id,
            who,
            int(not municipal),
            domain,
            size,
            people * municipal,
            tuple(fields.index(f) for f in o.also),
        )

    return [row(*member, deviations) for member, deviations in zip(members, drawn, strict=True)]


def organisations_of(scenario: Scenario, luck: Luck) -> tuple[list[str], Organisations]:
    """Ids and rows of all organisations; hours in practice are set by the contracts later."""
    region, attention = scenario.region, scenario.attention
    members = listed(scenario, luck)
    o = rows(Organisations, len(members))
    who = np.array([row.identity for row in members], dtype=np.uint64)
    o.identity[:] = who
    o.kind[:] = [row.kind for row in members]
    o.domain[:] = [row.domain for row in members]
    o.inhabitants[:] = [row.inhabitants for row in members]
    o.energy[:] = scenario.energy.usual
    issues = np.arange(ISSUES)
    own = 2.0 * luck.uniforms(Purpose.INTERESTS, who=who[:, None], whom=issues) - 1.0
    kinds = (o.domain + 1).astype(np.uint64)
    shared = 2.0 * luck.uniforms(Purpose.INTERESTS, who=kinds[:, None], whom=issues) - 1.0
    o.interests[:] = region.interest_spread * own + (1.0 - region.interest_spread) * shared
    weights = luck.uniforms(Purpose.IMPORTANCE, who=who[:, None], whom=issues)
    o.importance[:] = weights / weights.sum(axis=1, keepdims=True)
    fields = np.arange(len(region.fields))
    chances = luck.uniforms(Purpose.EXTRA_FIELD, who=who[:, None], whom=fields)
    extra = chances < region.extra_field_chance
    share_draws = luck.uniforms(Purpose.REGION_SHARE, who=who)
    shares = 2.0 * scenario.commissioning.region_share * share_draws
    provides = o.kind == PROVIDER
    also = np.array([[field in row.also for field in fields] for row in members])
    fits = (fields == o.domain[:, None]) | also | extra
    o.can[:, fields] = fits & provides[:, None]
    o.region_share[:] = np.where(provides, np.minimum(1.0, shares), 0.0)
    sizes = np.array([row.size for row in members])
    # The same residents divided over more providers make smaller houses.
    served = float(o.inhabitants.sum()) / max(1, int(provides.sum()))
    sizes *= served / region.inhabitants_per_provider
    o.scale[:] = np.where(provides, sizes, o.inhabitants / region.inhabitants_per_municipality)
    growth = np.sqrt(o.scale)
    o.hours[:, MANAGEMENT] = growth * np.where(
        provides, attention.provider_management_hours, attention.municipality_management_hours
    )
    o.hours[:, BOARD] = growth * np.where(
        provides, attention.provider_board_hours, attention.municipality_board_hours
    )
    o.delay_days[:] = scenario.casework.internal_delay_days * growth
    o.pool[:] = (PRACTICE, MANAGEMENT, BOARD)
    return [row.id for row in members], o
