"""Rows for tests of the store."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.store.database import now
from device_farm.store.models import App, Campaign, Device, Result, Unit

LEASE = 60.0


def digest(text: str) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def add_unit(session: Session, name: str = "a") -> int:
    """A unit that waits; its id."""
    at = now(session)
    campaign = session.scalar(select(Campaign)) or Campaign(name="tonight", created_at=at)
    app = App(sha256=digest(name), place=f"{name}.apk", package=f"com.example.{name}", first_seen_at=at)
    session.add_all((campaign, app))
    session.flush()
    unit = Unit(
        key=digest("unit " + name),
        campaign_id=campaign.id,
        app_id=app.id,
        kind="single",
        clauses=[5],
        options={},
        requirement="any",
        submitted_at=at,
        changed_at=at,
    )
    session.add(unit)
    session.flush()
    return unit.id


def add_device(session: Session, address: str = "127.0.0.1:5555") -> int:
    """A phone; its id."""
    at = now(session)
    device = Device(host="desk", address=address, labels={}, facts={}, changed_at=at, seen_at=at)
    session.add(device)
    session.flush()
    return device.id


def result(rule: str = "c5-exit-on-denial", outcome: str = "clear") -> Result:
    return Result(rule=rule, clause="5", outcome=outcome, reason_zh="理由", reason_en="reason")
