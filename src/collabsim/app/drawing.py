"""Figures for the page, drawn one at a time in the background and kept while they are true."""

import base64
import tempfile
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from collabsim.analysis.groups import GROUPS
from collabsim.analysis.shown import pictured
from collabsim.analysis.wording import Lang
from collabsim.app import findings
from collabsim.app.answer import Answer
from collabsim.figures import Declaration, Picture, differences, drawn, hours, network, paths
from collabsim.figures.robustness import differences_by_world
from collabsim.metrics import METRICS
from collabsim.series import SERIES

type Numbers = NDArray[np.float64]

#: The second and the third scenario under other assumptions.
ELSEWHERE = ("assumptions", "assumptions of the third")
#: What can be drawn.
KINDS = ("paths", "differences", "hours", "network", *ELSEWHERE)
#: Matplotlib's settings are those of the whole process.
PENCIL = threading.Lock()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure as the page shows it.

    Attributes:
        png: the picture.
        alt: what it shows, for who cannot see it.
        caption: what bands, dots and lines are.

    """

    png: bytes
    alt: str
    caption: str

    @property
    def address(self) -> str:
        """The picture as an address that needs no request."""
        return f"data:image/png;base64,{base64.b64encode(self.png).decode()}"


def figure_of(kind: str, answer: Answer, lang: Lang, folder: Path) -> Callable[[], Picture] | None:
    """Give what draws a figure; None where there is nothing to draw.

    Args:
        kind: one of ``KINDS``.
        answer: what to draw.
        lang: "en" or "nl".
        folder: where the files go.

    """
    verdict = answer.verdict
    if kind == "paths" and (courses := known_courses(answer)):
        declared = {name: Declaration(path.en, path.nl, path.unit) for name, path in SERIES.items()}
        return partial(paths, courses, declared, folder, lang=lang)
    if kind == "differences" and verdict.comparisons:
        shown = pictured(verdict.comparisons)
        return partial(differences, verdict.comparisons, METRICS, folder, outcomes=shown, lang=lang)
    if kind in ELSEWHERE and verdict.held:
        outcomes = list(verdict.held.values())[ELSEWHERE.index(kind)]
        found = [examination.robustness for examination in outcomes.values()]
        return partial(differences_by_world, found, folder, lang)
    if kind == "hours":
        payments = [payment for payment in verdict.payments if payment.group in GROUPS]
        return partial(hours, payments, folder, lang=lang) if payments else None
    if kind == "network" and (views := findings.networks(answer)):
        return partial(network, views, folder, lang=lang)
    return None


def known_courses(answer: Answer) -> dict[str, dict[str, Numbers]]:
    """Give per scenario and series the values [runs that are done, months]."""
    done = {
        name: np.array([
            result.status == "done" for result in answer.results if result.scenario == name
        ])
        for name in answer.wish.names
    }  # fmt: skip
    return {
        name: {key: values[done[name]] for key, values in series.items()}
        for name, series in answer.evidence.series.items()
        if done[name].any()
    }


def subject(kind: str, answer: Answer) -> object:
    """The part of an answer that a figure is of; as long as it is the same, the figure is true."""
    return answer.held if kind in ELSEWHERE else answer.results


def kinds_of(view: str, answer: Answer | None) -> tuple[str, ...]:
    """The figures that a view shows of an answer."""
    if answer is None:
        return ()
    if view == "assumptions":
        return ELSEWHERE[: 0 if answer.held is None else len(answer.held.found)]
    return (view,) if view in KINDS else ()


class Drawings:
    """The figures of one session: the newest of each kind and language."""

    def __init__(self) -> None:
        self._drawn: dict[tuple[str, Lang], tuple[object, Drawing | None]] = {}
        self._busy: set[tuple[str, Lang]] = set()
        self._lock = threading.Lock()

    def get(self, kind: str, answer: Answer, lang: Lang) -> tuple[Drawing | None, bool]:
        """Give the newest figure, and whether it is of this answer; draw it if it is not."""
        key = (kind, lang)
        with self._lock:
            of, drawing = self._drawn.get(key, (None, None))
            if of is subject(kind, answer):
                return drawing, True
            if key not in self._busy:
                self._busy.add(key)
                threading.Thread(target=self._draw, args=(key, answer), daemon=True).start()
        return drawing, False

    def is_current(self, kind: str, answer: Answer, lang: Lang) -> bool:
        """Whether a figure is drawn of this answer."""
        with self._lock:
            return self._drawn.get((kind, lang), (None, None))[0] is subject(kind, answer)

    def _draw(self, key: tuple[str, Lang], answer: Answer) -> None:
        drawing = None
        try:
            drawing = draw(key[0], answer, key[1])
        finally:
            with self._lock:
                self._drawn[key] = subject(key[0], answer), drawing
                self._busy.discard(key)


def draw(kind: str, answer: Answer, lang: Lang) -> Drawing | None:
    """Draw a figure now; None where there is nothing to draw."""
    with PENCIL, tempfile.TemporaryDirectory() as folder:
        figure = figure_of(kind, answer, lang, Path(folder))
        if figure is None:
            return None
        picture = drawn(figure)
        return Drawing(picture.png.read_bytes(), picture.alt, picture.caption)
