"""The plain data of pages; words are pairs, Chinese and English. No row of the store leaves this room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from harness.custody.review_record import Review  # pydantic reads it
from harness.events.findings import Outcome

Words = tuple[str, str]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list, and the place where the next begin: to be given back as it is, None at the end."""

    rows: tuple[T, ...]
    next: str | None = None


class Why(StrEnum):
    """Why there is no answer on a unit, in the order in which somebody has to look. None of them is a pass."""

    QUARANTINED = "quarantined"
    GIVEN_UP = "given-up"
    INCONCLUSIVE = "inconclusive"
    CANCELLED = "cancelled"
    RUNNING = "running"
    QUEUED = "queued"
    WAITING = "waiting"


class Change(StrEnum):
    """The change of a problem from one tested version to the next."""

    NEW = "new"
    STILL = "still"
    AGAIN = "again"  # 反复出现: an earlier version had it, one between them did not
    GONE = "gone"
    OPEN = "open"  # not seen, and that proves nothing: the rule was not judged, or without an answer


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """A list of apps that were submitted for one purpose."""

    id: int
    name: str
    city: str
    created_at: datetime
    begins_at: datetime | None
    ends_at: datetime | None


@dataclass(frozen=True, slots=True)
class CampaignCount:
    """A campaign and how far it is: ``done`` of ``total`` units, ``unanswered`` and ``refused`` will have no answer."""

    campaign: CampaignRow
    total: int
    done: int
    unanswered: int
    left: int
    refused: int

    @property
    def open(self) -> bool:
        """Whether something of it has no answer."""
        return bool(self.unanswered or self.left or self.refused)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A refused row: a file, or a line of a list."""

    source: str
    line: int
    reason: Words

    @property
    def name(self) -> str:
        """The file's own name, with its line."""
        name = self.source.replace("\\", "/").rpartition("/")[2]
        return f"{name}:{self.line}" if self.line else name


@dataclass(frozen=True, slots=True)
class PhoneRow:
    """A phone and its health. ``battery`` in per cent and ``celsius`` where they are known."""

    id: int
    host: str
    address: str
    serial: str
    model: str
    rom: str
    android: str
    state: str
    reason: Words
    faults: int
    changed_at: datetime
    seen_at: datetime
    battery: float | None
    celsius: float | None
    sick: bool
    virtual: bool
    running: int | None  # the unit that it has now
    running_app: str
    done: int  # tries with an answer in the last day, since the campaign began where one was asked for
    broken: int  # tries without one
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RunningRow:
    """A unit that a phone has now."""

    unit: int
    app: str
    package: str
    number: int
    phone: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Tonight:
    """A campaign at a moment. ``done`` of ``total`` have an answer; what has none is counted by why.

    ``outcomes`` are of units that are done: the worst of each. ``violations`` and ``suspected`` are findings. What was
    ``refused`` makes no unit, so it is in no other number.
    ``expected_end`` is None where nothing is left, or nothing yet tells how fast it goes.
    """

    campaign: CampaignRow
    at: datetime
    total: int
    done: int
    outcomes: Mapping[Outcome, int]
    untested: Mapping[Why, int]
    violations: int
    suspected: int
    running: tuple[RunningRow, ...]
    phones: int
    sick: tuple[PhoneRow, ...]
    expected_end: datetime | None
    refused: int = 0

    @property
    def left(self) -> int:
        """Units that have not come to an end."""
        return sum(self.untested.get(why, 0) for why in (Why.RUNNING, Why.QUEUED, Why.WAITING))

    @property
    def unanswered(self) -> int:
        """Units that came to an end without an answer."""
        return sum(self.untested.get(why, 0) for why in (Why.QUARANTINED, Why.GIVEN_UP, Why.INCONCLUSIVE, Why.CANCELLED))


@dataclass(frozen=True, slots=True)
class AppRow:
    """A unit and its app. ``clauses`` has the worst outcome of each clause that was judged.

    ``end`` says how the try that counts ended, or the last one. ``run`` is its run folder as the store has it.
    """

    unit: int
    campaign: int
    app: int
    sha256: str
    label: str
    package: str
    version: str
    version_code: int
    signer: str
    store: str
    state: str
    outcome: Outcome | None
    reason: Words
    tries: int
    end: str
    run: str
    root: str | None
    phone: str
    changed_at: datetime
    violations: int
    suspected: int
    clauses: Mapping[str, Outcome]
    asked: tuple[int, ...]  # clauses that were to be tested
    requirement: str
    kind: str
    words: str  # of a complaint

    @property
    def name(self) -> str:
        return self.label or self.package or self.sha256[:12]


@dataclass(frozen=True, slots=True)
class UntestedRow:
    """A unit without an answer, why, and what to do next."""

    app: AppRow
    why: Why
    advice: Words


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with the app that it is held against."""

    id: int
    unit: int
    campaign: int
    app: str
    package: str
    version: str
    rule: str
    rule_label: Words
    clause: str
    clause_label: Words
    outcome: Outcome
    part: str
    key: str
    sdk: str
    reason: Words
    picture: str | None
    found_at: datetime
    review: Review | None = None


@dataclass(frozen=True, slots=True)
class RuleCount:
    """A rule: how many units came out how, and how many findings there are."""

    rule: str
    label: Words
    units: Mapping[Outcome, int]
    findings: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class ClauseCount:
    """A clause: units by the worst of its rules, findings, and its rules."""

    clause: str
    label: Words
    units: Mapping[Outcome, int]
    findings: Mapping[Outcome, int]
    rules: tuple[RuleCount, ...]


@dataclass(frozen=True, slots=True)
class SdkCount:
    """An SDK: in how many units something is held against it, and how many findings."""

    sdk: str
    units: Mapping[Outcome, int]
    findings: Mapping[Outcome, int]


@dataclass(frozen=True, slots=True)
class QueueRow:
    """The units that wait for one kind of phone. ``fits`` are the healthy phones that could take them."""

    requirement: str
    waiting: int
    queued: int
    running: int
    priority: int
    fits: int


@dataclass(frozen=True, slots=True)
class ChangedFinding:
    """A problem of one version, and what became of it. ``versions`` are all that had it, the oldest first."""

    key: str
    rule: str
    rule_label: Words
    clause: str
    part: str
    outcome: Outcome
    change: Change
    change_label: Words
    reason: Words
    versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version of an app, its units, and its problems beside those of the version that was tested before it."""

    app: int
    sha256: str
    version: str
    version_code: int
    signer: str
    store: str
    first_seen_at: datetime
    units: tuple[AppRow, ...]
    findings: tuple[ChangedFinding, ...]

    @property
    def repeated(self) -> int:
        """Count its problems that are 反复出现."""
        return sum(each.change is Change.AGAIN for each in self.findings)


@dataclass(frozen=True, slots=True)
class AppHistory:
    """The versions of one package, the newest first. Only those of one signer are compared with each other."""

    package: str
    label: str
    signers: tuple[str, ...]
    versions: tuple[VersionRow, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """An app whose company was told: by ``due_on`` it must be rectified.

    ``newer`` is the newest version that was tested after it, with its outcome; a clear one is no proof of a cure, which
    ``apprights rectification`` makes of the two runs.
    """

    id: int
    app: int
    label: str
    package: str
    version: str
    signer: str
    told_on: date
    due_on: date
    left: int  # working days; below nought: overdue
    words: Words
    by: str
    newer: str
    newer_outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class AttemptRow:
    """A try."""

    number: int
    phone: str
    worker: str
    started_at: datetime
    ended_at: datetime | None
    end: str
    reason: Words
    run: str
    root: str | None
    seconds: float
    counts: bool


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A rule that was judged."""

    rule: str
    label: Words
    clause: str
    outcome: Outcome
    reason: Words


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """A file of the try that counts."""

    path: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class UnitView:
    """Everything on one unit."""

    app: AppRow
    campaign: CampaignRow
    attempts: tuple[AttemptRow, ...]
    results: tuple[ResultRow, ...]
    findings: tuple[FindingLine, ...]
    evidence: tuple[EvidenceRow, ...]
