"""The pictures of the landing page and of the month, drawn from runs made for them."""

import math
from pathlib import Path

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from building import places
from building.courses import draw_course
from collabsim import compare_scenarios, load_scenario, run_scenarios
from collabsim.analysis.comparison import OutcomeComparison
from collabsim.experiments.runs import RunResult
from collabsim.figures.canvas import (
    COLOURS,
    GREY,
    INK,
    PALE,
    SMALL,
    TEXT,
    bare,
    new_figure,
    wrapped,
)
from collabsim.metrics import METRICS
from collabsim.parameters import Scenario
from collabsim.series import SERIES

FOLDER = places.BUILD / "pictures"
REPLICATES = 12
COMPARED = (
    "joint_steps_a_year",
    "open_at_table",
    "hours_providers",
    "days_to_help",
    "integrity_trust",
)


def make_all() -> None:
    """Draw what is not there yet for this version of the code."""
    from building.effects import EFFECTS
    from building.effects import figure_of as effect_figure
    from building.month_picture import month
    from building.special_cases import SPECIAL_CASES, figure_of

    FOLDER.mkdir(parents=True, exist_ok=True)
    stamp = FOLDER / f"made-for-{places.digest(*places.RUN_BY_PAGES, 'docs/building/*.py')}"
    if stamp.exists():
        return
    saved(overview(), "overview")
    saved(month(), "month")
    for name in SPECIAL_CASES:
        saved(figure_of(name), name)
    for title, effect in EFFECTS.items():
        saved(effect_figure(effect), places.slug_of(title))
    stamp.touch()


def saved(figure: Figure, name: str) -> Path:
    """Save a figure as SVG, without a date."""
    path = FOLDER / f"{name}.svg"
    with mpl.rc_context({"svg.hashsalt": f"collabsim {name}", "svg.fonttype": "none"}):
        figure.savefig(path, metadata={"Date": None, "Creator": None})
    return path


def overview() -> Figure:
    """A region, its months and what is said of them, side by side."""
    folder = places.PROJECT / "configs" / "scenarios"
    scenarios = [
        load_scenario(folder / f"region-004-{name}.yaml") for name in ("rotating", "everyone")
    ]
    figure = new_figure(11.0, 3.9)
    region, months, verdict = (
        figure.add_axes(box)
        for box in ((0.0, 0.04, 0.31, 0.8), (0.37, 0.16, 0.26, 0.66), (0.8, 0.16, 0.19, 0.66))
    )
    results = run_scenarios(scenarios, replicates=REPLICATES)
    _region(region, next(r for r in results if r.replicate == 0))
    _months(months, results, scenarios)
    (comparison,) = compare_scenarios(scenarios, replicates=REPLICATES)
    _verdict(verdict, [comparison.outcomes[name] for name in COMPARED], comparison.b, comparison.a)
    for left, words in (
        (0.02, "A region"),
        (0.33, "its months"),
        (0.67, "and what is said of them"),
    ):
        figure.text(left, 0.93, words, fontsize=13, weight="bold", color=INK)
    return figure


def _region(axes: Axes, run: RunResult) -> None:
    """The organisations on a circle, who helped whom in the last year, and who sat at the table."""
    who, ties = run.organisations, run.ties
    names, kinds = list(who["organisation"]), np.asarray(who["kind"])
    turn = 2 * math.pi * np.arange(len(names)) / len(names)
    x, y = np.sin(turn), np.cos(turn)
    last = np.asarray(ties["year"]) == np.asarray(ties["year"]).max()
    accepted = np.where(last, ties["accepted"], 0)
    place = {name: row for row, name in enumerate(names)}
    for row in np.argsort(-accepted, kind="stable")[: len(names) * 3]:
        i, j = place[str(ties["asker"][row])], place[str(ties["asked"][row])]
        axes.plot(
            [x[i], x[j]],
            [y[i], y[j]],
            color=GREY,
            lw=0.06 * math.sqrt(accepted[row]) + 0.2,
            alpha=0.5,
        )
    seated = np.asarray(who["seat_months"]) > 0
    town = kinds == "municipality"
    axes.scatter(x[~town], y[~town], s=26, color=COLOURS[1], zorder=3, label="provider")
    axes.scatter(
        x[town], y[town], s=44, color=COLOURS[2], marker="s", zorder=3, label="municipality"
    )
    axes.scatter(
        x[seated], y[seated], s=110, facecolors="none", edgecolors=INK, lw=1.0, zorder=4,
        label="had a seat at the table",
    )  # fmt: skip
    axes.set(xlim=(-1.25, 1.25), ylim=(-1.5, 1.15), aspect="equal")
    axes.set_axis_off()
    axes.legend(
        loc="lower center",
        ncols=3,
        frameon=False,
        fontsize=SMALL,
        columnspacing=0.8,
        handletextpad=0.1,
    )


def _months(axes: Axes, results: list[RunResult], scenarios: list[Scenario]) -> None:
    """The course of one number under both scenarios: the mean, and where nine in ten regions are."""
    for number, scenario in enumerate(scenarios):
        paths = np.array(
            [r.series["integrity_trust"] for r in results if r.scenario == scenario.name]
        )
        draw_course(axes, paths, number, scenario.name)
    bare(axes)
    axes.set_xlabel("month", fontsize=TEXT)
    axes.set_title(SERIES["integrity_trust"].en + " (0 to 1)", fontsize=TEXT, loc="left", color=INK)
    axes.legend(frameon=False, fontsize=SMALL, loc="best")


def _verdict(axes: Axes, outcomes: list[OutcomeComparison], other: str, reference: str) -> None:
    """Differences with their intervals, in units of the smallest difference that matters."""
    axes.axvspan(-1, 1, color=PALE, lw=0)
    axes.axvline(0, color=GREY, lw=0.8)
    for row, outcome in enumerate(reversed(outcomes)):
        scale = 1 / outcome.matters
        axes.plot([outcome.low * scale, outcome.high * scale], [row, row], color=INK, lw=1.6)
        axes.plot(outcome.difference * scale, row, "o", color=INK, ms=5)
    axes.set_yticks(
        range(len(outcomes)), [wrapped(METRICS[o.name].en, 24) for o in reversed(outcomes)]
    )
    bare(axes)
    axes.tick_params(axis="y", labelsize=SMALL, length=0)
    axes.set_xlabel("grey: no difference that matters", fontsize=SMALL)
    axes.set_title(
        f"{other}\nagainst {reference.lower()}", fontsize=TEXT, loc="left", color=INK, x=-0.68
    )
