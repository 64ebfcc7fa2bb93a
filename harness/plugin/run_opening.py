"""The run of a pytest session: on the phone that was chosen, or in a worker of pytest-xdist on one that is free."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from harness.engine.data_clearing import agree_to_clear
from harness.engine.device_selection import chosen_device
from harness.engine.option_specs import options_from
from harness.engine.scenario_run import Run
from harness.errors import DeviceBusy, HarnessError
from harness.language import said
from harness.plugin.terminal_progress import teller
from harness.recording.run_folder import MANIFEST

if TYPE_CHECKING:
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


def open_run(config: pytest.Config, chosen: Mapping[str, Any], serials: Sequence[str | None]) -> Opened:
    """Open the run on the first of the phones that is free, as the options have it.

    Raises HarnessError where there is no phone, no such app, or another process has the phone.
    """
    options = options_from(chosen)
    for number, serial in enumerate(serials, 1):
        ends = ExitStack()
        try:
            device = ends.enter_context(chosen_device({**chosen, "serial": serial}, chosen["app"]))
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
