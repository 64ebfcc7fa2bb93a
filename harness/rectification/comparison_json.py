"""The comparison for programs: one JSON object (docs/rectification.md)."""

from typing import Any

from harness.language import Text, both
from harness.rectification.comparison_model import Answered, Comparison, Row, Run, Shown

SCHEMA = 1
"""Raised when a key goes or means something else."""


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """All of it, without pictures: they lie in the run folders."""
    return {
        "schema": SCHEMA,
        "package": comparison.package,
        "label": comparison.label,
        "on": comparison.on.isoformat(),
        "notice": _notice(comparison),
        "apps": [_run(run, "old") for run in comparison.old] + [_run(run, "new") for run in comparison.new],
        "notes": [_words(note) for note in comparison.notes],
        "answers": [_answer(each) for each in comparison.answers],
        "problems": [_row(row) for row in comparison.rows],
        "rules": [{"rule": line.rule.id, "old": line.old, "new": line.new} for line in comparison.rules],
    }


def _words(words: Text) -> dict[str, str]:
    return dict(zip(("zh", "en"), both(words), strict=True))


def _notice(comparison: Comparison) -> dict[str, Any] | None:
    notice = comparison.notice
    if notice is None:
        return None
    due = notice.deadline
    return {
        "issuer": notice.issuer,
        "number": notice.number,
        "date": notice.dated.isoformat(),
        "received": notice.received.isoformat(),
        "app": notice.app,
        "version": notice.version,
        "deadline": due.last.isoformat(),
        "working_days": due.days,
        "working_days_left": due.left(comparison.on),
        "named_by_notice": due.printed,
        "holidays_checked": not due.unchecked_on(comparison.on),
    }


def _run(run: Run, side: str) -> dict[str, Any]:
    """A run as reports name it, so that ``apprights verify`` finds one that belongs to another."""
    app = run.report.app
    return {
        "side": side,
        "run": run.name,
        "root": run.report.manifest,
        "findings_sha256": run.report.findings_sha256,
        "version_name": app.version_name,
        "version_code": app.version_code,
        "started": run.report.started,
        "intact": not run.report.changes,
    }


def _answer(answer: Answered) -> dict[str, Any]:
    return {
        "problem": answer.problem.number,
        "label": answer.problem.label,
        "words": answer.problem.words,
        "known_label": answer.label.id if answer.label else None,
        "near": list(answer.near),
        "state": answer.state,
        "before": _words(answer.before),
        "after": _words(answer.after),
        "keys": [row.key for row in answer.rows],
    }


def _row(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "rule": row.rule.id,
        "clause": row.rule.clause.number,
        "state": row.state,
        "reason": _words(row.reason),
        "old": _shown(row.old),
        "new": _shown(row.new),
        "causes": [_words(each) for each in row.causes],
        "cause": row.cause or None,
        "measure": row.measure or None,
        "repeats": [{"run": each.run.name, "package": each.package, "version": each.version} for each in row.repeats],
    }


def _shown(shown: Shown | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    return {
        "run": shown.run.name,
        "key": shown.key,
        "part": shown.finding.part,
        "outcome": shown.outcome,
        "reason": _words(shown.view.reason),
        "pictures": [picture.path for picture in shown.view.pictures],
    }
