"""The wall clock of a device: how it stands, and how shell sets it. Never as root.

``cmd alarm set-time MILLIS`` is AlarmManagerService's own shell command, read in Android 9, 11, 12L and One UI
(AlarmManagerService.java, ShellCmd); it needs SET_TIME, which the Shell package holds
(packages/Shell/AndroidManifest.xml of 11 and 12L). ``date`` may set the clock as root only, so it is never tried. What
the command did is seen by reading the clock again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from harness.device.protocol import Device, ShellResult, perform
from harness.errors import CommandFailed, ScenarioError
from harness.language import _, quoted
from harness.recording.clock_map import Probe, probe

Run = Callable[[Sequence[str]], ShellResult]

BOOT_ID = "/proc/sys/kernel/random/boot_id"  # Linux drivers/char/random.c: another one each boot
RIGHT_SECONDS = 1.0
"""A clock that is off by less stands right: a call over Wi-Fi takes that long."""
SET_SECONDS = 5.0
"""By how much a clock may be off after it was set: the command itself takes a second on a slow phone [PROJECT]."""
_NO_COMMAND = ("Can't find service", "No shell command implementation", "Unknown command")


class ClockRefused(ScenarioError):
    """The device does not let shell move its clock."""


@dataclass(frozen=True, slots=True)
class WallClock:
    """Where a wall clock stands, in seconds.

    ``offset`` is wall clock minus uptime, good within the boot ``boot_id`` (empty where the device does not tell).
    ``against_host`` is wall clock minus the true time by this computer; it survives a reboot.
    """

    boot_id: str
    offset: float
    against_host: float

    def ahead(self, seconds: float) -> WallClock:
        """The same clock, moved."""
        return replace(self, offset=self.offset + seconds, against_host=self.against_host + seconds)


def read_wall_clock(device: Device) -> WallClock:
    taken = probe(device)
    return WallClock(_boot_id(device), taken.wall - taken.uptime, taken.wall - _true_time(taken))


def set_wall_clock(device: Device, wanted: WallClock, run: Run | None = None) -> None:
    """Have the device's wall clock stand as ``wanted`` says; one that already does is left alone.

    ``run`` runs a command and raises CommandFailed where it is refused. Raises ClockRefused, with the reason, when the
    clock does not move.
    """
    taken = probe(device)
    same_boot = bool(wanted.boot_id) and _boot_id(device) == wanted.boot_id
    offset = wanted.offset if same_boot else _true_time(taken) + wanted.against_host - taken.uptime
    if _off_by(taken, offset) <= RIGHT_SECONDS:
        return
    now = taken.uptime + time.monotonic() - taken.host + offset
    command = ["cmd", "alarm", "set-time", str(round(now * 1000))]
    try:
        run(command) if run is not None else perform(device, command)
    except CommandFailed as refused:
        raise _refusal(refused) from None
    if _off_by(probe(device), offset) > SET_SECONDS:
        raise ClockRefused(_("the device took 'cmd alarm set-time' and its clock did not move"))


def _off_by(taken: Probe, offset: float) -> float:
    return abs(taken.wall - taken.uptime - offset)


def _true_time(taken: Probe) -> float:
    """The true time at a probe, as this computer has it, in seconds since 1970 UTC."""
    return time.time() - (time.monotonic() - taken.host)


def _boot_id(device: Device) -> str:
    answer = device.shell(["cat", BOOT_ID])
    return answer.stdout.strip() if answer.code == 0 else ""


def _refusal(refused: CommandFailed) -> ClockRefused:
    said = " ".join(refused.output.split())[:200]
    if "SecurityException" in said:
        return ClockRefused(_("this device does not let shell set its clock (SET_TIME): {said}", said=quoted(said)))
    if not said or any(words in said for words in _NO_COMMAND):
        return ClockRefused(_("this device has no 'cmd alarm set-time': {said}", said=quoted(said) or _("no answer")))
    return ClockRefused(_("the device did not set its clock: {said}", said=quoted(said)))
