"""Paths over the months: what happened in between, and how far luck spreads it."""

import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from collabsim.analysis.wording import Lang, number, shown_scale, unit_words
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

_BAND = (0.1, 0.5, 0.9)
_WORDS = {
    "title": ("Paths over the months", "Verloop over de maanden"),
    "month": ("month", "maand"),
    "caption": (
        (
            "Line: median of {runs} runs. Band: the middle 80% of runs, that is, what luck does. "
            "Each month is shown as the mean of the last {smooth} months. "
            "Dashed: the median of {reference}, for comparison."
        ),
        (
            "Elke maand is getoond als het gemiddelde van de laatste {smooth} maanden. Lijn: "
            "mediaan van {runs} simulaties. Band: de middelste 80% van de simulaties, dus wat "
            "toeval doet. Gestreept: de mediaan van {reference}, ter vergelijking."
        ),
    ),
    "alt": (
        "Paths over {months} months. Median in the last month: {ends}.",
        "Verloop over {months} maanden. Mediaan in de laatste maand: {ends}.",
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
    smooth_months: int = 3,
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
    wide, high = 1.1 + 2.15 * len(scenarios), 0.75 + 1.45 * len(rows)
    figure = new_figure(max(wide, 5.0), high)
    grid = figure.subplots(
        len(rows),
        len(scenarios),
        sharex=True,
        sharey="row",
        squeeze=False,
        gridspec_kw={
            "left": 1.0 / wide,
            "right": 1 - 0.15 / wide,
            "top": 1 - 0.38 / high,
            "bottom": 0.42 / high,
            "wspace": 0.1,
            "hspace": 0.28,
        },
    )
    for row, axes_of_row in zip(rows, grid, strict=True):
        for column, (scenario, axes) in enumerate(zip(scenarios, axes_of_row, strict=True)):
            bare(axes)
            axes.grid(visible=True, axis="y", color="#EEEEEE", linewidth=0.6)
            reference = bands.get((row, scenarios[0])) if column else None
            _path(axes, bands.get((row, scenario)), reference, colour(column))
        axes_of_row[0].yaxis.set_major_formatter(lambda value, _: tick(value, lang))
        what = declared[row].nl if here else declared[row].en
        unit = unit_words(declared[row].unit, lang)
        label = wrapped(what, 24) + (f"\n({unit})" if unit else "")
        axes_of_row[0].set_ylabel(label, fontsize=SMALL, color=INK)
    for column, scenario in enumerate(scenarios):
        grid[0, column].set_title(
            wrapped(scenario, 26), fontsize=TEXT, color=colour(column), weight="bold"
        )
        grid[-1, column].set_xlabel(_WORDS["month"][here], fontsize=SMALL, color=GREY)
    figure.align_ylabels(grid[:, 0])
    runs = max(values.shape[0] for of in series.values() for values in of.values())
    months = max(values.shape[1] for of in series.values() for values in of.values())
    return save(
        figure,
        folder,
        name,
        title=_WORDS["title"][here],
        alt=_WORDS["alt"][here].format(months=months, ends=_ends(bands, declared, lang)),
        caption=_WORDS["caption"][here].format(
            runs=runs, smooth=smooth_months, reference=f'"{scenarios[0]}"'
        ),
    )


def _path(axes: Axes, band: Numbers | None, reference: Numbers | None, tint: str) -> None:
    """One series of one scenario, and the median of the reference for comparison."""
    if band is not None:
        low, middle, top = band
        months = np.arange(1, middle.size + 1)
        axes.fill_between(months, low, top, color=tint, alpha=0.2, linewidth=0)
        axes.plot(months, middle, color=tint, linewidth=1.5)
    if reference is not None:
        months = np.arange(1, reference.shape[1] + 1)
        axes.plot(months, reference[1], color=INK, linewidth=0.9, linestyle="--")


def _band(values: Numbers, unit: str, smooth_months: int) -> Numbers:
    """[3, months] tenth, half and nine tenths of the runs, as they are shown."""
    values = np.asarray(values, dtype=np.float64)
    window = max(1, min(smooth_months, values.shape[1]))
    known = np.isfinite(values)
    totals = np.cumsum(np.pad(np.where(known, values, 0.0), ((0, 0), (1, 0))), axis=1)
    counts = np.cumsum(np.pad(known, ((0, 0), (1, 0))), axis=1)
    totals = totals[:, window:] - totals[:, :-window]
    counts = counts[:, window:] - counts[:, :-window]
    # The first months have no whole window before them: the line begins after it.
    means = np.full(values.shape, np.nan)
    np.divide(totals, counts, out=means[:, window - 1 :], where=counts > 0)
    with warnings.catch_warnings():
        # Months in which no run has a value are a gap in the line.
        warnings.simplefilter("ignore", RuntimeWarning)
        band: Numbers = np.nanquantile(means, _BAND, axis=0)
    return band * shown_scale(unit)


def _ends(
    bands: Mapping[tuple[str, str], Numbers], declared: Mapping[str, DeclaredSeries], lang: Lang
) -> str:
    """Return where each path ends, in words."""
    ends: dict[str, list[str]] = {}
    for (row, scenario), (_, middle, _) in bands.items():
        size = abs(float(middle[-1])) if middle.size else 0.0
        decimals = 0 if size >= 100 else 1 if size >= 1 else 2  # noqa: PLR2004 - three digits
        value = number(float(middle[-1]) if middle.size else float("nan"), lang, decimals)
        unit = unit_words(declared[row].unit, lang)
        value = f"{value}%" if unit == "%" else f"{value} {unit}".rstrip()
        ends.setdefault(row, []).append(f'"{scenario}" {value}')
    return "; ".join(
        f"{declared[row].nl if lang == 'nl' else declared[row].en}: {', '.join(values)}"
        for row, values in ends.items()
    )
