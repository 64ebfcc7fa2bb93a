"""The permission dialog is the one of five view trees that were taken on an AOSP phone with Android 10."""

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pytest

from device_farm.virtual import Activity, App, Text
from tests.captures import capture
from tests.virtual.runtime.conftest import Phone

STORAGE, CAMERA, LOCATION = (f"android.permission.{name}" for name in ("READ_EXTERNAL_STORAGE", "CAMERA", "ACCESS_FINE_LOCATION"))


class View(NamedTuple):
    depth: int
    kind: str
    id: str
    text: str
    clickable: bool


@pytest.mark.parametrize(
    ("file", "app", "permission", "target"),
    [
        ("anupam.acrylic.apk__state_2023-10-19_025247.json", "Acrylic Paint", STORAGE, 28),
        ("tw.qtlin.mac.airunlocker.apk__state_2023-10-19_115359.json", "AirUnlock", LOCATION, 28),
        ("tw.qtlin.mac.airunlocker.apk__state_2023-10-19_115504.json", "AirUnlock", CAMERA, 28),
        ("us.achromaticmetaphor.agram.apk__state_2023-10-19_083916.json", "agram", STORAGE, 28),
    ],
)
def test_the_dialog_of_10(phone: Callable[..., Phone], file: str, app: str, permission: str, target: int) -> None:
    class Main(Activity):
        launcher = True

        def on_create(self) -> None:
            self.show(Text("page"))
            self.request_permissions(permission)

    manifest = {"package": "com.example.app", "label": app, "permissions": [permission], "target_sdk": target, "Main": Main}
    device = phone(type("Asking", (App,), manifest), android="10", language="en")
    device.launch("com.example.app")
    ours = list(_ours(ElementTree.fromstring(device.device.screen.hierarchy_xml())))
    theirs = list(_theirs(json.loads(capture(f"hierarchy/droidbot_json/{file}").read_text(encoding="utf-8"))["views"], 0))
    assert ours == theirs


def _ours(element: ElementTree.Element, depth: int = -1) -> Iterator[View]:
    if element.get("package") == "com.android.permissioncontroller":
        clickable = element.get("clickable") == "true"
        kind, id = element.get("class", ""), element.get("resource-id", "")
        yield View(depth, kind, id, element.get("text", ""), clickable)
    for child in element:
        yield from _ours(child, depth + 1)


def _theirs(views: list[dict[str, Any]], number: int, depth: int = 0) -> Iterator[View]:
    view = views[number]
    yield View(depth, view["class"], view["resource_id"] or "", view["text"] or "", view["clickable"])
    for child in view["children"]:
        yield from _theirs(views, child, depth + 1)
