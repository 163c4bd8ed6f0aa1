"""The report: one valid, accessible file in either language, that says what the verdict says."""

import json
import re
from itertools import pairwise
from pathlib import Path
from shutil import copytree
from string import Formatter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import html5lib
import numpy as np
import pytest

from collabsim.analysis.evidence import evidence_of_results
from collabsim.analysis.saying import told
from collabsim.analysis.shown import FIRST
from collabsim.analysis.verdict import verdict_of
from collabsim.cli import main
from collabsim.config import scenario_from_mapping
from collabsim.experiments.store import Results, load_results
from collabsim.figures import NetworkView
from collabsim.metrics import METRICS
from collabsim.organisations import KINDS
from collabsim.report import report
from collabsim.report.pictures import Labels
from collabsim.report.sides import SET_HERE, assumptions
from collabsim.report.texts import SOURCES
from collabsim.report.words import WORDS, told_date, word

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MARKUP = '<script>alert(1)</script> & "Jansen\'s" <b>zorg</b>'
HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
DOCS = Path(__file__).parents[1] / "docs"


def region(name: str, about: str, share: float) -> str:
    return (
        f"schema: 1\nname: {json.dumps(name)}\nabout: {json.dumps(about)}\nmonths: 24\nhistory_months: 6\nregion:\n"
        "  municipality_count: 2\n  provider_count: 5\n  organisations:\n"
        f"    - {{id: {json.dumps(MARKUP)}, kind: provider, domain: youth}}\n"
        "    - {id: Stille kracht, kind: provider, domain: care, well_known: true}\n"
        "    - {id: Zorgplein, kind: provider, domain: care}\n"
        f"table: {{seats: 3, rotation: {{share_per_year: {share}}}}}\n"
    )


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    (folder / "a.yaml").write_text(region("Vast", f"Zoals nu. {MARKUP}", 0.0))
    (folder / "b.yaml").write_text(
        region("Roulerend <i>elk jaar</i>", "Anders.", 1.0)
        + "timeline:\n  - {month: 6, set: {commissioning.budget: 0.85}}\n"
    )
    (folder / "c.yaml").write_text(
        "schema: 1\nkind: comparison\nname: Wie zit er aan tafel?\nabout: Een vraag van de regio.\n"
        "scenarios: [a.yaml, b.yaml]\nreplicates: 3\n"
    )
    assert main(["compare", str(folder / "c.yaml"), "--out", str(folder / "out")]) == 0
    return folder / "out"


@pytest.fixture(scope="module")
def pages(results: Path) -> dict[str, str]:
    written = {}
    for lang in ("en", "nl"):
        place = results.parent / f"{lang}.html"
        assert main(["report", str(results), "--lang", lang, "--out", str(place)]) == 0
        written[lang] = place.read_text(encoding="utf-8")
    return written


@pytest.fixture(scope="module", params=["en", "nl"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def tree(page: str) -> ET.Element:
    parsed: ET.Element = html5lib.HTMLParser(strict=True).parse(page)
    return parsed


def text_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


# -- the file --------------------------------------------------------------------------------------


@pytest.mark.slow
def test_it_is_valid_html_of_a_fraction_of_three_megabytes(
    pages: dict[str, str], lang: str
) -> None:
    tree(pages[lang])
    assert len(pages[lang].encode()) < 3_000_000


@pytest.mark.slow
def test_nothing_in_it_points_anywhere_but_into_itself(pages: dict[str, str], lang: str) -> None:
    page = pages[lang]
    names = set(re.findall(r'\bid="([^"]+)"', page))
    assert len(names) == len(re.findall(r'\bid="([^"]+)"', page))
    for target in re.findall(r'(?:href|src|xlink:href|data|action)="([^"]*)"', page):
        assert target.removeprefix("#") in names, target
    for target in re.findall(r"url\(([^)]*)\)", page):
        assert target.strip("'\"").removeprefix("#") in names, target
    for target in re.findall(r'aria-(?:labelledby|describedby)="([^"]+)"', page):
        assert target in names
    without = re.sub(r'xmlns(:\w+)?="[^"]*"', "", page)
    assert not re.findall(r"https?://", without)
    for tag in ("<script", "<link", "<iframe", "<img", "@import", "<object", "<embed", "<base"):
        assert tag not in page, tag


@pytest.mark.slow
def test_names_with_markup_are_shown_as_text(pages: dict[str, str], lang: str) -> None:
    page = pages[lang]
    assert "Roulerend &lt;i&gt;elk jaar&lt;/i&gt;" in page
    assert "<i>elk" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not [e for e in tree(page).iter() if e.tag in {f"{HTML}script", f"{HTML}b", f"{HTML}i"}]


# -- whoever reads it ------------------------------------------------------------------------------


@pytest.mark.slow
def test_headings_follow_one_another_and_every_section_has_one(
    pages: dict[str, str], lang: str
) -> None:
    whole = tree(pages[lang])
    assert whole.get("lang") == lang
    levels = [
        int(e.tag[-1])
        for e in whole.iter()
        if re.fullmatch(rf"{re.escape(HTML)}h[1-6]", str(e.tag))
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    sections = [e for e in whole.iter() if e.tag == f"{HTML}section"]
    assert len(sections) >= 12
    linked = [e.get("href") for e in whole.iter() if e.tag == f"{HTML}a"]
    for section in sections:
        assert section.find(f"{HTML}h2") is not None
        assert f"#{section.get('id')}" in linked


@pytest.mark.slow
def test_tables_have_captions_and_heads_with_a_scope(pages: dict[str, str], lang: str) -> None:
    tables = [e for e in tree(pages[lang]).iter() if e.tag == f"{HTML}table"]
    assert len(tables) >= 8
    for table in tables:
        caption = table.find(f"{HTML}caption")
        assert caption is not None
        assert text_of(caption)
        heads = [e for e in table.iter() if e.tag == f"{HTML}th"]
        assert heads
        assert {head.get("scope") for head in heads} <= {"col", "row"}
        columns = len([h for h in heads if h.get("scope") == "col"])
        for row in table.iter(f"{HTML}tr"):
            assert len(row) == columns


@pytest.mark.slow
def test_no_caption_repeats_the_heading_above_it_for_who_can_see_both(
    pages: dict[str, str], lang: str
) -> None:
    heading = ""
    for element in tree(pages[lang]).iter():
        if re.fullmatch(rf"{re.escape(HTML)}h[1-6]", str(element.tag)):
            heading = text_of(element)
        elif element.tag == f"{HTML}caption":
            assert (element.get("class") == "unseen") == (text_of(element) == heading)


@pytest.mark.slow
def test_how_an_outcome_is_told_stands_where_it_is_told_that_way(
    pages: dict[str, str], lang: str
) -> None:
    sections = {e.get("id"): text_of(e) for e in tree(pages[lang]).iter() if e.get("id")}
    reading = word("reading", lang)  # type: ignore[arg-type]
    assert reading in sections["verdicts"]
    assert reading not in sections["short"]


@pytest.mark.slow
def test_every_figure_is_told_in_words(pages: dict[str, str], lang: str) -> None:
    figures = [e for e in tree(pages[lang]).iter() if e.tag == f"{HTML}figure"]
    assert len(figures) >= 5
    for figure in figures:
        svg = figure.find(f"{SVG}svg")
        assert svg is not None
        assert svg.get("role") == "img"
        for part in ("title", "desc"):
            found = svg.find(f"{SVG}{part}")
            assert found is not None
            assert len(text_of(found)) > 5


@pytest.mark.slow
def test_verdicts_are_told_in_words_and_signs_beside_their_colour(
    pages: dict[str, str], lang: str
) -> None:
    sorts = ("better", "worse", "not-known", "no-difference-that-matters", "higher", "lower")
    cells = [
        e for e in tree(pages[lang]).iter() if e.tag == f"{HTML}td" and e.get("class") in sorts
    ]
    assert cells
    assert all(re.search(r"[\u25b2\u25bc\u2191\u2193=?] \w", text_of(cell)) for cell in cells)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.slow
def test_text_stands_out_from_the_page(pages: dict[str, str]) -> None:
    style = pages["nl"].split("<style>")[1].split("</style>")[0]
    colours = re.findall(r"(?<![-\w])color: (#[0-9a-f]{6})", style)
    colours += re.findall(r"--(?:ink|grey): (#[0-9a-f]{6})", style)
    assert len(colours) >= 5
    for colour in colours:
        assert (1.05) / (luminance(colour) + 0.05) >= 4.5, colour
        assert (luminance("#f3f3f3") + 0.05) / (luminance(colour) + 0.05) >= 4.5, colour


# -- what it says ----------------------------------------------------------------------------------


@pytest.mark.slow
def test_it_says_what_the_verdict_and_the_command_line_say(
    results: Path, pages: dict[str, str], lang: str
) -> None:
    verdict = verdict_of(evidence_of_results(load_results(results)))
    words = told(verdict, lang)  # type: ignore[arg-type]
    page = text_of(tree(pages[lang]))
    assert " ".join(words.outcomes[0]["days_to_help"].split()) in page
    for sentence in words.courses:
        assert " ".join(sentence.split()) in page
    if lang == "en":
        saved = " ".join((results / "verdict.txt").read_text(encoding="utf-8").split())
        assert " ".join(words.outcomes[0]["days_to_help"].split()) in saved


@pytest.mark.slow
def test_it_shows_what_differs_and_nothing_that_does_not(pages: dict[str, str], lang: str) -> None:
    section = next(e for e in tree(pages[lang]).iter() if e.get("id") == "sides")
    text = text_of(section)
    assert "[table.rotation.share_per_year]" in text
    assert {"en": "From month", "nl": "Vanaf maand"}[lang] in text
    assert re.search({"en": r"budget\) ?1 ?0\.85", "nl": r"budget\) ?1 ?0,85"}[lang], text)
    assert "table.seats" not in text
    assert "region.organisations" not in text


@pytest.mark.slow
def test_what_was_not_looked_at_is_said_to_be_not_known(pages: dict[str, str]) -> None:
    assert "Niet bekend: welk mechanisme" in pages["nl"]
    assert "Not known: whether it holds under other assumptions" in pages["en"]


@pytest.mark.slow
def test_every_assumption_is_there_with_its_grade_and_source_or_that_it_was_set(
    results: Path, pages: dict[str, str], lang: str
) -> None:
    section = text_of(next(e for e in tree(pages[lang]).iter() if e.get("id") == "assumptions"))
    scenario = scenario_from_mapping(load_results(results).manifest["scenarios"][0])
    rows = assumptions(scenario, lang)  # type: ignore[arg-type]
    for row in rows:
        assert f"[{row.path}]" in section
        if row.source not in {"assumption", ""}:
            assert SOURCES[row.source].split(",")[0] in section
    assert {row.path for row in rows if row.known == SET_HERE} >= {"region.municipality_count"}
    assert word("chosen", lang) in section  # type: ignore[arg-type]
    headings = re.findall(
        r"^## (.+)$", (DOCS / "sources.md").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert set(SOURCES) <= set(headings)


@pytest.mark.slow
def test_organisations_are_numbered_unless_asked_and_who_is_in_the_background_stays_so(
    results: Path, pages: dict[str, str], tmp_path: Path
) -> None:
    for lang, page in pages.items():
        assert "Zorgplein" not in page
        assert "Stille kracht" not in page
        assert word("rings text", lang) in text_of(tree(page))  # type: ignore[arg-type]
    named, all_named = tmp_path / "named.html", tmp_path / "all.html"
    assert main(["report", str(results), "--names", "--out", str(named)]) == 0
    page = named.read_text(encoding="utf-8")
    # One number among names would point out whose it is: all providers keep theirs.
    assert "municipality-01" in page
    assert "Zorgplein" not in page
    assert "Stille" not in page
    assert word("rings named", "en") in text_of(tree(page))
    words = ["report", str(results), "--names", "--name-connector", "--out", str(all_named)]
    assert main(words) == 0
    assert "Zorgplein" in all_named.read_text(encoding="utf-8")
    assert "Stille" in all_named.read_text(encoding="utf-8")


def view(*names: str) -> NetworkView:
    nobody = np.zeros(len(names), dtype=np.bool_)
    kinds = tuple("municipality" if name.startswith("Town") else "provider" for name in names)
    return NetworkView(names, kinds, nobody, nobody, np.zeros((len(names), len(names))))


def test_numbers_of_organisations_do_not_follow_the_alphabet_or_the_order_of_the_config() -> None:
    numbered = Labels("nl", names=False, connector=False, hidden=frozenset())
    names = [f"Zorg {letter}" for letter in "ABCDEFGH"]
    labels = dict(zip(names, numbered(view(*names)).ids, strict=True))
    assert sorted(labels.values()) == [f"aanbieder {number}" for number in range(1, 9)]
    assert list(labels.values()) != sorted(labels.values())
    # Who is called what does not depend on where it stands.
    turned = dict(zip(names[::-1], numbered(view(*names[::-1])).ids, strict=True))
    assert turned == labels


def test_where_one_is_not_to_be_named_all_of_its_kind_are_numbered() -> None:
    names = ("Town A", "Town B", "Zorg A", "Zorg B")
    hiding = Labels("en", names=True, connector=False, hidden=frozenset({"Town B"}))
    assert {*hiding(view(*names)).ids} == {"municipality 1", "municipality 2", "Zorg A", "Zorg B"}
    assert Labels("en", names=True, connector=True, hidden=hiding.hidden)(view(*names)).ids == names


def as_kept(results: Path, folder: Path, **kept: object) -> Results:
    """A copy of results of which the manifest or the status of runs is another."""
    copytree(results, folder)
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(manifest | kept), encoding="utf-8")
    return load_results(folder)


def failing(results: Path, folder: Path, replicates: list[int]) -> Path:
    """A copy of results in which every run of some replicates failed."""
    copied = as_kept(results, folder, runs={"done": 0, "failed": 2 * len(replicates)})
    failed = copied.runs["replicate"].isin(replicates)
    runs = copied.runs.assign(status=np.where(failed, "failed", "done"))
    outcomes = [name for name in map(str, runs.columns) if name.startswith("out.")]
    runs[outcomes] = runs[outcomes].mask(failed)
    runs.to_parquet(folder / "runs.parquet")
    return folder


@pytest.mark.slow
def test_the_report_of_a_stopped_run_says_with_how_many_replicates_it_can_be_repeated(
    results: Path, tmp_path: Path
) -> None:
    stopped = as_kept(results, tmp_path / "stopped", replicates=300, interrupted=True)
    page = report(stopped, verdict_of(evidence_of_results(stopped)), "nl")
    assert "en 3 herhalingen geven" in page
    assert "van 300 herhalingen zijn er 3 gedaan" in page
    assert "300" not in text_of(next(e for e in tree(page).iter() if e.get("id") == "again"))


@pytest.mark.slow
def test_a_report_counts_the_pairs_of_which_neither_run_failed(
    results: Path, tmp_path: Path
) -> None:
    folder, place = failing(results, tmp_path / "some", [1]), tmp_path / "some.html"
    assert main(["report", str(folder), "--lang", "nl", "--out", str(place)]) == 0
    page = text_of(tree(place.read_text(encoding="utf-8")))
    assert "2 paren simulaties van 24 maanden" in page
    assert "3 paren simulaties" not in page


@pytest.mark.slow
def test_without_any_pair_there_is_no_report(
    results: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = failing(results, tmp_path / "none", [0, 1, 2])
    for lang, words in (
        ("en", "there is nothing to report"),
        ("nl", "er valt niets te verslaan"),
    ):
        assert main(["report", str(folder), "--lang", lang]) == 2
        assert words in capsys.readouterr().err
    assert not list(folder.glob("*.html"))


def test_what_comes_first_is_fixed_and_among_the_outcomes() -> None:
    assert set(FIRST) <= set(METRICS)


# -- in both languages -----------------------------------------------------------------------------


def test_every_string_is_there_in_both_languages_with_the_same_values() -> None:
    same = {"scenario"}
    for key, (english, dutch) in WORDS.items():
        assert english.strip(), key
        assert dutch.strip(), key
        assert english != dutch or key in same, key
        values = [
            {name for _, name, _, _ in Formatter().parse(text) if name} for text in (english, dutch)
        ]
        assert values[0] == values[1], key


def test_every_string_is_used_and_none_is_missing() -> None:
    folder = Path(__file__).parents[1] / "src/collabsim/report"
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in [*folder.glob("*.py"), *folder.glob("templates/*")]
        if path.name not in {"words.py", "texts.py"}
    )
    # Kinds of organisations are words by the names that the model gives them.
    assert set(KINDS) < set(WORDS)
    for key in set(WORDS) - set(KINDS):
        assert f'"{key}"' in source or f"'{key}'" in source, key


@pytest.mark.slow
def test_dutch_pages_have_no_english_left(pages: dict[str, str]) -> None:
    # Words of the report itself; names of scenarios and paths of parameters are what they are.
    page = pages["nl"]
    for english, dutch in WORDS.values():
        if len(english) > 25 and "{" not in english and english != dutch:
            assert english not in page
    assert told_date("2026-11-23T10:00:00+00:00", "nl") == "23 november 2026"
    assert "of the" not in text_of(next(e for e in tree(page).iter() if e.get("id") == "left-out"))


# -- the command -----------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_report_is_never_written_over_another(
    results: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = results.parent / "en.html"
    assert main(["report", str(results), "--out", str(place)]) == 2
    assert "is there already" in capsys.readouterr().err
    assert main(["report", str(results.parent)]) == 2
    assert "no whole results here" in capsys.readouterr().err


@pytest.mark.slow
def test_a_single_scenario_has_a_report_too(results: Path, tmp_path: Path) -> None:
    config = results.parent / "a.yaml"
    out, place = tmp_path / "run", tmp_path / "one.html"
    assert main(["run", str(config), "--replicates", "2", "--out", str(out)]) == 0
    assert main(["report", str(out), "--lang", "nl", "--out", str(place)]) == 0
    page = place.read_text(encoding="utf-8")
    tree(page)
    assert word("no comparison", "nl") in page
    assert word("report one", "nl") in page
    assert word("report", "nl") not in page
    assert "Gestreept" not in page


@pytest.mark.slow
def test_causes_and_other_assumptions_come_in_when_asked_for(results: Path, tmp_path: Path) -> None:
    place = tmp_path / "more.html"
    words: list[Any] = [
        "report",
        results,
        "--lang",
        "nl",
        "--causes",
        2,
        "--worlds",
        3,
        "--out",
        place,
    ]
    assert main(list(map(str, words))) == 0
    page = place.read_text(encoding="utf-8")
    tree(page)
    assert "mechanismen zijn een voor een uitgezet, in 2 paren elk" in page
    assert "onder 3 verzamelingen aannamen" in page
    assert "Niet bekend: of het ook onder andere aannamen" not in page


# -- in a browser ----------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("width", [360, 1200])
def test_in_a_browser_it_asks_for_nothing_fits_the_window_and_axe_finds_no_serious_fault(
    results: Path, pages: dict[str, str], browser: "Browser", width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    assert pages
    asked: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.on("request", lambda request: asked.append(request.url))
    place = (results.parent / "nl.html").as_uri()
    page.goto(place)
    assert asked == [place]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    found = Axe().run(page).response["violations"]
    serious = [v["id"] for v in found if v["impact"] in {"serious", "critical"}]
    assert serious == []
    page.close()
