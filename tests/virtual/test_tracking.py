"""Android's account of who uses whose services.

It runs while clause 6 looks, over a reboot too, and is off again at the end.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.background.trials import Background
from harness.engine.scenario_run import Run
from harness.errors import ScenarioError
from harness.restore.ledger import ledgers
from harness.session.check_options import Options
from harness.session.reboot import reboot
from tests.plugin.conftest import APPS

pytestmark = pytest.mark.usefixtures("slow_time")


@pytest.fixture
def opened(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[VirtualDevice, Background]]:
    """A device of the Android version that the test names, and the background of its app."""
    monkeypatch.setenv("APPRIGHTS_STATE", str(tmp_path / "state"))
    apps = load_app_file(APPS / "polite.py")
    spec = Spec(android=request.param, apps=tuple(apps))
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        run = Run.open(InProcessDevice(thread), apps[0].package, tmp_path / "runs", Options())
        background = Background(run.session)
        background.read_phone()
        yield thread.devices[0], background
        run.close()


@pytest.mark.parametrize("opened", ["13"], indirect=True)
def test_it_goes_on_after_a_reboot_and_ends(opened: tuple[VirtualDevice, Background]) -> None:
    device, background = opened
    with background.tracking():
        assert device.system.associations.tracking
        assert len(ledgers()) == 1
        reboot(background.session)
        assert not device.system.associations.tracking
        background.track()
        assert device.system.associations.tracking
    assert not device.system.associations.tracking
    assert ledgers() == []


@pytest.mark.parametrize("opened", ["13"], indirect=True)
def test_it_ends_after_an_error(opened: tuple[VirtualDevice, Background]) -> None:
    device, background = opened
    with pytest.raises(ScenarioError), background.tracking():
        raise ScenarioError("the app does not start")
    assert not device.system.associations.tracking
    assert ledgers() == []


@pytest.mark.parametrize("opened", ["16"], indirect=True)
def test_a_phone_that_does_not_know_it_is_not_asked(opened: tuple[VirtualDevice, Background]) -> None:
    device, background = opened
    with background.tracking():
        assert not device.system.associations.tracking
        assert ledgers() == []
