"""One month, in the order in which it happens."""

from collabsim.borrowing import borrowed
from collabsim.compiled import compiled, spliced
from collabsim.mechanisms.asking import help_is_asked
from collabsim.mechanisms.attention import hours_are_set, newcomers_are_onboarded
from collabsim.mechanisms.casework import cases_arrive
from collabsim.mechanisms.closing import cases_close
from collabsim.mechanisms.commissioning import contracts_are_renewed
from collabsim.mechanisms.commitments import commitments_travel_and_fade
from collabsim.mechanisms.connecting import connector_connects
from collabsim.mechanisms.consulting import parties_consult
from collabsim.mechanisms.energy import energy_moves
from collabsim.mechanisms.exposure import frames_move
from collabsim.mechanisms.incidents import incidents_are_accounted_for
from collabsim.mechanisms.learning import everybody_learns, the_month_is_forgotten
from collabsim.mechanisms.measuring import measures_are_taken
from collabsim.mechanisms.meeting import people_meet
from collabsim.mechanisms.organising import desk_keeps_track
from collabsim.mechanisms.pledges import pledges_travel_inside
from collabsim.mechanisms.promises import care_is_given, queues_are_counted
from collabsim.mechanisms.rules import rules_are_made, rules_spread_and_fade
from collabsim.mechanisms.seeking import those_in_trouble_talk
from collabsim.mechanisms.sessions import sessions_are_held
from collabsim.mechanisms.table_meeting import tables_meet
from collabsim.mechanisms.third_parties import reputations_spread
from collabsim.mechanisms.turnover import people_leave_and_arrive
from collabsim.mechanisms.word import news_goes_stale, own_waiting_is_seen
from collabsim.mechanisms.word_home import word_travels_home
from collabsim.world import World


@spliced
def month_passes(world: World, month: int) -> None:
    """Everything that happens in a month."""
    people_leave_and_arrive(world, month)
    contracts_are_renewed(world, month)
    hours_are_set(world)
    newcomers_are_onboarded(world, month)
    queues_are_counted(world)
    rules_are_made(world, month)
    sessions_are_held(world, month)
    tables_meet(world, month)
    word_travels_home(world, month)
    pledges_travel_inside(world)
    commitments_travel_and_fade(world)
    desk_keeps_track(world, month)
    cases_arrive(world, month)
    help_is_asked(world, month)
    parties_consult(world, month)
    people_meet(world, month)
    connector_connects(world, month)
    care_is_given(world, month)
    cases_close(world, month)
    incidents_are_accounted_for(world, month)
    those_in_trouble_talk(world, month)
    rules_spread_and_fade(world, month)
    everybody_learns(world, month)
    reputations_spread(world, month)
    frames_move(world, month)
    energy_moves(world, month)
    own_waiting_is_seen(world, month)
    news_goes_stale(world)
    measures_are_taken(world, month)
    the_month_is_forgotten(world)


@compiled
def months_pass(world: World, first: int, number: int) -> None:
    """A stretch of months in which nothing has to be chosen by anybody outside the model."""
    borrowed_world = borrowed(world)
    for month in range(first, first + number):
        month_passes(borrowed_world, month)
