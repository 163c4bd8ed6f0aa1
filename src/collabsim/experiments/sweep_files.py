"""Sweep files: which points of the space of parameters to run, read from a config."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from collabsim.config.errors import ConfigError, shown
from collabsim.config.files import neighbour, project_folder, read_config
from collabsim.config.loading import check_outcomes, checked, node_of, replaced, without_kind
from collabsim.config.validation import checked_group
from collabsim.config.writing import resolved
from collabsim.config.yaml_reading import Node
from collabsim.experiments.designs import SAMPLED, Design, DesignError, make_design
from collabsim.experiments.sweep_factors import ROLES, factors_of
from collabsim.parameters.declaring import Group
from collabsim.parameters.scenario import Scenario

type Name = Annotated[str, Field(min_length=1, max_length=200)]

DEFAULT_SERIES = ("cooperation_rate", "residents_helped", "integrity_trust", "open_cases")


class Until(Group):
    """When enough replicates were run."""

    NL: ClassVar[str] = "Wanneer er genoeg herhalingen zijn."

    outcome: Name
    points: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] = Field(
        default=(0, 1), strict=False
    )
    width: float = Field(gt=0.0)
    most: int = Field(default=1000, ge=2, le=1_000_000)


class SweepFile(Group):
    """What a sweep file holds."""

    NL: ClassVar[str] = "De inhoud van een bestand met een verkenning."

    schema_version: Literal[1] = Field(default=1, alias="schema")
    name: str = Field(default="sweep", min_length=1, max_length=120)
    about: str = Field(default="", max_length=4000)
    scenarios: tuple[Name, ...] = Field(min_length=1, max_length=50, strict=False)
    design: Literal["factorial", "list", "latin_hypercube", "sobol", "morris", "saltelli"] = (
        "factorial"
    )
    size: int = Field(default=64, ge=1, le=1_000_000)
    design_seed: int = Field(default=1, ge=0, le=2**31 - 1)
    levers: dict[Name, Any] = Field(default_factory=dict)
    uncertainties: dict[Name, Any] | Literal["all"] = Field(default_factory=dict)
    constants: dict[Name, Any] = Field(default_factory=dict)
    replicates: int = Field(default=20, ge=1, le=1_000_000)
    shared_luck: bool = True
    seed: int | None = Field(default=None, ge=0, le=2**63 - 1)
    months: int | None = Field(default=None, ge=1, le=1200)
    outcomes: tuple[Name, ...] = Field(default=(), strict=False)
    series: tuple[Name, ...] = Field(default=DEFAULT_SERIES, strict=False)
    until: Until | None = None


@dataclass(frozen=True, slots=True)
class Sweep:
    """Points to run, each with a number of replicates.

    Attributes:
        name: short name.
        about: what is asked, in plain words.
        scenarios: the worlds that points change; every point is run in each of them.
        design: the points.
        replicates: how many of each point.
        shared_luck: whether replicates have the same luck at every point.
        seed: of all luck.
        outcomes: outcomes that are kept; empty for all.
        series: paths by month that are kept.
        until: when enough replicates were run; None for a fixed number.

    """

    name: str
    about: str
    scenarios: tuple[Scenario, ...]
    design: Design
    replicates: int
    shared_luck: bool
    seed: int
    outcomes: tuple[str, ...]
    series: tuple[str, ...]
    until: Until | None


def load_sweep(path: str | Path) -> Sweep:
    """Load a sweep file and its scenarios.

    Raises:
        ConfigError: the first problem, with file, line, rule and repair.

    """
    from collabsim.metrics import METRICS
    from collabsim.series import SERIES

    file = Path(path)
    root = without_kind(read_config(file, "sweep"))
    content = checked_group(root, SweepFile)
    check_outcomes(root, content.outcomes, METRICS)
    check_series(root, content.series, SERIES)
    scenarios = tuple(scenarios_of(root, content, file))
    given = {role: getattr(content, role) for role in ROLES}
    factors = tuple(factors_of(root, given, sampled=content.design in SAMPLED))
    try:
        design = make_design(content.design, factors, content.size, content.design_seed)
    except DesignError as error:
        raise ConfigError(
            str(error).partition(";")[0],
            rule="a design needs factors of its own kind",
            repair=str(error).partition(";")[2].strip() or "change the design",
            place=root.at(("design",)).place,
            key="design",
            value=content.design,
        ) from None
    sweep = Sweep(
        content.name,
        content.about,
        scenarios,
        design,
        content.replicates,
        content.shared_luck,
        scenarios[0].seed if content.seed is None else content.seed,
        content.outcomes,
        content.series,
        content.until,
    )
    check_until(root, sweep)
    check_points(sweep, root)
    return sweep


def scenarios_of(root: Node, content: SweepFile, file: Path) -> Iterator[Scenario]:
    """The scenarios that a sweep names, with its length."""
    project, names = project_folder(file), set()
    for i in range(len(content.scenarios)):
        node = root.at(("scenarios", i))
        found, name = neighbour((file, str(node.place.file)), node, f"scenarios[{i + 1}]", project)
        inner = read_config(found, "scenario", project, name)
        if content.months is not None:
            inner = Node({**inner.value, "months": root.at(("months",))}, inner.place)
        scenario = checked(inner)
        if scenario.name in names:
            raise ConfigError(
                f"{name} is the second scenario with the name {shown(scenario.name)}",
                rule="the scenarios of a sweep have different names",
                repair="give one of them another name, or list it once",
                place=node.place,
                key=f"scenarios[{i + 1}]",
                value=node.value,
            )
        names.add(scenario.name)
        yield scenario


def check_series(root: Node, wanted: tuple[str, ...], known: Mapping[str, object]) -> None:
    """Refuse paths that nothing records."""
    for i, name in enumerate(wanted):
        if name not in known:
            raise ConfigError(
                f"there is no series {shown(name)}",
                rule="series are names of paths over the months",
                repair=f"use: {', '.join(known)}",
                place=root.at(("series", i)).place,
                key=f"series[{i + 1}]",
                value=name,
            )


def check_until(root: Node, sweep: Sweep) -> None:
    """Refuse a goal that can never be looked at."""
    if sweep.until is None:
        return
    count = len(sweep.design.points) * len(sweep.scenarios)
    kept = not sweep.outcomes or sweep.until.outcome in sweep.outcomes
    check_outcomes(
        Node({"outcomes": node_of([sweep.until.outcome])}, root.place),
        (sweep.until.outcome,),
        known_outcomes(),
    )
    if max(sweep.until.points) >= count or len(set(sweep.until.points)) == 1 or not kept:
        raise ConfigError(
            f"until looks at {sweep.until.outcome} of points {sweep.until.points}, "
            f"and there are {count} points",
            rule="until names two points, counted from 0, and an outcome that is kept",
            repair="`collabsim sweep CONFIG --dry-run` lists the points",
            place=root.at(("until",)).place,
            key="until",
        )


def known_outcomes() -> Mapping[str, object]:
    """Every outcome by name."""
    from collabsim.metrics import METRICS

    return METRICS


#: So many points are checked before anything runs; of more, those at the ends.
CHECKED = 40


def check_points(sweep: Sweep, root: Node) -> None:
    """Refuse points that no world can have, as far as a look at the ends shows."""
    points = sweep.design.points
    looked_at = (
        points if len(points) <= CHECKED else points[: CHECKED // 2] + points[-CHECKED // 2 :]
    )
    for values in looked_at:
        for scenario in sweep.scenarios:
            try:
                with_point(scenario, values)
            except ConfigError as error:
                raise ConfigError(
                    f'in "{scenario.name}" with {told(values)}: {error.found}',
                    rule=error.rule,
                    repair=error.repair,
                    place=root.at(("design",)).place,
                    key=error.key,
                    value=error.value,
                ) from None


def told(values: Mapping[str, object]) -> str:
    """A point in words, cut where it is long."""
    few = [f"{path} {shown(value)}" for path, value in list(values.items())[:4]]
    return ", ".join(few) + (" and more" if len(values) > len(few) else "")


def with_point(
    scenario: Scenario, values: Mapping[str, object], name: str | None = None
) -> Scenario:
    """``scenario`` with the values of a point, checked once.

    Raises:
        ConfigError: the values cannot be, alone or together.

    """
    mapping = node_of(resolved(scenario))
    for path, value in values.items():
        mapping = replaced(mapping, path, node_of(value))
    changed = checked(mapping)
    return changed if name is None else changed.model_copy(update={"name": name})
