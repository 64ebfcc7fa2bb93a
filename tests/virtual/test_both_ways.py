"""The same app gives the same verdicts, and the same facts in the same order, over adb and in the same process."""

from functools import partial
from pathlib import Path
from typing import NamedTuple

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import OWN_APPS
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.adb import PrivateAdbServer, connect
from harness.device.protocol import Device
from harness.engine.scenario_run import Run
from harness.events import Event, ProcessDied, ProcessKilled, ProcessStarted, RuntimeExited, ScreenSeen, Source, StreamClosed
from harness.session.check_options import Options
from scenarios import test_permission_denial

pytestmark = pytest.mark.usefixtures("slow_time")

APPS = ("asks_each_launch", "denial_blocks_function", "exit_by_crash", "exit_to_background", "guides_to_settings", "privacy_refused")
"""One of each kind: asked at a start, at use; process gone, task behind, another app in front; the policy refused."""

PROCESS = (ProcessStarted, ProcessKilled, ProcessDied, RuntimeExited)
BY_CHANCE = (ScreenSeen, StreamClosed)


class Seen(NamedTuple):
    """What came of a check: outcomes, what we did, which dialogs were there, what became of the app's processes.

    Each in its order. How the lines of one log fall between those of another, and which page was looked at on its way
    in, is a matter of milliseconds.
    """

    outcomes: dict[str, str]
    acts: list[str]
    processes: list[str]


def _about(event: Event) -> str:
    """The package or process that a fact is about; empty where it is about none."""
    return str(getattr(event, "package", "") or getattr(event, "process", ""))


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second and third cold start are no different here."""
    monkeypatch.setattr(test_permission_denial, "COLD_STARTS", 1)


def check(name: str, runs: Path, port: int | None) -> Seen:
    """Check one sample, over the adb server on ``port`` or in this process."""
    apps = tuple(reversed(load_app_file(OWN_APPS / f"{name}.py")))
    with devices_in_thread([partial(VirtualDevice, Spec(apps=apps))]) as thread:
        device: Device = InProcessDevice(thread) if port is None else connect(thread.addresses[0], port=port)
        run = Run.open(device, apps[-1].package, runs, Options(taps=tuple(apps[-1].taps), clauses=(1, 5), minutes=4.0))
        run.drive("permission-denial", test_permission_denial.drive)
        analysis = run.close()
    outcomes = {verdict.rule.id: verdict.outcome.value for verdict in analysis.verdicts}
    app = apps[-1].package
    facts = [event for event in analysis.timeline if _about(event) in ("", app)]
    acts = [event.kind for event in facts if event.source in (Source.SESSION, Source.TREE) and not isinstance(event, BY_CHANCE)]
    return Seen(outcomes, acts, [event.kind for event in facts if isinstance(event, PROCESS)])


@pytest.mark.parametrize("name", APPS)
def test_an_app_gives_the_same_both_ways(name: str, tmp_path: Path, server: PrivateAdbServer) -> None:
    far, near = check(name, tmp_path / "far", server.port), check(name, tmp_path / "near", None)
    assert near.outcomes == far.outcomes
    assert near.acts == far.acts
    assert near.processes == far.processes
