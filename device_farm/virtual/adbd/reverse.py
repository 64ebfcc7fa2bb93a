"""The reverse: service: listeners on the device that lead to the host (adb.cpp handle_forward_request).

Replies: OKAY, then for a TCP listener its port as a length-prefixed text; FAIL with a text; the list without OKAY.
"""

from __future__ import annotations

import asyncio
import itertools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from device_farm.virtual.adbd.stream import Stream
    from device_farm.virtual.adbd.transport import Transport
    from device_farm.virtual.device import Connection, Listener

MAX_FORWARDS = 1024  # of one connection
_FIRST_FREE_PORT = 36000


async def serve(transport: Transport, request: str, stream: Stream) -> None:
    """Carry out one request: forward:, killforward:, killforward-all or list-forward."""
    verb, _, argument = request.partition(":")
    if request == "list-forward":
        lines = "".join(f"host-{id(transport) % 97} {local} {remote}\n" for local, remote in transport.reversed.items())
        await stream.write(_text(lines))
    elif request == "killforward-all":
        for local in list(transport.reversed):
            _remove(transport, local)
        await stream.write(b"OKAY")
    elif verb == "killforward":
        await stream.write(_kill(transport, argument))
    elif verb == "forward":
        await stream.write(_add(transport, argument))
    else:
        await stream.write(_failure("not a reverse forwarding command"))


def _kill(transport: Transport, local: str) -> bytes:
    if not local or ";" in local:
        return _failure(f"bad killforward: {local}")
    if local not in transport.reversed:
        return _failure(f"listener '{local}' not found")
    _remove(transport, local)
    return b"OKAY"


def _add(transport: Transport, argument: str) -> bytes:
    keep = argument.startswith("norebind:")
    argument = argument.removeprefix("norebind:")
    pieces = argument.split(";")
    if len(pieces) != 2 or not all(pieces) or pieces[1].startswith("*"):
        return _failure(f"bad forward: {argument}")
    local, remote = pieces
    kind, _, port = local.partition(":")
    if kind == "tcp" and not (port.isdigit() and int(port) < 65536):
        return _failure(f"cannot bind listener: bad port number '{port}'")
    if local == "tcp:0":
        ports = (f"tcp:{number}" for number in itertools.count(_FIRST_FREE_PORT))
        local = next(candidate for candidate in ports if candidate not in transport.device.listeners)
    if local in transport.reversed and keep:
        return _failure("cannot rebind existing socket")
    if local in transport.device.listeners and local not in transport.reversed:
        return _failure("cannot bind listener: Address already in use")
    if len(transport.reversed) >= MAX_FORWARDS:
        return _failure("cannot bind listener: Too many open files")
    transport.reversed[local] = remote
    transport.device.listeners[local] = _listener(transport, local)
    return b"OKAY" + (_text(local.partition(":")[2]) if kind == "tcp" else b"")


def _remove(transport: Transport, local: str) -> None:
    del transport.reversed[local]
    transport.device.listeners.pop(local, None)


def _listener(transport: Transport, local: str) -> Listener:
    async def lead_to_host(connection: Connection) -> None:
        host = await transport.connect(transport.reversed[local])
        if host is None:
            return
        ways = [asyncio.create_task(_copy(connection, host)), asyncio.create_task(_copy(host, connection))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            host.close()

    return lead_to_host


async def _copy(source: Connection, target: Connection) -> None:
    while data := await source.read():
        await target.write(data)


def _text(text: str) -> bytes:
    body = text.encode("utf-8", "surrogateescape")
    return f"{len(body):04x}".encode() + body


def _failure(text: str) -> bytes:
    return b"FAIL" + _text(text)
