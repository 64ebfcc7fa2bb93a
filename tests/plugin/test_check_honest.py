"""Samples under faults at several moments, compared with the same check undisturbed: what was not seen is never a no.

A fault makes an outcome weaker or leaves it undecided. It never turns what could not be seen into "clear" or into "did
not happen", and it accuses nobody of more than was seen without it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest

from device_farm.samples import OWN_APPS
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.fault_acts import switch
from device_farm.virtual.in_process import InProcessDevice
from device_farm.virtual.server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.run import Run
from harness.events.findings import Outcome
from harness.session.options import Options
from scenarios import test_permission_denial as denial

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from device_farm.virtual.server import ServerThread
    from harness.device.protocol import ShellResult
    from harness.session.session import Session

SAMPLES = ("exit_by_finish", "dialog_loop", "asks_each_launch", "permission_before_consent", "polite")
FAULTS = ("empty-dump", "logcat-overflow", "device-lost")
MOMENTS = (0.3, 4.0, 12.0)
"""Seconds of device time after the first start of the app: before it shows anything, while it asks, after refusals."""
WEAKER = {
    Outcome.VIOLATION: {Outcome.VIOLATION, Outcome.SUSPECTED, Outcome.INCONCLUSIVE},
    Outcome.SUSPECTED: {Outcome.SUSPECTED, Outcome.INCONCLUSIVE},
    Outcome.CLEAR: {Outcome.CLEAR, Outcome.INCONCLUSIVE},
    Outcome.NOT_EXERCISED: {Outcome.NOT_EXERCISED, Outcome.INCONCLUSIVE},
    Outcome.INCONCLUSIVE: {Outcome.INCONCLUSIVE},
}


class Fault(NamedTuple):
    """What is switched on, and how long after the first start of the app."""

    name: str
    after: float


class FaultyDevice(InProcessDevice):
    """A device on which a fault begins at a moment of its own clock."""

    def __init__(self, thread: ServerThread, package: str, fault: Fault | None) -> None:
        super().__init__(thread)
        self._thread, self._package, self._fault = thread, package, fault

    def shell(self, command: str | Sequence[str], *, timeout: float = 30.0) -> ShellResult:
        words = command.split() if isinstance(command, str) else command
        if self._fault is not None and list(words[:2]) == ["am", "start"] and any(word.startswith(self._package) for word in words):
            fault, self._fault = self._fault, None
            begin = partial(switch, self._thread.daemons[0], fault.name, [])
            self._thread.call(lambda: self._thread.devices[0].clock.call_later(fault.after, begin))
        return super().shell(command, timeout=timeout)


def drive(session: Session, canary: str) -> None:
    """The whole denial scenario but for the walk, which costs most and is about other rules."""
    denial.drive(session, canary, walk=lambda session, spent: None)


def outcomes(name: str, runs: Path, fault: Fault | None) -> dict[str, Outcome]:
    """Check one sample with the fault at its moment."""
    apps = tuple(reversed(load_app_file(OWN_APPS / f"{name}.py")))
    with devices_in_thread([partial(VirtualDevice, Spec(apps=apps))]) as thread:
        device = FaultyDevice(thread, apps[-1].package, fault)
        run = Run.open(device, apps[-1].package, runs, Options(taps=tuple(apps[-1].taps), clauses=(1, 5)))
        run.drive("permission-denial", drive)
        analysis = run.close()
    return {verdict.rule.id: verdict.outcome for verdict in analysis.verdicts}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_fault_only_weakens(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("device_farm.virtual.in_process._UPDATE_MS", 1)  # how long an empty tree is waited for, five times
    monkeypatch.setattr(denial, "COLD_STARTS", 1)
    monkeypatch.setattr(denial, "FIRST_LAUNCH_SECONDS", 12.0)  # an exit counts for 10 s
    monkeypatch.setattr(denial, "IN_SESSION_SECONDS", 13.0)
    monkeypatch.setattr(denial, "COLD_START_SECONDS", 6.0)
    undisturbed = outcomes(name, tmp_path, None)
    wrong = []
    for fault in (Fault(fault, after) for fault in FAULTS for after in MOMENTS):
        disturbed = outcomes(name, tmp_path, fault)
        wrong += [
            f"{fault.name} after {fault.after:g} s: {rule}: {undisturbed[rule]} became {outcome}"
            for rule, outcome in disturbed.items()
            if outcome not in WEAKER[undisturbed[rule]]
        ]
    assert not wrong, "\n".join(wrong)
