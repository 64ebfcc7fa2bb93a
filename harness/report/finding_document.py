"""The verdicts of an app in a Word document: findings with their facts, pictures and witnesses, and what stood around.

The lines around a fact and the view tree are left to the page, which has them to search in.
"""

from collections.abc import Iterator
from pathlib import Path

from harness.events.findings import Outcome
from harness.language import Text, _, pick, said
from harness.report.docx import Cell, Paper, Shot, Words
from harness.report.excerpt import Excerpt, Moment
from harness.report.report_model import Fact, FindingView, VerdictView
from harness.report.report_pictures import drawings

MOST_FINDINGS, MOST_FACTS = 200, 400
"""Of one rule, and of one finding: what is endless is counted, and the page has it."""
COLOURS = {
    Outcome.VIOLATION: "C62828",
    Outcome.SUSPECTED: "985A00",
    Outcome.INCONCLUSIVE: "6A3AB2",
    Outcome.CLEAR: "1B7A43",
    Outcome.NOT_EXERCISED: "566170",
}
_WIDE, _HIGH = 48, 86  # millimetres


def write_verdict(paper: Paper, verdict: VerdictView, folder: Path) -> None:
    """One rule on one app."""
    rule = verdict.rule
    paper.heading(f"{marked(verdict.outcome.label)}{said(rule.label)} ({rule.id})", 3)
    first = verdict.findings[:1]
    if not first or first[0].reason != verdict.reason:
        paper.paragraph(verdict.reason, bold=True)
    if rule.clause.number:
        paper.paragraph(_("Clause {number}: {label}", number=rule.clause.place, label=rule.clause.label), small=True, kept=True)
        if verdict.outcome is not Outcome.INCONCLUSIVE:
            paper.paragraph(_("Advice: {advice}", advice=rule.advice))
    if rule.limits_zh:
        paper.paragraph(_("Limits: {limits}", limits=rule.limits), small=True)
    if verdict.suppressed is not None:
        known = verdict.suppressed
        paper.paragraph(
            _("kept from counting until {expires} ({owner}): {reason}", expires=known.expires, owner=known.owner, reason=known.reason),
            bold=True,
        )
    for finding in verdict.findings[:MOST_FINDINGS]:
        _finding(paper, finding, folder)
    if len(verdict.findings) > MOST_FINDINGS:
        more = len(verdict.findings) - MOST_FINDINGS
        paper.paragraph(_("{more} more findings of this rule are left off.", more=more), small=True)


def _finding(paper: Paper, finding: FindingView, folder: Path) -> None:
    told = _("{outcome}: {why}", outcome=finding.outcome.label, why=finding.reason)
    paper.paragraph(told, bold=True, colour=COLOURS[finding.outcome], kept=True)
    for each in finding.reviews:
        paper.paragraph(f"{said(each.words)} {each.at} {each.reason}", kept=True)
    if not finding.reviews and finding.outcome in (Outcome.VIOLATION, Outcome.SUSPECTED):
        paper.paragraph(_("reviewed by nobody yet"), small=True, kept=True)
    paper.pictures([Shot(each.jpeg, each.caption, _WIDE, _HIGH) for each in drawings(folder, finding.pictures)])
    if finding.facts:
        head = [_("Time"), _("Source"), _("Facts and log lines")]
        paper.table(head, map(_fact, finding.facts[:MOST_FACTS]), (1.3, 0.6, 4))
        if (more := len(finding.facts) - MOST_FACTS) > 0:
            paper.paragraph(_("{more} more facts are left off.", more=more), small=True)
    if finding.witnesses:
        paper.paragraph(_("Two witnesses: view tree and pixels"), small=True, kept=True)
        agree = {True: _("yes"), False: _("no, to be reviewed")}
        paper.table(
            [_("Screenshot"), _("View tree"), _("Pixels"), _("Agree")],
            ((each.picture, each.tree, each.pixels, agree[each.agree]) for each in finding.witnesses),
        )
    if finding.cut is not None:
        paper.pairs(_excerpt(finding.cut))


def _fact(fact: Fact) -> tuple[Cell, ...]:
    boot = said(_("after reboot {boot}\n", boot=fact.boot)) if fact.boot else ""
    beijing = said(_("\n{beijing} Beijing time", beijing=fact.beijing)) if fact.beijing else ""
    when = f"{boot}{fact.seconds:+.3f} s\n{fact.wall}{beijing}\n{said(fact.moved)}".rstrip()
    raw = (Words(fact.raw, small=True, colour="5B6675"),) if fact.raw else ()
    return (Words(when, small=True), Words(fact.source, small=True), (fact.text, *raw, Words(fact.place, small=True)))


def _excerpt(cut: Excerpt) -> Iterator[tuple[str, Cell]]:
    """What stands around the act: when, how often it was tried, flags, processes, and where a film shows it."""
    yield _("Cut of the evidence"), f"{_moment(cut.start)} – {_moment(cut.end)}"
    if cut.control:
        yield _("Control run"), f"{_moment(cut.control[0])} – {_moment(cut.control[1])}"
    words = _(
        "{spoke} of {tries} parts that this rule judged broke it; {needed} make a violation.",
        spoke=cut.spoke,
        tries=cut.tries,
        needed=cut.needed,
    )
    yield _("Parts judged"), words
    for film in cut.films:
        yield _("Film"), _("{path}, {seconds} s from its first picture", path=film.path, seconds=film.seconds)
    unread = said(_("not read"))
    for flag in cut.flags:
        yield flag.permission, f"{flag.before or unread} → {flag.after or unread}\n{' '.join(flag.places)}"
    for seen in cut.processes:
        names = ", ".join(f"{pid} {name}" for pid, name in seen.processes) or said(_("none"))
        yield _("Processes of the app"), f"{_moment(seen.moment)}: {names}\n{seen.place}"


def _moment(moment: Moment) -> str:
    boot = said(_("after reboot {boot}, ", boot=moment.boot)) if moment.boot else ""
    beijing = said(_(" ({beijing} in Beijing)", beijing=moment.beijing)) if moment.beijing else ""
    return f"{boot}{moment.seconds:+.3f} s {moment.wall}{beijing}".rstrip()


def marked(label: Text) -> str:
    return pick(f"【{said(label)}】", f"[{said(label)}] ")
