"""Queries of the farm's pages: each function takes a session and returns plain data.

SQLite and PostgreSQL alike. Lists come in pages (``Page``): give ``place=page.next`` back for the next one.
"""

from collections import Counter, defaultdict

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from device_farm.morning.app_history import app_history
from device_farm.morning.app_rows import app_rows, apps, find_apps, phone_name, untested
from device_farm.morning.deadlines import deadlines, tell
from device_farm.morning.finding_queries import clauses, findings, findings_of, sdks
from device_farm.morning.page_labels import SICK, rule_words
from device_farm.morning.page_model import (
    AttemptRow,
    EvidenceRow,
    QueueRow,
    ResultRow,
    UnitView,
)
from device_farm.morning.tonight import campaign, campaign_named, campaigns, counted, phones, refused, running, tonight
from device_farm.store.models import Artifact, Attempt, Device, Result, Unit
from device_farm.units.unit import UnitState, fits
from harness.events.findings import Outcome

__all__ = [
    "app_history", "app_rows", "apps", "campaign", "campaign_named", "campaigns", "clauses", "counted", "deadlines", "find_apps",
    "findings", "findings_of", "phones", "queue", "refused", "running", "sdks", "tell", "tonight", "unit_view", "untested",
]  # fmt: skip


MOST_FILES = 2000
"""Of one run that a page lists; a run has some hundred."""


def unit_view(session: Session, unit: int) -> UnitView | None:
    """One unit; None where there is none of that id."""
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
