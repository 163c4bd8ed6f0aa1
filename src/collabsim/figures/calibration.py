"""What a calibration ruled out, and what it told of each parameter."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from collabsim.analysis.calibration import Pattern, Seen, tallies
from collabsim.analysis.identification import Identified, TradeOff
from collabsim.figures.canvas import (
    COLOURS,
    GREY,
    INK,
    PALE,
    SMALL,
    Picture,
    bare,
    key,
    new_figure,
    save,
    wrapped,
)

_COLUMNS = 3
_SHOWN_PARAMETERS, _SHOWN_PAIRS, _BINS = 20, 3, 24


def ruled_out(found: Mapping[str, Seen], folder: Path, name: str = "patterns") -> Picture:
    """Draw what share of worlds each pattern rules out, and as the only one."""
    counted = tallies(found)
    order = sorted(counted, key=lambda p: counted[p].ruled_out / max(1, counted[p].looked_at))
    wide, high = 7.2, 0.3 * len(order) + 1.0
    figure = new_figure(wide, high)
    axes = figure.add_axes((2.7 / wide, 0.72 / high, 4.3 / wide, 1 - 0.8 / high))
    bare(axes)
    for place, pattern in enumerate(order):
        tally = counted[pattern]
        share, alone = (
            100 * count / max(1, tally.looked_at) for count in (tally.ruled_out, tally.uniquely)
        )
        axes.barh(place, share, color=COLOURS[6], height=0.62)
        axes.barh(place, alone, color=COLOURS[1], height=0.62)
        told = f" {tally.ruled_out:,} of {tally.looked_at:,}"
        axes.text(share, place, told, fontsize=SMALL, va="center", color=INK)
    axes.set_yticks(range(len(order)), order)
    axes.set_xlim(0, max(5.0, axes.get_xlim()[1] * 1.25))
    axes.set_xlabel("ruled out, % of the worlds looked at", fontsize=SMALL, color=GREY)
    handles = [
        Line2D([], [], color=colour, marker="s", linestyle="", label=label)
        for label, colour in (("as the only one", COLOURS[1]), ("beside others", COLOURS[6]))
    ]
    key(figure, 0.0, 0.26 / high, handles, 2)
    return save(
        figure, folder, name, title="What each pattern ruled out",
        alt="; ".join(f"{p}: {counted[p].ruled_out} of {counted[p].looked_at}" for p in reversed(order)),
        caption="Worlds in which a pattern lies outside its bounds by more than luck and tolerance leave open. "
        "Pairs and state were looked at in worlds that met the patterns of one world only.",
    )  # fmt: skip


def measured(
    found: Mapping[str, Seen],
    patterns: Sequence[Pattern],
    kept: NDArray[np.bool_],
    folder: Path,
    name: str = "measured",
) -> Picture:
    """Draw how each pattern came out: all worlds, those kept, and what the fact allows."""
    shown = [pattern for pattern in patterns if pattern.name in found]
    columns = min(_COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    wide, high = 0.3 + 2.5 * columns, 1.75 * rows + 0.4
    figure = new_figure(wide, high)
    grid = figure.subplots(
        rows, columns, squeeze=False,
        gridspec_kw={"left": 0.25 / wide, "right": 1 - 0.15 / wide, "top": 1 - 0.3 / high,
                     "bottom": 0.55 / high, "wspace": 0.14, "hspace": 0.75},
    )  # fmt: skip
    for place, axes in enumerate(grid.flat):
        if place >= len(shown):
            axes.remove()
            continue
        _measured_panel(axes, shown[place], found[shown[place].name], kept)
    handles = [
        Line2D([], [], color=colour, marker="s", linestyle="", label=label)
        for label, colour in (
            ("all that were looked at", "#A0A0A0"), ("kept", COLOURS[1]), ("agrees with the fact", PALE)
        )
    ]  # fmt: skip
    key(figure, 0.0, 0.25 / high, handles, 3)
    return save(
        figure, folder, name, title="How the patterns came out, world by world",
        alt="Histograms of each pattern over all worlds that were looked at and over those that were kept.",
        caption="Means over the replicates of a world; each histogram is as high as its own highest bar. Dashed: "
        "beyond it only luck can save a world (three times the tolerance). The outer 2% are out of view.",
    )  # fmt: skip


def _measured_panel(axes: Axes, pattern: Pattern, seen: Seen, kept: NDArray[np.bool_]) -> None:
    """One pattern."""
    bare(axes)
    axes.spines["left"].set_visible(False)
    values = seen.means[seen.looked_at & np.isfinite(seen.means)]
    low, high = pattern.within
    if values.size:
        left, right = np.quantile(values, (0.01, 0.99))
        left, right = min(left, high), max(right, low)
        pad = 0.06 * (right - left) or 0.1
        left, right = left - pad, right + pad
        axes.axvspan(max(left, pattern.low), min(right, pattern.high), color=PALE, linewidth=0)
        bins = np.linspace(left, right, _BINS + 1)
        for chosen, colour, filled in (
            (values, "#A0A0A0", True),
            (seen.means[kept], COLOURS[1], False),
        ):
            counts, _ = np.histogram(chosen, bins)
            heights = counts / max(1, int(counts.max()))
            axes.stairs(heights, bins, color=colour, fill=filled, linewidth=1.4)
        for edge in (low, high):
            if left < edge < right:
                axes.axvline(edge, color=INK, linestyle="--", linewidth=0.8)
        axes.set_xlim(left, right)
    axes.set_yticks([])
    axes.locator_params(axis="x", nbins=5)
    axes.set_title(wrapped(pattern.name, 34), fontsize=SMALL + 0.5, color=INK, weight="bold")


def parameters_told(
    found: Sequence[Identified],
    shares: Mapping[str, NDArray[np.float64]],
    folder: Path,
    name: str = "parameters",
) -> Picture:
    """Draw the parameters that were told most of: where in its range each still lies."""
    shown = list(found[:_SHOWN_PARAMETERS])
    wide, high = 7.6, 0.235 * len(shown) + 0.75
    figure = new_figure(wide, high)
    axes = figure.add_axes((3.2 / wide, 0.5 / high, 4.2 / wide, 1 - 0.6 / high))
    bare(axes)
    for place, parameter in enumerate(shown):
        low, left, middle, right, top = np.quantile(
            shares[parameter.path], (0.05, 0.25, 0.5, 0.75, 0.95)
        )
        colour = COLOURS[1] if parameter.told else GREY
        axes.plot([low, top], [place] * 2, color=colour, linewidth=1.2)
        axes.plot([left, right], [place] * 2, color=colour, linewidth=5, solid_capstyle="butt")
        axes.plot(middle, place, "|", color="white", markersize=7, markeredgewidth=1.6)
    for share in (0.25, 0.5, 0.75):
        axes.axvline(share, color=PALE, linewidth=0.9, zorder=0)
    axes.set_yticks(range(len(shown)), [parameter.path for parameter in shown])
    axes.invert_yaxis()
    axes.set_xlim(0, 1)
    axes.set_xlabel("place in the range that was drawn from", fontsize=SMALL, color=GREY)
    told = sum(parameter.told for parameter in found)
    return save(
        figure, folder, name, title="What was told of parameters",
        alt="; ".join(f"{p.path}: median at {p.middle:.2f} of the range" for p in shown),
        caption=f"Of {len(found)} parameters the {len(shown)} whose distribution moved most. Thick: the middle half of "
        "the kept worlds, with the median; thin: nine in ten. Before, the thick bar went from a quarter to three "
        f"quarters. Blue: beyond luck ({told} parameters). Of all others nothing was told.",
    )  # fmt: skip


def traded_off(
    pairs: Sequence[TradeOff],
    shares: Mapping[str, NDArray[np.float64]],
    folder: Path,
    name: str = "trade-offs",
) -> Picture | None:
    """Draw the pairs that trade off most, each world a dot; None where no pair does."""
    shown = pairs[:_SHOWN_PAIRS]
    if not shown:
        return None
    wide, high = 0.6 + 2.7 * len(shown), 2.9
    figure = new_figure(wide, high)
    grid = figure.subplots(
        1, len(shown), squeeze=False,
        gridspec_kw={"left": 0.6 / wide, "right": 1 - 0.1 / wide, "top": 1 - 0.3 / high,
                     "bottom": 0.55 / high, "wspace": 0.32},
    )  # fmt: skip
    for axes, pair in zip(grid.flat, shown, strict=True):
        bare(axes)
        axes.plot(shares[pair.one], shares[pair.other], ".", color=COLOURS[1], markersize=4)
        axes.set_xlim(0, 1)
        axes.set_ylim(0, 1)
        axes.set_xlabel(wrapped(pair.one, 40), fontsize=SMALL, color=INK)
        axes.set_ylabel(wrapped(pair.other, 36), fontsize=SMALL, color=INK)
        sign = "+" if pair.correlation > 0 else "\N{MINUS SIGN}"
        axes.set_title(f"{sign}{abs(pair.correlation):.2f}", fontsize=SMALL + 0.5, color=INK)
    return save(
        figure, folder, name, title="Pairs of parameters that the patterns tell apart only together",
        alt="; ".join(f"{p.one} and {p.other}: {p.correlation:.2f}" for p in shown),
        caption="Kept worlds, as places in the ranges that were drawn from; above each the correlation of ranks.",
    )  # fmt: skip
