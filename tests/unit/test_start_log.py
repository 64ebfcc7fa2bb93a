"""Dumps about who started whom -> CallerSeen, TriggerSeen and the facts around them; each is told once."""

import time

import pytest

from harness import events as ev
from harness.events import Evidence, Instant, Source, Trigger
from harness.events.app_under_test import AppUnderTest
from harness.events.timeline import Timeline
from harness.parsers.hierarchy import Node
from harness.replay.start_log import StartLog
from harness.starts import callers_of

APP = AppUnderTest(package="com.a", uid=10101)
STAMP = {"at": Instant(0, 500.0), "source": Source.DUMP, "ref": None}
PACKAGES = "package:com.a uid:10101\npackage:com.b uid:10102\npackage:com.android.phone uid:1001\n"
SERVICES = """ACTIVITY MANAGER SERVICES (dumpsys activity services)
  User 0 active services:
  * ServiceRecord{4dec8aa u0 com.b/.Wake}
    intent={cmp=com.b/.Wake}
    packageName=com.b
    processName=com.b
    app=ProcessRecord{8fdb06b 1250:com.b/u0a102}
    recentCallingPackage=com.a
    recentCallingUid=10101
    createTime=-2s566ms startingBgTimeout=--
    lastActivity=-2s566ms restartTime=-2s566ms createdFromFg=true
    startRequested=true delayedStop=false stopIfKilled=false callStart=true lastStartId=1
"""
ALARMS = """Current Alarm Manager state:
    RTC_WAKEUP #1: Alarm{3f type 0 origWhen 1790448214411 whenElapsed 500000 com.a}
      tag=*walarm*:com.a/.Ring
      type=RTC_WAKEUP origWhen=2026-11-25 14:00:00.000 window=0 repeatInterval=0 count=0 flags=0x3
      Alarm clock:
        triggerTime=2026-11-25 14:00:00.000
        showIntent=null
      operation=PendingIntent{1: PendingIntentRecord{2 com.a broadcastIntent}}
"""
SYNCS = """Data connected: true
Auto sync: u0=true u10=false
Sync Status
Account somebody@example.com u0 com.a
=====
Authority  Syncable  Enabled  Stats  Loc  Poll
----
a.sync     1         true     Total  0    0
Recent Sync History
(SERVER is now split up to FEED and OTHER)
  #1  : 2026-11-25 14:00:00 PERIODIC    5.0s     30:00  somebody@example.com/com.a u0  a.sync Periodic
Recent Sync History Extras
  #1  : 2026-11-25 14:00:00 PERIODIC   somebody@example.com/com.a u0  a.sync Bundle[{}]

Sync adapters for UserInfo{0:Owner:c13}:
  ServiceInfo: SyncAdapterType {name=a.sync, type=com.a, userVisible=true}, ComponentInfo{com.a/com.a.Sync}, uid 10101
"""
SIGNERS = """Packages:
  Package [com.a] (1a2b3c):
    signatures=PackageSignatures{9f version:2, signatures:[5e1f7a2b], past signatures:[]}
  Package [com.b] (1a2b3d):
    signatures=PackageSignatures{9e version:2, signatures:[5e1f7a2b], past signatures:[]}
"""


def log() -> StartLog:
    made = StartLog(APP, lambda wall: Instant(0, 499.0))
    assert list(made.read("packages", PACKAGES, STAMP)) == []
    return made


def test_packages_and_which_came_with_the_system() -> None:
    (found,) = log().read("system-packages", "package:com.android.phone\n", STAMP)
    assert isinstance(found, ev.PackagesSeen)
    assert found.packages == (("com.a", 10101, False), ("com.android.phone", 1001, True), ("com.b", 10102, False))


def test_a_service_record_names_its_caller_once() -> None:
    reading = log()
    (found,) = reading.read("services", SERVICES, STAMP)
    assert isinstance(found, ev.CallerSeen)
    assert (found.component, found.caller, found.evidence) == ("com.b/.Wake", "com.a", Evidence.SERVICE_RECORD)
    assert list(reading.read("services", SERVICES, STAMP)) == []
    assert len(list(reading.read("services", SERVICES.replace("1250:", "1300:"), STAMP))) == 1  # a new process: a new start


def test_a_service_record_that_is_read_late_is_dated_by_the_start_of_its_service() -> None:
    reading, late = log(), {**STAMP, "at": Instant(0, 622.0)}
    lived = SERVICES.replace("-2s566ms", "-4m56s0ms")
    (found,) = reading.read("services", lived, late)
    assert (found.at, found.caller) == (Instant(0, 326.0), "com.a")
    (other,) = reading.read("services", lived.replace("recentCallingPackage=com.a", "recentCallingPackage=com.c"), late)
    assert (other.at, other.caller) == (Instant(0, 622.0), "com.c")  # it ran already


PROVIDERS = """ACTIVITY MANAGER CONTENT PROVIDERS (dumpsys activity providers)
  Published user 0 content providers (by class):
  * ContentProviderRecord{48903a2 u0 com.b/.Ids}
    package=com.b process=com.b
    proc=ProcessRecord{b841e15 1715:com.b/u0a102}
    Connections:
      -> 1474:com.a/u0a101 s1/1 u0/0 +25s800ms
"""


def test_a_provider_s_client_that_is_read_late_is_dated_by_its_connection() -> None:
    (found,) = log().read("providers", PROVIDERS, {**STAMP, "at": Instant(0, 622.0)})
    assert isinstance(found, ev.CallerSeen)
    assert (found.at, found.caller, found.evidence) == (Instant(0, 596.2), "com.a", Evidence.PROVIDER_CONNECTION)


def test_signers_are_compared_by_what_the_dump_prints() -> None:
    found = [event for event in log().read("signers", SIGNERS, STAMP) if isinstance(event, ev.SignerSeen)]
    assert [(seen.package, seen.digest) for seen in found] == [("com.a", "5e1f7a2b"), ("com.b", "5e1f7a2b")]


def test_roles() -> None:
    reading = log()
    (keyboard,) = reading.read("input-method", "com.b/.Keys\n", STAMP)
    assert keyboard.details() == {"role": "input_method", "package": "com.b", "component": "com.b/.Keys"}
    listeners = list(reading.read("notification-listeners", "com.b/com.b.Listen:com.a/.Watch\n", STAMP))
    assert [event.package for event in listeners if isinstance(event, ev.RoleSeen)] == ["com.b", "com.a"]
    assert list(reading.read("vpn", "null\n", STAMP)) == []


def test_a_sync_that_the_user_switched_on_is_told_once() -> None:
    reading = log()
    (found,) = reading.read("syncs", SYNCS, STAMP)
    assert isinstance(found, ev.TriggerSeen)
    assert (found.trigger, found.component, found.at) == (Trigger.SYNC, "com.a/com.a.Sync", Instant(0, 499.0))
    assert list(reading.read("syncs", SYNCS, STAMP)) == []


@pytest.mark.parametrize(
    ("printed", "instead"),
    [(" true ", " false"), ("u0=true", "u0=false"), ("a.sync Periodic", "a.sync com.a"), ("name=a.sync", "name=b.sync")],
    ids=["off", "all off", "asked for by the app itself", "no such adapter"],
)
def test_other_syncs_excuse_nothing(printed: str, instead: str) -> None:
    assert printed in SYNCS
    assert list(log().read("syncs", SYNCS.replace(printed, instead), STAMP)) == []


def test_the_switch_of_miui() -> None:
    reading = log()
    states = {"allow": True, "ignore": False}
    for word, allowed in states.items():
        (found,) = reading.read("autostart", f"MIUIOP(10008): {word}; rejectTime=+1m ago\n", STAMP)
        assert isinstance(found, ev.AutostartSeen)
        assert found.allowed is allowed
    (unknown,) = reading.read("autostart", "No operations.\n", STAMP)
    assert isinstance(unknown, ev.AutostartSeen)
    assert unknown.allowed is None


@pytest.mark.parametrize(
    ("line", "silent"),
    [("[ro.vivo.os.version]: [13.0]", True), ("[ro.mi.os.version.name]: [OS1.0]", False), ("[ro.build.version.sdk]: [33]", False)],
)
def test_a_rom_that_refuses_starts_and_writes_nothing_about_it(line: str, *, silent: bool) -> None:
    reading = log()
    assert list(reading.read("properties", f"{line}\n", STAMP)) == []
    (found,) = reading.read("autostart", "No operations.\n", STAMP)
    assert isinstance(found, ev.AutostartSeen)
    assert found.silent is silent


def test_an_alarm_clock_is_remembered_until_it_rings() -> None:
    reading = log()
    assert list(reading.read("alarms", ALARMS, STAMP)) == []
    rung = """Current Alarm Manager state:
  Alarm Stats:
  u0a101:com.a +5ms running, 1 wakeups:
    +5ms 1 wakes 1 alarms, last -2s0ms:
      *walarm*:com.a/.Ring
"""
    found = [event for event in reading.read("alarms", rung, STAMP) if isinstance(event, ev.TriggerSeen)]
    assert [(seen.trigger, seen.component) for seen in found] == [(Trigger.ALARM_CLOCK, "com.a/.Ring")]
    assert found[0].at == Instant(0, 498.0)


def test_an_alarm_named_without_end_costs_no_more_than_its_length() -> None:
    """The tag is the app's own words: a part of a component that never ends is gone through once, not once a letter."""
    fired = "  Alarm Stats:\n  u0a101:com.a +5ms running, 1 wakeups:\n    +5ms 1 wakes 1 alarms, last -2s0ms:\n      *walarm*:"
    began = time.process_time()
    list(log().read("alarms", "Current Alarm Manager state:\n" + fired + "a" * 20_000, STAMP))
    assert time.process_time() - began < 5.0


OPS = """COARSE_LOCATION: allow
Uid mode: RUN_ANY_IN_BACKGROUND: ignore; time=+1h2m3s4ms ago
START_FOREGROUND: allow; time=+5s0ms ago
MIUIOP(10008): ignore
CAMERA: deny
"""
ALLOWLIST = "system-excidle,com.android.providers.downloads,10013\nsystem,com.b,10102\nuser,com.a,10101\n"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("start-ops", OPS, [("RUN_ANY_IN_BACKGROUND", "ignore"), ("START_FOREGROUND", "allow"), ("MIUIOP(10008)", "ignore")]),
        ("start-ops", "No operations.\n", []),
        ("battery-allowlist", ALLOWLIST, [("battery_allowlist", "user")]),
        ("battery-allowlist", ALLOWLIST.replace("com.a,", "com.aa,"), [("battery_allowlist", "no")]),
        ("battery-allowlist", "", []),
        ("standby-bucket", "40\n", [("standby_bucket", "rare")]),
        ("standby-bucket", "Error: unknown command 'get-standby-bucket'\n", []),
    ],
)
def test_what_the_phone_allows_the_app_in_the_background(name: str, text: str, told: list[tuple[str, str]]) -> None:
    assert [(seen.what, seen.value) for seen in log().read(name, text, STAMP) if isinstance(seen, ev.StartPolicySeen)] == told


GLASS = """WINDOW MANAGER WINDOWS (dumpsys window windows)
  Window #0 Window{1a u0 com.a/com.a.Veil}:
    mOwnerUid=10101 showForAllUsers=false package=com.a appop=NONE
    mAttrs={(0,0)(fillxfill) sim={adjust=pan} ty=BASE_APPLICATION fmt=TRANSLUCENT
    Frames: parent=[0,0][1080,2400] display=[0,0][1080,2400] frame=[0,0][1080,2400] last=[0,0][1080,2400]
    isVisible=true
  Window #1 Window{1b u0 com.a/com.a.Main}:
    mOwnerUid=10101 showForAllUsers=false package=com.a appop=NONE
    mAttrs={(0,0)(fillxfill) sim={adjust=pan} ty=BASE_APPLICATION
    Frames: parent=[0,0][1080,2400] display=[0,0][1080,2400] frame=[0,0][1080,2400] last=[0,0][1080,2400]
    isVisible=false
"""
HOME_SCREEN = Node(package="com.android.launcher3", class_name="android.widget.FrameLayout", children=(Node(text="Settings"),))


def page(*views: Node) -> list[Node]:
    return [Node(package="com.a", class_name="android.widget.FrameLayout", children=views)]


def windows(reading: StartLog, text: str) -> list[ev.WindowSeen]:
    found = list(reading.read("windows", text, STAMP))
    return [event for event in found if isinstance(event, ev.WindowSeen)]


def test_what_is_on_a_page_its_own_tree_says_and_none_before_it() -> None:
    reading = log()
    assert list(reading.see(page(), STAMP)) == []  # a page before: no window of it was read
    assert [(w.component, w.translucent, w.empty) for w in windows(reading, GLASS)] == [
        ("com.a/com.a.Veil", True, None),
        ("com.a/com.a.Main", False, None),
    ]
    assert list(reading.see([HOME_SCREEN], STAMP)) == []  # it is not of the app
    (told,) = reading.see(page(), STAMP)
    assert isinstance(told, ev.WindowSeen)
    assert (told.component, told.width, told.height, told.translucent, told.empty) == ("com.a/com.a.Veil", 1080, 2400, True, True)
    assert list(reading.see(page(Node(text="later")), STAMP)) == []  # one tree for each dump


@pytest.mark.parametrize(
    ("views", "empty"),
    [
        ((), True),
        ((Node(class_name="android.widget.LinearLayout"),), True),
        ((Node(class_name="android.view.View", resource_id="android:id/navigationBarBackground"),), True),
        ((Node(class_name="android.widget.TextView", text="雪落太行"),), False),
        ((Node(class_name="android.widget.ImageView"),), False),
        ((Node(class_name="android.widget.Button", pressable=True),), False),
        ((Node(class_name="android.view.View"),), None),  # it draws itself: no tree tells what
    ],
)
def test_what_counts_as_something_on_a_page(views: tuple[Node, ...], empty: object) -> None:
    reading = log()
    windows(reading, GLASS)
    (told,) = reading.see(page(*views), STAMP)
    assert isinstance(told, ev.WindowSeen)
    assert told.empty is empty


@pytest.mark.parametrize("hidden", [GLASS.replace("isVisible=true", "isVisible=false"), GLASS.replace(" fmt=TRANSLUCENT", "")])
def test_a_tree_says_nothing_of_a_page_that_is_not_on_the_screen_or_hides_what_is_behind_it(hidden: str) -> None:
    reading = log()
    assert [seen.empty for seen in windows(reading, hidden)] == [None, None]
    assert list(reading.see(page(), STAMP)) == []


def test_a_window_that_was_never_laid_out_is_not_of_no_size() -> None:
    text = GLASS.replace("frame=[0,0][1080,2400]", "frame=[0,0][0,0]", 1)
    assert [seen.component for seen in windows(log(), text)] == ["com.a/com.a.Main"]


def test_who_is_named_in_a_stack_alone_is_believed_last() -> None:
    main, stamp = "com.a/.Main", {"at": Instant(0, 500.0), "source": Source.MAIN, "user": 0}
    asked = ev.ActivityStarted(component=main, action=None, from_uid=0, caller="android", by_stack=True, **stamp)
    started = ev.ProcessStarted(pid=1, uid=10101, process="com.a", package="com.a", hosting_type="activity", component=main, **stamp)
    record = ev.CallerSeen(package="com.a", component=main, caller="com.b", evidence=Evidence.ACTIVITY_RECORD, **STAMP)
    found = [(caller.package, caller.evidence) for caller in callers_of(Timeline([asked, started, record]), started)]
    assert found == [("com.b", Evidence.ACTIVITY_RECORD), ("android", Evidence.STACK)]
