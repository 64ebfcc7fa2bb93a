"""The fault "flaky": a phone that fails now and then, at moments that its seed and serial number decide."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from device_farm.virtual.kernel.device_clock import Timer

if TYPE_CHECKING:
    from device_farm.virtual.adbd.daemon import Adbd

EVERY_SECONDS = 120.0  # of device time from one to the next on average, without a number
_LEAST_SECONDS = 1.0
_AWAY_SECONDS = (0.5, 5.0)  # of the host's time
_SLOW_MS, _SLOW_SECONDS = (50.0, 400.0), 20.0  # of the host's time for a packet; of the device's time
_KINDS = ("session-dies", "away", "slow", "adbd-restarts")


class Flaky:
    """The next fault of one device, and its time."""

    def __init__(self, daemon: Adbd, seed: int, every: float) -> None:
        """Begin; ``every`` is in seconds of device time."""
        self._daemon, self._every = daemon, every
        self._chance = Random(f"{seed}/{daemon.device.spec.serial}")
        self._timer: Timer | None = None
        self.arm()

    def arm(self) -> None:
        """Wait for the next; a boot forgot what was waited for."""
        delay = max(_LEAST_SECONDS, self._chance.expovariate(1 / self._every))
        self._timer = self._daemon.device.clock.call_later(delay, self._strike)

    def end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._quick()

    def _strike(self) -> None:
        kind, device = self._chance.choice(_KINDS), self._daemon.device
        device.record_truth("flaky", kind=kind)
        if kind == "session-dies":
            device.faults.kill_server()
        elif kind == "slow":
            device.faults.delays_ms = {"packet": self._chance.uniform(*_SLOW_MS)}
            device.faults.active.add("slow")
            device.clock.call_later(_SLOW_SECONDS, self._quick)
        else:
            self._daemon.go_away(self._chance.uniform(*_AWAY_SECONDS) if kind == "away" else 0.0)
        self.arm()

    def _quick(self) -> None:
        self._daemon.device.faults.active.discard("slow")
