"""Alarms, jobs, doze, standby, the charger, the network and the clock."""

import pytest

from device_farm.virtual import Activity, App, Job, Receiver, SecurityException
from device_farm.virtual.framework.background.cleaners import RARE, RESTRICTED
from device_farm.virtual.framework.background.device_idle import DeepState, LightState
from device_farm.virtual.framework.records.system_records import Intent
from tests.virtual.device_calls import run

PACKAGE = "com.example.main"
HOUR, DAY = 3600.0, 86400.0


class Main(App):
    package = PACKAGE

    class First(Activity):
        launcher = True

    def on_alarm(self, id):
        self.prefs.setdefault("rang", []).append((id, self.elapsed_realtime() / 1000))

    class Work(Job):
        def on_start_job(self):
            self.app.prefs.setdefault("worked", []).append(self.elapsed_realtime() / 1000)

    class Live(Receiver):
        dynamic = True

        def on_receive(self, intent):
            self.app.prefs.setdefault("heard", []).append(intent.action.rpartition(".")[2])


def shell(device, line):
    """What a command of one line prints to both streams."""
    out, error, _code = run(device.device, *line.split())
    return out + error


@pytest.fixture
def open_app(phone):
    def make(android="13"):
        device = phone(Main, android=android)
        device.launch(PACKAGE)
        return device

    return make


def prefs(device):
    return device.system.packages[PACKAGE].data.setdefault("prefs", {})


def on_main(device, callback, seconds=0.5):
    app = device.app(PACKAGE)
    app.post_delayed(lambda: callback(app), 0)
    device.wait(seconds)


def rang(device, id):
    return [when for name, when in prefs(device).get("rang", []) if name == id]


def set_alarms(device, **more):
    """One of each kind, ten minutes from now; the uptime of that moment."""
    due = device.clock.uptime + 600

    def call(app):
        app.set_alarm("inexact", after=600, **more)
        app.set_alarm("exact", after=600, exact=True, **more)
        app.set_alarm("clock", after=600, alarm_clock=True, **more)

    on_main(device, call)
    return due


@pytest.mark.parametrize(("android", "latest"), [("11", 0.1), ("13", 60.1)])
def test_an_inexact_alarm_comes_with_the_next_minute_since_12(open_app, android, latest):
    device = open_app(android)
    due = set_alarms(device)
    device.wait(700)
    for kind, late in (("exact", 0.1), ("clock", 0.1), ("inexact", latest)):
        (when,) = rang(device, kind)
        assert due <= when <= due + late, kind
    assert [line["kind"] for line in device.truth("alarm")].count("exact") == 1


def test_a_dark_phone_without_charger_sleeps_until_the_end_of_the_window(open_app):
    device = open_app("13")
    shell(device, "dumpsys battery unplug")
    device.device.screen.key("sleep")
    due = set_alarms(device)
    device.wait(1200)
    (late,) = rang(device, "inexact")
    assert late == pytest.approx(due + 450, abs=1)
    assert rang(device, "exact") == [pytest.approx(due, abs=0.1)]


def test_a_repeating_alarm_does_not_drift(open_app):
    device = open_app("13")
    start = device.clock.uptime
    on_main(device, lambda app: app.set_alarm("often", after=60, every=60, exact=True))
    device.wait(3600)
    times = rang(device, "often")
    assert len(times) == 60
    assert times[-1] - start == pytest.approx(60 * 60, abs=1)


def test_doze_holds_back_all_but_alarm_clocks_until_maintenance(open_app):
    device = open_app("13")
    due = set_alarms(device)
    assert shell(device, "dumpsys deviceidle force-idle") == "Now forced in to deep idle mode\n"
    device.wait(900)
    assert (rang(device, "exact"), rang(device, "inexact")) == ([], [])
    assert rang(device, "clock") == [pytest.approx(due, abs=0.1)]
    assert shell(device, "dumpsys deviceidle step") == "Stepped to deep: IDLE_MAINTENANCE\n"
    device.wait(61)
    assert len(rang(device, "exact")) == len(rang(device, "inexact")) == 1
    assert shell(device, "cmd deviceidle unforce") == "Light state: ACTIVE, deep state: ACTIVE\n"
    assert device.log("device_idle") != []


def test_doze_comes_by_itself_to_a_dark_phone_without_charger_and_goes_with_the_light(open_app):
    device = open_app("13")
    idle = device.system.device_idle
    device.wait(2 * HOUR)
    assert idle.state is DeepState.ACTIVE
    shell(device, "cmd battery unplug")
    device.device.screen.key("sleep")
    device.wait(200)
    assert (idle.state, idle.light) == (DeepState.INACTIVE, LightState.IDLE)
    device.wait(HOUR + 300)
    assert idle.state is DeepState.IDLE
    device.wait(HOUR)
    seen = {line["deep"] for line in device.truth("device_idle")}
    assert {"IDLE", "IDLE_MAINTENANCE"} <= seen
    device.device.screen.key("wakeup")
    assert (idle.state, idle.light) == (DeepState.ACTIVE, LightState.ACTIVE)


def test_jobs_wait_for_maintenance_network_and_charger(open_app):
    device = open_app("13")
    on_main(device, lambda app: app.schedule_job("Work", after=60, network=True, charging=True))
    shell(device, "svc wifi disable")
    shell(device, "svc data disable")
    device.wait(120)
    assert "worked" not in prefs(device)
    shell(device, "svc data enable")
    device.wait(2)
    assert len(prefs(device)["worked"]) == 1
    on_main(device, lambda app: app.schedule_job("Work", after=1))
    shell(device, "dumpsys deviceidle force-idle")
    device.wait(60)
    assert len(prefs(device)["worked"]) == 1
    shell(device, "dumpsys deviceidle unforce")
    device.wait(1)
    assert len(prefs(device)["worked"]) == 2


def test_persisted_jobs_survive_a_reboot(open_app):
    device = open_app("13")
    on_main(device, lambda app: app.schedule_job("Work", after=HOUR, persisted=True))
    device.system.reboot()
    device.wait(60)
    assert len(prefs(device)["worked"]) == 1
    start = next(line for line in device.truth("start") if line["trigger"] == "job")
    assert (start["component"], start["caller"]) == (f"{PACKAGE}/{PACKAGE}.Work", None)


def test_a_periodic_job_comes_again(open_app):
    device = open_app("13")
    on_main(device, lambda app: app.schedule_job("Work", after=0, every=900))
    device.wait(HOUR)
    assert len(prefs(device)["worked"]) in (4, 5)


def test_a_rarely_used_app_gets_an_alarm_an_hour_unless_the_phone_charges(open_app):
    device = open_app("13")
    on_main(device, lambda app: app.set_alarm("often", after=300, every=300, exact=True))
    device.system.go_home()
    device.wait(2)
    shell(device, f"am set-standby-bucket {PACKAGE} rare")
    assert shell(device, f"am get-standby-bucket {PACKAGE}") == f"{RARE}\n"
    device.wait(HOUR)
    assert 11 <= len(rang(device, "often")) <= 12
    shell(device, "dumpsys battery unplug")
    before = len(rang(device, "often"))
    device.wait(3 * HOUR)
    assert 2 <= len(rang(device, "often")) - before <= 4
    device.launch(PACKAGE)
    assert shell(device, f"am get-standby-bucket {PACKAGE}") == "10\n"


def test_the_restricted_bucket_has_no_jobs_without_a_charger(open_app):
    device = open_app("13")
    on_main(device, lambda app: app.schedule_job("Work", after=60))
    shell(device, "dumpsys battery unplug")
    shell(device, f"am set-standby-bucket {PACKAGE} restricted")
    assert device.system.standby.bucket(PACKAGE) == RESTRICTED
    device.wait(HOUR)
    assert "worked" not in prefs(device)
    shell(device, "dumpsys battery reset")
    device.wait(1)
    assert len(prefs(device)["worked"]) == 1


def test_moving_the_clock_brings_alarms_forward_and_tells_the_apps(open_app):
    device = open_app("13")
    on_main(device, lambda app: app.set_alarm("tomorrow", after=DAY, exact=True))
    actions = [f"android.intent.action.{name}" for name in ("TIME_SET", "TIMEZONE_CHANGED", "DATE_CHANGED")]
    on_main(device, lambda app: app.register_receiver("Live", *actions))
    shell(device, f"cmd alarm set-time {int((device.clock.wall + 2 * DAY) * 1000)}")
    device.wait(1)
    assert len(rang(device, "tomorrow")) == 1
    shell(device, "cmd alarm set-timezone America/New_York")
    device.wait(1)
    assert prefs(device)["heard"] == ["TIME_SET", "DATE_CHANGED", "TIMEZONE_CHANGED"]
    assert len(device.truth("clock")) == 1


def test_power_network_and_screen_are_told_to_registered_receivers(open_app):
    device = open_app("13")
    names = "ACTION_POWER_CONNECTED ACTION_POWER_DISCONNECTED SCREEN_ON SCREEN_OFF USER_PRESENT AIRPLANE_MODE BATTERY_LOW"
    actions = [f"android.intent.action.{name}" for name in names.split()]
    on_main(device, lambda app: app.register_receiver("Live", "android.net.conn.CONNECTIVITY_CHANGE", *actions))
    for line in ("battery unplug", "battery set level 10", "battery reset", "connectivity airplane-mode enable"):
        shell(device, f"cmd {line}")
        device.wait(1)
    device.device.screen.key("sleep")
    device.wait(1)
    device.device.screen.key("wakeup")
    device.wait(1)
    assert prefs(device)["heard"] == [
        "ACTION_POWER_DISCONNECTED", "BATTERY_LOW", "ACTION_POWER_CONNECTED", "AIRPLANE_MODE", "CONNECTIVITY_CHANGE", "SCREEN_OFF",
        "SCREEN_ON", "USER_PRESENT",
    ]  # fmt: skip
    assert "  level: 100\n" in shell(device, "dumpsys battery")
    assert shell(device, "cmd connectivity airplane-mode") == "enabled\n"


def test_exact_alarms_may_be_taken_away_since_12(open_app):
    for android, expected in (("11", []), ("13", ["SecurityException"])):
        device = open_app(android)
        on_main(device, lambda app: app.set_alarm("before", after=600, exact=True))
        shell(device, f"cmd appops set {PACKAGE} SCHEDULE_EXACT_ALARM deny")
        device.wait(2)
        assert (device.exits(PACKAGE) != []) is (expected != [])
        device.launch(PACKAGE)
        caught = []

        def call(app, caught=caught):
            try:
                app.set_alarm("x", after=60, exact=True)
            except SecurityException as error:
                caught.append(type(error).__name__)

        on_main(device, call)
        assert caught == expected
        device.wait(700)
        assert len(rang(device, "before")) == 1 - len(expected)


def test_cached_processes_are_frozen_since_14_and_thawed_for_a_broadcast(open_app):
    for android, frozen in (("13", False), ("15", True)):
        device = open_app(android)
        on_main(device, lambda app: app.set_alarm("wake", after=300, exact=True))
        beats = []

        def beat(app, beats=beats):
            beats.append(1)
            app.post_delayed(lambda: beat(app, beats), 1)

        on_main(device, beat)
        device.system.go_home()
        device.wait(1)
        device.launch("com.android.settings")
        device.system.go_home()
        device.wait(30)
        process = device.system.process_list.find(PACKAGE, PACKAGE)
        assert process.frozen is frozen
        count = len(beats)
        device.wait(60)
        assert (len(beats) == count) is frozen
        device.wait(300)
        assert len(rang(device, "wake")) == 1
        assert (device.log("am_unfreeze") != []) is frozen
        device.launch(PACKAGE)
        assert len(beats) > count


def test_a_job_may_wait_for_a_new_picture(open_app):
    device = open_app("13")
    on_main(device, lambda app: app.schedule_job("Work", after=0, content="content://media/external/images"))

    def scan(name):
        intent = Intent(action="android.intent.action.MEDIA_SCANNER_SCAN_FILE", data=f"file:///storage/emulated/0/{name}")
        device.system.send_broadcast(intent, uid=2000, package="com.android.shell")

    scan("Music/a.mp3")
    device.wait(2)
    assert "worked" not in prefs(device)
    assert "        0 content://media/external/images\n" in shell(device, f"dumpsys jobscheduler {PACKAGE}")
    scan("DCIM/a.jpg")
    device.wait(2)
    assert len(prefs(device)["worked"]) == 1
    assert [line["content"].split("/")[4] for line in device.truth("media_added")] == ["audio", "images"]
