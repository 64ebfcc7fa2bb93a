"""What a waiting tester is told of one check, and of several in lanes."""

import io
import json
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path

import pytest
from rich.console import Console

from harness import console
from harness.commands import batch_check
from harness.commands import progress as module
from harness.commands.batch_check import WORST, words_of
from harness.commands.parallel_checks import Checks, Done, Lane, short
from harness.commands.progress import Progress, Rows
from harness.commands.verdict_lines import Shown
from harness.engine.option_specs import DECLARED, untyped
from harness.recording.clock_map import Probe
from harness.report.case import NO_CASE
from harness.session.run_progress import RunProgress, clock_words, time_words


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


CHILD = """
import json, os, signal, sys, time
app = sys.argv[-1]
if app == "waits":
    signal.signal(signal.SIGINT, lambda *_: sys.exit(130))
    print("stage", file=sys.stderr, flush=True)
    time.sleep(60)
if app == "fails":
    sys.exit("apprights: it is no app")
if app == "dies":
    os._exit(9)
outcomes = dict.fromkeys(("violation", "suspected", "clear", "not_exercised", "inconclusive"), 0) | {"violation": app == "bad"}
run = {"run": app, "finished": True, "outcomes": outcomes, "rules": [], "words": sys.argv[1:]}
run |= {"app": {"package": app, "label": "", "version_name": None}, "device": {"model": "M", "serial": "S"}}
print(json.dumps(run))
sys.exit(1 if app == "bad" else 0)
"""
BEGIN = (sys.executable, "-c", CHILD)
DEFAULTS = {option.key: untyped(option) for option in DECLARED}


def lane(*own: str, name: str = "S1") -> Lane:
    return Lane(name, ("--serial", name), deque(own), deque())


def test_a_phone_takes_its_own_apps_first_and_then_whatever_is_left() -> None:
    shared = deque(["c.apk", "d.apk"])
    one, two = Lane("S1", (), deque(["a"]), shared), Lane("S2", (), deque(), shared)
    assert [one.take(), two.take(), one.take(), two.take(), one.take()] == ["a", "c.apk", "d.apk", None, None]


def test_each_app_is_told_and_one_that_fails_leaves_the_others_alone() -> None:
    done = {one.app: one for one in Checks([lane("good", "dies"), lane("bad", "fails", name="S2")], ("--clause=5",), BEGIN).run()}
    assert {app: one.code for app, one in done.items()} == {"good": 0, "bad": 1, "fails": 1, "dies": 9}
    assert done["good"].run["words"] == ["--serial", "S1", "--clause=5", "--", "good"]
    assert done["fails"].reason == "it is no app"
    assert done["dies"].reason == "the check ended with exit code 9"
    assert (done["fails"].place, done["fails"].run) == ("S2", None)


@pytest.mark.skipif(sys.platform == "win32", reason="the console tells the checks itself")
def test_a_signal_reaches_every_check_once_and_none_is_begun_after_it() -> None:
    lanes = [lane("waits", "never"), lane("waits", name="S2")]
    checks, tick = Checks(lanes, (), BEGIN), threading.Event()

    def interrupt() -> None:
        deadline = time.monotonic() + 120
        while [one.line for one in lanes] != ["stage", "stage"] and time.monotonic() < deadline:
            tick.wait(0.01)
        os.kill(os.getpid(), signal.SIGINT)

    with checks.hearing():
        thread = threading.Thread(target=interrupt)
        thread.start()
        assert [one.code for one in checks.run()] == [130, 130]
        thread.join()
    assert checks.stopped == signal.SIGINT
    assert [one.take() for one in lanes] == ["never", None]


def values(**typed: object) -> Mapping[str, object]:
    return {**DEFAULTS, **typed}


def test_the_options_go_on_as_they_were_typed() -> None:
    assert words_of(values()) == ()
    typed = values(tap=["-x y", "附近"], clause=[1, 5], strict=True, minutes=2.0, adb_port=5038, runs=Path("there"))
    assert set(words_of(typed)) == {
        *("--tap=-x y", "--tap=附近", "--clause=1", "--clause=5"),
        *("--strict", "--minutes=2.0", "--adb-port=5038", "--runs=there"),
    }


def test_a_file_is_named_without_its_folder() -> None:
    assert [short(app) for app in ("com.example.a", "/apps/shop.py", "C:\\apps\\shop.apk")] == ["com.example.a", "shop.py", "shop.apk"]


@pytest.mark.parametrize(("codes", "worst"), [((0, 3, 2), 2), ((0, 1, 2), 1), ((1, 70), 70), ((3, 0), 3), ((1, 130), 130), ((0, 9), 2)])
def test_the_exit_code_is_the_worst(
    codes: tuple[int, ...], worst: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = [Done(str(code), "S1", code, reason="because") for code in codes]
    monkeypatch.setattr(batch_check, "_lanes", lambda *_words: ([], refused))
    assert batch_check.check_many([str(code) for code in codes], ["S1"], values(json=True), (), Shown(), NO_CASE) == worst
    assert [one["exit_code"] for one in json.loads(capsys.readouterr().out)["not_checked"]] == list(codes)
    assert worst in WORST


def test_results_are_told_app_by_app(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(batch_check, "Checks", lambda lanes, words: Checks(lanes, words, BEGIN))
    monkeypatch.setattr(batch_check, "_lanes", lambda *_words: ([lane("bad", "good")], [Done("c.x", "S1", 2, reason="not there")]))
    assert batch_check.check_many(["c.x", "bad", "good"], ["S1"], values(json=False), (), Shown(), NO_CASE) == 1
    told = capsys.readouterr()
    assert [line for line in told.out.splitlines() if line and "rules" not in line] == [
        *("c.x  S1", "not checked: not there", "bad · M · S", "good · M · S"),
        "Apps: 3. With violations: 1. Not checked: 1.",
        "For a report: apprights report bad good -o reports/report.html",
    ]
    assert [line.split()[0] for line in told.err.splitlines()] == ["1/3", "2/3", "3/3"]
