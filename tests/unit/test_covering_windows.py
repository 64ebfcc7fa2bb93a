"""Windows of others: one that came while the app was ended, and had gone when it began, lay over nothing."""

from harness.events import ActivityResumed, AppLaunched, AppStopped, Event, Instant, Source
from harness.events.action_kinds import Ending
from harness.events.app_under_test import AppUnderTest
from harness.starts.covering_windows import foreign_windows

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
