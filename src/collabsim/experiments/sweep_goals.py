"""The goal of a sweep: which contrast has to be known how well before it stops."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field

from collabsim.config.errors import ConfigError
from collabsim.config.loading import check_outcomes, node_of
from collabsim.config.nodes import Node
from collabsim.config.validation import checked_group
from collabsim.experiments.sweep_points import point_count
from collabsim.parameters.declaring import Group

if TYPE_CHECKING:
    from collabsim.experiments.sweep_files import Sweep

type Name = Annotated[str, Field(min_length=1, max_length=200)]


class Until(Group):
    """When enough replicates were run."""

    NL: ClassVar[str] = "Wanneer er genoeg herhalingen zijn."

    outcome: Name
    points: tuple[Annotated[int, Field(ge=0)], Annotated[int, Field(ge=0)]] = Field(
        default=(0, 1), strict=False
    )
    width: float = Field(gt=0.0)
    most: int = Field(default=1000, ge=2, le=1_000_000)


def with_goal(sweep: "Sweep", width: float | None, contrast: str | None) -> "Sweep":
    """``sweep`` with the goal that a command gives, instead of that of its file or beside it.

    Args:
        sweep: as its file has it.
        width: of the interval that is wanted; None for that of the file.
        contrast: outcome and two points, as "days_to_help:0:1"; None for those of the file.

    Raises:
        ConfigError: no such contrast, or a width without a contrast, or the other way round.

    """
    if width is None and contrast is None:
        return sweep
    if sweep.until is None and (width is None or contrast is None):
        raise ConfigError.in_english(
            "the config has no goal, and the command gives half of one",
            rule="a goal is a contrast and the width of its interval",
            repair="write for example --until-width 2 --contrast days_to_help:0:1",
            key="until",
        )
    given: dict[str, Any] = {} if sweep.until is None else sweep.until.model_dump()
    if width is not None:
        given["width"] = width
    if contrast is not None:
        outcome, *points = contrast.split(":")
        given |= {
            "outcome": outcome,
            "points": [int(p) if p.isascii() and p.isdigit() else p for p in points],
        }
    root = node_of({"until": given})
    until = checked_group(root, Wanted).until
    if until.most < sweep.replicates:
        until = until.model_copy(update={"most": sweep.replicates})
    aimed = replace(sweep, until=until)
    check_until(root, aimed)
    return aimed


class Wanted(Group):
    """The goal of a command."""

    NL: ClassVar[str] = "Het doel van een opdracht."

    until: Until


def check_until(root: Node, sweep: "Sweep") -> None:
    """Refuse a goal that can never be looked at."""
    if sweep.until is None:
        return
    count = point_count(sweep)
    kept = not sweep.outcomes or sweep.until.outcome in sweep.outcomes
    check_outcomes(
        Node({"outcomes": node_of([sweep.until.outcome])}, root.place),
        (sweep.until.outcome,),
        known_outcomes(),
    )
    if max(sweep.until.points) >= count or len(set(sweep.until.points)) == 1 or not kept:
        raise ConfigError.in_english(
            f"until looks at {sweep.until.outcome} of points {sweep.until.points}, "
            f"and there are {count} points",
            rule="until names two points, counted from 0, and an outcome that is kept",
            repair=f"name two points from 0 to {count - 1}, and one of the outcomes",
            place=root.at(("until",)).place,
            key="until",
        )


def known_outcomes() -> Mapping[str, object]:
    """Every outcome by name."""
    from collabsim.metrics import METRICS

    return METRICS
