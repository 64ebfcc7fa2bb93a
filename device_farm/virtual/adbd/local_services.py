"""Finds the service that a name stands for (packages/modules/adb/daemon/services.cpp, services.cpp)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from device_farm.virtual.adbd import commands, framebuffer, reverse, shell_service, sync
from device_farm.virtual.faults.catalogue import PullBreaker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from device_farm.virtual.adbd.stream import Stream
    from device_farm.virtual.adbd.transport import Transport
    from device_farm.virtual.device import VirtualDevice

    Service = Callable[[Stream], Awaitable[None]]
    Opener = Callable[[VirtualDevice, str], Service | None]

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
    return partial(framebuffer.serve, device)


# a name that ends in a colon takes what follows it
_OPENERS: dict[str, Opener] = {
    "exec:": _exec,
    "abb:": _abb,
    "abb_exec:": _abb,
    "sync:": _sync,
    "framebuffer:": _framebuffer,
    **dict.fromkeys(commands.NAMES, commands.open_command),
}
