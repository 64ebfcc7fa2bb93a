"""The command that puts two versions of an app beside each other, and answers a regulator's notice."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Force, Json, takes
from harness.commands.run_commands import DIFFERS
from harness.commands.run_folder_arguments import existing
from harness.config.table_validation import today
from harness.engine.option_specs import need_file
from harness.errors import HarnessError
from harness.language import _, pick, said
from harness.recording.run_format import RUN
from harness.rectification.comparison_builder import comparison
from harness.rectification.comparison_json import comparison_json
from harness.rectification.comparison_model import Answered, Comparison, Row, State
from harness.rectification.comparison_output import write
from harness.rectification.comparison_texts import tally
from harness.rectification.notice import read_notice
from harness.report.case import read_case
from harness.report.output_formats import COMPARISON, to_be_written

UNDECIDED = 3
"""Exit code where nothing bad was seen, and something could not be said."""
CHINA = timezone(timedelta(hours=8))
STYLES = {
    State.FIXED: "green",
    State.STILL: "bold red",
    State.NEW: "bold red",
    State.OPEN: "magenta",
    State.NOT_REPRODUCED: "magenta",
    State.UNDETECTABLE: "dim",
}
_BAD = (State.STILL, State.NEW)
Notice = Annotated[Path | None, typer.Option("--notice", metavar="FILE", help=_("The regulator's notice, typed in as notice.toml."))]
Old = Annotated[list[Path] | None, typer.Option("--old", metavar="RUN", help=_("A run of the old version; repeatable."))]
History = Annotated[
    list[Path] | None,
    typer.Option("--history", metavar="RUN", help=_("Earlier runs, or a folder of them: a problem that was there before is marked.")),
]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("The day that the days left are counted from, by default today."))]
Output = Annotated[list[Path] | None, typer.Option("-o", "--output", help=_("Write it: .html, .docx, .pdf or .json; repeatable."))]


@takes("config", "case")
def compare(
    runs: Annotated[list[Path], typer.Argument(metavar="RUN...", help=_("OLD and NEW; with --notice or --old, runs of the new version."))],
    notice: Notice = None,
    old: Old = None,
    history: History = None,
    on: On = None,
    output: Output = None,
    json: Json = False,
    force: Force = False,
    **values: Any,
) -> None:
    """Put two versions of an app beside each other, and answer a regulator's notice."""
    day = _day(on)
    if notice is not None:
        need_file(notice, "--notice")
    told = read_notice(notice) if notice is not None else None
    before, after = [existing(run) for run in old or ()], [existing(run) for run in runs]
    if told is None and not before:
        if len(after) != 2:
            raise HarnessError(_("name two runs, OLD and NEW; with several of one version, give each old one with --old"))
        before, after = after[:1], after[1:]
    outputs = to_be_written(output or (), COMPARISON, force=force)
    case = read_case(values.get("case"))
    past, issued = [run for folder in history or () for run in _runs_in(folder)], today()
    found = comparison(before, after, day, notice=told, case=case, history=past, issued=issued)
    write(found, outputs, issued)
    if json:
        console.print_json(comparison_json(found))
    else:
        _show(found)
    for path in outputs:
        console.progress(said(_("Written: {path}", path=path)))
    if code := exit_code(found):
        raise typer.Exit(code)


def exit_code(found: Comparison) -> int:
    """1 where a problem is still there or new, or a run was altered; 3 where one could not be told; else 0."""
    states = {row.state for row in found.rows} | {answer.state for answer in found.answers}
    if found.altered or states & set(_BAD):
        return DIFFERS
    return UNDECIDED if states - {State.FIXED} else 0


def _show(found: Comparison) -> None:
    """The notice's lines first, then each problem on a line."""
    if found.notice is not None:
        due = found.notice.deadline
        days = said(due.words(found.on))
        console.say((said(_("{issuer} {number}: due {day}", issuer=found.notice.issuer, number=found.notice.number, day=due.last)), "bold"))
        console.say((said(_("As of {day}: {days}", day=found.on, days=days)), ""))
    for note in found.notes:
        console.say((said(note), "yellow"))
    for answer in found.answers:
        _show_answer(answer)
    for row in found.rows:
        _show_row(row)
    console.say((said(tally(found)), "bold"))


def _show_answer(answer: Answered) -> None:
    parts = (said(answer.state.words), f"{answer.problem.number}. {answer.problem.label[:80]}", said(answer.after))
    console.say((parts[0], STYLES[answer.state]), (f"  {parts[1]}  {parts[2]}", ""), indent=2)
    if answer.label is None:
        near = pick("、", ", ").join(answer.near) or "-"
        told = _(
            "{label}: no such label is known, it is answered as one that cannot be tested; like it: {near}",
            label=answer.problem.label[:80],
            near=near,
        )
        console.progress(said(told))


def _show_row(row: Row) -> None:
    rule = pick(row.rule.label_zh, row.rule.label_en)
    again = said(_(" (again)")) if row.repeats else ""
    console.say((said(row.state.words) + again, STYLES[row.state]), (f"  {rule} ({row.rule.id})  {said(row.reason)}", ""), indent=2)


def _day(text: str | None) -> date:
    """The day that was asked for; today's in China, where the working days are counted."""
    if text is None:
        return datetime.now(UTC).astimezone(CHINA).date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise HarnessError(_("--on: '{text}' is no day: write it as 2026-11-02", text=text[:40])) from None


def _runs_in(folder: Path) -> Sequence[Path]:
    found = existing(folder)
    return [found] if (found / RUN).is_file() else sorted(path.parent for path in found.glob(f"*/{RUN}"))
