"""The reaper: what dead workers, engines and hosts had goes back, so that a new try begins within a minute."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from device_farm.dispatch.feeder import reroute
from device_farm.phones.phone_transitions import LINK, busy_phones, move
from device_farm.phones.state_names import PhoneState
from device_farm.store.database import now
from device_farm.store.models import Device, Host, Unit
from device_farm.store.transitions import expire, tell, unqueue
from device_farm.units.unit import UnitState
from harness.language import _

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from device_farm.dispatch.engine import Engine, Intervals


def reap(session: Session, engine: Engine, intervals: Intervals) -> int:
    """Give up tries whose lease is over, forget what the engine has of the dead, and let their units wait; how many."""
    if started_within(session, intervals.grace):
        return 0
    lost = expire(session)
    for attempt in lost:
        told = _(
            "try {number} of unit {unit} was lost: {worker} is silent", number=attempt.number, unit=attempt.unit_id, worker=attempt.worker
        )
        tell(session, "lost", told, unit=attempt.unit_id, device=attempt.device_id)
    engine.reap(session, intervals.stalled)
    queued = set(session.scalars(select(Unit.id).where(Unit.state == UnitState.QUEUED)))
    back = unqueue(session, sorted(queued - engine.held(session)))
    return len(lost) + len(back) + reroute(session, engine)


def started_within(session: Session, seconds: float) -> bool:
    """Whether PostgreSQL started so short ago: while it was away nobody could renew a lease.

    That another server leads now is no reason to wait: workers renew in the store, whoever leads.
    """
    age = session.execute(select(func.extract("epoch", func.clock_timestamp() - func.pg_postmaster_start_time()))).scalar_one()
    return float(age) < seconds


def mark_silent_hosts(session: Session, intervals: Intervals) -> list[str]:
    """Phones of hosts that were not heard of are offline; the names of those hosts."""
    since = now(session) - timedelta(seconds=intervals.host_gone)
    silent = list(session.scalars(select(Host.name).where(Host.seen_at < since)))
    busy = busy_phones(session)
    for phone in session.scalars(select(Device).where(Device.host.in_(silent), Device.state.not_in(LINK), ~Device.held)):
        if phone.id not in busy and phone.state != PhoneState.QUARANTINED:
            move(session, phone, PhoneState.OFFLINE, _("nothing is heard of its host {host}", host=phone.host))
    return silent
