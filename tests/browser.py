"""A real browser and a real server for tests: nothing outside this computer can be reached."""

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request, Route, WebSocket, expect, sync_playwright

from collabsim.app.serving import address, free_port

CHROMIUM = "/usr/bin/chromium"
#: The model may have to be compiled first, on a machine that others use too.
PATIENCE_MS = 600_000
expect.set_options(timeout=PATIENCE_MS)


def chromium() -> str:
    """The browser; installed if that can be done here, else the test is skipped and says why."""
    if not Path(CHROMIUM).exists() and hasattr(os, "geteuid") and os.geteuid() == 0:
        tool = shutil.which("apt-get")
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            if tool is not None:
                subprocess.run([tool, "-qq", *words], check=False, capture_output=True)
    if not Path(CHROMIUM).exists():
        pytest.skip("no Chromium here, and it cannot be installed: apt-get install chromium")
    return CHROMIUM


@contextmanager
def started() -> Iterator[Browser]:
    """Chromium without a window. One at a time: Playwright refuses a second in the same thread."""
    # Names of other hosts lead nowhere, also those that the browser itself would look up.
    arguments: Sequence[str] = (
        "--no-sandbox", "--disable-gpu", "--headless=new",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    )  # fmt: skip
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield browser
        browser.close()


@contextmanager
def served(*words: str, folder: Path) -> Iterator[str]:
    """The app as a program of its own; gives its address."""
    # Workers start at the same moment: each looks for a port in a range of its own.
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    port = free_port(8601 + 20 * int(worker))
    assert port is not None
    code = "import sys; from collabsim.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "app", "--no-browser", "--port", str(port), *words]
    log = (folder / "app.log").open("w")
    with log, subprocess.Popen(command, cwd=folder, stdout=log, stderr=log) as program:
        try:
            wait_for(f"{address(port)}/_stcore/health", program, folder / "app.log")
            yield address(port)
        finally:
            program.terminate()


def wait_for(url: str, program: subprocess.Popen[bytes], log: Path) -> None:
    """Wait until the server answers."""
    for _ in range(PATIENCE_MS // 500):
        assert program.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.5)
    pytest.fail(f"the app did not start: {log.read_text()}")


@dataclass
class Outside:
    """What the browser wanted from elsewhere; all of it was refused."""

    home: str
    asked: list[str] = field(default_factory=list)

    def guard(self, route: Route, request: Request) -> None:
        """Let through what is for the app, refuse and count the rest."""
        if request.url.startswith((f"{self.home}/", "data:", "blob:")):
            route.continue_()
        else:
            self.asked.append(request.url)
            route.abort()

    def listen(self, socket: WebSocket) -> None:
        """Count connections to elsewhere; the browser has no address for them anyway."""
        if not socket.url.startswith(f"{self.home.replace('http', 'ws', 1)}/"):
            self.asked.append(socket.url)


@contextmanager
def browsing(home: str, *, width: int = 1440, height: int = 1000) -> Iterator[tuple[Page, Outside]]:
    """A page in Chromium, of which every request to elsewhere is refused and counted."""
    outside = Outside(home)
    with started() as browser:
        context = browser.new_context(
            viewport={"width": width, "height": height}, accept_downloads=True
        )
        context.set_default_timeout(PATIENCE_MS)
        context.route("**/*", outside.guard)
        page = context.new_page()
        page.on("websocket", outside.listen)
        yield page, outside


def settled(page: Page) -> None:
    """Wait until Streamlit has shown all that it has to show."""
    page.wait_for_timeout(300)
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
