"""Who ends apps on a ROM, and what am_kill and exit-info say then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from device_farm.virtual import Activity, App, Text
from tests.virtual.device_calls import run as run_command

if TYPE_CHECKING:
    from collections.abc import Callable

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
    made.system.remove_task(task(made))  # type: ignore[arg-type]
    made.wait(1)
    assert kills(made) == [swipe]
    assert made.system.packages[SHOP].stopped is stopped
    made.launch(SHOP)
    made.system.go_home()
    made.wait(1)
    made.system.clear_all()
    made.wait(1)
    assert kills(made) == [swipe, clear_all]
    assert made.running(SHOP) == []
    assert made.front == made.device.rom.data["system_apps"]["launcher"]["package"]


def test_an_app_that_may_start_itself_is_only_killed(phone: Callable[..., Phone]) -> None:
    made = opened(phone, "hyperos", "14")
    made.system.start_manager.allow(SHOP, "self_start", allowed=True)
    made.system.remove_task(task(made))  # type: ignore[arg-type]
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
    made.system.remove_task(task(made))  # type: ignore[arg-type]
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
