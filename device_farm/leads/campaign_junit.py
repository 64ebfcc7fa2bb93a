"""A campaign for a build server: JUnit with a suite a unit, a case a rule; what could not be tested is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, tostring
from xml.sax.saxutils import quoteattr

from sqlalchemy import func, select

from device_farm.morning.app_rows import app_rows
from device_farm.morning.page_labels import rule_words
from device_farm.store.models import Result, Tally, Unit
from device_farm.store.tallies import Subject
from device_farm.units.unit import UnitState
from harness.events.findings import Outcome
from harness.report.exports.junit import KINDS, MESSAGE_LIMIT, xml_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TextIO

    from sqlalchemy.orm import Session

    from device_farm.morning.page_model import AppRow

_AT_ONCE = 500
_NOT_TESTED = "not-tested"
"""The case of a unit that has no answer at all."""


def write_junit(file: TextIO, session: Session, campaign: int, name: str) -> tuple[int, dict[str, int]]:
    """Write it suite by suite; how many, and the numbers at its top.

    A suspicion is a property: it fails no build, and a person has to look.
    """
    file.write('<?xml version="1.0" encoding="utf-8"?>\n')
    totals = _totals(session, campaign)
    told = " ".join(f'{kind}="{number}"' for kind, number in totals.items())
    file.write(f"<testsuites name={quoteattr(xml_text(name))} {told}>\n")
    count, last = 0, 0
    while units := _next(session, campaign, last):
        results: dict[int, list[Result]] = {unit: [] for unit in units}
        for result in session.scalars(select(Result).where(Result.unit_id.in_(units)).order_by(Result.rule)):
            results[result.unit_id].append(result)
        for row in app_rows(session, units):
            file.write(tostring(_suite(row, results[row.unit]), encoding="unicode") + "\n")
            count += 1
        last = units[-1]
        session.expunge_all()
    file.write("</testsuites>\n")
    return count, totals


def _next(session: Session, campaign: int, last: int) -> list[int]:
    """Units behind ``last``, state by state in the order of ids."""
    found = select(Unit.id).where(Unit.campaign_id == campaign, Unit.id > last).order_by(Unit.id).limit(_AT_ONCE)
    return list(session.scalars(found))


def _totals(session: Session, campaign: int) -> dict[str, int]:
    judged = select(Tally.outcome, func.sum(Tally.units)).where(Tally.campaign_id == campaign, Tally.subject == Subject.RULE)
    outcomes = {Outcome(outcome): int(number) for outcome, number in session.execute(judged.group_by(Tally.outcome))}
    every = session.scalar(select(func.count()).where(Unit.campaign_id == campaign)) or 0
    mine = Unit.campaign_id == campaign, Unit.state == UnitState.DONE, select(Result.id).where(Result.unit_id == Unit.id).exists()
    lacking = every - (session.scalar(select(func.count()).where(*mine)) or 0)
    return {
        "tests": sum(outcomes.values()) + lacking,
        "failures": outcomes.get(Outcome.VIOLATION, 0),
        "errors": outcomes.get(Outcome.INCONCLUSIVE, 0) + lacking,
        "skipped": outcomes.get(Outcome.NOT_EXERCISED, 0),
    }


def _suite(row: AppRow, results: Sequence[Result]) -> Element:
    kinds = [KINDS.get(Outcome(result.outcome), "") for result in results] or ["error"]
    suite = Element(
        "testsuite",
        name=xml_text(f"{row.package or row.name} {row.version}".strip()),
        tests=str(len(kinds)),
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
    for result in results:
        _case(suite, row, result)
    if not results:
        case = SubElement(suite, "testcase", classname=xml_text(row.package or row.name), name=_NOT_TESTED)
        zh, en = row.reason
        SubElement(case, "error", message=xml_text(f"{row.state}: {zh} / {en}", MESSAGE_LIMIT))
    return suite


def _case(suite: Element, row: AppRow, result: Result) -> None:
    outcome, (zh, en) = Outcome(result.outcome), rule_words(result.rule)
    case = SubElement(suite, "testcase", classname=xml_text(row.package or row.name), name=xml_text(result.rule))
    properties = SubElement(case, "properties")
    for name, value in (("outcome", outcome.value), ("clause", result.clause), ("label_zh", zh), ("label_en", en)):
        SubElement(properties, "property", name=name, value=xml_text(value))
    if kind := KINDS.get(outcome):
        message = f"{outcome.label_zh}：{result.reason_zh} / {result.reason_en}"
        SubElement(case, kind, message=xml_text(message, MESSAGE_LIMIT))
