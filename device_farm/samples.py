"""Sample apps: app files with what each must get, and one check of one of them on a virtual device of its own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from device_farm.virtual import apps
from device_farm.virtual.app_file import load_app_file
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.in_process import InProcessDevice
from device_farm.virtual.server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec
from harness.engine.check import check, check_json
from harness.engine.options import options_from, read_words
from harness.errors import HarnessError

if TYPE_CHECKING:
    from harness.device.protocol import Device

OWN_APPS = Path(apps.__file__).parent


@dataclass(frozen=True, slots=True)
class Sample:
    """One app file: the package under test, the outcomes it must get, and the options under which they hold."""

    path: Path
    package: str
    label: str
    expected: dict[str, str]
    options: tuple[str, ...]
    only_android: tuple[str, ...]
    only_rom: tuple[str, ...] = ()

    def holds_on(self, android: str, rom: str) -> bool:
        """Whether ``expected`` is what the sample must get on this pair."""
        return (not self.only_android or android in self.only_android) and (not self.only_rom or rom in self.only_rom)

    def only(self) -> str:
        """Where ``expected`` holds, in words; empty for everywhere."""
        versions, roms = ", ".join(self.only_android), ", ".join(self.only_rom)
        return " ".join(words for words in (versions and f"Android {versions}", roms and f"ROM {roms}") if words)


@dataclass(frozen=True, slots=True)
class Checked:
    """One check: what ``check --json`` prints of it (None when it failed) and how long it took, in seconds of the host.

    ``assumed``: how many facts the device used that are only assumed; None where it did not come to tell.
    """

    sample: Sample
    android: str
    rom: str
    seconds: float
    result: dict[str, Any] | None
    problem: str = ""
    assumed: int | None = None


def app_files(folder: Path = OWN_APPS, *, twins: bool = False) -> list[Path]:
    """The app files of a folder, by name; with ``twins`` those of its folder ``twins`` too.

    Raises HarnessError when there is none.
    """
    folders = [folder, folder / "twins"] if twins else [folder]
    files = [path for each in folders for path in sorted(each.glob("*.py")) if path.name != "__init__.py"]
    if not files:
        raise HarnessError(f"{folder}: no app file (*.py) is there")
    return files


def read_sample(path: Path) -> Sample:
    """Read one app file; its first App is the app under test. ``expected`` is only compared after judging.

    Raises AppFileError.
    """
    app = load_app_file(path)[0]
    taps = [word for text in app.taps for word in ("--tap", text)]
    return Sample(
        path=path,
        package=app.package,
        label=app.label,
        expected=dict(app.expected),
        options=(*taps, *app.options),
        only_android=tuple(app.only_android or ()),
        only_rom=tuple(app.only_rom or ()),
    )


def check_sample(sample: Sample, runs: Path, *, android: str = "13", rom: str = "aosp") -> Checked:
    """Check the sample on a new device in this process, with the words that a user would give.

    That a device behind the real adb server gives the same is tested (``tests/virtual/test_both_ways.py``).
    """
    began = time.monotonic()
    installed = tuple(reversed(load_app_file(sample.path)))  # the one under test last
    spec = Spec(android=android, rom=rom, apps=installed)
    result, problem = None, ""
    with devices_in_thread([partial(VirtualDevice, spec)]) as thread:
        try:
            result = check_device(sample, InProcessDevice(thread), runs)
        except HarnessError as error:
            problem = str(error)
        assumed = _assumed(thread)
    return Checked(sample, android, rom, time.monotonic() - began, result, problem, assumed)


def check_device(sample: Sample, device: Device, runs: Path) -> dict[str, Any]:
    """Check the sample on a device that has it; what ``check --json`` prints.

    Raises HarnessError where there is no run.
    """
    options = options_from(read_words(sample.options))
    return check_json(check(device, sample.package, options, runs=runs))


def _assumed(thread: ServerThread) -> int:
    (device,) = thread.devices
    return thread.call(lambda: sum(fact.assumed for fact in device.rom.used.values()))
