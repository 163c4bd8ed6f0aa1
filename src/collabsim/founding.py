"""Founding: the region as it is before any history, when nobody has met anybody."""

from collabsim.cases import empty_cases
from collabsim.events import event_record
from collabsim.frames import frames_of
from collabsim.mechanisms.bargaining import packages_are_worked_out
from collabsim.mechanisms.commissioning import contracts_are_signed
from collabsim.organisations import organisations_of
from collabsim.parameters import Scenario
from collabsim.people import people_of
from collabsim.randomness import Luck
from collabsim.record import empty_ledger, empty_record
from collabsim.rows import rows
from collabsim.rules import no_rules
from collabsim.scratch import scratch_for
from collabsim.settings import settings_of
from collabsim.tables import nothing_at_any_table
from collabsim.ties import Commitments, ties_of
from collabsim.world import World


def first_world(scenario: Scenario, luck: Luck) -> tuple[tuple[str, ...], World]:
    """The region without any history."""
    ids, organisations = organisations_of(scenario, luck)
    ties, bonds = ties_of(scenario, organisations, luck)
    suppliers = contracts_are_signed(scenario, organisations, ties, luck)
    packages_are_worked_out(organisations, ties)
    count, slots = ties.other.shape
    cases, case_list, case_count = empty_cases(0)
    ledger, tallies, dealings = empty_ledger(count, slots)
    world = World(
        luck.root,
        settings_of(scenario),
        organisations,
        *people_of(organisations, scenario.people.second_contacts),
        ties,
        bonds,
        rows(Commitments, count, slots),
        suppliers,
        *nothing_at_any_table(count),
        no_rules(count),
        frames_of(organisations, scenario.exposure.concrete_at_start, luck),
        cases,
        case_list,
        case_count,
        ledger,
        tallies,
        dealings,
        empty_record(1, count, slots),
        event_record(0),
        scratch_for(slots),
    )
    # Whoever is there at the very start is no newcomer in any month.
    world.posts.since[:] = -scenario.history_months - 1
    return tuple(ids), world
