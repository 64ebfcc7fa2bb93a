"""Queries of findings: counted by clause, rule and SDK, and line by line."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from device_farm.morning.app_rows import paged
from device_farm.morning.page_labels import clause_of, clause_words, grave, rule_words
from device_farm.morning.page_model import ClauseCount, FindingLine, Page, RuleCount, SdkCount
from device_farm.store.models import App, FindingReview, FindingRow, FindingSdk, Result, Tally
from device_farm.store.reviews import latest_reviews, review_of
from device_farm.store.tallies import Subject
from harness.events.findings import Outcome

HELD = (Outcome.VIOLATION, Outcome.SUSPECTED)
_Counts = dict[str, tuple[dict[Outcome, int], dict[Outcome, int]]]


def clauses(session: Session, campaign: int | None = None) -> tuple[ClauseCount, ...]:
    """Every clause that was judged, with its rules; of one campaign, or of all."""
    counted = _tallied(session, Subject.CLAUSE, campaign)
    rules: dict[str, list[RuleCount]] = defaultdict(list)
    for rule, (units, findings) in sorted(_tallied(session, Subject.RULE, campaign).items()):
        rules[_clause_of(session, rule)].append(RuleCount(rule, rule_words(rule), units, findings))
    found = [ClauseCount(name, clause_words(name), *both, tuple(rules[name])) for name, both in counted.items()]
    return tuple(sorted(found, key=lambda each: (not each.clause.isdecimal(), each.clause.zfill(3))))


def sdks(session: Session, campaign: int | None = None, *, limit: int = 100) -> tuple[SdkCount, ...]:
    """The SDKs that something is held against, those in most units first."""
    found = [SdkCount(name, *both) for name, both in _tallied(session, Subject.SDK, campaign).items()]
    found.sort(key=lambda each: (-each.units.get(Outcome.VIOLATION, 0), -each.units.get(Outcome.SUSPECTED, 0), each.sdk))
    return tuple(found[:limit])


def findings(
    session: Session,
    campaign: int | None = None,
    *,
    clause: str | None = None,
    rule: str | None = None,
    sdk: str | None = None,
    outcome: Outcome | None = None,
    place: str | None = None,
    limit: int = 50,
) -> Page[FindingLine]:
    """Findings of a campaign, or of all: violations before what is suspected, rule by rule, the newest first.

    ``sdk`` goes before ``rule``, ``rule`` before ``clause``.
    """
    table, key = (FindingSdk, FindingSdk.finding_id) if sdk is not None else (FindingRow, FindingRow.id)
    mine = select(key).where(*[table.campaign_id == campaign] * (campaign is not None))
    if sdk is not None:
        of = [mine.where(FindingSdk.sdk == sdk)]
    else:
        of = [mine.where(FindingRow.rule == each) for each in ([rule] if rule is not None else _rules(session, campaign, clause))]
    groups = [query.where(table.outcome == each) for each in ((outcome,) if outcome is not None else HELD) for query in of]
    return paged(session, groups, key, place, limit, lambda ids: lines(session, [id for (id,) in ids]), newest_first=True)


def findings_of(session: Session, unit: int, *, limit: int = 1000) -> tuple[FindingLine, ...]:
    """Everything that is held against the app of one unit, the gravest first: by outcome, then as ``grave`` has it."""
    mine = session.execute(select(FindingRow.outcome, FindingRow.rule, FindingRow.id).where(FindingRow.unit_id == unit)).all()
    ordered = sorted(mine, key=lambda row: (HELD.index(Outcome(row[0])), grave(row[1]), row[2]))
    return lines(session, [id for _outcome, _rule, id in ordered[:limit]])


def lines(session: Session, ids: Sequence[int]) -> tuple[FindingLine, ...]:
    """Some findings with their apps, in the order given."""
    joined = select(FindingRow, App).join(App, App.id == FindingRow.app_id).where(FindingRow.id.in_(ids))
    said = latest_reviews(session, ids)
    made = {row.id: _line(row, app, said.get(row.id)) for row, app in session.execute(joined)}
    return tuple(made[id] for id in ids if id in made)


def _line(row: FindingRow, app: App, said: FindingReview | None) -> FindingLine:
    return FindingLine(
        id=row.id,
        unit=row.unit_id,
        campaign=row.campaign_id,
        app=app.label or app.package,
        package=app.package,
        version=app.version_name or str(app.version_code or ""),
        rule=row.rule,
        rule_label=rule_words(row.rule),
        clause=row.clause,
        clause_label=clause_words(row.clause),
        outcome=Outcome(row.outcome),
        part=row.part,
        key=row.key,
        sdk=row.sdk,
        reason=(row.reason_zh, row.reason_en),
        picture=row.picture,
        found_at=row.found_at,
        review=review_of(row, said) if said is not None else None,
    )


def _tallied(session: Session, subject: Subject, campaign: int | None) -> _Counts:
    query = select(Tally.name, Tally.outcome, func.sum(Tally.units), func.sum(Tally.findings)).where(Tally.subject == subject)
    if campaign is not None:
        query = query.where(Tally.campaign_id == campaign)
    counted: _Counts = defaultdict(lambda: ({}, {}))
    for name, outcome, units, findings in session.execute(query.group_by(Tally.name, Tally.outcome)):
        for place, number in enumerate((units, findings)):
            if number:
                counted[name][place][Outcome(outcome)] = int(number)
    return counted


def _rules(session: Session, campaign: int | None, clause: str | None) -> list[str]:
    """The rules that something was found of, in a fixed order."""
    query = select(Tally.name).where(Tally.subject == Subject.RULE, Tally.findings > 0).distinct()
    if campaign is not None:
        query = query.where(Tally.campaign_id == campaign)
    return [rule for rule in sorted(session.scalars(query)) if clause is None or _clause_of(session, rule) == clause]


def _clause_of(session: Session, rule: str) -> str:
    """The clause that a rule belongs to; of one that this version does not know any row says so."""
    if (known := clause_of(rule)) is not None:
        return known
    found: Any = session.scalars(select(Result.clause).where(Result.rule == rule).limit(1)).one_or_none()
    if found is None:
        found = session.scalars(select(FindingRow.clause).where(FindingRow.rule == rule).limit(1)).one_or_none()
    return found or ""
