"""VirtualDevice: one virtual Android device, put together from its rooms.

Everything of a device runs on one asyncio event loop, in one thread; app code runs there too, in greenlets of its
process (framework/runtime). Nothing here is called from another thread.
"""

import math
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any, Protocol

from device_farm.virtual.adbd import security_log
from device_farm.virtual.faults.catalogue import Faults
from device_farm.virtual.framework.device_options import DeviceOptions
from device_farm.virtual.framework.dumps.netstats import QTAGUID_UNTIL, qtaguid
from device_farm.virtual.framework.narrator.narrator import Narrator
from device_farm.virtual.framework.records.logs import Logs
from device_farm.virtual.framework.system import System
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.kernel.evdev import KernelInput
from device_farm.virtual.kernel.file_system import FileSystem
from device_farm.virtual.kernel.procfs import build_prop, mount
from device_farm.virtual.roms import load_rom
from device_farm.virtual.roms.facts import Values
from device_farm.virtual.screen import Screen
from device_farm.virtual.shell.process_table import ProcessTable
from device_farm.virtual.spec import Spec
from device_farm.virtual.unmodelled import Unmodelled

MOST_TRUTH = 100_000


class Connection(Protocol):
    """A byte stream between a client and something that listens on the device."""

    async def read(self) -> bytes:
        """Some bytes, waiting for them; empty at the end."""

    async def write(self, data: bytes) -> None:
        """Send bytes, waiting while the peer is slow."""


Listener = Callable[[Connection], Awaitable[None]]


class VirtualDevice:
    """One device: its clock, files, framework and screen. ``adbd`` serves it, ``shell`` runs commands on it."""

    def __init__(self, spec: Spec, clock: DeviceClock | None = None) -> None:
        """Boot the device and install the apps of ``spec``."""
        self.spec = spec
        self.rom = load_rom(spec.android, spec.rom)
        self.clock = clock or DeviceClock()
        self.files = FileSystem(self.clock)
        self.files.write("/system/etc/event-log-tags", self.rom.event_log_tags().encode())
        self.properties: Values = self.rom.properties(spec)
        if spec.security_log:
            self.properties.update(security_log.properties(self.rom.sdk))
        self.settings: dict[str, MutableMapping[str, str]] = {**self.rom.settings(spec)}
        self.files.write("/system/build.prop", build_prop(self.properties.unread()), mode=0o600)
        self.faults = Faults()
        self.unmodelled = Unmodelled()
        self.truth: list[dict[str, Any]] = []
        self.shell_processes = ProcessTable(self.clock)
        self.disconnect: Callable[[float], None] | None = None  # adbd's: drop every host for so many host seconds
        self.listeners: dict[str, Listener] = {}  # "tcp:9008", "localabstract:name" -> who answers there
        self.logs = Logs(self.clock)
        if spec.security_log:
            self.logs.add("security")
        self.options: DeviceOptions = DeviceOptions(self)
        self.narrator: Narrator = Narrator(self)
        self.screen: Screen = Screen(self)
        self.kernel_input = KernelInput(self)
        self.system = System(self)
        mount(self)
        if self.rom.sdk <= QTAGUID_UNTIL:
            self.files.computed["/proc/net/xt_qtaguid/stats"] = lambda _: qtaguid(self)
        self.system.boot()

    def reboot(self, offline: float = 1.0) -> None:
        """Reboot the framework; ADB hosts are dropped and may come back after ``offline`` host seconds.

        The log is gone: logd keeps it in memory only.
        """
        self.logs.clear(*self.logs.buffers)
        self.system.reboot()
        self.shell_processes.kill_all()
        if self.faults.flaky is not None:
            self.faults.flaky.arm()
        if self.disconnect is not None:
            self.disconnect(offline)

    def turn_off(self) -> None:
        """Go off, as with an empty battery: nothing runs, and no host sees it until ``turn_on``."""
        if not self.faults.off:
            self.record_truth("off")
            self.faults.off, self.system.booted = True, False
            self.shell_processes.kill_all()
            self.clock.forget()
            if self.disconnect is not None:
                self.disconnect(math.inf)
            self.system.power.battery.rebooted()  # a charger is noticed by a phone that is off, too

    def turn_on(self) -> None:
        """Boot a device that went off."""
        if self.faults.off:
            self.faults.off = False
            self.reboot()

    def debugging_off(self) -> None:
        """Somebody switched USB debugging off, on the developer page or with ``settings``: adbd ends."""
        self.settings["global"]["adb_enabled"] = "0"
        self.faults.active.add("debugging-off")
        if self.disconnect is not None:
            self.disconnect(math.inf)

    def jump_wall(self, seconds: float) -> None:
        """Move the wall clock by ``seconds``, as network time does; uptime goes on."""
        self.record_truth("time-jump", seconds=seconds)
        self.system.set_wall(self.clock.wall + seconds)

    def record_truth(self, what: str, **details: Any) -> None:
        """Write down what really happened, for ``ctl truth``; the harness never reads it.

        A device that runs for months keeps the newest MOST_TRUTH entries.
        """
        if len(self.truth) >= MOST_TRUTH:
            del self.truth[: MOST_TRUTH // 10]
        self.truth.append({"what": what, "uptime": round(self.clock.uptime, 3), **details})
