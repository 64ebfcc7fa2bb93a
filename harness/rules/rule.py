"""The rule: the clause behind a judgement, its needs and its thresholds."""

from collections.abc import Collection
from dataclasses import dataclass, field

from harness.errors import CatalogueError
from harness.events import Source
from harness.events.findings import Outcome, Severity
from harness.language import Text, _, known, pgettext

_NAMES = {
    "acceleration": _("acceleration"),
    "angle": _("angle of the turn"),
    "asks": _("requests"),
    "cold_starts": _("starts from cold"),
    "contrast": _("contrast"),
    "control_seconds": _("watch of a control run"),
    "dp": _("size"),
    "exit_seconds": _("gone within"),
    "explained_seconds": _("explained by an act of the tester within"),
    "functions": _("permissions without a function"),
    "groups": _("groups of permissions asked for at once"),
    "hours": _("time after a refusal"),
    "loop_asks": _("requests of a loop"),
    "loop_seconds": _("time of a loop"),
    "many": _("reads that are too many"),
    "many_seconds": _("within this time"),
    "names": _("names that differ"),
    "often": _("reads at a short period"),
    "often_seconds": _("short period"),
    "period_reads": _("reads at a period"),
    "pixels": _("size of a page"),
    "prompt_seconds": _("time to show the policy"),
    "reads": pgettext("threshold", "reads"),
    "readings": _("readings that it grew"),
    "refusals": _("ways to refuse that must be there"),
    "same_frame": _("told while the dialog is up"),
    "seconds": pgettext("threshold", "time"),
    "seconds_before": _("told before the dialog at most"),
    "series_seconds": _("time between requests of a series"),
    "share": _("height compared with the price"),
    "starts": _("starts"),
    "suspected_seconds": _("suspected if gone within"),
    "targets": _("apps started"),
    "ticked": _("boxes that are ticked"),
    "times": _("times that it was so"),
    "triggers": _("kinds of triggers"),
    "watch_seconds": _("watch in front"),
    "window_minutes": _("window"),
    "window_seconds": _("window"),
    "within_minutes": _("window"),
    "witnesses": _("independent witnesses"),
}


def threshold_name(name: str) -> Text:
    return _NAMES.get(name) or known(name, name)


BACKGROUND = 6
"""The clause about an app that is left alone; the others are about one that is used."""
READS = 2
"""The clause about what is read beyond need: an app is used with every permission allowed, in a scenario of its own."""
CHOICE = 4
"""The clause about contents that are chosen by personal data, whose switches are tried in a scenario of their own."""
ADVERTS = 7
"""The clause about adverts and windows, which are tried on purpose in a scenario of their own."""


_PARTS = (("一", 4), ("二", 6), ("三", 8), ("四", 10))
"""The parts of the notice's third section, and the last clause of each."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of notice 164: its number, official label and full text. The number of none of them is 0."""

    number: int
    label_zh: str
    label_en: str
    text_zh: str

    @property
    def place(self) -> Text:
        """Where it stands in the notice: 三（二）5."""
        part, zh = next((part, zh) for part, (zh, last) in enumerate(_PARTS, 1) if self.number <= last)
        return known(f"三（{zh}）{self.number}", f"3({part}) {self.number}")

    @property
    def label(self) -> Text:
        return known(self.label_zh, self.label_en)


OWN_CLAUSE = Clause(0, "自有规则", "Rules of the tester's own", "检测方自有的要求，不属于工信部信管函〔2020〕164号的条款。")


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number that a rule compares with, and where it comes from.

    ``source`` is who asks for that number, ``origin`` the profile of ours, or the file of the tester's own, that has
    it; ``ours`` what it would be without the tester's number, None where it is a number of ours.
    """

    name: str
    value: float
    unit: str
    source: str
    origin: str = field(default="", repr=False, compare=False)
    ours: float | None = field(default=None, repr=False, compare=False)

    @property
    def words(self) -> Text:
        """Its name for people."""
        return threshold_name(self.name)


@dataclass(frozen=True, slots=True)
class Rule:
    """The clause behind a judgement. ``needs`` are the sources without which ``clear`` cannot be said.

    ``needed`` is k of n: how many violating parts make a violation. ``advice`` is what a developer should change,
    ``limits`` what a check of this rule cannot see. Of a rule of the tester's own ``origin`` is its file, ``text`` what
    it demands, ``detector`` who judges it and ``scenarios`` what is done for it. ``documents`` are the texts that
    demand it: it is held against an app from the day of the first of them. ``at_worst`` is what it finds at most: of a
    rule that leaves the judgement to a person, suspected. ``profiles`` are those under which alone it is held against
    an app; empty for all.
    """

    id: str
    clause: Clause
    scenes: tuple[str, ...]
    label_zh: str
    label_en: str
    severity: Severity
    needs: tuple[Source, ...]
    needed: int
    advice_zh: str
    advice_en: str
    thresholds: tuple[Threshold, ...]
    limits_zh: str = ""
    limits_en: str = ""
    origin: str = field(default="", repr=False)
    text_zh: str = field(default="", repr=False)
    text_en: str = field(default="", repr=False)
    detector: str = field(default="", repr=False)
    scenarios: tuple[str, ...] = field(default=(), repr=False)
    documents: tuple[str, ...] = field(default=(), repr=False)
    at_worst: Outcome = field(default=Outcome.VIOLATION, repr=False)
    profiles: tuple[str, ...] = field(default=(), repr=False)

    @property
    def label(self) -> Text:
        return known(self.label_zh, self.label_en)

    @property
    def advice(self) -> Text:
        """What a developer should change, in both languages."""
        return known(self.advice_zh, self.advice_en)

    @property
    def limits(self) -> Text:
        """What a check of it cannot see, in both languages."""
        return known(self.limits_zh, self.limits_en)

    def threshold(self, name: str) -> float:
        """The value of a threshold; raises CatalogueError for a name the profile lacks."""
        for threshold in self.thresholds:
            if threshold.name == name:
                return threshold.value
        raise CatalogueError(_("rule {rule} has no threshold '{name}' in this profile", rule=self.id, name=name))

    @property
    def judged_by(self) -> str:
        """The name of its detector; each of our rules has one of its own name."""
        return self.detector or self.id

    @property
    def background(self) -> bool:
        """Whether it is about an app that is left alone."""
        return self.clause.number == BACKGROUND or self.judged_by.startswith(f"c{BACKGROUND}-")

    @property
    def of_reads(self) -> bool:
        """Whether it is about what is read with every permission allowed."""
        return self.clause.number == READS or self.judged_by.startswith(f"c{READS}-")

    @property
    def of_choice(self) -> bool:
        """Whether it is about contents that are chosen by personal data."""
        return self.clause.number == CHOICE or self.judged_by.startswith(f"c{CHOICE}-")

    @property
    def of_adverts(self) -> bool:
        """Whether it is about adverts that are tried on purpose."""
        return self.clause.number == ADVERTS or self.judged_by.startswith(f"c{ADVERTS}-")

    def is_of(self, profile: str) -> bool:
        """Whether it is held against an app under a profile: what a draft asks for, under that of the draft alone."""
        return not self.profiles or profile in self.profiles

    def within(self, clauses: Collection[int]) -> bool:
        """Whether it belongs to one of the clauses; a rule of none belongs to each choice."""
        return not self.clause.number or self.clause.number in clauses
