"""Counts for pages, updated in the transaction that ends a unit; they can be made anew from the results."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import Executable, case, delete, func, insert, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from device_farm.store.models import FindingRow, FindingSdk, Result, Tally, Unit
from harness.events.findings import Outcome

WORST = (Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE, Outcome.CLEAR, Outcome.NOT_EXERCISED)
"""The gravest first, as a unit is named by it."""


SEVERAL = ", "
"""Between the names of SDKs that had part in one finding."""
_AT_ONCE = 5_000


class Subject(StrEnum):
    """The subject of a count."""

    RULE = "rule"
    CLAUSE = "clause"
    SDK = "sdk"


Key = tuple[str, str, str]
"""Subject, name, outcome."""


def overall(outcomes: Iterable[str]) -> Outcome:
    """One word for a unit, the gravest of its rules; nothing at all is inconclusive, never clear."""
    found = set(outcomes)
    return next((outcome for outcome in WORST if outcome in found), Outcome.INCONCLUSIVE)


def count_in(session: Session, campaign: int, results: Sequence[Result], findings: Sequence[FindingRow]) -> None:
    """Count what one unit brought home; called once for a unit, by whoever wrote its rows.

    Rows are taken in one order, so that two units which end at once do not wait for each other in a circle.
    """
    for finding in findings:
        session.add_all(
            FindingSdk(finding_id=finding.id, sdk=sdk, campaign_id=campaign, outcome=str(finding.outcome)) for sdk in sdks_in(finding.sdk)
        )
    units, found = Counter(_units(results, findings)), Counter(_found(findings))
    rows = [
        {"campaign_id": campaign, "subject": key[0], "name": key[1], "outcome": key[2], "units": units[key], "findings": found[key]}
        for key in sorted(units.keys() | found.keys())
    ]
    if rows:
        made = _insert(session)
        more = {column: getattr(Tally, column) + made.excluded[column] for column in ("units", "findings")}
        session.execute(made.on_conflict_do_update(index_elements=["campaign_id", "subject", "name", "outcome"], set_=more), rows)


def sdks_in(text: str) -> tuple[str, ...]:
    """The SDKs of a finding, each once."""
    return tuple(dict.fromkeys(filter(None, text.split(SEVERAL))))


def recount(session: Session) -> int:
    """Make every count anew from ``results`` and ``findings``; how many counts there are."""
    _list_sdks(session)
    counted: dict[tuple[int, Key], list[int]] = defaultdict(lambda: [0, 0])
    for place, query in ((0, _rules()), (0, _clauses()), (0, _sdks()), *((1, each) for each in _findings())):
        for campaign, subject, name, outcome, number in session.execute(query):
            counted[campaign, (subject, name, outcome)][place] += number
    session.execute(delete(Tally))
    rows = [
        {"campaign_id": campaign, "subject": subject, "name": name, "outcome": outcome, "units": units, "findings": findings}
        for (campaign, (subject, name, outcome)), (units, findings) in counted.items()
    ]
    if rows:
        session.execute(insert(Tally), rows)
    return len(rows)


def _units(results: Sequence[Result], findings: Sequence[FindingRow]) -> Iterator[Key]:
    """What a unit counts for as one: each rule, each clause by its worst rule, each SDK by its worst finding."""
    clauses, sdks = defaultdict(list), defaultdict(list)
    for result in results:
        clauses[result.clause].append(result.outcome)
        yield Subject.RULE.value, result.rule, str(result.outcome)
    for finding in findings:
        for sdk in sdks_in(finding.sdk):
            sdks[sdk].append(finding.outcome)
    for subject, found in ((Subject.CLAUSE, clauses), (Subject.SDK, sdks)):
        for name, outcomes in found.items():
            yield subject.value, name, overall(outcomes).value


def _found(findings: Sequence[FindingRow]) -> Iterator[Key]:
    for finding in findings:
        yield Subject.RULE.value, finding.rule, str(finding.outcome)
        yield Subject.CLAUSE.value, finding.clause, str(finding.outcome)
        for sdk in sdks_in(finding.sdk):
            yield Subject.SDK.value, sdk, str(finding.outcome)


def _list_sdks(session: Session) -> None:
    """The SDKs of every finding anew, some thousand at a time."""
    session.execute(delete(FindingSdk))
    named = select(FindingRow.id, FindingRow.sdk, FindingRow.campaign_id, FindingRow.outcome).where(FindingRow.sdk != "")
    last = 0
    while found := session.execute(named.where(FindingRow.id > last).order_by(FindingRow.id).limit(_AT_ONCE)).all():
        rows = [
            {"finding_id": id, "sdk": sdk, "campaign_id": campaign, "outcome": outcome}
            for id, text, campaign, outcome in found
            for sdk in sdks_in(text)
        ]
        session.execute(insert(FindingSdk), rows)
        last = found[-1][0]


def _insert(session: Session) -> Any:
    """Both databases know an insert that adds to what is there; each has its own name for it."""
    return (postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert)(Tally)


def _rules() -> Executable:
    named = select(Unit.campaign_id, literal(Subject.RULE.value), Result.rule, Result.outcome, func.count())
    return named.join(Unit, Unit.id == Result.unit_id).group_by(Unit.campaign_id, Result.rule, Result.outcome)


def _clauses() -> Executable:
    worst = select(Result.unit_id, Result.clause.label("name"), _rank(Result.outcome)).group_by(Result.unit_id, Result.clause).subquery()
    return _by_worst(worst, Subject.CLAUSE)


def _sdks() -> Executable:
    some = select(FindingRow.unit_id, FindingSdk.sdk.label("name"), _rank(FindingSdk.outcome))
    some = some.join(FindingRow, FindingRow.id == FindingSdk.finding_id)
    return _by_worst(some.group_by(FindingRow.unit_id, FindingSdk.sdk).subquery(), Subject.SDK)


def _rank(outcome: Any) -> Any:
    """The gravest of some outcomes, as its place among them."""
    return func.min(case({each.value: place for place, each in enumerate(WORST)}, value=outcome, else_=len(WORST))).label("worst")


def _by_worst(worst: Any, subject: Subject) -> Executable:
    outcome = case({place: each.value for place, each in enumerate(WORST)}, value=worst.c.worst, else_=Outcome.INCONCLUSIVE.value)
    counted = select(Unit.campaign_id, literal(subject.value), worst.c.name, outcome, func.count())
    return counted.join(Unit, Unit.id == worst.c.unit_id).group_by(Unit.campaign_id, worst.c.name, worst.c.worst)


def _findings() -> Iterator[Executable]:
    columns: tuple[tuple[Subject, Any, Any], ...] = (
        (Subject.RULE, FindingRow, FindingRow.rule),
        (Subject.CLAUSE, FindingRow, FindingRow.clause),
        (Subject.SDK, FindingSdk, FindingSdk.sdk),
    )
    for subject, table, column in columns:
        counted = select(table.campaign_id, literal(subject.value), column, table.outcome, func.count())
        yield counted.group_by(table.campaign_id, column, table.outcome)
