"""The app that we install to try something with: the input app that comes with uiautomator2."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path

from harness.device.protocol import Device
from harness.restore.ledger import Change

HELPER_PACKAGE = "com.github.uiautomator"
HELPER_INSTALLED = Change("test app", ("pm", "uninstall", HELPER_PACKAGE), ("pm", "path", HELPER_PACKAGE))


@contextmanager
def helper_apk() -> Iterator[Path]:
    with as_file(files("uiautomator2") / "assets" / "app-uiautomator.apk") as apk:
        yield apk


def has_helper(device: Device) -> bool:
    """Whether it is on the phone already: then it is not ours to clear or take away."""
    return f"package:{HELPER_PACKAGE}" in device.shell(["pm", "list", "packages", HELPER_PACKAGE]).stdout.split()
