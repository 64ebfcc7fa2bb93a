"""State transitions of a phone in the store, after the end of a unit and after a health check.

``busy`` is never written down: a phone is busy while a try on it has a lease that is not over (``current_state``). So
none stays busy longer than a lease after whoever used it died. A fault of a host is not held against its phones.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.phones.health import BACK_PERCENT, COOL_CELSIUS, Check, Health
from device_farm.phones.state_names import PhoneState, word
from device_farm.store.database import now
from device_farm.store.models import Attempt, Device
from device_farm.store.transitions import tell
from device_farm.units.job import Virtual
from device_farm.units.unit import End
from harness.language import Text, _, both

LINK = (PhoneState.OFFLINE, PhoneState.UNAUTHORIZED, PhoneState.DEBUGGING_OFF)
"""What adb tells of the way to the phone."""
RESTING = (PhoneState.CHARGING, PhoneState.HOT)
IN_A_ROW = 3
"""So many faults one after the other, and a phone is quarantined [PROJECT]."""
FAULTS, OF_UNITS = 4, 10
"""Or so many of its last ten units [PROJECT]."""
FIRST_REST = timedelta(minutes=10)
LONGEST_REST = timedelta(hours=4)
"""How long it is left alone before a trial [PROJECT], doubled with each fault more."""
LOOK_AGAIN = timedelta(minutes=3)
"""When a phone that is hot, empty or unfit is looked at again [PROJECT]."""
BLINK = timedelta(seconds=30)
"""Where all phones of a host that were in use fail within this time, it was the host or its hub [PROJECT]."""
_PHONES = (End.DEVICE_FAULT, End.TIMEOUT)
_NOT_ITS_OWN = (End.DEVICE_FAULT, End.HOST_FAULT, End.LOST)
_ANSWERS = (End.DONE, End.APP_FAULT)
_WHERE = {"temperature": PhoneState.HOT, "battery": PhoneState.CHARGING, "adb": PhoneState.OFFLINE}
"""What a check of ``phones.health`` that fails makes of the phone; any other makes it quarantined."""


def may_take(session: Session, device: int) -> bool:
    """Whether to look at a phone now and give it a unit: ask before a try is begun.

    Then ``phones.health.examine`` it, and call ``after`` without an end where it is not fit. A phone whose rest is over
    is on trial from here on: give it the unit of the least priority (``on_trial``).
    """
    phone = session.get_one(Device, device, with_for_update=True)
    at = now(session)
    if phone.held or not phone.facts.get("ready", True) or _busy(session, device, at) is not None:
        return False
    rested = phone.rest_until is not None and phone.rest_until <= at
    if phone.state == PhoneState.QUARANTINED and rested:
        move(session, phone, PhoneState.TRIAL, _("its rest is over: it is tried"))
        return True
    return phone.state in (PhoneState.IDLE, PhoneState.TRIAL) or (phone.state in (*RESTING, PhoneState.OFFLINE) and rested)


def on_trial(session: Session, device: int) -> bool:
    """Whether the phone must prove itself: give it what can wait."""
    return session.get_one(Device, device).state == PhoneState.TRIAL


def after(session: Session, device: int, end: End | None, health: Health | None) -> PhoneState:
    """Settle how a phone stands after a unit, or, without ``end``, after a look before one. The state that it has now.

    Call it in the transaction that ends the try, after ``transitions.finish``.
    """
    phone = session.get_one(Device, device, with_for_update=True)
    at = now(session)
    counted = end in _PHONES and not _host_blinked(session, phone, at)
    if counted:
        phone.ends, phone.fault_at = (phone.ends + "F")[-OF_UNITS:], at
    elif end in _ANSWERS:
        phone.ends = "." if phone.state == PhoneState.TRIAL else (phone.ends + ".")[-OF_UNITS:]
    phone.faults = len(phone.ends) - len(phone.ends.rstrip("F"))
    if health is not None:
        phone.facts = phone.facts | _found(health)
    if phone.held:
        return PhoneState(phone.state)
    if counted and (phone.state == PhoneState.TRIAL or phone.faults >= IN_A_ROW or phone.ends.count("F") >= FAULTS):
        rest = min(FIRST_REST * 2 ** max(0, phone.faults - IN_A_ROW), LONGEST_REST)
        told = _("{faults} faults in its last {units} units", faults=phone.ends.count("F"), units=len(phone.ends))
        move(session, phone, PhoneState.QUARANTINED, told, rest_until=at + rest)
    elif health is not None and not health.ok:
        _unfit(session, phone, health.failed[0], at)
    elif phone.state == PhoneState.TRIAL and end in _ANSWERS:
        move(session, phone, PhoneState.IDLE, _("the trial went well"))
    elif health is not None and _still_resting(phone, health):
        phone.rest_until = at + LOOK_AGAIN
    elif health is not None and phone.state in (*RESTING, *LINK):
        move(session, phone, PhoneState.IDLE, Text(""))
    session.flush()
    return PhoneState(phone.state)


def quarantine(session: Session, device: int, reason: Text) -> None:
    """Take a phone out, until a person releases it."""
    _hold(session, device, PhoneState.QUARANTINED, reason)


def drain(session: Session, device: int, reason: Text) -> None:
    """Let a phone end what it does and take nothing more, until a person releases it."""
    _hold(session, device, PhoneState.DRAINING, reason)


def release(session: Session, device: int) -> None:
    """Let go of a phone that a person or its faults took out: it is on trial, and its faults are forgotten."""
    phone = session.get_one(Device, device, with_for_update=True)
    phone.held, phone.ends, phone.faults, phone.fault_at = False, "", 0, None
    move(session, phone, PhoneState.TRIAL, _("released by a person"))


def current_state(session: Session, device: int) -> tuple[PhoneState, int | None]:
    """Return the displayed state of a phone, and the unit that it is busy with."""
    phone = session.get_one(Device, device)
    unit = _busy(session, device, now(session))
    return displayed_state(phone, busy=unit is not None), unit


def displayed_state(phone: Device, *, busy: bool) -> PhoneState:
    """The state for whoever looks on, of a phone with a try whose lease is not over, or without (``busy_phones``)."""
    state = PhoneState(phone.state)
    return PhoneState.BUSY if busy and state in (PhoneState.IDLE, *RESTING, *LINK) else state


def busy_phones(session: Session) -> dict[int, int]:
    """The phones with a try whose lease is not over, and a unit of it: of many on one phone the newest."""
    alive = select(Attempt.device_id, Attempt.unit_id).where(Attempt.ended_at.is_(None), Attempt.lease_until > now(session))
    return {device: unit for device, unit in session.execute(alive.order_by(Attempt.id)) if device is not None}


def _busy(session: Session, device: int, at: datetime) -> int | None:
    alive = select(Attempt.unit_id).where(Attempt.device_id == device, Attempt.ended_at.is_(None), Attempt.lease_until > at)
    return session.scalars(alive.order_by(Attempt.id.desc()).limit(1)).first()


def _found(health: Health) -> dict[str, Any]:
    """Return the facts of a health check that are displayed."""
    checks = [
        {"name": one.name, "ok": one.ok, "value": one.value, "reason": dict(zip(("zh", "en"), both(one.reason), strict=True))}
        for one in health.checks
    ]
    numbers = {"battery": health.number("battery"), "celsius": health.number("temperature")}
    return {"health": checks} | {name: number for name, number in numbers.items() if number is not None}


def _still_resting(phone: Device, health: Health) -> bool:
    """Whether it is fit, and not yet cool or full enough to begin again: else it would rest again at once."""
    celsius, level = health.number("temperature"), health.number("battery")
    hot = phone.state == PhoneState.HOT and celsius is not None and celsius >= COOL_CELSIUS
    return hot or (phone.state == PhoneState.CHARGING and level is not None and level < BACK_PERCENT)


def _unfit(session: Session, phone: Device, failed: Check, at: datetime) -> None:
    """What a look at it found; the rest of a phone that is out for its faults is neither cut short nor forgotten."""
    if phone.state == PhoneState.QUARANTINED and phone.rest_until is not None and phone.rest_until > at:
        return
    state = _WHERE.get(failed.name, PhoneState.QUARANTINED)
    if phone.state == PhoneState.TRIAL:
        state = PhoneState.QUARANTINED
    move(session, phone, state, failed.reason, rest_until=at + LOOK_AGAIN)


def _host_blinked(session: Session, phone: Device, at: datetime) -> bool:
    """Whether every phone of the host that was in use failed just now; then nothing of it is held against them."""
    since = at - BLINK
    recent = (
        select(Device.id, Attempt.ended_at, Attempt.end)
        .join(Device, Device.id == Attempt.device_id)
        .where(Device.host == phone.host, Device.id != phone.id)
        .where((Attempt.ended_at >= since) | (Attempt.ended_at.is_(None) & (Attempt.lease_until > at)))
    )
    others: dict[int, bool] = {}
    for device, ended, end in session.execute(recent):
        others[device] = others.get(device, True) and ended is not None and end in _NOT_ITS_OWN
    if not others or not all(others.values()):
        return False
    for other in session.scalars(select(Device).where(Device.id.in_(others), Device.fault_at >= since).with_for_update()):
        other.ends, other.fault_at = other.ends.removesuffix("F"), None
        other.faults = len(other.ends) - len(other.ends.rstrip("F"))
        if other.state == PhoneState.QUARANTINED and not other.held and other.changed_at >= since:
            move(session, other, PhoneState.IDLE, Text(""))
    told = _("all phones of {host} that were in use failed at once: the computer, its hub or its adb server", host=phone.host)
    tell(session, "host", told, device=phone.id)
    return True


def _hold(session: Session, device: int, state: PhoneState, reason: Text) -> None:
    phone = session.get_one(Device, device, with_for_update=True)
    phone.held = True
    move(session, phone, state, reason)


def move(session: Session, phone: Device, state: PhoneState, reason: Text, *, rest_until: datetime | None = None) -> None:
    """Write a state and why; who looks on is told where it is another."""
    if phone.state != state:
        kind = "phone-sick" if state is PhoneState.QUARANTINED else "phone"
        tell(session, kind, _("{phone}: {state}: {reason}", phone=phone.address, state=word(state), reason=reason), device=phone.id)
        phone.changed_at = now(session)
    phone.state, phone.rest_until = state, rest_until
    phone.reason_zh, phone.reason_en = both(reason)
    session.flush()


def virtual_phone(session: Session, host: str, name: str, kind: Virtual) -> Device:
    """The row of a virtual phone, made where there is none yet; one whose host was silent is back."""
    labels, at = {"android": kind.android, "kind": "virtual", "rom": kind.rom, "serial": name}, now(session)
    row = session.scalars(select(Device).where(Device.host == host, Device.address == name)).one_or_none()
    if row is None:
        row = Device(host=host, address=name, serial=name, labels=labels, facts={}, changed_at=at, seen_at=at)
        session.add(row)
    row.labels, row.seen_at = labels, at
    if row.state == PhoneState.OFFLINE:
        row.state = PhoneState.IDLE
    session.flush()
    return row
