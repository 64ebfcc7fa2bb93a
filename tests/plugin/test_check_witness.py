"""A phone that logs adb commands is a second witness: it proves our starts, and what somebody else did."""

import json
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample_check import read_sample
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.check import check
from harness.events import CommandSent, ForeignCommand, ProcessStarted
from harness.language import chinese
from harness.report.examination_record import examination
from harness.report.run_clock import RunClock
from harness.session.check_options import Options
from harness.starts.adb_witness import CommandOrigin, acts, told
from harness.verdicts.analysis import Analysis
from tests.plugin.conftest import APPS

pytestmark = pytest.mark.usefixtures("slow_time")


class Meddled(InProcessDevice):
    """A device on which somebody else ends the app by adb right after our first touch."""

    def __init__(self, *words: object, command: str) -> None:
        super().__init__(*words)  # type: ignore[arg-type] # as the device itself takes them
        self._somebody, self._command = InProcessDevice(*words), command  # type: ignore[arg-type]

    def tap(self, x: int, y: int, *, held: bool = False) -> None:
        super().tap(x, y, held=held)
        if self._command:
            command, self._command = self._command, ""
            self._somebody.shell(command)


def checked(name: str, runs: Path, *, command: str = "", security_log: bool = True) -> Analysis:
    sample = read_sample(APPS / f"{name}.py")
    spec = Spec(apps=tuple(reversed(load_app_file(sample.path))), security_log=security_log)
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        return check(Meddled(thread, command=command), sample.package, Options(clauses=(5,), minutes=1), runs=runs)


def outcome(analysis: Analysis, rule: str) -> str:
    return next(verdict.outcome.value for verdict in analysis.verdicts if verdict.rule.id == rule)


def test_each_start_of_ours_is_on_the_phones_own_log(tmp_path: Path) -> None:
    analysis = checked("polite", tmp_path)
    timeline = analysis.timeline
    starts = [start for start in timeline.of(ProcessStarted) if start.package == analysis.app.package]
    assert starts
    assert {told(timeline, start.at, analysis.app.package) for start in starts} == {CommandOrigin.OURS}
    assert timeline.of(ForeignCommand) == []
    rows = {str(row.value) for row in examination(analysis, "", RunClock(analysis)).witnesses}
    assert any(value.endswith("0 commands of ours it did not log") for value in rows)


def test_what_somebody_else_did_is_told_and_accuses_nobody(tmp_path: Path) -> None:
    package = read_sample(APPS / "polite.py").package
    analysis = checked("polite", tmp_path, command=f"am force-stop {package}")
    assert [event.command for event in analysis.timeline.of(ForeignCommand)] == [f"am force-stop {package}"]
    assert {verdict.outcome.value for verdict in analysis.verdicts} & {"violation", "suspected"} == set()
    assert any("am force-stop" in chinese(row.value) for row in examination(analysis, "", RunClock(analysis)).witnesses)


def test_a_phone_without_that_log_says_so_and_what_acts_is_on_record(tmp_path: Path) -> None:
    analysis = checked("polite", tmp_path, security_log=False)
    assert all(acts(event.command) for event in analysis.timeline.of(CommandSent))
    assert not (analysis.folder / "raw/security.txt").exists()
    assert json.loads((analysis.folder / "run.json").read_text())["adb_log"] == "none"
    record = examination(analysis, "", RunClock(analysis))
    assert any("com.android.settings" in str(row.name) for row in record.sent)
    (row,) = record.witnesses
    assert str(row.value).startswith("no log of adb commands on this phone")
