"""Scenarios side by side, what each sets, and the assumptions behind all of them."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from collabsim.analysis.wording import Lang, number
from collabsim.config import Parameter, dump_yaml, parameters
from collabsim.experiments.identity import parameter_columns
from collabsim.parameters import Scenario
from collabsim.parameters.grades import NOT_GIVEN
from collabsim.reference.choices import CHOICES, choice_words
from collabsim.reference.wording import WORDS as REFERENCE_WORDS
from collabsim.reference.wording import meaning, unit_of
from collabsim.report.words import word

#: Lists that name organisations.
NAMING = ("region.organisations", "region.ties")
#: Instead of a grade, for a value that is not the default.
SET_HERE = "set here"


@dataclass(frozen=True, slots=True)
class Side:
    """A parameter in which scenarios differ, before month 0 or from some month on.

    Attributes:
        path: as in a config.
        meaning: in the language of the report.
        unit: likewise.
        values: one a scenario.

    """

    path: str
    meaning: str
    unit: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """A number behind the scenarios.

    Attributes:
        path, meaning, unit, value: as of ``Side``.
        plausible: what research leaves open.
        known: grade of the default, or ``SET_HERE`` where the scenario has another value: what is
            known of a default says nothing of what somebody put in its place.
        grade: the same in words.
        source: key of its source; "" of what is set here.

    """

    path: str
    meaning: str
    unit: str
    value: str
    plausible: str
    known: str
    grade: str
    source: str


def differing(scenarios: Sequence[Scenario], lang: Lang) -> list[Side]:
    """What differs between scenarios, in the order of the parameters; last what changes on the way."""
    columns = [parameter_columns(scenario) for scenario in scenarios]
    sides = []
    for path in dict.fromkeys(path for column in columns for path in column):
        values = [column.get(path) for column in columns]
        if path not in {"timeline", "comparison"} and _differ(values):
            sides.append(_side(path, values, lang))
    return [*sides, *_changing(scenarios, columns, lang)]


def _side(path: str, values: Sequence[object], lang: Lang) -> Side:
    parameter = parameters().get(path)
    told = [told_value(path, value, lang) for value in values]
    if len(set(told)) == 1 and str(values[0]).startswith("["):
        # Lists as long as each other: how many of their items are not in the first.
        told = [
            f"{text}{_others(values[0], value, lang)}"
            for text, value in zip(told, values, strict=True)
        ]
    return Side(
        path,
        path if parameter is None else meaning(parameter, lang),
        "" if parameter is None else unit_of(parameter, lang),
        tuple(told),
    )


def _others(first: object, value: object, lang: Lang) -> str:
    known = json.loads(str(first))
    count = sum(item not in known for item in json.loads(str(value)))
    return f", {word('others', lang, count=count)}" if count else ""


def _changing(
    scenarios: Sequence[Scenario], columns: Sequence[Mapping[str, Any]], lang: Lang
) -> Iterator[Side]:
    """What timelines change and scenarios do not have alike: what each has from that month on."""
    entries = {
        (change.month, path) for one in scenarios for change in one.timeline for path in change.set
    }
    held = {path: [column.get(path) for column in columns] for _, path in entries}
    for month, path in sorted(entries):
        values = [
            _value_from(month, path, scenario, column)
            for scenario, column in zip(scenarios, columns, strict=True)
        ]
        # That they are alike from here on is told as well, if they were not before.
        told = values != held[path] and (_differ(values) or _differ(held[path]))
        held[path] = values
        if told:
            side = _side(path, values, lang)
            yield replace(side, meaning=word("from month", lang, month=month, what=side.meaning))


def _value_from(month: int, path: str, scenario: Scenario, column: Mapping[str, Any]) -> Any:  # noqa: ANN401
    """The value of a parameter in a month, as it stands in a column."""
    past = [one for one in scenario.timeline if one.month <= month and path in one.set]
    if not past:
        return column.get(path)
    value = max(past, key=lambda one: one.month).set[path]
    return _as_column(value) if isinstance(value, list | tuple) else value


def _as_column(items: Sequence[object]) -> str:
    return json.dumps(list(items), ensure_ascii=False)


def _differ(values: Sequence[object]) -> bool:
    return any(value != values[0] for value in values)


def told_value(path: str, value: object, lang: Lang) -> str:
    """A value of a parameter as it is read: numbers of the language, lists by their length."""
    if isinstance(value, bool):
        return word("yes" if value else "no", lang)
    if isinstance(value, int | float):
        return number(value, lang, _decimals(value))
    if value is None:
        return word("none", lang)
    text = _as_column(value) if isinstance(value, list | tuple) else str(value)
    if path in CHOICES:
        return choice_words(path, text, lang)
    if text.startswith("["):
        items: list[Any] = json.loads(text)
        plain = path not in NAMING and all(isinstance(item, str) for item in items)
        listed = ", ".join(items) if plain else word("items", lang, count=len(items))
        return listed or word("none", lang)
    return text


def _decimals(value: float) -> int:
    """As many digits as a number has, at most six."""
    text = f"{value:.6f}".rstrip("0")
    return len(text.partition(".")[2])


def assumptions(scenario: Scenario, lang: Lang) -> list[Assumption]:
    """Every number that a scenario rests on, with what is known of it."""
    values = parameter_columns(scenario)
    here = lang == "nl"
    found = []
    for path, parameter in parameters().items():
        declared = parameter.declaration
        if declared is None or path not in values or declared.role == "lever":
            continue
        if path.startswith("grades.") and values[path] == NOT_GIVEN:
            continue
        changed = values[path] != parameter.default
        known = SET_HERE if changed else declared.grade
        found.append(
            Assumption(
                path,
                meaning(parameter, lang),
                unit_of(parameter, lang),
                told_value(path, values[path], lang),
                _open(parameter, lang),
                known,
                REFERENCE_WORDS[known][here],
                "" if changed else declared.source,
            )
        )
    return found


def _open(parameter: Parameter, lang: Lang) -> str:
    """What research leaves open, in numbers and words of the language."""
    declared = parameter.declaration
    if declared is None or not declared.plausible:
        return ""
    between = ", " if declared.distribution == "choice" else f" {word('to', lang)} "
    return between.join(told_value(parameter.path, value, lang) for value in declared.plausible)


def counted(rows: Sequence[Assumption]) -> Mapping[str, int]:
    """How many assumptions have each grade, and how many were set."""
    found = Counter(row.known for row in rows)
    return {
        "measured": found["measured"],
        "literature": found["literature"],
        "assumption": found["assumption"],
        "changed": found[SET_HERE],
    }


def without_names(scenario: Scenario) -> str:
    """What a scenario sets, as a config; without organisations and their ties."""
    region = scenario.region.model_copy(update={"organisations": (), "ties": ()})
    return dump_yaml(scenario.model_copy(update={"region": region}))


def names_organisations(scenario: Scenario) -> bool:
    """Whether a scenario names organisations."""
    return bool(scenario.region.organisations or scenario.region.ties)
