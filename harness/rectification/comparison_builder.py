"""Run folders, a notice and a day -> the comparison."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harness.rectification.cause_analysis import causes
from harness.rectification.comparison_model import Comparison, Row, Run
from harness.rectification.finding_comparison import compare, rule_lines
from harness.rectification.judged_runs import notes, of_one_app, shown_runs
from harness.rectification.notice_answers import answered, with_answers
from harness.rectification.recurrence import earlier, with_repeats
from harness.report.case import NO_CASE, Case
from harness.report.report_builder import judged

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from harness.rectification.notice import Notice


def comparison(
    old: Sequence[Path],
    new: Sequence[Path],
    on: date,
    *,
    notice: Notice | None = None,
    history: Sequence[Path] = (),
    case: Case = NO_CASE,
    issued: date | None = None,
) -> Comparison:
    """Judge the runs of both versions and put them beside each other, with the suppressions of the day of issue.

    Raises HarnessError where they are not of one app, FormatError for a damaged run.
    """
    of_one_app([*old, *new], notice.package if notice else "")
    before, after = (shown_runs(replace(judged(folder), on=issued) for folder in folders) for folders in (old, new))
    earlier_runs = (folder for folder in earlier(history, after) if folder not in old)
    past = shown_runs(replace(judged(folder), on=issued) for folder in earlier_runs)
    return compared(before, after, past, on, notice=notice, case=case)


def compared(
    before: tuple[Run, ...], after: tuple[Run, ...], past: tuple[Run, ...], on: date, *, notice: Notice | None, case: Case
) -> Comparison:
    """Put judged runs beside each other."""
    rows = with_repeats(tuple(map(_explained, compare(before, after))), (*past, *before))
    rows = with_answers(rows, notice.answers if notice else ())
    told = answered(notice, rows, before, after) if notice else ()
    rows = _with_measures(rows, {row.key: row for each in told for row in each.rows})
    return Comparison(before, after, rows, rule_lines(before, after), on, notes(before, after, notice), notice, told, case, past)


def _explained(row: Row) -> Row:
    shown = row.old or row.new
    return replace(row, causes=causes(shown)) if shown is not None else row


def _with_measures(rows: Sequence[Row], told: dict[str, Row]) -> tuple[Row, ...]:
    """The rows with what was said of the whole line of the notice, where nothing was said of them alone."""
    return tuple(told.get(row.key, row) for row in rows)
