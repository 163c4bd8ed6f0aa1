"""Paired differences: how much, how sure, how much would matter, and what luck does."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from matplotlib.axes import Axes

from collabsim.analysis.comparison import FOUND_TO_DIFFER, Comparison, Declared, OutcomeComparison
from collabsim.analysis.counting import filled
from collabsim.analysis.wording import (
    VERDICTS,
    Lang,
    is_percent,
    phrase,
    shown_scale,
    unit_words,
)
from collabsim.figures.canvas import (
    GREY,
    INK,
    PALE,
    SMALL,
    Picture,
    bare,
    colour,
    mark,
    new_figure,
    save,
    tick,
    wrapped,
)

_COLUMNS = 3
# Luck that reaches further than this many times all else is cut off, and shown by an arrow.
_REACH = 3.0
# Inches from a panel to the words below it. It is told here, because measuring the numbers in
# between takes longer than drawing them.
_BELOW = 0.24
# Inches of a line of them, and letters that fit below a panel.
_LINE, _LETTERS = 0.16, 40
_WORDS = {
    "title": ("Difference against {a}", "Verschil ten opzichte van {a}"),
    "caption": (
        (
            "Dot: mean difference between pairs of runs with the same luck ({runs} pairs); open "
            "if it is not known whether it matters. Line: 95% interval, for each outcome by "
            "itself. Shaded: differences too small to matter. Grey bar below: what luck alone "
            "does between regions (one standard deviation either way), cut off where it ends in "
            "an arrow. In this model, under these assumptions."
        ),
        (
            "Stip: gemiddeld verschil tussen paren simulaties met hetzelfde toeval ({runs} "
            "paren); open als niet bekend is of het ertoe doet. Lijn: 95%-interval, per "
            "uitkomst. Gearceerd vlak: verschillen te klein om ertoe te doen. Grijze balk "
            "onderin: wat toeval alleen al doet tussen regio's (één standaardafwijking naar "
            "weerszijden), afgekapt waar een pijl staat. In dit model, onder deze aannamen."
        ),
    ),
    "alt": (
        "Differences against {a}, in the outcomes' own units. {parts}.",
        "Verschillen ten opzichte van {a}, in de eenheid van elke uitkomst. {parts}.",
    ),
    "left out": (
        " Not shown, as none is known to differ by as much as would matter: {number} outcomes.",
        " Niet getoond, omdat geen verschil bekend is dat ertoe doet: {number} uitkomsten.",
    ),
    "more": ("more is better", "meer is beter"),
    "less": ("less is better", "minder is beter"),
    "luck": ("luck", "toeval"),
    "undefined": ("no value", "geen waarde"),
}


def differences(
    comparisons: Sequence[Comparison],
    metrics: Mapping[str, Declared],
    folder: Path,
    *,
    outcomes: Sequence[str] | None = None,
    lang: Lang = "en",
    name: str = "differences",
) -> Picture:
    """Draw what each scenario differs from the reference: a panel an outcome, in its own unit.

    Args:
        comparisons: of the same reference with one or more scenarios.
        metrics: the declared outcomes.
        folder: where the files go.
        outcomes: which ones, in this order; by default all that were compared.
        lang: "en" or "nl".
        name: name of the files.

    Raises:
        ValueError: there is nothing to draw, or the comparisons have different references.

    """
    here = lang == "nl"
    references = {comparison.a for comparison in comparisons}
    if len(references) != 1:
        raise ValueError(f"one reference is needed to draw differences, not {len(references)}")
    keys = list(comparisons[0].outcomes) if outcomes is None else list(outcomes)
    if not keys:
        raise ValueError("no outcomes to draw; give at least one that was compared")
    columns = min(_COLUMNS, len(keys))
    rows = -(-len(keys) // columns)
    panel = 0.62 + 0.25 * len(comparisons)
    left = 0.35 + 0.068 * max(min(24, len(comparison.b)) for comparison in comparisons)
    labels = {key: _label(metrics[key], lang) for key in keys}
    # A second line below a panel has room of its own.
    further = _LINE * max(label.count("\n") for label in labels.values())
    wide, high = left + 2.35 * columns + 0.1, (panel + 0.62 + further) * rows
    figure = new_figure(wide, high)
    grid = figure.subplots(
        rows,
        columns,
        squeeze=False,
        gridspec_kw={
            "left": left / wide,
            "right": 1 - 0.15 / wide,
            "top": 1 - 0.25 / high,
            "bottom": (0.42 + further) / high,
            "wspace": 0.16,
            "hspace": (0.85 + further) / panel,
        },
    )
    for place, axes in enumerate(grid.flat):
        if place >= len(keys):
            axes.remove()
            continue
        found = [comparison.outcomes[keys[place]] for comparison in comparisons]
        _panel(axes, found, metrics[keys[place]], lang)
        axes.set_xlabel(labels[keys[place]], fontsize=SMALL, color=GREY)
        axes.xaxis.set_label_coords(0.5, -_BELOW / panel)
        if place % columns:
            axes.yaxis.set_visible(False)
            continue
        axes.set_yticks(range(len(comparisons)), [wrapped(c.b, 24) for c in comparisons])
        for number_, label in enumerate(axes.get_yticklabels()):
            label.set_color(colour(number_ + 1))
    reference = f'"{comparisons[0].a}"'
    return save(
        figure,
        folder,
        name,
        title=_WORDS["title"][here].format(a=reference),
        alt=_WORDS["alt"][here].format(a=reference, parts=_told(comparisons, keys, metrics, lang)),
        caption=filled(
            _WORDS["caption"][here],
            {"runs": max(o.pairs for c in comparisons for o in c.outcomes.values())},
            lang,
        )
        + _left_out(comparisons, keys, here),
    )


def _left_out(comparisons: Sequence[Comparison], keys: Sequence[str], here: bool) -> str:
    """What is true of the outcomes that are not drawn; nothing if one of them differs."""
    others = [name for name in comparisons[0].outcomes if name not in keys]
    if not others or any(
        c.outcomes[name].verdict in FOUND_TO_DIFFER for c in comparisons for name in others
    ):
        return ""
    return filled(_WORDS["left out"][here], {"number": len(others)}, "nl" if here else "en")


def _panel(axes: Axes, found: Sequence[OutcomeComparison], metric: Declared, lang: Lang) -> None:
    """One outcome: a row a scenario, and what luck does below."""
    here = lang == "nl"
    scale = shown_scale(metric.unit)
    matters = found[0].matters * scale
    lowest = len(found) - 0.25
    bare(axes)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    reach = max(
        [matters]
        + [
            abs(bound) * scale
            for outcome in found
            for bound in (outcome.low, outcome.high, outcome.difference)
            if math.isfinite(bound)
        ]
    )
    luck = max((o.spread_a for o in found if math.isfinite(o.spread_a)), default=0.0) * scale
    edge = (max(reach, min(luck, _REACH * reach)) or 1.0) * 1.12
    if any(outcome.pairs for outcome in found):
        axes.axvspan(-matters, matters, color=PALE, linewidth=0)
    axes.axvline(0.0, color=GREY, linewidth=0.8)
    shown = min(luck, edge)
    axes.plot([-shown, shown], [lowest] * 2, color="#A0A0A0", linewidth=3.5, solid_capstyle="butt")
    for side in (-1.0, 1.0) if luck > edge else ():
        axes.plot(side * edge, lowest, "<" if side < 0 else ">", color="#A0A0A0", clip_on=False)
    for row, outcome in enumerate(found):
        if not outcome.pairs:
            axes.text(0.0, row, _WORDS["undefined"][here], fontsize=SMALL, ha="center", va="center")
            continue
        if math.isfinite(outcome.low):
            axes.plot([outcome.low * scale, outcome.high * scale], [row] * 2, color=colour(row + 1))
        known = outcome.verdict != "not known"
        axes.plot(
            outcome.difference * scale,
            row,
            mark(row + 1),
            color=colour(row + 1),
            markerfacecolor=colour(row + 1) if known else "white",
            markersize=6,
        )
    axes.set_xlim(-edge, edge)
    axes.set_ylim(lowest + 0.35, -0.6)
    axes.locator_params(axis="x", nbins=5)
    axes.xaxis.set_major_formatter(lambda value, _: tick(value, lang, signed=True))
    title = metric.nl if here else metric.en
    axes.set_title(
        wrapped(title[:1].upper() + title[1:], 36),
        fontsize=SMALL + 0.5,
        color=INK,
        weight="bold",
        y=1.0,
    )


def _label(metric: Declared, lang: Lang) -> str:
    """What stands below a panel: the unit, and which way is better; in two lines if it takes these."""
    here = lang == "nl"
    unit = phrase("points", lang) if is_percent(metric.unit) else unit_words(metric.unit, lang)
    better = {1: f"{_WORDS['more'][here]} \N{RIGHTWARDS ARROW}", 0: ""}.get(
        metric.direction, f"\N{LEFTWARDS ARROW} {_WORDS['less'][here]}"
    )
    title = metric.nl if here else metric.en
    parts = [part for part in (unit, better) if part not in {"", title}]
    text = "; ".join(parts)
    return text if len(text) <= _LETTERS else ";\n".join(parts)


def _told(
    comparisons: Sequence[Comparison],
    keys: Sequence[str],
    metrics: Mapping[str, Declared],
    lang: Lang,
) -> str:
    """Return the verdicts in words: per scenario which outcomes are what."""
    here = lang == "nl"
    parts = []
    for comparison in comparisons:
        by_verdict: dict[str, list[str]] = {}
        for key in keys:
            words = VERDICTS[comparison.outcomes[key].verdict][here]
            name = metrics[key].nl if here else metrics[key].en
            by_verdict.setdefault(words, []).append(name)
        told = "; ".join(f"{words}: {', '.join(names)}" for words, names in by_verdict.items())
        parts.append(f'"{comparison.b}": {told}')
    return ". ".join(parts)
