"""A program that listens on a socket of the device for as long as it runs."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    from device_farm.virtual.device import Connection, Listener, VirtualDevice


@asynccontextmanager
async def listening(
    device: VirtualDevice, name: str, serve: Callable[[Connection], Awaitable[None]], *, finish: Callable[[], bool] = lambda: False
) -> AsyncIterator[None]:
    """Answer on the socket ``name`` for the time of a ``with``.

    Connections end with it, unless ``finish`` lets them go on.
    """
    connections: set[asyncio.Task[None]] = set()

    async def listen(connection: Connection) -> None:
        task = asyncio.ensure_future(serve(connection))
        connections.add(task)
        try:
            await asyncio.wait({task})
        finally:
            connections.discard(task)
            task.cancel()
        if not task.cancelled():  # cancelled: the program was killed, and the client sees its socket close
            task.result()

    listener: Listener = listen
    device.listeners[name] = listener
    try:
        yield
    finally:
        if device.listeners.get(name) is listener:
            del device.listeners[name]
        if not finish():
            for task in connections:
                task.cancel()
