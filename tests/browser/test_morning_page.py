"""The morning page in a browser: on a desk and on a telephone, in two languages, on paper, and with hostile names."""

import unicodedata
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from device_farm.morning.morning_file import write_morning
from device_farm.store.models import App, Campaign, Device, FindingRow, Unit
from harness.report import pdf
from tests.browser.conftest import Opener
from tests.browser.made_pages import speaking
from tests.farm.made_store import NOW, Made, made_store
from tests.hostile.strings import CANARY, HOSTILE

MM = 72 / 25.4


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    farm = made_store(tmp_path_factory.mktemp("farm"), versions=2)
    yield farm
    farm.store.close()


@pytest.fixture(scope="module")
def morning(made: Made) -> Path:
    with speaking("zh"):
        return write_morning(made.store, made.folder, at=NOW)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page of which everything that an app, a phone or a campaign calls itself wants something else."""
    farm = made_store(tmp_path_factory.mktemp("hostile"), versions=1)
    texts = cycle(HOSTILE.values())
    with farm.store.begin() as session:
        for app in session.scalars(select(App)):
            app.label, app.version_name, app.package = next(texts)[:200], next(texts)[:200], f"{app.package}{next(texts)}"[:200]
        for device in session.scalars(select(Device)):
            device.reason_zh, device.reason_en = next(texts), next(texts)
            device.facts = {**device.facts, "model": next(texts)}
        for finding in session.scalars(select(FindingRow)):
            finding.reason_zh, finding.reason_en, finding.sdk = next(texts), next(texts), next(texts)[:200]
        for unit in session.scalars(select(Unit)):
            unit.reason_zh, unit.reason_en = next(texts), next(texts)
        session.scalars(select(Campaign)).one().name = next(texts)[:200]
    with speaking("zh"):
        page = write_morning(farm.store, farm.folder, at=NOW)
    farm.store.close()
    return page


@pytest.mark.parametrize("width", [1280, 390])
def test_it_fits_and_is_quiet(open_page: Opener, morning: Path, width: int) -> None:
    opened = open_page(morning, width=width)
    opened.check_quiet()
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= width
    outside = """[...document.querySelectorAll('main *')].filter(each => {
        const box = each.getBoundingClientRect();
        return box.width > 0 && box.right > innerWidth + 1 && !each.closest('.reach');
    }).map(each => each.outerHTML.slice(0, 120))"""
    assert opened.page.evaluate(outside) == []
    small = "[...document.querySelectorAll('main *')].filter(each => parseFloat(getComputedStyle(each).fontSize) < 11).length"
    assert opened.page.evaluate(small) == 0


def test_the_first_screen_says_what_was_found_and_what_was_not_tested(open_page: Opener, morning: Path) -> None:
    page = open_page(morning).page
    above = page.locator(".sums").bounding_box()
    assert above["y"] + above["height"] < 900
    told = page.locator(".sums").inner_text()
    assert all(words in told for words in ("存在不合规", "未能检测或无法判定", "不得视为通过", "部手机需要处理"))
    headings = page.locator("main h2").all_inner_texts()
    assert [words.strip() for words in headings[:3]] == ["发现的问题", "未能检测的应用", "手机"]


def test_a_language_is_chosen_without_script(open_page: Opener, morning: Path) -> None:
    page = open_page(morning).page
    assert "What could not be tested" not in page.locator("main").inner_text()
    page.check("#show-en")
    text = page.locator("main").inner_text()
    assert "What could not be tested" in text
    assert "未能检测的应用" not in text
    page.check("#show-both")
    text = page.locator("main").inner_text()
    assert "What could not be tested" in text
    assert "未能检测的应用" in text


def test_the_table_is_filtered_and_says_so(open_page: Opener, morning: Path) -> None:
    page = open_page(morning).page
    violations = page.locator("tr.unit.violation")
    count = violations.count()
    assert count > 0
    assert violations.first.is_visible()
    assert not page.locator(".filtered").is_visible()
    page.click(".filters > summary")
    page.uncheck("#pick-violation")
    assert not any(violations.nth(number).is_visible() for number in range(count))
    assert page.locator("tr.unit.clear").first.is_visible()
    assert page.locator(".filtered").is_visible()


@pytest.mark.parametrize("width", [1280, 390])
def test_names_that_want_something_else_are_text(open_page: Opener, hostile: Path, width: int) -> None:
    opened = open_page(hostile, width=width)
    opened.check_quiet()
    page = opened.page
    assert "planted" not in page.title() or CANARY in page.title()
    assert page.locator("#planted, iframe, script, [onload], [onerror], [onmouseover], main style, form, object").count() == 0
    assert page.locator("main > section").count() >= 6
    assert page.locator("main").inner_text().count(CANARY) > 50
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".sums").is_visible()


def test_on_paper_it_is_a4_with_every_app_and_none_of_the_controls(morning: Path, made: Made) -> None:
    if pdf.program() is None:
        pytest.skip("no Chromium on this machine")
    output = morning.with_suffix(".pdf")
    output.write_bytes(pdf.pdf_of(morning.read_text("utf-8")))
    pages = PdfReader(output).pages
    assert len(pages) >= 3
    assert {tuple(round(float(side) / MM) for side in (page.mediabox.width, page.mediabox.height)) for page in pages} == {(210, 297)}
    text = "".join(page.extract_text() for page in pages)
    with made.store.begin() as session:
        packages = set(session.scalars(select(App.package)))
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    assert all(package in plain for package in packages)
    assert "筛选" not in plain
