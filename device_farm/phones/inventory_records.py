"""Record the inventory in the store: phones that are new, that came back, and that are missing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select

from device_farm.phones.missing_phones import Missing, whereabouts
from device_farm.phones.phone_transitions import LINK, LOOK_AGAIN, busy_phones, move
from device_farm.phones.state_names import PhoneState
from device_farm.store.database import now
from device_farm.store.models import Device
from harness.language import Text, _, both

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sqlalchemy.orm import Session

    from device_farm.phones.phone_inventory import Seen

READY, _GONE = "device", "gone"
SEARCH = timedelta(minutes=1)
"""How long it is looked for a phone that went [PROJECT]: its USB comes back without adb, too."""
Key: TypeAlias = tuple[str, str]
"""The host and the address of a phone."""
_MEASURED = ("battery", "celsius")
_OFF = ("offline", "connecting")
_UNTRUSTED = ("unauthorized", "authorizing")
FLAPS, FLAP_TIME = 3, timedelta(minutes=10)
"""A phone that went so often in this time has a bad cable or socket [PROJECT]."""


def record(session: Session, seen: Iterable[Seen], *, host: str = "") -> dict[str, int]:
    """Write what ``inventory.look`` found; the phones of ``host`` that it did not find are gone. Ids by address.

    ``host`` is needed only where nothing was found. A phone on which a unit runs is left to that: it may restart. Who
    is looked for is looked for first: nothing is written yet, and nobody waits for a store that is locked meanwhile.
    """
    found = {(one.host, one.address): one for one in seen}
    hosts = {name for name, _address in found} | ({host} if host else set())
    at, busy = now(session), busy_phones(session)
    rows = {(row.host, row.address): row for row in session.scalars(select(Device).where(Device.host.in_(hosts)))}
    before = {key: str(row.facts.get("adb", "")) for key, row in rows.items()}
    gone = [
        (key, place)
        for name in sorted(hosts)
        for key, place in _places({key: row for key, row in rows.items() if key[0] == name and row.id not in busy}, before, found, at)
    ]
    ids: dict[str, int] = {}
    for key, one in found.items():
        row = rows.get(key) or _new(session, one, at)
        _remember(row, one, at)
        session.flush()
        ids[one.address] = row.id
        if row.id not in busy and (one.adb not in _OFF or key not in rows):
            _settle(session, row, one, at)
    for key, (state, reason) in gone:
        _is_gone(session, rows[key], found.get(key), before[key], state, reason, at)
    return ids


def _new(session: Session, one: Seen, at: datetime) -> Device:
    row = Device(host=one.host, address=one.address, labels={}, facts={}, state=PhoneState.IDLE, changed_at=at, seen_at=at)
    row.reason_zh = row.reason_en = row.ends = row.serial = ""
    row.held, row.faults = False, 0
    session.add(row)
    return row


def _remember(row: Device, one: Seen, at: datetime) -> None:
    """What it told of itself; a phone that cannot be asked keeps what is known."""
    kept = dict(row.facts)
    if one.labels:
        row.labels, row.serial = dict(one.labels), one.serial
        kept = {name: kept[name] for name in ("lost", "power", "health", *_MEASURED) if name in kept}
    kept["identity"] = one.identity or row.facts.get("identity", "")
    kept["ready"] = one.ready
    for name, text in (("problem", one.problem), ("advice", one.advice)):
        kept[name] = dict(zip(("zh", "en"), both(text), strict=True))
    told = dict(one.facts)
    if told.get("asked_at") == row.facts.get("asked_at"):  # not asked again: what a look at it found is newer
        told = {name: value for name, value in told.items() if name not in _MEASURED}
    row.facts, row.seen_at = kept | told, at


def _settle(session: Session, row: Device, one: Seen, at: datetime) -> None:
    """The state of a phone that adb lists; who or what took it out of work has the last word."""
    by_faults = row.state == PhoneState.QUARANTINED and row.rest_until is not None
    if row.held or by_faults or row.state == PhoneState.TRIAL:
        return
    if one.adb in _UNTRUSTED:
        move(session, row, PhoneState.UNAUTHORIZED, one.problem)
    elif not one.ready:
        move(session, row, PhoneState.QUARANTINED if one.adb == "device" else PhoneState.OFFLINE, one.problem)
    elif row.state in LINK and (times := len(_lost(row, at))) >= FLAPS:
        told = _("went and came {times} times in ten minutes: its cable, its socket or its hub", times=times)
        move(session, row, PhoneState.QUARANTINED, told, rest_until=at + LOOK_AGAIN)
    elif row.state in (*LINK, PhoneState.QUARANTINED):
        move(session, row, PhoneState.IDLE, Text(""))


def _places(
    rows: Mapping[Key, Device], before: Mapping[Key, str], found: Mapping[Key, Seen], at: datetime
) -> Iterator[tuple[Key, tuple[PhoneState, Text]]]:
    """Where the phones of a host are that were there; one that is gone for long is not looked for again and again."""
    away = {key: row for key, row in rows.items() if key not in found or found[key].adb in _OFF}
    lately = {key: row for key, row in away.items() if key in found or before[key] != _GONE or at - row.changed_at < SEARCH}
    missing = {
        key: Missing(row.address, found[key].adb if key in found else "", str(row.facts.get("usb", "")), row.serial)
        for key, row in lately.items()
        if not _spared(row)
    }
    host = next((name for name, _address in rows), "")
    others = sum(one.adb not in _OFF for one in found.values() if one.host == host)
    yield from zip(missing, whereabouts(list(missing.values()), others_here=others), strict=True)
    spared = PhoneState.OFFLINE, _("its socket is switched off, to spare its battery")
    yield from ((key, spared) for key, row in lately.items() if _spared(row))


def _is_gone(session: Session, row: Device, one: Seen | None, before: str, state: PhoneState, reason: Text, at: datetime) -> None:
    """Write that a phone is away, and how often it went lately."""
    lost = [moment.isoformat() for moment in _lost(row, at)]
    if before == READY and not _spared(row):
        lost.append(at.isoformat())
    row.facts = row.facts | {"adb": one.adb if one is not None else _GONE, "ready": False, "lost": lost[-FLAPS:]}
    if not row.held and row.state not in (PhoneState.QUARANTINED, PhoneState.TRIAL):
        move(session, row, state, reason)


def _spared(row: Device) -> bool:
    """Whether the socket of the phone was switched off by ``phones.power``."""
    return not row.facts.get("power", {}).get("on", True)


def _lost(row: Device, at: datetime) -> list[datetime]:
    moments = (datetime.fromisoformat(str(one)) for one in row.facts.get("lost", []))
    return [moment for moment in moments if moment >= at - FLAP_TIME]
