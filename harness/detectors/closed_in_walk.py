"""The press by which the walk was rid of a window over the page; the answer to the question that closing it brought."""

from dataclasses import dataclass

from harness.detectors.advert_trials import Promise, Trial, trials
from harness.dialogs.offers import offers_to_leave
from harness.events import ActivityResumed, AdvertActed, AdvertSeen, AppLaunched, InterruptionClosed, KeyPressed, ScreenSeen, Tapped
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.pages.view_structure import unnumbered

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


@dataclass(frozen=True, slots=True)
class Answer:
    """What was pressed on a question whether to leave, in the walk or on purpose."""

    words: str
    press: InterruptionClosed | AdvertActed
    closed: bool = True
    """Whether neither the question nor the window that it is about stood there soon after."""


def answered(timeline: Timeline, app: AppUnderTest, question: ScreenSeen | AdvertSeen, words: str) -> Answer | None:
    """The press on a question about the window of these words that closed both; else the last that did not, or None."""
    asked, window = _words(question.words if isinstance(question, AdvertSeen) else question.text), _words(words)
    vain: Answer | None = None
    for closed in timeline.of(InterruptionClosed):
        acts = timeline.between(closed.at, closed.at.later(SOON_SECONDS), Tapped, KeyPressed, AppLaunched)
        until = next((act.at for act in acts[1:]), closed.at.later(SOON_SECONDS))  # the first is the press itself
        after = timeline.between(closed.at, until, ScreenSeen)[-1:]
        if not (after and offers_to_leave(closed.text) and _words(closed.text) <= asked):
            continue
        there = any(_stands(said, page) for page in after for said in (asked, window))
        if not there:
            return Answer(closed.button, closed)
        vain = Answer(closed.button, closed, closed=False)
    for trial in trials(timeline, app):
        if trial.promise is Promise.CLOSES and trial.advert is not None and asked >= _words(trial.advert.words) and asked != window:
            after = [page for page in timeline.between(*trial.span, ScreenSeen)[-1:] if page.package == app.package]
            if trial.still is False and any(not _stands(window, page) for page in after):
                return Answer(trial.acted.words, trial.acted)
            vain = Answer(trial.acted.words, trial.acted, closed=False) if trial.still or after else vain
    return vain


def stands_yet(timeline: Timeline, trial: Trial) -> bool:
    """Whether the page that an act left is as before, with most words of the advert: it has another control now."""
    pages, words = timeline.between(*trial.span, ScreenSeen)[-1:], trial.advert.words if trial.advert is not None else ""
    return bool(pages and words) and _stands(_words(words), pages[0]) and not timeline.between(*trial.span, ActivityResumed)


def _stands(said: set[str], page: ScreenSeen) -> bool:
    """Whether what says so much stands on a page: most of its words do, for what marks hold is no text of the page."""
    return 2 * len(said & _words(page.text)) > len(said)


def _words(text: str) -> set[str]:
    """The words of a page, whatever is counted down among them."""
    return set(unnumbered(text).split())
