"""View trees of a run, with the pictures of windows that they do not tell, to events: pages, dialogs, consents."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, replace
from typing import Any

from harness import events as ev
from harness.dialogs.consent_screen import Consent, find_consent
from harness.dialogs.matcher import Dialog, find_dialog
from harness.errors import FormatError
from harness.events import Event, Instant, Source
from harness.events.action_kinds import Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.box import encloses
from harness.language import _, chinese
from harness.pages.foreign import foreign_root, known_window
from harness.pages.identity import describe
from harness.pages.look import Look
from harness.pages.marked_adverts import marked_boxes
from harness.pages.personal_switches import personal_switches
from harness.pages.picture_reader import PictureReader, PictureReading
from harness.parsers.hierarchy import Node, parse_hierarchy
from harness.parsers.touch_order import screen_of
from harness.parsers.windows import lies_over
from harness.recording.steps import Tapped, Tree
from harness.vision.frame_checks import picture_hash
from harness.vision.luma_thumbnails import Frame

HIDDEN = _("the app's window is black in pictures (FLAG_SECURE, or nothing drawn) and its view tree says nothing")

OWN = (ev.DialogKind.RATIONALE, ev.DialogKind.SETTINGS_GUIDE)
"""Dialogs of the app's own that ask for a permission."""
PAGE_SHARE = 0.75
"""The share of the screen's height from which on a window is a page [PROJECT]."""
CLOSING_SECONDS = 1.0
"""How long a dialog that was just touched may still be seen while it goes away [PROJECT]: its animation takes 0.3 s
(config_activityDefaultDur, dialog_exit), on a slow phone twice that."""


class ScreenLog:
    """Reads the trees of one run in order; it remembers which dialog was on the screen."""

    def __init__(self, app: AppUnderTest, picture: Callable[[str], Frame]) -> None:
        """``picture`` gives the pixels of a screenshot by its path in the run folder."""
        self._app, self._picture = app, picture
        self._reader, self._hidden = PictureReader(app), False
        self._dialog: Dialog | None = None
        self._closing: tuple[Dialog, Instant] | None = None  # the dialog that was touched and not seen to go yet, and when
        self._consent_seen: Consent | None = None
        self._front = ""  # whose window is in front, where it is not the app's
        self._reads_policy = False  # since we opened its text: what that says of consent asks for none
        self.roots: Sequence[Node] = ()
        """The last tree that could be read, as nodes."""
        self._over = False
        self._switches: dict[tuple[str, str], bool | None] = {}  # those told of since the last start, and how they were
        self.look = Look()
        """The same with what its picture says."""

    def touched(self, tap: Tapped, at: Instant) -> None:
        """A touch: the same dialog seen afterwards is a new one, once it had the time to go.

        What closed a window of others did not touch the app's.
        """
        if tap.purpose is Purpose.FOREIGN_WINDOW:
            return
        touched = self._dialog or (self._closing[0] if self._closing is not None else None)
        self._closing = (touched, at) if touched is not None else None
        self._dialog = None
        self._reads_policy = tap.purpose is Purpose.POLICY

    def key_pressed(self) -> None:
        """A key: what is seen afterwards is new, and no text of the policy is open any more."""
        self._dialog, self._reads_policy = None, False

    def moved_on(self) -> None:
        """A swipe, or an end of the app: a dialog that is seen afterwards is a new one."""
        self._dialog = None

    def begin_again(self) -> None:
        """What was driven is done again: whose window is in front is told anew."""
        self._front = ""

    def launched(self) -> None:
        """A start of the app: dialogs and consents are asked anew."""
        self._dialog = self._consent_seen = None
        self._switches.clear()

    def windows(self, text: str) -> None:
        """The phone's list of windows, which tells whether the one in front lies over another of the app's."""
        try:
            self._over = lies_over(text, self._app.package)
        except FormatError:
            self._over = False
        self.look = replace(self.look, over=self._over)

    def toast(self, said: str) -> None:
        """A Toast, which is no text of the pages that pictures show."""
        self._reader.toast = said

    def tree(self, step: Tree, stamp: dict[str, Any]) -> Iterable[Event]:
        stamp = stamp | {"source": Source.TREE}
        try:
            roots = parse_hierarchy(step.xml)
        except FormatError as error:
            yield ev.StreamLost(stream=Source.TREE, reason=str(error), reason_zh=chinese(error), **stamp)
            return
        self.roots, self.look = roots, Look(roots, over=self._over)
        dialog = find_dialog(roots, self._app.package, self._app.grant_packages, self._app.permissions, self._app.label)
        painted: PictureReading | None = None
        if dialog is None and step.screenshot and self._reader.silent(roots):
            frame = self._picture(step.screenshot)
            if (painted := self._reader.read(frame, roots)) is not None:
                roots, dialog, stamp = painted.roots, painted.dialog, stamp | {"source": Source.PIXELS}
                yield from _text(painted, step.screenshot, frame, stamp)
        if dialog is not None and self._reads_policy and dialog.kind in OWN and _fills(dialog, roots):
            dialog = replace(dialog, kind=ev.DialogKind.OTHER, group=None)  # the text, scrolled: it names permissions, and asks for none
        self.look = Look(tuple(roots), dialog, painted, step.screenshot, over=self._over and painted is None)
        page = describe(roots, self._app.package)
        if page is not None and (page.promises or page.about):
            page = describe(roots, self._app.package, marked_boxes(self.look, self._app.package))
        if page is not None:
            yield ev.ScreenSeen(screenshot=step.screenshot, **page.fields_of_event(), **stamp)
            yield from self._turned(page.screen, stamp)
        front = foreign_root(self.look.roots, self._app)
        if (package := front.package if front is not None else "") != self._front:
            self._front = package
            known = known_window(front, self.look.roots) if front is not None else None
            yield ev.FrontWindowSeen(package=package, window=known.name if known is not None else "", **stamp)
        yield from self._hiding(painted, stamp)
        yield from self._asked_for_consent(find_consent(roots, self._app.package, dialog), step.screenshot, stamp)
        if self._still_closing(dialog, stamp["at"]) or dialog == self._dialog:
            return
        if self._dialog is not None:
            gone = self._dialog
            yield ev.DialogGone(dialog=gone.kind, owner=gone.owner, permission_group=gone.group, **stamp)
        self._dialog = dialog
        if dialog is not None:
            yield _shown(dialog, step.screenshot, stamp)

    def advertises(self, words: str, short_id: str) -> bool:
        """Whether a control of these words or this id stands in adverts of the last look and nowhere else."""
        nodes = [node for root in self.look.roots if root.package == self._app.package for node in root.walk() if node.visible]
        called = [
            node.box for node in nodes if (words and words in (node.text, node.description)) or (short_id and node.short_id == short_id)
        ]
        adverts = marked_boxes(self.look, self._app.package) if called else ()
        return bool(called) and all(any(encloses(advert, box) for advert in adverts) for box in called)

    def _turned(self, screen: str, stamp: dict[str, Any]) -> Iterable[Event]:
        """The switches of the page for personalisation that are new, or turned over, since the app was started."""
        for switch in personal_switches(self.look.roots, self._app.package):
            if self._switches.get((screen, switch.text), ...) != switch.on:
                self._switches[screen, switch.text] = switch.on
                yield ev.PersonalSwitchSeen(screen=screen, **asdict(switch), **stamp)

    def _still_closing(self, dialog: Dialog | None, at: Instant) -> bool:
        """Whether this is the dialog that we touched a moment ago, never seen gone since: no new one."""
        if self._closing is not None:
            touched, since = self._closing
            same = dialog is not None and _words(dialog) == _words(touched)  # what slides away is elsewhere at each look
            if not same or at.seconds_since(since) > CLOSING_SECONDS:
                self._closing = None
        return self._closing is not None

    def _hiding(self, painted: PictureReading | None, stamp: dict[str, Any]) -> Iterable[Event]:
        """The tree counts as lost while the app's window is silent in it and black in the picture.

        Nothing can be seen of it.
        """
        hidden = painted is not None and painted.hidden
        if hidden and not self._hidden:
            yield ev.StreamLost(stream=Source.TREE, reason=str(HIDDEN), reason_zh=chinese(HIDDEN), **stamp)
        elif self._hidden and not hidden:
            yield ev.StreamOpened(stream=Source.TREE, **stamp)
        self._hidden = hidden

    def _asked_for_consent(self, consent: Consent | None, screenshot: str | None, stamp: dict[str, Any]) -> Iterable[Event]:
        """A consent that was not on the screen before, or of which a box was ticked since."""
        if consent is None or consent == self._consent_seen or (self._reads_policy and consent.form is not ev.ConsentForm.DIALOG):
            return
        self._consent_seen = consent
        yield ev.ConsentShown(
            form=consent.form,
            text=consent.text,
            box=consent.box,
            buttons=tuple((button.role, button.text) for button in consent.buttons),
            ticks=tuple((tick.text, tick.ticked) for tick in consent.ticks),
            links=consent.links,
            screenshot=screenshot,
            cut=consent.cut,
            **stamp,
        )


def _text(painted: PictureReading, screenshot: str, frame: Frame, stamp: dict[str, Any]) -> Iterable[Event]:
    if not painted.hidden:
        lines = tuple((line.text, line.box) for line in painted.lines)
        digest = f"{picture_hash(frame):016x}"
        yield ev.TextSeen(screenshot=screenshot, area=painted.area, lines=lines, picture_hash=digest, **stamp)


def _shown(dialog: Dialog, screenshot: str | None, stamp: dict[str, Any]) -> Event:
    return ev.DialogShown(
        dialog=dialog.kind,
        owner=dialog.owner,
        text=dialog.text[:2000],
        permission_group=dialog.group,
        box=dialog.box,
        buttons=tuple((button.role, button.text) for button in dialog.buttons),
        screenshot=screenshot,
        **stamp,
    )


def _fills(dialog: Dialog, roots: Sequence[Node]) -> bool:
    return dialog.box[3] >= PAGE_SHARE * screen_of(roots)[1]


def _words(dialog: Dialog) -> tuple[object, ...]:
    """What a dialog says and offers, wherever it is."""
    return dialog.kind, dialog.owner, dialog.text, dialog.group, tuple((button.role, button.text) for button in dialog.buttons)
