"""``screenrecord``: the screen as a film, a picture for each change, until SIGINT, SIGHUP or the time limit.

Options and messages: frameworks/av cmds/screenrecord/screenrecord.cpp. The film is H.264 in MP4 as on a phone, or with
``--output-format=h264`` the bare stream; it loses nothing, so the bit rate is read and has no effect (screen/h264).
"""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from device_farm.virtual.screen.h264 import Encoder, annex_b
from device_farm.virtual.screen.mp4 import Sample, write
from device_farm.virtual.shell.options import NotModelled, Options, parse_options
from device_farm.virtual.shell.processes import SIGNALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from device_farm.virtual.clock import Timer
    from device_farm.virtual.device import VirtualDevice
    from device_farm.virtual.screen import Screen, Signature
    from device_farm.virtual.shell.call import Call, Command

_FRAME_SECONDS = 1 / 30  # how often the screen is looked at
_LONGEST = 180  # seconds (kMaxTimeLimitSec)
_LEAST_RATE, _HIGHEST_RATE = 100_000, 200_000_000  # bits a second
_MOST_BYTES = 256 << 20  # of one film, in the memory of the host
_STANDARD_OUTPUT = "-"
_LAYER_STACK_SDK = 30  # from which on --verbose names the layer stack (DisplayState); 12 and 16 read, 11 assumed
_LONG = ("size=", "bit-rate=", "time-limit=", "output-format=", "verbose")


class _Wrong(Exception):
    """What it says on standard error before it exits with 2."""


@dataclass(slots=True)
class _Film:
    """What was recorded so far; ``times`` is the uptime of each picture."""

    encoder: Encoder
    units: list[tuple[bytes, bool]]
    times: list[float]
    size: int = 0

    def add(self, picture: NDArray[np.uint8], uptime: float) -> bytes:
        """Encode one picture and return its unit."""
        unit, key = self.encoder.encode(picture)
        self.units.append((unit, key))
        self.times.append(uptime)
        self.size += len(unit)
        return unit

    def mp4(self, end: float) -> bytes:
        """The whole file, the last picture shown until the uptime ``end``."""
        seconds = [after - before for before, after in zip(self.times, [*self.times[1:], end], strict=True)]
        samples = [Sample(unit, shown, key) for (unit, key), shown in zip(self.units, seconds, strict=True)]
        return write(self.encoder.width, self.encoder.height, self.encoder.sps, self.encoder.pps, samples)


async def screenrecord(call: Call) -> int:
    """``screenrecord [--size WxH] [--bit-rate N] [--time-limit SECONDS] [--output-format=mp4|h264] FILE``."""
    options = parse_options(_joined(call.args), long=_LONG)
    try:
        limit, (width, height), bits, bare = _read(options, call.device.screen)
    except _Wrong as wrong:
        await call.error(str(wrong))
        return 2
    path = options.rest[0]
    if path != _STANDARD_OUTPUT or not bare:
        try:
            call.device.files.write(path, b"", uid=call.uid)
        except OSError as error:
            await call.error(f"Unable to open '{path}': {error.strerror}")
            return 1
    if "verbose" in options.flags:
        if path == _STANDARD_OUTPUT:
            await call.stderr.write(b"ERROR: verbose output and '-' not compatible")
            return 255
        for line in _preparations(call.device, width, height, bits):
            await call.print(line)
    film, end = _Film(Encoder(width, height), [], []), call.device.clock.uptime + limit
    try:
        await _record(call, film, end, stream=bare and path == _STANDARD_OUTPUT)
    finally:  # also where the client is gone: adbd's SIGHUP ends the recording, not the file
        if path != _STANDARD_OUTPUT:
            units = [film.encoder.sps, film.encoder.pps, *(unit for unit, _ in film.units)]
            data = annex_b(*units) if bare else film.mp4(min(end, call.device.clock.uptime))
            call.device.files.write(path, data, uid=call.uid)
    return 0


def _preparations(device: VirtualDevice, width: int, height: int, bits: int) -> Iterator[str]:
    """What ``--verbose`` says before the first picture: the screen, the encoder, what of the picture is the screen's."""
    display = device.system.display
    shown = f"{display.width}x{display.height} @60.00fps"
    if device.rom.sdk < _LAYER_STACK_SDK:
        yield f"Main display is {shown} (orientation={display.rotation})"
    else:
        yield f"Display is {shown} (orientation=ROTATION_{display.rotation * 90}), layerStack=0"
    yield f"Configuring recorder for {width}x{height} video/avc at {bits / 1_000_000:.2f}Mbps"
    scale = min(width / display.width, height / display.height)
    wide, high = int(display.width * scale), int(display.height * scale)
    yield f"Content area is {wide}x{high} at offset x={(width - wide) // 2} y={(height - high) // 2}"


def _joined(args: list[str]) -> list[str]:
    """``--size 720x1600`` as ``--size=720x1600``."""
    words: list[str] = []
    for word in args:
        if words and f"{words[-1][2:]}=" in _LONG and words[-1].startswith("--"):
            words[-1] += f"={word}"
        else:
            words.append(word)
    return words


def _read(options: Options, screen: Screen) -> tuple[float, tuple[int, int], int, bool]:
    """Time limit in seconds, size in pixels, bits a second, and whether it is the bare stream; raises _Wrong."""
    limit = options.number("time-limit", _LONGEST)
    if not 1 <= limit <= _LONGEST:
        raise _Wrong(f"Time limit {limit}s outside acceptable range [1,{_LONGEST}]")
    size = options.value("size", f"{screen.width}x{screen.height}")
    found = re.fullmatch(r"(\d{1,5})x(\d{1,5})", size)
    if found is None:
        raise _Wrong(f"Invalid size '{size}', must be width x height")
    width, height = int(found[1]), int(found[2])
    if not width or not height:
        raise _Wrong(f"Invalid size {width}x{height}, width and height may not be zero")
    if width % 2 or height % 2 or width > screen.width or height > screen.height:
        raise NotModelled(f"screenrecord --size {size}")  # an odd size, or one above the display's
    rate = re.fullmatch(r"(\d+)([mM]?)", options.value("bit-rate", "20M"))
    if rate is None:
        raise _Wrong(f"Unrecognized value: {options.value('bit-rate')}")
    bits = int(rate[1]) * (1_000_000 if rate[2] else 1)
    if not _LEAST_RATE <= bits <= _HIGHEST_RATE:
        raise _Wrong(f"Bit rate {bits}bps outside acceptable range [{_LEAST_RATE},{_HIGHEST_RATE}]")
    form = options.value("output-format", "mp4")
    if form not in ("mp4", "h264"):
        raise _Wrong(f"Unknown format '{form}'")
    if len(options.rest) != 1:
        raise _Wrong("Must specify output file (see --help).")
    return limit, (width, height), bits, form == "h264"


async def _record(call: Call, film: _Film, end: float, *, stream: bool) -> None:
    """Add a picture whenever the screen shows another, until it is told to stop.

    A timer of the device's clock looks at the screen, so time that is skipped is filmed too.
    """
    clock, screen, news = call.device.clock, call.device.screen, asyncio.Event()
    shown: Signature = ()
    timer: Timer | None = None
    written, over = 0, False

    def handle(signal: int) -> bool:
        nonlocal over
        if signal not in (SIGNALS["INT"], SIGNALS["HUP"]):
            return False
        over = True
        news.set()
        return True

    def look() -> None:
        nonlocal shown, over, timer
        over = over or clock.uptime >= end or film.size >= _MOST_BYTES
        if not over and (signature := screen.signature()) != shown:
            shown = signature
            film.add(_picture(screen, film.encoder), clock.uptime)
            news.set()
        if over:
            news.set()
        else:
            timer = clock.call_later(min(_FRAME_SECONDS, end - clock.uptime), look)

    process = call.device.shell_processes.alive.get(call.pid)
    if process is not None:
        process.handler = handle
    look()
    try:
        while True:
            if stream and written < len(film.units):
                units = [unit for unit, _ in film.units[written:]]
                await call.stdout.write(annex_b(*([] if written else [film.encoder.sps, film.encoder.pps]), *units))
                written += len(units)
            elif over:
                return
            else:
                await clock.reach(news)
                news.clear()
    finally:
        if timer is not None:
            timer.cancel()


def _picture(screen: Screen, encoder: Encoder) -> NDArray[np.uint8]:
    """What is shown, in the middle of the film's picture where its shape is another (the display was turned)."""
    image, size = screen.image(), (encoder.width, encoder.height)
    if image.size != size:
        scale = min(size[0] / image.width, size[1] / image.height)
        small = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
        image = Image.new("RGB", size)
        image.paste(small, ((size[0] - small.width) // 2, (size[1] - small.height) // 2))
    return np.asarray(image.convert("RGB"))


COMMANDS: dict[str, Command] = {"screenrecord": screenrecord}
