"""Check a sample app on a virtual device of its own, in this process."""

import time
from contextlib import AbstractContextManager
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

from device_farm.recordings.opening import load_apps
from device_farm.samples.in_process_device import InProcessDevice
from device_farm.samples.sample import Checked, Sample
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.device_server import ServerThread, devices_in_thread
from device_farm.virtual.spec import Spec, with_screen
from harness.device.protocol import Device
from harness.engine.check import check
from harness.engine.option_specs import options_from, read_words
from harness.errors import HarnessError
from harness.report import page_of
from harness.verdicts.analysis import Analysis
from harness.verdicts.analysis_json import analysis_json

_EARLIER = "--earlier"
_FILES = ("--store", "--policy", _EARLIER)
"""The options whose file lies beside the app file; an earlier version is an app file, too, and is checked first."""


def read_sample(path: Path) -> Sample:
    """Read one app file; its first App is the app under test. ``expected`` is only compared after judging.

    Raises AppFileError.
    """
    app = load_apps(path)[0]
    taps = [word for text in app.taps for word in ("--tap", text)]
    return Sample(
        path=path,
        package=app.package,
        label=app.label,
        expected=dict(app.expected),
        options=(*taps, *(str(path.parent / word) if before in _FILES else word for before, word in pairwise(("", *app.options)))),
        only_android=tuple(app.only_android or ()),
        only_rom=tuple(app.only_rom or ()),
    )


def check_sample(sample: Sample, runs: Path, *, android: str = "13", rom: str = "aosp", page: bool = False) -> Checked:
    """Check the sample on a new device in this process, with the words that a user would give.

    Its way is no part of the check: that a device behind the real adb server gives the same is tested
    (``tests/virtual/test_both_ways.py``). With ``page`` the app's part of a report comes with the result.
    """
    began = time.monotonic()
    result, problem, its_page = None, "", None
    with _device_of(sample, android=android, rom=rom) as thread:
        try:
            analysis = _analysed(sample, InProcessDevice(thread), runs)
            its_page = page_of(analysis) if page else None  # here, where the run is analysed already
            result = analysis_json(analysis)
        except HarnessError as error:
            problem = str(error)
        assumed = _assumed(thread)
    return Checked(sample, android, rom, time.monotonic() - began, result, problem, assumed, its_page)


def check_device(sample: Sample, device: Device, runs: Path) -> dict[str, Any]:
    """Check the sample on a device that has it, for generated apps and faults; return what ``check --json`` prints.

    Raises HarnessError where there is no run.
    """
    return analysis_json(_analysed(sample, device, runs))


def _analysed(sample: Sample, device: Device, runs: Path) -> Analysis:
    words = [_run_of(word, runs) if before == _EARLIER else word for before, word in pairwise(("", *sample.options))]
    analysis = check(device, sample.package, options_from(read_words(words)), runs=runs)
    if analysis.interrupted:
        raise KeyboardInterrupt  # it was meant for all samples
    return analysis


def _run_of(path: str, runs: Path) -> str:
    """The run folder of an earlier version, which an app file is: it is checked first, on a device of its own."""
    sample = read_sample(Path(path))
    with _device_of(sample) as thread:
        return str(_analysed(sample, InProcessDevice(thread), runs / "earlier").folder)


def _device_of(sample: Sample, *, android: str = "13", rom: str = "aosp") -> AbstractContextManager[ServerThread]:
    installed = tuple(reversed(load_apps(sample.path)))  # the one under test last
    return devices_in_thread([partial(VirtualDevice, with_screen(Spec(android=android, rom=rom, apps=installed)))])


def _assumed(thread: ServerThread) -> int:
    (device,) = thread.devices
    return thread.call(lambda: sum(fact.assumed for fact in device.rom.used.values()))
