"""Record the inventory in the store: phones that are new, that came back, and that are missing.

Diagnose phones that adb does not list any more, or lists as offline.

adb itself says only ``unauthorized`` (the phone forgot this computer) and ``offline`` (the line is there, nobody
answers). A phone that vanished is told by others: its port of the network that refuses, Linux's list of the USB, the
phones that went with it. Where none of them tells, that is said.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from device_farm.phones.adb_listing import NETWORK, hub_of
from device_farm.phones.phone_transitions import LINK, LOOK_AGAIN, busy_phones, move
from device_farm.phones.state_names import PhoneState
from device_farm.store.database import now
from device_farm.store.models import Device
from harness.language import Text, _, both

if TYPE_CHECKING:
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


USB_DEVICES = Path("/sys/bus/usb/devices")
"""Linux: a folder for each device of the USB, named as adb names where a phone hangs, with its ``serial``; beside it
one for each of its interfaces, ``1-2.3:1.0``."""
_ADB = {"bInterfaceClass": "ff", "bInterfaceSubClass": "42", "bInterfaceProtocol": "01"}
"""By this an interface offers adb (packages/modules/adb, adb.h: ADB_CLASS, ADB_SUBCLASS, ADB_PROTOCOL)."""
KNOCK_SECONDS = 1.0
"""How long a phone of the network may take to take or refuse a connection [PROJECT]."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A phone that was there: ``adb`` is the state in which adb still lists it, or empty; ``usb`` where it hung."""

    address: str
    adb: str = ""
    usb: str = ""
    serial: str = ""


def whereabouts(missing: Sequence[Missing], *, others_here: int) -> list[tuple[PhoneState, Text]]:
    """Diagnose each missing phone; ``others_here`` phones of the host are listed as before."""
    if len(missing) > 1 and not others_here and not any(one.adb for one in missing):
        told = _("all {count} phones went at once: the adb server, or the hub they hang on; none of them is to blame", count=len(missing))
        return [(PhoneState.OFFLINE, told)] * len(missing)
    hubs = [hub_of(one.usb) for one in missing]
    with ThreadPoolExecutor(max_workers=max(1, min(16, len(missing)))) as pool:
        return list(pool.map(lambda pair: _whereabouts(pair[0], hubs.count(pair[1]) if pair[1] else 1), zip(missing, hubs, strict=True)))


def _whereabouts(one: Missing, of_its_hub: int) -> tuple[PhoneState, Text]:
    if found := NETWORK.match(one.address):
        return _over_network(one, found["host"].strip("[]"), int(found["port"]))
    if one.adb:
        return PhoneState.OFFLINE, _("is on the cable, and does not answer adb: plug it in again, or restart it")
    if not one.usb or not USB_DEVICES.is_dir():
        return PhoneState.OFFLINE, _("is gone: its cable, its power or its USB debugging, which adb here does not tell apart")
    if _still_plugged(one):
        if _offers_adb(one):
            return PhoneState.OFFLINE, _("is on the USB and offers adb, and the adb server does not take it: its port, or its udev rules")
        return PhoneState.DEBUGGING_OFF, _("is on the USB as before, and offers no adb: USB debugging was switched off, or it restarts")
    if of_its_hub > 1:
        return PhoneState.OFFLINE, _("is gone with {count} phones of the same hub: the hub or its cable", count=of_its_hub)
    return PhoneState.OFFLINE, _("is gone from the USB: its cable, its socket, or it is switched off")


def _over_network(one: Missing, host: str, port: int) -> tuple[PhoneState, Text]:
    try:
        with socket.create_connection((host, port), timeout=KNOCK_SECONDS):
            if one.adb:
                return PhoneState.OFFLINE, _("takes connections, and does not answer adb: run 'adb disconnect' and 'adb connect' again")
            return PhoneState.OFFLINE, _("takes connections again: run 'adb connect {address}'", address=one.address)
    except ConnectionRefusedError:
        return PhoneState.DEBUGGING_OFF, _("nobody listens at its port any more: debugging was switched off, or it restarts")
    except OSError:
        return PhoneState.OFFLINE, _("cannot be reached over the network: Wi-Fi, a cable on the way, or it is switched off")


def _still_plugged(one: Missing) -> bool:
    """Whether Linux still sees a device where it hung, of the same serial number where both tell one."""
    place = USB_DEVICES / one.usb.removeprefix("usb:")
    try:
        told = (place / "serial").read_text("utf-8", "replace").strip()
    except OSError:
        return place.exists()
    return not one.serial or told == one.serial


def _offers_adb(one: Missing) -> bool:
    """Whether an interface of the device at its place is one of adb."""
    name = one.usb.removeprefix("usb:")
    return any(all(_told(interface / key) == value for key, value in _ADB.items()) for interface in USB_DEVICES.glob(f"{name}:*"))


def _told(file: Path) -> str:
    try:
        return file.read_text("ascii", "replace").strip()
    except OSError:
        return ""
