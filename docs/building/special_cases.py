"""Figures of the special cases with a known answer: functions of the model beside formulas.

The set-ups and the formulas are those of the tests, so that a page shows what is tested.
"""

import itertools
import math
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from building.places import PROJECT
from collabsim.delegation import STRATEGIES, Candidates
from collabsim.delegation.candidates import candidates_of
from collabsim.figures.canvas import COLOURS, GREY, INK, PALE, SMALL, bare, new_figure
from collabsim.founding import first_world
from collabsim.mechanisms.bargaining import best_package
from collabsim.mechanisms.cooperation import chance_of
from collabsim.mechanisms.learning import falls, rises
from collabsim.parameters.cooperation import Cooperation
from collabsim.randomness import Luck
from collabsim.settings import as_record
from collabsim.world import World

sys.path.insert(0, str(PROJECT / "tests"))
from closed_forms import backlog, both_stay, seats_of_subgroup, two_rate_mean
from conftest import small_scenario
from test_known_answers import backlogs, who_are_still_there
from test_known_answers_of_choices import times_chosen
from test_known_answers_of_views import TARGETS, after_hearing, bill_and_jack


def figure_of(name: str) -> Figure:
    """Draw the figure of a mechanism."""
    figure = new_figure(6.2, 3.4)
    axes = figure.add_axes((0.12, 0.17, 0.85, 0.76))
    SPECIAL_CASES[name](axes)
    bare(axes)
    axes.legend(frameon=False, fontsize=SMALL)
    return figure


def _world(seed: int, **groups: dict[str, object]) -> World:
    """A world without history, as the tests make it."""
    with np.errstate(over="ignore"):
        return first_world(small_scenario(**groups), Luck(seed, 0))[1]


def learning(axes: Axes) -> None:
    """Trust that rises and falls at two rates, in many pairs."""
    draw = np.random.default_rng(4)
    for number, (good, gain, loss) in enumerate(
        ((0.8, 0.05, 0.2), (0.6, 0.1, 0.05), (0.95, 0.02, 0.3))
    ):
        trust = np.full(300, 0.5)
        course = []
        for _ in range(200):
            well = draw.random(len(trust)) < good
            trust = np.array(
                [
                    rises(t, gain, 1.0) if w else falls(t, loss, 1.0)
                    for t, w in zip(trust, well, strict=True)
                ]
            )
            course.append(trust.mean())
        axes.plot(
            course,
            color=COLOURS[number + 1],
            lw=1.2,
            label=f"kept {good:.0%}, up {gain}, down {loss}",
        )
        axes.axhline(two_rate_mean(good, gain, loss), color=COLOURS[number + 1], ls="--", lw=0.8)
    axes.set(xlabel="month", ylabel="mean trust (0 to 1)", ylim=(0, 1))


def turnover(axes: Axes) -> None:
    """Pairs of which both persons are still there."""
    months = np.arange(1, 13)
    for contacts, second, colour in ((1, False, COLOURS[1]), (2, True, COLOURS[2])):
        still = who_are_still_there(_world, 6, 0.1, len(months), 3, second=second).mean(axis=(0, 2))
        formula = [both_stay(0.1, int(month), contacts=contacts) for month in months]
        axes.plot(
            months,
            formula,
            color=colour,
            lw=1,
            label=f"formula, {contacts} contact{'s' * (contacts > 1)} a side",
        )
        axes.plot(months, still, "o", color=colour, ms=4, label="the model")
    axes.set(xlabel="month", ylabel="share of pairs still together", ylim=(0, 1))


def choosing(axes: Axes) -> None:
    """How often one of two was chosen, by habit alone."""
    draws, windows = 20, 1500
    times = np.bincount(times_chosen(_world, 1.0, draws, windows), minlength=draws + 1) / windows
    axes.bar(range(draws + 1), times, color=COLOURS[6], label="the model")
    axes.axhline(1 / (draws + 1), color=INK, ls="--", lw=1, label="formula: every number as likely")
    axes.set(
        xlabel="times that the first of two was met, in twenty", ylabel="share", ylim=(0, 0.12)
    )


def cooperation(axes: Axes) -> None:
    """The quantal response."""
    gains = np.linspace(-2, 2, 41)
    for number, decisiveness in enumerate((1.0, 4.0, 16.0)):
        record = as_record(Cooperation(decisiveness=decisiveness))
        formula = [1 / (1 + math.exp(-decisiveness * gain)) for gain in gains]
        axes.plot(
            gains,
            formula,
            color=COLOURS[number + 1],
            lw=1,
            label=f"formula, decisiveness {decisiveness:g}",
        )
        axes.plot(
            gains[::3],
            [chance_of(record, gain) for gain in gains[::3]],
            "o",
            color=COLOURS[number + 1],
            ms=3.5,
        )
    axes.set(
        xlabel="expected gain (hours per hour of effort); dots: the model",
        ylabel="chance to cooperate",
    )


def exposure(axes: Axes) -> None:
    """Views of parties that hold on to their own."""
    setting, settled = TARGETS["D1"]["setting"], TARGETS["D1"]["target"]["views"]
    listens, start = np.array(setting["listens to"]), np.array(setting["start"], dtype=float)
    course = np.array(
        [after_hearing(listens, start, np.diag(listens), months) for months in range(13)]
    )
    for party in range(len(start)):
        axes.plot(
            course[:, party], "o-", color=COLOURS[party + 1], ms=3, lw=1, label=f"party {party + 1}"
        )
        axes.axhline(settled[party], color=COLOURS[party + 1], ls="--", lw=0.8)
    axes.set(xlabel="month; dashed: the formula", ylabel="view, on a scale of a hundred")


def bargaining(axes: Axes) -> None:
    """Bill and Jack: every package that they can make, and the one that is taken."""
    one, other, _ = bill_and_jack()
    gains = [
        (
            sum(one[n][c] for n, c in enumerate(choice)),
            sum(other[n][c] for n, c in enumerate(choice)),
        )
        for choice in itertools.product((0, 1), repeat=len(one))
    ]
    axes.plot(
        *zip(*gains, strict=True), "o", color=PALE, mec=GREY, mew=0.3, ms=4, label="a package"
    )
    ours, theirs, _ = best_package(one, other)
    axes.plot(ours, theirs, "D", color=COLOURS[2], ms=8, label="taken by the model")
    axes.plot(
        *TARGETS["D16"]["target"]["gains"], "+", color=INK, ms=12, mew=1.5, label="found by Nash"
    )
    axes.set(xlabel="what Bill gains", ylabel="what Jack gains")


def promises(axes: Axes) -> None:
    """Backlog of a queue that serves one a month."""
    arrivals, months = 0.8, 48
    waits = np.mean(
        [backlogs(_world, seed, arrivals, 8, months) for seed in range(200, 230)], axis=0
    )
    axes.plot(
        range(1, months + 1),
        waits,
        "o",
        color=COLOURS[1],
        ms=3.5,
        label="the model, mean of 240 providers",
    )
    axes.axhline(backlog(arrivals), color=INK, ls="--", lw=1, label="formula, in the long run")
    axes.set(xlabel="month", ylabel="hours of care that wait", ylim=(0, None))


def choosing_a_delegation(axes: Axes) -> None:
    """Seats of a subgroup by lot."""
    candidates, seats, subgroup, draws = _candidates(), 10, 8, 2000
    of_group = [
        (STRATEGIES["random"].choose(candidates(seed), seats) < subgroup).sum()
        for seed in range(draws)
    ]
    got = np.arange(7)
    formula = [
        math.comb(subgroup, k) * math.comb(50 - subgroup, seats - k) / math.comb(50, seats)
        for k in got
    ]
    axes.bar(
        got, np.bincount(of_group, minlength=7)[:7] / draws, color=COLOURS[6], label="the model"
    )
    axes.plot(got, formula, "o", color=INK, ms=5, label="formula")
    axes.set(xlabel="seats of eight like-minded among fifty", ylabel="share of draws")
    axes.set_title(
        f"no seat at all: formula {seats_of_subgroup(50, seats, subgroup)[2]:.3f}", fontsize=SMALL
    )


def _candidates() -> Callable[[int], Candidates]:
    from dataclasses import replace

    region: dict[str, object] = {"provider_count": 50, "municipality_count": 3}
    known = candidates_of(_world(0, region=region), Luck(0, 0), 0)
    return lambda seed: replace(known, luck=Luck(seed, 0))


SPECIAL_CASES: Mapping[str, Callable[[Axes], None]] = MappingProxyType({
    "turnover": turnover, "choosing": choosing, "cooperation": cooperation, "exposure": exposure,
    "bargaining": bargaining, "promises": promises, "learning": learning,
    "choosing-a-delegation": choosing_a_delegation,
})  # fmt: skip
