"""Report -> a Word document: what the page says, for who has to fill in and sign it."""

from collections.abc import Mapping
from pathlib import Path

import harness
from harness.events.findings import Outcome
from harness.events.permission_groups import group_names
from harness.language import _, chinese, known, pgettext, said, with_semicolons
from harness.report.case import FIELDS, OF_AN_APP, OF_THE_REPORT
from harness.report.docx import Cell, Paper, Words
from harness.report.examination_document import write_record
from harness.report.executive_summary import executive_summary
from harness.report.finding_document import COLOURS, marked, write_verdict
from harness.report.report_model import SCENES_NOTE, AppReport, Report, sources
from harness.report.timeline_document import write_course
from harness.report.wall_times import WallTime
from harness.verdicts.conclusion import Conclusion

TITLE = _("App permission compliance report")
_TOLD = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE)
"""Outcomes whose findings are shown; of the others the reason is enough."""


def render_docx(report: Report, folders: Mapping[str, Path]) -> bytes:
    """The file; ``folders`` has the run folder of each app by its anchor, whose pictures are drawn in."""
    names = " · ".join(dict.fromkeys(app.app.label[:60] or app.app.package for app in report.apps[:3]))
    paper = Paper(said(TITLE), head=f"{said(TITLE)} · {names}", issued=report.issued)
    _front(paper, report)
    for app in report.apps:
        paper.page_break()
        _app(paper, app, folders[app.anchor])
    paper.heading(_("The law and the thresholds"))
    for clause in sorted({rule.clause for rule in report.rules if rule.clause.number}, key=lambda clause: clause.number):
        paper.paragraph(f"{chinese(clause.place)} {clause.label_zh}：{clause.text_zh}", small=True)
    paper.table(
        [_("Text"), _("Held from"), _("How it is known")],
        ((chinese(each.citation), f"{each.in_force}\n{each.day}", each.status) for each in sources(report)),
        (3, 1, 1.4),
    )
    paper.paragraph(SCENES_NOTE, small=True)
    paper.table(
        [_("Rule"), _("Thresholds and their sources")],
        (
            (f"{said(rule.label)} [{rule.id}]", tuple(f"{t.name} = {t.value:g} {t.unit} · {t.source}" for t in rule.thresholds) or "–")
            for rule in report.rules
        ),
        (1, 1.6),
    )
    paper.paragraph(
        _("Made by AppRights {__version__}; apprights verify checks the run folders.", __version__=harness.__version__), small=True
    )
    paper.paragraph(_("(end of the report)"))
    return paper.to_bytes(report.made_with)


def _front(paper: Paper, report: Report) -> None:
    """The first page: what the apps did, when, on which phone, by whom, and the lines to sign."""
    first, case = executive_summary(report), report.case
    for warning in first.warnings:
        paper.paragraph(f"{said(warning.text)} {warning.run}", bold=True, colour=COLOURS[Outcome.VIOLATION])
    if first.virtual:
        paper.paragraph(first.virtual, bold=True, colour=COLOURS[Outcome.VIOLATION])
    rows: list[tuple[str, Cell]] = [(FIELDS[name], case.value(name)) for name in OF_THE_REPORT]
    rows.insert(0, (_("Scope"), first.scope))
    rows.insert(5, (_("When (the phone's clock)"), f"{_when(first.begun)} – {_when(first.ended)}"))
    rows.insert(6, (_("On which phone"), first.phones or "–"))
    paper.pairs(rows)
    paper.heading(_("What was found"))
    for each in first.sentences:
        told = said(_("{said} ({note})", said=each.text, note=each.label))
        paper.paragraph(f"{marked(each.outcome.label)}{told} {said(each.reviewed)}".rstrip())
        paper.paragraph(_("Advice: {advice}", advice=each.advice), small=True)
    if not first.sentences:
        paper.paragraph(
            _("Within what was tested nothing was found that violates the rules or may do so; what is open must not be taken for that.")
        )
    if first.more:
        paper.paragraph(_("{more} more below.", more=first.more))
    paper.paragraph(" · ".join(f"{said(outcome.label)} {count}" for outcome, count in first.counts))
    if first.unreviewed:
        paper.paragraph(
            _("{count} of the suspected verdicts have been reviewed by nobody: they are no conclusion yet.", count=first.unreviewed),
            bold=True,
        )
    paper.paragraph(
        _(
            "This report is about the version, device and time that were tested, and must not be copied in part without the laboratory's "
            "consent in writing."
        ),
        small=True,
    )
    paper.signatures()
    paper.paragraph(_("Root hash of the evidence (SHA-256)"), small=True)
    for run, root in first.roots:
        paper.paragraph(f"{run}: {root or said(_('never sealed'))}", small=True)


def _app(paper: Paper, app: AppReport, folder: Path) -> None:
    paper.heading(f"{app.app.label[:60] or app.app.package}（{app.app.package}）")
    paper.heading(_("What was tested"), 2)
    rows: list[tuple[str, Cell]] = [(row.name, row.value) for row in app.identity]
    rows += [(FIELDS[name], app.case.value(name)) for name in OF_AN_APP]
    rows += [(_("Run folder"), app.folder), (_("Root hash (SHA-256)"), app.manifest or _("never sealed"))]
    if app.app.core_groups:
        rows.append((_("Told by the tester"), _("core permissions: {groups}", groups=group_names(app.app.core_groups))))
    rows += [(_("Not of AppRights"), f"{said(known(part.zh, part.en))}  {part.file}  SHA-256 {part.sha256[:16]}") for part in app.own]
    rows.append((_("Versions"), " · ".join(f"{name} {value}" for name, value in app.versions.items())))
    paper.pairs(rows)
    if app.problems:
        paper.paragraph(_("Problems during the check: {problems}", problems=with_semicolons(app.problems)))
    paper.heading(_("Conclusions"), 2)
    paper.table(
        [_("Problem"), _("State"), _("Conclusion")],
        ((each.name, each.state.words, _limited(each, each.state.value != "not_tested")) for each in app.conclusion),
        (2, 1, 3),
    )
    paper.table(
        [pgettext("report", "Number"), _("Scene"), _("State"), _("Reason")],
        ((each.id, each.name, each.state.words, _limited(each, bool(each.rules))) for each in app.scenes),
        (0.6, 2, 1, 3),
    )
    for verdict in app.verdicts:
        if verdict.outcome in _TOLD:
            write_verdict(paper, verdict, folder)
    _others(paper, app)
    write_course(paper, app, folder)
    paper.heading(_("How it was tested"), 2)
    for number, words in enumerate(app.methods, 1):
        paper.paragraph(f"{number}. {said(words)}")
    _evidence(paper, app)
    if app.examination is not None:
        paper.heading(_("Annex: record of the examination"), 2)
        write_record(paper, app.examination, 3)


def _limited(each: Conclusion, told: bool) -> str:
    """The reason of a conclusion, with the limits of the rules behind it where these were ``told``."""
    limits = f"\n{said(_('Limits: {limits}', limits=each.limits))}" if each.limits and told else ""
    return said(each.reason) + limits


def _others(paper: Paper, app: AppReport) -> None:
    """What was found in order, and what nothing is said about."""
    clear = [verdict for verdict in app.verdicts if verdict.outcome is Outcome.CLEAR]
    if clear:
        paper.heading(_("Rules under which nothing was found"), 2)
        paper.table([_("Rule"), _("Reason")], ((f"{said(v.rule.label)} [{v.rule.id}]", v.reason) for v in clear))
    _abilities(paper, app)
    paper.heading(_("What was not tested"), 2)
    paper.paragraph(_("Nothing is concluded about these; they must not be taken for items in which nothing was found."))
    paper.table(
        [_("Item"), pgettext("report", "Why"), pgettext("report", "What to do")],
        ((row.name, row.reason, row.todo) for row in app.untested),
        (1, 1.2, 1.2),
    )


def _abilities(paper: Paper, app: AppReport) -> None:
    if app.abilities is None:
        return
    paper.heading(_("What this phone lets a check do"), 2)
    paper.paragraph(_("Works: {works}", works=app.abilities.works))
    if app.abilities.untried:
        paper.paragraph(_("Not tried that day: {untried}", untried=app.abilities.untried), small=True)
    if app.abilities.missing:
        heads = (_("Ability"), _("State"), _("How to switch it on"), _("Rules left undecided"), _("Rules that may rest on less"))
        paper.table(
            heads,
            ((row.name, row.state, row.menu, *(", ".join(rules) or "–" for rules in row[3:])) for row in app.abilities.missing),
            (1, 1.4, 1.4, 1, 1),
        )


def _evidence(paper: Paper, app: AppReport) -> None:
    if app.evidence is None:
        return
    index = app.evidence
    paper.heading(_("Evidence"), 2)
    paper.paragraph(
        _("{count} files and {size} bytes when it was sealed; these are what findings rest on.", count=index.count, size=index.size)
    )
    paper.table(
        [_("File"), _("Bytes"), "SHA-256", _("Rules")],
        (
            (Words(file.path, small=True), str(file.size), Words(file.sha256, small=True), Words(", ".join(file.cited_by), small=True))
            for group in index.cited
            for file in group.files
        ),
        (1.4, 0.6, 2, 1.6),
    )


def _when(time: WallTime) -> str:
    if not time.local:
        return said(_("not known"))
    return time.local + (said(_(" ({beijing} in Beijing)", beijing=time.beijing)) if time.beijing else "")
