"""The faults of a virtual device through the real adb server, and how they are switched."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from device_farm.virtual import control_port
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.faults.catalogue import catalogue
from device_farm.virtual.spec import Spec
from device_farm.virtual.unmodelled import MOST, Unmodelled
from harness.device.adb import PrivateAdbServer, connect
from harness.device.protocol import ByteStream
from harness.errors import DeviceLost
from tests.virtual.adb_calls import Connected

Make = Callable[..., Connected]


def fault(connected: Connected, *words: str) -> None:
    assert list(control_port.ask(connected.serial, ["fault", *words])) == []


def timed(call: Callable[[], object]) -> float:
    began = time.monotonic()
    call()
    return time.monotonic() - began


@pytest.fixture(scope="module")
def phone(virtual_device: Make) -> Connected:
    return virtual_device()


def test_the_catalogue_says_what_happens_and_where_it_is_known_from() -> None:
    for entry in catalogue().values():
        assert entry.what.endswith(".")
        assert len(entry.source) > 10
        assert entry.lasts in {"on", "once"}
        assert ("off" in entry.usage.split(" | ")[-1]) is (entry.lasts == "on" or entry.name == "reboot-in-pull")


@pytest.mark.parametrize("words", [["fault"], ["fault", "nonesuch"]])
def test_without_a_known_name_the_choices_are_listed(phone: Connected, words: list[str]) -> None:
    with pytest.raises(control_port.ControlError) as refused:
        list(control_port.ask(phone.serial, words))
    assert all(name in str(refused.value) for name in catalogue())


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("slow tap", "'tap' is none of screencap=MS, dump=MS"),
        ("slow tap=quick", "'quick' is no number from 0 to 60000"),
        ("slow nap=10", "'nap=10' is none of"),
        ("slow tap=-1", "'-1' is no number from 0 to 60000"),
        ("reboot soon", "'soon' is no number from 0 to 31622400"),
        ("time-jump", "this is typed as 'fault time-jump SECONDS"),
        ("time-jump nan", "'nan' is no number from -31622400 to 31622400"),
        ("adb-server-killed", "this is typed as 'fault adb-server-killed PORT"),
        ("adb-server-killed 70000", "'70000' is no number from 1 to 65535"),
        ("u2-dies now", "this is typed as 'fault u2-dies"),
        ("device-lost 5", "this is typed as 'fault device-lost [off]"),
        ("offline 1 2 3 4", "this is typed as 'fault offline"),
    ],
)
def test_wrong_arguments_are_one_line(phone: Connected, words: str, text: str) -> None:
    with pytest.raises(control_port.ControlError, match=re.escape(text)):
        list(control_port.ask(phone.serial, ["fault", *words.split()]))
    assert phone.device.faults.active == set()


@pytest.fixture
def slowed(phone: Connected) -> Iterator[Connected]:
    """The phone of this module, to be slowed down; as fast as before afterwards, whatever happened."""
    yield phone
    fault(phone, "slow", "off")
    assert "slow" not in phone.device.faults.active


def test_slow_takes_the_figures_of_a_phone(slowed: Connected) -> None:
    with connect(slowed.serial, port=slowed.adb.port) as device:
        device.tree()
        fault(slowed, "slow", "screencap=300", "dump=200", "tap=150")
        assert timed(lambda: slowed.run("exec-out", "screencap")) >= 0.3
        assert timed(lambda: slowed.run("shell", "uiautomator dump /dev/tty")) >= 0.2
        assert timed(lambda: slowed.run("shell", "input tap 500 500")) >= 0.15
        assert timed(device.tree) >= 0.2
        assert timed(lambda: device.tap(500, 500)) >= 0.15


def test_slow_without_figures_delays_every_packet(slowed: Connected) -> None:
    fault(slowed, "slow")
    assert timed(lambda: slowed.run("shell", "true")) >= 0.2  # OPEN


def clocks(connected: Connected) -> tuple[float, float]:
    """Wall clock and uptime, read at nearly the same moment."""
    wall, up = connected.shell("date +%s.%N; cat /proc/uptime")[1].split()[:2]
    return float(wall), float(up)


@pytest.mark.parametrize("seconds", [3600, -86400])
def test_the_wall_clock_jumps_and_a_running_logcat_goes_on(phone: Connected, seconds: int) -> None:
    before, up_before = clocks(phone)
    with phone.service(f"shell:logcat -v epoch -b system,main -T {before:.3f}") as log:
        fault(phone, "time-jump", str(seconds))
        phone.shell("log -t apprights after-the-jump")
        text = ""
        while "after-the-jump" not in text:
            text += log.conn.recv(65536).decode()
    after, up_after = clocks(phone)
    assert after - before == pytest.approx(seconds + up_after - up_before, abs=60)
    said = re.search(r"AlarmManagerService: Setting time of day to sec=(\d+)", text)
    assert int(before) + seconds <= int(said[1]) <= after


def test_a_reboot_in_mid_pull(virtual_device: Make, tmp_path: Path) -> None:
    phone = virtual_device()
    content = tmp_path / "content"
    content.write_bytes(bytes(range(256)) * (1 << 16))
    phone.run("push", str(content), "/data/local/tmp/big")
    phone.shell("log -t apprights before-the-reboot")
    fault(phone, "reboot-in-pull", "1000000")
    pulled = phone.run("pull", "/data/local/tmp/big", str(tmp_path / "pulled"), check=False)
    assert pulled.returncode == 1
    assert not (tmp_path / "pulled").exists()  # adb throws half a file away
    assert {"what": "reboot", "uptime": pytest.approx(300, abs=60)} in phone.device.truth
    phone.run("wait-for-device")
    assert phone.run("pull", "/data/local/tmp/big", str(tmp_path / "again")).returncode == 0  # once is enough
    assert (tmp_path / "again").read_bytes() == content.read_bytes()
    assert "before-the-reboot" not in phone.shell("logcat -d -b main")[1]


def drain(stream: ByteStream) -> None:
    while stream.read():
        pass


def test_an_adb_server_that_is_killed(phone: Connected) -> None:
    with PrivateAdbServer() as server, connect(phone.serial, port=server.port) as device:
        stream = device.stream(["logcat"])
        fault(phone, "adb-server-killed", str(server.port))
        with pytest.raises(DeviceLost):
            drain(stream)
        stream.close()
        with pytest.raises(DeviceLost, match="no adb server answers: run 'adb start-server'"):
            device.shell("true")
    assert phone.shell("echo here")[1] == "here\n"  # the other server's connection is another


def test_every_kind_of_refusal_is_listed_with_its_count(phone: Connected) -> None:
    asked = [
        "screenrecord --bugreport /sdcard/x.mp4", "dumpsys media.codec", "cmd wallpaper x", "am monitor", "pm trim-caches 1",
        "ls -Q", "alias x=y", "settings list-namespaces x", "logcat -L", "input roll 1 1", "wm density 3x",
    ]  # fmt: skip
    before = dict(counts(phone))
    for command in asked * 2:
        code, _, error = phone.shell(command)
        if "not modelled" in error:
            assert code in {1, 127}, command
    new = {name: count for name, count in counts(phone) if name not in before}
    assert {"screenrecord --bugreport /sdcard/x.mp4", "am monitor", "ls -Q", "sh: alias", "logcat -L"} <= set(new)
    assert set(new.values()) == {2}


def counts(connected: Connected) -> list[tuple[str, int]]:
    return [(entry["unmodelled"], entry["count"]) for entry in control_port.ask(connected.serial, ["unmodelled"])]


def test_refusals_fill_no_memory() -> None:
    found = Unmodelled()
    for number in range(MOST + 500):
        found.add(f"command {number} {'x' * 10_000}")
    assert len(found) == MOST + 1
    assert {entry["count"] for entry in found.lines()} == {1, 500}
    assert max(map(len, found)) < 400


def test_the_truth_of_a_device_that_runs_for_months_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("device_farm.virtual.device.MOST_TRUTH", 100)
    device = VirtualDevice(Spec())
    for number in range(1000):
        device.record_truth("tick", number=number)
    assert 90 <= len(device.truth) <= 100
    assert device.truth[-1]["number"] == 999
