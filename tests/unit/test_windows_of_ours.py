"""A window that our own press opened stays ours for as long as it is there, however often it is looked at."""

from types import SimpleNamespace
from typing import Any

from harness.adverts.ad_slots import AdSlots, Step
from harness.adverts.advert_observation import AdvertObserver
from harness.pages.look import Look
from tests.unit.test_adverts import adverts, button, dialog, look, text
from tests.unit.test_pages_identity import APP, HOME, page, title

WINDOW = (text("选择排序", (150, 900, 700, 80)), button("按时间", (150, 1100, 700, 100)), button("按大小", (150, 1300, 700, 100)))
WAY = (Step("排序", ""),)


def observer(shown: Look) -> AdvertObserver:
    session: Any = SimpleNamespace(
        app=SimpleNamespace(package=APP),
        journal=SimpleNamespace(write=lambda step: None),
        screen=SimpleNamespace(pictured=lambda name: None),
        foreground=SimpleNamespace(open={}, component=""),
        acts=SimpleNamespace(silent=()),
        resets=1,
        launches=1,
        look=lambda: shown,
    )
    return AdvertObserver(session, AdSlots(session), effects=session)


def test_it_is_no_advert_at_the_second_look_and_one_where_it_comes_by_itself() -> None:
    ours, home = look(dialog(*WINDOW)), look(HOME)
    assert adverts(ours.roots)
    sights = observer(ours)
    for opened in (True, False, False):
        assert sights.see(ours, WAY, opened=opened) == ()
    assert sights.see(ours) == ()  # still there, whichever way we think we went
    assert sights.see(home) == ()
    assert sights.see(ours, WAY) == ()  # the same way gone again, after another start
    assert sights.see(home) == ()
    assert len(sights.see(ours)) == 1  # it came over the first page with no press


def test_it_is_ours_from_the_press_on_that_led_there() -> None:
    ours = look(dialog(*WINDOW))
    sights = observer(ours)
    sights.led(ours, changed=False)
    assert sights.see(ours, WAY) == ()


def test_the_same_window_over_another_page_is_another_one() -> None:
    ours = look(dialog(*WINDOW))
    other = look((*page(title("文件"), button("导入", (0, 900, 1080, 100)), text("空", (0, 1500, 300, 80))), ours.roots[-1]))
    sights = observer(ours)
    assert sights.see(ours, WAY, opened=True) == ()
    assert len(sights.see(other, WAY)) == 1


def test_what_came_by_itself_before_stays_a_window_of_the_app() -> None:
    ours = look(dialog(*WINDOW))
    sights = observer(ours)
    assert len(sights.see(ours)) == 1
    sights.see(ours, WAY, opened=True)
    assert len(sights.see(ours, WAY)) == 1
