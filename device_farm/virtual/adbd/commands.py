"""Services that answer a line or act on the device: root:, remount:, reboot:, tcpip: and the like.

Texts are those of packages/modules/adb/daemon/restart_service.cpp and of /system/bin/remount on a user build.
"""

from __future__ import annotations

from functools import partial
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
_SOURCE_BLOCK = 65536
_PROGRAMS = ("remount", "reboot", "disable-verity", "enable-verity")  # run as /system/bin/NAME
_LISTS = ("track-jdwp", "track-app")
_SIZED = ("sink", "source")
NAMES = (*(f"{name}:" for name in (*_ANSWERS, *_PROGRAMS, *_SIZED, "tcpip", "jdwp", "dev")), *_LISTS, "jdwp", "spin")


def open_command(device: VirtualDevice, name: str) -> Service | None:
    """Return what serves ``name``, None where this device has no such thing (jdwp: no app is debuggable)."""
    kind, _, argument = name.partition(":")
    if kind in _PROGRAMS:
        return shell_service.run_words(device, [kind, *argument.split()], v2=False)
    if kind == "tcpip":
        told = f"restarting in TCP mode port: {argument}" if argument.isdigit() else f"invalid port {argument}"
        return _answer(told + "\n")
    if name in _LISTS:
        return _no_debuggable_process
    if kind in _SIZED and argument.isdigit():
        return partial(_sink if kind == "sink" else _source, int(argument[:12]))
    if name == "spin":
        return _answer("refusing to spin on non-debuggable build\n")
    if kind in _ANSWERS:
        return _answer(_ANSWERS[kind])
    return None


async def _sink(size: int, stream: Stream) -> None:
    """Take ``size`` bytes (daemon/services.cpp SinkSocket, for measurements)."""
    while data := await stream.read():
        if size <= len(data):
            return
        size -= len(data)


async def _source(size: int, stream: Stream) -> None:
    """Send ``size`` bytes (daemon/services.cpp SourceSocket)."""
    while size > 0:
        await stream.write(bytes(min(size, _SOURCE_BLOCK)))
        size -= _SOURCE_BLOCK


def _answer(text: str) -> Service:
    async def serve(stream: Stream) -> None:
        await stream.write(text.encode())

    return serve


async def _no_debuggable_process(stream: Stream) -> None:
    """Send an empty list and hold the stream until the client leaves or says anything (daemon/jdwp_service.cpp)."""
    await stream.write(b"0000")
    await stream.read()
