"""A virtual device in this process, without adb: a test sees the same as behind adb, and sees it at once.

The package that models devices names a context manager in its entry points, so nothing of it is imported here.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from importlib.metadata import entry_points
from pathlib import Path

from harness.device.protocol import Device
from harness.errors import ScenarioError
from harness.language import _

GROUP = "apprights.devices"
NAME = "in-process"


@contextmanager
def in_process_device(*, android: str = "13", rom: str = "aosp", language: str = "zh", apps: Sequence[Path | str] = ()) -> Iterator[Device]:
    """Run a virtual device with the app files ``apps`` in this process for the length of a block.

    The last of ``apps`` is the app under test. Raises ScenarioError for an app file that cannot be used, a pair of
    ``android`` and ``rom`` that was not sold, and where no installed package has such a device.
    """
    entry = next(iter(entry_points(group=GROUP, name=NAME)), None)
    if entry is None:
        raise ScenarioError(_("no virtual device is installed: install apprights again, its entry points {group} are missing", group=GROUP))
    made: AbstractContextManager[Device] = entry.load()(android=android, rom=rom, language=language, apps=apps)
    with made as device:
        yield device
