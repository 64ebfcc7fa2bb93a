"""The phones of the farm at a moment, as far as the feeder cares: what they can take, and whether they will."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.execution.incompatible import incompatible_phones
from device_farm.phones.phone_transitions import busy_phones
from device_farm.phones.state_names import PhoneState
from device_farm.store.models import Attempt, Device, Host
from device_farm.units.unit import End, fits

_WORKING = (PhoneState.IDLE, PhoneState.BUSY, PhoneState.TRIAL, PhoneState.CHARGING, PhoneState.HOT)
"""They work, or will before long by themselves."""
_KILLED = (End.DEVICE_FAULT, End.TIMEOUT)


@dataclass(frozen=True, slots=True)
class PhoneSnapshot:
    """A phone."""

    id: int
    labels: Mapping[str, str]
    works: bool
    busy: bool


def phone_snapshots(session: Session) -> list[PhoneSnapshot]:
    busy = busy_phones(session)
    draining = set(session.scalars(select(Host.name).where(Host.draining)))
    known = select(Device.id, Device.labels, Device.state, Device.held, Device.host)
    return [
        PhoneSnapshot(number, labels, state in _WORKING and not held and host not in draining, number in busy)
        for number, labels, state, held, host in session.execute(known)
    ]


def killed_by(session: Session, units: Sequence[int]) -> dict[int, set[int]]:
    """The phones that each unit cost their session, and those of a kind that cannot take it."""
    faulty = select(Attempt.unit_id, Attempt.device_id).where(Attempt.unit_id.in_(units), Attempt.end.in_(_KILLED))
    killed = incompatible_phones(session, units)
    for unit, device in session.execute(faulty) if units else ():
        if device is not None:
            killed.setdefault(unit, set()).add(device)
    return killed


def other_phones(phones: Iterable[PhoneSnapshot], needed: str, killed: Set[int]) -> list[PhoneSnapshot]:
    """The phones that can take a unit that cost some their session, those that are free first."""
    able = [phone for phone in phones if phone.works and phone.id not in killed and fits(needed, phone.labels)]
    return sorted(able, key=lambda phone: phone.busy)
