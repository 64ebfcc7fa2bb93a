"""A USB bus before an adb server: virtual phones appear under serial numbers, as phones on cables do, equal ones too.

What a client asks of an adb server (packages/modules/adb/SERVICES.TXT) goes on to a real one that knows the phones by
their addresses. Only names are changed: in lists, and in requests that name a phone. Where a serial number is that of
several, the answer is adb's (transport.cpp acquire_one_transport); where a phone hangs names it, too (MatchesTarget).
"""

import asyncio
import contextlib
import re
import threading
from collections.abc import Mapping
from typing import Self

_NAMED = re.compile(r"(host:transport:|host:tport:serial:|host-serial:)(.*)", re.DOTALL)
_ADDRESS = re.compile(r"([^:]+:\d+)(:.*)?", re.DOTALL)
_LISTS = ("host:devices", "host:devices-l", "host:track-devices", "host:track-devices-l")


class UsbBus:
    """``phones`` has the serial number of each address; ``port`` is where the adb server is to be found now."""

    def __init__(self, server_port: int, phones: Mapping[str, str]) -> None:
        self._server_port, self._phones = server_port, dict(phones)
        self._ready = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), name="usb bus", daemon=True)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end: asyncio.Event | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.port = 0

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(120)
        return self

    def __exit__(self, *details: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(120)

    async def _serve(self) -> None:
        self._loop, self._end = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._end.wait()
        server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._client(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            above_reader, above_writer = await asyncio.open_connection("127.0.0.1", self._server_port)
            try:
                while await self._request(reader, writer, above_reader, above_writer):
                    pass
            finally:
                above_writer.close()
                writer.close()

    async def _request(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, above: asyncio.StreamReader, up: asyncio.StreamWriter
    ) -> bool:
        """One request; whether another may follow on the same connection."""
        request = (await _message(reader)).decode()
        named = _NAMED.fullmatch(request)
        if named is not None:
            problem, request = self._addressed(*named.groups())
            if problem:
                writer.write(b"FAIL" + _framed(problem.encode()))
                await writer.drain()
                return False
        up.write(_framed(request.encode()))
        status = await above.readexactly(4)
        writer.write(status)
        if request in _LISTS and status == b"OKAY":
            while True:
                writer.write(_framed(self._renamed((await _message(above)).decode(), long=request.endswith("-l")).encode()))
                await writer.drain()
        if status == b"OKAY" and request.startswith(("host:transport", "host:tport")):
            if request.startswith("host:tport"):
                writer.write(await above.readexactly(8))
            await writer.drain()
            return True
        await asyncio.gather(_pipe(reader, up), _pipe(above, writer))
        return False

    def _addressed(self, verb: str, rest: str) -> tuple[str, str]:
        """What is wrong, or the request with the phone's address."""
        match = _ADDRESS.fullmatch(rest) if rest.startswith("127.") else None
        name, more = (match[1], match[2] or "") if match else (rest, "")
        if verb == "host-serial:" and not match:
            kind, _colon, after = rest.partition(":")
            name, _colon, more = after.partition(":") if kind == "usb" else (kind, "", after)
            name, more = f"usb:{name}" if kind == "usb" else name, f":{more}"
        places = {f"usb:1-{number}": address for number, address in enumerate(self._phones, 1)}
        found = [places[name]] if name in places else [address for address, serial in self._phones.items() if name == serial]
        if len(found) > 1:
            return f"more than one device with serial {name}", ""
        return ("", f"{verb}{found[0]}{more}") if found else (f"device '{name}' not found", "")

    def _renamed(self, text: str, *, long: bool) -> str:
        rows = [line.partition(" " if long else "\t") for line in text.splitlines()]
        places = {address: f"1-{number}" for number, address in enumerate(self._phones, 1)}
        lines = []
        for name, sign, rest in rows:
            if name not in self._phones:
                lines.append(f"{name}{sign}{rest}")
            elif long:
                state, _space, facts = rest.strip().partition(" ")
                lines.append(f"{self._phones[name]:<22} {state} usb:{places[name]} {facts}")
            else:
                lines.append(f"{self._phones[name]}{sign}{rest}")
        return "".join(f"{line}\n" for line in lines)


async def _message(reader: asyncio.StreamReader) -> bytes:
    return await reader.readexactly(int(await reader.readexactly(4), 16))


def _framed(data: bytes) -> bytes:
    return b"%04x%b" % (len(data), data)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
