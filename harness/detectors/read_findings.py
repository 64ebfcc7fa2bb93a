"""Reads of personal data: which there were, by whom, and what one of them can be held against an app.

An attempt that was refused has read nothing: it is suspected at most, and only where the read would be a violation.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from harness.detectors.first_runs import not_covered
from harness.events import AppOpsRead, ClockChanged, DataKind, DataRead, Event, Instant, ReadWitness
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Finding, Outcome
from harness.events.personal_data import WEAK, data_names
from harness.events.timeline import Timeline
from harness.language import Text, _
from harness.rules import Rule
from harness.starts.sdk_attribution import sdk_of_tag

ONE_ATTEMPT = 1.0
"""Within how many seconds a refusal in the log and an app op are one attempt: 16 and later note an op up to a second
late (AppOpsManager.NOTE_OP_BATCHING_DELAY_MILLIS)."""
_BATCHED = (DataKind.PHONE, DataKind.IDENTIFIERS)
"""What the phone process notes, which is the one that sends its notes late."""
DATED_WITHIN = 0.3
"""By how many seconds the time of a read and that of a press of ours may be apart [PROJECT]: the phone dates one by its
wall clock, this computer the other, and a press takes some time to arrive."""
MOVED = 0.5
"""A wall clock that was moved by more leaves open what was before what; less is the network's correction [PROJECT]."""
MOST_FACTS = 12
"""Reads of which a finding has the facts [PROJECT]; their number is told."""
READ_WITHIN = 6.0
"""How long before the end of a span the app ops must have been read last [PROJECT]: once every 5 s while the app is
watched."""


class Manner(StrEnum):
    """What there is to say of some reads."""

    READ = "read"
    WEAK = "weak"  # what was read need not have been personal data
    TRIED = "tried"  # the phone refused it


Say = Callable[[Manner, Text], Text]
"""The sentence of a rule for reads of some data."""


@dataclass(frozen=True, slots=True)
class Read:
    """One read with what tells of it; ``sdk`` is named by an attribution tag alone, empty where none names one."""

    at: Instant
    what: DataKind
    refused: bool
    sdk: str
    facts: tuple[DataRead, ...]

    @property
    def earliest(self) -> Instant:
        """When it may have been at the earliest."""
        late = self.what in _BATCHED and all(fact.witness is ReadWitness.APP_OPS for fact in self.facts)
        return self.at.earlier(DATED_WITHIN + (ONE_ATTEMPT if late else 0.0))

    @property
    def held(self) -> Outcome | None:
        """What it can be held against an app for at most, where nothing needed it; None for nothing."""
        if self.refused:
            return None if self.what in WEAK else Outcome.SUSPECTED
        return Outcome.SUSPECTED if self.what in WEAK else Outcome.VIOLATION


def reads(timeline: Timeline, app: AppUnderTest, start: Instant, end: Instant) -> list[Read]:
    """The reads of the app in a span, oldest first.

    A refusal in the log and the app op of the same attempt are one, and of the two the refusal is believed: 10 notes an
    access to the clipboard before it looks at the focus.
    """
    own = [read for read in timeline.between(start, end, DataRead) if read.package == app.package]
    noted = [read for read in own if read.witness is not ReadWitness.LOG]
    found: list[Read] = []
    for logged in (read for read in own if read.witness is ReadWitness.LOG):
        beside = [op for op in noted if op.what == logged.what and abs(op.at.seconds_since(logged.at)) <= ONE_ATTEMPT]
        noted = [op for op in noted if op not in beside]
        found.append(_read(logged, *beside))
    return sorted([*found, *map(_read, noted)], key=lambda read: read.at)


def _read(first: DataRead, *more: DataRead) -> Read:
    tags = [fact.attribution for fact in (first, *more) if fact.attribution]
    named = next(filter(None, map(sdk_of_tag, tags)), "")
    return Read(first.at, first.what, first.refused, named, (first, *more))


def asked_for(timeline: Timeline) -> bool:
    """Whether the run has readings of app ops at all; one from before there were any has none."""
    return bool(timeline.of(AppOpsRead))


def undated(timeline: Timeline, start: Instant, end: Instant) -> Text | None:
    """Why nobody can say what was read when in a span; None where it is known."""
    moved = [change for change in timeline.between(start, end, ClockChanged) if change.seconds is None or abs(change.seconds) > MOVED]
    return _("the phone's clock was moved meanwhile, so the times of its record are not sure") if moved else None


def unread(timeline: Timeline, rule: Rule, start: Instant, end: Instant, until: Instant) -> Text | None:
    """Why reads of a span may be missing; ``until`` is how long a later reading may still tell of them."""
    readings = timeline.between(start, until, AppOpsRead)
    refused = next((reading for reading in readings if reading.reason), None)
    if refused is not None:
        return refused.why
    if not readings or readings[-1].at < end.earlier(READ_WITHIN):
        return _("the phone's record of what apps read was not asked for at the end")
    return not_covered(timeline, rule, start, end)


def against(rule: Rule, part: str, found: Sequence[tuple[Read, Outcome]], say: Say, more: Iterable[Event] = ()) -> list[Finding]:
    """One finding for the app and one for each SDK that a tag names, over the reads that are held against them."""
    findings, more = [], tuple(more)
    for sdk in dict.fromkeys(read.sdk for read, _held in found):
        own = [(read, held) for read, held in found if read.sdk == sdk]
        outcome = min((held for _read, held in own), key=list(Outcome).index)
        decisive = [read for read, held in own if held is outcome]
        if len(decisive) < rule.threshold("reads"):
            outcome = Outcome.SUSPECTED
        said = say(_manner(decisive), data_names(read.what for read in decisive))
        findings.append(
            Finding(
                rule.id, outcome, f"{part} {sdk}".strip(), named(said, sdk), (*facts_of(decisive), *more), measured={"reads": len(decisive)}
            )
        )
    return findings


def named(said: Text, sdk: str) -> Text:
    """A reason with the SDK that a tag names, where one does."""
    return _("{said}; its attribution tag names the SDK {sdk}", said=said, sdk=sdk) if sdk else said


def facts_of(decisive: Sequence[Read]) -> tuple[DataRead, ...]:
    """The facts of the first reads: a hundred more say nothing more."""
    return tuple(fact for read in decisive[:MOST_FACTS] for fact in read.facts)


def _manner(decisive: Sequence[Read]) -> Manner:
    if all(read.refused for read in decisive):
        return Manner.TRIED
    return Manner.WEAK if all(read.refused or read.what in WEAK for read in decisive) else Manner.READ
