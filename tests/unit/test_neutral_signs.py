"""Control signs and bidi marks of an app's texts steer no reader: in no format do they stand as they are."""

import json
import re
import tarfile
from dataclasses import replace
from pathlib import Path

import pytest

from harness.console import json_text, print_json, printable
from harness.engine.scenario import sentence
from harness.language import chinese, known
from harness.report.exports.export_table import csv_text
from harness.report.exports.junit import report_junit
from harness.report.exports.result_tables import verdicts
from harness.report.html import render_app, render_html
from harness.report.report_builder import build_report, judged
from harness.report.report_model import Report
from harness.verdicts.analysis import examine
from harness.verdicts.analysis_json import apps_json

ARCHIVE = min((Path(__file__).parents[1] / "data" / "old_runs").glob("*.tar.xz"), key=lambda path: path.stat().st_size)
MARKS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
CONTROLS = "\x07\x1b\x85\x9b\u2028"
STEERING = re.compile(f"[{MARKS}{CONTROLS}]")
LABEL = f"付款{MARKS}{CONTROLS}app"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recorded run."""
    folder = tmp_path_factory.mktemp("runs")
    with tarfile.open(ARCHIVE) as file:
        file.extractall(folder, filter="data")
    return next(path.parent for path in folder.rglob("run.json"))


@pytest.fixture(scope="module")
def report(run: Path) -> Report:
    """A report on an app that carries the signs in its label, its version and the reasons of its verdicts."""
    built = build_report([judged(run)])
    (one,) = built.apps
    verdicts = tuple(replace(verdict, reason=known(f"理由{LABEL}", LABEL)) for verdict in one.verdicts)
    app = replace(one.app, label=LABEL, version_name=LABEL)
    return replace(built, apps=(replace(one, app=app, verdicts=verdicts, device=one.device | {"model": LABEL}),))


def as_json(report: Report) -> str:
    """The JSON of a report with these apps."""
    return json_text(
        apps_json({"app": {"label": app.app.label}, "rules": [chinese(v.reason) for v in app.verdicts]} for app in report.apps)
    )


def report_csv(report: Report) -> str:
    """Its table of verdicts."""
    return csv_text(verdicts(report))


@pytest.mark.parametrize("write", [report_csv, report_junit, as_json, render_html])
def test_no_format_of_a_report_has_a_sign_that_steers(report: Report, write) -> None:
    text = write(report)
    assert "付款" in text
    assert STEERING.findall(text) == []


def test_json_keeps_what_the_app_said(report: Report, capsys: pytest.CaptureFixture[str]) -> None:
    assert json.loads(as_json(report))["apps"][0]["app"]["label"] == LABEL
    print_json({"label": LABEL})
    line = capsys.readouterr().out
    assert STEERING.findall(line) == []
    assert json.loads(line) == {"label": LABEL}
    assert json_text({"a": "\u202e"}) == '{"a": "\\u202e"}'


def test_what_pytest_prints_and_a_fragment_shows_have_none(run: Path) -> None:
    verdict = replace(examine(run).verdicts[0], reason=known(LABEL, LABEL))
    assert STEERING.findall(printable(sentence(verdict))) == []
    assert STEERING.findall(render_app(build_report([judged(run)]).apps[0])) == []


def test_what_is_taken_out_is_seen_and_nothing_else_is() -> None:
    assert printable(MARKS + CONTROLS) == "\N{REPLACEMENT CHARACTER}" * len(MARKS + CONTROLS)
    for text in ("第一行\n第二行\t列", "👨\u200d👩\u200d👧", "العربية", "ไทย", "a\u0301"):
        assert printable(text) == text
