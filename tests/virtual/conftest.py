"""A private adb server, and virtual devices behind it."""

from __future__ import annotations

import os
import subprocess
import types
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import adbutils
import pytest

from device_farm.virtual.clock import DeviceClock
from device_farm.virtual.files import FileSystem
from device_farm.virtual.framework.logs import Logs
from device_farm.virtual.framework.model import ProcessRecord
from device_farm.virtual.procfs import mount
from device_farm.virtual.server import ServerThread, devices_in_thread
from harness.adb_server import PrivateAdbServer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ADB = Path(adbutils.__file__).parent / "binaries" / ("adb.exe" if os.name == "nt" else "adb")
DEADLINE = 20.0


class StandInDevice:
    """What transport and shell use of a VirtualDevice, and nothing else of it."""

    def __init__(self, clock: DeviceClock | None = None) -> None:
        self.clock = clock or DeviceClock()
        self.spec = types.SimpleNamespace(width=4, height=2)
        self.files = FileSystem(self.clock, limit=256 << 20)
        self.logs = Logs(self.clock)
        self.properties = {
            "ro.product.name": "virtual", "ro.product.model": "Virtual: 1;=", "ro.product.device": "vdev",
            "ro.build.version.sdk": "33", "persist.sys.timezone": "UTC",
        }  # fmt: skip
        self.settings: dict[str, dict[str, str]] = {"global": {}, "secure": {}, "system": {}}
        self.faults = types.SimpleNamespace(active=set())
        self.unmodelled: set[str] = set()
        self.truth: list[dict[str, Any]] = [{"what": "booted"}]
        self.jobs: set[Any] = set()
        self.disconnect: Callable[[float], None] | None = None
        self.listeners: dict[str, Any] = {}
        self.screen = types.SimpleNamespace(raw=lambda: bytes(range(32)))
        process = ProcessRecord(4321, 10123, "com.example.shop", "com.example.shop", "activity", None, 12.0, adj=900)
        self.system = types.SimpleNamespace(processes={4321: process}, packages={"com.example.shop": object()}, killed=[])
        self.system.low_memory_kill = self.system.killed.append
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


@pytest.fixture(scope="module")
def adb_server() -> Iterator[AdbServer]:
    """A private adb server with a home of its own, ended with the module."""
    with PrivateAdbServer() as server:
        yield AdbServer(server.port, server.environment())


@dataclass
class Connected:
    """A device that an adb server knows."""

    serial: str
    device: Any
    server: ServerThread
    adb: AdbServer

    def run(self, *args: str, check: bool = True, **options: Any) -> subprocess.CompletedProcess[bytes]:
        """Run ``adb -s SERIAL args``."""
        return self.adb.run(*args, serial=self.serial, check=check, **options)

    def shell(self, command: str, **options: Any) -> tuple[int, str, str]:
        """Exit code, standard output and standard error of ``adb shell command``."""
        done = self.run("shell", command, check=False, stdin=subprocess.DEVNULL, **options)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def adbutils(self) -> adbutils.AdbDevice:
        return self.adb.client().device(self.serial)


@pytest.fixture(scope="module")
def connect(adb_server: AdbServer) -> Iterator[Callable[[Callable[[], Any]], Connected]]:
    """Serve the device of a maker in a thread and ``adb connect`` it; everything ends with the module."""
    with ExitStack() as stack:

        def connect_device(make: Callable[[], Any]) -> Connected:
            thread = stack.enter_context(devices_in_thread([make]))
            serial = thread.addresses[0]
            adb_server.run("connect", serial)
            stack.callback(adb_server.run, "disconnect", serial, check=False)
            adb_server.run("wait-for-device", serial=serial)
            return Connected(serial, thread.devices[0], thread, adb_server)

        yield connect_device


@pytest.fixture(scope="module")
def virtual_device(connect: Callable[[Callable[[], Any]], Connected]) -> Callable[..., Connected]:
    """``virtual_device(spec)``: a whole virtual device behind the private adb server."""

    def make(spec: Any = None) -> Connected:
        from device_farm.virtual.device import Spec, VirtualDevice

        return connect(lambda: VirtualDevice(spec or Spec()))

    return make


@pytest.fixture(scope="module")
def stand_in(connect: Callable[[Callable[[], Any]], Connected]) -> Connected:
    """Transport and shell alone, without framework, behind the private adb server."""
    return connect(StandInDevice)


@pytest.fixture
def stand_in_device() -> StandInDevice:
    """A device without a server."""
    return StandInDevice()
