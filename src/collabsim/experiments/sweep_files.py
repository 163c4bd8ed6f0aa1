"""Sweep files: which points of the space of parameters to run, read from a config."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from collabsim.config.errors import ConfigError, shown
from collabsim.config.files import neighbour, project_folder, read_config
from collabsim.config.loading import check_outcomes, checked, without_kind
from collabsim.config.nodes import Node
from collabsim.config.validation import checked_group
from collabsim.experiments.designs import SAMPLED, Design, DesignError, make_design
from collabsim.experiments.details import Details
from collabsim.experiments.sweep_factors import ROLES, factors_of
from collabsim.experiments.sweep_goals import Name, Until, check_until
from collabsim.experiments.sweep_points import check_points, point_count, with_point
from collabsim.parameters.declaring import Group
from collabsim.parameters.scenario import Scenario

__all__ = ["Sweep", "load_sweep", "with_point"]

DEFAULT_SERIES = ("cooperation_rate", "residents_helped", "integrity_trust", "open_cases")


class Kept(Group):
    """Of which runs and months details are kept, and which."""

    NL: ClassVar[str] = "Van welke runs en maanden bijzonderheden worden bewaard, en welke."

    tables: tuple[Literal["ties", "seats", "people", "events"], ...] = Field(
        min_length=1, max_length=4, strict=False
    )
    points: tuple[Annotated[int, Field(ge=0)], ...] = Field(default=(), strict=False)
    replicates: tuple[Annotated[int, Field(ge=0)], ...] = Field(default=(0,), strict=False)
    months: tuple[Annotated[int, Field(ge=0)], ...] = Field(default=(), strict=False)


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
    details: Kept | None = None


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
        details: of which runs and months it is kept what lies behind them; None for none.
        source: the text of the file, for the manifest; empty without one.

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
    details: Details | None = None
    source: str = field(default="", repr=False)


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
        raise ConfigError.in_english(
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
        None if content.details is None else details_of(content.details),
        file.read_text(encoding="utf-8"),
    )
    check_until(root, sweep)
    check_details(root, sweep)
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
            raise ConfigError.in_english(
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
            raise ConfigError.in_english(
                f"there is no series {shown(name)}",
                rule="series are names of paths over the months",
                repair=f"use: {', '.join(known)}",
                place=root.at(("series", i)).place,
                key=f"series[{i + 1}]",
                value=name,
            )


def details_of(kept: Kept) -> Details:
    """What a file says of details, each number once."""
    points, replicates, months = (
        tuple(sorted(set(numbers))) for numbers in (kept.points, kept.replicates, kept.months)
    )
    return Details(tuple(dict.fromkeys(kept.tables)), points, replicates, months)


def check_details(root: Node, sweep: Sweep) -> None:
    """Refuse details of points, replicates or months that the sweep does not have."""
    if sweep.details is None:
        return
    most = sweep.replicates if sweep.until is None else max(sweep.replicates, sweep.until.most)
    months = min(scenario.months for scenario in sweep.scenarios)
    for name, numbers, count in (
        ("points", sweep.details.points, point_count(sweep)),
        ("replicates", sweep.details.replicates, most),
        ("months", sweep.details.months, months),
    ):
        if numbers and max(numbers) >= count:
            raise ConfigError.in_english(
                f"details are asked of {name} {max(numbers)}, and the sweep has {count} {name}",
                rule=f"{name} are counted from 0",
                repair=f"name {name} from 0 to {count - 1}",
                place=root.at(("details",)).place,
                key=f"details.{name}",
                value=max(numbers),
            )
