"""The figures of saved results: which ones are drawn, and from which columns."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from collabsim.analysis.groups import GROUPS
from collabsim.analysis.shown import pictured
from collabsim.analysis.verdict import WholeVerdict
from collabsim.analysis.wording import Lang
from collabsim.experiments.folders import OutputError, reason
from collabsim.experiments.helper import Helper
from collabsim.experiments.runs import PICTURED
from collabsim.experiments.store import Results
from collabsim.figures import (
    Declaration,
    NetworkView,
    Picture,
    differences,
    drawn,
    hours,
    network,
    paths,
)
from collabsim.metrics import METRICS
from collabsim.phrases import Phrase
from collabsim.series import SERIES

if TYPE_CHECKING:
    import pandas as pd


def draw(
    results: Results,
    lang: Lang,
    verdict: WholeVerdict | None = None,
    helper: Helper | None = None,
) -> list[Picture]:
    """Draw what there is to draw, into the folder ``figures`` of the results.

    Args:
        results: saved results of one scenario or more.
        lang: "en" or "nl".
        verdict: on scenarios against the first; None for a single scenario.
        helper: a second process to draw in; None draws everything in this one.

    Raises:
        OutputError: the figures cannot be written.

    """
    folder = results.folder / "figures"
    series = {name: results.paths(name) for name in results.scenarios}
    series = {name: arrays for name, arrays in series.items() if arrays}
    views = {name: view for name in series if (view := network_view(results, name)) is not None}
    declared, outcomes = declared_series(), declared_outcomes()
    # In two processes, the middle two are drawn in one and the others in the other.
    work: list[Callable[[], Picture]] = []
    if series:
        work.append(partial(paths, series, declared, folder, lang=lang))
    if views:
        work.append(partial(network, views, folder, lang=lang))
    if verdict is not None and series:
        payments = [payment for payment in verdict.payments if payment.group in GROUPS]
        if payments:
            work.append(partial(hours, payments, folder, lang=lang))
        shown = pictured(verdict.comparisons)
        work.append(
            partial(differences, verdict.comparisons, outcomes, folder, outcomes=shown, lang=lang)
        )
    try:
        folder.mkdir(exist_ok=True)
        figures = [partial(drawn, figure) for figure in work]
        return [figure() for figure in figures] if helper is None else helper.do(figures)
    except OSError as error:
        raise OutputError(
            Phrase(
                f"{folder}: the figures could not be written ({reason(error)}); "
                "make room, and run it again in another folder",
                f"{folder}: de figuren konden niet worden geschreven ({reason(error)}); "
                "maak ruimte, en begin opnieuw in een andere map",
            )
        ) from error


def declared_series() -> dict[str, Declaration]:
    """What figures say of every path."""
    return {name: Declaration(path.en, path.nl, path.unit) for name, path in SERIES.items()}


def declared_outcomes() -> dict[str, Declaration]:
    """What figures say of every outcome."""
    return {
        name: Declaration(metric.en, metric.nl, metric.unit, metric.direction, metric.matters)
        for name, metric in METRICS.items()
    }


def network_view(results: Results, scenario: str) -> NetworkView | None:
    """Who helped whom in the last year of the replicate that is pictured; None if it failed."""
    who = _pictured(results.organisations, scenario)
    if not len(who):
        return None
    view = view_of(who, _pictured(results.ties, scenario))
    everybody = results.organisations[results.organisations["scenario"] == scenario]
    rings = everybody.groupby("replicate")["inner_ring"].any()
    return replace(view, found=(int(rings.sum()), len(rings)))


def view_of(who: "pd.DataFrame", ties: "pd.DataFrame") -> NetworkView:
    """Who helped whom in the last year of one run, from its tables of organisations and ties."""
    row = {name: number for number, name in enumerate(who["organisation"])}
    helped = np.zeros((len(row), len(row)))
    if len(ties):
        last = ties[ties["year"] == ties["year"].max()]
        asker, asked = (last[column].map(row).to_numpy() for column in ("asker", "asked"))
        helped[asker, asked] = last["accepted"]
    return NetworkView(
        ids=tuple(row),
        kinds=tuple(who["kind"]),
        inner=who["inner_ring"].to_numpy(dtype=np.bool_),
        seated=who["seat_months"].to_numpy() > 0,
        helped=helped,
    )


def _pictured(table: "pd.DataFrame", scenario: str) -> "pd.DataFrame":
    """The rows of a scenario in the replicate that is pictured."""
    return table[(table["scenario"] == scenario) & (table["replicate"] == PICTURED)]
