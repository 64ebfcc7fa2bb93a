"""What a virtual device is given: an app file, or the folder of a recording, its own form or DroidBot's.

``logcat.txt`` beside a recording: what else the phone wrote down meanwhile, to be written again as time passes.

Lines that a check reads facts from are left out, and those of the app: what is in front, what lives and what is asked
is the virtual device's own, and a second account of it would be untrue. What is left is what a check has to read past.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from device_farm.recordings.droidbot import is_droidbot, read_droidbot
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.recorded.player import app_of
from device_farm.virtual.recorded.recording import LoggedLine, Recording, State
from device_farm.virtual.recorded.recording_folder import Skipped, is_recording, read_folder
from device_farm.virtual.screen.picture_files import is_picture
from device_farm.virtual.vocabulary.components import App
from harness import console
from harness.errors import FormatError
from harness.events import Instant, Source
from harness.language import _, said
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader, LogLine

MOST_TOLD = 5


def load_apps(path: Path) -> tuple[type[App], ...]:
    """The apps of an app file, or the one that plays a recording; raises AppFileError or FormatError."""
    return (app_of(read_recording(path)),) if path.is_dir() else load_app_file(path)


def read_recording(folder: Path) -> Recording:
    """Read a recording and tell on standard error what of it was left out; raises FormatError where it is none."""
    skipped = Skipped()
    if is_recording(folder):
        recording = read_folder(folder, skipped)
    elif is_droidbot(folder):
        recording = read_droidbot(folder, skipped)
    else:
        raise FormatError(
            _("{folder} is no recording: it has neither {own} nor {droidbot}", folder=folder, own="app.toml", droidbot="states/")
        )
    states = {name: _shown(state, skipped) for name, state in recording.states.items()}
    recording = replace(recording, states=states, log=read_log(folder, recording.package, skipped))
    tell(skipped)
    return recording


def _shown(state: State, skipped: Skipped) -> State:
    """The screen, without its picture where that is none."""
    if state.picture is None or is_picture(state.picture):
        return state
    skipped.add(str(state.picture), _("no picture"))
    return replace(state, picture=None)


def tell(skipped: Skipped) -> None:
    """Say on standard error what was left out: the first of it, and how much more there is."""
    for line in skipped.lines[:MOST_TOLD]:
        console.progress(said(_("left out: {what}", what=line)))
    if len(skipped.lines) > MOST_TOLD:
        console.progress(said(_("left out: {count} more", count=len(skipped.lines) - MOST_TOLD)))


LOG, BUFFERS = "logcat.txt", ("main", "system", "radio", "crash")
MOST_BYTES, MOST_LINES, CHUNK = 64 << 20, 50_000, 1 << 20
NO_TIME = Instant(-1, 0.0)
_STARTED = re.compile(r"Start proc (\d+):(\S+)")


def read_log(folder: Path, package: str, skipped: Skipped) -> tuple[LoggedLine, ...]:
    """The lines from the first that names the app on, without facts and without the app's own."""
    path = folder / LOG
    if not path.is_file():
        return ()
    if path.stat().st_size > MOST_BYTES:
        skipped.add(str(path), _("larger than {size} MiB", size=MOST_BYTES >> 20))
        return ()
    try:
        lines = list(_lines(path))
    except (OSError, FormatError) as error:
        skipped.add(str(path), str(error)[:200])
        return ()
    began = next((number for number, line in enumerate(lines) if package in line.message), len(lines))
    started = (match for line in lines if (match := _STARTED.search(line.message)))
    own = {int(match[1]) for match in started if match[2].startswith(package)}
    facts = Interpreter(Source.MAIN, every_tag=True)
    found: list[LoggedLine] = []
    for line in lines[began : began + MOST_LINES]:
        told = line.pid in own or package in line.message or package in line.tag or bool(facts.feed(line, NO_TIME))
        after = _seconds(line) - _seconds(lines[began]) if line.whole else -1.0
        if not told and after >= 0 and line.buffer != "events":
            buffer = line.buffer if line.buffer in BUFFERS else "main"
            found.append(LoggedLine(after, buffer, line.priority, line.tag, line.message, line.pid))
    return tuple(found)


def _lines(path: Path) -> Iterator[LogLine]:
    reader = LogcatReader()
    with path.open("rb") as file:
        while data := file.read(CHUNK):
            yield from reader.feed(data)
    yield from reader.finish()


def _seconds(line: LogLine) -> float:
    """The time of a line by its own clock, in whichever year that was; -1.0 without one."""
    if line.wall is not None:
        return line.wall
    try:
        return datetime.strptime(f"2024-{line.wall_text}+0000", "%Y-%m-%d %H:%M:%S.%f%z").timestamp()  # a leap year
    except ValueError:
        return -1.0
