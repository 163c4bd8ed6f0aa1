"""Who reads Dutch reads what a scenario is called and is said to be in Dutch, and the same numbers."""

import io
import json
import re
from contextlib import redirect_stdout
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from collabsim.app.saving import COMPARISON, texts
from collabsim.cli import main
from collabsim.cli.console import Console
from collabsim.cli.in_kept_worlds import finish
from collabsim.config import Comparison, load_comparison, load_config, load_scenario
from collabsim.config.comparison import title_of
from collabsim.config.writing import identity
from collabsim.experiments.identity import run_id
from collabsim.experiments.store import load_results
from collabsim.history import history_key
from collabsim.parameters import Scenario
from collabsim.parameters.scenario import LABELS
from test_glossary import FORMS

CONFIGS = Path(__file__).parents[1] / "configs"
SHIPPED = sorted([*CONFIGS.glob("scenarios/*.yaml"), *CONFIGS.glob("comparisons/*.yaml")])

WORLD = """\
schema: 1
name: {name}
name_nl: {name_nl}
about: {about}
about_nl: {about_nl}
months: 12
history_months: 6
region: {{municipality_count: 2, provider_count: 5}}
table: {{seats: {seats}}}
"""
ASKED = """\
schema: 1
kind: comparison
name: How many seats?
name_nl: Hoeveel zetels?
about: A question of the region.
about_nl: Een vraag van de regio.
scenarios: [few.yaml, many.yaml]
replicates: 3
"""
ENGLISH = ("Few seats", "Many seats", "Three sit at the table.", "A question of the region.")
DUTCH = ("Weinig zetels", "Veel zetels", "Er zitten er drie aan tafel.", "Een vraag van de regio.")


@pytest.fixture
def asked(tmp_path: Path) -> Path:
    few = {"name": ENGLISH[0], "name_nl": DUTCH[0], "about": ENGLISH[2], "about_nl": DUTCH[2]}
    many = {"name": ENGLISH[1], "name_nl": DUTCH[1], "about": '""', "about_nl": '""'}
    (tmp_path / "few.yaml").write_text(WORLD.format(seats=3, **few))
    (tmp_path / "many.yaml").write_text(WORLD.format(seats=5, **many))
    (tmp_path / "seats.yaml").write_text(ASKED)
    return tmp_path / "seats.yaml"


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_ships_has_its_name_and_description_in_dutch_too(path: Path) -> None:
    config = load_config(path)
    told = config.told_in("nl")
    for english, dutch in ((config.name, told.name), (config.about, told.about)):
        assert dutch
        assert dutch != english
        for word, forms in FORMS.items():
            if re.search(rf"\b{word}s?\b", english, re.IGNORECASE):
                assert any(form in dutch.lower() for form in forms), word
    if isinstance(told, Comparison):
        assert len({scenario.name for scenario in told.scenarios}) == len(told.scenarios)


def test_a_dutch_report_says_in_dutch_what_the_english_one_says_in_english(
    asked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = asked.parent / "out"
    assert main(["compare", str(asked), "--out", str(out), "--lang", "nl"]) == 0
    told = capsys.readouterr().out
    assert DUTCH[0] in told
    assert ENGLISH[0] not in told
    for lang, there, not_there in (("nl", DUTCH, ENGLISH), ("en", ENGLISH, DUTCH)):
        assert main(["report", str(out), "--lang", lang]) == 0
        page = next(out.glob(f"*{lang}*.html")).read_text(encoding="utf-8")
        assert all(text in page for text in there)
        # How the runs can be repeated holds the configs as they are.
        shown = re.sub(r"<pre.*?</pre>", "", page, flags=re.DOTALL)
        assert not any(text in shown for text in not_there)


def test_what_is_kept_has_the_names_of_the_config_whoever_reads_it(asked: Path) -> None:
    out = asked.parent / "out"
    assert main(["compare", str(asked), "--out", str(out), "--lang", "nl"]) == 0
    assert set(pq.read_table(out / "runs.parquet")["scenario"].to_pylist()) == set(ENGLISH[:2])
    assert json.loads((out / "manifest.json").read_text())["name"] == "How many seats?"
    results = load_results(out)
    dutch = results.told_in("nl")
    assert dutch.scenarios == list(DUTCH[:2])
    for english, name in zip(results.scenarios, dutch.scenarios, strict=True):
        for outcome, values in results.outcomes(english).items():
            assert values.tobytes() == dutch.outcomes(name)[outcome].tobytes()


def test_two_scenarios_that_would_get_one_dutch_name_keep_the_names_that_they_have(
    asked: Path,
) -> None:
    many = asked.parent / "many.yaml"
    many.write_text(many.read_text().replace(DUTCH[1], DUTCH[0]))
    comparison = load_comparison(asked).told_in("nl")
    assert comparison.name == "Hoeveel zetels?"
    assert [scenario.name for scenario in comparison.scenarios] == list(ENGLISH[:2])
    out = asked.parent / "out"
    assert main(["compare", str(asked), "--out", str(out)]) == 0
    assert load_results(out).told_in("nl").scenarios == list(ENGLISH[:2])


def test_a_comparison_without_a_name_has_one_in_either_language(asked: Path) -> None:
    few, many = (asked.with_name(f"{name}.yaml") for name in ("few", "many"))
    names = [scenario.name for scenario in map(load_scenario, (few, many))]
    assert title_of(names) == "Many seats against Few seats"
    assert title_of(DUTCH[:2], "nl") == "Veel zetels tegenover Weinig zetels"
    saved = texts([load_scenario(few), load_scenario(many)], 3)[COMPARISON]
    assert "name: Many seats against Few seats\n" in saved
    assert "name_nl: Veel zetels tegenover Weinig zetels\n" in saved
    out = asked.parent / "two"
    assert main(["compare", str(few), str(many), "--replicates", "2", "--out", str(out)]) == 0
    assert main(["report", str(out), "--lang", "nl"]) == 0
    page = next(out.glob("*nl*.html")).read_text(encoding="utf-8")
    assert "<title>Veel zetels tegenover Weinig zetels</title>" in page


def test_where_results_are_is_said_in_the_language(tmp_path: Path) -> None:
    for lang, words in (("en", "Results: "), ("nl", "Resultaten: ")):
        screen = io.StringIO()
        with redirect_stdout(screen):
            finish(Console(as_json=False), tmp_path, 0, [], {}, lang)  # type: ignore[arg-type]
        assert f"{words}{tmp_path}" in screen.getvalue().replace("\n", "")


def test_what_a_scenario_is_called_changes_no_run_of_it() -> None:
    plain = Scenario()
    other = plain.model_copy(
        update={label: "scale" if label == "comparison" else "x" for label in LABELS}
    )
    assert identity(other) == identity(plain)
    assert history_key(other) == history_key(plain)
    assert run_id(other, seed=1, replicate=2) == run_id(plain, seed=1, replicate=2)


def test_who_extends_a_scenario_does_not_get_its_dutch_name(asked: Path) -> None:
    heir = asked.parent / "heir.yaml"
    heir.write_text("schema: 1\nname: Heir\nextends: few.yaml\n")
    scenario = load_scenario(heir)
    assert (scenario.name_nl, scenario.about_nl) == ("", "")
    assert scenario.told_in("nl") is scenario
