"""The log streams of one device: raw bytes to disk first, whole lines to whoever waits for them after.

Each logcat buffer is a stream, a file and a thread of its own, so that the loss of one is known as just that. Options:
AOSP system/logging, logcat/logcat.cpp; the printed layouts: liblog/logprint.cpp.
"""

import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from harness.device.protocol import ByteStream, Device
from harness.errors import EvidenceError, HarnessError, why
from harness.events import LOG_SOURCES, Source
from harness.language import _, text_of
from harness.recording.disk import flush
from harness.recording.run_format import not_written
from harness.recording.steps.driving_steps import StreamState

MODIFIERS = ("epoch", "usec", "uid", "printable")
TEXT_LIMIT = 16 * 1024  # bytes of a line that are passed on; logd's own limit is 4068, the file keeps all
_PIECE = 0.1  # seconds; what a wait for a line loses at most while the computer stands still
END_SECONDS = 5.0  # for the thread of a stream to notice that it ended with its boot
_HISTORY_LIMIT = 8 * 1024 * 1024  # characters of past lines that wait_for can look back on


@dataclass(frozen=True, slots=True)
class RecordedLine:
    """A whole line of ``raw/<source>.txt``; ``number`` counts from 1; ``cut`` if the text is only its beginning."""

    source: Source
    number: int
    text: str
    cut: bool = False


class StreamCallback(Protocol):
    """Told of each stream's beginning and end, from the stream's own thread."""

    def __call__(self, source: Source, state: StreamState, reason: str) -> None:
        """Take note; must not raise."""


class Recorder:
    """Records the logcat buffers of ``device`` into ``folder`` from ``start`` to ``close``."""

    def __init__(
        self,
        device: Device,
        folder: Path,
        *,
        on_stream: StreamCallback,
        on_line: Callable[[RecordedLine], None] | None = None,
        sources: Sequence[Source] = LOG_SOURCES,
        security: Sequence[str] = (),
    ) -> None:
        """``on_line`` is called for one line at a time, from the threads that read; it must be quick and not raise.

        ``security`` is the logcat that may read the security buffer, where there is one: then that is recorded too.
        """
        self._security = security
        sources = (*sources, Source.SECURITY) if security else sources
        self._device, self._on_stream, self._on_line = device, on_stream, on_line
        self._news = threading.Condition()
        self._history: deque[RecordedLine] = deque()
        self._dropped = self._held = 0  # lines that left the history; characters in it
        self._failure: EvidenceError | None = None
        self._tracks = {source: _Track(source, folder / f"{source}.txt", self) for source in sources}
        self._modifiers: list[str] | None = None

    def start(self, since: float, *, ended: bool = False) -> None:
        """Record from the device's wall clock ``since`` (Unix time); again after a reboot, into the same files.

        Only streams that are not running are opened. ``ended``: those that ran ended with the boot or the connection;
        their threads may not have noticed it yet, and are waited for first. Raises DeviceLost or DeviceTimeout when
        the device does not answer, EvidenceError when a file exists already or cannot be written.
        """
        self._raise_failure()
        if self._modifiers is None:
            self._modifiers = self._accepted_modifiers()
        if ended:
            for track in self._tracks.values():
                track.let_end(END_SECONDS)
        for track in self._tracks.values():
            if not track.running:
                logcat = self._security if track.source is Source.SECURITY else ("logcat",)
                command = [*logcat, "-b", str(track.source), *self._modifiers, "-T", f"{since:.6f}"]
                track.open(self._device.stream(command))
        self._raise_failure()

    def _accepted_modifiers(self) -> list[str]:
        """The ``-v`` options this device's logcat takes; threadtime, which all have, when it refuses epoch."""

        def options(names: Sequence[str]) -> list[str]:
            return [word for name in names for word in ("-v", name)]

        def taken(names: Sequence[str]) -> bool:
            return self._device.shell(["logcat", "-b", "main", *options(names), "-d", "-t", "1"]).code == 0

        if taken(MODIFIERS):
            return options(MODIFIERS)
        names: list[str] = []
        for name in MODIFIERS:
            if taken([*names, name]):
                names.append(name)
        return options(names if "epoch" in names else ["threadtime", *names])

    def mark(self) -> int:
        """A place in the flow of lines; give it to ``wait_for`` as ``since``."""
        with self._news:
            return self._dropped + len(self._history)

    def wait_for(self, wanted: Callable[[RecordedLine], bool], seconds: float, *, since: int | None = None) -> RecordedLine | None:
        """The first line after the mark ``since`` (default: from now) that is ``wanted``; None when none came in time.

        Returns early when no stream runs any more. Raises EvidenceError when the disk is full.
        """
        left = seconds
        with self._news:
            seen = self._dropped + len(self._history) if since is None else since
            while True:
                for place in range(max(seen - self._dropped, 0), len(self._history)):
                    if wanted(self._history[place]):
                        return self._history[place]
                seen = self._dropped + len(self._history)
                self._raise_failure()
                if left <= 0 or not any(track.running for track in self._tracks.values()):
                    return None
                began, piece = time.perf_counter(), min(left, _PIECE)
                self._news.wait(piece)
                left -= min(piece, time.perf_counter() - began)  # a computer that stood still has not waited

    def flush(self) -> None:
        """Put what was written onto the disk."""
        for track in self._tracks.values():
            track.flush()

    def close(self, seconds: float = 5.0) -> None:
        """End the streams, write what has arrived, close the files; nothing is written after this returns.

        A stream that does not end within ``seconds`` is given up. Raises EvidenceError when something was not written.
        """
        deadline = time.monotonic() + seconds
        for track in self._tracks.values():
            track.stop()
        for track in self._tracks.values():
            track.join(max(0.0, deadline - time.monotonic()))
        self._raise_failure()

    def _raise_failure(self) -> None:
        if self._failure is not None:
            raise self._failure

    def publish(self, lines: list[RecordedLine]) -> None:
        """Take whole lines from a stream's thread."""
        with self._news:
            for line in lines:
                self._history.append(line)
                self._held += len(line.text)
                if self._on_line is not None:
                    self._on_line(line)
            while self._held > _HISTORY_LIMIT and len(self._history) > 1:
                self._held -= len(self._history.popleft().text)
                self._dropped += 1
            self._news.notify_all()

    def report(self, source: Source, state: StreamState, reason: str, failure: EvidenceError | None = None) -> None:
        """Take the beginning or end of a stream from its thread."""
        with self._news:
            self._failure = self._failure or failure
            self._news.notify_all()
        try:
            self._on_stream(source, state, reason)
        except EvidenceError as error:  # in a stream's thread nobody would hear of it
            with self._news:
                self._failure = self._failure or error
                self._news.notify_all()


class _Track:
    """One stream: its file, its lines and the thread that reads it. Only that thread writes the file."""

    def __init__(self, source: Source, path: Path, recorder: Recorder) -> None:
        self.source, self._path, self._recorder = source, path, recorder
        self.running = False
        self._stream: ByteStream | None = None
        self._thread: threading.Thread | None = None
        self._stopping = threading.Event()
        self._writing = threading.Lock()
        self._lines = LineSplitter(source)
        try:
            self._file = path.open("xb", buffering=0)
        except OSError as error:
            raise EvidenceError(_("{path} cannot be created: {reason}", path=path, reason=why(error))) from error

    def open(self, stream: ByteStream) -> None:
        """Read ``stream`` in a thread; a line that the stream before it left unfinished is ended first."""
        self._stream, self.running = stream, True
        self._recorder.report(self.source, StreamState.OPENED, "")
        self._thread = threading.Thread(target=self._read, args=(stream,), name=f"logcat-{self.source}", daemon=True)
        self._thread.start()

    def _read(self, stream: ByteStream) -> None:
        failure: EvidenceError | None = None
        try:
            if self._lines.unfinished:
                self._keep(b"\n")
            while data := stream.read():
                self._keep(data)
            reason: str = _("logcat ended")
        except EvidenceError as error:
            reason, failure = text_of(error), error
        except HarnessError as error:
            reason = text_of(error)
        stream.close()
        self.running = False
        if self._stopping.is_set() and failure is None:
            self._recorder.report(self.source, StreamState.CLOSED, "")
        else:
            self._recorder.report(self.source, StreamState.LOST, reason, failure)

    def _keep(self, data: bytes) -> None:
        """Raw bytes to disk, then whole lines to the recorder."""
        rest = memoryview(data)
        with self._writing:
            try:
                while rest and not self._file.closed:
                    rest = rest[self._file.write(rest) :]
            except OSError as error:
                raise not_written(self._path, error) from error
            finally:
                lines = self._lines.feed(data[: len(data) - len(rest)])
        self._recorder.publish(lines)

    def flush(self) -> None:
        """What was written is on the disk afterwards."""
        with self._writing:
            try:
                if not self._file.closed:
                    flush(self._file.fileno())
            except OSError as error:
                raise not_written(self._path, error) from error

    def stop(self) -> None:
        self._stopping.set()
        if self._stream is not None and self.running:
            self._stream.close()

    def let_end(self, seconds: float) -> None:
        """Wait for the stream to end by itself; after ``seconds`` it is closed."""
        if self._thread is not None:
            self._thread.join(seconds)
        if self._stream is not None and self.running:
            self._stream.close()
            if self._thread is not None:
                self._thread.join(seconds)

    def join(self, seconds: float) -> None:
        """Wait for the thread and close the file, which also ends a thread that is still there."""
        if self._thread is not None:
            self._thread.join(seconds)
        self.flush()
        with self._writing:
            self._file.close()


class LineSplitter:
    """Cuts bytes at newlines, counts the lines and holds at most TEXT_LIMIT bytes of an unfinished one."""

    def __init__(self, source: Source) -> None:
        self._source, self._number = source, 0
        self._partial, self._length = bytearray(), 0

    @property
    def unfinished(self) -> bool:
        """Whether the last byte so far was not a newline."""
        return self._length > 0

    def feed(self, data: bytes) -> list[RecordedLine]:
        *whole, last = data.split(b"\n")
        lines = []
        for part in whole:
            self._extend(part)
            self._number += 1
            text = bytes(self._partial).decode("utf-8", "replace").removesuffix("\r")
            lines.append(RecordedLine(self._source, self._number, text, cut=self._length > TEXT_LIMIT))
            self._partial, self._length = bytearray(), 0
        self._extend(last)
        return lines

    def _extend(self, part: bytes) -> None:
        self._partial += part[: TEXT_LIMIT - len(self._partial)]
        self._length += len(part)
