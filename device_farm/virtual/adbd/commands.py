"""Services that answer a line or act on the device: root:, remount:, reboot:, tcpip: and the like.

Texts are those of packages/modules/adb/daemon/restart_service.cpp and of /system/bin/remount on a user build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from device_farm.virtual.adbd import shell_service

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from device_farm.virtual.adbd.stream import Stream
    from device_farm.virtual.device import VirtualDevice

    Service = Callable[[Stream], Awaitable[None]]

_ANSWERS = {
    "root": "adbd cannot run as root in production builds\n",
    "unroot": "adbd not running as root\n",
    "usb": "restarting in USB mode\n",
}
_PROGRAMS = ("remount", "reboot", "disable-verity", "enable-verity")  # run as /system/bin/NAME
NAMES = (*_ANSWERS, *_PROGRAMS, "tcpip", "track-jdwp", "jdwp", "dev")


def open_command(device: VirtualDevice, name: str) -> Service | None:
    """Return what serves ``name``, None where this device has no such thing (jdwp: no app is debuggable)."""
    kind, _, argument = name.partition(":")
    if kind in _PROGRAMS:
        return shell_service.run_words(device, [kind, *argument.split()], v2=False)
    if kind == "tcpip":
        told = f"restarting in TCP mode port: {argument}" if argument.isdigit() else f"invalid port {argument}"
        return _answer(told + "\n")
    if kind == "track-jdwp":
        return _no_debuggable_process
    if kind in _ANSWERS:
        return _answer(_ANSWERS[kind])
    return None


def _answer(text: str) -> Service:
    async def serve(stream: Stream) -> None:
        await stream.write(text.encode())

    return serve


async def _no_debuggable_process(stream: Stream) -> None:
    """Send an empty list of process ids and hold the stream until the client leaves (daemon/jdwp_service.cpp)."""
    await stream.write(b"0000")
    while await stream.read():
        pass
