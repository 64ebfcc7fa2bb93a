"""The device's own clock: seconds since boot, flowing with the host's and skipping ahead on ``idle``.

Everything that happens later (a posted callback, an alarm, a fade) is a timer here. A timer always runs at its own due
time: while it runs, ``uptime`` is exactly what it was set to, however late the host got to it. So what an app does is
the same on a slow machine as on a fast one.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
import itertools
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice

_FEW_TIMERS = 1000
OFF_SECONDS = 0.2  # between the last moment of one boot and the first of the next; a phone needs seconds, which nobody wants to wait for


class Timer:
    """A callback that is due at an uptime; ``cancel`` before then and it never runs."""

    __slots__ = ("callback", "cancelled", "due")

    def __init__(self, due: float, callback: Callable[[], None]) -> None:
        """Remember ``callback`` for the uptime ``due`` in seconds."""
        self.due, self.callback, self.cancelled = due, callback, False

    def cancel(self) -> None:
        self.cancelled = True


class DeviceClock:
    """Uptime and wall clock of one device."""

    def __init__(self, *, uptime: float = 300.0, wall: float | None = None, host: Callable[[], float] | None = None) -> None:
        """Start at ``uptime`` seconds after boot; ``wall`` is Unix time, by default the host's."""
        self._host = host or time.monotonic
        self._origin = self._host() - uptime
        self._now = uptime
        self._wall_offset = (time.time() if wall is None else wall) - uptime
        self._timers: list[tuple[float, int, Timer]] = []
        self._order = itertools.count()
        self._sweep_at = _FEW_TIMERS
        self._running = False
        self._target = uptime  # what the catch-up under way runs to
        self._then = 0.0  # and what is to be skipped after it, in seconds
        self._skipping, self._began = False, 0.0  # whether it skips time, and the host's when it began
        self.on_schedule: Callable[[], None] | None = None

    @property
    def uptime(self) -> float:
        """Seconds since boot, as of the last catch-up or of the timer that runs now."""
        return self._now

    @property
    def wall(self) -> float:
        """Unix time as the device believes it."""
        return self._now + self._wall_offset

    @property
    def ahead(self) -> float:
        """Seconds that the catch-up under way, and the skips that follow it, have still to go; 0 when there is none."""
        return self._target - self._now + self._then if self._running else 0.0

    @property
    def lag(self) -> float:
        """Host seconds that the catch-up under way has taken so far; 0 while time is skipped.

        Who does more than is needed lets it be when this grows, or the device never catches up with its host.
        """
        return self._host() - self._began if self._running and not self._skipping else 0.0

    def set_wall(self, wall: float) -> None:
        """Move the wall clock; uptime is not touched."""
        self._wall_offset = wall - self._now

    def call_later(self, delay: float, callback: Callable[[], None]) -> Timer:
        timer = Timer(self._now + max(0.0, delay), callback)
        if len(self._timers) >= self._sweep_at:
            self._sweep()
        heapq.heappush(self._timers, (timer.due, next(self._order), timer))
        if self.on_schedule is not None and not self._running:
            self.on_schedule()
        return timer

    def _sweep(self) -> None:
        """Forget the cancelled timers, whose time may be far away."""
        self._timers = [entry for entry in self._timers if not entry[2].cancelled]
        heapq.heapify(self._timers)
        self._sweep_at = max(_FEW_TIMERS, 2 * len(self._timers))

    async def elapse(self, seconds: float) -> None:
        """Wait until so many seconds have passed on this clock; what else is due is done meanwhile."""
        over = asyncio.Event()
        timer = self.call_later(seconds, over.set)
        try:
            await self.reach(over)
        finally:
            timer.cancel()

    async def reach(self, event: asyncio.Event) -> None:
        """Wait until ``event`` is set; what is due on the way is done."""
        while not event.is_set():
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(event.wait(), self.host_delay())
            self.catch_up()

    def forget(self) -> None:
        """The device went off: nothing that was to happen will."""
        self._timers.clear()

    def restart(self, uptime: float) -> None:
        """The device rebooted: no timer is left, ``uptime`` starts anew, the wall clock went on for OFF_SECONDS."""
        back = self._now - uptime
        self._timers.clear()
        self._wall_offset += back + OFF_SECONDS
        self._origin += back
        self._target -= back
        self._now = uptime

    def next_due(self) -> float | None:
        """Uptime of the next timer, None without one."""
        while self._timers and self._timers[0][2].cancelled:
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else None

    def host_delay(self) -> float | None:
        """Host seconds until the next timer is due, None without one."""
        due = self.next_due()
        return None if due is None else max(0.0, due - (self._host() - self._origin))

    def catch_up(self) -> None:
        """Run every timer due by now, each at its own time. Called before anything from outside is served."""
        self._run_until(self._host() - self._origin)

    def skip(self, seconds: float, *, then: float = 0.0) -> None:
        """Let ``seconds`` of device time pass at once, with all that is due on the way.

        ``then``: how many more will be skipped after these, if nothing happens.
        """
        self.catch_up()
        target = self._now + seconds
        self._origin -= seconds
        self._then, self._skipping = then, True
        try:
            self._run_until(target)
        finally:
            self._then, self._skipping = 0.0, False

    def skip_until(self, seconds: float, over: Callable[[], bool]) -> float:
        """Let device time pass at once until ``over`` holds, ``seconds`` at most; how many seconds were skipped.

        It is asked now, after each moment at which something was due, and at the end.
        """
        self.catch_up()
        target, skipped = self._now + seconds, 0.0
        while self._now < target and not over():
            due = self.next_due()
            step = max(0.0, (target if due is None else min(due, target)) - self._now)
            self.skip(step)
            skipped += step
        return skipped

    def _run_until(self, target: float) -> None:
        if self._running:
            return
        self._running, self._target, self._began = True, target, self._host()
        try:
            while (due := self.next_due()) is not None and due <= self._target:
                timer = heapq.heappop(self._timers)[2]
                self._now = max(self._now, due)
                timer.callback()
            self._now = max(self._now, self._target)
        finally:
            self._running = False
        if self.on_schedule is not None:  # a timer that ran may have made others, and skip moves them all
            self.on_schedule()


DEFAULT = "Asia/Shanghai"
_CHINA = timezone(timedelta(hours=8), "CST")  # where the host has no zone data


def zone(device: VirtualDevice) -> tzinfo:
    """The zone of persist.sys.timezone; UTC for a name that nobody knows, as libc does with it."""
    name = device.properties.get("persist.sys.timezone", DEFAULT)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return _CHINA if name == DEFAULT else UTC


def time_of_day(device: VirtualDevice, wall: float) -> str:
    """Return the time of day as a status bar shows it."""
    return _to_the_minute(wall // 60, zone(device))


@lru_cache(maxsize=16)
def _to_the_minute(minutes: float, where: tzinfo) -> str:
    """It is asked for at each look."""
    return datetime.fromtimestamp(minutes * 60, where).strftime("%H:%M")
