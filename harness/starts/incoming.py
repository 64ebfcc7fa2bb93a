"""The starts of the app under test itself: by itself, by the tester, by Android or by another app."""

from collections.abc import Iterator
from dataclasses import replace

from harness.events import (
    AppStopped,
    Ending,
    Instant,
    ProcessDied,
    ProcessExited,
    ProcessKilled,
    ProcessStarted,
    RoleSeen,
    ServiceRestartScheduled,
    StartRefused,
    Trigger,
    TriggerFired,
    TriggerSeen,
)
from harness.events.action_kinds import ERASES
from harness.events.app_under_test import AppUnderTest
from harness.events.start_evidence import TRIGGER_OF_ACTION
from harness.events.timeline import Timeline
from harness.starts.callers import RECORD_AFTER, RECORD_BEFORE, SHELL, SYSTEM, Caller, callers_of, for_activity, packages_of, same_component
from harness.starts.concurrent_apps import concurrent_apps, in_front
from harness.starts.process_start import Cause, Start
from harness.starts.push_services import PUSH_SERVICES
from harness.starts.sdk_attribution import sdk_of
from harness.starts.tester_causes import ENDS_ALL, EXPLAINS_SECONDS, OURS, asked_for, in_use, last_ending, stimulus

BURST_SECONDS = 5.0
"""Processes of the app that come up within this time are one start: the main one and its helpers [PROJECT]."""
STIMULUS_SECONDS = 5.0  # [PROJECT]: docs/rules.md 8.5
BOOT_SECONDS = 600.0  # as long as a reboot is watched: docs/rules.md 8.5
STICKY_SECONDS = 60.0
"""How much later than its printed delay a sticky restart may come: Android adds spacing between services
(ActiveServices.java, SERVICE_MIN_RESTART_TIME_BETWEEN 10 s) and the device may doze [PROJECT]."""

INNOCENT = (
    Trigger.ALARM_CLOCK,
    Trigger.BACKUP,
    Trigger.WIDGET,
    Trigger.INPUT_METHOD,
    Trigger.VPN,
    Trigger.ACCESSIBILITY,
    Trigger.NOTIFICATION_LISTENER,
    Trigger.SYNC,
    Trigger.PUSH,
)
"""Triggers that the user or a vendor's channel stands behind (docs/verdicts.md 4.2)."""
ASKED_FOR = ("service", "content provider")
"""Kinds of start that somebody asked for: an app, or Android for a job, which the dump of jobs tells. So is a
broadcast, but right after a stimulus of ours."""
_HOSTING = {"broadcast": Trigger.BROADCAST, "service": Trigger.SERVICE, "content provider": Trigger.PROVIDER, "backup": Trigger.BACKUP}
_ROLES = {
    "input_method": Trigger.INPUT_METHOD,
    "vpn": Trigger.VPN,
    "accessibility": Trigger.ACCESSIBILITY,
    "notification_listener": Trigger.NOTIFICATION_LISTENER,
}


def own_starts(timeline: Timeline, app: AppUnderTest) -> list[Start]:
    """Every start of the app that found no main process of it alive and did not happen while the tester had it open.

    A burst of its processes is one start, told by the first. The launches by the tester are left out.
    """
    found: list[Start] = []
    last: Instant | None = None
    for fact in timeline.of(ProcessStarted):
        if fact.package != app.package or fact.uid % 100_000 != app.uid % 100_000:
            continue
        burst = last is not None and 0 <= fact.at.seconds_since(last) < BURST_SECONDS
        last = fact.at
        if burst or living_main(timeline, app, fact.at) is not None or in_use(timeline, fact.at):
            continue
        found.append(_explain(timeline, app, fact))
    return [start for start in _after_neighbours(timeline, found) if start.cause is not Cause.TESTER]


def woken_by_neighbour(timeline: Timeline, start: Start) -> bool:
    """Whether a start of the app is the doing of an app that was checked beside it."""
    return start.cause is Cause.OTHER_APP and start.caller in concurrent_apps(timeline)


def wanted(timeline: Timeline, refused: StartRefused) -> bool:
    """Whether a refused start would have been nobody's fault: a widget, a role that the user gave, another app's call.

    Refused or not, whoever stands behind an attempt is the same (docs/verdicts.md 4.2).
    """
    if TRIGGER_OF_ACTION.get(refused.action or "") in INNOCENT or refused.caller in PUSH_SERVICES:
        return True
    if refused.caller is not None and refused.caller not in (SYSTEM, refused.package):
        return not packages_of(timeline).get(refused.caller, (0, False))[1]  # a system app delivers what the app had ordered
    roles = (role for role in timeline.of(RoleSeen) if role.package == refused.package and role.role in _ROLES)
    return refused.component is not None and any(same_component(role.component, refused.component) for role in roles)


def _after_neighbours(timeline: Timeline, starts: list[Start]) -> Iterator[Start]:
    """The starts, those by itself with another cause where a neighbour had woken the app before.

    What it set going then, an alarm, a job, a sticky service, goes on until its data are cleared: nobody knows whether
    it would have started without.
    """
    cleared = [act.at for act in timeline.of(AppStopped) if act.how in ERASES]
    woken = [start.at for start in starts if woken_by_neighbour(timeline, start)]
    for start in starts:
        since = max((at for at in cleared if at <= start.at), default=Instant(0, 0.0))
        touched = any(since <= at < start.at for at in woken)
        yield replace(start, cause=Cause.NEIGHBOUR) if touched and start.cause is Cause.SELF else start


def _explain(timeline: Timeline, app: AppUnderTest, fact: ProcessStarted) -> Start:
    callers, sdk = callers_of(timeline, fact), sdk_of(fact.component, app)
    restart = planned_restart(timeline, fact)
    if restart is not None and _role(timeline, app, fact) is None:  # what the user chose, Android brings back for the user
        cause = Cause.OURS if _after_our_ending(timeline, app, fact) else Cause.SELF
        return Start(fact, app.package, Trigger.STICKY, cause, callers, sdk, (restart,))
    trigger, facts = _trigger(timeline, app, fact, callers)
    recorded = any(isinstance(seen, TriggerSeen) for seen in facts)
    cause = _cause(timeline, app, fact, trigger, callers, recorded=recorded)
    return Start(fact, app.package, trigger, cause, callers, sdk, facts)


def _after_our_ending(timeline: Timeline, app: AppUnderTest, fact: ProcessStarted) -> bool:
    """Whether Android mends with this restart what an ending of ours broke: the first one after it, planned at once.

    What the app ends later by itself, again and again, comes back on its own account.
    """
    ended = last_ending(timeline, fact.at)
    if ended is None or ended.how not in OURS:
        return False
    back = [born for born in timeline.between(ended.at, fact.at, ProcessStarted) if born.package == app.package and born.at < fact.at]
    planned = timeline.between(ended.at, fact.at, ServiceRestartScheduled)
    first = next((plan for plan in planned if same_component(plan.component, fact.component)), None)
    return not back and first is not None and first.at.seconds_since(ended.at) <= EXPLAINS_SECONDS


def _cause(
    timeline: Timeline, app: AppUnderTest, fact: ProcessStarted, trigger: Trigger, callers: tuple[Caller, ...], *, recorded: bool
) -> Cause:
    """Return the cause; ``recorded``: a dump tells what set it off, it is not only our stimulus that came before it."""
    if for_activity(fact):
        if asked_for(timeline, fact.at):
            return Cause.TESTER
        if "top-activity" in fact.hosting_type and not callers:
            return Cause.SYSTEM  # the process of the top task died and Android brings it back (docs/verdicts.md 4.1)
    if trigger is Trigger.REPLACED:
        ended = last_ending(timeline, fact.at)
        return Cause.OURS if ended is not None and ended.how is Ending.REINSTALL else Cause.SELF
    if trigger in INNOCENT:
        return Cause.INNOCENT
    caller = callers[0].package if callers else None
    if caller == SHELL:
        return Cause.TESTER  # am start, monkey: ours
    if caller is not None and caller not in (SYSTEM, app.package):
        _, system = packages_of(timeline).get(caller, (0, False))
        return Cause.SELF if system else Cause.OTHER_APP  # a system app delivers what the app had ordered
    if caller is None and for_activity(fact) and in_front(timeline, fact.at):
        return Cause.UNKNOWN  # a page that the neighbour in use may have opened
    if caller is None and not recorded and (fact.hosting_type in ASKED_FOR or trigger is Trigger.BROADCAST):
        return Cause.UNKNOWN
    return Cause.SELF


def _trigger(
    timeline: Timeline, app: AppUnderTest, fact: ProcessStarted, callers: tuple[Caller, ...]
) -> tuple[Trigger, tuple[TriggerSeen | TriggerFired | RoleSeen, ...]]:
    """What set it off: what a dump recorded, then a role the user gave, then our stimulus, then the hosting type."""
    if any(caller.package in PUSH_SERVICES for caller in callers):
        return Trigger.PUSH, ()
    recorded = triggered(timeline, fact)
    if recorded is not None:
        return recorded.trigger, (recorded,)
    role = _role(timeline, app, fact)
    if role is not None:
        return _ROLES[role.role], (role,)
    fired = stimulus(timeline, fact.at, STIMULUS_SECONDS) or _boot(timeline, fact.at)
    if fired is not None and fact.hosting_type != "backup":
        return fired.trigger, (fired,)
    return _HOSTING.get(fact.hosting_type, Trigger.ACTIVITY if for_activity(fact) else Trigger.UNKNOWN), ()


def _role(timeline: Timeline, app: AppUnderTest, fact: ProcessStarted) -> RoleSeen | None:
    """The role that the user gave the service for which a process came up."""
    if fact.hosting_type != "service":
        return None
    for role in timeline.of(RoleSeen):
        own = role.package == app.package and (role.component is None or same_component(role.component, fact.component))
        if own and role.role in _ROLES:
            return role
    return None


def triggered(timeline: Timeline, fact: ProcessStarted) -> TriggerSeen | None:
    """Return the trigger of a start that a dump recorded, where it did."""
    early = fact.at.earlier(RECORD_BEFORE)
    late = fact.at.later(RECORD_AFTER)
    for seen in timeline.between(early, late, TriggerSeen):
        if seen.package == fact.package and (seen.component is None or same_component(seen.component, fact.component)):
            return seen
    return None


def _boot(timeline: Timeline, at: Instant) -> TriggerFired | None:
    """Our reboot, when it is at most ten minutes ago.

    It is noted once the phone can be reached again, later than what it set off.
    """
    fired = [f for f in timeline.of(TriggerFired) if f.trigger is Trigger.BOOT and f.at.boot == at.boot]
    return fired[0] if fired and at.uptime - min(fired[0].at.uptime, at.uptime) <= BOOT_SECONDS else None


def planned_restart(timeline: Timeline, fact: ProcessStarted) -> ServiceRestartScheduled | None:
    """The restart that Android had scheduled for this service, and that is due by now."""
    if fact.hosting_type != "service":
        return None
    for planned in reversed(timeline.of(ServiceRestartScheduled)):
        after = fact.at.seconds_since(planned.at)
        if same_component(planned.component, fact.component) and 0 <= after <= planned.delay_ms / 1000 + STICKY_SECONDS:
            return planned
    return None


def living_main(timeline: Timeline, app: AppUnderTest, at: Instant) -> ProcessStarted | None:
    """The start of the main process that lived at a moment."""
    mains = [born for born in living(timeline, app, at) if born.process == app.package]
    return mains[-1] if mains else None


def living(timeline: Timeline, app: AppUnderTest, at: Instant) -> list[ProcessStarted]:
    """The starts of the app's processes that lived at a moment.

    Neither its pid nor the whole app ended since one came up.
    """
    boot = at.boot_start
    born = {
        event.pid: event
        for event in timeline.between(boot, at, ProcessStarted)
        if event.at < at and event.package == app.package and event.uid == app.uid
    }
    stops = [act.at for act in timeline.between(boot, at, AppStopped) if act.how in ENDS_ALL]
    for end in timeline.between(boot, at, ProcessDied, ProcessKilled, ProcessExited):
        pid = getattr(end, "pid", 0)
        if pid in born and born[pid].at <= end.at:
            del born[pid]
    return [event for event in born.values() if not any(event.at <= stop for stop in stops)]
