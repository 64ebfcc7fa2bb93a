"""A reboot through the adb server: asked for, seen to begin, and waited for.

The server may answer ``reboot:`` with FAIL ``closed`` although the device does as it is told: adbd goes down before
its OKAY is through (AOSP packages/modules/adb, sockets.cpp, local_socket_close_notify). Only what follows tells which
it was.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass

from harness.device import adb_shell
from harness.device.adb_link import FastClient, ServerLink, Unanswered, in_our_words, translated
from harness.errors import DeviceLost, DeviceTimeout, FormatError

_DOWN_SECONDS, _UP_SECONDS = 60.0, 240.0  # a phone takes about 10 s to go down and 60 s to come up [PROJECT]
_LOOK_SECONDS = 5.0  # of one wait for the device to go: then its boot is asked for, as one that is back already has another
_ASK_SECONDS = 10.0
_BOOT = "cat /proc/sys/kernel/random/boot_id; cat /proc/uptime"  # Linux drivers/char/random.c: another id each boot


@dataclass(frozen=True, slots=True)
class _Boot:
    """Which boot of a device this is: its id, empty where shell may not read it, and how long it lasts."""

    id: str
    uptime: float

    def is_followed_by(self, other: _Boot) -> bool:
        """Whether ``other`` is another, later boot."""
        return self.id != other.id if self.id and other.id else other.uptime < self.uptime


def reboot(link: ServerLink) -> None:
    """Reboot, and wait until adb reaches the device again; raises what the server said when the device stays up."""
    before = _boot(link)
    refused: Unanswered | None = None
    try:
        with link.service("reboot:", timeout=_DOWN_SECONDS, doing="reboot") as channel:
            channel.rest(1024)
    except Unanswered as error:
        refused = error
    if not _goes(link, before):
        raise refused or in_our_words(TimeoutError(), link.serial, "reboot")
    with translated(link.serial, "reboot"):
        FastClient(link.port).wait_for(link.serial, timeout=_UP_SECONDS)


def _goes(link: ServerLink, before: _Boot | None) -> bool:
    """Whether the device goes down in time, or did so between two looks of the server."""
    deadline = time.monotonic() + _DOWN_SECONDS
    while (left := deadline - time.monotonic()) > 0:
        with suppress(DeviceTimeout), translated(link.serial, "reboot"):
            FastClient(link.port).wait_for(link.serial, state="disconnect", timeout=min(left, _LOOK_SECONDS))
            return True
        now = _boot(link)
        if before is not None and now is not None and before.is_followed_by(now):
            return True
    return False


def _boot(link: ServerLink) -> _Boot | None:
    """The present boot; None where the device does not tell, be it that it goes down just now."""
    try:
        *first, uptime, _idle = adb_shell.run(link, _BOOT, timeout=_ASK_SECONDS).stdout.split()
        return _Boot("".join(first), float(uptime))
    except (DeviceLost, DeviceTimeout, FormatError, ValueError):
        return None
