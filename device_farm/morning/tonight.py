"""A campaign at this moment: how far it is, what came out, what has no answer, and how the phones are."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from device_farm.morning.app_rows import STATES, phone_name
from device_farm.morning.page_labels import SICK
from device_farm.morning.page_model import CampaignCount, CampaignRow, PhoneRow, RefusedRow, RunningRow, Tonight, Why
from device_farm.store.database import now
from device_farm.store.models import App, Attempt, Campaign, Device, Refusal, Tally, Unit
from device_farm.store.tallies import Subject
from device_farm.units.unit import ENDED, End, UnitState
from harness.events.findings import Outcome

MOST_RUNNING = 500
_TOLD_BY = 200
"""So many of the last tries tell how long a unit takes."""
_ANSWERED = (End.DONE, End.APP_FAULT)


def campaigns(session: Session, *, before: int | None = None, limit: int = 50) -> tuple[CampaignRow, ...]:
    """The campaigns, the newest first; those older than the one of id ``before`` where it is named."""
    query = select(Campaign).order_by(Campaign.id.desc()).limit(limit)
    return tuple(_campaign(row) for row in session.scalars(query.where(Campaign.id < before) if before is not None else query))


def counted(session: Session, ids: Sequence[int] | None = None) -> tuple[CampaignCount, ...]:
    """How far all campaigns are, or those of ``ids``, the newest first; ones nothing was submitted to are left out.

    Counted from an index of all units: for a page that is made once, not for one that is asked for.
    """
    some = Unit.campaign_id.in_(ids) if ids is not None else true()
    states: dict[int, Counter[str]] = defaultdict(Counter)
    unsure, bad = Counter[int](), Counter[int]()
    query = select(Unit.campaign_id, Unit.state, Unit.outcome, func.count()).where(some)
    for id, state, outcome, number in session.execute(query.group_by(Unit.campaign_id, Unit.state, Unit.outcome)):
        states[id][state] += number
        unsure[id] += number if state == UnitState.DONE and (outcome or Outcome.INCONCLUSIVE) == Outcome.INCONCLUSIVE else 0
    those = Refusal.campaign_id.in_(ids) if ids is not None else true()
    bad.update(dict(session.execute(select(Refusal.campaign_id, func.count()).where(those).group_by(Refusal.campaign_id)).all()))
    rows = session.scalars(select(Campaign).where(Campaign.id.in_(states.keys() | bad.keys())).order_by(Campaign.id.desc()))
    return tuple(
        CampaignCount(
            _campaign(row),
            total=sum(states[row.id].values()),
            done=states[row.id][UnitState.DONE],
            unanswered=unsure[row.id] + sum(states[row.id][state] for state in ENDED if state is not UnitState.DONE),
            left=sum(number for state, number in states[row.id].items() if state not in ENDED),
            refused=bad[row.id],
        )
        for row in rows
    )


def refused(session: Session, campaign: int, *, limit: int = 50) -> tuple[RefusedRow, ...]:
    rows = session.scalars(select(Refusal).where(Refusal.campaign_id == campaign).order_by(Refusal.id).limit(limit))
    return tuple(RefusedRow(row.source, row.line, (row.reason_zh, row.reason_en)) for row in rows)


def campaign(session: Session, id: int) -> CampaignRow | None:
    found = session.get(Campaign, id)
    return _campaign(found) if found is not None else None


def campaign_named(session: Session, name: str) -> CampaignRow | None:
    found = session.scalars(select(Campaign).where(Campaign.name == name)).one_or_none()
    return _campaign(found) if found is not None else None


def tonight(session: Session, campaign: int, *, at: datetime | None = None) -> Tonight | None:
    """A campaign at this moment, or at ``at``; None where there is none of that id."""
    row = session.get(Campaign, campaign)
    if row is None:
        return None
    at = at or now(session)
    states, outcomes = _standing(session, campaign)
    untested = {why: states[state] for why, state in STATES.items()} | {Why.INCONCLUSIVE: outcomes[Outcome.INCONCLUSIVE]}
    found = _found(session, campaign)
    every = phones(session, campaign=campaign, at=at)
    left = sum(untested[why] for why in (Why.RUNNING, Why.QUEUED, Why.WAITING))
    working = sum(not phone.sick for phone in every) or states[UnitState.RUNNING]
    return Tonight(
        campaign=_campaign(row),
        at=at,
        total=sum(states.values()),
        done=states[UnitState.DONE],
        outcomes={outcome: outcomes[outcome] for outcome in Outcome},
        untested={why: untested[why] for why in Why},
        violations=found[Outcome.VIOLATION],
        suspected=found[Outcome.SUSPECTED],
        running=running(session, campaign=campaign),
        phones=len(every),
        sick=tuple(phone for phone in every if phone.sick),
        expected_end=_expected_end(session, row, at, left, working),
        refused=session.scalar(select(func.count()).where(Refusal.campaign_id == campaign)) or 0,
    )


def running(session: Session, *, campaign: int | None = None, limit: int = MOST_RUNNING) -> tuple[RunningRow, ...]:
    """Return the current tries of phones."""
    query = select(Attempt, App, Device).join(Unit, Unit.id == Attempt.unit_id).join(App, App.id == Unit.app_id)
    query = query.outerjoin(Device, Device.id == Attempt.device_id).where(Attempt.ended_at.is_(None), Unit.state == UnitState.RUNNING)
    if campaign is not None:
        query = query.where(Unit.campaign_id == campaign)
    return tuple(
        RunningRow(attempt.unit_id, app.label or app.package, app.package, attempt.number, phone_name(device), attempt.started_at)
        for attempt, app, device in session.execute(query.order_by(Attempt.id).limit(limit))
    )


def phones(
    session: Session, *, campaign: int | None = None, at: datetime | None = None, after: int = 0, limit: int = 1000
) -> tuple[PhoneRow, ...]:
    """The phones, those that somebody has to look at first; with what each did in the last day."""
    devices = session.scalars(select(Device).where(Device.id > after).order_by(Device.id).limit(limit)).all()
    ids = [device.id for device in devices]
    done, broken = _did(session, campaign, ids, at or now(session))
    has = select(Attempt.device_id, Attempt.unit_id, App.label, App.package).join(Unit, Unit.id == Attempt.unit_id)
    has = has.join(App, App.id == Unit.app_id).where(Attempt.ended_at.is_(None), Attempt.device_id.in_(ids))
    busy = {device: (unit, label or package) for device, unit, label, package in session.execute(has)}
    rows = [_phone(device, busy.get(device.id), done[device.id], broken[device.id]) for device in devices]
    return tuple(sorted(rows, key=lambda row: (not row.sick, row.host, row.address)))


def _phone(device: Device, busy: tuple[int, str] | None, done: int, broken: int) -> PhoneRow:
    facts, labels = device.facts, device.labels
    unit, app = busy if busy is not None else (None, "")
    return PhoneRow(
        id=device.id,
        host=device.host,
        address=device.address,
        serial=device.serial,
        model=str(facts.get("model", "")),
        rom=labels.get("rom", ""),
        android=labels.get("android", ""),
        state=device.state,
        reason=(device.reason_zh, device.reason_en),
        faults=device.faults,
        changed_at=device.changed_at,
        seen_at=device.seen_at,
        battery=_number(facts.get("battery")),
        celsius=_number(facts.get("temperature")),
        sick=device.state in SICK,
        virtual=labels.get("kind") == "virtual",
        running=unit,
        running_app=app,
        done=done,
        broken=broken,
        facts=facts,
    )


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _did(session: Session, campaign: int | None, devices: Sequence[int], at: datetime) -> tuple[Counter[int], Counter[int]]:
    """Count the tries of each phone with and without an answer, in the last day of the campaign."""
    done, broken = Counter[int](), Counter[int]()
    row = session.get(Campaign, campaign) if campaign is not None else None
    since = at - timedelta(days=1)
    if row is not None:
        since = max(row.begins_at or row.created_at, since)
    query = select(Attempt.device_id, Attempt.end, func.count()).where(Attempt.device_id.in_(devices), Attempt.end.is_not(None))
    within = query.where(Attempt.started_at >= since, Attempt.started_at <= at)
    for device, end, number in session.execute(within.group_by(Attempt.device_id, Attempt.end)):
        if device is not None:
            (done if end in _ANSWERED else broken)[device] += number
    return done, broken


def _standing(session: Session, campaign: int) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Units by state, and those that are done by outcome."""
    states, outcomes = Counter[str](), Counter[str]()
    query = select(Unit.state, Unit.outcome, func.count()).where(Unit.campaign_id == campaign).group_by(Unit.state, Unit.outcome)
    for state, outcome, number in session.execute(query):
        states[state] += number
        if state == UnitState.DONE:
            outcomes[outcome or Outcome.INCONCLUSIVE] += number
    return states, outcomes


def _found(session: Session, campaign: int) -> Counter[str]:
    query = select(Tally.outcome, func.sum(Tally.findings)).where(Tally.campaign_id == campaign, Tally.subject == Subject.RULE)
    return Counter({outcome: int(number) for outcome, number in session.execute(query.group_by(Tally.outcome))})


def _expected_end(session: Session, row: Campaign, at: datetime, left: int, working: int) -> datetime | None:
    """When the phones that work now will be through, as fast as the last units were."""
    if not left or not working:
        return None
    last = select(Attempt.seconds).where(Attempt.end.in_(_ANSWERED), Attempt.seconds > 0).order_by(Attempt.id.desc()).limit(_TOLD_BY)
    took = session.scalars(last).all()
    if not took:
        return None
    return max(at, row.begins_at or at) + timedelta(seconds=left * sum(took) / len(took) / working)


def _campaign(row: Campaign) -> CampaignRow:
    return CampaignRow(row.id, row.name, row.city, row.created_at, row.begins_at, row.ends_at)
