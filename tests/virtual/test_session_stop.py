"""A session ends the app under test: what the app left open must not stand in the way of its next start."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.adb import PrivateAdbServer, connect
from harness.engine.scenario_run import Run
from harness.events import DialogKind, Purpose
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import Key
from harness.session.check_options import Options
from tests.plugin.conftest import APPS

if TYPE_CHECKING:
    from pathlib import Path


def test_a_permission_dialog_that_was_left_open_goes_with_the_app(tmp_path: Path) -> None:
    apps = load_app_file(APPS / "asks_each_launch.py")
    with PrivateAdbServer() as server, devices_in_thread([partial(VirtualDevice, Spec(apps=tuple(apps)))]) as thread:
        run = Run.open(connect(thread.addresses[0], port=server.port), apps[0].package, tmp_path, Options())
        session = run.session
        session.reset()
        session.launch()
        session.idle(3.0)
        look = session.look()
        assert look.dialog is not None
        assert look.dialog.kind is DialogKind.PERMISSION
        session.canary("com.android.settings/.Settings")  # another page over it, and gone again
        session.stop()
        assert not thread.call(lambda: thread.devices[0].system.process_list.of_package(apps[0].package))
        session.launch()
        session.idle(3.0)
        assert session.look().dialog is not None
        assert thread.call(lambda: thread.devices[0].system.process_list.of_package(apps[0].package))
        run.close()
        answers = [line["role"] for line in thread.call(lambda: list(thread.devices[0].truth)) if line["what"] == "answer"]
    assert answers == ["canceled"]
    assert [entry.step.purpose for entry in read_journal(run.folder / JOURNAL) if isinstance(entry.step, Key)] == [Purpose.LEFT_OPEN]
