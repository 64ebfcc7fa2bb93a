"""``dumpsys package installs`` of a virtual device until Android 13 in one line: what Android cut is whole."""

from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.framework.dumps.package import package
from harness.parsers.wrapped_lines import uncut


def session_pairs(device: VirtualDevice) -> str:
    """One blank parts the words."""
    return " ".join(" ".join(uncut((package(device, ["installs"]) or "").split("\n"), 2)).split())
