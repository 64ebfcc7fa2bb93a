"""The pages where a ROM lets apps start by themselves, and windows that covered nothing."""

from types import SimpleNamespace
from typing import cast

import pytest

from harness.background.autostart_policy import DETAILS, read_start_policy
from harness.events import ActivityResumed, AppLaunched, AppStopped, Event, Instant, Source
from harness.events.action_kinds import Ending
from harness.events.app_under_test import AppUnderTest
from harness.roms import FACTS
from harness.session.session import Session
from harness.starts.covering_windows import foreign_windows


class Stand:
    """A session that writes down what is done; only the components of ``opens`` start."""

    def __init__(self, *opens: str) -> None:
        self.app = SimpleNamespace(package="com.example.shop")
        self.done: list[str] = []
        self.device = SimpleNamespace(shell=self.shell)
        self.journal = SimpleNamespace(write=lambda step: self.done.append(f"start-page {step.page} {step.screenshot}"))
        self.opens = opens

    def shell(self, command: list[str]) -> SimpleNamespace:
        known = command[3] in self.opens
        return SimpleNamespace(stdout="Starting: Intent { }\n", stderr="" if known else "Error type 3\n", code=0)

    def read(self, name: str, command: list[str]) -> str:
        self.done.append(f"read {name}")
        return ""

    def picture(self, why: str) -> str:
        return "screens/1.png"

    def press(self, key: str, purpose: str) -> None:
        self.done.append(f"{key} {purpose}")

    def idle(self, seconds: float) -> None:
        pass

    def note(self, text: str) -> None:
        self.done.append(text)


READ = ["read start-ops", "read battery-allowlist", "read standby-bucket"]
LEFT = "back close"
PAGES = FACTS["start_pages"]["components"]


@pytest.mark.parametrize("rom", sorted(PAGES))
def test_the_page_of_the_rom_and_that_of_the_app(rom: str) -> None:
    page = PAGES[rom][-1]  # an older version has only the last name
    stand = Stand(page, DETAILS)
    read_start_policy(cast("Session", stand), rom)
    assert stand.done == [*READ, f"start-page {page} screens/1.png", LEFT, f"start-page {DETAILS} screens/1.png", LEFT]


def test_a_page_that_shell_may_not_open_is_noted() -> None:
    stand = Stand(DETAILS)
    read_start_policy(cast("Session", stand), "originos")
    note = "the start manager's page of originos does not open for shell: see to its switches by hand"
    assert stand.done == [*READ, note, f"start-page {DETAILS} screens/1.png", LEFT]


def test_a_rom_without_such_a_page_misses_none() -> None:
    stand = Stand(DETAILS)
    read_start_policy(cast("Session", stand), "aosp")
    assert stand.done == [*READ, f"start-page {DETAILS} screens/1.png", LEFT]


APP = AppUnderTest(package="com.example.shop", uid=10123)


def resumed(uptime: float, component: str) -> ActivityResumed:
    return ActivityResumed(at=Instant(0, uptime), source=Source.EVENTS, component=component)


STOPPED = AppStopped(at=Instant(0, 5.0), source=Source.SESSION, package=APP.package, how=Ending.FORCE_STOP)
LAUNCHED = AppLaunched(at=Instant(0, 8.0), source=Source.SESSION, package=APP.package, component="com.example.shop/.Main", cold=True)
WINDOW, OWN = resumed(6.0, "com.android.vpndialogs/.ConfirmDialog"), resumed(8.2, "com.example.shop/.Main")


def over(*events: Event) -> list[tuple[float, float]]:
    return [(window.at.uptime, window.until.uptime) for window in foreign_windows(events, APP)]


def test_a_window_that_had_gone_when_the_app_began_lay_over_nothing() -> None:
    assert over(STOPPED, WINDOW, LAUNCHED, OWN) == []
    assert over(WINDOW, LAUNCHED, OWN) == [(6.0, 8.2)]
    assert over(STOPPED, WINDOW, OWN) == [(6.0, 8.2)]
