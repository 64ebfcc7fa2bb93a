"""``apprights prove`` on virtual devices: what each app does is seen, what a ROM holds back is told, nothing stays."""

from functools import partial
from pathlib import Path

import pytest

from device_farm.proof.proof_apps import PROOF_APPS, ProofApp
from device_farm.proof.proof_run import Proved, prove
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.restore.ledger import state_apart

pytestmark = pytest.mark.usefixtures("slow_time")

BY_NAME = {app.name: app for app in PROOF_APPS}


def proved(runs: Path, *apps: ProofApp, android: str = "13", rom: str = "aosp", full: bool = False) -> list[Proved]:
    """Prove a new virtual device by some of the apps, or by all; whatever was installed must be gone afterwards."""
    with state_apart(), devices_in_thread([partial(VirtualDevice, Spec(android=android, rom=rom))]) as thread:
        (device,) = thread.devices
        found = list(prove(lambda: InProcessDevice(thread), runs, full=full, boots=True, apps=apps or PROOF_APPS))
        left = thread.call(lambda: [name for name in device.system.packages if name.startswith("org.apprights.proof")])
    assert left == []
    return found


def differing(found: list[Proved]) -> list[str]:
    assert [one.problem for one in found] == [None] * len(found)
    return [f"{one.app.name}: {row.id}" for one in found for row in one.rows if row.got != row.expected]


def test_a_rom_that_holds_the_app_back_differs_in_just_that(tmp_path: Path) -> None:
    assert differing(proved(tmp_path, BY_NAME["starts"], rom="miui")) == ["starts: started-by-alarm", "starts: started-after-boot"]


def test_an_apk_that_is_refused_is_one_line_and_the_next_is_proved(tmp_path: Path) -> None:
    broken = ProofApp("absent", BY_NAME["exits"].what, BY_NAME["exits"].facts)
    refused, good = proved(tmp_path, broken, BY_NAME["relaunch"])
    assert refused.rows == ()
    assert "absent.apk" in str(refused.problem)
    assert "\n" not in str(refused.problem)
    assert differing([good]) == []


@pytest.mark.parametrize("android", ["8.1", "13", "16"])
def test_every_fact_is_as_expected(tmp_path: Path, android: str) -> None:
    assert differing(proved(tmp_path, android=android)) == []


def test_every_verdict_is_as_expected(tmp_path: Path) -> None:
    assert differing(proved(tmp_path, full=True)) == []
