"""A night in the store for tests: its clock is moved by hand, its phones and units are made as they are needed."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from device_farm.phones.health import Check, Health
from device_farm.phones.phone_transitions import after, may_take
from device_farm.phones.state_names import PhoneState
from device_farm.store import transitions
from device_farm.store.models import App, Attempt, Campaign, Device, Unit
from device_farm.units.unit import End
from harness.language import Text

WELL = Health(ok=True, checks=())
START = datetime(2026, 3, 1, 20, tzinfo=UTC)


def sick(name: str, reason: str = "not well") -> Health:
    return Health(ok=False, checks=(Check(name, ok=False, reason=Text(reason)),))


class Night:
    """A store whose clock a test moves, with phones and units."""

    def __init__(self, session: Session) -> None:
        self.session, self.time = session, START
        session.add(Campaign(id=1, name="night", created_at=START))
        session.add(App(id=1, sha256="0" * 64, place="a.apk", first_seen_at=START))
        session.flush()

    def phone(self, address: str, host: str = "desk") -> int:
        row = Device(host=host, address=address, labels={}, facts={}, changed_at=START, seen_at=START)
        self.session.add(row)
        self.session.flush()
        return row.id

    def begin(self, phone: int, lease: float = 60.0) -> Attempt:
        number = self.session.scalar(select(func.count()).select_from(Unit)) or 0
        unit = Unit(key=f"{number:064x}", campaign_id=1, app_id=1, kind="single", clauses=[5], options={}, requirement="any")
        unit.submitted_at = unit.changed_at = self.time
        self.session.add(unit)
        self.session.flush()
        attempt = transitions.begin(self.session, unit.id, device=phone, worker="w", lease_seconds=lease)
        assert attempt is not None
        return attempt

    def end(self, attempt: Attempt, end: End, health: Health | None = WELL) -> PhoneState:
        assert attempt.device_id is not None
        transitions.finish(self.session, attempt, transitions.Ended(end))
        return after(self.session, attempt.device_id, end, health)

    def unit(self, phone: int, end: End, health: Health | None = WELL) -> PhoneState:
        assert may_take(self.session, phone)
        self.time += timedelta(minutes=5)
        state = self.end(self.begin(phone), end, health)
        self.time += timedelta(minutes=1)
        return state

    def row(self, phone: int) -> Device:
        return self.session.get_one(Device, phone)
