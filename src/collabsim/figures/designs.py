"""The front of a design search: what a design gives up, against the hours that it takes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from collabsim.analysis.comparison import Declared
from collabsim.analysis.designs_front import DesignRegret
from collabsim.analysis.wording import Lang, is_percent, number, phrase, shown_scale, unit_words
from collabsim.figures.canvas import (
    COLOURS,
    GREY,
    INK,
    SMALL,
    Picture,
    bare,
    new_figure,
    save,
    shorten,
    tick,
)

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("{name}: what designs give up, and cost", "{name}: wat opzetten laten liggen, en kosten"),
    "hours": ("hours a month on collaboration, whole region", "uur per maand aan samenwerken, hele regio"),
    "regret": ("given up, {unit}", "blijft liggen, {unit}"),
    "caption": (
        (
            "Mean over {worlds} worlds that no pattern rules out of how far a design stays behind the best one "
            "of that world; line: 95% interval over worlds. Filled and numbered: no other design has both less "
            "regret and fewer hours. {listed}"
        ),
        (
            "Gemiddelde over {worlds} werelden die geen patroon uitsluit van hoe ver een opzet achterblijft bij "
            "de beste van die wereld; lijn: 95%-interval over werelden. Gevuld en genummerd: geen andere opzet "
            "laat minder liggen én kost minder uren. {listed}"
        ),
    ),
}  # fmt: skip


def designs_figure(
    designs: Sequence[DesignRegret],
    metric: Declared,
    folder: Path,
    name: str = "designs",
    lang: Lang = "en",
) -> Picture:
    """Draw regret against hours, with the front.

    Args:
        designs: one or more.
        metric: declaration of the outcome.
        folder: where the files go.
        name: name of the files.
        lang: "en" or "nl".

    """
    here, scale = lang == "nl", shown_scale(metric.unit)
    wide, high = 6.4, 4.0
    figure = new_figure(wide, high)
    axes = figure.add_axes((0.85 / wide, 0.6 / high, 5.35 / wide, 1 - 0.75 / high))
    bare(axes)
    on_front = sorted((d for d in designs if d.on_front), key=lambda d: d.hours)
    axes.plot(
        [d.hours for d in on_front], [d.regret * scale for d in on_front], color=COLOURS[1], linewidth=1.0
    )  # fmt: skip
    for design in designs:
        colour = COLOURS[1] if design.on_front else GREY
        axes.plot(
            [design.hours] * 2,
            [design.low * scale, design.high * scale],
            color=colour,
            linewidth=0.8,
        )
        axes.plot(
            design.hours, design.regret * scale, "o", color=colour, markersize=6,
            markerfacecolor=colour if design.on_front else "white",
        )  # fmt: skip
    for place, design in enumerate(on_front, start=1):
        axes.annotate(
            str(place), (design.hours, design.regret * scale), xytext=(5, 5),
            textcoords="offset points", fontsize=SMALL, color=INK,
        )  # fmt: skip
    unit = phrase("points", lang) if is_percent(metric.unit) else unit_words(metric.unit, lang)
    axes.set_ylabel(_WORDS["regret"][here].format(unit=unit), fontsize=SMALL, color=GREY)
    axes.set_xlabel(_WORDS["hours"][here], fontsize=SMALL, color=GREY)
    axes.xaxis.set_major_formatter(lambda value, _: number(value, lang))
    axes.yaxis.set_major_formatter(lambda value, _: tick(value, lang))
    listed = "; ".join(f"{n} {shorten(d.name, 70)}" for n, d in enumerate(on_front, start=1))
    called = metric.nl if here else metric.en
    title = _WORDS["title"][here].format(name=called[:1].upper() + called[1:])
    return save(
        figure, folder, name, title=title, alt=f"{title}. {listed}.",
        caption=_WORDS["caption"][here].format(worlds=designs[0].worlds, listed=f"{listed}."),
    )  # fmt: skip
