"""What goes by itself, and is not closed by the touch or Back before it (docs/verdicts.md 6.4 and 6.5)."""

from collections.abc import Sequence

from harness.detectors.advert_trials import CLOSING, Trial
from harness.events import (
    ActivityResumed,
    AdvertAct,
    AdvertActed,
    AdvertKind,
    AdvertSeen,
    AppLaunched,
    Event,
    Instant,
    KeyPressed,
    ScreenSeen,
    Tapped,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline

LATE_SECONDS = 3.0
"""What goes later than this after a touch or Back went by itself [PROJECT]: a slow phone takes two seconds."""
TREE_SECONDS = 1.5
"""How much later than the log a slow phone's view tree tells of it [PROJECT]."""
LOOK_SECONDS = 0.5
"""One look at the screen: how much later than its end a splash may be seen to be gone."""


def lasted_alone(timeline: Timeline, app: AppUnderTest, done: Sequence[Trial]) -> float | None:
    """How long it stood until it was gone by itself, by the shortest time in which it was left alone.

    Another activity of the app in front ends it, also where the tree of that one says nothing; so does a page of the
    same activity that says nothing of what it said.
    """
    times = []
    for trial in done:
        if trial.acted.act is AdvertAct.NOTHING and trial.still is False and trial.left is not None:
            first = _shown_since(timeline, trial, done)
            came = (fact for fact in timeline.between(first, trial.left.at, ActivityResumed, ScreenSeen) if fact.at > trial.acted.at)
            ends = (fact.at for fact in came if _is_other_page(fact, trial, app))
            times.append(next(ends, trial.left.at).seconds_since(first))
    return min(times, default=None)


def _is_other_page(fact: Event, trial: Trial, app: AppUnderTest) -> bool:
    if isinstance(fact, ActivityResumed):
        return fact.component.startswith(f"{app.package}/")
    if not isinstance(fact, ScreenSeen) or fact.package != app.package or not fact.text:
        return False
    said = trial.advert.words if trial.advert is not None else ""
    return not any(line in said for line in fact.text.splitlines())


def _shown_since(timeline: Timeline, trial: Trial, done: Sequence[Trial]) -> Instant:
    """When the showing that an act was done to was first looked at: earlier acts that left it there were done to it."""
    first = trial.advert.at if trial.advert is not None else trial.acted.at
    for earlier in reversed([each for each in done if each.acted.at < trial.acted.at]):
        if not earlier.still or earlier.left is None or timeline.between(earlier.left.at, first, AppLaunched):
            break
        first = earlier.advert.at if earlier.advert is not None else earlier.acted.at
    return first


def over_by_itself(timeline: Timeline, trial: Trial, lasted: float | None, done: Sequence[Trial]) -> bool:
    """Whether it went only seconds after the act, or a splash was to end within the watch and no page came earlier.

    A splash ends where its countdown does, or after the ``lasted`` seconds that it stood when it was left alone.
    ``done`` are all acts on it, in time order.
    """
    if _went_late(timeline, trial):
        return True
    end = _end(timeline, trial, lasted, done)
    if end is None or trial.left is None or end > trial.left.at:
        return False
    before = timeline.between(trial.acted.at.boot_start, trial.acted.at, ScreenSeen)[-1:]
    pages = timeline.between(trial.acted.at, end.later(-LOOK_SECONDS), ScreenSeen)
    return not any(page.screen not in [each.screen for each in before] for page in pages if page not in before)


def closed_by(timeline: Timeline, trial: Trial, lasted: float | None, done: Sequence[Trial]) -> bool:
    """Whether an act did away with what it was done to: it was gone, and not by itself as far as anything tells.

    A splash of which nobody saw how long it stands untouched, and that had stood for a while, was to end some time: by
    the act only if another showing stood longer, in spite of whatever was done to it.
    """
    if trial.still is not False or over_by_itself(timeline, trial, lasted, done):
        return False
    if trial.kind is not AdvertKind.SPLASH or lasted is not None or trial.left is None or (trial.advert and trial.advert.countdown):
        return True
    shown = _shown_since(timeline, trial, done)
    if trial.acted.at.seconds_since(shown) <= LATE_SECONDS:
        return True
    came = _behind(timeline, trial)
    gone = (came.at if came is not None else trial.left.at).seconds_since(shown)
    stood = [each.left.at.seconds_since(_shown_since(timeline, each, done)) for each in done if each.still and each.left is not None]
    return gone < max(stood, default=0.0)


def opened_after(timeline: Timeline, app: AppUnderTest, trial: Trial, done: Sequence[Trial]) -> bool:
    """Whether what an act opened came after a splash was over by its own timer, from the app's next page."""
    end = _end(timeline, trial, lasted_alone(timeline, app, done), done)
    if trial.opening is None or end is None or trial.opening.at < end:
        return False
    resumed = timeline.between(trial.acted.at, trial.opening.at, ActivityResumed)
    return any(page.at >= end.later(-LOOK_SECONDS) and page.component.startswith(f"{app.package}/") for page in resumed) and not any(
        page.at < end.later(-LOOK_SECONDS) for page in resumed
    )


def _end(timeline: Timeline, trial: Trial, lasted: float | None, done: Sequence[Trial]) -> Instant | None:
    """When a splash ends without a touch, None where that is not known."""
    shown = trial.advert
    if shown is None or shown.advert is not AdvertKind.SPLASH:
        return None
    if shown.countdown is not None:
        return shown.at.later(shown.countdown)
    return _shown_since(timeline, trial, done).later(lasted) if lasted is not None else None


def _went_late(timeline: Timeline, trial: Trial) -> bool:
    """Whether what stands behind it came only seconds after the act: nobody closes a window so late.

    The log tells when a page came. A look tells only that it was there by then: one before it must show that the window
    outlasted the act, or our own slow look would make late what was at once.
    """
    first = _behind(timeline, trial)
    if first is None or (
        isinstance(first, ScreenSeen) and timeline.between(trial.acted.at, first.at, ScreenSeen, ActivityResumed)[0] is first
    ):
        return False
    slack = TREE_SECONDS if isinstance(first, ScreenSeen) else 0.0
    return first.at.seconds_since(trial.acted.at) > LATE_SECONDS + slack


def _behind(timeline: Timeline, trial: Trial) -> Event | None:
    """What first told of the page behind what was gone at the end of a watch, None where nothing did."""
    if trial.left is None or trial.still is not False:
        return None
    before = timeline.between(trial.acted.at.boot_start, trial.acted.at, ScreenSeen)[-1:]
    came = timeline.between(trial.acted.at, trial.left.at, ScreenSeen, ActivityResumed)
    known = [each.screen for each in before]
    return next((fact for fact in came if known and (not isinstance(fact, ScreenSeen) or fact.screen not in known)), None)


def closable_once_over(timeline: Timeline, done: Sequence[Trial]) -> AdvertSeen | None:
    """The look at what stood in the place of a film that was over by itself, where that has a control to close it."""
    for trial in done:
        over = trial.left.at if trial.left is not None else trial.acted.at
        acts = timeline.between(over, over.boot_end, Tapped, KeyPressed, AppLaunched)[:1]
        later = timeline.between(over, acts[0].at if acts else over.boot_end, AdvertSeen)
        found = next((seen for seen in later if seen.slot != trial.slot and _closes(seen)), None)
        if trial.acted.act is AdvertAct.NOTHING and found is not None:
            return found
    return None


def opens_the_app(timeline: Timeline, views: Sequence[AdvertSeen]) -> bool:
    """Whether it is what the app begins with, at each start: no page and no act of ours came before it."""
    first: dict[AppLaunched, AdvertSeen] = {}
    for view in views:
        for launch in timeline.between(view.at.boot_start, view.at, AppLaunched)[-1:]:
            first.setdefault(launch, view)
    before = [timeline.between(launch.at, view.at, ScreenSeen, Tapped, KeyPressed) for launch, view in first.items()]
    return bool(before) and all(
        all(isinstance(event, ScreenSeen) for event in events)
        and len({event.screen for event in events if isinstance(event, ScreenSeen)}) <= 1
        for events in before
    )


def _closes(seen: AdvertSeen) -> bool:
    """Whether a control to close it is in sight."""
    return any(control.role in CLOSING for control in seen.controls)


def came_late(timeline: Timeline, done: Sequence[Trial]) -> float | None:
    """Seconds after which a window showed its first control to close it, by the shortest wait while it was left alone.

    None where none was seen to come, or one was there at its first look. Only what the tree names tells when it came: a
    mark without words is one as soon as a picture shows it. Where it had none while it was left alone, and one was seen
    with nothing done in between, or Back left it there without one, it came no sooner than that.
    """
    kept = any(trial.acted.act is AdvertAct.BACK and trial.still and trial.advert and not _closes(trial.advert) for trial in done)
    times = []
    for trial in done:
        if trial.acted.act is AdvertAct.NOTHING and trial.left is not None:
            since = timeline.between(trial.acted.at.boot_start, trial.acted.at, AppLaunched)[-1:]
            begun = since[0].at if since else trial.acted.at.boot_start
            every = [seen for seen in timeline.between(begun, trial.acted.at.boot_end, AdvertSeen) if seen.slot == trial.slot]
            views = [seen for seen in every if seen.at <= trial.left.at]
            came = next(filter(_closes, every), None)
            named = came is not None and any(one.role in CLOSING and one.source == "tree" and one.text for one in came.controls)
            stood = came is not None and (kept or not timeline.between(trial.left.at, came.at, AppLaunched, AdvertActed, Tapped))
            if came is None or not named or (came not in views and not (stood and trial.still and views)):
                times.append(0.0)
            else:
                times.append(min(came.at, trial.left.at).seconds_since(views[0].at))
    return min(times, default=0.0) or None
