"""Whether the outcome of a claim moves in the very stage in which its lever first shows.

Run without compilation, as ``python claim_stages.py``. Prints a JSON object: for each lever of each claim
that a timeline can pull, the first stage of the month after which a world in which it was pulled differs,
and the outcomes that differ by then; null where nothing shows within the months looked at.
"""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from collabsim.claims.arms import Arms
from collabsim.claims.claim import CLAIMS, Claim, load_claims
from collabsim.config import ConfigError
from collabsim.config.timeline import value_at
from collabsim.experiments.identity import parameter_columns
from collabsim.mechanisms.measuring import measures_are_taken
from collabsim.metrics import METRICS
from collabsim.model import CollaborationModel
from collabsim.parameters import Change, Scenario
from collabsim.record import copied_record
from collabsim.world import World, copied
from small_worlds import differences, small
from stages import LIVELY, MOMENTS, after_each_stage, everything, held, pulled, with_room

PROJECT = Path(__file__).parents[1]


def levers_of(claim: Claim, arms: Arms) -> dict[str, list[Any]]:
    """Parameters in which the sides of a claim differ, with the values of both."""
    if claim.than.value is not None:
        return {}
    of, than = (arms.arm(side, {}, {}) for side in (claim.of, claim.than))
    assert of is not None
    assert than is not None
    one, other = (parameter_columns(arm.scenario) for arm in (of, than))
    labels = {"name", "about", "comparison", "timeline"}
    found: dict[str, list[Any]] = {}
    for path in {*one, *other} - labels:
        if one.get(path) != other.get(path):
            found[path] = [one.get(path), other.get(path)]
    changes = [*of.scenario.timeline, *than.scenario.timeline]
    for path in {path for change in changes for path in change.set}:
        values = [settled(arm.scenario, path) for arm in (of, than)]
        if values[0] != values[1]:
            found[path] = values
    return found


def settled(scenario: Scenario, path: str) -> Any:  # noqa: ANN401 - a parameter of any type
    """The last value that a scenario gives to a parameter."""
    last = value_at(scenario, path)
    for change in scenario.timeline:
        last = change.set.get(path, last)
    return last


def on_a_timeline(levers: dict[str, list[Any]]) -> dict[str, Any]:
    """Those that can be pulled in the lively world, each with a value that it does not have."""
    usual, found = small(**LIVELY), {}
    for path, values in levers.items():
        others = [value for value in values if value != value_at(usual, path)]
        try:
            pulled(path, others[0])
        except (ConfigError, IndexError):
            continue
        found[path] = others[0]
    return found


def measured(model: CollaborationModel, world: World, month: int) -> dict[str, float]:
    """Every outcome, were the month to end here."""
    ended = copied(world)._replace(record=copied_record(world.record))
    measures_are_taken(ended, month)
    recorded = replace(
        model.recorded, organisations=ended.organisations, ties=ended.ties,
        own_wait=ended.ledger.own_wait, record=ended.record, months=month + 1,
    )  # fmt: skip
    return {name: float(metric.compute(recorded)) for name, metric in METRICS.items()}


def main() -> None:
    """Pull every lever at each moment, and print which outcomes move where it shows first."""
    arms = Arms(PROJECT)
    claims = load_claims(PROJECT / CLAIMS)
    levers = {claim.id: on_a_timeline(levers_of(claim, arms)) for claim in claims}
    values = {(path, json.dumps(v)): v for own in levers.values() for path, v in own.items()}
    shows: dict[tuple[str, str], list[Any] | None] = dict.fromkeys(values)
    usual = small(**LIVELY)
    model = CollaborationModel(usual)
    for moment in MOMENTS:
        model.run_for(moment - model.month)
        with_room(model)
        without = [
            (everything(world), held(world))
            for _, world in after_each_stage(model, usual, moment, set())
        ]
        for (path, code), value in values.items():
            if shows[path, code] is not None:
                continue
            change = (Change(month=moment, set={path: value}),)
            scenario = usual.model_copy(update={"timeline": change})
            within = after_each_stage(model, scenario, moment, {path})
            for (one, twin), (stage, world) in zip(without, within, strict=True):
                if differences(one, everything(world)):
                    ends = [measured(model, w, moment) for w in (twin, world)]
                    moved = [
                        name for name in METRICS
                        if not np.array_equal(ends[0][name], ends[1][name], equal_nan=True)
                    ]  # fmt: skip
                    shows[path, code] = [stage, moved]
                    break
    told = {
        claim: {path: shows[path, json.dumps(value)] for path, value in own.items()}
        for claim, own in levers.items()
    }
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    main()
