"""A booted device on a host clock that stands still, and its shell commands called without a transport."""

import asyncio
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from device_farm.virtual import App
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.shell.call import Call
from device_farm.virtual.shell.registry import COMMANDS
from device_farm.virtual.spec import Spec

WALL = 1790000000.0  # 2026-09-21 22:13:20 in Shanghai


def boot(*apps: type, android: str = "13", rom: str = "aosp", language: str = "zh") -> VirtualDevice:
    """A device whose clock moves only by ``clock.skip``."""
    clock = DeviceClock(wall=WALL, host=lambda: 0.0)
    return VirtualDevice(Spec(android=android, rom=rom, language=language, apps=apps), clock)


def launch(device: VirtualDevice, package: str, seconds: float = 3) -> None:
    """Open an app from the home screen and give it some seconds."""
    component = device.system.launcher_component(package)
    assert component is not None
    device.system.start_activity(device.system.package_manager.launch_intent(component), uid=2000, package="com.android.shell")
    device.clock.skip(seconds)


def opened(app: type[App], *, android: str = "13", rom: str = "aosp", seconds: float = 3) -> VirtualDevice:
    device = boot(app, android=android, rom=rom)
    device.clock.skip(2)
    launch(device, app.package, seconds)
    return device


@dataclass
class Collected:
    """An output that keeps what is written; ``written`` is set with each write."""

    data: bytes = b""
    written: asyncio.Event = field(default_factory=asyncio.Event)

    async def write(self, data: bytes) -> None:
        self.data += data
        self.written.set()


class Empty:
    async def read(self, limit: int = -1) -> bytes:
        return b""


def call(device: VirtualDevice, name: str, *args: str, env: dict[str, str] | None = None) -> Call:
    return Call(device, name, list(args), Empty(), Collected(), Collected(), env or {})


def run(device: VirtualDevice, name: str, *args: str, env: dict[str, str] | None = None) -> tuple[str, str, int]:
    """Standard output, standard error and the exit code of a command that ends by itself."""
    made = call(device, name, *args, env=env)

    async def limited() -> int:
        return await asyncio.wait_for(COMMANDS[name](made), 120)

    code = asyncio.run(limited())
    assert isinstance(made.stdout, Collected)
    assert isinstance(made.stderr, Collected)
    return made.stdout.data.decode(), made.stderr.data.decode(), code


def dump(device: VirtualDevice, *args: str) -> str:
    """What ``dumpsys`` prints; it must not fail."""
    out, error, code = run(device, "dumpsys", *args)
    assert (error, code) == ("", 0)
    return out


def captures() -> Path:
    """The folder of real captures; skips the test, visibly, where there is none."""
    root = Path(__file__).resolve().parents[2]
    for folder in (root / ".." / "shared" / "captures", Path(os.environ.get("APPRIGHTS_CAPTURES", "/nonexistent"))):
        if folder.is_dir():
            return folder
    pytest.skip("no real captures here (../shared/captures)")
