"""Functions that need a permission, as far as a walk showed.

What promises a use of it, without what was seen to do without.

A function that was used before the app had ever asked for the permission, that opened, and that asked for nothing, does
not need it: it could not know yet that it would be refused. The same goes for what only leads to another app.
"""

from dataclasses import dataclass

from harness.detectors.asks import Ask, undisturbed
from harness.detectors.control_purpose import purpose_of
from harness.detectors.dialog_causes import ACTS
from harness.detectors.request_context import fresh_since, is_other_app, needs, request_context, still_used
from harness.dialogs.dialog_words import plain, words
from harness.dialogs.promises import only_answers, promises_of
from harness.dialogs.related import same_as
from harness.dialogs.walls import is_login
from harness.events import ActivityResumed, FunctionUsed, Instant, ScreenSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline


@dataclass(frozen=True, slots=True)
class _Walked:
    """What a run showed of one group: the asks for it, the pages they came on, and the functions that do without."""

    group: str
    asks: list[Ask]
    asking_pages: frozenset[str]
    without: frozenset[str]


def functions_for(timeline: Timeline, app: AppUnderTest, group: str, own: list[Ask]) -> list[FunctionUsed | ScreenSeen]:
    """Return the functions that need the group: controls that were used, and pages that have one or are one.

    ``own`` are the asks for the group. First comes what the first of them was seen to follow, then what names it.
    """
    used = [event for event in undisturbed(timeline, timeline.of(FunctionUsed)) if needs(purpose_of(timeline, app, event), group)]
    pages = [page for page in undisturbed(timeline, timeline.of(ScreenSeen)) if page.package == app.package]
    scenes = [request_context(timeline, app, ask) for ask in own]
    asking = {scene.page.screen for scene in scenes if scene.page} | {scene.function.screen for scene in scenes if scene.function}
    asked = {function.text for function in used if any(_asked_in(timeline, app, function, ask) for ask in own)}
    tried = {function.text for function in used if did_without(timeline, app, function, own)} - asked
    walked = _Walked(group, own, frozenset(asking), frozenset(tried))
    idle = {page.screen for page in pages if _is_idle(timeline, page, walked)}
    found: list[FunctionUsed | ScreenSeen] = [function for function in used if function.text not in walked.without]
    for page in pages:
        itself = needs(page.about, group) and page.screen not in idle
        if itself or (needs(page.promises, group) and not _promises_nothing(page, used, walked)):
            found.append(page)
    led = [scene.function for scene in scenes if scene.function]
    return sorted(found, key=lambda each: (_answers(each), each not in led[:1], each not in led, not _names(each, group)))


def _names(found: FunctionUsed | ScreenSeen, group: str) -> bool:
    """Whether its words are about the group itself, and not only about one that goes along with it."""
    said = found.promises if isinstance(found, FunctionUsed) else (*found.about, *found.promises)
    return any(group in same_as(each) for each in said)


def _answers(found: FunctionUsed | ScreenSeen) -> bool:
    """Whether it is the button of a dialog (去授权): the function is what opened that."""
    return isinstance(found, FunctionUsed) and (only_answers(found.text) or plain(found.text) in words()["own"]["positive"])


def did_without(timeline: Timeline, app: AppUnderTest, function: FunctionUsed, own: list[Ask]) -> bool:
    """Whether one use shows that the function opens without the permission.

    Nothing was asked for by then, and a page came up.
    """
    if not function.screen or _asked_since_fresh(timeline, own, function.at):
        return False
    last = function.at.boot_end
    end = min((act.at for act in timeline.between(function.at, last, *ACTS) if act.at > function.at), default=last)
    resumed = timeline.between(function.at, end, ActivityResumed)
    if any(is_other_app(app, event) for event in resumed):
        return True
    opened = [page for page in timeline.between(function.at, end, ScreenSeen) if page.screen != function.screen]
    return bool(opened) and not any(page.fields or is_login(page.title) for page in opened)


def _asked_in(timeline: Timeline, app: AppUnderTest, function: FunctionUsed, ask: Ask) -> bool:
    return function.at <= ask.at and still_used(timeline, app, function, ask.at)


def _is_idle(timeline: Timeline, page: ScreenSeen, walked: _Walked) -> bool:
    """Whether a page that calls itself a function was open before anything was asked for, and never asked itself."""
    if page.screen in walked.asking_pages or page.fields or is_login(page.title):
        return False
    return needs(page.about, walked.group) and not _asked_since_fresh(timeline, walked.asks, page.at)


def _asked_since_fresh(timeline: Timeline, own: list[Ask], at: Instant) -> bool:
    fresh = fresh_since(timeline, at)
    return any(fresh <= ask.at <= at for ask in own)


def _promises_nothing(page: ScreenSeen, used: list[FunctionUsed], walked: _Walked) -> bool:
    """Whether all that the page promises was used and does without.

    The words of its lines tell, else what was used on it.
    """
    lines = [line for line in page.text.splitlines() if needs(promises_of(line), walked.group)]
    if lines:
        return all(any(line in text for text in walked.without) for line in lines)
    here = [function.text for function in used if function.screen == page.screen]
    return bool(here) and walked.without.issuperset(here)
