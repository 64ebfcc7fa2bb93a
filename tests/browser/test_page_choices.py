"""What a reader chooses on a page, answered without a script: language, filters, zoom, pictures, folded apps."""

from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.made_pages import Made

WIDTHS = (390, 1280)
FOCUSED = "document.activeElement.tagName + ' ' + (document.activeElement.name || document.activeElement.className)"
SIZES = "[...document.querySelectorAll('figure .shot')].filter(e => e.checkVisibility()).map(e => e.getBoundingClientRect().width)"
SHOWN = "s => [...document.querySelectorAll(s)].filter(e => e.checkVisibility()).length"


@pytest.fixture(scope="module")
def few(runs: Made) -> Path:
    return runs.page("few")


@pytest.fixture(scope="module")
def many(runs: Made) -> Path:
    return runs.page("many", times=5)


def shown(page: Page, selector: str) -> int:
    """How many elements a reader sees."""
    return int(page.evaluate(SHOWN, selector))


def test_the_language_is_that_of_the_run_and_can_be_changed(runs: Made, few: Path, open_page) -> None:
    for path, language, other in ((few, "zh-CN", "en"), (runs.page("english", language="en"), "en", "zh-CN")):
        opened = open_page(path)
        own, foreign = (f'main [lang="{name}"]:not(.always)' for name in (language, other))
        assert opened.page.get_attribute("html", "lang") == language
        assert shown(opened.page, own) > 100
        assert shown(opened.page, foreign) == 0
        opened.page.get_by_label("中文 / English").check()
        assert min(shown(opened.page, own), shown(opened.page, foreign)) > 100
        opened.page.get_by_label("English" if other == "en" else "中文", exact=True).check()
        assert shown(opened.page, own) == 0
        opened.check_quiet()


def test_an_outcome_and_a_clause_can_be_left_out_and_the_page_says_so(few: Path, open_page) -> None:
    opened = open_page(few)
    page = opened.page
    assert shown(page, ".filtered") == 0
    page.locator(".filters > summary").click()
    assert shown(page, ".verdict.clear") > 0
    page.locator("#pick-clear").uncheck()
    assert (shown(page, ".verdict.clear"), shown(page, ".filtered")) == (0, 1)
    page.locator("#pick-clear").check()
    assert (shown(page, ".filtered"), shown(page, '.verdict[data-clause="6"]') > 0) == (0, True)
    page.locator("#pick-clause-6").uncheck()
    assert shown(page, '.verdict[data-clause="6"]') == 0
    assert shown(page, '.verdict[data-clause="5"]') > 0
    opened.check_quiet()


def test_one_app_and_one_sdk_can_be_shown_alone(runs: Made, open_page) -> None:
    app = runs.apps[0]
    found = next(verdict for verdict in app.verdicts if verdict.findings)
    named = replace(found, findings=(replace(found.findings[0], sdks=("极光推送",)), *found.findings[1:]))
    app = replace(app, verdicts=tuple(named if verdict is found else verdict for verdict in app.verdicts))
    page = open_page(Made((app, *runs.apps[1:]), runs.folder).page("one-sdk")).page
    page.locator(".filters > summary").click()
    assert shown(page, ".app") == 3
    page.locator('select[name="app"]').select_option("app-2")
    assert (shown(page, ".app"), shown(page, "#app-2")) == (1, 1)
    page.locator('select[name="app"]').select_option("all")
    names = page.locator('select[name="sdk"] option')
    assert names.count() > 1
    page.locator('select[name="sdk"]').select_option(index=1)
    sdk = (names.nth(1).text_content() or "").replace(" ", "_")
    named, verdicts = shown(page, f'.verdict[data-sdk~="{sdk}"]'), shown(page, ".verdict")
    assert named == verdicts > 0


def test_a_timeline_grows_sideways_inside_its_frame(few: Path, open_page) -> None:
    for width in WIDTHS:
        page = open_page(few, width=width).page
        drawing = page.locator(".lanes").first
        before = drawing.bounding_box()
        page.locator(".zoom .z4").first.check()
        after = drawing.bounding_box()
        assert after["width"] > 3.5 * before["width"]
        assert after["height"] == before["height"]
        assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_timeline_is_told_in_words_too(few: Path, open_page) -> None:
    page = open_page(few).page
    page.locator(".told > summary").first.click()
    drawn = page.locator(".timeline").first.locator(".m").count()
    assert page.locator(".timeline").first.locator(".told tbody tr").count() == drawn > 5


def test_a_picture_is_once_in_the_page_and_is_enlarged_by_its_address(few: Path, open_page) -> None:
    text = few.read_text("utf-8")
    assert text.count('href="data:image/') == len(set(text.split('href="data:image/')[1:])) > 0
    page = open_page(few).page
    places = page.locator("figure .shot")
    assert places.count() > text.count('href="data:image/')
    figure = page.locator(".finding[open] figure").first
    small = figure.locator(".shot").bounding_box()
    figure.locator(".enlarge").click()
    large = figure.locator(".shot").bounding_box()
    assert large["height"] > 1.5 * small["height"]
    assert large["y"] >= 0
    assert large["y"] + large["height"] <= 900
    figure.locator(".shut").click()
    assert figure.locator(".shot").bounding_box()["height"] == small["height"]


def test_many_apps_are_folded_and_an_address_opens_the_one_it_names(many: Path, open_page) -> None:
    opened = open_page(many)
    page = opened.page
    assert page.locator(".whole[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollHeight") < 12_000
    page.locator('.matrix.many a[href^="#app-11-"]').first.click()
    assert shown(page, "#app-11-part .verdict") > 0
    assert page.locator(".whole[open]").count() == 1
    opened.check_quiet()


def test_everything_is_reached_by_the_keyboard(few: Path, open_page) -> None:
    page = open_page(few).page
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate(FOCUSED))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none"
    assert {"INPUT language", "SUMMARY ", "A cell violation"} <= reached


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_its_window(few: Path, many: Path, open_page, width: int) -> None:
    for path in (few, many):
        opened = open_page(path, width=width)
        for language in ("show-zh", "show-en", "show-both"):
            opened.page.locator(f"#{language}").check()
            assert opened.page.evaluate("document.documentElement.scrollWidth") == width
        opened.check_quiet()


def test_axe_finds_nothing_serious(runs: Made, many: Path, open_page) -> None:
    for path, width, part in ((runs.page("one", count=1), 1280, "body"), (many, 390, "#results")):
        page = open_page(path, width=width).page
        page.locator("#show-both").check()
        page.locator(".filters > summary").click()
        found = Axe().run(page, context=part).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found if each["impact"] in ("serious", "critical")] == []


def test_a_page_without_its_style_still_tells_everything(few: Path, open_page) -> None:
    page = open_page(few).page
    page.evaluate("document.querySelectorAll('style').forEach(each => each.remove())")
    text = page.inner_text("main")
    for words in ("不合规", "violation", "检测依据", "SHA-256"):
        assert words in text
    sizes = page.evaluate(SIZES)
    assert sizes
    assert all(100 < size < 500 for size in sizes)
