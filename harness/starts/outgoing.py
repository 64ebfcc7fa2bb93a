"""The starts of other apps that the app under test caused."""

from harness.events import ActivityStarted, CallerSeen, Evidence, ProcessStarted, Trigger
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.starts.callers import Caller, callers_of, packages_of
from harness.starts.concurrent_apps import ended
from harness.starts.incoming import planned_restart
from harness.starts.process_start import Cause, Start
from harness.starts.sdk_attribution import sdk_near
from harness.starts.tester_causes import asked_for, closed_window, tries_advert

SAME_SECONDS = 3.0
"""A START line and the process start that follows it for the same package within this time are one start."""
_HOSTING = {"broadcast": Trigger.BROADCAST, "service": Trigger.SERVICE, "content provider": Trigger.PROVIDER}


def outgoing_starts(timeline: Timeline, app: AppUnderTest) -> list[Start]:
    """Every start of another app's process, or showing of its page, that names the app under test as its caller.

    System apps are no targets: the permission dialog, the settings, the browser and the store are the phone's own, and
    rules of their own look at them. A start that an act of the tester asked for has the cause TESTER, and so has a page
    that came while an advert was tried, or as a window was pressed away: that is judged as a jump.
    """
    found = [*_processes(timeline, app), *_activities(timeline, app)]
    kept: list[Start] = []
    for start in sorted(found, key=lambda item: item.at):
        again = any(k.package == start.package and start.at.seconds_since(k.at) < SAME_SECONDS for k in kept)
        if not again:
            kept.append(start)
    return kept


def calls_to_running(timeline: Timeline, app: AppUnderTest) -> list[CallerSeen]:
    """Records that the app uses a service or provider of another app which did not start for it: it ran already.

    Nobody saw whether the call would have started it. What the tester had opened, or asked for, is no attempt.
    """
    started = {start.package for start in outgoing_starts(timeline, app)}
    used = (Evidence.SERVICE_RECORD, Evidence.PROVIDER_CONNECTION, Evidence.ASSOCIATION)
    return [
        record
        for record in timeline.of(CallerSeen)
        if record.caller == app.package
        and record.evidence in used
        and _is_target(timeline, app, record.package)
        and record.package not in started
        and not asked_for(timeline, record.at)
    ]


def _processes(timeline: Timeline, app: AppUnderTest) -> list[Start]:
    found: list[Start] = []
    for fact in timeline.of(ProcessStarted):
        if not _is_target(timeline, app, fact.package):
            continue
        if planned_restart(timeline, fact) is not None:
            continue  # Android mends a sticky service: its record still names whoever called it long ago
        callers = callers_of(timeline, fact)
        if not any(caller.package == app.package for caller in callers):
            continue
        trigger = _HOSTING.get(fact.hosting_type, Trigger.ACTIVITY)
        found.append(_start(timeline, app, fact, fact.package, trigger, callers))
    return found


def _activities(timeline: Timeline, app: AppUnderTest) -> list[Start]:
    found: list[Start] = []
    for line in timeline.of(ActivityStarted):
        package = (line.component or "").split("/", 1)[0]
        blocked = line.result is not None and line.result >= 100  # ActivityManager.java, START_ABORTED is 102
        if line.from_uid != app.uid or blocked or not _is_target(timeline, app, package):
            continue
        caller = Caller(app.package, Evidence.START_LINE, line)
        found.append(_start(timeline, app, line, package, Trigger.ACTIVITY, (caller,)))
    return found


def _start(
    timeline: Timeline,
    app: AppUnderTest,
    fact: ProcessStarted | ActivityStarted,
    package: str,
    trigger: Trigger,
    callers: tuple[Caller, ...],
) -> Start:
    by_activity = trigger is Trigger.ACTIVITY
    asked = by_activity and any(ours(timeline, fact.at) for ours in (asked_for, closed_window, tries_advert))
    cause = Cause.TESTER if asked else Cause.OURS if ended(timeline, package, fact.at) else Cause.SELF
    facts = tuple(caller.fact for caller in callers if caller.fact is not fact)
    near = sdk_near(timeline, app, fact.at)
    return Start(fact, package, trigger, cause, callers, near[0] if near else None, (*facts, *(near[1:] if near else ())))


def _is_target(timeline: Timeline, app: AppUnderTest, package: str) -> bool:
    if package in ("", app.package, *app.home_packages, *app.grant_packages, *app.settings_packages):
        return False
    _, system = packages_of(timeline).get(package, (0, False))
    return not system
