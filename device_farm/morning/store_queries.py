"""Queries of the farm's pages: each function takes a session and returns plain data.

SQLite and PostgreSQL alike. Lists come in pages (``Page``): give ``place=page.next`` back for the next one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from device_farm.morning.app_rows import app_rows, apps, find_apps, paged, phone_name, untested
from device_farm.morning.deadlines import deadlines, tell
from device_farm.morning.page_labels import CHANGE, SICK, clause_of, clause_words, grave, rule_words
from device_farm.morning.page_model import (
    AppHistory,
    AttemptRow,
    Change,
    ChangedFinding,
    ClauseCount,
    EvidenceRow,
    FindingLine,
    Page,
    QueueRow,
    ResultRow,
    RuleCount,
    SdkCount,
    UnitView,
    VersionRow,
)
from device_farm.morning.tonight import campaign, campaign_named, campaigns, counted, phones, refused, running, tonight
from device_farm.store.models import App, Artifact, Attempt, Device, FindingReview, FindingRow, FindingSdk, Result, Tally, Unit
from device_farm.store.reviews import latest_reviews, review_of
from device_farm.store.tallies import Subject, overall
from device_farm.units.unit import UnitState, fits
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


MOST_VERSIONS = 30
"""The newest of an app; more are counted as such."""
MOST_UNITS = 200
Found = dict[str, FindingRow]


def app_history(session: Session, package: str) -> AppHistory | None:
    """The newest versions of a package and what became of its problems; None where no app has that package."""
    newest = select(App).where(App.package == package).order_by(App.version_code.desc(), App.id.desc()).limit(MOST_VERSIONS + 1)
    apps = list(session.scalars(newest)) if package else []
    if not apps:
        return None
    shown = apps[:MOST_VERSIONS][::-1]
    units = session.execute(
        select(Unit.id, Unit.app_id, Unit.state)
        .where(Unit.app_id.in_([app.id for app in shown]))
        .order_by(Unit.id.desc())
        .limit(MOST_UNITS)
    ).all()
    of_app: dict[int, list[int]] = defaultdict(list)
    for id, app, _state in units:
        of_app[app].append(id)
    found = _found(session, [app.id for app in shown])
    judged = _judged(session, [id for id, _app, state in units if state == UnitState.DONE])
    rows = {row.unit: row for row in app_rows(session, [id for id, _app, _state in units])}
    made = [
        VersionRow(
            app=app.id,
            sha256=app.sha256,
            version=_version(app),
            version_code=app.version_code,
            signer=app.signer,
            store=app.store,
            first_seen_at=app.first_seen_at,
            units=tuple(rows[id] for id in of_app[app.id]),
            findings=tuple(_changes(app, _before(app, shown[:number], judged), found, judged)),
        )
        for number, app in enumerate(shown)
    ]
    signers = tuple(dict.fromkeys(app.signer for app in reversed(shown) if app.signer))
    return AppHistory(
        package, next((app.label for app in apps if app.label), package), signers, tuple(made[::-1]), len(apps) > MOST_VERSIONS
    )


def _before(app: App, older: Sequence[App], judged: dict[int, dict[str, Outcome]]) -> list[App]:
    """The older versions of the same developer that were tested."""
    return [each for each in older if each.signer == app.signer and each.id in judged]


def _changes(app: App, before: Sequence[App], found: dict[int, Found], judged: dict[int, dict[str, Outcome]]) -> Iterator[ChangedFinding]:
    """The problems of a version, and those of the one before it that it shows no more."""
    last = found[before[-1].id] if before else {}
    for key, row in found[app.id].items():
        had = [each for each in before if key in found[each.id]]
        change = Change.STILL if key in last else Change.AGAIN if had else Change.NEW
        yield _changed(row, change, [*had, app])
    if app.id not in judged:
        return
    for key, row in last.items():
        if key not in found[app.id]:
            gone = judged[app.id].get(row.rule) is Outcome.CLEAR
            yield _changed(row, Change.GONE if gone else Change.OPEN, [each for each in before if key in found[each.id]])


def _changed(row: FindingRow, change: Change, had: Sequence[App]) -> ChangedFinding:
    return ChangedFinding(
        key=row.key,
        rule=row.rule,
        rule_label=rule_words(row.rule),
        clause=row.clause,
        part=row.part,
        outcome=Outcome(row.outcome),
        change=change,
        change_label=CHANGE[change],
        reason=(row.reason_zh, row.reason_en),
        versions=tuple(_version(app) for app in had),
    )


def _found(session: Session, apps: Sequence[int]) -> dict[int, Found]:
    """The problems of each version by key, a violation before a suspicion."""
    found: dict[int, Found] = defaultdict(dict)
    units = select(Unit.id).where(Unit.app_id.in_(apps))
    query = select(FindingRow).where(FindingRow.unit_id.in_(units)).order_by(FindingRow.rule, FindingRow.id)
    for row in session.scalars(query):
        known = found[row.app_id].get(row.key)
        if known is None or (row.outcome == Outcome.VIOLATION and known.outcome != Outcome.VIOLATION):
            found[row.app_id][row.key] = row
    return found


def _judged(session: Session, units: Sequence[int]) -> dict[int, dict[str, Outcome]]:
    """The worst outcome of each rule by version; a version that was never tested is not in it."""
    outcomes: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    query = select(Unit.app_id, Result.rule, Result.outcome).join(Unit, Unit.id == Result.unit_id).where(Result.unit_id.in_(units))
    for app, rule, outcome in session.execute(query.distinct()):
        outcomes[app][rule].append(outcome)
    return {app: {rule: overall(each) for rule, each in rules.items()} for app, rules in outcomes.items()}


def _version(app: App) -> str:
    return app.version_name or str(app.version_code or app.sha256[:12])


__all__ = [
    "app_history", "app_rows", "apps", "campaign", "campaign_named", "campaigns", "clauses", "counted", "deadlines", "find_apps",
    "findings", "findings_of", "phones", "queue", "refused", "running", "sdks", "tell", "tonight", "unit_view", "untested",
]  # fmt: skip


MOST_FILES = 2000
"""Of one run that a page lists; a run has some hundred."""


def unit_view(session: Session, unit: int) -> UnitView | None:
    rows, row = app_rows(session, [unit]), session.get(Unit, unit)
    if not rows or row is None:
        return None
    of = campaign(session, row.campaign_id)
    assert of is not None
    tries = session.execute(
        select(Attempt, Device).outerjoin(Device, Device.id == Attempt.device_id).where(Attempt.unit_id == unit).order_by(Attempt.number)
    ).all()
    results = session.scalars(select(Result).where(Result.unit_id == unit).order_by(Result.rule))
    counted = next((attempt.id for attempt, _device in tries if attempt.number == row.counts), None)
    files = select(Artifact).where(Artifact.attempt_id == counted).order_by(Artifact.path).limit(MOST_FILES)
    return UnitView(
        app=rows[0],
        campaign=of,
        attempts=tuple(_attempt(attempt, device, counts=attempt.id == counted) for attempt, device in tries),
        results=tuple(
            ResultRow(each.rule, rule_words(each.rule), each.clause, Outcome(each.outcome), (each.reason_zh, each.reason_en))
            for each in results
        ),
        findings=findings_of(session, unit),
        evidence=tuple(EvidenceRow(each.path, each.sha256, each.size) for each in session.scalars(files)) if counted else (),
    )


def _attempt(row: Attempt, device: Device | None, *, counts: bool) -> AttemptRow:
    return AttemptRow(
        number=row.number,
        phone=phone_name(device),
        worker=row.worker,
        started_at=row.started_at,
        ended_at=row.ended_at,
        end=row.end or "",
        reason=(row.reason_zh, row.reason_en),
        run=row.run,
        root=row.root,
        seconds=row.seconds,
        counts=counts,
    )


OPEN = (UnitState.WAITING, UnitState.QUEUED, UnitState.RUNNING)


def queue(session: Session) -> tuple[QueueRow, ...]:
    """Each requirement with what is open of it, the most urgent first."""
    query = select(Unit.requirement, Unit.state, func.count(), func.max(Unit.priority)).where(Unit.state.in_(OPEN))
    numbers, priorities = defaultdict[str, Counter[str]](Counter), Counter[str]()
    for requirement, state, number, priority in session.execute(query.group_by(Unit.requirement, Unit.state)):
        numbers[requirement][state] = number
        priorities[requirement] = max(priorities.get(requirement, priority), priority)
    well = [device.labels for device in session.scalars(select(Device).where(Device.state.not_in(SICK)))]
    rows = [
        QueueRow(
            requirement=requirement,
            waiting=states[UnitState.WAITING],
            queued=states[UnitState.QUEUED],
            running=states[UnitState.RUNNING],
            priority=priorities[requirement],
            fits=sum(fits(requirement, labels) for labels in well),
        )
        for requirement, states in numbers.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.priority, row.requirement)))
