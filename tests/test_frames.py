"""Frames, images, interests and channels: what carries them, and what they do."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from collabsim.events import Event, Reason
from collabsim.model import CollaborationModel
from collabsim.organisations import BOARD, MANAGEMENT, PRACTICE
from collabsim.parameters import Scenario
from collabsim.record import Count, Level, Spending
from collabsim.ties import slot_of
from small_worlds import differences, merged, ran, small, state

#: Views move fast enough for two years to show it.
OPEN: Mapping[str, Any] = {"exposure": {"takes_over_per_hour": 0.05, "concrete_per_hour": 0.02}}
QUIET: Mapping[str, Any] = {"people": {"enabled": False}}


def world(*also: Mapping[str, Any]) -> Scenario:
    """The small world in which views move, changed."""
    whole = dict(OPEN)
    for changes in also:
        whole = merged(whole, changes)
    return small(**whole)


def outcome(model: CollaborationModel, name: str) -> float:
    return float(model.outcomes()[name])


def in_sessions(**contents: object) -> dict[str, Any]:
    """Everybody of practice meets each month, with some content."""
    return {"sessions": {"invited": "everyone", "every_months": 1, "group_size": 4, **contents}}


# -- frames ----------------------------------------------------------------------------------------


def test_at_the_very_start_everybody_sees_its_own_fields_and_no_other() -> None:
    model = CollaborationModel(small(history_months=0))
    frames, o = model.world.frames, model.world.organisations
    for layer in (PRACTICE, MANAGEMENT, BOARD):
        assert np.array_equal(frames.sight[:, layer], o.can)
    assert np.array_equal(frames.image, frames.own_image)


def test_with_nobody_to_hear_frames_stay_what_they_were() -> None:
    model = ran(world({"casework": {"contacts": False}}))
    assert np.array_equal(model.world.frames.sight[:, PRACTICE], model.world.organisations.can)


def test_hearing_others_unaware_brings_views_together_and_costs_the_eye_for_ones_own() -> None:
    alone, heard = ran(world({"exposure": {"takes_over_per_hour": 0.0}})), ran(world())
    assert outcome(heard, "sight_apart") < outcome(alone, "sight_apart")
    assert outcome(heard, "sight_of_others") > outcome(alone, "sight_of_others")
    can = heard.world.organisations.can.astype(bool)
    assert heard.world.frames.sight[:, PRACTICE][can].mean() < 1.0


def test_who_analyse_together_see_more_of_what_others_see_and_lose_less_of_their_own() -> None:
    plain, analysed = (
        ran(world(QUIET, in_sessions(analyses_together=on, hours=6.0))) for on in (False, True)
    )
    can = plain.world.organisations.can.astype(bool)
    for model in (plain, analysed):
        assert model.world.frames.sight.max() <= 1.0
    own = [model.world.frames.sight[:, PRACTICE][can].mean() for model in (plain, analysed)]
    assert own[0] < own[1]
    assert outcome(plain, "sight_of_others") < outcome(analysed, "sight_of_others")
    assert analysed.world.frames.aware[:, PRACTICE].max() > 0.0


def test_the_more_rigid_the_nearer_everybody_stays_to_its_own_glasses() -> None:
    loose, stiff = (ran(world({"exposure": {"rigidity": share}})) for share in (0.0, 0.5))
    assert outcome(loose, "sight_apart") < outcome(stiff, "sight_apart")
    assert outcome(loose, "images_apart") < outcome(stiff, "images_apart")


def test_who_hear_only_the_near_take_over_less() -> None:
    near, all_of_them = (ran(world({"exposure": {"confidence": d}})) for d in (0.0, 1.0))
    assert outcome(near, "images_apart") > outcome(all_of_them, "images_apart")


def test_views_never_leave_their_range_and_all_layers_of_one_person_see_the_same() -> None:
    crowded = {"exposure": {"takes_over_per_hour": 5.0, "rigidity": 0.3}}
    one = {"region": {"one_person_below_hours": 1e6}}
    model = ran(world(crowded, one, in_sessions(analyses_together=True, pictures_success=True)))
    frames, alone = model.world.frames, model.world.organisations.one_person
    assert alone.any()
    for view in (frames.sight, frames.image, frames.concrete, frames.aware):
        assert ((view >= 0.0) & (view <= 1.0)).all()
        same = view[alone]
        for layer in (MANAGEMENT, BOARD):
            np.testing.assert_allclose(same[:, layer], same[:, PRACTICE], atol=1e-9)


def test_what_managers_see_reaches_practice_as_fast_as_word_travels_inside() -> None:
    of_managers = {"sessions": {"invited": "everyone", "every_months": 1, "layer": "management",
                                "analyses_together": True}}  # fmt: skip
    seen = []
    for inside in (0.0, 0.9):
        scenario = world(
            QUIET, of_managers, {"word": {"inside_per_month": inside}},
            {"region": {"one_person_below_hours": 0.0}, "exposure": {"takes_over_per_hour": 0.1}},
        )  # fmt: skip
        frames = ran(scenario).world.frames
        seen.append(np.abs(frames.sight[:, MANAGEMENT] - frames.sight[:, PRACTICE]).mean())
    assert seen[1] < seen[0]


def test_a_successor_looks_through_the_glasses_of_its_organisation() -> None:
    leaving = {"people": {"turnover_per_year": {"provider": {"practice": 1.0}}, "handover": 0.0}}
    model = ran(world(leaving))
    provider = model.world.organisations.kind == 1
    # Everybody in practice left this month; what was heard in it is all that there is.
    stayed = ran(world(QUIET))
    gone = model.world.frames.sight[provider, PRACTICE] - model.world.organisations.can[provider]
    kept = stayed.world.frames.sight[provider, PRACTICE] - stayed.world.organisations.can[provider]
    assert np.abs(gone).mean() < np.abs(kept).mean()


def test_an_eye_for_a_field_is_what_decides_whether_its_needs_are_seen() -> None:
    blind = {"sees_own_field": 1.0, "sees_other_field": 0.0}
    unseen = []
    for rate in (0.0, 0.3):
        scenario = world({"casework": blind, "exposure": {"takes_over_per_hour": rate}})
        model = ran(scenario)
        counts = model.world.record.months.counts
        unseen.append(counts[:, Count.WITH_UNSEEN_NEED].sum() / counts[:, Count.HELPED].sum())
    assert unseen[0] != unseen[1]


# -- the ambition ----------------------------------------------------------------------------------


def test_a_vague_ambition_is_not_taken_over_and_a_concrete_one_is() -> None:
    still = {"exposure": {"concrete_per_hour": 0.0, "fades_per_month": 0.0, "rigidity": 0.0}}
    vague, concrete = (
        ran(world(still, {"exposure": {"concrete_at_start": start}})) for start in (0.0, 1.0)
    )
    assert outcome(vague, "images_apart") == pytest.approx(
        float(vague.world.frames.own_image[:, 0].std())
    )
    assert outcome(concrete, "images_apart") < outcome(vague, "images_apart")


def test_working_out_what_success_looks_like_makes_the_ambition_concrete_and_more_shared() -> None:
    plain, pictured = (ran(world(QUIET, in_sessions(pictures_success=on))) for on in (False, True))
    assert outcome(plain, "ambition_concrete") < outcome(pictured, "ambition_concrete")
    assert outcome(pictured, "images_apart") < outcome(plain, "images_apart")


def test_plans_of_who_mean_the_same_do_not_contradict() -> None:
    scenario = world({"casework": {"contradiction_chance": 1.0, "sees_other_field": 1.0}})
    model = CollaborationModel(scenario)
    frames = model.world.frames
    frames.image[:] = frames.own_image[:] = 0.5
    start = len(frames.image)
    model.world.cases.contradicts[:] = False
    model.run_for(scenario.months)
    assert start > 0
    assert model.world.record.months.counts[:, Count.CONTRADICTED].sum() == 0
    other = ran(scenario)
    assert other.world.record.months.counts[:, Count.CONTRADICTED].sum() > 0


# -- interests -------------------------------------------------------------------------------------


def test_what_a_party_is_after_becomes_known_among_managers_and_boards_only() -> None:
    silent = {"attention": {"networking_share": 0.0}, "table": {"delegation": "nobody"}}
    assert outcome(ran(world(silent)), "interests_known") == 0.0
    assert outcome(ran(world()), "interests_known") > 0.0


def test_in_a_session_on_interests_open_parties_are_understood_at_once() -> None:
    usual, told = (
        ran(world(QUIET, in_sessions(layer="management", discloses_interests=on)))
        for on in (False, True)
    )
    assert outcome(told, "interests_known") > outcome(usual, "interests_known") + 0.1
    assert outcome(told, "mutual_gains") > outcome(usual, "mutual_gains")
    disclosed = told.world.ties.disclosed
    assert disclosed.max() == 1.0


def test_a_package_deal_is_within_reach_only_as_far_as_both_know_enough() -> None:
    ties = ran(world()).world.ties
    for i in range(len(ties.other)):
        for k, j in enumerate(ties.other[i]):
            if j >= 0:
                b = slot_of(ties, int(j), i)
                both = ties.disclosed[i, k] * ties.disclosed[j, b]
                assert ties.within_reach[i, k] == both * ties.package[i, k]


def test_what_is_presumed_of_strangers_counts_until_it_is_known() -> None:
    rates = [
        outcome(ran(world({"cooperation": {"presumed_divergence": apart}})), "cooperation_rate")
        for apart in (0.0, 1.0)
    ]
    assert rates[0] > rates[1]


# -- channels --------------------------------------------------------------------------------------


def test_online_saves_the_way_there_and_carries_less_across() -> None:
    room, online = (
        ran(world(QUIET, in_sessions(layer="management", online=on))) for on in (False, True)
    )
    hours = [model.world.record.spent.hours[:, MANAGEMENT, Spending.SESSION].sum()
             for model in (room, online)]  # fmt: skip
    assert hours[1] < hours[0]
    known = [outcome(model, "acquaintance_of_managers") for model in (room, online)]
    assert known[1] < known[0]


def test_a_table_online_costs_each_seat_the_way_there_less_a_meeting() -> None:
    room, online = (ran(small(table={"online": on}), trace=True) for on in (False, True))
    least = []
    for model in (room, online):
        events = model.events()
        spent = events[(events["event"] == Event.SPENT) & (events["reason"] == Spending.TABLE)]
        least.append(float(spent["value"].min()))
    assert least[0] - least[1] == pytest.approx(0.5)


def test_an_update_is_read_by_those_at_home_who_have_the_time_and_tells_them_of_the_table() -> None:
    silent = {"table": {"reporting_back": False, "delegation": "selected", "seats": 3}}
    without, with_it = (
        ran(world(silent, {"table": {"update_mails": on}}), trace=True) for on in (False, True)
    )
    told = []
    for model in (without, with_it):
        events = model.events()
        heard = events[(events["event"] == Event.HEARD) & (events["reason"] == Reason.RETOLD)]
        told.append(len(heard))
    assert told[0] < told[1]
    seated = with_it.world.seats.seated[0]
    read = with_it.world.record.spent.hours[:, BOARD, Spending.READING]
    assert read[~seated].sum() > 0.0


def test_who_are_shown_the_pattern_know_who_waits_and_who_has_room() -> None:
    silent = {"table": {"delegation": "nobody"}, "attention": {"networking_share": 0.0}}

    def off(*, on: bool, seed: int) -> float:
        model = ran(world(silent, in_sessions(shows_patterns=on, group_size=2)), seed=seed)
        ties, waits = model.world.ties, model.world.ledger.own_wait
        known = (ties.other >= 0) & (ties.wait_heard >= 0.0)
        return float(np.abs(ties.wait_heard - waits[ties.other])[known].mean())

    plain, shown = ([off(on=on, seed=seed) for seed in range(8)] for on in (False, True))
    assert np.mean(shown) < np.mean(plain)


# -- residents and cases ---------------------------------------------------------------------------


def test_residents_who_are_there_bring_up_what_nobody_saw() -> None:
    blind = {"casework": {"sees_other_field": 0.3, "resident_tells": 1.0}}
    unseen = []
    for joins in (False, True):
        counts = ran(
            world(blind, {"casework": {"residents_join": joins}})
        ).world.record.months.counts
        unseen.append(counts[:, Count.WITH_UNSEEN_NEED].sum() / counts[:, Count.HELPED].sum())
    assert unseen[1] < unseen[0]


def test_a_meeting_with_the_resident_takes_longer() -> None:
    spent = []
    for joins in (False, True):
        events = ran(small(casework={"residents_join": joins}), trace=True).events()
        rows = events[(events["event"] == Event.SPENT) & (events["reason"] == Spending.CONSULT)]
        spent.append(float(rows["value"].max()))
    assert spent[1] == pytest.approx(spent[0] + 0.5)


def test_looking_back_on_what_was_missed_opens_the_eye_for_it() -> None:
    plain, reviewed = (
        ran(world(QUIET, {"casework": {"reviews_cases": on}})) for on in (False, True)
    )
    assert outcome(reviewed, "sight_of_others") > outcome(plain, "sight_of_others")


# -- inside ----------------------------------------------------------------------------------------


def test_a_pledge_binds_those_who_do_the_work_as_far_as_they_have_heard_of_it() -> None:
    several = {
        "region": {"one_person_below_hours": 0.0},
        "table": {"delegation": "everyone", "meets_every_months": 3},
        "energy": {"enabled": False},
    }
    told = []
    for inside in (0.0, 0.5, 1.0):
        model = CollaborationModel(world(several, {"word": {"inside_per_month": inside}}))
        model.run_for(14)
        seats = model.world.seats[0]
        assert seats.pledger.any()
        told.append(seats.told[seats.pledger, PRACTICE].mean())
        assert (seats.told[seats.pledger, BOARD] == 1.0).all()
    # After a month half of it has reached the managers, and half of that is passed on in the next.
    assert told == [0.0, pytest.approx(0.25), 1.0]


def test_all_of_it_off_leaves_every_view_as_it_was() -> None:
    scenario = world({"exposure": {"enabled": False}}, QUIET)
    model = CollaborationModel(scenario)
    before = {name: array.copy() for name, array in state(model).items()}
    model.run_for(scenario.months)
    changed = differences(before, state(model))
    assert [name for name in changed if name.startswith("frames.")] == []
    assert (model.world.ties.disclosed == 0.0).all()
    assert model.world.record.months.levels[-1, Level.INTERESTS_KNOWN] == 0.0
