"""Inner and outer ring as a picture: who helped whom, and who sits at the table."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from collabsim.analysis.wording import Lang
from collabsim.figures.canvas import (
    INK,
    SMALL,
    TEXT,
    Picture,
    key,
    new_figure,
    save,
    wrapped,
)

_INNER, _OUTER, _NAMES = 0.42, 1.0, 1.07
_LONGEST_NAME = 15
_EDGE = 1.65  # the longest name ends before it, and before the words above
_MOST_NAMES = 80  # more do not fit around the circle
_SHOWN = 1 / 3  # of the ties
_INSIDE, _OUTSIDE = "#D55E00", "#0072B2"
_WORDS = {
    "title": ("Inner and outer ring", "Binnenring en buitenring"),
    "caption": (
        (
            "One run of each scenario, with the same luck. Inner circle: the inner ring, where "
            "one was found; without one all stand on the outer circle. Lines: the strongest "
            "third of all help in the last year, the thicker the more; orange between two of the "
            "inner ring. Where somebody stands on a circle means nothing."
        ),
        (
            "Eén simulatie per scenario, met hetzelfde toeval. Binnenste cirkel: de binnenring, "
            "als die is gevonden; zonder binnenring staat iedereen op de buitenste cirkel. "
            "Lijnen: het sterkste derde deel van alle hulp in het laatste jaar, dikker is meer; "
            "oranje tussen twee van de binnenring. De plek op een cirkel betekent niets."
        ),
    ),
    "municipality": ("municipality", "gemeente"),
    "provider": ("provider", "aanbieder"),
    "seat": ("had a seat at the table", "zat aan tafel"),
    "none": ("no inner ring found", "geen binnenring gevonden"),
    "some": ("{count} of {all} in the inner ring", "{count} van {all} in de binnenring"),
    "found": ("; a ring in {found} of {runs} runs", "; een ring in {found} van {runs} simulaties"),
    "alt": ("Networks of help. {parts}.", "Netwerken van hulp. {parts}."),
    "alt part": (
        '"{name}": {ring}; with a seat: {seated}, of whom {both} in the inner ring',
        '"{name}": {ring}; aan tafel: {seated}, van wie {both} in de binnenring',
    ),
}


@dataclass(frozen=True, slots=True)
class NetworkView:
    """Who helped whom in the last year of one run.

    Attributes:
        ids: [N] names of the organisations.
        kinds: [N] "municipality", "provider" ...
        inner: [N] who is in the inner ring; nobody where none was found.
        seated: [N] who had a seat at the table, in any month.
        helped: [N, N] times that the row was helped by the column.
        found: in how many of how many runs of the scenario an inner ring was found; None if it is
            not known.

    """

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    inner: NDArray[np.bool_]
    seated: NDArray[np.bool_]
    helped: NDArray[np.float64]
    found: tuple[int, int] | None = None


def network(
    views: Mapping[str, NetworkView], folder: Path, *, lang: Lang = "en", name: str = "rings"
) -> Picture:
    """Draw each scenario's rings, two panels a row; where everybody stands is always the same.

    Args:
        views: per scenario one run, best the same replicate.
        folder: where the files go.
        lang: "en" or "nl".
        name: name of the files.

    Raises:
        ValueError: there is nothing to draw.

    """
    if not views:
        raise ValueError("no network to draw; give at least one scenario")
    here = lang == "nl"
    columns = min(2, len(views))
    rows = -(-len(views) // columns)
    wide, high = 4.1 * columns, 4.5 * rows + 0.35
    figure = new_figure(wide, high)
    told = []
    for place, (scenario, view) in enumerate(views.items()):
        row, column = divmod(place, columns)
        axes = figure.add_axes(
            (column / columns, 1 - 4.5 * (row + 1) / high, 1 / columns, 4.0 / high)
        )
        _ring(axes, view)
        count = int(view.inner.sum())
        ring = _WORDS["some" if count else "none"][here].format(count=count, all=len(view.ids))
        if view.found is not None:
            ring += _WORDS["found"][here].format(found=view.found[0], runs=view.found[1])
        axes.set_title(
            wrapped(scenario, 44), fontsize=TEXT, weight="bold", color=INK, pad=14, y=1.0
        )
        axes.text(0.5, 1.01, ring, transform=axes.transAxes, fontsize=SMALL, ha="center", color=INK)
        told.append(
            _WORDS["alt part"][here].format(
                name=scenario,
                ring=ring,
                seated=int(view.seated.sum()),
                both=int((view.seated & view.inner).sum()),
            )
        )
    signs = (("municipality", "s", "white"), ("provider", "o", "white"), ("seat", "o", INK))
    handles = [
        Line2D([], [], marker=shape, color="none", markeredgecolor=INK, markerfacecolor=fill,
               label=_WORDS[words][here])
        for words, shape, fill in signs
    ]  # fmt: skip
    key(figure, 0.0, 0.35 / high, handles, len(handles))
    return save(
        figure,
        folder,
        name,
        title=_WORDS["title"][here],
        alt=_WORDS["alt"][here].format(parts=". ".join(told)),
        caption=_WORDS["caption"][here],
    )


def _ring(axes: Axes, view: NetworkView) -> None:
    """One network: positions by ring and kind, ties by help."""
    count = len(view.ids)
    place = _positions(view)
    help_between = view.helped + view.helped.T
    one, other = np.nonzero(np.triu(help_between, 1))
    amount = help_between[one, other]
    # All of them would be a grey disc in which nothing can be seen.
    strong = amount >= (np.quantile(amount, 1 - _SHOWN) if amount.size else 0.0)
    one, other, amount = one[strong], other[strong], amount[strong]
    most = float(np.quantile(amount, 0.99)) if amount.size else 1.0
    strength = np.minimum(1.0, amount / max(most, 1.0))
    both = view.inner[one] & view.inner[other]
    for within, tint in ((False, "#555555"), (True, _INSIDE)):
        chosen = both == within
        if not chosen.any():
            continue
        axes.add_collection(
            LineCollection(
                np.stack((place[one[chosen]], place[other[chosen]]), axis=1).tolist(),
                colors=tint,
                linewidths=(0.25 + 1.75 * strength[chosen]).tolist(),
                alpha=(0.04 + (0.5 if within else 0.28) * strength[chosen]).tolist(),
                zorder=2 if within else 1,
            )
        )
    municipality = np.array([kind == "municipality" for kind in view.kinds], dtype=np.bool_)
    for shape, of_kind in (("s", municipality), ("o", ~municipality)):
        for seated in (False, True):
            for inside, tint in ((True, _INSIDE), (False, _OUTSIDE)):
                chosen = of_kind & (view.seated == seated) & (view.inner == inside)
                if not chosen.any():
                    continue
                axes.scatter(
                    place[chosen, 0],
                    place[chosen, 1],
                    marker=shape,
                    s=46 if count <= _MOST_NAMES else 14,
                    facecolor=tint if seated else "white",
                    edgecolor=tint,
                    linewidth=1.3,
                    zorder=3,
                )
    if count <= _MOST_NAMES:
        _names(axes, view, place)
    axes.set_xlim(-_EDGE, _EDGE)
    axes.set_ylim(-_EDGE, _EDGE)
    axes.set_aspect("equal")
    axes.set_axis_off()


def _positions(view: NetworkView) -> NDArray[np.float64]:
    """[N, 2] places: each ring in the order of kind and name, however they are given."""
    place = np.zeros((len(view.ids), 2))
    for members, radius in ((view.inner, _INNER), (~view.inner, _OUTER)):
        ring = sorted(np.flatnonzero(members), key=lambda n: (view.kinds[n], view.ids[n]))
        for step, who in enumerate(ring):
            angle = math.pi / 2 - 2 * math.pi * (step + 0.5) / len(ring)
            place[who] = radius * math.cos(angle), radius * math.sin(angle)
    return place


def _names(axes: Axes, view: NetworkView, place: NDArray[np.float64]) -> None:
    """Names around the outer circle, read outwards, and inside the inner one."""
    for who, name in enumerate(view.ids):
        x, y = place[who]
        radius = math.hypot(x, y)
        further = (_NAMES if not view.inner[who] else _INNER + 0.07) / radius
        angle = math.degrees(math.atan2(y, x))
        flipped = abs(angle) > 90  # noqa: PLR2004 - the left half would stand on its head
        axes.text(
            x * further,
            y * further,
            name
            if len(name) <= _LONGEST_NAME
            else f"{name[: _LONGEST_NAME - 1]}\N{HORIZONTAL ELLIPSIS}",
            fontsize=5.0,
            rotation=angle + 180 if flipped else angle,
            rotation_mode="anchor",
            ha="right" if flipped else "left",
            va="center",
            color=INK,
            zorder=4,
        )
