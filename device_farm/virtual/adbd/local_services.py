"""Finds the service that a name stands for (packages/modules/adb/daemon/services.cpp, services.cpp).

Services that answer a line or act on the device: root:, remount:, reboot:, tcpip: and the like.

Texts are those of packages/modules/adb/daemon/restart_service.cpp and of /system/bin/remount on a user build.
"""

from __future__ import annotations

import struct
from collections.abc import Awaitable, Callable
from functools import partial
from typing import TYPE_CHECKING

from device_farm.virtual.adbd import reverse, shell_service, sync
from device_farm.virtual.adbd.stream import Stream
from device_farm.virtual.device import VirtualDevice
from device_farm.virtual.faults.catalogue import PullBreaker

if TYPE_CHECKING:
    from device_farm.virtual.adbd.transport import Transport

    Service = Callable[[Stream], Awaitable[None]]
    Opener = Callable[[VirtualDevice, str], Service | None]

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


SOCKET_KINDS = ("tcp", "localabstract", "localreserved", "localfilesystem", "local")


def open_service(transport: Transport, name: str) -> Service | None:
    """Return what serves ``name``, or None to refuse it (the host says "closed")."""
    kind, colon, argument = name.partition(":")
    if kind == "reverse" and colon:
        return partial(reverse.serve, transport, argument)
    return service_of(transport.device, name)


def service_of(device: VirtualDevice, name: str) -> Service | None:
    """Return what serves ``name`` to any client, or None to refuse it.

    A name that this device does not model is remembered for ``ctl unmodelled``; a socket nobody listens on is not: a
    phone refuses that too.
    """
    kind, _, argument = name.partition(":")
    if kind in SOCKET_KINDS and argument:
        return _socket(device, name)
    opener = shell_service.shell if name.startswith("shell") else _OPENERS.get(kind + ":" if ":" in name else kind)
    service = opener(device, name) if opener is not None else None
    if service is None:
        device.unmodelled.add(f"adb service {name[:200]}")
    return service


def _socket(device: VirtualDevice, name: str) -> Service | None:
    parts = name.split(":")
    # adb takes tcp:PORT and tcp:HOST:PORT; on the device every host is itself
    return device.listeners.get(f"tcp:{parts[-1]}" if parts[0] == "tcp" else name)


def _exec(device: VirtualDevice, name: str) -> Service | None:
    return shell_service.run_line(device, name.partition(":")[2])


def _abb(device: VirtualDevice, name: str) -> Service | None:
    kind, _, argument = name.partition(":")
    words = [word for word in argument.split("\0") if word]
    return shell_service.run_words(device, ["cmd", *words], v2=kind == "abb")


def _sync(device: VirtualDevice, name: str) -> Service | None:
    if "reboot-in-pull" not in device.faults.active:
        return partial(sync.serve, device)

    async def serve(stream: Stream) -> None:
        stream.on_sent = PullBreaker(device)
        await sync.serve(device, stream)

    return serve


def _framebuffer(device: VirtualDevice, name: str) -> Service | None:
    return partial(serve, device)


# a name that ends in a colon takes what follows it
_OPENERS: dict[str, Opener] = {
    "exec:": _exec,
    "abb:": _abb,
    "abb_exec:": _abb,
    "sync:": _sync,
    "framebuffer:": _framebuffer,
    **dict.fromkeys(NAMES, open_command),
}


VERSION, BITS, COLOUR_SPACE_SRGB = 2, 32, 1
_CHANNELS = (0, 8, 16, 8, 8, 8, 24, 8)  # offset and length of red, blue, green, alpha in RGBA_8888


async def serve(device: VirtualDevice, stream: Stream) -> None:
    """Send one frame."""
    await device.faults.delay("screencap")
    pixels = device.screen.raw()
    width, height = device.screen.width, device.screen.height
    await stream.write(struct.pack("<14I", VERSION, BITS, COLOUR_SPACE_SRGB, len(pixels), width, height, *_CHANNELS))
    await stream.write(pixels)
