"""The names that suites and programs of others may import; they keep their meaning (docs/api.md says for how long).

A name is loaded when it is asked for: a test file with a scenario of its own does not bring OpenCV along.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from harness.device.adb import open_device
    from harness.device.in_process import in_process_device
    from harness.device.protocol import Device
    from harness.device.virtual_devices import virtual_devices
    from harness.engine.check import check
    from harness.engine.scenario import Place, Scenario, assert_not_violated
    from harness.engine.scenario_run import Run
    from harness.errors import HarnessError
    from harness.events.app_under_test import AppUnderTest
    from harness.events.findings import Finding, Outcome
    from harness.session.check_options import Options
    from harness.session.screen_watch import Watch
    from harness.session.session import Session
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
    "in_process_device",
    "open_device",
    "virtual_devices",
]

_HOMES = {
    "device.adb": ("open_device",),
    "device.virtual_devices": ("virtual_devices",),
    "device.in_process": ("in_process_device",),
    "device.protocol": ("Device",),
    "engine.check": ("check",),
    "engine.scenario_run": ("Run",),
    "engine.scenario": ("Place", "Scenario", "assert_not_violated"),
    "errors": ("HarnessError",),
    "events.app_under_test": ("AppUnderTest",),
    "events.findings": ("Finding", "Outcome"),
    "session.check_options": ("Options",),
    "session.session": ("Session",),
    "session.screen_watch": ("Watch",),
    "verdicts.analysis": ("Analysis",),
    "verdicts.judge": ("Verdict",),
}
"""Where each name lives today, below harness."""


def __getattr__(name: str) -> Any:
    home = next((module for module, names in _HOMES.items() if name in names), None)
    if home is None:
        raise AttributeError(f"harness.api has no {name}: see docs/api.md")
    return getattr(import_module(f"harness.{home}"), name)
