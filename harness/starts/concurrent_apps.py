"""The apps that were checked on the same phone at the same time: what they, or our acts on them, explain.

A start that may have come of a neighbour is never laid to the app alone (docs/verdicts.md 4.10).
"""

from harness.events import AppLaunched, Instant, NeighbourAct, NeighbourSeen, ProcessDied, ProcessExited, ProcessKilled, ProcessStarted
from harness.events.timeline import Timeline
from harness.starts.tester_causes import EXPLAINS_SECONDS, noticed


def concurrent_apps(timeline: Timeline) -> frozenset[str]:
    """Their packages; none in an ordinary run."""
    return frozenset(seen.package for seen in timeline.of(NeighbourSeen))


def opened(timeline: Timeline, package: str, at: Instant) -> bool:
    """Whether a neighbour came up because we opened it just before."""
    return _just_done(timeline, package, at, NeighbourAct.OPENED)


def lives(timeline: Timeline, package: str, at: Instant) -> bool:
    """Whether a process of a neighbour lived at a moment: what comes up of it then it may have started itself."""
    boot, pids = at.boot_start, set[int]()
    if package not in concurrent_apps(timeline):
        return False
    for event in timeline.between(boot, at, ProcessStarted, ProcessDied, ProcessKilled, ProcessExited):
        if not isinstance(event, ProcessStarted):
            pids.discard(getattr(event, "pid", 0))
        elif event.package == package and event.at < at:
            pids.add(event.pid)
    return bool(pids)


def ended(timeline: Timeline, package: str, at: Instant) -> bool:
    """Whether we ended a neighbour just before: whoever used it may only mend that."""
    return _just_done(timeline, package, at, NeighbourAct.ENDED)


def in_front(timeline: Timeline, at: Instant) -> bool:
    """Whether we were using a neighbour at a moment."""
    acts = timeline.between(at.boot_start, noticed(at), NeighbourSeen, AppLaunched)
    return bool(acts) and isinstance(acts[-1], NeighbourSeen) and acts[-1].what is NeighbourAct.OPENED


def _just_done(timeline: Timeline, package: str, at: Instant, what: NeighbourAct) -> bool:
    since = at.earlier(EXPLAINS_SECONDS)
    return any(seen.package == package and seen.what is what for seen in timeline.between(since, noticed(at), NeighbourSeen))
