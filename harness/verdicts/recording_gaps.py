"""Gaps of a recording: streams that were lost while the device was driven.

A detector proves each part that it calls clear. Whether there was another part nobody knows while a stream is away: the
next dialog would have been refused, the next start been read. So neither "clear" nor "not exercised" can be said then.
"""

from collections.abc import Iterator

from harness.detectors.advert_trials import ADVERTS
from harness.detectors.app_exits import EndCause, ending
from harness.detectors.asks import ALLOW_SEGMENTS, CONTROL_SEGMENTS, SWITCH_SEGMENTS
from harness.events import ActivityResumed, AppReplaced, AppStopped, ForceStopped, Instant, ProcessStarted, Source, StreamLost, StreamOpened
from harness.events.app_under_test import AppUnderTest
from harness.events.streams import STREAMS, covered_words
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

_LEFT_ALONE = ("unopened", "before-consent", "association-", "trigger-")
_BY_HAND = "by-hand"
STOP_SECONDS = 2.0
"""How far a stop of ours and the end that it makes may lie apart [PROJECT]: the journal dates it before the command."""


def unseen(timeline: Timeline, app: AppUnderTest, rule: Rule, *, clear: bool = False) -> Text | None:
    """Why something may have happened that is not here; None where all that the rule needs was seen throughout.

    What an app in use asks is refused by what the view tree shows, so there the tree counts for every rule. Where parts
    were found ``clear`` the detector has proved the logs of each, and only the tree tells whether there were more. An
    app that the system ended in the middle of its use did not get to what it might have done.
    """
    background = rule.background
    needs = [] if clear else [Source(source) for source in rule.needs]
    if not background:
        needs.append(Source.TREE)
    spans = list(_spans(timeline, rule))
    for source in needs:
        for lost, back in _away(timeline, source):
            if any(lost.at < end and (back is None or start < back) for start, end in spans):
                reason = _("{stream} was away during the check, and what happened then was not seen", stream=STREAMS[source])
                return _("{said}: {why}", said=reason, why=lost.why) if lost.why else reason
    if (covered := covering(timeline, rule)) is not None:
        return covered
    if not clear and not background and any(_ended_by_system(timeline, app, start, end) for start, end in spans):
        return _("the system ended the app while it was in use, and what it would have done then was not seen")
    return None


def covering(timeline: Timeline, rule: Rule) -> Text | None:
    """Why it was not the app that a rule looked at: it was replaced meanwhile, or windows of others lay over it.

    None where neither was so.
    """
    spans = list(_spans(timeline, rule))
    if (replaced := next(iter(timeline.of(AppReplaced)), None)) is not None and any(replaced.at < end for _start, end in spans):
        return replaced.reason
    spans = [] if rule.background else spans
    over = [window for start, end in spans for window in timeline.overlaid(start, end)]
    return covered_words(over) if over else None


def _ended_by_system(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> bool:
    """Whether the app was in front and the system ended it, for memory or by a cleaner, and not our own doing."""
    begun = [event.at for event in timeline.between(start, end, ProcessStarted) if event.process == app.package]
    for since in (start, *begun):
        gone = ending(timeline, app, since, end)
        if gone is None or gone.cause is not EndCause.SYSTEM or any(isinstance(fact, ForceStopped) for fact in gone.facts):
            continue
        if _ended_by_us(timeline, gone.at):
            continue
        front = timeline.between(since.boot_start, gone.at, ActivityResumed)[-1:]
        if any(app.owns(page.component) or page.component.split("/", 1)[0] in app.grant_packages for page in front):
            return True
    return False


def _ended_by_us(timeline: Timeline, at: Instant) -> bool:
    """Whether the journal has a stop of ours at that moment.

    Under a moved clock the log's line about who asked for it may lie elsewhere.
    """
    since, until = at.earlier(STOP_SECONDS), at.later(STOP_SECONDS)
    return bool(timeline.between(since, until, AppStopped))


def _away(timeline: Timeline, source: Source) -> Iterator[tuple[StreamLost, Instant | None]]:
    """Yield each loss of a stream that the session met, and when it was back.

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


def _spans(timeline: Timeline, rule: Rule) -> Iterator[tuple[Instant, Instant]]:
    """The segments that a rule looks at, but for control runs, and reboots of ours: those detectors read by boot.

    Where adverts are tried only the rules about adverts look, and they nowhere else; likewise where all is allowed.
    Where a switch is tried only the rules of clause 4 look.
    """
    for name, start, end in timeline.segments():
        left_alone = name == "open" or name.startswith(_LEFT_ALONE)
        ours = left_alone is rule.background or name.startswith(_BY_HAND)
        if rule.of_adverts or name.startswith(ADVERTS):
            ours = rule.of_adverts and name.startswith(ADVERTS)
        if rule.of_reads or name.startswith(ALLOW_SEGMENTS):
            ours = rule.of_reads and name.startswith(ALLOW_SEGMENTS)
        if name.startswith(SWITCH_SEGMENTS):
            ours = rule.of_choice
        if ours and not name.startswith(CONTROL_SEGMENTS) and not (left_alone and start.boot != end.boot):
            yield start, end
