"""What is wrong with a config is told in Dutch as it is in English: the same place, names and numbers."""

import ast
import json
import pickle
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import collabsim
from collabsim.app.draft import Draft
from collabsim.app.link import from_link
from collabsim.app.saving import loaded
from collabsim.app.workspace import Workspace
from collabsim.cli import main
from collabsim.config import (
    ConfigError,
    load_comparison,
    load_config,
    load_scenario,
    scenario_from_mapping,
    set_value,
)
from collabsim.config.errors import Place
from collabsim.config.importing import ImportProblemsError, import_region
from collabsim.config.validation import IN_OWN_FILE
from collabsim.experiments.folders import OutputError
from collabsim.parameters import Scenario
from collabsim.parameters.rules import known_own_rule
from collabsim.phrases import Phrase
from test_config_errors import EXPECTED

BAD = Path(__file__).parent / "bad_configs"
SOURCES = Path(collabsim.__file__).parent
SHIPPED = Path(__file__).parents[1] / "configs" / "comparisons"
#: Words of English messages that are no Dutch, and no key or choice of a config.
ENGLISH = re.compile(
    r"(?<![\w/-])(the|a|must|write|and|with|not|which|keys|empty|from|there|did|give|remove)(?![\w./])"
)
#: Where only who writes sweeps, claims or Python is spoken to.
ENGLISH_ONLY = {"claims", "experiments", "own"}
#: What imports, comparisons, robustness and reports write.
WHERE_ADVISERS_WRITE = {
    "experiments/folders.py", "experiments/store.py", "cli/in_kept_worlds.py", "cli/pictures.py",
    "cli/reporting.py",
}  # fmt: skip


def named_in(message: str) -> set[str]:
    """What a message names: texts between quotes, paths of parameters, and numbers."""
    message = re.sub(r"(?<=\d)[.,](?=\d{3}\b)", "", message)
    return {
        *re.findall(r'"[^"]*"', message),
        *re.findall(r"\b[a-z_]+(?:\.[a-z_]+)+\b", message),
        *re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?![\w.]*\w)", message),
    }


def check(error: ConfigError) -> None:
    """Hold the Dutch of an error against its English."""
    english, dutch = str(error), error.told_in("nl")
    assert error.told_in("en") == english
    assert named_in(dutch) == named_in(english)
    for phrase in (error.found, error.rule, error.repair):
        assert phrase.nl
        # "table.seats is 51" is Dutch as well as English.
        assert phrase.nl != str(phrase) or re.fullmatch(r"\S+ is .+", phrase)
        assert not ENGLISH.search(re.sub(r'"[^"]*"|\[.*\]', "", phrase.nl)), phrase.nl
    place = error.place.told_in("nl")
    assert dutch.startswith(f"{place}: " if place else "")
    assert place == str(error.place).replace(", line ", ", regel ")
    assert "\n" not in dutch
    assert len(dutch) < 750
    assert dutch.rstrip(")")[-1] in ".?"
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (again.told_in("nl"), str(again)) == (dutch, english)


@pytest.mark.parametrize("name", [case[0] for case in EXPECTED])
def test_every_bad_file_is_told_in_dutch_with_the_same_names_and_numbers(name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(BAD / f"{name}.yaml")
    check(caught.value)


def region(**parts: object) -> Callable[[], object]:
    return lambda: scenario_from_mapping({"region": parts})


def compared(one: str, other: str) -> Callable[[], object]:
    """Two files that are opened in the app and compared there."""
    files = [(f"{n}.yaml", f"schema: 1\n{text}\n".encode()) for n, text in enumerate((one, other))]
    return lambda: loaded(files).scenarios()


TOWN = {"id": "Town", "kind": "municipality"}
TIE = {"who": "municipality-01", "whom": "provider-001"}
#: What no file of the folder breaks, and what only the app meets.
OTHERS: dict[str, Callable[[], object]] = {
    "no file": lambda: load_scenario(BAD / "unknwon_key.yaml"),
    "a folder": lambda: load_scenario(BAD),
    "no path": lambda: load_scenario(BAD / "a\0b.yaml"),
    "a circle": lambda: load_scenario(BAD / "extends_in_a_circle.yaml"),
    "another kind": lambda: load_scenario(BAD / "comparison_of_nothing.yaml"),
    "set by no path": lambda: load_scenario(BAD / "outside/elsewhere.yaml", overrides={"": "1"}),
    "set out of range": lambda: load_scenario(
        BAD / "outside/elsewhere.yaml", overrides={"table.seats": "0"}
    ),
    "hidden": lambda: scenario_from_mapping({"name": "a\u202eb"}),
    "no such parameter": lambda: set_value(Scenario(), "table.zzz", 1),
    "elsewhere": lambda: set_value(Scenario(), "seats", 1),
    "nothing like it": lambda: set_value(Scenario(), "qqqqq", 1),
    "a long list": lambda: set_value(Scenario(), "months", [{"a": 1}] * 50),
    "many digits": lambda: set_value(Scenario(), "months", 10**300),
    "a group": lambda: set_value(Scenario(), "name", {"a": 1, "b": 2}),
    "own rule": lambda: set_value(Scenario(), "rules.own", ["nowhere"]),
    "no municipalities": region(municipality_count=0),
    "ties and few known": region(ties=[TIE], known_others=5),
    "tie with nobody": region(ties=[{**TIE, "whom": "nobody"}]),
    "tie with oneself": region(ties=[{**TIE, "whom": "municipality-01"}]),
    "tie said twice": region(ties=[TIE, TIE]),
    "an id twice": region(organisations=[TOWN, TOWN]),
    "too large": region(provider_count=5000),
    "too many residents": lambda: scenario_from_mapping({
        "region": {"municipality_count": 20, "inhabitants_per_municipality": 1_000_000.0},
        "casework": {"cases_per_1000_per_year": 100.0},
    }),
    "a grade below one": lambda: set_value(Scenario(), "grades.process", 0.5),
    "a grade too early": lambda: scenario_from_mapping(
        {"history_months": 6, "grades": {"public_value": 7}}
    ),
    "link to nothing": lambda: from_link({"a": "nowhere"}),
    "link with broken values": lambda: from_link({"a": "region-004-fixed", "a.set": "{"}),
    "link with a list": lambda: from_link({"a": "region-004-fixed", "a.set": "[1]"}),
    "link with no parameter": lambda: from_link(
        {"a": "region-004-fixed", "a.set": '{"table.setas": 1}'}
    ),
    "link with many seats": lambda: from_link(
        {"a": "region-004-fixed", "a.set": '{"table.seats": 51}'}
    ),
    "nothing to open": lambda: loaded([("notes.txt", b"hello")]),
    "a broken zip": lambda: loaded([("broken.zip", b"PK no zip")]),
    "too large a file": lambda: loaded([("a.yaml", b"#" * 1_000_001)]),
    "too many files": lambda: loaded([(f"{n}.yaml", b"schema: 1\n") for n in range(11)]),
    "too many scenarios": lambda: loaded([(f"{n}.yaml", b"schema: 1\n") for n in range(4)]),
    "out of the folder": lambda: loaded([("a.yaml", b"schema: 1\nextends: ../b.yaml\n")]),
    "a sweep": lambda: loaded([("a.yaml", b"schema: 1\nkind: sweep\n")]),
    "one name twice": lambda: Workspace([Draft(Scenario()), Draft(Scenario())]).scenarios(),
    "two lengths": compared("name: b\nmonths: 12", "name: c\nmonths: 24"),
}  # fmt: skip


@pytest.mark.parametrize("name", OTHERS)
def test_what_no_bad_file_has_is_told_in_dutch_too(name: str) -> None:
    with pytest.raises(ConfigError) as caught:
        OTHERS[name]()
    check(caught.value)


def test_outcomes_and_names_of_a_comparison_are_refused_in_dutch(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("schema: 1\nname: same\n")
    (tmp_path / "two.yaml").write_text("schema: 1\nname: same\n")
    file = tmp_path / "both.yaml"
    head = "schema: 1\nkind: comparison\n"
    for text in (
        "scenarios: [one.yaml, two.yaml]\n",
        "scenarios: [one.yaml]\noutcomes: [synergie]\n",
        "scenarios: [one.yaml]\noutcomes: [qqq]\n",
    ):
        file.write_text(head + text)
        with pytest.raises(ConfigError) as caught:
            load_comparison(file, known_outcomes=["synergy", "encounters"])
        check(caught.value)


def test_how_many_more_problems_there_are_is_told_in_dutch() -> None:
    with pytest.raises(ConfigError) as caught:
        scenario_from_mapping({"months": 0, "word": {"reach": 3}})
    assert caught.value.told_in("nl").endswith("(Nog 1 probleem in deze config.)")
    check(caught.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("name: a: b\n", "dubbele punt met een waarde"),
        ("name: [a, ]]\n", ""),
        ("a\nb: c\n", ""),
        ("seats\n? [", ""),
        ("name: [a, b\nseats: 3\n", "komma of een ]"),
        ("name: {a: 1\nseats: 3\n", "komma of een }"),
        ('name: "a\n', "aanhalingstekens open"),
        ('name: "a\\qb"\n', "na een \\"),
        ("name: @a\n", "waarmee geen waarde begint"),
        ("name: - a\n", "streepje"),
        ("table:\n\tseats: 3\n", "een tab"),
        ("name: |x\n  a\n", "na | of >"),
        ("table:\n  seats: 3\n months: 4\n", "sluit niet aan"),
        ("name: & a\n", "hoort een naam"),
        ("name: ]\n", "ontbreekt een waarde"),
    ],
)
def test_what_the_parser_says_is_said_in_dutch_in_our_own_words(
    text: str, why: str, tmp_path: Path
) -> None:
    file = tmp_path / "broken.yaml"
    file.write_text(f"schema: 1\n{text}")
    with pytest.raises(ConfigError) as caught:
        load_scenario(file)
    error = caught.value
    told = error.told_in("nl")
    assert "dit is geen YAML (" in told
    assert why in told
    assert error.place.told_in("nl") in told
    assert not ENGLISH.search(error.found.nl)


def test_a_rule_that_the_model_checks_itself_is_said_in_its_own_words() -> None:
    with pytest.raises(ValueError, match="ground rule") as caught:
        known_own_rule("nowhere")
    assert str(caught.value) == IN_OWN_FILE


def test_tables_that_cannot_be_imported_are_told_in_dutch(tmp_path: Path) -> None:
    file = tmp_path / "organisaties.csv"
    rows = ("naam,soort,omvang", "Noord,gemeente,", "Huis,aanbieder,", "Plein,aanbieder,veel")
    file.write_text("\n".join((*rows, ",aanbieder,")))
    with pytest.raises(ImportProblemsError) as caught:
        import_region(organisations=file)
    error = caught.value
    assert error.told_in("en") == str(error)
    number, name, rest = error.told_in("nl").splitlines()
    place = "organisaties.csv, rij"
    assert number == (
        f"{place} 4, kolom omvang: 'veel' is geen getal; geef een getal, of laat de cel leeg"
    )
    assert name == f"{place} 5, kolom naam: er staat geen naam; geef de organisatie een naam"
    assert rest.endswith("om verder te gaan met de rijen die wel bruikbaar zijn (2)")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert again.told_in("nl") == error.told_in("nl")


def test_a_command_that_is_asked_for_dutch_says_in_dutch_what_is_wrong(
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = str(BAD / "out_of_range.yaml")
    for asked in (["--lang", "nl"], ["--lang=nl"]):
        assert main(["describe", file, *asked]) == 2
        assert "regel 5: people.turnover_per_year.provider.practice is 1.5. Hier hoort" in (
            capsys.readouterr().err
        )
    assert main(["describe", file, "--lang", "nl", "--json"]) == 2
    assert "line 5: " in json.loads(capsys.readouterr().out)["error"]["message"]


def test_a_folder_that_cannot_be_used_is_told_in_dutch_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("keep me", encoding="utf-8")
    case, out = str(SHIPPED / "lunch.yaml"), str(tmp_path)
    assert main(["compare", case, "--out", out, "--lang", "nl"]) == 2
    assert capsys.readouterr().err == (
        f"collabsim: {out} is niet leeg, en resultaten worden nooit overschreven; "
        "geef met --out een nieuwe of lege map op\n"
    )
    assert main(["compare", case, "--out", out]) == 2
    assert "is not empty, and results are never overwritten" in capsys.readouterr().err
    assert main(["report", out, "--lang", "nl"]) == 2
    assert "hier staan geen volledige resultaten" in capsys.readouterr().err
    assert main(["report", out, "--json", "--lang", "nl"]) == 2
    assert "no whole results here" in json.loads(capsys.readouterr().out)["error"]["message"]
    again = pickle.loads(pickle.dumps(OutputError(Phrase("a", "b"))))  # noqa: S301 - our own bytes
    assert (str(again), again.told_in("nl"), again.told_in("en")) == ("a", "b", "a")
    assert OutputError("only English").told_in("nl") == "only English"


def test_what_cannot_be_asked_of_a_command_is_told_in_dutch_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("schema: 1\nname: Same\n", encoding="utf-8")
    one, two, nowhere = (str(tmp_path / name) for name in ("one.yaml", "two.yaml", "nowhere"))
    asked = {
        ("compare", one, two): ("two scenarios are called 'Same'", "twee scenario's heten 'Same'"),
        ("compare", one): (f"{one} is one scenario", f"{one} is één scenario"),
        ("compare", one, two, "--set", "months"): ("has no path and value", "heeft geen pad en waarde"),
        ("compare", one, two, "--set", "months=3", "--set", "months=4"): (
            "is set twice", "is twee keer ingesteld",
        ),
        ("report", nowhere): (f"{nowhere} is not there", f"{nowhere} is er niet"),
        ("robustness", one, two, "--outcome", "happiness"): (
            "there is no outcome 'happiness'", "er is geen uitkomst 'happiness'",
        ),
    }  # fmt: skip
    for words, (english, dutch) in asked.items():
        assert main(list(words)) == 2
        assert english in capsys.readouterr().err
        assert main([*words, "--lang", "nl"]) == 2
        told = capsys.readouterr().err
        assert dutch in told
        assert "Invalid value" not in told


def test_a_phrase_is_its_english_and_keeps_its_dutch() -> None:
    phrase = Phrase("a seat", "een zetel")
    assert phrase == "a seat"
    assert f"{phrase}" == "a seat"
    again = pickle.loads(pickle.dumps(phrase))  # noqa: S301 - our own bytes
    assert (str(again), again.nl) == ("a seat", "een zetel")
    assert Place("a.yaml", 3).told_in("nl") == "a.yaml, regel 3"


# -- every place where something is said -----------------------------------------------------------

#: Names in the sources that hold in Dutch what others hold in English.
DUTCH_NAMES = {
    "soort": "kind", "dutch": "kind", "getal": "self.kind", "onderdelen": "items", "wat": "what",
    "gevraagd": "wanted",
}  # fmt: skip
#: What is said of a library's or the system's own sentence, or only in one of the languages.
NOT_IN_DUTCH = {
    "reason", "error", "error.strerror", "getattr(error, 'strerror', None) or error",
    "'of' if listed else 'from'",
}  # fmt: skip
NOT_IN_ENGLISH = {"why", "locked", "f' ({why})' if why is not None else ''"}


def calls() -> Iterator[tuple[str, ast.Call, str]]:
    """Every call in the package, with the file it stands in and what is called."""
    for file in sorted(SOURCES.rglob("*.py")):
        name = file.relative_to(SOURCES).as_posix()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield name, node, ast.unparse(node.func)


def filled_in(text: ast.expr) -> set[str]:
    """What is put in a text, without the language that it is put in."""
    found = set()
    for part in ast.walk(text):
        if isinstance(part, ast.FormattedValue):
            value = ast.unparse(part.value).replace(", 'nl')", ")").replace(".nl", "")
            value = re.sub(r"^in_thousands\((.*)\)$", r"\1", value)
            value = value.replace("[1] for ", "[0] for ").replace("' en '", "' and '")
            value = value.replace("' of '", "' or '").replace("zoals", "such as")
            value = value.replace("een scenario", "a scenario")
            found.add(DUTCH_NAMES.get(value, value))
    return found


def test_both_languages_of_a_phrase_are_given_the_same_values() -> None:
    said = [(name, call) for name, call, called in calls() if called == "Phrase"]
    assert len(said) > 180
    for name, call in said:
        english, dutch = call.args
        where = f"{name}, line {call.lineno}"
        assert filled_in(english) - NOT_IN_DUTCH == filled_in(dutch) - NOT_IN_ENGLISH, where


def test_english_alone_is_spoken_only_to_who_writes_sweeps_claims_or_python() -> None:
    spoken = {
        name.partition("/")[0] for name, _, called in calls() if called.endswith(".in_english")
    }
    assert spoken == ENGLISH_ONLY


def test_what_an_adviser_is_told_of_a_folder_is_told_in_both_languages() -> None:
    made = [(name, call) for name, call, called in calls() if called == "OutputError"]
    for name, call in made:
        if name in WHERE_ADVISERS_WRITE:
            said = call.args[0]
            assert isinstance(said, ast.Call), f"{name}, line {call.lineno}"
            assert ast.unparse(said.func) == "Phrase", f"{name}, line {call.lineno}"
    assert {name for name, _ in made} >= WHERE_ADVISERS_WRITE


def test_no_error_is_made_of_text_in_one_language() -> None:
    """The check of types says so as well; this holds without it."""
    makers = {"ConfigError", "Clash", "Problem", "refusal", "unreadable", "clash", "self.refusal"}
    # The value of a clash and the file of a problem are texts that somebody else wrote.
    for name, call, called in calls():
        if called not in makers:
            continue
        given = [
            *call.args,
            *(word.value for word in call.keywords if word.arg in {"rule", "repair"}),
        ]
        in_prose = [
            part for part in given
            if isinstance(part, ast.JoinedStr | ast.Constant)
            and " " in ast.unparse(part)
        ]  # fmt: skip
        assert not in_prose, f"{name}, line {call.lineno}"
