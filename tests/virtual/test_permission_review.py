"""An app for Android 5 or older: the user looks its permissions through before it starts, on 10 and later.

It is Android's question: all is switched off, photographed, and nothing of it is an ask of the app.
"""

from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual import Activity, App, Button, Column, Text
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.spec import Spec
from harness.detectors.asks import every_ask
from harness.device.adb import PrivateAdbServer, connect
from harness.engine.scenario_run import Run
from harness.session.check_options import Options
from harness.verdicts.analysis import Analysis

pytestmark = pytest.mark.usefixtures("slow_time")

PACKAGE, CONTACTS = "com.example.torch", "android.permission.READ_CONTACTS"


class Torch(App):
    package, label, target_sdk = PACKAGE, "老手电", 22
    permissions: ClassVar[list[str]] = ["android.permission.CAMERA", "android.permission.ACCESS_FINE_LOCATION", CONTACTS]

    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Column(Text("手电已关"), Button("开灯", id="on")))
            self.read_contacts()


def started(spec: Spec, runs: Path, *, over_adb: bool) -> tuple[list[dict[str, Any]], Analysis]:
    """Start it twice; what really happened, and what a run makes of it."""
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread, PrivateAdbServer() as server:
        device = connect(thread.addresses[0], port=server.port) if over_adb else InProcessDevice(thread)
        run = Run.open(device, PACKAGE, runs, Options())
        for _start in range(2):
            assert run.session.launch().shows((PACKAGE,))
            run.session.stop()
        analysis = run.close()
        truth = list(thread.devices[0].truth)
    return truth, analysis


@pytest.mark.parametrize(("android", "rom", "over_adb"), [("10", "aosp", True), ("16", "pixel", False)])
def test_everything_is_switched_off_once_and_the_app_asked_nothing(android: str, rom: str, over_adb: bool, tmp_path: Path) -> None:
    truth, analysis = started(Spec(android=android, rom=rom, apps=(Torch,)), tmp_path, over_adb=over_adb)
    reviews = [event for event in truth if event["what"].startswith("permission_review")]
    assert [(event["what"], event.get("groups", event.get("allowed"))) for event in reviews] == [
        ("permission_review", ["CAMERA", "CONTACTS", "LOCATION"]),
        ("permission_review_answered", []),
    ]
    read = [event["allowed"] for event in truth if event["what"] == "app_op"]
    assert read == [False, False]  # it holds the permission, and reads nothing
    assert every_ask(analysis.timeline, analysis.app) == []
    assert (analysis.folder / "raw/session.jsonl").read_text().count('"why":"permission-review"') == 1


@pytest.mark.parametrize(("android", "rom"), [("9", "aosp"), ("13", "miui")])
def test_where_nothing_is_known_of_a_review_none_is_shown(android: str, rom: str, tmp_path: Path) -> None:
    truth, _analysis = started(Spec(android=android, rom=rom, apps=(Torch,)), tmp_path, over_adb=False)
    assert not [event for event in truth if event["what"].startswith("permission_review")]


def test_an_app_installed_with_all_granted_is_not_looked_through() -> None:
    with devices_in_thread([partial(VirtualDevice, Spec(android="13", apps=(Torch,)))]) as thread:
        (device,) = thread.devices
        for permission in device.system.packages[PACKAGE].requested_permissions:  # as install -g does
            device.system.grant(PACKAGE, permission)
        InProcessDevice(thread).shell(["am", "start", "-W", "-n", f"{PACKAGE}/.Main"])
        assert [event["allowed"] for event in device.truth if event["what"] == "app_op"] == [True]
