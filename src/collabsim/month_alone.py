"""A month of houses that have contact with nobody: what is left of the month without all that needs two.

It counts what a whole month counts with contacts off, in two thirds of the time.
"""

from collabsim.borrowing import borrowed
from collabsim.compiled import compiled, spliced
from collabsim.mechanisms.asking import help_is_asked
from collabsim.mechanisms.attention import hours_are_set, newcomers_are_onboarded
from collabsim.mechanisms.casework import cases_arrive
from collabsim.mechanisms.closing import cases_close
from collabsim.mechanisms.commissioning import contracts_are_renewed
from collabsim.mechanisms.energy import energy_moves
from collabsim.mechanisms.promises import care_is_given, queues_are_counted
from collabsim.mechanisms.turnover import people_leave_and_arrive
from collabsim.world import World


@spliced
def month_passes_alone(world: World, month: int) -> None:
    """Everything that happens in a month without contact."""
    people_leave_and_arrive(world, month)
    contracts_are_renewed(world, month)
    hours_are_set(world)
    newcomers_are_onboarded(world, month)
    queues_are_counted(world)
    cases_arrive(world, month)
    help_is_asked(world, month)
    care_is_given(world, month)
    cases_close(world, month)
    energy_moves(world, month)


@compiled
def months_pass_alone(world: World, first: int, number: int) -> None:
    """A stretch of such months."""
    borrowed_world = borrowed(world)
    for month in range(first, first + number):
        month_passes_alone(borrowed_world, month)
