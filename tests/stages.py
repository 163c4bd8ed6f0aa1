"""Where in the month each lever first shows: run without compilation, as ``python stages.py``.

Prints a JSON object: for every lever that a timeline can pull, the first stage of the month after
which a world in which it was pulled differs from the same world in which it was not, and what of
residents and of trust differs by then. Null where nothing differs within the months looked at.
"""

import inspect
import json
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np

from collabsim import month as month_module
from collabsim.config import parameters, scenario_from_mapping
from collabsim.config.errors import ConfigError
from collabsim.config.timeline import value_at
from collabsim.delegation.seating import seats_are_filled
from collabsim.model import CollaborationModel
from collabsim.parameters import Change, Scenario
from collabsim.record import Count, copied_record
from collabsim.settings import settings_of, settled_at
from collabsim.world import World, copied
from small_worlds import SMALL, arrays, differences, merged, small

LIVELY: dict[str, Any] = {
    "months": 12,
    "history_months": 6,
    "region": {"provider_count": 6},
    "table": {"meets_every_months": 1, "seats": 2, "rotation": {"share_per_year": 0.5}},
    "sessions": {"invited": "everyone", "every_months": 1, "group_size": 3},
    "rules": {"made_by": "everyone", "layer": "practice", "renewed_every_months": 3},
    "connector": {"who": "between_others", "layer": "practice", "hours": 9.0},
    "organising": {"hours_per_month": 1.0},
    # Without the hours that weariness takes, the table does meet.
    "energy": {"enabled": False},
    # Where all trust each other, delegates report without being bound to.
    "learning": {"start_integrity": 0.3},
    "people": {"turnover_per_year": {"provider": {"practice": 0.9}}},
}
#: Months after which a lever is pulled; a lever shows in one of them or not at all.
MOMENTS = (3, 6, 9)
RESIDENTS = (
    Count.HELPED, Count.FAILED, Count.WITH_UNSEEN_NEED, Count.CONTRADICTED, Count.HELPED_WITH_ERROR,
)  # fmt: skip
TRUST = ("ties.competence", "ties.integrity", "bonds.competence", "bonds.integrity")


def stages() -> list[str]:
    """Names of the functions that a month calls, in order."""
    lines = inspect.getsource(month_module.month_passes).splitlines()
    return [line.strip().split("(")[0] for line in lines if line.startswith("    ") and "(world" in line
            and "def " not in line]  # fmt: skip


def levers() -> dict[str, Any]:
    """Every lever with a value for it that differs from that of the lively world."""
    scenario, found = small(**LIVELY), {}
    for path, parameter in parameters().items():
        declaration = parameter.declaration
        if declaration is None or declaration.role != "lever" or not declaration.plausible:
            continue
        now = value_at(scenario, path)
        others = [value for value in declaration.plausible if value != now]
        try:
            pulled(path, others[-1])
        except ConfigError:
            continue
        found[path] = others[-1]
    return found


def pulled(path: str, value: object) -> Scenario:
    """The lively world in which the lever is pulled at its first moment."""
    change = {"timeline": [{"month": MOMENTS[0], "set": {path: value}}]}
    return scenario_from_mapping(merged(merged(SMALL, LIVELY), change))


def what_counts(world: World, month: int) -> dict[str, np.ndarray]:
    """What became of residents this month, and all trust."""
    found = {name: array.copy() for name, array in arrays(world).items() if name in TRUST}
    counts = world.record.months.counts[month]
    return found | {count.name: counts[count : count + 1].copy() for count in RESIDENTS}


def everything(world: World) -> dict[str, np.ndarray]:
    """The whole state but for settings, events and the key of luck."""
    return {
        name: array.copy()
        for name, array in arrays(world).items()
        if not name.startswith(("settings.", "events.", "luck"))
    }


def held(world: World) -> World:
    """The world as it is now, whatever becomes of it."""
    return copied(world)._replace(record=copied_record(world.record))


def after_each_stage(
    model: CollaborationModel, scenario: Scenario, month: int, changed: set[str]
) -> Iterator[tuple[str, World]]:
    """Each stage of ``month``, and the world after it, which then lives on."""
    world = copied(model.world)._replace(
        settings=settings_of(settled_at(scenario, month)),
        record=copied_record(model.world.record),
    )
    seats_are_filled(world, model.luck, settled_at(scenario, month).table, month, changed)
    yield "seats_are_filled", world
    for name in stages():
        stage = getattr(month_module, name)
        with np.errstate(over="ignore"):
            stage(*((world, month) if len(inspect.signature(stage).parameters) > 1 else (world,)))
        yield name, world


def with_room(model: CollaborationModel) -> CollaborationModel:
    """The same model, with room for the cases of a month more."""
    from collabsim.cases import with_room as room

    world = model.world
    cases = room(world.cases, world.case_list, world.case_count, 200)
    model.world = world._replace(cases=cases[0], case_list=cases[1], case_count=cases[2])
    return model


def main() -> None:
    """Pull every lever at each moment, and print where it shows first."""
    shows: dict[str, list[Any] | None] = dict.fromkeys(levers())
    usual = small(**LIVELY)
    model = CollaborationModel(usual)
    for moment in MOMENTS:
        model.run_for(moment - model.month)
        with_room(model)
        without = [
            (everything(world), what_counts(world, moment))
            for _, world in after_each_stage(model, usual, moment, set())
        ]
        for path, value in levers().items():
            if shows[path] is not None:
                continue
            change = (Change(month=moment, set={path: value}),)
            scenario = usual.model_copy(update={"timeline": change})
            within = after_each_stage(model, scenario, moment, {path})
            for (one, what), (stage, world) in zip(without, within, strict=True):
                if differences(one, everything(world)):
                    shows[path] = [stage, differences(what, what_counts(world, moment))]
                    break
    json.dump(shows, sys.stdout)


if __name__ == "__main__":
    main()
