"""Paths over the months: what happened in between, and how far luck spreads it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from collabsim.analysis.counting import amount, filled
from collabsim.analysis.course import SMOOTH_MONTHS, band, smoothed
from collabsim.analysis.wording import (
    Lang,
    difference_words,
    number,
    shown_scale,
    unit_words,
)
from collabsim.figures.canvas import (
    GREY,
    INK,
    SMALL,
    TEXT,
    Picture,
    bare,
    colour,
    new_figure,
    save,
    tick,
    wrapped,
)

type Numbers = NDArray[np.float64]

#: Room between the columns, as a share of the months.
_GAP = 0.14
_WORDS = {
    "title": ("Paths over the months", "Verloop over de maanden"),
    "month": ("month", "maand"),
    "caption": (
        (
            "Line: median of {runs} runs. Band: the middle 80% of runs, that is, what luck does. "
            "Each month is shown as the mean of the last {smooth} months."
        ),
        (
            "Elke maand is getoond als het gemiddelde van de laatste {smooth} maanden. Lijn: "
            "mediaan van {runs} simulaties. Band: de middelste 80% van de simulaties, dus wat "
            "toeval doet."
        ),
    ),
    "dashed": (
        " Dashed: the median of {reference}, for comparison.",
        " Gestreept: de mediaan van {reference}, ter vergelijking.",
    ),
    "alt": (
        (
            "Paths over {months} months. Median over runs of the mean of the last {smooth} months: {ends}."
        ),
        (
            "Verloop over {months} maanden. Mediaan over simulaties van het gemiddelde van de "
            "laatste {smooth} maanden: {ends}."
        ),
    ),
}


class DeclaredSeries(Protocol):
    """What a path needs to know of a series; ``metrics.Series`` has it."""

    @property
    def en(self) -> str:
        """Name in English."""

    @property
    def nl(self) -> str:
        """Name in Dutch."""

    @property
    def unit(self) -> str:
        """Unit in words."""


def paths(
    series: Mapping[str, Mapping[str, Numbers]],
    declared: Mapping[str, DeclaredSeries],
    folder: Path,
    *,
    names: Sequence[str] | None = None,
    lang: Lang = "en",
    smooth_months: int = SMOOTH_MONTHS,
    name: str = "paths",
) -> Picture:
    """Draw each series (rows) of each scenario (columns) over the months, with 80% bands.

    Args:
        series: per scenario, the reference first, per series the values [runs, months]; NaN
            where a month has none.
        declared: the series' names and units.
        folder: where the files go.
        names: which series, in this order; by default all that are declared and present.
        lang: "en" or "nl".
        smooth_months: months over which each value is a mean, so that a table that meets every
            quarter does not hide the rest; 1 shows every month by itself.
        name: name of the files.

    Raises:
        ValueError: there is nothing to draw.

    """
    here = lang == "nl"
    scenarios = list(series)
    rows = [
        key
        for key in (declared if names is None else names)
        if any(key in of_scenario for of_scenario in series.values())
    ]
    if not scenarios or not rows:
        raise ValueError("no series to draw; give at least one scenario with one declared series")
    bands = {
        (row, scenario): _band(series[scenario][row], declared[row].unit, smooth_months)
        for row in rows
        for scenario in scenarios
        if row in series[scenario]
    }
    months = max(values.shape[1] for of in series.values() for values in of.values())
    step = months * (1 + _GAP)
    wide, high = max(1.1 + 2.15 * len(scenarios), 5.0), 0.75 + 1.45 * len(rows)
    figure = new_figure(wide, high)
    strip, left = (high - 0.8) / len(rows), 1.0
    for row, key in enumerate(rows):
        bottom = high - 0.38 - (row + 1) * strip + 0.28
        axes = figure.add_axes(
            (left / wide, bottom / high, 1 - (left + 0.15) / wide, (strip - 0.28) / high)
        )
        _strip(axes, [bands.get((key, scenario)) for scenario in scenarios], step)
        axes.set_xlim(0, step * len(scenarios) - months * _GAP)
        axes.yaxis.set_major_formatter(lambda value, _: tick(value, lang))
        what = declared[key].nl if here else declared[key].en
        unit = unit_words(declared[key].unit, lang)
        label = wrapped(what, 24) + (f"\n({unit})" if unit else "")
        axes.set_ylabel(label, fontsize=SMALL, color=INK)
        axes.yaxis.set_label_coords(-0.52 / (wide - left - 0.15), 0.5)
        axes.set_xticks([])
        if row == 0:
            _head(axes, scenarios, step)
        if row == len(rows) - 1:
            _foot(axes, months, [n * step for n in range(len(scenarios))], _WORDS["month"][here])
    runs = max(values.shape[0] for of in series.values() for values in of.values())
    return save(
        figure,
        folder,
        name,
        title=_WORDS["title"][here],
        alt=filled(
            _WORDS["alt"][here],
            {
                "months": months,
                "smooth": min(smooth_months, months),
                "ends": _ends(bands, declared, lang),
            },
            lang,
        ),
        caption=_caption(scenarios, runs, smooth_months, lang),
    )


def _caption(scenarios: Sequence[str], runs: int, smooth_months: int, lang: Lang) -> str:
    """What line and band are and, beside others, what is dashed."""
    here = lang == "nl"
    text = filled(_WORDS["caption"][here], {"runs": runs, "smooth": smooth_months}, lang)
    dashed = _WORDS["dashed"][here].format(reference=f'"{scenarios[0]}"')
    return text + (dashed if len(scenarios) > 1 else "")


def _strip(axes: Axes, bands: Sequence[Numbers | None], step: float) -> None:
    """One series: a column for each scenario, on one scale, with the reference's median in each."""
    bare(axes)
    axes.grid(visible=True, axis="y", color="#EEEEEE", linewidth=0.6)
    axes.spines["left"].set_visible(False)
    for column, lines in enumerate(bands):
        start = column * step
        axes.axvline(start, color=GREY, linewidth=0.8)
        if lines is not None:
            low, middle, top = lines
            months = start + np.arange(1, middle.size + 1)
            axes.fill_between(months, low, top, color=colour(column), alpha=0.2, linewidth=0)
            axes.plot(months, middle, color=colour(column), linewidth=1.5)
        if column and bands[0] is not None:
            middle = bands[0][1]
            months = start + np.arange(1, middle.size + 1)
            axes.plot(months, middle, color=INK, linewidth=0.9, linestyle="--")


def _head(axes: Axes, scenarios: Sequence[str], step: float) -> None:
    """The names of the scenarios above their columns."""
    for column, scenario in enumerate(scenarios):
        axes.text(
            (column + 0.5 / (1 + _GAP)) * step, 1.08, wrapped(scenario, 26), fontsize=TEXT,
            color=colour(column), weight="bold", ha="center", va="bottom",
            transform=axes.get_xaxis_transform(),
        )  # fmt: skip


def _foot(axes: Axes, months: int, starts: Sequence[float], word: str) -> None:
    """The months below every column."""
    ticks = [n for n in MaxNLocator(3, integer=True).tick_values(0, months) if 0 <= n <= months]
    axes.set_xticks(
        [start + n for start in starts for n in ticks], [f"{n:.0f}" for n in ticks] * len(starts)
    )
    for start in starts:
        axes.text(
            start + 0.5 * months, -0.3, word, fontsize=SMALL, color=GREY, ha="center", va="top",
            transform=axes.get_xaxis_transform(),
        )  # fmt: skip


def _band(values: Numbers, unit: str, smooth_months: int) -> Numbers:
    """[3, months] tenth, half and nine tenths of the runs, as they are shown."""
    return band(smoothed(values, smooth_months)) * shown_scale(unit)


def _ends(
    bands: Mapping[tuple[str, str], Numbers], declared: Mapping[str, DeclaredSeries], lang: Lang
) -> str:
    """Return where each path ends, in words."""
    ends: dict[str, list[str]] = {}
    for (row, scenario), (_, middle, _) in bands.items():
        size = abs(float(middle[-1])) if middle.size else 0.0
        decimals = 0 if size >= 100 else 1 if size >= 1 else 2  # noqa: PLR2004 - three digits
        value = number(float(middle[-1]) if middle.size else float("nan"), lang, decimals)
        unit = difference_words(declared[row].unit, lang)
        value = f"{value}%" if unit == "%" else amount(value, unit, lang)
        ends.setdefault(row, []).append(f'"{scenario}" {value}')
    return "; ".join(
        f"{declared[row].nl if lang == 'nl' else declared[row].en}: {', '.join(values)}"
        for row, values in ends.items()
    )
