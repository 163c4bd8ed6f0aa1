"""Ties as a network survey found them hold at month 0, and what it did not find is drawn anew."""

from typing import Any

import numpy as np
import pytest

from collabsim.config import ConfigError, dump_yaml, load_scenario, scenario_from_mapping
from collabsim.history import prepare
from collabsim.organisations import BOARD, PRACTICE
from collabsim.ties import slot_of
from collabsim.world import World
from small_worlds import arrays, differences, small

NAMES = ("municipality-01", "municipality-02", *(f"provider-{n:03d}" for n in range(1, 9)))


def tie(who: str, whom: str, **answers: float) -> dict[str, Any]:
    return {"who": who, "whom": whom, **answers}


def start(*ties: dict[str, Any], replicate: int = 0, **region: object) -> World:
    scenario = small(region={"ties": list(ties), **region})
    return prepare(scenario, 1, replicate).world


def of(world: World, who: str, whom: str) -> tuple[int, int]:
    row = {name: number for number, name in enumerate(NAMES)}
    return row[who], int(slot_of(world.ties, row[who], row[whom]))


def test_what_was_answered_holds_at_month_0_and_the_rest_is_as_the_history_left_it() -> None:
    before = prepare(small(), 1, 0).world
    world = start(tie(NAMES[0], NAMES[2], knows=0.75, trusts=0.5, meets=2.0))
    there, back = of(world, NAMES[0], NAMES[2]), of(world, NAMES[2], NAMES[0])
    for place in (there, back):
        assert (world.bonds.acquaintance[*place, PRACTICE] == 0.75).all()
        assert (world.bonds.contacts[*place, PRACTICE] == 24.0).all()
        kept = before.bonds.acquaintance[*place, BOARD]
        assert np.array_equal(world.bonds.acquaintance[*place, BOARD], kept)
    assert world.ties.integrity[there] == world.ties.competence[there] == 0.5
    assert world.ties.integrity[back] == before.ties.integrity[back]
    changed = differences(arrays(before), arrays(world))
    assert set(changed) <= {
        *(f"ties.{name}" for name in ("competence", "integrity", "ceiling", "contacts")),
        *(f"bonds.{name}" for name in ("acquaintance", "competence", "integrity", "contacts")),
    }
    same = np.ones(world.ties.other.shape, dtype=np.bool_)
    same[there], same[back] = False, False
    assert np.array_equal(world.ties.integrity[same], before.ties.integrity[same])
    assert (world.ties.ceiling >= world.ties.integrity).all()


def test_two_who_say_something_else_of_knowing_each_other_are_met_in_the_middle() -> None:
    world = start(tie(NAMES[0], NAMES[1], knows=1.0), tie(NAMES[1], NAMES[0], knows=0.5))
    assert (world.bonds.acquaintance[*of(world, NAMES[1], NAMES[0]), PRACTICE] == 0.75).all()


def answers() -> list[dict[str, Any]]:
    """Municipality 1 knows all providers well, provider 1 knows all others badly."""
    towns = [tie(NAMES[0], name, knows=0.9, trusts=0.9, meets=4.0) for name in NAMES[2:]]
    return towns + [tie(NAMES[2], name, knows=0.1, trusts=0.2, meets=0.0) for name in NAMES[3:]]


def test_who_is_missing_is_drawn_from_those_who_are_like_them() -> None:
    world = start(*answers(), draw_missing_ties=True)
    # Nobody answered for municipality 2; towns and providers know each other well.
    assert (world.bonds.acquaintance[*of(world, NAMES[1], NAMES[5]), PRACTICE] == 0.9).all()
    assert world.ties.integrity[of(world, NAMES[1], NAMES[5])] == 0.9
    assert (world.bonds.acquaintance[*of(world, NAMES[6], NAMES[7]), PRACTICE] == 0.1).all()
    assert world.ties.integrity[of(world, NAMES[6], NAMES[7])] == 0.2


def test_the_doubt_about_who_is_missing_differs_from_replicate_to_replicate() -> None:
    mixed = [
        tie(NAMES[2], name, knows=n / 8, trusts=n / 8, meets=0.0)
        for n, name in enumerate(NAMES[3:])
    ]
    place = of(start(), NAMES[4], NAMES[5])
    drawn = []
    for replicate in range(4):
        world = start(*mixed, draw_missing_ties=True, replicate=replicate)
        drawn.append(float(world.bonds.acquaintance[*place, PRACTICE, 0, 0]))
        both = of(world, NAMES[5], NAMES[4])
        assert drawn[-1] == world.bonds.acquaintance[*both, PRACTICE, 0, 0]
    assert len(set(drawn)) > 1
    assert set(drawn) <= {n / 8 for n in range(7)}
    again = start(*mixed, draw_missing_ties=True, replicate=3)
    assert drawn[-1] == again.bonds.acquaintance[*place, PRACTICE, 0, 0]


def test_the_order_in_which_ties_are_written_changes_nothing() -> None:
    one = start(*answers(), draw_missing_ties=True)
    other = start(*reversed(answers()), draw_missing_ties=True)
    assert differences(arrays(one), arrays(other)) == []


@pytest.mark.parametrize(
    ("ties", "region", "says"),
    [
        ([tie(NAMES[0], "nobody", knows=0.5)], {}, "no organisation of this region"),
        ([tie(NAMES[0], NAMES[0], knows=0.5)], {}, "about itself"),
        ([tie(NAMES[0], NAMES[1]), tie(NAMES[0], NAMES[1])], {}, "answers twice"),
        ([tie(NAMES[0], NAMES[1])], {"known_others": 4}, "known_others"),
        ([tie(NAMES[0], NAMES[1], knows=7)], {}, "knows"),
    ],
)
def test_ties_that_cannot_be_are_refused(ties: object, region: dict[str, Any], says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        small(region={"ties": ties, **region})


def test_ties_survive_being_written_and_read(tmp_path: Any) -> None:  # noqa: ANN401
    scenario = small(region={"ties": answers(), "draw_missing_ties": True})
    (tmp_path / "own.yaml").write_text(dump_yaml(scenario))
    assert load_scenario(tmp_path / "own.yaml") == scenario
    assert scenario_from_mapping(scenario.model_dump(by_alias=True)) == scenario
