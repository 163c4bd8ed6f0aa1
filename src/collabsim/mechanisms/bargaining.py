"""Bargaining: over several issues at once there is more to share than over each alone.

Without a deal two parties meet halfway on every issue. In a package deal each gives way where it
cares least; of all packages the one is taken that Nash (1950) proposed: that with the largest
product of what both gain beyond no deal.
"""

import numpy as np

from collabsim.compiled import compiled, inlined
from collabsim.organisations import ISSUES, Organisations
from collabsim.ties import Ties

#: What can become of an issue: halfway, as the one wants it, or as the other wants it.
HALFWAY, FOR_ONE, FOR_OTHER, CHOICES = 0, 1, 2, 3


@inlined
def in_every_package(gains: np.ndarray) -> np.ndarray:
    """What each package gains a party, by its number, from [items, choices] what each choice does."""
    items, choices = gains.shape
    total, packages = np.zeros(choices**items), 1
    for item in range(items):
        # With each item every package that was there becomes as many as there are choices.
        for choice in range(choices - 1, -1, -1):
            for number in range(packages):
                total[choice * packages + number] = total[number] + gains[item, choice]
        packages *= choices
    return total


@compiled
def best_package(one: np.ndarray, other: np.ndarray) -> tuple[float, float, int]:
    """What both parties gain in the package with the largest product of gains.

    Args:
        one: [items, choices] what each choice on each item gains the one party.
        other: [items, choices] the same for the other party.

    Returns:
        The gain of the one, that of the other, and the package as a number: the choice on item
        ``n`` is its digit ``n`` in base ``choices``. Gains of 0 if no package is good for both.

    """
    ours, theirs = in_every_package(one), in_every_package(other)
    best, package = 0.0, 0
    for number in range(ours.shape[0]):
        if ours[number] > 0.0 and theirs[number] > 0.0 and ours[number] * theirs[number] > best:
            best, package = ours[number] * theirs[number], number
    return (ours[package], theirs[package], package) if best > 0.0 else (0.0, 0.0, 0)


@compiled
def packages_are_worked_out(organisations: Organisations, ties: Ties) -> None:
    """What the best package would bring each side of each tie, were all interests known."""
    one, other = np.zeros((ISSUES, CHOICES)), np.zeros((ISSUES, CHOICES))
    for i in range(ties.other.shape[0]):
        for k in range(ties.other.shape[1]):
            j, b = ties.other[i, k], ties.back[i, k]
            if j <= i:
                continue
            for issue in range(ISSUES):
                # Stances are at most 2 apart; from halfway, all that one wants is half of it away.
                apart = abs(organisations.interests[i, issue] - organisations.interests[j, issue])
                ours = 0.5 * apart * organisations.importance[i, issue]
                theirs = 0.5 * apart * organisations.importance[j, issue]
                one[issue, FOR_ONE], one[issue, FOR_OTHER] = ours, -ours
                other[issue, FOR_ONE], other[issue, FOR_OTHER] = -theirs, theirs
            ties.package[i, k], ties.package[j, b], _ = best_package(one, other)
