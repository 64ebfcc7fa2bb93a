"""The log buffers of the device: entries, not text; ``shell/logcat`` prints them in the asked layout."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from device_farm.virtual.kernel.device_clock import DeviceClock

BUFFERS = ("main", "system", "events", "crash", "radio", "kernel")


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One entry. ``wall`` is Unix seconds; ``number`` grows by one with each entry of the device."""

    number: int
    buffer: str
    wall: float
    uptime: float
    uid: int
    pid: int
    tid: int
    priority: str
    tag: str
    message: str


class Logs:
    """Bounded ring buffers with listeners for ``logcat`` that follows."""

    def __init__(self, clock: DeviceClock, *, limit: int = 20_000) -> None:
        """Keep the newest ``limit`` entries of each buffer."""
        self._clock = clock
        self._number = 0
        self.buffers: dict[str, deque[LogEntry]] = {name: deque(maxlen=limit) for name in BUFFERS}
        self.sizes: dict[str, int] = dict.fromkeys(BUFFERS, 256 * 1024)  # bytes, as `logcat -G` set and -g tells
        self.listeners: list[Callable[[LogEntry], None]] = []
        self.hidden_buffers: frozenset[str] = frozenset()  # what the ROM leaves out of the log (device_options)
        self.hidden_priorities: frozenset[str] = frozenset()
        self.silent = False  # the fault logs-silent
        self.lacking: set[str] = set()  # the buffers of the fault lack

    def write(self, buffer: str, priority: str, tag: str, message: str, *, pid: int, uid: int, tid: int | None = None) -> None:
        """Append an entry at the device's present time. A message of several lines is printed as several lines."""
        if self.silent or buffer in self.hidden_buffers or buffer in self.lacking or priority in self.hidden_priorities:
            return
        self._number += 1
        entry = LogEntry(self._number, buffer, self._clock.wall, self._clock.uptime, uid, pid, tid or pid, priority, tag, message)
        self.buffers[buffer].append(entry)
        for listener in list(self.listeners):
            listener(entry)

    def event(self, tag: str, *values: object, pid: int, uid: int, tid: int | None = None) -> None:
        """Append to the events buffer as liblog prints it: ``[a,b,c]``, one value without brackets, null as NULL."""
        printed = ["NULL" if value is None else str(value) for value in values]
        message = printed[0] if len(printed) == 1 else "[" + ",".join(printed) + "]"
        self.write("events", "I", tag, message, pid=pid, uid=uid, tid=tid)

    def add(self, name: str) -> None:
        """One more buffer, which most devices have not."""
        self.buffers[name] = deque(maxlen=self.buffers["main"].maxlen)
        self.sizes[name] = self.sizes["main"]

    def clear(self, *names: str) -> None:
        """Empty buffers, as ``logcat -c``."""
        for name in names:
            self.buffers[name].clear()
