"""Report: plain data, everything that a page, a table or a JUnit file shows and nothing about how it looks."""

from dataclasses import dataclass, field
from datetime import date

from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Outcome
from harness.language import Text, _
from harness.report.basic_information import Row
from harness.report.case import NO_CASE, Case
from harness.report.evidence_index import EvidenceIndex
from harness.report.examination_record import Examination
from harness.report.excerpt import Excerpt
from harness.report.exports.office_zip import NOTICE_DAY
from harness.report.phone_abilities import Abilities
from harness.report.policy_record import PolicyRecord
from harness.report.report_pictures import EmbeddedPicture
from harness.report.screen_map import WalkMap
from harness.report.start_policies import Policies
from harness.report.timeline_chart import TimelineChart
from harness.report.untested import Untested
from harness.report.wall_times import UNKNOWN, WallTime
from harness.report.wording.terms import NOTHING
from harness.rules import Clause, Rule
from harness.rules.documents import Document, documents
from harness.verdicts.conclusion import Conclusion
from harness.verdicts.customisations import OwnPart

OPEN = (Outcome.VIOLATION, Outcome.SUSPECTED)
"""What holds something against an app."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A screenshot of the evidence with what is marked in it. Boxes are x, y, width, height in its own pixels.

    ``stamp`` is the true time and by how much the phone's clock was ahead of it, empty where we had not moved the
    clock.
    """

    path: str
    sha256: str
    caption: Text
    tree_box: tuple[int, int, int, int] | None
    pixel_box: tuple[int, int, int, int] | None
    stamp: str = ""
    control: bool = False  # of the control run


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in words, with the raw line it was read from."""

    seconds: float  # device time since the run began; after a reboot, since that boot
    boot: int  # 0 is the boot in which the run began
    wall: str  # what the phone's clock showed, in its zone
    source: str
    kind: str
    text: Text
    raw: str = ""
    place: str = ""  # raw/events.txt:123
    beijing: str = ""  # 北京时间, where the phone's zone is another
    moved: Text = NOTHING  # how far the phone's clock had been moved by then


@dataclass(frozen=True, slots=True)
class Witness:
    """What the view tree and what the pixels say of one dialog."""

    picture: str
    tree: str
    pixels: Text
    agree: bool


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that was measured, next to the thresholds of the rule."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class ReviewView:
    """What a person made of a finding; ``at`` is in the phone's zone."""

    confirmed: bool
    by: str
    at: str
    reason: str

    @property
    def words(self) -> Text:
        """The decision and who made it."""
        if self.confirmed:
            return _("reviewed: confirmed ({by})", by=self.by)
        return _("reviewed: rejected ({by})", by=self.by)


@dataclass(frozen=True, slots=True)
class SuppressionView:
    """The tester's decision to leave a verdict out of the count: why, until when, and who decided."""

    reason: str
    expires: str
    owner: str
    file: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding. ``sdks`` are those whose code its facts name."""

    outcome: Outcome
    reason: Text
    facts: tuple[Fact, ...]
    pictures: tuple[Picture, ...]
    witnesses: tuple[Witness, ...]
    measures: tuple[Measure, ...]
    key: str = ""  # harness/verdicts/finding_evidence.py
    reviews: tuple[ReviewView, ...] = ()  # the latest last
    sdks: tuple[str, ...] = ()
    cut: Excerpt | None = None  # of those that speak against the app
    part: str = ""  # what was judged
    steps: tuple[Text, ...] = ()  # to see it again by hand; of those that speak against the app


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One rule on one app."""

    rule: Rule
    outcome: Outcome
    reason: Text
    findings: tuple[FindingView, ...]
    suppressed: SuppressionView | None = None
    not_before: str = ""  # the day from which the rule is held, where it was not yet

    @property
    def anchor(self) -> str:
        """The part of a link that names this rule."""
        return self.rule.id

    @property
    def unreviewed(self) -> bool:
        """Whether it is 疑似, and a finding that makes it so has been looked at by nobody."""
        return self.outcome is Outcome.SUSPECTED and any(each.outcome in OPEN and not each.reviews for each in self.findings)

    @property
    def sdks(self) -> tuple[str, ...]:
        return tuple(sorted({sdk for finding in self.findings for sdk in finding.sdks}))


@dataclass(frozen=True, slots=True)
class ReactionView:
    """What followed one refusal, in words; ``seconds`` is device time since the run began."""

    seconds: float
    group: Text
    button: str
    end: str
    end_words: Text
    wall: str = ""  # as of a fact
    beijing: str = ""
    moved: Text = NOTHING


@dataclass(frozen=True, slots=True)
class AppReport:
    """One run: app, device, verdicts. ``folder`` is the run folder's name, ``manifest`` its root hash.

    ``date`` is when it began, in the phone's zone; ``changes`` is what in it is not as it was sealed: path, and what
    became of it in Chinese and English. So are ``problems`` and ``unfinished`` in both languages. ``own`` is
    what it was judged by that is not AppRights' own. ``case`` is what the tester told, as this app has it.
    """

    anchor: str
    folder: str
    app: AppUnderTest
    device: dict[str, str]
    started: str
    options: dict[str, str]
    versions: dict[str, str]
    manifest: str
    verdicts: tuple[VerdictView, ...]
    problems: tuple[Text, ...] = ()
    unfinished: Text | None = None
    network: dict[str, str] = field(default_factory=dict)
    lanes: TimelineChart | None = None
    walk: WalkMap | None = None
    policies: Policies | None = None
    policy: PolicyRecord | None = None
    reactions: tuple[ReactionView, ...] = ()
    date: str = ""
    begun: WallTime = UNKNOWN  # the first and the last fact, by the phone's clock
    ended: WallTime = UNKNOWN
    changes: tuple[tuple[str, Text], ...] = ()
    own: tuple[OwnPart, ...] = ()
    case: Case = NO_CASE
    identity: tuple[Row, ...] = ()
    conclusion: tuple[Conclusion, ...] = ()  # by label
    scenes: tuple[Conclusion, ...] = ()
    abilities: Abilities | None = None
    untested: tuple[Untested, ...] = ()
    methods: tuple[Text, ...] = ()
    evidence: EvidenceIndex | None = None
    examination: Examination | None = None
    pictures: dict[str, EmbeddedPicture] = field(default_factory=dict)  # path -> what pages show of it
    page: str = ""  # the address of its own page, where an overview names it
    findings_sha256: str = ""  # of findings.json as this report has it
    skipped_hours: float = 0.0  # of a virtual device's time, which nobody waited for

    @property
    def link(self) -> str:
        """The address of its part: on its own page, or below."""
        return f"{self.page}#app-1" if self.page else f"#{self.anchor}"

    @property
    def virtual(self) -> bool:
        """Whether a virtual device was tested, and no phone."""
        return self.device.get("virtual") == "True"

    @property
    def altered(self) -> tuple[str, ...]:
        """The changes for programs."""
        return tuple(f"{path} ({what})" for path, what in self.changes)


@dataclass(frozen=True, slots=True)
class Report:
    """One or more runs; an app may have several. ``case`` is what the tester told and no phone knows.

    ``made_with`` is the block of its provenance as JSON, empty where the report is issued to nobody.
    """

    apps: tuple[AppReport, ...]
    case: Case = NO_CASE
    issued: date = NOTICE_DAY
    made_with: str = ""

    @property
    def packages(self) -> tuple[str, ...]:
        """The apps that were checked, each once, in the order of the runs."""
        return tuple(dict.fromkeys(app.app.package for app in self.apps))

    def count(self, outcome: Outcome) -> int:
        return sum(verdict.outcome is outcome for app in self.apps for verdict in app.verdicts)

    def judged(self, clause: Clause) -> tuple[AppReport, ...]:
        return tuple(app for app in self.apps if any(verdict.rule.clause == clause for verdict in app.verdicts))

    @property
    def sdks(self) -> tuple[str, ...]:
        """The SDKs that any finding names, by name."""
        return tuple(sorted({sdk for app in self.apps for verdict in app.verdicts for sdk in verdict.sdks}))

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules that were judged, each once, in order of id.

        Where some runs go by numbers of the tester's own, ours stand here, and theirs at each run.
        """
        found: dict[str, Rule] = {}
        for rule in (verdict.rule for app in self.apps for verdict in app.verdicts):
            if rule.id not in found or all(each.ours is None for each in rule.thresholds):
                found[rule.id] = rule
        return tuple(found[name] for name in sorted(found))


SCENES_NOTE = _(
    "The numbers of the scenes 1.1-1 to 3.2-1 are those of a checklist of the open-source project camille, in AppRights' own words; "
    "the checklist is no official text. [PROJECT] marks a number of AppRights' own, which no official text gives."
)


def sources(report: Report) -> tuple[Document, ...]:
    """The texts of its rules, the earliest first."""
    ids = {id for rule in report.rules for id in rule.documents if id in documents()}
    return tuple(sorted((documents()[id] for id in ids), key=lambda each: (each.in_force, each.id)))
