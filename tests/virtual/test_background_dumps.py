"""What the dumps tell of apps in the background: who started whom, what is scheduled.

The lines are those of a real phone.
"""

from functools import cache

import pytest

from device_farm.virtual import START_STICKY, Activity, App, Job, Provider, Receiver, Service
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.system_records import Intent
from tests.captures import capture
from tests.virtual.device_calls import boot, dump, launch, run
from tests.virtual.shapes import strange

WAKER, WOKEN = "com.example.waker", "com.example.woken"
PING = "com.example.PING"


class Woken(App):
    package = WOKEN

    class Main(Activity):
        launcher = True

    class Push(Service):
        exported = True

        def on_start_command(self, intent):
            return START_STICKY

    class Bound(Service):
        exported, process = True, ":bound"

    class Stock(Provider):
        exported, authority, process = True, "com.example.woken.stock", ":stock"

    class Ears(Receiver):
        exported = True
        actions = [PING]  # noqa: RUF012


class Waker(App):
    package = WAKER

    class Main(Activity):
        launcher = True

        def on_create(self):
            self.set_alarm("clock", after=600, alarm_clock=True)
            self.set_alarm("often", after=300, every=300)
            self.schedule_job("Later", after=500, network=True, persisted=True)
            self.schedule_job("Again", after=0, every=900)
            self.register_receiver("Live", "android.intent.action.SCREEN_ON", PING)
            self.start_service(f"{WOKEN}/.Push", hello=1)
            self.bind_service(f"{WOKEN}/.Bound")
            self.query_provider("content://com.example.woken.stock/all")
            self.send_broadcast(PING, target=WOKEN, include_stopped=True, secret=1)
            self.send_broadcast("com.example.NOBODY")

    class Live(Receiver):
        dynamic = True

    class Later(Job):
        pass

    class Again(Job):
        pass


def woken(android: str, rom: str = "aosp") -> VirtualDevice:
    """A device on which one app has woken another in every way."""
    device = boot(Woken, Waker, android=android, rom=rom)
    run(device, "am", "track-associations")
    for package in (WOKEN, WAKER):
        device.clock.skip(2)
        launch(device, package, 0)
    device.clock.skip(5)
    return device


phone = cache(woken)


COMBINATION = "its parts are in the capture, in other combinations"
CLOCK = "no alarm clock was set when the capture was taken"
PARTS: dict[str, dict[str, str]] = {
    "activity services": {},
    "activity providers": {},
    "activity broadcasts": dict.fromkeys(
        ["    Intent { act=… flg=… pkg=… \x00(…)", "  #N: act=… flg=… pkg=… (…)"], COMBINATION
    ),
    "alarm": dict.fromkeys(
        ["        showIntent=…", "        triggerTime=…", "      Alarm clock:", "    user:N pendingSend:false time:N = TIME = SPAN"], CLOCK
    ),
    "jobscheduler": dict.fromkeys(
        [
            "           SPAN START-P: #UID/N NAME", "           SPAN STOP: #UID/N NAME app called jobFinished",
        ],
        COMBINATION,
    ),
    "deviceidle": {},
    "usagestats": {},
}  # fmt: skip


@pytest.mark.parametrize("args", PARTS)
def test_every_line_is_one_of_a_real_phone(args: str) -> None:
    file = f"dumpsys/pixel_sailfish_android10_{args.replace(' ', '_')}.txt"
    theirs = capture(file).read_text(encoding="utf-8", errors="replace")
    ours = dump(phone("10", "pixel"), *args.split())
    assert len(ours.splitlines()) > 5
    assert strange(ours, theirs) == sorted(PARTS[args])


@pytest.mark.parametrize("android", ["9", "12", "14", "16"])
def test_a_service_names_who_started_or_bound_it(android: str) -> None:
    device = phone(android)
    out = dump(device, "activity", "services", WOKEN)
    started, bound = out.split("  * ServiceRecord{")[1:3]
    assert f"u0 {WOKEN}/.Push}}" in started
    assert (f"recentCallingPackage={WAKER}" in started) is (int(android) >= 11)
    assert ("allowStartForeground=PROC_STATE_TOP" in started) is (int(android) >= 12)
    assert "startRequested=true delayedStop=false stopIfKilled=false callStart=true lastStartId=1" in started
    client = next(p for p in device.system.processes.values() if p.name == WAKER)
    assert "* Client AppBindRecord{" in bound
    assert f" {client.pid}:{WAKER}/u0a" in bound
    assert "ConnectionRecord{" in out.split("  Connection bindings to services:")[1]


def test_a_service_that_waits_for_its_restart_has_no_process() -> None:
    device = woken("13")
    device.system.process_list.low_memory_kill(device.system.process_list.find(WOKEN, WOKEN))
    device.clock.skip(0.5)
    out = dump(device, "activity", "services", WOKEN)
    assert "    app=null\n" in out
    assert "    restartCount=1 restartDelay=+1s0ms nextRestartTime=+5" in out


def test_a_provider_lists_its_clients() -> None:
    out = dump(phone("13"), "activity", "providers", WOKEN)
    assert f":{WAKER}/u0a" in out.split("    Connections:\n")[1]
    assert " s1/1 u0/0 +" in out


@pytest.mark.parametrize("android", ["9", "13", "14"])
def test_the_history_of_broadcasts_has_sender_and_receivers(android: str) -> None:
    device = phone(android)
    out = dump(device, "activity", "broadcasts", "history")
    name = f"{PING}/u0" if int(android) >= 14 else f"u0 {PING}"
    record = out.split(f"{name}}} to user 0\n")[1].split("  Historical Broadcast")[0]
    assert f"Intent {{ act={PING} flg=0x30 pkg={WOKEN} (has extras) }}\n      extras: Bundle[{{STRIPPED=1}}]" in record
    assert f"caller={WAKER} " in record
    assert ("DELIVERED scheduled " in record) is (int(android) >= 14)
    assert ("    Deliver " in record) is (int(android) < 14)
    assert f"        name={WOKEN}.Ears\n        packageName={WOKEN}\n" in record
    assert "Registered Receivers" not in out
    whole = dump(device, "activity", "broadcasts")
    assert '      Action: "android.intent.action.SCREEN_ON"' in whole
    assert "  * Sticky action android.intent.action.BATTERY_CHANGED:" in whole
    assert f"caller={WAKER}" in dump(device, "activity", "broadcasts", WAKER)
    assert f"caller={WAKER}" not in dump(device, "activity", "broadcasts", WOKEN)


def test_a_receiver_that_was_passed_over_has_the_reason_since_14() -> None:
    for android in ("13", "14"):
        device = woken(android)
        device.system.send_broadcast(Intent(action=PING), uid=2000, package="com.android.shell")
        device.clock.skip(1)
        out = dump(device, "activity", "broadcasts", "history")
        assert ("Skipped 0 #0: (manifest)" in out) is (android == "13")
        assert ("reason: Background execution not allowed: receiving" in out) is (android == "14")


def test_associations_are_told_once_they_are_tracked() -> None:
    device = phone("13")
    out = dump(device, "activity", "associations")
    assert f"  {WOKEN}:bound/u0a" in out
    assert f" <- {WAKER}/u0a" in out
    assert f"    via {WOKEN}/.Bound\n" in out
    assert f"    via {WOKEN}/.Stock\n" in out
    assert " (1 times)   TOP =" in out
    assert "    Currently active: +" in out
    assert ".Push" not in out
    assert run(device, "am", "track-associations")[0] == "Association tracking already enabled.\n"
    fresh = woken("13")
    assert run(fresh, "am", "untrack-associations")[0] == "Association tracking stopped.\n"
    assert dump(fresh, "activity", "associations").endswith("  (nothing)\n")


def test_alarms_in_the_layout_of_their_version() -> None:
    new, old = (dump(phone(android), "alarm") for android in ("13", "11"))
    assert f"tag=*walarm*:{WAKER}/.AlarmReceiver" in new
    assert "type=RTC_WAKEUP origWhen=" in new
    assert "exactAllowReason=permission" in new
    assert "repeatInterval=300000 count=" in new
    assert "    user:0 pendingSend:false time:" in new
    assert "type=0 expectedWhenElapsed=+" in old
    assert "Batch{" in old


def test_jobs_say_what_they_wait_for_and_what_ran() -> None:
    device = woken("13")
    run(device, "svc", "wifi", "disable")
    run(device, "svc", "data", "disable")
    device.clock.skip(600)
    out = dump(device, "jobscheduler", WAKER)
    assert "/1: " in out
    assert f"      Service: {WAKER}/.Later\n      PERSISTED\n" in out
    assert "    Unsatisfied constraints: CONNECTIVITY [0x10000000]" in out
    assert "    Ready: false (job=false" in out
    assert "PERIODIC: interval=+15m0s0ms" in out
    assert " START-P: #u0a" in out
    uid = device.system.packages[WAKER].uid - 10000
    assert f"/2 {WAKER}/.Again app called jobFinished" in out
    assert run(device, "cmd", "jobscheduler", "run", WAKER, "1") == (
        "", f"Job 1 in package {WAKER} / user 0 has functional constraints but --force not specified\n", 22)  # fmt: skip
    assert run(device, "cmd", "jobscheduler", "run", "-f", WAKER, "1")[0] == "Running job [FORCED]\n"
    device.clock.skip(1)
    assert f"#u0a{uid}/1 {WAKER}/.Later" in dump(device, "jobscheduler", WAKER).split("Job history:")[1]
    assert run(device, "cmd", "jobscheduler", "run", "-f", WAKER, "1")[1] == f"Could not find job 1 in package {WAKER} / user 0\n"


def test_start_info_is_there_since_15_with_reason_and_stop() -> None:
    assert run(phone("14"), "dumpsys", "activity", "start-info")[0].startswith("Bad activity command")
    device = woken("15")
    device.system.force_stop(WAKER, "from pid 1")
    launch(device, WAKER, 2)
    out = dump(device, "activity", "start-info")
    assert "reason=LAUNCHER startType=COLD launchMode=0 wasForceStopped=true" in out
    assert "reason=CONTENT PROVIDER startType=COLD" in out
    assert "reason=SERVICE startType=COLD" in out
    assert f"package={WOKEN} process={WOKEN}:stock" in out


def test_the_day_in_usagestats() -> None:
    out = dump(phone("13"), "usagestats")
    assert f" type=ACTIVITY_RESUMED package={WAKER} class={WAKER}.Main instanceId=" in out
    assert f" taskRootPackage={WAKER} taskRootClass={WAKER}.Main flags=0x0 " in out
    assert f" type=MOVE_TO_FOREGROUND package={WAKER} class={WAKER}.Main flags=0x0 " in dump(phone("9"), "usagestats")
