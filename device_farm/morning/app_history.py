"""An app over its versions: what is new in each, still there, gone, and 反复出现.

A problem is the same by its key, which stays over versions. Not seen is gone only where its rule was judged clear in
the next version; and even that is no proof of a cure, which ``apprights rectification`` makes of the two runs.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.morning.app_rows import app_rows
from device_farm.morning.page_labels import CHANGE, rule_words
from device_farm.morning.page_model import AppHistory, Change, ChangedFinding, VersionRow
from device_farm.store.models import App, FindingRow, Result, Unit
from device_farm.store.tallies import overall
from device_farm.units.unit import UnitState
from harness.events.findings import Outcome

MOST_VERSIONS = 30
"""The newest of an app; more are counted as such."""
MOST_UNITS = 200
Found = dict[str, FindingRow]


def app_history(session: Session, package: str, *, limit: int = MOST_VERSIONS) -> AppHistory | None:
    """The newest versions of a package and what became of its problems; None where no app has that package."""
    newest = select(App).where(App.package == package).order_by(App.version_code.desc(), App.id.desc()).limit(limit + 1)
    apps = list(session.scalars(newest)) if package else []
    if not apps:
        return None
    shown = apps[:limit][::-1]
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
    return AppHistory(package, next((app.label for app in apps if app.label), package), signers, tuple(made[::-1]), len(apps) > limit)


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
