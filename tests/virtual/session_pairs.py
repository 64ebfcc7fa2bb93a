"""``dumpsys package installs`` of a virtual device until Android 13 in one line: what Android cut is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.framework.dumps.package import package
from harness.parsers.wrapped_lines import uncut

if TYPE_CHECKING:
    from device_farm.virtual.device import VirtualDevice


def session_pairs(device: VirtualDevice) -> str:
    """One blank parts the words."""
    return " ".join(" ".join(uncut((package(device, ["installs"]) or "").split("\n"), 2)).split())
