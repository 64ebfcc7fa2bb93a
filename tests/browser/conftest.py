"""A real Chromium, driven by Playwright, and pages that tell what they ask for and complain of."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.made_pages import Made, made

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium of this machine; skipped visibly where there is none.

    Not longer than a module: while Playwright is open an event loop runs in this thread, and other tests have theirs.
    """
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The runs that are kept with the tests, judged once for all tests of a worker."""
    return made(tmp_path_factory.mktemp("runs"))


@dataclass
class Opened:
    """A page that is open, with every request it made, every line on its console and every error."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def check_quiet(self) -> None:
        """Nothing was asked of anybody, nothing went wrong, no dialog came up."""
        assert [address for address in self.requests if not address.startswith(("file:", "data:"))] == []
        assert len([address for address in self.requests if address.startswith("file:")]) <= 1
        assert self.complaints == []


@dataclass
class Opener:
    """Opens files as pages; see ``open_page``."""

    browser: Browser
    opened: list[Page] = field(default_factory=list)

    def __call__(self, path: Path, *, width: int = 1280, height: int = 900) -> Opened:
        """Open a file at a width in CSS pixels."""
        page = self.browser.new_page(viewport={"width": width, "height": height})
        self.opened.append(page)
        found = Opened(page)
        page.on("request", lambda request: found.requests.append(request.url))
        page.on("console", lambda message: found.complaints.append(message.text))
        page.on("pageerror", lambda error: found.complaints.append(str(error)))
        page.on("dialog", lambda dialog: (found.complaints.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto(path.as_uri(), wait_until="load")
        return found


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Opener]:
    """Give ``open_page(path, width=390)``; the pages are closed behind the test."""
    opener = Opener(browser)
    yield opener
    for page in opener.opened:
        page.close()
