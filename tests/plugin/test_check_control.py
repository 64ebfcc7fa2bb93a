"""The control run as it is driven.

The same way to the dialog, the two answers, and a phone without permissions at the end.
"""

import json
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.scenario_run import Run
from harness.events import ControlStarted, PermissionGranted
from harness.events.findings import Outcome
from harness.explorer.ask_history import Begins, Stage
from harness.explorer.control_candidates import ControlCandidate, control_candidates
from harness.explorer.control_runs import drive_controls
from harness.session.check_options import Options
from harness.verdicts.analysis import Analysis
from scenarios.test_permission_denial import drive
from tests.plugin.conftest import APPS

pytestmark = pytest.mark.usefixtures("slow_time")

LOCATION = "android.permission.ACCESS_FINE_LOCATION"


class Checked:
    """A finished check of one sample, what was tried again in it, and what the phone says of the app afterwards."""

    def __init__(self, sample: str, runs: Path, taps: tuple[str, ...]) -> None:
        apps = tuple(reversed(load_app_file(APPS / f"{sample}.py")))
        with devices_in_thread([partial(VirtualDevice, Spec(apps=apps))]) as thread:
            device = InProcessDevice(thread)
            run = Run.open(device, apps[-1].package, runs, Options(taps=taps, clauses=(5,)))
            run.drive("permission-denial", drive)
            self.before: Analysis = run.analysis
            self.accused: list[ControlCandidate] = control_candidates(run.analysis, run.folder)
            if self.accused:
                run.drive("control-run", drive_controls(self.accused))
            self.package = device.shell(["dumpsys", "package", apps[-1].package]).stdout
            self.after: Analysis = run.close()
        lines = (run.folder / "raw" / "session.jsonl").read_text("utf-8").splitlines()
        self.segments = [r["name"] for r in map(json.loads, lines) if r["step"] == "segment" and r["what"] == "start"]

    def outcomes(self, analysis: Analysis, rule: str) -> Outcome:
        return next(verdict.outcome for verdict in analysis.verdicts if verdict.rule.id == rule)


@pytest.fixture(autouse=True)
def one_cold_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second and third are no different here."""
    monkeypatch.setattr("scenarios.test_permission_denial.COLD_STARTS", 1)


def test_an_exit_is_suspected_until_both_answers_were_tried(tmp_path: Path) -> None:
    checked = Checked("exit_by_finish", tmp_path, ("附近门店",))
    assert checked.outcomes(checked.before, "c5-exit-after-denial") is Outcome.SUSPECTED
    assert checked.outcomes(checked.after, "c5-exit-after-denial") is Outcome.VIOLATION
    assert [(one.group, one.history.stages, one.history.earlier) for one in checked.accused] == [("LOCATION", (Stage(Begins.START),), 0)]
    assert checked.segments[-2:] == ["control-1-allow", "control-1-none"]
    assert [control.answer for control in checked.after.timeline.of(ControlStarted)] == ["allow", "none"]
    assert [granted.permission_group for granted in checked.after.timeline.of(PermissionGranted)] == ["LOCATION"]


def test_no_permission_is_left_granted(tmp_path: Path) -> None:
    checked = Checked("exit_by_finish", tmp_path, ())
    assert checked.after.timeline.of(PermissionGranted)
    assert f"{LOCATION}: granted=false" in checked.package
    assert f"{LOCATION}: granted=true" not in checked.package


def test_nothing_is_tried_again_where_nothing_is_held_against_the_app(tmp_path: Path) -> None:
    checked = Checked("polite", tmp_path, ())
    assert checked.accused == []
    assert not [name for name in checked.segments if name.startswith("control-")]
