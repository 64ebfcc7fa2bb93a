"""A phone on which a check could not see what it needs is refused at once, with the cause, and left as it is."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import OWN_APPS
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.faults.switching import switch
from device_farm.virtual.spec import Spec
from harness.device.protocol import ShellResult
from harness.engine.check import check
from harness.errors import DeviceTimeout, ScenarioError
from harness.parsers.disk_free import parse_free_kb
from harness.session.readiness import ROOM_MB, need_logs, need_room

pytestmark = pytest.mark.usefixtures("slow_time")

APP = tuple(reversed(load_app_file(OWN_APPS / "polite.py")))
CHANGES = ("pm clear", "am start", "install", "settings put", "input")
"""Words by which something on the phone is changed."""


class Listened(InProcessDevice):
    """A device that remembers what it was told to do; ``said`` answers instead of it."""

    def __init__(self, thread: ServerThread) -> None:
        super().__init__(thread)
        self.told: list[str] = []
        self.said: dict[str, ShellResult] = {}

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        words = command if isinstance(command, str) else " ".join(command)
        self.told.append(words)
        for beginning, answer in self.said.items():
            if words.startswith(beginning):
                return answer
        return super().shell(command, timeout=timeout)


@pytest.fixture
def thread() -> Iterator[ServerThread]:
    with devices_in_thread([partial(VirtualDevice, Spec(apps=APP))]) as started:
        yield started


def refused(device: Listened, runs: Path) -> str:
    """Why the check of the app is refused; nothing came of it, here or on the phone."""
    with pytest.raises(ScenarioError) as caught:
        check(device, APP[-1].package, runs=runs)
    assert not runs.exists()
    assert [line for line in device.told if any(word in line for word in CHANGES)] == []
    return str(caught.value)


@pytest.mark.parametrize(
    ("fault", "told"),
    [("disk-full", "has 0 MB left for data, and a check needs 16 MB"), ("logs-silent", "what is logged cannot be read, so nothing")],
)
def test_a_phone_that_is_not_ready_is_told_before_there_is_a_run(thread: ServerThread, tmp_path: Path, fault: str, told: str) -> None:
    thread.call(lambda: switch(thread.daemons[0], fault, []))
    assert told in refused(Listened(thread), tmp_path / "runs")


def test_a_uiautomator2_that_does_not_start_is_told_before_there_is_a_run(
    thread: ServerThread, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(device: InProcessDevice) -> str:
        raise DeviceTimeout("S: uiautomator2 does not come up: reconnect or reboot the phone")

    monkeypatch.setattr(Listened, "toast", fails)
    assert "cannot be read: S: uiautomator2 does not come up" in refused(Listened(thread), tmp_path / "runs")


def test_a_phone_with_one_of_both_logs_is_ready(thread: ServerThread) -> None:
    device = Listened(thread)
    device.said = {"logcat -b events": ShellResult("", "logcat: Unable to open log device", 1)}
    need_logs(device)


def test_the_property_that_silences_the_logs_is_named(thread: ServerThread) -> None:
    thread.call(lambda: switch(thread.daemons[0], "logs-silent", []))
    device = Listened(thread)
    assert device.shell(["setprop", "persist.log.tag", "S"]).code == 0
    with pytest.raises(ScenarioError, match=r"what is logged cannot be read \(persist.log.tag=S\)"):
        need_logs(device)


def test_an_apk_needs_room_for_itself(thread: ServerThread, tmp_path: Path) -> None:
    device, apk = Listened(thread), tmp_path / "app.apk"
    device.said = {"df": ShellResult("/dev/block/dm-5 9000000 8976448 23552 99% /data\n", "", 0)}  # 23 MB
    apk.write_bytes(bytes(1024 * 1024))
    need_room(device, apk)
    apk.write_bytes(bytes(4 * 1024 * 1024))
    with pytest.raises(ScenarioError, match=f"has 23 MB left for data, and a check needs {ROOM_MB + 12:.0f} MB"):
        need_room(device, apk)
    device.said = {"df": ShellResult("df: /data: Permission denied\n", "", 1)}
    need_room(device, apk)  # a phone that does not tell is taken as it is


def test_free_room_is_read_from_df(thread: ServerThread) -> None:
    told = parse_free_kb(Listened(thread).shell(["df", "-k", "/data"]).stdout)
    assert told is not None
    assert told > 100_000
    assert parse_free_kb("Filesystem 1K-blocks Used Available Use% Mounted on\n") is None
