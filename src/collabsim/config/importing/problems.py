"""What is wrong in a table that somebody filled in: where, what, the rule and the repair, all at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from collabsim.config.errors import ConfigError, Place

#: Problems told one by one; more are counted.
MOST_TOLD = 20
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a table that cannot be used.

    Attributes:
        file: name of the file.
        row: row of the sheet, counted from 1, the header included; None for the file as a whole.
        found: what stands there, in words.
        repair: the rule, and what to do.
        column: name of the column; "" where the whole row is meant.

    """

    file: str
    row: int | None
    found: str
    repair: str
    column: str = ""

    def __str__(self) -> str:
        """Say it in one line."""
        place = self.file
        if self.row is not None:
            place += f", row {self.row}"
        if self.column:
            place += f", column {self.column}"
        return f"{place}: {self.found}; {self.repair}"


class ImportProblemsError(ConfigError):
    """Tables that cannot be used as they are; the message tells every problem, row by row.

    Attributes:
        problems: all of them.

    """

    def __init__(self, problems: Sequence[Problem], usable: int) -> None:
        first = problems[0]
        super().__init__(
            first.found,
            rule=first.repair,
            repair=first.repair,
            place=Place(first.file, first.row),
            key=first.column,
            more=len(problems) - 1,
        )
        self.problems = tuple(problems)
        lines = [str(problem) for problem in problems[:MOST_TOLD]]
        if len(problems) > MOST_TOLD:
            lines.append(f"and {len(problems) - MOST_TOLD} more")
        if usable:
            lines.append(
                f"nothing is written; repair this, or add --keep-valid to go on with the {usable} rows "
                "that can be used"
            )
        self.text = "\n".join(lines)

    def __str__(self) -> str:
        """Tell them all."""
        return self.text

    def as_dict(self) -> dict[str, object]:
        """The same for machines."""
        listed = [
            {"file": p.file, "row": p.row, "column": p.column, "found": p.found, "repair": p.repair}
            for p in self.problems
        ]
        return {"message": self.text, "problems": listed}


def quoted(value: object) -> str:
    """A value as it is shown in a message: short, and in one line."""
    text = " ".join(str(value).split())
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")
