"""What a run was meant to see and did not: a stream that was lost while the device was driven.

A detector proves each part that it calls clear. Whether there was another part nobody knows while a stream is away: the
next dialog would have been refused, the next start been read. So neither "clear" nor "not exercised" can be said then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.asks import CONTROL_SEGMENTS
from harness.events import Source, StreamLost

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.events import Instant
    from harness.events.timeline import Timeline
    from harness.rules import Rule

BACKGROUND = 6
"""The clause about an app that is left alone; the others are about one that is used."""
_LEFT_ALONE = ("unopened", "before-consent", "association-", "trigger-")
_BY_HAND = "by-hand"
_NAMES = {
    Source.TREE: ("界面树", "the view tree"),
    Source.EVENTS: ("事件日志", "the events log"),
    Source.SYSTEM: ("系统日志", "the system log"),
    Source.MAIN: ("主日志", "the main log"),
    Source.CRASH: ("崩溃日志", "the crash log"),
    Source.SESSION: ("检测记录", "the record of the check"),
}


def unseen(timeline: Timeline, rule: Rule) -> tuple[str, str] | None:
    """Why something may have happened that is not here; None where all that the rule needs was seen throughout.

    What an app in use asks is refused by what the view tree shows, so there the tree counts for every rule.
    """
    background = rule.clause.number == BACKGROUND
    needs = rule.needs if background else dict.fromkeys((*map(Source, rule.needs), Source.TREE))
    for source in map(Source, needs):
        for start, end in _spans(timeline, background=background):
            if not timeline.covered(source, start, end):
                zh, en = _NAMES.get(source, (source.value, source.value))
                why = _reason(timeline, source, end)
                return f"检测期间{zh}中断,期间发生的事没有看到", f"{en} was away during the check, and what happened then was not seen{why}"
    return None


def _spans(timeline: Timeline, *, background: bool) -> Iterator[tuple[Instant, Instant]]:
    """The segments that a rule looks at, but for control runs, and reboots of ours: those detectors read by boot."""
    for name, start, end in timeline.segments():
        left_alone = name == "open" or name.startswith(_LEFT_ALONE)
        ours = left_alone is background or name.startswith(_BY_HAND)
        if ours and not name.startswith(CONTROL_SEGMENTS) and not (left_alone and start.boot != end.boot):
            yield start, end


def _reason(timeline: Timeline, source: Source, until: Instant) -> str:
    lost = [event.reason for event in timeline.of(StreamLost) if event.stream is source and event.at <= until and event.reason]
    return f": {lost[-1]}" if lost else ""
