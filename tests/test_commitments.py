"""Commitments: made by who talks openly, known where they have travelled, and binding as far as known."""

from typing import Any

import numpy as np
import pytest

from collabsim.mechanisms.commitments import commitments_travel_and_fade
from collabsim.mechanisms.turnover import people_leave_and_arrive
from collabsim.model import CollaborationModel
from collabsim.organisations import BOARD, MANAGEMENT, PRACTICE
from collabsim.parameters import Scenario
from small_worlds import as_in_a_month, ran, small

#: Nobody gathers but who is made to.
SILENT: dict[str, Any] = {
    "table": {"delegation": "nobody"}, "attention": {"networking_share": 0.0},
    "rules": {"made_by": "nobody"}, "history_months": 0,
}  # fmt: skip
SEVERAL = {"one_person_below_hours": 0.0}
ONES = {"one_person_below_hours": 1e6}


def world(**groups: Any) -> Scenario:  # noqa: ANN401 - groups of a scenario
    return small(**{**SILENT, "region": SEVERAL, **groups})


def known(model: CollaborationModel) -> np.ndarray:
    """[N, slots, layers] how far commitments are known."""
    return np.asarray(model.world.commitments.known)


def told(model: CollaborationModel, layer: int) -> CollaborationModel:
    """Everybody has committed itself, in one layer."""
    known(model)[:] = 0.0
    known(model)[model.world.ties.other >= 0, layer] = 1.0
    return model


def test_without_talk_nobody_commits_itself() -> None:
    assert known(ran(world())).max() == 0.0


def test_the_more_managers_and_boards_meet_the_more_commitments_there_are() -> None:
    shares = (0.0, 0.25, 1.0)
    worlds = [ran(world(attention={"networking_share": share})) for share in shares]
    none, some, more = (known(model)[:, :, MANAGEMENT].mean() for model in worlds)
    assert none == 0.0
    assert some < more


def test_who_holds_back_in_talk_commits_itself_to_nothing() -> None:
    never = {"decisiveness": 20.0, "mutual_yield": 0.0, "need_weight": 0.0, "package_weight": 0.0}
    scenario = world(attention={"networking_share": 1.0}, cooperation=never)
    assert known(ran(scenario)).max() < known(ran(world(attention={"networking_share": 1.0}))).max()


def test_what_boards_agree_reaches_practice_through_managers_with_delay_and_loss() -> None:
    fades = {"commitment_fades_per_month": 0.1}
    model = told(CollaborationModel(world(promises=fades, word={"inside_per_month": 0.5})), BOARD)
    there = model.world.ties.other >= 0
    by_month = []
    for _ in range(3):
        as_in_a_month(commitments_travel_and_fade)(model.world)
        by_month.append([known(model)[there, layer].mean() for layer in range(3)])
    # Practice hears from managers, who have heard the month before.
    assert by_month[0] == pytest.approx([0.0, 0.45, 0.9])
    assert by_month[1][PRACTICE] == pytest.approx(0.9 * 0.5 * 0.45)
    assert by_month[2][BOARD] == pytest.approx(0.9**3)


def test_one_person_knows_in_all_roles_what_it_committed_itself_to() -> None:
    model = ran(world(region=ONES, attention={"networking_share": 1.0}, months=2))
    ones = model.world.organisations.one_person
    assert known(model)[ones].max() > 0.0
    assert (known(model)[ones][:, :, PRACTICE] == known(model)[ones][:, :, MANAGEMENT]).all()


def test_commitments_of_one_who_leaves_are_known_as_far_as_they_were_handed_over() -> None:
    stay = {"practice": 0.0, "management": 0.0, "board": 0.0}
    all_leave = {kind: {**stay, "practice": 1.0} for kind in ("municipality", "provider")}
    people = {"turnover_per_year": all_leave, "handover": 0.3, "stays_in_sector": 0.0}
    model = told(CollaborationModel(world(people=people)), PRACTICE)
    as_in_a_month(people_leave_and_arrive)(model.world, 5)
    there = model.world.ties.other >= 0
    assert known(model)[there, PRACTICE] == pytest.approx(0.3)


@pytest.mark.slow
def test_a_commitment_binds_those_who_do_the_work_and_only_where_it_weighs() -> None:
    """Talk reaches casework by what was agreed (Kerr and Kaufman-Gilliland 1994)."""

    def cooperation(binding: float) -> float:
        rates = []
        for seed in range(6):
            promises = {"commitment_binding": binding, "commitment_fades_per_month": 0.0}
            model = told(CollaborationModel(world(promises=promises), seed=seed), PRACTICE)
            model.run_for(12)
            rates.append(model.outcomes()["cooperation_rate"])
        return float(np.mean(rates))

    none, some, much = (cooperation(binding) for binding in (0.0, 0.5, 1.5))
    assert none < some < much
