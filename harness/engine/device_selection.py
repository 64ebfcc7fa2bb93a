"""The device that was chosen by options: a phone, or a virtual device of our own."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from harness.apk import read_apk
from harness.device.protocol import Device
from harness.engine.option_specs import need_app_file, need_file
from harness.errors import ScenarioError
from harness.language import _

DEVICE = ("serial", "adb-port", "wait-turn", "virtual", "app-file", "android", "rom")
"""The options of every command that uses a phone or a virtual device."""


def refuse_contradiction(values: Mapping[str, Any], app: str) -> None:
    """Raise ScenarioError where a file that was named is not there, or a phone stands beside a virtual device.

    Raises FormatError for an APK that is none: in a pipeline that must not look like a phone that is away.
    """
    if app.lower().endswith(".apk"):
        need_file(app, "APP")
        read_apk(Path(app))
    serial = values["serial"]
    if serial and (values["virtual"] or values["app_file"]):
        text = _("--serial {serial} names a phone, --virtual and --app-file make a device of their own: give one", serial=serial[:80])
        raise ScenarioError(text)
    for file in values["app_file"] or ():
        need_app_file(file, "--app-file")


@contextmanager
def chosen_device(values: Mapping[str, Any], app: str) -> Iterator[Device]:
    """The phone that was named, or a virtual device for the length of the block, with a ledger of its own.

    Raises ScenarioError before either is looked for, as ``refuse_contradiction`` does.
    """
    refuse_contradiction(values, app)
    from harness.device.adb import open_device
    from harness.device.virtual_devices import virtual_devices
    from harness.restore.ledger import state_apart

    if not (values["virtual"] or values["app_file"]):
        with open_device(values["serial"], port=values["adb_port"]) as device:
            yield device
        return
    chosen = {"android": values["android"], "rom": values["rom"], "apps": values["app_file"]}
    with state_apart(), virtual_devices(**chosen) as devices, open_device(devices.serials[0], port=devices.port) as device:
        yield device
