"""What holds under other assumptions: every world examined, and how much of it is luck."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from collabsim.analysis.luck_and_assumptions import Split
from collabsim.analysis.robustness import SIDES, Robustness, Side
from collabsim.analysis.wording import Lang, is_percent, number, phrase, shown_scale, unit_words
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
    shorten,
    tick,
    wrapped,
)
from collabsim.metrics import METRICS

_COLUMNS = 3
LOOK: Mapping[Side, tuple[str, str]] = {
    "a": (COLOURS[1], "o"),
    "b": (COLOURS[2], "D"),
    "neither": (COLOURS[3], "s"),
    "undecided": (GREY, "."),
}
_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("{a} against {b}, world by world", "{a} tegenover {b}, wereld voor wereld"),
    "a": ("{a} does better", "{a} doet het beter"),
    "b": ("{b} does better", "{b} doet het beter"),
    "neither": ("no difference that matters", "geen verschil dat ertoe doet"),
    "undecided": ("undecided by own replicates", "onbeslist door eigen herhalingen"),
    "axis": ("worlds, in order of the difference", "werelden, op volgorde van het verschil"),
    "difference": ("{a} minus {b}, {unit}", "{a} min {b}, {unit}"),
    "caption": (
        (
            "Each mark is one of {count} sets of assumptions that no pattern rules out; its line is the 95% "
            "interval over its own draws of luck. Shaded: differences too small to matter. Shares are of the "
            "assumptions examined, no probability."
        ),
        (
            "Elk teken is een van {count} stellen aannamen die geen patroon uitsluit; de lijn is het "
            "95%-interval over het eigen toeval. Gearceerd vlak: verschillen te klein om ertoe te doen. "
            "Aandelen zijn van de onderzochte aannamen, geen kans."
        ),
    ),
    "split title": ("How much is luck, how much assumptions", "Hoeveel is toeval, hoeveel aannamen"),
    "assumptions": ("assumptions", "aannamen"),
    "luck": ("luck", "toeval"),
    "itself": ("{name}", "{name}"),
    "of the difference": ("{name}: the difference", "{name}: het verschil"),
    "share": ("share of the variance, %", "deel van de variantie, %"),
    "split caption": (
        (
            "Variance between worlds (assumptions) and between draws of luck within a world. Line: 95% "
            "interval of where the two meet."
        ),
        (
            "Variantie tussen werelden (aannamen) en tussen het toeval binnen een wereld. Lijn: "
            "95%-interval van waar de twee elkaar raken."
        ),
    ),
}  # fmt: skip


def differences_by_world(
    found: Sequence[Robustness], folder: Path, lang: Lang = "en", name: str = "robustness"
) -> Picture:
    """Draw the difference in every world examined: a panel an outcome.

    Args:
        found: outcomes of one pair of scenarios.
        folder: where the files go.
        lang: "en" or "nl".
        name: name of the files.

    """
    here = lang == "nl"
    columns = min(_COLUMNS, len(found))
    rows = -(-len(found) // columns)
    wide, high = 0.7 + 2.9 * columns, 2.6 * rows + 0.35
    figure = new_figure(wide, high)
    grid = figure.subplots(
        rows, columns, squeeze=False,
        gridspec_kw={"left": 0.75 / wide, "right": 1 - 0.15 / wide, "top": 1 - 0.35 / high,
                     "bottom": 0.75 / high, "wspace": 0.36, "hspace": 0.55},
    )  # fmt: skip
    a, b = (shorten(text, 28) for text in (found[0].a, found[0].b))
    for place, axes in enumerate(grid.flat):
        if place >= len(found):
            axes.remove()
            continue
        _panel(axes, found[place], lang)
    key(figure, 0.0, 0.3 / high, side_marks(a, b, lang), 4 if columns > 1 else 2)
    told = "; ".join(
        f"{named(one.outcome, lang)}: "
        + ", ".join(
            f"{_WORDS[s][here].format(a=a, b=b)} {number(100 * one.shares[s].share, lang)}%"
            for s in SIDES
        )
        for one in found
    )
    title = _WORDS["title"][here].format(a=f'"{a}"', b=f'"{b}"')
    return save(
        figure, folder, name, title=title, alt=f"{title}. {told}.",
        caption=_WORDS["caption"][here].format(count=len(found[0].worlds)),
    )  # fmt: skip


def side_marks(a: str, b: str, lang: Lang) -> list[Line2D]:
    """The marks of who does better, for a key."""
    return [
        Line2D([], [], color=colour, marker=mark, linestyle="", label=_WORDS[side][lang == "nl"].format(a=a, b=b))
        for side, (colour, mark) in LOOK.items()
    ]  # fmt: skip


def named(outcome: str, lang: Lang) -> str:
    """Name of an outcome in the language."""
    metric = METRICS[outcome]
    name = metric.nl if lang == "nl" else metric.en
    return name[:1].upper() + name[1:]


def _panel(axes: Axes, found: Robustness, lang: Lang) -> None:
    """One outcome: worlds in order of the difference."""
    here, scale = lang == "nl", shown_scale(found.unit)
    bare(axes)
    axes.axhspan(-found.matters * scale, found.matters * scale, color=PALE, linewidth=0)
    axes.axhline(0.0, color=GREY, linewidth=0.8)
    worlds = sorted(
        (w for w in found.worlds if np.isfinite(w.difference)), key=lambda w: w.difference
    )
    for place, world in enumerate(worlds):
        colour, mark = LOOK[world.side]
        if np.isfinite(world.low):
            axes.plot(
                [place] * 2, [world.low * scale, world.high * scale], color=colour, linewidth=0.6
            )
        axes.plot(place, world.difference * scale, mark, color=colour, markersize=3)
    # Intervals of a few replicates can be huge; the view is set by the differences.
    if worlds:
        reach = max(*(abs(w.difference) for w in worlds), found.matters) * scale * 1.4
        axes.set_ylim(-reach, reach)
    axes.set_xticks([])
    axes.yaxis.set_major_formatter(lambda value, _: tick(value, lang, signed=True))
    unit = phrase("points", lang) if is_percent(found.unit) else unit_words(found.unit, lang)
    axes.set_ylabel(unit, fontsize=SMALL, color=GREY)
    axes.set_xlabel(_WORDS["axis"][here], fontsize=SMALL, color=GREY)
    axes.set_title(wrapped(named(found.outcome, lang), 36), fontsize=SMALL + 0.5, color=INK, weight="bold")  # fmt: skip


def what_varies(
    splits: Mapping[str, tuple[Split, Split]], folder: Path, lang: Lang = "en", name: str = "luck"
) -> Picture:
    """Draw how much of the variance is luck: two bars an outcome, itself and the difference."""
    here = lang == "nl"
    rows = [
        (_WORDS[words][here].format(name=named(outcome, lang)), split)
        for outcome, both in splits.items()
        for words, split in zip(("itself", "of the difference"), both, strict=True)
    ]
    wide, high = 7.2, 0.34 * len(rows) + 1.05
    figure = new_figure(wide, high)
    axes = figure.add_axes((3.3 / wide, 0.75 / high, 3.7 / wide, 1 - 0.85 / high))
    bare(axes)
    for place, (_, split) in enumerate(rows):
        if not np.isfinite(split.share):
            continue
        share = 100 * split.share
        axes.barh(place, share, color=COLOURS[1], height=0.6)
        axes.barh(place, 100 - share, left=share, color=COLOURS[5], height=0.6)
        axes.plot([100 * split.low, 100 * split.high], [place] * 2, color=INK, linewidth=1.6)
    axes.set_yticks(range(len(rows)), [wrapped(label, 46) for label, _ in rows])
    axes.set_xlim(0, 100)
    axes.invert_yaxis()
    axes.set_xlabel(_WORDS["share"][here], fontsize=SMALL, color=GREY)
    handles = [
        Line2D([], [], color=colour, marker="s", linestyle="", label=_WORDS[word][here])
        for word, colour in (("assumptions", COLOURS[1]), ("luck", COLOURS[5]))
    ]
    key(figure, 0.0, 0.28 / high, handles, 2)
    told = "; ".join(
        f"{label}: {_WORDS['assumptions'][here]} {number(100 * s.share, lang)}%"
        for label, s in rows
    )
    title = _WORDS["split title"][here]
    return save(
        figure, folder, name, title=title, alt=f"{title}. {told}.",
        caption=_WORDS["split caption"][here],
    )  # fmt: skip
