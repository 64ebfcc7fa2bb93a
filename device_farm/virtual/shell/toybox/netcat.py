"""nc, netcat (toybox): one TCP connection that is waited for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from device_farm.virtual.shell.toybox.toybox_options import NotModelled, UsageProblem, parse_options

if TYPE_CHECKING:
    from device_farm.virtual.device import Connection
    from device_farm.virtual.shell.call import Call, Command


async def _netcat(call: Call) -> int:
    """``nc -l -p PORT``: standard input goes out, what comes in goes to standard output."""
    options = parse_options(call.args, "ln4", "p")
    if "l" not in options.flags or options.rest:
        raise NotModelled
    return await _wait_for_one(call, _port(options.value("p", "0")))


async def _wait_for_one(call: Call, port: int) -> int:
    listeners = call.device.listeners
    name = f"tcp:{port}"
    if name in listeners:
        await call.error("nc: bind: Address already in use")
        return 1
    status: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def take(connection: Connection) -> None:
        listeners.pop(name, None)
        try:
            await _carry(call, connection)
        finally:
            if not status.done():
                status.set_result(0)

    listeners[name] = take
    try:
        return await status
    finally:
        if listeners.get(name) is take:
            del listeners[name]


async def _carry(call: Call, connection: Connection) -> None:
    """Copy both ways until one side ends.

    Through adbd a half-closed connection is a closed one (sockets.cpp local_socket_flush_outgoing).
    """

    async def send() -> None:
        while data := await call.stdin.read():
            await connection.write(data)

    async def receive() -> None:
        while data := await connection.read():
            await call.stdout.write(data)

    sending, receiving = asyncio.create_task(send()), asyncio.create_task(receive())
    try:
        await asyncio.wait({sending, receiving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (sending, receiving):
            task.cancel()
        await asyncio.gather(sending, receiving, return_exceptions=True)


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text[:6]) < 65536:
        raise UsageProblem(f"bad port {text}")
    return int(text)


COMMANDS: dict[str, Command] = {"nc": _netcat, "netcat": _netcat}
