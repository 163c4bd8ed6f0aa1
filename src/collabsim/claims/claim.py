"""A claim: which arrangement is expected to do better than which, in what, and by which mechanism."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from collabsim.config.contents import content_of, decoded
from collabsim.config.errors import ConfigError, Place, shown
from collabsim.config.nodes import Node
from collabsim.config.validation import checked_group
from collabsim.config.yaml_reading import read_text
from collabsim.metrics import METRICS
from collabsim.parameters.declaring import Group

#: Where claims and the scenarios that they name lie, seen from the project.
CLAIMS, SCENARIOS = Path("experiments/claims"), Path("configs/scenarios")
#: Files of the folder that hold claims, in the order of the page.
FILES = ("articles.yaml", "research.yaml")
_NAME = re.compile(r"[a-z0-9-]+")

type Text = Annotated[str, Field(min_length=1, max_length=400)]
type Names = tuple[Text, ...]
type Settings = dict[str, Any]


class SideFile(Group):
    """One side of a comparison: a scenario with parameters set beside it, or a fixed number."""

    NL: ClassVar[str] = "Eén kant van een vergelijking."

    scenario: str = ""
    set: Settings = Field(default_factory=dict)
    value: float | None = None


class AblationFile(Group):
    """What is switched off on both sides."""

    NL: ClassVar[str] = "Wat aan beide kanten wordt uitgezet."

    name: Text
    naam: Text
    set: Settings = Field(min_length=1)


class ClaimFile(Group):
    """What a file says of one claim."""

    NL: ClassVar[str] = "Wat een bestand over één verwachting zegt."

    id: Text
    system: str = ""
    systeem: str = ""
    expects: Text
    verwacht: Text
    sources: Names = Field(min_length=1, strict=False)
    fact: str = ""
    contested: bool = False
    of: SideFile
    than: SideFile
    metric: Text
    direction: Literal["higher", "lower"]
    matters: Annotated[float, Field(gt=0.0)] | None = None
    matters_why: str = ""
    ablations: tuple[AblationFile, ...] = Field(min_length=1, strict=False)
    mechanisms: Names = Field(default=(), strict=False)
    parameters: Names = Field(default=(), strict=False)
    changed: str = ""


class ClaimsFile(Group):
    """What a file of claims holds."""

    NL: ClassVar[str] = "De inhoud van een bestand met verwachtingen."

    schema_version: Literal[1] = Field(default=1, alias="schema")
    claims: tuple[ClaimFile, ...] = Field(min_length=1, strict=False)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison.

    Attributes:
        scenario: name of a file of the scenarios; "" for a fixed number.
        settings: values set beside it, by path.
        value: the fixed number; None for a scenario.

    """

    scenario: str
    settings: Mapping[str, Any] = field(default_factory=dict)
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Ablation:
    """What is switched off on both sides; the effect should vanish with it.

    Attributes:
        en: in words, in English.
        nl: in words, in Dutch.
        settings: values by path.

    """

    en: str
    nl: str
    settings: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Claim:
    """An expectation, fixed before it was run.

    Attributes:
        id: the row of an article (R1 ...) or the fact of research (F1 ...).
        system: what the row is about, in English; "" for research.
        systeem: the same in Dutch.
        en: what is expected, in English.
        nl: what is expected, in Dutch.
        sources: keys or works of the page of sources.
        fact: the row or fact that it is about: F19 of F19-small.
        contested: whether sources disagree, so that it must be said where it holds.
        of: the arrangement that is expected to do something.
        than: what it is compared with.
        metric: the outcome.
        sign: 1 if it is expected to be higher, -1 lower.
        matters: smallest difference that matters, in the unit of the outcome.
        matters_why: the reason where it is not that of the outcome.
        ablations: what should make the effect vanish.
        mechanisms: modules that carry a row.
        parameters: parameters that change a row.
        changed: what differs from a first look at the same row, and why.

    """

    id: str
    system: str
    systeem: str
    en: str
    nl: str
    sources: tuple[str, ...]
    fact: str
    contested: bool
    of: Side
    than: Side
    metric: str
    sign: int
    matters: float
    matters_why: str
    ablations: tuple[Ablation, ...]
    mechanisms: tuple[str, ...]
    parameters: tuple[str, ...]
    changed: str


def load_claims(folder: Path, names: Sequence[str] = ()) -> tuple[Claim, ...]:
    """Read the claims of a folder, all of them or those named.

    A name takes the claim with that id, and all claims of that row or fact.

    Raises:
        ConfigError: a file cannot be used, or there is no claim of a name.

    """
    found: dict[str, Claim] = {}
    for file in FILES:
        for claim, place in claims_in(folder / file):
            if claim.id in found:
                raise ConfigError.in_english(
                    f"{claim.id} is the second claim with that id", rule="each claim has its own id",
                    repair="give one of them another", place=place, key="id", value=claim.id,
                )  # fmt: skip
            found[claim.id] = claim
    facts = {claim.fact for claim in found.values()}
    for name in names:
        if name not in found and name not in facts:
            near = get_close_matches(name, found, n=1)
            raise ConfigError.in_english(
                f"there is no claim {shown(name)}",
                rule="claims go by their id, or by their row or fact",
                repair=f'did you mean "{near[0]}"?' if near else f"use: {', '.join(found)}",
                value=name,
            )
    return tuple(
        claim for claim in found.values() if not names or {claim.id, claim.fact} & set(names)
    )


def claims_in(file: Path) -> Iterator[tuple[Claim, Place]]:
    """The claims of one file, each with its place."""
    place = Place(str(file))
    root = read_text(decoded(content_of(file, place), place), place)
    if not isinstance(root.value, dict):
        raise ConfigError.in_english(
            "this file holds no keys", rule="a file of claims has the keys schema and claims",
            repair='begin with "schema: 1"', place=place,
        )  # fmt: skip
    content = checked_group(root, ClaimsFile)
    for number, entry in enumerate(content.claims):
        node = root.at(("claims", number))
        check_metric(entry, node)
        for name in ("of", "than"):
            check_side(getattr(entry, name), node.at((name,)), name)
        yield claim_of(entry), node.place


def claim_of(entry: ClaimFile) -> Claim:
    """A claim as it was written down."""
    sides = [Side(side.scenario, side.set, side.value) for side in (entry.of, entry.than)]
    return Claim(
        entry.id, entry.system, entry.systeem, entry.expects, entry.verwacht, entry.sources,
        entry.fact or entry.id.partition("-")[0],
        entry.contested, sides[0], sides[1], entry.metric, 1 if entry.direction == "higher" else -1,
        METRICS[entry.metric].matters if entry.matters is None else entry.matters, entry.matters_why,
        tuple(Ablation(part.name, part.naam, part.set) for part in entry.ablations),
        entry.mechanisms, entry.parameters, entry.changed,
    )  # fmt: skip


def check_metric(entry: ClaimFile, node: Node) -> None:
    """Refuse an outcome that nothing measures, and a threshold of one's own without a reason."""
    if entry.metric not in METRICS:
        near = get_close_matches(entry.metric, METRICS, n=1)
        raise ConfigError.in_english(
            f"there is no outcome {shown(entry.metric)}", rule="a claim is about an outcome",
            repair=f'did you mean "{near[0]}"?' if near else f"use: {', '.join(METRICS)}",
            place=node.at(("metric",)).place, key="metric", value=entry.metric,
        )  # fmt: skip
    if (entry.matters is None) == bool(entry.matters_why):
        raise ConfigError.in_english(
            f"matters is {shown(entry.matters)} and matters_why {shown(entry.matters_why)}",
            rule="a smallest difference that matters of one's own comes with its reason",
            repair="give both, or neither",
            place=node.at(("matters",)).place, key="matters", value=entry.matters,
        )  # fmt: skip


def check_side(side: SideFile, node: Node, name: str) -> None:
    """Refuse a side that is no scenario of the project, or both a scenario and a number."""
    fixed = side.value is not None
    named = bool(_NAME.fullmatch(side.scenario))
    if (fixed and name == "of") or fixed == named or (fixed and side.set):
        raise ConfigError.in_english(
            f"{name} has scenario {shown(side.scenario)} and value {shown(side.value)}",
            rule="a side is a scenario by its name" + (", or a value" if name == "than" else ""),
            repair=f"write it like {name}: {{scenario: region-004-rotating, set: {{table.seats: 12}}}}",
            place=node.place, key=name, value=node.plain(),
        )  # fmt: skip
