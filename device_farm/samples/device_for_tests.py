"""The virtual device of users' own tests: ``harness.api.in_process_device`` finds it by its entry point."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from device_farm.samples.in_process_device import InProcessDevice
from device_farm.virtual.app_file import AppFileError, load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import devices_in_thread
from device_farm.virtual.roms.sold_pairs import find_pair
from device_farm.virtual.spec import Spec
from harness.device.protocol import Device
from harness.errors import ScenarioError
from harness.language import LANGUAGES, Text, _
from harness.restore.ledger import state_apart


@contextmanager
def in_process_device(*, android: str, rom: str, language: str, apps: Sequence[Path | str]) -> Iterator[Device]:
    """Run one device with ``apps`` installed, and with a restore ledger of its own.

    Raises ScenarioError for an app file, a ROM or a language that does not exist.
    """
    if language not in LANGUAGES:
        raise ScenarioError(_("language '{value}' is none of {choices}", value=language[:40], choices=", ".join(LANGUAGES)))
    try:
        find_pair(android, rom)
        loaded = tuple(each for file in apps for each in reversed(load_app_file(Path(file))))  # the one under test last
    except (AppFileError, ValueError) as error:
        raise ScenarioError(Text("{problem}", {"problem": error})) from None
    spec = Spec(android=android, rom=rom, language=language, apps=loaded)
    with state_apart(), devices_in_thread([partial(VirtualDevice, spec)]) as thread, InProcessDevice(thread) as device:
        yield device
