"""Who ends apps on a ROM, and what am_kill and exit-info say then."""

from collections.abc import Callable

import pytest

from device_farm.virtual import Activity, App, Text
from tests.virtual.device_calls import run as run_command
from tests.virtual.runtime.conftest import Phone

SHOP = "com.example.shop"


class Shop(App):
    package, label = SHOP, "小店"

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("小店"))


def opened(phone: Callable[..., Phone], rom: str, android: str) -> Phone:
    made = phone(Shop, rom=rom, android=android)
    made.launch(SHOP)
    made.system.go_home()
    made.wait(1)
    return made


def kills(phone: Phone) -> list[str]:
    """The reasons of am_kill about the shop."""
    return [line[1:-1].split(",")[4] for line in phone.log("am_kill") if f",{SHOP}," in line]


def task(phone: Phone) -> object:
    return next(found for found in phone.system.tasks if found.affinity == SHOP)


@pytest.mark.parametrize(
    ("rom", "android", "swipe", "clear_all", "stopped"),
    [
        ("aosp", "13", "remove task", "remove task", False),
        ("miui", "13", f"stop {SHOP} due to SwipeUpClean", f"stop {SHOP} due to OneKeyClean", True),
        ("hyperos", "15", f"stop {SHOP} due to SwipeUpClean", f"stop {SHOP} due to OneKeyClean", True),
        ("harmony", "12", f"stop {SHOP} due to iAwareF[SystemManager]", f"stop {SHOP} due to iAwareF[SystemManager]", True),
        ("coloros", "13", "remove task", "remove task", False),
        ("originos", "13", f"stop {SHOP} due to single-cleaner", f"stop {SHOP} due to single-cleaner", True),
    ],
)
def test_recents_ends_an_app_for_the_roms_reason(
    phone: Callable[..., Phone], rom: str, android: str, swipe: str, clear_all: str, *, stopped: bool
) -> None:
    made = opened(phone, rom, android)
    made.system.cleaners.swiped_away(task(made))  # type: ignore[arg-type]
    made.wait(1)
    assert kills(made) == [swipe]
    assert made.system.packages[SHOP].stopped is stopped
    made.launch(SHOP)
    made.system.go_home()
    made.wait(1)
    made.system.cleaners.clear_all()
    made.wait(1)
    assert kills(made) == [swipe, clear_all]
    assert made.running(SHOP) == []
    assert made.front == made.device.rom.data["system_apps"]["launcher"]["package"]


def test_an_app_that_may_start_itself_is_only_killed(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "hyperos", "14")
    made.system.start_manager.allow(SHOP, "self_start", allowed=True)
    made.system.cleaners.swiped_away(task(made))  # type: ignore[arg-type]
    made.wait(1)
    assert kills(made) == ["SwipeUpClean"]
    assert not made.system.packages[SHOP].stopped


@pytest.mark.parametrize(
    ("rom", "android", "reason"),
    [
        ("hyperos", "14", "reason=10 (USER REQUESTED) subreason=21 (FORCE STOP)"),
        ("harmony", "12", "reason=10 (USER REQUESTED) subreason=0 (UNKNOWN)"),
        ("coloros", "15", "reason=10 (USER REQUESTED) subreason=22 (REMOVE TASK)"),
    ],
)
def test_exit_info_after_a_swipe(phone: Callable[..., Phone], rom: str, android: str, reason: str) -> None:
    made = opened(phone, rom, android)
    made.system.cleaners.swiped_away(task(made))  # type: ignore[arg-type]
    made.wait(1)
    out, _err, _code = run_command(made.device, "dumpsys", "activity", "exit-info", SHOP)
    assert reason in " ".join(out.split())


@pytest.mark.parametrize(
    ("rom", "android", "reason"),
    [
        ("miui", "11", f"stop {SHOP} due to AutoPowerKill"),
        ("emui", "10", "iAwareF[LowMem](cch-empty) 0ms"),
        ("coloros", "13", "CachedClean[(cch-empty)]"),
    ],
)
def test_the_roms_own_cleaner(phone: Callable[..., Phone], rom: str, android: str, reason: str) -> None:
    made = opened(phone, rom, android)
    made.system.kill_by_fault("rom-cleaner-kill", SHOP)
    made.wait(1)
    assert kills(made) == [reason]


def press(phone: Phone, id: str) -> None:
    """A finger on the middle of a view of the screen."""
    found = [n for root in phone.device.screen.tree() for n in root.walk() if n.resource_id.endswith(f":id/{id}")]
    left, top, right, bottom = found[0].bounds
    phone.device.screen.tap((left + right) / 2, (top + bottom) / 2)
    phone.wait(1)


@pytest.mark.parametrize(
    ("rom", "android", "button", "reason"),
    [
        ("aosp", "10", "clear_all", "remove task"),
        ("miui", "13", "clearAnimView", f"stop {SHOP} due to OneKeyClean"),
        ("emui", "10", "clear_all_recents_image_button", f"stop {SHOP} due to iAwareF[SystemManager]"),
        ("coloros", "15", "btn_clear", "remove task"),
    ],
)
def test_the_button_of_recents_ends_all(phone: Callable[..., Phone], rom: str, android: str, button: str, reason: str) -> None:
    made = opened(phone, rom, android)
    made.device.screen.key("KEYCODE_APP_SWITCH")
    made.wait(1)
    assert "小店" in made.texts()
    press(made, button)
    assert kills(made) == [reason]
    made.device.screen.key("app_switch")
    made.wait(1)
    assert "近期没有任何内容" in made.texts()


def test_a_swipe_up_ends_one_card_and_spares_the_other(phone: Callable[..., Phone]) -> None:
    class News(Shop):
        package, label = "com.example.news", "新闻"

    made = phone(News, Shop, rom="hyperos", android="14")
    made.launch(SHOP)
    made.launch("com.example.news")
    made.device.screen.key("app_switch")
    made.wait(1)
    made.device.screen.swipe(810, 1000, 810, 950)
    made.wait(1)
    assert kills(made) == []
    made.device.screen.swipe(810, 1000, 810, 200)
    made.wait(1)
    assert kills(made) == [f"stop {SHOP} due to SwipeUpClean"]
    assert made.running("com.example.news") == ["com.example.news"]
    press(made, "task_view_thumbnail")
    assert made.front == "com.example.news"


def test_the_recents_key_again_home_and_back_close_the_cards(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "aosp", "13")
    for close in ("app_switch", "home", "back"):
        made.device.screen.key("app_switch")
        made.wait(1)
        assert made.system.recents.shown
        made.device.screen.key(close)
        made.wait(1)
        assert not made.system.recents.shown
        assert "全部清除" not in made.texts()
        assert made.front == "com.android.launcher3"
