"""What a waiting tester is told: the stage, device time over reboots, what is waited for, and how long still."""

import io
import threading
import time

import pytest
from rich.console import Console

from harness import console
from harness.commands import progress as module
from harness.commands.progress import Progress, Rows
from harness.recording.clock_map import Probe
from harness.session.run_progress import ProgressText, RunProgress, clock_words, time_words


def probe(uptime: float) -> Probe:
    now = time.monotonic()
    return Probe(before=now, after=now, wall=1e9 + uptime, uptime=uptime)


def course() -> RunProgress:
    made = RunProgress("com.example.app")
    made.add(probe(100.0))
    made.enter("permission-denial", 1, 2, 600.0, 60.0)
    return made


def test_device_time_goes_on_over_a_reboot() -> None:
    made = course()
    for uptime in (130.0, 20.0, 50.0):  # 30 s, then a boot of which 20 s are known
        made.add(probe(uptime))
    assert made.passed() == pytest.approx(80.0, abs=1.0)


def test_what_is_left_is_the_rest_of_this_scenario_and_those_after_it() -> None:
    made = course()
    assert made.left() == pytest.approx(660.0, abs=1.0)
    made.add(probe(400.0))
    assert made.left() == pytest.approx(360.0, abs=1.0)
    made.add(probe(1500.0))  # it takes longer than was thought
    assert made.left() == pytest.approx(60.0, abs=1.0)
    made.enter("another's", 2, 2, 0.0, 0.0)  # one that nobody knows the time of
    assert made.left() == 0.0


def test_a_wait_is_told_until_it_is_over_or_the_next_part_begins() -> None:
    made = course()
    made.awaits(45.0)
    assert time_words(made)[0] == "0:45 of this wait"
    made.go_on("walk")
    assert time_words(made)[0].startswith("device time ")


@pytest.mark.parametrize(("seconds", "said"), [(0, "0:00"), (59.6, "1:00"), (754, "12:34"), (19800, "5:30:00")])
def test_times_are_as_on_a_clock(seconds: float, said: str) -> None:
    assert clock_words(seconds) == said


def test_a_stage_is_a_line_for_whoever_only_prints_it() -> None:
    stage = course().go_on("cold-start-2")
    assert stage == "com.example.app: 1/2 permissions refused: cold start 2"
    assert stage.translated("zh").startswith("com.example.app：1/2 ")


@pytest.mark.usefixtures("chinese")
def test_without_a_terminal_each_stage_and_each_other_text_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    made = course()
    with Progress() as progress:
        progress("com.example.app")
        progress(made.go_on("first-launch"))
        progress(made.go_on("walk"))
    told = capsys.readouterr().err.splitlines()
    assert told[0] == "com.example.app"
    assert len(told) == 3
    for line in told[1:]:
        assert line.startswith("1/2 ")
        assert line.endswith(" · 设备时间 0:00 · 最多还需设备时间 11:00")


def test_a_long_wait_without_a_terminal_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []
    enough = threading.Event()

    def keep(text: str) -> None:
        told.append(text)
        if len(told) >= 3:
            enough.set()

    monkeypatch.setattr(module, "QUIET_SECONDS", 0.01)
    monkeypatch.setattr(console, "progress", keep)
    with Rows(lambda: ["one", "two"]):
        assert enough.wait(120)
    assert told[:3] == ["one", "two", "one"]
    assert not [thread for thread in threading.enumerate() if "_tell_now_and_then" in thread.name]


def on_terminal(monkeypatch: pytest.MonkeyPatch, kind: str, width: int = 40) -> io.StringIO:
    told = io.StringIO()
    made = Console(file=told, force_terminal=True, width=width, highlight=False, soft_wrap=True, _environ={"TERM": kind})
    monkeypatch.setattr(console, "err", made)
    return told


def test_on_a_terminal_the_row_is_drawn_within_its_width_and_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    told = on_terminal(monkeypatch, "xterm")
    with Progress() as progress:
        progress(course().go_on("first-launch"))
        progress("refused")
    lines = [line for line in told.getvalue().replace("\r", "\n").splitlines() if "device time" in line or "left at most" in line]
    assert lines
    assert "refused\n" in told.getvalue().replace("\x1b[0m", "")
    assert told.getvalue().rstrip().endswith("\x1b[2K")  # the last that is written takes the row away


def test_a_dumb_terminal_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    told = on_terminal(monkeypatch, "dumb", 200)
    with Progress() as progress:
        progress(course().go_on("first-launch"))
    assert "\x1b[2K" not in told.getvalue()
    assert told.getvalue().count("device time 0:00") == 1


def test_a_stage_keeps_its_course() -> None:
    made = course()
    assert made.go_on("walk").run_progress is made
    assert isinstance(ProgressText.of(made), str)
