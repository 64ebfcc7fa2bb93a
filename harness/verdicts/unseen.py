"""What a run was meant to see and did not: a stream that was lost while the device was driven.

A detector proves each part that it calls clear. Whether there was another part nobody knows while a stream is away: the
next dialog would have been refused, the next start been read. So neither "clear" nor "not exercised" can be said then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.detectors.asks import CONTROL_SEGMENTS
from harness.events import Source, StreamLost, StreamOpened
from harness.events.streams import STREAMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from harness.events import Instant
    from harness.events.timeline import Timeline
    from harness.rules import Rule

_LEFT_ALONE = ("unopened", "before-consent", "association-", "trigger-")
_BY_HAND = "by-hand"


def unseen(timeline: Timeline, rule: Rule, *, clear: bool = False) -> tuple[str, str] | None:
    """Why something may have happened that is not here; None where all that the rule needs was seen throughout.

    What an app in use asks is refused by what the view tree shows, so there the tree counts for every rule. Where parts
    were found ``clear`` the detector has proved the logs of each, and only the tree tells whether there were more.
    """
    background = rule.background
    needs = [] if clear else [Source(source) for source in rule.needs]
    if not background:
        needs.append(Source.TREE)
    spans = list(_spans(timeline, background=background))
    for source in needs:
        for lost, back in _away(timeline, source):
            if any(lost.at < end and (back is None or start < back) for start, end in spans):
                (zh, en), (why_zh, why_en) = STREAMS[source], lost.why
                return (
                    f"检测期间{zh}的记录中断，期间发生的事没有看到{why_zh}",
                    f"{en} was away during the check, and what happened then was not seen{why_en}",
                )
    return None


def _away(timeline: Timeline, source: Source) -> Iterator[tuple[StreamLost, Instant | None]]:
    """Each loss of a stream that the session met, and when it was back.

    That a page shows nothing to the tree is no loss: what it hides is for the detectors to say.
    """
    lost: StreamLost | None = None
    for event in timeline:
        if not isinstance(event, StreamLost | StreamOpened) or event.stream is not source or event.source is not Source.SESSION:
            continue
        if isinstance(event, StreamLost):
            lost = lost or event
        elif lost is not None:
            yield lost, event.at
            lost = None
    if lost is not None:
        yield lost, None


def _spans(timeline: Timeline, *, background: bool) -> Iterator[tuple[Instant, Instant]]:
    """The segments that a rule looks at, but for control runs, and reboots of ours: those detectors read by boot."""
    for name, start, end in timeline.segments():
        left_alone = name == "open" or name.startswith(_LEFT_ALONE)
        ours = left_alone is background or name.startswith(_BY_HAND)
        if ours and not name.startswith(CONTROL_SEGMENTS) and not (left_alone and start.boot != end.boot):
            yield start, end
