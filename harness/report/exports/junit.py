"""JUnit XML for build servers: a suite a run, a case a rule."""

import re
from xml.etree.ElementTree import Element, SubElement, tostring

from harness.console import printable
from harness.events.findings import Outcome
from harness.language import both, chinese
from harness.report.exports.export_table import shortened
from harness.report.exports.result_rows import MARK, review_words, suppression_words
from harness.report.report_model import AppReport, Report, VerdictView

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
KINDS = {Outcome.VIOLATION: "failure", Outcome.INCONCLUSIVE: "error", Outcome.NOT_EXERCISED: "skipped"}
"""Outcome -> element. Suspected is a property: it fails no build, and a person has to look."""
MESSAGE_LIMIT, TEXT_LIMIT = 2_000, 20_000  # characters
MOST_FACTS = 20


def report_junit(report: Report) -> str:
    """JUnit: a failure is a violation, an error is inconclusive, skipped is not exercised; suspected is a property.

    A violation that is suppressed is skipped too, with who lives with it and why.
    """
    suites = Element("testsuites", name="apprights")
    for app in report.apps:
        _suite(suites, app)
    for name in ("tests", "failures", "errors"):
        suites.set(name, str(sum(int(suite.get(name, "0")) for suite in suites)))
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(suites, encoding="unicode") + "\n"


def _suite(suites: Element, app: AppReport) -> None:
    kinds = [_kind(verdict) for verdict in app.verdicts]
    suite = SubElement(
        suites,
        "testsuite",
        name=xml_text(f"{app.app.package} {app.app.version_name or ''}".strip()),
        tests=str(len(kinds)),
        failures=str(kinds.count("failure")),
        errors=str(kinds.count("error")),
        skipped=str(kinds.count("skipped")),
    )
    if app.started:
        suite.set("timestamp", xml_text(app.started[:19]))
    _properties(
        suite,
        date=app.date,
        device=app.device.get("model", ""),
        serial=app.device.get("serial", ""),
        android=app.device.get("android", ""),
        run=app.folder,
        root=app.manifest,
        altered=", ".join(app.altered),
        own=", ".join(part.en for part in app.own),
    )
    for verdict in app.verdicts:
        _case(suite, app, verdict)


def _case(suite: Element, app: AppReport, verdict: VerdictView) -> None:
    case = SubElement(suite, "testcase", classname=xml_text(app.app.package), name=xml_text(verdict.rule.id))
    suppressed = suppression_words(verdict)
    _properties(
        case,
        outcome=verdict.outcome.value,
        outcome_zh=verdict.outcome.label_zh,
        clause=str(verdict.rule.clause.number),
        severity=verdict.rule.severity.value,
        keys=" ".join(MARK + finding.key for finding in verdict.findings if finding.outcome is verdict.outcome),
        suppressed=suppressed,
        reviewed="; ".join(f"{MARK}{finding.key} {review_words(finding)}" for finding in verdict.findings if finding.reviews),
    )
    if kind := _kind(verdict):
        told = f"{verdict.outcome.label_zh}：{' / '.join(both(verdict.reason))}"
        element = SubElement(case, kind, message=xml_text(f"{suppressed}；{told}" if suppressed else told, MESSAGE_LIMIT))
        if verdict.outcome is Outcome.VIOLATION:
            element.set("type", "violation")
            element.text = xml_text("\n".join(_details(verdict)), TEXT_LIMIT)


def _kind(verdict: VerdictView) -> str:
    """The element of an outcome, empty for what passes; what somebody lives with breaks no build."""
    return "skipped" if verdict.suppressed is not None and verdict.outcome is Outcome.VIOLATION else KINDS.get(verdict.outcome, "")


def _details(verdict: VerdictView) -> list[str]:
    """What is behind a violation, line by line, with the places where it is recorded."""
    told: list[str] = []
    for finding in verdict.findings:
        if finding.outcome is not Outcome.VIOLATION:
            continue
        told += [f"{MARK}{finding.key} {' / '.join(both(finding.reason))}"]
        told += [f"  {fact.wall} {chinese(fact.text)} ({fact.place})" for fact in finding.facts[:MOST_FACTS]]
        told += [f"  {picture.path} {picture.sha256}" for picture in finding.pictures]
    return [*told, f"{verdict.rule.advice_zh} / {verdict.rule.advice_en}"]


def _properties(parent: Element, **told: str) -> None:
    """What is said beside, by name; what is empty is left out."""
    element = SubElement(parent, "properties")
    for name, value in told.items():
        if value:
            SubElement(element, "property", name=name, value=xml_text(value, MESSAGE_LIMIT))


def xml_text(text: str, most: int = MESSAGE_LIMIT) -> str:
    """Text that XML 1.0 may hold, and whose signs turn nothing round."""
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", printable(shortened(text, most)))
