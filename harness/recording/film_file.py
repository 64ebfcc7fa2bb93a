"""A film in a run folder back to its pictures, each with its time.

An MP4 file of ``screenrecord`` has the time of each picture since the first one in its sample table, and since Android
11 all of them again as seconds since boot, in a track of their own behind the word below (AOSP frameworks/av,
cmds/screenrecord/screenrecord.cpp). A bare H.264 stream has no times: beside it stands when each part of it arrived. A
folder of screenshots has them in the names of its files. OpenCV's FFmpeg decodes.
"""

import os
import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from harness.errors import FormatError, why
from harness.language import _
from harness.vision.luma_thumbnails import Frame

ARRIVALS = ".arrivals"
"""Ending of the file beside a bare stream: lines of ``offset milliseconds``, since the first picture."""
MOST_PIXELS = 4096 * 4096
"""Of one picture; no phone's screen has more, and a decoder holds some twenty."""
MOST_FRAMES = 180 * 120
"""Of one film: three minutes of a screen of 120 Hz."""
_OLD_TIMES, _NEW_TIMES = b"#VV1NSC0PET1ME!#", b"#VV1NSC0PET1ME2#"
_NEW_VERSION = 2  # of what follows the second word: earlier ones counted without the time asleep
_FIRST_SLICE = re.compile(rb"\x00\x00\x01[\x01\x21\x41\x61\x05\x25\x45\x65][\x80-\xff]")  # first_mb_in_slice is 0
_QUIET = "-8"  # AV_LOG_QUIET: what a decoder thinks of damaged bytes is said by us, in one line


def frames_of(path: Path) -> Iterator[tuple[float, Frame]]:
    """(seconds since the first, picture) of a film; raises FormatError where it is none, or ends too early."""
    if path.is_dir():
        yield from _pictures(path)
    elif path.suffix == ".h264":
        times = _arrivals(path)
        for number, (_seconds, frame) in enumerate(_decoded(path)):
            yield times[min(number, len(times) - 1)], frame
    else:
        yield from _decoded(path)


def is_whole(data: bytes) -> bool:
    """Whether an MP4 file has its index (moov, ISO/IEC 14496-12), which a phone writes last."""
    at, size, kind = 0, 0, b""
    while kind != b"moov" and at + 16 <= len(data):
        size, kind, large = struct.unpack_from(">I4sQ", data, at)
        at += max(large if size == 1 else size, 8)
    return kind == b"moov" and at <= len(data)


def boot_times(data: bytes) -> tuple[float, ...]:
    """Seconds since boot of each picture of an MP4 file of ``screenrecord``; empty where it does not tell."""
    for word, head, unit in ((_NEW_TIMES, "<IqI", 1e9), (_OLD_TIMES, "<I", 1e6)):
        place = data.find(word) + len(word)
        size = struct.calcsize(head)
        if place < len(word) or len(data) < place + size:
            continue
        *version, count = struct.unpack_from(head, data, place)
        if (version and version[0] != _NEW_VERSION) or not 0 < count <= MOST_FRAMES or len(data) < place + size + 8 * count:
            continue
        times = struct.unpack_from(f"<{count}Q", data, place + size)
        return tuple(time / unit for time in times)
    return ()


def _decoded(path: Path) -> Iterator[tuple[float, Frame]]:
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", _QUIET)
    if not path.is_file():
        raise FormatError(_("{path}: there is no such film", path=path))
    film = _opened(path)
    try:
        width, height = film.get(cv2.CAP_PROP_FRAME_WIDTH), film.get(cv2.CAP_PROP_FRAME_HEIGHT)
        if not film.isOpened() or not 0 < width * height <= MOST_PIXELS:
            raise FormatError(_("{path}: no film that can be read: it was broken off, or is of another format", path=path))
        count = 0
        while count < MOST_FRAMES:
            got, frame = film.read()
            if not got:
                break
            count += 1
            yield film.get(cv2.CAP_PROP_POS_MSEC) / 1000, np.asarray(frame, np.uint8)
        if not count:
            raise FormatError(_("{path}: the film has no picture that can be read", path=path))
    finally:
        film.release()


def _opened(path: Path) -> cv2.VideoCapture:
    """A reader of the file, open or not; that it is none, OpenCV would say on standard error."""
    level = cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
    try:
        return cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    finally:
        cv2.utils.logging.setLogLevel(level)


def _arrivals(path: Path) -> list[float]:
    """When each picture of a bare stream arrived: the part of it that its first byte came with."""
    beside = path.with_name(path.name + ARRIVALS)
    try:
        data = path.read_bytes()
        rows = [tuple(map(int, line.split())) for line in beside.read_text("ascii").splitlines()]
        offsets, times = [row[0] for row in rows], [row[1] / 1000 for row in rows]
    except OSError as error:
        raise FormatError(_("{path} cannot be read: {reason}", path=path, reason=why(error))) from error
    except (ValueError, IndexError):
        raise FormatError(_("{path}: not the times of a film", path=beside)) from None
    found = [times[max(0, bisect_right(offsets, match.start()) - 1)] for match in _FIRST_SLICE.finditer(data)] if times else []
    return found or [0.0]


def _pictures(folder: Path) -> Iterator[tuple[float, Frame]]:
    """Screenshots named for the milliseconds since the first."""
    for path in sorted(folder.glob("*.png")):
        frame = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
        if frame is None or not path.stem.isdecimal():
            raise FormatError(_("{path}: no picture of a film", path=path))
        yield int(path.stem[:12]) / 1000, np.asarray(frame, np.uint8)
