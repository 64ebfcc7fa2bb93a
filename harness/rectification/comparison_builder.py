"""Run folders, a notice and a day -> the comparison, with what came back: 反复出现.

That is a problem that came back after it was gone, or that three versions have (notice 164, 四（一）, weighs it apart).
One that is merely still there is none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from harness.events.findings import Outcome
from harness.rectification.cause_analysis import causes
from harness.rectification.comparison_model import ACCUSED, Comparison, Repeat, Row, Run, Shown, State
from harness.rectification.conditions import occasions
from harness.rectification.finding_comparison import compare, findings_of, rule_lines
from harness.rectification.judged_runs import notes, of_one_app, shown_runs
from harness.rectification.notice import Notice, need_rules
from harness.rectification.notice_answers import answered, with_answers
from harness.report.case import NO_CASE, Case
from harness.report.report_builder import judged
from harness.rules import load_rules
from harness.verdicts.analysis import read_run


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
    if notice is not None:
        need_rules(notice, {rule.id for rule in load_rules()}.union(*(run.verdicts for run in (*before, *after))))
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


EARLIER_VERSIONS = 2
"""So many earlier versions, and the new one."""


def earlier(folders: Sequence[Path], new: Sequence[Run]) -> tuple[Path, ...]:
    """Return the folders that hold an earlier run of the same developer; only run.json is read of each."""
    return tuple(folder for folder in dict.fromkeys(folders) if any(_earlier(folder, run) for run in new))


def _earlier(folder: Path, new: Run) -> bool:
    run, app = read_run(folder)
    mine = new.report.app
    if folder.resolve() == new.judged.analysis.folder.resolve() or str(run.get("started", "")) >= new.report.started:
        return False
    if app.package == mine.package:
        return (app.version_name, app.version_code) != (mine.version_name, mine.version_code)
    return bool(set(app.certificates_sha256) & set(mine.certificates_sha256))


def with_repeats(rows: Sequence[Row], runs: Sequence[Run]) -> tuple[Row, ...]:
    """The rows that repeat, each with those earlier runs, among ``runs``, that had the same problem."""
    return tuple(replace(row, repeats=_repeated(row, runs)) if row.state in (State.STILL, State.NEW) else row for row in rows)


def _repeated(row: Row, runs: Sequence[Run]) -> tuple[Repeat, ...]:
    found = tuple(_repeats(row, runs))
    versions = {(each.package, each.version) for each in found}
    return found if len(versions) >= EARLIER_VERSIONS or any(_gone_since(row, each, runs) for each in found if each.same_package) else ()


def _gone_since(row: Row, repeat: Repeat, runs: Sequence[Run]) -> bool:
    """Whether a version between that run and the new one was seen without the problem."""
    assert row.new is not None
    between = [run for run in runs if repeat.run.report.started < run.report.started and _earlier(run.judged.analysis.folder, row.new.run)]
    same = [run for run in between if run.report.app.package == repeat.package and row.rule.id in run.verdicts]
    return any(run.verdicts[row.rule.id].outcome is Outcome.CLEAR for run in same)


def _repeats(row: Row, runs: Sequence[Run]) -> Iterator[Repeat]:
    shown = row.new
    assert shown is not None
    for run in sorted(runs, key=lambda run: (run.report.started, run.name)):
        if not _earlier(run.judged.analysis.folder, shown.run):
            continue
        app, same = run.report.app, run.report.app.package == shown.run.report.app.package
        if any(each.outcome in ACCUSED and (not same or _alike(each, shown)) for each in findings_of(run, row.rule.id)):
            yield Repeat(run, app.package, run.version, same)


def _alike(one: Shown, other: Shown) -> bool:
    return bool(occasions(one.verdict.rule, one.finding) & occasions(other.verdict.rule, other.finding))
