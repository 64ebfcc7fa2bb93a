"""The harness's device, clock and recorder on a virtual device.

Through the real adb server, and in the same process.
"""

import re
import threading
import time
from contextlib import closing
from functools import partial

import pytest
import uiautomator2

from device_farm.samples.in_process_device import InProcessDevice, devices_in_process
from device_farm.virtual import Activity, App, Column, DrawerLayout, Text, ViewPager2
from device_farm.virtual.control_port import ask
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.spec import Spec
from harness.device.adb import DeviceEntry, connect, list_devices, open_device
from harness.device.adb_link import FastDevice
from harness.errors import CommandFailed, DeviceLost, DeviceTimeout
from harness.events import LOG_SOURCES, Source
from harness.recording.clock_map import ClockMap, idle, probe
from harness.recording.recorder import Recorder


@pytest.fixture
def over_adb(server):
    with devices_in_thread([partial(VirtualDevice, Spec())]) as thread:
        with connect(thread.addresses[0], port=server.port) as made:
            yield made
        server.run("disconnect", thread.addresses[0])


@pytest.fixture
def in_process():
    with devices_in_process([partial(VirtualDevice, Spec())]) as (made,):
        yield made


@pytest.fixture(params=["over_adb", "in_process"])
def device(request):
    return request.getfixturevalue(request.param)


def test_the_uiautomator2_client_pulls_turns_and_holds(server):
    """The drawer, the pager and the long press of an app by the client's own gestures; the last is ours, too."""
    heard = []

    class Reader(App):
        package = "com.example.reader"

        class Main(Activity):
            launcher = True

            def on_create(self):
                pages = ViewPager2(Text("推荐", id="first", long_clickable=True), Text("关注"), id="vp")
                self.show(DrawerLayout(pages, Column(Text("设置")), id="drawer"))

            def on_long_click(self, id):
                heard.append(("long", id))
                return True

            def on_page_selected(self, id, position):
                heard.append((id, position))

    with devices_in_thread([partial(VirtualDevice, Spec(apps=(Reader,)))]) as thread:
        with connect(thread.addresses[0], port=server.port) as made:
            made.shell("am start -W -n com.example.reader/.Main")
            link = FastDevice(server.port, made.serial)  # by name, the library asks the server of port 5037 and leaks
            phone = uiautomator2.connect(link)
            phone(text="推荐").long_click(0.6)
            x, y = phone(text="推荐").center()
            phone.long_click(x, y, 0.8)
            made.tap(x, y, held=True)
            phone.swipe(900, 1200, 200, 1200)
            assert phone(text="关注").exists
            phone.swipe(5, 1200, 700, 1200)
            assert phone(text="设置").wait(timeout=2)
            assert phone(className="androidx.drawerlayout.widget.DrawerLayout").child(text="设置").exists
            phone.press("back")
            assert not phone(text="设置").exists
            phone.stop_uiautomator(wait=False)
            link.hang_up()
        server.run("disconnect", thread.addresses[0])
    assert heard == [*[("long", "first")] * 3, ("vp", 1)]


def fault(device, *words):
    assert list(ask(device.serial, ["fault", *words])) == []


def test_it_is_listed_and_can_be_opened(over_adb, server):
    device = over_adb
    (entry,) = list_devices(port=server.port)
    assert (entry.serial, entry.state, entry.android, entry.rom) == (device.serial, "device", "13", "aosp")
    assert entry.model
    assert open_device(device.serial, port=server.port).shell("echo ok").stdout == "ok\n"


def test_shell(device):
    result = device.shell("echo out; echo err >&2; exit 3")
    assert (result.stdout, result.stderr, result.code) == ("out\n", "err\n", 3)
    assert device.shell(["echo", "a  'b' $(id) ; &"]).stdout == "a  'b' $(id) ; &\n"


def test_a_shell_command_has_a_time_limit(device):
    with pytest.raises(DeviceTimeout, match="did not answer to 'cat'"):
        device.shell("cat", timeout=0.3)


def test_a_command_that_does_not_end_is_read_as_it_prints(device):
    stream = device.stream(["logcat", "-b", "main", "-T", "1"])
    device.shell(["log", "-t", "apprights", "first"])
    seen = b""
    while b"first" not in seen:
        seen += stream.read()
    stream.close()
    assert b"first" not in stream.read()
    assert stream.read() == b""


def read_to_end(stream):
    while stream.read():
        pass


def test_a_stream_tells_how_its_command_failed(device):
    stream = device.stream(["logcat", "-b", "no-such-buffer"])
    with closing(stream), pytest.raises(CommandFailed, match="no-such-buffer"):
        read_to_end(stream)


def test_a_reboot_ends_streams_and_begins_a_new_boot(device):
    before = probe(device)
    stream = device.stream(["logcat", "-b", "main"])
    device.reboot()
    with closing(stream), pytest.raises(DeviceLost):
        read_to_end(stream)
    clock = ClockMap([before, probe(device)])
    assert clock.boots == 2
    assert "<node" in device.tree()


def test_a_device_that_went_for_a_second_is_waited_for(device):
    stream = device.stream(["logcat", "-b", "main"])
    fault(device, "offline", "1")
    with closing(stream), pytest.raises(DeviceLost):
        read_to_end(stream)
    device.wait_until_back(20)
    assert device.shell("echo back").stdout == "back\n"


def test_files(device):
    content = bytes(range(256)) * 1000
    device.push(content, "/data/local/tmp/x", mode=0o600)
    assert device.pull("/data/local/tmp/x") == content
    with pytest.raises(CommandFailed, match="No such file"):
        device.pull("/data/local/tmp/none")


def test_screen_and_tree_and_touch(device):
    picture = device.screenshot()
    assert picture.shape == (2400, 1080, 3)
    assert picture.std() > 1
    assert "<node" in device.tree()
    device.tap(500, 500)
    device.press("home")
    with pytest.raises(CommandFailed):
        device.press("no such key")


def without_ages(result):
    """What a command answered, without how long ago things were."""
    return re.sub(r"-?\d+(s\d+)?ms|launchTime=\S+", "", result.stdout), result.stderr, result.code


def test_tree_picture_and_output_are_the_same_both_ways(server):
    reads = ["getprop", "dumpsys activity activities", "dumpsys window", "pm list packages -U", "ps -A -o NAME", "nosuch; ls /nosuch"]
    with devices_in_thread([partial(VirtualDevice, Spec(), DeviceClock(wall=1790000000.0))]) as thread:
        with connect(thread.addresses[0], port=server.port) as far, InProcessDevice(thread) as near:
            for command in reads:
                ours, theirs = (without_ages(way.shell(command)) for way in (far, near))
                assert ours == theirs, command
            far.press("home")
            assert far.tree() == near.tree()
            assert (far.screenshot() == near.screenshot()).all()
        server.run("disconnect", thread.addresses[0])


def test_idle_skips_device_time_and_the_clock_map_knows(device):
    first = probe(device)
    second = idle(device, 600)
    assert second.skipped == 600
    assert second.uptime - first.uptime - 600 == pytest.approx(second.host - first.host, abs=0.1)
    clock = ClockMap([first, second])
    assert (clock.boots, clock.changes()) == (1, [])
    assert clock.at_host(first.after).uptime == pytest.approx(first.uptime, abs=0.1)
    assert clock.at_host(second.after).uptime == pytest.approx(second.uptime, abs=0.1)
    assert clock.at_wall(second.wall).uptime == pytest.approx(second.uptime, abs=0.02)


def test_an_apk_that_is_none_is_refused_with_the_devices_words(device, tmp_path):
    apk = tmp_path / "no.apk"
    apk.write_bytes(b"not a zip" * 1000)
    with pytest.raises(CommandFailed, match=r"install no.apk.*INSTALL"):
        device.install(apk)


class Told:
    def __init__(self):
        self.all, self.news = [], threading.Condition()

    def __call__(self, source, state, reason):
        with self.news:
            self.all.append((source, state))
            self.news.notify_all()

    def wait(self, *expected):
        with self.news:
            return self.news.wait_for(lambda: set(expected) <= set(self.all), 120)


def test_recording(device, tmp_path):
    told = Told()
    recorder = Recorder(device, tmp_path, on_stream=told)
    recorder.start(probe(device).wall)
    mark = recorder.mark()
    device.shell(["log", "-t", "apprights", "canary 一号"])
    line = recorder.wait_for(lambda line: "canary 一号" in line.text, 120, since=mark)
    assert line.source is Source.MAIN
    recorder.close()
    kept = (tmp_path / "main.txt").read_bytes().split(b"\n")
    assert kept[line.number - 1].decode() == line.text
    assert set(told.all) == {(source, state) for source in LOG_SOURCES for state in ("opened", "closed")}


def test_a_device_lost_in_mid_run_ends_all_streams_at_once(device, tmp_path):
    told = Told()
    recorder = Recorder(device, tmp_path, on_stream=told)
    recorder.start(probe(device).wall)
    fault(device, "device-lost")
    assert told.wait(*((source, "lost") for source in LOG_SOURCES))
    assert recorder.wait_for(lambda line: False, 3600) is None
    recorder.close()
    with pytest.raises(DeviceLost):
        device.shell("true", timeout=120)


def test_an_unauthorized_device_is_explained(in_process):
    fault(in_process, "unauthorized")
    with pytest.raises(DeviceLost, match="allow USB debugging"):
        in_process.shell("true")
    fault(in_process, "unauthorized", "off")
    in_process.wait_until_back(120)
    assert in_process.shell("echo ok").stdout == "ok\n"


def test_an_unauthorized_device_is_listed_and_explained(over_adb, server):
    device = over_adb
    fault(device, "unauthorized")
    states = wait_for_state(server, device.serial, {"unauthorized", "offline", "gone"})
    assert states
    with pytest.raises(DeviceLost, match=r"allow USB debugging|offline|not connected"):
        device.shell("true", timeout=120)


def wait_for_state(server, serial, wanted):
    """Whether adb shows one of the states within two minutes; asks again each time it answers."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        entries = {entry.serial: entry.state for entry in list_devices(port=server.port)}
        if entries.get(serial, "gone") in wanted:
            return True
    return False


def test_a_dump_that_stays_empty_is_an_error(device, monkeypatch):
    for module in ("harness.device.adb_ui", "device_farm.samples.in_process_device"):
        monkeypatch.setattr(f"{module}._UPDATE_MS", 1)  # how long each of five tries waits for a change
    fault(device, "empty-dump")
    with pytest.raises(DeviceTimeout, match="view tree stays empty"):
        device.tree()
    fault(device, "empty-dump", "off")
    assert "<node" in device.tree()


@pytest.mark.parametrize("name", ["u2-dies", "uiautomation-not-connected"])
def test_reading_survives_the_death_of_the_automation(device, name):
    device.tree()
    fault(device, name)
    assert "<node" in device.tree()


def test_two_devices_are_named(server, monkeypatch):
    monkeypatch.delenv("ANDROID_SERIAL", raising=False)
    with devices_in_thread([partial(VirtualDevice, Spec())] * 2) as thread:
        for address in thread.addresses:
            connect(address, port=server.port)
        with pytest.raises(DeviceLost, match="choose one with --serial: ") as raised:
            open_device(port=server.port)
        assert all(address in str(raised.value) for address in thread.addresses)
        for address in thread.addresses:
            server.run("disconnect", address)
    assert DeviceEntry(thread.addresses[0], "device") not in list_devices(port=server.port)
