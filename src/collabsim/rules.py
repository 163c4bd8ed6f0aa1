"""Ground rules: what parties have agreed to do in a situation, and who knows of it.

A rule is no law. It lives in the people who know it, by layer of each organisation, and does
nothing but add to doing what it asks, where its situation occurs.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType
from typing import Annotated

from collabsim.organisations import LAYERS
from collabsim.rows import Noun, Number, Switch, rows


class Rule(IntEnum):
    """The rules that can be agreed; their names are those of the levers in ``rules``."""

    SHARED_OWNERSHIP = 0
    TIMELY_COMMUNICATION = 1
    WORKING_FROM_THE_TASK = 2
    SEEKING_EACH_OTHER_OUT = 3
    INCLUDING_THE_OUTER_RING = 4
    AGREEMENTS_ON_CONTENT = 5


@dataclass(frozen=True, slots=True)
class GroundRule:
    """What a rule is about.

    Attributes:
        rule: its number.
        en: name in English.
        nl: name in Dutch.
        situation: when it asks something.
        response: what it asks.

    """

    rule: Rule
    en: str
    nl: str
    situation: str
    response: str


RULES: Mapping[str, GroundRule] = MappingProxyType({
    g.rule.name.lower(): g
    for g in (
        GroundRule(Rule.SHARED_OWNERSHIP, "shared ownership", "gedeeld eigenaarschap",
                   "whoever looks for help with a need finds nobody, or has no time",
                   "another party of the case looks on"),
        GroundRule(Rule.TIMELY_COMMUNICATION, "timely communication", "tijdige communicatie",
                   "a promise will not be met when it is due", "announce it"),
        GroundRule(Rule.WORKING_FROM_THE_TASK, "working from the task", "opgavegericht werken",
                   "a decision about a case", "let the resident's need weigh"),
        GroundRule(Rule.SEEKING_EACH_OTHER_OUT, "seek each other out when trouble looms",
                   "elkaar opzoeken als er gedoe dreigt",
                   "a month in which the other held back or broke its word", "have a talk"),
        GroundRule(Rule.INCLUDING_THE_OUTER_RING, "include the outer ring",
                   "de buitenring includeren",
                   "choosing whom to ask for help", "let habit count for less"),
        GroundRule(Rule.AGREEMENTS_ON_CONTENT, "agreements on content", "afspraken over inhoud",
                   "a pledge made at the table is called on", "honour it"),
    )
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnRule:
    """A ground rule of the user's own, in the place of the rule of one situation.

    Attributes:
        name: as ``rules.own`` names it.
        en: name in English.
        nl: name in Dutch.
        source: who describes it.
        situation: the rule of the package whose situation it shares.
        response: from how alive it is in who decides, 0 to 1, to what it adds to doing what it
            asks, in hours per hour; the package's own rules add ``rules.weight`` times as alive.

    """

    name: str
    en: str
    nl: str
    source: str
    situation: Rule
    response: Callable[[float], float]


#: Rules of the user's own, for as long as the file is in use; see ``collabsim.own``.
OWN_RULES: dict[str, OwnRule] = {}

#: Equal steps from unknown to fully alive at which a response is worked out before a run.
STEPS = 100


class Responses(Noun):
    """What the rules of the user's own add: one row for every ``Rule``."""

    own: Switch
    """Whether one of the user's own is in its place."""
    adds: Annotated[Number, STEPS + 1]
    """What it adds, in hours per hour, at each of ``STEPS`` from unknown to fully alive."""


def responses_of(names: Iterable[str]) -> Responses:
    """The responses of the user's own rules that are agreed."""
    responses = rows(Responses, len(Rule))
    for own in (OWN_RULES[name] for name in names):
        responses.own[own.situation] = True
        responses.adds[own.situation] = [own.response(step / STEPS) for step in range(STEPS + 1)]
    return responses


class Known(Noun):
    """How alive the rules are: one row for every organisation and layer."""

    salience: Annotated[Number, len(Rule)]
    """By ``Rule``, 0 unknown to 1 fully alive."""


def no_rules(count: int) -> Known:
    """Nobody knows of any rule."""
    return rows(Known, count, len(LAYERS))
