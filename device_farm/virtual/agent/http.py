"""The server's web server: NanoHTTPD's answers to one client that sends header and body in pieces."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.utils import formatdate

from device_farm.virtual.device import Connection, Listener, VirtualDevice

MAX_HEADER = 64 * 1024  # bytes
MAX_BODY = 16 * 1024 * 1024  # bytes

REASONS = {200: "OK", 400: "Bad Request", 404: "Not Found", 413: "Payload Too Large", 500: "Internal Server Error"}


class BadRequest(Exception):
    """A request that is no HTTP or too large; ``status`` is the answer."""

    def __init__(self, status: int, why: str) -> None:
        """``why`` goes into the body."""
        super().__init__(why)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One request; header names in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Reader:
    """Cuts requests out of a connection."""

    connection: Connection
    _kept: bytearray = field(default_factory=bytearray)

    async def request(self) -> Request | None:
        """The next request, None when the client is gone; raises BadRequest."""
        while (end := self._kept.find(b"\r\n\r\n")) < 0:
            if len(self._kept) > MAX_HEADER:
                raise BadRequest(413, "header too large")
            if not await self._more():
                return None
        lines = bytes(self._kept[:end]).decode("latin-1").split("\r\n")
        del self._kept[: end + 4]
        parts = lines[0].split(" ")
        if len(parts) != 3 or not parts[2].startswith("HTTP/1."):
            raise BadRequest(400, "BAD REQUEST: Syntax error. Usage: GET /example/file.html")
        headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or len(length) > 9 or int(length) > MAX_BODY:
            raise BadRequest(413, "body too large")
        while len(self._kept) < int(length):
            if not await self._more():
                return None
        body = bytes(self._kept[: int(length)])
        del self._kept[: int(length)]
        return Request(parts[0], parts[1], headers, body)

    async def _more(self) -> bool:
        data = await self.connection.read()
        self._kept += data
        return bool(data)


def response(status: int, mime: str, body: bytes, wall: float, *, chunked: bool = False) -> bytes:
    """Bytes of an answer, headers in NanoHTTPD's order; ``wall`` is the device's Unix time for Date."""
    head = [
        f"HTTP/1.1 {status} {REASONS[status]} ",
        f"Content-Type: {mime}",
        f"Date: {formatdate(wall, usegmt=True)}",
        "Connection: keep-alive",
    ]
    if chunked:
        head.append("Transfer-Encoding: chunked")
        body = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    else:
        head.append(f"Content-Length: {len(body)}")
    return ("\r\n".join(head) + "\r\n\r\n").encode() + body


@asynccontextmanager
async def listening(
    device: VirtualDevice, name: str, serve: Callable[[Connection], Awaitable[None]], *, finish: Callable[[], bool] = lambda: False
) -> AsyncIterator[None]:
    """Answer on the socket ``name`` for the time of a ``with``; connections end with it unless ``finish`` lets them."""
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
