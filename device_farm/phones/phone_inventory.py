"""Take the inventory of phones through adb."""

import re
import socket
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any

from device_farm.phones.adb_listing import NETWORK, Listed, again, listed
from device_farm.phones.inventory_records import record
from harness.commands.devices import READY, STATES, look_at
from harness.device.adb import AdbDevice, DeviceEntry
from harness.device.protocol import Device, run_together
from harness.errors import HarnessError
from harness.language import Text, _, both
from harness.parsers.battery import parse_battery
from harness.parsers.getprop import properties
from harness.roms import rom_of
from harness.starts.push_services import PUSH_SERVICES

__all__ = ["Looking", "Seen", "describe", "look", "record"]

NOTHING = Text("")
SECONDS = 20.0
"""How long a phone may take to tell what it is [PROJECT]."""
ASK_AGAIN = 30.0
"""How often a phone is asked again that no check could use [PROJECT], in seconds: somebody may have mended it."""
CONNECT_AGAIN = 60.0
"""How often a phone of the network is connected again that did not answer [PROJECT], in seconds."""
_AT_ONCE = 16
_SU = ("/system/xbin/su", "/sbin/su", "/su/bin/su", "/debug_ramdisk/su")
_MANAGERS = ("com.topjohnwu.magisk", "me.weishu.kernelsu", "me.bmax.apatch")
"""Apps by which a phone is rooted, as their own projects name them."""
_UNTOLD = ("", "unknown", "null")  # Build.UNKNOWN; what settings prints for a row that is not there
_NO_LABEL = re.compile(r"[^A-Za-z0-9._:+-]+")


@dataclass(frozen=True, slots=True)
class Seen:
    """A phone as adb shows it. ``address`` is what adb is to be told (``-s``): its serial, or where it hangs.

    ``adb`` is adb's word for its state. ``problem`` is empty where a check could use the phone, else why not.
    ``identity`` is what tells one phone from another over all ways to it; empty where it does not tell.
    """

    host: str
    address: str
    adb: str
    serial: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    problem: Text = NOTHING
    advice: Text = NOTHING
    identity: str = ""

    @property
    def ready(self) -> bool:
        """Whether a check could use it."""
        return not self.problem


@dataclass(frozen=True, slots=True)
class _Asked:
    """The answer of a phone, its transport, and its time by the monotonic clock."""

    seen: Seen
    transport: int
    at: float


class Looking:
    """Looks again and again, and asks a phone only what is not known of it: one that is at work is left alone.

    A phone that was away has another transport, and is asked again. Phones of the network are connected again where the
    adb server is a new one, which knows none of them.
    """

    def __init__(self, adb_port: int | None = None, host: str | None = None) -> None:
        """Look at the phones of the adb server on ``adb_port``, the user's own without one."""
        self._adb_port, self._host = adb_port, host or socket.gethostname()
        self._asked: dict[str, _Asked] = {}
        self._network: set[str] = set()
        self._lost: dict[str, float] = {}  # to a server that ended: when they are to be connected again
        self._newest = 0

    def look(self) -> list[Seen]:
        """Every phone of the adb server, by address. Raises DeviceLost where no server answers: a fault of the host."""
        found = self._listed()
        if not found:
            return []
        with ThreadPoolExecutor(max_workers=min(_AT_ONCE, len(found))) as pool:
            seen = list(pool.map(lambda pair: self._seen(*pair), _addressed(found)))
        return sorted(_told_apart(seen), key=lambda one: one.address)

    def _listed(self) -> list[Listed]:
        """What adb lists; a new server, which counts transports anew, is first told of the phones of the network."""
        found, at = listed(self._adb_port), time.monotonic()
        newest = max((one.transport for one in found), default=0)
        here = {one.serial for one in found}
        if newest < self._newest:
            self._lost |= dict.fromkeys(self._network - here - self._lost.keys(), at)
        due = [address for address, when in self._lost.items() if when <= at]
        if due:
            again(self._adb_port, due)
            found = listed(self._adb_port)
            newest = max((one.transport for one in found), default=0)
            here = {one.serial for one in found}
        self._newest = newest
        self._lost = {
            address: at + CONNECT_AGAIN if address in due else when for address, when in self._lost.items() if address not in here
        }
        self._network |= {address for address in here if NETWORK.match(address)}
        return found

    def _seen(self, one: Listed, address: str) -> Seen:
        known, at = self._asked.get(address), time.monotonic()
        same = known is not None and one.transport and (known.transport, known.seen.adb) == (one.transport, one.state)
        if known is not None and same and (known.seen.ready or at - known.at < ASK_AGAIN):
            return known.seen
        seen = _seen(one, address, self._adb_port, self._host)
        self._asked[address] = _Asked(seen, one.transport, at)
        return seen


def look(adb_port: int | None = None, host: str | None = None) -> list[Seen]:
    """Look once. Raises DeviceLost where no adb server answers: a fault of the host."""
    return Looking(adb_port, host).look()


def _addressed(found: Sequence[Listed]) -> list[tuple[Listed, str]]:
    """Each transport and how adb is to be told which one: phones that share a serial by where they hang.

    adb takes ``usb:1-2.3`` in the place of a serial (transport.cpp, MatchesTarget); empty where there is no such word.
    """
    times = Counter(one.serial for one in found)
    return [(one, one.serial if times[one.serial] == 1 and " " not in one.serial else one.usb) for one in found]


def _seen(one: Listed, address: str, adb_port: int | None, host: str) -> Seen:
    facts: dict[str, Any] = {"adb": one.state, "usb": one.usb, "transport": one.transport}
    if not address:
        reason = _(
            "another phone on this computer has the adb serial {serial}, too, and adb does not tell where they hang", serial=one.serial
        )
        name = f"{one.serial}#{one.transport}"
        return Seen(host, name, one.state, labels={}, facts=facts, problem=reason, advice=_GIVE_SERIAL)
    if one.state != READY:
        problem, advice = STATES.get(one.state, (Text(one.state), Text("")))
        return Seen(host, address, one.state, facts=facts, problem=problem, advice=advice)
    try:
        with AdbDevice(address, port=adb_port) as device:
            told = describe(device)
    except HarnessError as error:
        return Seen(host, address, one.state, facts=facts, problem=Text("{reason}", {"reason": error}), advice=STATES["offline"][1])
    looked = look_at(DeviceEntry(address, one.state, told.facts["model"], told.facts["android"], told.facts["rom"]), adb_port)
    doctor = dict(zip(("zh", "en"), both(looked.state), strict=True))
    problem = looked.state if looked.advice else NOTHING
    merged = facts | dict(told.facts) | {"doctor": doctor, "clock": looked.clock, "asked_at": round(time.time(), 3)}
    labels = dict(told.labels) | {"serial": _NO_LABEL.sub("", address)[:64]}
    return replace(told, host=host, address=address, adb=one.state, facts=merged, labels=labels, problem=problem, advice=looked.advice)


def describe(device: Device) -> Seen:
    """Ask a phone for its facts in one go; ``host``, ``address`` and ``adb`` are the caller's to fill in."""
    asked = [
        ["getprop"],
        ["settings", "get", "secure", "android_id"],
        ["pm", "list", "packages"],
        ["id", "-u"],
        ["ls", "-d", *_SU],
        ["dumpsys", "battery"],
    ]
    props, android_id, packages, uid, su, power = (one.stdout for one in run_together(device, asked, timeout=SECONDS))
    told = properties(props)
    installed = {line.removeprefix("package:").strip() for line in packages.splitlines()}
    own = told.get("ro.serialno", "").strip()
    battery = parse_battery(power)
    virtual = told.get("ro.apprights.virtual") == "1"
    emulator = "1" in (told.get("ro.kernel.qemu"), told.get("ro.boot.qemu"))
    facts = {
        "model": told.get("ro.product.model", ""),
        "maker": told.get("ro.product.manufacturer", ""),
        "android": told.get("ro.build.version.release", ""),
        "sdk": told.get("ro.build.version.sdk", ""),
        "rom": rom_of(told),
        "build": told.get("ro.build.fingerprint", ""),
        "patch": told.get("ro.build.version.security_patch", ""),
        "abi": told.get("ro.product.cpu.abi", ""),
        "root": _root(told, uid.strip(), installed, su.strip()),
        "boot": told.get("ro.boot.verifiedbootstate", ""),
        "push": sorted(installed & PUSH_SERVICES),
        "battery": battery.level,
        "celsius": battery.celsius,
    }
    kind = "virtual" if virtual else "emulator" if emulator else "real"
    words = {"abi": facts["abi"], "android": facts["android"], "kind": kind, "rom": facts["rom"]}
    labels = {name: _NO_LABEL.sub("-", str(value))[:64] for name, value in words.items() if value}
    known = [own, android_id.strip()]
    identity = "" if virtual or any(one in _UNTOLD or len(one.split()) != 1 for one in known) else "/".join(known)
    return Seen("", "", READY, serial=own, labels=labels, facts=facts, identity=identity)


def _root(told: Mapping[str, str], uid: str, installed: set[str], su: str) -> str:
    """In which way the phone is open to root, the strongest first; ``none`` where nothing of it shows."""
    if uid == "0":
        return "adbd"
    if told.get("ro.debuggable") == "1":
        return "debuggable"
    if manager := next((name for name in _MANAGERS if name in installed), None):
        return manager
    return "su" if su else "none"


_GIVE_SERIAL = _("use a computer with Linux or macOS for them, or one phone of this kind for each computer")


def _told_apart(seen: Iterable[Seen]) -> list[Seen]:
    """Refuse what would be one phone twice, or two that nothing tells apart.

    A phone on USB and over the network at once is used over USB. Two on USB with one identity would share the lock and
    the ledger of a check.
    """
    found = list(seen)
    result = []
    for one in found:
        twins = [other for other in found if other is not one and one.identity and other.identity == one.identity]
        on_usb = [other for other in (one, *twins) if other.facts["usb"]]
        if not twins or (on_usb == [one]):
            result.append(one)
        elif len(on_usb) > 1 and one in on_usb:
            others = ", ".join(other.address for other in twins)
            reason = _("has the same serial number and the same Android ID as {others}: nothing tells them apart", others=others)
            result.append(replace(one, problem=reason, advice=_("reset one of them to its factory state, which gives it a new Android ID")))
        else:
            best = min((on_usb or [one, *twins]), key=lambda other: other.address)
            result.append(one if one is best else _second_way(one, best))
    return result


def _second_way(one: Seen, best: Seen) -> Seen:
    return replace(one, problem=_("is the same phone as {other}", other=best.address), advice=_("'adb disconnect {one}'", one=one.address))
