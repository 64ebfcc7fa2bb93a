"""The text that a user could read at a permission dialog, and just before it.

View trees, pictures and the app's own dialogs tell.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from harness.detectors.asks import Ask
from harness.detectors.dialog_causes import DIRECTLY_SECONDS
from harness.detectors.request_context import in_order
from harness.dialogs.consent_screen import is_privacy_name
from harness.dialogs.purposes import passages_telling, tells_purpose, without_name
from harness.events import (
    ActivityCreated,
    DialogClosed,
    DialogGone,
    DialogKind,
    DialogShown,
    Event,
    Instant,
    PermissionDenied,
    PermissionGranted,
    Purpose,
    ScreenSeen,
    Tapped,
    TextSeen,
    ToastShown,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline

Reading = ScreenSeen | TextSeen | ToastShown | DialogShown


@dataclass(frozen=True, slots=True)
class VisibleText:
    """The text that could be read: ``at`` while the dialog was up, ``before`` just before it.

    ``policy`` are privacy dialogs of that time that tell what for; they are agreed to as a whole, and no notice at the
    request. ``whole`` is False where neither a picture nor the tree shows what the app itself had on the screen beside
    the dialog.
    """

    group: str
    at: tuple[Reading, ...]
    before: tuple[Reading, ...]
    own_text: tuple[str, ...]
    whole: bool
    label: str = ""
    policy: tuple[DialogShown, ...] = ()

    @property
    def told_before(self) -> bool:
        """Whether any of the texts before the dialog tells the purpose."""
        return any(self._tells(reading) for reading in self.before)

    @property
    def told_at(self) -> bool:
        """Whether the purpose could be read beside the dialog, and all the time.

        In all of its trees, or in all of its pictures.
        """
        trees = [reading for reading in self.at if isinstance(reading, ScreenSeen)]
        pictures = [reading for reading in self.at if isinstance(reading, TextSeen)]
        return any(kind and all(self._tells(reading) for reading in kind) for kind in (trees, pictures))

    @property
    def facts(self) -> tuple[Event, ...]:
        """The texts that were looked at, in time order."""
        return in_order(*self.policy, *self.before, *self.at)

    def _tells(self, reading: Reading) -> bool:
        if isinstance(reading, DialogShown):
            return tells_purpose(without_name(reading.text, self.label), self.group)
        lines = [without_name(line, self.label) for line in reading.text.splitlines() if line not in self.own_text]
        return bool(passages_telling(lines, self.group))


def visible_text(timeline: Timeline, app: AppUnderTest, ask: Ask, group: str, shown: DialogShown, seconds: float) -> VisibleText:
    """Return what could be read at the system dialog ``shown`` and in the ``seconds`` before it."""
    asked = next((fact.at for fact in ask.facts if isinstance(fact, ActivityCreated)), shown.at)
    since = asked.earlier(seconds)
    answers = timeline.between(shown.at, shown.at.later(3600), PermissionDenied, PermissionGranted, DialogGone, Tapped)
    until = next((answer.at for answer in answers if answer.at > shown.at), shown.at)
    at = _frames(timeline, shown, until)
    beside = any(isinstance(reading, TextSeen) or (isinstance(reading, ScreenSeen) and reading.package == app.package) for reading in at)
    before: list[Reading] = [*_pages(timeline, app, since, shown.at), *_dialogs(timeline, since, shown)]
    before += [text for text in timeline.between(since, shown.at, TextSeen) if text not in at]
    before += timeline.between(since, until, ToastShown)
    own_text = (shown.text, *(text for _, text in shown.buttons))
    privacy = _dialogs(timeline, since, shown, policies=True)
    policy = tuple(dialog for dialog in privacy if tells_purpose(without_name(dialog.text, app.label), group))
    return VisibleText(group, tuple(at), tuple(before), own_text, beside, app.label, policy)


def _frames(timeline: Timeline, shown: DialogShown, until: Instant) -> list[Reading]:
    """The trees and pictures of the time in which the dialog was up; of a picture, the lines beside the dialog."""
    trees = [tree for tree in timeline.between(shown.at, until, ScreenSeen) if tree.at < until or tree.at == shown.at]
    pictures = [
        text
        for text in timeline.between(shown.at.earlier(1.0), until.later(1.0), TextSeen)
        if text.screenshot == shown.screenshot or shown.at <= text.at < until
    ]
    return [*trees, *pictures]


def _pages(timeline: Timeline, app: AppUnderTest, since: Instant, until: Instant) -> Iterator[ScreenSeen]:
    """The app's pages that were in front at some time between the two moments, but for those behind the policy."""
    seen = timeline.between(since.boot_start, until, ScreenSeen)
    for number, page in enumerate(seen):
        left = seen[number + 1].at if number + 1 < len(seen) else until
        if left >= since and page.at < until and page.package == app.package and not _is_policy(timeline, page):
            yield page


def _is_policy(timeline: Timeline, page: ScreenSeen) -> bool:
    """Whether the privacy policy was up: what it says of permissions is no notice at the time of the request."""
    at = page.at
    if is_privacy_name(page.title):
        return True
    shown = [dialog for dialog in timeline.between(at.boot_start, at, DialogShown) if dialog.dialog is DialogKind.CONSENT]
    if not shown:
        return False
    ends = timeline.between(shown[-1].at, at, DialogGone, Tapped)
    return not any(end.at > shown[-1].at for end in ends)


def _dialogs(timeline: Timeline, since: Instant, shown: DialogShown, *, policies: bool = False) -> Iterator[DialogShown]:
    """The app's own dialogs that could still be read after ``since``, or whose button led straight to the system's.

    Those about its privacy policy are apart.
    """
    for dialog in timeline.between(since.boot_start, shown.at, DialogShown):
        if dialog.dialog is DialogKind.PERMISSION or (dialog.dialog is DialogKind.CONSENT) is not policies or dialog.at >= shown.at:
            continue
        ends = timeline.between(dialog.at, shown.at, DialogGone, Tapped, DialogClosed)
        end = next((end for end in ends if end.at > dialog.at), None)
        explained = isinstance(end, Tapped) and end.purpose is Purpose.EXPLANATION
        if end is None or end.at >= since or (explained and shown.at.seconds_since(end.at) <= DIRECTLY_SECONDS):
            yield dialog
