"""The phone's own log of adb commands beside ours: what is ours, what is somebody else's, and what that does."""

from dataclasses import replace
from typing import Any

import pytest

from harness.events import AdbCommandLogged, CommandSent, Event, ForeignCommand, Instant, LogGap, ProcessDied, Ref, Source
from harness.events.findings import Finding, Outcome
from harness.events.timeline import Timeline
from harness.starts.adb_witness import CommandOrigin, acts, compared, disturbed, foreign_commands, told
from harness.verdicts.foreign_commands import weighed


def at(seconds: float) -> Instant:
    return Instant(0, seconds)


def sent(seconds: float, command: str) -> CommandSent:
    return CommandSent(at=at(seconds), source=Source.SESSION, ref=Ref("raw/session.jsonl", 1), command=command)


def logged(seconds: float, command: str, *, interactive: bool = False) -> AdbCommandLogged:
    ref = Ref("raw/security.txt", round(seconds))
    return AdbCommandLogged(at=at(seconds), source=Source.SECURITY, ref=ref, command=command, interactive=interactive)


def timeline(*events: Event) -> Timeline:
    lines = [event for event in events if isinstance(event, AdbCommandLogged)]
    ours = [event for event in events if isinstance(event, CommandSent)]
    return Timeline([*events, *foreign_commands(ours, lines)])


def test_each_boot_is_compared_by_its_own_time() -> None:
    def later(event: CommandSent | AdbCommandLogged) -> Any:
        return replace(event, at=Instant(1, event.at.uptime))

    ours = [sent(100, "id"), later(sent(5, "am start a"))]
    found = compared(ours, [logged(100, "id"), later(logged(5.1, "am start a")), later(logged(6, "pm clear a"))])
    assert [line.command for line in found.ours] == ["id", "am start a"]
    assert [line.command for line in found.foreign] == ["pm clear a"]
    assert found.missing == ()


def test_what_comes_right_with_a_reboot_may_be_dated_by_the_other_boot() -> None:
    line = replace(logged(19, "am force-stop a"), at=Instant(1, 19.0))
    found = compared([sent(100, "id"), sent(900, "am force-stop a")], [logged(100, "id"), line])
    assert (found.foreign, found.missing) == ((), ())


READS = ["dumpsys battery", "getprop | grep ro.", "logcat -d", "pm list packages -3", "settings get global x; id"]
ACTS = [
    "am start -n a/.B", "dumpsys battery unplug", "dumpsys deviceidle force-idle", "id; input tap 1 2", "cat x > /sdcard/y", "pm clear a",
]  # fmt: skip
ALIVE = (sent(10, "getprop"), logged(10.1, "getprop"), sent(90, "id"), logged(90.1, "id"))
"""The phone's log from 10 to 90 s."""


def test_each_sending_explains_one_line() -> None:
    found = compared([sent(1, "am start a"), sent(2, "am start a")], [logged(x, "am start a") for x in (1.1, 2.1, 2.2)])
    assert [line.at.uptime for line in found.ours] == [1.1, 2.1]
    assert [line.at.uptime for line in found.foreign] == [2.2]
    assert found.missing == ()


def test_the_same_words_minutes_later_are_somebody_elses() -> None:
    found = compared([sent(1, "am start a"), sent(300, "id")], [logged(200, "am start a"), logged(300, "id")])
    assert [line.command for line in found.foreign] == ["am start a"]
    assert [one.command for one in found.missing] == ["am start a"]


@pytest.mark.parametrize(
    ("command", "lines"),
    [
        ("(\nls /sdcard\n); code=$?; echo", ["(", "ls /sdcard", "); code=$?; echo"]),  # shell v1, of several lines
        ("echo a\\b\tc", ["echo a\\\\b\\x09c"]),  # as -v printable has it
        ("echo " + "x" * 5000, ["echo " + "x" * 3900]),  # what an entry holds
    ],
)
def test_what_logcat_does_to_a_command_hides_nothing(command: str, lines: list[str]) -> None:
    found = compared([sent(1, command)], [logged(1.01, line) for line in lines])
    assert (found.foreign, found.missing) == ((), ())


def test_what_was_logged_before_the_run_is_nobodys() -> None:
    assert compared([sent(100, "id")], [logged(3, "am start x"), logged(100, "id")]).foreign == ()
    assert compared([], [logged(3, "am start x")]).foreign == ()


@pytest.mark.parametrize("command", [*READS, *ACTS])
def test_a_command_acts_or_reads(command: str) -> None:
    assert acts(command) is (command in ACTS)


def test_a_start_after_our_command_is_proved_ours() -> None:
    known = timeline(*ALIVE, sent(50, "am start -n com.a/.B"), logged(50.01, "am start -n com.a/.B"))
    assert told(known, at(50.4), "com.a") is CommandOrigin.OURS
    assert told(known, at(50.4), "com.other") is CommandOrigin.UNTOLD  # it started something, nobody knows what of that app
    assert told(known, at(70), "com.a") is CommandOrigin.NOT_OURS


def test_a_log_that_does_not_cover_the_moment_proves_nothing() -> None:
    assert told(timeline(), at(70), "com.a") is CommandOrigin.UNTOLD
    assert told(timeline(*ALIVE), at(95), "com.a") is CommandOrigin.UNTOLD
    assert told(timeline(*ALIVE), at(12), "com.a") is CommandOrigin.UNTOLD  # the seconds before it began are not in the log
    assert told(timeline(*ALIVE, sent(40, "id -u")), at(70), "com.a") is CommandOrigin.UNTOLD  # it lost a command of ours
    hole = LogGap(at=at(60), source=Source.SECURITY, reason="lost")
    assert told(timeline(*ALIVE, hole), at(70), "com.a") is CommandOrigin.UNTOLD


def test_a_foreign_start_is_neither() -> None:
    known = timeline(*ALIVE, logged(50, "am start -n com.a/.B"))
    assert told(known, at(50.4), "com.a") is CommandOrigin.FOREIGN
    assert disturbed(known, at(49)) is None
    assert disturbed(known, at(56)) is None


def test_after_a_shell_was_opened_nothing_is_certain_in_that_boot() -> None:
    known = timeline(*ALIVE, logged(50, "", interactive=True))
    assert told(known, at(80), "com.a") is CommandOrigin.FOREIGN
    assert disturbed(known, Instant(1, 80.0)) is None


def finding(seconds: float, outcome: Outcome) -> Finding:
    died = ProcessDied(at=at(seconds), source=Source.EVENTS, user=0, pid=1, process="com.a", adj=None)
    return Finding(rule="c5-exit-after-denial", outcome=outcome, part="x", reason_zh="退出", reason_en="left", facts=(died,))


def judged(command: str, one: Finding) -> Finding:
    (found,) = weighed([one], timeline(*ALIVE, logged(50, command), *one.facts))  # type: ignore[arg-type]
    return found


@pytest.mark.parametrize("outcome", [Outcome.VIOLATION, Outcome.SUSPECTED])
def test_what_follows_a_foreign_command_accuses_nobody(outcome: Outcome) -> None:
    found = judged("am force-stop com.a", finding(52, outcome))
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "他人通过 adb" in found.reason_zh
    assert [type(fact) for fact in found.facts] == [ForeignCommand, ProcessDied]


def test_it_excuses_nothing_else() -> None:
    assert judged("am force-stop com.a", finding(60, Outcome.VIOLATION)).outcome is Outcome.VIOLATION
    assert judged("dumpsys activity", finding(52, Outcome.VIOLATION)).outcome is Outcome.VIOLATION
    assert judged("am force-stop com.a", finding(52, Outcome.CLEAR)).outcome is Outcome.CLEAR
