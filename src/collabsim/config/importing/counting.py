"""How many answers of a survey were given, hold for the other side too, or are drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collabsim.config.importing.survey import ANSWERS

#: Knowing and meeting are between two: what one of them says holds for both, see ``given_ties``.
BETWEEN_TWO = ("knows", "meets")


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to one question, of each organisation about each other one.

    Attributes:
        given: answers in the survey.
        taken_over: answers that the other side gave, where these hold for both.
        drawn: answers that nobody gave; each replicate draws them.

    """

    given: int
    taken_over: int
    drawn: int

    @property
    def all(self) -> int:
        """All answers that there can be."""
        return self.given + self.taken_over + self.drawn


def answers_counted(
    ties: Sequence[Mapping[str, str | float]], organisations: int
) -> dict[str, Answers]:
    """Count the answers to each question that anybody answered."""
    counted = {}
    for question in ANSWERS:
        given = {(tie["who"], tie["whom"]) for tie in ties if question in tie}
        if not given:
            continue
        other_side = {(whom, who) for who, whom in given} - given
        taken_over = len(other_side) if question in BETWEEN_TWO else 0
        drawn = organisations * (organisations - 1) - len(given) - taken_over
        counted[question] = Answers(len(given), taken_over, drawn)
    return counted


def pairs_answered(ties: Sequence[Mapping[str, str | float]]) -> int:
    """Of how many pairs at least one answered, about anything."""
    return len({frozenset((tie["who"], tie["whom"])) for tie in ties})
