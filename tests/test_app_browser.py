"""What a person does in a real browser, with the network cut off."""

import base64
import io
import os
import re
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Page, expect

from browser import browsing, served, settled
from collabsim.analysis.shown import FIRST
from collabsim.app import answers_page
from collabsim.app.words import WORDS
from collabsim.config import load_comparison

pytestmark = pytest.mark.slow

SMALL = """\
schema: 1
name: {name}
months: 14
history_months: 6
region: {{municipality_count: 2, provider_count: 6}}
table: {{delegation: random, seats: 3, rotation: {{share_per_year: {share}}}}}
"""
EVIL = '<img src=x onerror=\\"document.title=1\\"></script> **bold** :smile: :material/home: [x](http://a.example)'
VIEWS = [
    words for key, words in WORDS.items() if key in (*answers_page.VIEWS, "timeline", "stepping")
]
DRAWN = ("Differences", "Paths", "Who pays", "Rings")
#: Faults that axe finds in Streamlit's own parts, and that a page made with it cannot mend.
FAULTS_OF_STREAMLIT: frozenset[str] = frozenset()
#: Set to a folder to keep the pictures that are in the docs.
PICTURES = os.environ.get("COLLABSIM_PICTURES")


@pytest.fixture
def region(tmp_path: Path) -> Iterator[str]:
    """The app as it comes, for a few replicates; for one test, as it computes on while a session lives."""
    with served("--replicates", "20", folder=tmp_path) as home:
        yield home


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The app with two small scenarios of one's own, one of which has markup for a name."""
    folder = tmp_path_factory.mktemp("own")
    for name, share, file in (("one", 0.0, "one.yaml"), (f'"{EVIL}"', 1.0, "two.yaml")):
        (folder / file).write_text(SMALL.format(name=name, share=share))
    with served("one.yaml", "two.yaml", "--replicates", "4", folder=folder) as home:
        yield home


def kept_picture(page: Page, name: str) -> None:
    if PICTURES is not None:
        picture = Image.open(io.BytesIO(page.screenshot()))
        picture.quantize(64).save(Path(PICTURES) / f"{name}.png", optimize=True)


def view(page: Page, name: str, lang: int = 0) -> None:
    asks = WORDS["view"][lang]
    page.get_by_role("radiogroup", name=asks).get_by_text(name, exact=True).click()
    settled(page)


def steps_to_month_14(page: Page) -> None:
    """Month by month, to one provider."""
    view(page, "Month by month")
    months = page.get_by_label("Months that have passed")
    months.fill("13")
    months.press("Enter")
    settled(page)
    page.get_by_role("button", name="One month further").click()
    expect(page.get_by_text("in month 14, and why")).to_be_visible()
    organisation = page.get_by_role("combobox", name="Organisation")
    organisation.click()
    organisation.fill("provider-007")
    organisation.press("Enter")
    expect(page.locator("strong", has_text="provider-007")).to_be_visible()
    expect(page.get_by_text("Hours in month 14")).to_be_visible()


def looks_at_other_assumptions(page: Page) -> None:
    view(page, "Other assumptions")
    expect(page.get_by_text("worlds that agree with what research found")).to_be_visible()
    page.locator("img[alt*='world by world']").first.wait_for()
    settled(page)


def saves_files_and_report(page: Page, folder: Path) -> None:
    """In Dutch."""
    with page.expect_download() as started:
        page.get_by_role("button", name="Bewaar als configbestanden (.zip)").click()
    started.value.save_as(folder / "saved.zip")
    with zipfile.ZipFile(folder / "saved.zip") as archive:
        archive.extractall(folder)
    comparison = load_comparison(folder / "comparison.yaml")
    assert comparison.scenarios[1].table.rotation.share_per_year == pytest.approx(0.1)

    with page.expect_download() as started:
        page.get_by_role("button", name="Maak en bewaar het verslag (.html)").click()
    started.value.save_as(folder / "verslag.html")
    report = (folder / "verslag.html").read_text(encoding="utf-8")
    assert '<html lang="nl"' in report
    assert "Roulerende delegatie" in report
    assert not re.findall(r'(?:src|href)="(?!#|data:)', report)


def test_an_adviser_opens_changes_reads_steps_switches_saves_and_comes_back(
    region: str, tmp_path: Path
) -> None:
    with browsing(region) as (page, outside):
        page.goto(region)
        opens = page.get_by_role("button", name="Open: Nine municipalities, fifty providers")
        opens.wait_for()
        page.get_by_text("Nederlands").wait_for()
        settled(page)
        kept_picture(page, "app-first-screen")
        opens.click()
        page.get_by_text("pairs with the same luck").first.wait_for()

        row_of_days = page.locator("table.results").first.get_by_role("row").nth(2)
        before = row_of_days.inner_text()
        slider = page.get_by_role("slider", name="Share of the providers' seats").nth(1)
        slider.focus()
        slider.press("ArrowRight")
        slider.press("ArrowRight")
        row = page.locator("table.results tr", has_text="Share of the providers' seats").first
        expect(row).to_contain_text("0.30.1")
        expect(page.get_by_text("Done: 20 replicates of each scenario")).to_be_visible()
        settled(page)
        verdict = page.locator("table.results").first
        expect(verdict).to_contain_text("Days until help is complete (days)")
        expect(verdict.get_by_role("row")).to_have_count(1 + len(FIRST))
        expect(row_of_days).not_to_have_text(before)
        kept_picture(page, "app-verdict")

        looks_at_other_assumptions(page)
        kept_picture(page, "app-other-assumptions")

        steps_to_month_14(page)
        kept_picture(page, "app-month-by-month")

        page.get_by_text("Nederlands").click()
        expect(page.get_by_text("in maand 14, en waarom")).to_be_visible()
        saves_files_and_report(page, tmp_path)

        link = page.url
        page.goto("about:blank")
        page.goto(link)
        page.get_by_text("paren met hetzelfde toeval").first.wait_for()
        again = page.get_by_role("slider", name="Deel van de zetels van aanbieders").nth(1)
        assert float(again.input_value()) == pytest.approx(0.1)
        kept_picture(page, "app-dutch")
        assert outside.asked == []


def test_names_with_markup_are_shown_as_text(own: str) -> None:
    with browsing(own) as (page, outside):
        page.goto(own)
        page.get_by_text("pairs with the same luck").first.wait_for()
        name = EVIL.replace('\\"', '"')
        for shown, _ in VIEWS:
            view(page, shown)
            if shown in DRAWN:
                assert page.locator("figure.drawn img").first.get_attribute("alt")
            assert page.locator("img[src=x]").count() == 0
            assert page.title() == "collabsim"
            assert page.get_by_role("link", name="x", exact=True).count() == 0
        looks_at_other_assumptions(page)
        expect(page.get_by_text("Days until help is complete").first).to_be_visible()
        assert page.locator("img[src=x]").count() == 0
        view(page, "Verdict")
        expect(page.locator("caption", has_text=name).first).to_be_visible()
        assert outside.asked == []


def test_everything_can_be_done_with_the_keyboard(own: str) -> None:
    with browsing(own) as (page, _):
        page.goto(own)
        page.get_by_text("pairs with the same luck").first.wait_for()
        settled(page)
        reached: set[str] = set()
        for _step in range(80):
            page.keyboard.press("Tab")
            reached.add(page.evaluate(
                "(() => {const e = document.activeElement;"
                "return `${e.tagName} ${e.type || e.getAttribute('role') || ''}`})()"
            ))  # fmt: skip
        kinds = " ".join(reached)
        for kind in (
            "INPUT radio",
            "INPUT text",
            "INPUT range",
            "INPUT checkbox",
            "BUTTON",
            "SUMMARY",
        ):
            assert kind in kinds, (kind, reached)


def test_a_lever_a_view_and_a_scenario_are_chosen_with_the_keyboard_alone(own: str) -> None:
    def focused(page: Page) -> str:
        return str(page.evaluate(
            "(() => {const e = document.activeElement; if (!/BUTTON|INPUT/.test(e.tagName)) return '';"
            "return e.getAttribute('aria-label') || e.innerText || e.type})()"
        ))  # fmt: skip

    def reach(page: Page, words: str) -> None:
        for _ in range(120):
            page.keyboard.press("Tab")
            if words in focused(page):
                return
        pytest.fail(f"{words} cannot be reached")

    with browsing(own) as (page, _):
        page.goto(own)
        page.get_by_text("pairs with the same luck").first.wait_for()
        settled(page)
        reach(page, "Add a scenario")
        page.keyboard.press("Enter")
        page.get_by_text("Scenario C").first.wait_for()
        settled(page)
        reach(page, "Seats for providers")
        page.keyboard.press("ArrowRight")
        expect(page.get_by_text("changed here: 1").first).to_be_visible()
        settled(page)
        while focused(page) != "radio" or not page.evaluate(
            "document.activeElement.closest('[role=radiogroup]').innerText.includes('Paths')"
        ):
            page.keyboard.press("Tab")
        page.keyboard.press("ArrowRight")
        expect(page.locator("figure.drawn img").first).to_be_visible()


def test_there_is_no_serious_fault_of_accessibility_but_those_of_streamlit(own: str) -> None:
    found: dict[str, list[str]] = {}

    def look(page: Page) -> None:
        for fault in Axe().run(page).response["violations"]:
            if fault["impact"] in {"serious", "critical"}:
                places = [node["html"][:160] for node in fault["nodes"]]
                found.setdefault(fault["id"], []).extend(places)

    with browsing(own) as (page, _):
        page.goto(own)
        page.get_by_text("pairs with the same luck").first.wait_for()
        for lang in (0, 1):
            for words in VIEWS:
                view(page, words[lang], lang)
                if words[0] in DRAWN:
                    page.locator("figure.drawn img").first.wait_for()
                look(page)
            page.get_by_text("Nederlands").click()
            settled(page)
        page.get_by_role("button", name=WORDS["other case"][1]).click()
        settled(page)
        look(page)
        assert {k: v[:3] for k, v in found.items() if k not in FAULTS_OF_STREAMLIT} == {}


@pytest.mark.parametrize(
    ("origin", "allowed"),
    [("http://evil.example", False), ("null", False), ("", True)],
)
def test_the_server_refuses_a_connection_from_another_site(
    own: str, origin: str, allowed: bool
) -> None:
    port = int(own.rpartition(":")[2])
    handshake = (
        "GET /_stcore/stream HTTP/1.1\r\n"
        f"Host: 127.0.0.1:{port}\r\nOrigin: {origin or own}\r\n"
        "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        f"Sec-WebSocket-Key: {base64.b64encode(b'0123456789abcdef').decode()}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=120) as connection:
        connection.sendall(handshake.encode())
        answer = connection.recv(200).decode(errors="replace").split("\r\n")[0]
    assert ("101" in answer) == allowed, answer


def test_the_server_listens_to_this_computer_only(own: str) -> None:
    port = int(own.rpartition(":")[2])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing; tells which address would be used
        elsewhere = probe.getsockname()[0]
    if elsewhere.startswith("127."):
        pytest.skip("this computer has no other address")
    with socket.socket() as connection:
        connection.settimeout(10)
        assert connection.connect_ex((elsewhere, port)) != 0
