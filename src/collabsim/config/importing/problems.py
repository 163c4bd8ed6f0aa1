"""What is wrong in a table that somebody filled in: where, what, the rule and the repair, all at once."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from collabsim.analysis.counting import filled
from collabsim.config.errors import ConfigError, Place
from collabsim.config.importing.words import plain, without_names
from collabsim.phrases import Phrase

#: Problems told one by one; more are counted.
MOST_TOLD = 20
_LONGEST = 60
#: What stands for a text of a table where names are not to be read.
_NOT_SHOWN = Phrase("this text", "deze tekst")
#: What several tables ask for in the same words.
GIVE_A_NUMBER = Phrase(
    "give a number, or leave the cell empty", "geef een getal, of laat de cel leeg"
)
SAVE_AS = Phrase(
    "save it as CSV or as Excel workbook (.xlsx)", "bewaar het als CSV of als Excelwerkmap (.xlsx)"
)


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a table that cannot be used.

    Attributes:
        file: name of the file.
        row: row of the sheet, counted from 1, the header included; None for the file as a whole.
        found: what stands there, in words.
        repair: the rule, and what to do.
        column: name of the column; "" where the whole row is meant.
        shows: texts of the table that are told in ``found`` or ``repair`` and may be a name.
        spoils: what cannot be used because of it: the row, only the cell, or all rows from there on.

    """

    file: str
    row: int | None
    found: Phrase
    repair: Phrase
    column: str = ""
    shows: tuple[str, ...] = ()
    spoils: Literal["row", "cell", "rest"] = "row"

    def __str__(self) -> str:
        """Say it in one line."""
        return self.told_in("en")

    def told_in(self, lang: str) -> str:
        """Say it in one line for who reads ``lang``."""
        row, column = ("rij", "kolom") if lang == "nl" else ("row", "column")
        place = self.file
        if self.row is not None:
            place += f", {row} {self.row}"
        if self.column:
            place += f", {column} {self.column}"
        return f"{place}: {self.found.told_in(lang)}; {self.repair.told_in(lang)}"

    def without_names(self, renamed: Mapping[str, str]) -> "Problem":
        """The same for where names are not to be read.

        Args:
            renamed: pseudonyms by name; a text that is no name in it, such as a name that was
                misspelled, is not shown at all.

        """
        pseudonyms = {plain(name): alias for name, alias in renamed.items()}

        def hidden(phrase: Phrase) -> Phrase:
            english, dutch = str(phrase), phrase.nl
            # The longest first: one name may hold another.
            for text in sorted(filter(None, self.shows), key=len, reverse=True):
                alias = pseudonyms.get(plain(text))
                seen = _NOT_SHOWN if alias is None else Phrase(alias, alias)
                for shown in (quoted(text), text):
                    english, dutch = (
                        re.sub(rf"(?<!\w){re.escape(shown)}(?!\w)", instead, told)
                        for told, instead in ((english, str(seen)), (dutch, seen.nl))
                    )
            return Phrase(english, dutch)

        return replace(
            self,
            file=without_names(self.file, renamed),
            column=without_names(self.column, renamed),
            found=hidden(self.found),
            repair=hidden(self.repair),
            shows=(),
        )


class ImportProblemsError(ConfigError):
    """Tables that cannot be used as they are; the message tells every problem, row by row.

    Attributes:
        problems: all of them.

    """

    def __init__(self, problems: Sequence[Problem], usable: int) -> None:
        first = problems[0]
        self.problems, self.usable = tuple(problems), usable
        super().__init__(
            first.found,
            rule=first.repair,
            repair=first.repair,
            place=Place(first.file, first.row),
            key=first.column,
            more=len(problems) - 1,
        )

    def told_in(self, lang: str) -> str:
        """Tell them all for who reads ``lang``, a line each."""
        problems, usable = self.problems, self.usable
        lines = [problem.told_in(lang) for problem in problems[:MOST_TOLD]]
        if len(problems) > MOST_TOLD:
            more = len(problems) - MOST_TOLD
            lines.append(Phrase(f"and {more} more", f"en nog {more}").told_in(lang))
        if usable:
            how = Phrase(
                "nothing is written; repair this, or add --keep-valid to go on with the rows that "
                f"can be used ({usable})",
                "er is niets weggeschreven; herstel dit, of zet er --keep-valid bij om verder te "
                f"gaan met de rijen die wel bruikbaar zijn ({usable})",
            )
            lines.append(how.told_in(lang))
        return "\n".join(lines)

    def __reduce__(self) -> tuple[Any, ...]:
        """Survive the way from a worker process."""
        return type(self), (self.problems, self.usable)

    def as_dict(self) -> dict[str, object]:
        """The same for machines."""
        listed = [
            {"file": p.file, "row": p.row, "column": p.column, "found": p.found, "repair": p.repair}
            for p in self.problems
        ]
        return {"message": str(self), "problems": listed}


class UnreadableError(Exception):
    """A file of which nothing can be used; holds the one problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def summing_up(file: str, row: int, text: str, column: str) -> Problem:
    """Tell that a row sums up others, and is therefore left out."""
    return Problem(
        file,
        row,
        Phrase(
            f"{quoted(text)} sums up or averages other rows",
            f"{quoted(text)} telt andere rijen op of middelt ze",
        ),
        Phrase("this row is left out", "deze rij telt niet mee"),
        column,
    )


def left_out(problems: Sequence[Problem], lang: str) -> str:
    """What was left out because of problems: how many rows, cells and whole tables."""
    placed = [p for p in problems if p.row is not None]
    rows = {(p.file, p.row) for p in placed if p.spoils == "row"}
    cells = {
        (p.file, p.row, p.column)
        for p in placed
        if p.spoils == "cell" and (p.file, p.row) not in rows
    }
    rests = {p.file for p in placed if p.spoils == "rest"}
    tables = {p.file for p in problems if p.row is None}
    counts = (
        (len(rows), Phrase("{count} rows", "{count} rijen")),
        (len(cells), Phrase("{count} cells", "{count} cellen")),
        (
            len(rests),
            Phrase("the last rows of {count} tables", "de laatste rijen van {count} tabellen"),
        ),
        (
            len(tables),
            Phrase(
                "what of {count} tables cannot be used as a whole",
                "wat van {count} tabellen als geheel niet bruikbaar is",
            ),
        ),
    )
    told = [filled(words.told_in(lang), {"count": count}, lang) for count, words in counts if count]
    return (" en " if lang == "nl" else " and ").join(told)


def unreadable(file: str, found: Phrase, repair: Phrase) -> UnreadableError:
    """The error for a file of which nothing can be used."""
    return UnreadableError(Problem(file, None, found, repair))


def quoted(value: object) -> str:
    """A value as it is shown in a message: short, and in one line."""
    text = " ".join(str(value).split())
    return repr(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")
