"""What turns a comparison round: the difference in each world against the assumption that divides most."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from collabsim.analysis.flips import Flips, as_numbers
from collabsim.analysis.robustness import Robustness
from collabsim.analysis.wording import Lang, is_percent, number, phrase, shown_scale, unit_words
from collabsim.figures.canvas import (
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
from collabsim.figures.robustness import LOOK, named, side_marks

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("What turns {a} against {b} round", "Wat {a} tegenover {b} omdraait"),
    "caption": (
        (
            "Each mark is one world examined; across, the assumption that divides worlds most. Line: where the "
            "tree divides them. Shown only where the tree foretells worlds that it did not see."
        ),
        (
            "Elk teken is een onderzochte wereld; horizontaal de aanname die werelden het meest scheidt. Lijn: "
            "waar de boom ze scheidt. Alleen getoond waar de boom werelden voorspelt die hij niet zag."
        ),
    ),
}


def turning_points(
    found: Sequence[tuple[Robustness, Flips]],
    values: Mapping[str, Sequence[Any]],
    folder: Path,
    lang: Lang = "en",
    name: str = "turning",
) -> Picture | None:
    """Draw the difference against the assumption that turns it; None where nothing is seen to.

    Args:
        found: outcomes, each with what turns it round.
        values: [worlds] by path of the parameter, in the order of the worlds.
        folder: where the files go.
        lang: "en" or "nl".
        name: name of the files.

    """
    here = lang == "nl"
    told = [(answer, flips) for answer, flips in found if flips.paths]
    if not told:
        return None
    wide, high = 0.7 + 3.0 * len(told), 3.1
    figure = new_figure(wide, high)
    grid = figure.subplots(
        1, len(told), squeeze=False,
        gridspec_kw={"left": 0.75 / wide, "right": 1 - 0.15 / wide, "top": 1 - 0.35 / high,
                     "bottom": 0.85 / high, "wspace": 0.32},
    )  # fmt: skip
    for axes, (answer, flips) in zip(grid.flat, told, strict=True):
        path, scale = flips.paths[0], shown_scale(answer.unit)
        bare(axes)
        axes.axhspan(-answer.matters * scale, answer.matters * scale, color=PALE, linewidth=0)
        column = as_numbers(values[path])
        for world, at in zip(answer.worlds, column, strict=True):
            colour, mark = LOOK[world.side]
            if np.isfinite(world.difference):
                axes.plot(at, world.difference * scale, mark, color=colour, markersize=4)
        for bound in sorted({b for p in flips.parts for at, _, b in p.conditions if at == path}):
            axes.axvline(bound, color=INK, linestyle="--", linewidth=0.9)
        axes.yaxis.set_major_formatter(lambda value, _: tick(value, lang, signed=True))
        axes.xaxis.set_major_formatter(lambda value, _: tick(value, lang))
        unit = phrase("points", lang) if is_percent(answer.unit) else unit_words(answer.unit, lang)
        axes.set_ylabel(unit, fontsize=SMALL, color=GREY)
        axes.set_xlabel(path, fontsize=SMALL, color=INK)
        heading = wrapped(named(answer.outcome, lang), 36)
        axes.set_title(heading, fontsize=SMALL + 0.5, color=INK, weight="bold")
    a, b = (shorten(text, 28) for text in (told[0][0].a, told[0][0].b))
    key(figure, 0.0, 0.3 / high, side_marks(a, b, lang), 2 if len(told) == 1 else 4)
    title = _WORDS["title"][here].format(a=f'"{a}"', b=f'"{b}"')
    parts = "; ".join(
        f"{named(answer.outcome, lang)}: {', '.join(flips.paths)} ({number(100 * flips.foretold, lang)}%)"
        for answer, flips in told
    )
    caption = _WORDS["caption"][here]
    return save(figure, folder, name, title=title, alt=f"{title}. {parts}.", caption=caption)
