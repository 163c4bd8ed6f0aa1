"""The month as a picture: its steps in their order, and how many hours each takes of each layer."""

import re

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import NDArray

from building.places import PROJECT
from collabsim import CollaborationModel, load_scenario, model
from collabsim.figures.canvas import COLOURS, INK, SMALL, TEXT, bare, new_figure, wrapped
from collabsim.organisations import LAYERS
from collabsim.record import Count, Spending

#: Months over which hours are averaged: a year, in which everything that recurs has its turn.
YEAR = 12
#: In which step of the month hours are spent; the steps are those of ``collabsim.model``.
STEP_OF = {
    Spending.ONBOARDING: 3, Spending.SESSION: 4, Spending.RULES: 4, Spending.TABLE: 5, Spending.REPORT: 5,
    Spending.READING: 5, Spending.DELEGATION: 5, Spending.ORGANISING: 5, Spending.ASK: 7, Spending.CONSULT: 8,
    Spending.ONE_TO_ONE: 9, Spending.CONNECTING: 9, Spending.CARE: 10, Spending.ACCOUNTING: 12,
}  # fmt: skip
#: What is counted in a step.
COUNTED = {
    1: ("people leave", (Count.LEFT,)),
    6: ("residents arrive", (Count.ARRIVED,)),
    7: ("asks", (Count.ASKS,)),
    8: ("consultations", (Count.CONSULTS,)),
    10: ("promises kept, late or broken", (Count.KEPT, Count.ANNOUNCED, Count.BROKEN)),
    11: ("cases close", (Count.HELPED, Count.FAILED)),
}
SCENARIO = PROJECT / "configs" / "scenarios" / "region-004-rotating.yaml"


def steps() -> list[str]:
    """The steps of the month in words, as ``collabsim.model`` tells them."""
    found = re.findall(r"^\d+\.\s+(.*(?:\n {4,}\S.*)*)", model.__doc__ or "", flags=re.MULTILINE)
    return [" ".join(step.split()).rstrip(";.") for step in found]


def hours_by_step(run: CollaborationModel) -> NDArray[np.float64]:
    """[steps, layers] hours a month of the whole region."""
    spent = run.world.record.spent.hours.sum(axis=0) / run.month
    hours = np.zeros((len(steps()), len(LAYERS)))
    for purpose in Spending:
        hours[STEP_OF[purpose] - 1] += spent[:, purpose]
    return hours


def counts_by_step(run: CollaborationModel) -> dict[int, str]:
    """What happened in a step in an average month, in words."""
    return {
        step: f"{sum(map(run.recorded.total, counts)) / run.month:,.0f} {words}"
        for step, (words, counts) in COUNTED.items()
    }


def month() -> Figure:
    """Draw the steps of a month from top to bottom, with what they take of each layer."""
    run = CollaborationModel(load_scenario(SCENARIO))
    run.run_for(YEAR)
    hours, counts, told = hours_by_step(run), counts_by_step(run), steps()
    figure = new_figure(10.0, 7.0)
    axes = figure.add_axes((0.38, 0.08, 0.61, 0.85))
    rows = np.arange(len(told))
    left = np.zeros(len(told))
    for layer, name in enumerate(LAYERS):
        axes.barh(
            rows,
            hours[:, layer],
            left=left,
            height=0.55,
            color=COLOURS[(1, 5, 2)[layer]],
            label=name,
        )
        left += hours[:, layer]
    for row in range(len(told)):
        words = [f"{left[row]:,.0f} hours"] if left[row] >= 1 else []
        words += [counts[row + 1]] if row + 1 in counts else []
        axes.text(left[row], row, "  " + ", ".join(words), va="center", fontsize=SMALL, color=INK)
    axes.set_yticks(rows, [wrapped(f"{row + 1}. {step}", 58) for row, step in enumerate(told)])
    bare(axes)
    axes.tick_params(axis="y", length=0, labelsize=SMALL + 0.5)
    axes.set(ylim=(len(told) - 0.4, -0.6), xlim=(0, left.max() * 1.75))
    axes.set_xlabel("hours a month, whole region, by layer", fontsize=TEXT)
    axes.legend(frameon=False, fontsize=TEXT, loc="lower right")
    figure.text(
        0.01, 0.96, "An average month of the first year", fontsize=13, weight="bold", color=INK
    )
    return figure
