"""What all figures share: colours, marks, a bare axis, the caption, and how they are saved."""

import math
import textwrap
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from collabsim.analysis.wording import Lang, number

# Okabe and Ito (2008): told apart with any colour vision; black first, for the reference.
COLOURS = ("#000000", "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
MARKS = ("o", "s", "D", "^", "v", "P", "X")
INK, GREY, PALE = "#222222", "#767676", "#E6E6E6"
SMALL, TEXT, HEAD = 7.5, 9.0, 11.0
_PIXELS_PER_INCH = 160
_CAPTION_INCH = 0.145
_LETTERS_PER_INCH = 17


@dataclass(frozen=True, slots=True)
class Picture:
    """A saved figure.

    Attributes:
        name: what it is called, and its files without ending.
        svg: the vector file; it carries ``alt`` as its description.
        png: the pixel file.
        alt: what it shows, in one or two sentences for who cannot see it.
        caption: what stands below it: what the bands, dots and lines are.

    """

    name: str
    svg: Path
    png: Path
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """What figures say of an outcome or a series, without what computes it.

    Attributes:
        en: name in English.
        nl: name in Dutch.
        unit: unit in words.
        direction: 1 more is better, -1 less is better, 0 neither.
        matters: smallest difference that matters, in the unit.

    """

    en: str
    nl: str
    unit: str
    direction: int = 0
    matters: float = 0.0


def drawn(figure: Callable[[], Picture]) -> Picture:
    """Draw a figure with the settings that names from configs ask for."""
    # A dollar sign in a name is no formula, and any alphabet will do.
    with mpl.rc_context({"text.parse_math": False}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        return figure()


def new_figure(width: float, height: float) -> Figure:
    """Make a figure of so many inches that no global state knows of."""
    figure = Figure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def bare(axes: Axes) -> None:
    """Leave an axis only what carries information."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GREY)
    axes.tick_params(colors=INK, labelsize=SMALL, length=3, color=GREY)
    axes.set_axisbelow(True)


def colour(number: int) -> str:
    """Colour of the scenario with this number; they repeat after seven."""
    return COLOURS[number % len(COLOURS)]


def mark(number: int) -> str:
    """Mark of the scenario with this number; they repeat after seven."""
    return MARKS[number % len(MARKS)]


def key(figure: Figure, bottom: float, top: float, handles: list[Line2D], columns: int) -> None:
    """Explain marks in a strip over the width of a figure, between two heights (0 to 1)."""
    strip = figure.add_axes((0.0, bottom, 1.0, top - bottom))
    strip.set_axis_off()
    strip.legend(
        handles=handles, loc="center", ncols=columns, frameon=False, fontsize=SMALL, borderpad=0
    )


def tick(value: float, lang: Lang, *, signed: bool = False) -> str:
    """Write a number on an axis in the language, with as many digits as it has."""
    decimals = next((d for d in range(4) if math.isclose(round(value, d), value, abs_tol=1e-9)), 4)
    return number(value, lang, decimals, signed=signed)


def wrapped(text: str, width: int) -> str:
    """Text in lines of at most so many characters."""
    return "\n".join(textwrap.wrap(text, width)) or text


def shorten(text: str, length: int) -> str:
    """Text of at most so many characters, with an ellipsis where something is left out."""
    return text if len(text) <= length else f"{text[: length - 1]}\N{HORIZONTAL ELLIPSIS}"


def save(figure: Figure, folder: Path, name: str, *, title: str, alt: str, caption: str) -> Picture:
    """Write title and caption on a figure and save it as ``name``.svg and ``name``.png.

    Title and caption get room of their own above and below what was drawn. Neither a date nor
    a version goes into the files, and the names inside the SVG follow from its content.
    """
    width, height = figure.get_size_inches()
    lines = wrapped(caption, int(width * _LETTERS_PER_INCH)).count("\n") + 1
    above, below = 0.42, 0.2 + lines * _CAPTION_INCH
    whole = height + above + below
    figure.set_size_inches(width, whole)
    for axes in figure.axes:
        left, bottom, wide, high = axes.get_position().bounds
        axes.set_position((left, (bottom * height + below) / whole, wide, high * height / whole))
    figure.text(
        0.12 / width, 1 - 0.12 / whole, title, fontsize=HEAD, weight="bold", color=INK, va="top"
    )
    figure.text(
        0.12 / width,
        0.1 / whole,
        wrapped(caption, int(width * _LETTERS_PER_INCH)),
        fontsize=SMALL,
        color=GREY,
        va="bottom",
        linespacing=1.3,
    )
    folder.mkdir(parents=True, exist_ok=True)
    svg, png = folder / f"{name}.svg", folder / f"{name}.png"
    with mpl.rc_context(
        {
            "svg.hashsalt": f"collabsim {name}",
            "svg.fonttype": "none",
            # Fitting letters to pixels spaces small ones unevenly, and takes a tenth of the time.
            "text.hinting": "no_hinting",
        }
    ):
        figure.savefig(svg, metadata={"Date": None, "Creator": None, "Title": title})
        figure.savefig(png, dpi=_PIXELS_PER_INCH, metadata={"Software": None, "Description": alt})
    _describe(svg, title, alt)
    return Picture(name, svg, png, alt, caption)


def _describe(svg: Path, title: str, alt: str) -> None:
    """Put the description where screen readers look for it."""
    text = svg.read_text(encoding="utf-8")
    heading = f"<title>{escape(title)}</title>"
    text = text.replace(heading, f"{heading}\n <desc>{escape(alt)}</desc>", 1)
    svg.write_text(text.replace("<svg ", '<svg role="img" ', 1), encoding="utf-8")
