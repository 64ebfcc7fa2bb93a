"""The cause of a dialog, by journal and log: an act of ours, another app, or nothing but the app's own clock.

All rules that ask why something came up read it here, before they read what it says.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from harness.dialogs.dialog_words import asks_to_know
from harness.events import (
    ActivityCreated,
    ActivityResumed,
    ActivityStarted,
    AppLaunched,
    AppStopped,
    ConsentGiven,
    ConsentRefused,
    DialogClosed,
    DialogShown,
    Event,
    FieldFilled,
    FunctionUsed,
    Instant,
    InterruptionClosed,
    KeyPressed,
    PermissionDenied,
    ScenarioEnded,
    ScreenSeen,
    Swiped,
    Tapped,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.pages.view_structure import unnumbered

DIRECTLY_SECONDS = 5.0
"""How soon what a tap of ours explains must follow it [PROJECT] (docs/verdicts.md 1.5)."""
ACT_SLACK = 0.1
"""Seconds by which log time and our own may differ: /proc/uptime is printed to 0.01 s, a probe over Wi-Fi takes 0.1
s."""
ACTS = (AppLaunched, AppStopped, FunctionUsed, KeyPressed, Swiped, FieldFilled, ConsentGiven, ConsentRefused, ScenarioEnded)
"""Acts of ours other than denials and closings: what follows them is no longer a reaction to the denial before."""
FIRST_APP_UID = 10000
"""Android's uids of apps begin here (Process.FIRST_APPLICATION_UID); those below are the system's, and the shell's."""
ICON = "android.intent.action.MAIN"


class Cause(Enum):
    """Why a dialog came up."""

    PRESS = "press"  # a control that we used
    START = "start"  # the app was started, and nothing used since
    RETURN = "return"  # we came back to it from the home screen
    MOVE = "move"  # Back, a swipe, a field that we filled, a consent that we answered
    OTHER_APP = "other app"  # another app opened a page of this one
    TIMER = "timer"  # nothing of all that within the last seconds: the app did it by itself


@dataclass(frozen=True, slots=True)
class DialogCause:
    """The cause of a dialog, and the fact that tells it: our last act, or the other app's call."""

    kind: Cause
    fact: Event | None


def cause_of(timeline: Timeline, app: AppUnderTest, at: Instant) -> DialogCause:
    """Return the cause of what came up at a moment.

    Pages follow each other after an act of ours, and each answer of ours goes on with it. What comes long after all
    that comes by the app's clock.
    """
    acts = acts_until(timeline, at)
    act = acts[-1] if acts else None
    since = act.at if act is not None else at.boot_start
    called = [start for start in timeline.between(since, at, ActivityStarted) if _called_by_another(app, start)]
    if called:
        return DialogCause(Cause.OTHER_APP, called[-1])
    if act is not None and at.seconds_since(_going_on(timeline, app, act, at)) > DIRECTLY_SECONDS:
        return DialogCause(Cause.TIMER, act)
    match act:
        case FunctionUsed():
            return DialogCause(Cause.PRESS, act)
        case AppLaunched(cold=False):
            return DialogCause(Cause.RETURN, act)
        case None | AppLaunched() | AppStopped():
            return DialogCause(Cause.START, act)
    return DialogCause(Cause.MOVE, act)


def acts_until(timeline: Timeline, at: Instant) -> list[Event]:
    """Our acts before what came up at a moment.

    The end of a part of the check does nothing to the app: what is seen between two parts came of the act before it.
    """
    return [act for act in timeline.between(at.boot_start, at.later(ACT_SLACK), *ACTS) if not isinstance(act, ScenarioEnded)]


def _called_by_another(app: AppUnderTest, start: ActivityStarted) -> bool:
    """Whether an app that is neither this one nor the home screen opened a page of this one."""
    apart = (app.package, *app.home_packages)
    foreign = start.from_uid % 100_000 >= FIRST_APP_UID and start.from_uid != app.uid and start.caller not in apart
    return foreign and app.owns(start.component or "") and start.action != ICON


def _going_on(timeline: Timeline, app: AppUnderTest, act: Event, at: Instant) -> Instant:
    """Until when what an act set off went on: its pages, and what we answered, came up to here."""
    made = [page.at for page in timeline.between(act.at, at, ActivityCreated) if app.owns(page.component)]
    resumed = [page.at for page in timeline.between(act.at, at, ActivityResumed) if app.owns(page.component)]
    answers = [answer.at for answer in timeline.between(act.at, at, PermissionDenied, DialogClosed, Tapped)]
    return max([act.at, *made, *resumed, *answers])


def came_of_nothing(timeline: Timeline, app: AppUnderTest, function: FunctionUsed, at: Instant) -> bool:
    """Whether a press had changed nothing, and what came long after it came by itself.

    The same page said the same until then, but for its numbers.
    """
    if cause_of(timeline, app, at).kind is not Cause.TIMER or not function.screen:
        return False
    before = [page for page in timeline.between(at.boot_start, function.at, ScreenSeen) if page.screen == function.screen]
    after = [page for page in timeline.between(function.at, at, ScreenSeen) if page.package == app.package and page.at > function.at]
    known = {unnumbered(line) for page in before[-1:] for line in page.text.splitlines()}
    lines = {unnumbered(line) for page in after for line in page.text.splitlines()}
    return bool(before) and lines <= known and all(page.screen == function.screen for page in after)


def came_by_itself(timeline: Timeline, app: AppUnderTest, seen: ScreenSeen) -> bool:
    """Whether a window over the page is the app's own notice: here or elsewhere in the run it came without a press.

    A window is what was read as a dialog, or closed as something that only lies over the page.
    """
    if not (timeline.between(seen.at, seen.at, DialogShown) or _was_closed(timeline, seen.screen)):
        return False
    pages = [page for page in timeline.of(ScreenSeen) if page.package == app.package]
    came = (page for before, page in pairwise(pages) if page.screen == seen.screen and before.screen != page.screen)
    return any(cause_of(timeline, app, page.at).kind is not Cause.PRESS for page in came)


def _was_closed(timeline: Timeline, screen: str) -> bool:
    """Whether we closed a window at some showing of it."""
    for page, after in pairwise(timeline.of(ScreenSeen, InterruptionClosed)):
        if isinstance(page, ScreenSeen) and page.screen == screen and isinstance(after, InterruptionClosed):
            return True
    return False


def told_on_request(timeline: Timeline, at: Instant) -> bool:
    """Whether what came up only tells what the user had just asked to be told: 隐私政策, 权限说明, a question."""
    acts = timeline.between(at.earlier(DIRECTLY_SECONDS), at, *ACTS)
    last = acts[-1] if acts else None
    if not isinstance(last, FunctionUsed) or timeline.between(last.at, at, PermissionDenied):
        return False  # what comes after a refusal answers the refusal
    page = next((seen for seen in reversed(timeline.between(at.boot_start, last.at, ScreenSeen)) if seen.screen == last.screen), None)
    return asks_to_know(last.text) or (page is not None and asks_to_know(page.title))
