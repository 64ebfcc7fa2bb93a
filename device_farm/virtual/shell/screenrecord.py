"""``screenrecord``: the screen as a film, a picture for each change, until SIGINT, SIGHUP or the time limit.

Options and messages: frameworks/av cmds/screenrecord/screenrecord.cpp. The film is H.264 in MP4 as on a phone, or with
``--output-format=h264`` the bare stream; it loses nothing, so the bit rate is read and has no effect (screen/h264).
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.screen import Screen
from device_farm.virtual.screen.screen_recording import ScreenRecording, broken_off
from device_farm.virtual.shell.call import Call, Command
from device_farm.virtual.shell.language.execute import NOT_FOUND
from device_farm.virtual.shell.process_table import SIGNALS
from device_farm.virtual.shell.screencap import DISPLAY_ID
from device_farm.virtual.shell.toybox.toybox_options import NotModelled, Options, parse_options

_DEFAULT = 180  # seconds (kMaxTimeLimitSec)
_LEAST_RATE, _HIGHEST_RATE = 100_000, 200_000_000  # bits a second
_STANDARD_OUTPUT = "-"
_LONG = ("size=", "bit-rate=", "time-limit=", "output-format=", "display-id=", "verbose")
_NOT_OURS = ("webm", "3gpp", "frames", "raw-frames")
_ERROR = 255  # what -1 is as an exit code


class _Wrong(Exception):
    """The message on standard error before it exits with 2."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The options: seconds at most, pixels, bits a second, whether it is the bare stream, and where to."""

    limit: float
    size: tuple[int, int]
    bits: int
    bare: bool
    path: str

    @property
    def streamed(self) -> bool:
        """Whether it goes to standard output."""
        return self.bare and self.path == _STANDARD_OUTPUT


async def screenrecord(call: Call) -> int:
    """``screenrecord [--size WxH] [--bit-rate N] [--time-limit SECONDS] [--output-format=mp4|h264] FILE``."""
    device, facts = call.device, call.device.rom.data["screenrecord"]
    if not facts["there"]:
        await call.error(f"/system/bin/sh: {call.name}: inaccessible or not found")
        return NOT_FOUND
    options = parse_options(_joined(call.args), long=_LONG)
    verbose = "verbose" in options.flags
    try:
        wanted = _read(options, device.screen, facts["longest"])
    except _Wrong as wrong:
        await call.error(str(wrong))
        return 2
    if wanted.streamed and verbose:
        await call.stderr.write(b"ERROR: verbose output and '-' not compatible")
        return _ERROR
    if not wanted.streamed:
        try:
            device.files.write(wanted.path, b"", uid=call.uid)
        except OSError as error:
            await call.error(f"Unable to open '{wanted.path}': {error.strerror}")
            return 1
    for line in _preparations(device, wanted) if verbose else ():
        await call.print(line)
    if "no-encoder" in device.faults.active:
        await call.error("ERROR: unable to create video/avc codec instance")
        return 0  # UNKNOWN_ERROR is -2147483648, of which a process returns the low byte
    if verbose:
        await call.print(_content_area(device, wanted))
    begun = device.clock.uptime
    frames, ended = await _record(call, wanted, facts["frame_times"])
    if verbose:
        if ended - begun >= wanted.limit:
            await call.print("Time limit reached")
        await call.print(f"Encoder stopping; recorded {frames} frames in {int(ended - begun)} seconds")
        await call.print("Stopping encoder and muxer")
    return 0


async def _record(call: Call, wanted: _Wanted, frame_times: list[str]) -> tuple[int, float]:
    """Film until it is told to stop, and write the file then; a stream is written as it comes.

    How many pictures there are, and when it ended.
    """
    device, clock = call.device, call.device.clock
    film = ScreenRecording(device.screen, clock, wanted.size, clock.uptime + wanted.limit)

    def handle(signal: int) -> bool:
        if signal not in (SIGNALS["INT"], SIGNALS["HUP"]):
            return False
        film.stop()
        return True

    process = device.shell_processes.alive.get(call.pid)
    if process is not None:
        process.handler = handle
    try:
        while not film.over:
            film.news.clear()
            if wanted.streamed:
                await call.stdout.write(film.stream())
            await clock.reach(film.news)
    finally:  # also where the client is gone: adbd's SIGHUP ends the recording, not the file
        film.stop()
        if not wanted.streamed:
            data = film.stream() if wanted.bare else film.mp4(frame_times, clock.wall - clock.uptime)
            if not wanted.bare and device.shell_processes.killed(asyncio.current_task()):
                data = broken_off(data)
            device.files.write(wanted.path, data, uid=call.uid)
    if wanted.streamed:
        await call.stdout.write(film.stream())
    return film.told


def _preparations(device: VirtualDevice, wanted: _Wanted) -> Iterator[str]:
    """Return the lines of ``--verbose`` about the screen and the encoder."""
    display = device.system.display
    shown = f"{display.width}x{display.height} @60.00fps"
    if device.rom.data["screenrecord"]["layer_stack"]:
        yield f"Display is {shown} (orientation=ROTATION_{display.rotation * 90}), layerStack=0"
    else:
        yield f"Main display is {shown} (orientation={display.rotation})"
    width, height = wanted.size
    yield f"Configuring recorder for {width}x{height} video/avc at {wanted.bits / 1_000_000:.2f}Mbps"


def _content_area(device: VirtualDevice, wanted: _Wanted) -> str:
    """Return the line of ``--verbose`` just before the first picture: where the screen is in it."""
    display, (width, height) = device.system.display, wanted.size
    scale = min(width / display.width, height / display.height)
    wide, high = int(display.width * scale), int(display.height * scale)
    return f"Content area is {wide}x{high} at offset x={(width - wide) // 2} y={(height - high) // 2}"


def _joined(args: list[str]) -> list[str]:
    """``--size 720x1600`` as ``--size=720x1600``."""
    words: list[str] = []
    for word in args:
        if words and f"{words[-1][2:]}=" in _LONG and words[-1].startswith("--"):
            words[-1] += f"={word}"
        else:
            words.append(word)
    return words


def _read(options: Options, screen: Screen, longest: int) -> _Wanted:
    """Read the options; raises _Wrong."""
    limit = options.number("time-limit", _DEFAULT)
    if longest == _DEFAULT and not 1 <= limit <= longest:
        raise _Wrong(f"Time limit {limit}s outside acceptable range [1,{longest}]")
    if not 0 <= limit <= longest:
        raise _Wrong(f"Time limit {limit}s outside acceptable range [0,{longest}] seconds")
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
    if form in _NOT_OURS:
        raise NotModelled(f"screenrecord --output-format={form}")
    if form not in ("mp4", "h264"):
        raise _Wrong(f"Unknown format '{form}'")
    if options.value("display-id", str(DISPLAY_ID)) != str(DISPLAY_ID):
        raise _Wrong("Invalid physical display ID")
    if len(options.rest) != 1:
        raise _Wrong("Must specify output file (see --help).")
    return _Wanted(limit or longest, (width, height), bits, form == "h264", options.rest[0])


COMMANDS: dict[str, Command] = {"screenrecord": screenrecord}
