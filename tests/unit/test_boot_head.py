"""Whether a buffer still has the beginning of a boot, and what the security log adds to it."""

from pathlib import Path

import pytest

from harness.device.adb_link import CommandListener
from harness.device.protocol import ShellResult
from harness.events import AdbCommandLogged, Instant, Source
from harness.events.app_under_test import AppUnderTest
from harness.parsers.log_interpreter import Interpreter
from harness.parsers.logcat import LogcatReader
from harness.recording.journal import Journal
from harness.recording.steps import Probe
from harness.replay.run_replay import RunReplay
from harness.session.adb_log import adb_log

APP = AppUnderTest(package="com.example.shop", uid=10123)
WALL = 1790448214.0
READY = "I boot_progress_ams_ready: 20000"
STARTED = "I am_proc_start: [0,1240,10102,com.example.shop,broadcast,{com.example.shop/com.example.shop.Boot}]"


def entry(uptime: float, text: str) -> str:
    """A line of the boot that began 100 s after WALL."""
    return f"         {WALL + 100 + uptime:.6f}  1000  1203  2406 {text}\n"


@pytest.mark.parametrize(
    ("events", "system", "whole"),
    [
        ([(20.0, READY), (31.0, STARTED)], [(20.0, "I SystemServer: ready")], (True, True)),
        ([(31.0, STARTED)], [(20.0, "I SystemServer: ready")], (False, False)),
        ([(20.0, READY), (31.0, STARTED)], [(32.0, "I SystemServer: late")], (True, False)),
        ([], [], (False, False)),
    ],
)
def test_the_beginning_of_a_boot(
    events: list[tuple[float, str]], system: list[tuple[float, str]], whole: tuple[bool, bool], tmp_path: Path
) -> None:
    (tmp_path / "raw").mkdir()
    journal = Journal(tmp_path / "raw" / "session.jsonl")
    journal.write(Probe(before=1.0, after=1.1, wall=WALL, uptime=300.0, wall_error=0.001))
    journal.write(Probe(before=141.0, after=141.1, wall=WALL + 140.0, uptime=40.0, wall_error=0.001))
    journal.close()
    for name, lines in (("events", events), ("system", system)):
        text = "".join(entry(*line) for line in lines)
        (tmp_path / "raw" / f"{name}.txt").write_text(text, encoding="utf-8")
    timeline = RunReplay(tmp_path, APP).timeline()
    assert (timeline.has_beginning(Source.EVENTS, 1), timeline.has_beginning(Source.SYSTEM, 1)) == whole
    assert timeline.has_beginning(Source.EVENTS, 0)  # nobody counts from the beginning of the first boot


LINES = b"""--------- beginning of security
         1795846487.379713 shell   904   904 I security_adb_shell_command: am start -n com.a/.Main
         1795846487.385150 root    904   904 I security_adb_shell_command: id
         1795846488.000000 shell   904   904 I security_adb_shell_interactive:\x20
         1795846489.000000 10101  4411  4411 I security_adb_shell_command: am start -n com.b/.Forged
         1795846490.000000 system 1200  1200 I security_keyguard_secured:\x20
"""


def read(source: Source) -> list[AdbCommandLogged]:
    interpreter, reader = Interpreter(source, path=f"raw/{source}.txt"), LogcatReader(source.value)
    events = [event for line in reader.feed(LINES) for event in interpreter.feed(line, Instant(0, 1.0))]
    return [event for event in events if isinstance(event, AdbCommandLogged)]


def test_adbd_is_believed_and_an_app_is_not() -> None:
    assert [(event.command, event.interactive) for event in read(Source.SECURITY)] == [
        ("am start -n com.a/.Main", False),
        ("id", False),
        ("", True),
    ]


def test_the_tag_says_nothing_in_another_buffer() -> None:
    assert read(Source.MAIN) == []


class Phone:
    """Answers logcat as a phone that logs commands; ``readers`` see its security buffer."""

    def __init__(self, *readers: str) -> None:
        self.readers, self.asked = readers, 0

    def shell(self, command: list[str]) -> ShellResult:
        self.asked += 1
        return ShellResult(LINES.decode() if command[0] in self.readers else "", "", 0)


@pytest.mark.parametrize(
    ("readers", "state", "command"),
    [(("logcat",), "read", ("logcat",)), (("su",), "read", ("su", "system", "logcat")), ((), "unreadable", ())],
)
def test_the_way_that_shows_a_line_is_taken(readers: tuple[str, ...], state: str, command: tuple[str, ...]) -> None:
    found = adb_log(Phone(*readers), {"persist.logd.security": "true"})  # type: ignore[arg-type]
    assert (found.state, found.command) == (state, command)
    assert (found.refused is not None) == (state == "unreadable")


def test_a_phone_that_logs_nothing_is_asked_nothing() -> None:
    phone = Phone("logcat")
    assert adb_log(phone, {}).state == "none"  # type: ignore[arg-type]
    assert phone.asked == 0


def test_every_service_that_adbd_runs_in_a_shell_is_heard() -> None:
    heard: list[str] = []
    ear = CommandListener()
    ear.service("shell:before")
    ear.hear = heard.append
    for name in (
        "shell,v2:id -u",
        "shell,v2,pty:top",
        "shell:ls",
        "exec:screencap -p",
        "sync:",
        "abb_exec:package",
        "reboot:",
        "host:version",
    ):
        ear.service(name)
    assert heard == ["id -u", "top", "ls", "screencap -p"]
