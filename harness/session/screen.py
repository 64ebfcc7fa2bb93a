"""The screen as a session sees it: view trees and pictures, each new one a line of the journal."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from harness.dialogs.consent_screen import Consent, find_consent
from harness.dialogs.matcher import find_dialog
from harness.errors import DeviceTimeout, FormatError, HarnessError
from harness.events import DialogKind, Source
from harness.language import Text, _, chinese
from harness.pages.look import Look
from harness.pages.page_layers import may_lie_over
from harness.pages.picture_reader import PictureReader
from harness.pages.view_structure import own_windows
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.parsers.windows import OVER, lies_over
from harness.recording import steps
from harness.session.slowness import Slowness
from harness.vision.luma_thumbnails import Frame

if TYPE_CHECKING:
    from harness.session.session import Session

TOAST_LENGTH = 500


@dataclass(slots=True)
class Screen:
    """The screen of the device; it remembers the last tree, so that only what is new is recorded."""

    _session: Session
    roots: tuple[Node, ...] = ()  # the last tree that was read, as nodes
    _tree: str = ""  # and as XML
    _seen: Look = field(default_factory=Look)  # and what it says
    reads_windows: bool = False
    """Whether the list of windows is read where the app's may lie over its page."""
    _over: bool = False  # what that list said last
    _asked: int = -1  # and after how many windows
    _lost: bool = False
    _consent: Consent | None = None  # the last one that was pictured
    _reader: PictureReader = field(init=False)  # what pictures say where the tree is silent
    _slowness: Slowness = field(init=False)

    def __post_init__(self) -> None:
        self._reader = PictureReader(self._session.app)
        self._slowness = Slowness(self._session.tell)

    @property
    def untold(self) -> bool:
        """Whether the last look was at a window of which no tree tells, or the tree did not come.

        Changes may go unnoticed.
        """
        return self._lost or not self.roots or self._reader.silent(self.roots) is not None

    def is_latest(self, look: Look) -> bool:
        """Whether nothing was seen or done since ``look``."""
        return self._seen is look

    def forget(self) -> None:
        """Forget the last tree: what comes after a touch is new, also when it looks the same."""
        self._tree, self._seen = "", Look()

    def lose(self, why: Text | HarnessError) -> None:
        """No tree tells what is on the screen, until the next one is read."""
        if not self._lost:
            lost = steps.Stream(source=Source.TREE, what=steps.StreamState.LOST, reason=str(why), reason_zh=chinese(why))
            self._session.journal.write(lost)
        self._lost = True

    def look(self) -> Look:
        """Read the view tree; what is new in it goes to the journal, a new dialog or consent with its picture.

        A Toast is in no tree; what the last one said is asked for beside it.
        """
        self._session.foreground.stirred.clear()  # what stirs from here on may be too late for this tree
        asked = time.monotonic()
        try:
            xml = self._session.device.tree()
            taken = time.monotonic()  # once it is read: what it shows was there by then, and perhaps not when we asked
            roots = self.roots = self.roots if xml == self._tree else parse_hierarchy(xml)
            read = time.monotonic()
            if xml != self._tree:
                self._slowness.read(read - asked)
            said = self._session.device.toast()
            self._slowness.answered(time.monotonic() - read)
            if said:
                self._session.journal.write(steps.ToastShown(text=said[:TOAST_LENGTH]))
                self._session.acts.toast, self._reader.toast = said, said[:TOAST_LENGTH]
        except (DeviceTimeout, FormatError) as error:
            self.lose(error)
            return Look()
        if self._lost:
            self._session.journal.write(steps.Stream(source=Source.TREE, what=steps.StreamState.OPENED))
            self._lost = False
        fresh = xml != self._tree
        if fresh or self._seen.painted is not None:
            app = self._session.app
            dialog = find_dialog(roots, app.package, app.grant_packages, app.permissions, app.label)
            if dialog is not None and dialog.kind is DialogKind.PERMISSION and not self._session.foreground.asked_by(app.uid):
                dialog = None  # another app asks its user: that is nobody's to answer here
            if dialog is None and self._reader.silent(roots) is not None and (look := self._look_at_picture(taken, xml, roots)):
                return look
        if fresh:
            consent = find_consent(roots, self._session.app.package, dialog)
            news = (dialog is not None and dialog != self._seen.dialog) or (consent is not None and consent != self._consent)
            picture = self.picture() if news else None
            self._consent = consent or self._consent
            self._session.journal.write(steps.Tree(xml=xml, screenshot=picture), host=taken)
            self._tree, self._seen = xml, Look(roots, dialog, over=self._over)
        if self.reads_windows and self._asked != self._session.foreground.windows:
            self._read_windows()
        return self._seen

    def _read_windows(self) -> None:
        """Ask whether what is in front leaves another page of the app to be seen, where it looks like that."""
        own = own_windows(self.roots, package := self._session.app.package)
        if not own or not may_lie_over(own[-1]):
            self._asked = -1  # what comes next may be a dialog, of which no log tells
            return
        self._asked = self._session.foreground.windows
        try:
            self._over = lies_over(self._session.read(OVER, ["dumpsys", "window", "windows"]), package)
        except FormatError:
            self._over = False
        self._seen = replace(self._seen, over=self._over)

    def _look_at_picture(self, taken: float, xml: str, roots: tuple[Node, ...]) -> Look | None:
        """What a picture says of a window that the tree does not tell; None when the device gave none.

        The tree is read again after a picture that is news: only while the windows are the same do the two belong
        together.
        """
        pictured = time.monotonic()
        try:
            frame = self._session.device.screenshot()
            news = self._reader.is_news(frame, now := self._session.uptime())
            if xml == self._tree and not news:
                return self._seen
            if news and self._session.device.tree() != xml:
                return Look(roots)  # the next look will tell
            if (painted := self._reader.read(frame, roots, now)) is None:
                return None
        except (DeviceTimeout, FormatError) as error:
            self._session.note(_("the app's window is silent in the view tree and its picture cannot be read: {error}", error=error))
            return None
        path = self._keep(frame, pictured)
        self._session.journal.write(steps.Tree(xml=xml, screenshot=path), host=taken)
        self._tree, self._seen = xml, Look(painted.roots, painted.dialog, painted, path)
        return self._seen

    def picture(self, why: str = "") -> str | None:
        """Take a screenshot into the evidence; its path in the run folder, None when the device gave none."""
        taken = self.pictured(why)
        return taken[0] if taken is not None else None

    def pictured(self, why: str = "") -> tuple[str, Frame] | None:
        """The same, with its pixels for whoever decides by them what to touch."""
        taken = time.monotonic()
        try:
            frame = self._session.device.screenshot()
            return self._keep(frame, taken, why), frame
        except (DeviceTimeout, FormatError) as error:
            self._session.note(_("screenshot failed: {error}", error=error))
            return None

    def _keep(self, frame: Frame, taken: float, why: str = "") -> str:
        path = self._session.folder.save_screen(frame)
        shift = self._session.shift
        true_time = datetime.now(UTC).isoformat(timespec="seconds") if shift else ""
        self._session.journal.write(steps.Screenshot(path=path, why=why, true_time=true_time, shift=shift), host=taken)
        return path
