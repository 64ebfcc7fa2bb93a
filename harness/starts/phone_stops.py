"""Force-stops by the phone itself: until somebody opens such an app nothing of it starts; its silence proves nothing.

A ROM may stop an app that is swiped out of Recents. The log says ``Force stopping``, the reason of the kill is ``stop
PKG due to WHY`` (ActivityManagerService.java, forceStopPackageLocked), or one of the ROM's own (roms/roms.toml).
"""

from harness.events import AppLaunched, AppStopped, Event, ExitRecorded, ForceStopped, Instant, ProcessKilled
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.roms import FACTS
from harness.starts.tester_causes import ENDS_ALL

OURS_SECONDS = 2.0
"""How far an act of ours and its stop may lie apart [PROJECT]: the journal dates it before the command."""
SUBREASON_FORCE_STOP = 21  # ApplicationExitInfo.SUBREASON_FORCE_STOP, since 13


def stopped_by_phone(timeline: Timeline, app: AppUnderTest, span: tuple[str, Instant, Instant]) -> Event | None:
    """The last force-stop of the app by the phone before a span's end after which nobody opened it; None for none."""
    _, _start, end = span
    stops = [event for event in timeline.of(ForceStopped, ProcessKilled, ExitRecorded) if event.at <= end and _stops(event, app)]
    stops = [event for event in stops if getattr(event, "user", None) in (None, app.user) and not _ours(timeline, event)]
    if not stops or any(launch.at > stops[-1].at and launch.at <= end for launch in timeline.of(AppLaunched)):
        return None
    return stops[-1]


def _stops(event: Event, app: AppUnderTest) -> bool:
    match event:
        case ForceStopped():
            return event.package == app.package
        case ProcessKilled():
            return event.process.partition(":")[0] == app.package and _by_its_reason(event.reason, app)
        case ExitRecorded():
            return event.package == app.package and (event.subreason == SUBREASON_FORCE_STOP or _by_its_reason(event.description, app))
        case _:
            return False


def _by_its_reason(reason: str, app: AppUnderTest) -> bool:
    return reason.startswith(f"stop {app.package}") or any(word in reason for word in FACTS["force_stops"]["reasons"])


def _ours(timeline: Timeline, event: Event) -> bool:
    since, until = event.at.earlier(OURS_SECONDS), event.at.later(OURS_SECONDS)
    return any(act.how in ENDS_ALL for act in timeline.between(since, until, AppStopped))
