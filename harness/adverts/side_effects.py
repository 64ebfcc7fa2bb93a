"""What looking round sets off by itself, and by what: each such act is a place to try on purpose later.

To close a window, to press a control, and to leave a page alone are acts too. What loads or opens at one is taken away
and kept in mind with the act before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from harness.dialogs.continue_captions import claims, cleans, does_else, goes_on
from harness.events import AdvertAct, Witness
from harness.pages.store_page import find_store_page
from harness.parsers.delivery_changes import APK_MIME, is_package_file

if TYPE_CHECKING:
    from harness.adverts.ad_slots import Step
    from harness.adverts.return_to_app import ReturnToApp
    from harness.pages.look import Look
    from harness.session.delivery_monitor import Arrived, DeliveryMonitor
    from harness.session.session import Session


@dataclass(frozen=True, slots=True)
class Deed:
    """One act of the looking-round: on which page it was done (``way``), and the words and id of what was pressed.

    ``shows``: that was a picture, or a row with one, whose words promise nothing. ``beside``: the way to the page of
    the same list that was opened before; some act at the second opening. ``pulls``: the page was pulled down.
    """

    act: AdvertAct
    way: tuple[Step, ...] = ()
    words: str = ""
    id: str = ""
    shows: bool = False
    beside: tuple[Step, ...] = ()
    pulls: bool = False


def tells_else(words: str) -> bool:
    """Whether a caption says that something else is done than to load or to lead out: 领取, 继续播放, 立即清理."""
    return any(told(words) for told in (claims, cleans, does_else, goes_on))


START = Deed(AdvertAct.NOTHING)
"""The app was started, and nothing was done."""


@dataclass(slots=True)
class SideEffects:
    """What came of the acts of one search, each charged to the last act before it."""

    session: Session
    deliveries: DeliveryMonitor
    return_to_app: ReturnToApp
    found: list[Deed] = field(default_factory=list)
    """The acts at which an app was loaded or another app opened, in the order in which they were met."""
    watching: bool = True
    """Whether the app is looked through: while an advert is tried what comes is of that act, and stays."""
    _last: Deed = START
    _opened_last: dict[tuple[Step, ...], tuple[tuple[Step, ...], tuple[Step, ...]]] = field(default_factory=dict)
    """The way to the page that was opened last from each page, and to the one before it."""
    _running: frozenset[tuple[Witness, str]] = frozenset()  # what loaded before the last act

    def begin(self, deed: Deed) -> None:
        """An act is about to be done: what came until now is of the one before, and what of it goes on too."""
        if not self.watching:
            return
        came = self.deliveries.read()
        there = frozenset({(one.witness, one.key) for one in came.loading} | self.deliveries.current.keys())
        self._charge(loads=self.is_app(came))
        if came.anything:
            self._take_away()
        self._last, self._running = deed, there

    def end(self, look: Look) -> Look:
        """See what came of the last act and take it away; the app's page again, where it led elsewhere."""
        if self.watching:
            came = self.deliveries.read()
            self._charge(loads=self.is_app(came), opens=self._opened(look))
            if came.anything:
                self._take_away()
        return self.come_back(look) if self.return_to_app.came(look) else look

    def alone(self, way: tuple[Step, ...]) -> None:
        """From now on nothing is done on the page that ``way`` leads to."""
        last, beside = self._opened_last.get(way[:-1], ((), ()))
        beside = beside if last == way else last
        self._opened_last[way[:-1]] = way, beside
        self._last = Deed(AdvertAct.NOTHING, way, beside=beside)

    def come_back(self, look: Look) -> Look:
        """Leave what came to the front, and have the app there again."""
        self.return_to_app.leave(look)
        self.return_to_app.begin()
        return self.session.launch(cold=False)

    def is_app(self, came: Arrived) -> bool:
        """Whether what came is an app, or may be one, and did not come before the last act."""
        new = (one for one in came.loading if (one.witness, one.key) not in self._running)
        loads = any(one.mime == APK_MIME or is_package_file(one.path or one.name) for one in new)
        return loads or bool(came.installed or came.opened)

    def _charge(self, *, loads: bool, opens: bool = False) -> None:
        if (loads or opens) and self._last not in self.found:
            self.found.append(self._last)

    def _take_away(self) -> None:
        self.deliveries.remove()
        self.deliveries.read()

    def _opened(self, look: Look) -> bool:
        """Whether the app led elsewhere although what was done does not say that it would."""
        if not self.return_to_app.led_away(look):
            return False
        if self._last.act is not AdvertAct.BUTTON or self._last.shows:
            return True
        if self._last.words and not tells_else(self._last.words):
            return False  # what its words lead to, nobody knows
        return find_store_page(look, self.session.app.package) is not None
