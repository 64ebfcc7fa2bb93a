"""The device that was chosen by options: a phone, or a virtual device of our own."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from harness.engine.options import need_file
from harness.errors import ScenarioError
from harness.language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from harness.device.protocol import Device

DEVICE = ("serial", "adb-port", "wait-turn", "virtual", "app-file", "android", "rom")
"""The options of every command that uses a phone or a virtual device."""


@contextmanager
def chosen_device(values: Mapping[str, Any], app: str) -> Iterator[Device]:
    """The phone that was named, or a virtual device for the length of the block.

    Raises ScenarioError before either is looked for, where ``app`` is an APK file that is not there, or a phone is
    named beside a virtual device.
    """
    from harness.device.adb import open_device
    from harness.device.embedded import virtual_devices

    serial, port = values["serial"], values["adb_port"]
    virtual = values["virtual"] or values["app_file"]
    if app.lower().endswith(".apk"):
        need_file(app, "APP")
    if serial and virtual:
        text = _("--serial {serial} names a phone, --virtual and --app-file make a device of their own: give one", serial=serial[:80])
        raise ScenarioError(text)
    if not virtual:
        yield open_device(serial, port=port)
        return
    with virtual_devices(android=values["android"], rom=values["rom"], apps=values["app_file"]) as devices:
        yield open_device(devices.serials[0], port=devices.port)
