"""A judged run, and a report in which an app planted a text wherever one of its own can stand."""

import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from harness.events.findings import Outcome
from harness.language import known
from harness.report import Judged
from harness.report.report_builder import build_report
from harness.report.report_model import AppReport, Fact, Report, ReviewView, SuppressionView
from harness.verdicts.analysis import examine

OLD_RUNS = Path(__file__).parents[2] / "data" / "old_runs"


@pytest.fixture(scope="package")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Judged, ...]:
    """Three judged runs, each with a violation."""
    folder = tmp_path_factory.mktemp("runs")
    for archive in sorted(OLD_RUNS.glob("*.tar.xz")):
        with tarfile.open(archive) as file:
            file.extractall(folder, filter="data")
    return tuple(Judged(examine(path)) for path in sorted(folder.iterdir()))


@pytest.fixture(scope="package")
def report(runs: tuple[Judged, ...]) -> Report:
    return build_report(runs)


def planted(report: Report, text: str) -> Report:
    """The first run's report with ``text`` for all that comes from the app, its phone, or people."""
    return replace(report, apps=(_app(report.apps[0], text),))


def _app(app: AppReport, text: str) -> AppReport:
    verdicts = []
    for verdict in app.verdicts:
        findings = tuple(
            replace(
                finding,
                reason=known(text, text),
                part=text,
                steps=(known(text, text),),
                facts=tuple(_fact(fact, text) for fact in finding.facts),
                reviews=(ReviewView(True, text, "2026-11-28T05:52:12+00:00", text),),
            )
            for finding in verdict.findings
        )
        kept = SuppressionView(text, "2027-01-01", text, "apprights.toml") if verdict.outcome is Outcome.SUSPECTED else None
        verdicts.append(replace(verdict, reason=known(text, text), findings=findings, suppressed=kept))
    told = replace(app.app, label=text, version_name=text)
    device = app.device | {"model": text, "manufacturer": text}
    return replace(app, app=told, device=device, verdicts=tuple(verdicts), date=text, folder=text)


def _fact(fact: Fact, text: str) -> Fact:
    return replace(fact, text=known(text, text), raw=text, wall=text)
