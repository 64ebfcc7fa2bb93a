"""反复出现: the same problem in an earlier version of the same developer, which notice 164 (四（一）) weighs apart."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from harness.rectification.comparison_model import ACCUSED, Repeat, Row, State
from harness.rectification.finding_comparison import findings_of
from harness.rectification.trigger_conditions import occasions
from harness.verdicts.analysis import read_run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from harness.rectification.comparison_model import Run, Shown


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
    """The rows with those earlier runs, among ``runs``, that had the same problem."""
    return tuple(replace(row, repeats=tuple(_repeats(row, runs))) if row.state in (State.STILL, State.NEW) else row for row in rows)


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
