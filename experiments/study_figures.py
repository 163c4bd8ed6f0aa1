"""Figures of studies: one panel an outcome, with its interval; or the assumptions that matter most."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from collabsim.analysis.wording import shown_scale, unit_words
from collabsim.figures.canvas import (
    COLOURS,
    GREY,
    INK,
    SMALL,
    Picture,
    bare,
    colour,
    key,
    mark,
    new_figure,
    save,
    shorten,
    wrapped,
)
from collabsim.metrics import METRICS

if TYPE_CHECKING:
    from studies import Study

COLUMNS = 3
#: Assumptions that are drawn for each outcome.
DRAWN = 6


def draw(name: str, study: "Study", table: pd.DataFrame, folder: Path) -> Picture:
    """Draw the figure of a study."""
    if "rank" in table.columns:
        return ranks(name, study, table, folder)
    chosen = table
    for path, value in study.only.items():
        chosen = chosen[chosen[path] == value]
    wide, high = 7.4, 2.05 * ((len(study.panels) + COLUMNS - 1) // COLUMNS) + 0.55
    figure = new_figure(wide, high)
    lines = list(dict.fromkeys(chosen[study.lines]))
    across = list(dict.fromkeys(chosen[study.across]))
    for place, outcome in enumerate(study.panels):
        axes = figure.add_axes(spot(place, wide, high))
        panel(axes, chosen[chosen["outcome"] == outcome], study, lines, across, outcome)
    handles = [
        Line2D([], [], color=colour(i), marker=mark(i), linestyle="-", markersize=4, label=label(study.lines, line))
        for i, line in enumerate(lines)
    ]  # fmt: skip
    key(figure, 0.0, 0.45 / high, handles, 2 if len(lines) > COLUMNS else len(lines))
    where = ", ".join(f"{label(path, value)}" for path, value in study.only.items())
    against = "its counterpart" if study.scenarios else ", ".join(
        label(path, value) for path, value in study.against.items()
    )  # fmt: skip
    return save(
        figure, folder, name, title=study.title,
        alt=f"{study.title}: {len(study.panels)} outcomes by {short(study.across)} and {short(study.lines)}.",
        caption=(
            f"Means over replicates with the same luck; bars: 95% interval of the difference from {against}, "
            f"none where it is that point itself.{f' With {where}.' if where else ''} "
            "In this model, under these assumptions."
        ),
    )  # fmt: skip


def spot(place: int, wide: float, high: float) -> tuple[float, float, float, float]:
    """Where a panel stands."""
    row, column = divmod(place, COLUMNS)
    width = (wide - 0.35) / COLUMNS
    return (
        (0.2 + column * width + 0.42) / wide, 1 - (0.3 + row * 2.05 + 1.3) / high,
        (width - 0.55) / wide, 1.25 / high,
    )  # fmt: skip


def panel(
    axes: Axes, rows: pd.DataFrame, study: "Study", lines: Sequence[Any], across: Sequence[Any], outcome: str
) -> None:  # fmt: skip
    """One outcome."""
    bare(axes)
    scale = shown_scale(METRICS[outcome].unit)
    for i, line in enumerate(lines):
        own = rows[rows[study.lines] == line].set_index(study.across).reindex(across)
        shift = 0.08 * (i - (len(lines) - 1) / 2)
        x = [number + shift for number in range(len(across))]
        mean = own["mean"].to_numpy(float) * scale
        half = ((own["high"] - own["low"]) / 2).to_numpy(float) * scale
        axes.plot(x, mean, color=colour(i), marker=mark(i), markersize=3.5, linewidth=1.0)
        axes.vlines(x, mean - half, mean + half, color=colour(i), linewidth=1.2)
    axes.set_xlim(-0.4, len(across) - 0.6)
    axes.set_xticks(
        range(len(across)),
        [wrapped(shorten(tick_of(study.labels.get(v, v)), 22), 11) for v in across],
    )
    axes.set_title(
        wrapped(titled(outcome), 34),
        fontsize=SMALL, color=INK, loc="left", pad=3,
    )  # fmt: skip
    if study.across != "scenario":
        axes.set_xlabel(short(study.across), fontsize=SMALL, color=GREY, labelpad=1)


def ranks(name: str, study: "Study", table: pd.DataFrame, folder: Path) -> Picture:
    """The assumptions that move each outcome most."""
    outcomes = list(dict.fromkeys(table["outcome"]))
    wide, high = 7.4, 1.55 * ((len(outcomes) + 1) // 2) + 0.1
    figure = new_figure(wide, high)
    for place, outcome in enumerate(outcomes):
        row, column = divmod(place, 2)
        axes = figure.add_axes((
            (2.0 + column * 3.7) / wide, 1 - (0.25 + row * 1.55 + 1.0) / high, 1.55 / wide, 1.0 / high
        ))  # fmt: skip
        bare(axes)
        own = table[(table["outcome"] == outcome) & (table["rank"] <= DRAWN)][::-1]
        scale = shown_scale(METRICS[outcome].unit)
        size, half = own["size"].to_numpy(float) * scale, own["half"].to_numpy(float) * scale
        y = range(len(own))
        axes.hlines(y, size - half, size + half, color=GREY, linewidth=1.2)
        axes.plot(size, y, "o", color=COLOURS[1], markersize=4)
        axes.set_yticks(y, [path.replace("_", " ").replace(".", ": ") for path in own["factor"]])
        axes.set_xlim(left=0.0)
        axes.set_ylim(-0.6, len(own) - 0.4)
        axes.set_title(
            titled(outcome),
            fontsize=SMALL, color=INK, loc="right", pad=3,
        )  # fmt: skip
    return save(
        figure, folder, name, title=study.title,
        alt=f"{study.title}: the {DRAWN} assumptions with the largest elementary effects on each outcome.",
        caption=(
            "Mean size of the elementary effect (Morris): a step over two thirds of the plausible range, told for "
            "all of it; line: 95% interval by bootstrap. In this model, under these assumptions."
        ),
    )  # fmt: skip


def titled(outcome: str) -> str:
    """Name and unit of an outcome."""
    unit = unit_words(METRICS[outcome].unit, "en")
    return METRICS[outcome].en if "100" in unit else f"{METRICS[outcome].en} ({unit})"


def short(path: str) -> str:
    """The last part of a path, in words."""
    return path.rpartition(".")[2].replace("_", " ")


def label(path: str, value: object) -> str:
    """A value in words; a scenario by its name."""
    return str(value) if path == "scenario" else f"{short(path)} {tick_of(value)}"


def tick_of(value: object) -> str:
    """A value as it stands on an axis."""
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")
