"""An adviser imports a region from what is in hand, and is told what is wrong row by row."""

import csv
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from collabsim.analysis.counting import SINGULAR
from collabsim.cli import main
from collabsim.config import ConfigError, load_comparison, load_scenario
from collabsim.config.importing import Imported, ImportProblemsError, import_region
from collabsim.config.importing.about import source_told
from collabsim.config.importing.account import account
from collabsim.config.importing.account_words import WORDS, said
from collabsim.config.importing.counting import BETWEEN_TWO, answers_counted
from collabsim.config.importing.numbers import Exact, in_doubt, marks_in, number_in
from collabsim.config.importing.problems import left_out
from collabsim.config.importing.tables import MOST_ROWS
from collabsim.config.importing.templates import TABLES, table_in, untouched, write_templates
from collabsim.config.importing.words import HEADERS, columns, field_of
from collabsim.config.importing.writing import write_region
from collabsim.experiments import folders
from collabsim.given_ties import between_two

ORGANISATIONS = (
    "naam;soort;domein;ook;omvang;inwoners\n"
    "Noord;gemeente;;;;48.000\n"
    "Zuid;gemeente;;;;31500\n"
    "Jeugdhuis;aanbieder;jeugd;GGZ;120,5;\n"
    "Zorgplein;zorgaanbieder;Wmo;;59,5;\n"
    "Woonstee;woningcorporatie;wonen;;;\n"
    "Schakel;aanbieder;inkomen;;20;\n"
)
NETWORK = (
    "van;naar;kent (0-4);vertrouwt (1-10);treft (keer per kwartaal)\n"
    "Noord;Jeugdhuis;3;7,5;6\n"
    "noord;Zuid;4;10;3\n"
    "Jeugdhuis;Schakel;;1;\n"
    "Schakel;Zorgplein;2;5,5;0\n"
)
GRADES = "invuller;ambitie;belangen;relatie;organisatie;proces;publieke waarde\nA;6,5;6;7;5,5;6;7\nB;7,5;5;7;;6;7\n"


def put(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def workbook(path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def imported(folder: Path, *, keep_valid: bool = False, pseudonyms: bool = False) -> Imported:
    return import_region(
        organisations=table_in(folder, "organisations"),
        grades=table_in(folder, "grades"),
        survey=table_in(folder, "survey"),
        keep_valid=keep_valid,
        pseudonyms=pseudonyms,
    )


@pytest.fixture
def region(tmp_path: Path) -> Path:
    put(tmp_path, "organisaties.csv", ORGANISATIONS)
    put(tmp_path, "cijfers.csv", GRADES)
    put(tmp_path, "netwerk.csv", NETWORK)
    return tmp_path


def problems(folder: Path) -> list[str]:
    with pytest.raises(ImportProblemsError) as caught:
        imported(folder)
    return [str(problem) for problem in caught.value.problems]


# -- what is in the tables comes into the scenario -------------------------------------------------


def test_tables_in_dutch_become_a_region_with_its_own_organisations_grades_and_ties(
    region: Path,
) -> None:
    scenario = imported(region).scenario
    who = {one.id: one for one in scenario.region.organisations}
    assert who["Noord"].inhabitants == 48_000
    assert who["Jeugdhuis"].domain == "youth"
    assert who["Jeugdhuis"].also == ("mental_health",)
    assert who["Zorgplein"].domain == "care"
    # Sizes are against their geometric mean.
    usual = (120.5 * 59.5 * 20.0) ** (1 / 3)
    assert who["Jeugdhuis"].size == pytest.approx(120.5 / usual, rel=1e-5)
    assert who["Woonstee"].size is None
    assert scenario.region.fields == ("youth", "care", "mental_health", "housing", "income")
    assert scenario.region.municipality_count == scenario.region.provider_count == 0
    assert scenario.grades.ambition == 7.0
    assert scenario.grades.organisation == 5.5
    ties = {(tie.who, tie.whom): tie for tie in scenario.region.ties}
    first = ties["Noord", "Jeugdhuis"]
    assert (first.knows, first.meets) == (0.75, 2.0)
    assert first.trusts == pytest.approx(6.5 / 9, rel=1e-5)
    assert ties["Jeugdhuis", "Schakel"].knows is None
    assert ties["Jeugdhuis", "Schakel"].trusts == 0.0
    assert scenario.region.draw_missing_ties
    assert scenario.table.seats == 2


def test_english_headers_commas_and_excel_give_the_same_as_dutch_ones(
    region: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("english")
    put(
        other, "Organisations.csv",
        'Name,Kind,Domain,Also,Size,Inhabitants\nNoord,municipality,,,,48000\nZuid,Municipality,,,,"31,500"\n'
        "Jeugdhuis,provider,youth,mental health,120.5,\nZorgplein,care provider,care,,59.5,\n"
        "Woonstee,housing corporation,housing,,,\nSchakel,provider,income,,20,\n",
    )  # fmt: skip
    workbook(
        other / "grades.xlsx",
        [["condition", "grade"], ["ambition", 6.5], ["ambition", 7.5], ["interests", 6], ["interests", 5],
         ["relation", 7], ["organisation", 5.5], ["process", 6], ["public value", 7]],
    )  # fmt: skip
    workbook(
        other / "network.xlsx",
        [["from", "to", "knows (0-4)", "trusts (1 to 10)", "meets (times a quarter)"],
         ["Noord", "Jeugdhuis", 3, 7.5, 6], ["Noord", "Zuid", 4, 10, 3], ["Jeugdhuis", "Schakel", None, 1, None],
         ["Schakel", "Zorgplein", 2, 5.5, 0]],
    )  # fmt: skip
    assert imported(other).scenario == imported(region).scenario


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_accents_survive_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "naam;soort;domein\nGemeente Súdwest;gemeente;\nZorggroep Oné;aanbieder;jeugd\n"
    put(tmp_path, "organisaties.csv", text, encoding)
    found = imported(tmp_path)
    assert [one.id for one in found.scenario.region.organisations] == [
        "Gemeente Súdwest", "Zorggroep Oné",
    ]  # fmt: skip
    assert any(key == "encoding" for key, _ in found.notes) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("text", "whole", "value"),
    [("7,5", False, 7.5), ("7.5", False, 7.5), ("1.234,5", False, 1234.5), ("1,234.5", False, 1234.5),
     ("48.000", True, 48000.0), ("48 000", True, 48000.0), ("-1", False, -1.0), ("zeven", False, None),
     ("", False, None), ("nan", False, None), ("1e9", False, None)],
)  # fmt: skip
def test_numbers_are_read_as_people_write_them(text: str, whole: bool, value: float | None) -> None:
    assert number_in(text, whole=whole) == value


def sizes(folder: Path, *written: str, inhabitants: str = "48000") -> list[float]:
    """Sizes of providers as they are read, not yet against a usual one."""
    rows = "".join(f"Z{n};aanbieder;{text};\n" for n, text in enumerate(written))
    put(
        folder, "organisaties.csv", f"naam;soort;omvang;inwoners\nN;gemeente;;{inhabitants}\n{rows}"
    )
    found = imported(folder).organisations
    assert found is not None
    assert found.usual_size is not None
    return [
        round(one["size"] * found.usual_size, 2)
        for one in found.organisations.values()
        if one["kind"] == "provider"
    ]


@pytest.mark.parametrize(
    ("written", "inhabitants", "read"),
    [
        (("120,5", "1.200", "640"), "48000", [120.5, 1200, 640]),
        (("120.5", "1,200", "640"), "48000", [120.5, 1200, 640]),
        (("120,5", "1,200"), "48000", [120.5, 1.2]),
        (("120.5", "1.200"), "48000", [120.5, 1.2]),
        (("1.200", "640"), "91.000", [1200, 640]),
        (("1,200", "640"), "91,000", [1200, 640]),
        (("1.000.000", "1.200"), "48000", [1_000_000, 1200]),
        (("1,000,000", "1,200"), "48000", [1_000_000, 1200]),
        (("1.234,5", "1.200"), "48000", [1234.5, 1200]),
        (("1 234", "1 234,5", "1'234"), "48 000", [1234, 1234.5, 1234]),
        (("0.900", "1,200"), "48000", [0.9, 1200]),
        (("12.0000", "1,200"), "48000", [12, 1200]),
    ],
)
def test_what_a_point_or_comma_means_follows_from_the_other_numbers_of_the_file(
    tmp_path: Path, written: tuple[str, ...], inhabitants: str, read: list[float]
) -> None:
    assert sizes(tmp_path, *written, inhabitants=inhabitants) == pytest.approx(
        read, rel=1e-4, abs=0.01
    )


@pytest.mark.parametrize(
    ("written", "inhabitants", "told"),
    [
        (("1.200", "640"), "48000", "'1.200' can be 1200, or a number with three decimals"),
        (("1,200", "640"), "48000", "write 1200 or 1,2000"),
        (("120.5", "1.200"), "91.000", "the other numbers do not show which"),
        (("120,5", "60.5", "1.200"), "48000", "write 1200 or 1.2000"),
    ],
)
def test_a_number_that_can_be_two_numbers_is_refused_where_the_others_do_not_tell(
    tmp_path: Path, written: tuple[str, ...], inhabitants: str, told: str
) -> None:
    with pytest.raises(ImportProblemsError) as caught:
        sizes(tmp_path, *written, inhabitants=inhabitants)
    assert len(caught.value.problems) == 1
    assert told in str(caught.value)
    assert "kan 1200 zijn, of een getal met drie decimalen" in caught.value.told_in("nl")


@pytest.mark.parametrize(
    "text", ["12.34.567", "1.234 567", "1.234.5", "12,34,5", "1.2345,6", ".", ","]
)
def test_what_is_grouped_as_nobody_does_is_no_number(text: str) -> None:
    assert number_in(text) is None


def test_numbers_of_a_workbook_are_what_they_are_and_say_nothing_of_texts_beside_them(
    tmp_path: Path,
) -> None:
    head: list[object] = ["naam", "soort", "omvang", "inwoners"]
    rows: list[list[object]] = [
        head,
        ["N", "gemeente", None, 48000],
        ["A", "aanbieder", 1.125, None],
    ]
    workbook(tmp_path / "organisaties.xlsx", [*rows, ["B", "aanbieder", 2.875, None]])
    found = imported(tmp_path).organisations
    assert found is not None
    assert found.usual_size == pytest.approx((1.125 * 2.875) ** 0.5)
    workbook(tmp_path / "organisaties.xlsx", [*rows, ["B", "aanbieder", "1.200", None]])
    assert "'1.200' can be 1200" in problems(tmp_path)[0]
    assert marks_in([Exact("120.5")]).decimal == frozenset()
    assert not in_doubt(Exact("1.125"))


def test_a_grade_or_answer_that_cannot_be_a_thousand_has_three_decimals(region: Path) -> None:
    put(region, "cijfers.csv", "ambitie;relatie\n6,667;7.333\n")
    header = NETWORK.splitlines()[0].replace("kwartaal", "jaar")
    put(region, "netwerk.csv", f"{header}\nNoord;Zuid;3,125;7.750;1,500\n")
    scenario = imported(region).scenario
    assert (scenario.grades.ambition, scenario.grades.relation) == (6.667, 7.333)
    assert scenario.region.ties[0].knows == pytest.approx(3.125 / 4)
    assert scenario.region.ties[0].meets == pytest.approx(1.5 / 12)


@pytest.mark.parametrize(
    ("size", "told"),
    [("1.200", "1.200 een teken tussen duizendtallen, en is het 1200"),
     ("1,200", "is 1,200 een getal met drie decimalen")],
)  # fmt: skip
def test_how_a_number_was_read_that_can_be_two_is_told_as_a_guess(
    region: Path, size: str, told: str
) -> None:
    put(region, "organisaties.csv", ORGANISATIONS.replace("59,5", size))
    guessed = account(imported(region), "Regio", "nl").split("## ")[2]
    assert guessed.startswith("Gegist")
    assert "organisaties.csv: zoals de andere getallen laten zien" in guessed
    assert told in guessed


def test_a_domain_of_ones_own_is_a_field_of_the_region() -> None:
    assert field_of("GGZ") == field_of("mental_health") == "mental_health"
    assert field_of("Leerplicht") == "leerplicht"


# -- what is wrong is told, all at once ------------------------------------------------------------


def test_every_problem_in_every_table_is_told_with_its_row_and_repair(region: Path) -> None:
    put(
        region,
        "netwerk.csv",
        NETWORK + "Nord;Zuid;1;5;1\nZuid;Zuid;1;5;1\nNoord;Zuid;1;5;1\nZuid;Noord;8;5;1\n",
    )
    put(region, "cijfers.csv", GRADES + "C;11;zes;7;6;6;7\n")
    put(region, "organisaties.csv", ORGANISATIONS + "Zuid;gemeente;;;;12000\nNaamloos;;;;;\n")
    told = problems(region)
    expected = (
        "cijfers.csv, row 4, column ambitie: the grade is 11; a grade lies between 1 and 10",
        "cijfers.csv, row 4, column belangen: 'zes' is no number",
        "netwerk.csv, row 6, column van: 'Nord' is not in the list of organisations; is it 'Noord'?",
        "netwerk.csv, row 7: 'Zuid' answers about itself",
        "netwerk.csv, row 8: 'Noord' about 'Zuid' was in row 3 already",
        "netwerk.csv, row 9, column kent (0-4): 8 is not on the scale from 0 to 4; were two scales mixed?",
        "organisaties.csv, row 8, column naam: 'Zuid' is listed twice",
        "organisaties.csv, row 9, column soort: there is no kind",
    )  # fmt: skip
    for line in expected:
        assert sum(problem.startswith(line) for problem in told) == 1, (line, told)
    assert len(told) == len(expected)


def test_what_is_valid_is_kept_when_asked_and_the_account_tells_the_rest(region: Path) -> None:
    good = imported(region).scenario
    put(region, "netwerk.csv", NETWORK + "Nergens;Zuid;1;5;1\n")
    put(region, "cijfers.csv", GRADES + "C;11;;;;;\n")
    found = imported(region, keep_valid=True)
    assert found.scenario == good
    text = account(found, "Regio", "nl")
    assert "## Weggelaten" in text
    assert "Nergens" in text


@pytest.mark.parametrize("keep_valid", [False, True])
def test_going_on_with_what_is_valid_is_not_offered_where_it_makes_no_region(
    tmp_path: Path, keep_valid: bool
) -> None:
    put(tmp_path, "organisaties.csv", "naam;soort;omvang\nA;gemeente;\nZ;aanbieder;veel\n")
    with pytest.raises(ImportProblemsError) as caught:
        imported(tmp_path, keep_valid=keep_valid)
    assert len(caught.value.problems) == 2
    assert "--keep-valid" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("organisaties.csv", "", "the file is empty; fill in the template"),
        ("organisaties.csv", "\n;;;\n", "the file is empty"),
        ("organisaties.csv", "naam;soort\n", "there is nothing below the headers"),
        ("organisaties.csv", "iets;anders\n1;2\n", "there is no column name and kind"),
        ("organisaties.csv", "naam;soort\nA;gemeente\n", "there is no provider in the list"),
        (
            "organisaties.csv",
            "naam;soort\nA;gemeente;te veel\n",
            "more cells than there are headers (2)",
        ),
        ("cijfers.csv", "mening;toelichting\n7;goed\n", "no column of grades"),
        ("cijfers.csv", "voorwaarde;cijfer\nsfeer;7\n", "'sfeer' is none of the six"),
        ("netwerk.csv", "van;naar;kent\nNoord;Zuid;3\n", "the header does not state the scale"),
        ("netwerk.csv", "van;naar;treft\nNoord;Zuid;3\n", "the header does not state the period"),
        ("netwerk.csv", "van;kent (0-4)\nNoord;3\n", "there is no column to"),
    ],
)
def test_a_table_of_no_use_says_why(region: Path, name: str, content: str, says: str) -> None:
    put(region, name, content)
    assert any(says in problem for problem in problems(region)), problems(region)


def test_an_excel_with_formulas_is_read_as_saved_and_refused_where_nothing_was_saved(
    region: Path,
) -> None:
    (region / "cijfers.csv").unlink()
    workbook(region / "cijfers.xlsx", [["ambitie", "relatie"], [7, 6], ["=A2+1", 7]])
    told = problems(region)
    assert len(told) == 1
    assert told[0].startswith(
        "cijfers.xlsx, row 3, column A: the formula has no saved result; open and save"
    )


def test_of_two_hundred_thousand_rows_it_says_from_which_on_they_do_not_fit(region: Path) -> None:
    good = imported(region).scenario
    rows = "".join(f"Noord;Zuid;{n % 5};5;1\n" for n in range(200_000))
    put(region, "netwerk.csv", NETWORK + rows)
    told = problems(region)
    (beyond,) = [problem for problem in told if f"more than {MOST_ROWS:,}" in problem]
    assert f"netwerk.csv, row {MOST_ROWS + 2}: from here on the rows do not fit" in beyond
    assert len(told) == 1 + MOST_ROWS - len(NETWORK.splitlines()[1:])
    assert imported(region, keep_valid=True).scenario == good


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_of_a_row_with_one_answer_of_no_use_the_others_are_kept(region: Path, kind: str) -> None:
    header = NETWORK.splitlines()[0]
    (region / "netwerk.csv").unlink()
    if kind == "csv":
        put(region, "netwerk.csv", f"{header}\nNoord;Zuid;9;7;1\n")
    else:
        book = openpyxl.Workbook()
        for row in (header.split(";"), ["Noord", "Zuid", "=1+1", 7, 1]):
            book.active.append(row)
        book.save(region / "netwerk.xlsx")
    (told,) = problems(region)
    assert "row 2" in told
    found = imported(region, keep_valid=True)
    (tie,) = found.scenario.region.ties
    assert (tie.who, tie.whom, tie.knows) == ("Noord", "Zuid", None)
    assert tie.meets == pytest.approx(1 / 3)
    assert tie.trusts == pytest.approx(2 / 3)
    assert left_out(found.problems, "nl") == "1 cel"


def test_a_file_that_is_something_else_is_refused(region: Path) -> None:
    (region / "netwerk.csv").unlink()
    (region / "netwerk.xlsx").write_bytes(b"PK\x03\x04 no workbook")
    assert "no Excel workbook" in problems(region)[0]
    (region / "netwerk.xlsx").unlink()
    (region / "netwerk.csv").write_bytes(b"\x00\x01\x02")
    assert "this is no text" in problems(region)[0]


def test_times_a_month_that_cannot_be_are_told_once_and_others_as_times_a_month(
    region: Path,
) -> None:
    header, row = (
        "van;naar;kent (0-4);vertrouwt (1-10);treft (keer per {})\n",
        "Noord;Zuid;1;5;-1\n",
    )
    for period, told in (("maand", "-1 keer per maand"), ("week", "-1 is -4.33333 keer per maand")):
        put(region, "netwerk.csv", header.format(period) + row)
        with pytest.raises(ImportProblemsError) as caught:
            imported(region)
        (problem,) = caught.value.problems
        assert problem.found.nl == told


def test_a_survey_needs_a_list_of_organisations(region: Path) -> None:
    with pytest.raises(ConfigError, match="without a list of organisations"):
        import_region(survey=region / "netwerk.csv")


# -- the account, pseudonyms, and who is in the background -----------------------------------------


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_account_tells_what_was_used_guessed_and_missing(region: Path, lang: str) -> None:
    text = account(imported(region), "Regio", lang)  # type: ignore[arg-type]
    shown = {
        "nl": ("## Gebruikt", "## Gegist", "## Ontbreekt", "Kent: 30 antwoorden, waarvan 3 gegeven", "7,0",
               "woningcorporatie", "De omvang van 1 aanbieder:", "uitvoering"),
        "en": ("## Used", "## Guessed", "## Missing", "Trusts: 30 answers, of which 4 given and 26 (87%) drawn", "7.0",
               "woningcorporatie", "The size of 1 provider:", "practice"),
    }[lang]  # fmt: skip
    for part in shown:
        assert part in text, part
    assert "{" not in text


def test_for_each_question_is_told_what_was_given_taken_over_and_drawn(tmp_path: Path) -> None:
    rows = "".join(f"Z{n};aanbieder\n" for n in (1, 2))
    put(tmp_path, "organisaties.csv", f"naam;soort\nA;gemeente\n{rows}")
    put(
        tmp_path, "netwerk.csv",
        "van;naar;kent (0-4);vertrouwt (1-10);treft (keer per maand)\n"
        "A;Z1;3;7;\nA;Z2;2;;\nZ1;A;2;;\nZ1;Z2;1;;\n",
    )  # fmt: skip
    text = account(imported(tmp_path), "Regio", "nl")
    assert (
        "Kent: 6 antwoorden, waarvan 4 gegeven, 2 overgenomen van de andere kant en 0 (0%)" in text
    )
    assert "Vertrouwt: 6 antwoorden, waarvan 1 gegeven en 5 (83%) geloot" in text
    assert "2 organisaties over anderen, met antwoorden voor 3 van 3 tweetallen" in text
    assert "Antwoorden op vertrouwt die niemand gaf. Die worden geloot" in text
    assert "Elk antwoord op treft" in text


def test_answers_are_counted_as_the_model_takes_them_over(region: Path) -> None:
    scenario = imported(region).scenario
    ids = [one.id for one in scenario.region.organisations]
    ties = [tie.model_dump(exclude_none=True) for tie in scenario.region.ties]
    for question, answers in answers_counted(ties, len(ids)).items():
        square = np.full((len(ids), len(ids)), np.nan)
        for tie in ties:
            if question in tie:
                square[ids.index(tie["who"]), ids.index(tie["whom"])] = tie[question]
        given = np.isfinite(square).sum()
        known = np.isfinite(between_two(square) if question in BETWEEN_TWO else square).sum()
        assert (answers.given, answers.taken_over) == (given, known - given)
        assert answers.all == len(ids) * (len(ids) - 1)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_one_of_a_thing_is_told_in_the_singular(tmp_path: Path, lang: str) -> None:
    put(tmp_path, "organisaties.csv", "naam;soort\nA;gemeente\nZ;aanbieder\n")
    put(tmp_path, "netwerk.csv", "van;naar;kent (0-4)\nA;Z;3\n")
    text = account(imported(tmp_path), "Regio", lang)  # type: ignore[arg-type]
    for more in SINGULAR[lang]:
        assert not re.search(rf"\b1 {more}\b", text)
    for key in ("organisations", "grade", "ties", "seats", "formulas", "no domain"):
        one, two = (told_of(key, count, lang) for count in (1, 2))
        nouns = {more for more in SINGULAR[lang] if re.search(rf"\b2 {more}\b", two)}
        assert nouns
        assert all(re.search(rf"\b1 {SINGULAR[lang][more]}\b", one) for more in nouns)


def told_of(key: str, count: int, lang: str) -> str:
    """A phrase of the account in which all that is counted is so many."""
    names = re.findall(r"\{(\w+)\}", WORDS[key][0])
    return said(key, lang, **dict.fromkeys(names, count))  # type: ignore[arg-type]


def test_scenarios_and_comparison_say_in_both_languages_what_they_were_made_of(
    region: Path,
) -> None:
    assert main(["import", str(region), "--name", "Noordkant"]) == 0
    place = region / "scenarios"
    source = (
        "Imported from a list of organisations (organisaties.csv), grades (cijfers.csv) and a network "
        "survey (netwerk.csv): 2 municipalities and 4 providers. The survey has answers for 4 of 15 pairs; "
        "the other answers are drawn, anew in each replicate."
    )
    bron = (
        "Geïmporteerd uit een lijst van organisaties (organisaties.csv), cijfers (cijfers.csv) en een "
        "netwerkvragenlijst (netwerk.csv): 2 gemeenten en 4 aanbieders. De vragenlijst heeft antwoorden "
        "voor 4 van 15 tweetallen; de andere antwoorden worden geloot, in elke herhaling opnieuw."
    )
    scenarios = [
        load_scenario(place / f"{name}.yaml") for name in ("region", "rotating", "everyone")
    ]
    for scenario in scenarios:
        assert scenario.about.endswith(source)
        assert scenario.told_in("nl").about.endswith(bron)
    assert [scenario.name for scenario in scenarios] == [
        "Fixed delegation", "Rotating delegation", "Everyone at the table",
    ]  # fmt: skip
    assert [scenario.told_in("nl").name for scenario in scenarios] == [
        "Vaste delegatie", "Roulerende delegatie", "Iedereen aan tafel",
    ]  # fmt: skip
    assert scenarios[0].about.startswith(
        "Always the same at the table, with 2 seats for providers."
    )
    assert scenarios[0].about_nl.startswith(
        "Steeds dezelfde aan tafel, met 2 zetels voor aanbieders."
    )
    comparison = load_comparison(place / "comparison.yaml")
    assert comparison.name == "Ways of delegating: Noordkant"
    assert comparison.told_in("nl").name == "Manieren van afvaardigen: Noordkant"
    assert comparison.about == source
    assert comparison.about_nl == bron


def test_what_scenarios_were_made_of_says_what_is_missing_and_no_names_of_files_beside_pseudonyms(
    region: Path,
) -> None:
    (region / "netwerk.csv").unlink()
    (region / "cijfers.csv").unlink()
    listed = (region / "organisaties.csv").rename(region / "zorgplein.csv")
    assert source_told(import_region(organisations=listed, pseudonyms=True), "nl") == (
        "Geïmporteerd uit een lijst van organisaties: 2 gemeenten en 4 aanbieders. Zonder vragenlijst: wie "
        "wie kent en vertrouwt komt uit de geschiedenis die het model maakt."
    )
    marks = put(region, "cijfers.csv", GRADES)
    assert source_told(import_region(grades=marks), "en") == (
        "Imported from grades (cijfers.csv): the region of nine municipalities and fifty providers. Without "
        "a survey: who knows and trusts whom comes out of the history that the model makes."
    )


def test_the_same_tables_give_the_same_scenarios_in_either_language(region: Path) -> None:
    for lang in ("en", "nl"):
        assert main(["import", str(region), "--lang", lang, "--out", str(region / lang)]) == 0
    for file in (region / "en").glob("*.yaml"):
        assert file.read_bytes() == (region / "nl" / file.name).read_bytes()


def test_every_phrase_of_the_account_is_in_both_languages() -> None:
    for key, (english, dutch) in WORDS.items():
        assert english, key
        assert dutch, key
        assert english != dutch or key == "management", key
        assert english.count("{") == dutch.count("{"), key


def test_pseudonyms_replace_every_name_everywhere(
    region: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, key = region / "out", region / "key.csv"
    words = ["import", str(region), "--pseudonyms", "--out", str(out), "--key", str(key)]
    assert main(words) == 0
    names = ("Noord", "Zuid", "Jeugdhuis", "Zorgplein", "Woonstee", "Schakel")
    for file in out.iterdir():
        text = file.read_text(encoding="utf-8")
        assert not [name for name in names if name in text], file
    capsys.readouterr()
    with key.open(encoding="utf-8-sig", newline="") as lines:
        known = {row["name"]: row["pseudonym"] for row in csv.DictReader(lines)}
    assert sorted(known) == sorted(names)
    scenario = load_scenario(out / "region.yaml")
    assert (known["Noord"], known["Jeugdhuis"]) in {(t.who, t.whom) for t in scenario.region.ties}


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_what_is_left_out_is_written_without_a_name_and_said_with_it(
    region: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(
        region, "organisaties.csv",
        ORGANISATIONS + "zuid;gemeente;;;;12000\nStille Kracht;Jeugdhuis;;;veel Zuid;\nPunt;stichting Noord;;;5;\n",
    )  # fmt: skip
    put(
        region, "netwerk.csv",
        NETWORK + "Zorgplei;Zuid;1;5;1\nZuid;Zuid;1;5;1\nNoord;Zuid;1;5;1\nNoord;Schakel;Zuid;;\n",
    )  # fmt: skip
    put(region, "cijfers.csv", "voorwaarde;cijfer\nZuid;7\nambitie;7\n")
    out = region / "out"
    words = [
        "import",
        str(region),
        "--pseudonyms",
        "--keep-valid",
        "--out",
        str(out),
        "--lang",
        lang,
    ]
    assert main([*words, "--json"]) == 0
    assert "'Zorgplei'" in "".join(json.loads(capsys.readouterr().out)["left_out"])
    told = (out / "account.md").read_text(encoding="utf-8")
    row = {"nl": "rij 8, kolom naam: ", "en": "row 8, column naam: "}[lang]
    twice = {"nl": "staat er twee keer", "en": "is listed twice"}[lang]
    close = {"nl": "; is het provider-00", "en": "; is it provider-00"}[lang]
    assert f"organisaties.csv, {row}municipality-00" in told
    assert twice in told
    assert close in told
    for file in out.iterdir():
        text = file.read_text(encoding="utf-8").casefold()
        for name in ("noord", "zuid", "jeugdhuis", "zorgpl", "stille", "woonstee", "schakel"):
            assert name not in text, (file, name)
        assert region.name.casefold() not in text


def test_every_problem_that_quotes_a_cell_says_so_and_can_be_told_without_it(region: Path) -> None:
    put(
        region,
        "organisaties.csv",
        ORGANISATIONS + "Zuid;gemeente;;;;\nX;aanbieder;;;veel;\n;gemeente;;;;\n",
    )
    put(
        region, "netwerk.csv",
        NETWORK + "Nord;Zuid;;;1\nZuid;Zuid;;;1\nNoord;Zuid;;;1\nNoord;Schakel;veel;;\n",
    )  # fmt: skip
    put(region, "cijfers.csv", GRADES + "C;zes;;;;;\n")
    with pytest.raises(ImportProblemsError) as caught:
        imported(region)
    others = [problem for problem in caught.value.problems if "'" not in problem.told_in("nl")]
    assert all(str(problem.without_names({})) == str(problem) for problem in others)
    quoting = [problem for problem in caught.value.problems if "'" in problem.told_in("nl")]
    assert len(quoting) == 7
    for problem in quoting:
        hidden = problem.without_names({"Zuid": "municipality-001", "Noord": "municipality-002"})
        assert "'" not in hidden.told_in("nl") + str(hidden)


def test_names_in_the_name_of_a_file_sheet_or_column_are_hidden_too(region: Path) -> None:
    rows: list[list[object]] = [[*line.split(";")] for line in ORGANISATIONS.splitlines()]
    rows[0][4] = "omvang (als Zorgplein)"
    rows[2][2], rows[5][4] = "=1", "veel"
    listed = workbook(region / "Lijst van Noord.xlsx", rows)
    book = openpyxl.load_workbook(listed)
    book.worksheets[0].title = "Voor Zuid"
    book.create_sheet("Meer")
    book.save(listed)
    found = import_region(organisations=listed, pseudonyms=True, keep_valid=True)
    text = account(found, "Regio", "nl")
    assert "Lijst van municipality-00" in text
    assert "kolom omvang (als provider-00" in text
    assert not re.search("noord|zuid|zorgplein", text, re.IGNORECASE)


def test_who_stands_between_others_is_named_only_when_asked(region: Path) -> None:
    found = imported(region)
    assert found.between_others == "Noord"
    assert "Noord" not in account(found, "Regio", "nl")
    assert "Noord" in account(found, "Regio", "nl", name_connector=True)


# -- the command -----------------------------------------------------------------------------------


def test_bad_tables_end_with_code_2_all_problems_and_nothing_written(
    region: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(region, "cijfers.csv", GRADES + "C;11;6;7;6;6;12\n")
    assert main(["import", str(region), "--json"]) == 2
    answer = json.loads(capsys.readouterr().out)["error"]
    assert [problem["row"] for problem in answer["problems"]] == [4, 4]
    assert "--keep-valid" in answer["message"]
    assert not (region / "scenarios").exists()
    assert main(["import", str(region), "--keep-valid", "--lang", "nl"]) == 0
    assert "Weggelaten: 2 cellen; zie de verantwoording" in capsys.readouterr().err


def test_what_was_left_out_is_counted_in_rows_cells_and_tables_not_in_problems(
    region: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(region, "netwerk.csv", NETWORK + "Nergens;Nergens;9;50;1\nZuid;Zuid;1;5;1\n")
    put(region, "cijfers.csv", GRADES + "C;zes;;;;;\n")
    assert main(["import", str(region), "--keep-valid"]) == 0
    assert "Left out: 2 rows and 1 cell; see the account" in capsys.readouterr().err
    put(region, "cijfers.csv", "mening\n7\n")
    words = ["import", str(region), "--keep-valid", "--out", str(region / "out"), "--lang", "nl"]
    assert main(words) == 0
    told = "Weggelaten: 2 rijen en wat van 1 tabel als geheel niet bruikbaar is"
    assert told in capsys.readouterr().err


def test_scenarios_that_are_written_can_be_used(
    region: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(region), "--lang", "nl"]) == 0
    files = sorted(map(str, (region / "scenarios").glob("*.yaml")))
    assert len(files) == 4
    assert main(["validate", *files]) == 0
    assert load_scenario(files[2]).region.ties or load_scenario(files[1]).region.ties
    assert main(["import", str(region)]) == 2
    assert "never overwritten" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["import"], ["import", "nowhere"]])
def test_an_import_of_nothing_says_what_it_needs(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    assert "--templates" in capsys.readouterr().err


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_templates_have_headers_that_are_understood_and_count_as_not_filled_in(
    tmp_path: Path, lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "own"
    files = write_templates(folder, lang)  # type: ignore[arg-type]
    assert len(files) == len(TABLES)
    wanted = {
        "organisations": {"name", "kind", "domain", "also", "size", "inhabitants"},
        "grades": {"respondent", "ambition", "interests", "relation", "organisation", "process", "public_value"},
        "survey": {"from", "to", "knows", "trusts", "meets"},
    }  # fmt: skip
    for table, names in wanted.items():
        path = table_in(folder, table)
        assert path is not None
        assert untouched(path)
        line = path.read_text(encoding="utf-8-sig").splitlines()[0]
        headers = tuple(line.split(";" if lang == "nl" else ","))
        assert set(columns(headers, tuple(names))) == names
    assert all(len(names) > 1 for names in HEADERS.values())
    assert main(["import", str(folder)]) == 2
    assert "none that is filled in" in capsys.readouterr().err


# -- rows and columns that are more than they seem -------------------------------------------------


@pytest.mark.parametrize(
    "row", ["Totaal;;;;300;100.000", "TOTAAL:;totaal;;;=;x", "Gemiddelde;som;;;;"]
)
def test_a_row_that_sums_up_others_is_no_organisation_and_that_is_told(
    region: Path, row: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = imported(region).scenario
    put(region, "organisaties.csv", f"{ORGANISATIONS}{row}\n")
    assert imported(region).scenario == good
    assert main(["import", str(region), "--lang", "nl"]) == 0
    told = (
        f"organisaties.csv, rij 8, kolom naam: '{row.partition(';')[0]}' telt andere rijen op of "
        "middelt ze; deze rij telt niet mee"
    )
    assert told in capsys.readouterr().err
    assert f"- {told}" in (region / "scenarios/account.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["Gemiddelde", "Mean", "average", "Som", "Total."])
def test_a_row_of_means_is_no_respondent(region: Path, name: str) -> None:
    good = imported(region)
    put(region, "cijfers.csv", f"{GRADES}{name};7;7;7;5;6;7\n")
    found = imported(region)
    assert found.scenario == good.scenario
    assert found.set_aside[0].row == 4
    lines = "voorwaarde;cijfer\nambitie;6\nambitie;8\n"
    put(region, "cijfers.csv", f"{lines}{name};7\n")
    found = imported(region)
    assert found.scenario.grades.ambition == 7
    assert len(found.set_aside) == 1


def test_an_organisation_that_is_called_a_total_is_asked_about(region: Path) -> None:
    put(
        region,
        "organisaties.csv",
        ORGANISATIONS + "Totaal;aanbieder;;;300;\nTotaal Zorg;aanbieder;;;9;\n",
    )
    assert problems(region) == [
        (
            "organisaties.csv, row 8, column naam: 'Totaal' is what a sum or mean of other rows is called; "
            "remove the row, or give the organisation its full name"
        )
    ]


def test_of_equal_headers_the_first_counts_and_it_is_a_problem(region: Path) -> None:
    good = imported(region).scenario
    lines = [f"{line};{n}" for n, line in enumerate(ORGANISATIONS.splitlines()[1:])]
    put(
        region,
        "organisaties.csv",
        "\n".join((ORGANISATIONS.splitlines()[0] + ";Omvang (fte)", *lines)),
    )
    put(
        region,
        "cijfers.csv",
        GRADES.replace("invuller", "Ambitie", 1).replace("A;", "1;").replace("B;", "2;"),
    )
    told = problems(region)
    assert told == [
        (
            "organisaties.csv: 2 columns are called 'omvang', of which only the first can count; keep one of "
            "them, or call the others something else"
        ),
        (
            "cijfers.csv: 2 columns are called 'ambitie', of which only the first can count; keep one of "
            "them, or call the others something else"
        ),
    ]
    found = imported(region, keep_valid=True)
    assert found.scenario.region == good.region
    assert found.scenario.grades.ambition == 1.5


def test_equal_headers_of_a_survey_are_a_problem_and_those_of_other_columns_none(
    region: Path,
) -> None:
    header, *rows = NETWORK.splitlines()
    extra = [f"{row};1;x;y" for row in rows]
    put(region, "netwerk.csv", "\n".join((f"{header};kent (1-5);noot;noot", *extra)))
    assert len(problems(region)) == 1
    assert problems(region)[0].startswith("netwerk.csv: 2 columns are called 'kent'")


def test_a_decimal_comma_between_commas_is_found_where_it_moves_a_cell(tmp_path: Path) -> None:
    head = "naam,soort,domein,ook,omvang,inwoners"
    rows = (
        "Alfa,gemeente,,,,48000",
        "Zorg A,aanbieder,zorg,,100,",
        "Zorg B,aanbieder,jeugd,,12,5,",
    )
    put(tmp_path, "organisaties.csv", "\n".join((head, *rows)))
    assert problems(tmp_path) == [
        (
            "organisaties.csv, row 4: it has more cells than there are headers (6); put quotes around "
            "numbers and text with a comma, or save it with semicolons"
        )
    ]
    put(tmp_path, "organisaties.csv", "\n".join((head, *rows[:2], rows[2].removesuffix(","))))
    assert problems(tmp_path) == [
        (
            "organisaties.csv, row 4, column inwoners: a provider has inhabitants (5); leave that cell "
            "empty; did a decimal comma move the size along?"
        )
    ]


def test_an_empty_cell_too_many_between_semicolons_harms_nobody(region: Path) -> None:
    good = imported(region).scenario
    put(region, "netwerk.csv", NETWORK.replace("\n", ";\n").replace(";\n", "\n", 1))
    put(region, "organisaties.csv", ORGANISATIONS.replace("20;", "20;0"))
    assert imported(region).scenario == good


# -- which file holds a table ----------------------------------------------------------------------


def test_a_filled_in_workbook_counts_beside_a_template_that_nobody_touched(region: Path) -> None:
    from_text = imported(region).scenario
    rows: list[list[object]] = [[*line.split(";")] for line in ORGANISATIONS.splitlines()]
    workbook(region / "organisaties.xlsx", rows)
    (region / "organisaties.csv").unlink()
    own = region / "own"
    write_templates(own, "nl")
    (own / "organisaties.csv").rename(region / "organisaties.csv")
    (own / "cijfers.csv").rename(region / "cijfers.tsv")
    assert table_in(region, "organisations") == region / "organisaties.xlsx"
    assert imported(region).scenario == from_text


def test_a_workbook_with_headers_and_remarks_alone_is_not_filled_in(region: Path) -> None:
    head: list[list[object]] = [["naam", "soort"], ["# soort: gemeente of aanbieder"]]
    assert untouched(workbook(region / "organisaties.xlsx", head))
    assert not untouched(workbook(region / "grades.xlsx", [*head, ["A", "gemeente"]]))
    assert table_in(region, "organisations") == region / "organisaties.csv"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", "filled in as organisaties.xlsx too; keep one of them in the folder, or say which"),
        ("nl", "ook ingevuld als organisaties.xlsx; houd er één in de map, of zeg met --organis"),
    ],
)
def test_two_files_that_are_both_filled_in_are_refused_unless_one_is_chosen(
    region: Path, lang: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[object]] = [[*line.split(";")] for line in ORGANISATIONS.splitlines()]
    chosen = workbook(region / "organisaties.xlsx", rows)
    assert main(["import", str(region), "--lang", lang]) == 2
    assert told in capsys.readouterr().err
    assert not (region / "scenarios").exists()
    assert main(["import", str(region), "--lang", lang, "--organisations", str(chosen)]) == 0


def test_what_looks_like_a_table_and_is_not_read_is_named(
    region: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("Organisaties.ods", "cijfers.xls", "netwerk (1).xlsx", "netwerkanalyse.docx"):
        (region / name).write_bytes(b"")
    assert main(["import", str(region), "--lang", "nl"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        "Organisaties.ods: dit wordt niet gelezen; bewaar het als CSV of als Excelwerkmap (.xlsx)",
        "cijfers.xls: dit wordt niet gelezen; bewaar het als CSV of als Excelwerkmap (.xlsx)",
        "netwerk (1).xlsx: dit wordt niet gelezen; noem het netwerk.xlsx als dat wel moet",
    ]


# -- before and while writing ----------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "nl"])
@pytest.mark.parametrize(
    "key", ["none/key.csv", "there.csv", "scenarios/key.csv", "locked/key.csv"]
)
def test_a_place_for_who_is_who_that_cannot_be_used_is_told_before_anything_is_written(
    region: Path, key: str, lang: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    put(region, "there.csv", "mine")
    (region / "locked").mkdir()
    monkeypatch.setattr("os.access", lambda path, mode: Path(path).name != "locked" or mode == 0)
    words = ["import", str(region), "--pseudonyms", "--key", str(region / key), "--lang", lang]
    assert main(words) == 2
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    assert {"en": "Give --key a new file", "nl": "Geef --key een nieuw bestand"}[lang] in told
    assert not (region / "scenarios").exists()
    assert (region / "there.csv").read_text() == "mine"


def test_a_key_without_pseudonyms_is_refused(
    region: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(region), "--key", str(region / "key.csv"), "--lang", "nl"]) == 2
    assert "Zet er --pseudonyms bij" in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["key.csv", "rotating.yaml"])
def test_when_one_file_cannot_be_written_nothing_is_there(
    region: Path, broken: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = folders.write_whole

    def fails(path: Path, write: Callable[[Path], object]) -> None:
        if path.name == broken:
            raise OSError(28, "No space left on device")
        whole(path, write)

    monkeypatch.setattr(folders, "write_whole", fails)
    before = sorted(region.iterdir())
    assert main(["import", str(region), "--pseudonyms", "--key", str(region / "key.csv")]) == 2
    told = capsys.readouterr().err
    assert f"{broken} cannot be written (No space left on device)" in told
    assert sorted(region.iterdir()) == before


@pytest.mark.parametrize("name", ["a\nb", "a\tb", "a\x1b[31mb", "a\u202eb"])
def test_a_name_that_no_config_can_hold_is_refused_at_once(
    region: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(region), "--name", name]) == 2
    assert "A name is one line without hidden characters" in capsys.readouterr().err
    assert main(["import", str(region), "--name", name, "--lang", "nl"]) == 2
    assert "Geef een andere naam" in capsys.readouterr().err
    assert not (region / "scenarios").exists()


def test_a_folder_with_an_odd_name_gives_a_comparison_that_can_be_used(tmp_path: Path) -> None:
    folder = tmp_path / "a\nb: 'c' \u202e"
    folder.mkdir()
    put(folder, "organisaties.csv", ORGANISATIONS)
    odd = put(folder, "odd\nname.csv", GRADES)
    assert main(["import", str(folder), "--grades", str(odd)]) == 0
    assert main(["validate", str(folder / "scenarios/comparison.yaml")]) == 0


@pytest.mark.parametrize(("lang", "ends"), [("en", ""), ("nl", " --lang nl")])
def test_commands_to_go_on_with_keep_the_language_and_can_be_typed(
    tmp_path: Path, lang: str, ends: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "my region"
    assert main(["import", "--templates", str(folder), "--lang", lang]) == 0
    assert capsys.readouterr().out.endswith(f'collabsim import "{folder}"{ends}\n')
    for file in folder.iterdir():
        file.unlink()
    put(folder, "organisaties.csv", ORGANISATIONS)
    assert main(["import", str(folder), "--lang", lang]) == 0
    comparison = folder / "scenarios/comparison.yaml"
    assert capsys.readouterr().out.endswith(f'collabsim compare "{comparison}"{ends}\n')


# -- what must not get lost without a word ----------------------------------------------------------


def account_of(folder: Path, lang: str = "en", **options: bool) -> str:
    """The account of an import, on one line."""
    return account(imported(folder, **options), "R", "nl" if lang == "nl" else "en")


def test_a_name_that_begins_with_a_hash_is_a_name_and_a_line_that_explains_is_not(
    region: Path,
) -> None:
    put(
        region,
        "organisaties.csv",
        f"# uitleg;;;;;\n{ORGANISATIONS}#Wij;aanbieder;jeugd;;;\n# x;y\n",
    )
    put(region, "cijfers.csv", GRADES.replace("\nB;", "\n#2;"))
    found = imported(region)
    assert "#Wij" in {one.id for one in found.scenario.region.organisations}
    assert found.grades is not None
    assert found.grades.respondents["ambition"] == 2


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([["how to fill this in"]], "nothing below the headers"),
        ([["invuller", "ambitie"], ["A", "=5+1"]], "no saved result"),
    ],
)
def test_a_workbook_that_says_something_is_no_template_that_nobody_filled_in(
    region: Path, rows: list[list[object]], told: str
) -> None:
    (region / "cijfers.csv").unlink()
    workbook(region / "cijfers.xlsx", rows)
    assert not untouched(region / "cijfers.xlsx")
    assert any(told in problem for problem in problems(region))


def test_a_template_that_nobody_filled_in_is_named(
    region: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    put(region, "cijfers.csv", GRADES.splitlines()[0] + "\n# A;6,5;6\n")
    assert main(["import", str(region), "--lang", "nl"]) == 0
    assert "Niet ingevuld: cijfers.csv" in capsys.readouterr().out


def test_a_quote_that_stays_open_swallows_no_rows(region: Path) -> None:
    put(region, "organisaties.csv", ORGANISATIONS.replace("Schakel;", '"Schakel;'))
    assert "a quote that is not closed" in problems(region)[0]


def test_a_workbook_is_read_to_its_end_whatever_it_says_of_its_size(region: Path) -> None:
    (region / "organisaties.csv").unlink()
    rows: list[list[object]] = [list(line.split(";")) for line in ORGANISATIONS.splitlines()]
    place = workbook(region / "organisaties.xlsx", rows)
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(place) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    whole = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:C3"', parts[sheet])
    assert whole != parts[sheet]
    for content, fits in ((whole, True), (whole[: len(whole) // 2], False)):
        with zipfile.ZipFile(place, "w") as book:
            for name, part in (parts | {sheet: content}).items():
                book.writestr(name, part)
        if fits:
            assert len(imported(region).scenario.region.organisations) == 6
        else:
            assert "no Excel workbook that can be read" in problems(region)[0]


@pytest.mark.parametrize(
    "header",
    [
        "treft (keer per half jaar)", "treft (keer per 3 maand)", "meets (1-5 times a month)",
        "meets (times a week) (times a month)", "meets (every other week)",
    ],
)  # fmt: skip
def test_a_period_that_is_not_one_week_month_quarter_or_year_is_refused(
    region: Path, header: str
) -> None:
    put(region, "netwerk.csv", NETWORK.replace("treft (keer per kwartaal)", header))
    (told,) = problems(region)
    assert "does not state the period" in told
    assert told.count("(times a month)") == 1 + header.count("(times a month)")


def test_the_account_says_in_which_period_meetings_were_read(region: Path) -> None:
    assert "is gelezen als keer per kwartaal" in account_of(region, "nl")


def test_staff_of_a_municipality_are_not_its_inhabitants(region: Path) -> None:
    put(region, "organisaties.csv", ORGANISATIONS.replace("omvang", "fte").replace(
        "Zuid;gemeente;;;;31500", "Zuid;gemeente;;;350;"))  # fmt: skip
    found = imported(region)
    (zuid,) = (one for one in found.scenario.region.organisations if one.id == "Zuid")
    assert zuid.inhabitants is None
    assert "the staff of 1 municipality was not used" in account(found, "R", "en")


def test_of_two_domains_in_one_cell_the_first_is_the_main_one(region: Path) -> None:
    put(
        region,
        "organisaties.csv",
        ORGANISATIONS.replace("aanbieder;jeugd;GGZ", "aanbieder;jeugd, sport;GGZ"),
    )
    found = imported(region)
    (house,) = (one for one in found.scenario.region.organisations if one.id == "Jeugdhuis")
    assert (house.domain, house.also) == ("youth", ("sport", "mental_health"))
    assert '"sport"' in account(found, "R", "en")


@pytest.mark.parametrize(
    ("file", "text", "other"),
    [
        ("cijfers.csv", GRADES, ("proces", "ambition")),
        ("netwerk.csv", NETWORK, ("treft (keer per kwartaal)", "knows (0-4)")),
    ],
)
def test_two_columns_for_the_same_answer_are_refused(
    region: Path, file: str, text: str, other: tuple[str, str]
) -> None:
    put(region, file, text.replace(*other, 1))
    assert any("2 columns are called" in problem for problem in problems(region))


def test_columns_of_which_nothing_is_taken_are_told(region: Path) -> None:
    put(region, "cijfers.csv", GRADES.replace("proces", "sfeer"))
    assert "cijfers.csv: nothing was taken from the columns sfeer." in account_of(region)


def test_pseudonyms_hide_a_name_in_a_field_of_its_own(region: Path) -> None:
    put(
        region,
        "organisaties.csv",
        ORGANISATIONS.replace("aanbieder;inkomen", "aanbieder;samen met Zuid"),
    )
    found = imported(region, pseudonyms=True)
    everything = found.scenario.model_dump_json() + account(found, "R", "en")
    assert "zuid" not in everything.casefold()
    assert "samen met municipality-0" in everything


@pytest.mark.parametrize(
    ("layer", "told"),
    [
        ("practice", ["relation sets how well parties know and trust"]),
        (
            "board",
            ["relation sets how well parties trust", "organisation sets how well parties know"],
        ),
    ],
)
def test_the_account_names_the_grade_that_moves_what_was_asked(
    region: Path, layer: str, told: list[str]
) -> None:
    found = import_region(
        organisations=region / "organisaties.csv", grades=region / "cijfers.csv",
        survey=region / "netwerk.csv", surveyed_layer=layer,
    )  # fmt: skip
    said = account(found, "R", "en")
    assert [text in said for text in told] == [True] * len(told)
    assert said.count("sets how well parties") == len(told)


def test_few_answers_are_not_said_to_carry_all_doubt(region: Path) -> None:
    assert "Kent: gegeven antwoorden: 3. Alle andere" in account_of(region, "nl")


def test_fewer_needs_for_want_of_fields_are_told(region: Path) -> None:
    text = re.sub("aanbieder;(jeugd|Wmo|wonen|inkomen);(GGZ)?", "aanbieder;jeugd;", ORGANISATIONS)
    put(
        region, "organisaties.csv", text.replace("woningcorporatie;wonen", "woningcorporatie;jeugd")
    )
    assert "Needs of a resident at once: at most 1" in account_of(region)


def test_more_fields_than_a_region_holds_are_refused_even_when_the_rest_is_kept(
    region: Path,
) -> None:
    rows = "".join(f"P{n};aanbieder;veld{n};;;\n" for n in range(9))
    put(region, "organisaties.csv", ORGANISATIONS + rows)
    with pytest.raises(ImportProblemsError, match="domains") as refused:
        imported(region, keep_valid=True)
    assert refused.value.usable == 0


@pytest.mark.parametrize("sign", ["\u0007", "\u202e", "\u200b"])
def test_a_name_of_which_signs_cannot_be_seen_is_told_with_its_row(region: Path, sign: str) -> None:
    name = sign if sign == "\u200b" else f"Scha{sign}kel"
    put(region, "organisaties.csv", ORGANISATIONS.replace("Schakel;", f"{name};"))
    assert "organisaties.csv, row 7, column naam: it holds signs" in problems(region)[0]


def test_rows_are_counted_as_in_a_sheet_also_with_line_breaks_in_a_cell(region: Path) -> None:
    text = ORGANISATIONS.replace("Zuid;gemeente", '"Zu\nid";gemeente').replace("59,5", "veel")
    put(region, "organisaties.csv", text)
    assert "organisaties.csv, row 5, column omvang" in problems(region)[0]


def test_the_repair_of_a_scale_is_one_that_is_accepted(region: Path) -> None:
    put(region, "netwerk.csv", NETWORK.replace("kent (0-4)", "kent (4-0)"))
    assert '"kent (1-5)"' in problems(region)[0]


def test_a_first_line_for_excel_says_what_separates(region: Path) -> None:
    put(region, "organisaties.csv", f"sep=;\n{ORGANISATIONS}")
    assert len(imported(region).scenario.region.organisations) == 6


def test_a_table_of_one_seat_rotates_too(region: Path) -> None:
    put(region, "organisaties.csv", "\n".join(ORGANISATIONS.splitlines()[:5]))
    (region / "netwerk.csv").unlink()
    (region / "out").mkdir()
    write_region(imported(region), region / "out", "", "en")
    rotating = load_scenario(region / "out" / "rotating.yaml")
    assert (rotating.table.seats, rotating.table.rotation.share_per_year) == (1, 1.0)


def test_templates_ask_for_another_folder_by_their_own_option(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["import", "--templates", str(tmp_path)]) == 2
    assert "give --templates a new or empty folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
