"""Figures inside the page: drawn by the package's own functions, and made fit to stand in one document."""

import re
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from markupsafe import Markup

from collabsim.analysis.groups import GROUPS
from collabsim.analysis.shown import pictured
from collabsim.analysis.verdict import WholeVerdict
from collabsim.analysis.wording import Lang
from collabsim.cli.pictures import declared_outcomes, declared_series, network_view
from collabsim.config.importing.pseudonyms import in_no_order
from collabsim.config.importing.scenario import between_others
from collabsim.experiments.store import Results
from collabsim.figures import NetworkView, Picture, differences, drawn, hours, network, paths
from collabsim.parameters import Scenario
from collabsim.report.words import word

#: Paths in one figure, so that it fits on a page.
_PATHS = 5
_NAME = re.compile(r'(?<=\bid=")([^"]+)(?=")')
_USED = re.compile(r'(?<=url\(#)([^)]+)(?=\))|(?<=href="#)([^"]+)(?=")')
_HEAD = re.compile(r"^.*?(?=<svg\b)", re.DOTALL)
_METADATA = re.compile(r"<metadata>.*?</metadata>\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure on the page: its markup, and what it shows in words."""

    name: str
    svg: Markup
    alt: str


def figures_of(
    results: Results,
    verdict: WholeVerdict | None,
    lang: Lang,
    labels: Callable[[NetworkView], NetworkView],
) -> Mapping[str, list[Figure]]:
    """All figures, by the section in which they stand.

    Args:
        results: saved results.
        verdict: None for one scenario.
        lang: "en" or "nl".
        labels: what gives organisations the names under which they may be shown.

    """  # fmt: skip
    series = {name: of for name in results.scenarios if (of := results.paths(name))}
    if not series:
        return {}
    names = [name for name in declared_series() if any(name in of for of in series.values())]
    views = {name: labels(v) for name in series if (v := network_view(results, name)) is not None}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        found: dict[str, list[Figure]] = {"course": []}
        for number in range(0, len(names), _PATHS):
            found["course"].append(
                _inline(
                    lambda number=number: paths(  # type: ignore[misc]
                        series, declared_series(), folder, names=names[number : number + _PATHS],
                        lang=lang, name=f"paths{number // _PATHS + 1}",
                    )
                )
            )  # fmt: skip
        if verdict is not None and verdict.comparisons:
            shown = pictured(verdict.comparisons)
            found["differences"] = [
                _inline(
                    lambda: differences(
                        verdict.comparisons, declared_outcomes(), folder, outcomes=shown, lang=lang
                    )
                )
            ]
            paid = [payment for payment in verdict.payments if payment.group in GROUPS]
            if paid:
                found["who"] = [_inline(lambda: hours(paid, folder, lang=lang))]
        if verdict is not None and verdict.held:
            found["held"] = held_figures(verdict, folder, lang)
        if views:
            found["rings"] = [_inline(lambda: network(views, folder, lang=lang))]
    return found


def held_figures(verdict: WholeVerdict, folder: Path, lang: Lang) -> list[Figure]:
    """Every world examined, for each scenario but the first."""
    from collabsim.figures.robustness import differences_by_world

    found = []
    for number, outcomes in enumerate((verdict.held or {}).values(), start=1):
        examined = [examination.robustness for examination in outcomes.values()]
        figure = _inline(
            lambda examined=examined: differences_by_world(examined, folder, lang),  # type: ignore[misc]
            f"held{number}",
        )
        found.append(figure)
    return found


def _inline(figure: Callable[[], Picture], name: str | None = None) -> Figure:
    """Draw a figure, and make its file a part of a page."""
    picture = drawn(figure)
    name = name or picture.name
    text = picture.svg.read_text(encoding="utf-8")
    return Figure(name, Markup(part_of_page(text, name)), picture.alt)  # noqa: S704 - our own drawing


def part_of_page(svg: str, name: str) -> str:
    """An SVG file as part of a page: no head of a file, nothing to fetch, and names of its own."""
    text = _METADATA.sub("", _HEAD.sub("", svg))
    text = _NAME.sub(rf"{name}-\1", text)
    text = _USED.sub(lambda found: f"{name}-{found.group(1) or found.group(2)}", text)
    text = text.replace("<title>", f'<title id="{name}-title">', 1)
    text = text.replace("<desc>", f'<desc id="{name}-desc">', 1)
    # What the page says of its size, so that it shrinks with the window and on paper.
    text = re.sub(r'(<svg\b[^>]*?) width="[^"]*"', r"\1", text, count=1)
    text = re.sub(r'(<svg\b[^>]*?) height="[^"]*"', r"\1", text, count=1)
    wide = re.search(r'viewBox="0 0 ([\d.]+)', text)
    style = f' style="max-width:{float(wide.group(1)) / 72:.2f}in"' if wide else ""
    return text.replace(
        "<svg ", f'<svg aria-labelledby="{name}-title" aria-describedby="{name}-desc"{style} ', 1
    ).strip()


@dataclass(frozen=True, slots=True)
class Labels:
    """How organisations are called in pictures.

    Attributes:
        lang: "en" or "nl".
        names: whether organisations keep the names that the config gives them.
        connector: whether those in the background do too, and so all others of their kind.
        hidden: names of those in the background.

    """

    lang: Lang
    names: bool
    connector: bool
    hidden: frozenset[str]

    @classmethod
    def of(
        cls, scenarios: Sequence[Scenario], lang: Lang, *, names: bool, connector: bool
    ) -> "Labels":
        """Labels for the organisations of scenarios.

        In the background are those that all know, and who stands between most others in a survey.
        """
        hidden = {
            one.id
            for scenario in scenarios
            for one in scenario.region.organisations
            if one.well_known
        }
        for scenario in scenarios:
            ties = [tie.model_dump(exclude_none=True) for tie in scenario.region.ties]
            hidden |= {name for name in (between_others(ties),) if name is not None}
        return cls(lang, names, connector, frozenset(hidden))

    def __call__(self, view: NetworkView) -> NetworkView:
        """A network with the names that may be shown."""
        kinds = dict(zip(view.ids, view.kinds, strict=True))
        # One number among names would point out whose it is.
        numbered = {kind for name, kind in kinds.items() if name in self.hidden}
        counts: dict[str, int] = {}
        # As many digits for each, so that they stand in the order of their numbers.
        digits = len(str(len(view.ids)))
        labels = {}
        for name in in_no_order(view.ids):
            kind = kinds[name]
            counts[kind] = counts.get(kind, 0) + 1
            named = self.names and (self.connector or kind not in numbered)
            labels[name] = name if named else f"{word(kind, self.lang)} {counts[kind]:0{digits}d}"
        return replace(view, ids=tuple(labels[name] for name in view.ids))
