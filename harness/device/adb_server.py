"""adb servers: the user's own for real devices, a private one for virtual devices, demo and tests."""

import atexit
import importlib.resources
import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Self

import adbutils

from harness.device.file_lock import FileLock
from harness.errors import DeviceTimeout, HarnessError
from harness.language import Text, _, quoted
from harness.operating_system import APART, listener

_START_SECONDS = 20.0
_ASK_SECONDS = 5.0
_POLL_SECONDS = 0.02
_STARTS = 3


def ensure_user_server(port: int) -> None:
    """Start the user's own adb server on ``port`` if none answers there, as ``adb devices`` would."""
    if _answers(port):
        need_adb_server(port)
        return
    command = [str(adbutils_adb()), "-P", str(port), "start-server"]
    try:
        done = subprocess.run(command, capture_output=True, timeout=_START_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DeviceTimeout(_("the adb server does not start: run 'adb start-server' and read what it says")) from error
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())[-200:]
        raise DeviceTimeout(_("the adb server does not start: {said}", said=quoted(said) or _("no reason given")))


def need_adb_server(port: int) -> None:
    """Raise DeviceTimeout, with its name, where another program has the port; nothing where nobody has it.

    An adb server answers to ``host:version`` at once (AOSP packages/modules/adb, docs/dev/services.md).
    """
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=_ASK_SECONDS) as connection:
            connection.sendall(b"000chost:version")
            with connection.makefile("rb") as answer:
                if answer.read(4) in (b"OKAY", b"FAIL"):
                    return
    except ConnectionRefusedError:
        return
    except OSError:  # it says nothing, or hangs up
        pass
    found = listener(port)
    raise DeviceTimeout(
        _(
            "port {port} is held by {program}, which does not answer as an adb server does: "
            "end it, or set ANDROID_ADB_SERVER_PORT to a free port",
            port=port,
            program=Text(f"{found.name} ({found.pid})") if found is not None else _("a program that this user may not see"),
        )
    )


def adbutils_adb() -> Path:
    """The user's adb, else the one in the adbutils wheel."""
    try:
        return Path(adbutils.adb_path())
    except adbutils.AdbError as error:
        raise HarnessError(_("no adb program found: install Android platform-tools")) from error


def bundled_adb() -> Path:
    """The adb in the adbutils wheel; the user's own where the wheel has none for this platform."""
    name = "adb.exe" if os.name == "nt" else "adb"
    packed = Path(str(importlib.resources.files("adbutils.binaries"))) / name
    return packed if os.access(packed, os.X_OK) else adbutils_adb()


def _answers(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1.0):
            return True
    except OSError:
        return False


def _free_port() -> int:
    """A free port below the range from which systems take ports for clients, so that none takes it before adb does."""
    while True:
        port = random.randrange(20_000, 32_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


class PrivateAdbServer:
    """An adb server of our own: keys in a folder that goes away, no USB, no mDNS, no emulator scan.

    A context manager; ``port`` (by default a free one) is for the functions of harness.device.adb, ``environment()``
    for programs such as adb itself.
    """

    def __init__(self, port: int | None = None) -> None:
        self.adb = bundled_adb()
        self.port = 0
        self._wanted = port
        self._process: subprocess.Popen[bytes] | None = None
        self._home: TemporaryFolder | None = None

    def __enter__(self) -> Self:
        try:
            for _turn in range(_STARTS):  # another program may take the free port before adb does
                if self._start():
                    atexit.register(self.stop)
                    return self
            raise DeviceTimeout(_("a private adb server does not start: {said}", said=self._said()))
        except BaseException:
            self.stop()
            raise

    def __exit__(self, *details: object) -> None:
        self.stop()

    def environment(self) -> dict[str, str]:
        """Environment of a program that shall use this server."""
        if self._home is None:
            raise HarnessError(_("the private adb server is not running"))
        private = dict.fromkeys(("HOME", "USERPROFILE", "ANDROID_USER_HOME", "ANDROID_SDK_HOME"), str(self._home.path))
        quiet = dict.fromkeys(("ADB_MDNS", "ADB_USB", "ADB_EMU"), "0")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("ADB_", "ANDROID_"))}
        server = {"ANDROID_ADB_SERVER_PORT": str(self.port), "ADBUTILS_ADB_PATH": str(self.adb)}
        return {**kept, **private, **quiet, **server}

    def run(self, *arguments: str, timeout: float = 60.0) -> subprocess.CompletedProcess[bytes]:
        """Run the adb program against this server and return its outputs and exit code."""
        command = [str(self.adb), *arguments]
        return subprocess.run(command, env=self.environment(), capture_output=True, timeout=timeout, check=False)

    def stop(self) -> None:
        """End the server and remove its folder; harmless when it is not running."""
        atexit.unregister(self.stop)
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None
        if self._home is not None:
            self._home.remove()
            self._home = None

    def _start(self) -> bool:
        """Try one port; False when the server ended before it answered."""
        if self._home is None:
            self._home = TemporaryFolder("apprights-adb-")
        self.port = self._wanted or _free_port()
        with (self._home.path / "server.log").open("wb") as log:
            self._process = subprocess.Popen(
                [str(self.adb), "-P", str(self.port), "server", "nodaemon"],
                env=self.environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **APART,
            )
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if _answers(self.port):
                return True
            try:
                self._process.wait(_POLL_SECONDS)
            except subprocess.TimeoutExpired:
                continue
            return False
        raise DeviceTimeout(_("a private adb server does not answer: {said}", said=self._said()))

    def _said(self) -> str:
        if self._home is None:
            return _("no log")
        log = (self._home.path / "server.log").read_bytes()[-2000:]
        return quoted(" ".join(log.decode("utf-8", "replace").split())[-200:]) or _("no log")


_HELD = "in-use"


class TemporaryFolder:
    """A new folder of ours, with a file in it that is held as long as this process lives."""

    def __init__(self, prefix: str) -> None:
        """Make the folder, and sweep those of this prefix whose process is gone."""
        for path in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
            _sweep(path)
        self._held: FileLock | None = None
        while self._held is None:
            self.path = Path(tempfile.mkdtemp(prefix=prefix))
            with suppress(FileNotFoundError):  # swept by another process before the file in it was held
                self._held = FileLock.take(self.path / _HELD)

    def remove(self) -> None:
        """Take the folder away; harmless when that was done."""
        if self._held is not None:
            self._held.release()
            self._held = None
        shutil.rmtree(self.path, ignore_errors=True)


def _sweep(path: Path) -> None:
    """Take a folder away that is ours and nobody holds; one without our file is not for us to judge."""
    if path.is_symlink() or not (path / _HELD).is_file() or not _is_own(path):
        return
    with suppress(OSError):
        held = FileLock.take(path / _HELD)
        if held is not None:
            held.release()
            shutil.rmtree(path, ignore_errors=True)


def _is_own(path: Path) -> bool:
    """Whether the folder belongs to this user; Windows gives each user a temporary folder of their own."""
    user = getattr(os, "getuid", None)
    with suppress(OSError):
        return user is None or path.stat().st_uid == user()
    return False
