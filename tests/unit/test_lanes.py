"""Checks side by side: whose turn it is, what became of each, and what a signal does."""

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

from harness.commands import batch_check
from harness.commands.batch_check import WORST, words_of
from harness.commands.parallel_checks import Checks, Done, Lane, short
from harness.commands.verdict_lines import Shown
from harness.engine.option_specs import DECLARED, untyped
from harness.report.case import NO_CASE

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
