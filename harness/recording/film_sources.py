"""The three ways to a film: a file that the phone writes, a bare stream, screenshots one after the other.

Options and words of ``screenrecord``: AOSP frameworks/av, cmds/screenrecord/screenrecord.cpp. It needs no root. SIGINT
ends the film and leaves it whole; adbd sends SIGHUP to a command whose client is gone, which does the same.
"""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from harness.device.protocol import Device
from harness.errors import CommandFailed, DeviceTimeout, FormatError, HarnessError
from harness.events.film_events import FilmHow
from harness.language import Text, _, text_of
from harness.recording.film_file import ARRIVALS, boot_times, is_whole
from harness.recording.run_folder import RunFolder, write_atomic
from harness.recording.run_format import not_written
from harness.vision.annotated_thumbnails import encode_png
from harness.vision.picture_cache import picture_digest

LONGEST_SECONDS = 180
"""kMaxTimeLimitSec: a phone ends a film after that."""
START_SECONDS = 5.0
"""How long a phone may take until its first picture [PROJECT]: an encoder starts within one."""
STOP_SECONDS = 10.0
"""How long it may take to write a film to its end [PROJECT]."""
PAUSE_SECONDS = 0.1
"""Between two screenshots [PROJECT]: each takes a phone a third of a second of its own."""
BIT_RATE = 4_000_000
MOST_BYTES = 128 << 20
"""Of one film: three minutes of BIT_RATE take 90 MB."""
MOST_PICTURES = 600
MOST_FAILURES = 3
"""Screenshots in a row that fail before no more are tried."""
MISSING = (126, 127)
"""What a shell exits with where there is no such program."""
ENDED_EARLY = _("the film ended before the act did: its limit of time was reached")
_START = (b"\x00\x00\x00\x01", b"\x00\x00\x01")  # of a unit of H.264 (Annex B)
_READY = b"Content area is "  # printed just before the first picture is asked for, from Android 5 on
_KEPT = 4096  # characters of what it printed


@dataclass(frozen=True, slots=True)
class Wanted:
    """The film to take and its file; ``at`` is the device's uptime at a host time, ``seconds`` its most.

    Pictures of ``size``, the screen's where it is None.
    """

    device: Device
    folder: RunFolder
    name: str
    seconds: int
    size: tuple[int, int] | None
    at: Callable[[float], float]

    @property
    def path(self) -> str:
        """Where in the run folder, without an ending."""
        return f"raw/film-{self.name}"

    @property
    def device_path(self) -> str:
        return f"/data/local/tmp/apprights-film-{self.name}.mp4"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A film that ended: where it is in the run folder, the uptime of its first picture and of its end, how many.

    ``frames`` is 0 where only a decoder can tell. ``note`` says what is missing.
    """

    path: str
    begin: float
    end: float
    frames: int = 0
    note: Text | str = ""


class Source(Protocol):
    """A way to a film."""

    how: FilmHow

    @property
    def over(self) -> bool:
        """Whether it ended by itself: at its limit, or because the phone went away."""

    def start(self) -> None:
        """Begin; raises HarnessError where that does not work on this phone."""

    def stop(self) -> Recorded:
        """End it and put it into the run folder; raises HarnessError where there is no film now."""


class MovieFile:
    """An MP4 file on the phone, pulled at the end. Who calls sees to it that it is removed."""

    how = FilmHow.MP4

    def __init__(self, wanted: Wanted) -> None:
        self._wanted, self._command = wanted, _Command(wanted.device)
        self._said = bytearray()
        self._begun = 0.0

    @property
    def over(self) -> bool:
        return self._command.ended.is_set()

    def start(self) -> None:
        """Begin; without a size where the phone's encoder does not take ours."""
        options = ["--verbose", "--bit-rate", str(BIT_RATE), "--time-limit", str(self._wanted.seconds)]
        sizes = [["--size", "{}x{}".format(*self._wanted.size)]] if self._wanted.size else []
        for size in [*sizes, []]:
            self._said, self._begun = bytearray(), 0.0
            self._command.run(["screenrecord", *options, *size, self._wanted.device_path], self._take, terminal=True)
            if not self._command.ended.is_set():
                break
            if self._command.code in MISSING or not size:
                raise self._command.failure(self._text())
        self._begun = self._begun or time.monotonic()

    def _take(self, data: bytes, host: float) -> bool:
        self._said = (self._said + data)[-_KEPT:]
        if _READY in self._said and not self._begun:
            self._begun = host
        return self._begun > 0

    def _text(self) -> str:
        return self._said.decode("utf-8", "replace")

    def stop(self) -> Recorded:
        """End it, pull it, and find when it began: from the file, else from when the phone said it would."""
        wanted, ended = self._wanted, self._command.stop()
        data = wanted.device.pull(wanted.device_path, limit=MOST_BYTES)
        if not data:
            raise self._command.failure(self._text())
        if not is_whole(data):
            raise CommandFailed("screenrecord", self._command.code or 1, _("it was killed before the film was written to its end"))
        wanted.folder.write(f"{wanted.path}.mp4", data)
        times, said = boot_times(data), wanted.at(self._begun)
        begin = times[0] if times and abs(times[0] - said) <= START_SECONDS else said
        return _recorded(wanted, f"{wanted.path}.mp4", begin, ended, self._command.error)


class BareStream:
    """H.264 on standard output; beside it is written when each part of it came."""

    how = FilmHow.H264

    def __init__(self, wanted: Wanted) -> None:
        self._wanted, self._command = wanted, _Command(wanted.device)
        self._parts: list[tuple[int, float]] = []
        self._size = 0

    @property
    def over(self) -> bool:
        return self._command.ended.is_set()

    def start(self) -> None:
        wanted, path = self._wanted, self._wanted.folder.inside(f"{self._wanted.path}.h264")
        try:
            self._file = path.open("xb", buffering=0)
        except OSError as error:
            raise not_written(path, error) from error
        size = ["--size", "{}x{}".format(*wanted.size)] if wanted.size else []
        words = ["screenrecord", "--output-format=h264", "--bit-rate", str(BIT_RATE), "--time-limit", str(wanted.seconds), *size, "-"]
        try:
            self._command.run(words, self._take)
            if not self._size:
                self._command.stop()
                raise self._command.failure("")
        except HarnessError:
            self._file.close()
            path.unlink()
            raise

    def _take(self, data: bytes, host: float) -> bool:
        if not self._size and not data.startswith(_START):
            raise CommandFailed("screenrecord", 1, data[:_KEPT].decode("utf-8", "replace"))
        if self._size + len(data) > MOST_BYTES:
            raise FormatError(_("the film was ended at {size} MB", size=MOST_BYTES >> 20))
        self._parts.append((self._size, host))
        self._size += len(data)
        rest = memoryview(data)
        try:
            while rest:
                rest = rest[self._file.write(rest) :]
        except OSError as error:
            raise not_written(self._wanted.folder.inside(f"{self._wanted.path}.h264"), error) from error
        return True

    def stop(self) -> Recorded:
        """End it and write when each part of it came."""
        wanted, ended = self._wanted, self._command.stop()
        self._file.close()
        begin = wanted.at(self._parts[0][1])
        rows = (f"{offset} {max(0, round((wanted.at(host) - begin) * 1000))}\n" for offset, host in self._parts)
        write_atomic(wanted.folder.inside(f"{wanted.path}.h264{ARRIVALS}"), "".join(rows).encode())
        return _recorded(wanted, f"{wanted.path}.h264", begin, ended, self._command.error)


class Screenshots:
    """Pictures in a folder, named for the milliseconds since the first; one that is as the last is not kept."""

    how = FilmHow.PICTURES

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="film", daemon=True)
        self._begin: float | None = None
        self._known, self._count, self._size = b"", 0, 0
        self._last_ms = -1
        self._ended = 0.0
        self._error: HarnessError | None = None

    @property
    def over(self) -> bool:
        """Whether no more are taken."""
        return self._ended > 0

    def start(self) -> None:
        """Take the first picture, the others in a thread."""
        self._take()
        self._thread.start()

    def _run(self) -> None:
        end, failures = time.monotonic() + self._wanted.seconds, 0
        while not self._stopped.wait(PAUSE_SECONDS) and time.monotonic() < end:
            try:
                if self._count >= MOST_PICTURES or self._size > MOST_BYTES:
                    raise FormatError(_("the film was ended at {size} MB", size=self._size >> 20))
                self._take()
                failures = 0
            except HarnessError as error:
                failures += 1
                if failures == MOST_FAILURES or not isinstance(error, DeviceTimeout | CommandFailed):
                    self._error = error
                    break
        self._ended = time.monotonic()

    def _take(self) -> None:
        before = time.monotonic()
        frame = self._wanted.device.screenshot()
        uptime = self._wanted.at((before + time.monotonic()) / 2)
        known = picture_digest(frame)
        if known == self._known:
            return
        if self._begin is None:
            self._begin = uptime
            self._make_folder()
        self._last_ms = max(self._last_ms + 1, round((uptime - self._begin) * 1000))  # a clock that is read anew may step back
        data = encode_png(frame)
        self._wanted.folder.write(f"{self._wanted.path}/{self._last_ms:09d}.png", data)
        self._known, self._count, self._size = known, self._count + 1, self._size + len(data)

    def _make_folder(self) -> None:
        path = self._wanted.folder.inside(self._wanted.path)
        try:
            path.mkdir()
        except OSError as error:
            raise not_written(path, error) from error

    def stop(self) -> Recorded:
        """End it once the picture under way is there."""
        told = time.monotonic()
        self._stopped.set()
        self._thread.join(STOP_SECONDS)
        return _recorded(self._wanted, self._wanted.path, self._begin or 0.0, min(told, self._ended or told), self._error, self._count)


def _recorded(wanted: Wanted, path: str, begin: float, ended: float, error: HarnessError | None, frames: int = 0) -> Recorded:
    """A film that ended at the host time ``ended``, by its limit of time before that, or by an error."""
    limit, end = begin + wanted.seconds, wanted.at(ended)
    note = text_of(error) if error else ENDED_EARLY if end >= limit else ""
    return Recorded(path, begin, min(end, limit), frames, note)


class _Command:
    """A command on the phone whose output is read in a thread, and which is ended by SIGINT."""

    def __init__(self, device: Device) -> None:
        self._device = device
        self.ended = threading.Event()
        self.error: HarnessError | None = None
        self.code = 0
        self._pid, self._ended_at = "", 0.0

    def run(self, words: Sequence[str], take: Callable[[bytes, float], bool], *, terminal: bool = False) -> None:
        """Start it, and wait until ``take`` is content or it ended, START_SECONDS at most.

        ``take`` gets what it prints and the host time at which that came, in a thread.
        """
        self.ended, self.error, self.code, self._pid = threading.Event(), None, 0, ""
        ready = threading.Event()
        self._stream = self._device.stream(["sh", "-c", 'echo $$; exec "$@"', "sh", *words], terminal=terminal)
        threading.Thread(target=self._read, args=(take, ready), name="film", daemon=True).start()
        ready.wait(START_SECONDS)

    def _read(self, take: Callable[[bytes, float], bool], ready: threading.Event) -> None:
        head = bytearray()
        try:
            while data := self._stream.read():
                host = time.monotonic()
                if not self._pid:
                    head += data
                    line, newline, data = bytes(head).partition(b"\n")
                    if not newline:
                        continue
                    self._pid = line.strip().decode("ascii", "replace")
                if data and take(data, host):
                    ready.set()
        except CommandFailed as error:
            self.error, self.code = error, error.code
        except HarnessError as error:
            self.error = error
        self._stream.close()
        self._ended_at = time.monotonic()
        self.ended.set()
        ready.set()

    def stop(self) -> float:
        """End it; the host time at which it ended, or was told to. A phone that is gone has ended it too."""
        if self.ended.is_set():
            return self._ended_at
        told = time.monotonic()
        try:
            if self._pid.isdecimal():
                self._device.shell(["kill", "-INT", self._pid])
                self.ended.wait(STOP_SECONDS)
        except HarnessError as error:
            self.error = self.error or error
        self._stream.close()
        self.ended.wait(STOP_SECONDS)
        return told

    def failure(self, said: str) -> HarnessError:
        """Say why there is no film."""
        if self.error is not None and not isinstance(self.error, CommandFailed):
            return self.error
        text = said or (str(self.error) if self.error else "")
        reason = " ".join(text.split())[-200:]
        return CommandFailed("screenrecord", self.code or 1, reason or _("it gave no picture"))
