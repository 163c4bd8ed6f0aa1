"""The points of a sweep: which world each stands for, and that there can be such a world."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from collabsim.config.errors import ConfigError, shown
from collabsim.config.loading import checked, node_of, replaced
from collabsim.config.nodes import Node
from collabsim.config.writing import resolved
from collabsim.parameters.scenario import Scenario
from collabsim.phrases import Phrase
from collabsim.remembering import once_for_each

if TYPE_CHECKING:
    from collabsim.experiments.sweep_files import Sweep

#: So many points are checked before anything runs; of more, those at the ends.
CHECKED = 40
#: So many values of a point are told.
TOLD = 4


def point_count(sweep: "Sweep") -> int:
    """Points of the design, in each scenario."""
    return len(sweep.design.points) * len(sweep.scenarios)


def point_of(sweep: "Sweep", number: int) -> tuple[int, Mapping[str, Any]]:
    """Scenario and values of a point; all scenarios at the first point of the design come first."""
    place, scenario = divmod(number, len(sweep.scenarios))
    return scenario, sweep.design.points[place]


def check_points(sweep: "Sweep", root: Node) -> None:
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
                point = told(values)
                raise ConfigError(
                    Phrase(
                        f'in "{scenario.name}" with {point}: {error.found}',
                        f'in "{scenario.name}" met {point.nl}: {error.found.nl}',
                    ),
                    rule=error.rule,
                    repair=error.repair,
                    place=root.at(("design",)).place,
                    key=error.key,
                    value=error.value,
                ) from None


def told(values: Mapping[str, object]) -> Phrase:
    """A point in words, cut where it is long."""
    few = ", ".join(f"{path} {shown(value)}" for path, value in list(values.items())[:TOLD])
    return Phrase(f"{few} and more", f"{few} en meer") if len(values) > TOLD else Phrase(few, few)


def with_point(
    scenario: Scenario, values: Mapping[str, object], name: str | None = None
) -> Scenario:
    """``scenario`` with the values of a point, checked once.

    Raises:
        ConfigError: the values cannot be, alone or together.

    """
    mapping = _nodes(scenario)
    for path, value in values.items():
        mapping = replaced(mapping, path, node_of(value))
    changed = checked(mapping)
    return changed if name is None else changed.model_copy(update={"name": name})


@once_for_each
def _nodes(scenario: Scenario) -> Node:
    """A scenario as what points are put into; making it takes a third of the time of a point."""
    return node_of(resolved(scenario))
