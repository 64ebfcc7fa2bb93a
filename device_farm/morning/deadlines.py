"""The working days of those who were told: five from the day after, by the Chinese calendar (notice 164, 四（一）)."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta, timezone

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from device_farm.morning.page_model import Deadline, Page
from device_farm.store.models import App, FindingRow, Telling, Unit
from device_farm.store.tallies import overall
from device_farm.units.unit import UnitState
from harness.events.findings import Outcome
from harness.language import both
from harness.rectification.deadline import Deadline as Counted
from harness.rectification.deadline import deadline

BEIJING = timezone(timedelta(hours=8))


def day_of(moment: datetime) -> date:
    return moment.astimezone(BEIJING).date()


def month_of(year: int, month: int) -> tuple[datetime, datetime]:
    """The moments at which a month in Beijing begins and is over."""
    after = date(year + month // 12, month % 12 + 1, 1)
    return datetime.combine(date(year, month, 1), time(), BEIJING), datetime.combine(after, time(), BEIJING)


def clock(moment: datetime | None) -> str:
    """A moment as a page shows it, to the minute."""
    return f"{moment.astimezone(BEIJING):%Y-%m-%d %H:%M}" if moment is not None else ""


_AT_ONCE = 500


def tell(session: Session, apps: Iterable[int], on: date, by: str) -> int:
    """The companies of some apps were told on a day; how many had not been before.

    Only of apps that something is proved against. Who was told once has the deadline of that day, however often a list
    is exported again.
    """
    told, wanted = 0, list(dict.fromkeys(apps))
    due = deadline(on).last
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        bad = exists().where(FindingRow.unit_id == Unit.id, FindingRow.outcome == Outcome.VIOLATION)
        guilty = set(session.scalars(select(Unit.app_id).where(Unit.app_id.in_(some), bad)))
        known = set(session.scalars(select(Telling.app_id).where(Telling.app_id.in_(some))))
        fresh = [app for app in some if app in guilty - known]
        session.add_all(Telling(app_id=app, told_on=on, due_on=due, by=by[:100]) for app in fresh)
        session.flush()
        told += len(fresh)
    return told


def found_after(session: Session, apps: Sequence[int], on: date) -> list[str]:
    """The apps, by name, against which nothing was proved yet on a day: nobody can have been told of it then."""
    names: list[str] = []
    for start in range(0, len(apps), _AT_ONCE):
        query = select(App.label, App.package, func.min(FindingRow.found_at)).join(App, App.id == FindingRow.app_id)
        query = query.where(FindingRow.app_id.in_(apps[start : start + _AT_ONCE]), FindingRow.outcome == Outcome.VIOLATION)
        rows = session.execute(query.group_by(App.id, App.label, App.package).order_by(App.id)).all()
        names += [label or package for label, package, first in rows if day_of(first) > on]
    return names


def told_otherwise(session: Session, apps: Sequence[int], on: date) -> list[Telling]:
    """Who of the companies of some apps was told, by the store, on another day."""
    found: list[Telling] = []
    for start in range(0, len(apps), _AT_ONCE):
        some = select(Telling).where(Telling.app_id.in_(apps[start : start + _AT_ONCE]), Telling.told_on != on)
        found += session.scalars(some.order_by(Telling.id))
    return found


def correct(session: Session, wrong: Sequence[Telling], on: date, by: str) -> int:
    """Set the day anew of companies that were told on another; how many. What stood there before is kept in words."""
    due = deadline(on).last
    for row in wrong:
        row.by = f"{by}, corrected, was {row.told_on}"[:100]
        row.told_on, row.due_on = on, due
    session.flush()
    return len(wrong)


def deadlines(session: Session, on: date, *, since: date | None = None, place: str | None = None, limit: int = 50) -> Page[Deadline]:
    """The deadlines, those that are over first; only from the day ``since`` where it is named. ``on`` is today."""
    query = select(Telling, App).join(App, App.id == Telling.app_id).order_by(Telling.due_on, Telling.id).limit(limit + 1)
    if since is not None:
        query = query.where(Telling.due_on >= since)
    if place:
        last = session.get(Telling, int(place)) if place.isascii() and place.isdecimal() else None
        if last is None:
            return Page(())
        query = query.where(or_(Telling.due_on > last.due_on, and_(Telling.due_on == last.due_on, Telling.id > last.id)))
    found = session.execute(query).all()
    newer = _newer(session, [app for _telling, app in found[:limit]])
    rows = tuple(_deadline(telling, app, newer.get(app.id), on) for telling, app in found[:limit])
    return Page(rows, str(rows[-1].id) if len(found) > limit else None)


def _deadline(row: Telling, app: App, newer: tuple[str, Outcome] | None, on: date) -> Deadline:
    counted = Counted(row.told_on, row.due_on, 0)
    return Deadline(
        id=row.id,
        app=app.id,
        label=app.label or app.package,
        package=app.package,
        version=app.version_name or str(app.version_code or ""),
        signer=app.signer,
        told_on=row.told_on,
        due_on=row.due_on,
        left=counted.left(on),
        words=both(counted.words(on)),
        by=row.by,
        newer=newer[0] if newer is not None else "",
        newer_outcome=newer[1] if newer is not None else None,
    )


def _newer(session: Session, apps: Sequence[App]) -> dict[int, tuple[str, Outcome]]:
    """The newest version of each app, of the same signer, that was tested after it, and its outcome."""
    old = aliased(App)
    query = (
        select(old.id, App.version_name, App.version_code, App.id, Unit.outcome)
        .join(old, and_(App.package == old.package, App.signer == old.signer, App.version_code > old.version_code))
        .join(Unit, Unit.app_id == App.id)
        .where(old.id.in_([app.id for app in apps]), old.package != "", Unit.state == UnitState.DONE, Unit.outcome.is_not(None))
        .order_by(App.version_code, App.id)
    )
    found: dict[int, tuple[int, str, list[str]]] = {}
    for id, name, code, app, outcome in session.execute(query):
        known = found.get(id)
        found[id] = (app, name or str(code), [*(known[2] if known is not None and known[0] == app else []), str(outcome)])
    return {id: (version, overall(outcomes)) for id, (_app, version, outcomes) in found.items()}
