"""How often a check asks the device.

Looks, calls of uiautomator2 and connections to the adb server, counted from outside.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.adb import connect
from harness.device.adb_link import FastClient
from harness.device.adb_ui import Automation
from harness.engine.scenario_run import Run
from harness.explorer.control_candidates import control_candidates
from harness.explorer.control_runs import drive_controls
from harness.session.check_options import Options
from harness.verdicts.analysis import Analysis
from scenarios import test_permission_denial


@dataclass
class Looks:
    """The counts of one check. ``trees`` are those that said something new."""

    looks: int = 0
    calls: int = 0
    connections: int = 0
    trees: int = 0


@contextmanager
def counted() -> Iterator[Looks]:
    """Count what is asked of devices over adb in a ``with``."""
    counts = Looks()
    call, connection = Automation._call, FastClient.make_connection

    def ask(self: Automation, method: str, *params: Any, **how: Any) -> Any:
        counts.calls += 1
        counts.looks += method == "dumpWindowHierarchy"
        return call(self, method, *params, **how)

    def open_one(self: FastClient, timeout: float | None = None) -> object:
        counts.connections += 1
        return connection(self, timeout)

    with ExitStack() as stack:
        stack.enter_context(patch.object(Automation, "_call", ask))
        stack.enter_context(patch.object(FastClient, "make_connection", open_one))
        yield counts


def check(
    path: Path, runs: Path, port: int, drive: Callable[..., None] = test_permission_denial.drive
) -> tuple[Looks, Analysis, list[dict[str, Any]]]:
    """Check an app file on clause 1 and 5 on the adb server on ``port``: the counts, the verdicts, the journal."""
    apps = tuple(reversed(load_app_file(path)))
    with devices_in_thread([partial(VirtualDevice, Spec(apps=apps))]) as thread:
        device = connect(thread.addresses[0], port=port)
        with counted() as counts:
            run = Run.open(device, apps[-1].package, runs, Options(taps=tuple(apps[-1].taps), clauses=(1, 5)))
            run.drive("permission-denial", drive)
            if found := control_candidates(run.analysis, run.folder):
                run.drive("control-run", drive_controls(found))
            analysis = run.close()
    journal = [json.loads(line) for line in (run.folder / "raw" / "session.jsonl").read_text("utf-8").splitlines()]
    counts.trees = sum(record["step"] == "tree" for record in journal)
    return counts, analysis, journal
