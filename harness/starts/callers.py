"""The caller of a start: every piece of evidence there is, best first."""

from dataclasses import dataclass

from harness.events import ActivityStarted, CallerSeen, Event, Evidence, PackagesSeen, ProcessStarted
from harness.events.timeline import Timeline

START_BEFORE = 3.0
"""Seconds in which the process of an activity comes up after its START line: fork and bind on a slow phone
[PROJECT]."""
RECORD_BEFORE, RECORD_AFTER = 3.0, 12.0
"""Seconds around a process start in which a record is about it: delivery of a dated call waits for the process, and a
record without a date is read at most two steps of the watch after the start: the log may come late [PROJECT]."""
SYSTEM_UID = 1000  # Process.SYSTEM_UID (frameworks/base core/java/android/os/Process.java)
PER_USER = 100_000  # UserHandle.PER_USER_RANGE
SYSTEM, SHELL = "android", "com.android.shell"


@dataclass(frozen=True, slots=True)
class Caller:
    """One piece of evidence: this package asked for the start."""

    package: str
    evidence: Evidence
    fact: Event


def callers_of(timeline: Timeline, start: ProcessStarted) -> tuple[Caller, ...]:
    """Every caller that is named for a process start, best evidence first; the system itself is ``android``."""
    found: list[Caller] = []
    for line in _lines(timeline, start):
        if line.caller and line.caller != "null":
            found.append(Caller(line.caller, Evidence.ROM_LINE, line))
    found += _start_lines(timeline, start)
    found += _records(timeline, start)
    order = list(Evidence)
    return tuple(sorted(found, key=lambda caller: order.index(caller.evidence)))


def for_activity(start: ProcessStarted) -> bool:
    """Return whether a process came up for an activity.

    Samsung's Android 8 and 9 call that ``activelaunch`` (docs/signals.md 2.3).
    """
    return "activity" in start.hosting_type or start.hosting_type == "activelaunch"


def _lines(timeline: Timeline, start: ProcessStarted) -> list[ProcessStarted]:
    """The lines of all buffers about this start: only the one of the system buffer can name a caller."""
    early, late = start.at.earlier(1.0), start.at.later(1.0)
    return [line for line in timeline.between(early, late, ProcessStarted) if line.pid == start.pid]


def same_component(one: str | None, other: str | None) -> bool:
    """Whether two names mean one component: Android prints ``a.b/a.b.C`` in some places and ``a.b/.C`` in others."""
    return one is not None and other is not None and _short(one) == _short(other)


def _short(component: str) -> str:
    package, _, name = component.partition("/")
    return f"{package}/{name.removeprefix(package)}"


def package_of(timeline: Timeline, uid: int) -> str | None:
    """The package behind a uid; None where none or several share it. uid 1000 is the system."""
    if uid % PER_USER == SYSTEM_UID:
        return SYSTEM
    packages = packages_of(timeline)
    found = [name for name, (owner, _) in packages.items() if owner % PER_USER == uid % PER_USER]
    return found[0] if len(found) == 1 else None


def packages_of(timeline: Timeline) -> dict[str, tuple[int, bool]]:
    """Package -> (uid, whether it came with the system), from the latest reading."""
    readings = timeline.of(PackagesSeen)
    return {name: (uid, system) for name, uid, system in readings[-1].packages} if readings else {}


def _start_lines(timeline: Timeline, start: ProcessStarted) -> list[Caller]:
    """The START line that a process start for an activity follows."""
    if not for_activity(start):
        return []
    since = start.at.earlier(START_BEFORE)
    lines = [line for line in timeline.between(since, start.at, ActivityStarted) if same_component(line.component, start.component)]
    if not lines:
        return []
    line = lines[-1]
    package = line.caller or package_of(timeline, line.from_uid)
    return [Caller(package, Evidence.STACK if line.by_stack else Evidence.START_LINE, line)] if package else []


def _records(timeline: Timeline, start: ProcessStarted) -> list[Caller]:
    """What dumps say of calls to this component at that time; one record of each kind of evidence, the nearest."""
    early = start.at.earlier(RECORD_BEFORE)
    late = start.at.later(RECORD_AFTER)
    near: dict[Evidence, CallerSeen] = {}
    for record in timeline.between(early, late, CallerSeen):
        if record.component is None and record.package != start.package:
            continue
        if record.component is not None and not same_component(record.component, start.component):
            continue
        best = near.get(record.evidence)
        if best is None or _apart(record, start) < _apart(best, start):
            near[record.evidence] = record
    return [Caller(record.caller, evidence, record) for evidence, record in near.items()]


def _apart(record: CallerSeen, start: ProcessStarted) -> float:
    return abs(record.at.seconds_since(start.at))
