"""Report -> a Word document: what the page says, for who has to fill in and sign it.

Of many findings of one rule, facts of a finding and pictures the first are shown; what is left off is counted, and the
page and the run folder have it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import harness
from harness.events.findings import Outcome
from harness.language import Text, _, chinese, pgettext, pick, said
from harness.report.annotated_pictures import drawings
from harness.report.case import FIELDS, OF_AN_APP, OF_THE_REPORT
from harness.report.docx import Cell, Paper, Part, Shot, Words
from harness.report.examination_document import write_record
from harness.report.executive_summary import executive_summary

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from harness.report.report_model import AppReport, FindingView, Report, VerdictView
    from harness.report.wall_times import WallTime

TITLE = _("App permission compliance report")
MOST_FINDINGS, MOST_FACTS = 12, 12
COLOURS = {
    Outcome.VIOLATION: "C62828",
    Outcome.SUSPECTED: "985A00",
    Outcome.INCONCLUSIVE: "6A3AB2",
    Outcome.CLEAR: "1B7A43",
    Outcome.NOT_EXERCISED: "566170",
}
_TOLD = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE)
"""Outcomes whose findings are shown; of the others the reason is enough."""
_WIDE, _HIGH = 38, 76  # millimetres


def render_docx(report: Report, folders: Mapping[str, Path]) -> bytes:
    """The file; ``folders`` has the run folder of each app by its anchor, whose pictures are drawn in."""
    names = " · ".join(dict.fromkeys(app.app.label[:60] or app.app.package for app in report.apps[:3]))
    paper = Paper(said(TITLE), head=f"{said(TITLE)} · {names}", issued=report.issued)
    _front(paper, report)
    for app in report.apps:
        paper.page_break()
        _app(paper, app, folders[app.anchor])
    paper.heading(said(_("The law and the thresholds")))
    for clause in sorted({rule.clause for rule in report.rules if rule.clause.number}, key=lambda clause: clause.number):
        paper.paragraph(f"{chinese(clause.place)} {clause.label_zh}：{clause.text_zh}", small=True)
    paper.table(
        [said(_("Rule")), said(_("Thresholds and their sources"))],
        (
            (
                f"{said(rule.label)} [{rule.id}]",
                tuple(f"{t.name} = {t.value:g} {t.unit} · {t.source}" for t in rule.thresholds) or "–",
            )
            for rule in report.rules
        ),
        (1, 1.6),
    )
    _tell(
        paper,
        _("Made by AppRights {__version__}; apprights verify checks the run folders.", __version__=harness.__version__),
        small=True,
    )
    _tell(paper, _("(end of the report)"))
    return paper.to_bytes(report.made_with)


def _front(paper: Paper, report: Report) -> None:
    """The first page: what the apps did, when, on which phone, by whom, and the lines to sign."""
    first, case = executive_summary(report), report.case
    for warning in first.warnings:
        paper.paragraph(f"{said(warning.text)} {warning.run}", bold=True, colour=COLOURS[Outcome.VIOLATION])
    if first.virtual:
        paper.paragraph(said(first.virtual), bold=True, colour=COLOURS[Outcome.VIOLATION])
    rows: list[tuple[str, Cell]] = [(said(FIELDS[name]), said(case.value(name))) for name in OF_THE_REPORT]
    rows.insert(0, (said(_("Scope")), said(first.scope)))
    rows.insert(5, (said(_("When (the phone's clock)")), f"{_when(first.begun)} – {_when(first.ended)}"))
    rows.insert(6, (said(_("On which phone")), first.phones or "–"))
    paper.pairs(rows)
    paper.heading(said(_("What was found")))
    for each in first.sentences:
        outcome = said(each.outcome.label)
        told = said(_("{said} ({note})", said=each.text, note=each.label))
        paper.paragraph(f"{_mark(outcome)}{told} {said(each.reviewed)}".rstrip())
        _tell(paper, _("Advice: {advice}", advice=each.advice), small=True)
    if not first.sentences:
        _tell(
            paper,
            _("Within what was tested nothing was found that violates the rules or may do so; what is open must not be taken for that."),
        )
    if first.more:
        _tell(paper, _("{more} more below.", more=first.more))
    paper.paragraph(" · ".join(f"{said(outcome.label)} {count}" for outcome, count in first.counts))
    if first.unreviewed:
        _tell(
            paper,
            _("{count} of the suspected verdicts have been reviewed by nobody: they are no conclusion yet.", count=first.unreviewed),
            bold=True,
        )
    _tell(
        paper,
        _(
            "This report is about the version, device and time that were tested, and must not be copied in part without the laboratory's "
            "consent in writing."
        ),
        small=True,
    )
    paper.signatures()
    _tell(paper, _("Root hash of the evidence (SHA-256)"), small=True)
    for run, root in first.roots:
        paper.paragraph(f"{run}: {root or said(_('never sealed'))}", small=True)


def _app(paper: Paper, app: AppReport, folder: Path) -> None:
    paper.heading(f"{app.app.label[:60] or app.app.package}（{app.app.package}）")
    paper.heading(said(_("What was tested")), 2)
    rows: list[tuple[str, Cell]] = [(said(row.name), said(row.value)) for row in app.identity]
    rows += [(said(FIELDS[name]), said(app.case.value(name))) for name in OF_AN_APP]
    rows += [
        (said(_("Run folder")), app.folder),
        (said(_("Root hash (SHA-256)")), app.manifest or said(_("never sealed"))),
    ]
    paper.pairs(rows)
    paper.heading(said(_("Conclusions")), 2)
    paper.table(
        [said(_("Problem")), said(_("State")), said(_("Conclusion"))],
        ((said(each.name), said(each.state.words), said(each.reason)) for each in app.conclusion),
        (2, 1, 3),
    )
    paper.table(
        [said(_("Number")), said(_("Scene")), said(_("State")), said(_("Reason"))],
        ((each.id, said(each.name), said(each.state.words), said(each.reason)) for each in app.scenes),
        (0.6, 2, 1, 3),
    )
    for verdict in app.verdicts:
        if verdict.outcome in _TOLD:
            _verdict(paper, verdict, folder)
    _others(paper, app)
    paper.heading(said(_("How it was tested")), 2)
    for number, words in enumerate(app.methods, 1):
        paper.paragraph(f"{number}. {said(words)}")
    if app.reactions:
        paper.heading(said(_("What followed each refusal")), 2)
        paper.table(
            [said(_("Time")), said(_("Permission")), said(_("Pressed")), said(_("End"))],
            (
                (f"{row.seconds:.1f} s\n{row.wall}", pick(row.group_zh, row.group_en), row.button, pick(row.end_zh, row.end_en))
                for row in app.reactions
            ),
        )
    if app.examination is not None:
        paper.heading(said(_("Record of the examination")), 2)
        write_record(paper, app.examination, 3)
    _evidence(paper, app)


def _verdict(paper: Paper, verdict: VerdictView, folder: Path) -> None:
    rule = verdict.rule
    paper.heading(f"{_mark(said(verdict.outcome.label))}{said(rule.label)} ({rule.id})", 3)
    first = verdict.findings[:1]
    if not first or first[0].reason != verdict.reason:
        paper.paragraph(said(verdict.reason), bold=True)
    if rule.clause.number:
        number, label = said(rule.clause.place), said(rule.clause.label)
        _tell(paper, _("Clause {number}: {label}", number=number, label=label), small=True, kept=True)
        if verdict.outcome is not Outcome.INCONCLUSIVE:
            _tell(paper, _("Advice: {advice}", advice=rule.advice))
    if rule.limits_zh:
        _tell(paper, _("Limits: {limits}", limits=rule.limits), small=True)
    if verdict.suppressed is not None:
        known = verdict.suppressed
        _tell(
            paper,
            _("kept from counting until {expires} ({owner}): {reason}", expires=known.expires, owner=known.owner, reason=known.reason),
            bold=True,
        )
    for finding in verdict.findings[:MOST_FINDINGS]:
        _finding(paper, finding, folder)
    if len(verdict.findings) > MOST_FINDINGS:
        more = len(verdict.findings) - MOST_FINDINGS
        _tell(paper, _("{more} more findings of this rule are left off.", more=more), small=True)


def _finding(paper: Paper, finding: FindingView, folder: Path) -> None:
    parts: list[Part] = [
        Words(
            said(_("{outcome}: {why}", outcome=finding.outcome.label, why=finding.reason)),
            bold=True,
            colour=COLOURS[finding.outcome],
        )
    ]
    parts += [f"{said(each.words)} {each.at} {each.reason}" for each in finding.reviews]
    for fact in finding.facts[:MOST_FACTS]:
        parts.append(Words(f"{fact.seconds:+.3f} s  {fact.wall}  {pick(fact.text_zh, fact.text_en)}  {fact.place}".rstrip(), small=True))
    if len(finding.facts) > MOST_FACTS:
        more = len(finding.facts) - MOST_FACTS
        parts.append(Words(said(_("{more} more facts are left off.", more=more)), small=True))
    shots = [Shot(each.jpeg, said(each.caption), _WIDE, _HIGH) for each in drawings(folder, finding.pictures)]
    paper.form([[((*parts, *shots), 8)]])


def _others(paper: Paper, app: AppReport) -> None:
    """What was found in order, and what nothing is said about."""
    clear = [verdict for verdict in app.verdicts if verdict.outcome is Outcome.CLEAR]
    if clear:
        paper.heading(said(_("Rules under which nothing was found")), 2)
        paper.table(
            [said(_("Rule")), said(_("Reason"))],
            ((f"{said(v.rule.label)} [{v.rule.id}]", said(v.reason)) for v in clear),
        )
    paper.heading(said(_("What was not tested")), 2)
    _tell(
        paper,
        _("Nothing is concluded about these; they must not be taken for items in which nothing was found."),
    )
    paper.table(
        [said(_("Item")), said(pgettext("report", "Why")), said(pgettext("report", "What to do"))],
        ((said(row.name), said(row.reason), said(row.todo)) for row in app.untested),
        (1, 1.2, 1.2),
    )


def _evidence(paper: Paper, app: AppReport) -> None:
    if app.evidence is None:
        return
    index = app.evidence
    paper.heading(said(_("Evidence")), 2)
    _tell(
        paper,
        _("{count} files and {size} bytes when it was sealed; these are what findings rest on.", count=index.count, size=index.size),
    )
    paper.table(
        [said(_("File")), "SHA-256"],
        ((file.path, Words(file.sha256, small=True)) for group in index.cited for file in group.files),
        (1, 2),
    )


def _when(time: WallTime) -> str:
    if not time.local:
        return said(_("not known"))
    return time.local + (said(_(" ({beijing} in Beijing)", beijing=time.beijing)) if time.beijing else "")


def _mark(outcome: str) -> str:
    return pick(f"【{outcome}】", f"[{outcome}] ")


def _tell(paper: Paper, text: Text, *, bold: bool = False, small: bool = False, kept: bool = False) -> None:
    paper.paragraph(said(text), bold=bold, small=small, kept=kept)
