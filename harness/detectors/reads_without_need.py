"""c2-reads-without-need: in front, personal data is read that no press, page or name needs (scenes 1.2-1, -3)."""

from harness.detectors.allowed_reads import front, known_need, not_dated, nothing_found, periods, too_many, unknown_press
from harness.detectors.read_findings import Manner, Read, against, asked_for, reads
from harness.events import FunctionUsed
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.personal_data import data_name
from harness.events.timeline import Timeline
from harness.language import Text, _, quoted
from harness.rules import Rule

PART = "without-need"


def reads_without_need(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """What a service needs a person weighs: suspected at most, and only what is personal data for certain.

    What the app also reads at a period is charged to c2-reads-periodically.
    """
    if not asked_for(timeline):
        return []
    spans = front(timeline)
    often = {_source(read) for own in too_many(timeline, app, rule) for read in own}
    often |= {_source(period.reads[0]) for period in periods(timeline, app, rule)}
    own = [
        read
        for start, end in spans
        for read in reads(timeline, app, start, end)
        if read.held is Outcome.VIOLATION and _source(read) not in often and not known_need(timeline, app, read)
    ]
    unsure = [(read, press) for read in own if (press := unknown_press(timeline, read)) is not None]
    found = [(read, Outcome.SUSPECTED) for read in own if read not in [doubtful for doubtful, _press in unsure]]
    if unsure and not found:
        return not_dated(timeline, rule, PART, spans) or [_unsure(rule, *unsure[0])]
    if not found:
        clear = _("what was read in front, a press or a page needed")
        if often:
            clear = _("what was read in front without need is charged as read at a period or too often; the rest, a press or a page needed")
        return nothing_found(timeline, app, rule, PART, spans, clear)
    return not_dated(timeline, rule, PART, spans) or against(rule, PART, found, _said)


def _unsure(rule: Rule, read: Read, press: FunctionUsed) -> Finding:
    data, words = data_name(read.what), quoted(press.text)
    said = _("read {data} after '{words}' was pressed, whose words do not tell whether it needs that", data=data, words=words)
    return Finding(rule.id, Outcome.INCONCLUSIVE, PART, said, (press, *read.facts))


def _source(read: Read) -> tuple[str, str, str | None]:
    """What was read, by which call, and by which part of the app."""
    return read.what, read.facts[0].how, read.facts[0].attribution


def _said(_manner: Manner, data: Text) -> Text:
    return _("read {data} in front, and nothing that was pressed or shown needs it: a person weighs the need", data=data)
