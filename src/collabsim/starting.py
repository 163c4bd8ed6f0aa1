"""Starting from grades: month 0 is moved until it gets the grades that are given.

Many starts fit six grades. Which part of a grade is moved most, and whether residents are served so
well or badly because of what parties see, of how their plans clash, or of hours of care, is drawn
for each replicate, so that replicates together show what the grades leave open.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from collabsim.config import set_value
from collabsim.grades import GRADES, Grade, parts_of
from collabsim.mechanisms.measuring import standing_is_measured
from collabsim.organisations import BOARD, MANAGEMENT, PRACTICE
from collabsim.parameters import Scenario
from collabsim.parameters.grades import NOT_GIVEN
from collabsim.randomness import Luck, Purpose
from collabsim.record import empty_record
from collabsim.world import World, copied

#: A start fits when each of its grades lies this near to what was given.
NEAR = 0.5
#: Aimed at; public value is a count of residents and cannot come nearer than they are many.
AIM, AIM_FOR_RESIDENTS = 0.005, 0.15
HALVINGS, HALVINGS_OF_HISTORY = 40, 9
#: The part that is moved least goes this share of the way of the one that is moved most.
LEAST = 0.25
PUBLIC_VALUE = "public_value"
#: What makes residents be served badly or well: the value at either end.
WAYS: Mapping[str, tuple[float, float]] = MappingProxyType({
    "casework.sees_other_field": (0.02, 1.0),
    "casework.contradiction_chance": (0.9, 0.0),
    "commissioning.budget": (0.4, 1.5),
})  # fmt: skip


class StartError(ValueError):
    """No start in reach gets the grades that were given."""


def towards(x: NDArray[np.float64], t: float) -> NDArray[np.float64]:
    """``x`` moved a share ``t`` of the way to 1, or for negative ``t`` to 0."""
    return x + t * (1.0 - x) if t >= 0.0 else x * (1.0 + t)


# -- moving a part of a grade, in place ------------------------------------------------------------


def _concrete(world: World, t: float) -> None:
    world.frames.concrete[:] = towards(world.frames.concrete, t)


def _images(world: World, t: float) -> None:
    """Images of the ambition come together in their middle, or drift apart to the ends."""
    image = world.frames.image
    middle = image.mean(axis=0)
    end = np.where(image > middle, 1.0, 0.0)
    image[:] = image + t * (middle - image) if t >= 0.0 else image - t * (end - image)


def _interests(world: World, t: float) -> None:
    ties = world.ties
    there = ties.other >= 0
    ties.disclosed[there] = towards(ties.disclosed, t)[there]
    theirs = ties.disclosed[np.where(there, ties.other, 0), ties.back]
    ties.within_reach[there] = (ties.disclosed * theirs * ties.package)[there]


def _integrity(world: World, t: float) -> None:
    """Trust, and the ceiling with it, so that no trust comes to lie above its ceiling."""
    there = world.ties.other >= 0
    for values in (world.ties.integrity, world.ties.ceiling, world.bonds.integrity):
        values[there] = towards(values, t)[there]


def _competence(world: World, t: float) -> None:
    there = world.ties.other >= 0
    for values in (world.ties.competence, world.bonds.competence):
        values[there] = towards(values, t)[there]


def _acquaintance_in(layer: int) -> Callable[[World, float], None]:
    def move(world: World, t: float) -> None:
        there = world.ties.other >= 0
        known = world.bonds.acquaintance
        known[there, layer] = towards(known[:, :, layer], t)[there]

    return move


def _energy(world: World, t: float) -> None:
    world.organisations.energy[:] = towards(world.organisations.energy, t)


def _grievance(world: World, t: float) -> None:
    world.ties.grievance[:] = towards(world.ties.grievance, -t)


MOVES: Mapping[str, tuple[Callable[[World, float], None], ...]] = MappingProxyType({
    "ambition": (_concrete, _images),
    "interests": (_interests,),
    "relation": (_integrity, _competence, _acquaintance_in(PRACTICE)),
    "organisation": (_acquaintance_in(MANAGEMENT), _acquaintance_in(BOARD)),
    "process": (_energy, _grievance),
})  # fmt: skip


# -- finding how far ------------------------------------------------------------------------------


def grades_given(scenario: Scenario) -> dict[str, float]:
    """The grades that a scenario starts from, by name; without those that are not given."""
    given = scenario.grades.effective()
    values = {
        "ambition": given.ambition,
        "interests": given.interests,
        "relation": given.relation,
        "organisation": given.organisation,
        "process": given.process,
        PUBLIC_VALUE: given.public_value,
    }
    return {name: value for name, value in values.items() if value != NOT_GIVEN}


def standing_of(world: World, last_year: NDArray[np.int64]) -> dict[str, float]:
    """How a world stands at the end of the month that has passed; see ``grades.parts_of``.

    Args:
        world: is not changed.
        last_year: [Count] what was counted in the year before.

    """
    count, slots = world.ties.other.shape
    measured = world._replace(record=empty_record(1, count, slots))
    standing_is_measured(measured)
    return parts_of(measured.record.months.levels[0], last_year)


def move_to_grades(
    world: World, given: Mapping[str, float], luck: Luck, last_year: NDArray[np.int64]
) -> None:
    """Move the state of ``world`` until its conditions get the grades ``given``.

    Raises:
        StartError: a grade cannot be reached.

    """
    for number, (name, moves) in enumerate(MOVES.items()):
        if name not in given:
            continue
        grade, weights = GRADES[name], weights_of(luck, number, len(moves))

        def at(
            t: float,
            moves: Sequence[Callable[[World, float], None]] = moves,
            weights: NDArray[np.float64] = weights,
            grade: Grade = grade,
        ) -> float:
            tried = copied(world)
            for move, weight in zip(moves, weights, strict=True):
                move(tried, share_moved(t, weight))
            return grade.of(standing_of(tried, last_year))

        t, _ = distance(at, given[name], AIM, HALVINGS)
        for move, weight in zip(moves, weights, strict=True):
            move(world, share_moved(t, weight))
        check_near(name, given[name], grade.of(standing_of(world, last_year)))


def served_as_given(
    scenario: Scenario, luck: Luck, value: float, serve: Callable[[Mapping[str, float]], float]
) -> dict[str, float]:
    """Values of ``WAYS`` with which the history of ``scenario`` ends with a public value.

    Args:
        scenario: what is asked for.
        luck: draws which of ``WAYS`` carries most of it.
        value: the grade for public value.
        serve: the grade at the end of the history with such values.

    Raises:
        StartError: it cannot be reached.

    """
    weights = weights_of(luck, len(MOVES), len(WAYS))

    def values(t: float) -> dict[str, float]:
        found = {}
        for (path, (worst, best)), weight in zip(WAYS.items(), weights, strict=True):
            now = declared(scenario, path)
            end = best if t >= 0.0 else worst
            found[path] = now + abs(share_moved(t, weight)) * (end - now)
        return found

    t, got = distance(lambda t: serve(values(t)), value, AIM_FOR_RESIDENTS, HALVINGS_OF_HISTORY)
    check_near(PUBLIC_VALUE, value, got)
    return values(t)


def fitted_to(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    """``scenario`` with ``values`` for some of ``WAYS``.

    What its timeline sets of these goes the same share of the way to the same end, so that a cut in
    a budget stays a cut, and a change to the value that was declared changes nothing.
    """
    if not values:
        return scenario
    moves = {path: share_of_way(path, declared(scenario, path), to) for path, to in values.items()}
    timeline = tuple(
        change.model_copy(
            update={
                "set": {
                    path: moves[path](value) if path in moves else value
                    for path, value in change.set.items()
                }
            }
        )
        for change in scenario.timeline
    )
    for path, value in values.items():
        scenario = set_value(scenario, path, value)
    return scenario.model_copy(update={"timeline": timeline})


def share_of_way(path: str, now: float, to: float) -> Callable[[float], float]:
    """How any value of ``path`` moves when ``now`` moves to ``to``: the same share of its way to an end."""
    worst, best = WAYS[path]
    end = best if (to - now) * (best - worst) > 0.0 else worst
    share = (to - now) / (end - now) if to != now else 0.0
    return lambda value: to if value == now else value + share * (end - value)


def declared(scenario: Scenario, path: str) -> float:
    """Value of a number of ``scenario``."""
    group, name = path.split(".")
    return float(getattr(getattr(scenario, group), name))


def weights_of(luck: Luck, number: int, parts: int) -> NDArray[np.float64]:
    """[parts] how far each part goes along with the one that goes farthest, which has 1."""
    drawn = LEAST + (1.0 - LEAST) * luck.uniforms(Purpose.START, who=number, whom=np.arange(parts))
    weights: NDArray[np.float64] = drawn / drawn.max()
    return weights


def share_moved(t: float, weight: float) -> float:
    """How far a part goes, from -1 to 1, when the whole goes ``t``: all the way at either end."""
    return math.copysign(1.0 - (1.0 - abs(t)) ** weight, t)


def distance(
    at: Callable[[float], float], wanted: float, near: float, halvings: int
) -> tuple[float, float]:
    """Where between -1 and 1 the rising ``at`` comes nearest to ``wanted``, and what it is there.

    Halves until it is within ``near``. Luck may make ``at`` fall here and there, so the nearest place
    seen counts, not the last.
    """
    low, high, t = -1.0, 1.0, 0.0
    seen: list[tuple[float, float]] = []
    for _ in range(halvings):
        got = at(t)
        seen.append((t, got))
        if abs(got - wanted) <= near:
            break
        low, high = (low, t) if got > wanted else (t, high)
        t = (low + high) / 2.0
    return min(seen, key=lambda place: abs(place[1] - wanted))


def check_near(name: str, wanted: float, got: float) -> None:
    """Refuse a start whose grade is too far from what was given."""
    if not abs(got - wanted) <= NEAR:
        raise StartError(
            f"grades.{name} is {wanted:g}, and the nearest start in reach has {got:.1f}; "
            f"give a grade nearer to that, or another region"
        )
