"""What was driven when a window of others came, and was done again from its start: what of it still counts.

The second time is a whole record of its own, so the rules are judged as if the first had not been. What the app was
seen to do in the first stands all the same: a finding that accuses, on facts of the first time alone.
"""

from collections.abc import Iterable, Sequence

from harness.detectors.asks import CONTROL_SEGMENTS
from harness.events import (
    AdbCommandLogged,
    AppReplaced,
    CanarySeen,
    ClockChanged,
    ClockShifted,
    CommandSent,
    DoneAgain,
    Event,
    ForeignCommand,
    Instant,
    LogGap,
    PackageAdded,
    PhoneRebooted,
    PhoneTakenOver,
    RunInterrupted,
    StreamClosed,
    StreamLost,
    StreamOpened,
    UidNamed,
)
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline

Span = tuple[Instant, Instant]

_STANDING = (
    AdbCommandLogged, AppReplaced, CanarySeen, ClockChanged, ClockShifted, CommandSent, ForeignCommand, LogGap,
    PackageAdded, PhoneRebooted, PhoneTakenOver, RunInterrupted, StreamClosed, StreamLost, StreamOpened, UidNamed,
)  # fmt: skip
"""What is so of the phone and the recording, whatever was driven."""


def without_given_up(timeline: Timeline) -> Timeline:
    """The timeline without what was given up and done again; the same one where nothing was."""
    spans = [(again.since, again.at) for again in timeline.of(DoneAgain)]
    if not spans:
        return timeline
    return Timeline(event for event in timeline if isinstance(event, _STANDING) or not _inside(event, spans))


def seen_before(found: Iterable[Finding], anew: Sequence[Finding], timeline: Timeline) -> list[Finding]:
    """Of the findings on the whole ``timeline`` those that accuse by what was given up, and did not come out ``anew``.

    A control run may have come to it later.
    """
    controls = [(start, end) for _name, start, end in timeline.segments(CONTROL_SEGMENTS)]
    told = {(one.part, one.outcome) for one in anew}
    accusing = [one for one in found if one.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED) and (one.part, one.outcome) not in told]
    return [one for one in accusing if any(_rests_on(one, again, controls) for again in timeline.of(DoneAgain))]


def _rests_on(found: Finding, again: DoneAgain, controls: Sequence[Span]) -> bool:
    given_up = any(_inside(fact, [(again.since, again.at)]) for fact in found.facts)
    return given_up and all(fact.at < again.at or _inside(fact, controls) for fact in found.facts)


def _inside(event: Event, spans: Iterable[Span]) -> bool:
    return any(since <= event.at < until for since, until in spans)
