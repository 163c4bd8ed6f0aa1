"""What the known answers are derived from, and the wrong twins beside them.

Every function gives the stationary or expected value of a process that is described in
``known_answers/targets.yaml``. Nothing here calls the model.
"""

import math


def two_rate_mean(good: float, gain: float, loss: float) -> float:
    """Mean of a level that rises by ``gain`` of what is missing, or falls by ``loss`` of itself."""
    return good * gain / (good * gain + (1.0 - good) * loss)


def two_rate_variance(good: float, gain: float, loss: float) -> float:
    """Variance of the same level."""
    mean = two_rate_mean(good, gain, loss)
    square = good * (2.0 * (1.0 - gain) * gain * mean + gain * gain)
    square /= 1.0 - good * (1.0 - gain) ** 2 - (1.0 - good) * (1.0 - loss) ** 2
    return square - mean * mean


def both_stay(leaving: float, months: int, contacts: int = 1) -> float:
    """Chance that on both sides one of ``contacts`` persons is still there."""
    gone = 1.0 - (1.0 - leaving) ** months
    return float((1.0 - gone**contacts) ** 2)


def half_life(leaving: float) -> float:
    """Months after which half the pairs of one contact a side are still together."""
    return math.log(0.5) / (2.0 * math.log(1.0 - leaving))


def learn_or_reset(learning: float, leaving: float) -> tuple[float, float]:
    """Mean and deviation of what a pair knows of each other, at the end of a month.

    With the chance that both stay it rises by ``learning`` of what is missing, otherwise it is
    nothing.
    """
    stay, keep = (1.0 - leaving) ** 2, 1.0 - learning
    mean = stay * learning / (1.0 - stay * keep)
    square = (
        stay * (learning * learning + 2.0 * learning * keep * mean) / (1.0 - stay * keep * keep)
    )
    return mean, math.sqrt(square - mean * mean)


def learn_or_reset_with_one_side(learning: float, leaving: float) -> float:
    """Twin: as if only one of the two could leave."""
    return (1.0 - leaving) * learning / (1.0 - (1.0 - leaving) * (1.0 - learning))


def learn_after_reset(learning: float, leaving: float) -> float:
    """Twin: as if a newcomer learned in the month of arrival."""
    return learning / (1.0 - (1.0 - leaving) ** 2 * (1.0 - learning))


def seats_of_subgroup(candidates: int, seats: int, subgroup: int) -> tuple[float, float, float]:
    """Mean and variance of its seats, and the chance of none, when seats are drawn at once."""
    share = subgroup / candidates
    variance = seats * share * (1.0 - share) * (candidates - seats) / (candidates - 1)
    none = math.comb(candidates - subgroup, seats) / math.comb(candidates, seats)
    return seats * share, variance, none


def draws_until_all(unseen: int, drawn: int, among: int) -> float:
    """Expected draws of ``drawn`` different ones ``among`` so many until all ``unseen`` came up."""
    expected = [0.0]
    for left in range(1, unseen + 1):
        chances = [
            math.comb(left, new) * math.comb(among - left, drawn - new) / math.comb(among, drawn)
            for new in range(min(left, drawn) + 1)
        ]
        later = sum(p * expected[left - new] for new, p in enumerate(chances) if new > 0)
        expected.append((1.0 + later) / (1.0 - chances[0]))
    return expected[unseen]


def meetings_with_replacement(candidates: int, seats: int) -> float:
    """Twin: expected meetings if each seat were drawn on its own, whoever sat already included."""
    unseen = [0.0] * candidates + [1.0]
    expected = 0.0
    while 1.0 - unseen[0] > 1e-12:
        expected += 1.0 - unseen[0]
        for _ in range(seats):
            unseen = [
                unseen[left] * (1.0 - left / candidates)
                + (unseen[left + 1] * (left + 1) / candidates if left < candidates else 0.0)
                for left in range(candidates + 1)
            ]
    return expected


def seat_memory(candidates: int, seats: int, swapped: int, lag: int) -> float:
    """Correlation of having a seat now and ``lag`` rotations later."""
    return float((1.0 - swapped / seats - swapped / (candidates - seats)) ** lag)


def seat_memory_with_return(candidates: int, seats: int, swapped: int, lag: int) -> float:
    """Twin: as if whoever just left could be drawn again."""
    again = swapped / (candidates - seats + swapped)
    return float((1.0 - swapped / seats * (1.0 - again) - again) ** lag)


def backlog(arrivals: float) -> float:
    """Mean backlog after service of one a month, with Poisson arrivals served in their month."""
    return arrivals * arrivals / (2.0 * (1.0 - arrivals))


def backlog_served_first(arrivals: float) -> float:
    """Twin: as if what arrives in a month were served from the next on."""
    return backlog(arrivals) + arrivals
