"""What an app read, by lines that refused it and by readings of app ops, how often these come; each told once."""

from datetime import UTC, datetime, timedelta
from itertools import accumulate, count
from types import SimpleNamespace
from typing import Any

import pytest

from harness import events as ev
from harness.detectors.read_findings import Read, reads
from harness.detectors.timed_reads import of_one_timer
from harness.device.protocol import ShellResult
from harness.events import Instant, Source
from harness.events.personal_data import DATA_OF, data_name
from harness.language import both
from harness.parsers.broadcasts import registered_actions
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader
from harness.replay.read_log import ReadLog
from harness.session import app_ops_polling
from harness.session.app_ops_polling import OFTEN_FOR, SELDOM, AppOpsPolling
from harness.session.polling_interval import BURST, STEP_SECONDS, PollingInterval
from tests.captures import capture
from tests.cases.script import APP, timeline

HEAD = "Current AppOps Service state:\n  Uid u0a123:\n    state=top\n    Package com.example.shop:\n"
AT = Instant(0, 100.0)


def logged(tag: str, text: str, uid: int | str, source: Source = Source.MAIN) -> list[ev.Event]:
    line = f"1764498844.100000  {uid:>5}  1123  2498 W {tag}: {text}\n"
    interpreter = Interpreter(source)
    return [event for each in LogcatReader(source.value).feed(line.encode()) for event in interpreter.feed(each, AT)]


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("reportAccessDeniedToReadIdentifiers:com.example.shop:getSubscriberIdForSubscriber:1", "getSubscriberIdForSubscriber"),
        ("reportAccessDeniedToReadIdentifiers:com.example.shop:getDeviceId:isPreinstalled=false:isPrivApp=false", "getDeviceId"),
    ],
)
def test_a_refused_read_of_an_identifier_is_a_line_of_the_phone_process(text: str, how: str) -> None:
    for uid in (1001, "radio", 1000):
        (event,) = logged("TelephonyPermissions", text, uid)
        assert isinstance(event, ev.DataRead)
        assert (event.package, event.what, event.how, event.refused) == ("com.example.shop", "IDENTIFIERS", how, True)
    assert logged("TelephonyPermissions", text, 10123) == []  # any app may write any tag


@pytest.mark.parametrize(
    "words", ["application is not in focus neither is a system service", "application is not in focus nor is it a system service"]
)
def test_a_refused_read_of_the_clipboard_is_a_line_of_the_system(words: str) -> None:
    text = f"Denying clipboard access to com.example.shop, {words} for user 0"
    (event,) = logged("ClipboardService", text, 1000, Source.SYSTEM)
    assert isinstance(event, ev.DataRead)
    assert (event.what, event.refused) == ("CLIPBOARD", True)
    assert logged("ClipboardService", text, 10123, Source.SYSTEM) == []


def told(log: ReadLog, text: str, uptime: float) -> list[ev.DataRead]:
    found = list(log.read(text, {"at": Instant(0, uptime), "source": Source.DUMP}))
    assert isinstance(found[-1], ev.AppOpsRead)
    return [event for event in found if isinstance(event, ev.DataRead)]


def at_local(wall: str) -> Instant:
    """00:00:00 is the boot."""
    return Instant(0, datetime.fromisoformat(wall).replace(tzinfo=UTC).timestamp() % 86400)


def local(at: Instant) -> datetime:
    return datetime(2026, 11, 30, tzinfo=UTC) + timedelta(seconds=at.uptime)


def dump(*lines: str) -> str:
    return HEAD + "".join(f"{line}\n" for line in lines)


def test_of_two_readings_only_what_is_new_is_a_read() -> None:
    log = ReadLog(APP, at_local, local)
    first = dump("      FINE_LOCATION (allow):", "        null=[", "          Access: [top-s] 2026-11-30 00:00:50.000 (-10s)", "        ]")
    assert told(log, first, 60) == []  # before the run
    later = first.replace("00:00:50.000", "00:01:02.500").replace("null", "cn.jpush")
    (read,) = told(log, later, 63)
    assert (read.at, read.what, read.state, read.attribution, read.refused) == (Instant(0, 62.5), "LOCATION", "top", "cn.jpush", False)
    assert told(log, later, 64) == []


@pytest.mark.parametrize("period", [2, 30])
@pytest.mark.parametrize("jitter", [0.0, 0.2])
def test_each_read_of_a_period_is_told_by_a_reading_a_second_where_only_ages_are_printed(period: int, jitter: float) -> None:
    log = ReadLog(APP, at_local, local)
    done, found = [], []
    slow = count()
    told(log, "No operations.\n", 0)
    for second in range(1, 200):
        done += [float(second) - 0.4] if second % period == 0 else []
        late = jitter * (next(slow) % 2)
        text = f"READ_CONTACTS: allow; time=+{int((second - done[-1]) * 1000)}ms ago\n" if done else "No operations.\n"
        found += told(log, text, second + late)
    assert [round(read.at.uptime, 1) for read in found] == pytest.approx(done, abs=jitter + 0.01)


@pytest.mark.parametrize(
    ("running", "ended"),
    [
        ("CAMERA: mode=0; time=+2s0ms ago (running)", "CAMERA: mode=0; time=+1s0ms ago; duration=+41s0ms"),  # 8
        (
            "CAMERA (allow):\n          Access: top = 2026-11-30 00:00:08.000 (-2s)",
            "CAMERA (allow):\n          Access: top = 2026-11-30 00:00:08.000 (-42s)\n"
            "                  bg = 2026-11-30 00:00:49.000 (-1s)\n              duration=+41s0ms",
        ),  # 9
    ],
)
def test_an_access_that_android_before_10_dates_by_its_end_is_one_of_its_beginning(running: str, ended: str) -> None:
    log = ReadLog(APP, at_local, local)
    told(log, dump(), 0)
    assert [read.at.uptime for read in told(log, dump(f"      {running}"), 10)] == [8]
    assert told(log, dump(f"      {ended}"), 50) == []


def test_what_another_asked_for_through_the_app_is_none_of_its_reads() -> None:
    log = ReadLog(APP, at_local, local)
    told(log, dump(), 0)
    lines = ("          Access: [top-tp] 2026-11-30 00:00:50.000 (-10s)", "          Access: [top-s] 2026-11-30 00:00:51.000 (-9s)")
    assert len(told(log, dump("      CAMERA (allow):", "        null=[", *lines, "        ]"), 60)) == 1
    other = HEAD.replace("u0a123", "u999a123") + "      CAMERA (allow):\n          Access: [top-s] 2026-11-30 00:00:59.000 (-1s)\n"
    assert told(log, other, 61) == []  # the clone of another user


def test_what_read_phone_state_opened_differs_with_the_form() -> None:
    for text, what in (
        ("READ_PHONE_STATE: allow; time=+1s0ms ago\n", "PHONE_STATE"),
        (dump("      READ_PHONE_STATE (allow):", "          Access: [top-s] 2026-11-30 00:00:59.000 (-1s)"), "PHONE"),
    ):
        log = ReadLog(APP, at_local, local)
        told(log, "No operations.\n", 0)
        assert [read.what for read in told(log, text, 60)] == [what]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Permission Denial: can't dump AppOpsService from pid=1, uid=2000", "Permission Denial"),
        ("", "does not tell"),
        (dump("      CAMERA (allow):", "          Access: [top;s] yesterday"), "a form that is not known"),
    ],
)
def test_a_reading_that_tells_nothing_says_why(text: str, why: str) -> None:
    (event,) = ReadLog(APP, at_local, local).read(text, {"at": AT, "source": Source.DUMP})
    assert isinstance(event, ev.AppOpsRead)
    assert why in event.reason


def test_an_app_of_a_shared_uid_is_not_told_from_the_others() -> None:
    log = ReadLog(APP, at_local, local)
    log.shared_user = "com.example.family"
    (event,) = log.read(dump(), {"at": AT, "source": Source.DUMP})
    assert isinstance(event, ev.AppOpsRead)
    assert "com.example.family" in event.reason


def test_the_line_beats_the_op_and_both_are_one_attempt() -> None:
    facts = timeline("4 data CLIPBOARD log\n4.3 data CLIPBOARD\n5 data IDENTIFIERS refused\n5.9 data IDENTIFIERS log\n9 data CLIPBOARD")
    found = reads(facts, APP, Instant(0, 0.0), Instant(0, 10.0))
    assert [(read.what, read.refused, len(read.facts)) for read in found] == [
        ("CLIPBOARD", True, 2),
        ("IDENTIFIERS", True, 2),
        ("CLIPBOARD", False, 1),
    ]


def test_each_kind_of_data_has_a_name_in_both_languages() -> None:
    assert {"READ_CONTACTS", "READ_DEVICE_IDENTIFIERS", "MIUIOP(10022)"} <= set(DATA_OF)
    for what in ev.DataKind:
        assert all(both(data_name(what))), what


SENSOR_HEAD = """Sensor List:
0x00000001) bmi2xy acc | bosch | ver: 1 | type: android.sensor.accelerometer(1) | perm: n/a
0x00000005) stk light  | stk   | ver: 1 | type: android.sensor.light(5) | perm: n/a
Previous Registrations:
"""


@pytest.mark.parametrize(
    "line",
    [
        "00:01:35 + 0x00000001 pid= 3456 uid=10123 package=com.example.shop samplingPeriod=20000us batchingPeriod=0us",
        "00:01:35 + 0x00000001 pid= 3456 uid=10123 package=k2.w$1 samplingPeriod=20000us batchingPeriod=0us",
        "00:01:35 + 0x00000001 pid= 3456 uid=10123 samplingPeriod=   20000us batchingPeriod=       0us result=OK"
        " (sensor, package): (bmi2xy acc                 , org.sdk.Shake$1)",
    ],
)
def test_who_began_to_listen_to_motion_is_told_with_its_second(line: str) -> None:
    log = ReadLog(APP, at_local, local)
    others = (
        line.replace("10123", "10200"),
        line.replace("0x00000001", "0x00000005"),
        line.replace(" + ", " - "),
        f"{line} result=PERMISSION_DENIED",
    )
    text = SENSOR_HEAD + "\n".join([*others, line])
    (event,) = log.sensors(text, {"at": AT, "source": Source.DUMP})
    assert isinstance(event, ev.DataRead)
    assert event.at.uptime == pytest.approx(95.999, abs=1e-4)
    assert (event.what, event.how) == ("MOTION", "registerListener accelerometer")
    assert list(log.sensors(text, {"at": Instant(0, 101.0), "source": Source.DUMP})) == []


def test_who_hears_of_installs_is_told_once() -> None:
    log = ReadLog(APP, at_local, local)
    text = """ACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)
  Registered Receivers:
  * ReceiverList{1a5f90c 1497 com.android.systemui/10087/u-1 remote:3cec3f}
    Filter #0: BroadcastFilter{f1e4fc8}
      Action: "android.intent.action.PACKAGE_ADDED"
"""
    stamp = {"at": AT, "source": Source.DUMP}
    assert list(log.receivers(text, stamp)) == []
    (event,) = log.receivers(text.replace("10087", "10123"), stamp)
    assert isinstance(event, ev.DataRead)
    assert (event.at, event.what) == (AT, "NEW_APPS")
    assert list(log.receivers(text.replace("10087", "10123"), stamp)) == []


def test_a_real_phone_lists_the_actions_of_each_app_apart() -> None:
    text = capture("dumpsys/pixel_sailfish_android10_activity_broadcasts.txt").read_text("utf-8", "replace")
    keyboard = registered_actions(text, 10103)
    assert {"android.intent.action.PACKAGE_ADDED", "android.intent.action.PACKAGE_REMOVED"} <= keyboard
    assert "android.app.action.DEVICE_POLICY_MANAGER_STATE_CHANGED" not in keyboard


def looks(changes: list[float]) -> list[float]:
    """At which of the changes, at these seconds, a watcher looks.

    It waits for the next, or for a step while there is no rest.
    """
    polling, now, seen = PollingInterval(), 0.0, []
    while left := [at for at in changes if at > now]:
        now = now + STEP_SECONDS if polling.restless(now) else left[0]
        polling.spend(now)
        seen.append(now)
    return seen


def test_each_change_of_a_page_at_rest_is_looked_at() -> None:
    changes = [1.0, 1.3, 1.6, 9.0, 9.1, 9.4, 30.0]
    assert looks(changes) == changes


def test_a_video_is_looked_at_no_more_often_than_every_step() -> None:
    video = [number / 25 for number in range(1, 25 * 60)]
    assert len(looks(video)) <= 60 / STEP_SECONDS + BURST


POLLED = "Current AppOps Service state:\n  Uid u0a123:\n    Package com.example.shop:\n"
FORMS = (
    "      READ_CONTACTS (allow):\n          Access: [bg-s] 2026-07-24 09:10:00.000 (-{ago:.0f}ms)\n",  # 10 and later
    "      READ_CONTACTS: mode=0; time=+{ago:.0f}ms ago\n",  # 8
)


class Phone:
    """A clock, and an app that reads the contacts at these times; a phone tells the last of them alone."""

    def __init__(self, form: str, reads: list[float]) -> None:
        self.now, self.form, self.reads = 0.0, form, reads
        self.asked: list[float] = []
        self.seen: set[float] = set()

    def run(self) -> ShellResult:
        self.asked.append(self.now)
        done = [at for at in self.reads if at <= self.now]
        self.seen |= set(done[-1:])
        return ShellResult(POLLED + "".join(self.form.format(ago=1000 * (self.now - at)) for at in done[-1:]), "", 0)

    def wait(self, _device: object, seconds: float) -> None:
        self.now += seconds

    def watched(self, monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
        monkeypatch.setattr(app_ops_polling, "idle", self.wait)
        session: Any = SimpleNamespace(
            uptime=lambda: self.now,
            device=None,
            remember=lambda taken: None,
            app=SimpleNamespace(package="com.example.shop"),
            journal=SimpleNamespace(write=lambda step: None),
        )
        shell: Any = SimpleNamespace(run=self.run)
        polling = AppOpsPolling(session, _shell=shell)
        polling.start()
        polling.idle(seconds)


@pytest.mark.parametrize("form", FORMS)
def test_what_comes_every_two_seconds_is_seen_each_time_whenever_it_begins(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = [100.3 + 2.3 * number for number in range(60)]
    phone = Phone(form, reads)
    phone.watched(monkeypatch, 300.0)
    unseen = [at for at in reads if at not in phone.seen]
    assert all(at < reads[0] + SELDOM for at in unseen), "what was before the reading that told of the first"


def test_what_comes_at_even_times_is_asked_for_once_between_two(monkeypatch: pytest.MonkeyPatch) -> None:
    even = Phone(FORMS[0], [100.3 + 2.0 * number for number in range(100)])
    even.watched(monkeypatch, 300.0)
    assert [at for at in even.reads if at not in even.seen and at >= even.reads[0] + SELDOM] == []
    assert len([at for at in even.asked if 120 < at <= 300]) <= 180 / 2.0 + 2


def test_times_that_are_not_even_are_asked_for_often(monkeypatch: pytest.MonkeyPatch) -> None:
    gaps = [2.0, 2.0, 2.0, 1.2, 3.1, 1.4, 2.0, 2.0, 1.1]
    uneven = Phone(FORMS[0], [100.3 + after for after in accumulate(gaps * 10)])
    uneven.watched(monkeypatch, 300.0)
    unseen = [at for at in uneven.reads if at not in uneven.seen and at >= uneven.reads[0] + SELDOM]
    assert len(unseen) <= 0.1 * len(uneven.reads), unseen


def test_a_phone_on_which_nothing_is_read_often_is_asked_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    quiet = Phone(FORMS[0], [])
    quiet.watched(monkeypatch, 300.0)
    assert len(quiet.asked) <= OFTEN_FOR + (300.0 - OFTEN_FOR) / SELDOM + 2


@pytest.mark.parametrize(
    ("times", "apart", "period"),
    [
        (sorted([*range(0, 200, 5), *range(1, 200, 7)]), 1.0, 5),  # two timers
        (sorted([*range(0, 200, 4), *range(1, 200, 9)]), 1.0, 4),
        (sorted([*range(0, 200, 7), *range(1, 200, 11)]), 2.5, 7),  # what is overwritten before anybody read of it
        (list(accumulate([3, 8, 5, 8, 3, 5, 5, 8, 3, 3, 8, 5, 3, 8, 8, 5, 5, 3] * 2)), 1.0, None),  # whole seconds, at no period
    ],
)
def test_a_timer_among_others_is_told_and_nothing_that_chance_brings(times: list[int], apart: float, period: int | None) -> None:
    readings = [0.3 + apart * more for more in range(int(200 / apart) + 2)]
    last = [max((time for time in times if time <= reading), default=None) for reading in readings]
    seen = sorted({time for time in last if time is not None})
    told = of_one_timer([Read(Instant(0, float(time)), ev.DataKind.CONTACTS, False, "", ()) for time in seen], readings, 6, 30)
    assert (told and told[1]) == period
