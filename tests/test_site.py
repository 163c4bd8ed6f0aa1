"""The site: built without a warning, its links lead somewhere, and everybody can read it."""

import fcntl
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
import typer
from axe_playwright_python.sync_playwright import Axe
from building import timing
from building.effects import EFFECTS
from building.mechanisms import KNOWN, mechanisms
from building.mechanisms import pages as pages_of_mechanisms
from playwright.sync_api import Browser
from ruamel.yaml import YAML

from collabsim.cli import app
from collabsim.reference.commands_page import commands_page

PROJECT = Path(__file__).parents[1]
DOCS = PROJECT / "docs"
HTML = DOCS / "_build" / "html"
BUILD = (sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-j", "2")
#: Other tests run beside the build, so a page may take three times as long as in `make docs`.
PATIENCE = ("-D", "page_seconds=180")


@pytest.fixture(scope="session")
def site() -> Path:
    """The site as it is now; only what changed is built again, by one process at a time."""
    (DOCS / "_build").mkdir(exist_ok=True)
    with (DOCS / "_build" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        built = subprocess.run(
            [*BUILD, *PATIENCE, "-d", str(DOCS / "_build" / "read"), str(DOCS), str(HTML)],
            capture_output=True,
            text=True,
            check=False,
        )
    assert built.returncode == 0, built.stderr
    return HTML


@cache
def elements(page: Path) -> tuple[Element, ...]:
    """The elements of a page."""
    tree = html5lib.parse(page.read_text(encoding="utf-8"), namespaceHTMLElements=False)
    return tuple(tree.iter())


def parsed(page: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """The elements of a page: their tags and attributes."""
    return ((str(element.tag), dict(element.attrib)) for element in elements(page))


def pages(site: Path) -> Iterator[Path]:
    """Every page of the site that somebody wrote."""
    for page in sorted(site.rglob("*.html")):
        if page.relative_to(site).parts[0] not in {"_static", "_sources", "_downloads"}:
            yield page


def test_the_page_of_commands_is_current() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert page == commands_page(), "run: python docs/generate.py"


@pytest.mark.slow
def test_the_pages_of_mechanisms_are_current() -> None:
    for name, page in pages_of_mechanisms().items():
        assert (PROJECT / name).read_text(encoding="utf-8") == page, f"{name}: run docs/generate.py"
    made = {Path(name).name for name in pages_of_mechanisms()}
    assert {path.name for path in (DOCS / "mechanisms").glob("*.md")} == made


def test_every_file_with_a_mechanism_and_every_known_answer_has_a_page() -> None:
    shown = {module for mechanism in mechanisms() for module in mechanism.modules}
    folders = (PROJECT / "src" / "collabsim" / name for name in ("mechanisms", "delegation"))
    there = {path for folder in folders for path in folder.glob("*.py")}
    assert {path.name for path in there - shown} == {"__init__.py"}
    answers = YAML(typ="safe").load(PROJECT / "tests" / "known_answers" / "targets.yaml")
    assert sorted(name for names in KNOWN.values() for name in names) == sorted(answers)
    titles = {mechanism.title for mechanism in mechanisms()}
    assert set(KNOWN) | set(EFFECTS) == titles, (
        "each has a figure: of its known answer, or of what it does"
    )
    assert not set(KNOWN) & set(EFFECTS)


def test_every_command_and_every_option_is_on_its_page() -> None:
    page = commands_page()
    group = typer.main.get_command(app)
    for name, command in group.commands.items():  # type: ignore[attr-defined]
        assert f"## `{name}" in page
        for parameter in getattr(command, "params", ()):
            for flag in parameter.opts:
                assert not flag.startswith("--") or f"`{flag}" in page, flag


def test_what_is_on_by_default_is_said_to_be_with_what_switches_it_off() -> None:
    rows = [row for row in commands_page().splitlines() if row.startswith("| `--halved")]
    assert len(rows) == 1
    assert rows[0].startswith("| `--halved / --no-halved` | Also with all ranges half as wide")
    assert rows[0].endswith(" Default: `--halved`. |")


def test_the_landing_page_opens_with_six_sentences_and_one_picture() -> None:
    page = (DOCS / "index.md").read_text(encoding="utf-8")
    opening = page.split("\n\n")[1]
    assert len(re.findall(r"\.(?:\s|$)", opening)) == 6
    assert page.count("{figure}") == 1


def test_a_page_that_takes_longer_than_a_minute_is_a_fault_of_the_site(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told: list[str] = []
    monkeypatch.setattr(timing.LOG, "warning", lambda *_, location: told.append(location))
    ran = {"quick": 59.0, "slow": 61.0, "without code": None}
    metadata = {page: {"exec_data": {"runtime": seconds}} for page, seconds in ran.items()}
    app = SimpleNamespace(config=SimpleNamespace(page_seconds=60))
    env = SimpleNamespace(nb_metadata=metadata | {"words": {}})
    assert timing.too_slow(app, env) == []  # type: ignore[arg-type]
    assert told == ["slow"]


@pytest.mark.slow
def test_every_link_of_the_site_leads_to_a_place_that_exists(site: Path) -> None:
    broken = []
    for page in pages(site):
        for tag, attributes in parsed(page):
            for name in ("href", "src"):
                address = urlsplit(attributes.get(name, ""))
                if tag == "link" or address.scheme or address.netloc or not any(address):
                    continue
                there = page if not address.path else page.parent / unquote(address.path)
                ids = (
                    {a.get("id") for _, a in parsed(there.resolve())}
                    if there.suffix == ".html" and there.exists()
                    else set()
                )
                if not there.exists() or (
                    address.fragment and unquote(address.fragment) not in ids
                ):
                    broken.append(f"{page.relative_to(site)}: {attributes[name]}")
    assert broken == []


@pytest.mark.slow
def test_every_link_of_the_site_says_where_it_leads(site: Path) -> None:
    for page in pages(site):
        for link in elements(page):
            if link.tag == "a" and "href" in link.attrib:
                shown = "".join(link.itertext()).strip() or link.findall(".//img")
                assert shown or link.get("aria-label"), f"{page.name}: {link.get('href')}"


@pytest.mark.slow
def test_nothing_on_the_site_is_fetched_from_elsewhere(site: Path) -> None:
    for page in pages(site):
        for tag, attributes in parsed(page):
            fetched = attributes.get("src", "") + (
                attributes.get("href", "") if tag == "link" else ""
            )
            assert "://" not in fetched, f"{page.name}: {fetched}"
    for sheet in site.rglob("*.css"):
        assert not re.search(
            r"url\(['\"]?https?:|@import\s+['\"]?https?:", sheet.read_text(encoding="utf-8")
        ), sheet


@pytest.mark.slow
def test_no_page_of_the_site_names_a_folder_of_this_machine(site: Path) -> None:
    for page in pages(site):
        assert str(PROJECT) not in page.read_text(encoding="utf-8"), page.name


@pytest.mark.slow
def test_every_picture_says_in_words_what_it_shows(site: Path) -> None:
    for page in pages(site):
        for tag, attributes in parsed(page):
            if tag == "img":
                assert len(attributes.get("alt", "").split()) > 5, (
                    f"{page.name}: {attributes['src']}"
                )


#: One page of each kind: landing, tutorial, lesson, mechanism, long tables, Python, how-to.
LOOKED_AT = (
    "index.html", "tutorial/look-inside.html", "lessons/people-leave.html", "mechanisms/learning.html",
    "glossary.html", "parameters.html", "api.html", "how-to/read-results.html", "month.html",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("width", [1300, 390], ids=["wide", "narrow"])
def test_pages_have_no_serious_fault_of_accessibility_and_fit_the_window(
    site: Path, browser: Browser, width: int
) -> None:
    faults = []
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_default_timeout(120_000)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    for name in LOOKED_AT:
        page.goto((site / name).as_uri())
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in {"serious", "critical"}:
                places = [node["html"][:120] for node in violation["nodes"][:3]]
                faults.append(f"{name}: {violation['id']}: {places}")
        inside = page.evaluate("document.documentElement.scrollWidth")
        if inside > width + 1:
            faults.append(f"{name}: {inside} pixels wide in a window of {width}")
    page.close()
    assert faults == []
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
