"""The app is still the one that was checked; reboots; what is left in front before it is started anew, and how."""

from types import SimpleNamespace
from typing import cast

import pytest

from harness.device.network_address import lost_by_reboot
from harness.device.protocol import Device
from harness.errors import ScenarioError
from harness.events import AppReplaced, Event, Instant, Source
from harness.recording import steps
from harness.recording.clock_map import ClockMap
from harness.recording.journal import Entry
from harness.recording.recorder import RecordedLine
from harness.replay.session_log import SessionLog
from harness.session.foreground_activity import ForegroundActivity
from harness.session.left_open import close_left_open, leave_opened
from harness.session.reboot import wait_for_unlock
from harness.session.session import Session
from tests.cases.script import APP

DUMP = """Packages:
  Package [com.example.shop] (4a16e97):
    userId=10123
    versionCode={code} minSdk=21 targetSdk=33
    firstInstallTime={first}
    lastUpdateTime={last}
    signatures=PackageSignatures{{{object} version:2, signatures:[{signer}], past signatures:[]}}
    User 0: ceDataInode=70861 installed=true hidden=false stopped=false notLaunched=false enabled=0
"""
WAS = {"code": "7", "first": "1970-01-01 00:00:01", "last": "1970-01-01 00:00:02", "object": "4a16e97", "signer": "44efdcd9"}


def read(*dumps: dict[str, str]) -> list[Event]:
    """What readings a hundred seconds apart tell, on a phone that was started at 1970-01-01 00:00:00 UTC."""
    clock = ClockMap()
    for host in (0.0, 1000.0):
        clock.add(steps.Probe(host, host, host, host))
    log, made = SessionLog(APP, clock, 0.0, lambda path: None), []  # type: ignore[arg-type, return-value] # there are no pictures
    for number, dump in enumerate(dumps, 1):
        text = DUMP.format(**(WAS | dump))
        made += log.feed(Entry(number, 100.0 * number, steps.Reading(name="flags", command="x", text=text, code=0)))
    return [event for event in made if isinstance(event, AppReplaced)]


@pytest.mark.parametrize(
    "later",
    [
        {"object": "77aa001"},  # another object of the system server each time
        {"first": "1970-01-01 09:00:01", "last": "1970-01-01 09:00:02"},  # the zone of the phone was changed
        {"signer": ""},
    ],
)
def test_it_is_the_same_app(later: dict[str, str]) -> None:
    assert read({}, later, {}) == []


@pytest.mark.parametrize(
    ("later", "since"),
    [
        ({"code": "8", "last": "1970-01-01 00:02:30"}, 150.0),
        ({"last": "1970-01-01 00:02:30"}, 150.0),  # the same version again
        ({"code": "8", "last": "1969-12-31 00:00:00"}, 100.0),  # a clock that was wrong: since the reading before
        ({"signer": "00ff00ff"}, 100.0),
        ({"first": "1970-01-01 00:02:40", "last": "1970-01-01 00:02:40"}, 160.0),  # taken away and installed anew
    ],
)
def test_another_app_is_told_once_and_since_when(later: dict[str, str], since: float) -> None:
    (replaced,) = read({}, later, later)
    assert replaced.at == Instant(0, since)


def session(*states: str) -> tuple[Session, list[float]]:
    """A session whose phone tells these states one after another, then the last for good; and the seconds it idled."""
    told, idled = list(states), list[float]()

    def shell(command: list[str]) -> SimpleNamespace:
        assert command == ["am", "get-started-user-state", "0"]
        return SimpleNamespace(stdout=(told.pop(0) if len(told) > 1 else told[0]) + "\n")

    device = SimpleNamespace(serial="phone", shell=shell)
    made = SimpleNamespace(device=device, app=SimpleNamespace(user=0), idle=idled.append)
    return cast("Session", made), idled


@pytest.mark.parametrize("last", ["RUNNING_UNLOCKED", "Unknown command: get-started-user-state"])
def test_it_is_waited_for(last: str) -> None:
    opened, idled = session("RUNNING_LOCKED", "RUNNING_UNLOCKING", last)
    wait_for_unlock(opened)
    assert idled == [1.0, 1.0]


def test_a_phone_that_stays_locked_is_named_with_what_to_do() -> None:
    locked, _ = session("RUNNING_LOCKED")
    with pytest.raises(ScenarioError, match=r"phone is locked after its reboot \(RUNNING_LOCKED\).*take the screen lock off"):
        wait_for_unlock(locked)


@pytest.mark.parametrize(
    ("serial", "port", "lost"),
    [
        ("R58M123ABC", "", False),
        ("127.0.0.1:6520", "", False),
        ("192.168.1.20:5555", "", True),
        ("192.168.1.20:41233", "0", True),
        ("10.0.3.2:5555", "5555", False),
    ],
)
def test_adb_over_the_network_is_lost_unless_the_phone_always_listens(serial: str, port: str, lost: bool) -> None:
    device = SimpleNamespace(serial=serial, shell=lambda command: SimpleNamespace(stdout=f"{port}\n"))
    assert lost_by_reboot(cast("Device", device)) is lost


STORE = "com.any.store"


@pytest.mark.parametrize(("opener", "keys"), [(APP.uid, ["back", "back", "back", "home"]), (1000, [])])
def test_a_store_that_keeps_back_is_left_by_home_and_what_others_opened_is_let_be(opener: int, keys: list[str]) -> None:
    front = ForegroundActivity()
    stamp = "1796071025.255366  1000  1203  2406 I "
    started = f"{stamp}ActivityTaskManager: START u0 {{act=VIEW cmp={STORE}/.Page}} from uid {opener} from pid 5000"
    front.feed(RecordedLine(Source.SYSTEM, 1, started))
    front.feed(RecordedLine(Source.EVENTS, 2, f"{stamp}wm_set_resumed_activity: [0,{STORE}/.Page,x]"))
    session, pressed = shows(STORE, front)
    leave_opened(session)
    assert pressed == keys


@pytest.mark.parametrize(("asker", "keys"), [(APP.uid, ["back", "back", "back"]), (10077, [])])
def test_an_ask_of_another_app_is_not_refused_by_back(asker: int, keys: list[str]) -> None:
    session, pressed = shows(APP.grant_packages[0], ForegroundActivity(asker=asker))
    close_left_open(session)
    assert pressed == keys


def shows(package: str, front: ForegroundActivity) -> tuple[Session, list[str]]:
    """A session with a page of that package in front, which stays, and the keys that it presses."""
    xml = f'<hierarchy rotation="0"><node class="android.view.View" package="{package}" bounds="[0,0][100,100]" /></hierarchy>'
    pressed: list[str] = []
    session = SimpleNamespace(
        app=APP,
        foreground=front,
        device=SimpleNamespace(tree=lambda: xml),
        journal=SimpleNamespace(write=lambda step: None),
        press=lambda key, purpose: pressed.append(key),
        idle=lambda seconds: None,
    )
    return cast("Session", session), pressed
