"""Inside an organisation: what one layer knows reaches the next, with delay and loss."""

from collabsim.compiled import inlined
from collabsim.world import World


@inlined
def passed_inside(world: World, i: int) -> float:
    """Share of what one layer of ``i`` knows that reaches the next within a month.

    Where one person carries all layers, everything is known at once.
    """
    return 1.0 if world.organisations.one_person[i] else world.settings.word.inside_per_month
