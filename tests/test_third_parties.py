"""Third parties: opinions that travel, names that are passed on, and somebody who connects."""

from collections.abc import Mapping

import numpy as np

from collabsim.events import Event, Reason
from collabsim.model import CollaborationModel
from collabsim.organisations import MANAGEMENT, PROVIDER
from collabsim.parameters import Scenario
from collabsim.record import Spending
from collabsim.rules import Rule
from small_worlds import differences, merged, ran, small, state

NO_THIRD = {"third_parties": {"enabled": False}}


def connected(mandate: bool = True, also: Mapping[str, object] | None = None) -> Scenario:
    """The small world with a connector who has the time for three meetings a month."""
    connector = {"who": "between_others", "hours": 4.5, "mandate": mandate}
    region = {"organisations": [{"id": "quiet", "kind": "provider", "well_known": True}]}
    return small(**merged({"connector": connector, "region": region}, also or {}))


# -- reputation ----------------------------------------------------------------------------------


def test_opinions_draw_together_without_making_anybody_more_trusted_on_average() -> None:
    spreads, means = [], []
    for share in (0.0, 0.2):
        ties = ran(small(third_parties={"reputation": share, "refers": False})).world.ties
        about = [ties.competence[ties.other == j] for j in range(ties.other.shape[0])]
        spreads.append(float(np.mean([opinions.std() for opinions in about])))
        means.append(float(ties.competence[ties.other >= 0].mean()))
    assert spreads[1] < spreads[0]
    assert abs(means[1] - means[0]) < 0.05


def test_with_everybody_of_one_mind_there_is_nothing_to_take_over() -> None:
    still = {"learning": {"enabled": False}, "people": {"enabled": False}}
    told, silent = (
        ran(small(**merged(still, {"third_parties": {"reputation": share, "refers": False}})))
        for share in (0.2, 0.0)
    )
    assert differences(state(told), state(silent)) == []


def test_no_opinion_rises_above_the_ceiling_of_a_broken_word() -> None:
    world = ran(small(commissioning={"target_load": 1.3}, third_parties={"reputation": 1.0})).world
    known = world.ties.other >= 0
    assert world.ties.ceiling[known].min() < 1.0
    assert (world.ties.integrity[known] <= world.ties.ceiling[known]).all()


# -- referral ------------------------------------------------------------------------------------


def test_who_says_no_may_name_another_and_then_the_two_know_each_other_by_name() -> None:
    events = ran(small(commissioning={"target_load": 1.3}), trace=True).events()
    named = events[events["event"] == Event.NAMED]
    assert len(named) > 0
    assert (named["who"] != named["whom"]).all()


def test_where_nobody_names_anybody_there_are_no_referrals() -> None:
    events = ran(small(commissioning={"target_load": 1.3}, **NO_THIRD), trace=True).events()
    assert not (events["event"] == Event.NAMED).any()


# -- the connector -------------------------------------------------------------------------------


def brought_together(model: CollaborationModel) -> int:
    """Encounters in the presence of the connector."""
    events = model.events()
    met = events[events["event"] == Event.ENCOUNTER]["reason"]
    return int((met == Reason.MANAGERS_BROUGHT_TOGETHER).sum())


def test_the_connector_spends_its_extra_hours_and_no_more() -> None:
    model = ran(connected())
    hours = model.world.record.spent.hours[:, MANAGEMENT, Spending.CONNECTING]
    row = int(model.world.agenda.connector[0])
    assert 0.0 < hours[row] <= 4.5 * model.month
    assert hours.sum() == hours[row]


def test_whoever_distrusts_the_connector_comes_only_when_there_is_a_mandate() -> None:
    wary: dict[str, object] = {
        "learning": {"start_integrity": 0.1},
        "cooperation": {"decisiveness": 50.0, "exposure": 3.0},
        "history_months": 0,
    }
    with_mandate, without = (
        brought_together(ran(connected(mandate, wary), trace=True)) for mandate in (True, False)
    )
    assert without < 0.5 * with_mandate


def test_the_party_between_others_is_the_one_that_everybody_knows() -> None:
    region = {
        "municipality_count": 2,
        "provider_count": 6,
        "organisations": [{"id": "quiet", "kind": "provider", "well_known": True}],
    }
    scenario = small(region=region, history_months=0, connector={"who": "between_others"})
    model = CollaborationModel(scenario)
    model.step()
    assert model.ids[int(model.world.agenda.connector[0])] == "quiet"


def test_who_is_asked_to_connect_later_on_takes_it_over() -> None:
    largest = {"month": 3, "set": {"connector.who": "largest_municipality"}}
    at_first = {"month": 0, "set": {"connector.who": "between_others"}}
    model = CollaborationModel(small(timeline=[at_first, largest]))
    model.run_for(3)
    first = int(model.world.agenda.connector[0])
    model.step()
    then = int(model.world.agenda.connector[0])
    organisations = model.world.organisations
    assert organisations.kind[first] == PROVIDER
    assert organisations.inhabitants[then] == organisations.inhabitants.max()


def test_nothing_differs_before_somebody_is_asked_to_connect() -> None:
    later = small(timeline=[{"month": 6, "set": {"connector.who": "largest_municipality"}}])
    models = [CollaborationModel(scenario) for scenario in (small(), later)]
    for model in models:
        model.run_for(6)
    assert differences(state(models[0]), state(models[1])) == []
    for model in models:
        model.run_for(3)
    assert differences(state(models[0]), state(models[1])) != []


def test_a_guardian_keeps_rules_alive_that_would_be_forgotten() -> None:
    rules = {"made_by": "everyone", "layer": "management", "making_hours": 0.0, "use_renews": 0.0}
    held = []
    for who in ("nobody", "between_others"):
        scenario = small(
            rules=rules, connector={"who": who, "hours": 30.0}, people={"enabled": False}
        )
        known = ran(scenario).world.known.salience
        held.append(float(known[:, MANAGEMENT, Rule.SHARED_OWNERSHIP].mean()))
    assert held[1] > held[0]
