"""Report -> JSON, CSV and JUnit XML, for programs, spreadsheets and build servers."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import Element, SubElement, tostring

from harness.console import json_text, printable
from harness.events.findings import Outcome
from harness.report.case import NO_CASE
from harness.verdicts.analysis_json import apps_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from harness.report.case import Case
    from harness.report.model import Report

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
COLUMNS = (
    *("package", "label", "version", "device", "android"),
    *("rule", "clause", "clause_label", "outcome", "outcome_zh", "reason_zh", "reason_en", "run"),
    *("date", "serial", "altered", "own"),
)


def report_json(runs: Iterable[dict[str, Any]], case: Case = NO_CASE) -> str:
    """What ``--json`` prints of these runs, as a file, with what the tester told of the case."""
    return json_text(apps_json(runs, case=case.to_json()), indent=1) + "\n"


def report_csv(report: Report) -> str:
    """One row a verdict, with a byte order mark so that Excel reads the Chinese.

    A cell that a spreadsheet would run as a formula is made text by an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for app in report.apps:
        for v in app.verdicts:
            cells = (
                app.app.package,
                app.app.label,
                app.app.version_name or "",
                app.device.get("model", ""),
                app.device.get("android", ""),
                v.rule.id,
                str(v.rule.clause.number),
                v.rule.clause.label_zh,
                v.outcome.value,
                v.outcome.label_zh,
                v.reason_zh,
                v.reason_en,
                app.folder,
                app.date,
                app.device.get("serial", ""),
                " ".join(app.altered),
                v.rule.origin or " ".join(t.name for t in v.rule.thresholds if t.ours is not None),
            )
            writer.writerow([("'" if cell[:1] in tuple("=+-@\t\r") else "") + printable(cell) for cell in cells])
    return "\ufeff" + out.getvalue()


def report_junit(report: Report) -> str:
    """JUnit: a failure is a violation, an error is inconclusive, skipped is not exercised; suspected is a property."""
    suites = Element("testsuites", name="apprights")
    for app in report.apps:
        outcomes = [v.outcome for v in app.verdicts]
        suite = SubElement(
            suites,
            "testsuite",
            name=_xml(f"{app.app.package} {app.app.version_name or ''}".strip()),
            tests=str(len(outcomes)),
            failures=str(outcomes.count(Outcome.VIOLATION)),
            errors=str(outcomes.count(Outcome.INCONCLUSIVE)),
            skipped=str(outcomes.count(Outcome.NOT_EXERCISED)),
        )
        told = SubElement(suite, "properties")
        for name, value in (
            ("date", app.date),
            ("device", app.device.get("model", "")),
            ("altered", ", ".join(app.altered)),
            ("own", ", ".join(part.en for part in app.own)),
        ):
            if value:
                SubElement(told, "property", name=name, value=_xml(value))
        for v in app.verdicts:
            case = SubElement(suite, "testcase", classname=_xml(app.app.package), name=v.rule.id)
            properties = SubElement(case, "properties")
            SubElement(properties, "property", name="outcome", value=v.outcome.value)
            SubElement(properties, "property", name="outcome_zh", value=v.outcome.label_zh)
            kinds = {Outcome.VIOLATION: "failure", Outcome.INCONCLUSIVE: "error", Outcome.NOT_EXERCISED: "skipped"}
            if v.outcome in kinds:
                SubElement(case, kinds[v.outcome], message=_xml(f"{v.outcome.label_zh}：{v.reason_zh} / {v.reason_en}"))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _xml(text: str) -> str:
    """Text that XML 1.0 may hold, and whose signs turn nothing round."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", printable(text))
