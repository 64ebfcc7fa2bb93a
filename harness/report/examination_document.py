"""The record of an examination as a Word document, in the language of the run, to be signed and attached."""

from collections.abc import Iterable, Iterator
from datetime import date

from harness.language import _, pgettext, said
from harness.report.action_log import ActionRow
from harness.report.change_record import Changed
from harness.report.docx import Paper
from harness.report.examination_record import Examination
from harness.report.exports.office_zip import NOTICE_DAY
from harness.report.phone_state_record import Row

SIGNED = (_("Tested by"), _("Reviewed by"), _("Witness"))


def record_paper(record: Examination, issued: date = NOTICE_DAY, made_with: str = "") -> bytes:
    """The file; what the page says, the same in the same order."""
    title = said(_("Record of the examination"))
    paper = Paper(title, f"{title} {record.folder}", issued)
    write_record(paper, record)
    paper.signatures(SIGNED)
    return paper.to_bytes(made_with)


def write_record(paper: Paper, record: Examination, level: int = 1) -> None:
    """The parts of a record, in a document of its own or, its headings deeper, as the annex of a report."""
    for heading, rows in (
        (_("1. The clocks"), record.clocks),
        (_("2. Who and where"), record.people),
        (_("3. The device and the app"), record.device),
        (_("4. The state before"), record.before),
    ):
        paper.heading(heading, level)
        paper.pairs(_pairs(rows))
    paper.heading(_("5. What was changed on the phone, and how it came back"), level)
    if record.changes:
        head = (pgettext("examination", "change"), _("command and time"), pgettext("examination", "put back"), _("lines"))
        paper.table(head, map(_changed, record.changes), (2, 4, 4, 1))
    else:
        paper.paragraph(_("No command that changes the phone and is to be undone is on record."))
    if record.sent:
        paper.paragraph(_("Shell commands that were sent besides while the run was recorded, but for those known to only read:"))
        paper.pairs(_pairs(record.sent))
    else:
        paper.paragraph(_("The other commands that were sent are not on record in this run."))
    paper.paragraph(record.besides)
    paper.heading(_("6. What was done"), level)
    paper.paragraph(_("{count} acts, each in the annex of this record.", count=record.acts))
    paper.heading(_("7. The state after"), level)
    paper.pairs(_pairs(record.after))
    paper.heading(_("8. What could not be put back"), level)
    for each in record.left or (_("Nothing."),):
        paper.paragraph(each)
    paper.heading(_("9. What the phone itself has on record"), level)
    paper.pairs(_pairs(record.witnesses))
    paper.heading(_("10. The evidence"), level)
    root = record.root or said(_("never sealed"))
    paper.pairs(((_("run folder"), record.folder), (_("root hash (SHA-256)"), root)))
    if record.reports:
        paper.paragraph(_("Reports issued of this run, with their SHA-256"))
        paper.pairs(_pairs(record.reports))
    paper.paragraph(_("This record was generated from the run folder and can be generated again; it cannot prove who held the phone."))
    paper.heading(_("Annex: what was done"), level)
    paper.paragraph(
        _(
            "Times are of the phone's clock (zone {zone}). Acts that repeat are one row; the lines are those of {journal}.",
            zone=record.zone,
            journal=record.journal,
        ),
        small=True,
    )
    for part in record.parts:
        paper.heading(f"{said(part.name)}  {part.start} – {part.end}", level + 1)
        if part.acts:
            columns = (_("time"), _("act"), _("lines"))
            paper.table(columns, _acts(part.acts), (2.2, 6, 1.2))
        else:
            paper.paragraph(_("Nothing was done in this part."))


def _pairs(rows: Iterable[Row]) -> Iterator[tuple[str, str]]:
    for row in rows:
        yield row.name, f"{said(row.value)}  {row.place}".rstrip()


def _changed(each: Changed) -> tuple[str, ...]:
    times = f" ×{each.count}" if each.count > 1 else ""
    back = f"\n{each.back}\n{each.back_wall}" if each.back else ""
    return said(each.name) + times, f"{each.command}\n{each.wall}", said(each.state) + back, each.lines


def _acts(acts: Iterable[ActionRow]) -> Iterator[tuple[str, ...]]:
    boot = 0
    for act in acts:
        reboot = said(_("after reboot {boot}\n", boot=act.boot)) if act.boot != boot else ""
        boot = act.boot
        until = f"\n– {act.until}" if act.until else ""
        beijing = said(_("\n{beijing} Beijing time", beijing=act.beijing)) if act.beijing else ""
        yield f"{reboot}{act.wall}{until}{beijing}", act.words, act.lines
