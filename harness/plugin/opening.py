"""The run of a pytest session: on the phone that was chosen, or in a worker of pytest-xdist on one that is free."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.device.adb import list_devices
from harness.engine.clearing import agree_to_clear
from harness.engine.options import options_from
from harness.engine.phones import chosen_device
from harness.engine.run import Run
from harness.errors import DeviceBusy, HarnessError, ScenarioError
from harness.language import _, said
from harness.plugin.progress import teller, worker_of
from harness.plugin.settings import values
from harness.recording.evidence import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pytest


@dataclass(frozen=True, slots=True)
class Opened:
    """A run, and what ends with it: a virtual device, for one."""

    run: Run
    ends: ExitStack

    def close(self) -> dict[str, Any]:
        """Seal and analyse the run; what there is to say of it, as plain data. ``unsealed`` is why it could not be."""
        unsealed = ""
        try:
            self.run.close()
        except HarnessError as error:
            unsealed = said(error)
        finally:
            self.ends.close()
        return _about(self.run) | {"unsealed": unsealed}


def open_run(config: pytest.Config) -> Opened:
    """Open the run; raises HarnessError where there is no phone, no such app, or another process has the phone."""
    chosen = values(config)
    options = options_from(chosen)
    serials = phones(config, chosen)
    for number, serial in enumerate(serials, 1):
        ends = ExitStack()
        try:
            device = ends.enter_context(chosen_device(chosen | {"serial": serial}, chosen["app"]))
            agree_to_clear(device, chosen["app"], yes=chosen["yes"], system_app=chosen["system_app"])
            waits = chosen["wait_turn"] and number == len(serials)
            return Opened(Run.open(device, chosen["app"], chosen["runs"], options, teller(config), wait=waits), ends)
        except DeviceBusy:
            ends.close()
            if number == len(serials):
                raise
        except BaseException:
            ends.close()
            raise
    raise AssertionError("no phone was tried")


def phones(config: pytest.Config, chosen: Mapping[str, Any]) -> list[str | None]:
    """The phones to try, in order: that which was named, or in a worker each that is ready.

    None stands for the only one there is. A worker begins at another phone than its neighbours. Raises ScenarioError
    where several are named and nothing spreads the tests.
    """
    named = list(dict.fromkeys(chosen["serial"]))
    worker = worker_of(config)
    if not worker:
        if len(named) > 1:
            raise ScenarioError(_("{count} phones are named: pytest-xdist spreads the tests over them, add -n {count}", count=len(named)))
        return [named[0] if named else None]
    if not named and not (chosen["virtual"] or chosen["app_file"]):
        named = ready(chosen)
    if not named:
        return [None]
    first = int("".join(filter(str.isdigit, worker)) or 0) % len(named)
    return [*named[first:], *named[:first]]


def ready(chosen: Mapping[str, Any]) -> list[str]:
    """The serials of the phones that can be used."""
    return [entry.serial for entry in list_devices(port=chosen["adb_port"]) if entry.state == "device"]


def _about(run: Run) -> dict[str, Any]:
    app, device = run.session.app, run.analysis.run["device"]
    manifest = run.folder / MANIFEST
    try:
        root = json.loads(manifest.read_text(encoding="utf-8"))["root"]
    except (OSError, ValueError, KeyError, TypeError):
        root = ""
    return {
        "app": f"{app.label} ({app.package})" if app.label else app.package,
        "version": app.version_name,
        "device": f"{device.get('model', '')} ({device['serial']})".strip(),
        "folder": str(run.folder),
        "root": root,
        "interrupted": run.interrupted,
    }
