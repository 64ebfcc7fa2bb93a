"""A session starts the app under test anew: what the app left open must not stand in the way of that."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec
from harness.device.adb import PrivateAdbServer, connect
from harness.engine.scenario_run import Run
from harness.events import DialogKind, Purpose
from harness.recording.journal import JOURNAL, read_journal
from harness.recording.steps import Key
from harness.session.check_options import Options
from tests.plugin.conftest import APPS

pytestmark = pytest.mark.usefixtures("slow_time")


@contextmanager
def opened(file: Path, folder: Path) -> Iterator[tuple[Run, ServerThread]]:
    """A run of the app of a file on a device of its own."""
    apps = load_app_file(file)
    with PrivateAdbServer() as server, devices_in_thread([partial(VirtualDevice, Spec(apps=tuple(apps)))]) as thread:
        run = Run.open(connect(thread.addresses[0], port=server.port), apps[0].package, folder, Options())
        run.session.reset()
        run.session.launch()
        yield run, thread


def keys(run: Run) -> list[tuple[str, Purpose]]:
    """The keys that were pressed, and why."""
    found = (entry.step for entry in read_journal(run.folder / JOURNAL))
    return [(step.key, step.purpose) for step in found if isinstance(step, Key)]


def test_a_permission_dialog_that_was_left_open_goes_with_the_app(tmp_path: Path) -> None:
    with opened(APPS / "asks_each_launch.py", tmp_path) as (run, thread):
        session, package = run.session, run.session.app.package
        session.idle(3.0)
        look = session.look()
        assert look.dialog.kind is DialogKind.PERMISSION
        session.canary("com.android.settings/.Settings")  # another page over it, and gone again
        session.stop()
        assert not thread.call(lambda: thread.devices[0].system.process_list.of_package(package))
        session.launch()
        session.idle(3.0)
        assert session.look().dialog is not None
        assert thread.call(lambda: thread.devices[0].system.process_list.of_package(package))
        run.close()
        answers = [line["role"] for line in thread.call(lambda: list(thread.devices[0].truth)) if line["what"] == "answer"]
    assert answers == ["canceled"]
    assert keys(run) == [("back", Purpose.LEFT_OPEN)]


def test_a_store_that_the_app_opened_is_left_by_back_before_the_app_is_started_again(tmp_path: Path) -> None:
    with opened(Path(__file__).parent / "explorer" / "opens_others.py", tmp_path) as (run, thread):
        session, running = run.session, thread.devices[0].system.process_list.of_package
        for cold in (False, True):
            session.use_function("应用市场")
            session.idle(3.0)
            store = session.look().roots[0].package
            assert store != session.app.package
            if cold:
                session.stop()
            assert session.launch(cold=cold).shows((session.app.package,))
            assert thread.call(partial(running, store))
        run.close()
    assert keys(run) == [("back", Purpose.LEFT_OPEN)] * 2
