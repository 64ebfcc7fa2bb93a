"""The pages of the farm in a real Chromium: wide and narrow, Chinese and English, quiet, asking nobody else, usable."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

pytest.importorskip("fastapi", reason="the extra `web` is not installed")

from device_farm.morning import store_queries
from device_farm.store.models import App, FindingRow, Unit
from device_farm.store.transitions import tell
from device_farm.units.unit import UnitState
from device_farm.web.access import Token
from device_farm.web.page_routes import today
from device_farm.web.web_settings import Settings
from harness.language import known
from tests.farm.made_store import Made, made_store
from tests.farm.web.conftest import served

WAIT = 60_000
"""Milliseconds; the machine that tests may be slow."""
TOKEN = "a-token-of-this-test-0123456789"
LONG = "一个名字长得出奇的应用" * 6 + "WithoutAnyPlaceToBreakAnywhereInIt" * 3


SMALL = """[...document.querySelectorAll('main *')].filter(each => each.childElementCount == 0 && each.textContent.trim()
  && parseFloat(getComputedStyle(each).fontSize) < 11).length"""
"""How many texts are too small to be read."""


@dataclass
class Farm:
    """A farm that is served, and the addresses of its pages."""

    made: Made
    address: str
    pages: tuple[str, ...] = ()


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    made = made_store(tmp_path_factory.mktemp("farm"))
    with made.store.begin() as session:
        finding = session.scalars(select(FindingRow).where(FindingRow.outcome == "violation").order_by(FindingRow.id.desc())).first()
        broken = session.scalars(select(Unit.id).where(Unit.state == UnitState.QUARANTINED)).first()
        app = session.get_one(App, finding.app_id)
        app.label = LONG
        package, unit = app.package, finding.unit_id
        guilty = session.scalars(select(FindingRow.app_id).where(FindingRow.outcome == "violation").distinct().limit(5)).all()
        store_queries.tell(session, guilty, today(), "a list")
    with served(made.store, Settings(folder=made.folder, tokens=(Token("token", TOKEN),))) as address:
        lists = ("/", "/phones", "/apps", "/untested", "/findings", "/queue", "/deadlines", "/leads", "/api", "/sign-in")
        yield Farm(made, address, (*lists, f"/units/{unit}", f"/units/{broken}", f"/apps/{package}"))
    made.store.close()


@dataclass
class Seen:
    """A page with what it asked for and complained of."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


def opened(browser: Browser, width: int, language: str) -> Seen:
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="zh-CN" if language == "zh" else "en-GB")
    seen = Seen(page)
    page.on("request", lambda request: seen.requests.append(request.url))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    return seen


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_fits_is_quiet_and_asks_nobody_else(browser: Browser, farm: Farm, width: int, language: str) -> None:
    seen = opened(browser, width, language)
    for path in farm.pages:
        seen.page.goto(farm.address + path, wait_until="load")
        assert seen.page.get_attribute("html", "lang") == ("zh-CN" if language == "zh" else "en"), path
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert seen.page.evaluate(SMALL) == 0, path
    assert seen.complaints == []
    assert [address for address in seen.requests if not address.startswith((farm.address, "data:"))] == []
    seen.page.close()


@pytest.mark.parametrize(("width", "language"), [(1280, "zh"), (390, "en")])
def test_axe_finds_nothing(browser: Browser, farm: Farm, width: int, language: str) -> None:
    seen = opened(browser, width, language)
    for path in farm.pages:
        seen.page.goto(farm.address + path, wait_until="load")
        found = [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in axe(seen.page)]
        assert found == [], path
    seen.page.close()


def axe(page: Page) -> list[dict[str, Any]]:
    """What axe holds against a page. It is handed in by the debugger, past the policy of the page."""
    page.evaluate(Axe().axe_script)
    return list(page.evaluate("axe.run().then(found => found.violations)"))


def test_pictures_are_there_and_the_style_holds(browser: Browser, farm: Farm) -> None:
    seen = opened(browser, 1280, "zh")
    seen.page.goto(farm.address + farm.pages[10], wait_until="load")
    picture = seen.page.locator(".verdict img").first
    picture.scroll_into_view_if_needed()
    expect(picture).to_have_js_property("naturalWidth", 90, timeout=WAIT)
    assert seen.page.evaluate("getComputedStyle(document.querySelector('.badge.violation')).backgroundColor") == "rgb(198, 40, 40)"
    seen.page.close()


def test_the_keyboard_reaches_everything(browser: Browser, farm: Farm) -> None:
    seen = opened(browser, 1280, "en")
    seen.page.goto(farm.address + "/", wait_until="load")
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"
    seen.page.keyboard.press("Enter")
    assert seen.page.evaluate("document.activeElement.id") == "main"
    reached = set()
    for _number in range(80):
        seen.page.keyboard.press("Tab")
        reached.add(seen.page.evaluate("document.activeElement.tagName + ' ' + (document.activeElement.getAttribute('role') || '')"))
    assert {"A ", "SELECT ", "BUTTON ", "DIV log", "DIV region"} <= reached
    seen.page.close()


def test_the_language_is_switched_and_stays(browser: Browser, farm: Farm) -> None:
    seen = opened(browser, 1280, "zh")
    seen.page.goto(farm.address + "/apps?search=com", wait_until="load")
    seen.page.get_by_role("link", name="English", exact=True).click()
    assert "search=com" in seen.page.url
    assert seen.page.locator("h1").inner_text() == "Apps"
    seen.page.get_by_role("link", name="Phones", exact=True).click()
    assert seen.page.locator("h1").inner_text().startswith("Phones")
    seen.page.close()


def test_what_happens_shows_without_a_reload(browser: Browser, farm: Farm) -> None:
    seen = opened(browser, 1280, "zh")
    seen.page.goto(farm.address + "/", wait_until="load")
    expect(seen.page.locator("#live-state")).to_have_text("实时", timeout=WAIT)
    with farm.made.store.begin() as session:
        tell(session, "test", known("<b>刚刚</b>发生", "just now"))
    line = seen.page.locator("#live .fresh").first
    expect(line).to_contain_text("<b>刚刚</b>发生", timeout=WAIT)
    assert line.locator("b").count() == 0
    assert seen.complaints == []
    seen.page.close()


def test_somebody_signs_in_takes_a_phone_out_and_signs_out(browser: Browser, farm: Farm) -> None:
    seen = opened(browser, 390, "zh")
    seen.page.goto(farm.address + "/sign-in", wait_until="load")
    seen.page.get_by_label("令牌").fill("not the token of this farm")
    seen.page.get_by_role("button", name="登录").click()
    assert seen.page.get_by_role("alert").inner_text() == "令牌不对。"
    seen.page.get_by_label("令牌").fill(TOKEN)
    seen.page.get_by_role("button", name="登录").click()
    assert TOKEN not in seen.page.url
    assert seen.page.evaluate("document.cookie") == ""
    seen.page.get_by_role("link", name="手机", exact=True).click()
    row = seen.page.locator("tr", has_text="Pixel 7")
    row.get_by_role("button", name="隔离").click()
    assert "已隔离" in seen.page.locator("tr", has_text="Pixel 7").inner_text()
    assert [each["id"] for each in axe(seen.page)] == []
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= 390
    seen.page.get_by_role("button", name="退出").click()
    assert seen.page.get_by_role("button", name="隔离").count() == 0
    seen.page.close()


def test_a_page_of_another_site_cannot_frame_it(browser: Browser, farm: Farm) -> None:
    seen = opened(browser, 1280, "zh")
    with seen.page.expect_console_message(lambda message: "frame-ancestors" in message.text):
        seen.page.set_content(f'<iframe src="{farm.address}/"></iframe>')
    seen.page.close()
