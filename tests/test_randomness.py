"""Keyed randomness: what crosses the border between Python and compiled code stays a key."""

import numpy as np

from collabsim.randomness import GOLDEN, U64, Luck, mix

#: The loop of mixing itself, in plain Python, is what every root is held against.
plain_mix = getattr(mix, "py_func", mix)


def root_in_plain_python(seed: int, replicate: int) -> np.uint64:
    """The root key, worked out without compiled code."""
    with np.errstate(over="ignore"):
        z = U64(0)
        for part in (seed, replicate):
            z = plain_mix(z + GOLDEN * (U64(part) + U64(1)))
    return U64(z)


def test_the_root_of_a_replicate_does_not_depend_on_which_seeds_came_before() -> None:
    # Seed 1 gives a key that fits a signed number, seeds 0 and 3 do not.
    for seed in (1, 0, 3, 2, 0, 1, *range(50)):
        for replicate in (0, 1, 99):
            root = Luck(seed, replicate).root
            assert isinstance(root, np.uint64)
            assert root == root_in_plain_python(seed, replicate)
