"""Why the model contradicts a claim: figures from the record of events of both sides.

The words are written by hand, in ``experiments/claims/explanations.yaml``; every number in them is a
place like ``{of[promise_ended.broken]:,.0f}``, filled in from the record.
"""

import math
import string
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import Field

from collabsim.analysis.wording import Lang
from collabsim.claims.arms import SEED, Cell
from collabsim.claims.claim import Text
from collabsim.config.contents import content_of, decoded
from collabsim.config.errors import ConfigError, Place
from collabsim.config.validation import checked_group
from collabsim.config.yaml_reading import read_text
from collabsim.events import NOBODY_ELSE, Event, Reason
from collabsim.experiments.columns import organisation_columns
from collabsim.model import CollaborationModel
from collabsim.parameters import Scenario
from collabsim.parameters.declaring import Group

EXPLANATIONS = "explanations.yaml"
#: Runs of each side of which the record is read.
RECORDS = 2

#: Figures of both sides of a claim, by name.
type Figures = Mapping[str, Mapping[str, float]]


class Explanation(Group):
    """Why the model says so, in two languages."""

    NL: ClassVar[str] = "Waarom het model dat zegt."

    claim: Text
    en: str = Field(min_length=1, max_length=4000)
    nl: str = Field(min_length=1, max_length=4000)


class ExplanationsFile(Group):
    """What the file of explanations holds."""

    NL: ClassVar[str] = "De inhoud van het bestand met verklaringen."

    schema_version: Literal[1] = Field(default=1, alias="schema")
    explanations: tuple[Explanation, ...] = Field(default=(), strict=False)


def load_explanations(folder: Path) -> dict[str, Explanation]:
    """Explanations by claim; none where there is no file.

    Raises:
        ConfigError: the file cannot be used.

    """
    file = folder / EXPLANATIONS
    if not file.exists():
        return {}
    place = Place(str(file))
    root = read_text(decoded(content_of(file, place), place), place)
    content = checked_group(root, ExplanationsFile)
    return {explanation.claim: explanation for explanation in content.explanations}


def figures_of(cell: Cell) -> Figures:
    """Figures of both sides of a claim, means over a few runs with the same luck."""
    arms = {"of": cell.of, "than": cell.than}
    return {
        name: mean_figures([figures(arm.scenario, r) for r in cell.replicates[:RECORDS]])
        for name, arm in arms.items()
        if arm is not None
    }


def mean_figures(runs: Iterable[Mapping[str, float]]) -> dict[str, float]:
    """Each figure over runs; what did not happen in a run counts as none."""
    every = list(runs)
    names = sorted({name for run in every for name in run})
    found = {}
    for name in names:
        known = [value for run in every if math.isfinite(value := run.get(name, 0.0))]
        found[name] = math.fsum(known) / len(known) if known else math.nan
    return found


def figures(scenario: Scenario, replicate: int) -> dict[str, float]:
    """Figures of one run.

    ``event`` and ``event.reason`` are counts a year; ``in_cases`` and ``in_talk`` the share of decisions
    that were to cooperate, in casework and elsewhere; ``hours.layer.purpose`` hours a month of the whole
    region; ``out.outcome`` the outcomes.
    """
    model = CollaborationModel(scenario, seed=SEED, replicate=replicate, trace=True)
    model.run_for(scenario.months)
    own = model.events()
    years = scenario.months / 12.0
    found = {f"out.{name}": value for name, value in model.outcomes().items()}
    for (event, reason), count in Counter(zip(own["event"], own["reason"], strict=True)).items():
        name = Event(event).name.lower()
        found[name] = found.get(name, 0.0) + count / years
        found[f"{name}.{Reason(reason).name.lower()}"] = count / years
    decided = own[own["event"] == Event.DECIDED]
    cooperated = decided["reason"] == Reason.COOPERATED
    in_case = decided["case"] != NOBODY_ELSE
    found["in_cases"], found["in_talk"] = (
        float(cooperated[chosen].mean()) if chosen.any() else 0.0 for chosen in (in_case, ~in_case)
    )
    for name, hours in organisation_columns(model).items():
        if name.startswith("hours."):
            found[name] = float(hours.sum()) / scenario.months
    return found


def told(text: str, figures: Figures, lang: Lang) -> str:
    """An explanation with its figures filled in.

    Raises:
        ConfigError: it names a figure that there is not.

    """
    parts = []
    for before, place, layout, _ in string.Formatter().parse(text):
        parts.append(before)
        if place is not None:
            parts.append(figure(place, layout or "", figures, lang))
    return "".join(parts)


def figure(place: str, layout: str, figures: Figures, lang: Lang) -> str:
    """One figure as it stands in a text: ``of[asked]`` with the layout ``,.0f``."""
    side, _, rest = place.partition("[")
    name = rest.removesuffix("]")
    value: Any = figures.get(side, {}).get(name)
    if value is None:
        raise ConfigError.in_english(
            f"there is no figure {place!r}", rule="figures are of[NAME] and than[NAME]",
            repair=f"use one of: {', '.join(figures.get('of', {}))}", key=place,
        )  # fmt: skip
    text = format(value, layout)
    return text.translate(str.maketrans(",.", ".,")) if lang == "nl" else text
