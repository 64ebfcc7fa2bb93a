"""What suites and programs of others may import: these names keep their meaning (docs/api.md says for how long).

A name is loaded when it is asked for: a test file with a scenario of its own does not bring OpenCV along.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.device.adb import open_device
    from harness.device.embedded import virtual_devices
    from harness.device.protocol import Device
    from harness.engine.check import check
    from harness.engine.run import Run
    from harness.engine.scenario import Place, Scenario, assert_not_violated
    from harness.errors import HarnessError
    from harness.events.app import AppUnderTest
    from harness.events.findings import Finding, Outcome
    from harness.session.options import Options
    from harness.session.session import Session
    from harness.session.watch import Watch
    from harness.verdicts.analysis import Analysis
    from harness.verdicts.judge import Verdict

__all__ = [
    "Analysis",
    "AppUnderTest",
    "Device",
    "Finding",
    "HarnessError",
    "Options",
    "Outcome",
    "Place",
    "Run",
    "Scenario",
    "Session",
    "Verdict",
    "Watch",
    "assert_not_violated",
    "check",
    "open_device",
    "virtual_devices",
]

_HOMES = {
    "device.adb": ("open_device",),
    "device.embedded": ("virtual_devices",),
    "device.protocol": ("Device",),
    "engine.check": ("check",),
    "engine.run": ("Run",),
    "engine.scenario": ("Place", "Scenario", "assert_not_violated"),
    "errors": ("HarnessError",),
    "events.app": ("AppUnderTest",),
    "events.findings": ("Finding", "Outcome"),
    "session.options": ("Options",),
    "session.session": ("Session",),
    "session.watch": ("Watch",),
    "verdicts.analysis": ("Analysis",),
    "verdicts.judge": ("Verdict",),
}
"""Where each name lives today, below harness."""


def __getattr__(name: str) -> Any:
    """Load a name from where it lives."""
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"harness.api has no {name}: see docs/api.md")
    return getattr(import_module(f"harness.{home}"), name)
