"""The end of an app: its process gone, its last screen gone, or sent to the back; and who did it.

Which lines mean what: docs/signals.md 8.1 (read in ActivityManagerService, ProcessList and Zygote sources).
"""

from dataclasses import dataclass
from enum import StrEnum

from harness.events import (
    ActivityFinished,
    ActivityResumed,
    Anr,
    Crashed,
    Event,
    ExitRecorded,
    ForceStopped,
    Instant,
    LowMemoryKilled,
    ProcessDied,
    ProcessExited,
    ProcessKilled,
    ProcessStarted,
    RuntimeExited,
    TaskMovedToBack,
)
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.roms import FACTS

ANR_REASON = 6  # ApplicationExitInfo.REASON_ANR
WITH_ITS_PROCESS = "proc died without state saved"
"""Reason in the log for an activity that nobody finished: its process was gone (ActivityStack.java until Android 11,
Task and ActivityRecord.java since: handleAppDied)."""
EXIT_RECORD_SLACK = 5.0
"""Seconds between a process's end in the log and the timestamp of its exit record: the record is written when the death
is handled (AppExitInfoTracker.java)."""


class EndCause(StrEnum):
    """The cause of an end, and who it was."""

    CRASH = "crash"
    ANR = "anr"
    EXIT = "exit"  # System.exit or a clean end of the process
    KILLED_ITSELF = "killed_itself"  # Process.killProcess(myPid())
    FINISHED = "finished"  # its last activity finished
    MOVED_TO_BACK = "moved_to_back"
    LEFT = "left"  # home came up without a finish or a move that the log shows
    SYSTEM = "system"  # low memory, a ROM cleaner, a permission change: not the app's doing
    UNKNOWN = "unknown"


BY_APP = (EndCause.CRASH, EndCause.ANR, EndCause.EXIT, EndCause.KILLED_ITSELF, EndCause.FINISHED, EndCause.MOVED_TO_BACK, EndCause.LEFT)


@dataclass(frozen=True, slots=True)
class Ending:
    """The app went away at ``at``; ``facts`` prove it and its cause."""

    at: Instant
    cause: EndCause
    facts: tuple[Event, ...]


def main_pid(timeline: Timeline, app: AppUnderTest, at: Instant) -> int | None:
    """The pid of the app's main process at a moment, from the starts that the log shows."""
    starts = [
        event for event in timeline.between(at.boot_start, at, ProcessStarted) if event.process == app.package and event.uid == app.uid
    ]
    return starts[-1].pid if starts else None


def ending(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> Ending | None:
    """The first end of the app between two moments, None while it stays."""
    pid = main_pid(timeline, app, start)
    found = [e for e in (_process_end(timeline, app, pid, start, end), _screen_end(timeline, app, start, end)) if e]
    if not found:
        return None
    first = min(found, key=lambda item: item.at)
    if len(found) == 2 and found[0].cause is not EndCause.SYSTEM and found[0].at.seconds_since(first.at) < 1.0:
        return Ending(first.at, found[0].cause, timeline.in_order(*found[0].facts, *found[1].facts))  # the process tells more
    return first


def _process_end(timeline: Timeline, app: AppUnderTest, pid: int | None, start: Instant, end: Instant) -> Ending | None:
    if pid is None:
        return None
    gone = [
        event for event in timeline.between(start, end, ProcessDied, ProcessExited, ProcessKilled) if getattr(event, "pid", None) == pid
    ]
    if not gone:
        anrs = [event for event in timeline.between(start, end, Anr) if event.pid == pid]
        return Ending(anrs[0].at, EndCause.ANR, (anrs[0],)) if anrs else None
    at = gone[0].at
    around = at.earlier(3.0), at.later(EXIT_RECORD_SLACK)
    lines: list[Event] = [
        *timeline.between(*around, ProcessDied, ProcessExited, ProcessKilled, Crashed, Anr, RuntimeExited),
        *timeline.between(*around, LowMemoryKilled),
    ]
    own = [event for event in lines if getattr(event, "pid", None) == pid and (event.at >= start or event in gone)]
    records = [event for event in timeline.of(ExitRecorded) if event.pid == pid and event.package == app.package]
    records = [event for event in records if abs(event.at.seconds_since(at)) < EXIT_RECORD_SLACK]
    stops = [e for e in timeline.between(*around, ForceStopped) if e.package == app.package]
    return Ending(at, _process_cause(own, records), timeline.in_order(*own, *records, *stops))


def _by_system(record: ExitRecorded) -> bool:
    """Whether the record says that the system ended it for want of memory."""
    return any(record.reason == reason and record.description.startswith(words) for reason, words in FACTS["exits"]["by_system"])


def _process_cause(lines: list[Event], records: list[ExitRecorded]) -> EndCause:
    """The cause from the log lines of the pid, checked against its exit record where there is one."""
    if any(isinstance(event, LowMemoryKilled) for event in lines) or any(map(_by_system, records)):
        return EndCause.SYSTEM
    if any(isinstance(event, Crashed) for event in lines):
        return EndCause.CRASH
    if any(isinstance(event, Anr) for event in lines) or any(r.reason == ANR_REASON for r in records):
        return EndCause.ANR
    kills = [event for event in lines if isinstance(event, ProcessKilled)]
    if kills:
        return EndCause.CRASH if kills[0].reason.startswith("crash") else EndCause.SYSTEM
    exits = [event for event in lines if isinstance(event, ProcessExited)]
    if any(isinstance(event, RuntimeExited) for event in lines) or any(e.status is not None for e in exits):
        return EndCause.EXIT
    if any(e.signal == 9 for e in exits):
        # no am_kill, no lmkd line, no exit record of low memory: the app's own killProcess
        return EndCause.KILLED_ITSELF
    if any(e.signal in (4, 6, 7, 8, 11) for e in exits):
        return EndCause.CRASH
    return {1: EndCause.EXIT, 2: EndCause.KILLED_ITSELF, 4: EndCause.CRASH, 5: EndCause.CRASH}.get(
        records[0].reason if records else 0, EndCause.UNKNOWN
    )


def _screen_end(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> Ending | None:
    """Home came up in front of the app and stayed for a moment: finish, move to back, or leaving another way."""
    for home in timeline.between(start, end, ActivityResumed):
        if home.component.split("/", 1)[0] not in app.home_packages:
            continue
        soon = home.at.later(1.0)
        if any(app.owns(event.component) for event in timeline.between(home.at, soon, ActivityResumed)):
            continue  # a splash that goes on, or a task switch inside the app
        before = home.at.earlier(3.0)
        since = max(start, before)
        moves = timeline.between(since, soon, TaskMovedToBack)
        moves = [move for move in moves if move.component is None or app.owns(move.component)]
        finishes = [f for f in timeline.between(since, soon, ActivityFinished) if app.owns(f.component)]
        if finishes and all(finish.reason == WITH_ITS_PROCESS for finish in finishes):
            return Ending(finishes[0].at, EndCause.UNKNOWN, (*finishes, home))  # whose end was not seen, or it would have told
        if moves:
            return Ending(moves[0].at, EndCause.MOVED_TO_BACK, (moves[0], home))
        if finishes:
            return Ending(finishes[0].at, EndCause.FINISHED, (*finishes, home))
        return Ending(home.at, EndCause.LEFT, (home,))
    return None
