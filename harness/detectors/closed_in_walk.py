"""What the walk alone tells of windows: the press that was rid of one, and what was never tried."""

from dataclasses import dataclass, replace

from harness.detectors.advert_findings import kind_words, of_kind
from harness.detectors.advert_trials import Promise, Trial, trials
from harness.detectors.request_context import missing_streams
from harness.dialogs.offers import offers_to_leave
from harness.events import (
    ActivityResumed,
    AdvertActed,
    AdvertKind,
    AdvertSeen,
    AppLaunched,
    ControlRole,
    Event,
    Instant,
    InterruptionClosed,
    KeyPressed,
    ScreenSeen,
    Tapped,
)
from harness.events.action_kinds import Purpose
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.pages.advert_words import role_of
from harness.pages.view_structure import unnumbered
from harness.rules import Rule

SOON_SECONDS = 3.0
"""What goes later than this after a touch went by itself [PROJECT] (docs/rules.md 9.5)."""
LEFT_SECONDS = 8.0
"""How long after such a press Back leaves what it opened at most [PROJECT]: a new page is given time to be drawn."""

LEADS = (ControlRole.LOAD, ControlRole.FAST_LOAD, ControlRole.OPEN, ControlRole.ACT, ControlRole.SUBSCRIBE)
"""Roles of buttons that take what a window offers."""
LEADING = (Purpose.WALK, Purpose.FUNCTION, Purpose.FIND_FUNCTION)
"""Why a control of a page is pressed on the way to another."""


def closed_in_walk(timeline: Timeline, slot: str) -> InterruptionClosed | None:
    """The press on a window in a slot after which another page of the app was there soon; None where there is none.

    One after a press that left it there is none: what went then may have been over by itself. Nor is one on a button
    that leads on: it closes nothing, by its words (去看看) or as Back at once left what it opened.
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
        done = timeline.between(closed.at, closed.at.later(LEFT_SECONDS), Tapped, KeyPressed, ScreenSeen)
        if (
            again
            or any(isinstance(event, KeyPressed) for event in done[1:3])
            or role_of(closed.button) in LEADS
            or not (shown and front and len(after) > 1 and isinstance(after[0], Tapped) and isinstance(after[1], ScreenSeen))
        ):
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


def never_tried(timeline: Timeline, rule: Rule, kinds: tuple[AdvertKind, ...]) -> list[Finding]:
    """One finding for each place of these kinds that was seen while adverts were looked for, and never tried.

    What says the same as one that was tried is that one, at another place: the card behind a film, on two ways.
    """
    tried = {acted.slot for acted in timeline.of(AdvertActed)}
    met = [event for event in timeline.of(AdvertSeen) if event.advert in kinds]
    known = {_told(event) for event in met if event.slot in tried and event.words}
    seen = {event.slot: event for event in met if event.slot not in tried and _told(event) not in known}
    return [
        Finding(
            rule.id,
            Outcome.INCONCLUSIVE,
            slot,
            _("{advert}: it was seen and did not come again to be tried", advert=kind_words(event)),
            (event,),
        )
        for slot, event in seen.items()
    ]


def _told(seen: AdvertSeen) -> tuple[AdvertKind, str]:
    return seen.advert, unnumbered(seen.words)


def question_of(timeline: Timeline, app: AppUnderTest, rule: Rule, left: Finding) -> Finding:
    """What is said of a window that was never tried; one that asks whether to leave what lies below has an answer."""
    seen = next(fact for fact in left.facts if isinstance(fact, AdvertSeen))
    if not offers_to_leave(seen.words):
        return left
    below = [one.words for one in timeline.between(seen.at.boot_start, seen.at, AdvertSeen) if one.slot != seen.slot][-1:]
    answer = answered(timeline, app, seen, "".join(below))
    if answer is None:
        return _said(left, seen, _("it asks whether to leave, and what its answer does was not seen"))
    if not answer.closed:
        why = _("it asks whether to leave, and after '{words}' it or what it is about stood there still", words=answer.words[:40])
        return _said(left, seen, why, answer.press)
    gaps = missing_streams(timeline, rule, [(seen.at, answer.press.at.later(SOON_SECONDS))])
    why = gaps or _("it asks whether to leave, and '{words}' closed it and what it is about", words=answer.words[:40])
    return replace(_said(left, seen, why, answer.press), outcome=Outcome.INCONCLUSIVE if gaps else Outcome.CLEAR)


def _said(left: Finding, seen: AdvertSeen, why: Text, *facts: Event) -> Finding:
    return replace(left, reason=of_kind(kind_words(seen), why), facts=(*left.facts, *facts))


def led_to(timeline: Timeline, at: Instant) -> bool:
    """Whether a press of ours led since the start to what shows at a moment: a page that one opened is left by Back.

    A press on an advert is one where it was no trial, but on the way to the next place.
    """
    before = timeline.between(at.boot_start, at, AppLaunched, AdvertActed, Tapped)
    since = [place for place, event in enumerate(before) if isinstance(event, AppLaunched)][-1:] or [0]
    return any(
        press.purpose in LEADING or (press.purpose is Purpose.ADVERT and not isinstance(last, AdvertActed))
        for last, press in zip((None, *before[since[0] :]), before[since[0] :], strict=False)
        if isinstance(press, Tapped)
    )
