"""Which device: its version, ROM, language and screen; what is installed on it is in ``spec``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceModel:
    """What the words of a device depend on. ``language`` is zh or en.

    ``security_log``: a debuggable build with a device owner that has security logging switched on, so that adbd logs
    the commands it is given and ``su system`` reads them.
    """

    android: str = "13"
    rom: str = "aosp"
    language: str = "zh"
    serial: str = "VIRTUAL0001"
    width: int = 1080
    height: int = 2400
    density: int = 420
    security_log: bool = False
