"""Facts that span several lines: a Java crash and an ANR.

A block belongs to one (pid, tid): lines of other threads may stand between its lines and never enter it. Memory is
bounded: so many open blocks, so many frames, and a block is closed when its thread says something else or after
``_PATIENCE`` lines that are not its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from harness import events
from harness.parsers.log_fields import Stamp, Unreadable, number, process_name, user_of_line
from harness.parsers.logcat import LogLine

_PATIENCE = 200  # lines
_MOST_BLOCKS = 32
_MOST_FRAMES = 128
_MOST_TEXT = 4096  # characters of a message

# FATAL EXCEPTION: main       frameworks/base/core/java/com/android/internal/os/RuntimeInit.java, logUncaught
# *** FATAL EXCEPTION IN SYSTEM PROCESS: android.fg                   the same file; Samsung puts "!@" in front
_FATAL = re.compile(r"(?:!@)?(?:\*\*\* )?FATAL EXCEPTION(?: IN (SYSTEM PROCESS))?: ")
# Process: com.example.dex, PID: 12672
_PROCESS = re.compile(r"(?:Process: (\S+), )?PID: (\d+)$")
# java.net.BindException: Address already in use
_EXCEPTION = re.compile(r"([\w$]+(?:\.[\w$]+)*)(?:: (.*))?$", re.S)
# ANR in com.x (com.x/.Main)  frameworks/base/services/core/java/com/android/server/am/ProcessErrorStateRecord.java
_ANR = re.compile(r"ANR in (\S+)(?: \(.*\))?$")
_ANR_PID = re.compile(r"PID: (\d+)$")
_ANR_REASON = re.compile(r"Reason: (.*)$", re.S)

Thread = tuple[int, int | None]


@dataclass(slots=True)
class _Block:
    stamp: Stamp
    user: int | None
    pid: int
    process: str
    last_line: int
    exception: str = ""
    message: str = ""
    frames: list[str] = field(default_factory=list)

    def event(self) -> events.Crashed:
        return events.Crashed(
            **self.stamp,
            user=self.user,
            pid=self.pid,
            process=self.process,
            exception=self.exception,
            message=self.message,
            frames=tuple(self.frames),
        )


class CrashBlocks:
    """Gathers ``FATAL EXCEPTION`` blocks of the tag AndroidRuntime."""

    def __init__(self) -> None:
        self.open: dict[Thread, _Block] = {}

    def feed(self, line: LogLine, stamp: Stamp) -> Iterator[events.Event]:
        """Take a line of AndroidRuntime with priority E; raises Unreadable for one that contradicts its block."""
        thread = (line.pid, line.tid)
        if fatal := _FATAL.match(line.message):
            yield from self._close(thread)
            if len(self.open) >= _MOST_BLOCKS:
                yield from self._close(next(iter(self.open)))
            process = "system_server" if fatal[1] else ""
            self.open[thread] = _Block(stamp, user_of_line(line), line.pid, process, line.number)
        elif block := self.open.get(thread):
            block.last_line = line.number
            _add(block, line.message)

    def close_others(self, line: LogLine) -> Iterator[events.Event]:
        """Close what ``line``, not a part of any block, shows to be complete."""
        yield from self._close((line.pid, line.tid))
        for thread, block in list(self.open.items()):
            if abs(line.number - block.last_line) > _PATIENCE:
                yield from self._close(thread)

    def finish(self) -> Iterator[events.Event]:
        for thread in list(self.open):
            yield from self._close(thread)

    def _close(self, thread: Thread) -> Iterator[events.Event]:
        if block := self.open.pop(thread, None):
            yield block.event()


def _add(block: _Block, text: str) -> None:
    """Add one line: who it was, what was thrown, a frame, a cause, or more of a message of several lines."""
    if text.startswith("\t") or text.lstrip().startswith("at "):
        if block.exception and len(block.frames) < _MOST_FRAMES and text.lstrip().startswith("at "):
            block.frames.append(text.strip()[3:])
    elif text.startswith("Caused by: "):
        if len(block.frames) < _MOST_FRAMES:
            block.frames.append(text)
    elif not block.exception:
        _add_head(block, text)
    elif not block.frames and len(block.message) + len(text) < _MOST_TEXT:
        block.message += "\n" + text


def _add_head(block: _Block, text: str) -> None:
    if process := _PROCESS.match(text):
        if number(process[2]) != block.pid:
            raise Unreadable(text)
        block.process = block.process or process[1] or ""
    elif exception := _EXCEPTION.match(text):
        block.exception, block.message = exception[1], (exception[2] or "")[:_MOST_TEXT]
    else:
        raise Unreadable(text)


class AnrBlocks:
    """Gathers ``ANR in``, ``PID:``, ``Reason:`` of ActivityManager, three lines of one log entry."""

    def __init__(self) -> None:
        self._open: dict[Thread, tuple[str, str, int | None]] = {}

    def feed(self, line: LogLine, stamp: Stamp) -> events.Event | None:
        """Take a line of ActivityManager with priority E; raises Unreadable when the block breaks off.

        The lines of one entry have one time: that tells lines of two ANRs apart where some between them were lost.
        """
        thread = (line.pid, line.tid)
        if anr := _ANR.match(line.message):
            if len(self._open) >= _MOST_BLOCKS:
                self._open.pop(next(iter(self._open)))
            self._open[thread] = (line.wall_text, process_name(anr[1]), None)
            return None
        block = self._open.pop(thread, None)
        if block is None:
            return None
        wall, process, pid = block
        if wall != line.wall_text:
            raise Unreadable(line.message)
        if pid is None and (match := _ANR_PID.match(line.message)):
            self._open[thread] = (wall, process, number(match[1]))
            return None
        if pid is not None and (match := _ANR_REASON.match(line.message)):
            return events.Anr(**stamp, pid=pid, process=process, reason=match[1])
        raise Unreadable(line.message)
