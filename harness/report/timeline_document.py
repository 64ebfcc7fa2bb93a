"""The course of a run in a Word document: the timeline in words, who started whom, the phone's policies, the walk."""

from pathlib import Path

from harness.language import Text, _, pgettext, said
from harness.report.docx import Cell, Paper, Shot, Words
from harness.report.policy_record import PolicyRecord
from harness.report.report_model import AppReport
from harness.report.report_pictures import MOST_SMALL, small_drawing
from harness.report.screen_map import ScreenRow, WalkMap
from harness.report.start_policies import Policies
from harness.report.timeline_chart import TimelineChart

_WIDE, _HIGH = 22, 40  # millimetres


def write_course(paper: Paper, app: AppReport, folder: Path) -> None:
    """What the page shows as a drawing and as lists, of a run that has it."""
    if app.reactions:
        paper.heading(_("What followed each refusal"), 2)
        paper.table(
            [_("Time"), _("Permission"), _("Pressed"), _("End")],
            ((f"{row.seconds:.1f} s\n{row.wall}", row.group, row.button, row.end_words) for row in app.reactions),
        )
    if app.policy:
        _policy(paper, app.policy)
    if app.lanes:
        _timeline(paper, app.lanes)
    if app.policies:
        _policies(paper, app.policies, folder)
    if app.walk:
        _walk(paper, app.walk, folder)


def _timeline(paper: Paper, lanes: TimelineChart) -> None:
    paper.heading(_("Timeline"), 2)
    for panel in lanes.panels:
        if len(lanes.panels) > 1:
            paper.paragraph(_("boot {number}", number=panel.boot + 1), bold=True, kept=True)
        paper.table(
            [_("Time"), _("What happened")],
            ((Words(f"{one.seconds:.1f} s  {one.wall}", small=True), one.text) for one in panel.told),
            (1.4, 3),
        )
        if panel.untold:
            paper.paragraph(_("{count} more in events.jsonl.", count=panel.untold), small=True)
    if lanes.rows:
        paper.paragraph(_("Who started whom"), bold=True, kept=True)
        head = (_("Boot, time"), _("Process or page"), _("Trigger"), _("Cause"), _("Caller, evidence"))
        paper.table(
            [*head, "SDK"],
            (
                (Words(f"{row.when}\n{row.wall}", small=True), row.process, row.trigger, row.cause_words, row.callers, row.sdk)
                for row in lanes.rows
            ),
        )
        if lanes.rows_left_off:
            paper.paragraph(_("{count} later start(s) are left off here; events.jsonl has them.", count=lanes.rows_left_off), small=True)
    if lanes.refused:
        paper.paragraph(_("{count} attempt(s) refused by Android or the ROM are counted apart.", count=lanes.refused), small=True)


def _policy(paper: Paper, record: PolicyRecord) -> None:
    paper.heading(_("The privacy policy beside what was seen"), 2)
    for title, signs, sha256 in record.sources:
        paper.paragraph(_("Read from {title}: {signs} signs, SHA-256 {sha256}", title=title, signs=signs, sha256=sha256), small=True)
    if record.doubt is not None:
        paper.paragraph(_("Not compared: {why}", why=record.doubt))
    if record.information:
        head = (_("Information, permission"), _("Told by the policy"), pgettext("policy", "Seen"), _("Evidence"))
        rows = ((row.name, row.told, row.actual, Words(row.evidence, small=True)) for row in record.information)
        paper.table(head, rows, (1, 1.6, 1.2, 1.8))
    if record.sdks:
        head = (Text("SDK"), _("In the package"), _("In the policy"), pgettext("policy", "Reads"))
        paper.table(head, ((row.name, row.packaged, row.told, row.read) for row in record.sdks))


def _policies(paper: Paper, policies: Policies, folder: Path) -> None:
    paper.heading(_("What the phone allows the app in the background"), 2)
    paper.table([_("Policy"), _("Before"), _("After")], ((row.name, row.before, row.after) for row in policies.rows))
    shown = ((f"{page}\n{path}", small_drawing(folder, path)) for page, path in policies.pages)
    paper.pictures([Shot(data, caption, _WIDE, _HIGH) for caption, data in shown if data])


def _walk(paper: Paper, walk: WalkMap, folder: Path) -> None:
    paper.heading(_("Screens that the walk came to"), 2)
    told = _("{count} screens, {steps} steps", count=len(walk.rows) + walk.more, steps=walk.steps)
    if walk.declared:
        told = _("{said}, {seen} of {declared} declared activities", said=told, seen=walk.seen, declared=walk.declared)
    paper.paragraph(told)
    if walk.ending:
        paper.paragraph(walk.ending)
    small = [small_drawing(folder, row.picture) if row.picture else None for row in walk.rows[:MOST_SMALL]]
    pictures = [*small, *[None] * (len(walk.rows) - len(small))]
    paper.table(
        [_("Picture"), _("Screen"), _("Asks")],
        (_screen(row, picture) for row, picture in zip(walk.rows, pictures, strict=True)),
        (0.6, 2, 2),
    )
    if walk.more:
        paper.paragraph(_("{count} more in raw/walk.json.", count=walk.more), small=True)


def _screen(row: ScreenRow, picture: bytes | None) -> tuple[Cell, ...]:
    where = said(_("from {screen}", screen=row.reached_from)) if row.reached_from else ""
    never = said(_(", never pressed {count}", count=row.left_out)) if row.left_out else ""
    pressed = said(_("pressed {pressed}/{controls}", pressed=row.pressed, controls=row.controls)) + never
    told = (Words(row.title, bold=True), *(Words(text, small=True) for text in (row.activity, where, pressed) if text))
    asks = tuple(_("'{control}' asks for {group}", control=control, group=group) for control, group in row.asks)
    return (Shot(picture, "", _WIDE, _HIGH) if picture else "–", told, asks or "–")
