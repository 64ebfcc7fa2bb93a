"""c6-hidden-activity: an activity nobody can see, started from the background (docs/verdicts.md 4.9)."""

from harness.detectors.process_start_rules import Said, unproved, watched
from harness.detectors.request_context import in_order
from harness.events import (
    ActivityCreated,
    ActivityFinished,
    ActivityPaused,
    ActivityResumed,
    ActivityStopped,
    Event,
    Instant,
    Source,
    WindowSeen,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.language import _
from harness.rules import Rule
from harness.starts.callers import same_component
from harness.starts.tester_causes import asked_for, in_use

PASSES_SECONDS = 2.0
"""An invisible page that is followed by an ordinary one of the app within this time is a splash that passes on; one in
front for no longer in all its life, dark phones aside, nobody has looked at."""
BY_APP = "app-request"  # ActivityRecord.java: the reason of Activity.finish

NOTHING = Said(Outcome.CLEAR, _("no hidden page was started from the background"))


def hidden_activity(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """One finding for each hidden activity; one over the run where there was none."""
    pixels = rule.threshold("pixels")
    found: list[Finding] = []
    unseen: list[ActivityCreated] = []
    for created in timeline.of(ActivityCreated):
        if not app.owns(created.component) or in_use(timeline, created.at) or asked_for(timeline, created.at):
            continue
        if _passes_on(timeline, app, created):
            continue
        seen = _windows(timeline, created)
        if any(not window.translucent and not _tiny(window, pixels) for window in seen):
            continue
        if (hidden := _hidden(timeline, app, created, seen, pixels)) is not None:
            found.append(_finding(rule, created, *hidden))
        elif not any(window.empty is False for window in seen):
            unseen.append(created)
    if found:
        return found
    spans = watched(timeline)
    if not spans:
        return []
    said = unproved(timeline, rule, spans, guarded=False, switch=False) or (_unseen(unseen) if unseen else NOTHING)
    return [Finding(rule.id, said.outcome, "run", said.reason, said.facts)]


def _finding(rule: Rule, created: ActivityCreated, window: WindowSeen, more: tuple[Event, ...]) -> Finding:
    """``more`` are the facts by which a translucent page of unknown contents is known to be seen by nobody."""
    size = f"{window.width}x{window.height}"
    reason = _("started a page nobody can see from the background ({size})", size=size)
    if more:
        reason = _("started a page nobody can see from the background ({size}, opened in the dark and gone without being shown)", size=size)
    return Finding(
        rule.id,
        Outcome.VIOLATION,
        created.component,
        reason,
        in_order(created, window, *more),
        measured={"width": window.width, "height": window.height},
    )


def _unseen(pages: list[ActivityCreated]) -> Said:
    """What pages from the background say of which neither size nor contents are known."""
    reason = _(
        "{count} page(s) started from the background whose window or contents were not read: nobody can tell what they showed",
        count=len(pages),
    )
    return Said(Outcome.INCONCLUSIVE, reason, tuple(pages))


def _windows(timeline: Timeline, created: ActivityCreated) -> list[WindowSeen]:
    """Every reading of the page's window while it was this very page.

    The dump does not say which it is of, so the next page of that name ends it, as the boot does. A tree says what is
    in it only if the page was in front then.
    """
    end = _end(timeline, created)
    seen = [w for w in timeline.between(created.at, end, WindowSeen) if same_component(w.component, created.component)]
    return [window for window in seen if window.empty is None or _in_front(timeline, created, window.at)]


def _end(timeline: Timeline, created: ActivityCreated) -> Instant:
    ever = created.at.boot_end
    again = [next_one for next_one in timeline.between(created.at, ever, ActivityCreated) if next_one is not created]
    return next((one.at for one in again if same_component(one.component, created.component)), ever)


def _in_front(timeline: Timeline, created: ActivityCreated, at: Instant) -> bool:
    """Whether nothing says that it was not: another page resumed, or this one paused."""
    all_steps: list[ActivityResumed | ActivityPaused] = timeline.between(created.at, at, ActivityResumed, ActivityPaused)
    steps = [step for step in all_steps if isinstance(step, ActivityResumed) or step.token == created.token]
    return not steps or (isinstance(steps[-1], ActivityResumed) and same_component(steps[-1].component, created.component))


def _hidden(
    timeline: Timeline, app: AppUnderTest, created: ActivityCreated, seen: list[WindowSeen], pixels: float
) -> tuple[WindowSeen, tuple[Event, ...]] | None:
    """The window that says that nobody can see the page, and the facts that it needs beside it."""
    if not seen:
        return None
    if all(_tiny(window, pixels) for window in seen):
        return seen[0], ()
    if any(window.empty is False for window in seen):
        return None
    bare = next((window for window in seen if window.empty), None)
    if bare is not None:
        return bare, ()
    dark = _in_the_dark(timeline, app, created)
    return (seen[0], dark) if dark else None


def _in_the_dark(timeline: Timeline, app: AppUnderTest, created: ActivityCreated) -> tuple[Event, ...]:
    """The facts of a page that slept with the phone and then ended itself, hardly ever in front; none for any other.

    A phone in use resumes another page when this one is paused; one that sleeps resumes nothing until it wakes.
    """
    ever = created.at.boot_end
    ends: list[ActivityPaused | ActivityStopped | ActivityFinished]
    ends = timeline.between(created.at, ever, ActivityPaused, ActivityStopped, ActivityFinished)
    own = [event for event in ends if event.token == created.token]
    gone = next((event for event in own if isinstance(event, ActivityFinished)), None)
    asleep = next((event for event in own if isinstance(event, ActivityStopped)), None)
    if gone is None or gone.reason != BY_APP or asleep is None or asleep.at > gone.at:
        return ()
    if not timeline.covered(Source.EVENTS, created.at, gone.at):
        return ()
    front = [event for event in timeline.between(own[0].at, gone.at, ActivityResumed) if own[0].at < event.at < gone.at]
    if any(not same_component(event.component, created.component) for event in front):
        return ()
    shown = own[0].at.seconds_since(created.at) + (gone.at.seconds_since(front[0].at) if front else 0.0)
    following = timeline.between(gone.at, gone.at.later(PASSES_SECONDS), ActivityResumed)
    followed = any(app.owns(event.component) for event in following)
    return () if shown > PASSES_SECONDS or followed else (own[0], asleep, gone)


def _tiny(window: WindowSeen, pixels: float) -> bool:
    return window.width <= pixels and window.height <= pixels


def _passes_on(timeline: Timeline, app: AppUnderTest, created: ActivityCreated) -> bool:
    later = timeline.between(created.at, created.at.later(PASSES_SECONDS), ActivityResumed)
    return any(app.owns(event.component) and event.component != created.component for event in later)
