"""Keyed randomness: every draw is a pure function of seed, replicate, purpose, month, who and whom.

No generator is ever advanced, so a scenario that draws more or less somewhere moves no other
draw. The hash is the finaliser of SplitMix64 (Steele, Lea and Flood 2014), chained over the
parts of the key.

A key must stay a 64-bit unsigned integer: Numba hands such a value back to Python as ``int``,
and an ``int`` handed in again may be taken for a signed number and draw something else.
``Luck`` wraps keys at that border; Python code draws through it and through nothing else.
"""

import functools
import hashlib
import math
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from collabsim.compiled import compiled, inlined

U64 = np.uint64
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
FIRST = np.uint64(0xBF58476D1CE4E5B9)
SECOND = np.uint64(0x94D049BB133111EB)
S30, S27, S31, S11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
#: Month numbers are negative in the history; keys need them positive.
MONTHS_BEFORE = 4096
MOST_ARRIVALS = 10_000
#: More than rounding can undo: who is passed over by a rough bound would not have been drawn either.
SURELY = 1.000001


class Purpose(IntEnum):
    """What a draw is for; the numbers are part of every result, so they never change."""

    SIZE = 1
    INTERESTS = 2
    EXTRA_FIELD = 3
    CONTRACT = 4
    REGION_SHARE = 5
    KNOWN = 6
    LEAVE = 7
    ELECTION = 8
    STAYS = 9
    POST = 10
    ARRIVALS = 11
    CASE = 12
    ARRIVAL_DAY = 13
    NEED = 14
    ENTRY = 15
    HOLDER = 16
    SIGHT = 17
    URGENCY = 18
    ASK = 19
    ANSWER = 20
    HANDOVER = 21
    JOINT = 22
    CONTRADICT = 23
    ANNOUNCE = 24
    MEETINGS = 25
    PARTNER = 26
    MEET = 27
    NEWS = 28
    TABLE = 29
    REPORT = 30
    SUPPORT = 31
    DELEGATION = 32
    ROTATION = 33
    ORDER = 34
    ALONE = 35
    PERSON = 36
    PLEDGE = 37
    SESSION = 38
    OPEN_IN_SESSION = 39
    TAKE_UP = 40
    TALK = 41
    OPEN_IN_TALK = 42
    REPUTATION = 43
    CONNECTOR = 44
    CONNECTING = 45
    OPEN_WITH_CONNECTOR = 46
    INVITATION = 47
    REFER = 48
    HEARING_OUT = 49
    IMAGE = 50
    IMPORTANCE = 51
    DISCLOSE = 52
    VOICE = 53
    FOLLOWS = 54
    HOME_NETWORK = 55
    NETWORK = 56
    INCIDENTS = 57
    INCIDENT = 58
    ACCOUNT = 59
    START = 60
    GIVEN_TIE = 90


@inlined
def mix(z: np.uint64) -> np.uint64:
    """Scramble 64 bits."""
    z = (z ^ (z >> S30)) * FIRST
    z = (z ^ (z >> S27)) * SECOND
    return z ^ (z >> S31)


@inlined
def joined(a: np.uint64, b: np.uint64) -> np.uint64:
    """One key of two."""
    return mix(a + GOLDEN * (b + U64(1)))


@inlined
def root_of(luck: np.uint64, purpose: int, month: int, who: np.uint64) -> np.uint64:
    """What the keys of all draws about ``who`` have in common."""
    return joined(joined(luck, U64(purpose * 65536 + month + MONTHS_BEFORE)), who)


@inlined
def key(luck: np.uint64, purpose: int, month: int, who: np.uint64, whom: np.uint64) -> np.uint64:
    """Key of one draw; ``who`` and ``whom`` are identities, never rows."""
    return joined(root_of(luck, purpose, month, who), whom)


@inlined
def as_uniform(z: np.uint64) -> float:
    """A number strictly between 0 and 1 from a key."""
    return (float(z >> S11) + 0.5) * 1.1102230246251565e-16


@inlined
def uniform(luck: np.uint64, purpose: int, month: int, who: np.uint64, whom: np.uint64) -> float:
    """A keyed draw, strictly between 0 and 1."""
    return as_uniform(key(luck, purpose, month, who, whom))


@compiled
def poisson(mean: float, u: float) -> int:
    """Poisson number at quantile ``u``; monotone in ``mean``, so that worlds stay coupled."""
    if mean <= 0.0:
        return 0
    probability = math.exp(-mean)
    total = probability
    number = 0
    while u > total and number < MOST_ARRIVALS:
        number += 1
        probability *= mean / number
        total += probability
        if probability <= 0.0 and number > mean:
            break
    return number


@compiled
def fill_uniform(
    draws: NDArray[np.float64],
    luck: np.uint64,
    purpose: int,
    month: int,
    who: NDArray[np.uint64],
    whom: NDArray[np.uint64],
) -> None:
    """Fill ``draws`` with the keyed draw of each pair."""
    for n in range(draws.shape[0]):
        draws[n] = uniform(luck, purpose, month, who[n], whom[n])


def identity(name: str) -> np.uint64:
    """Stable identity of a named thing: the same in every config that names it."""
    return U64(int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "little"))


@dataclass(frozen=True)
class Luck:
    """The luck of one replicate: the root of all its keys."""

    seed: int
    replicate: int

    @functools.cached_property
    def root(self) -> np.uint64:
        """Root key as the compiled functions take it."""
        with np.errstate(over="ignore"):
            # Each half is wrapped: a key that Python hands back may be taken for a signed number.
            of_seed = U64(joined(U64(0), U64(self.seed)))
            return U64(joined(of_seed, U64(self.replicate)))

    def uniform(self, purpose: Purpose, month: int = 0, who: int = 0, whom: int = 0) -> float:
        """A keyed draw, strictly between 0 and 1."""
        with np.errstate(over="ignore"):
            return float(uniform(self.root, int(purpose), month, U64(who), U64(whom)))

    def uniforms(
        self, purpose: Purpose, month: int = 0, *, who: ArrayLike, whom: ArrayLike = 0
    ) -> NDArray[np.float64]:
        """Keyed draws of many pairs at once, broadcast together: the same as ``uniform`` of each."""
        one, other = np.asarray(who, np.uint64), np.asarray(whom, np.uint64)
        shape = np.broadcast_shapes(one.shape, other.shape)
        draws, ones, others = (
            np.empty(shape),
            np.empty(shape, np.uint64),
            np.empty(shape, np.uint64),
        )
        ones[...], others[...] = one, other
        with np.errstate(over="ignore"):
            fill_uniform(
                draws.reshape(-1), self.root, int(purpose), month, ones.reshape(-1), others.reshape(-1)
            )  # fmt: skip
        return draws

    def normals(self, purpose: Purpose, month: int = 0, *, who: ArrayLike) -> list[float]:
        """Keyed standard normal draws (inverse of the distribution function), one for each."""
        from statistics import NormalDist

        usual = NormalDist()
        return [usual.inv_cdf(u) for u in self.uniforms(purpose, month, who=who).tolist()]
