"""The press by which the walk was rid of a window over the page; the answer to the question that closing it brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.advert_trials import Promise, trials
from harness.events import AdvertActed, AdvertSeen, AppLaunched, InterruptionClosed, KeyPressed, ScreenSeen, Tapped

if TYPE_CHECKING:
    from harness.events.app_under_test import AppUnderTest
    from harness.events.timeline import Timeline

SOON_SECONDS = 3.0
"""What goes later than this after a touch went by itself [PROJECT] (docs/rules.md 9.5)."""


def closed_in_walk(timeline: Timeline, slot: str) -> InterruptionClosed | None:
    """The press on a window in a slot after which another page of the app was there soon; None where there is none.

    One after a press that left it there is none: what went then may have been over by itself.
    """
    vain: InterruptionClosed | None = None
    for closed in timeline.of(InterruptionClosed):
        before = timeline.between(closed.at.boot_start, closed.at, AdvertSeen, Tapped, KeyPressed, AppLaunched)[-1:]
        front = timeline.between(closed.at.boot_start, closed.at, ScreenSeen)[-1:]
        after = timeline.between(closed.at, closed.at.later(SOON_SECONDS), Tapped, KeyPressed, ScreenSeen)
        shown = any(isinstance(event, AdvertSeen) and event.slot == slot for event in before)
        since = timeline.between(vain.at, closed.at, AppLaunched, ScreenSeen) if vain is not None and vain.text == closed.text else []
        again = bool(since) and all(isinstance(event, ScreenSeen) and event.screen == front[-1].screen for event in since)
        vain = closed
        if again or not (shown and front and len(after) > 1 and isinstance(after[0], Tapped) and isinstance(after[1], ScreenSeen)):
            continue
        if after[1].package == front[0].package and after[1].screen != front[0].screen:
            return closed
    return None


def answered(
    timeline: Timeline, app: AppUnderTest, question: ScreenSeen | AdvertSeen, words: str
) -> tuple[str, InterruptionClosed | AdvertActed] | None:
    """The words of what was pressed on a question, after which neither it nor the window of these words stood there.

    With the press, in the walk or on purpose; None where there is none.
    """
    asked, window = set((question.words if isinstance(question, AdvertSeen) else question.text).split()), set(words.split())
    for closed in timeline.of(InterruptionClosed):
        after = timeline.between(closed.at, closed.at.later(SOON_SECONDS), ScreenSeen)[:1]
        gone = not any(said <= set(page.text.split()) for page in after for said in (asked, window))
        if after and gone and set(closed.text.split()) == asked:
            return closed.button, closed
    for trial in trials(timeline, app):
        if (
            trial.promise is Promise.CLOSES
            and trial.still is False
            and trial.advert is not None
            and set(trial.advert.words.split()) == asked
        ):
            after = [page for page in timeline.between(*trial.span, ScreenSeen)[-1:] if page.package == app.package]
            if any(not window <= set(page.text.split()) for page in after):
                return trial.acted.words, trial.acted
    return None
