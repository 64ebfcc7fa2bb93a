"""The way to the app: before each look that is used and each act, no window that is nobody's business lies in it.

A system update, an alarm, a call, the app lock: what neither the app nor the tester opened is pictured, closed where
the table (harness/roms/windows_of_others.toml) knows how, and else waited for. What the table does not know is never
touched. The time that it took is a span on the timeline in which the app was not seen (harness/starts/
covering_windows.py makes it of the recording); here it is only decided what to do next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from harness.errors import DeviceTimeout, Disturbed, FormatError, ScenarioError
from harness.events import DialogKind, Source
from harness.events.action_kinds import Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.box import centre
from harness.events.permission_groups import GROUPS, group_of
from harness.events.streams import window_words
from harness.language import Text, _, listed, quoted
from harness.pages.foreign import foreign_root, known_window
from harness.pages.look import Look
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.parsers.packages_list import UID_PACKAGES, listed_packages
from harness.recording.recorder import RecordedLine
from harness.roms.windows_of_others import ForeignWindow
from harness.session.foreground_activity import SYSTEM

if TYPE_CHECKING:
    from harness.session.session import Session

FRESH_SECONDS = 1.0
"""How old a look may be before an act, so that it need not be made again [PROJECT]: most acts follow one at once."""
CLOSING_SECONDS = 2.0
"""How long a window may take to go once its control was pressed [PROJECT]."""
MOST_CLOSINGS = 2
"""How often one window is closed at most [PROJECT]: what stays then does not close, and is waited for."""
MOST_WINDOWS = 5
"""Windows that are passed one after another at most [PROJECT]."""
UNKNOWN_SECONDS = 30.0
"""How long a window that the table does not know is waited for [PROJECT]: most go by themselves, as a call does."""
LOG_SECONDS = 1.0
"""How long the log may lag behind the view tree, in the host's time [PROJECT]; of some windows it tells nothing."""
STEP_SECONDS = 1.0
OURS = (0, 2000)
"""Uids of root and of shell."""
FIRST_APP = 10_000
"""Process.FIRST_APPLICATION_UID."""


@dataclass(frozen=True, slots=True)
class Obstruction:
    """A window of others in front, and what the table knows of it."""

    root: Node
    row: ForeignWindow | None

    @property
    def named(self) -> Text:
        """What it is called, where that is known, and whose it is."""
        return window_words(self.root.package, self.row.name if self.row is not None else "")


@dataclass(slots=True)
class WayClearing:
    """Keeps the way of one session clear; ``spent`` is how many seconds of device time that took so far."""

    _session: Session
    spent: float = 0.0
    gives_up: bool = False
    """Whether what is driven is given up at the next such window, and done again from its start."""
    _busy: bool = False
    _looked: float = float("-inf")  # device time of the last look
    _mark: int = 0  # the place in the log at the last look
    _known: str = ""  # the package of the window of others that was in front last
    _stays: str = ""  # the package of a window that was waited for in vain, as long as it is in front

    def clear(self, look: Look) -> Look:
        """What the screen shows once no such window is in front; what stays after its time is left there.

        Raises Disturbed where what is driven is done again.
        """
        if self._busy:
            return look
        self._busy, began, passed = True, self._session.uptime(), list[Text]()
        try:
            self._await_log(look)
            for _window in range(MOST_WINDOWS):
                found = self._found(look)
                if found is None or found.root.package == self._stays:
                    break
                passed.append(found.named)
                look = self._pass(found, look)
                self.spent, began = self.spent + self._session.uptime() - began, self._session.uptime()
        finally:
            self._busy, self._looked = False, self._session.uptime()
        if found is None and look.roots:
            self._stays = ""
        if passed and self.gives_up:
            self.gives_up = False  # what is cleaned up now goes on whatever comes
            raise Disturbed(_("{window} lay over the app, opened neither by it nor by the check", window=listed(passed)))
        return look

    def _await_log(self, look: Look) -> None:
        """A window that is seen for the first time may be there before the log's lines about it are read."""
        recorder, root = self._session.recorder, foreign_root(look.roots, self._session.app)
        if recorder is None:
            return
        package = root.package if root is not None else ""
        if package not in ("", self._known):
            told = recorder.wait_for(partial(_in_front, package), LOG_SECONDS, since=self._mark)
            if told is not None and f",{package}/" in told.text:
                recorder.wait_for(partial(_started, package), LOG_SECONDS, since=self._mark)
        self._known, self._mark = package, recorder.mark()

    def need_clear(self) -> None:
        """Look before an act; raises ScenarioError where a window stands in the way that nobody closed."""
        if self._busy:
            return
        if self._stays or self._session.uptime() - self._looked > FRESH_SECONDS:
            self._peek()
        if self._stays:
            raise ScenarioError(self._advice(self._found(Look(self._session.screen.roots))))

    def _peek(self) -> None:
        """Read the tree for this alone: it is a line of the journal only where such a window is in it."""
        try:
            look = Look(parse_hierarchy(self._session.device.tree()))
        except (DeviceTimeout, FormatError):
            return  # the screen's own look tells of it
        self._await_log(look)
        self._looked = self._session.uptime()
        if self._found(look) is not None or self._stays:
            self.clear(self._session.screen.look())

    def _found(self, look: Look) -> Obstruction | None:
        """The window in front that neither the app nor the tester opened; None where that is not known."""
        session, app = self._session, self._session.app
        root = foreign_root(look.roots, app)
        if root is None:
            return None
        if root.package in app.grant_packages:  # nothing tells who asked: it is taken to be the app, where that may ask
            return Obstruction(root, None) if _asks_for_others(look, app) else None
        front, component = session.foreground, session.foreground.component
        row = known_window(root, look.roots, component if component.partition("/")[0] == root.package else "")
        if row is not None and row.trouble and front.unresponsive in ("", app.package):
            return None
        uid = self._opener(root.package)
        opener = front.packages.get(uid) if uid is not None else None
        ours = uid in (app.uid, *OURS) or opener in app.home_packages
        if row is not None:
            return Obstruction(root, row) if row.rom or not ours else None
        told = uid != SYSTEM and bool(opener)
        return Obstruction(root, None) if told and not ours else None

    def _opener(self, package: str) -> int | None:
        """The uid that opened a page of a package, through others it may be; the phone is asked whose uid that is."""
        front = self._session.foreground
        while True:
            uid = front.opener(package)
            if uid is None or uid < FIRST_APP or uid in front.packages:
                return uid
            told = self._session.read(UID_PACKAGES, ["pm", "list", "packages", "--uid", str(uid)])
            try:
                names = [listed.name for listed in listed_packages(told)]
            except FormatError:
                names = []
            front.packages[uid] = names[0] if names else ""

    def _pass(self, found: Obstruction, look: Look) -> Look:
        """Picture the window, close it where that is known, else wait until it is gone, as long as it is worth it."""
        session = self._session
        session.picture("foreign-window")
        session.progress(_("{window} lies over the app, opened neither by it nor by the check", window=found.named))
        for _turn in range(MOST_CLOSINGS):
            if not self._close(found):
                break
            look = self._wait(found, CLOSING_SECONDS)
            if not self._same(found, look):
                return look
        look = self._wait(found, found.row.wait if found.row is not None else UNKNOWN_SECONDS)
        if self._same(found, look):
            self._stays = found.root.package
            session.tell(self._advice(found))
        return look

    def _close(self, found: Obstruction) -> bool:
        """Press what the table says closes the window; False where nothing does."""
        if found.row is None:
            return False
        if found.row.key:
            self._session.press(found.row.key, Purpose.FOREIGN_WINDOW)
            return True
        pressable = [node for node in found.root.walk() if node.visible and node.enabled and node.clickable and node.area > 0]
        captions = {(node.text or node.description).strip().casefold(): node for node in reversed(pressable)}
        button = next((captions[caption] for caption in found.row.close if caption in captions), None)
        if button is not None:
            self._session.tap(centre(button.box), Purpose.FOREIGN_WINDOW, button.text or button.description)
        return button is not None

    def _wait(self, found: Obstruction, seconds: float) -> Look:
        session = self._session
        deadline = session.uptime() + seconds
        while True:
            late = session.uptime() >= deadline
            look = session.screen.look()
            if late or not self._same(found, look):
                return look
            session.wait_for_change(min(STEP_SECONDS, deadline - session.uptime()), look, step=STEP_SECONDS)

    def _same(self, found: Obstruction, look: Look) -> bool:
        there = self._found(look)
        return there is not None and (there.root.package, there.row) == (found.root.package, found.row)

    def _advice(self, found: Obstruction | None) -> Text:
        if found is None or found.row is None:
            told = quoted(self._stays)
            return _("a window of {package} lies over the app and is not known: close it on the phone and check again", package=told)
        return _("{window} lies over the app and stays there: {advice}, and check again", window=found.named, advice=found.row.advice)


def _in_front(package: str, line: RecordedLine) -> bool:
    """Whether a line is the last about a page of a package that comes to the front, or about a process that hangs."""
    return ("m_set_resumed_activity: " in line.text and f",{package}/" in line.text) or " am_anr  : " in line.text


def _started(package: str, line: RecordedLine) -> bool:
    return line.source is Source.SYSTEM and ": START u" in line.text and f"cmp={package}/" in line.text


def _asks_for_others(look: Look, app: AppUnderTest) -> bool:
    """Whether the system's dialog names another app, and a group that this one declares nothing of."""
    dialog = look.dialog
    if dialog is None or dialog.kind is not DialogKind.PERMISSION or not app.label or app.label in dialog.text:
        return False
    return dialog.group in GROUPS and bool(app.permissions) and dialog.group not in map(group_of, app.permissions)
