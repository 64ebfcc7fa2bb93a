"""A screen that is off is woken, an open lock slides away, and a lock with a secret is told at once."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import OWN_APPS
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.faults.switching import switch
from device_farm.virtual.spec import Spec
from harness.device.screen_wakeup import screen_state
from harness.engine.check import check
from harness.engine.scenario import Scenario
from harness.errors import ScenarioError
from harness.events import CommandRun, Note
from harness.events.app_under_test import AppUnderTest
from harness.events.findings import Outcome
from harness.parsers.screen_state import ScreenState, parse_screen_state
from harness.session import session_lifecycle
from harness.session.app_on_device import identify
from harness.session.check_options import Options
from harness.session.screen_watch import Watch
from harness.session.session import Session
from harness.session.wakefulness import LIT_MS, TIMEOUT, need_unlocked
from harness.verdicts.analysis import Analysis

pytestmark = pytest.mark.usefixtures("slow_time")

APP = tuple(reversed(load_app_file(OWN_APPS / "polite.py")))


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A dark screen has no tree: five times it is waited for one."""
    monkeypatch.setattr("device_farm.samples.in_process_device._UPDATE_MS", 1)


@pytest.fixture
def device() -> Iterator[InProcessDevice]:
    with devices_in_thread([partial(VirtualDevice, Spec(apps=APP))]) as thread:
        yield InProcessDevice(thread)


def lock(device: InProcessDevice, *pin: str) -> None:
    """Set a lock, with a PIN or without, and let the screen go off."""
    for words in (["locksettings", "set-disabled", "false"], *([["locksettings", "set-pin", *pin]] if pin else [])):
        assert device.shell(words).code == 0
    assert device.shell(["input", "keyevent", "KEYCODE_SLEEP"]).code == 0


def test_the_state_of_the_screen_is_read(device: InProcessDevice) -> None:
    assert screen_state(device) == ScreenState(awake=True, locked=False, secure=False)
    lock(device, "2580")
    assert screen_state(device) == ScreenState(awake=False, locked=True, secure=True)


def test_a_phone_that_tells_nothing_is_taken_as_it_is() -> None:
    assert parse_screen_state("", "Can't find service: window") == ScreenState()
    assert parse_screen_state("  mWakefulness=Dozing\n", "  showing=false\n  mIsShowing=true\n") == ScreenState(awake=False, locked=True)


def test_a_locked_phone_is_told_before_there_is_a_run(device: InProcessDevice, tmp_path: Path) -> None:
    lock(device, "2580")
    with pytest.raises(ScenarioError, match="is locked: unlock it"):
        check(device, APP[-1].package, runs=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()
    with pytest.raises(ScenarioError, match="is locked"):  # and so it is once it was lit
        need_unlocked(device)


def test_an_app_that_cannot_be_started_is_told_before_there_is_a_run(
    device: InProcessDevice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def without_icon(*words: Any) -> AppUnderTest:
        return replace(identify(*words), main_activity=None)

    monkeypatch.setattr(session_lifecycle, "identify", without_icon)
    with pytest.raises(ScenarioError, match="no launcher activity"):
        check(device, APP[-1].package, runs=tmp_path / "runs")
    assert not (tmp_path / "runs").exists()


@pytest.mark.parametrize("locked", [False, True])
def test_a_screen_that_is_off_is_woken_on_record(device: InProcessDevice, tmp_path: Path, locked: bool) -> None:
    if locked:
        lock(device)
    else:
        device.shell(["input", "keyevent", "KEYCODE_SLEEP"])
    seen: list[ScreenState] = []

    def drive(session: Session, canary: str) -> None:
        session.canary(canary)
        seen.append(screen_state(session.device))

    scenario = Scenario("lit", ("c5-dialog-loop",), drive)
    analysis = check(device, APP[-1].package, runs=tmp_path / "runs", scenarios=[scenario])
    assert [(state.awake, state.locked) for state in seen] == [(True, False)]
    commands = [event.command for event in analysis.timeline.of(CommandRun)]
    assert commands[0] == "input keyevent KEYCODE_WAKEUP"
    assert ("wm dismiss-keyguard" in commands) == locked


def watched(tmp_path: Path, *pin: str) -> tuple[Analysis, str]:
    """A first launch that is watched, while the screen goes off after two seconds; how long it was to stay on."""
    with devices_in_thread([partial(VirtualDevice, Spec(apps=APP))]) as thread:
        device = InProcessDevice(thread)
        device.shell(["settings", "put", "system", TIMEOUT, "15000"])
        if pin:
            lock(device, *pin)
            device.shell(["input", "keyevent", "KEYCODE_WAKEUP"])
            device.shell(["locksettings", "clear", "--old", *pin])

        def drive(session: Session, canary: str) -> None:
            session.canary(canary)
            session.reset()
            with session.segment("first-launch"):
                session.launch()
                if pin:
                    device.shell(["locksettings", "set-pin", *pin])
                thread.call(lambda: thread.devices[0].clock.call_later(2.0, lambda: switch(thread.daemons[0], "screen-off", [])))
                Watch(session, 60.0).run()
                kept.append(device.shell(["settings", "get", "system", TIMEOUT]).stdout.strip())
            session.canary(canary)

        kept: list[str] = []
        scenario = Scenario("watched", ("c5-exit-after-denial", "c5-asks-before-use"), drive)
        analysis = check(device, APP[-1].package, Options(clauses=(5,)), runs=tmp_path / "runs", scenarios=[scenario])
        kept.append(device.shell(["settings", "get", "system", TIMEOUT]).stdout.strip())
        return analysis, " then ".join(kept)


def test_a_screen_stays_on_in_a_watch_and_is_lit_again_where_it_went_off_all_the_same(tmp_path: Path) -> None:
    analysis, kept = watched(tmp_path)
    assert kept == f"{LIT_MS} then 15000"
    put = f"settings put system {TIMEOUT}"
    commands = [event.command for event in analysis.timeline.of(CommandRun)]
    assert commands == [f"{put} {LIT_MS}", "input keyevent KEYCODE_WAKEUP", f"{put} 15000"]
    assert any("went dark" in note.text for note in analysis.timeline.of(Note))
    assert analysis.unfinished is None
    found = {verdict.rule.id: verdict for verdict in analysis.verdicts}["c5-exit-after-denial"]
    assert found.outcome is Outcome.INCONCLUSIVE
    assert "whether the screen is on" in found.reason_en  # what an app did in the dark was not seen


def test_a_screen_that_locks_itself_in_a_watch_leaves_its_rules_open_with_the_cause(tmp_path: Path) -> None:
    analysis, kept = watched(tmp_path, "2580")
    assert kept == "15000"
    assert analysis.unfinished is not None
    found = {verdict.rule.id: verdict for verdict in analysis.verdicts}
    for rule in ("c5-exit-after-denial", "c5-asks-before-use"):
        assert found[rule].outcome is Outcome.INCONCLUSIVE
        assert "is locked" in found[rule].reason_en
