"""A private adb server and the devices behind it, as tests use them."""

import os
import socket
import subprocess
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import adbutils

from device_farm.virtual.adbd.daemon import EMULATOR_PORTS
from device_farm.virtual.device_server import ServerThread
from device_farm.virtual.faults.catalogue import Faults
from device_farm.virtual.framework.records.logs import Logs
from device_farm.virtual.framework.records.system_records import ProcessRecord
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.kernel.file_system import FileSystem
from device_farm.virtual.kernel.procfs import mount
from device_farm.virtual.shell.process_table import ProcessTable
from device_farm.virtual.unmodelled import Unmodelled

ADB = Path(adbutils.__file__).parent / "binaries" / ("adb.exe" if os.name == "nt" else "adb")
DEADLINE = 120.0


class StandInDevice:
    """What transport and shell use of a VirtualDevice, and nothing else of it."""

    def __init__(self, clock: DeviceClock | None = None, *, sdk: int = 33) -> None:
        self.clock = clock or DeviceClock()
        self.spec = types.SimpleNamespace(width=4, height=2)
        self.files = FileSystem(self.clock, limit=256 << 20)
        self.logs = Logs(self.clock)
        self.properties = {
            "ro.product.name": "virtual", "ro.product.model": "Virtual: 1;=", "ro.product.device": "vdev",
            "ro.build.version.sdk": str(sdk), "persist.sys.timezone": "UTC",
        }  # fmt: skip
        self.settings: dict[str, dict[str, str]] = {"global": {}, "secure": {}, "system": {}}
        self.faults = Faults()
        self.unmodelled = Unmodelled()
        self.truth: list[dict[str, Any]] = [{"what": "booted"}]
        self.shell_processes = ProcessTable(self.clock)
        self.disconnect: Callable[[float], None] | None = None
        self.listeners: dict[str, Any] = {}
        self.screen = types.SimpleNamespace(width=4, height=2, raw=lambda: bytes(range(32)))
        process = ProcessRecord(4321, 10123, "com.example.shop", "com.example.shop", "activity", None, 12.0, adj=900)
        packages = {"com.example.shop": object()}
        self.system = types.SimpleNamespace(processes={4321: process}, packages=packages, killed=[])
        self.system.kill_by_fault = lambda fault, package: self.system.killed.append((fault, package))
        mount(self)  # type: ignore[arg-type]

    def reboot(self, offline: float = 0.2) -> None:
        if self.disconnect is not None:
            self.disconnect(offline)


@dataclass
class AdbServer:
    """A private adb server; ``run`` is the command line client on it."""

    port: int
    environment: dict[str, str] = field(repr=False)

    def run(self, *args: str, serial: str | None = None, check: bool = True, **options: Any) -> subprocess.CompletedProcess[bytes]:
        command = [str(ADB), *(["-s", serial] if serial else []), *args]
        done = subprocess.run(command, env=self.environment, capture_output=True, timeout=DEADLINE, check=False, **options)
        if check and done.returncode:
            raise AssertionError(f"{args}: exit {done.returncode}: {done.stdout!r} {done.stderr!r}")
        return done

    def client(self) -> adbutils.AdbClient:
        return adbutils.AdbClient(host="127.0.0.1", port=self.port, socket_timeout=DEADLINE)


def free_port() -> int:
    """A free port outside those that adb scans for emulators, and not adb's own."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if port not in EMULATOR_PORTS and port != 5037:
            return port


@dataclass
class Connected:
    serial: str
    device: Any
    server: ServerThread
    adb: AdbServer

    def run(self, *args: str, check: bool = True, **options: Any) -> subprocess.CompletedProcess[bytes]:
        return self.adb.run(*args, serial=self.serial, check=check, **options)

    def shell(self, command: str, **options: Any) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of ``adb shell command``."""
        done = self.run("shell", command, check=False, stdin=subprocess.DEVNULL, **options)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    @contextmanager
    def service(self, name: str) -> Iterator[adbutils.AdbConnection]:
        with self.adbutils().open_transport() as connection:
            connection.send_command(name)
            connection.check_okay()
            yield connection

    def adbutils(self) -> adbutils.AdbDevice:
        return self.adb.client().device(self.serial)
