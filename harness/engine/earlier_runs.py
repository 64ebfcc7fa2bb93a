"""The run of an earlier version, as the tester names it: judged by today's rules, as its version is to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harness.errors import ScenarioError
from harness.events.earlier_run import EarlierRun, version_of
from harness.events.findings import Outcome
from harness.language import _
from harness.recording.lists import sealed_root
from harness.recording.run_format import RUN
from harness.verdicts.analysis import examine

if TYPE_CHECKING:
    from pathlib import Path


def read_earlier(folder: Path) -> EarlierRun:
    """What was violated in a run folder; raises ScenarioError where it is none, FormatError for a damaged one."""
    if not (folder / RUN).is_file():
        raise ScenarioError(_("--earlier: {path} is no run folder", path=str(folder)[:200]))
    analysis = examine(folder)
    return EarlierRun(
        folder=folder.resolve().name,
        package=analysis.app.package,
        version=version_of(analysis.app),
        started=str(analysis.run.get("started", ""))[:10],
        root=sealed_root(folder),
        violations=tuple(verdict.rule.id for verdict in analysis.verdicts if verdict.outcome is Outcome.VIOLATION),
    )
