"""What apps do of clause 6, guilty and innocent.

Whole app files, on several versions, with the truth and the log of each start.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.dumps.content_service import content
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.spec import Spec
from device_farm.virtual.vocabulary.widgets import Button
from harness.parsers.syncs import Sync, syncs

FOLDER = Path(__file__).parent / "clause6"
VERSIONS = ["8.1", "10", "13", "15", "16"]
HALF_HOUR = 1800.0


class Phone:
    """A device with an app file installed, the app opened once and left."""

    def __init__(self, file: str, android: str, rom: str = "aosp") -> None:
        apps = load_app_file(FOLDER / f"{file}.py")
        self.package = apps[0].package
        clock = DeviceClock(host=lambda: 0.0, wall=1_800_000_000.0)
        self.device = VirtualDevice(Spec(android=android, rom=rom, apps=(*apps[1:], apps[0])), clock)
        self.system = self.device.system
        self.wait(1)

    def wait(self, seconds: float) -> None:
        self.device.clock.skip(seconds)

    def open(self) -> None:
        component = self.system.launcher_component(self.package)
        assert component is not None
        self.system.start_activity(self.system.package_manager.launch_intent(component), uid=2000, package="com.android.shell")
        self.wait(3)

    def leave(self) -> None:
        self.system.go_home()
        self.wait(2)

    def kill(self) -> None:
        self.system.kill_background(self.package)
        self.wait(1)

    def swipe(self) -> None:
        self.system.cleaners.swiped_away(next(task for task in self.system.tasks if task.affinity == self.package))
        self.wait(2)

    def starts(self, package: str = "") -> list[dict[str, Any]]:
        """The starts of the app's processes after the tester's own, without those of activities."""
        found = [line for line in self.device.truth if line["what"] == "start" and line["package"] == (package or self.package)]
        return [line for line in found if line["trigger"] not in ("user", "activity")]

    def log(self, tag: str) -> list[str]:
        return [e.message for buffer in self.device.logs.buffers.values() for e in buffer if e.tag == tag]

    def start_lines(self, package: str = "") -> list[str]:
        """``Start proc`` of the app, without pid and uid."""
        wanted = package or self.package
        lines = [line for line in self.log("ActivityManager") if line.startswith("Start proc ") and f":{wanted}" in line]
        return [re.sub(r"^Start proc \d+:([^/]+)/\S+", r"\1", line) for line in lines]

    def prefs(self) -> dict[str, Any]:
        found: dict[str, Any] = self.system.packages[self.package].data.get("prefs", {})
        return found


@pytest.fixture
def left():
    """An app that was opened and left by Home."""

    def make(file: str, android: str, rom: str = "aosp") -> Phone:
        phone = Phone(file, android, rom)
        phone.open()
        phone.leave()
        return phone

    return make


def hosted(android: str, text: str) -> str:
    """``{pkg/pkg.Cls}`` as the version prints it: before 10 short and without braces."""
    package, _slash, name = text.partition("/")
    if android in ("8.1", "9"):
        return f"{package}/{name.removeprefix(package)}" if name.startswith(package + ".") else text
    return f"{{{text}}}"


@pytest.mark.parametrize("android", VERSIONS)
def test_boot_start_of_an_sdk(left, android):
    phone = left("boot_start", android)
    for _ in range(2):
        phone.system.reboot()
        phone.wait(600)
    starts = phone.starts()
    assert [(s["trigger"], s["sdk"], s["caller"]) for s in starts] == [("boot", "示例广告", None)] * 2
    assert starts[0]["action"] == "android.intent.action.BOOT_COMPLETED"
    component = hosted(android, "com.example.boot/com.example.ads.Boot")
    assert phone.start_lines()[-1] == f"com.example.boot:ads for broadcast {component}"
    assert phone.prefs()["boots"] == 2


@pytest.mark.parametrize("android", VERSIONS)
def test_boot_does_not_reach_an_app_that_was_never_opened_or_was_stopped(android):
    phone = Phone("boot_start", android)
    phone.system.reboot()
    phone.wait(600)
    assert phone.starts() == []
    phone.open()
    phone.system.force_stop(phone.package, "from pid 1")
    phone.system.reboot()
    phone.wait(600)
    assert phone.starts() == []


@pytest.mark.parametrize("android", VERSIONS)
def test_the_late_boot_broadcast_of_15_is_marked(left, android):
    phone = left("boot_start", android)
    phone.system.force_stop(phone.package, "from pid 1")
    phone.wait(5)
    phone.open()
    starts = phone.starts()
    assert len(starts) == (1 if int(float(android)) >= 15 else 0)
    opened = [line for line in phone.device.truth if line["what"] == "start" and line["package"] == phone.package][1]
    assert opened["was_force_stopped"] is True


@pytest.mark.parametrize("android", VERSIONS)
def test_alarms_wake_it_six_times_in_half_an_hour(left, android):
    phone = left("alarm_wakeups", android)
    phone.kill()
    phone.wait(HALF_HOUR)
    starts = phone.starts()
    assert len(starts) in (5, 6)
    assert {s["trigger"] for s in starts} == {"alarm"}
    component = hosted(android, "com.example.often/com.example.often.AlarmReceiver")
    assert phone.start_lines()[-1] == f"com.example.often for broadcast {component}"
    assert len([line for line in phone.log("am_proc_start") if "com.example.often,broadcast," in line]) == len(starts)
    assert [line["kind"] for line in phone.device.truth if line["what"] == "alarm"] == ["exact"] * len(starts)


@pytest.mark.parametrize("android", VERSIONS)
def test_an_alarm_clock_rings_once_also_in_doze(left, android):
    phone = Phone("alarm_clock", android)
    phone.open()
    window = phone.system.focused_window()
    assert window is not None
    assert window.handler is not None
    window.handler.click("set", Button("十分钟后叫我", id="set"))
    phone.wait(1)
    phone.leave()
    phone.kill()
    phone.system.device_idle.force_deep()
    phone.wait(HALF_HOUR)
    (start,) = phone.starts()
    assert start["trigger"] == "alarm"
    (alarm,) = [line for line in phone.device.truth if line["what"] == "alarm"]
    assert alarm["kind"] == "alarm_clock"


@pytest.mark.parametrize("android", VERSIONS)
def test_jobs_chain_and_wait_for_a_network(left, android):
    phone = left("job_wakeups", android)
    phone.kill()
    phone.wait(HALF_HOUR)
    starts = phone.starts()
    assert [s["trigger"] for s in starts] == ["job"] * 4
    component = hosted(android, "com.example.jobs/com.example.jobs.Again")
    assert phone.start_lines()[-1] == f"com.example.jobs:again for service {component}"
    phone.system.connectivity.set_airplane_mode(on=True)
    phone.wait(HALF_HOUR)
    assert len(phone.starts()) == 4
    phone.system.connectivity.set_airplane_mode(on=False)
    phone.system.reboot()
    phone.wait(60)
    assert len(phone.starts()) == 5


@pytest.mark.parametrize("android", VERSIONS)
def test_a_sticky_service_comes_back_after_a_swipe_and_the_polite_one_does_not(left, android):
    phone = left("sticky_service", android)
    phone.swipe()
    (start,) = phone.starts()
    assert (start["trigger"], start["after"], start["caller"]) == ("sticky", "remove task", None)
    component = hosted(android, "com.example.sticky/com.example.sticky.Daemon")
    assert phone.start_lines()[-1] == f"com.example.sticky for service {component}"
    assert phone.log("am_schedule_service_restart") == ["[0,com.example.sticky/.Daemon,1000]"]
    assert phone.prefs()["commands"] == 2
    polite = left("polite_service", android)
    polite.swipe()
    polite.wait(HALF_HOUR)
    assert polite.starts() == []
    assert polite.log("am_schedule_service_restart") == []


@pytest.mark.parametrize("android", VERSIONS)
def test_after_our_am_kill_the_restart_is_told_as_ours(left, android):
    phone = left("sticky_service", android)
    phone.kill()
    phone.wait(5)
    assert [s["after"] for s in phone.starts()] == ["kill background"]
    forced = left("sticky_service", android)
    forced.system.force_stop(forced.package, "from pid 1")
    forced.wait(HALF_HOUR)
    assert forced.starts() == []


@pytest.mark.parametrize("android", VERSIONS)
def test_an_sdk_wakes_three_other_apps(android):
    phone = Phone("provider_wake", android)
    phone.open()
    wanted = {"com.example.first": ("provider", "content provider"), "com.example.second": ("bind", "service"),
              "com.example.third": ("broadcast", "broadcast")}  # fmt: skip
    for package, (trigger, hosting) in wanted.items():
        (start,) = phone.starts(package)
        assert (start["trigger"], start["hosting"], start["caller"], start["caller_sdk"]) == (trigger, hosting, phone.package, "联盟")
    component = hosted(android, "com.example.first/com.example.first.Stock")
    assert phone.start_lines("com.example.first") == [f"com.example.first for content provider {component}"]


def test_on_miui_the_line_names_the_caller():
    phone = Phone("push_wake", "13", "miui")
    phone.open()
    phone.leave()
    phone.kill()
    phone.wait(HALF_HOUR)
    assert [line for line in phone.start_lines() if line.endswith("caller=com.google.android.gms")] != []


@pytest.mark.parametrize("android", VERSIONS)
def test_the_push_service_of_the_phone_wakes_a_messenger(left, android):
    phone = left("push_wake", android)
    phone.kill()
    phone.wait(1000)
    (start,) = phone.starts()
    assert (start["trigger"], start["caller"], start["action"]) == (
        "push", "com.google.android.gms", "com.google.android.c2dm.intent.RECEIVE")  # fmt: skip


@pytest.mark.parametrize("android", VERSIONS)
def test_one_pixel_is_opened_until_9_and_refused_since_10(left, android):
    phone = left("one_pixel", android)
    phone.wait(60)
    phone.device.screen.key("sleep")
    phone.wait(2)
    shown = [line for line in (*phone.log("am_create_activity"), *phone.log("wm_create_activity")) if ".pixel/.Dot" in line]
    refused = [line for line in phone.device.truth if line["what"] == "start_refused"]
    if android == "8.1":
        assert len(shown) == 1
        dot = phone.system.activities.top()
        assert dot.component.class_name.endswith(".Dot")
        assert dot.state == "STOPPED"  # resumed in the dark, then put to sleep with the display
        assert dot.process.adj == 0
    else:
        assert shown == []
        assert refused[0]["component"] == "com.example.pixel/.Dot"


@pytest.mark.parametrize("android", ["10", "13"])  # later ones freeze what is left before it asks
def test_the_grace_after_a_finished_page_ends_with_its_process(left, android):
    phone = left("translucent_refused", android)
    phone.swipe()  # the system finishes the page, late in this boot
    phone.system.reboot()
    phone.wait(60)
    phone.open()
    phone.leave()
    phone.device.screen.key("sleep")
    phone.wait(30)
    refused = [line["component"] for line in phone.device.truth if line["what"] == "start_refused"]
    assert refused == ["com.example.refused/.Veil"]


@pytest.mark.parametrize("android", VERSIONS)
def test_a_widget_and_a_keyboard_are_started_by_the_system(left, android):
    phone = left("widget", android)
    phone.system.reboot()
    phone.wait(60)
    (start,) = phone.starts()
    assert (start["trigger"], start["caller"]) == ("widget", None)
    keyboard = Phone("keyboard", android)
    assert [s["trigger"] for s in keyboard.starts()] == ["input_method"]


@pytest.mark.parametrize("android", VERSIONS)
def test_a_change_of_the_network_starts_an_app_for_old_targets(left, android):
    phone = left("network_start", android)
    phone.kill()
    for on in (False, True):
        phone.system.connectivity.switch("wifi", on=on)
        phone.wait(60)
    phone.system.connectivity.switch("data", on=False)
    phone.wait(60)
    starts = phone.starts()
    assert [(s["trigger"], s["action"]) for s in starts] == [("broadcast", "android.net.conn.CONNECTIVITY_CHANGE")] * 2


@pytest.mark.parametrize("android", VERSIONS)
def test_a_sync_is_the_systems(left, android):
    phone = left("account_sync", android)
    phone.kill()
    phone.wait(2 * HALF_HOUR)
    starts = phone.starts()
    assert {s["trigger"] for s in starts} == {"sync"}
    assert starts[0]["process"] == "com.example.mail:sync"
    dump = content(phone.device, [])
    if android == "8.1":
        assert dump is None  # laid out otherwise, not modelled
        return
    assert dump is not None
    ran = [found for found in syncs(dump.splitlines()) if isinstance(found, Sync)]
    assert len(ran) == len([line for line in phone.device.truth if line["what"] == "sync"])
    assert (ran[0].component, ran[0].enabled, ran[0].asked_by) == ("com.example.mail/com.example.mail.Sync", True, None)


@pytest.mark.parametrize("android", VERSIONS)
def test_music_goes_on_and_starts_nothing(left, android):
    phone = left("music", android)
    phone.wait(2 * HALF_HOUR)
    assert phone.starts() == []
    (service,) = [s for s in phone.system.services if s.component.package == phone.package]
    assert service.foreground
    assert phone.log("am_stop_idle_service") == []
