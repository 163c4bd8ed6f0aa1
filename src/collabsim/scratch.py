"""Scratch: room to work in, made once for a world and used again every month.

Nothing in it says anything about the world. Numba counts references to an array that a compiled
function makes, at every function that it is handed to, and that took 7 % of a month; arrays of the
world are borrowed, and not counted.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from collabsim.cases import PARTIES
from collabsim.organisations import LAYERS

#: Powers of e that are remembered, a power of 2.
POWERS_REMEMBERED = 256
#: No party invites more others in one month in one layer.
MOST_INVITATIONS = 40


class Scratch(NamedTuple):
    """Room for lists that are made and forgotten within a month.

    Each is of one process, or is filled and read before another is called.
    """

    met: NDArray[np.int64]
    """[slots] whom a party had to do with this month."""
    powers: NDArray[np.float64]
    """[remembered, 2] exponents and the powers of e that were worked out for them."""
    heard: NDArray[np.int64]
    """[layers x slots, 2] slot and layer of those that a layer heard."""
    hours: NDArray[np.float64]
    """[layers x slots] how long it heard them."""
    present: NDArray[np.bool_]
    """[parties] which parties of a case sit together."""
    full: NDArray[np.bool_]
    """[parties] which of them put in full effort."""
    chosen: NDArray[np.int64]
    """[invitations] slots of those invited, best first."""
    draws: NDArray[np.float64]
    """[invitations] what each was chosen by; or, before anybody is, the draws of a resident's needs."""

    def copy(self) -> "Scratch":
        """Room as large for another world, as two may be worked on at once."""
        return scratch_for(len(self.met))


def scratch_for(slots: int) -> Scratch:
    """Room for a world of which each organisation has ``slots`` ties."""
    heard = len(LAYERS) * slots
    return Scratch(
        met=np.zeros(slots, dtype=np.int64),
        powers=np.zeros((POWERS_REMEMBERED, 2)),
        heard=np.zeros((heard, 2), dtype=np.int64),
        hours=np.zeros(heard),
        present=np.zeros(PARTIES, dtype=np.bool_),
        full=np.zeros(PARTIES, dtype=np.bool_),
        chosen=np.zeros(MOST_INVITATIONS, dtype=np.int64),
        draws=np.zeros(MOST_INVITATIONS),
    )
