"""One phone is used by one process at a time; whoever comes second is told who uses it, and may wait."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from harness.device.protocol import ShellResult
from harness.errors import DeviceBusy, EvidenceError
from harness.language import in_language
from harness.restore.device_lock import DeviceLock

DEADLINE = 120.0
HOLDER = """
import sys
from tests.unit.test_device_lock import Phone
from harness.restore.device_lock import DeviceLock
lock = DeviceLock.take(Phone(*sys.argv[1:]), "com.example.shop")
print("held", flush=True)
sys.stdin.read()
"""


class Phone:
    def __init__(self, serial: str = "S1", hardware: str = "H1", android_id: str = "A1") -> None:
        self.serial, self.hardware, self.android_id = serial, hardware, android_id

    def shell(self, command: list[str], *, timeout: float = 30.0) -> ShellResult:
        answers = {"ro.serialno": self.hardware, "android_id": self.android_id}
        return ShellResult(f"{answers.get(command[-1], '')}\n", "", 0)

    def stream(self, command: list[str]) -> Shell:
        return Shell()


class Shell:
    def __init__(self) -> None:
        self.answers = [b"held\n"]

    def send(self, data: bytes) -> None:
        self.answers.append(b"alive\n")

    def read(self) -> bytes:
        return self.answers.pop()

    def close(self) -> None:
        pass


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture
def holds() -> Iterator[Callable[[str, str], subprocess.Popen[str]]]:
    """Another process that holds a phone until its standard input ends."""
    started: list[subprocess.Popen[str]] = []

    def start(serial: str = "S1", hardware: str = "H1") -> subprocess.Popen[str]:
        command = [sys.executable, "-c", HOLDER, serial, hardware]
        child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(child)
        assert child.stdout.readline() == "held\n"
        return child

    yield start
    for child in started:
        child.kill()
        child.communicate(timeout=DEADLINE)


def test_who_comes_second_is_told_who_holds_it(holds) -> None:
    child = holds()
    with pytest.raises(DeviceBusy) as refused:
        DeviceLock.take(Phone(), "com.example.news")
    told = str(refused.value)
    assert "\n" not in told
    for part in ("S1 is used by process", f"{child.pid}", "com.example.shop", "-c S1 H1", "--wait-turn"):
        assert part in told
    assert in_language(refused.value, "zh").startswith(f"S1 正被进程 {child.pid} 使用（应用 com.example.shop，")
    with pytest.raises(DeviceBusy) as refused:
        DeviceLock.take(Phone(), hint=False)
    assert "--wait-turn" not in str(refused.value)


def test_another_phone_is_free_also_at_the_same_address(holds) -> None:
    holds()
    for phone in (Phone("S2", "H2"), Phone("S1", "H2"), Phone("S2", "H1", "A2")):  # emulators of one kind share H1
        DeviceLock.take(phone).release()


def test_one_phone_is_one_over_usb_and_wifi(holds) -> None:
    holds()
    with pytest.raises(DeviceBusy, match=r"192\.168\.1\.7:5555 is used by process"):
        DeviceLock.take(Phone("192.168.1.7:5555"))


@pytest.mark.parametrize(("hardware", "android_id"), [("", "A1"), ("unknown", "A1"), ("H1", "null"), ("H1", "Error: no service")])
def test_a_phone_that_does_not_say_who_it_is_is_known_by_its_address(hardware: str, android_id: str) -> None:
    lock = DeviceLock.take(Phone("S1", hardware, android_id))
    with pytest.raises(DeviceBusy):
        DeviceLock.take(Phone("S1", hardware, android_id))
    DeviceLock.take(Phone("S2", hardware, android_id)).release()
    lock.release()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_it_is_free_when_its_holder_was_killed(holds, state: Path) -> None:
    child = holds()
    os.kill(child.pid, signal.SIGKILL)
    child.wait(DEADLINE)
    assert [path.suffix for path in state.iterdir()] == [".lock"]  # the file is still there, nobody holds it
    lock = DeviceLock.take(Phone(), "com.example.news")
    (path,) = state.glob("*.lock")
    assert json.loads(path.read_text("utf-8"))["pid"] == os.getpid()
    lock.release()
    assert list(state.iterdir()) == []


def test_the_same_process_is_refused_too(state: Path) -> None:
    first = DeviceLock.take(Phone())
    with pytest.raises(DeviceBusy):
        DeviceLock.take(Phone())
    first.release()
    first.release()
    DeviceLock.take(Phone()).release()


def test_whoever_waits_gets_it_when_it_is_free(holds) -> None:
    child, told, got = holds(), [], []
    asked = threading.Event()

    def tell(text: str) -> None:
        told.append(text)
        asked.set()

    def wait() -> None:
        got.append(DeviceLock.take(Phone(), wait=True, tell=tell))

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    assert asked.wait(DEADLINE)
    assert f"{child.pid}" in told[0]
    assert got == []
    child.communicate("", timeout=DEADLINE)
    waiting.join(DEADLINE)
    with pytest.raises(DeviceBusy):
        DeviceLock.take(Phone())
    got[0].release()


def test_what_a_holder_tells_is_not_believed_blindly(state: Path) -> None:
    lock = DeviceLock.take(Phone())
    (path,) = state.glob("*.lock")
    for text in ("", "[1]", '{"pid": 1}', "[" * 4000):
        path.write_text(text, "utf-8")
        with pytest.raises(DeviceBusy, match="used by another process"):
            DeviceLock.take(Phone())
    lock.release()


def test_a_state_folder_that_cannot_be_written_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "file" / "state"))
    with pytest.raises(EvidenceError, match="APPRIGHTS_STATE"):
        DeviceLock.take(Phone())
