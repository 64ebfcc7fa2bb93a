"""What was seen of the phones, written to the store: new ones, those that came back, and where the others went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select

from device_farm.phones.gone import Missing, whereabouts
from device_farm.phones.states import LINK, LOOK_AGAIN, busy_phones, move
from device_farm.phones.words import PhoneState
from device_farm.store.models import Device
from device_farm.store.opened import now
from harness.language import Text, _, both

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy.orm import Session

    from device_farm.phones.inventory import Seen

READY, _GONE = "device", "gone"
SEARCH = timedelta(minutes=1)
"""How long it is looked for a phone that went [PROJECT]: its USB comes back without adb, too."""
_MEASURED = ("battery", "celsius")
_OFF = ("offline", "connecting")
_UNTRUSTED = ("unauthorized", "authorizing")
FLAPS, FLAP_TIME = 3, timedelta(minutes=10)
"""A phone that went so often in this time has a bad cable or socket [PROJECT]."""


def record(session: Session, seen: Iterable[Seen], *, host: str = "") -> dict[str, int]:
    """Write what ``inventory.look`` found; the phones of ``host`` that it did not find are gone. Ids by address.

    ``host`` is needed only where nothing was found. A phone on which a unit runs is left to that: it may restart.
    """
    found = list(seen)
    hosts = {one.host for one in found} | ({host} if host else set())
    at, busy = now(session), busy_phones(session)
    rows = {(row.host, row.address): row for row in session.scalars(select(Device).where(Device.host.in_(hosts)))}
    before = {key: str(row.facts.get("adb", "")) for key, row in rows.items()}
    ids: dict[str, int] = {}
    for one in found:
        row = rows.get((one.host, one.address)) or _new(session, one, at)
        rows[one.host, one.address] = row
        _remember(row, one, at)
        session.flush()
        ids[one.address] = row.id
        if row.id not in busy and one.adb not in _OFF:
            _settle(session, row, one, at)
    here = {(one.host, one.address) for one in found if one.adb not in _OFF}
    for name in hosts:
        away = {key: row for key, row in rows.items() if key[0] == name and key not in here and row.id not in busy}
        _gone(session, away, before, {one.address: one for one in found if one.host == name}, at)
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


def _gone(
    session: Session, away: Mapping[tuple[str, str], Device], before: Mapping[tuple[str, str], str], found: Mapping[str, Seen], at: datetime
) -> None:
    """Say where phones are that were there. One that is gone for long is not looked for again and again."""
    lately = {key: row for key, row in away.items() if row.address in found or before.get(key) != _GONE or at - row.changed_at < SEARCH}
    for row in [row for row in lately.values() if _spared(row)]:
        row.facts = row.facts | {"adb": _GONE, "ready": False}
        if not row.held and row.state not in (PhoneState.QUARANTINED, PhoneState.TRIAL):
            move(session, row, PhoneState.OFFLINE, _("its socket is switched off, to spare its battery"))
    lately = {key: row for key, row in lately.items() if not _spared(row)}
    missing = [
        Missing(row.address, found[row.address].adb if row.address in found else "", str(row.facts.get("usb", "")), row.serial)
        for row in lately.values()
    ]
    others = sum(one.adb not in _OFF for one in found.values())
    for (key, row), one, (state, reason) in zip(lately.items(), missing, whereabouts(missing, others_here=others), strict=True):
        lost = [moment.isoformat() for moment in _lost(row, at)]
        if before.get(key) == READY:
            lost.append(at.isoformat())
        row.facts = row.facts | {"adb": one.adb or _GONE, "ready": False, "lost": lost[-FLAPS:]}
        if not row.held and row.state not in (PhoneState.QUARANTINED, PhoneState.TRIAL):
            move(session, row, state, reason)


def _spared(row: Device) -> bool:
    """Whether the socket of the phone was switched off by ``phones.power``."""
    return not row.facts.get("power", {}).get("on", True)


def _lost(row: Device, at: datetime) -> list[datetime]:
    moments = (datetime.fromisoformat(str(one)) for one in row.facts.get("lost", []))
    return [moment for moment in moments if moment >= at - FLAP_TIME]
