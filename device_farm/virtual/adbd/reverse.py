"""The reverse: service: listeners on the device that lead to the host (adb.cpp handle_forward_request).

Replies: OKAY, then for a TCP listener its port as a length-prefixed text; FAIL with a text; the list without OKAY.
"""

from __future__ import annotations

import asyncio
import itertools
import re
from collections.abc import Container
from dataclasses import dataclass
from typing import TYPE_CHECKING

from device_farm.virtual.adbd.stream import Stream
from device_farm.virtual.device import Connection, Listener

if TYPE_CHECKING:
    from device_farm.virtual.adbd.daemon import Adbd
    from device_farm.virtual.adbd.transport import Transport

MAX_FORWARDS = 1024
_LOCAL_KINDS = frozenset({"local", "localreserved", "localabstract", "localfilesystem"})
_OWN_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_FIRST_FREE_PORT = 36000


@dataclass(slots=True)
class Reverse:
    """Make the listener of the device that leads to a service of the host behind ``transport``."""

    remote: str
    transport: Transport


async def serve(transport: Transport, request: str, stream: Stream) -> None:
    """Carry out one request: forward:, killforward:, killforward-all or list-forward.

    The listeners are the device's, not the connection's: every host sees, ends and takes over those of the others.
    """
    known = transport.daemon.reversed
    verb, _, argument = request.partition(":")
    if request == "list-forward":
        lines = "".join(f"host-{id(way.transport) % 97} {local} {way.remote}\n" for local, way in known.items())
        await stream.write(_text(lines))
    elif request == "killforward-all":
        for local in list(known):
            _remove(transport.daemon, local)
        await stream.write(b"OKAY")
    elif verb == "killforward" and ":" in request:
        await stream.write(_kill(transport, argument))
    elif verb == "forward" and ":" in request:
        await stream.write(_add(transport, argument))
    else:
        await stream.write(_failure("not a reverse forwarding command"))


def forget(transport: Transport) -> None:
    """End the listeners of a host that is gone."""
    for local, way in list(transport.daemon.reversed.items()):
        if way.transport is transport:
            _remove(transport.daemon, local)


def _kill(transport: Transport, local: str) -> bytes:
    if not local or ";" in local:
        return _failure(f"bad killforward: {local}")
    if local not in transport.daemon.reversed:
        return _failure(f"listener '{local}' not found")
    _remove(transport.daemon, local)
    return b"OKAY"


def _add(transport: Transport, argument: str) -> bytes:
    keep = argument.startswith("norebind:")
    argument = argument.removeprefix("norebind:")
    pieces = argument.split(";")
    if len(pieces) != 2 or not all(pieces) or pieces[1].startswith("*"):
        return _failure(f"bad forward: {argument}")
    asked, remote = pieces
    known, listeners = transport.daemon.reversed, transport.device.listeners
    if asked in known:
        if keep:
            return _failure("cannot rebind existing socket")
        known[asked] = Reverse(remote, transport)
        return b"OKAY"
    try:
        local = _listening_name(asked, listeners)
    except ValueError as problem:
        return _failure(f"cannot bind listener: {problem}")
    if local in listeners:
        return _failure("cannot bind listener: Address already in use")
    if len(known) >= MAX_FORWARDS:
        return _failure("cannot bind listener: Too many open files")
    known[local] = Reverse(remote, transport)
    listeners[local] = _listener(transport.daemon, local)
    return b"OKAY" + (_text(local.partition(":")[2]) if local.startswith("tcp:") else b"")


def _listening_name(spec: str, listeners: Container[str]) -> str:
    """Name of the socket that ``spec`` means; ValueError with adbd's text (socket_spec.cpp socket_spec_listen)."""
    kind, _, rest = spec.partition(":")
    if kind in _LOCAL_KINDS and ":" in spec:
        return spec
    if kind != "tcp" or ":" not in spec:
        raise ValueError(f"unknown socket specification:{spec}")
    host, colon, text = rest.rpartition(":")
    if not re.fullmatch(r"[+-]?\d+", text):
        if colon:
            raise ValueError(f"bad port number '{text}' in '{rest}'")
        host, text = rest, "5555"  # what is no number is a host
        if not host:
            raise ValueError("no host in ''")
    if host and host not in _OWN_NAMES:
        raise ValueError("listening on specified hostname currently unsupported")
    port = int(text[:12])
    if not 0 <= port < 65536:
        raise ValueError(f"bad port number '{port}'")
    if port == 0:
        port = next(number for number in itertools.count(_FIRST_FREE_PORT) if f"tcp:{number}" not in listeners)
    return f"tcp:{port}"


def _remove(daemon: Adbd, local: str) -> None:
    del daemon.reversed[local]
    daemon.device.listeners.pop(local, None)


def _listener(daemon: Adbd, local: str) -> Listener:
    async def lead_to_host(connection: Connection) -> None:
        way = daemon.reversed[local]
        host = await way.transport.connect(way.remote)
        if host is None:
            return
        ways = [asyncio.create_task(_copy(connection, host)), asyncio.create_task(_copy(host, connection))]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in ways:
                task.cancel()
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
