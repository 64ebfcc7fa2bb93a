"""Leave what an act opened of others, end it where that harms nobody, and bring the home screen up."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.background.other_apps import OtherApps
from harness.events.action_kinds import Purpose
from harness.language import _
from harness.pages.view_structure import STATUS_BAR

if TYPE_CHECKING:
    from harness.pages.look import Look
    from harness.session.session import Session

MOST_OPENED = 5
"""Apps that one act opens and that are left one by one; an advert that opens more floods [PROJECT]."""
MOST_BACK = 3
"""How often Back leaves a page that the app opened of an app that is not ended [PROJECT]: a store, a browser."""
PAUSE_SECONDS = 0.5
"""Between Back and the next look: a page slides away in 0.3 s."""
PHONE = ("android", "com.android.phone", STATUS_BAR)
"""The phone itself: what it shows is no app that came."""


@dataclass(slots=True)
class ReturnToApp:
    """Which apps came to the front since an act began, and the way back from them."""

    session: Session
    others: OtherApps = field(init=False)
    _before: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Nothing came yet."""
        self.others = OtherApps(self.session)

    def begin(self) -> None:
        """An act begins: what comes to the front from here on came of it."""
        foreground = self.session.foreground
        self._before |= foreground.seen
        foreground.seen = set()
        self.others.forget()

    def came(self, look: Look) -> tuple[str, ...]:
        """The packages of others that came to the front since the act began, by the log and by the look."""
        seen = [component.partition("/")[0] for component in sorted(self.session.foreground.seen)]
        shown = [root.package for root in look.roots] if not look.shows((self.session.app.package,)) else []
        return tuple(dict.fromkeys(package for package in (*seen, *shown) if self._is_other(package)))

    def led_away(self, look: Look) -> bool:
        """Whether the app itself started one of them: a call, or a page of the system, is nothing that it led to."""
        came = self.came(look)
        return bool(came) and not set(came).isdisjoint(self.others.started())

    def leave(self, look: Look) -> tuple[str, ...]:
        """Leave what came and go home; what came, and what the app started that nobody saw yet.

        What the app started is ended where it may be, else left by Back: behind a page of its own, too, where nothing
        came to the front. What came by itself is nobody's to end: an alarm that rings, a call.
        """
        session, came = self.session, self.came(look)
        if not came and not any(uid == session.app.uid and self._is_other(package) for package, uid in session.foreground.started):
            session.foreground.seen |= self._before
            return ()
        started = tuple(package for package in self.others.started() if self._is_other(package))
        if len({*came, *started}) > MOST_OPENED:
            session.note(_("the advert opened {number} apps", number=len({*came, *started})))
        self.others.end(started)
        self._go_back(tuple(package for package in started if not self.others.may_end(package)))
        session.press("home", Purpose.ADVERT)
        session.screen.forget()
        session.foreground.seen |= self._before
        return tuple(dict.fromkeys((*came, *started)))

    def _go_back(self, packages: tuple[str, ...]) -> None:
        """Back out of pages that the app opened and whose app stays: they may lie on top of its own task."""
        for _turn in range(MOST_BACK if packages else 0):
            if not self.session.look().shows(packages):
                return
            self.session.press("back", Purpose.ADVERT)
            self.session.idle(PAUSE_SECONDS)

    def _is_other(self, package: str) -> bool:
        app = self.session.app
        own = {app.package, *PHONE, *app.home_packages, *app.grant_packages, *app.settings_packages}
        return package not in own and "inputmethod" not in package
