"""The parameters as compiled functions read them: the same names, as plain numbers.

Every group of the scenario becomes a record with the same field names, after switched-off groups
have been replaced by their neutral values. In annotations the groups themselves are named, so
that a misspelt parameter is found by the type checker.
"""

import math
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

import numpy as np

from collabsim.compiled import inlined
from collabsim.config.timeline import changed
from collabsim.organisations import LAYERS
from collabsim.parameters import Scenario
from collabsim.parameters.attention import Attention
from collabsim.parameters.casework import Casework
from collabsim.parameters.choice import Choice
from collabsim.parameters.connector import Connector
from collabsim.parameters.cooperation import Cooperation
from collabsim.parameters.declaring import Group
from collabsim.parameters.energy import Energy
from collabsim.parameters.exposure import Exposure
from collabsim.parameters.incidents import Incidents
from collabsim.parameters.learning import Learning
from collabsim.parameters.organising import Organising
from collabsim.parameters.people import People
from collabsim.parameters.promises import Promises
from collabsim.parameters.region import Commissioning
from collabsim.parameters.rules import Rules
from collabsim.parameters.sessions import Sessions
from collabsim.parameters.tables import Table
from collabsim.parameters.third_parties import ThirdParties
from collabsim.parameters.word import Word
from collabsim.remembering import once_for_each
from collabsim.rows import Noun, Number, Row, rows
from collabsim.rules import OWN_RULES, Responses, responses_of

#: Stands in for the logarithm of nothing, so that no time at a rate of 1 still changes nothing.
LEAVES_NOTHING = -700.0
TYPES = {int: "i8", float: "f8", bool: "?"}


@inlined
def log_stays(rate: float) -> float:
    """Logarithm of what a step of ``rate`` leaves; a rate of 1 leaves next to nothing."""
    return math.log(1.0 - rate) if rate < 1.0 else LEAVES_NOTHING


@lru_cache(maxsize=1024)
def as_record(group: Group, **also: float) -> Any:  # noqa: ANN401 - a record of any group
    """The plain fields of ``group`` as a record, and numbers ``also`` derived from elsewhere.

    A named choice becomes its number in the list of choices. Equal groups share one record, which
    nobody writes to; making one takes as long as some months of a small region.
    """
    effective = group.effective()
    columns, values = [], []
    for name, field in type(group).model_fields.items():
        annotation, value = field.annotation, getattr(effective, name)
        if get_origin(annotation) is Literal:
            annotation, value = int, get_args(annotation).index(value)
        if annotation in TYPES and name != "enabled":
            columns.append((name, TYPES[annotation]))
            values.append(value)
    columns += [(name, TYPES[type(number)]) for name, number in also.items()]
    values += also.values()
    return np.array([tuple(values)], dtype=np.dtype((Row, np.dtype(columns, align=True))))[0]


def monthly_chance(per_year: float) -> float:
    """Chance of leaving within a month that gives ``per_year`` within a year; 1 stays 1."""
    return 1.0 if per_year >= 1.0 else 1.0 - (1.0 - per_year) ** (1.0 / 12.0)


class Leaving(Noun):
    """Chance of leaving within a month, one row per kind of organisation."""

    monthly: Annotated[Number, 3]
    """By layer."""


def leaving_of(people: People) -> Leaving:
    """Chances per month from the parameters per year."""
    turnover = people.effective().turnover_per_year
    leaving = rows(Leaving, 2)
    for row, kind in enumerate((turnover.municipality, turnover.provider)):
        leaving.monthly[row] = [monthly_chance(getattr(kind, layer)) for layer in LAYERS]
    return leaving


def logarithms(learning: Learning) -> dict[str, float]:
    """Logarithms of what each step of learning leaves; taken once instead of at every tie."""
    p = learning.effective()
    return {
        "log_gain": float(log_stays(p.gain_per_hour)),
        "log_loss": float(log_stays(p.loss_per_hour)),
        "log_kept": float(log_stays(p.kept_gain)),
        "log_late": float(log_stays(p.late_loss)),
        "log_broken": float(log_stays(p.broken_loss)),
        "log_ceiling": float(log_stays(p.ceiling_drop)),
        "log_grieved": float(log_stays(p.grievance_per_hour)),
        "log_wronged": float(log_stays(p.grievance_per_broken)),
    }


def with_own(rules: Rules) -> Rules:
    """The rules, with those switched on in whose place there is one of the user's own."""
    return rules.model_copy(
        update={OWN_RULES[name].situation.name.lower(): True for name in rules.own}
    )


class CaseworkSettings(Casework):
    """Casework, and what follows from the region."""

    field_count: int
    """Number of fields of help."""


class LearningSettings(Learning):
    """Learning, and the logarithms of what each step leaves."""

    log_gain: float
    log_loss: float
    log_kept: float
    log_late: float
    log_broken: float
    log_ceiling: float
    log_grieved: float
    log_wronged: float


class TableSettings(Table):
    """The table, and how fast seats change hands."""

    rotation_share: float
    """Share of the seats that changes hands each year."""


class Settings(NamedTuple):
    """All parameters that the month reads, by group."""

    leaving: Leaving
    people: People
    commissioning: Commissioning
    attention: Attention
    choice: Choice
    cooperation: Cooperation
    promises: Promises
    casework: CaseworkSettings
    learning: LearningSettings
    exposure: Exposure
    word: Word
    table: TableSettings
    sessions: Sessions
    rules: Rules
    responses: Responses
    third_parties: ThirdParties
    connector: Connector
    energy: Energy
    organising: Organising
    incidents: Incidents


def settings_of(scenario: Scenario) -> Settings:
    """The settings of a scenario, before any entry of its timeline."""
    s = scenario
    return Settings(
        leaving=leaving_of(s.people),
        people=as_record(s.people),
        commissioning=as_record(s.commissioning),
        attention=as_record(s.attention),
        choice=as_record(s.choice),
        cooperation=as_record(s.cooperation),
        promises=as_record(s.promises),
        casework=as_record(s.casework, field_count=len(s.region.fields)),
        learning=as_record(s.learning, **logarithms(s.learning)),
        exposure=as_record(s.exposure),
        word=as_record(s.word),
        table=as_record(s.table, rotation_share=s.table.rotation.share_per_year),
        sessions=as_record(s.sessions),
        rules=as_record(with_own(s.rules)),
        responses=responses_of(s.rules.own),
        third_parties=as_record(s.third_parties),
        connector=as_record(s.connector),
        energy=as_record(s.energy),
        organising=as_record(s.organising),
        incidents=as_record(s.incidents),
    )


def settled_at(scenario: Scenario, month: int) -> Scenario:
    """The scenario as the timeline has changed it by the start of ``month``."""
    passed = [settled for first, settled in _changed_from(scenario) if first <= month]
    return passed[-1] if passed else scenario


@once_for_each
def _changed_from(scenario: Scenario) -> tuple[tuple[int, Scenario], ...]:
    """From which month on a scenario is what, in their order; checking a change takes a while."""
    found, settled = [], scenario
    for change in sorted(scenario.timeline, key=lambda change: change.month):
        for path, value in change.set.items():
            settled = changed(settled, path, value)
        found.append((change.month, settled))
    return tuple(found)
