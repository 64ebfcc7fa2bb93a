"""c2-reads-in-background: personal data is read while the app has no window in sight (164号 2; scenes 1.2-5 to -8)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from harness.detectors.allowed_reads import MOST_ROWS, UNSEEN_STATES, background, even, how_often, not_dated, nothing_found
from harness.detectors.asks import ALLOW_SEGMENTS
from harness.detectors.read_findings import Manner, Read, against, asked_for, reads
from harness.detectors.reads_after_refusal import USE_SECONDS
from harness.events import AppFrozen, DataRead, Event, Instant, ProcessFrozen, ProcessStarted, ServiceSeen
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.personal_data import data_names
from harness.events.timeline import Timeline
from harness.language import Text, _, quoted
from harness.rules import Rule
from harness.starts.incoming import living

PART = "in-background"
NOTICED_STATES = ("fgsvc", "fgsvcl")
"""States of an app whose foreground service has a notification."""
LEAST = 3
"""Reads of which a period is told beside the rest [PROJECT]: two tell of no period."""


def reads_in_background(timeline: Timeline, app: AppUnderTest, rule: Rule) -> list[Finding]:
    """Findings of what was read after Home, and under a dark screen.

    A foreground service has a notification, by which its user knows of it: what it reads is not hidden. Android 8 does
    not tell the state of an app when it read, so there it is suspected at most.
    """
    if not asked_for(timeline):
        return []
    spans = background(timeline, app)
    done = [read for start, end in spans for read in reads(timeline, app, start, end)]
    found = [(read, held) for read in done if (held := _held(read)) is not None]
    if not found:
        clear = _("read no personal data in the background, from {seconds:.0f} s after Home on", seconds=USE_SECONDS)
        if noticed := [read.what for read in done if read.facts[0].state in NOTICED_STATES and read.held is Outcome.VIOLATION]:
            clear = _("{said}; it read {data} with the notification of a foreground service", said=clear, data=data_names(noticed))
        quiet = nothing_found(timeline, app, rule, PART, spans, clear)
        return [_with_freezes(_where_alive(finding, timeline, app, spans), timeline, app, spans) for finding in quiet]
    told = [read for read, _held in found]
    findings = [_with_service(timeline, app, _with_period(timeline, finding, told)) for finding in against(rule, PART, found, _said)]
    return not_dated(timeline, rule, PART, spans) or findings


def _where_alive(finding: Finding, timeline: Timeline, app: AppUnderTest, spans: Sequence[tuple[Instant, Instant]]) -> Finding:
    """An all-clear, but where no process of the app lived in the background: that reads nothing, whatever it is."""
    born = (fact for start, end in spans for fact in timeline.between(start, end, ProcessStarted))
    lived = any(living(timeline, app, start) for start, _end in spans) or any(fact.package == app.package for fact in born)
    if finding.outcome is not Outcome.CLEAR or lived or not timeline.of(ProcessStarted):
        return finding
    return replace(finding, outcome=Outcome.NOT_EXERCISED, reason=_("no process of the app lived in the background: it had ended"))


def _with_freezes(finding: Finding, timeline: Timeline, app: AppUnderTest, spans: Sequence[tuple[Instant, Instant]]) -> Finding:
    """An all-clear with how long the phone held the app still, for a frozen app reads nothing on any phone."""
    facts: list[Event] = []
    frozen = 0.0
    for start, end in spans:
        since: Instant | None = None
        for fact in timeline.between(start.boot_start, end, AppFrozen, ProcessFrozen, ProcessStarted):
            if not _is_own(fact, app):
                continue
            if isinstance(fact, AppFrozen | ProcessFrozen) and fact.frozen:
                facts += [fact] if since is None else []
                since = since or max(fact.at, start)
            else:
                frozen += max(0.0, fact.at.seconds_since(since)) if since is not None else 0.0
                since = None
        frozen += end.seconds_since(since) if since is not None else 0.0
    if finding.outcome is not Outcome.CLEAR or frozen < 1:
        return finding
    whole = sum(end.seconds_since(start) for start, end in spans)
    said = _("{said}; for {frozen:.0f} of {whole:.0f} s the phone held it frozen", said=finding.reason, frozen=frozen, whole=whole)
    return replace(finding, reason=said, facts=(*finding.facts, *facts[:LEAST]))


def _is_own(fact: Event, app: AppUnderTest) -> bool:
    """Whether it is of the app as a whole, or of its main process."""
    if isinstance(fact, AppFrozen):
        return fact.uid == app.uid or (fact.uid is None and fact.package == app.package)
    return isinstance(fact, ProcessFrozen | ProcessStarted) and fact.process == app.package


def _with_period(timeline: Timeline, finding: Finding, found: Sequence[Read]) -> Finding:
    """The finding with the longest of the fewest rows at even times in which most reads of one kind come."""
    own = [read for read in found if read.facts[0] in finding.facts]
    kinds = Counter(read.what for read in own)
    rows = (even(timeline, own, LEAST, float("inf"), most) for most in range(1, MOST_ROWS + 1))
    most_of_one = ([period for period in each if 2 * len(period.reads) > kinds[period.reads[0].what]] for each in rows)
    best = max(next(filter(None, most_of_one), []), key=lambda period: len(period.reads), default=None)
    return finding if best is None else replace(finding, reason=_("{said}, {every}", said=finding.reason, every=how_often(best)))


def _with_service(timeline: Timeline, app: AppUnderTest, finding: Finding) -> Finding:
    """The finding with the foreground service that was seen in this part of the check, and why it excuses nothing."""
    since = min((start for _name, start, _end in timeline.segments(ALLOW_SEGMENTS)), default=None)
    seen = [fact for fact in timeline.of(ServiceSeen) if fact.foreground and fact.package == app.package and since and fact.at >= since]
    if not seen:
        return finding
    if any(isinstance(fact, DataRead) and fact.state for fact in finding.facts):
        said = _(
            "{said}; its foreground service {service} was seen in this part of the check, and at these reads Android notes"
            " the app in a state that has none",
            said=finding.reason,
            service=quoted(seen[0].component),
        )
    else:
        said = _(
            "{said}; its foreground service {service} was seen in this part of the check, and Android does not tell here"
            " whether it ran at these reads",
            said=finding.reason,
            service=quoted(seen[0].component),
        )
    return replace(finding, reason=said, facts=(*finding.facts, seen[0]))


def _held(read: Read) -> Outcome | None:
    state = read.facts[0].state
    logged = len(read.facts) == 1 and read.refused and state is None  # a line of a service tells no state either
    if state is None and not logged:
        return Outcome.SUSPECTED if read.held else None
    return read.held if logged or state in UNSEEN_STATES else None


def _said(manner: Manner, data: Text) -> Text:
    match manner:
        case Manner.READ:
            return _("read {data} in the background", data=data)
        case Manner.WEAK:
            return _("read {data} in the background; whether it held personal data a person has to see", data=data)
        case Manner.TRIED:
            return _("tried to read {data} in the background, and the phone refused it", data=data)
