"""The faults of a virtual device: which there are (``faults.toml``), and which are switched on.

Each room of the device looks at ``device.faults`` where its own fault acts; what acts at once is in ``switching.py``.
"""

from __future__ import annotations

import asyncio
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from device_farm.virtual.faults.flaky import Flaky

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

SLOW_PACKET_MS = 200.0  # of "slow" without figures
SLOW_WORK = ("screencap", "dump", "tap", "packet")  # what "slow" can slow down
_GONE = {"offline", "device-lost", "debugging-off"}
_CATALOGUE = Path(__file__).with_name("faults.toml")


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of the catalogue; ``usage`` are its arguments, ``assumed`` that no source confirms the figures."""

    name: str
    usage: str
    lasts: str  # "on": until it is switched off; "once": over when it happened
    what: str
    source: str
    assumed: bool = False


@cache
def catalogue() -> dict[str, Fault]:
    """All faults by name, in the order of the file."""
    with _CATALOGUE.open("rb") as file:
        return {name: Fault(name=name, **entry) for name, entry in tomllib.load(file).items()}


@dataclass(slots=True)
class Faults:
    """The faults that are switched on at one device."""

    active: set[str] = field(default_factory=set)
    delays_ms: dict[str, float] = field(default_factory=dict)  # of "slow", by the work that waits
    off: bool = False  # the phone went off: its battery is empty
    unplugged: bool = False  # its port of the USB hub is switched off
    flaky: Flaky | None = None
    pull_bytes: int = 0  # of "reboot-in-pull": how much is sent before
    lacks: set[str] = field(default_factory=set)  # of "lack": what the ROM withholds from shell
    boot_guard: float = 0.0  # of "boot-guard": seconds after a boot in which the user alone starts apps
    user: int | None = None  # of "clone": a second user that has the user's apps too
    ends: set[asyncio.Event] = field(default_factory=set)  # of "u2-dies": by which the servers that run now end

    @property
    def gone(self) -> bool:
        """Whether no host reaches the device until somebody does something about it."""
        return self.off or self.unplugged or not _GONE.isdisjoint(self.active)

    def kill_server(self) -> None:
        """The uiautomator2 server ends now, before another call reaches it; without one the next ends as it starts."""
        self.active.add("u2-dies")
        for end in self.ends:
            end.set()

    async def delay(self, work: str) -> None:
        """Wait as long as the fault "slow" says for this kind of work (one of SLOW_WORK), in host time."""
        if "slow" in self.active and (milliseconds := self.delays_ms.get(work, 0.0)) > 0:
            await asyncio.sleep(milliseconds / 1000)


class PullBreaker:
    """Counts what a sync stream sends, and reboots the device in the middle: the fault "reboot-in-pull", once.

    What a push is answered is shorter than any sensible number of bytes, so only a pull gets there.
    """

    def __init__(self, device: VirtualDevice) -> None:
        self._device, self._left = device, device.faults.pull_bytes

    def __call__(self, size: int) -> None:
        self._left -= size
        if self._left <= 0 and "reboot-in-pull" in self._device.faults.active:
            self._device.faults.active.discard("reboot-in-pull")
            self._device.reboot()
