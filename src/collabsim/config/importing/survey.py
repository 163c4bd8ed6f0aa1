"""A network survey: who knows, trusts and meets whom, on scales that the headers state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from collabsim.config.importing.numbers import Marks, doubt, in_doubt, marks_in, number_in
from collabsim.config.importing.problems import GIVE_A_NUMBER, Problem, quoted
from collabsim.config.importing.tables import Row, Table, doubled
from collabsim.config.importing.words import HEADERS, Heading, called, columns, nearest, plain
from collabsim.phrases import Phrase

ANSWERS = ("knows", "trusts", "meets")
SURVEYED = ("from", "to", *ANSWERS)
_MOST_MEETINGS = 100.0


@dataclass(frozen=True, slots=True)
class SurveyGiven:
    """What a survey says.

    Attributes:
        ties: as ``region.ties`` takes them: ``who``, ``whom``, and answers put from 0 to 1, or in times
            a month.
        scales: by answer the scale that it was given on; of ``meets`` the times a month of one time.
        answered: who answered, as listed.
        used: rows that were used.
        problems: what could not be used.

    """

    ties: tuple[Mapping[str, str | float], ...]
    scales: Mapping[str, tuple[float, float]]
    answered: tuple[str, ...]
    used: int
    problems: tuple[Problem, ...]


def read_survey(table: Table, names: Sequence[str]) -> SurveyGiven:
    """Read a survey among organisations that are listed under these names."""
    found = columns(table.headers, SURVEYED)
    problems = list(_missing(table, found))
    if problems:
        return SurveyGiven((), {}, (), 0, tuple(problems))
    problems += doubled(table, found)
    marks = marks_in(
        row.cells[found[key].header] for row in table.rows for key in ANSWERS if key in found
    )
    known = {plain(name): name for name in names}
    ties: list[Mapping[str, str | float]] = []
    seen: dict[tuple[str, str], int] = {}
    for row in table.rows:
        pair = [_party(table, row, found[end], known, problems) for end in ("from", "to")]
        answers = {
            key: value
            for key in ANSWERS
            if key in found
            and (value := _answer(table, row, key, found[key], marks, problems)) is not None
        }
        who, whom = pair
        if who is None or whom is None:
            continue
        if who == whom:
            problems.append(
                Problem(
                    table.file,
                    row.number,
                    Phrase(
                        f"{quoted(who)} answers about itself",
                        f"{quoted(who)} antwoordt over zichzelf",
                    ),
                    Phrase(
                        "remove the row, or correct one of the names",
                        "verwijder de rij, of verbeter een van de namen",
                    ),
                    shows=(who,),
                )
            )
        elif (who, whom) in seen:
            problems.append(
                Problem(
                    table.file,
                    row.number,
                    Phrase(
                        f"{quoted(who)} about {quoted(whom)} was in row {seen[who, whom]} already",
                        f"{quoted(who)} over {quoted(whom)} stond al in rij {seen[who, whom]}",
                    ),
                    Phrase(
                        "keep one of the two; of many answers of one organisation give the mean",
                        "houd een van de twee; geef van meer antwoorden van één organisatie "
                        "het gemiddelde",
                    ),
                    shows=(who, whom),
                )
            )
        elif answers:
            seen[who, whom] = row.number
            ties.append({"who": who, "whom": whom, **answers})
    scales = {
        key: heading.scale or (0.0, heading.period or 1.0)
        for key, heading in found.items()
        if key in ANSWERS
    }
    answered = tuple(dict.fromkeys(str(tie["who"]) for tie in ties))
    return SurveyGiven(tuple(ties), scales, answered, len(ties), tuple(problems))


def _missing(table: Table, found: Mapping[str, Heading]) -> list[Problem]:
    """Columns that are missing, and scales that are not stated."""
    problems = []
    ends = [key for key in ("from", "to") if key not in found]
    if ends or not any(key in found for key in ANSWERS):
        what = " and ".join(ends) or "knows, trusts or meets"
        wat = " en ".join(HEADERS[end][1] for end in ends) or "kent, vertrouwt of treft"
        problems.append(
            Problem(
                table.file,
                None,
                Phrase(f"there is no column {what}", f"er is geen kolom {wat}"),
                Phrase(
                    "call the columns from, to, knows, trusts and meets (van, naar, kent, "
                    "vertrouwt, treft), as in the template",
                    "noem de kolommen van, naar, kent, vertrouwt en treft, zoals in het sjabloon",
                ),
            )
        )
    for key in ("knows", "trusts"):
        if key in found and found[key].scale is None:
            header, name = found[key].header, called(found[key].header)
            problems.append(
                Problem(
                    table.file,
                    None,
                    Phrase("the header does not state the scale", "de kop noemt de schaal niet"),
                    Phrase(
                        f'write the lowest and then the highest answer behind it, like "{name} (1-5)"',
                        f'schrijf er het laagste en dan het hoogste antwoord achter: "{name} (1-5)"',
                    ),
                    header,
                )
            )
    if "meets" in found and found["meets"].period is None:
        header, name = found["meets"].header, called(found["meets"].header)
        problems.append(
            Problem(
                table.file,
                None,
                Phrase(
                    "the header does not state the period: one week, month, quarter or year",
                    "de kop noemt de periode niet: één week, maand, kwartaal of jaar",
                ),
                Phrase(
                    f'give times in such a period, and write it behind it, like "{name} (times a month)"',
                    f'geef keren in zo\'n periode, en schrijf die erachter, zoals "{name} (keer per maand)"',
                ),
                header,
            )
        )
    return problems


def _party(
    table: Table, row: Row, heading: Heading, known: Mapping[str, str], problems: list[Problem]
) -> str | None:
    """The organisation that a cell names, as it is listed."""
    text = row.cells[heading.header]
    name = known.get(plain(text))
    if name is None:
        close = nearest(text, tuple(known.values())) if text else None
        found = Phrase("no name stands here", "hier staat geen naam")
        if text:
            found = Phrase(
                f"{quoted(text)} is not in the list of organisations",
                f"{quoted(text)} staat niet in de lijst van organisaties",
            )
        repair = Phrase(
            "add it to the list, or correct the name", "zet die in de lijst, of verbeter de naam"
        )
        if close:
            repair = Phrase(f"is it {quoted(close)}?", f"is het {quoted(close)}?")
        shows = (text, close) if close else (text,)
        problems.append(
            Problem(table.file, row.number, found, repair, heading.header, shows if text else ())
        )
    return name


def _answer(
    table: Table, row: Row, key: str, heading: Heading, marks: Marks, problems: list[Problem]
) -> float | None:
    """An answer from 0 to 1, or in times a month; None where none is given, or none of use."""
    text = row.cells[heading.header]
    if not text:
        return None
    period = heading.period or 1.0
    low, high = heading.scale or (0.0, 1.0)
    most = _MOST_MEETINGS / period if key == "meets" else high
    value = number_in(text, marks=marks, most=most)
    if value is None or in_doubt(text, marks, most):
        no_number = Phrase(f"{quoted(text)} is no number", f"{quoted(text)} is geen getal")
        wrong = (no_number, GIVE_A_NUMBER) if value is None else doubt(text)
        problems.append(
            Problem(table.file, row.number, *wrong, heading.header, (text,), spoils="cell")
        )
        return None
    if key == "meets":
        times = value * period
        if not 0.0 <= times <= _MOST_MEETINGS:
            given = text if period == 1.0 else f"{text} is {times:g}"
            problems.append(
                Problem(
                    table.file,
                    row.number,
                    Phrase(f"{given} times a month", f"{given} keer per maand"),
                    Phrase(
                        f"give from 0 to {_MOST_MEETINGS:g} times a month",
                        f"geef een getal van 0 tot en met {_MOST_MEETINGS:g} keer per maand",
                    ),
                    heading.header,
                    spoils="cell",
                )
            )
            return None
        return float(f"{times:.6g}")
    if not low <= value <= high:
        problems.append(
            Problem(
                table.file,
                row.number,
                Phrase(
                    f"{text} is not on the scale from {low:g} to {high:g}",
                    f"{text} ligt niet op de schaal van {low:g} tot {high:g}",
                ),
                Phrase(
                    "were two scales mixed? Put all answers on the scale that the header states",
                    "zijn er twee schalen door elkaar? Zet alle antwoorden op de schaal van de kop",
                ),
                heading.header,
                spoils="cell",
            )
        )
        return None
    return float(f"{(value - low) / (high - low):.6g}")
