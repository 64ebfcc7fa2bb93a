"""Run folders -> Report."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path, PurePath
from typing import Any

from harness.config import using
from harness.custody.index import head
from harness.custody.integrity import altered
from harness.detectors.asks import CONTROL_SEGMENTS
from harness.detectors.control_comparison import END_OF_CONTROL
from harness.detectors.denial_responses import End, denial_responses
from harness.events import (
    AdvertActed,
    AdvertSeen,
    AppReplaced,
    ConsentShown,
    DialogKind,
    DialogShown,
    Event,
    ForeignCommand,
    Instant,
    Note,
    PermissionDenied,
    PermissionGranted,
    PhoneTakenOver,
    PopupSeen,
    Ref,
    ScreenshotTaken,
    Source,
)
from harness.events.box import Box, overlap
from harness.events.durations import seconds_words
from harness.events.findings import Finding, Outcome
from harness.events.permission_groups import group_name
from harness.language import Text, _, both, known, with_commas
from harness.recording.journal import JOURNAL
from harness.recording.lists import sealed_later, sealed_root
from harness.recording.run_folder import Difference, inside
from harness.report.basic_information import identity
from harness.report.case import NO_CASE, Case
from harness.report.evidence_index import evidence_index
from harness.report.examination_record import examination, issued_rows
from harness.report.excerpt import Excerpt, excerpts
from harness.report.exports.office_zip import NOTICE_DAY
from harness.report.methods import methods
from harness.report.phone_abilities import phone_abilities
from harness.report.policy_record import policy_record
from harness.report.raw_lines import read_lines
from harness.report.report_model import (
    OPEN,
    AppReport,
    Fact,
    FindingView,
    Measure,
    Picture,
    ReactionView,
    Report,
    SuppressionView,
    VerdictView,
    Witness,
)
from harness.report.report_pictures import new_frames
from harness.report.reproduction_steps import steps
from harness.report.review_status import reviews
from harness.report.run_clock import RunClock
from harness.report.screen_map import walk_map
from harness.report.start_policies import policies
from harness.report.timeline_chart import timeline_chart
from harness.report.untested import untested
from harness.report.wall_times import UNKNOWN, WallClock
from harness.report.wording import words
from harness.report.wording.terms import CHANGES
from harness.starts.sdk_attribution import sdks_of
from harness.starts.segment_names import slot_words
from harness.verdicts.analysis import Analysis, examine, findings_sha256, utc_offset, versions
from harness.verdicts.conclusion import conclusions
from harness.verdicts.customisations import own_parts, suppression_of
from harness.verdicts.finding_evidence import finding_keys
from harness.verdicts.judge import Verdict
from harness.verdicts.scene_states import scene_states

AGREE = 0.5  # tree and pixels mean the same dialog when their boxes overlap (intersection over union) this much
AFTER_DENIAL_SECONDS = 12.0
FINGER = 44  # pixels from its middle: how a finger is marked on a picture
ENDS = {
    End.SAME_PAGE: _("stays on the same page"),
    End.DEGRADED: _("goes on elsewhere or with less"),
    End.WALL: _("blocked with a wall"),
    End.ASKED_AGAIN: _("asks again"),
    End.LEFT: _("leaves the screen"),
    End.GONE: _("its process is gone"),
}


@dataclass(frozen=True, slots=True)
class Judged:
    """A run that is judged, and what in its folder is not as it was sealed.

    ``root`` is that of its manifest, ``head`` that of the chain of what was added: what came later is not told.
    ``named`` is how the folder was named, where that is not how it is named here; ``on`` the day of the suppressions,
    today where none is given.
    """

    analysis: Analysis
    altered: tuple[Difference, ...] = ()
    root: str = ""
    head: str = ""
    named: str = ""
    on: date | None = None


def judged(folder: Path, as_of: date | None = None) -> Judged:
    """Judge a run folder, by the rules of a day where one is given; nothing is written into it."""
    return as_sealed(Judged(examine(folder, as_of=as_of), altered(folder)))


def as_sealed(run: Judged) -> Judged:
    """The run with the root of its manifest and the head of its chain."""
    folder = run.analysis.folder
    return replace(run, root=sealed_root(folder), head=head(folder))


def build_report(runs: Iterable[Judged], case: Case = NO_CASE, issued: date = NOTICE_DAY) -> Report:
    """Put judged runs together, with what the tester told of the case."""
    return Report(tuple(_app_of(run, number, case) for number, run in enumerate(runs, 1)), case, issued)


def app_report(folder: Path, analysis: Analysis, number: int = 1, differences: Sequence[Difference] = ()) -> AppReport:
    """The report of one run; ``differences`` is what was altered in it."""
    return _app_of(Judged(replace(analysis, folder=folder), tuple(differences)), number, NO_CASE)


def _app_of(run: Judged, number: int, case: Case) -> AppReport:
    with using(run.analysis.config):
        return _app_report(run, number, case.of(run.analysis.app.package))


def _app_report(run: Judged, number: int, case: Case) -> AppReport:
    analysis, folder = run.analysis, run.analysis.folder
    named = PurePath(run.named).name or folder.name
    timeline = analysis.timeline
    start = next(iter(timeline)).at if len(timeline) else Instant(0, 0.0)
    lines = _raw_lines(folder, [fact for v in analysis.verdicts for f in v.findings for fact in f.facts])
    clock = WallClock(analysis.clock, analysis.run)
    driven = [event for event in timeline if event.source is Source.SESSION]
    begun = clock.at(driven[0].at) if driven else UNKNOWN
    run_clock = RunClock(analysis)
    view = _View(run, start, lines, excerpts(folder, timeline, analysis.verdicts, run_clock))
    root = sealed_root(folder)
    verdicts = tuple(view.verdict(verdict) for verdict in analysis.verdicts)
    shown = [(picture.path, each.rule.id) for each in verdicts for finding in each.findings for picture in finding.pictures]
    reports = issued_rows(folder, run.head)
    problems = [*_sealed_later(folder), *(note.words for note in timeline.of(Note) if note.problem)]
    problems += [words(foreign) for foreign in timeline.of(ForeignCommand, PhoneTakenOver, AppReplaced)]
    return AppReport(
        anchor=f"app-{number}",
        folder=named,
        app=analysis.app,
        device={key: str(value) for key, value in analysis.run.get("device", {}).items()},
        started=str(analysis.run.get("started", "")),
        date=_local_date(analysis.run),
        begun=begun,
        ended=clock.at(driven[-1].at) if driven else UNKNOWN,
        changes=tuple((each.path, CHANGES[each.change]) for each in run.altered),
        own=own_parts(analysis),
        identity=identity(analysis, clock, begun),
        conclusion=conclusions(analysis),
        scenes=scene_states(analysis),
        abilities=phone_abilities(analysis),
        untested=untested(analysis),
        methods=methods(analysis),
        evidence=evidence_index(folder, analysis.verdicts, shown),
        options={key: str(value) for key, value in analysis.run.get("options", {}).items()},
        versions=versions(analysis.as_of),
        manifest=root,
        verdicts=verdicts,
        problems=tuple(dict.fromkeys(problems)),
        unfinished=analysis.unfinished,
        network={key: str(value) for key, value in analysis.run.get("network", {}).items() if value},
        lanes=timeline_chart(timeline, analysis.app, clock.both),
        policies=policies(timeline),
        policy=policy_record(timeline, analysis.app),
        reactions=tuple(_reactions(analysis, start, clock)),
        walk=walk_map(folder),
        findings_sha256=findings_sha256(analysis),
        skipped_hours=analysis.clock.skipped / 3600,
        examination=replace(examination(analysis, root, run_clock, case), folder=named, reports=reports),
        case=case,
    )


def _reactions(analysis: Analysis, start: Instant, clock: WallClock) -> Iterator[ReactionView]:
    for reaction in denial_responses(analysis.timeline, analysis.app):
        denial = reaction.denial
        seconds = round(denial.at.uptime if denial.at.boot != start.boot else denial.at.seconds_since(start), 1)
        wall, end = clock.at(denial.at), reaction.end
        told = (group_name(denial.group), denial.fact.button, end.value, ENDS[end])
        yield ReactionView(seconds, *told, wall.local, wall.beijing, wall.moved)


def _sealed_later(folder: Path) -> Iterator[Text]:
    """That a run had been broken off: what its seal says, not what was recorded."""
    if when := sealed_later(folder):
        yield _("the run had been broken off, and was sealed later: {when}", when=when)


def _local_date(run: dict[str, Any]) -> str:
    """When the run began, by the clock on the phone's own wall; empty where it does not tell."""
    try:
        started = datetime.fromisoformat(str(run.get("started", "")))
    except ValueError:
        return ""
    zone = timezone(timedelta(seconds=utc_offset(run)))
    return started.astimezone(zone).strftime("%Y-%m-%d %H:%M %z")


def _raw_lines(folder: Path, facts: Sequence[Event]) -> dict[Ref, str]:
    """The raw text of the lines that facts refer to; a step of the journal is told in words."""
    return read_lines(folder, (fact.ref for fact in facts if fact.ref is not None and fact.ref.path != JOURNAL))


class _View:
    """What one run's findings look like."""

    def __init__(self, run: Judged, start: Instant, lines: dict[Ref, str], excerpts: dict[int, Excerpt]) -> None:
        analysis, folder, self.on = run.analysis, run.analysis.folder, run.on
        timeline, self.app, self.cuts = analysis.timeline, analysis.app, excerpts
        self.folder, self.timeline, self.start, self.lines = folder, timeline, start, lines
        self.clock, self.reviews = WallClock(analysis.clock, analysis.run), reviews(folder, run.head)
        self.popups = {popup.screenshot: popup for popup in timeline.of(PopupSeen)}
        self.shown = timeline.of(DialogShown)
        self.controls = [(start, end) for _name, start, end in timeline.segments(CONTROL_SEGMENTS)]
        self.shots = {shot.screenshot: shot for shot in timeline.of(ScreenshotTaken)}

    def verdict(self, verdict: Verdict) -> VerdictView:
        findings = tuple(self.finding(key, finding) for key, finding in finding_keys(self.app.package, verdict))
        decision = suppression_of(self.app.package, verdict, self.on)
        kept = None if decision is None else SuppressionView(decision.reason, decision.expires.isoformat(), decision.owner, decision.file)
        later = str(verdict.not_before or "")
        return VerdictView(verdict.rule, verdict.outcome, verdict.reason, findings, kept, later)

    def finding(self, key: str, finding: Finding) -> FindingView:
        dialogs = self._dialogs(finding)
        facts = self.timeline.in_order(*finding.facts, *dialogs)
        return FindingView(
            outcome=finding.outcome,
            reason=finding.reason,
            facts=tuple(self._fact(event) for event in facts),
            pictures=self._pictures(finding, dialogs),
            witnesses=tuple(w for dialog in dialogs if (w := self._witness(dialog))),
            measures=tuple(Measure(name, value) for name, value in finding.measured),
            key=key,
            reviews=tuple(replace(each, at=self.clock.of(each.at).local or each.at) for each in self.reviews.get(key, ())),
            sdks=sdks_of(finding.facts, self.app),
            cut=self.cuts.get(id(finding)),
            part=finding.part,
            steps=steps(finding, self.timeline, self.controls) if finding.outcome in OPEN else (),
        )

    def _dialogs(self, finding: Finding) -> tuple[DialogShown, ...]:
        """The dialogs of a finding: those among its facts, and the one that each of its denials answered."""
        found = [fact for fact in finding.facts if isinstance(fact, DialogShown)]
        for denial in finding.facts:
            if isinstance(denial, PermissionDenied):
                before = [d for d in self.shown if d.dialog is DialogKind.PERMISSION and d.at <= denial.at]
                found += before[-1:]
        return self.timeline.in_order(*found)

    def _fact(self, event: Event) -> Fact:
        raw = self.lines.get(event.ref, "") if event.ref else ""
        boot = event.at.boot - self.start.boot
        seconds = round(event.at.uptime if boot else event.at.seconds_since(self.start), 3)
        wall = self.clock.at(event.at)
        told = (event.source.value, event.kind, words(event), raw, event.place)
        return Fact(seconds, boot, wall.local, *told, beijing=wall.beijing, moved=wall.moved)

    def _pictures(self, finding: Finding, dialogs: Sequence[DialogShown]) -> tuple[Picture, ...]:
        """The pictures of a finding in the order of time: before a refusal, after it, and in its control run."""
        found: dict[str, tuple[Instant, Picture]] = {}
        denials = [fact for fact in finding.facts if isinstance(fact, PermissionDenied)]
        asks = [dialog for dialog in dialogs if dialog.dialog is not DialogKind.OTHER]
        for dialog in asks or dialogs:  # one that asks nothing was only read on the way to it
            if dialog.screenshot:
                popup = self.popups.get(dialog.screenshot)
                text = self._placed(dialog.at, denials, words(dialog))
                shown = self._picture(dialog.screenshot, text, dialog.box, popup.box if popup else None)
                found.setdefault(dialog.screenshot, (dialog.at, shown))
        for consent in finding.facts:
            if isinstance(consent, ConsentShown) and consent.screenshot:
                shown = self._picture(consent.screenshot, words(consent), consent.box, None)
                found.setdefault(consent.screenshot, (consent.at, shown))
        for acted in finding.facts:
            if isinstance(acted, AdvertActed):
                accused = finding.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED)
                for picture in self._of_act(acted, accused=accused):
                    found.setdefault(picture.path, (acted.at, picture))
        for denial in denials[-1:]:
            end = denial.at.later(AFTER_DENIAL_SECONDS)
            for shot in self.timeline.between(denial.at, end, ScreenshotTaken):
                if shot.why:
                    text = _("the screen {later} after the refusal", later=seconds_words(shot.at.seconds_since(denial.at)))
                    found.setdefault(shot.screenshot, (shot.at, self._picture(shot.screenshot, text, None, None)))
        for last in finding.facts:
            if isinstance(last, ScreenshotTaken) and last.why == END_OF_CONTROL:
                text = self._placed(last.at, denials, self._after_answer(finding, last))
                found.setdefault(last.screenshot, (last.at, self._picture(last.screenshot, text, None, None)))
        ordered = sorted(found.values(), key=lambda one: one[0])
        return tuple(replace(picture, control=self._controlled(at)) for at, picture in ordered)

    def _controlled(self, at: Instant) -> bool:
        return any(start <= at <= end for start, end in self.controls)

    def _placed(self, at: Instant, denials: Sequence[PermissionDenied], said: Text) -> Text:
        """A caption with the place of its picture: before the refusal, or in the control run."""
        if self._controlled(at):
            return _("control run: {said}", said=said)
        return _("before the refusal: {said}", said=said) if denials and at <= denials[0].at else said

    def _after_answer(self, finding: Finding, shot: ScreenshotTaken) -> Text:
        """What the end of a control run shows, and how long after its answer."""
        begun = next(start for start, end in self.controls if start <= shot.at <= end)
        inside = [fact for fact in finding.facts if begun <= fact.at <= shot.at]
        granted = next((fact for fact in inside if isinstance(fact, PermissionGranted)), None)
        asked = granted or next((fact for fact in inside if isinstance(fact, DialogShown)), shot)
        later = seconds_words(shot.at.seconds_since(asked.at))
        if granted is None:
            return _("the screen {later} after the dialog came up, which was left unanswered", later=later)
        return _("the screen {later} after it was allowed", later=later)

    def _of_act(self, acted: AdvertActed, *, accused: bool) -> Iterator[Picture]:
        """The advert as it was last pictured before an act on it, with the finger, and what came up after it."""
        before = [seen for seen in self.timeline.of(AdvertSeen) if seen.slot == acted.slot and seen.at <= acted.at and seen.screenshot]
        if accused and before and (path := before[-1].screenshot) is not None:
            shots = [shot.at for shot in self.timeline.of(ScreenshotTaken) if shot.screenshot == path and shot.at <= acted.at]
            ago = acted.at.seconds_since(shots[-1] if shots else before[-1].at)
            place = slot_words(acted.slot)
            text = _("{place}, as it was {ago} before the act", place=place, ago=seconds_words(ago))
            box = before[-1].box if before[-1].box[2] * before[-1].box[3] > 0 else None
            finger = (acted.x - FINGER, acted.y - FINGER, 2 * FINGER, 2 * FINGER) if acted.x or acted.y else None
            marks = [mark for mark, shown in ((_("blue: its place"), box), (_("red: the finger"), finger)) if shown]
            if marks:
                note = with_commas(marks)
                text = _("{said}; {note}", said=text, note=note)
            yield self._picture(path, text, box, finger)
        for seen in new_frames(self.timeline, acted):
            yield self._picture(*seen, None, None)

    def _picture(self, path: str, caption: Text, tree: Box | None, pixels: Box | None) -> Picture:
        digest = hashlib.sha256(inside(self.folder, path).read_bytes()).hexdigest()
        shot = self.shots.get(path)
        stamp = f"{shot.true_time}, {shot.shift / 3600:+.1f} h" if shot is not None and shot.shift else ""
        return Picture(path, digest, known(*(text[:200] for text in both(caption))), tree, pixels, stamp)

    def _witness(self, dialog: DialogShown) -> Witness | None:
        if dialog.screenshot is None or dialog.source is Source.PIXELS:  # painted: the tree does not tell of it
            return None
        popup = self.popups.get(dialog.screenshot)
        tree = f"{dialog.owner} {_bounds(dialog.box)}"
        if popup is None:
            return Witness(dialog.screenshot, tree, _("no pop-up found in the pixels"), False)
        alpha, share = popup.alpha, overlap(dialog.box, popup.box)
        scrim = "" if alpha is None else _(", its scrim {alpha:.2f} opaque", alpha=alpha)
        values = {"box": _bounds(popup.box), "scrim": scrim, "confidence": popup.confidence, "share": share}
        told = _("{box}{scrim}, confidence {confidence:.2f}, overlap {share:.2f}", **values)
        return Witness(dialog.screenshot, tree, told, share >= AGREE)


def _bounds(box: Box) -> str:
    """A box as Android prints bounds, in the trees that stand beside it."""
    x, y, width, height = box
    return f"[{x},{y}][{x + width},{y + height}]"
