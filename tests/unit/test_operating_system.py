"""The forms for Windows, with its calls faked: no Windows runs these tests; temporary folders that outlive nobody."""

import os
import runpy
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import psutil
import pytest

from harness import operating_system
from harness.device import file_lock
from harness.device.adb_server import TemporaryFolder
from harness.errors import EvidenceError
from harness.operating_system import Listener, is_too_long, kill_family, listener, renamed, signal_main, typed, wait
from harness.recording.run_folder import RunFolder

DEADLINE = 120.0
SIGBREAK = 21
FAMILY = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600); print('lives')"])
print("both", flush=True)
time.sleep(600)
"""


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Windows as far as we ask it; what is in ``held`` is locked, ``long_paths`` is what its registry says."""
    told = SimpleNamespace(held=set(), long_paths=None)

    def locking(descriptor: int, mode: int, size: int) -> None:
        status = os.fstat(descriptor)
        place = (status.st_ino, os.lseek(descriptor, 0, os.SEEK_CUR))
        if place in told.held:
            raise PermissionError(13, "Permission denied")
        told.held.add(place)

    def query(_key: object, name: str) -> tuple[int, int]:
        if told.long_paths is None:
            raise FileNotFoundError(name)
        return told.long_paths, 4

    msvcrt, winreg = ModuleType("msvcrt"), ModuleType("winreg")
    msvcrt.__dict__.update(locking=locking, LK_LOCK=1, LK_NBLCK=2)
    winreg.__dict__.update(OpenKey=lambda *_: nullcontext(), QueryValueEx=query, HKEY_LOCAL_MACHINE=0)
    monkeypatch.setitem(sys.modules, "msvcrt", msvcrt)
    monkeypatch.setitem(sys.modules, "winreg", winreg)
    monkeypatch.setattr(signal, "SIGBREAK", SIGBREAK, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0x200, raising=False)
    monkeypatch.setattr(subprocess, "CREATE_NO_WINDOW", 0x08000000, raising=False)
    monkeypatch.setattr(sys, "platform", "win32")
    return told


def read_again(module: ModuleType) -> dict[str, Any]:
    """A module as Windows reads it."""
    assert module.__file__ is not None
    return runpy.run_path(module.__file__, run_name=f"{module.__name__}_on_windows")


@pytest.mark.usefixtures("windows")
def test_what_is_chosen_as_it_is_read() -> None:
    read = read_again(operating_system)
    assert read["STOP_SIGNALS"] == (signal.SIGINT, signal.SIGTERM, SIGBREAK)
    assert read["APART"] == {"creationflags": 0x08000200}
    assert read["HEARING"] == {}


def test_a_family_is_ended_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    for platform in ("win32", sys.platform):
        parent = subprocess.Popen([sys.executable, "-c", FAMILY], stdout=subprocess.PIPE, start_new_session=True)
        assert parent.stdout.readline() == b"both\n"
        monkeypatch.setattr(sys, "platform", platform)
        kill_family(parent.pid)
        assert parent.wait(DEADLINE) == -signal.SIGKILL
        assert parent.stdout.read() == b""  # its child held it open, too
        parent.stdout.close()
        kill_family(parent.pid)  # gone already


def test_the_main_thread_hears(monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[str] = []
    before = signal.signal(signal.SIGTERM, lambda *_: heard.append(threading.current_thread().name))
    try:
        for platform in ("win32", sys.platform):
            monkeypatch.setattr(sys, "platform", platform)
            thread = threading.Thread(target=signal_main, args=(signal.SIGTERM,))
            thread.start()
            thread.join()
        assert heard == [threading.main_thread().name] * 2
    finally:
        signal.signal(signal.SIGTERM, before)


class Patient(threading.Event):
    """Is never set, and no time passes for it but what it is told to wait."""

    def __init__(self, clock: list[float]) -> None:
        super().__init__()
        self.clock, self.asked = clock, [0.0]

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        self.asked.append(timeout)
        self.clock[0] += timeout
        return False


@pytest.mark.parametrize(("platform", "longest"), [("win32", 0.5), ("linux", 1800.0)])
def test_half_an_hour_is_waited_in_pieces_between_which_a_signal_is_heard(
    monkeypatch: pytest.MonkeyPatch, platform: str, longest: float
) -> None:
    clock = [0.0]
    monkeypatch.setattr("harness.operating_system.time.monotonic", lambda: clock[0])
    monkeypatch.setattr(sys, "platform", platform)
    event = Patient(clock)
    assert not wait(event, 1800.0)
    assert (max(event.asked), sum(event.asked)) == (longest, 1800.0)


@pytest.mark.parametrize(("platform", "tries"), [("win32", 3), ("linux", 1)])
def test_a_file_that_a_scanner_looks_at_is_renamed_once_it_is_free(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, platform: str, tries: int
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(operating_system, "_PAUSE_SECONDS", 0.0)
    begun: list[int] = []

    def rename() -> None:
        begun.append(1)
        if len(begun) < 3:
            raise PermissionError(13, "being used by another process")

    with nullcontext() if platform == "win32" else pytest.raises(PermissionError):
        renamed(rename)
    assert len(begun) == tries


@pytest.mark.usefixtures("windows")
def test_a_command_is_quoted_for_its_shell() -> None:
    words = ["apprights", "report", "C:\\Users\\张 三\\reports\\run"]
    assert typed(words) == 'apprights report "C:\\Users\\张 三\\reports\\run"'


def test_paths_too_long_for_windows_are_refused_before_anything_is_written(tmp_path: Path, windows: SimpleNamespace) -> None:
    def create(parent: Path) -> RunFolder:
        return RunFolder.create(parent, package="com.example.app", serial="127.0.0.1:5555", started=datetime(2026, 1, 1, tzinfo=UTC))

    deep = tmp_path / ("x" * (150 - len(str(tmp_path))))
    with pytest.raises(EvidenceError, match="longer than Windows takes: choose a folder with a shorter path"):
        create(deep)
    assert not deep.exists()
    windows.long_paths = 0
    assert is_too_long(deep, 120)
    windows.long_paths = 1
    assert create(deep).path.name == "20260101-000000-com.example.app-127.0.0.1_5555"


def test_nothing_is_too_long_elsewhere(tmp_path: Path) -> None:
    assert not is_too_long(tmp_path, 4000)


def test_a_file_is_held_by_one_behind_all_that_is_written(tmp_path: Path, windows: SimpleNamespace) -> None:
    take = read_again(file_lock)["FileLock"].take
    held = take(tmp_path / "phone.lock")
    held.write("whoever has it")
    assert take(tmp_path / "phone.lock") is None
    assert {place for _file, place in windows.held} == {1 << 30}
    assert (tmp_path / "phone.lock").read_text("utf-8") == "whoever has it"
    windows.held.clear()  # as the system does when its holder ends
    held.release()
    assert take(tmp_path / "phone.lock") is not None


def test_who_listens_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert listener(port) == Listener(psutil.Process().name(), os.getpid())
    assert listener(port) is None


PREFIX = "apprights-adb-"
HOLDER = """
import sys
from harness.device.adb_server import TemporaryFolder
folder = TemporaryFolder("apprights-adb-")
(folder.path / "adbkey").write_text("secret")
print(folder.path.name, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_a_folder_goes_when_its_process_was_killed_and_not_before(temporary: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", HOLDER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    theirs = temporary / child.stdout.readline().strip()
    TemporaryFolder(PREFIX).remove()
    assert (theirs / "adbkey").exists()
    child.kill()
    child.communicate(timeout=DEADLINE)
    assert (theirs / "adbkey").exists()
    ours = TemporaryFolder(PREFIX)
    assert list(temporary.iterdir()) == [ours.path]
    ours.remove()
    ours.remove()
    assert list(temporary.iterdir()) == []


def test_what_is_not_ours_stays(temporary: Path) -> None:
    (temporary / f"{PREFIX}someone").mkdir()
    (temporary / f"{PREFIX}file").write_text("x")
    (temporary / "elsewhere").mkdir()
    (temporary / "elsewhere" / "in-use").write_text("")
    (temporary / f"{PREFIX}link").symlink_to(temporary / "elsewhere")
    before = sorted(temporary.rglob("*"))
    TemporaryFolder(PREFIX).remove()
    assert sorted(temporary.rglob("*")) == before
