"""Whose doing it was that a try came to nothing: the app's, the phone's or the host's, and what exactly.

An error is judged by its kind; for a phone that was lost, adb and the places of ``phones.gone`` are asked. What nobody
can tell is the phone's: then another phone tells.
"""

from __future__ import annotations

import errno
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from device_farm.phones.adb_listing import listed
from device_farm.phones.install_failures import install_end
from device_farm.phones.missing_phones import Missing, whereabouts
from device_farm.phones.state_names import PhoneState
from device_farm.units.unit import End
from harness.errors import CatalogueError, CommandFailed, DeviceBusy, DeviceLost, DeviceTimeout, EvidenceError, HarnessError, why
from harness.language import Text, _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from device_farm.phones.adb_listing import Listed

_FULL = re.compile(r"No space left on device|ENOSPC|INSTALL_FAILED_INSUFFICIENT_STORAGE|not enough space", re.IGNORECASE)
_NO_SERVER = re.compile(r"no adb server answers|cannot connect to daemon|failed to (?:start|check) (?:daemon|server)", re.IGNORECASE)
_STARTED_LATELY = 180.0
"""Seconds since its start below which a phone that came back had restarted [PROJECT]."""


@dataclass(frozen=True, slots=True)
class Fault:
    """How a try ended and why; ``state`` is that of the phone where the fault tells it."""

    end: End
    reason: Text
    state: PhoneState | None = None


def fault_of(
    told: BaseException | str,
    *,
    address: str = "",
    adb_port: int | None = None,
    ask: Callable[[int | None], Sequence[Listed]] = listed,
    uptime: Callable[[], float | None] = lambda: None,
) -> Fault:
    """What an error, or what a program left on its standard error, says of a try on the phone ``address``.

    ``uptime`` asks the phone how many seconds ago it started, where it is there again.
    """
    if isinstance(told, str):
        return _of_text(told)
    if isinstance(told, OSError):
        return _of_host(told)
    if isinstance(told, DeviceLost | DeviceTimeout):
        return _of_lost(told, address, adb_port, ask, uptime)
    reason = Text("{reason}", {"reason": told})
    if isinstance(told, CommandFailed):
        return _of_command(told, reason)
    if isinstance(told, EvidenceError) and _FULL.search(str(told)):
        return Fault(End.HOST_FAULT, _("the disk of this computer is full: {reason}", reason=reason))
    if isinstance(told, EvidenceError | CatalogueError | DeviceBusy) or not isinstance(told, HarnessError):
        return Fault(End.HOST_FAULT, reason)
    return Fault(End.DEVICE_FAULT, reason)


def _of_text(text: str) -> Fault:
    line = next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "")[:300]
    reason = Text("{line}", {"line": line})
    if _NO_SERVER.search(text):
        return Fault(End.HOST_FAULT, _("the adb server is gone: {reason}", reason=reason))
    if end := install_end(text):
        return Fault(end, reason)
    if "OSError" in text and _FULL.search(text):
        return Fault(End.HOST_FAULT, _("the disk of this computer is full: {reason}", reason=reason))
    return Fault(End.HOST_FAULT, reason)


def _of_host(error: OSError) -> Fault:
    reason = _("{path}: {reason}", path=Path(str(error.filename or "-")), reason=why(error))
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return Fault(End.HOST_FAULT, _("the disk of this computer is full: {reason}", reason=reason))
    return Fault(End.HOST_FAULT, reason)


def _of_command(error: CommandFailed, reason: Text) -> Fault:
    if _FULL.search(error.output):
        return Fault(End.DEVICE_FAULT, _("the phone has no room left: {reason}", reason=reason))
    return Fault(install_end(error.output) or End.DEVICE_FAULT, reason)


def _of_lost(
    error: HarnessError,
    address: str,
    adb_port: int | None,
    ask: Callable[[int | None], Sequence[Listed]],
    uptime: Callable[[], float | None],
) -> Fault:
    """A phone that went, or did not answer: whether adb is there, and what adb and others say of the phone."""
    try:
        found = ask(adb_port)
    except HarnessError as server:
        return Fault(End.HOST_FAULT, _("the adb server is gone: {reason}", reason=server))
    one = next((one for one in found if address in (one.serial, one.usb)), None)
    if one is not None and one.state in ("unauthorized", "authorizing"):
        told = _("the phone does not trust this computer any more: unlock it and allow USB debugging")
        return Fault(End.DEVICE_FAULT, told, PhoneState.UNAUTHORIZED)
    if one is not None and one.state == "device":
        since = uptime()
        if since is not None and since < _STARTED_LATELY:
            return Fault(End.DEVICE_FAULT, _("the phone restarted by itself: {reason}", reason=error))
        return Fault(End.DEVICE_FAULT, Text("{reason}", {"reason": error}))
    if not address:
        return Fault(End.DEVICE_FAULT, Text("{reason}", {"reason": error}), PhoneState.OFFLINE)
    others = sum(other is not one for other in found)
    missing = Missing(address, one.state if one else "", address if address.startswith("usb:") else one.usb if one else "")
    state, reason = whereabouts([missing], others_here=others)[0]
    return Fault(End.DEVICE_FAULT, _("{phone} {reason}", phone=address, reason=reason), state)
