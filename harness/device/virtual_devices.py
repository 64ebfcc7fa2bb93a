"""A virtual device of our own for the length of a block: a child process, a private adb server and the connection."""

import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from harness import console
from harness.device.adb import PrivateAdbServer, connect
from harness.errors import DeviceLost
from harness.language import _, chosen
from harness.operating_system import APART

START_SECONDS = 30.0
STOP_SECONDS = 10.0


class Connected(NamedTuple):
    """Where the devices are: their serials, and the port of the adb server they are connected to."""

    serials: tuple[str, ...]
    port: int


@contextmanager
def virtual_devices(
    *, android: str = "13", rom: str = "aosp", language: str = "zh", apps: Sequence[Path | str] = (), count: int = 1
) -> Iterator[Connected]:
    """Start ``count`` virtual devices with the app files ``apps`` and connect them; all of it ends with the block.

    Raises DeviceLost, with what the child said, when it does not start.
    """
    files = [word for app in apps for word in ("--app", str(app))]
    command = [sys.executable, "-P", "-m", "harness.cli", "--lang", chosen(), "virtual", "--android", android, "--rom", rom]
    command += ["--language", language]
    child = subprocess.Popen(
        [*command, "--devices", str(count), "--with-parent", *files],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        **APART,
    )
    try:
        with PrivateAdbServer() as server:
            _belongs_to_us(child, server)
            words = _Words(child)
            serials = _serials(child, count, words)
            words.pass_on()
            for serial in serials:
                connect(serial, port=server.port).close()
            yield Connected(serials, server.port)
    finally:
        child.terminate()
        try:
            child.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
        for pipe in (child.stdin, child.stdout, child.stderr):
            if pipe is not None:
                pipe.close()


def _belongs_to_us(child: subprocess.Popen[bytes], server: PrivateAdbServer) -> None:
    """Tell the child which adb server to end where this program is gone and cannot: the pipe tells it when."""
    if child.stdin is not None:
        with suppress(OSError):  # a child that ended says why in a moment
            child.stdin.write(b"adb-server %d\n" % server.port)
            child.stdin.flush()


class _Words:
    """What the child says on standard error, such as what of a recording it left out: passed on once it serves."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self.said: list[str] = []
        self._kept, self._lock = True, threading.Lock()
        self.reader = threading.Thread(target=self._read, args=(child,), daemon=True)
        self.reader.start()

    def _read(self, child: subprocess.Popen[bytes]) -> None:
        with suppress(ValueError):  # closed beside us
            for line in child.stderr or ():
                with self._lock:
                    self.said.append(line.decode("utf-8", "replace").strip())
                    if not self._kept:
                        console.progress(self.said[-1])

    def pass_on(self) -> None:
        """Print what was said and what will be."""
        with self._lock:
            self._kept = False
            for line in self.said:
                console.progress(line)


def _serials(child: subprocess.Popen[bytes], count: int, words: _Words) -> tuple[str, ...]:
    """The lines a starting device prints once it accepts connections."""
    found: list[str] = []

    def read() -> None:
        for _turn in range(count):
            line = child.stdout.readline() if child.stdout else b""
            if not line:
                return
            found.append(line.decode("ascii", "replace").strip())

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    reader.join(START_SECONDS)
    if len(found) < count:
        child.terminate()
        words.reader.join(STOP_SECONDS)
        said = "\n".join(words.said)
        raise DeviceLost(
            _(
                "the virtual device did not start: {said}",
                said=" ".join(said.removeprefix("apprights: ").split())[-300:] or _("it said nothing"),
            )
        )
    return tuple(found)
