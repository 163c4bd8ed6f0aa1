"""Calibration files: which worlds to draw, and which patterns they are held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from collabsim.analysis.calibration import JUDGEMENT, Pattern
from collabsim.config.errors import ConfigError, shown
from collabsim.config.files import neighbour, project_folder, read_config
from collabsim.config.loading import checked, node_of, without_kind
from collabsim.config.nodes import Node
from collabsim.config.validation import checked_group
from collabsim.experiments.state_measures import STATE_MEASURES
from collabsim.parameters.declaring import Group
from collabsim.parameters.scenario import Scenario

type Name = Annotated[str, Field(min_length=1, max_length=80)]


class PatternEntry(Group):
    """One pattern of a calibration file."""

    NL: ClassVar[str] = "Eén patroon van een ijking."

    name: Name
    measures: tuple[Name, ...] = Field(min_length=1, max_length=50, strict=False)
    against: str = Field(default="", max_length=80)
    low: float
    high: float
    tolerance: float = Field(gt=0.0)
    fact: Name
    source: str = Field(default="", max_length=80)
    why: str = Field(min_length=1, max_length=2000)


class CalibrationFile(Group):
    """What a calibration file holds."""

    NL: ClassVar[str] = "De inhoud van een bestand met een ijking."

    schema_version: Literal[1] = Field(default=1, alias="schema")
    name: str = Field(default="calibration", min_length=1, max_length=120)
    about: str = Field(default="", max_length=4000)
    scenario: Name
    worlds: int = Field(default=5000, ge=2, le=1_000_000)
    replicates: int = Field(default=2, ge=2, le=1000)
    closer: int = Field(default=1000, ge=1, le=1_000_000)
    months: int | None = Field(default=None, ge=1, le=1200)
    seed: int | None = Field(default=None, ge=0, le=2**63 - 1)
    design_seed: int = Field(default=1, ge=0, le=2**31 - 1)
    pairs: dict[Name, dict[Name, Any]] = Field(default_factory=dict)
    patterns: tuple[PatternEntry, ...] = Field(min_length=1, max_length=100, strict=False)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Worlds to draw, and what they are held against.

    Attributes:
        name: short name.
        about: what is asked, in plain words.
        scenario: the world in which all that is uncertain is drawn.
        pairs: by name, the scenario with something else from month 0 on.
        patterns: what a world must show.
        worlds: how many are drawn, by Latin hypercube.
        replicates: runs of each.
        closer: of the worlds that meet the patterns of one world, how many are looked at for pairs
            and for the state at the end.
        seed: of all luck.
        design_seed: of the draws.

    """

    name: str
    about: str
    scenario: Scenario
    pairs: Mapping[str, Scenario]
    patterns: tuple[Pattern, ...]
    worlds: int
    replicates: int
    closer: int
    seed: int
    design_seed: int


def load_calibration(path: str | Path) -> Calibration:
    """Load a calibration file with its scenario.

    Raises:
        ConfigError: the first problem, with file, line, rule and repair.

    """
    file = Path(path)
    root = without_kind(read_config(file, "calibration"))
    content = checked_group(root, CalibrationFile)
    inner = scenario_node(root, content, file)
    scenario = checked(inner)
    patterns = tuple(pattern_of(root, number, content) for number in range(len(content.patterns)))
    names = [pattern.name for pattern in patterns]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise bad(root, "patterns", f"two patterns are called {shown(twice)}",
                  "patterns have different names", "give one of them another name")  # fmt: skip
    return Calibration(
        content.name,
        content.about,
        scenario,
        {name: pair_of(root, inner, name, changes) for name, changes in content.pairs.items()},
        patterns,
        content.worlds,
        content.replicates,
        content.closer,
        scenario.seed if content.seed is None else content.seed,
        content.design_seed,
    )


def scenario_node(root: Node, content: CalibrationFile, file: Path) -> Node:
    """The scenario that is named, with the length of the calibration."""
    project, node = project_folder(file), root.at(("scenario",))
    found, name = neighbour((file, str(node.place.file)), node, "scenario", project)
    inner = read_config(found, "scenario", project, name)
    if content.months is None:
        return inner
    return Node({**inner.value, "months": root.at(("months",))}, inner.place)


def pair_of(root: Node, inner: Node, name: str, changes: Mapping[str, Any]) -> Scenario:
    """The scenario with something else from month 0 on."""
    before = inner.at(("timeline",)).value if "timeline" in inner.value else []
    change = Node({"month": node_of(0), "set": root.at(("pairs", name))}, root.place)
    timeline = Node([change, *before], root.place)
    pair = checked(Node({**inner.value, "timeline": timeline}, inner.place))
    assert changes  # noqa: S101 - an empty change was refused
    return pair.model_copy(update={"name": name})


def pattern_of(root: Node, number: int, content: CalibrationFile) -> Pattern:
    """One pattern, checked."""
    from collabsim.metrics import METRICS

    entry = content.patterns[number]
    measures = entry.measures
    for measure in measures:
        if measure not in METRICS and measure not in STATE_MEASURES:
            raise bad(root, f"patterns[{number + 1}].measures", f"there is no outcome {shown(measure)}",
                      "a pattern is about outcomes of a run",
                      f"use a name of `results/README.md`, or {', '.join(STATE_MEASURES)}")  # fmt: skip
    if entry.against and entry.against not in content.pairs:
        raise bad(root, f"patterns[{number + 1}].against", f"there is no pair {shown(entry.against)}",
                  "against names one of pairs", f"use {', '.join(content.pairs) or 'no pair'}")  # fmt: skip
    in_state = STATE_MEASURES.keys() & set(measures)
    if in_state and (entry.against or len(measures) > 1):
        raise bad(root, f"patterns[{number + 1}].measures", f"{min(in_state)} is looked at in the state at the end",
                  "it stands alone, and is not compared with a pair", "make it a pattern of its own")  # fmt: skip
    if entry.low > entry.high:
        raise bad(root, f"patterns[{number + 1}].low", f"low is {entry.low} and high is {entry.high}",
                  "low is not above high", "exchange the two")  # fmt: skip
    if (entry.fact == JUDGEMENT) == bool(entry.source):
        told = f"fact is {shown(entry.fact)} and source is {shown(entry.source)}"
        raise bad(root, f"patterns[{number + 1}].source", told, "a fact has a source, a judgement has none",
                  "give the key of its source, or leave it out")  # fmt: skip
    return Pattern(
        entry.name, measures, entry.against, entry.low, entry.high, entry.tolerance, entry.fact,
        entry.source, entry.why,
    )  # fmt: skip


def bad(root: Node, key: str, found: str, rule: str, repair: str) -> ConfigError:
    """An error about a calibration file."""
    top, _, rest = key.partition("[")
    number = rest.partition("]")[0]
    at = root.at((top, int(number) - 1)) if number else root.at((top,))
    return ConfigError.in_english(found, rule=rule, repair=repair, place=at.place, key=key)
