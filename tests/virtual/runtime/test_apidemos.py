"""The app file that others' suites drive: its lists lead where the APK's lead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.records.system_records import Intent
from device_farm.virtual.kernel.device_clock import DeviceClock
from device_farm.virtual.spec import Spec

if TYPE_CHECKING:
    from device_farm.virtual.screen.accessibility_nodes import Node

APP = Path(__file__).parents[2] / "peers" / "apidemos.py"
PACKAGE = "io.appium.android.apis"
SAMPLES = dict(line.split("\t") for line in APP.with_name("apidemos_samples.tsv").read_text("utf-8").splitlines())


@pytest.fixture
def device() -> VirtualDevice:
    """A device with the app opened."""
    made = VirtualDevice(Spec(apps=load_app_file(APP)), DeviceClock(host=lambda: 0.0))
    for permission in made.system.packages[PACKAGE].runtime_permissions:
        made.system.grant(PACKAGE, permission)  # else Android reviews those of an app as old as this one first
    made.system.start_activity(Intent(component=(PACKAGE, f"{PACKAGE}.ApiDemos")), uid=2000, package=None)
    made.clock.skip(3)
    return made


def rows(device: VirtualDevice) -> list[Node]:
    root = device.screen.active_root()
    assert root is not None
    return [node for node in root.walk() if node.resource_id == "android:id/text1"]


def tap(device: VirtualDevice, text: str) -> None:
    root = device.screen.active_root()
    assert root is not None
    node = next(node for node in root.walk() if node.text == text)
    device.screen.tap((node.bounds.left + node.bounds.right) // 2, (node.bounds.top + node.bounds.bottom) // 2)
    device.clock.skip(1)


def test_a_row_leads_to_its_folder_and_a_leaf_to_its_sample(device: VirtualDevice) -> None:
    assert [row.text for row in rows(device)][:3] == ["Accessibility", "Animation", "App"]
    for text in ("App", "Search", "Invoke Search"):
        tap(device, text)
    assert device.system.resumed is not None
    assert device.system.resumed.component.class_name == f"{PACKAGE}.app.SearchInvoke"
    device.system.press_back()
    device.clock.skip(1)
    assert [row.text for row in rows(device)] == ["Invoke Search", "Query Search Results"]


def test_a_list_has_only_the_rows_in_sight(device: VirtualDevice) -> None:
    tap(device, "Graphics")
    shown = rows(device)
    assert shown[0].text == "AlphaBitmap"
    assert all(row.visible for row in shown)
    assert "Xfermodes" not in [row.text for row in shown]
    device.screen.swipe(540, 2000, 540, 400)
    device.clock.skip(1)
    moved = rows(device)
    assert "AlphaBitmap" not in [row.text for row in moved]
    assert moved[0].index == 0
    text = next(row.text for row in moved if f"Graphics/{row.text}" in SAMPLES)
    tap(device, text)
    assert device.system.resumed is not None
    assert device.system.resumed.component.class_name == f"{PACKAGE}.{SAMPLES[f'Graphics/{text}']}"


def test_samples_without_content_show_their_label(device: VirtualDevice) -> None:
    for text in ("App", "Voice Recognition"):
        tap(device, text)
    root = device.screen.active_root()
    assert root is not None
    assert [node.text for node in root.walk() if node.text] == ["App/Voice Recognition"]
