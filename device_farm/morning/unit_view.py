"""The page of one unit: its tries, verdicts, findings and the files they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from device_farm.morning.app_rows import app_rows, phone_name
from device_farm.morning.finding_queries import findings_of
from device_farm.morning.page_labels import rule_words
from device_farm.morning.page_model import AttemptRow, EvidenceRow, ResultRow, UnitView
from device_farm.morning.tonight import campaign
from device_farm.store.models import Artifact, Attempt, Device, Result, Unit
from harness.events.findings import Outcome

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

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
