"""``apprights devices``: the phones that adb sees, whether each can be used, and what to do where it cannot."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Annotated, Any

import typer

from harness import console
from harness.commands.arguments import Json
from harness.device.adb import AdbDevice, DeviceEntry, list_devices
from harness.device.screen_wakeup import screen_state
from harness.errors import HarnessError
from harness.language import Text, _, known, said
from harness.restore.ledger import VIRTUAL
from harness.roms import FACTS

NO_DEVICE = _(
    "no device: plug in a phone with USB debugging on (Settings > Developer options), start an emulator, "
    "or use a virtual one with --virtual"
)


def devices(json: Json = False, adb_port: AdbPort = None) -> None:
    """List the phones that adb sees, and what to do where one cannot be used."""
    found = phones(adb_port)
    if json:
        console.print_json({"devices": [_row(phone) for phone in found]})
        return
    if not found:
        console.progress(said(NO_DEVICE))
        return
    head = (_("serial"), _("state"), _("model"), Text("Android"), Text("ROM"), _("What to do"))
    rows = [
        (phone.entry.serial, said(phone.state), phone.entry.model, phone.entry.android, phone.entry.rom, said(phone.advice))
        for phone in found
    ]
    console.table("", [said(word) for word in head], rows)


def _row(phone: Phone) -> dict[str, Any]:
    """For programs: what adb says, and what we make of it."""
    return asdict(phone.entry) | {"ready": not phone.advice, "problem": phone.state if phone.advice else "", "advice": phone.advice}


def _port(value: int | None) -> int | None:
    if value is not None and not 0 < value < 65536:
        raise typer.BadParameter(_("{value} is not between {least} and {most}", value=value, least=1, most=65535))
    return value


AdbPort = Annotated[int | None, typer.Option(metavar="N", callback=_port, help=_("port of the adb server, default that of adb"))]
READY = "device"
"""adb's word for a phone that can be used."""
XIAOMI = ("miui", "hyperos")
MAY_INJECT = "persist.security.adbinput"
"""1 while "USB debugging (Security settings)" is on: MIUI's package manager asks it before shell may tap."""

_REBOOT = _("restart it into Android: 'adb reboot', or hold its power button")
_TRUST = _(
    "unlock the phone and allow USB debugging for this computer; where nothing is asked, choose 'Revoke USB debugging authorisations' "
    "in the developer options and plug the cable in again"
)
_LINE = _("plug the cable in again, or run 'adb reconnect offline'; over the network: 'adb disconnect' and 'adb connect' again")
STATES: dict[str, tuple[Text, Text]] = {
    "unauthorized": (_("does not trust this computer"), _TRUST),
    "authorizing": (_("does not trust this computer yet"), _TRUST),
    "offline": (_("offline"), _LINE),
    "connecting": (_("still connecting"), _LINE),
    "no permissions": (
        _("may not be opened by this user"),
        _(
            "Linux: install the udev rules for phones (Debian, Ubuntu: the package android-sdk-platform-tools-common), "
            "join the group 'plugdev', then 'adb kill-server' and plug the phone in again"
        ),
    ),
    "recovery": (_("in recovery mode"), _REBOOT),
    "sideload": (_("waits for a system update (sideload)"), _REBOOT),
    "rescue": (_("in rescue mode"), _REBOOT),
    "bootloader": (_("in the bootloader"), _("restart it into Android: 'fastboot reboot', or hold its power button")),
}
"""adb's word (AOSP transport.cpp, to_string) -> what is wrong with the phone, and what to do."""
_SILENT = (_("does not answer"), _("wake the phone; if that does not help, plug the cable in again, or restart the phone"))
_LOCKED = (_("locked"), _("unlock the phone and keep its screen on: developer options > Stay awake"))
_NO_INPUT = (
    _("refuses taps"),
    _(
        "turn on '{touch}' and '{install}' in its developer options",
        touch=known(**FACTS["options"]["known"][0]["label"]),
        install=known(**FACTS["install"]["label"]),
    ),
)
_GOOD = (_("ready"), Text(""))


@dataclass(frozen=True, slots=True)
class Phone:
    """One phone of the adb server, how it stands, and what to do; ``advice`` is empty where nothing is."""

    entry: DeviceEntry
    state: Text
    advice: Text
    clock: float | None = None
    """Its wall clock, in seconds since 1970, where it was asked for."""


def phones(port: int | None) -> list[Phone]:
    """Every phone; those that are ready are asked whether a check could use them."""
    listed = list_devices(port=port)
    with ThreadPoolExecutor(max_workers=min(8, max(1, len(listed)))) as pool:
        return list(pool.map(lambda entry: look_at(entry, port), listed))


def look_at(entry: DeviceEntry, port: int | None) -> Phone:
    """One phone; asked whether a check could use it where adb says that it is ready."""
    if entry.state != READY:
        unknown = (Text(entry.state), _LINE)
        return Phone(entry, *STATES.get(entry.state, unknown))
    try:
        with AdbDevice(entry.serial, port=port) as device:
            screen = screen_state(device)
            told = device.shell(["getprop", MAY_INJECT]).stdout.strip() if entry.rom in XIAOMI else "1"
            skips = device.shell(["getprop", VIRTUAL]).stdout.strip() == "1"  # its time is its own
            clock = None if skips else _number(device.shell(["date", "+%s"]).stdout)
    except HarnessError:
        return Phone(entry, *_SILENT)
    if screen.locked and screen.secure:
        return Phone(entry, *_LOCKED, clock)
    return Phone(entry, *(_GOOD if told == "1" else _NO_INPUT), clock)


def _number(text: str) -> float | None:
    return float(text) if text.strip().isdecimal() else None
