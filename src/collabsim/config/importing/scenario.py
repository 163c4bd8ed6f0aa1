"""From tables to a scenario: what was given is put in, what is missing is left to the model or guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from collabsim.config.importing.grades import LISTED, RESPONDENTS, GradesGiven, read_grades
from collabsim.config.importing.organisations import (
    WANTED,
    OrganisationsGiven,
    read_organisations,
)
from collabsim.config.importing.problems import ImportProblemsError, Problem, UnreadableError
from collabsim.config.importing.pseudonyms import pseudonyms_for, renamed_list, renamed_tie
from collabsim.config.importing.survey import SURVEYED, SurveyGiven, read_survey
from collabsim.config.importing.tables import Table, read_table
from collabsim.config.importing.words import unused
from collabsim.config.loading import scenario_from_mapping
from collabsim.parameters import Scenario
from collabsim.phrases import Phrase

#: A delegation of the size that K2 describes, or half of the providers where these are fewer.
SEATS = 10


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of tables.

    Attributes:
        scenario: the region, with a fixed delegation at the table.
        files: names of the files that were read, by what they hold.
        organisations, grades, survey: what was read of each table; None where none was given.
        notes: what was guessed of files, see ``tables.Table``.
        problems: rows that were left out, where that was asked for.
        set_aside: rows that were left out because they sum up others.
        pseudonyms: by name, where names were replaced; else None.
        seats: seats at the table, which is a guess.
        between_others: who stands between most others in the survey, by its name in the scenario.

    """

    scenario: Scenario
    files: Mapping[str, str]
    organisations: OrganisationsGiven | None
    grades: GradesGiven | None
    survey: SurveyGiven | None
    notes: tuple[tuple[str, Mapping[str, object]], ...]
    problems: tuple[Problem, ...]
    set_aside: tuple[Problem, ...]
    pseudonyms: Mapping[str, str] | None
    seats: int
    between_others: str | None


def import_region(
    *,
    organisations: Path | None = None,
    grades: Path | None = None,
    survey: Path | None = None,
    name: str = "Region",
    surveyed_layer: str = "practice",
    pseudonyms: bool = False,
    keep_valid: bool = False,
) -> Imported:
    """Make a scenario from tables.

    Args:
        organisations: list of organisations; None leaves the region of nine and fifty.
        grades: six grades by one or many respondents.
        survey: network survey among the organisations of the list.
        name: what the scenario is called.
        surveyed_layer: the layer whose contacts the survey is about.
        pseudonyms: whether names are replaced, everywhere.
        keep_valid: whether rows that cannot be used are left out, instead of refusing all.

    Raises:
        ImportProblemsError: there are problems; it tells all of them.
        ConfigError: what is left makes no region.

    """
    problems: list[Problem] = []
    notes: list[tuple[str, Mapping[str, object]]] = []

    def table(path: Path | None, *wanted: tuple[str, ...]) -> Table | None:
        return _read(path, wanted, problems, notes)

    listing, marks = table(organisations, WANTED), table(grades, RESPONDENTS, LISTED)
    answers = table(survey, SURVEYED)
    who = None if listing is None else read_organisations(listing)
    how = None if marks is None else read_grades(marks)
    if who is not None:
        notes.extend(who.notes)
    names = () if who is None else tuple(who.organisations)
    if answers is not None and who is None and organisations is None:
        problems.append(
            Problem(
                answers.file,
                None,
                Phrase(
                    "a survey is given without a list of organisations",
                    "er is een vragenlijst zonder lijst van organisaties",
                ),
                Phrase(
                    "give the list as well, so that it is known what each of them is",
                    "geef ook die lijst, zodat bekend is wat elk van hen is",
                ),
            )
        )
    ties = None if answers is None or who is None else read_survey(answers, names)
    parts = (who, how, ties)
    problems += [problem for part in parts if part is not None for problem in part.problems]
    lacking = _lacking(listing, who) if names else []
    problems += lacking
    usable = sum(part.used for part in parts if part is not None)
    # Without a list in which there is somebody of each kind, there is no region of one's own.
    if lacking or not (organisations is None or names):
        usable = 0
    if problems and not (keep_valid and usable):
        raise ImportProblemsError(problems, usable)
    set_aside = tuple(row for part in (who, how) if part is not None for row in part.set_aside)
    between = None if ties is None else between_others(ties.ties)
    renamed = pseudonyms_for(who) if pseudonyms and who is not None else {}
    if who is not None:
        who = renamed_list(who, renamed)
    if ties is not None and renamed:
        ties = replace(ties, ties=tuple(renamed_tie(tie, renamed) for tie in ties.ties))
    scenario, seats = _scenario(name, who, how, ties, surveyed_layer)
    read = {"organisations": listing, "grades": marks, "survey": answers}
    files = {kind: one.file for kind, one in read.items() if one is not None}
    return Imported(
        scenario, files, who, how, ties, tuple(notes), tuple(problems), set_aside,
        renamed if pseudonyms else None, seats,
        None if between is None else renamed.get(between, between),
    )  # fmt: skip


def _read(
    path: Path | None,
    wanted: Sequence[tuple[str, ...]],
    problems: list[Problem],
    notes: list[tuple[str, Mapping[str, object]]],
) -> Table | None:
    """Read a table, if there is one, and add to problems and notes; ``wanted`` are columns of each form."""
    if path is None:
        return None
    try:
        found = read_table(path)
    except UnreadableError as error:
        problems.append(error.problem)
        return None
    problems.extend(found.problems)
    notes.extend(found.notes)
    if left := unused(found.headers, *wanted):
        notes.append(("unused", {"file": found.file, "columns": ", ".join(left)}))
    return found


def _scenario(
    name: str,
    who: OrganisationsGiven | None,
    how: GradesGiven | None,
    ties: SurveyGiven | None,
    layer: str,
) -> tuple[Scenario, int]:
    """The scenario, and its number of seats."""
    content: dict[str, Any] = {"name": name, "grades": {}}
    if how is not None:
        content["grades"] = {key: float(f"{mean:.4g}") for key, mean in how.means.items()}
    seats = SEATS
    if who is not None:
        providers = sum(one["kind"] == "provider" for one in who.organisations.values())
        seats = min(SEATS, max(1, providers // 2))
        content["region"] = {
            "fields": list(who.fields),
            "municipality_count": 0,
            "provider_count": 0,
            "organisations": list(who.organisations.values()),
        }
        casework = Scenario().casework
        most = min(casework.needs_most, len(who.fields))
        content["casework"] = {"needs_most": most, "needs_least": min(casework.needs_least, most)}
    if ties is not None and ties.ties:
        content["region"] |= {
            "ties": list(ties.ties),
            "draw_missing_ties": True,
            "surveyed_layer": layer,
        }
    content["table"] = {
        "delegation": "selected",
        "seats": seats,
        "rotation": {"share_per_year": 0.0},
    }
    return scenario_from_mapping(content), seats


def _lacking(table: Table | None, who: OrganisationsGiven | None) -> list[Problem]:
    """Kinds of which there is nobody."""
    if who is None:
        return []
    kinds = {one["kind"] for one in who.organisations.values()}
    file = "" if table is None else table.file
    return [
        Problem(
            file,
            None,
            Phrase(f"there is no {kind} in the list", f"in de lijst staat geen {dutch}"),
            Phrase(f"add at least one {kind} ({dutch})", f"zet er minstens één {dutch} bij"),
        )
        for kind, dutch in (("municipality", "gemeente"), ("provider", "aanbieder"))
        if kind not in kinds
    ]


def between_others(ties: Sequence[Mapping[str, str | float]]) -> str | None:
    """Who lies on most shortest ways between others in the survey; None if nobody stands out."""
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for tie in ties:
        strength = max(float(tie.get(key, 0.0)) for key in ("knows", "trusts", "meets"))
        if strength > 0.0:
            graph.add_edge(str(tie["who"]), str(tie["whom"]))
    between = nx.betweenness_centrality(graph)
    first, *others = sorted(between, key=lambda name: (-between[name], name)) or [""]
    alone = not others or between[first] > between[others[0]]
    return first if first and between[first] > 0.0 and alone else None
