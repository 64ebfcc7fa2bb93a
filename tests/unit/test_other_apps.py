"""What is done in the background to others: which apps are ended after an act, which stimuli are given and undone."""

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.background.other_apps import OtherApps, messengers
from harness.background.stimuli import dozing, media, network, power, zone
from harness.background.trials import Background
from harness.device.protocol import ShellResult
from harness.errors import CommandFailed, DeviceLost, ScenarioError
from harness.events import Source
from harness.recording.recorder import RecordedLine
from harness.recording.steps import NAMES, Command, Step
from harness.restore.ledger import Ledger, ledgers, put_back
from harness.session.foreground_activity import ForegroundActivity
from tests.cases.script import APP
from tests.run_together import together

SAID = {
    "pm list packages -s": "package:com.android.deskclock\npackage:com.android.browser\n",
    "ime list -s -a": "com.sohu.inputmethod.sogou/.SogouIME\n",
    "cmd package resolve-activity --brief -a android.intent.action.DIAL": "priority=0\ncom.my.dialler/.Dial\n",
    "cmd package resolve-activity --brief -a android.intent.action.ASSIST": (
        "priority=0\nActivityInfo:\n  name=com.my.help.Ask\n  packageName=com.my.help\n  ApplicationInfo:\n    packageName=com.my.help\n"
    ),
}
MINE = (
    "com.android.deskclock", "com.sohu.inputmethod.sogou", "com.my.dialler", "com.my.help", "com.tencent.mm", APP.package,
    "not a name; reboot",
)  # fmt: skip


class Phone:
    """Answers what ``said`` has, and remembers what was run; ``stopped`` are the packages in that state."""

    serial = "phone"

    def __init__(self, said: dict[str, str]) -> None:
        self.said, self.ran, self.stopped = said, [], set[str]()

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        if isinstance(command, str):
            return together(command, lambda words: self.said.get(shlex.join(words), ""))
        words = list(command)
        self.ran.append(" ".join(words))
        if words[:2] == ["am", "force-stop"]:
            self.stopped.add(words[2])
        if words[:2] == ["dumpsys", "package"]:
            state = f"    User 0: installed=true stopped={str(words[2] in self.stopped).lower()} enabled=0\n"
            return ShellResult(f"Packages:\n  Package [{words[2]}] (1a2b3c):\n    userId=10300\n{state}", "", 0)
        return ShellResult(self.said.get(" ".join(words), ""), "", 0)


def session(said: dict[str, str]) -> Any:
    notes: list[str] = []
    journal = SimpleNamespace(write=lambda step, **more: None)
    return SimpleNamespace(
        device=Phone(said),
        app=APP,
        foreground=ForegroundActivity(),
        journal=journal,
        notes=notes,
        note=lambda text: notes.append(str(text)),
    )


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))


@pytest.mark.parametrize("package", MINE)
def test_what_is_the_users_or_the_phones_is_never_ended(package: str) -> None:
    assert not OtherApps(session(SAID)).may_end(package)


def test_nor_is_anything_where_the_phone_does_not_say_what_came_with_it() -> None:
    assert not OtherApps(session({})).may_end("com.example.mall")
    assert "com.tencent.mm" in messengers()


def test_what_the_app_started_is_ended_is_first_in_the_ledger_and_told() -> None:
    held = session(SAID)
    others = OtherApps(held)
    line = "1764498844.1 {uid} 1234 1240 I ActivityTaskManager: START u0 {{cmp={cmp}/.Main}} from uid {by} from pid 5"
    for uid, cmp, by in (("1000", "com.example.mall", APP.uid), ("1000", "com.alarm.own", 10300), ("10123", "com.forged.line", APP.uid)):
        held.foreground.feed(RecordedLine(Source.SYSTEM, 1, line.format(uid=uid, cmp=cmp, by=by)))
    assert others.started() == ("com.example.mall",)
    others.end(("com.example.mall", *MINE))
    assert [run for run in held.device.ran if "force-stop" in run] == ["am force-stop com.example.mall"]
    assert [change.stopped for change in Ledger(held.device).changes()] == ["com.example.mall"]
    others.tell()
    assert "com.example.mall" in held.notes[-1]
    assert ledgers() == []


def test_a_stop_that_a_broken_check_left_is_told_once_at_the_next_connect() -> None:
    held = session(SAID)
    OtherApps(held).end(("com.example.mall",))
    told: list[str] = []
    put_back(held.device, told.append)
    assert len(told) == 1
    assert "com.example.mall" in told[0]
    assert ledgers() == []


UNDONE = {
    power: "dumpsys battery reset",
    network: "svc wifi enable",
    zone: "cmd alarm set-timezone Asia/Shanghai",
    media: "rm -f /sdcard/Pictures/apprights-stimulus.png",
}


class StimulatedPhone:
    """Takes every command; ``answers`` are what some print."""

    serial = "phone"

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.gone = False
        self.answers = {"getprop persist.sys.timezone": "Asia/Shanghai\n", "settings get global wifi_on": "1\n"}

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        if self.gone:
            raise DeviceLost("the cable is out")
        line = command if isinstance(command, str) else " ".join(command)
        self.ran.append(line)
        if line == "svc wifi disable":
            self.answers["settings get global wifi_on"] = "0\n"
        return ShellResult(self.answers.get(line, ""), "", 0)


class Journal:
    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, step: Step, *, host: float | None = None) -> None:
        self.lines.append(step.command if isinstance(step, Command) else NAMES[type(step)])


def session_on(phone: StimulatedPhone, idle: Callable[[float], None] = lambda seconds: None) -> Any:
    def read(name: str, command: list[str]) -> str:
        return phone.shell(command).stdout

    app = SimpleNamespace(package="com.example.shop")
    return SimpleNamespace(device=phone, journal=Journal(), idle=idle, app=app, read=read)


@pytest.mark.parametrize("stimulus", UNDONE)
def test_it_is_in_the_ledger_meanwhile_and_undone_last(stimulus: Callable[[Any], None]) -> None:
    phone = StimulatedPhone()
    kept: list[int] = []
    session = session_on(phone, lambda seconds: kept.append(len(ledgers())))
    stimulus(session)
    assert set(kept) == {1}
    assert phone.ran[-1] == session.journal.lines[-1] == UNDONE[stimulus]
    assert ledgers() == []


@pytest.mark.parametrize("stimulus", UNDONE)
def test_a_lost_phone_gets_it_back_when_it_is_there_again(stimulus: Callable[[Any], None]) -> None:
    phone = StimulatedPhone()

    def pull(seconds: float) -> None:
        phone.gone = True
        phone.shell("true")

    with pytest.raises(DeviceLost):
        stimulus(session_on(phone, pull))
    assert len(ledgers()) == 1
    phone.gone = False
    put_back(phone, print)  # type: ignore[arg-type]
    assert phone.ran[-1] == UNDONE[stimulus]
    assert ledgers() == []


def test_wifi_that_is_off_is_not_switched_on() -> None:
    phone = StimulatedPhone()
    phone.answers["settings get global wifi_on"] = "0\n"
    with pytest.raises(ScenarioError, match="Wi-Fi is off"):
        network(session_on(phone))
    assert not any(line.startswith("svc") for line in phone.ran)


def test_deep_idle_ends_with_its_block() -> None:
    phone = StimulatedPhone()
    with dozing(session_on(phone)):
        assert phone.ran[-1] == "dumpsys deviceidle force-idle"
    assert phone.ran[-1] == "dumpsys deviceidle unforce"


def test_a_refused_stimulus_is_in_the_journal_with_what_the_device_said() -> None:
    phone = StimulatedPhone()
    phone.answers["dumpsys battery unplug"] = "java.lang.SecurityException: no\n"
    session = session_on(phone)
    with pytest.raises(CommandFailed):
        power(session)
    assert session.journal.lines == ["dumpsys battery unplug", "dumpsys battery reset"]


def test_the_roms_autostart_switch_is_turned_back() -> None:
    phone = StimulatedPhone()
    switch = "cmd appops set com.example.shop 10008"
    session = session_on(phone)
    with Background(session).autostart_on([session]):
        assert f"{switch} allow" in phone.ran
        assert len(ledgers()) == 1
    assert f"{switch} ignore" in phone.ran[-2:]
    assert ledgers() == []
