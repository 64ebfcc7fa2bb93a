"""Two users of one phone who share nothing but the phone: no state folder, no adb server, no process table.

No verdict of either is another than that of a check alone, but for what the other may have done: that is inconclusive.
"""

import shlex
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import OWN_APPS, Sample
from device_farm.samples.sample_check import check_device, read_sample
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.adb import PrivateAdbServer, connect
from harness.device.protocol import Device
from harness.device.virtual_devices import virtual_devices
from harness.errors import DeviceBusy, HarnessError
from harness.language import in_language
from harness.recording.run_format import MARK
from harness.restore import device_lock, phone_mark
from harness.restore.device_lock import DeviceLock
from harness.restore.ledger import state_apart
from harness.restore.phone_mark import Holder, PhoneMark, about_us, read_mark

SAMPLES = [
    "exit_by_finish", "polite", "dialog_loop", "bundled_request", "consent_preticked", "exit_to_background", "guides_to_settings",
    "exit_by_crash",
]  # fmt: skip
US = about_us("com.example.first", 4711, "apprights check", "2026-11-30 12:00")
ALWAYS = ("inconclusive",)
LESS = {"violation": (*ALWAYS, "suspected")}
"""What a check that was cut short may say for what a whole one says: of several violations those before the cut."""
HOLDER = """
import sys
from harness.device.adb import connect
from harness.restore.device_lock import DeviceLock
lock = DeviceLock.take(connect(sys.argv[1], port=int(sys.argv[2])), "com.example.first")
print("held", flush=True)
sys.stdin.read()
"""
MIDST = 6
"""How often the first user reads the screen before the second comes."""
AWAKE, FROZEN = "awake", "frozen for a minute"


@pytest.fixture(autouse=True)
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phone_mark, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(device_lock, "_TURN_SECONDS", 0.05)


@pytest.fixture
def phone() -> Iterator[ServerThread]:
    with devices_in_thread([partial(VirtualDevice, Spec())]) as thread:
        yield thread


def placed(device: Device) -> PhoneMark:
    mark = PhoneMark.place(device, US)
    assert isinstance(mark, PhoneMark)
    return mark


def test_who_comes_second_is_told_who_is_there_and_has_the_phone_afterwards(phone: ServerThread) -> None:
    with state_apart():
        first = DeviceLock.take(InProcessDevice(phone), "com.example.first")
        with state_apart():
            with pytest.raises(DeviceBusy, match=r"(?s)is used by .* on .*, process \d+ \(app com\.example\.first, since "):
                DeviceLock.take(InProcessDevice(phone), "com.example.second")
            first.release()
            told: list[str] = []
            DeviceLock.take(InProcessDevice(phone), "com.example.second", wait=True, tell=told.append).release()
            assert told == []
    assert InProcessDevice(phone).shell(["ls", MARK]).code != 0


def test_a_mark_whose_user_went_without_a_word_is_nobodys(phone: ServerThread) -> None:
    device = InProcessDevice(phone)
    left = placed(device)
    left._ending.set()  # the process is killed: nothing beats, and the connection ends
    device.close()
    other = InProcessDevice(phone)
    while not other.shell(["ls", MARK]).code:
        time.sleep(0.02)
    placed(other).release()


@pytest.mark.parametrize("skipped", [10, 3600])
def test_signs_of_life_count_whatever_time_the_phone_skips(phone: ServerThread, skipped: float) -> None:
    held, other = placed(InProcessDevice(phone)), InProcessDevice(phone)
    other.pass_time(skipped)
    assert isinstance(PhoneMark.place(other, US), Holder)
    held._ending.set()  # frozen: its connection stands
    other.pass_time(skipped)
    assert isinstance(PhoneMark.place(other, US), Holder if skipped < phone_mark.STALE_SECONDS else PhoneMark)


def test_a_mark_that_went_with_the_connection_is_placed_again(phone: ServerThread) -> None:
    device = InProcessDevice(phone)
    mark = placed(device)
    device.reboot()
    mark.beat()
    found = read_mark(device)
    assert mark.other is None
    assert found.token == mark._token


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"token": "x", "shell": 1}', '{"token": 1, "shell": "1"}', "\\n" * 50])
def test_what_is_no_mark_of_ours_holds_nobody_up_for_long(phone: ServerThread, text: str) -> None:
    device = InProcessDevice(phone)
    device.shell(f"mkdir {MARK}; printf {shlex.quote(text)} > {MARK}/holder; echo 1 > {MARK}/beat")
    found = PhoneMark.place(device, US)
    assert isinstance(found, PhoneMark), found


def test_what_another_tells_of_itself_stays_one_line(phone: ServerThread) -> None:
    hostile = US | {"app": "a'\"$(reboot)`id`\\\n\x1b[31m; 无罪", "user": "x" * 5000}
    with state_apart():
        assert isinstance(PhoneMark.place(InProcessDevice(phone), hostile), PhoneMark)
        with pytest.raises(DeviceBusy) as refused:
            DeviceLock.take(InProcessDevice(phone))
    for told in (str(refused.value), in_language(refused.value, "zh")):
        assert "$(reboot)`id`\\ [31m; 无罪" in told
        assert "\n" not in told
        assert "\x1b" not in told
        assert len(told) < 1000


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs POSIX signals")
def test_two_adb_servers_and_a_killed_holder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "one"))
    with virtual_devices() as devices, PrivateAdbServer() as server:
        words = [sys.executable, "-c", HOLDER, devices.serials[0], str(devices.port)]
        child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        child.stdout.readline()
        monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "other"))
        with connect(devices.serials[0], port=server.port) as device:
            with pytest.raises(DeviceBusy, match=r"com\.example\.first"):
                DeviceLock.take(device)
            child.kill()
            child.communicate()
            DeviceLock.take(device, wait=True).release()


# --- whole checks ---


def outcomes(result: dict[str, Any]) -> dict[str, str]:
    return {rule["rule"]: rule["outcome"] for rule in result["rules"]}


def checked(
    sample: Sample, thread: ServerThread, runs: Path, wrap: Callable[[Device], Device] = lambda device: device
) -> dict[str, str] | HarnessError:
    """The verdicts of one user with a state of their own, or the error that told them why there are none."""
    with state_apart():
        try:
            return outcomes(check_device(sample, wrap(InProcessDevice(thread)), runs))
        except HarnessError as error:
            return error


def short(name: str) -> Sample:
    sample = read_sample(OWN_APPS / f"{name}.py")
    return replace(sample, options=(*sample.options, "--clause", "5"))


def device_with(*samples: Sample) -> AbstractContextManager[ServerThread]:
    apps = tuple(app for sample in samples for app in reversed(load_app_file(sample.path)))
    return devices_in_thread([partial(VirtualDevice, Spec(apps=apps))])


_alone: dict[Path, dict[str, str] | HarnessError] = {}


class Frozen:
    """A user whose computer stands still in the midst of a check, for as long as ``meanwhile`` takes."""

    def __init__(self, device: InProcessDevice, meanwhile: Callable[[], None], after: int) -> None:
        self._device, self._meanwhile, self._left = device, meanwhile, after

    def __getattr__(self, name: str) -> Any:
        return getattr(self._device, name)

    def tree(self) -> str:
        self._left -= 1
        if self._left == 0:
            self._meanwhile()
        return self._device.tree()


def pair(first: Sample, second: Sample, way: str, runs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Check two apps of one phone by two users; ``way`` tells how the first is while the second comes."""
    for sample in (first, second):
        if sample.path not in _alone:
            with device_with(sample) as thread:
                _alone[sample.path] = checked(sample, thread, runs / "alone")
    got: dict[str, dict[str, str] | HarnessError] = {}
    with device_with(first, second) as thread:

        def other() -> None:
            def comes() -> None:
                got["second"] = checked(second, thread, runs / "second")

            with monkeypatch.context() as patch:
                if way == FROZEN:
                    patch.setattr(phone_mark, "STALE_SECONDS", -1.0)
                    patch.setattr(PhoneMark, "beat", lambda mark: None)
                    InProcessDevice(thread).shell(["cmd", "apprights", "idle", "60"])  # no Toast of then is up now
                visitor = threading.Thread(target=comes)
                visitor.start()
                visitor.join()

        got["first"] = checked(first, thread, runs / "first", lambda device: Frozen(device, other, MIDST))
    if way == AWAKE:
        assert isinstance(got["second"], DeviceBusy), got
        assert got["first"] == _alone[first.path]
        return
    for name, sample in (("first", first), ("second", second)):
        found, truth = got[name], _alone[sample.path]
        assert isinstance(found, dict), (name, found)
        assert isinstance(truth, dict), truth
        false = {rule: (said, truth[rule]) for rule, said in found.items() if said not in (truth[rule], *LESS.get(truth[rule], ALWAYS))}
        assert not false, (name, false)
    assert "inconclusive" in got["first"].values()


@pytest.mark.usefixtures("slow_time")
@pytest.mark.parametrize(
    ("first", "second", "way"),
    [*((*names, FROZEN) for names in pairwise([*SAMPLES, SAMPLES[0]])), (SAMPLES[0], SAMPLES[0], FROZEN), (SAMPLES[0], SAMPLES[1], AWAKE)],
)
def test_no_word_about_either_is_false(first: str, second: str, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pair(short(first), short(second), way, tmp_path, monkeypatch)
