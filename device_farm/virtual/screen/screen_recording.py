"""A film of the screen: a picture whenever it shows another, each with the device's own time.

A timer of the device's clock looks at the screen, so time that is skipped is filmed as it passes, without waiting.

One H.264 track in an MP4 file (ISO/IEC 14496-12, avc1 of 14496-15), as Android's MediaMuxer lays it out.

Mdat, then moov.
"""

import asyncio
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from device_farm.virtual.kernel.device_clock import DeviceClock, Timer
from device_farm.virtual.screen import Screen, Signature
from device_farm.virtual.screen.h264 import Encoder, annex_b

_FRAME_SECONDS = 1 / 30  # how often the screen is looked at
_FRAMES = 200  # after so many pictures it is looked at half as often: drawing one that nobody else wanted takes 30 ms
_MOST_LAG = 0.5  # host seconds after which a device that is behind its host draws no more, as an encoder drops pictures
_MOST_BYTES = 256 << 20  # of one film, in the memory of the host
_NEW_VERSION = 2


class ScreenRecording:
    """Frames of the screen from now until ``end`` (uptime) or ``stop``; ``news`` is set when there is more of it."""

    def __init__(self, screen: Screen, clock: DeviceClock, size: tuple[int, int], end: float) -> None:
        """Take the first picture and go on by timers."""
        self._screen, self._clock, self._end = screen, clock, end
        self._encoder = Encoder(*size)
        self._units: list[tuple[bytes, bool]] = []
        self._times: list[float] = []  # uptime of each picture
        self._size = self._streamed = 0
        self._shown: Signature | None = None
        self._timer: Timer | None = None
        self.over = False
        self.news = asyncio.Event()
        self._look()

    @property
    def told(self) -> tuple[int, float]:
        """How many pictures there are, and the uptime at which it ended or will end."""
        return len(self._units), self._end

    def stop(self) -> None:
        if not self.over:
            self.over, self._end = True, min(self._end, self._clock.uptime)
        if self._timer is not None:
            self._timer.cancel()
        self.news.set()

    def _look(self) -> None:
        if self._clock.uptime >= self._end or self._size >= _MOST_BYTES:
            self.stop()
            return
        if self._clock.lag < _MOST_LAG and (signature := self._screen.signature()) != self._shown:
            self._shown = signature
            unit, key = self._encoder.encode(self._picture())
            self._units.append((unit, key))
            self._times.append(self._clock.uptime)
            self._size += len(unit)
            self.news.set()
        pause = _FRAME_SECONDS * 2 ** (len(self._units) // _FRAMES)
        self._timer = self._clock.call_later(min(pause, self._end - self._clock.uptime), self._look)

    def _picture(self) -> NDArray[np.uint8]:
        """Return the picture, centred in the film's where its shape is another (the display was turned)."""
        picture, size = np.asarray(self._screen.image()), (self._encoder.width, self._encoder.height)
        height, width = picture.shape[:2]
        if (width, height) == size:
            return picture
        scale = min(size[0] / width, size[1] / height)
        wide, high = max(1, round(width * scale)), max(1, round(height * scale))
        left, top = (size[0] - wide) // 2, (size[1] - high) // 2
        whole = np.zeros((size[1], size[0], 3), np.uint8)
        whole[top : top + high, left : left + wide] = cv2.resize(picture, (wide, high), interpolation=cv2.INTER_LINEAR)
        return whole

    def stream(self) -> bytes:
        """Return the frames since the last call as a bare stream (Annex B)."""
        units = [unit for unit, _ in self._units[self._streamed :]]
        head = [] if self._streamed or not units else [self._encoder.sps, self._encoder.pps]
        self._streamed = len(self._units)
        return annex_b(*head, *units)

    def mp4(self, frame_times: Sequence[str], wall_offset: float) -> bytes:
        """The whole file; with tracks that repeat the times of its pictures since boot, old or new."""
        seconds = [after - before for before, after in zip(self._times, [*self._times[1:], self._end], strict=True)]
        samples = [Sample(unit, shown, key) for (unit, key), shown in zip(self._units, seconds, strict=True)]
        notes = [_TRACKS[name](self._times, wall_offset) for name in frame_times]
        return write(self._encoder.width, self._encoder.height, self._encoder.sps, self._encoder.pps, samples, notes)


def _old_times(times: Sequence[float], wall_offset: float) -> bytes:
    """Microseconds since boot (writeWinscopeMetadataLegacy)."""
    return struct.pack(f"<16sI{len(times)}Q", b"#VV1NSC0PET1ME!#", len(times), *(round(time * 1e6) for time in times))


def _new_times(times: Sequence[float], wall_offset: float) -> bytes:
    """Nanoseconds since boot, after what is to be added for Unix time (writeWinscopeMetadata)."""
    head = (b"#VV1NSC0PET1ME2#", _NEW_VERSION, round(wall_offset * 1e9), len(times))
    return struct.pack(f"<16sIqI{len(times)}Q", *head, *(round(time * 1e9) for time in times))


_TRACKS = {"old": _old_times, "new": _new_times}


TIMESCALE = 90_000  # units a second, as MPEG4Writer.cpp of frameworks/av uses for video
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


@dataclass(frozen=True, slots=True)
class Sample:
    """One picture: its NAL unit, how long it is shown in seconds, and whether decoding can start at it."""

    unit: bytes
    seconds: float
    key: bool


def _box(kind: str, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind.encode()) + body


def _full(kind: str, *content: bytes, flags: int = 0) -> bytes:
    """A box with version 0 and flags."""
    return _box(kind, struct.pack(">I", flags), *content)


def _table(kind: str, rows: list[tuple[int, ...]]) -> bytes:
    return _full(kind, struct.pack(">I", len(rows)), *(struct.pack(f">{len(row)}I", *row) for row in rows))


def write(width: int, height: int, sps: bytes, pps: bytes, samples: Sequence[Sample], notes: Sequence[bytes] = ()) -> bytes:
    """The whole file; ``samples`` are in the order in which they are shown, at least one.

    Each of ``notes`` is the only sample of a track of its own, whose format nobody knows.
    """
    file_type = _box("ftyp", b"mp42", struct.pack(">I", 0), b"isommp42")
    media = b"".join(struct.pack(">I", len(sample.unit)) + sample.unit for sample in samples)
    offset = len(file_type) + 8
    durations = [max(1, round(sample.seconds * TIMESCALE)) for sample in samples]
    total = sum(durations)
    tracks = [_film(width, height, _avc_config(sps, pps), samples, durations, offset)]
    for number, note in enumerate(notes, 2):
        tracks.append(_note(number, note, total, offset + len(media) + sum(map(len, notes[: number - 2]))))
    header = _full("mvhd", struct.pack(">4I", 0, 0, TIMESCALE, total), struct.pack(">IHH8x", 0x10000, 0x100, 0), _MATRIX, bytes(24),
                   struct.pack(">I", len(tracks) + 1))  # fmt: skip
    return file_type + _box("mdat", media, *notes) + _box("moov", header, *tracks)


def broken_off(film: bytes) -> bytes:
    """What a writer that was killed leaves: no moov, and an mdat whose size nobody filled in (MPEG4Writer::start)."""
    media = film.index(b"mdat")
    return film[: media - 4] + b"\x00\x00\x00\x01mdat????????" + film[media + 4 : film.rindex(b"moov") - 4]


def _avc_config(sps: bytes, pps: bytes) -> bytes:
    """AVCDecoderConfigurationRecord with lengths of four bytes."""
    return b"\x01" + sps[1:4] + b"\xff\xe1" + struct.pack(">H", len(sps)) + sps + b"\x01" + struct.pack(">H", len(pps)) + pps


def _track(number: int, kind: bytes, name: bytes, size: tuple[int, int], total: int, media_header: bytes, table: bytes) -> bytes:
    """One track: what its pictures are like, then where they are."""
    width, height = size
    header = _full("tkhd", struct.pack(">5I", 0, 0, number, 0, total), struct.pack(">8x4H", 0, 0, 0, 0), _MATRIX,
                   struct.pack(">II", width << 16, height << 16), flags=7)  # fmt: skip
    media = _full("mdhd", struct.pack(">4IHH", 0, 0, TIMESCALE, total, 0x55C4, 0))  # language "und"
    handler = _full("hdlr", struct.pack(">4x4s12x", kind), name + b"\x00")
    place = _box("dinf", _full("dref", struct.pack(">I", 1), _full("url ", flags=1)))
    return _box("trak", header, _box("mdia", media, handler, _box("minf", media_header, place, table)))


def _film(width: int, height: int, config: bytes, samples: Sequence[Sample], durations: list[int], offset: int) -> bytes:
    entry = _box(
        "avc1",
        struct.pack(">6xH16xHHII4xH", 1, width, height, 0x480000, 0x480000, 1),
        bytes(32),
        struct.pack(">Hh", 24, -1),
        _box("avcC", config),
    )
    keys = _table("stss", [(number,) for number, sample in enumerate(samples, 1) if sample.key])
    table = _samples(entry, durations, [4 + len(sample.unit) for sample in samples], offset, keys)
    return _track(1, b"vide", b"VideoHandle", (width, height), sum(durations), _full("vmhd", bytes(8), flags=1), table)


def _note(number: int, note: bytes, total: int, offset: int) -> bytes:
    """A track of the MIME type application/octet-stream (MPEG4Writer.cpp, writeMetadataFourCCBox)."""
    kind = b"application/octet-stream\x00"
    entry = _box("mett", struct.pack(">6xH", 1), kind, kind)
    return _track(number, b"meta", b"MetadHandle", (0, 0), total, _full("nmhd"), _samples(entry, [total], [len(note)], offset))


def _samples(entry: bytes, durations: Sequence[int], sizes: Sequence[int], offset: int, keys: bytes = b"") -> bytes:
    """Samples of one kind that lie one after the other, in one chunk."""
    return _box(
        "stbl",
        _full("stsd", struct.pack(">I", 1), entry),
        _table("stts", [(1, duration) for duration in durations]),
        keys,
        _full("stsz", struct.pack(">II", 0, len(sizes)), *(struct.pack(">I", size) for size in sizes)),
        _table("stsc", [(1, len(sizes), 1)]),
        _table("stco", [(offset,)]),
    )
