"""Units and their apps as rows: all of a campaign, and those without an answer.

Lists of any length in pages: by the key of the last row, never by counting rows that are passed over.

A list is made of groups, one behind the other, each a range of one index. So a page reads as many rows as it shows,
whether it is the first or the thousandth.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from device_farm.morning.page_labels import ADVICE, rule_words
from device_farm.morning.page_model import AppRow, Page, UntestedRow, Why, Words
from device_farm.store.models import App, Attempt, Device, FindingRow, Result, Unit
from device_farm.store.tallies import WORST, overall
from device_farm.units.unit import UnitState
from harness.errors import ScenarioError
from harness.events.findings import Outcome
from harness.language import _

STATES = {
    Why.QUARANTINED: UnitState.QUARANTINED,
    Why.GIVEN_UP: UnitState.GIVEN_UP,
    Why.INCONCLUSIVE: UnitState.DONE,
    Why.CANCELLED: UnitState.CANCELLED,
    Why.RUNNING: UnitState.RUNNING,
    Why.QUEUED: UnitState.QUEUED,
    Why.WAITING: UnitState.WAITING,
}
"""In which state a unit without an answer is; one that is done has none where it is inconclusive."""
MOST_FOUND = 50
"""Of a search for apps."""


def apps(session: Session, campaign: int, *, outcome: Outcome | None = None, place: str | None = None, limit: int = 50) -> Page[AppRow]:
    """The units of a campaign that are done, the gravest first; of one ``outcome`` where it is named."""
    mine = select(Unit.id).where(Unit.campaign_id == campaign, Unit.state == UnitState.DONE)
    groups = [mine.where(Unit.outcome == each) for each in ((outcome,) if outcome else WORST)]
    return paged(session, groups, Unit.id, place, limit, lambda found: app_rows(session, [unit for (unit,) in found]))


def untested(session: Session, campaign: int, *, why: Why | None = None, place: str | None = None, limit: int = 50) -> Page[UntestedRow]:
    """The units of a campaign without an answer, those first that somebody has to look at."""
    groups = [_without_answer(campaign, each) for each in ((why,) if why else Why)]
    return paged(session, groups, Unit.id, place, limit, lambda found: _untested(session, [unit for (unit,) in found]))


def find_apps(session: Session, words: str) -> tuple[AppRow, ...]:
    """Units of the apps whose package or name begins with ``words``, the newest first."""
    from_, below = ("~>=~", "~<~") if session.get_bind().dialect.name == "postgresql" else (">=", "<")  # by code point
    words = words.strip().replace("\0", "")
    if not words:
        return ()
    known: list[int] = []
    for column in (App.package, App.label):
        begins = select(App.id).where(column.op(from_)(words), column.op(below)(words[:-1] + _after(words[-1]))).limit(MOST_FOUND)
        known += session.scalars(begins)
    newest = select(Unit.id).where(Unit.app_id.in_(known)).order_by(Unit.id.desc()).limit(MOST_FOUND)
    return app_rows(session, list(session.scalars(newest)))


def app_rows(session: Session, units: Sequence[int]) -> tuple[AppRow, ...]:
    """Some units with their apps, in the order given."""
    clauses, counts, tries = _clauses(session, units), _counts(session, units), _tries(session, units)
    joined = select(Unit, App).join(App, App.id == Unit.app_id).where(Unit.id.in_(units))
    made = {unit.id: _row(unit, app, clauses[unit.id], counts[unit.id], tries.get(unit.id)) for unit, app in session.execute(joined)}
    return tuple(made[unit] for unit in units if unit in made)


def _without_answer(campaign: int, why: Why) -> Any:
    query = select(Unit.id).where(Unit.campaign_id == campaign, Unit.state == STATES[why])
    return query.where(Unit.outcome == Outcome.INCONCLUSIVE) if why is Why.INCONCLUSIVE else query


def _untested(session: Session, units: Sequence[int]) -> list[UntestedRow]:
    whys = {state: why for why, state in STATES.items()}
    rows = app_rows(session, units)
    unsure = _unsure(session, [row.unit for row in rows if not any(row.reason)])
    told = (replace(row, reason=unsure[row.unit]) if row.unit in unsure else row for row in rows)
    return [UntestedRow(row, whys[UnitState(row.state)], ADVICE[whys[UnitState(row.state)]]) for row in told]


def _unsure(session: Session, units: Sequence[int]) -> dict[int, Words]:
    """Return why the first rule of a unit was not judged, for units that give no reason themselves."""
    query = select(Result).where(Result.unit_id.in_(units), Result.outcome == Outcome.INCONCLUSIVE).order_by(Result.rule.desc())
    found: dict[int, Words] = {}
    for result in session.scalars(query):
        zh, en = rule_words(result.rule)
        found[result.unit_id] = (f"{zh}：{result.reason_zh}", f"{en}: {result.reason_en}") if result.reason_zh else (zh, en)
    return found


def _row(unit: Unit, app: App, clauses: Mapping[str, Outcome], counts: Counter[str], tried: tuple[Attempt, str] | None) -> AppRow:
    attempt, phone = tried if tried is not None else (None, "")
    return AppRow(
        unit=unit.id,
        campaign=unit.campaign_id,
        app=app.id,
        sha256=app.sha256,
        label=app.label,
        package=app.package,
        version=app.version_name or str(app.version_code or ""),
        version_code=app.version_code,
        signer=app.signer,
        store=app.store,
        state=unit.state,
        outcome=Outcome(unit.outcome) if unit.outcome else None,
        reason=(unit.reason_zh, unit.reason_en),
        tries=unit.tries,
        end=(attempt.end or "") if attempt is not None else "",
        run=attempt.run if attempt is not None else "",
        root=attempt.root if attempt is not None else None,
        phone=phone,
        changed_at=unit.changed_at,
        violations=counts[Outcome.VIOLATION],
        suspected=counts[Outcome.SUSPECTED],
        clauses=clauses,
        asked=tuple(unit.clauses),
        requirement=unit.requirement,
        kind=unit.kind,
        words=unit.words,
    )


def _clauses(session: Session, units: Sequence[int]) -> Mapping[int, dict[str, Outcome]]:
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    query = select(Result.unit_id, Result.clause, Result.outcome).where(Result.unit_id.in_(units)).distinct()
    for unit, clause, outcome in session.execute(query):
        found[unit][clause].append(outcome)
    worst = {unit: {clause: overall(outcomes) for clause, outcomes in sorted(of.items(), key=_by_number)} for unit, of in found.items()}
    return defaultdict(dict, worst)


def _by_number(clause: tuple[str, Iterable[str]]) -> tuple[int, str]:
    return (int(clause[0]) or 99, "") if clause[0].isdecimal() else (99, clause[0])


def _counts(session: Session, units: Sequence[int]) -> Mapping[int, Counter[str]]:
    found: dict[int, Counter[str]] = defaultdict(Counter)
    query = select(FindingRow.unit_id, FindingRow.outcome, func.count()).where(FindingRow.unit_id.in_(units))
    for unit, outcome, number in session.execute(query.group_by(FindingRow.unit_id, FindingRow.outcome)):
        found[unit][outcome] = number
    return found


def _tries(session: Session, units: Sequence[int]) -> dict[int, tuple[Attempt, str]]:
    """The try that counts of each unit, or its last, with the name of its phone."""
    shown = and_(Attempt.unit_id == Unit.id, Attempt.number == func.coalesce(Unit.counts, Unit.tries))
    query = select(Attempt, Device).join(Unit, shown).outerjoin(Device, Device.id == Attempt.device_id).where(Unit.id.in_(units))
    return {attempt.unit_id: (attempt, phone_name(device)) for attempt, device in session.execute(query)}


def phone_name(device: Device | None) -> str:
    """A phone as people know it: its model and serial number."""
    if device is None:
        return ""
    return " ".join(filter(None, (str(device.facts.get("model", "")), device.serial or device.address)))


def _after(sign: str) -> str:
    """The sign that comes next."""
    return chr(min(ord(sign) + (2048 if ord(sign) == 0xD7FF else 1), 0x10FFFF))


T = TypeVar("T")
_PLACE = re.compile(r"(\d{1,4}):(\d{1,18})", re.ASCII)


def paged(
    session: Session,
    groups: Sequence[Any],
    key: Any,
    place: str | None,
    limit: int,
    row: Callable[[Sequence[Any]], Sequence[T]],
    *,
    newest_first: bool = False,
) -> Page[T]:
    """A page of what ``groups`` (queries of one shape) select, behind ``place``; ``key`` is the column that orders.

    Each row's first column is the key. ``row`` makes what is shown of a page's rows together.
    """
    number, last = _read(place)
    found: list[tuple[int, Any]] = []
    for group in range(number, len(groups)):
        query = groups[group]
        if group == number and last is not None:
            query = query.where(key < last if newest_first else key > last)
        query = query.order_by(key.desc() if newest_first else key).limit(limit + 1 - len(found))
        found += [(group, each) for each in session.execute(query)]
        if len(found) > limit:
            break
    shown = found[:limit]
    more = f"{shown[-1][0]}:{shown[-1][1][0]}" if len(found) > limit and shown else None
    return Page(tuple(row([each for _group, each in shown])), more)


def _read(place: str | None) -> tuple[int, int | None]:
    if not place:
        return 0, None
    read = _PLACE.fullmatch(place)
    if read is None:
        raise ScenarioError(_("'{place}' is no place in a list", place=place[:80]))
    return int(read[1]), int(read[2])
