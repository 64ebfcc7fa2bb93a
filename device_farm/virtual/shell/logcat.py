"""``logcat``: prints the log buffers, once or as they fill (system/logging logcat/logcat.cpp of Android 13)."""

import asyncio
from collections import deque
from collections.abc import Iterator
from itertools import islice

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.logs import LogEntry
from device_farm.virtual.kernel.file_nodes import Writer
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.logcat_layout import BUFFERS, binary
from device_farm.virtual.shell.logcat_options import Options, Refused, parse

SYSTEM_UID = 1000  # AID_SYSTEM
_CHUNK = 65536  # bytes printed at once
_PENDING_LIMIT = 20_000  # entries a slow reader may lag behind before logd gives it up
_OVERFLOW_KEEP = 20  # entries of a buffer that survive the fault logcat-overflow
_EOF = """Unexpected EOF!

This means that either the device shut down, logd crashed, or this instance of logcat was unable to read log
messages as quickly as they were being produced.

If you have enabled significant logging, look into using the -G option to increase log buffer sizes."""


async def logcat(call: Call) -> int:
    """Print, clear or size the log buffers; exits 1 with a line on standard error for wrong arguments."""
    try:
        options = parse(call)
    except Refused as refusal:
        await call.error(f"logcat: {refusal}")
        return 1
    if options.unsupported or (options.binary and "events" in options.buffers):  # values are kept as text only
        return await call.not_modelled()
    for warning in options.warnings:
        await call.error(warning)
    if options.action:
        return await _act(call, options)
    if "logcat-overflow" in call.device.faults.active:
        _overflow(call.device)
    printer = _Printer(call, options)
    if options.file:
        try:
            printer.file = call.device.files.open(options.file, append=True, uid=call.uid)
        except OSError as error:
            await call.error(f"logcat: Couldn't open output file: {error.strerror}")
            return 1
    return await printer.run()


class _Printer:
    """One running logcat: what it has printed, and what waits to be."""

    def __init__(self, call: Call, options: Options) -> None:
        self._call, self._options = call, options
        self._pending: deque[LogEntry] = deque()
        self._lost = False
        self._wake = asyncio.Event()
        self._last_buffer = ""
        self._started: set[str] = set()
        self._matches = 0
        self.file: Writer | None = None  # instead of standard output

    async def run(self) -> int:
        """Print the backlog and, unless it is a dump, what comes after."""
        logs = self._call.device.logs
        if self._options.dump:
            self._pending.extend(self._backlog())
            await self._drain()
            return 0
        logs.listeners.append(self._heard)
        try:
            self._pending.extend(self._backlog())
            return await self._follow()
        finally:
            logs.listeners.remove(self._heard)

    def _backlog(self) -> Iterator[LogEntry]:
        """The entries there are now that the tail options ask for, oldest first."""
        options, logs = self._options, self._call.device.logs
        chosen = [entry for name in options.buffers if name in logs.buffers for entry in logs.buffers[name]]
        chosen = [entry for entry in chosen if self._wanted(entry) and self._late_enough(entry)]
        chosen.sort(key=lambda entry: entry.number)
        skip = max(0, len(chosen) - options.tail_count) if options.tail_count else 0
        return islice(chosen, skip, None)

    def _wanted(self, entry: LogEntry) -> bool:
        """Whether logd would hand the entry to this reader."""
        options = self._options
        if entry.buffer == "security" and self._call.uid != SYSTEM_UID:
            return False  # LogReader.cpp, CanReadSecurityLogs
        return entry.buffer in options.buffers and (options.pid is None or entry.pid == options.pid)

    def _late_enough(self, entry: LogEntry) -> bool:
        """Whether -T lets an entry through that was there before; later ones always pass (logd LogReaderThread.cpp).

        So a wall clock that jumps back hides nothing from a running logcat.
        """
        return self._options.tail_time is None or entry.wall >= self._options.tail_time

    def _heard(self, entry: LogEntry) -> None:
        if "logcat-overflow" in self._call.device.faults.active or len(self._pending) >= _PENDING_LIMIT:
            self._lost = True
        elif self._wanted(entry):
            self._pending.append(entry)
        self._wake.set()

    async def _follow(self) -> int:
        while not self._done():
            await self._drain()
            if self._lost:
                _overflow(self._call.device)
                await self._call.error(f"logcat: {_EOF}")
                return 1
            if self._done():
                break
            if not self._pending:
                self._wake.clear()
                await self._wake.wait()
        return 0

    def _done(self) -> bool:
        return bool(self._options.limit) and self._matches >= self._options.limit

    async def _drain(self) -> None:
        """Print all that waits, many lines at a time."""
        parts: list[bytes] = []
        length = 0
        while self._pending and not self._done():
            entry = self._pending.popleft()
            part = binary(entry) if self._options.binary else self._text(entry).encode("utf-8", "replace")
            parts.append(part)
            length += len(part)
            if length >= _CHUNK:
                await self._write(b"".join(parts))
                parts, length = [], 0
        await self._write(b"".join(parts))

    async def _write(self, data: bytes) -> None:
        if not data:
            return
        if self.file is not None:
            self.file.write(data)
        else:
            await self._call.stdout.write(data)

    def _text(self, entry: LogEntry) -> str:
        """Return what Logcat::ProcessBuffer prints for an entry: nothing, or its lines with a divider before."""
        options = self._options
        if options.uids and entry.uid not in options.uids:
            return ""
        if not options.filter.passes(entry):
            return ""
        matched = options.pattern is None or options.pattern.search(entry.message) is not None
        self._matches += matched
        if not matched and not options.print_all:
            return ""
        return self._divider(entry.buffer) + options.layout.render(entry)

    def _divider(self, buffer: str) -> str:
        """``--------- beginning of main`` before the first line of each buffer, with -D ``switch to`` later."""
        if buffer == self._last_buffer:
            return ""
        known = buffer in self._started
        self._last_buffer = buffer
        self._started.add(buffer)
        if known and not self._options.dividers:
            return ""
        return f"--------- {'switch to' if known else 'beginning of'} {buffer}\n"


def _overflow(device: VirtualDevice) -> None:
    """Lose the older entries of every buffer, as a ring that wrapped."""
    for entries in device.logs.buffers.values():
        while len(entries) > _OVERFLOW_KEEP:
            entries.popleft()


async def _act(call: Call, options: Options) -> int:
    """-c, -g, -G and -S: ask logd and print its answer."""
    logs = call.device.logs
    names = [name for name in BUFFERS if name in options.buffers and name in logs.buffers]
    if options.action == "clear":
        logs.clear(*names)
    elif options.action == "resize":
        logs.sizes.update(dict.fromkeys(names, options.size))
    elif options.action == "sizes":
        for name in names:
            used = _size_text(sum(len(entry.tag) + len(entry.message) for entry in logs.buffers[name]))
            await call.print(
                f"{name}: ring buffer is {_size_text(logs.sizes[name])} ({used} consumed, {used} readable),"
                " max entry is 5120 B, max payload is 4068 B"
            )
    else:
        await _statistics(call, names)
    return 0


async def _statistics(call: Call, names: list[str]) -> None:
    """The first table of ``logcat -S`` (logd/LogStatistics.cpp): bytes and lines of each buffer."""
    counts = {}
    for name in names:
        entries = call.device.logs.buffers[name]
        counts[name] = f"{sum(len(entry.tag) + len(entry.message) for entry in entries)}/{len(entries)}"
    await call.print("size/num" + "".join(f" {name:<18}" for name in names).rstrip())
    for row in ("Total", "Now"):
        await call.print(f"{row:<8}" + "".join(f" {counts[name]:<18}" for name in names).rstrip())


def _size_text(value: int) -> str:
    for unit in ("B", "KiB", "MiB"):
        if value < 1024:
            return f"{value} {unit}"
        value //= 1024
    return f"{value} GiB"


COMMANDS: dict[str, Command] = {"logcat": logcat}
