"""What has to be run for claims: each side of each, at the defaults, with ablations, in other worlds.

Sides that come to the same world are one **arm**, run once whatever number of claims need it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from collabsim.claims.claim import SCENARIOS, Claim, Side
from collabsim.config import ConfigError, load_scenario, resolved
from collabsim.experiments.identity import model_version, short_hash
from collabsim.experiments.sweep_files import with_point
from collabsim.history import history_key
from collabsim.parameters import Scenario
from collabsim.parameters.scenario import LABELS
from collabsim.phrases import Phrase
from collabsim.worlds.kept import set_on_purpose

type Kind = Literal["defaults", "ablation", "kept", "plausible"]

#: Seed of all luck, and the first replicate that worlds draw theirs with: none has that of another.
SEED, FIRST_OF_WORLDS = 1, 10_000
_LABELS = {*LABELS, "seed"}


@dataclass(frozen=True, slots=True)
class World:
    """Other values of what is uncertain.

    Attributes:
        kind: "kept" if it meets the published patterns, "plausible" if it is any draw of the ranges.
        number: among those of its kind.
        values: by path.

    """

    kind: Kind
    number: int
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is run.

    Attributes:
        pairs: replicates of each claim at the defaults.
        ablation_pairs: of each ablation.
        worlds: at most so many kept worlds, and as many plausible ones.
        world_pairs: replicates in each world.

    """

    pairs: int = 60
    ablation_pairs: int = 12
    worlds: int = 40
    world_pairs: int = 1


@dataclass(frozen=True, slots=True)
class Arm:
    """A world to run: its scenario, and what tells it from all others."""

    key: str
    scenario: Scenario = field(repr=False, compare=False)
    history: str = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """A claim in one setting.

    Attributes:
        claim: its id.
        kind: which setting.
        number: of the ablation or world, from 0.
        of: one side.
        than: the other; None for a fixed number.
        replicates: luck that both sides are run with.

    """

    claim: str
    kind: Kind
    number: int
    of: Arm
    than: Arm | None
    replicates: tuple[int, ...]


class Arms:
    """Makes arms, each once."""

    def __init__(self, project: Path) -> None:
        self._folder = project / SCENARIOS
        self._files: dict[str, Scenario] = {}
        self._sides: dict[tuple[str, str], tuple[Scenario, set[str]]] = {}
        self._made: dict[str, Arm] = {}

    def scenario(self, name: str) -> Scenario:
        """A scenario of the project, as its file has it."""
        if name not in self._files:
            self._files[name] = load_scenario(self._folder / f"{name}.yaml")
        return self._files[name]

    def arranged(self, side: Side) -> tuple[Scenario, set[str]]:
        """A side in the world as it is by default, and what it arranges on purpose."""
        key = side.scenario, short_hash(side.settings)
        if key not in self._sides:
            scenario = with_point(self.scenario(side.scenario), side.settings)
            self._sides[key] = scenario, set_on_purpose(scenario) | set(side.settings)
        return self._sides[key]

    def arm(self, side: Side, world: Mapping[str, Any], ablation: Mapping[str, Any]) -> Arm | None:
        """One side in a world, with something switched off; None for a fixed number.

        What the side arranges otherwise than by default stays as it is, whatever the world.

        Raises:
            ConfigError: there can be no such world.

        """
        if side.value is not None:
            return None
        scenario, own = self.arranged(side)
        values = {path: value for path, value in world.items() if path not in own}
        if values or ablation:
            scenario = with_point(scenario, {**values, **ablation})
        known = {key: value for key, value in resolved(scenario).items() if key not in _LABELS}
        key = short_hash([known, model_version()], digits=16)
        if key not in self._made:
            named = scenario.model_copy(update={"name": key})
            self._made[key] = Arm(key, named, history_key(named))
        return self._made[key]


def cells(
    claims: Sequence[Claim], arms: Arms, worlds: Sequence[World], sizes: Sizes
) -> Iterator[Cell]:
    """Every claim in every setting: first all at the defaults, then ablations, then world by world.

    A world that some claim cannot have is passed over for that claim.

    Raises:
        ConfigError: a side or an ablation cannot be at the defaults.

    """
    usual, few = tuple(range(sizes.pairs)), tuple(range(sizes.ablation_pairs))
    for claim in claims:
        yield told(claim, "defaults", 0, arms, {}, {}, usual)
    for claim in claims:
        for number, ablation in enumerate(claim.ablations):
            yield told(claim, "ablation", number, arms, {}, ablation.settings, few)
    for place, world in enumerate(worlds):
        first = FIRST_OF_WORLDS + place * 100
        luck = tuple(range(first, first + sizes.world_pairs))
        for claim in claims:
            try:
                yield told(claim, world.kind, world.number, arms, world.values, {}, luck)
            except ConfigError:
                continue


def told(
    claim: Claim, kind: Kind, number: int, arms: Arms, world: Mapping[str, Any],
    ablation: Mapping[str, Any], replicates: tuple[int, ...],
) -> Cell:  # fmt: skip
    """One claim in one setting; an error says of which claim."""
    try:
        of = arms.arm(claim.of, world, ablation)
        than = arms.arm(claim.than, world, ablation)
    except ConfigError as error:
        raise ConfigError(
            Phrase(f"claim {claim.id}: {error.found}", f"claim {claim.id}: {error.found.nl}"),
            rule=error.rule, repair=error.repair,
            place=error.place, key=error.key, value=error.value,
        ) from None  # fmt: skip
    assert of is not None  # noqa: S101 - a side that is a number is refused when claims are read
    return Cell(claim.id, kind, number, of, than, replicates)
