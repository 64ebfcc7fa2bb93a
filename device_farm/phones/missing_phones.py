"""Diagnose phones that adb does not list any more, or lists as offline.

adb itself says only ``unauthorized`` (the phone forgot this computer) and ``offline`` (the line is there, nobody
answers). A phone that vanished is told by others: its port of the network that refuses, Linux's list of the USB, the
phones that went with it. Where none of them tells, that is said.
"""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from device_farm.phones.adb_listing import NETWORK, hub_of
from device_farm.phones.state_names import PhoneState
from harness.language import Text, _

if TYPE_CHECKING:
    from collections.abc import Sequence

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
