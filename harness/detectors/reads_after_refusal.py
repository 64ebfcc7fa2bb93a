"""c1-reads-after-refusal: personal data is read although the privacy policy was refused (191号 三.2)."""

from collections.abc import Iterator

from harness.detectors.asks import undisturbed
from harness.detectors.read_findings import DATED_WITHIN, Manner, Read, against, reads, undated, unread
from harness.dialogs.related import serves
from harness.events import AppOpsRead, AppStopped, ConsentGiven, ConsentRefused, FunctionUsed, Instant
from harness.events.action_kinds import ERASES
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.personal_data import GROUP_OF
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule

PART = "after-refusal"
USE_SECONDS = 5.0
"""A read within so many seconds of a press that needs it is its use (docs/verdicts.md 1.5)."""


def reads_after_refusal(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Findings of what was read between a refusal of the policy and the next answer to it.

    One that all refusals came out the same by; none where the policy was not refused, or nobody asked the phone.
    """
    spans = list(_spans(timeline))
    found = [
        (read, held)
        for refused, end in spans
        for read in reads(timeline, app, refused.at, end)
        if read.earliest >= refused.at and (held := _held(timeline, read)) is not None
    ]
    moved = next(filter(None, (undated(timeline, refused.at, end) for refused, end in spans)), None)
    if found and not moved:
        return against(rule, PART, found, _said, [spans[0][0]])
    if not spans:
        return []
    missing = next(filter(None, (unread(timeline, rule, refused.at, end, end) for refused, end in spans)), None)
    short = max(end.seconds_since(refused.at) for refused, end in spans) < rule.threshold("watch_seconds")
    problem = moved or missing or (_("the app was not watched long enough after the refusal") if short else None)
    outcome = Outcome.INCONCLUSIVE if problem else Outcome.CLEAR
    reason = problem or _("read no personal data after the privacy policy was refused")
    return [Finding(rule.id, outcome, PART, reason, (spans[0][0],))]


def _spans(timeline: Timeline) -> Iterator[tuple[ConsentRefused, Instant]]:
    """Each refusal and how long it stands and the phone was asked: until a yes, a clearing, or the last reading."""
    readings, until = timeline.of(AppOpsRead), Instant(0, 0.0)
    for refused in undisturbed(timeline, timeline.of(ConsentRefused)):
        if refused.at < until:
            continue
        later = timeline.between(refused.at, refused.at.boot_end, ConsentGiven, AppStopped)
        ends = [event.at for event in later if not (isinstance(event, AppStopped) and event.how not in ERASES)]
        last = [reading.at for reading in readings if refused.at < reading.at <= refused.at.boot_end]
        if last:
            until = min([*ends, last[-1]])
            yield refused, until


def led_within(read: Read) -> tuple[Instant, Instant]:
    """When what led to a read was done, by dates of ours: one of a moment later may still have been before it."""
    return read.at.earlier(USE_SECONDS), read.at.later(DATED_WITHIN)


def _held(timeline: Timeline, read: Read) -> Outcome | None:
    """What a read is held for after a press of ours: nothing where that needs it, less where nobody knows."""
    used = timeline.between(*led_within(read), FunctionUsed)
    group = GROUP_OF.get(read.what, read.what)
    if any(serves(promised, group) for press in used for promised in press.promises):
        return None
    if not used:
        return read.held
    return Outcome.SUSPECTED if read.held is Outcome.VIOLATION else None


def _said(manner: Manner, data: Text) -> Text:
    match manner:
        case Manner.READ:
            return _("read {data} after the privacy policy was refused", data=data)
        case Manner.WEAK:
            return _("read {data} after the privacy policy was refused; whether it held personal data a person has to see", data=data)
        case Manner.TRIED:
            return _("tried to read {data} after the privacy policy was refused, and the phone refused it", data=data)
