"""Windows of the system and of other apps that lay over the app under test, and that neither it nor the tester opened.

Which window is in front is told by the view tree and by the log of activities; who opened it by the last START line of
its package. What the app opened itself, or we did, or what these opened in turn, is no foreign window, and neither is
what Android says about the app: that it does not answer, that it crashed.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import Any

from harness.events import (
    ActivityResumed,
    ActivityStarted,
    Anr,
    AppCovered,
    AppLaunched,
    AppStopped,
    CanarySeen,
    CommandRun,
    Crashed,
    Event,
    FrontWindowSeen,
    Instant,
    KeyPressed,
    ProcessStarted,
    StartPageSeen,
    Tapped,
    UidNamed,
)
from harness.events.app_under_test import AppUnderTest
from harness.roms.windows_of_others import ForeignWindow, window_of

OURS = (0, 2000)
"""Uids of root and of shell: what these start is the tester's."""
SYSTEM = 1000
"""The uid of the system, which opens some windows of the table by itself."""
MOST_LINKS = 5
"""How many starts are followed back from a window [PROJECT]: app, store, installer and its confirmation are three."""
LOOK_SECONDS = 2.0
"""How long before a look a window may have come that no log tells of: the screen is looked at so often at least."""
START_SLACK = 0.5
"""How much later than its window a START line may be dated: the tree is asked on the phone's clock as we know it."""
ACT_SECONDS = 5.0
"""How long a key or a command of ours explains a window of the system's."""
TROUBLE_SECONDS = 120.0
"""How long the system's dialog about an app that does not answer, or crashed, explains itself [PROJECT]."""
REQUEST_ACTION = "android.content.pm.action.REQUEST_PERMISSIONS"
"""PackageManager.ACTION_REQUEST_PERMISSIONS: the page that is the dialog of a request."""
RECENTS, SHADE = "recent", "statusbar"
_TOLD = (
    ActivityResumed,
    ActivityStarted,
    Anr,
    AppLaunched,
    AppStopped,
    CanarySeen,
    CommandRun,
    Crashed,
    FrontWindowSeen,
    KeyPressed,
    ProcessStarted,
    StartPageSeen,
    Tapped,
    UidNamed,
)


def foreign_windows(events: Iterable[Event], app: AppUnderTest) -> Iterator[AppCovered]:
    """Each span in which such a window lay over the app: those of the view tree, then those of the log."""
    told = sorted((event for event in events if isinstance(event, _TOLD)), key=lambda event: event.at)
    history = _History(app, told)
    for kind in (FrontWindowSeen, ActivityResumed):
        seen = [event for event in told if isinstance(event, kind)]
        for place, event in enumerate(seen):
            package = _package(event)
            if package and history.foreign(package, event.at):
                later = next((each for each in seen[place + 1 :] if _package(each) != package), None)
                if kind is ActivityResumed and later is not None and history.only_before(event.at, later):
                    continue
                following = later.at if later is not None else told[-1].at
                until = min(following if following.boot == event.at.boot else event.at, history.asked_next(package, event.at))
                since = min(history.came(package, event), until)
                known = event.window if isinstance(event, FrontWindowSeen) else ""
                known = known or history.known(package, event.at)
                at: dict[str, Any] = {"at": since, "source": event.source, "wall": event.wall, "ref": event.ref}
                yield AppCovered(package=package, until=until, window=known, **at)


def _package(event: Event) -> str:
    if isinstance(event, FrontWindowSeen):
        return event.package
    return event.component.partition("/")[0] if isinstance(event, ActivityResumed) else ""


class _History:
    """What was started and done in a run."""

    def __init__(self, app: AppUnderTest, told: Iterable[Event]) -> None:
        self._app = app
        self._starts: dict[str, list[ActivityStarted]] = {}
        self._packages: dict[int, set[str]] = {}
        self._fronts: list[ActivityResumed] = []
        self._explaining: list[tuple[Instant, float]] = []
        self._taps: list[Instant] = []
        self._acts: list[AppLaunched | AppStopped] = []
        self._pages: list[tuple[Instant, float]] = []  # of the settings, that we opened
        for event in told:
            if isinstance(event, ActivityStarted):
                package = (event.component or "").partition("/")[0]
                if package not in app.grant_packages or event.action == REQUEST_ACTION:  # its other pages are parts of a request
                    self._starts.setdefault(package, []).append(event)
            elif isinstance(event, ActivityResumed):
                self._fronts.append(event)
            elif isinstance(event, AppLaunched | AppStopped):
                self._acts.append(event)
            elif isinstance(event, Tapped):
                self._taps.append(event.at)
            elif isinstance(event, CanarySeen):
                self._pages.append((event.caused, ACT_SECONDS))
            elif isinstance(event, StartPageSeen):  # it is told once it was seen
                self._pages.append((event.at.earlier(ACT_SECONDS), 2 * ACT_SECONDS))
            elif isinstance(event, ProcessStarted | UidNamed):
                self._packages.setdefault(event.uid, set()).add(event.package)
            elif isinstance(event, Anr | Crashed) and event.process.partition(":")[0] == app.package:
                self._explaining.append((event.at, TROUBLE_SECONDS))
            elif (isinstance(event, KeyPressed) and event.key == RECENTS) or (isinstance(event, CommandRun) and SHADE in event.command):
                self._explaining.append((event.at, ACT_SECONDS))

    def only_before(self, at: Instant, later: Event) -> bool:
        """Whether the app was ended by us when a window came to the front, and next came the app that we started."""
        before = [act for act in self._acts if act.at <= at]
        started = any(at < act.at <= later.at and isinstance(act, AppLaunched) for act in self._acts)
        return bool(before) and isinstance(before[-1], AppStopped) and started and _package(later) == self._app.package

    def foreign(self, package: str, at: Instant) -> bool:
        """Whether a window of this package that is in front at a moment is neither the app's doing nor ours."""
        if package in (self._app.package, *self._app.home_packages):
            return False
        page, start = self._page(package, at), self._last_start(package, at)
        if page is not None and page.rom:
            return True
        if start is not None:
            return not self._led_to(start, MOST_LINKS, known=page is not None)
        if package in self._app.grant_packages:
            return False  # nothing tells who asked: it is taken to be the app
        pages = self._pages if package in self._app.settings_packages else []
        return not any(0 <= at.seconds_since(since) <= seconds for since, seconds in [*self._explaining, *pages])

    def known(self, package: str, at: Instant) -> str:
        """The row of the table of foreign windows by this package's activity in front; empty where there is none."""
        page = self._page(package, at)
        return page.name if page is not None else ""

    def _page(self, package: str, at: Instant) -> ForeignWindow | None:
        place = bisect_right(self._fronts, at.later(START_SLACK), key=lambda event: event.at)
        front = next((event for event in reversed(self._fronts[:place]) if _package(event) == package), None)
        return window_of(package, front.component) if front is not None else None

    def came(self, package: str, event: Event) -> Instant:
        """Since when it may have been there: its start where the log has one of the last seconds."""
        looked = LOOK_SECONDS if isinstance(event, FrontWindowSeen) else 0.0
        since = Instant(event.at.boot, max(0.0, event.at.uptime - looked))
        start = self._last_start(package, event.at)
        return start.at if start is not None and since <= start.at <= event.at else since

    def asked_next(self, package: str, at: Instant) -> Instant:
        """When the app or the tester opened a page of the same package next; the end of time where neither did."""
        later = (start for start in self._starts.get(package, ()) if start.at > at and self._led_to(start, MOST_LINKS))
        return next((start.at for start in later), Instant(at.boot, math.inf))

    def _last_start(self, package: str, at: Instant) -> ActivityStarted | None:
        until = at.later(START_SLACK)
        return next((start for start in reversed(self._starts.get(package, ())) if start.at <= until), None)

    def _led_to(self, start: ActivityStarted, links: int, *, known: bool = False) -> bool:
        """Whether the app or the tester asked for it, or an app that they opened.

        Nobody asked for a window of the table that the system itself opened: the settings only share its uid.
        """
        if known and start.from_uid == SYSTEM:
            return False
        if start.from_uid in (self._app.uid, *OURS) or start.caller == self._app.package:
            return True
        callers = {start.caller or "", *self._packages.get(start.from_uid, ())} - {""}
        before = start.at.earlier(2 * START_SLACK)
        if not callers:  # who that is the log does not tell: what was in front asked for it
            place = bisect_right(self._fronts, start.at, key=lambda event: event.at)
            front = _package(self._fronts[place - 1]) if place else ""
            if front in self._app.home_packages:  # an icon: nobody but the tester touches the screen
                return any(0 <= start.at.seconds_since(tap) + START_SLACK <= ACT_SECONDS for tap in self._taps)
            callers = {front} - {"", self._app.package}
        earlier = [found for caller in sorted(callers) if (found := self._last_start(caller, before)) is not None]
        return links > 0 and any(self._led_to(one, links - 1, known=known) for one in earlier)
