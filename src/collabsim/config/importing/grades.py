"""Six grades from 1 to 10 by one or many respondents: their means, and how far they lie apart."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from collabsim.config.importing.numbers import number_in
from collabsim.config.importing.problems import Problem, quoted, summing_up
from collabsim.config.importing.tables import Row, Table, doubled
from collabsim.config.importing.words import GRADES, HEADERS, columns, plain, sums_up
from collabsim.parameters.grades import HIGHEST, LOWEST
from collabsim.phrases import Phrase

#: Columns of a row a respondent, and of a row a grade.
RESPONDENTS, LISTED = ("respondent", *GRADES), ("condition", "grade")


@dataclass(frozen=True, slots=True)
class GradesGiven:
    """What respondents gave.

    Attributes:
        means: by grade, in the order of ``GRADES``; those that nobody gave are left out.
        spreads: standard deviation between respondents; NaN of one.
        respondents: how many gave each.
        used: rows of which something was used.
        problems: what could not be used.
        set_aside: rows that sum up others.

    """

    means: Mapping[str, float]
    spreads: Mapping[str, float]
    respondents: Mapping[str, int]
    used: int
    problems: tuple[Problem, ...]
    set_aside: tuple[Problem, ...]


def read_grades(table: Table) -> GradesGiven:
    """Read grades, a row a respondent, or a row a grade (condition, grade)."""
    found = columns(table.headers, RESPONDENTS)
    names = [name for name in GRADES if name in found]
    listed = columns(table.headers, LISTED)
    problems: list[Problem] = list(doubled(table, found if names else listed))
    set_aside: list[Problem] = []
    graded = {found[name].header for name in names}
    given: dict[str, list[float]] = {name: [] for name in GRADES}
    used = set()
    if not names and len(listed) < len(LISTED):
        wanted, gevraagd = (", ".join(HEADERS[name][here] for name in GRADES) for here in (0, 1))
        headers = quoted(", ".join(table.headers))
        problems.append(
            Problem(
                table.file,
                None,
                Phrase(
                    f"no column of grades among {headers}", f"geen kolom met cijfers bij {headers}"
                ),
                Phrase(
                    f"call the columns {wanted}, in English or Dutch, as in the template",
                    f"noem de kolommen {gevraagd}, zoals in het sjabloon",
                ),
                shows=(", ".join(table.headers),),
            )
        )
    for row in table.rows:
        sums = [
            header for header, text in row.cells.items() if header not in graded and sums_up(text)
        ]
        if sums:
            text, column = row.cells[sums[0]], sums[0]
            set_aside.append(summing_up(table.file, row.number, text, column))
            continue
        if names:
            cells = [(name, found[name].header) for name in names]
        elif len(listed) == len(LISTED):
            text = row.cells[listed["condition"].header]
            which = next((name for name in GRADES if plain(text) in HEADERS[name]), None)
            if which is None:
                problems.append(
                    Problem(
                        table.file,
                        row.number,
                        Phrase(
                            f"{quoted(text)} is none of the six",
                            f"{quoted(text)} is geen van de zes",
                        ),
                        Phrase(
                            f"choose from {', '.join(HEADERS[n][0] for n in GRADES)}",
                            f"kies uit {', '.join(HEADERS[n][1] for n in GRADES)}",
                        ),
                        listed["condition"].header,
                        (text,),
                    )
                )
                continue
            cells = [(which, listed["grade"].header)]
        else:
            continue
        for name, header in cells:
            grade = _grade(table, row, header, problems)
            if grade is not None:
                given[name].append(grade)
                used.add(row.number)
    with_some = {name: values for name, values in given.items() if values}
    means = {name: math.fsum(values) / len(values) for name, values in with_some.items()}
    return GradesGiven(
        means,
        {name: _spread(values, means[name]) for name, values in with_some.items()},
        {name: len(values) for name, values in with_some.items()},
        len(used),
        tuple(problems),
        tuple(set_aside),
    )


def _grade(table: Table, row: Row, header: str, problems: list[Problem]) -> float | None:
    """A grade in a cell; None where none is given, or none that can be used."""
    text = row.cells[header]
    if not text:
        return None
    grade = number_in(text, most=HIGHEST)
    if grade is None:
        problems.append(
            Problem(
                table.file,
                row.number,
                Phrase(f"{quoted(text)} is no number", f"{quoted(text)} is geen getal"),
                Phrase(
                    "give a grade from 1 to 10, or leave the cell empty",
                    "geef een cijfer van 1 tot en met 10, of laat de cel leeg",
                ),
                header,
                (text,),
                spoils="cell",
            )
        )
        return None
    if not LOWEST <= grade <= HIGHEST:
        problems.append(
            Problem(
                table.file,
                row.number,
                Phrase(f"the grade is {text}", f"het cijfer is {text}"),
                Phrase(
                    "a grade lies between 1 and 10; correct it, or leave the cell empty",
                    "een cijfer ligt tussen 1 en 10; verbeter het, of laat de cel leeg",
                ),
                header,
                spoils="cell",
            )
        )
        return None
    return grade


def _spread(values: list[float], mean: float) -> float:
    if len(values) < 2:  # noqa: PLR2004 - one respondent has no spread
        return math.nan
    return math.sqrt(math.fsum((v - mean) * (v - mean) for v in values) / (len(values) - 1))
