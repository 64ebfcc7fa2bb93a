"""A campaign for a build server: JUnit with a suite a unit, a case a rule; what could not be tested is an error."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from typing import TextIO
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.sax.saxutils import quoteattr

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.leads.lead_rows import reviews_of
from device_farm.leads.lead_tables import review_words
from device_farm.morning.app_rows import app_rows
from device_farm.morning.page_labels import rule_words
from device_farm.morning.page_model import AppRow
from device_farm.store.models import FindingRow, Result, Unit
from device_farm.store.reviews import REJECTED
from harness.custody.review_record import Review
from harness.events.findings import Outcome
from harness.language import said
from harness.report.exports.junit import KINDS, MESSAGE_LIMIT, xml_text
from harness.report.exports.result_rows import MARK
from harness.verdicts.customisations import suppression_for

Opinions = dict[tuple[int, str], list[tuple[FindingRow, Review | None]]]

_AT_ONCE = 500
_NOT_TESTED = "not-tested"
"""The case of a unit that has no answer at all."""


def write_junit(file: TextIO, session: Session, campaign: int, name: str) -> tuple[int, dict[str, int]]:
    """Write it suite by suite; how many, and the numbers at its top.

    A suspicion is a property: it fails no build, and a person has to look. A violation that the config suppresses, or
    of which people rejected every finding, is skipped, with who and why.
    """
    count, last, totals = 0, 0, dict.fromkeys(("tests", "failures", "errors", "skipped"), 0)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as suites:
        while units := _next(session, campaign, last):
            results: dict[int, list[Result]] = {unit: [] for unit in units}
            for result in session.scalars(select(Result).where(Result.unit_id.in_(units)).order_by(Result.rule)):
                results[result.unit_id].append(result)
            rows = list(app_rows(session, units))
            opinions = _opinions(session, {row.unit: row.run for row in rows})
            for row in rows:
                suite = _suite(row, results[row.unit], opinions)
                suites.write(tostring(suite, encoding="unicode") + "\n")
                totals = {kind: number + int(suite.get(kind, "0")) for kind, number in totals.items()}
            count += len(rows)
            last = units[-1]
            session.expunge_all()
        suites.seek(0)
        told = " ".join(f'{kind}="{number}"' for kind, number in totals.items())
        file.write(f'<?xml version="1.0" encoding="utf-8"?>\n<testsuites name={quoteattr(xml_text(name))} {told}>\n')
        shutil.copyfileobj(suites, file)
    file.write("</testsuites>\n")
    return count, totals


def _next(session: Session, campaign: int, last: int) -> list[int]:
    """Units behind ``last``, state by state in the order of ids."""
    found = select(Unit.id).where(Unit.campaign_id == campaign, Unit.id > last).order_by(Unit.id).limit(_AT_ONCE)
    return list(session.scalars(found))


def _opinions(session: Session, runs: Mapping[int, str]) -> Opinions:
    """The findings of some units with what was said of each last, by unit and rule."""
    found = list(session.scalars(select(FindingRow).where(FindingRow.unit_id.in_(runs)).order_by(FindingRow.id)))
    reviews = reviews_of(session, [(finding, runs[finding.unit_id]) for finding in found])
    of: Opinions = {}
    for finding in found:
        of.setdefault((finding.unit_id, finding.rule), []).append((finding, reviews.get(finding.id)))
    return of


def _suite(row: AppRow, results: Sequence[Result], opinions: Opinions) -> Element:
    cases = [_case(row, result, opinions.get((row.unit, result.rule), ())) for result in results] or [_untested(row)]
    kinds = [each.tag for case in cases for each in case]
    suite = Element(
        "testsuite",
        name=xml_text(f"{row.package or row.name} {row.version}".strip()),
        tests=str(len(cases)),
        failures=str(kinds.count("failure")),
        errors=str(kinds.count("error")),
        skipped=str(kinds.count("skipped")),
        timestamp=row.changed_at.isoformat()[:19],
    )
    properties = SubElement(suite, "properties")
    told = {"unit": str(row.unit), "state": row.state, "label": row.label, "phone": row.phone, "run": row.run, "root": row.root or ""}
    for name, value in told.items():
        if value:
            SubElement(properties, "property", name=name, value=xml_text(value, MESSAGE_LIMIT))
    suite.extend(cases)
    return suite


def _untested(row: AppRow) -> Element:
    case = Element("testcase", classname=xml_text(row.package or row.name), name=_NOT_TESTED)
    zh, en = row.reason
    SubElement(case, "error", message=xml_text(f"{row.state}: {zh} / {en}", MESSAGE_LIMIT))
    return case


def _case(row: AppRow, result: Result, found: Sequence[tuple[FindingRow, Review | None]]) -> Element:
    outcome, (zh, en) = Outcome(result.outcome), rule_words(result.rule)
    case = Element("testcase", classname=xml_text(row.package or row.name), name=xml_text(result.rule))
    properties = SubElement(case, "properties")
    kept = suppression_for(row.package, result.rule, outcome)
    suppressed = said(kept.told()) if kept is not None else ""
    reviewed = "; ".join(f"{MARK}{finding.key} {review_words(review)}" for finding, review in found if review is not None)
    told = {"outcome": outcome.value, "clause": result.clause, "label_zh": zh, "label_en": en}
    for name, value in (told | {"suppressed": suppressed, "reviewed": reviewed}).items():
        if value:
            SubElement(properties, "property", name=name, value=xml_text(value, MESSAGE_LIMIT))
    accusing = [review for finding, review in found if finding.outcome == outcome]
    rejected = reviewed if accusing and all(review is not None and review.decision == REJECTED for review in accusing) else ""
    excused = (suppressed or rejected) if outcome is Outcome.VIOLATION else ""
    if kind := "skipped" if excused else KINDS.get(outcome):
        message = f"{outcome.label_zh}：{result.reason_zh} / {result.reason_en}"
        SubElement(case, kind, message=xml_text(f"{excused}；{message}" if excused else message, MESSAGE_LIMIT))
    return case
