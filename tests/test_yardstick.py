"""The yardstick for 1 + 1 reads nothing of what lies between parties, so scenarios can share it."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from collabsim.app.histories import Histories
from collabsim.config import Parameter, parameters, set_value
from collabsim.experiments.runs import run_replicate
from collabsim.founding import first_world
from collabsim.history import Starts, history_key, lived, prepare, start_key
from collabsim.month import months_pass
from collabsim.month_alone import months_pass_alone
from collabsim.parameters import Scenario
from collabsim.randomness import Luck
from collabsim.record import Count, empty_record
from collabsim.settings import settings_of
from collabsim.stretches import pass_months
from collabsim.yardstick import (
    BESIDE,
    BETWEEN,
    HelpedWell,
    helped_alone,
    is_felt_alone,
    yardstick,
    yardstick_key,
)
from small_worlds import another_value, arrays, differences, small

#: Houses of one person among them, who have the same hours for care and for all else.
WORLD = small(
    months=24,
    region={
        "one_person_below_hours": 300.0,
        "organisations": [{"id": "known to all", "kind": "provider", "well_known": True}],
    },
    people={"second_contacts": True, "turnover_per_year": {"provider": {"practice": 0.5}}},
)
LUCK = Luck(1, 0)


def helped_with_contacts_off(scenario: Scenario) -> HelpedWell:
    """What the months count with contacts off, and all else as the scenario has it."""
    apart = set_value(set_value(scenario, "casework.contacts", False), "table.delegation", "nobody")
    _, world = first_world(apart, LUCK)
    world, _ = lived(apart, world)
    record = empty_record(apart.months, *world.ties.other.shape)
    world = pass_months(world._replace(settings=settings_of(apart), record=record), 0, apart.months)
    counts = world.record.months.counts
    return np.asarray(counts[:, Count.HELPED] - counts[:, Count.HELPED_WITH_ERROR])


#: What a house has by itself, and what it did.
OF_HOUSES = (
    "organisations.", "posts.", "carriers.", "suppliers.", "cases.", "case_list.", "case_count.",
    "ledger.", "ties.contract", "record.months.counts", "record.spent.",
)  # fmt: skip


def what_houses_have(
    scenario: Scenario, stretch_passes: Callable[..., None]
) -> dict[str, np.ndarray]:
    """What houses have after months, from the first world on."""
    _, world = first_world(scenario, LUCK)
    record = empty_record(scenario.months, *world.ties.other.shape)
    before = scenario.history_months
    months = before + scenario.months
    world = pass_months(world._replace(record=record), -before, months, stretch_passes)
    return {name: array for name, array in arrays(world).items() if name.startswith(OF_HOUSES)}


BETWEEN_PARTIES = [
    parameter
    for parameter in parameters().values()
    if parameter.path.split(".")[0] in (*BETWEEN, *BESIDE)
    and not is_felt_alone(parameter.path)
    and parameter.path != "casework.contacts"
]


@pytest.mark.parametrize("parameter", BETWEEN_PARTIES, ids=lambda one: one.path)
def test_what_lies_between_parties_reaches_no_resident_when_nobody_has_contact(
    parameter: Parameter,
) -> None:
    changed = set_value(WORLD, parameter.path, another_value(parameter))
    helped = helped_with_contacts_off(changed)
    assert helped.sum() > 100
    assert np.array_equal(helped, helped_with_contacts_off(WORLD))
    assert np.array_equal(helped, helped_alone(changed, LUCK))


BY_ITSELF = [
    parameter
    for parameter in parameters().values()
    if is_felt_alone(parameter.path)
    and parameter.declaration is not None
    and parameter.declaration.plausible is not None
]


@pytest.mark.parametrize("parameter", BY_ITSELF, ids=lambda one: one.path)
def test_what_a_house_does_by_itself_is_done_in_the_yardstick_too(parameter: Parameter) -> None:
    apart = yardstick(set_value(WORLD, parameter.path, another_value(parameter)))
    whole, alone = (
        what_houses_have(apart, stretch_passes)
        for stretch_passes in (months_pass, months_pass_alone)
    )
    assert not differences(whole, alone)


def test_scenarios_that_differ_in_it_have_one_yardstick_and_histories_of_their_own() -> None:
    for parameter in BETWEEN_PARTIES:
        changed = set_value(WORLD, parameter.path, another_value(parameter))
        assert yardstick_key(changed) == yardstick_key(WORLD)
        assert history_key(changed) != history_key(WORLD)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("people.turnover_per_year.provider.practice", 0.9),
        ("energy.from_success", 0.0),
        ("casework.sees_other_field", 0.9),
        ("attention.onboarding_hours", 200.0),
        ("promises.serve_first", "newest"),
        ("commissioning.target_load", 1.2),
        ("region.provider_count", 9),
    ],
)
def test_what_a_house_does_by_itself_is_felt(path: str, value: object) -> None:
    changed = set_value(WORLD, path, value)
    assert is_felt_alone(path)
    assert yardstick_key(changed) != yardstick_key(WORLD)


def test_the_yardstick_of_a_yardstick_is_itself() -> None:
    assert yardstick(yardstick(WORLD)) == yardstick(WORLD)


def test_another_name_or_seed_is_the_same_yardstick() -> None:
    named = WORLD.model_copy(update={"name": "other", "seed": 7})
    assert yardstick_key(named) == yardstick_key(WORLD)


def test_it_lives_through_the_changes_that_houses_feel() -> None:
    timeline = [
        {"month": 6, "set": {"people.handover": 0.9, "word.reach": 1.0}},
        {"month": 12, "set": {"casework.cases_per_1000_per_year": 30.0, "learning.late_loss": 0.0}},
    ]
    changed = small(timeline=timeline)
    assert [(change.month, list(change.set)) for change in yardstick(changed).timeline] == [
        (12, ["casework.cases_per_1000_per_year"])
    ]
    assert history_key(changed) == history_key(small())
    assert start_key(small(timeline=timeline[:1])) == start_key(small())
    assert start_key(changed) != start_key(small())
    with_more, without = helped_alone(changed, LUCK), helped_alone(small(), LUCK)
    assert np.array_equal(with_more[:12], without[:12])
    assert with_more[12:].sum() > without[12:].sum()


def test_measuring_it_leaves_the_first_world_as_it_is() -> None:
    world = first_world(WORLD, LUCK)[1]
    before = {name: array.copy() for name, array in arrays(world).items()}
    helped_alone(WORLD, LUCK, world)
    assert not differences(before, arrays(world))


def test_it_is_measured_once_for_all_who_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    measured: list[str] = []

    def noted(scenario: Scenario, *rest: Any) -> HelpedWell:  # noqa: ANN401
        measured.append(scenario.name)
        return helped_alone(scenario, *rest)

    monkeypatch.setattr("collabsim.history.helped_alone", noted)
    monkeypatch.setattr("collabsim.app.histories.helped_alone", noted)
    worlds = [
        small(name="a"),
        small(name="b", people={"handover": 0.5}),
        small(name="c", casework={"sees_other_field": 0.3}),
    ]
    together = list(run_replicate(worlds, 1, 0))
    assert measured == ["a", "c"]
    apart = [run for world in worlds for run in run_replicate([world], 1, 0)]
    assert [run.outcomes["synergy"] for run in together] == [
        run.outcomes["synergy"] for run in apart
    ]
    measured.clear()
    histories = Histories()
    kept = [histories.start(world, 1, 0) for world in worlds]
    assert measured == ["a", "c"]
    assert kept[0].alone is kept[1].alone


def test_every_draw_of_luck_has_its_own() -> None:
    histories = Histories()
    one, other = (histories.start(WORLD, 1, replicate) for replicate in (0, 1))
    assert not np.array_equal(one.alone, other.alone)
    assert np.array_equal(Starts().start(WORLD, 1, 0).alone, one.alone)


@pytest.mark.parametrize("of", ["one experiment", "the app"])
def test_scenarios_that_differ_on_the_timeline_only_share_a_history_and_not_a_yardstick(
    of: str,
) -> None:
    cut = small(timeline=[{"month": 0, "set": {"commissioning.budget": 0.7}}])
    given = small(grades={"public_value": 6.0})
    cut_of_given = small(
        grades={"public_value": 6.0}, timeline=[{"month": 6, "set": {"commissioning.budget": 0.7}}]
    )
    making = Starts() if of == "one experiment" else Histories()
    for first, second in ((small(), cut), (given, cut_of_given)):
        start, other = (making.start(scenario, 1, 0) for scenario in (first, second))
        assert start.world is other.world
        assert other.key == start_key(second) != start.key
        apart = prepare(second, 1, 0)
        assert np.array_equal(other.alone, apart.alone)
        assert not np.array_equal(other.alone, start.alone)
        assert other.fitted == apart.fitted
        assert not differences(arrays(other.world), arrays(apart.world))
