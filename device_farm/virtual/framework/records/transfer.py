"""Bytes on their way from a server into a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.framework.records.offer import FileContent

BYTES_PER_SECOND = 2_000_000
LATENCY = 0.2  # seconds until the first byte


@dataclass(slots=True)
class Transfer:
    """One connection. ``uid`` is whose bytes they count as; ``size`` None is a server that never ends.

    ``done`` bytes had come at the uptime ``since``, which is None while nothing comes. ``fails_at``: the server breaks
    the connection there, once.
    """

    path: str
    uid: int
    size: int | None
    content: FileContent
    rate: float = BYTES_PER_SECOND
    done: int = 0
    since: float | None = None
    fails_at: int | None = None
    tag: int = 0  # TrafficStats.setThreadStatsTag
    detached: bool = False  # the file was removed while it was written
    run: int = 0  # how often it was started: a timer of an earlier run is void

    def bytes_at(self, uptime: float) -> int:
        """How many bytes have come at an uptime."""
        if self.since is None or uptime <= self.since:
            return self.done
        come = self.done + int((uptime - self.since) * self.rate + 1e-6)
        return come if self.goal is None else min(come, self.goal)

    @property
    def goal(self) -> int | None:
        """Where this run ends."""
        if self.fails_at is not None and self.fails_at > self.done:
            return self.fails_at if self.size is None else min(self.size, self.fails_at)
        return self.size
