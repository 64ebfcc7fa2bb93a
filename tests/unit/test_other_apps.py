"""Which apps of others are ended after an act: what the app under test started, and nothing that is its user's."""

import shlex
from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from harness.background.other_apps import OtherApps, messengers
from harness.device.protocol import ShellResult
from harness.events import Source
from harness.recording.recorder import RecordedLine
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
    "com.android.deskclock",
    "com.sohu.inputmethod.sogou",
    "com.my.dialler",
    "com.my.help",
    "com.tencent.mm",
    APP.package,
    "not a name; reboot",
)


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
