"""The clock scenario: what it judges, and that the phone is as before, however it ends.

What another process does goes through the real adb server.
"""

import json
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.control_port import ask
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.adb import PrivateAdbServer, connect
from harness.engine.scenario_run import Run
from harness.events.findings import Outcome
from harness.restore.ledger import Ledger, ledgers, read_ledger
from harness.session.check_options import Options
from harness.verdicts.judge import Verdict
from scenarios.test_clock_shift import RULE, drive
from tests.plugin.conftest import APPS, DEADLINE, apprights_here, python, until

pytestmark = pytest.mark.usefixtures("slow_time")

FILE = APPS / "asks_within_two_days.py"
PACKAGE, FUNCTION = "com.example.shenghui.coupons", "附近优惠"
HOUR = 3600.0


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))


class Stands(NamedTuple):
    """What must be on a phone afterwards as it was before. ``offset`` is wall clock minus uptime."""

    offset: float
    auto_time: str | None
    auto_time_zone: str | None
    zone: str


class Desk:
    """One virtual phone with the sample, at the adb server."""

    def __init__(self, thread: ServerThread, server: PrivateAdbServer) -> None:
        self.thread, self.port = thread, server.port
        self.serial = thread.addresses[0]
        connect(self.serial, port=self.port).close()

    @property
    def device(self) -> VirtualDevice:
        return self.thread.devices[0]

    def stands(self) -> Stands:
        def read() -> Stands:
            device = self.device
            settings, zone = device.settings["global"], device.properties["persist.sys.timezone"]
            offset = device.clock.wall - device.clock.uptime
            return Stands(offset, settings.get("auto_time"), settings.get("auto_time_zone"), zone)

        return self.thread.call(read)

    def fault(self, *words: str) -> None:
        assert list(ask(self.serial, ["fault", *words])) == []

    def check(self, runs: Path, at_47: Callable[[], None] = lambda: None, *, clock: bool = True) -> Run:
        """Drive the clock scenario; ``at_47`` is called when the clock stands at +47 h. The run is left open."""

        def progress(text: str) -> None:
            self.told.append(text)
            if text.endswith("clock 47 hours ahead"):
                at_47()

        self.told: list[str] = []
        options = Options(clauses=(5,), clock=clock, taps=(FUNCTION,))
        run = Run.open(InProcessDevice(self.thread), PACKAGE, runs, options, progress)
        run.drive("clock-shift", drive)
        return run

    def command(self, folder: Path) -> subprocess.Popen[str]:
        """The same scenario in a process of its own."""
        words = ["--app", PACKAGE, "--serial", self.serial, "--adb-port", self.port, "--tap", FUNCTION, "--clock", "--runs", "runs"]
        return python(["-m", "pytest", "--pyargs", "scenarios.test_clock_shift", *words], folder)


@pytest.fixture
def desk(server: PrivateAdbServer) -> Iterator[Desk]:
    apps = tuple(reversed(load_app_file(FILE)))
    with devices_in_thread([partial(VirtualDevice, Spec(apps=apps))]) as thread:
        made = Desk(thread, server)
        yield made
        server.run("disconnect", made.serial)


def same(before: Stands, after: Stands) -> bool:
    return before[1:] == after[1:] and abs(before.offset - after.offset) < 2


def verdict(run: Run) -> Verdict:
    return next(found for found in run.close().verdicts if found.rule.id == RULE)


def test_it_makes_its_own_denial_judges_and_leaves_the_phone_as_it_was(desk: Desk, tmp_path: Path) -> None:
    before, inside = desk.stands(), []
    found = verdict(desk.check(tmp_path, lambda: inside.append(desk.stands())))
    assert found.outcome is Outcome.VIOLATION
    (moved,) = inside
    assert 46.9 * HOUR < moved.offset - before.offset < 47 * HOUR  # after the denial, not after now
    assert (moved.auto_time, moved.auto_time_zone) == ("0", "0")
    assert same(before, desk.stands())
    assert ledgers() == []
    (run,) = (path for path in tmp_path.iterdir() if PACKAGE in path.name)
    steps = [json.loads(line) for line in (run / "raw" / "session.jsonl").read_text("utf-8").splitlines()]
    pictures = [step for step in steps if step["step"] == "screenshot"]
    stamped = [step for step in pictures if step.get("shift")]
    assert 0 < len(stamped) < len(pictures)
    assert {round(step["shift"] / HOUR) for step in stamped} == {47, 49}
    assert all(step["true_time"].endswith("+00:00") for step in stamped)
    assert [round(step["seconds"] / HOUR) for step in steps if step["step"] == "clock"] == [47, 49, 0]


def test_the_report_shows_the_true_time_of_pictures_and_what_cannot_be_moved(desk: Desk, tmp_path: Path) -> None:
    run = desk.check(tmp_path)
    run.close()
    page = tmp_path / "report.html"
    said = apprights_here("report", run.folder, "-o", page, folder=tmp_path)
    assert said.code == 0, said.err
    html = page.read_text("utf-8")
    assert "真实时间与系统时间偏移：" in html
    assert "+47.0 h" in html
    assert "elapsedRealtime" in html
    assert "检测方将系统时间前移 47.0 小时" in html


def test_without_the_option_the_clock_is_not_touched(desk: Desk, tmp_path: Path) -> None:
    before = desk.stands()
    found = verdict(desk.check(tmp_path, clock=False))
    assert found.outcome is Outcome.NOT_EXERCISED
    assert "--clock" in found.reason_zh
    assert "--clock" in found.reason_en
    assert desk.stands() == before
    assert desk.thread.call(lambda: [line for line in desk.device.truth if line["what"] == "clock"]) == []


def test_a_pulled_cable_the_next_check_puts_it_right_before_anything_else(desk: Desk, tmp_path: Path) -> None:
    before = desk.stands()
    run = desk.check(tmp_path, lambda: desk.fault("device-lost"))
    assert verdict(run).outcome is Outcome.INCONCLUSIVE
    assert desk.stands().offset - before.offset > 46 * HOUR
    assert [change.name for change in read_ledger(ledgers()[0])[1]] == ["automatic time", "automatic time zone", "wall clock"]
    desk.fault("device-lost", "off")
    told: list[str] = []
    Run.open(InProcessDevice(desk.thread), PACKAGE, tmp_path, Options(), told.append).close()
    assert told[:3] == [f"{desk.serial}: as it was before: {name}" for name in ("wall clock", "automatic time zone", "automatic time")]
    assert same(before, desk.stands())
    assert ledgers() == []


def test_a_killed_check_and_the_command(desk: Desk, tmp_path: Path) -> None:
    before = desk.stands()
    child = desk.command(tmp_path)
    until(lambda: desk.stands().offset - before.offset > 46 * HOUR, child)
    child.kill()
    child.communicate(timeout=DEADLINE)
    assert desk.stands().offset - before.offset > 46 * HOUR
    said = apprights_here("restore", "--adb-port", desk.port, "--json", folder=tmp_path)
    assert said.code == 0, said.err
    restored = ["what the app loaded", "automatic time", "automatic time zone", "wall clock"]
    done = {"serial": desk.serial, "restored": restored, "left": [], "problem": "", "busy": False}
    assert json.loads(said.out) == {"devices": [done], "damaged": []}
    assert same(before, desk.stands())
    again = apprights_here("restore", "--adb-port", desk.port, folder=tmp_path)
    assert (again.code, again.one_line()) == (0, "nothing is to be restored")
    assert json.loads(apprights_here("restore", "--json", "--adb-port", desk.port, folder=tmp_path).out) == {"devices": [], "damaged": []}


def test_the_command_says_which_phone_it_waits_for(desk: Desk, tmp_path: Path) -> None:
    run = desk.check(tmp_path, lambda: desk.fault("device-lost"))
    run.close()
    (kept,) = ledgers()
    kept.write_text(kept.read_text("utf-8").replace('"virtual": true', '"virtual": false'), "utf-8")  # as a phone's
    assert (
        apprights_here("restore", "--serial", "other", "--adb-port", desk.port, folder=tmp_path).one_line() == "nothing is to be restored"
    )
    said = apprights_here("restore", "--serial", desk.serial, "--adb-port", desk.port, folder=tmp_path)
    assert said.code == 1
    assert f"{desk.serial} is not connected: plug it in and restore again" in said.one_line()
    assert "wall clock" in said.one_line()
    told = json.loads(apprights_here("restore", "--json", "--adb-port", desk.port, folder=tmp_path).out)["devices"][0]
    assert told["left"] == ["automatic time", "automatic time zone", "wall clock"]
    assert told["restored"] == []


def test_a_device_that_refuses_its_clock_was_not_exercised(desk: Desk, tmp_path: Path) -> None:
    before = desk.stands()
    desk.fault("clock-refused")
    found = verdict(desk.check(tmp_path))
    assert found.outcome is Outcome.NOT_EXERCISED
    assert "SET_TIME" in found.reason_zh
    assert "SecurityException" in found.reason_en
    assert same(before, desk.stands())
    assert ledgers() == []


def test_a_rom_that_withholds_the_settings_names_the_option(server: PrivateAdbServer, tmp_path: Path) -> None:
    apps = tuple(reversed(load_app_file(FILE)))
    with devices_in_thread([partial(VirtualDevice, Spec(rom="miui", apps=apps))]) as thread:
        desk = Desk(thread, server)
        options = Options(clauses=(5,), clock=True, taps=(FUNCTION,))
        run = Run.open(InProcessDevice(thread), PACKAGE, tmp_path, options)
        before = desk.stands()
        kept = Ledger(run.session.device)
        run.drive("clock-shift", lambda session, canary: (_withhold(desk), drive(session, canary))[-1])
        found = verdict(run)
        server.run("disconnect", desk.serial)
        assert found.outcome is Outcome.NOT_EXERCISED
        assert "WRITE_SECURE_SETTINGS" in found.reason_en
        assert "USB调试（安全设置）" in found.reason_en
        assert same(before, desk.stands())
        assert kept.changes() == []


def _withhold(desk: Desk) -> None:
    """Shell may touch and clear, and may not write settings."""
    options = desk.device.options
    desk.thread.call(lambda: setattr(options, "shell_holds", lambda permission: permission != "WRITE_SECURE_SETTINGS"))
