"""Who pays: hours a month that each group spends on working together, per scenario."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from collabsim.analysis.counting import filled
from collabsim.analysis.groups import group
from collabsim.analysis.stakes import GroupStake
from collabsim.analysis.wording import Lang, number
from collabsim.figures.canvas import (
    GREY,
    SMALL,
    TEXT,
    Picture,
    bare,
    colour,
    key,
    mark,
    new_figure,
    save,
    tick,
    wrapped,
)

type Numbers = NDArray[np.float64]

_WORDS = {
    "title": ("Who pays", "Wie betaalt"),
    "axis": (
        "hours a month that one organisation spends on working together",
        "uur per maand die één organisatie aan samenwerken besteedt",
    ),
    "caption": (
        (
            "Dot: mean of {runs} runs, over the organisations of the group. Line: the middle 80% "
            "of runs. Groups are those of each scenario itself. The rings count only in runs in "
            "which an inner ring was found. Help to residents itself is left out."
        ),
        (
            "Stip: gemiddelde van {runs} simulaties, over de organisaties van de groep. Lijn: de "
            "middelste 80% van de simulaties. Groepen zijn die van het scenario zelf. De ringen "
            "tellen alleen in simulaties waarin een binnenring is gevonden. De hulp aan inwoners "
            "zelf telt niet mee."
        ),
    ),
    "alt": (
        "Hours a month for one organisation, by group and scenario. {parts}.",
        "Uur per maand voor één organisatie, per groep en scenario. {parts}.",
    ),
    "nobody": ("nobody in this group", "niemand in deze groep"),
}


def hours(
    payments: Sequence[GroupStake], folder: Path, *, lang: Lang = "en", name: str = "who_pays"
) -> Picture:
    """Draw for each group what one of its organisations spends in each scenario.

    Args:
        payments: hours of each group, see ``stakes.stakes_of``; groups without anybody in any scenario are left out.
        folder: where the files go.
        lang: "en" or "nl".
        name: name of the files.

    Raises:
        ValueError: there is nothing to draw.

    """
    here = lang == "nl"
    groups = [p for p in payments if any(np.isfinite(h).any() for h in p.values.values())]
    if not groups:
        raise ValueError("no group has hours in any scenario; there is nothing to draw")
    scenarios = list(groups[0].values)
    step = 0.18 * len(scenarios) + 0.22
    legend = 0.25 * -(-len(scenarios) // 2)
    wide, high = 7.2, step * len(groups) + 0.55 + legend
    figure = new_figure(wide, high)
    axes = figure.add_axes((1.9 / wide, 0.45 / high, 1 - 2.05 / wide, step * len(groups) / high))
    bare(axes)
    axes.grid(visible=True, axis="x", color="#EEEEEE", linewidth=0.6)
    axes.tick_params(axis="y", length=0)
    for row, payment in enumerate(groups):
        if row:
            axes.axhline(row - 0.5, color="#DDDDDD", linewidth=0.6)
        for column, scenario in enumerate(scenarios):
            height = row + (column - (len(scenarios) - 1) / 2) * 0.18 / step
            _spent(axes, payment.values[scenario], height, column, _WORDS["nobody"][here])
    declared = [group(p.group) for p in groups]
    names = [who.nl if here else who.en for who in declared]
    labels = [wrapped(name[:1].upper() + name[1:], 26) for name in names]
    axes.set_yticks(range(len(groups)), labels, fontsize=TEXT)
    axes.set_ylim(len(groups) - 0.5, -0.5)
    axes.set_xlim(left=0.0)
    axes.xaxis.set_major_formatter(lambda value, _: tick(value, lang))
    axes.set_xlabel(_WORDS["axis"][here], fontsize=SMALL, color=GREY)
    handles = [
        Line2D([], [], marker=mark(n), color=colour(n), markersize=5, linewidth=1.2, label=scenario)
        for n, scenario in enumerate(scenarios)
    ]
    key(figure, 1 - legend / high, 1.0, handles, min(2, len(scenarios)))
    return save(
        figure,
        folder,
        name,
        title=_WORDS["title"][here],
        alt=_WORDS["alt"][here].format(parts=_told(groups, names, lang)),
        caption=filled(
            _WORDS["caption"][here],
            {
                "runs": max(
                    int(np.isfinite(hours).sum()) for p in groups for hours in p.values.values()
                )
            },
            lang,
        ),
    )


def _spent(axes: Axes, hours: Numbers, height: float, number_: int, nobody: str) -> None:
    """One group in one scenario: mean and the middle 80% of runs, or that there is nobody."""
    known = hours[np.isfinite(hours)]
    tint = colour(number_)
    if not known.size:
        axes.text(0.0, height, f"  {nobody}", fontsize=SMALL - 1, color=tint, va="center")
        return
    axes.plot(np.quantile(known, (0.1, 0.9)), [height] * 2, color=tint, linewidth=1.2)
    axes.plot(known.mean(), height, mark(number_), color=tint, markersize=5)


def _told(groups: Sequence[GroupStake], names: Sequence[str], lang: Lang) -> str:
    """Return the means in words."""
    parts = []
    for name, payment in zip(names, groups, strict=True):
        means = []
        for scenario, hours in payment.values.items():
            known = hours[np.isfinite(hours)]
            told = (
                number(float(known.mean()), lang, 1)
                if known.size
                else _WORDS["nobody"][lang == "nl"]
            )
            means.append(f'"{scenario}" {told}')
        parts.append(f"{name}: {', '.join(means)}")
    return ". ".join(parts)
