"""Moves bytes: a connection fills its file as time goes by, reports its progress, and ends.

Nothing is copied while it runs: the file grows by its size, and what it holds is there as far as it has come. Bytes
count as received by the uid that the connection is for.
"""

from collections.abc import Callable
from functools import partial

from device_farm.virtual.framework.records.download import LATENCY, Transfer
from device_farm.virtual.framework.system_service import SystemService

DONE, BROKEN, NO_SPACE = "done", "broken", "no_space"
TICK = 1.0  # seconds between two looks at it
RELAXED = 100  # later a hundredth of the time that it has run, so that a download without an end costs little
SENT_PER_RECEIVED = 50  # bytes received for one sent: acknowledgements


class Transfers(SystemService):
    """The connections of a device."""

    def made(self) -> None:
        self._running: list[Transfer] = []

    def rebooted(self) -> None:
        """All connections are gone; what had come is in the files."""
        for transfer in self._running:
            transfer.since = None
        self._running = []

    def start(self, transfer: Transfer, ended: Callable[[str], None], progress: Callable[[], None]) -> None:
        """Let bytes come; ``progress`` is called as they do, ``ended`` with DONE, BROKEN or NO_SPACE."""
        transfer.run += 1
        transfer.since = self._system.clock.uptime + LATENCY
        self._running.append(transfer)
        self._later(transfer, self._system.clock.uptime, ended, progress)

    def stop(self, transfer: Transfer) -> None:
        if transfer.since is not None:
            self._settle(transfer)
            transfer.since = None
            self._running.remove(transfer)

    def _later(self, transfer: Transfer, begun: float, ended: Callable[[str], None], progress: Callable[[], None]) -> None:
        now, goal = self._system.clock.uptime, transfer.goal
        wait = max(TICK, (now - begun) / RELAXED)
        if goal is not None and transfer.since is not None:
            wait = min(wait, max(transfer.since - now, 0.0) + (goal - transfer.bytes_at(now)) / transfer.rate)
        self._system.later(wait, partial(self._tick, transfer, transfer.run, begun, ended, progress))

    def _tick(self, transfer: Transfer, run: int, begun: float, ended: Callable[[str], None], progress: Callable[[], None]) -> None:
        if transfer.since is None or transfer.run != run:
            return
        try:
            self._settle(transfer)
        except OSError:
            self._over(transfer)
            ended(NO_SPACE)
            return
        if transfer.size is not None and transfer.done >= transfer.size:
            self._over(transfer)
            ended(DONE)
        elif transfer.fails_at is not None and transfer.done >= transfer.fails_at:
            transfer.fails_at = None
            self._over(transfer)
            ended(BROKEN)
        else:
            self._later(transfer, begun, ended, progress)
            progress()

    def _over(self, transfer: Transfer) -> None:
        transfer.since = None
        self._running.remove(transfer)

    def _settle(self, transfer: Transfer) -> None:
        """Put what has come into the file; raises OSError where it has no room."""
        now = self._system.clock.uptime
        come = transfer.bytes_at(now)
        received = come - transfer.done
        self._system.netstats.count(transfer.uid, received=received, sent=received // SENT_PER_RECEIVED, tag=transfer.tag)
        if transfer.since is not None:
            transfer.since = max(transfer.since, now)
        transfer.done = come
        if not transfer.detached:
            self._grow(transfer)

    def _grow(self, transfer: Transfer) -> None:
        files, content, done = self._system.device.files, transfer.content, transfer.done
        try:
            if transfer.size is not None and done >= transfer.size:
                files.place(transfer.path, content.head, content.gap, content.tail)
            else:
                head = content.head[:done]
                files.place(transfer.path, head, done - len(head))
        except FileNotFoundError:
            transfer.detached = True
