"""What ``doctor``, its cheap part in a check, and ``prove`` take of a phone: a virtual device behind the real adb."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from device_farm.proof.proof_run import prove
from harness.abilities.kept import first_tried, try_all
from harness.device.adb import AdbDevice, open_device
from harness.device.virtual_devices import virtual_devices
from harness.parsers.getprop import properties
from harness.restore.ledger import state_apart
from tests.benchmarks.rows import Row, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from harness.device.protocol import ShellResult


class Counted(AdbDevice):
    """A device that counts the commands."""

    calls = 0

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        """Run and count it."""
        self.calls += 1
        return super().shell(command, timeout=timeout)


def run() -> list[Row]:
    """Try all, then what only reads, then prove the device by all of its apps."""
    with state_apart(), virtual_devices() as devices, Counted(devices.serials[0], port=devices.port) as phone:
        began = time.monotonic()
        tried = len(list(try_all(phone, properties(phone.shell(["getprop"]).stdout))))
        whole, phone.calls, began = time.monotonic() - began, 0, time.monotonic()
        first_tried(phone, screen=True)
        cheap, calls = time.monotonic() - began, phone.calls
        phone.close()
        up = _uptime(phone)
        with tempfile.TemporaryDirectory() as runs:
            proved = list(prove(lambda: open_device(devices.serials[0], port=devices.port), Path(runs)))
        minutes = (_uptime(phone) - up) / 60
    return [
        row("doctor: all abilities", whole, "s", aim="<= 60", note=f"{tried} of them"),
        row("abilities of a check", cheap, "s", aim="<= 2"),
        row("abilities of a check: commands", calls, "", aim="<= 10"),
        row("prove: time of the phone", minutes, "min", aim="<= 10", note=f"{len(proved)} apps"),
    ]


def _uptime(phone: AdbDevice) -> float:
    return float(phone.shell(["cat", "/proc/uptime"]).stdout.split()[0])
