"""The run of an earlier version, as the tester names it: judged by today's rules, as its version is to be compared."""

from collections.abc import Iterable
from pathlib import Path

from harness.errors import ScenarioError
from harness.events.app_under_test import AppUnderTest
from harness.events.earlier_run import EarlierRun, version_of
from harness.events.findings import Outcome
from harness.language import _
from harness.recording.lists import sealed_root
from harness.recording.run_format import RUN
from harness.verdicts.analysis import examine, read_run


def need_run(folder: Path) -> Path:
    """The folder; raises ScenarioError where it is no run folder: said before anything starts."""
    if not (folder / RUN).is_file():
        raise ScenarioError(_("--earlier: {path} is no run folder", path=str(folder)[:200]))
    return folder


def of_other_versions(folders: Iterable[Path], package: str, version: str) -> tuple[EarlierRun, ...]:
    """Of the runs of many apps those of other versions of this one, judged. Errors as of ``read_earlier``."""
    others = (folder for folder in map(need_run, folders) if _is_other(read_run(folder)[1], package, version))
    return tuple(map(read_earlier, others))


def _is_other(app: AppUnderTest, package: str, version: str) -> bool:
    return app.package == package and version_of(app) != version


def read_earlier(folder: Path) -> EarlierRun:
    """What was violated in a run folder; raises ScenarioError where it is none, FormatError for a damaged one."""
    analysis = examine(need_run(folder))
    return EarlierRun(
        folder=folder.resolve().name,
        package=analysis.app.package,
        version=version_of(analysis.app),
        started=str(analysis.run.get("started", ""))[:10],
        root=sealed_root(folder),
        violations=tuple(verdict.rule.id for verdict in analysis.verdicts if verdict.outcome is Outcome.VIOLATION),
    )
